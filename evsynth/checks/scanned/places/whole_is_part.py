"""The text's number for a whole is that of one of its rows: 23 with "any compartment" where 23 had pleural effusion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Cell, Row, Table

CODES = ("WHOLE_IS_PART",)

_COUNTED = re.compile(r"#(?:/#|\(#%?\)|%)?")
ROWS = 3
"""Rows under a heading, each with a count above zero, of which at least so many make a whole."""


class _Whole(NamedTuple):
    """A heading of a table with the counts of its rows in one column."""

    name: str
    rows: tuple[tuple[int, Row, Spot], ...]


def whole_is_part(reading: Reading) -> Iterator[Finding]:
    """Find a heading of a table whose number in the text is the largest of its rows, though the rows have more in all.

    A concern: it is right where all patients of the other rows belong to that row as well. Left alone: rows of which
    others count fewer than a tenth of it.
    """
    for table in reading.document.tables:
        for whole in _wholes(reading, table):
            most, row, spot = max(whole.rows, key=lambda r: r[0])
            together = sum(count for count, _, _ in whole.rows)
            if together - most < most / 10:
                continue
            told = _told(reading, whole.name, most)
            if told is not None:
                yield reading.finding(
                    "WHOLE_IS_PART", "concern",
                    f"{most} is told for '{whole.name}' as a whole, and in the table it is the number of "
                    f"'{row.stem.strip()}' alone; its rows count {together}",
                    "all with one of the other rows may have this one too; otherwise the whole is larger",
                    quotes=(told, spot, *(s for _, r, s in whole.rows if r is not row)),
                    computed=(("sum of the rows", str(together)),),
                )  # fmt: skip


def _wholes(reading: Reading, table: Table) -> Iterator[_Whole]:
    for head in table.rows:
        below = [r for r in table.rows if r.parent == head.index]
        if not head.bare or len(below) < ROWS or len(table.columns) < 2:
            continue
        counts = [(_count(reading, r.cells[1]), r) for r in below if len(r.cells) > 1]
        rows = tuple((n[0], r, n[1]) for n, r in counts if n is not None and n[0] > 0)
        name = " ".join(re.split(r"[(,;:]", head.label.text)[0].split())
        if len(rows) >= ROWS and len(name) > 8:
            yield _Whole(name, rows)


def _count(reading: Reading, cell: Cell) -> tuple[int, Spot] | None:
    found = content(reading, cell)
    if not _COUNTED.fullmatch(found.shape) or not found.numbers[0].value.is_integer():
        return None
    first = found.numbers[0]
    return int(first.value), (first.start, first.end)


def _told(reading: Reading, name: str, count: int) -> Spot | None:
    """Give where the text says the name and, in the same clause, the count first of all numbers."""
    said = re.compile(rf"\b{re.escape(name)}\b[^.;0-9]{{0,60}}?\(?(?P<n>{count})(?![\d.%])", re.I)
    for line in lines(reading, ("abstract", "results", "body")):
        if match := said.search(line.words):
            return line.piece(match)
    return None
