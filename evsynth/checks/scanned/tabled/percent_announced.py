"""Rows of counts under a label that announces percentages as well: "HRCT patterns, no. (%)" with 7 and 19."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row

CODES = ("PERCENT_NOT_PRINTED",)

_ANNOUNCED = re.compile(r"(?:\bno\.?|\bn|\bnumber|#)\s?,?\s?\(\s?%\s?\)|\bn\s?\(\s?percent", re.I)
ROWS = 2
"""Rows without percentages under one such label."""


def percent_announced(reading: Reading) -> Iterator[Finding]:
    """Find a label with "no. (%)" under which no row prints a percentage, in two columns or more.

    A note. Left alone: rows of zeros, one row only, and labels under which any row has a percentage.
    """
    for table in reading.document.tables:
        for head in table.rows:
            below = [r for r in table.rows if r.parent == head.index]
            if not head.bare or not _ANNOUNCED.search(head.label.text) or len(below) < ROWS:
                continue
            plain = [r for r in below if _counts(reading, r)]
            if len(plain) >= ROWS and not any("%" in c.text or "(" in c.text for r in below for c in r.cells[1:]):
                first = next(c for c in plain[0].cells[1:] if c.text)
                yield reading.finding(
                    "PERCENT_NOT_PRINTED", "note",
                    f"'{head.label.text.strip()}' announces percentages, and its {len(below)} rows print counts only",
                    "the label may have been copied from another row",
                    quotes=((head.label.start, head.label.end), (first.start, first.end)),
                )  # fmt: skip


def _counts(reading: Reading, row: Row) -> bool:
    """Say whether two cells or more hold a whole number alone, one of them above zero."""
    found = [content(reading, c) for c in row.cells[1:] if c.text]
    whole = [f.numbers[0].value for f in found if f.shape == "#" and f.numbers[0].value.is_integer()]
    return len(whole) >= 2 and any(whole)
