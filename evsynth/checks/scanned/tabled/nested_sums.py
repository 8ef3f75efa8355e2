"""A row and the strata under it, "17/89" and "7/63" under "24": where the strata are all patients they make the row."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, content, is_limits, is_p
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column, Row, Table

CODES = ("SUBGROUPS",)


def nested_sums(reading: Reading) -> Iterator[Finding]:
    """Add up fractions of rows under a row whose denominators make the size of the column.

    Found: the counts miss that of the row in one column; in the others they fit, or a misprint of it mends them.
    """
    for table in reading.document.tables:
        columns = [c for c in table.columns[1:] if c.n is not None and not is_p(c) and not is_limits(c)]
        for at, row in enumerate(table.rows):
            under = [r for r in table.rows[at + 1 :] if r.parent == row.index and not r.bare]
            if not row.bare and 2 <= len(under) <= 8 and columns:
                yield from _judged(reading, table, columns, row, under)


def _judged(reading: Reading, table: Table, columns: list[Column], row: Row, under: list[Row]) -> Iterator[Finding]:
    right, wrong = 0, []
    for column in columns:
        whole = content(reading, table.cell(row.index, column.index))
        parts = [content(reading, table.cell(r.index, column.index)) for r in under]
        if whole.shape not in ("#", "#(#)", "#(#%)") or whole.numbers[0].printed.decimals:
            continue
        if any(p.shape not in ("#/#", "#/#(#)", "#/#(#%)") for p in parts) or column.n is None:
            continue
        size = int(column.n.printed.value)
        if sum(int(p.numbers[1].value) for p in parts) != size:
            continue
        counts = [p.numbers[0] for p in parts]
        made = sum(int(n.value) for n in counts)
        if made == int(whole.numbers[0].value):
            right += 1
        else:
            wrong.append((whole.numbers[0], counts, made))
    if len(wrong) != 1:
        return
    total, counts, made = wrong[0]
    if right or swapped(made, int(total.value)) or one_digit(made, int(total.value)):
        yield _finding(reading, row, total, counts, made)


def _finding(reading: Reading, row: Row, total: Number, counts: list[Number], made: int) -> Finding:
    shown = " + ".join(n.printed.text for n in counts)
    return reading.finding(
        "SUBGROUPS", "inconsistent",
        f"{row.label.text}: {total.printed} is inconsistent with the rows under it, {shown} = {made}, whose patients "
        "are all of the column", "a digit may be misprinted",
        quotes=((total.start, total.end), *((n.start, n.end) for n in counts)), computed=(("sum", str(made)),),
    )  # fmt: skip
