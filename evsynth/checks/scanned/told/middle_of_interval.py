"""Whether an estimate stands in the middle of its interval: ratios on the scale of logarithms, differences plainly."""

from __future__ import annotations

import math
import re

from evsynth.checks.scanned.facts.effects import Effect
from evsynth.checks.scanned.facts.levels import above, below
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

ASKEW = 0.35
"""Further from the middle than this share of half the width: exact and profile intervals seldom are."""
WIDE = 300
"""Limits of a ratio so far apart are of a group with hardly an event, and of a profile or a penalised likelihood."""
_NOT_A_RATIO = Expression(
    r"\b(?:log|ln|likelihood|signal|waist|FEV1?|"
    r"(?<!odds )(?<!hazard )(?<!hazards )(?<!risk )(?<!rate )"
    r"ratio of(?! an?\b)(?= [a-z]))\b|albumin|ratios? (?:was|were) \d",
    re.I,
)
_FALLEN = Expression(
    r"\b(?:reduc\w+|decreas\w+|declin\w+|lower\w*|fewer|less|fell|fall|drop\w*|loss|lost|shorter|smaller)\b", re.I
)
_LOGGED = Expression(r"\b(?:log|ln|geometric|percent change|fold)\b", re.I)


def no_ratio(e: Effect) -> bool:
    """Say whether the words right before a ratio tell of a quotient of values or a logarithm, not of two groups."""
    before = e.before[-40:]
    return _NOT_A_RATIO.search(before) is not None or "/" in re.split(r"[(\[;]", before)[-1]


def askew(reading: Reading, e: Effect) -> Finding | None:
    """Say that an estimate of a ratio or difference lies far from the middle of its interval, on either scale."""
    v, low, high = e.value, span(e.low), span(e.high)
    if v is None or e.kind == "other" or not float(e.low) <= float(v) <= float(e.high):
        return None
    if e.kind == "ratio":
        if low.low <= 0 or float(v) <= 0 or no_ratio(e) or high.middle > WIDE * low.middle:
            return None
        values, low, high = (Span(math.log(max(1e-9, s.low)), math.log(s.high)) for s in (span(v), low, high))
    else:
        values = span(v)
        if _LOGGED.search(e.line.words) or (e.unit.endswith("%") and low.low > 0):
            return None
    middle = Span((low.low + high.low) / 2, (low.high + high.high) / 2)
    half = (high.middle - low.middle) / 2
    if values.meets(middle) or half <= 0:
        return None
    fallen = e.kind == "difference" and float(v) > 0 and _FALLEN.search(e.before[-60:] + " " + e.unit)
    if fallen and max(-values.high - middle.high, middle.low + values.low, 0.0) <= ASKEW * half:
        return None  # "a reduction of 0.8 points (95% CI -3.0 to 1.3)": the interval is that of the change
    off = max(values.low - middle.high, middle.low - values.high) / half
    lost = e.kind == "difference" and off > 0.05 and _sign_lost(e, values)
    if off <= ASKEW and not lost:
        return None
    centre = math.exp(middle.middle) if e.kind == "ratio" else middle.middle
    where = " on the log scale" if e.kind == "ratio" else ""
    return reading.finding(
        "RATIO_INTERVAL" if e.kind == "ratio" else "DIFFERENCE_INTERVAL", "inconsistent",
        f"{v} is inconsistent with the middle of its interval, {e.low} to {e.high}{where}, {centre:.3g}",
        "a minus sign of a limit is lost or too much: with it the estimate lies in the middle" if lost else
        "profile, exact or bootstrap intervals, and back-transformed ones, need not be symmetric; otherwise one of the "
        "numbers is misprinted",
        quotes=(e.spot,), computed=(("middle", f"{centre:.4g}"),),
    )  # fmt: skip


def _sign_lost(e: Effect, values: Span) -> bool:
    """Say whether the estimate lies in the middle once a limit changes its sign, and P (if printed) speaks for that."""
    low, high = span(e.low), span(e.high)
    if float(e.low) < float(e.high) < 0 and e.p is not None and above(e.p):
        return values.meets(Span((low.low - high.high) / 2, (low.high - high.low) / 2))
    if not float(e.low) < 0 < float(e.high) or (e.p is not None and not below(e.p)):
        return False
    return any(
        values.meets(Span((a.low + b.low) / 2, (a.high + b.high) / 2))
        for a, b in ((Span(-low.high, -low.low), high), (low, Span(-high.high, -high.low)))
    )
