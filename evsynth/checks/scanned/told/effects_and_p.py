"""An estimate in running text, the middle of its interval, and its P: one of the three may not fit the others."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.levels import above, below
from evsynth.checks.scanned.numbers.p_of_counts import least
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.intervals import QUARTILES
from evsynth.model.finding import Alternative, Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RATIO_P", "DIFFERENCE_P", "RATIO_INTERVAL", "DIFFERENCE_INTERVAL")

NEAR, RANKED = 0.6, 1.2
"""A P of another test (log-rank, likelihood ratio, exact; of ranks) lies this near, in Z, to that of the interval."""

ASKEW = 0.35
"""Further from the middle than this share of half the width: exact and profile intervals seldom are."""

SIGNIFICANT, UNLIKE = 0.055, 0.12
"""An interval of a difference that excludes none, and a P at least so large, are of no one test."""

LARGE = 40
"""People from which on the t distribution and exact tests of ranks do not explain a larger P."""

_PEOPLE = Expression(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d{2,6}) (?:[a-z-]+ ){0,3}(?:patients|participants|people|adults|children|women|"
    r"men|subjects|individuals|recipients|volunteers|residents|infants|students|persons)\b"
)
_ELSEWISE = Expression(
    r"\b(?:bootstrap\w*|bayes\w*|credible|CrI|posterior|hodges|medians?|firth|exact|profile|permutation|simultaneous|"
    r"bonferroni|one-?sided|adjusted p|corrected|quantile|percentile|tukey|dunnett|prediction|predictive|credibility|"
    r"non-?inferior\w*|equivalen\w*|superiority)\b", re.I,
)  # fmt: skip
_RANKS = Expression(
    r"mann-? ?whitney|wilcoxon|(?<!log-)(?<!log)(?<!log )\brank|kruskal|log-? ?transform|geometric|permutation|fisher",
    re.I,
)
_CONTRAST = Expression(
    r"\b(?:greater|higher|larger|lower|smaller|stronger|weaker) than (?:that|those) (?:for|of|in|with)\b|"
    r"\bP for (?:trend|interaction)", re.I,
)  # fmt: skip
_NOT_A_RATIO = Expression(
    r"\b(?:log|ln|likelihood|signal|waist|FEV1?|ratio of)\b|/|albumin|ratios? (?:was|were) \d", re.I
)
_OF_BOTH = Expression(
    r"\d\s?[%a-zA-Z/]{0,8}\s?[)\]][^()\[\]\d.;]{0,60}?\b(?:vs?\.?|versus|compared (?:with|to)|against|than)"
    r"(?![\w])[^()\[\]\d;]{0,60}$"
)
"""Before the second of two estimates: a P after it is that of their comparison."""
_FALLEN = Expression(
    r"\b(?:reduc\w+|decreas\w+|declin\w+|lower\w*|fewer|less|fell|fall|drop\w*|loss|lost|shorter|smaller)\b", re.I
)
_LOGGED = Expression(r"\b(?:log|ln|geometric|percent change|fold)\b", re.I)


def effects_and_p(reading: Reading) -> Iterator[Finding]:
    """Check ratios and differences of the study's own text: their place in the interval, and P against both."""
    prose = reading.document.prose
    ranks, quartiles = bool(_RANKS.search(prose)), bool(QUARTILES.search(prose))
    large = not ranks and any(int(m[1].replace(",", "")) >= LARGE for m in _PEOPLE.finditer(prose))
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend", "conclusion")):
        for read in effects(line, quartiles=quartiles):
            alike = read.kind in ("other", "centre", "share") and _like_a_ratio(read)
            e = read._replace(kind="ratio") if alike else read
            if e.kind not in ("ratio", "difference", "other") or e.low.value >= e.high.value:
                continue
            if line.role == "methods" and e.p is None:
                continue
            if e.low.bound or e.high.bound or not 0.5 < e.level < 1 or _ELSEWISE.search(line.words):
                continue
            askew = _askew(reading, e) if e.value is not None and (e.strict or e.p is not None) else None
            if askew is not None:
                yield askew
            elif e.p is not None and not _CONTRAST.search(e.before) and not _OF_BOTH.search(e.before):
                yield from _against_p(reading, e, e.p, RANKED if ranks and e.kind != "ratio" else NEAR, large=large)


def _like_a_ratio(e: Effect) -> bool:
    """Say whether an estimate that nothing names lies in the middle of its interval on the log scale only."""
    if e.value is None or e.unit or e.limit_unit or e.low.value <= 0 or not e.value.decimals or e.value.bound:
        return False
    low, high, own = span(e.low), span(e.high), span(e.value)
    logs = Span(math.sqrt(max(0.0, low.low) * high.low), math.sqrt(low.high * high.high))
    return own.meets(logs) and not own.meets(Span((low.low + high.low) / 2, (low.high + high.high) / 2))


def _scale(e: Effect) -> tuple[str, float]:
    """Give the scale on which an estimate is symmetric, and its value of no difference."""
    return ("log", 1.0) if e.kind == "ratio" and e.low.value > 0 else ("linear", 0.0)


def _askew(reading: Reading, e: Effect) -> Finding | None:
    """Say that an estimate of a ratio or difference lies far from the middle of its interval, on either scale."""
    v, low, high = e.value, span(e.low), span(e.high)
    if v is None or e.kind == "other" or not float(e.low) <= float(v) <= float(e.high):
        return None
    if e.kind == "ratio":
        if low.low <= 0 or float(v) <= 0 or _NOT_A_RATIO.search(e.before[-40:]):
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


def _against_p(reading: Reading, e: Effect, p: Printed, near: float, *, large: bool) -> Iterator[Finding]:
    if float(p) > 1 or (e.kind == "ratio" and _NOT_A_RATIO.search(e.before[-40:])):
        return
    scale, null = _scale(e)
    low, high = span(e.low), span(e.high)
    if e.kind == "other" and not float(e.low) < 0 < float(e.high):
        return  # nothing says what no difference would be
    if e.kind == "difference" and float(e.low) > 0 and float(e.high) < 3 and "%" not in e.unit and not e.strict:
        return  # a ratio, perhaps
    if scale == "log":
        if low.low <= 0 or (e.value is not None and float(e.value) <= 0):
            return
        low, high = (Span(math.log(max(s.low, 1e-9)), math.log(s.high)) for s in (low, high))
    if e.value is not None and not float(e.low) <= float(e.value) <= float(e.high):
        return  # OUT_OF_ORDER says so
    quantile = normal_size(1 - e.level)
    few = 1.0 if scale == "log" else 1.08
    # t on few degrees of freedom and the normal distribution both are allowed.
    half = Span(max(1e-12, (high.low - low.high) / 2 / (quantile * few)), (high.high - low.low) / 2 / quantile)
    centre = Span((low.low + high.low) / 2, (low.high + high.high) / 2)
    if e.value is not None:
        own = span(e.value)
        own = Span(math.log(max(own.low, 1e-9)), math.log(own.high)) if scale == "log" else own
        centre = Span(min(own.low, centre.low), max(own.high, centre.high))
    size = centre.absolute()
    follows = Span(normal_two_sided(size.high / half.low), normal_two_sided(size.low / half.high))
    far = scale == "linear" and follows.high < SIGNIFICANT and not p.bound and float(p) >= UNLIKE
    if meets(p, follows) or (distance(p, follows) <= near and not far) or (least(p) and follows.low < float(p)):
        return
    if not p.bound and meets(p, Span(follows.low / 2, follows.high / 2)) and "sided" in reading.document.prose:
        return
    if scale == "linear" and not large and follows.high < float(p) and below(p):
        return  # ranks or few degrees of freedom give a larger P, on the same side of 0.05
    outside = float(e.low) > null or float(e.high) < null
    shown = f"{e.value} ({e.low} to {e.high})" if e.value is not None else f"the interval {e.low} to {e.high}"
    yield reading.finding(
        "RATIO_P" if scale == "log" else "DIFFERENCE_P", "inconsistent",
        f"{shown} is inconsistent with P {p}: the interval gives {follows.low:.2g} to {follows.high:.2g}; it "
        f"{'excludes' if outside else 'includes'} {null:g}",
        "P may come from another test (log-rank, likelihood ratio, exact) or another model than the interval",
        quotes=(e.spot_with_p,), computed=(("P from the interval", f"{follows.low:.4g} to {follows.high:.4g}"),),
        alternatives=(Alternative("the P is misprinted", "estimate and interval agree"),),
    )  # fmt: skip


def distance(p: Printed, follows: Span) -> float:
    """Give how far a printed P lies from what follows, in Z."""
    values = Span(0.0, float(p)) if p.bound in ("<", "≤") else Span(float(p), 1.0) if p.bound else span(p)
    z = Span(normal_size(min(1.0, values.high)), normal_size(max(1e-15, values.low)))
    reach = Span(normal_size(min(1.0, follows.high)), normal_size(max(1e-15, follows.low)))
    return max(z.low - reach.high, reach.low - z.high, 0.0)
