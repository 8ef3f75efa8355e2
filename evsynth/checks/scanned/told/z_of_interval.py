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
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if not re.search(r"(?<![A-Za-z])(?:[zZt]|Wald)\b", line.words) or _OTHER.search(line.words):
            continue
        tests = [t for t in statistics_told(line.words) if t.role in ("z", "t", "wald") and not t.bound]
        for e in effects(line) if tests else ():
            near = [t for t in tests if 0 <= line.start + t.start - e.end < 30 and _joined(line, e, t)]
            if len(near) == 1 and e.value is not None and e.kind in ("ratio", "difference"):
                yield from _judged(reading, line, e, near[0])


def _joined(line: Line, e: Effect, test: Told) -> bool:
    gap = line.words[e.end - line.start : test.start]
    return re.fullmatch(r"[\s)\],;(\[]*(?:[Pp]\s?[=<>]\s?[\d.]+[\s,;]*)?", gap) is not None


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
        quotes=((e.start, max(e.end, line.start + test.end)),),
    )  # fmt: skip
