"""Standardised mean differences in tables against the means and SDs, or the shares, of the two groups of the row.

    SMD = |m1 - m2| / sqrt((s1² + s2²) / 2),   or with s² = p (1 - p) for shares

Austin 2009, doi 10.1002/sim.3697. Rows are found only where others of the column fit.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, head
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("STANDARDISED_DIFFERENCE",)

_HEAD = Expression(
    r"\bSMDs?\b|standardi[sz]ed (?:mean )?differences?|\bASMD\b|Cohen|^\W*(?:effect size )?\(?d\)?\W*$|Hedges", re.I
)
_MEANS = Expression(r"#(?:±|\(±?|\+/?-)#\)?")
_SHARES = Expression(r"#(?:/#)?[(,;]#%\)?|#%?\(#(?:/#)?\)")
ROOM = 0.02
"""How far a printed difference may be off: by rounding, and by the variants of the formula."""
LEAST = 3
"""Rows of the column that must fit before another is held against them."""


class Row(NamedTuple):
    """A row with its difference, what its groups give, and where they stand."""

    name: str
    printed: Number
    made: Span
    quotes: tuple[tuple[int, int], ...]


def mean_differences(reading: Reading) -> Iterator[Finding]:
    """Recompute each column of standardised differences from the two columns before it.

    Left alone: columns in which fewer rows fit than not (they are weighted or matched).
    """
    for table in reading.document.tables:
        for column in table.columns[1:]:
            if not _HEAD.search(column.label):
                continue
            rows = list(_rows(reading, table, column.index))
            wrong = [r for r in rows if not _fits(r)]
            sure = len(rows) == 3 and len(wrong) == 1 and not _fits(wrong[0], 8.0)
            if len(rows) - len(wrong) < max(LEAST, 2 * len(wrong)) and not sure:
                continue
            for row in wrong:
                yield reading.finding(
                    "STANDARDISED_DIFFERENCE", "inconsistent",
                    f"{row.name}: a standardised difference of {row.printed.printed} is inconsistent with the groups, "
                    f"which give {row.made.middle:.3g}; {len(rows) - len(wrong)} other rows fit",
                    "another formula, or missing values, may explain it; otherwise a number is misprinted",
                    quotes=((row.printed.start, row.printed.end), *row.quotes),
                    computed=(("standardised difference", f"{row.made.middle:.4g}"),),
                )  # fmt: skip


def _rows(reading: Reading, table: Table, column: int) -> Iterator[Row]:
    groups = [
        i
        for i in range(1, column)
        if not _HEAD.search(head(table, i)) and not re.match(r"\s*(?:p|all|total|overall)\b", head(table, i), re.I)
    ]
    if len(groups) != 2:
        return
    for row in body(table):
        told = content(reading, table.cell(row.index, column))
        if not re.fullmatch(r"#%?[*†‡a-e]?", told.shape) or told.numbers[0].printed.bound:
            continue
        cells = [content(reading, table.cell(row.index, i)) for i in groups]
        two = [_group(c.shape, c.numbers) for c in cells]
        if two[0] is None or two[1] is None or two[0][2] != two[1][2]:
            continue
        made = _made(two[0], two[1])
        if made is not None:
            quotes = tuple((c.numbers[0].start, c.numbers[-1].end) for c in cells)
            yield Row(row.stem or row.label.text, told.numbers[0], made, quotes)


def _group(shape: str, numbers: tuple[Number, ...]) -> tuple[Span, Span, bool] | None:
    """Give the mean and SD that a cell prints; for a share, those of its zeros and ones (and True)."""
    if (_SHARES.fullmatch(shape) and "%" in shape) or (
        re.fullmatch(r"#\(#\)", shape) and not numbers[0].printed.decimals and numbers[1].printed.decimals
    ):
        if not 0 <= numbers[-1].value <= 100 or numbers[0].printed.decimals:
            return None
        p = span(numbers[-1].printed)
        p = Span(max(0.0, p.low / 100), min(1.0, p.high / 100))
        sds = [math.sqrt(x * (1 - x)) for x in p]
        return p, Span(min(sds), max(sds)), True
    if _MEANS.fullmatch(shape):
        return span(numbers[0].printed), span(numbers[1].printed), False
    return None


def _made(one: tuple[Span, Span, bool], two: tuple[Span, Span, bool]) -> Span | None:
    low, high = (math.sqrt((a**2 + b**2) / 2) for a, b in zip(one[1], two[1], strict=True))
    if low <= 0:
        return None
    apart = Span(one[0].low - two[0].high, one[0].high - two[0].low).absolute()
    return Span(apart.low / high, apart.high / low)


def _fits(row: Row, times: float = 1.0) -> bool:
    own = span(row.printed.printed).absolute()
    scale = 100.0 if "%" in row.name or own.low > 3 else 1.0
    room = times * ROOM * (1 + 2 * row.made.high)
    return own.low / scale - room <= row.made.high and row.made.low <= own.high / scale + room
