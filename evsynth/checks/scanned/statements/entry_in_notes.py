"""The range of a measure in a note below the table of entry, against the least or most that patients had to have."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.statements.least_of_entry import ALLOWED, LATER, Limit, finding_of, limits_told, of_entry
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_NOTE = Expression(
    r"(?:^|[.;\s])(?P<mark>[a-h*†‡§])\s?[Rr]ange[d:,]?\s(?:from\s)?(?P<low>-?\d+(?:\.\d+)?)\s?(?:to|-)\s?"
    r"(?P<high>-?\d+(?:\.\d+)?)"
)
_MARK = Expression(r"\s(?P<mark>[a-h]|[*†‡§])$")
_AFTER_TABLE = 700
"""How far below a table, in characters, its notes may stand."""


def entry_in_notes(reading: Reading) -> Iterator[Finding]:
    """Hold "a Range 38 to 135." below a table against "an eGFR of at least 60", for the row with the mark a.

    Left alone: measures of which two limits are told, and rows that name more than the measure.
    """
    told = list(limits_told(reading))
    for limit in told:
        if len({(x.low, x.high) for x in told if x.words == limit.words}) == 1:
            found = next(_notes(reading, limit), None)
            if found is not None:
                yield found


def _notes(reading: Reading, limit: Limit) -> Iterator[Finding]:
    """Read the range of a row in a note below its table: "a Range 38 to 135."."""
    for table in filter(of_entry, reading.document.tables):
        below = reading.document.plain[table.end : table.end + _AFTER_TABLE]
        marked = {m["mark"]: m for m in _NOTE.finditer(below)}
        for row in table.rows if marked else ():
            mark = _MARK.search(row.label.text)
            note = marked.get(mark["mark"]) if mark else None
            label = row.label.text[: mark.start()] if mark else ""
            if note is None or not limit.words <= key(label.split(",")[0]):
                continue
            if key(label.split(",")[0]) - limit.words - ALLOWED or LATER.search(label):
                continue
            if float(note["low"]) < limit.low or float(note["high"]) > limit.high:
                name = "low" if float(note["low"]) < limit.low else "high"
                spot = table.end + note.start(name), table.end + note.end(name)
                yield finding_of(reading, limit, f"{label}: a value of {note[name]}", spot)
