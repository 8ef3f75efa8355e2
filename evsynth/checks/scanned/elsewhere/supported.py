"""Whether a document tells a number that another document tells: the same after rounding, or what follows from others.

A number follows where two numbers of one sentence, or of one row of a table, differ by it, add to it, give it as a
share or as a relative difference; a percentage also as what is left to 100.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.elsewhere.cited import CITED
from evsynth.checks.scanned.facts.quantities import Quantity, quantities
from evsynth.checks.scanned.facts.subjects import PLACES, subjects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.scan.document import Document
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

EVERYWHERE: tuple[Role, ...] = (
    "front matter", "title", "abstract", "background", "methods", "results", "body", "discussion", "conclusion",
    "figure legend", "registration", "back matter", "table", "field",
)  # fmt: skip
FOR = Expression(r"\b(?:for|lasted|lasting|throughout|course of)\s(?:up to\s)?(?:a total of\s)?$", re.I)
"""What stands before the time for which something was done."""
_CELL = Expression(r"(?<![\w.])[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?![\w])")


Told = tuple[tuple[Line, tuple[Quantity, ...]], ...]
"""The sentences of a document with their quantities."""


class Row(NamedTuple):
    """The numbers of a row of a table, as value and half of the last digit, and the stems of its label and caption."""

    numbers: tuple[tuple[float, float], ...]
    words: frozenset[str]


_READ: dict[int, tuple[Document, Told]] = {}
_ROWS: dict[int, tuple[Document, tuple[Row, ...]]] = {}


def told(reading: Reading) -> Told:
    """Give the sentences of a document with their quantities, references left out; each document is read once."""
    document = reading.document
    kept = _READ.get(id(document))
    if kept is None or kept[0] is not document:
        while len(_READ) > 7:
            _READ.pop(next(iter(_READ)))
        kept = _READ[id(document)] = (
            document,
            tuple((x, quantities(x)) for x in lines(reading, EVERYWHERE) if not CITED.search(x.words)),
        )
    return kept[1]


def rows_of(reading: Reading) -> tuple[Row, ...]:
    """Give the numbers of the rows of all tables; each document is read once."""
    kept = _ROWS.get(id(reading.document))
    if kept is not None and kept[0] is reading.document:
        return kept[1]
    while len(_ROWS) > 7:
        _ROWS.pop(next(iter(_ROWS)))
    found = []
    for table in reading.document.tables:
        caption = subjects(table.caption.text) if table.caption else frozenset()
        for row in (*table.rows,):
            cells = [c for c in row.cells if c.text]
            numbers = [n for c in cells for n in _numbers(reading.document.plain[c.start : c.end])]
            found.append(Row(tuple(numbers), subjects(row.label.text) | caption))
        heads = [n for head in table.header for c in head for n in _numbers(reading.document.plain[c.start : c.end])]
        found.append(Row(tuple(heads), caption))
    _ROWS[id(reading.document)] = (reading.document, tuple(found))
    return tuple(found)


def _numbers(text: str) -> list[tuple[float, float]]:
    found = []
    for match in _CELL.finditer(text):
        digits = match[0].lstrip("-−").replace(",", "")
        if digits:
            decimals = len(digits.partition(".")[2])
            found.append((float(digits), 0.5 * 10**-decimals))
    return found


def agree(one: Quantity, two: Quantity) -> bool:
    """Say whether two quantities can be one: the same sort and unit, and one the other rounded."""
    if one.sort == "p" and two.sort == "p":
        return _same_p(one, two)
    if one.sort == "dose" and two.sort == "dose":
        if one.unit != two.unit:
            return False
        a, b = (one.value * one.per, two.value * two.per) if one.per and two.per else (one.value, two.value)
        return abs(a - b) <= 0.09 * max(a, b)
    if one.unit != two.unit or not _sorts(one, two):
        return False
    if {one.sort, two.sort} == {"time", "number"}:
        return one.number.printed.value == two.number.printed.value
    slack = max(one.half, two.half) * 1.02
    if one.sort == "time" and one.value != two.value:
        slack = max(slack, 0.035 * max(one.value, two.value))
    if one.loose or two.loose:
        slack = max(slack, 0.08 * max(one.value, two.value))
    return abs(one.value - two.value) <= slack


def _sorts(one: Quantity, two: Quantity) -> bool:
    kinds = {one.sort, two.sort}
    return len(kinds) == 1 or "number" in kinds or kinds in (
        {"points", "percent"}, {"score", "points"}, {"score", "percent"}, {"score", "count"},
        {"measure", "dose"}, {"limit", "percent"}, {"count", "year"}, {"limit", "count"}, {"count", "needed"},
        {"limit", "ratio"},
    )  # fmt: skip


def _same_role(one: Quantity, two: Quantity) -> bool:
    """Say whether a time for which something was done may be another time: told alike, or of the same thing."""
    if one.sort != "time" or not FOR.search(one.before) or FOR.search(two.before):
        return True
    return bool(one.local & two.local) or one.after[1:5] == two.after[1:5]


def _same_p(one: Quantity, two: Quantity) -> bool:
    if one.bound and two.bound:
        return True
    if one.bound or two.bound:
        limit, exact = (one, two) if one.bound else (two, one)
        low = limit.bound in "<≤"
        return exact.value - exact.half < limit.value if low else exact.value + exact.half >= limit.value
    return abs(one.value - two.value) <= max(one.half, two.half) * 1.02


def supported(one: Quantity, beside: tuple[Quantity, ...], other: Reading) -> bool:
    """Say whether `other` tells a quantity or numbers that it follows from; `beside` are those of its own sentence."""
    around = [q for _, found in told(other) for q in found]
    places = one.counted & PLACES if one.sort == "count" else frozenset()
    if any(agree(one, q) and (not places or places & q.counted) and _same_role(one, q) for q in around):
        return True
    if one.sort == "dose" and one.per:
        return False
    raw, half = abs(float(one.number.printed.value)), 0.5 * 10**-one.number.printed.decimals
    slack = max(half, 0.08 * raw if one.loose else 0.0) * 1.02
    digits = len(one.number.printed.text.strip("-−0.").replace(".", ""))
    for row in () if one.sort == "time" and FOR.search(one.before) else rows_of(other):
        known = bool(row.words & one.local) or digits > 2
        if known and any(abs(v - raw) <= max(slack, h * 1.02) for v, h in row.numbers):
            return True
        if row.words & one.local and _follows(one, raw, slack, [v for v, _ in row.numbers]):
            return True
    if one.sort in ("percent", "points") and any(
        q.sort in ("percent", "points", "number") and abs(100 - q.value - one.value) <= slack + q.half for q in around
    ):
        return True
    if places:
        return False
    near = [found for line, found in told(other) if one.local & subjects(line.words)]
    groups = [*near, tuple(q for q in beside if q is not one)]
    return any(_follows_in(one, raw, slack, found) for found in groups)


def _follows_in(one: Quantity, raw: float, slack: float, found: tuple[Quantity, ...]) -> bool:
    if one.sort in ("percent", "points"):
        if any(q.sort == "ratio" and abs(abs(1 - q.value) * 100 - raw) <= slack + 100 * q.half for q in found):
            return True
        shares = [q.value for q in found if q.sort in ("percent", "points", "measure", "score", "number")]
        counts = [q.value for q in found if q.sort == "count"]
        return _follows(one, raw, slack, shares) or _shared(raw, slack, counts)
    same = [
        q for q in found if _sorts(one, q) and q.unit == one.unit and not (one.sort == "count" and q.counted & PLACES)
    ]
    if one.sort == "ratio":
        if any(q.value and abs(1 / q.value - raw) <= slack + 0.006 for q in same):
            return True
        shares = [q.value for q in found if q.sort == "percent"]
        return any(min(a, b) and abs(max(a, b) / min(a, b) - raw) <= slack + 0.02 for a, b in combinations(shares, 2))
    if one.sort in ("p", "limit", "correlation", "dose", "year"):
        return False
    if one.sort == "needed":
        return False
    scale = one.value / raw if raw else 1.0
    return _follows(one, raw, slack, [q.value / scale for q in same])


def _shared(raw: float, slack: float, counts: list[float]) -> bool:
    """Say whether one count is a share of another, or leaves it."""
    pairs = [sorted(x) for x in combinations(counts[:14], 2)]
    return any(
        high and min(abs(100 * low / high - raw), abs(100 * (high - low) / high - raw)) <= slack + 0.01
        for low, high in pairs
    )


def _follows(one: Quantity, raw: float, slack: float, values: list[float]) -> bool:
    """Say whether two of some values differ by a number, add to it (counts, times), or give it as a share."""
    for a, b in combinations(values[:14], 2):
        low, high = sorted((a, b))
        if abs(high - low - raw) <= slack * 2 and not (one.sort == "time" and FOR.search(one.before)):
            return True
        if one.sort in ("count", "time") and abs(high + low - raw) <= slack * 2:
            return True
        if one.sort in ("percent", "points") and high:
            if abs(100 * low / high - raw) <= slack * 1.5 or abs(100 * (high - low) / high - raw) <= slack * 1.5:
                return True
            if low and abs(100 * (high - low) / low - raw) <= slack * 1.5:
                return True
    return one.sort == "count" and len(values) > 2 and abs(sum(values) - raw) < 0.5


__all__ = ["FOR", "agree", "supported", "told"]
