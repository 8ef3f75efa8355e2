"""Rows of a table of the flow of patients: those there were, those out row by row, and those left, group by group.

"Randomised | 164 | 161", "Withdrew | 7 | 5", "Lost | 13 | 16", "Died | 2 | 1", "Analysed | 162 | 139": one column fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("FLOW",)

_FIRST = Expression(
    r"^\W*(?:(?:number|patients|participants|total|n|no\.?) )*(?:randomi[sz]ed|allocated|assigned|enrol+ed|"
    r"recruited|entered|"
    r"included|started|screened|eligible|approached|invited|at (?:entry|baseline|start)|baseline)\b", re.I,
)  # fmt: skip
_OUT = Expression(
    r"\b(?:withdr\w+|lost|died|deaths?|exclu\w+|discontinu\w+|declin\w+|refus\w+|drop\w*|moved|missing|"
    r"ineligible|stopped|"
    r"did not|never|no follow-?up|transferred|violat\w+|adverse|lack of)\b", re.I,
)  # fmt: skip
_LEFT = Expression(
    r"\b(?:analy[sz]ed|complet\w+|remain\w*|followed|assessed|evaluated|evaluable|available|per[- ]protocol|finished|"
    r"randomi[sz]ed|enrol+ed|included|with outcome)\b", re.I,
)  # fmt: skip
MOST = 9
"""Most rows of those out."""


def flow_rows(reading: Reading) -> Iterator[Finding]:
    """Find the one column in which those left are not those there were less the rows between, while others fit."""
    for table in reading.document.tables:
        rows = [(row, cells) for row in body(table) if (cells := _cells(reading, table, row))]
        for at, (row, first) in enumerate(rows):
            if not _FIRST.search(row.label.text) or _OUT.search(row.label.text):
                continue
            out: list[dict[int, Number]] = []
            for other, cells in rows[at + 1 : at + 2 + MOST]:
                if cells.keys() != first.keys():
                    break
                label = other.label.text
                if _OUT.search(label) and not re.match(r"\W*(?:analy[sz]ed|complet)", label, re.I):
                    out.append(cells)
                    continue
                if out and _LEFT.search(label):
                    yield from _judged(reading, other, first, out, cells)
                break


def _cells(reading: Reading, table: Table, row: Row) -> dict[int, Number]:
    """Give the whole number of each column, with or without a share behind it; nothing where a cell has none."""
    found: dict[int, Number] = {}
    for column in table.columns[1:]:
        cell = content(reading, table.cell(row.index, column.index))
        if not cell.numbers or not re.match(r"#(?:\W|$)", cell.shape) or cell.numbers[0].printed.decimals:
            return {}
        found[column.index] = cell.numbers[0]
    return found


def _judged(
    reading: Reading, row: Row, first: dict[int, Number], out: list[dict[int, Number]], left: dict[int, Number]
) -> Iterator[Finding]:
    rest = {c: first[c].value - sum(o[c].value for o in out) for c in first}
    wrong = [c for c in first if rest[c] != left[c].value]
    if len(wrong) != 1 or len(first) < 2:
        return
    c = wrong[0]
    shown = " - ".join(n.printed.text for n in (first[c], *(o[c] for o in out)))
    yield reading.finding(
        "FLOW", "inconsistent",
        f"{row.label.text}: {shown} = {rest[c]:g}, not {left[c].printed}; the other columns add up",
        "some may have left for a reason that is not told; otherwise a digit is misprinted",
        quotes=((left[c].start, left[c].end), (first[c].start, first[c].end), *((o[c].start, o[c].end) for o in out)),
        computed=(("left", f"{rest[c]:g}"),),
    )  # fmt: skip


__all__ = ["CODES", "flow_rows"]
