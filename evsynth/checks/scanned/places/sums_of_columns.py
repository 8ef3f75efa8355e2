"""A total told in the text against the column of the table that it is the sum of: a slip of one or two digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import body, content, is_limits, is_p
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column, Table
from evsynth.text.expressions import Expression

CODES = ("TOTAL_DIFFERS",)

_NUMBER = Expression(r"(?<![\w.,])(?:\d{1,3}(?:[, ]\d{3})+|\d{3,7})(?![\d]|[.,]\d|\s*%)")
_WHOLE = Expression(
    r"\b(?:in total|total|altogether|in all|overall|across|during|amounted|all (?:the )?\w+|whole|sum)\b", re.I
)
_TOTAL = Expression(r"^(?:total|sum|all|overall)\b", re.I)
LEAST = 3
"""Least number of rows of a column."""


def sums_of_columns(reading: Reading) -> Iterator[Finding]:
    """Compare totals of sentences with the sums of columns of whole numbers that no row and no sentence prints.

    The total must be one exchange of digits, or one digit, from the sum, be printed once, and be called one. Left
    alone: tables with a total, columns whose sum stands somewhere.
    """
    plain = reading.document.plain
    for table in reading.document.tables:
        rows = list(body(table))
        if len(rows) < LEAST or any(_TOTAL.match(r.label.text.strip()) for r in rows):
            continue
        for column in table.columns[1:]:
            total = _sum(reading, table, column)
            if total is None or total < 100 or re.search(rf"(?<!\d)(?:{_shown(total)})(?!\d)", plain):
                continue
            heads = key(f"{column.label} {table.caption.text if table.caption is not None else ''}")
            for line in lines(reading, ("abstract", "results", "body", "methods")):
                for match in _NUMBER.finditer(line.words):
                    said = re.sub(r"\D", "", match[0])
                    if (
                        not _slip(said, str(total))
                        or not _WHOLE.search(line.words)
                        or not (len(said) > 4 or key(line.words) & heads)
                    ):
                        continue
                    if len(re.findall(rf"(?<!\d)(?:{_shown(int(said))})(?!\d)", plain)) > 1:
                        continue
                    cells = [table.cell(r.index, column.index) for r in rows]
                    yield reading.finding(
                        "TOTAL_DIFFERS", "inconsistent",
                        f"{match[0]} in the text is inconsistent with the column '{column.label}', which adds up to "
                        f"{total}",
                        "digits may have been exchanged; or some rows are not in the table",
                        quotes=(line.piece(match), *((c.start, c.end) for c in cells)), computed=(("sum", str(total)),),
                    )  # fmt: skip
                    return


def _sum(reading: Reading, table: Table, column: Column) -> int | None:
    if column.statistic or is_p(column) or is_limits(column):
        return None
    total = 0
    for row in body(table):
        cell = content(reading, table.cell(row.index, column.index))
        if (
            not re.fullmatch(r"#(?:\(#%?\))?", cell.shape)
            or cell.numbers[0].printed.decimals
            or cell.numbers[0].printed.bound
        ):
            return None
        total += int(cell.numbers[0].value)
    return total


def _shown(number: int) -> str:
    parted = f"{number:,}".split(",")
    return "|".join(sorted({str(number), ",".join(parted), r"\s".join(parted)}, key=len, reverse=True))


def _slip(said: str, right: str) -> bool:
    """Say whether two numbers of as many digits differ in one digit or in the order of two, or by a moved block."""
    if len(said) != len(right) or said == right:
        return False
    apart = [i for i in range(len(said)) if said[i] != right[i]]
    if len(apart) == 1:
        return len(said) > 3
    return (sorted(said) == sorted(right) and len(apart) <= 2) or (len(said) > 4 and sorted(said) == sorted(right))
