"""An estimate in running text, the middle of its interval, and its P: one of the three may not fit the others."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.levels import below
from evsynth.checks.scanned.facts.one_limit import Mended, one_limit, shifted
from evsynth.checks.scanned.numbers.p_of_counts import least
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.intervals import QUARTILES
from evsynth.checks.scanned.told.middle_of_interval import askew, no_ratio
from evsynth.model.finding import Alternative, Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RATIO_P", "DIFFERENCE_P", "RATIO_INTERVAL", "DIFFERENCE_INTERVAL")

NEAR, RANKED = 0.6, 1.2
"""A P of another test (log-rank, likelihood ratio, exact; of ranks) lies this near, in Z, to that of the interval."""

SIGNIFICANT, UNLIKE = 0.055, 0.12
"""An interval of a difference that excludes none, and a P at least so large, are of no one test."""

CROSSED, MENDED, CLEAR = 0.35, 0.12, (0.045, 0.06, 0.07)
"""Least distances of P, in Z: where P and interval lie on two sides of 0.05 (or P has a nought too many), and where one
limit, mended, explains all; and what lies clearly on a side."""

LARGE = 40
"""People from which on the t distribution and exact tests of ranks do not explain a larger P."""

_PEOPLE = Expression(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d{2,6}) (?:[a-z-]+ ){0,3}(?:patients|participants|people|adults|children|women|"
    r"men|subjects|individuals|recipients|volunteers|residents|infants|students|persons)\b"
)
_ELSEWISE = Expression(
    r"\b(?:bootstrap\w*|bayes\w*|credible|CrI|posterior (?:prob|mean|median|distr)\w*|firth|exact|profile[- ]lik|"
    r"permutation|simultaneous|bonferroni|one-?sided|adjusted p|corrected (?:p\b|for mult)|quantile|tukey|dunnett|"
    r"(?:prediction|predictive) intervals?|credibility|non-?inferior\w*|equivalen\w*|superiority)\b", re.I,
)  # fmt: skip
_MEDIANS = Expression(r"\b(?:hodges|medians?|percentile)\b", re.I)
"""Before a difference: its interval need not be even. A ratio may stand beside medians."""
_MEANS = Expression(r"\b(?:means?|LSM|least[- ]squares?|adjusted|model\w*|regression|ancova|mixed)\b", re.I)
"""Words of a difference that no test of ranks is about."""
_RANKS = Expression(
    r"mann-? ?whitney|wilcoxon|(?<!log-)(?<!log)(?<!log )\brank|kruskal|log-? ?transform|geometric|permutation|fisher",
    re.I,
)
_CONTRAST = Expression(
    r"\b(?:greater|higher|larger|lower|smaller|stronger|weaker) than (?:that|those) (?:for|of|in|with)\b|"
    r"\bP for (?:trend|interaction)", re.I,
)  # fmt: skip
_OF_BOTH = Expression(
    r"\d\s?[%a-zA-Z/]{0,8}\s?[)\]][^()\[\]\d.;]{0,60}?\b(?:vs?\.?|versus|compared (?:with|to)|against|than)"
    r"(?![\w])[^()\[\]\d;]{0,60}$"
)
"""Before the second of two estimates: a P after it is that of their comparison."""
_RATIO_TOLD = Expression(r"\b(?:odds|hazard|risk|rate) ratio (?:of|was|=)\s?\d+\.\d+[^.;()\d]{0,60}[(\[]?\s?$", re.I)
_OF_POOLED = Expression(r"\s?[;,]?\s?I\s?(?:2|²|\^2|-squared)\s?=")
"""Behind the P of a pooled estimate: it may be that of heterogeneity."""


def effects_and_p(reading: Reading) -> Iterator[Finding]:
    """Check ratios and differences of the study's own text: their place in the interval, and P against both."""
    prose = reading.document.prose
    ranks, quartiles = bool(_RANKS.search(prose)), bool(QUARTILES.search(prose))
    large = not ranks and any(int(m[1].replace(",", "")) >= LARGE for m in _PEOPLE.finditer(prose))
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend", "conclusion")):
        for read in effects(line, quartiles=quartiles):
            alike = _said_ratio(read) or (
                read.kind in ("other", "centre", "share", "difference") and _like_a_ratio(read)
            )
            e = read._replace(kind="ratio") if alike else read
            if e.kind not in ("ratio", "difference", "other") or e.low.value >= e.high.value:
                continue
            if line.role == "methods" and e.p is None:
                continue
            if e.low.bound or e.high.bound or not 0.5 < e.level < 1 or _ELSEWISE.search(line.words):
                continue
            if e.kind != "ratio" and _MEDIANS.search(_own_words(e)):
                continue
            skewed = askew(reading, e) if e.value is not None and (e.strict or e.p is not None) else None
            if skewed is not None:
                yield skewed
            elif _OF_POOLED.match(reading.document.prose, e.spot_with_p[1]):
                continue
            elif e.p is not None and not _CONTRAST.search(e.before) and not _OF_BOTH.search(e.before):
                ranked = ranks and e.kind != "ratio" and not _MEANS.search(e.before)
                yield from _against_p(reading, e, e.p, RANKED if ranked else NEAR, large=large)


def _own_words(e: Effect) -> str:
    """Give the words of a sentence before an estimate, from a semicolon outside brackets on."""
    return re.split(r"[;]|\.\s", re.sub(r"\[[^\[\]]*\]", "", e.before))[-1]


def _said_ratio(e: Effect) -> bool:
    """Say whether an interval alone in its bracket is that of a ratio told before: "an OR of 1.96 for it (CI"."""
    return e.value is None and e.kind == "difference" and _RATIO_TOLD.search(e.before[-90:]) is not None


def _like_a_ratio(e: Effect) -> bool:
    """Say whether an estimate that nothing names lies in the middle of its interval on the log scale only."""
    if e.value is None or e.unit or e.limit_unit or not 0 < e.low.value < e.high.value or not e.value.decimals:
        return False
    low, high, own = span(e.low), span(e.high), span(e.value)
    logs = Span(math.sqrt(max(0.0, low.low) * high.low), math.sqrt(low.high * high.high))
    return own.meets(logs) and not own.meets(Span((low.low + high.low) / 2, (low.high + high.high) / 2))


def _scale(e: Effect) -> tuple[str, float]:
    """Give the scale on which an estimate is symmetric, and its value of no difference."""
    return ("log", 1.0) if e.kind == "ratio" and e.low.value > 0 else ("linear", 0.0)


def _against_p(reading: Reading, e: Effect, p: Printed, near: float, *, large: bool) -> Iterator[Finding]:
    if float(p) > 1 or (e.kind == "ratio" and no_ratio(e)):
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
    own = span(e.value) if e.value is not None else None
    if own is not None:
        own = Span(math.log(max(own.low, 1e-9)), math.log(own.high)) if scale == "log" else own
        centre = Span(min(own.low, centre.low), max(own.high, centre.high))
    size = centre.absolute()
    follows = Span(normal_two_sided(size.high / half.low), normal_two_sided(size.low / half.high))
    far = scale == "linear" and follows.high < SIGNIFICANT and not p.bound and float(p) >= UNLIKE
    slipped = shifted(p, follows)
    if slipped or _crossed(p, follows):
        near = min(near, CROSSED)
    limit = one_limit(own, low, high, p, e.level) if own is not None and distance(p, follows) > MENDED else None
    if limit is not None:
        yield _limit(reading, e, p, limit, scale)
        return
    if meets(p, follows) or (distance(p, follows) <= near and not far) or (least(p) and follows.low < float(p)):
        return
    if not p.bound and meets(p, Span(follows.low / 2, follows.high / 2)) and "sided" in reading.document.prose:
        return
    if scale == "linear" and not large and not slipped and follows.high < float(p) and below(p):
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


def _crossed(p: Printed, follows: Span) -> bool:
    """Say whether P and interval lie on two sides of 0.05, and neither near it."""
    apart = follows.high < CLEAR[0] and float(p) >= CLEAR[1] and p.bound not in ("<", "≤")
    return apart or (follows.low > CLEAR[2] and float(p) <= CLEAR[0] and p.bound not in (">", "≥"))


def _limit(reading: Reading, e: Effect, p: Printed, limit: Mended, scale: str) -> Finding:
    made = math.exp(limit.made) if scale == "log" else limit.made
    return reading.finding(
        "RATIO_INTERVAL" if scale == "log" else "DIFFERENCE_INTERVAL", "inconsistent",
        f"{e.value} ({e.low} to {e.high}) is inconsistent with P {p}: with {limit.which} limit {made:.3g} all "
        f"agree, as "
        "printed the estimate is not in the middle and P is another",
        "a limit may be misprinted; profile, exact or bootstrap intervals need not be symmetric",
        quotes=(e.spot_with_p,), computed=((f"{limit.which} limit", f"{made:.4g}"),),
    )  # fmt: skip


def distance(p: Printed, follows: Span) -> float:
    """Give how far a printed P lies from what follows, in Z."""
    values = Span(0.0, float(p)) if p.bound in ("<", "≤") else Span(float(p), 1.0) if p.bound else span(p)
    z = Span(normal_size(min(1.0, values.high)), normal_size(max(1e-15, values.low)))
    reach = Span(normal_size(min(1.0, follows.high)), normal_size(max(1e-15, follows.low)))
    return max(z.low - reach.high, reach.low - z.high, 0.0)
