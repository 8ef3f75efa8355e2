"""The z, t or Wald chi-square of an estimate against its interval, which holds its standard error."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.statistics_told import Told, statistics_told
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size, t_size
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_STATISTIC",)

_OTHER = Expression(r"exact|bootstrap|bayes|credible|profile|robust|rank|wilcoxon|mann|median|hodges", re.I)
FEWEST = 4.0
"""Degrees of freedom of a t that prints none, at least."""
ROOM = 0.2
"""Share by which it may be off: t for z, a profile interval, a score test."""


def z_of_interval(reading: Reading) -> Iterator[Finding]:
    """Check each z, t or Wald statistic that stands right behind an interval, or between it and its estimate."""
    every = list(lines(reading, ("abstract", "results", "body", "figure legend")))
    for line in every:
        if not re.search(r"(?<![A-Za-z])(?:[zZt]|Wald)\b", line.words) or _OTHER.search(line.words):
            continue
        tests = [t for t in statistics_told(line.words) if t.role in ("z", "t", "wald") and not t.bound]
        for e in effects(line) if tests else ():
            near = [t for t in tests if 0 <= line.start + t.start - e.end < 30 and _joined(line, e, t)]
            if len(near) == 1 and e.value is not None and e.kind in ("ratio", "difference"):
                yield from _judged(reading, line, e, near[0])
                yield from _signs(reading, every, line, e, near[0])
        if len(tests) == 1 and tests[0].role == "t" and not effects(line):
            yield from _elsewhere(reading, every, line, tests[0])


def _signs(reading: Reading, every: list[Line], line: Line, e: Effect, test: Told) -> Iterator[Finding]:
    """Find a t above 0 of an estimate below 0, where the paper prints the sign of another t."""
    if test.role == "wald" or e.kind == "ratio" or e.value is None or e.high.value >= 0 or test.value.value <= 0:
        return
    if not e.value.value < 0 or not any(_SIGNED.search(x.words) for x in every):
        return
    yield reading.finding(
        "P_OF_STATISTIC", "inconsistent",
        f"{test.name.strip()} {test.value} has another sign than its estimate, {e.value} ({e.low} to {e.high})",
        "the groups may be subtracted the other way round in the test; otherwise a sign is missing",
        quotes=((e.start, max(e.end, line.start + test.end)),),
    )  # fmt: skip


def _elsewhere(reading: Reading, every: list[Line], line: Line, test: Told) -> Iterator[Finding]:
    """Check the t of a change whose number has its interval in another sentence or in a table: "by 30.1 (t = 12.2)"."""
    told = {m[1] for m in _NUMBER.finditer(line.words[: test.start]) if "." in m[1] and len(m[1]) > 3}
    known = [e for x in every for e in effects(x) if e.value is not None and e.kind == "difference"]
    found = [e for e in known if e.value is not None and e.value.text.lstrip("-") in told]
    if len(found) == 1 or (found and len({(f.low.value, f.high.value) for f in found}) == 1):
        yield from _judged(reading, line, found[0], test)


_SIGNED = Expression(r"(?<![A-Za-z])(?:[zt]|B|β)\s?=\s?-\s?\d")
_NUMBER = Expression(r"(?<![\d.,])(\d+(?:\.\d+)?)(?![\d%]|\.\d)")


def _joined(line: Line, e: Effect, test: Told) -> bool:
    gap = line.words[e.end - line.start : test.start]
    return (
        re.fullmatch(
            r"[\s)\],;(\[]*(?:[Pp]\s?[=<>]\s?[\d.]+[\s,;]*)?(?:(?:paired|unpaired|one-sample|Student's) "
            r")?",
            gap,
        )
        is not None
    )


def _judged(reading: Reading, line: Line, e: Effect, test: Told) -> Iterator[Finding]:
    assert e.value is not None
    value, low, high = span(e.value), span(e.low), span(e.high)
    if e.kind == "ratio":
        if min(value.low, low.low) <= 0:
            return
        value, low, high = (Span(math.log(s.low), math.log(s.high)) for s in (value, low, high))
    half = Span((high.low - low.high) / 2, (high.high - low.low) / 2)
    if half.low <= 0 or float(e.low) >= float(e.high):
        return
    z = normal_size(1 - e.level)
    size = value.absolute()
    few = t_size(1 - e.level, test.df[0] if test.df and test.df[0] > 1 else FEWEST) if test.role == "t" else z
    made = Span(z * size.low / half.high * (1 - ROOM), few * size.high / half.low * (1 + ROOM) + 0.1)
    own = span(test.value).absolute()
    if test.role == "wald" and not own.meets(made):
        made = Span(made.low**2, made.high**2)
    if own.meets(made):
        return
    yield reading.finding(
        "P_OF_STATISTIC", "inconsistent",
        f"{test.name.strip()} {test.value} is inconsistent with {e.value} ({e.low} to {e.high}), which give "
        f"{made.low:.2g} to {made.high:.2g}",
        "another test or model may be meant; otherwise one of the numbers is misprinted",
        quotes=((e.start, max(e.end, line.start + test.end)),)
        if line.start <= e.start < line.end else ((line.start + test.start, line.start + test.end), (e.start, e.end)),
    )  # fmt: skip
