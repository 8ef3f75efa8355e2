"""Cross tables: the cells of a row and of a column add up to the totals in the margin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Cell, Table
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED", "PARTS_FALL_SHORT")

_TOTAL = Expression(r"^(?:row |column |grand |sub)?(?:total|sum|all)s?(?:\s*\(?n\)?|,? no\.?)?$", re.I)
_COUNT = Expression(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\s*[(\[]\s*[\d.]+\s*%?\s*[)\]])?")
MOST = 6
"""Rows and columns of a cross table at most; longer tables list things that a patient can have together."""


def margins(reading: Reading) -> Iterator[Finding]:
    """Add up every table that has a row and a column of totals."""
    for table in reading.document.tables:
        rows = [r for r in table.rows if not r.bare]
        across = [c for c in table.columns[1:] if c.heads and _TOTAL.match(c.heads[-1].text.strip())]
        below = [r for r in rows if _TOTAL.match(r.label.text.strip())]
        if len(across) != 1 or len(below) != 1 or across[0] is not table.columns[-1] or below[0] is not rows[-1]:
            continue
        if not (2 < len(rows) <= MOST + 1 and 2 < len(table.columns) - 1 <= MOST + 1):
            continue
        grid = [[table.cell(r.index, c.index) for c in table.columns[1:]] for r in rows]
        if all(_COUNT.fullmatch(_plain(reading, cell)) for row in grid for cell in row):
            yield from _grid(reading, table, grid)


def _plain(reading: Reading, cell: Cell) -> str:
    return reading.document.plain[cell.start : cell.end].strip()


def _grid(reading: Reading, table: Table, grid: list[list[Cell]]) -> Iterator[Finding]:
    sums = [*grid, *([row[j] for row in grid] for j in range(len(grid[0])))]
    wrong = [cells for cells in sums if sum(_value(reading, c) for c in cells[:-1]) != _value(reading, cells[-1])]
    if not wrong or len(wrong) > 2:
        return
    cells = wrong[0]
    parts, total = cells[:-1], _value(reading, cells[-1])
    added = sum(_value(reading, c) for c in parts)
    said = " + ".join(str(_value(reading, c)) for c in parts)
    quotes = [(c.start, c.end) for one in wrong for c in one]
    yield reading.finding(
        "PARTS_EXCEED" if added > total else "PARTS_FALL_SHORT", "inconsistent",
        f"{said} = {added} is inconsistent with the total in the margin of the table, {total}",
        "a result may be missing in some patients; otherwise a cell or a total is misprinted",
        quotes=tuple(dict.fromkeys(quotes)), computed=(("sum", str(added)),),
    )  # fmt: skip


def _value(reading: Reading, cell: Cell) -> int:
    match = _COUNT.match(_plain(reading, cell))
    return int(match[1].replace(",", "")) if match else 0
