"""A finding is data: what was noticed, where, and what to do. Printing it is someone else's job."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "inconsistent", "concern", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "inconsistent", "concern", "note")

Key = str | int
KeyPath = tuple[Key, ...]


class Place(NamedTuple):
    """Where something stands in a file; `line` and `column` count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Quoted(NamedTuple):
    """A piece of a source: its id, the offsets in the source's characters (None where not held), and the text."""

    source: str
    start: int | None
    end: int | None
    text: str


class Alternative(NamedTuple):
    """Another admissible reading of what is printed: `value` in words for a reader, and the reason.

    `reads` says the same for programs: the identifier of every number that reads differently (`study/value.statistic`)
    with its text, all together in one branch. Empty where no number of the study is replaced.
    """

    value: str
    because: str
    reads: tuple[tuple[str, str], ...] = ()


class Finding(NamedTuple):
    """One thing noticed about one study (or pool, or source) file.

    `path` leads to the value inside the file; `alternatives` are admissible other readings, each with its reason;
    `values` are the identifiers of the extracted values it is about.
    """

    code: str
    severity: Severity
    subject: str
    place: Place
    message: str
    hint: str = ""
    path: KeyPath = ()
    quotes: tuple[Quoted, ...] = ()
    computed: tuple[tuple[str, str], ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    values: tuple[str, ...] = ()


class Problems(ValueError):
    """Bad input. Holds every problem of it as findings; shown to the user without a traceback."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(f.message for f in findings))
        self.findings = findings


def order(finding: Finding) -> tuple[str, int, int, str]:
    """Give the sort key of a finding: file, line, column, code."""
    return (finding.place.file, finding.place.line, finding.place.column, finding.code)
