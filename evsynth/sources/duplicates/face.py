"""What of a record is compared with another one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.duplicates.journals import journal
from evsynth.sources.duplicates.names import Names, names
from evsynth.sources.duplicates.pages import Pages, pages
from evsynth.sources.duplicates.titles import Title, beside, title

_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_NUMBER = re.compile(r"\d+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ONE_PAGE = re.compile(r"(\w+)\s*[-–—]+\s*\1")
_VERSION = re.compile(r"(?<=\d)v\d+$")
"""What servers of preprints whose versions share one DOI (10.1101) put behind it."""
_REGISTER = re.compile(
    r"clinicaltrials\.gov|trialsearch|\bictrp\b|isrctn|clinicaltrialsregister|\beuctr\b|\b(?:chi|iran|anz|ne)ctr\b"
    r"|\bctri\b|\bdrks\b|\bumin\b|\bjrct\b|\brebec\b|trial regist",
    re.I,
)
_TYPES = {
    "published erratum": "notice",
    "erratum": "notice",
    "corrigendum": "notice",
    "expression of concern": "retraction",
    "retraction of publication": "retraction",
    "retraction notice": "retraction",
}
"""Publication types that a database gives to what is no article, though the title may be that of the article."""


class Face(NamedTuple):
    """The compared parts of a record, each in one spelling; what is not printed is empty (the year 0).

    `supplement`: it stands in a supplement. `one_page`: its first page is printed as its last one too. `registered`: it
    is the entry of a trial in a register, and no report.
    """

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
    supplement: bool
    one_page: bool
    registered: bool


def face(record: Record) -> Face:
    """Return what of a record is compared."""
    year = _YEAR.search(record.dates.published) or _YEAR.search(record.dates.electronic)
    volume, issue = _volume(record)
    if year and volume == year[0]:
        volume = ""
    named = title(record.title or record.book.chapter or record.book.title)
    marks = {mark for printed in record.publication_types if (mark := _TYPES.get(printed.strip().lower()))}
    range_ = pages(record.pages)
    printed = f"{record.volume} {record.issue} {record.pages}"
    journal_ = record.journal.title or record.journal.abbreviation or record.book.title
    return Face(
        named._replace(marks=named.marks | marks) if marks else named,
        title(record.vernacular_title or beside(record.title)),
        names(record.authors),
        int(year[0]) if year else 0,
        journal(journal_),
        volume,
        issue,
        range_,
        frozenset(doi for doi in map(_doi, record.dois) if doi),
        record.pmid,
        _letters(record.abstract_text[:400]),
        "suppl" in printed.lower() or (range_.first[:1] == "s" and range_.first[1:].isdigit()),
        bool(_ONE_PAGE.fullmatch(record.pages.strip())),
        _registered(journal_),
    )


@lru_cache(maxsize=65536)
def _registered(name: str) -> bool:
    return bool(_REGISTER.search(name))


def _doi(printed: str) -> str:
    found = _DOI.search(printed.lower())
    doi = found[0].rstrip(".,;)") if found else ""
    return _VERSION.sub("", doi) if doi.startswith("10.1101/") else doi


def _volume(record: Record) -> tuple[str, str]:
    """Return the numbers of volume and issue; `45 (3 Suppl)` in the volume gives both."""
    numbers = _NUMBER.findall(record.volume)
    issue = _NUMBER.findall(record.issue) or numbers[1:]
    return (numbers[0].lstrip("0") if numbers else "", issue[0].lstrip("0") if issue else "")


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.lower())
