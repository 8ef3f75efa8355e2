"""Sizes printed in a table: denominators larger than their group, and a head whose group is another size elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line, column_of, group_key, group_sizes, is_whole, size, table_lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS", "TOTAL_DIFFERS")

_THINGS = Expression(
    r"\b(?:eyes?|ears?|samples?|specimens?|biops\w+|cycles?|lesions?|nodules?|procedures?|visits?|measurements?|"
    r"days?|doses?|"
    r"injections?|sessions?|implants?|teeth|tooth|hips?|knees?|limbs?|feet|breasts?|kidneys?|episodes?|events?|"
    r"admissions?|"
    r"pregnanc\w+|births?|infants?|newborns?|neonates?|embryos?|oocytes?|readings?|isolates?|cultures?|scans?|images?|"
    r"questionnaires?|courses?|catheters?|vessels?|segments?|wounds?|grafts?|interviews?|hospitali[sz]ations?|"
    r"prescriptions?|tests?|attempts?|patient-\w+|person-\w+)\b", re.I,
)  # fmt: skip
_SIZED = Expression(r"^(?P<name>[A-Za-z][^()\[\]]{2,60}?)\s*[(\[,]\s*[nN]\s*=\s*(?P<n>[\d,]+)\s*[)\]]?$")
_SIZE_COLUMN = Expression(r"^(?:n|no\.?|number|patients|no\. of patients|number of patients)$", re.I)


def denominators(reading: Reading) -> Iterator[Finding]:
    """Compare n/N of a cell with the size of its group, and the size above the labels with that of the same group.

    Left alone: things of which a patient can have several, tables in which most denominators are larger.
    """
    known = group_sizes(reading)
    over: dict[int, list[Finding]] = {}
    seen: dict[int, int] = {}
    for line in table_lines(reading):
        for cell in line.cells:
            of, count = cell.figure("of"), cell.figure("count")
            if of is None or count is None or is_whole(column_of(reading, cell)):
                continue
            found = size(reading, cell)
            if found is None and cell.group is not None:
                found = known.get(group_key(cell.group.text))
            if found is None:
                continue
            seen[line.table.index] = seen.get(line.table.index, 0) + 1
            if int(of.printed.value) <= found.patients or _THINGS.search(_things(line)):
                continue
            extra = ((found.figure.start, found.figure.end),) if found.figure is not None else ()
            over.setdefault(line.table.index, []).append(reading.finding(
                "GROUP_EXCEEDS", "error",
                f"{line.name}: {count.printed} of {of.printed} is more than the group has, {found.patients}",
                "samples or events may be counted; otherwise a digit is misprinted",
                quotes=((min(count.start, of.start), max(count.end, of.end)), *extra),
            ))  # fmt: skip
    for index, findings in over.items():
        if len(findings) * 3 <= seen[index]:
            yield from findings
    for table in reading.document.tables:
        yield from _head(reading, table)


def _things(line: Line) -> str:
    """Give the words that say what a row counts: its label, the heads, and the notes of its table."""
    notes = " ".join(p.text for p in line.table.notes)
    return f"{line.label} {' '.join(c.label for c in line.table.columns)} {notes}"


def _head(reading: Reading, table: Table) -> Iterator[Finding]:
    """Compare "Cases (n = 91)" above the labels with the size of the group elsewhere, which the rows of n add up to."""
    head = table.columns[0].heads[-1] if table.columns and table.columns[0].heads else None
    match = _SIZED.match(reading.document.plain[head.start : head.end].strip()) if head is not None else None
    if head is None or match is None:
        return
    found = group_sizes(reading).get(group_key(match["name"]))
    said = int(match["n"].replace(",", ""))
    if found is None or found.figure is None or found.patients == said:
        return
    for column in table.columns[1:]:
        if not column.heads or not _SIZE_COLUMN.match(column.heads[-1].text.strip()):
            continue
        numbers = [
            c.numbers[0]
            for row in body(table)
            if (c := content(reading, table.cell(row.index, column.index))).shape == "#"
        ]
        if _adds(numbers, found.patients) and not _adds(numbers, said):
            start = head.start + reading.document.plain[head.start : head.end].index(match["n"])
            yield reading.finding(
                "TOTAL_DIFFERS", "inconsistent",
                f"n = {match['n']} above the table is inconsistent with its rows, which add up to {found.patients}, "
                f"the size "
                f"of the group elsewhere", "digits may have been exchanged",
                quotes=((start, start + len(match["n"])), (found.figure.start, found.figure.end)),
            )  # fmt: skip
            return


def _adds(numbers: list[Number], total: int) -> bool:
    """Say whether the first rows add up to a total."""
    found = 0.0
    for i, number in enumerate(numbers):
        found += number.value
        if i and found == total:
            return True
    return False
