"""Rows of fractions whose denominators make that of another row: their counts make its count too.

"All | 105/141 | 112/142", "With cavity | 44/71 | 39/68", "Without | 61/70 | 63/74": 44 + 61 = 105, but 39 + 63 = 102.
"""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("SUBGROUPS",)

_FRACTION = Expression(r"#/#(?:[(\[]#%?[)\]]|,#%|=#%)?")
MOST = 5
"""Most strata of one row."""

Cells = dict[int, tuple[Number, Number]]
"""By column, the count of a row and its denominator."""


def strata_of_all(reading: Reading) -> Iterator[Finding]:
    """Find strata, one row after the other, that miss the row of all in one column and make it in another."""
    for table in reading.document.tables:
        rows = [(row, cells) for row in body(table) if len(cells := _cells(reading, table, row)) > 1]
        done: set[int] = set()
        for at, (row, whole) in enumerate(rows):
            for start in range(len(rows)):
                for end in range(start + 2, min(start + MOST, len(rows)) + 1):
                    if start <= at < end or row.index in done:
                        continue
                    found = _judged(reading, row, whole, [cells for _, cells in rows[start:end]])
                    if found is not None:
                        done.add(row.index)
                        yield found


def _cells(reading: Reading, table: Table, row: Row) -> Cells:
    found = {}
    for column in table.columns[1:]:
        cell = content(reading, table.cell(row.index, column.index))
        if _FRACTION.fullmatch(cell.shape) and not any(n.printed.decimals for n in cell.numbers[:2]):
            found[column.index] = (cell.numbers[0], cell.numbers[1])
    return found


def _judged(reading: Reading, row: Row, whole: Cells, strata: list[Cells]) -> Finding | None:
    if any(whole.keys() != s.keys() for s in strata):
        return None
    if any(sum(s[c][1].value for s in strata) != whole[c][1].value for c in whole):
        return None
    wrong = [c for c in whole if sum(s[c][0].value for s in strata) != whole[c][0].value]
    if len(wrong) != 1:
        return None
    column = wrong[0]
    counts = [s[column][0] for s in strata]
    made, total = sum(int(n.value) for n in counts), whole[column][0]
    return reading.finding(
        "SUBGROUPS", "inconsistent",
        f"{row.label.text}: {total.printed} is inconsistent with the strata, "
        f"{' + '.join(n.printed.text for n in counts)} = {made}, whose denominators are all of its "
        f"{whole[column][1].printed}; the other column adds up", "a digit may be misprinted",
        quotes=((total.start, whole[column][1].end), *((n.start, n.end) for n in counts)),
        computed=(("sum", str(made)),),
    )  # fmt: skip


__all__ = ["CODES", "strata_of_all"]
