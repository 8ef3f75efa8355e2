"""Whether two records describe one report: points field by field, and what forbids a link whatever the points say."""

from __future__ import annotations

from typing import Literal, NamedTuple

from evsynth.sources.duplicates import pages, titles
from evsynth.sources.duplicates.another import another
from evsynth.sources.duplicates.compared import Compared, compare
from evsynth.sources.duplicates.face import Face

SAME, MAYBE = 9.0, 5.0
"""From how many points on two records are linked, and from how many on a person is asked."""

Answer = Literal["same", "maybe", "different"]

_TITLE = {"same": 6.0, "spelling": 5.5, "shortened": 4.0, "similar": 2.5, "": 0.0, "differ": -4.0}
_AUTHOR = {"same": 2.0, "shared": 1.0, "": 0.0, "differs": -3.0}
_PAGES = {"same": 3.0, "one end same": 2.5, "overlap": 1.0, "": 0.0, "differ": -3.5}


class Verdict(NamedTuple):
    """The answer, its points, and the fields that agree, differ or forbid, in words."""

    answer: Answer
    score: float
    reason: str


def judge(one: Face, other: Face) -> Verdict:
    """Compare two records: linked from 9 points on unless something forbids it; from 5 on a person is asked."""
    found = compare(one, other)
    if found.pmid:
        return Verdict("same", 20.0, f"one PMID; {found.words()}")
    score = points(found)
    if found.title == "differ" and _one_range(one, other, found):
        score -= _TITLE["differ"]
    if titles.short(one.title) or titles.short(other.title):
        score -= 2.5 if _TITLE[found.title] > 0 else 0.0
    if score < MAYBE:
        if found.title in ("same", "spelling") and found.abstract and found.author == "same":
            return Verdict("maybe", score, f"one text in two places; {found.words()}")
        return Verdict("different", score, found.words())
    if why := another(one, other, found) or doubtful(one, other, found):
        return Verdict("maybe", score, f"{why}; {found.words()}")
    return Verdict("same" if score >= SAME else "maybe", score, found.words())


def parted(one: Face, other: Face, verdict: Verdict) -> bool:
    """Return whether something says that two records are two reports, so that no third one may join them.

    It is enough that two of journal, volume, pages and DOI differ in records with fewer than 5 points; one of them can
    be printed wrongly.
    """
    if verdict.answer == "same":
        return False
    found = compare(one, other)
    places = (found.journal, found.volume, found.doi, found.pages != "differ")
    return bool(another(one, other, found)) or (verdict.score < MAYBE and places.count(False) > 1)


def points(found: Compared) -> float:
    """Add up what speaks for one report and what against."""
    score = _TITLE[found.title] + _AUTHOR[found.author] + _PAGES[found.pages]
    score += 0.0 if found.year is None else (1.0, -0.5, -1.5)[found.year] if found.year < 3 else -4.0
    score += _either(found.journal, 2.0, 0.0 if found.numbered else -3.0)
    score += _either(found.volume, 1.5, -2.0) + _either(found.issue, 0.5, -0.5)
    score += _either(found.doi, 6.0, -6.0) + _either(found.pmid, 12.0, -12.0) + _either(found.abstract, 4.0, 0.0)
    return score


def doubtful(one: Face, other: Face, found: Compared) -> str:
    """Return what leaves a doubt however much agrees: titles that say little or differ, no place of print."""
    ends = found.pages in ("same", "one end same")
    heading = titles.heading(one.title) or titles.heading(other.title)
    if found.title == "":
        return "one of them prints no title"
    if found.title == "differ" and not _one_range(one, other, found):
        return "the titles differ"
    if found.title == "similar" and not _one_range(one, other, found) and not found.doi:
        return "the titles are only similar"
    if heading and found.issue is not True and not ends and True not in (found.doi, found.abstract):
        return "the title is a heading, and neither issue nor pages agree"
    if found.year and not found.placed and not _early(one, other, found):
        return "the years differ, and no place of print agrees"
    return ""


def _early(one: Face, other: Face, found: Compared) -> bool:
    """Return whether one of them prints no place yet, a year apart, and title, journal and all authors are the same."""
    unplaced = found.pages == "" and not (one.volume and other.volume)
    long = not titles.short(one.title) and min(len(one.title.words), len(other.title.words)) > 4
    whole = found.title in ("same", "spelling") and found.one_name and found.throughout
    return bool(unplaced and long and whole and found.year == 1)


def _one_range(one: Face, other: Face, found: Compared) -> bool:
    """Return whether both fill the same pages, three at least, of one volume, by one first author.

    Two pages are enough where all authors are the same. Where the titles are similar or the DOI is one, so is one end
    of the pages, and where the titles are similar, an author in another order.
    """
    similar = found.title == "similar" and one.title.numbers == other.title.numbers
    if found.author != "same" and not (similar and found.author == "shared"):
        return False
    place = found.volume or found.doi or (found.volume is None and found.title == "similar" and found.year == 0)
    begun = found.journal is not False and found.author == "same" and found.pages == "one end same"
    ends = found.pages == "same" or (begun and (similar or found.doi))
    enough = 2 if similar and found.throughout and found.pages == "same" else 3
    filled = max(pages.filled(one.pages), pages.filled(other.pages)) >= enough
    return bool(place and ends and filled and found.issue is not False)


def _either(agrees: bool | None, plus: float, minus: float) -> float:
    return 0.0 if agrees is None else plus if agrees else minus
