"""The full text says that a value rose, and another document of the study says that the same value fell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.elsewhere.aligned import of_others
from evsynth.checks.scanned.elsewhere.counterpart import counterpart
from evsynth.checks.scanned.elsewhere.supported import agree, told
from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.quantities import Quantity, quantities
from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_RETOLD",)

_UP = (
    r"rose|risen|rise|rises|rising|increas\w+|gain\w*|went up|grew|grown|climbed|higher|longer|more|greater|"
    r"larger|heavier|up"
)
_DOWN = (
    r"fell|fall|falls|fallen|falling|decreas\w+|declin\w+|dropp?\w*|reduc\w+|lower\w*|went down|shorter|less|"
    r"fewer|smaller|"
    r"lost|loss|shrank|diminish\w*|lighter|down"
)
_WAY = Expression(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.I)
_FROM = Expression(r"\bfrom\s(?:an?\s\w+\sof\s|about\s|[a-z]+\s){0,1}$")
_TO = Expression(r"\bto\s(?:an?\s\w+\sof\s|about\s)?$")
_BY = Expression(
    r"\b(?:by|of)\s(?:an? |about |some |on |average |mean |median |of ){0,4}$|\b(?:rose|fell|gained|lost|dropped)\s$"
)
_NOT = Expression(
    r"\b(?:not|no|nor|neither|never|less of|attenuat\w+|slow\w+|prevent\w+|risk of|loss of|"
    r"fear)\b",
    re.I,
)


class _Moved(NamedTuple):
    """A change told: +1 or -1, the values from and to or the one it is by, and its words."""

    way: int
    values: tuple[Quantity, ...]
    line: Line
    spot: Spot


def directions_retold(reading: Reading) -> Iterator[Finding]:
    """Compare changes told with the same values: from one to the other, or by one.

    Found where values, unit and a subject are the same and the direction is the other. Left alone: clauses with a
    denial or with words for both directions, and values told with both directions in the full text.
    """
    other = counterpart(reading)
    if other is None:
        return
    theirs = [m for line, _ in told(other) for m in _moved(line)]
    for line, _ in told(reading):
        if line.role in ("field", "background") or of_others(line.words):
            continue
        for here in _moved(line):
            alike = [x for x in theirs if _same(here, x)]
            if not alike or any(x.way == here.way and _order(here, x) for x in alike):
                continue
            there = alike[0]
            yield reading.finding(
                "DIRECTION_RETOLD", "inconsistent",
                f"'{_words(here)}' is inconsistent with '{_words(there)}' in {other.document.id}",
                "the two may be of different groups or times",
                quotes=(here.spot,), others=(other.quoted(*there.spot),),
            )  # fmt: skip


def _words(one: _Moved) -> str:
    return " ".join(one.line.words[one.spot[0] - one.line.start : one.spot[1] - one.line.start].split())


def _order(one: _Moved, two: _Moved) -> bool:
    return agree(one.values[0], two.values[0])


def _same(one: _Moved, two: _Moved) -> bool:
    if len(one.values) != len(two.values) or not subjects(one.line.words) & subjects(two.line.words):
        return False
    if any(a.sort != b.sort for a, b in zip(one.values, two.values, strict=True)):
        return False
    if all(agree(a, b) for a, b in zip(one.values, two.values, strict=True)):
        digits = sum(len(a.number.printed.text.strip("-0.").replace(".", "")) for a in one.values)
        return digits >= 2 or all(a.number.printed.decimals for a in one.values)
    return len(one.values) == 2 and agree(one.values[0], two.values[1]) and agree(one.values[1], two.values[0])


def _moved(line: Line) -> Iterator[_Moved]:
    for clause in clauses(line):
        found = quantities(clause)
        ways = list(_WAY.finditer(clause.words))
        if not found or not ways or _NOT.search(clause.words):
            continue
        signs = {1 if m["up"] else -1 for m in ways}
        pair = next(
            ((a, b) for a, b in pairwise(found) if _FROM.search(a.before) and _TO.search(b.before)),
            None,
        )
        if pair is not None and a_unit(pair):
            near = [m for m in ways if m.end() <= pair[0].number.start]
            way = 1 if (near or ways)[-1]["up"] else -1
            start = (near or ways)[-1].start()
            yield _Moved(way, pair, clause, _spot(clause, start, pair[1]))
            continue
        if len(signs) != 1:
            continue
        for one in found:
            before = [m for m in ways if m.end() <= one.number.start and one.number.start - m.end() < 40]
            if (
                before
                and _BY.search(one.before)
                and one.sort in ("score", "points", "measure", "percent", "number", "time")
            ):
                yield _Moved(1 if before[-1]["up"] else -1, (one,), clause, _spot(clause, before[-1].start(), one))


def a_unit(pair: tuple[Quantity, Quantity]) -> bool:
    """Say whether two values can be those of one measure."""
    return pair[0].sort == pair[1].sort and pair[0].unit == pair[1].unit and pair[0].value != pair[1].value


def _spot(clause: Line, start: int, last: Quantity) -> Spot:
    return clause.start + min(start, last.number.start), last.spot[1]


__all__ = ["CODES", "directions_retold"]
