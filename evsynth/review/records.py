"""Reads every record that a review found: from the snapshots of its searches and from imported files."""

from __future__ import annotations

import hashlib
from collections import Counter
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
    for path, way in _imports(root):
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
    return Everything(tuple(found), tuple(notes))


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


def _imports(root: Path) -> list[tuple[Path, Way]]:
    ways: tuple[tuple[str, Way], ...] = ((IMPORTS, "database"), (f"{IMPORTS}/other", "other"))
    found: list[tuple[Path, Way]] = []
    for folder, way in ways:
        files = sorted(
            p for p in (root / folder).glob("*") if p.is_file() and not p.name.startswith(".") and p.suffix != ".part"
        )
        found += [(path, way) for path in files]
    return found
