"""Columns that carry over from row to row: cumulative percentages and counts, and the rows of a life table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.checks.scanned.tabled.roles import roles
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_TOTAL = Expression(r"^(?:total|all|overall|sum|missing|unknown)\b", re.I)
LEAST = 3
"""Least number of steps that must keep to the sum, and least share of them all."""


def running_sums(reading: Reading) -> Iterator[Finding]:
    """Find the one row whose running total is not that of the row above with what is added or taken away."""
    for table in reading.document.tables:
        rows = [r for r in body(table) if len(r.cells) > 2 and not _TOTAL.match(r.label.text.strip())]
        if len(rows) < LEAST + 1:
            continue
        values = {c.index: v for c in table.columns[1:] if (v := _values(reading, rows, c.index)) is not None}
        named = {i for i in values if "cumulative" in roles(table.columns[i].label).roles}
        yield from _cumulative(reading, table, rows, values, named)
        yield from _carried(reading, table, rows, values)


def _values(reading: Reading, rows: list[Row], index: int) -> list[Number] | None:
    """Give the numbers of a column that prints one bare number in each row."""
    found = []
    for row in rows:
        cell = content(reading, row.cells[index]) if index < len(row.cells) else None
        if cell is None or cell.shape not in ("#", "#%") or cell.numbers[0].printed.bound:
            return None
        found.append(cell.numbers[0])
    return found


def _cumulative(
    reading: Reading, table: Table, rows: list[Row], values: dict[int, list[Number]], named: set[int]
) -> Iterator[Finding]:
    for whole, totals in values.items():
        for part, steps in values.items():
            if part == whole or len({n.value for n in steps}) < 2 or any(n.value < 0 for n in steps):
                continue
            added, wrong = 0.0, []
            for k, (step, total) in enumerate(zip(steps, totals, strict=True)):
                added += step.value
                slack = (k + 1) * _half(step) + _half(total)
                if abs(total.value - added) > slack + 1e-9:
                    wrong.append((k, added, slack))
            kept = len(rows) - len(wrong)
            if len(wrong) != 1 or wrong[0][0] == 0 or kept < (LEAST if whole in named else LEAST + 1):
                continue
            k, added, slack = wrong[0]
            if abs(totals[k].value - added) < 3 * slack:
                continue
            yield reading.finding(
                "DERIVED_VALUE", "error",
                f"{rows[k].label.text}: the running total {totals[k].printed} is inconsistent with "
                f"{'those of the rows down to it, which make'} {added:g}; the other {kept} rows keep to the sum",
                "a digit may be misprinted", computed=(("running total", f"{added:g}"),),
                quotes=((min(steps[k].start, totals[k].start), max(steps[k].end, totals[k].end)),
                        (totals[k - 1].start, totals[k - 1].end)),
            )  # fmt: skip
            return


def _half(number: Number) -> float:
    """Give how far a number may lie from its print; counts are exact."""
    return 0.5 * 10.0**-number.printed.decimals if number.printed.decimals else 0.5 * (span(number.printed).low < 0)


def _carried(reading: Reading, table: Table, rows: list[Row], values: dict[int, list[Number]]) -> Iterator[Finding]:
    """Check life tables: those who enter an interval are those who entered the one above without its losses."""
    whole = {i: v for i, v in values.items() if not any(n.printed.decimals for n in v)}
    for index, entered in whole.items():
        others = [i for i in whole if i != index]
        for losses in [c for size in (1, 2, 3) for c in combinations(others, size)]:
            gone = [sum(whole[i][k].value for i in losses) for k in range(len(rows))]
            if not any(gone):
                continue
            breaks = [k for k in range(1, len(rows)) if entered[k].value != entered[k - 1].value - gone[k - 1]]
            kept = len(rows) - 1 - len(breaks)
            if not breaks or kept < 2 or len(rows) < 4:
                continue
            k = breaks[0]
            right = entered[k - 1].value - gone[k - 1]
            mended = breaks == [k, k + 1] and entered[k + 1].value == right - gone[k] if k + 1 < len(rows) else False
            taken = breaks == [k] and kept >= LEAST
            if not (mended or taken) or min(n.value for n in entered) < 1:
                continue
            used = [entered[k - 1], *(whole[i][k - 1] for i in losses)]
            yield reading.finding(
                "DERIVED_VALUE", "error",
                f"{rows[k].label.text}: {entered[k].printed} is inconsistent with the row above, which leaves "
                f"{right:g}",
                "a digit may be misprinted; in the other rows each starts with what the one above leaves",
                quotes=((rows[k].label.start, entered[k].end),
                        (min(n.start for n in used), max(n.end for n in used)),
                        *((whole[i][k].start, whole[i][k].end) for i in losses)),
            )  # fmt: skip
            return


__all__ = ["CODES", "running_sums"]
