"""Totals of two groups and the mean of each: "212 and 340 visits by 53 and 68 women, on average 4.0 and 6.2".

The total of one group divided by one of its numbers gives its mean: that shows what the means are of. The other then
must, too. The numbers may stand beside the totals, in one of the two sentences before, or be the sizes of the groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

FAR = 3.0
"""How many times off a mean is of something else."""

_CUE = Expression(r"\b(?:means?|averag\w+|each|apiece|per|every)\b", re.I)
_NOT = Expression(r"\b(?:medians?|adjusted|weighted|estimated|standardi[sz]ed|modelled|annual\w*|excluding)\b", re.I)
_MEAN = Expression(r"\b(?:means?|averages?|averaged|averaging|i\.e\.,?|that is,?|or)\b[^.;\d]{0,40}$", re.I)
_EACH = Expression(
    r"^\s?(?:[a-z-]+\s){0,2}?(?:each\b|apiece|on average|per (?!day|week|month|year|hour|night|minute|kg|cent|"
    r"\d)[a-z])", re.I
)  # fmt: skip
_JOIN = Expression(
    r"(?:\s[A-Za-z-]+){0,6}\s?(?:\([^()]{0,40}\))?,?\s?(?:and|versus|vs\.?|v|against|or)\s(?:[A-Za-z-]+\s){0,5}[€$£]?"
)
_OF = Expression(r"(?:\s[a-z-]+){0,3}\s(?:in|among|by|from|for|on|of)\s(?:the\s)?")


class _Pair(NamedTuple):
    """Two numbers of the two groups in their order, where they stand, and as they are printed."""

    values: tuple[Span, Span]
    spots: tuple[Spot, ...]
    names: tuple[str, str]


def means_by_group(reading: Reading) -> Iterator[Finding]:
    """Check two means against the two totals before them and the two numbers with which one of them fits."""
    recent: list[list[_Pair]] = []
    for line in lines(reading, ("abstract", "results", "body")):
        numbers = (
            [t for t in told_numbers(line.words) if t.part in ("value", "count", "n")]
            if _DIGIT.search(line.words)
            else []
        )
        pairs = [(a, b) for a, b in _pairs(line.words, numbers)]
        if pairs and len(numbers) > 3 and _CUE.search(line.words) and not _NOT.search(line.words):
            yield from _judged(reading, line, pairs, numbers, [p for ps in recent[-2:] for p in ps])
        recent.append([_made(line, p) for p in pairs if _whole(*p)])


_DIGIT = Expression(r"\d")


def _pairs(words: str, numbers: list[Told]) -> Iterator[tuple[Told, Told]]:
    """Give the neighbours of one kind that a sentence joins: "504 and 1,068", "53 with A and 68 with B"."""
    taken = -1
    for one, two in pairwise(numbers):
        if one.start < taken or one.printed.decimals != two.printed.decimals or one.printed.value <= 0:
            continue
        if two.printed.value > 0 and _JOIN.fullmatch(words[one.end : two.start]):
            taken = two.end
            yield one, two


def _whole(*pair: Told) -> bool:
    return all(t.whole and t.printed.value > 1 for t in pair)


def _made(line: Line, pair: tuple[Told, Told]) -> _Pair:
    one, two = pair
    spots = tuple((line.start + t.start, line.start + t.end) for t in pair)
    return _Pair((span(one.printed), span(two.printed)), spots, (str(one.printed), str(two.printed)))


def _judged(
    reading: Reading, line: Line, pairs: list[tuple[Told, Told]], numbers: list[Told], before: list[_Pair]
) -> Iterator[Finding]:
    for one, two in pairs:
        said = _MEAN.search(line.words[max(0, one.start - 60) : one.start]) and _CUE.search(line.words[two.end :][:60])
        if not (said or _EACH.match(line.words[two.stop :])) or one.unit in ("years", "points", "%"):
            continue
        ahead = [t for t in numbers if t.start < one.start and _whole(t)]
        if not ahead or ";" in line.words[ahead[-1].end : one.start]:
            continue
        known = [_made(line, p) for p in pairs if p[1].start < one.start and _whole(*p)]
        if len(ahead) == 4 and all(_OF.fullmatch(line.words[ahead[k].end : ahead[k + 1].start]) for k in (0, 2)):
            known = [_made(line, (ahead[0], ahead[2])), _made(line, (ahead[1], ahead[3]))]  # "66 in 44 and 135 in 45"
        groups = [
            _Pair((Span(a, a), Span(b, b)), (), (str(a), str(b)))
            for x in sizes_told(reading) if len(x.sizes) == 2 for a, b in (x.sizes,)
        ]  # fmt: skip
        yield from _held(reading, _made(line, (one, two)), known, [*known, *before, *groups])


def _held(reading: Reading, means: _Pair, totals: list[_Pair], numbers: list[_Pair]) -> Iterator[Finding]:
    """Find the one mean that does not follow, where the other follows from the same two pairs and no other two fit."""
    found: dict[tuple[str, ...], tuple[int, _Pair, _Pair]] = {}
    for total in totals[-2:]:
        for number in numbers:
            if number.names == total.names:
                continue
            fits = [_fits(m, t, n) for m, t, n in zip(means.values, total.values, number.values, strict=True)]
            if all(fits):
                return
            if any(fits):
                found.setdefault((*total.names, *number.names), (fits.index(False), total, number))
    if len(found) != 1:
        return
    ((at, total, number),) = found.values()
    made = total.values[at].middle / number.values[at].middle
    if not 1 / FAR < made / means.values[at].middle < FAR or means.values[1 - at].middle < 0.2:
        return
    yield reading.finding(
        "RATE", "inconsistent",
        f"a mean of {means.names[at]} is inconsistent with {total.names[at]} in {number.names[at]}, which make "
        f"{made:.3g} "
        f"each; the mean of the other group fits, {total.names[1 - at]} in {number.names[1 - at]}",
        "one of the numbers may be of others than those named; otherwise it is misprinted",
        quotes=(means.spots[at], total.spots[at], *number.spots[at : at + 1]),
    )  # fmt: skip


def _fits(mean: Span, total: Span, number: Span) -> bool:
    made = Span(total.low / number.high, total.high / number.low)
    return mean.low <= made.high and made.low <= mean.high
