"""What every reader returns and raises: records, failures, doubts, and the error of an unreadable file."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.model.record import Record


class Failure(NamedTuple):
    """One record that could not be read: the line (from 1), why, what to do, and the text of the record."""

    line: int
    message: str
    hint: str
    text: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}. {self.hint}"


class Doubt(NamedTuple):
    """Something a reader decided that a person may want to look at; the record was read."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class Deletion(NamedTuple):
    """A record that PubMed took back: its line, PMID and version."""

    line: int
    pmid: str
    version: str = ""


class Reading(NamedTuple):
    """All that a file held: what came in is `records` plus `failures`, and `deletions` where a file takes some back."""

    records: tuple[Record, ...]
    failures: tuple[Failure, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    deletions: tuple[Deletion, ...] = ()


class ReadError(ValueError):
    """A text of which nothing can be read. Its words name the line and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(f"line {line}: {message}. {hint}")
        self.line, self.message, self.hint = line, message, hint


def shown(text: str, most: int = 60) -> str:
    """Return a text in quotes for a message, cut where it is long."""
    return repr(text if len(text) <= most else f"{text[: most - 1]}…")
