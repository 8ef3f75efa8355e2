"""A column of all grades of an event beside one of the severe: "Thrombocytopenia | 14 (15.4) | 33 (36.3)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("COUNT_EXCEEDS",)

FIT = 3
"""Least number of rows in which the part is no more than the whole."""

_WHOLE = Expression(
    r"(?:^|/ )\s*(?:(?:all|any)(?:[ -](?:grades?|severity|events?|cases))?|total|overall|grades? 1\s?-\s?[45])\b[^/]*$",
    re.I,
)
_PART = Expression(
    r"(?:^|/ )\s*(?:(?:of which |thereof )?(?:CTCAE )?grades?\s?(?:≥|>=|>|at least )?\s?(?:2|3|4|III|IV|G3)\b|"
    r"≥\s?(?:grade|G)\s?[234]|"
    r"G(?:rade)? ?3|severe|serious|fatal|high[- ]grade|related|treatment-related|drug-related)", re.I,
)  # fmt: skip
_COUNT = Expression(r"#(?:[(\[]#%?[)\]])?|#%")


def part_columns(reading: Reading) -> Iterator[Finding]:
    """Find the one row in which the part is more than the whole of the column before it, where three rows are right."""
    for table in reading.document.tables:
        for whole, part in _pairs(table):
            right, wrong = 0, []
            for row in body(table):
                one, two = (_count(reading, table, row.index, c) for c in (whole, part))
                if one is None or two is None:
                    continue
                if two.value > one.value:
                    wrong.append((row, one, two))
                else:
                    right += 1
            if len(wrong) != 1 or right < FIT:
                continue
            row, one, two = wrong[0]
            yield reading.finding(
                "COUNT_EXCEEDS", "error",
                f"{row.stem or row.label.text}: {two.printed} under '{table.columns[part].label}' are more than "
                f"{one.printed} under '{table.columns[whole].label}', of which they are a part",
                "the two cells may have been exchanged; otherwise a digit is misprinted",
                quotes=((one.start, one.end), (two.start, two.end)),
            )  # fmt: skip


def _pairs(table: Table) -> Iterator[tuple[int, int]]:
    """Give each column of all with the column of a part right after it, of the same group."""
    for one, two in zip(table.columns[1:], table.columns[2:], strict=False):
        if _WHOLE.search(_bare(one.label)) and _PART.search(_bare(two.label)):
            upper = [c.heads[0].text if len(c.heads) > 1 else "" for c in (one, two)]
            if upper[0] == upper[1]:
                yield one.index, two.index


def _bare(label: str) -> str:
    return re.sub(r",? ?(?:n|no\.?)? ?\(%\)|[(\[]\s*[nN]\s*=[^)\]]*[)\]]", "", label).strip(" ,")


def _count(reading: Reading, table: Table, row: int, column: int) -> Number | None:
    cell = content(reading, table.cell(row, column))
    if not _COUNT.fullmatch(cell.shape) or cell.numbers[0].printed.bound:
        return None
    return cell.numbers[0]


__all__ = ["CODES", "part_columns"]
