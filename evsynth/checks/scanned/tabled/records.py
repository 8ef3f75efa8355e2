"""A table as records: what its columns, its rows and its cells print of one thing in one group, each number by role.

"Unit | Median | IQR" gives a record for each row, "n", "Mean", "SD" as rows give one for each column, and "Control M
(SD)" one for each cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.tabled.cells import Content, Number, content
from evsynth.checks.scanned.tabled.roles import PAIRS, Said, roles
from evsynth.scan.parts import Column, Row, Table


class Record(NamedTuple):
    """Numbers of one thing in one group by role, where they came from, and the size that the column head prints.

    `values` holds one number for a role, two for those of `PAIRS`, in the order of the print.
    """

    table: Table
    row: Row
    label: str
    group: str
    values: dict[str, tuple[Number, ...]]
    size: Number | None

    def one(self, role: str) -> Number | None:
        """Give the number of a role."""
        found = self.values.get(role, ())
        return found[0] if len(found) == 1 else None

    def pair(self, role: str) -> tuple[Number, Number] | None:
        """Give the two numbers of a role, as one cell or, for limits and quartiles, as two columns print them."""
        found = self.values.get(role, ())
        if len(found) == 2:
            return found[0], found[1]
        low, high = (self.one(name) for name in _ENDS.get(role, ("", "")))
        return (low, high) if low is not None and high is not None else None

    def centre(self) -> Number | None:
        """Give the mean, median or estimate, where there is only one of them."""
        found = [n for role in CENTRES if (n := self.one(role)) is not None]
        return found[0] if len(found) == 1 else None

    def spot(self, *numbers: Number) -> Spot:
        """Give the piece of the document that holds some numbers."""
        return min(n.start for n in numbers), max(n.end for n in numbers)


CENTRES = ("mean", "median", "difference", "ratio", "b", "smr", "bias")
"""Roles of numbers that stand between their limits."""
_ENDS = {"limits": ("lower", "upper"), "quartiles": ("q1", "q3"), "range": ("minimum", "maximum")}


@lru_cache(maxsize=4)
def records(reading: Reading) -> tuple[Record, ...]:
    """Give the records of all tables, in order; those with two roles at least."""
    return tuple(r for t in reading.document.tables for r in _of_table(reading, t) if len(r.values) > 1)


def _of_table(reading: Reading, table: Table) -> Iterator[Record]:
    columns = {c.index: _heads(c) for c in table.columns[1:]}
    below: dict[int, Record] = {}
    last = -1
    for row in table.rows:
        said = roles(row.label.text)
        if said.whole and row.label.text and not any(c.whole for c, _ in columns.values()):
            if row.parent != last and row.parent is not None:
                yield from below.values()
                below, last = {}, row.parent
            for column in table.columns[1:]:
                read = assigned(content(reading, table.cell(row.index, column.index)), said.roles)
                if read is None:
                    continue
                held = below.get(column.index)
                if held is not None and any(role in held.values for role in read):
                    yield below.pop(column.index)
                    held = None
                if held is None:
                    above = table.rows[row.parent].label.text if row.parent is not None else ""
                    held = Record(table, row, above, column.label, {}, _size(column))
                    below[column.index] = held
                held.values.update(read)
            continue
        yield from below.values()
        below = {}
        yield from _of_row(reading, table, row, said, columns)
    yield from below.values()


def _of_row(
    reading: Reading, table: Table, row: Row, said: Said, columns: dict[int, tuple[Said, str]]
) -> Iterator[Record]:
    label = row.stem or row.label.text
    open_: dict[str, Record] = {}
    for column in table.columns[1:]:
        own, group = columns[column.index]
        cell = content(reading, table.cell(row.index, column.index))
        named = own.roles or said.roles
        read = assigned(cell, named) if named and cell.numbers else None
        if read is None:
            continue
        held = open_.get(group)
        if held is not None and any(role in held.values for role in read):
            yield open_.pop(group)
            held = None
        if held is None:
            held = open_[group] = Record(table, row, label, group, {}, _size(column))
        held.values.update(read)
    yield from open_.values()


def _heads(column: Column) -> tuple[Said, str]:
    """Give the roles of a column, and its group: the heads, or parts of a head, that name no role."""
    said = [roles(h.text) for h in column.heads]
    own = next((s for s in reversed(said) if s.roles), Said((), False, ""))
    left = [h.text if not s.roles else "" if s.whole else s.rest for h, s in zip(column.heads, said, strict=True)]
    return own, " / ".join(left).strip(" /")


def _size(column: Column) -> Number | None:
    return Number(column.n.printed, column.n.start, column.n.end) if column.n is not None else None


def assigned(cell: Content, named: tuple[str, ...]) -> dict[str, tuple[Number, ...]] | None:
    """Share the numbers of a cell out among the roles in order; None where they are not as many.

    The first role alone takes a cell with one number.
    """
    if named[:2] == ("count", "count"):  # n/N
        named = named[1:]
    if not cell.numbers or not named or len(set(named)) < len(named):
        return None
    if named[0] == "p" and len(cell.numbers) == 1:
        return {"p": cell.numbers}
    needed = [2 if name in PAIRS else 1 for name in named]
    if "#/#" in cell.shape and len(cell.numbers) == sum(needed) + 1 and named[0] == "count":
        rest = {named[1]: cell.numbers[2:]} if named[1:] else {}
        return {"count": cell.numbers[:1], "of": cell.numbers[1:2], **rest}
    if len(cell.numbers) == 1 and needed[0] == 1:
        return {named[0]: cell.numbers}
    if len(cell.numbers) != sum(needed):
        return None
    given: dict[str, tuple[Number, ...]] = {}
    at = 0
    for name, size in zip(named, needed, strict=True):
        given[name] = cell.numbers[at : at + size]
        at += size
    return given


__all__ = ["CENTRES", "Record", "assigned", "records"]
