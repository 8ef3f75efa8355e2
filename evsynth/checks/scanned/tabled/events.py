"""Columns of events beside columns of patients: a patient with an event has at least one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column
from evsynth.text.expressions import Expression

CODES = ("EVENTS_FEWER",)

_EVENTS = Expression(
    r"^(?:(?:no\.?|number|n) (?:of )?)?(?:adverse )?(?:events?|episodes?|occurrences?|reports?|"
    r"infections)\b(?!.*\bpatients with)",
    re.I,
)
_PEOPLE = Expression(
    r"^(?:(?:no\.?|number|n) (?:of )?)?(?:patients?|participants?|subjects?|children|women|men|persons|people|cases)\b",
    re.I,
)
_PER = Expression(r"\bper\b|rate|/100|%(?!\))|interval", re.I)


def events(reading: Reading) -> Iterator[Finding]:
    """Compare the number of events with the number of patients who had one, row by row, in the same group.

    Left alone: tables of which most rows have fewer events than patients (another thing is counted).
    """
    for table in reading.document.tables:
        pairs = [
            (e, p) for e in table.columns[1:] if _is(e, _EVENTS) for p in table.columns[1:]
            if _is(p, _PEOPLE) and abs(e.index - p.index) == 1 and _over(e) == _over(p)
        ]  # fmt: skip
        for one, two in pairs:
            rows = []
            for row in body(table):
                a, b = (content(reading, table.cell(row.index, c.index)) for c in (one, two))
                if a.shape in ("#", "#(#)", "#(#%)") and b.shape in ("#", "#(#)", "#(#%)"):
                    x, y = a.numbers[0], b.numbers[0]
                    if not x.printed.decimals and not y.printed.decimals:
                        rows.append((row, x, y, b.numbers[-1].end))
            wrong = [r for r in rows if r[1].value < r[2].value]
            if not wrong or len(wrong) * 3 > len(rows) + 1:
                continue
            for row, x, y, end in wrong:
                yield reading.finding(
                    "EVENTS_FEWER", "error",
                    f"{row.stem or row.label.text}: {x.printed} events in {y.printed} patients are impossible; each "
                    f"patient had at least one", "the columns may have been exchanged, or a digit is misprinted",
                    quotes=((x.start, x.end), (y.start, end)),
                )  # fmt: skip


def _is(column: Column, pattern: Expression) -> bool:
    text = column.heads[-1].text.strip() if column.heads else ""
    return bool(pattern.search(text)) and not _PER.search(text.replace("n (%)", "").replace("(%)", ""))


def _over(column: Column) -> tuple[str, ...]:
    return tuple(h.text for h in column.heads[:-1])
