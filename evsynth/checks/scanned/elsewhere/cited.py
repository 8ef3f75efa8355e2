"""Where a study was published, as each of its documents prints it: year, volume, issue, pages, journal, authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

CITED = Expression(
    r"(?P<year>(?:19|20)\d\d)(?:\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|"
    r"Dec)[a-z]*(?:-[A-Z][a-z]{2})?(?:\s\d{1,2})?)?"
    r"\s?[;,.:]\s?(?:vol(?:ume|\.)?\s?)?(?P<volume>\d{1,4})"
    r"(?:\s?\((?P<issue>\d{1,3})\)|,\s?(?:no\.?|issue|number)\s?(?P<issue2>\d{1,3}))?"
    r"\s?[:,]\s?(?:pp?\.?\s?|pages?\s)?(?P<first>[A-Za-z]?\d+)(?:\s?-\s?(?P<last>[A-Za-z]?\d+))?"
)
_YEAR = Expression(r"\b(?:19|20)\d\d\b")
_DATED = Expression(r"\b(?:published|epub|online|e-?pub|©|copyright)\b[^.;\n]{0,40}?(?P<year>(?:19|20)\d\d)", re.I)
_PAGES = Expression(r"(?P<first>[A-Za-z]?\d+)(?:\s?-\s?(?P<last>[A-Za-z]?\d+))?")
FRONT = 1600
"""Characters at the head of a paper or summary in which it says where it was published."""


class Part(NamedTuple):
    """One thing that a citation tells, where it stands, and the field or words it stands in."""

    name: str
    value: str
    spot: Spot
    source: str


def citation_parts(reading: Reading) -> Iterator[Part]:
    """Give the parts of the citation of the study itself: fields of a record, or the first citation at the head."""
    document = reading.document
    for field in document.fields:
        text = document.plain[field.start : field.end]
        spot = (field.start, field.start + len(text.rstrip()))
        if field.tag == "DP" and (found := _YEAR.search(text)):
            yield Part("year", found[0], spot, "DP")
        elif field.tag in ("VI", "IP") and text.strip().isdigit():
            yield Part("volume" if field.tag == "VI" else "issue", text.strip(), spot, field.tag)
        elif field.tag == "PG" and (pages := _PAGES.match(text.strip())):
            yield from _pages(pages, spot, "PG")
        elif field.tag == "SO":
            yield from _cited(reading, field.start, field.end, "SO")
    if not document.fields:
        yield from _cited(reading, 0, _front(reading), "citation")


def years(reading: Reading) -> set[str]:
    """Give all years in which a document says that the study was published, online or in print."""
    document = reading.document
    found = {p.value for p in citation_parts(reading) if p.name == "year"}
    for field in document.fields:
        if field.tag in ("DEP", "DP", "PHST", "SO", "EDAT"):
            found |= set(re.findall(r"(?:19|20)\d\d", document.plain[field.start : field.end]))
    if not document.fields:
        found |= {m["year"] for m in _DATED.finditer(document.plain, 0, _front(reading))}
    return found


def _front(reading: Reading) -> int:
    head = [s.start for s in reading.document.sections if s.role in ("abstract", "background", "methods")]
    least = min(head, default=FRONT)
    return min(FRONT, len(reading.document.plain), max(least, 200) if reading.document.kind == "full text" else FRONT)


def _cited(reading: Reading, start: int, end: int, source: str) -> Iterator[Part]:
    match = CITED.search(reading.document.plain, start, end)
    if match is None:
        return
    for name in ("year", "volume", "issue", "issue2"):
        if match[name]:
            yield Part(name.rstrip("2"), match[name], match.span(name), source)
    stop = match.end("last") if match["last"] else match.end("first")
    yield from _pages(match, (match.start("first"), stop), source)


def _pages(match: re.Match[str], spot: Spot, source: str) -> Iterator[Part]:
    first, last = match["first"], match["last"]
    if last and last.isdigit() and first.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    yield Part("first page", first, spot, source)
    if last:
        yield Part("last page", last, spot, source)


__all__ = ["CITED", "FRONT", "Part", "citation_parts", "years"]
