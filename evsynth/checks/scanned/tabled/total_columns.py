"""Columns that the table itself shows to be sums of others, or parts of others: the one row that misses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import WHOLE_CELL, Number, body, content, is_limits, is_p
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED", "PARTS_FALL_SHORT", "COUNT_EXCEEDS")

_SUM = Expression(r"\b(?:total|all|overall|sum|whole|combined|both|entire)\b", re.I)
_ANY = Expression(r"^(?:any|all|total|overall|any grade|all grades|number|patients|events?|n)\b", re.I)
_PART = Expression(
    r"\b(?:leading to|resulting in|causing|caus\w+|discontinu\w+|stopp\w+|withdraw\w+|serious|severe|grade "
    r"(?:3|III|≥|>)|"
    r"grades? ?3|fatal|deaths?|died|lethal|of which|thereof|confirmed|hospitali[sz]\w+|related|admitted|treated|"
    r"reoperat\w+)\b", re.I,
)  # fmt: skip
_EVENTS = Expression(r"\b(?:episodes|per\b|rate|days|mean|median|score|%$|dose|cost)", re.I)
LEAST = 3
"""Least number of rows that must add up before the odd one is found."""


def total_columns(reading: Reading) -> Iterator[Finding]:
    """Compare each row with its column of totals, and each part ("leading to discontinuation") with its "any" column.

    Found: rows that miss where all others (two at least, or the group sizes of the heads) add up; parts that exceed
    their whole where in all other rows they do not. Left alone: columns of percentages, P values and limits.
    """
    for table in reading.document.tables:
        rows = [r for r in body(table) if not r.bare]
        if not 2 <= len(rows) <= 40:
            continue
        columns = [c for c in table.columns[1:] if not is_p(c) and not is_limits(c)]
        grid = {c.index: [_count(reading, table, r, c) for r in rows] for c in columns}
        counted = [c for c in columns if sum(n is not None for n in grid[c.index]) >= 2]
        yield from _sums(reading, table, rows, counted, grid)
        yield from _parts(reading, rows, counted, grid)


def _count(reading: Reading, table: Table, row: Row, column: Column) -> Number | None:
    cell = content(reading, table.cell(row.index, column.index))
    if not cell.numbers or not WHOLE_CELL.fullmatch(cell.shape) or cell.numbers[0].printed.decimals:
        return None
    return None if cell.numbers[0].printed.bound or cell.shape == "#%" else cell.numbers[0]


def _sums(
    reading: Reading, table: Table, rows: list[Row], columns: list[Column], grid: dict[int, list[Number | None]]
) -> Iterator[Finding]:
    wholes = [c for c in columns if c.heads and _SUM.search(c.label)]
    if len(wholes) != 1 or not 2 <= len(columns) - 1 <= 6:
        return
    total, parts = wholes[0], [c for c in columns if c is not wholes[0]]
    right, wrong = 0, []
    sizes = [c.n for c in (*parts, total)]
    if all(n is not None for n in sizes):
        values = [int(n.printed.value) for n in sizes if n is not None]
        right += sum(values[:-1]) == values[-1]
    for at, _ in enumerate(rows):
        whole, cells = grid[total.index][at], [grid[c.index][at] for c in parts]
        known = [n for n in cells if n is not None]
        if whole is None or len(known) != len(cells):
            continue
        if sum(int(n.value) for n in known) == int(whole.value):
            right += 1
        else:
            wrong.append((whole, known))
    if right < max(LEAST - 1, 2 * len(wrong)) or not 0 < len(wrong) <= 2:
        return
    for whole, known in wrong[:1]:
        made = sum(int(n.value) for n in known)
        if abs(made - whole.value) > 0.5 * whole.value + 3:
            continue
        shown = " + ".join(n.printed.text for n in known)
        yield reading.finding(
            "PARTS_EXCEED" if made > whole.value else "PARTS_FALL_SHORT", "inconsistent",
            f"{shown} = {made} is inconsistent with {whole.printed} in the column of totals; the other rows add up",
            "a result may be missing in some patients; otherwise a cell is misprinted",
            quotes=((whole.start, whole.end), *((n.start, n.end) for n in known)), computed=(("sum", str(made)),),
        )  # fmt: skip


def _parts(
    reading: Reading, rows: list[Row], columns: list[Column], grid: dict[int, list[Number | None]]
) -> Iterator[Finding]:
    for part in columns:
        if not _PART.search(part.label) or _EVENTS.search(part.label):
            continue
        wholes = [c for c in columns if c.index < part.index and _ANY.search(c.label) and not _PART.search(c.label)]
        if len(wholes) != 1:
            continue
        pairs = [
            (a, b) for a, b in zip(grid[wholes[0].index], grid[part.index], strict=True)
            if a is not None and b is not None
        ]  # fmt: skip
        over = [(a, b) for a, b in pairs if b.value > a.value]
        if len(over) != 1 or len(pairs) < LEAST:
            continue
        whole, more = over[0]
        yield reading.finding(
            "COUNT_EXCEEDS", "inconsistent",
            f"{more.printed} ({part.label}) are more than the {whole.printed} of the same row; in the "
            f"other rows they "
            "are not", "the two columns may count different things; otherwise a cell is misprinted",
            quotes=((whole.start, whole.end), (more.start, more.end)),
        )  # fmt: skip
