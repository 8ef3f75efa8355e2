"""Two or three shares told beside each other, with the effect or the P value told of them in the same sentence.

"12 (24%) with the drug and 5 (10%) with placebo (risk difference 14 points; relative risk 2.4; P = 0.06)". Three
shares are those of three groups only where each prints its denominator, or three sizes of groups fit them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects_told import Effect, effects, intervals_of
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Marked, marked
from evsynth.checks.scanned.facts.one_clause import alike, one_clause, parted, with_next
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.reanalyse.counting import counts_that_print, denominators_that_print
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

Table = tuple[tuple[int, int], ...]
"""Events and size of each group."""


class Comparison(NamedTuple):
    """The shares of one clause and the effects told of them; `words` are those of the clause and of the effects."""

    line: Line
    sentence: Marked
    shares: tuple[Proportion, ...]
    effects: tuple[Effect, ...]
    words: str
    place: int

    @property
    def one(self) -> Proportion:
        """The share told first."""
        return self.shares[0]

    @property
    def two(self) -> Proportion:
        """The share told second."""
        return self.shares[1]


_LIMIT = Expression(
    r"(?:at least|at most|more than|less than|fewer than|over|under|above|below|up to|within|margin of|reduction of|"
    r"increase of|decrease of|rise of|fall of|power of|improvement of|[<>≥≤±]|by|alpha of|loss of|gain of|level of|"
    r"threshold of|cut-?off of|defined as) ?$", re.I,
)  # fmt: skip
_BY = Expression(
    r"\b(?:report|achiev|reach|experienc|complet|attain|prefer|tolerat|us|suffer|report|not|need|accept|answer)ed by $|"
    r"\b(?:met|shown|seen|had|chosen) by $", re.I,
)  # fmt: skip
_LINK = Expression(
    r"; (?:among|in|of|for|with)\b|\b(?:and|v|vs\.?|versus|against|compared|than|while|whereas|but|or|"
    r"to|minus|less)\b|[,/]",
    re.I,
)
_PART = Expression(
    r"of (?:whom|which|these|them|those)|includ|among (?:them|these)|overall|in total|all patients", re.I
)


@lru_cache(maxsize=32)
def comparisons(reading: Reading, roles: tuple[Role, ...] = ("abstract", "results", "body")) -> tuple[Comparison, ...]:
    """Give the pairs of shares of the sections with one of `roles`, in order."""
    found: list[Comparison] = []
    every = list(lines(reading, roles))
    for index, line in enumerate(every):
        if any(mark in line.words for mark in ("%", "/", " of ", "cent", " among ")):
            own = list(_pairs(line, index))
            both = with_next(reading, every, index) if len(own) == 1 and not own[0].effects else None
            found += list(_pairs(both, index)) if both is not None else own
    return tuple(found)


def _pairs(line: Line, index: int) -> Iterator[Comparison]:
    sentence = marked(line.words)
    limits, text = intervals_of(sentence), sentence.text
    skipped = {sentence.numbers[i] for i in limits}
    shares = [
        s for s in proportions(sentence)
        if s.percent not in skipped
        and not (s.events is None and s.of is None and _limit(text[max(0, s.start - 26) : s.start]))
    ]  # fmt: skip
    told = effects(sentence)
    relative = {e.number for e in told if e.name == "relative reduction"}
    shares = [s for s in shares if s.percent not in relative and s.percent not in {e.number for e in told}]
    if len(shares) < 2:
        return
    current: list[Proportion] = []
    after: list[Effect] = []
    if len(shares) == 2 and told and told[-1].end <= shares[0].start and one_clause(text, told, shares):
        yield from _made(line, sentence, shares, list(told), index)
        return
    items: list[Proportion | Effect] = [*shares, *told]
    for item in sorted(items, key=lambda x: x.start):
        if isinstance(item, Effect):
            after.append(item)
            continue
        if after or (current and parted(text[current[-1].end : item.start]) and not alike(text, current[-1], item)):
            yield from _made(line, sentence, current, after, index)
            current, after = [], []
        current.append(item)
    yield from _made(line, sentence, current, after, index)


def _limit(before: str) -> bool:
    """Say whether a percentage is a limit or a change by the words before it; "reported by" tells whose it is."""
    return bool(_LIMIT.search(before)) and not _BY.search(before)


def _made(
    line: Line, sentence: Marked, shares: list[Proportion], told: list[Effect], index: int
) -> Iterator[Comparison]:
    if len(shares) == 3 and shares[0].of is None and shares[1].of is not None and shares[2].of is not None:
        shares = shares[1:]  # a share of all, then those of two groups
    if len(shares) not in (2, 3):
        return
    for one, two in pairwise(shares):
        between = sentence.text[one.end : two.start]
        if (one.end <= two.start and not _LINK.search(between)) or len(between) > 160 or _PART.search(between):
            return
    start = max(0, shares[0].start - 120)
    words = sentence.text[start : (told[-1].end + 40) if told else shares[-1].end + 40]
    yield Comparison(line, sentence, tuple(shares), tuple(told), words, index)


def share_span(share: Proportion) -> Span:
    """Give the percentages that a share can stand for: of its counts, or what prints as its percentage."""
    ends: list[float] = []
    if share.percent is not None:
        ends += span(share.percent.printed)
    if share.events is not None and share.of is not None and share.of.whole:
        ends.append(100 * share.events.whole / share.of.whole)
    return Span(min(ends), max(ends))


def tables(reading: Reading, told: Comparison) -> tuple[list[Table], bool]:
    """Give the tables (events and size of each group) that a comparison can stand for.

    The second value says whether the sizes are known: printed beside the counts, or told as those of the groups.
    """
    shares = told.shares
    own = [s.of.whole if s.of is not None else None for s in shares]
    fits: list[tuple[tuple[int, ...], bool]] = []
    for sizes in sizes_told(reading):
        if len(sizes.sizes) == len(shares):
            for order in {sizes.sizes, sizes.sizes[::-1]}:
                if all(o in (None, n) for o, n in zip(own, order, strict=True)):
                    fits.append((order, sizes.groups))
    if None not in own:
        fits = [(tuple(o or 0 for o in own), True)]
    counted = any(s.events is not None for s in shares)
    found = [
        tuple(zip(counts, order, strict=True))
        for order, groups in fits
        if counted or groups
        for counts in product(*(_counts(s, n) for s, n in zip(shares, order, strict=True)))
    ]
    if found or len(shares) > 2:
        return found[:60], True
    hidden = product(*(_hidden(s) for s in shares))
    numbers = [s.events.whole for s in shares if s.events is not None]
    return [tuple(zip(numbers, order, strict=True)) for order in hidden] if len(numbers) == 2 else [], False


def _counts(share: Proportion, of: int) -> list[int]:
    if share.events is not None:
        fits = share.events.whole <= of and (
            share.percent is None or prints(share.events.whole, of, share.percent.printed)
        )
        return [share.events.whole] if fits and (share.percent is not None or share.of is not None) else []
    if share.percent is None or of > 3000 or share.percent.printed.bound:
        return []
    fit = counts_that_print(share.percent.printed, of)
    return sorted({fit[0], fit[-1]}) if fit else []


def _hidden(share: Proportion) -> list[int]:
    """Give denominators that print a percentage: the one told, or the least, the middle and the greatest."""
    if share.events is None or share.events.whole == 0:
        return []
    if share.of is not None:
        return [share.of.whole]
    if share.percent is None or float(share.percent.printed.value) <= 0:
        return []
    middle = round(100 * share.events.whole / float(share.percent.printed.value))
    fits = denominators_that_print(share.percent.printed, share.events.whole, 2 * middle) if middle < 20_000 else ()
    return sorted({fits[0], fits[len(fits) // 2], fits[-1]}) if fits and fits[-1] <= 1.25 * fits[0] else []
