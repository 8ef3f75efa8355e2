"""The effect size r of a rank test, r = Z / sqrt(N), against Z and the number of pairs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import group_sizes, table_lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Cell, Table
from evsynth.text.expressions import Expression

CODES = ("EFFECT_SIZE_R",)

_Z = Expression(r"^\s*[|∣]?\s*Z\s*[|∣]?\s*(?:\(Wilcoxon\)|value|score|statistic)?\s*$")
_R = Expression(r"^\s*(?:effect size\s*)?[\(]?\s*r\s*[\)]?(?:\s*=\s*Z\s*/\s*√\s*N)?\s*$|^\s*effect size\s*$", re.I)
_N = Expression(r"\b[nN]\s*=\s*(?P<n>[0-9]{1,4})\b")
LEAST = 3
"""Rows that must agree on one number of pairs before another row is held against it."""


class Row(NamedTuple):
    """Z and r of a row (its number in the table), the pairs they allow, and where they stand."""

    number: int
    name: str
    z: Printed
    r: Printed
    low: float
    high: float
    spot: Spot


def effect_size(reading: Reading) -> Iterator[Finding]:
    """Compare r with Z / sqrt(N) row by row (Rosenthal 1991, doi 10.4135/9781412984997).

    N is any size that the paper prints for a group, or the one that most rows allow. A row is found when none of them
    fits and three other rows are fitted by one; or when r is above 1. Left alone: rows with a footnote.
    """
    marked = {(x.table.index, x.row.index) for x in table_lines(reading) if x.marked}
    sizes = {s.patients for s in group_sizes(reading).values()}
    sizes |= {int(m["n"]) for m in _N.finditer(reading.document.plain)}
    sizes |= {int(t.n.printed.value) for t in reading.document.tables if t.n is not None}
    for table in reading.document.tables:
        rows = [row for row in _rows(table) if (table.index, row.number) not in marked]
        allowed = Counter(n for row in rows for n in range(2, 2000) if row.low <= n <= row.high)
        common, times = allowed.most_common(1)[0] if allowed else (0, 0)
        for row in rows:
            fits = [n for n in (*sizes, common) if row.low <= n <= row.high]
            others = [r for r in rows if r is not row and any(r.low <= n <= r.high for n in (*sizes, common))]
            above = span(row.r).absolute().low > 1
            if above or (not fits and times >= LEAST and len(others) >= LEAST):
                needs = f"Z/sqrt(N) needs {row.low:.0f} to {row.high:.0f} pairs, other rows {common}"
                yield reading.finding(
                    "EFFECT_SIZE_R", "inconsistent",
                    f"{row.name}: r {row.r} is inconsistent with Z {row.z}: {'r cannot exceed 1' if above else needs}",
                    "pairs may be missing for this row, or r may be taken over the number of observations",
                    quotes=(row.spot,),
                    computed=(("r for that number", f"{abs(float(row.z.value)) / common**0.5:.2f}"),),
                )  # fmt: skip


def _rows(table: Table) -> Iterator[Row]:
    z = [c.index for c in table.columns if _Z.match(_head(table, c.index))]
    r = [c.index for c in table.columns if _R.match(_head(table, c.index))]
    if len(z) != 1 or len(r) != 1:
        return
    for row in table.rows:
        one, two = _number(table.cell(row.index, z[0])), _number(table.cell(row.index, r[0]))
        if one is None or two is None:
            continue
        zs, rs = span(one).absolute(), span(two).absolute()
        if rs.low <= 0 or zs.high <= 0:
            continue
        first, last = table.cell(row.index, z[0]), table.cell(row.index, r[0])
        spot = min(first.start, last.start), max(first.end, last.end)
        name = " ".join(c.text for c in row.cells[: min(z[0], r[0])] if c.text and not any(d.isdigit() for d in c.text))
        yield Row(row.index, name or row.label.text, one, two, (zs.low / rs.high) ** 2, (zs.high / rs.low) ** 2, spot)


def _head(table: Table, index: int) -> str:
    return table.columns[index].label


def _number(cell: Cell) -> Printed | None:
    try:
        return Printed.parse(cell.text.replace("·", "."))
    except ValueError:
        return None
