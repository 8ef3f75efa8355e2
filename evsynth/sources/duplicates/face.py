"""What of a record is compared with another one."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.duplicates.journals import journal
from evsynth.sources.duplicates.names import Names, names
from evsynth.sources.duplicates.pages import Pages, pages
from evsynth.sources.duplicates.titles import Title, beside, title

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NUMBER = re.compile(r"\d+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


class Face(NamedTuple):
    """The compared parts of a record, each in one spelling; what is not printed is empty (the year 0)."""

    title: Title
    translated: Title
    names: Names
    year: int
    journal: tuple[str, ...]
    volume: str
    issue: str
    pages: Pages
    dois: frozenset[str]
    pmid: str
    abstract: str


def face(record: Record) -> Face:
    """Return what of a record is compared."""
    year = _YEAR.search(record.dates.published) or _YEAR.search(record.dates.electronic)
    volume, issue = _volume(record)
    if year and volume == year[0]:
        volume = ""
    found = [_DOI.search(doi.lower()) for doi in record.dois]
    return Face(
        title(record.title or record.book.chapter or record.book.title),
        title(record.vernacular_title or beside(record.title)),
        names(record.authors),
        int(year[0]) if year else 0,
        journal(record.journal.title or record.journal.abbreviation or record.book.title),
        volume,
        issue,
        pages(record.pages),
        frozenset(doi[0].rstrip(".,;)") for doi in found if doi),
        record.pmid,
        _letters(record.abstract_text[:400]),
    )


def _volume(record: Record) -> tuple[str, str]:
    """Return the numbers of volume and issue; `45 (3 Suppl)` in the volume gives both."""
    numbers = _NUMBER.findall(record.volume)
    issue = _NUMBER.findall(record.issue) or numbers[1:]
    return (numbers[0].lstrip("0") if numbers else "", issue[0].lstrip("0") if issue else "")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
