"""The only significant difference between two groups of a table is told nowhere in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Figure, Row, Table
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANT_UNMENTIONED",)

_BETWEEN = Expression(r"\bbetween[- ](?:the )?(?:two )?(?:groups?|arms?)|\binter-?group|\bvs?\.? |\bversus\b", re.I)
_BETWEEN_P = Expression(
    r"\bbetween[- ](?:the )?(?:two )?groups?\b[^.;]{0,120}?\((?:[^()]*,\s*)?(?P<name>P\s?[1-9])\)|"
    r"(?P<other>P\s?[1-9])[^.;,]{0,40}\b(?:between[- ](?:the )?(?:two )?groups?|inter-?group)\b",
    re.I,
)
_NUMBERED = Expression(r"P[1-9]$")
_COMPARED = Expression(
    r"\b(?:between|compared|than|versus|vs|differ\w*|greater|larger|smaller|more|less|higher|lower)\b", re.I
)
LEAST = 4
"""A table with fewer rows has no single row that could be passed over."""


def significant_unmentioned(reading: Reading) -> Iterator[Finding]:
    """Find a between-group P below 0.05, the only one of its column, whose row no sentence compares between the groups.

    A concern, in full texts; the head of the column, or the text by its name, must say that it is between groups. A
    sentence counts that names the row (or its abbreviation) and compares, or prints that P.
    """
    if reading.document.kind != "full text":
        return
    for table in reading.document.tables:
        column = _between(reading, table)
        if column is None:
            continue
        printed = [(row, p) for row in table.rows if (p := _p(reading, table, row, column)) is not None]
        low = [(row, p) for row, p in printed if _significant(p.printed)]
        if len(printed) >= LEAST and len(low) == 1 and not _told(reading, *low[0]):
            row, p = low[0]
            yield reading.finding(
                "SIGNIFICANT_UNMENTIONED", "concern",
                f"{row.stem or row.label.text}: P {p.printed} is the only significant difference between the groups in "
                "this table, and the text does not speak of it",
                "it may be thought a matter of chance or of another treatment; a reader of the text does not learn "
                "of it",
                quotes=((p.start, p.end), (row.label.start, max(c.end for c in row.cells if c.text))),
            )  # fmt: skip


def _between(reading: Reading, table: Table) -> int | None:
    """Give the column of the P between groups, named by its own head or in the text: 'between-group (P3)'."""
    columns = [c for c in table.columns if c.statistic == "p"]
    names: set[str] = set()
    if any(_NUMBERED.match(_last(c.label)) for c in columns):
        found = _BETWEEN_P.finditer(reading.document.plain)
        names = {re.sub(r"\s", "", (m["name"] or m["other"])).upper() for m in found}
    between = [c.index for c in columns if _BETWEEN.search(c.label) or _last(c.label) in names]
    return between[0] if len(between) == 1 and len(columns) > 1 else None


def _last(label: str) -> str:
    return re.sub(r"\s", "", label.rsplit("/", maxsplit=1)[-1]).upper()


def _p(reading: Reading, table: Table, row: Row, column: int) -> Figure | None:
    cell = table.cell(row.index, column)
    found = [f for r in reading.reported if r.sort == "p" and cell.start <= r.start < cell.end and (f := r.figure("p"))]
    return found[0] if len(found) == 1 else None


def _significant(p: Printed) -> bool:
    high = p.interval().high
    return high is not None and high < 0.05


def _told(reading: Reading, row: Row, p: Figure) -> bool:
    digits = str(p.printed.value).lstrip("0")
    label = re.sub(r"\([^)]*\)|,.*", "", row.stem or row.label.text).strip().lower()
    names = [n for n in (label, label.split()[0] if label else "") if len(n) > 2]
    for line in lines(reading, ("abstract", "results", "discussion", "conclusion")):
        words = line.words.lower()
        if digits in words or (any(n in words for n in names) and _groups_compared(words)):
            return True
    return False


def _groups_compared(words: str) -> bool:
    return bool(_COMPARED.search(words)) and bool(re.search(r"\bgroups?\b|\bbetween\b|\bthan\b", words))
