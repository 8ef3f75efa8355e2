"""Means with their spread told for two groups in one sentence, against the P or the interval of their difference there.

The sizes are those printed with the means, else those of the groups told anywhere; where none is told, all numbers of
people from the least to the greatest are tried. Spreads that nothing names are tried as standard errors too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.measured import Measured, Sentence, measured, same_unit
from evsynth.checks.scanned.facts.modelled import MODEL_NAMED
from evsynth.checks.scanned.facts.sizes_of_means import sizes_of
from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.numbers.p_of_counts import distance, least
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size, t_size
from evsynth.reanalyse.means import Group, TTest, t_test
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("P_OF_MEANS", "INTERVAL_OF_MEANS")

FAR, RANKS, ADJUSTED = 0.3, 1.2, 1.8
"""Least distance in Z from every t test: as rounding and variants leave it, where the text ranks, and adjusts."""

WIDTH = 1.35
"""An interval this many times as wide, or as narrow, as the spreads and sizes make it has other ones."""

_SIZE = r"(?:[^.;\d]|(?<=[nN] = )\d+(?=[)\]])|(?<=[nN]=)\d+(?=[)\]]))"
"""A letter, or the size of a group in brackets: "(n = 60)"."""
_BETWEEN = Expression(
    rf"^{_SIZE}{{0,80}}?(?:\band\b|\bvs\.?|\bversus\b|\bagainst\b|compared (?:with|to)|,)\s[^.;\d]{{0,60}}$", re.I
)
_P = Expression(
    rf"^(?P<gap>{_SIZE}{{0,90}}?(?:\b(?:difference|gap) (?:of|was) \d+(?:\.\d+)?{_SIZE}{{0,70}}?)?)"
    r"[(\[,;]\s?(?:(?:t|F|z)\s?(?:\([^)]*\))?\s?=\s?-?[\d.]+\s?[,;]\s?)?(?:two-sided\s)?"
    r"(?:(?:two[- ]samples?|independent|unpaired|Student'?s?|Welch'?s?)?[- ]?(?:samples?\s)?t[- ]?test[,:;]\s?)?"
    r"[Pp](?:\s?-?\s?values?)?\s?(?P<p>[=<>≤≥]\s?(?:0?\.\d+|1\.0+))(?P<for>[^.;()\d]{0,25})"
)
_OTHER = Expression(
    r"\b(?:trend|one-sided|one-tailed|inferior\w*|adjusted|weighted|paired|within|interaction|ancova|mixed|gee|"
    r"bonferroni|corrected|propensity|matched|before|after treatment|pre|post|pre-\w+|post-\w+|from|"
    r"initial\w*|final\w*|follow-up|increased|decreased|fell|rose|declined|geometric|medians?|three|four|"
    r"all groups|cycles?|samples|eyes|lesions|sites|crossover|estimat\w+(?! glomer)|least[- ]squares|LS|marginal|"
    r"predicted|left|right|respectively, "
    r"(?:and|in))\b", re.I,
)  # fmt: skip
_SAME_PEOPLE = Expression(r"\b(?:[SC]NRs?|signal-to-noise|images|scanners|readers|[A-Z]{1,3}ECs|cells)\b", re.I)
"""Words of sentences that compare techniques in the same people, or cells."""
_ERRORS = Expression(r"standard errors?|\bSEM?\b|s\.e\.", re.I)
_SDS = Expression(r"\bS\.?D\b|standard deviation", re.I)


def means(reading: Reading) -> Iterator[Finding]:
    """Recompute the P, and the width of the interval, of two means told with their spread."""
    said = tests(reading)
    if said.paired:
        return
    near = ADJUSTED if said.adjusted or said.multiple else RANKS if said.ranks else FAR
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if _SAME_PEOPLE.search(line.words):
            continue
        sentence = measured(line)
        spread = [v for v in sentence.values if v.spread is not None]
        for one, two in pairwise(spread):
            between = sentence.words[one.end : two.start]
            if not same_unit(one, two) or not _BETWEEN.match(between) or one.spread_kind != two.spread_kind:
                continue
            if not _spreads(reading, sentence, one) or any(one.end <= v.start < two.start for v in sentence.values):
                continue
            if _third(sentence, one, two):
                continue
            clause = sentence.words[max(0, one.start - 110) : one.start]
            if not _OTHER.search(re.split(r"[;.]\s", clause)[-1] + between):
                yield from _p(reading, sentence, one, two, near)
            yield from _interval(reading, sentence, one, two, effects(line), adjusted=said.adjusted)


def _spreads(reading: Reading, sentence: Sentence, one: Measured) -> bool:
    """Say whether the number after a value is a spread: its words or sign say so, or the paper does."""
    if one.spread_kind or re.search(r"±|\+/?-", sentence.words[one.start : one.end]):
        return True
    return bool(_SDS.search(reading.document.prose) or _ERRORS.search(reading.document.prose))


def _third(sentence: Sentence, one: Measured, two: Measured) -> bool:
    before = [v for v in sentence.values if v.end <= one.start and v.spread is not None]
    after = [v for v in sentence.values if v.start >= two.end and v.spread is not None]
    joined = Expression(r"^[^.;\d]{0,60}$")
    return any(
        same_unit(v, one) and joined.match(sentence.words[v.end : one.start].lstrip(")")) for v in before
    ) or any(same_unit(v, two) and joined.match(sentence.words[two.end : v.start].lstrip(")")) for v in after)


def _tests(one: Measured, two: Measured, sizes: tuple[int, int], *, errors: bool) -> Iterator[TTest]:
    groups = []
    for value, n in ((one, sizes[0]), (two, sizes[1])):
        s = span(value.spread) if value.spread is not None else Span(0.0, 0.0)
        if errors:
            s = Span(s.low * math.sqrt(n), s.high * math.sqrt(n))
        groups.append(Group(span(value.value), s, n))
    for equal in (True, False):
        yield t_test(groups[0], groups[1], equal_variances=equal)


def _readings(reading: Reading, one: Measured) -> tuple[bool, ...]:
    """Say how a spread can be read: as standard deviation (False), as standard error (True), or both."""
    if one.spread_kind:
        return (one.spread_kind == "se",)
    prose = reading.document.prose
    return (False,) if _SDS.search(prose) and not _ERRORS.search(prose) else (False, True)


def _p(reading: Reading, sentence: Sentence, one: Measured, two: Measured, near: float) -> Iterator[Finding]:
    found = _P.match(sentence.line.words[two.end :])
    if found is None or _OTHER.search(found["gap"] + found["for"]):
        return
    p = Printed.parse(re.sub(r"[\s=]", "", found["p"]))
    sizes, told = sizes_of(reading, one, two)
    values: dict[str, float] = {}
    for pair in sizes:
        for errors in _readings(reading, one):
            for made in _tests(one, two, pair, errors=errors):
                name = f"t of {pair[0]} and {pair[1]}{' (standard errors)' if errors else ''}"
                values |= {name: made.p, f"{name} low": made.p_span.low, f"{name} high": made.p_span.high}
                if meets(p, made.p_span):
                    return
    if not values or (least(p) and min(values.values()) < float(p)):
        return
    if not told:
        near = max(near, ADJUSTED if MODEL_NAMED.search(reading.document.prose) else 0.6)
    if distance(p, values | {f"half {k}": v / 2 for k, v in values.items()}) < near:
        return
    low, high = min(values.values()), max(values.values())
    as_errors = [v for k, v in values.items() if "(standard errors)" in k]
    given = f"t tests give {low:.2g} to {high:.2g}"
    if as_errors and len(as_errors) < len(values):
        sds = [v for k, v in values.items() if "(standard errors)" not in k]
        given = (
            f"t tests give {min(sds):.2g} to {max(sds):.2g} with standard deviations, {min(as_errors):.2g} to "
            f"{max(as_errors):.2g} with standard errors"
        )
    if not told and not p.bound and low <= float(p) <= high:
        return
    if _skewed(one, two) and distance(p, values) < ADJUSTED:
        return  # such values are compared by ranks
    shown = " and ".join(f"{v.value} ± {v.spread}" + (f" (n = {v.n})" if v.n else "") for v in (one, two))
    yield reading.finding(
        "P_OF_MEANS", "inconsistent",
        f"P {p} is inconsistent with {shown}: {given}",
        "the spread may be a standard error, or the test a paired or adjusted one",
        quotes=((sentence.line.start + one.start, sentence.line.start + two.end + found.end("p")),),
        computed=(("lowest P", f"{low:.4g}"), ("highest P", f"{high:.4g}")),
    )  # fmt: skip


def _skewed(one: Measured, two: Measured) -> bool:
    """Say whether a spread is as large as its mean: the values are not normally distributed."""
    return any(v.spread is not None and 0 < float(v.value) <= float(v.spread) for v in (one, two))


def _interval(
    reading: Reading, sentence: Sentence, one: Measured, two: Measured, beside: tuple[Effect, ...], *, adjusted: bool
) -> Iterator[Finding]:
    """Check the width of an interval of the difference that follows the two means."""
    line: Line = sentence.line
    end = line.start + two.end
    e = next((e for e in beside if e.start >= end and e.start - end < 90 and e.kind == "difference"), None)
    if e is None or e.value is None or e.low.value >= e.high.value or adjusted:
        return
    if _OTHER.search(line.words[two.end : e.end - line.start]) or not _fits(one, two, e):
        return
    sizes, told = sizes_of(reading, one, two)
    halves = []
    for pair in sizes:
        for errors in _readings(reading, one):
            for made in _tests(one, two, pair, errors=errors):
                if made.t and math.isfinite(made.t):
                    error = abs((float(one.value) - float(two.value)) / made.t)
                    halves.append(error * _quantile(made.df, e.level))
    if not halves or not told:
        return
    own = (float(e.high) - float(e.low)) / 2
    slack = 10.0**-e.low.decimals
    if min(halves) / WIDTH - slack <= own <= max(halves) * WIDTH + slack:
        return
    if (
        one.n is None
        and own > max(halves)
        and any(5 <= c.value < min(min(p) for p in sizes) for c in counts(line.words))
    ):
        return  # of a part of the group, which the sentence counts
    made_half = min(halves, key=lambda h: abs(h - own))
    yield reading.finding(
        "INTERVAL_OF_MEANS", "inconsistent",
        f"the interval {e.low} to {e.high} is inconsistent with {one.value} ± {one.spread} and {two.value} ± "
        f"{two.spread} in {sizes[0][0]} and {sizes[0][1]}: they make one of {2 * made_half:.3g} in width",
        "the interval may be adjusted, of fewer patients, or the spread a standard error",
        quotes=((line.start + one.start, e.end),), computed=(("half width", f"{made_half:.4g}"),),
    )  # fmt: skip


def _fits(one: Measured, two: Measured, e: Effect) -> bool:
    """Say whether an estimate is the difference of the two means."""
    made = Span(float(one.value) - float(two.value), float(one.value) - float(two.value)).absolute().low
    return e.value is not None and abs(abs(float(e.value)) - made) <= 0.1 * made + 1.5 * 10.0**-one.value.decimals


def _quantile(df: float, level: float) -> float:
    return t_size(1 - level, df) if df < 200 else normal_size(1 - level)
