"""The paragraph that reports a search as PRISMA-S asks (Rethlefsen et al. 2021, doi:10.1186/s13643-020-01542-z)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evsynth.model.search import Search
from evsynth.sources.search.snapshot import Manifest
from evsynth.sources.search.term import term

_MISSING = "not reported"


class Item(NamedTuple):
    """One item of the PRISMA-S checklist as far as one search can answer it; `answer` is empty where it does not."""

    number: int
    name: str
    answer: str


def items(search: Search, taken: Sequence[Manifest]) -> tuple[Item, ...]:
    """Answer the items of PRISMA-S that concern one search. Items of the whole review are left to the review."""
    last = taken[-1] if taken else None
    dates = "; ".join(f"{m.date} ({_count(m.records)})" for m in taken)
    citations = search.source == "PubMed citations"
    started = ", ".join(last.studies) if last else ", ".join(search.studies)
    return (
        Item(1, "Database name", "" if citations else "PubMed (National Library of Medicine)"),
        Item(2, "Multi-database searching", "" if citations else "one database, searched on its own"),
        Item(5, "Citation searching", f"{_directions(search)} of PMID {started}, through PubMed" if citations else ""),
        Item(8, "Full search strategy", "" if citations else term(search)),
        Item(9, "Limits and restrictions", "; ".join(f"{x.limit} ({x.because})" for x in search.limits) or "none"),
        Item(10, "Search filters", "; ".join(f"{f.filter} ({f.citation})" for f in search.filters) or "none"),
        Item(11, "Prior work", search.adapted_from or ""),
        Item(12, "Updates", search.updates or (f"{len(taken) - 1} so far" if len(taken) > 1 else "")),
        Item(13, "Dates of searches", dates),
        Item(14, "Peer review", search.peer_review or ""),
        Item(15, "Total records", str(last.records) if last else ""),
    )


def paragraph(search: Search, taken: Sequence[Manifest]) -> str:
    """Write the paragraph. What the file does not say is said to be not reported, never left out."""
    if search.source == "PubMed citations":
        sentences = [_citations(search, taken)]
    else:
        sentences = [
            f"PubMed (National Library of Medicine) was searched through the E-utilities{_when(taken)}.",
            f"The strategy was designed by {search.by} ({search.date}) and is given in full below.",
            _restrictions(search),
            f"Prior work: {search.adapted_from.rstrip('.')}."
            if search.adapted_from
            else "It was not adapted from other work.",
            *(f"PubMed reported: {'; '.join(taken[-1].notes)}." for _ in taken[-1:] if taken[-1].notes),
        ]
    sentences += [
        f"Peer review of the strategy: {(search.peer_review or _MISSING).rstrip('.')}.",
        f"Updates: {(search.updates or _MISSING).rstrip('.')}.",
    ]
    text = " ".join(sentences)
    if search.source == "PubMed citations":
        return text + "\n"
    translated = (
        f"\nAs PubMed understood it:\n\n    {taken[-1].translation}\n" if taken and taken[-1].translation else ""
    )
    return f"{text}\n\nSearch strategy, PubMed:\n\n    {term(search)}\n{translated}"


def _when(taken: Sequence[Manifest]) -> str:
    if not taken:
        return ", but no snapshot has been taken yet"
    first, *later = taken
    again = "".join(f", again on {m.date} ({_count(m.records)})" for m in later)
    return f" on {first.date} ({_count(first.records)}){again}"


def _restrictions(search: Search) -> str:
    limits = "; ".join(f"{limit.limit} ({limit.because.rstrip('.')})" for limit in search.limits)
    filters = "; ".join(f"{f.filter} ({f.citation.rstrip('.')})" for f in search.filters)
    said = f"Limits: {limits}." if limits else "No limits were applied."
    return f"{said} Search filters: {filters}." if filters else f"{said} No search filter was used."


def _citations(search: Search, taken: Sequence[Manifest]) -> str:
    studies = taken[-1].studies if taken else search.studies
    start = f"{len(studies)} included studies" if len(studies) != 1 else "1 included study"
    listed = f" (PMID {', '.join(studies)})" if studies else ""
    return f"{_directions(search)} of {start}{listed} were taken from PubMed's links{_when(taken)}, by {search.by}."


def _directions(search: Search) -> str:
    words = {"cited by": "citing records", "cites": "cited references"}
    said = " and ".join(words[direction] for direction in search.directions)
    return said[0].upper() + said[1:]


def _count(records: int) -> str:
    return f"{records} record{'' if records == 1 else 's'}"
