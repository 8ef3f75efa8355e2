"""Counts told in pairs of two groups, "43 cases and 75 controls": sums that fit for one and miss for the other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_SHARE = r"(?: ?\(⟨p\d+⟩\))?"
_NOUN = r"(?:(?!and\b|or\b|in\b|of\b)[a-z-]+ ){0,2}?"
_PAIR = Expression(
    rf"⟨c(?P<a>\d+)⟩ {_NOUN}(?P<one>[a-z]+s|men|women|children){_SHARE},? (?:and|versus|vs|v|against|"
    rf"as against|compared with|but|plus|to) ⟨c(?P<b>\d+)⟩ {_NOUN}(?P<two>[a-z]+s|men|women|children)\b"
)


_ROLES: tuple[Role, ...] = ("title", "abstract", "background", "methods", "results", "body", "discussion")


class _Pair(NamedTuple):
    line: Line
    one: Number
    two: Number

    @property
    def values(self) -> tuple[int, int]:
        return self.one.whole, self.two.whole


def pairs_of_nouns(reading: Reading) -> Iterator[Finding]:
    """Check that two pairs make a third for both of their nouns, where they do for one of them.

    Found: one noun's counts add up and the other's miss by a misprint, and no other pairs make the third.
    """
    found: dict[tuple[str, str], list[_Pair]] = defaultdict(list)
    singles: dict[str, list[tuple[Line, Number]]] = defaultdict(list)
    for line in lines(reading, _ROLES):
        sentence = marked(line.words)
        for match in _PAIR.finditer(sentence.text):
            left, right = (sentence.numbers[int(match[g])] for g in "ab")
            found[match["one"], match["two"]].append(_Pair(line, left, right))
        for match in re.finditer(r"⟨c(\d+)⟩ (?:[a-z-]+ )?([a-z]+s|men|women)\b", sentence.text):
            singles[match[2]].append((line, sentence.numbers[int(match[1])]))
    for (one, two), pairs in found.items():
        if one == two:
            continue
        both = _sizes(singles[one], singles[two], pairs)
        told = list({p.values: p for p in [*both, *pairs]}.values())
        if 3 <= len(told) <= 14:
            yield from _judged(reading, (one, two), told)


def _sizes(ones: list[tuple[Line, Number]], twos: list[tuple[Line, Number]], pairs: list[_Pair]) -> Iterator[_Pair]:
    """Give the largest numbers of both nouns, told apart from each other, as a pair."""
    if ones and twos:
        (line, a), (_, b) = max(ones, key=lambda x: x[1].whole), max(twos, key=lambda x: x[1].whole)
        if all(p.one.whole <= a.whole and p.two.whole <= b.whole for p in pairs):
            yield _Pair(line, a, b)


def _judged(reading: Reading, nouns: tuple[str, str], told: list[_Pair]) -> Iterator[Finding]:
    for whole in told:
        parts = [p for p in told if p is not whole and min(p.values) > 1]
        makes = list(combinations(parts, 2))
        if any(_misses(x, y, whole) == (0, 0) for x, y in makes):
            continue
        for x, y in makes:
            miss = _misses(x, y, whole)
            if (miss[0] == 0) == (miss[1] == 0):
                continue
            at = 0 if miss[0] else 1
            numbers = [(p.line, (p.one, p.two)[at]) for p in (x, y, whole)]
            a, b, c = (n.whole for _, n in numbers)
            kept = (whole.two, whole.one)[at]
            slip = any(swapped(m, n) or one_digit(m, n) for m, n in ((a, c - b), (b, c - a), (c, a + b)) if n > 0)
            if kept.whole < 20 or c < 20 or not slip or abs(a + b - c) > 0.4 * c:
                continue
            yield reading.finding(
                "GROUPS", "inconsistent",
                f"{a} + {b} = {a + b} {nouns[at]} are inconsistent with {c}; of the {nouns[1 - at]} the same "
                f"parts make {kept.printed}", "a digit may be misprinted",
                quotes=(spot(*numbers[2]), spot(*numbers[0]), spot(*numbers[1])), computed=(("sum", str(a + b)),),
            )  # fmt: skip
            break


def _misses(one: _Pair, two: _Pair, whole: _Pair) -> tuple[int, int]:
    return one.one.whole + two.one.whole - whole.one.whole, one.two.whole + two.two.whole - whole.two.whole
