"""Two shares that make 100%, "49 (62%) of them successfully and 24 (38%) not", against the number they are of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_GAP = Expression(r"[^.;]{0,80}?(?:\band\b|,|\bor\b|\bversus\b|\bvs\b|\bwhile\b|\bwhereas\b)[^.;]{0,60}")
_LISTED = Expression(r"^[^.;⟨]{0,60}(?:,|, and) ⟨[pc]\d+⟩[^.;⟨]{0,30}\(?(?:n = )?⟨[pc]\d+⟩")
LEAST = 8
"""Least number of people that two shares are held against."""


def two_make_all(reading: Reading) -> Iterator[Finding]:
    """Add up two counts whose percentages make 100, where one of them is a share of a number told just before.

    Found: the other is not, and no number that the paper tells gives both. Left alone: shares of two groups.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if line.words.count("%") < 2 and "per cent" not in line.words:
            continue
        sentence = marked(line.words)
        shares = [s for s in proportions(sentence) if s.percent is not None]
        before = every[index - 1] if index and every[index - 1].section == line.section else None
        for one, two in pairwise(shares):
            if len(shares) > 2 and _LISTED.search(sentence.text[two.end :]):
                continue  # a list of traits: "60% were women, 40% had a test, 23% had told it"
            found = _judged(reading, before, line, (one, two)) if _together(sentence.text, one, two) else None
            if found is not None:
                yield found


def _together(text: str, one: Proportion, two: Proportion) -> bool:
    """Say whether two bare shares follow each other and make 100 by their percentages."""
    if one.of is not None or two.of is not None or one.events is None or two.events is None:
        return False
    if one.percent is None or two.percent is None or one.percent.printed.bound or two.percent.printed.bound:
        return False
    shown = float(one.percent.printed) + float(two.percent.printed)
    coarse = 0.11 if one.percent.printed.decimals and two.percent.printed.decimals else 1.01
    gap = text[one.end : two.start]
    return abs(shown - 100) <= coarse and _GAP.fullmatch(gap) is not None and "⟨" not in gap


def _judged(reading: Reading, before: Line | None, line: Line, pair: tuple[Proportion, Proportion]) -> Finding | None:
    counts = [s.events for s in pair if s.events is not None]
    percents = [s.percent.printed for s in pair if s.percent is not None]
    made = counts[0].whole + counts[1].whole
    if min(n.whole for n in counts) < 1 or len(counts) != 2 or made in numbers_told(reading):
        return None
    if all(prints(k.whole, made, p) for k, p in zip(counts, percents, strict=True)):
        return None
    wholes: list[tuple[Line, Number]] = []
    for place in (line, before):
        if place is not None:
            wholes += [
                (place, n) for n in marked(place.words).numbers
                if n.kind == "c" and n.whole >= LEAST and (place is not line or n.start < counts[0].start)
            ]  # fmt: skip
    for place, whole in reversed(wholes):
        fits = [prints(k.whole, whole.whole, p) for k, p in zip(counts, percents, strict=True)]
        if sum(fits) != 1:
            continue
        odd, kept = counts[fits.index(False)], counts[fits.index(True)]
        if not prints(whole.whole - kept.whole, whole.whole, percents[fits.index(False)]):
            continue
        if any(prints(odd.whole, n, percents[fits.index(False)]) for n in numbers_told(reading) if n >= LEAST):
            continue
        return reading.finding(
            "GROUPS", "inconsistent",
            f"{counts[0].printed} + {counts[1].printed} = {made} is inconsistent with {whole.printed}, of which their "
            "percentages make 100", "a digit may be misprinted",
            quotes=(spot(line, *counts), spot(place, whole), *(spot(line, n) for n in counts)),
            computed=(("sum", str(made)),),
        )  # fmt: skip
    return None
