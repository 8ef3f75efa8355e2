"""Whether two records describe one report: points field by field, and what forbids a link whatever the points say."""

from __future__ import annotations

from typing import Literal, NamedTuple

from evsynth.sources.duplicates import journals, names, pages, titles
from evsynth.sources.duplicates.face import Face

SAME, MAYBE = 9.0, 5.0
"""From how many points on two records are linked, and from how many on a person is asked."""

Answer = Literal["same", "maybe", "different"]

_TITLE = {"same": 6.0, "spelling": 5.5, "shortened": 4.0, "similar": 2.5, "": 0.0, "differ": -4.0}
_AUTHOR = {"same": 2.0, "shared": 1.0, "": 0.0, "differs": -3.0}
_PAGES = {"same": 3.0, "one end same": 2.5, "overlap": 1.0, "": 0.0, "differ": -3.5}
_ABSTRACT = 150


class Verdict(NamedTuple):
    """The answer, its points, and the fields that agree, differ or forbid, in words."""

    answer: Answer
    score: float
    reason: str


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


def judge(one: Face, other: Face) -> Verdict:
    """Compare two records: linked from 9 points on unless something forbids it; from 5 on a person is asked."""
    found = compare(one, other)
    if found.pmid:
        return Verdict("same", 20.0, f"one PMID; {found.words()}")
    score = points(found)
    if found.title == "differ" and _one_range(one, found):
        score -= _TITLE["differ"]
    if len(one.title.words) <= 3 or len(other.title.words) <= 3:
        score -= 2.5 if _TITLE[found.title] > 0 else 0.0
    if score < MAYBE:
        return Verdict("different", score, found.words())
    if why := forbidden(one, other, found):
        return Verdict("maybe", score, f"{why}; {found.words()}")
    return Verdict("same" if score >= SAME else "maybe", score, found.words())


def compare(one: Face, other: Face) -> Compared:
    """Compare two records field by field."""
    kinds = [titles.agreement(one.title, other.title)]
    if one.translated.joined or other.translated.joined:
        kinds += [titles.agreement(one.translated, other.title), titles.agreement(one.title, other.translated)]
    return Compared(
        max((kind for kind in kinds if kind), key=lambda kind: _TITLE[kind], default=""),
        _author(one, other),
        abs(one.year - other.year) if one.year and other.year else None,
        journals.agree(one.journal, other.journal) if one.journal and other.journal else None,
        one.volume == other.volume if one.volume and other.volume else None,
        one.issue == other.issue if one.issue and other.issue else None,
        pages.agreement(one.pages, other.pages),
        bool(one.dois & other.dois) if one.dois and other.dois else None,
        one.pmid == other.pmid if one.pmid and other.pmid else None,
        _abstract(one.abstract, other.abstract),
    )


def points(found: Compared) -> float:
    """Add up what speaks for one report and what against."""
    score = _TITLE[found.title] + _AUTHOR[found.author] + _PAGES[found.pages]
    score += 0.0 if found.year is None else (1.0, -0.5, -1.5)[found.year] if found.year < 3 else -4.0
    score += _either(found.journal, 2.0, -3.0) + _either(found.volume, 1.5, -2.0) + _either(found.issue, 0.5, -0.5)
    score += _either(found.doi, 6.0, -6.0) + _either(found.pmid, 12.0, -12.0) + _either(found.abstract, 4.0, 0.0)
    return score


def forbidden(one: Face, other: Face, found: Compared) -> str:
    """Return what forbids a link however much agrees: a notice, a reply, another part, another place of print."""
    ends = found.pages in ("same", "one end same")
    heading = len(one.title.words) <= 3 or len(other.title.words) <= 3
    if one.title.marks != other.title.marks:
        return f"one of them is marked as {', '.join(sorted(one.title.marks ^ other.title.marks))}"
    if found.title == "":
        return "one of them prints no title"
    if found.title == "differ" and not _one_range(one, found):
        return "the titles differ"
    if found.title in ("similar", "shortened") and one.title.numbers != other.title.numbers and not ends:
        return "the numbers in the titles differ"
    if found.title == "similar" and not _one_range(one, found) and not found.doi:
        return "the titles are only similar"
    if found.issue is False and (heading or not ends) and not found.doi:
        return "the issues differ"
    if found.year and not found.placed:
        return "the years differ, and no place of print agrees"
    return ""


def _one_range(one: Face, found: Compared) -> bool:
    """Return whether both fill the same pages, three at least, of one volume, by one first author."""
    first, last = one.pages
    long = first.isdigit() and last.isdigit() and int(last) - int(first) >= 2
    place = found.volume or (found.volume is None and found.title == "similar" and found.year == 0)
    return bool(long and place and found.pages == "same" and found.author == "same" and found.issue is not False)


def _either(agrees: bool | None, plus: float, minus: float) -> float:
    return 0.0 if agrees is None else plus if agrees else minus


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
