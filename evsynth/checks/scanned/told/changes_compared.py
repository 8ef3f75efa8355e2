"""The changes of two groups and the difference between them, told in the same sentence or the next.

"Rose by 64.3 mL (SD 117.0) with the drug and fell by 63.3 mL (SD 239.8) with placebo. The difference of 127.6 mL ...
t=3.13, 36.9 degrees of freedom": the verbs and the difference against each other, and t and its degrees of freedom
against the SDs and the sizes of the groups.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import NUMBER, number
from evsynth.checks.scanned.facts.measured import Measured, Sentence, measured, same_unit
from evsynth.checks.scanned.facts.sizes_of_means import sizes_of
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.means import Group, t_test
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_TOLD", "P_OF_MEANS")

NEAR, FREE = 1.3, 1.15
"""Factors that t, and the degrees of freedom, may be off: some patients missing, a spread of fewer."""

_VERB = Expression(
    r"\b(?:(?P<up>increased|rose|risen|grew|grown|gained|went up|a gain|an increase|a rise)|"
    r"(?P<down>decreased|fell|fallen|declined|dropped|lost|went down|a loss|a decrease|a fall|a decline))\b"
    r"(?P<gap>[^.;\d]{0,45})$", re.I,
)  # fmt: skip
_BY = Expression(r"(?:^|\s)(?:by|of)\s(?:a (?:mean|median) (?:of )?|about |only |on average )?$|^\s$", re.I)
_JOINED = Expression(r"\b(?:and|but|whereas|while|versus|vs\.?|against|compared with|compared to)\b", re.I)
_DIFFERENCE = Expression(
    r"\bdifference\b(?P<gap>[^.;\d]{0,60}?)(?:\b(?:of|was|being|amounted to|came to|averaged|is)|[:=,(])\s?"
    r"(?:a |about )?\(?$", re.I,
)  # fmt: skip
_ANOTHER = Expression(
    r"adjust|ANCOVA|covarian|least[- ]squares|\bLS\b|model|weighted|imput|estimat|marginal|geometric|medians?\b|"
    r"Hodges|Mann|Wilcoxon|paired|absolute value|in size|smaller|per ?cent(?!age)", re.I,
)  # fmt: skip
_T = Expression(
    rf"(?<![\w-])[tT]\s?(?:[(\[]\s?(?P<in>{NUMBER})\s?[)\]]\s?)?(?:=|of)\s?-?(?P<t>{NUMBER})"
    rf"(?:[\s,;(]{{1,3}}(?:on |with )?(?:(?:d\.?f\.?|degrees of freedom)\s?[=:]?\s?(?P<a>{NUMBER})|"
    rf"(?P<b>{NUMBER})\s?(?:d\.?f\.?|degrees of freedom)))?"
)


class Changes(NamedTuple):
    """Two changes of one variable (up 1, down -1) and the difference told of them, with the sentence of that."""

    one: Measured
    two: Measured
    ways: tuple[int, int]
    first: Sentence
    difference: Measured
    last: Sentence


def changes_compared(reading: Reading) -> Iterator[Finding]:
    """Check the difference of two changes told with their verbs, and the t of it where they have their SDs."""
    own = list(lines(reading, ("abstract", "results", "body", "figure legend")))
    for line, following in zip_longest(own, own[1:]):
        if line is None or not re.search(r"\d", line.words) or _ANOTHER.search(line.words):
            continue
        for told in _read(line, following):
            yield from _direction(reading, told)
            yield from _t(reading, told)


def _read(line: Line, following: Line | None) -> Iterator[Changes]:
    sentence = measured(line)
    for one, two in pairwise(sentence.values):
        between = sentence.words[one.end : two.start]
        first = _way(sentence.words[max(0, one.start - 80) : one.start])
        if not first or not same_unit(one, two) or not _JOINED.search(between) or len(between) > 120:
            continue
        second = _way(between) or (first if not re.search(r"[.;]", between) and len(between) < 60 else 0)
        if not second or one.value.value < 0 or two.value.value < 0 or (one.spread is None) != (two.spread is None):
            continue
        if sum(same_unit(one, v) and v.spread is not None for v in sentence.values) > 2:
            continue  # three groups, or two visits
        for other in (sentence, measured(following) if following is not None else None):
            if other is None or other.line.section != line.section or _ANOTHER.search(other.words):
                continue
            found = next((
                v for v in other.values if (other is not sentence or v.start >= two.end) and same_unit(one, v)
                and (v.unit or not one.unit) and _DIFFERENCE.search(other.words[max(0, v.start - 90) : v.start])
            ), None)  # fmt: skip
            if found is not None:
                yield Changes(one, two, (first, second), sentence, found, other)
                break


def _way(before: str) -> int:
    """Give the direction of a verb right before a value, "increased by"; 0 where there is none, or "from"."""
    found = None
    for match in re.finditer(r"\b(?:increased|rose|risen|grew|grown|gained|went|a|an|decreased|fell|fallen|declined|"
                             r"dropped|lost)\b", before, re.I):  # fmt: skip
        found = _VERB.match(before, match.start()) or found
    if found is None or not _BY.search(found["gap"]) or re.search(r"\bfrom\b|\bto\b", found["gap"]):
        return 0
    return 1 if found["up"] else -1


def _direction(reading: Reading, told: Changes) -> Iterator[Finding]:
    a, b, d = (span(m.value) for m in (told.one, told.two, told.difference))
    own, apart = d.absolute(), Span(a.low - b.high, a.high - b.low).absolute()
    total = Span(a.low + b.low, a.high + b.high)
    alike = told.ways[0] == told.ways[1]
    made, other = (apart, total) if alike else (total, apart)
    if own.meets(made) or not own.meets(other):
        return
    words = "both in the same direction" if alike else "in opposite directions"
    fits = "if one of them went the other way" if alike else "if both went the same way"
    yield reading.finding(
        "DIFFERENCE_TOLD", "inconsistent",
        f"a difference of {told.difference.value} is inconsistent with changes of {told.one.value} and "
        f"{told.two.value} told {words}, which differ by {made.middle:.4g}; it fits {fits}",
        "a verb of one of the groups is exchanged, or a minus sign is lost",
        quotes=(
            _spot(told.first, told.one), _spot(told.first, told.two), _spot(told.last, told.difference),
        ), computed=(("difference", f"{made.middle:.6g}"),),
    )  # fmt: skip


def _t(reading: Reading, told: Changes) -> Iterator[Finding]:
    """Check t and its degrees of freedom against the difference, the spreads and the sizes."""
    one, two = told.one, told.two
    if one.spread is None or two.spread is None or "se" in (one.spread_kind, two.spread_kind):
        return
    found = _T.search(told.last.line.words, told.difference.start)
    sizes, known = sizes_of(reading, one, two)
    if found is None or not sizes or not known:
        return
    t = number(found["t"])
    freedom = found["in"] or found["a"] or found["b"]
    readings: list[tuple[float, float, float]] = []
    for pair in sizes:
        for errors in (False,) if one.spread_kind else (False, True):
            groups = [
                Group(mean, _spread(s, n, errors=errors), n)
                for mean, s, n in zip(
                    (span(told.difference.value).absolute(), Span(0.0, 0.0)), (one.spread, two.spread), pair,
                    strict=True,
                )
            ]  # fmt: skip
            for equal in (False,) if freedom and "." in freedom else (True, False):
                made = t_test(groups[0], groups[1], equal_variances=equal)
                readings.append((abs(made.t), made.df_span.low, made.df_span.high))
    value = abs(float(t))
    df = float(freedom) if freedom else None
    if any(
        x / NEAR <= value <= x * NEAR and (df is None or low / FREE - 1 <= df <= high * FREE + 1)
        for x, low, high in readings if math.isfinite(x)
    ):  # fmt: skip
        return
    nearest = min(readings, key=lambda r: abs(r[0] - value))
    yield reading.finding(
        "P_OF_MEANS", "inconsistent",
        f"t {t}{f' with {freedom} degrees of freedom' if freedom else ''} is inconsistent with a difference of "
        f"{told.difference.value} and SDs of {one.spread} and {two.spread} in {sizes[0][0]} and {sizes[0][1]}: they "
        f"make {nearest[0]:.3g} with {nearest[1]:.3g} to {nearest[2]:.3g}",
        "an SD, t or the number of patients may be misprinted, or the test an adjusted one",
        quotes=(
            _spot(told.first, one), _spot(told.first, two),
            (told.last.line.start + found.start("t"), told.last.line.start + found.end()),
        ), computed=(("t", f"{nearest[0]:.4g}"),),
    )  # fmt: skip


def _spread(value: Printed, n: int, *, errors: bool) -> Span:
    own, factor = span(value), math.sqrt(n) if errors else 1.0
    return Span(own.low * factor, own.high * factor)


def _spot(sentence: Sentence, value: Measured) -> tuple[int, int]:
    return sentence.line.start + value.start, sentence.line.start + value.end
