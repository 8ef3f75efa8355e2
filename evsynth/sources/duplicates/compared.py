"""How the fields of two records agree: what is the same, what differs, and what one of them does not print."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.sources.duplicates import journals, names, pages, titles
from evsynth.sources.duplicates.face import Face

_CLOSER: tuple[titles.Kind, ...] = ("", "differ", "similar", "shortened", "spelling", "same")
_ABSTRACT = 150


class Compared(NamedTuple):
    """How the fields of two records agree; None where one of them does not print the field."""

    title: titles.Kind
    author: str
    year: int | None
    journal: bool | None
    volume: bool | None
    issue: bool | None
    pages: pages.Kind
    doi: bool | None
    pmid: bool | None
    abstract: bool | None
    throughout: bool
    one_name: bool

    @property
    def numbered(self) -> bool:
        """Whether the numbers alone say that both stand in one place, however the journal is called."""
        text = self.title not in ("differ", "") and self.author == "same"
        return text and self.volume is True and self.pages in ("same", "one end same")

    @property
    def placed(self) -> bool:
        """Whether both stand in one place of print, or carry one identifier or abstract."""
        volume = self.volume is True and self.issue is not False and self.journal is not False
        return volume or self.pages in ("same", "one end same") or True in (self.doi, self.pmid, self.abstract)

    def words(self) -> str:
        """Say in words what agrees and what differs."""
        said = [f"title {self.title or 'not printed'}", *([f"first author {self.author}"] if self.author else ())]
        if self.year is not None:
            said.append("year same" if self.year == 0 else f"years {self.year} apart")
        for name, agrees in (("journal", self.journal), ("volume", self.volume), ("issue", self.issue)):
            said += [] if agrees is None else [f"{name} {'same' if agrees else 'differs'}"]
        said += [f"pages {self.pages}"] if self.pages else []
        for name, agrees in (("DOI", self.doi), ("PMID", self.pmid), ("abstract", self.abstract)):
            said += [] if agrees is None else [f"{name} {'same' if agrees else 'differs'}"]
        return ", ".join(said)


def compare(one: Face, other: Face) -> Compared:
    """Compare two records field by field."""
    one, other = _shifted(one, other), _shifted(other, one)
    kinds = [titles.agreement(one.title, other.title)]
    if one.translated.joined or other.translated.joined:
        kinds += [titles.agreement(one.translated, other.title), titles.agreement(one.title, other.translated)]
    return Compared(
        max((kind for kind in kinds if kind), key=_CLOSER.index, default=""),
        _author(one, other),
        abs(one.year - other.year) if one.year and other.year else None,
        journals.agree(one.journal, other.journal) if one.journal and other.journal else None,
        one.volume == other.volume if one.volume and other.volume else None,
        one.issue == other.issue if one.issue and other.issue else None,
        pages.agreement(one.pages, other.pages),
        bool(one.dois & other.dois) if one.dois and other.dois else None,
        one.pmid == other.pmid if one.pmid and other.pmid else None,
        _abstract(one.abstract, other.abstract),
        names.throughout(one.names, other.names),
        bool(one.journal and other.journal) and journals.one_name(one.journal, other.journal),
    )


def _shifted(one: Face, other: Face) -> Face:
    """Put volume and issue back where a database printed them one field too late: as the issue and the pages."""
    late = not one.volume and one.issue and one.issue == other.volume and one.pages.first == other.issue
    return one._replace(volume=other.volume, issue=other.issue, pages=pages.Pages()) if late else one


def _author(one: Face, other: Face) -> str:
    if not one.names or not other.names:
        return ""
    if names.share(one.names[0], other.names[0]):
        return "same"
    both = sum(any(names.share(name, another) for another in other.names) for name in one.names)
    first = any(names.share(one.names[0], name) for name in other.names)
    first = first or any(names.share(other.names[0], name) for name in one.names)
    return "shared" if first or (both > 1 and 2 * both >= min(len(one.names), len(other.names))) else "differs"


def _abstract(one: str, other: str) -> bool | None:
    """Return whether two abstracts begin with the same letters; None where one is short or missing."""
    if len(one) < _ABSTRACT or len(other) < _ABSTRACT:
        return None
    return one[20:_ABSTRACT] in other or other[20:_ABSTRACT] in one
