"""What searches by hand exported: a log of files, each with day, person, numbers of records and SHA-256."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evsynth.model.finding import Finding, Problems
from evsynth.text.log import Entry

COLUMNS = ("date", "by", "file", "records", "unread", "hits", "sha256", "entered", "note")


class Export(NamedTuple):
    """One exported file. `hits` is the number that the source showed for the whole run; None where nobody noted it.

    `date` is the day of the search, `entered` when the file came here; `file` is empty where nothing was found.
    `note` says why other records were exported than the source showed.
    """

    date: str
    by: str
    file: str
    records: int
    unread: int
    hits: int | None
    sha256: str
    entered: str
    note: str = ""


class Run(NamedTuple):
    """One day's search: when, how many records came of it, and who ran it."""

    date: str
    records: int
    by: str = ""
    unread: int = 0
    hits: int | None = None
    note: str = ""


def cells(export: Export) -> tuple[str, ...]:
    """Give the cells of a log line."""
    return tuple("" if value is None else str(value) for value in export)


def read_exports(entries: Iterable[Entry]) -> tuple[Export, ...]:
    """Read the lines of a log. Raises Problems LOG for a number that is none."""
    found: list[Export] = []
    for entry in entries:
        c = entry.cells
        numbers = {name: c[name] for name in ("records", "unread", "hits") if not (name == "hits" and not c[name])}
        if wrong := [name for name, text in numbers.items() if not (text.isascii() and text.isdecimal())]:
            message = f"{wrong[0]} is {c[wrong[0]]!r}, which is no number"
            raise Problems((Finding("LOG", "error", c["file"], entry.place, message, "bring it back from git"),))
        hits = int(c["hits"]) if c["hits"] else None
        counts = int(c["records"]), int(c["unread"])
        found.append(Export(c["date"], c["by"], c["file"], *counts, hits, c["sha256"], c["entered"], c["note"]))
    return tuple(found)


def runs(exports: Sequence[Export]) -> tuple[Run, ...]:
    """Join the files of each day and person, in order of days."""
    found: dict[tuple[str, str], list[Export]] = {}
    for one in sorted(exports, key=lambda e: e.date):
        found.setdefault((one.date, one.by), []).append(one)
    return tuple(
        Run(
            date,
            sum(e.records for e in files),
            by,
            sum(e.unread for e in files),
            _shown(files),
            "; ".join(dict.fromkeys(e.note for e in files if e.note)),
        )
        for (date, by), files in found.items()
    )


def _shown(files: Sequence[Export]) -> int | None:
    """Add up what the source showed, once for all files that were entered together."""
    hits = list({e.entered: e.hits for e in files}.values())
    return None if None in hits else sum(hit for hit in hits if hit is not None)
