"""A column of changes against the two columns it is of: "Baseline 54.2, 6 months 67.9, change +13.7".

The heads must name a beginning, one later time and a change; the other rows show that the changes are plain ones, and
which way they are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_TOLD",)

_BEGINNING = Expression(
    r"\b(?:baseline|before|pre|entry|admission|initial|start|inclusion|intake|week 0|day 0|month 0|enrol+ment)\b", re.I
)
_CHANGE = Expression(
    r"^\W*(?:mean |absolute |net )*(?:chang\w*|differ\w*|Δ|delta|gain|loss|reduction|increase|"
    r"decrease)\b(?!.*(?:%|per ?cent|adjust|between|group|P\b|CI|95))",
    re.I,
)
_ADJUSTED = Expression(r"adjust|least[- ]squares|\bLS\b|model|imput|median|IQR|ANCOVA|geometric", re.I)
_NO_TIME = Expression(r"^\W*(?:[nN]|[Pp][- ]?values?|P|%|SD|group|variable|no\.?|outcome)\W*$")


class _Row(NamedTuple):
    row: Row
    first: Number
    second: Number
    change: Number


def change_columns(reading: Reading) -> Iterator[Finding]:
    """Check every change of a table of two times and a change."""
    for table in reading.document.tables:
        heads = [c.label for c in table.columns]
        said = " ".join([*heads, table.caption.text if table.caption else "", *(n.text for n in table.notes)])
        if _ADJUSTED.search(said):
            continue
        changes = [i for i, h in enumerate(heads) if i and _CHANGE.search(re.split(r" / ", h)[-1])]
        begins = [i for i, h in enumerate(heads) if i and _BEGINNING.search(h) and i not in changes]
        if len(changes) != 1 or len(begins) != 1:
            continue
        later = [i for i in range(begins[0] + 1, changes[0]) if not _NO_TIME.match(heads[i])]
        if len(later) == 1:
            yield from _judged(reading, table, begins[0], later[0], changes[0])


def _judged(reading: Reading, table: Table, a: int, b: int, c: int) -> Iterator[Finding]:
    rows = []
    for row in body(table):
        cells = [content(reading, table.cell(row.index, i)).numbers for i in (a, b, c)]
        if all(cells) and not re.search(r"%|^\W*[Nn]\b", row.label.text):
            rows.append(_Row(row, cells[0][0], cells[1][0], cells[2][0]))
    ways = [[_fits(r, way) for r in rows] for way in (1, -1)]
    if not rows:
        return
    way, fits = max(zip((1, -1), ways, strict=True), key=lambda w: sum(w[1]))
    if sum(fits) == 0 or sum(fits) < len(rows) - max(1, len(rows) // 4):
        return
    for one, fit in zip(rows, fits, strict=True):
        if fit:
            continue
        x, y = float(one.first.printed), float(one.second.printed)
        yield reading.finding(
            "DIFFERENCE_TOLD", "inconsistent",
            f"{one.row.label.text}: a change of {one.change.printed} is inconsistent with {one.first.printed} and "
            f"{one.second.printed}, which make {way * (y - x):.4g}; the changes of {sum(fits)} other rows fit",
            "the change may be of fewer patients; otherwise one of the three is misprinted",
            quotes=tuple((n.start, n.end) for n in (one.change, one.first, one.second)),
        )  # fmt: skip


def _fits(row: _Row, way: int) -> bool:
    x, y, c = (span(n.printed) for n in (row.first, row.second, row.change))
    low, high = sorted((way * (y.low - x.high), way * (y.high - x.low)))
    return c.meets(Span(min(low, way * (y.high - x.low)) - 1e-9, high + 1e-9))
