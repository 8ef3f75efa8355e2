"""Two intervals of one estimate: a one-sided bound, or an interval of another level, lies where the first one puts it.

"1.8 mm (two-sided 95% CI -1.4 to 5.0), the one-sided 95% upper bound was 4.5 mm"; a 99% interval is wider than a 95%
one, a 90% interval narrower.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.effects import SIGNED, Effect, effects, number
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size
from evsynth.text.expressions import Expression

CODES = ("INTERVAL_SAID",)

_BOUND = Expression(
    rf"(?:one-sided|1-sided)\s(?:(?P<l>\d\d(?:\.\d)?)\s?%\s)?(?P<side>upper|"
    rf"lower)?\s?(?:confidence\s)?(?P<side2>upper|lower)?\s?"
    rf"(?:confidence\s)?(?:bound|limit)(?:\s\([^()]*\))?[^.;()\d-]{{0,30}}?\s?(?P<v>{SIGNED})"
    rf"|(?P<side3>upper|lower)\s(?:bound|limit) of the one-sided (?P<l3>\d\d(?:\.\d)?)\s?%\s(?:CI|confidence "
    rf"interval)\s?"
    rf"(?:was|of|:|=|being)\s(?P<v3>{SIGNED})", re.I,
)  # fmt: skip
FAR = 0.2
"""Share of half the width by which a bound may be off."""


def one_sided_bound(reading: Reading) -> Iterator[Finding]:
    """Compare one-sided bounds and intervals of other levels with the interval of the same estimate."""
    for line in lines(reading, ("abstract", "results", "body")):
        if "%" not in line.words:
            continue
        found = [e for e in effects(line) if e.low.value < e.high.value]
        own = [e for e in found if e.value is not None]
        if "sided" in line.words and len(found) == 1:
            for m in _BOUND.finditer(line.words):
                yield from _bound(reading, line, found[0], m)
        if "rediction interval" in line.words and own:
            yield from _predicted(reading, line, own)
        for one, two in pairwise(found):
            yield from _levels(reading, line, one, two)


def _bound(reading: Reading, line: Line, e: Effect, m: re.Match[str]) -> Iterator[Finding]:
    side = (m["side"] or m["side2"] or m["side3"] or "").lower()
    level = float(m["l"] or m["l3"] or 95) / 100
    if not side or e.start <= line.start + m.start() < e.end:
        return
    low, high, own = float(e.low), float(e.high), float(number(m["v"] or m["v3"]))
    value = float(e.value) if e.value is not None else (low + high) / 2
    if e.kind == "ratio":
        if low <= 0 or own <= 0:
            return
        value, low, high, own = (math.log(x) for x in (value, low, high, own))
    share = normal_size(2 * (1 - level)) / normal_size(1 - e.level)
    made = value + ((high - value) if side == "upper" else (low - value)) * share
    room = FAR * (high - low) / 2 + 10.0 ** -min(e.low.decimals, e.high.decimals)
    if abs(own - made) <= room:
        return
    shown = math.exp(made) if e.kind == "ratio" else made
    name = "v" if m["v"] else "v3"
    yield reading.finding(
        "INTERVAL_SAID", "inconsistent",
        f"a one-sided {side} bound of {m[name]} is inconsistent with {e.low} to {e.high}, which put it at "
        f"{shown:.3g}",
        "another analysis, or another level, may be meant; otherwise a number is misprinted",
        quotes=((line.start + m.start(), line.start + m.end(name)), e.spot), computed=(("bound", f"{shown:.4g}"),),
    )  # fmt: skip


def _predicted(reading: Reading, line: Line, own: list[Effect]) -> Iterator[Finding]:
    """Compare a prediction interval with the interval of the pooled estimate told right before it: it is wider."""
    for m in _PREDICTED.finditer(line.words):
        low, high = float(number(m["low"])), float(number(m["high"]))
        before = [e for e in own if e.end <= line.start + m.start() and line.start + m.start() - e.end < 60]
        if not before or low >= high or (low <= float(before[-1].low) and float(before[-1].high) <= high):
            continue
        e = before[-1]
        yield reading.finding(
            "INTERVAL_SAID", "inconsistent",
            f"a prediction interval of {m['low']} to {m['high']} does not hold the confidence interval {e.low} "
            f"to {e.high}",
            "the two may be of different estimates; otherwise a limit is misprinted", quotes=(line.piece(m), e.spot),
        )  # fmt: skip


_PREDICTED = Expression(
    rf"\bprediction interval\s?(?:\(PI\)|was|of|from|:|,|=|being)?\s?[(\[]?(?P<low>{SIGNED})\s?%?\s?(?:to|-|,|;|"
    rf"and)\s?(?P<high>{SIGNED})(?!\d|\.\d)",
    re.I,
)


def _levels(reading: Reading, line: Line, one: Effect, two: Effect) -> Iterator[Finding]:
    """Compare two intervals right behind each other, of which only the first has an estimate, or both the same."""
    if abs(one.level - two.level) < 0.005 or one.value is None or not (one.named and two.named):
        return
    if two.value is not None and two.value.text != one.value.text:
        return
    if len(line.words[one.end - line.start : two.end - line.start]) > 60 or min(one.level, two.level) < 0.5:
        return
    wide, narrow = (one, two) if one.level > two.level else (two, one)
    if wide.low.value <= narrow.low.value and narrow.high.value <= wide.high.value:
        return
    yield reading.finding(
        "INTERVAL_SAID", "inconsistent",
        f"the {100 * narrow.level:g}% interval {narrow.low} to {narrow.high} does not lie within the "
        f"{100 * wide.level:g}% interval {wide.low} to {wide.high}",
        "the levels may be exchanged; otherwise a limit is misprinted",
        quotes=((one.start, one.end), (two.start, two.end)),
    )  # fmt: skip
