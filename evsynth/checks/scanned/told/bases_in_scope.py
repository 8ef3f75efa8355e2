"""Shares of one sentence of which all but one are of the number told in it: "from 391 infants, of whom 274 (70.1%)".

The odd one is of a number told elsewhere, mostly of all that were randomised, or of the other group: "(181 and 90
patients treated) ... 33 [18.2%] v 13 [14.1%], 21 [11.6%] v one [1.1%]".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from math import prod

from evsynth.checks.scanned.facts.denominators import CHANGE, fits, missing, printed_numbers, share_finding
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, proportions
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import denominators_that_print
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_OWN = Expression(
    r"\b(?:of|among|amongst|in) (?:the |these |those |them|whom|which|all|our |its |their |both )|\bof ⟨c|\bthose\b|"
    r"\b(?:men|women|boys|girls|males|females|responders|survivors)\b|\btotal\b|\boverall\b|\balone\b|\brespond\w+|"
    r"\bavailable\b|\bevaluable\b|\bassessed\b|\bcases\b", re.I,
)  # fmt: skip
"""Words that can give one share of a list another base."""
_THESE = Expression(r"^(?:Of|Among|Amongst|In) (?:these|those|them)\b")
_PAIR = Expression(r"⟨c(\d+)⟩(?: [A-Za-z-]+){0,4}(?: ?\([A-Za-z -]+\))? (?:and|v|vs|versus) (?:in )?⟨c(\d+)⟩")
_JOINED = Expression(r"^[^;.]{0,60}?\b(?:v|vs|versus|and|against|compared (?:with|to))\b[^;.]{0,60}$")
CHANCE = 0.01
"""How likely the other shares may be of the number by chance."""


def bases_in_scope(reading: Reading) -> Iterator[Finding]:
    """Check the shares of a sentence against the number, or the sizes of two groups, that the others are of.

    Left alone: a share with words of its own for its base, one of a number of the same sentence or of a smaller number
    told anywhere, and one that people without data explain.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        if line.words.count("%") + line.words.count("cent") < 3 and line.words.count("(") < 3:
            continue
        sentence = marked(line.words)
        told = [
            s for s in proportions(sentence)
            if s.events is not None and s.percent is not None and s.of is None and not s.percent.printed.bound
        ]  # fmt: skip
        if len(told) < 3 or any(s.of is not None for s in proportions(sentence) if s.percent is not None):
            continue
        of_these = every[index - 1] if index and _THESE.search(line.words) else None
        found = list(_of_one(reading, line, sentence, told, of_these))
        found = found or list(_of_two(reading, every[max(0, index - 2) : index], line, sentence, told))
        yield from found or _of_some(reading, every, index, told)


def _of_one(
    reading: Reading, line: Line, sentence: Marked, told: list[Proportion], of_these: Line | None
) -> Iterator[Finding]:
    """Check a list of shares of one number that stands before them, or, "of these", in the sentence before."""
    before = [(line, n) for n in sentence.numbers if n.kind == "c" and n.start < _first(told)]
    before += [(line, s.events) for s in told[:1] if s.events is not None]
    if of_these is not None:
        before += [(of_these, n) for n in marked(of_these.words).numbers if n.kind == "c"][-1:]
    for where, of in before:
        own = [s for s in told if s.events is not None and (where is not line or s.events.start > of.start)]
        odd = [s for s in own if not fits(s, of.whole)]
        right = [s for s in own if s not in odd]
        if len(odd) == 1 and len(right) > 1 and prod(_chance(s, of.whole) for s in right) < CHANCE:
            inside = _inside(sentence, odd[0])
            if not _explained(reading, sentence, odd[0], of.whole, inside):
                yield _finding(reading, line, odd[0], of.whole, (spot(where, of),))
                return


def _of_two(
    reading: Reading, before: list[Line], line: Line, sentence: Marked, told: list[Proportion]
) -> Iterator[Finding]:
    """Check pairs of shares of two groups, of which all but one are of the sizes of the groups."""
    pairs = [(a, b) for a, b in zip(told[::2], told[1::2], strict=False)]
    if len(told) % 2 or len(pairs) < 2 or not all(_JOINED.match(sentence.text[a.end : b.start]) for a, b in pairs):
        return
    own = [
        tuple(sentence.numbers[int(m[x])].whole for x in (1, 2))
        for m in _PAIR.finditer(sentence.text, 0, told[0].start)
    ]
    near = [
        (m.numbers[int(p[1])].whole, m.numbers[int(p[2])].whole)
        for m in (marked(x.words) for x in before) for p in _PAIR.finditer(m.text)
    ]  # fmt: skip
    sizes = own or [*near, *(s.sizes for s in sizes_told(reading) if s.groups and len(s.sizes) == 2)]
    for one, two in dict.fromkeys(sizes):
        if min(one, two) < 8 or one == two:
            continue
        judged = [(s, n) for pair in pairs for s, n in zip(pair, (one, two), strict=True)]
        odd = [(s, n) for s, n in judged if not fits(s, n)]
        right = [(s, n) for s, n in judged if fits(s, n)]
        if len(odd) != 1 or prod(_chance(s, n) for s, n in right) > CHANCE:
            continue
        share, of = odd[0]
        if not _explained(reading, sentence, share, of, _inside(sentence, share) - {one, two}):
            yield _finding(reading, line, share, of, ())
            return


def _of_some(reading: Reading, every: list[Line], index: int, told: list[Proportion]) -> Iterator[Finding]:
    """Check a list of shares against numbers told before it; the odd one must be of no number printed."""
    line, sentence = every[index], marked(every[index].words)
    near = [n.whole for x in every[max(0, index - 3) : index] for n in marked(x.words).numbers if n.kind == "c"]
    for of in dict.fromkeys([*near, *sizes_said(reading)]):
        odd = [s for s in told if not fits(s, of)]
        right = [s for s in told if s not in odd]
        if len(odd) != 1 or len(right) < 2 or prod(_chance(s, of) for s in right) > CHANCE:
            continue
        share = odd[0]
        known = {n for n in printed_numbers(reading) if share.events and n >= share.events.whole}
        if not _explained(reading, sentence, share, of, known | _inside(sentence, share)):
            yield _finding(reading, line, share, of, ())
        return


def _explained(reading: Reading, sentence: Marked, share: Proportion, of: int, inside: set[int]) -> bool:
    """Say whether words or numbers give the odd share another base."""
    if share.events is None or share.percent is None or share.events.whole > of or share.events.whole == 0:
        return True
    start = max((e for e in _ends(sentence, share) if e <= share.start), default=0)
    behind = sentence.text[share.end :]
    words = sentence.text[start : share.start] + " " + re.split(r"[⟨;.]", behind)[0][:40]
    around = re.sub(r"\bsurviv(?:ed|ors?)\b", "", sentence.text[max(0, share.start - 40) : share.end + 20])
    if _OWN.search(words) or CHANGE.search(around) or missing(share, of):
        return True
    smaller = {n for n in printed_numbers(reading) if share.events.whole <= n < of}
    return any(fits(share, n) for n in inside | smaller)


def _ends(sentence: Marked, share: Proportion) -> list[int]:
    return [s.end for s in proportions(sentence) if s.percent is not None and s != share]


def _inside(sentence: Marked, share: Proportion) -> set[int]:
    """Give the numbers told up to the end of its clause that a share may be of, and the sums of two told in a row."""
    end = len(re.split(r"; |\. ", sentence.text[share.end :])[0]) + share.end
    read = {int(i) for i in re.findall(r"⟨[cmx](\d+)⟩", sentence.text[:end])}
    told = [n for i, n in enumerate(sentence.numbers) if i in read and not n.printed.decimals and n != share.events]
    counts = [n.whole for n in told]
    return {*counts, *(a + b for a, b in pairwise(counts)), sum(counts)}


def _first(told: list[Proportion]) -> int:
    return min(n.start for s in told for n in s.numbers)


def _chance(share: Proportion, of: int) -> float:
    """Give how many of the numbers within a third of `of` a share is of, as a share of them."""
    if share.events is None or share.percent is None or of > 100_000:
        return 1.0
    fit = denominators_that_print(share.percent.printed, share.events.whole, of * 4 // 3)
    return sum(3 * n >= 2 * of for n in fit) / max(1.0, of * 2 / 3)


def _finding(reading: Reading, line: Line, share: Proportion, of: int, more: tuple[tuple[int, int], ...]) -> Finding:
    count, percent = share.events or share.numbers[0], share.percent or share.numbers[-1]
    return share_finding(reading, line, count, percent, of, (spot(line, *share.numbers), *more))
