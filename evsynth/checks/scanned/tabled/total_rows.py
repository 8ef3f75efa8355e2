"""Rows of categories above a row of their total, "Total 35 (100)", in tables of one or more columns of counts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.facts.slips import mended_by_digit, mended_by_swap
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Content, Number, content, is_limits, is_p
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

CODES = ("SUBGROUPS",)

_TOTAL = Expression(
    r"^(?:grand |sub-?)?(?:total|sum)\b(?! (?:score|dose|iron|cholesterol|protein|bilirubin|lung|time|cost))|"
    r"^(?:all|overall)(?: (?:causes|patients|participants|cases|deaths|reasons|sites|types|events))?$",
    re.I,
)
_WHOLE = Expression(r"^(?:(?:whole|entire|full)\s[\w -]{1,16}|0\s?-\s?\d+ h(?:ours)?)$", re.I)
"""The label of all periods together: their amounts make that of the whole."""
_COUNT = Expression(r"#(?:\(#%?\))?")
_SEVERAL = Expression(r"more than one|several (?:reasons|answers|responses|categories)|multiple (?:answers|responses)|"
                      r"not mutually|overlap", re.I)  # fmt: skip


def total_rows(reading: Reading) -> Iterator[Finding]:
    """Add up three or more rows above a row called total.

    Found: one column misses where all others add up; or, of a single column, where the percentage of the total is 100
    and those of the rows are shares of it, or one misprint mends the sum.
    """
    for table in reading.document.tables:
        if _SEVERAL.search(" ".join(n.text for n in table.notes)):
            continue
        rows: list[Row] = []
        for row in table.rows:
            if _TOTAL.match(row.label.text.strip()) or (rows and _WHOLE.match(row.label.text.strip())):
                if len(rows) >= 3:
                    yield from _judged(reading, table, rows, row)
                rows = []
            elif row.bare:
                rows = []
            else:
                rows.append(row)


def _judged(reading: Reading, table: Table, rows: list[Row], total: Row) -> Iterator[Finding]:
    top = min(r.level for r in rows)
    rows = [r for r in rows if r.level == top]
    columns = [c for c in table.columns[1:] if not is_p(c) and not is_limits(c) and c.statistic is None]
    right, wrong = 0, []
    for column in columns:
        cells = [content(reading, table.cell(r.index, column.index)) for r in (*rows, total)]
        numbers = _counts(cells)
        if numbers is None:
            continue
        made, whole = sum(n.value for n in numbers[:-1]), numbers[-1].value
        if abs(made - whole) <= (
            0.5 * len(numbers) * 10.0 ** -numbers[-1].printed.decimals if numbers[-1].printed.decimals else 0
        ):
            right += 1
        elif max(n.value for n in numbers[:-1]) < whole and abs(made - whole) <= 0.3 * whole:
            wrong.append((column, cells, numbers, made))
    if len(wrong) != 1 or len(rows) < 3:
        return
    column, cells, numbers, made = wrong[0]
    if numbers[-1].printed.decimals and not (right and abs(made - numbers[-1].value) > 0.05 * made):
        return
    values, whole = [int(n.value) for n in numbers[:-1]], int(numbers[-1].value)
    slip = mended_by_digit(values, whole) or mended_by_swap(values, whole) or min(values) < 10 > abs(made - whole)
    if right >= 1 or (slip and _hundred(reading, table, column, cells, rows, total)):
        shown = " + ".join(n.printed.text for n in numbers[:-1])
        yield reading.finding(
            "SUBGROUPS", "inconsistent",
            f"{total.label.text}: {numbers[-1].printed} is inconsistent with its rows, {shown} = {made:.6g}",
            "a patient may be counted in two rows, or in none; otherwise a digit is misprinted",
            quotes=((numbers[-1].start, numbers[-1].end), *((n.start, n.end) for n in numbers[:-1])),
            computed=(("sum of the rows", f"{made:.6g}"),),
        )  # fmt: skip


def _counts(cells: list[Content]) -> list[Number] | None:
    if any(not _COUNT.fullmatch(c.shape) or c.numbers[0].printed.bound for c in cells):
        return None
    decimals = {c.numbers[0].printed.decimals for c in cells}
    if decimals != {0} and (len(decimals) > 1 or any(c.shape != "#" for c in cells)):
        return None
    return [c.numbers[0] for c in cells]


def _hundred(reading: Reading, table: Table, column: Column, cells: list[Content], rows: list[Row], total: Row) -> bool:
    """Say whether the total is printed as 100% and most rows as shares of it, in the same or in the next column."""
    if all(len(c.numbers) == 2 for c in cells):
        shares = [c.numbers[1] for c in cells]
    elif column.index + 1 < len(table.columns):
        beside = [content(reading, table.cell(r.index, column.index + 1)) for r in (*rows, total)]
        if any(len(c.numbers) != 1 for c in beside):
            return False
        shares = [c.numbers[0] for c in beside]
    else:
        return False
    whole = int(cells[-1].numbers[0].value)
    fits = sum(prints(int(c.numbers[0].value), whole, s.printed) for c, s in zip(cells[:-1], shares, strict=False))
    return shares[-1].value == 100 and fits >= len(cells) - 2
