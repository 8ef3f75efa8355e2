"""Two groups told in pairs, less those who left, or who had it: "238 and 225; 19 and 16 died; 205 and 198"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW",)

_PAIR = Expression(
    r"⟨c(\d+)⟩(?: ?\(⟨p\d+⟩\)|, ⟨p\d+⟩)?(?: (?!and\b|were\b|was\b)[a-z-]+| ⟨c\d+⟩(?= [a-z-]+ [a-z]+ and)){0,7}?,? "
    r"(?:and|versus|vs|v) (?:in )?⟨c(\d+)⟩(?! ?(?:/|of\b|to ⟨))"
)
_FRACTION = Expression(r"⟨c(\d+)⟩(?: ?/ ?| (?:out )?of (?:the )?)⟨c(\d+)⟩")
_LEFT = Expression(
    r"\b(?:left|leaving|remain\w*|complet\w+|analy[sz]\w+|so that|non-?\w+|without|others?|fail\w+|not|"
    r"surviv\w+)\b",
    re.I,
)
_ALIVE = Expression(r"\s(?:[a-z-]+\s)?(?:survivors|completers|were (?:still )?alive|survived|remained)\b", re.I)


class _Pair(NamedTuple):
    line: Line
    one: Number
    two: Number

    @property
    def values(self) -> tuple[int, int]:
        return self.one.whole, self.two.whole


def left_by_group(reading: Reading) -> Iterator[Finding]:
    """Check pairs that are left of earlier pairs.

    Found: one group fits exactly, the other misses by exchanged digits or one, and no way of subtracting fits both.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if _LEFT.search(line.words) is None:
            continue
        around = [x for x in every[max(0, index - 5) : index + 1] if x.section == line.section]
        before = [p for x in around for p in _pairs(x)]
        for pair in _pairs(line):
            said = _LEFT.search(line.words[max(0, pair.one.start - 60) : pair.one.start])
            if min(pair.values) < 8 or not (said or _ALIVE.match(line.words[pair.two.end :])):
                continue
            known = [p for p in before if p.one.start < pair.one.start or p.line is not line]
            yield from _judged(reading, pair, known[-6:], [f for x in around for f in _fractions(x)])


def _pairs(line: Line) -> list[_Pair]:
    sentence = marked(line.words)
    return [
        _Pair(line, sentence.numbers[int(m[1])], sentence.numbers[int(m[2])]) for m in _PAIR.finditer(sentence.text)
    ]


def _fractions(line: Line) -> list[tuple[_Pair, _Pair]]:
    """Give counts and sizes of two fractions that a sentence tells, each as a pair."""
    sentence: Marked = marked(line.words)
    found = [(sentence.numbers[int(m[1])], sentence.numbers[int(m[2])]) for m in _FRACTION.finditer(sentence.text)]
    if len(found) != 2 or any(k.whole > n.whole for k, n in found):
        return []
    return [(_Pair(line, found[0][0], found[1][0]), _Pair(line, found[0][1], found[1][1]))]


def _judged(
    reading: Reading, pair: _Pair, known: list[_Pair], fractions: list[tuple[_Pair, _Pair]]
) -> Iterator[Finding]:
    ways = [
        (base, outs) for i, base in enumerate(known) for k in (1, 2, 3) for outs in combinations(known[i + 1 :], k)
        if all(b > a for a, b in zip(pair.values, base.values, strict=True))
    ] + [(sizes, (counts,)) for counts, sizes in fractions if counts.values != pair.values]  # fmt: skip
    left = [
        (tuple(b - sum(o.values[at] for o in outs) for at, b in enumerate(base.values)), base, outs)
        for base, outs in ways
    ]
    if any(made == pair.values for made, _, _ in left):
        return
    for made, base, outs in left:
        fits = [a == b for a, b in zip(made, pair.values, strict=True)]
        if sum(fits) != 1:
            continue
        at = fits.index(False)
        said, wanted = pair.values[at], made[at]
        if wanted > 0 and (swapped(said, wanted) or (one_digit(said, wanted) and abs(said - wanted) in (10, 20, 100))):
            numbers = [(p.line, (p.one, p.two)[at]) for p in (pair, base, *outs)]
            yield reading.finding(
                "FLOW", "inconsistent",
                f"{' - '.join(n.printed.text for _, n in numbers[1:])} = {wanted}, not {said}; the other group fits",
                "a step may not be told; otherwise digits have been exchanged",
                quotes=tuple(spot(x, n) for x, n in numbers), computed=(("left", str(wanted)),),
            )  # fmt: skip
            return
