"""Reads every record that a review found: from the snapshots of its searches and from imported files."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.found import Found, Way
from evsynth.model.record import Record
from evsynth.review.files import read_bytes
from evsynth.review.searches import open_search, searches, snapshots
from evsynth.sources.formats.any_format import read
from evsynth.sources.reading import ReadError

IMPORTS = "corpora/imports"
"""Exports of other databases, one file a search: `embase.ris`. Files under `other/` were found another way."""

_PASSING = (".", "~$")
_OF_THE_SYSTEM = ("thumbs.db", "desktop.ini")


class Everything(NamedTuple):
    """All records in order of source, and what a person should know: records that could not be read."""

    found: tuple[Found, ...]
    notes: tuple[Finding, ...]


def all_records(root: Path) -> Everything:
    """Read all snapshots and imports. Of a record that several snapshots hold, the latest print counts.

    Raises Problems for a snapshot that is not as it was written, a file that cannot be read, or a source named twice.
    """
    found: list[Found] = []
    notes: list[Finding] = []
    for name in searches(root):
        way: Way = "other" if open_search(root, name).search.source == "PubMed citations" else "database"
        latest = {a.pmid: a.record for snapshot in snapshots(root, name) for a in snapshot.articles()}
        found += [Found(name, pmid, record, way) for pmid, record in sorted(latest.items())]
    for path, way in imported(root):
        shown = path.relative_to(root).as_posix()
        if path.stem in {one.source for one in found}:
            message = f"{path.stem!r} is the name of another search or import"
            raise Problems((Finding("TWO_FILES", "error", path.stem, Place(shown), message, "rename the file"),))
        try:
            reading = read(read_bytes(path, shown))
        except ReadError as error:
            place = Place(shown, error.line)
            raise Problems((Finding("RECORDS", "error", shown, place, error.message, error.hint),)) from None
        found += keyed(path.stem, reading.records, way)
        notes += [Finding("RECORD", "error", shown, Place(shown, f.line), f.message, f.hint) for f in reading.failures]
    return Everything(tuple(found), (*notes, *_not_looked_into(root)))


def keyed(source: str, records: tuple[Record, ...], way: Way = "database") -> list[Found]:
    """Give imported records their keys: the PMID, or a digest of what is printed, so that a new order changes nothing.

    A record that stands several times in a file has `-2`, `-3` … after its key.
    """
    found: list[Found] = []
    times: Counter[str] = Counter()
    for record in records:
        key = record.pmid or digest(record)
        times[key] += 1
        found.append(Found(source, key if times[key] == 1 else f"{key}-{times[key]}", record, way))
    return found


def digest(record: Record) -> str:
    """Return twelve hexadecimal digits of title, authors, year, place of print and identifiers."""
    names = ";".join(author.name for author in record.authors)
    journal = record.journal.title or record.journal.abbreviation or record.book.title
    parts = (record.title, names, record.dates.published, journal, record.volume, record.issue, record.pages)
    return hashlib.sha256("\n".join((*parts, *record.dois, *record.other_ids)).encode()).hexdigest()[:12]


def imported(root: Path) -> list[tuple[Path, Way]]:
    """List the files of corpora/imports in order, and how they were found. Raises Problems FILE for no access.

    Left out is what systems and spreadsheets put into folders, and what is half written (`.part`).
    """
    ways: tuple[tuple[str, Way], ...] = ((IMPORTS, "database"), (f"{IMPORTS}/other", "other"))
    return [(path, way) for folder, way in ways for path in _inside(root, folder) if path.is_file()]


def _not_looked_into(root: Path) -> Iterator[Finding]:
    """Say of each folder among the imports, beside `other`, that its files are not counted."""
    for folder in (IMPORTS, f"{IMPORTS}/other"):
        for path in _inside(root, folder):
            shown = path.relative_to(root).as_posix()
            if path.is_dir() and shown != f"{IMPORTS}/other" and any(path.iterdir()):
                message = f"{shown} is a folder, and its files are not read"
                hint = f"move them to {IMPORTS}, or to {IMPORTS}/other if they were found another way"
                yield Finding("EXPORT", "concern", shown, Place(shown), message, hint)


def _inside(root: Path, folder: str) -> list[Path]:
    try:
        found = sorted((root / folder).iterdir()) if (root / folder).is_dir() else []
        kept = [p for p in found if not p.name.startswith(_PASSING) and p.suffix != ".part"]
        return [p for p in kept if p.name.lower() not in _OF_THE_SYSTEM and p.stat()]
    except OSError as error:
        message, hint = f"{folder} cannot be read: {error.strerror or error}", "look whether you may read there"
        raise Problems((Finding("FILE", "error", folder, Place(folder), message, hint),)) from None
