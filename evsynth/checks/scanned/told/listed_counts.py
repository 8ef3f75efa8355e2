"""Counts of one thing by quarter, site or visit, "31, 29, 12 and 9 flares", against the total told of it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_LIST = Expression(r"(?<!⟩, )(?:⟨c\d+⟩, ){1,10}⟨c\d+⟩,? and ⟨c\d+⟩(?P<noun> (?!of\b|in\b|or\b|to\b)[a-z]+s\b)?")
_TIMES = Expression(r"\b(?:days?|weeks?|months?|years?|hours?|visits?|doses?|ages?|aged|items?|at)\W*$", re.I)
_ROLES: tuple[Role, ...] = ("abstract", "methods", "results", "body", "figure legend")


class _Listed(NamedTuple):
    line: Line
    numbers: tuple[Number, ...]
    noun: str

    @property
    def sum(self) -> int:
        return sum(n.whole for n in self.numbers)


def listed_counts(reading: Reading) -> Iterator[Finding]:
    """Add up lists of bare counts and compare them with totals.

    Found: of two lists as long as each other one adds up to a number of a sentence or row, and the other misses the
    number beside it by a misprint; or one list misses the only total of its noun by two exchanged digits.
    """
    found = [x for line in lines(reading, _ROLES) for x in _lists(line)]
    if not found:
        return
    told = numbers_told(reading) | _cells(reading)
    rows = list(_pairs(reading))
    for one in found:
        if one.sum in told:
            continue
        others = [x for x in found if x is not one and len(x.numbers) == len(one.numbers) and x.noun == one.noun]
        for other in others:
            right = [(p, q, at) for p, q, at in rows if other.sum in (p, q)]
            hits = [(t, at) for p, q, at in right for t in (p, q) if t != other.sum and _slip(one, t)]
            if hits:
                yield _finding(reading, one, *hits[0])
                break
        else:
            if one.noun:
                yield from _alone(reading, one)


def _lists(line: Line) -> Iterator[_Listed]:
    if line.words.count(",") < 1:
        return
    sentence = marked(line.words)
    for match in _LIST.finditer(sentence.text):
        numbers = tuple(sentence.numbers[int(i)] for i in re.findall(r"⟨c(\d+)⟩", match[0]))
        if len(numbers) > 2 and not _TIMES.search(sentence.text[: match.start()]):
            yield _Listed(line, numbers, (match["noun"] or "").strip())


def _slip(one: _Listed, total: int) -> bool:
    """Say whether a misprint of the total, or of one count of a list, makes the list add up."""
    over = one.sum - total
    small = max(n.whole for n in one.numbers) < total and abs(over) <= 0.4 * total
    return small and (
        swapped(one.sum, total) or one_digit(one.sum, total)
        or any(n.whole > over and (swapped(n.whole, n.whole - over) or one_digit(n.whole, n.whole - over))
               for n in one.numbers)
    )  # fmt: skip


def _pairs(reading: Reading) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Give the pairs of counts of a sentence or of a row, and where the pair stands."""
    for line in lines(reading, _ROLES):
        counted = [n for n in marked(line.words).numbers if n.kind == "c" and n.whole > 9]
        for i, a in enumerate(counted):
            for b in counted[i + 1 : i + 5]:
                yield a.whole, b.whole, spot(line, a, b)
    for table in reading.document.tables:
        for row in table.rows:
            cells = [(int(m[0]), c) for c in row.cells[1:] if (m := re.match(r"\d{2,6}(?![\d.,])", c.text))]
            for (left, one), (right, two) in pairwise(cells):
                yield left, right, (one.start, two.end)


def _cells(reading: Reading) -> frozenset[int]:
    cells = (c.text for t in reading.document.tables for r in t.rows for c in r.cells[1:])
    return frozenset(int(m[0]) for text in cells if (m := re.match(r"\d{1,6}(?![\d.,])", text)))


def _alone(reading: Reading, one: _Listed) -> Iterator[Finding]:
    total = [
        (n.whole, spot(line, n)) for line in lines(reading, _ROLES) for s in (marked(line.words),)
        for i, n in enumerate(s.numbers)
        if n.kind == "c" and n not in one.numbers and re.search(rf"⟨c{i}⟩ (?:[a-z]+ )?{one.noun}\b", s.text)
    ]  # fmt: skip
    hits = [(t, at) for t, at in total if _slip(one, t)]
    if len({t for t, _ in hits}) == 1 and max(t for t, _ in total) == hits[0][0] and swapped(one.sum, hits[0][0]):
        yield _finding(reading, one, *hits[0])


def _finding(reading: Reading, one: _Listed, total: int, at: tuple[int, int]) -> Finding:
    shown = " + ".join(str(n.whole) for n in one.numbers)
    return reading.finding(
        "GROUPS", "inconsistent", f"the counts listed, {shown} = {one.sum}, are inconsistent with {total} told of them",
        "the list may be of part of the time or of the places; otherwise a digit is misprinted",
        quotes=(spot(one.line, *one.numbers), at), computed=(("sum", str(one.sum)),),
    )  # fmt: skip
