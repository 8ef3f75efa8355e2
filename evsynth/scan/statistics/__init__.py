"""The statistics of a document: every finder in its turn, each number in one result, each result with its place."""

from __future__ import annotations

from functools import lru_cache

from evsynth.scan.document import Document
from evsynth.scan.reasons import reasons
from evsynth.scan.statistics.candidate import Candidate, Claims
from evsynth.scan.statistics.cells import cells, usage
from evsynth.scan.statistics.counts import counts, none_of
from evsynth.scan.statistics.estimates import estimates
from evsynth.scan.statistics.leftovers import leftovers
from evsynth.scan.statistics.p_values import p_values
from evsynth.scan.statistics.reported import Reported, Spot
from evsynth.scan.statistics.settings import settings
from evsynth.scan.statistics.spreads import spreads
from evsynth.scan.statistics.surroundings import described

_SKIPPED = frozenset({"references", "front matter", "back matter", "field", "registration", "title"})
"""Sections whose numbers are no results: they are not searched."""

_NEVER = frozenset(
    {
        "number of a table, figure or section", "number of a heading", "identifier or address", "part of a name",
        "version of software", "year of a citation", "number of a reference", "raised reference mark",
        "percentiles that a range or box stands for", "number of a page", "grade, stage or time named by its number",
    }
)  # fmt: skip
"""Classes of numbers that no finder may take for a result: their digits are masked."""


@lru_cache(maxsize=16)
def statistics(document: Document) -> tuple[Reported, ...]:
    """Find the statistics of a document, in the order they are printed."""
    said = usage(document.prose)
    found = [c for number, table in enumerate(document.tables) for c in cells(table, number, said)]
    searched = _searched(document)
    claims = Claims()
    prose = [
        candidate
        for finder in (estimates, p_values, spreads, counts, settings, none_of)
        for candidate in claims.free(finder(searched))
    ]
    prose += claims.free(leftovers(searched, document))
    found += described(sorted(prose, key=lambda c: c.start), document)
    return tuple(_reported(c, document) for c in sorted(found, key=lambda c: (c.start, c.end)))


def _searched(document: Document) -> str:
    """Give the running text with the sections that hold no results blanked."""
    text = document.prose
    for section in document.sections:
        if section.role in _SKIPPED:
            blank = "".join(c if c == "\n" else " " for c in text[section.start : section.end])
            text = text[: section.start] + blank + text[section.end :]
    for legend in document.legends:
        text = text[: legend.start] + document.prose[legend.start : legend.end] + text[legend.end :]
    letters = list(text)
    for reason in reasons(document):
        if reason.because in _NEVER:
            for i in range(reason.start, reason.end):
                letters[i] = "x" if letters[i] in "0123456789" else letters[i]
    return "".join(letters)


def _reported(candidate: Candidate, document: Document) -> Reported:
    section = document.section_at(candidate.start).index
    if candidate.table >= 0:
        row = candidate.row if candidate.row >= 0 else None
        spot = Spot("table", section, candidate.table, row, candidate.column)
    else:
        legend = document.legend_at(candidate.start)
        sentence = document.sentence_at(candidate.start)
        table = document.table_at(candidate.start)
        spot = Spot(
            document.role_at(candidate.start), section, table.index if table else None, None, None,
            sentence.index if sentence else None, legend.index if legend else None,
        )  # fmt: skip
    start, end = candidate.start, candidate.end
    return Reported(
        candidate.sort, candidate.figures, start, end, document.text[start:end], spot,
        candidate.measure, candidate.label, candidate.variable, candidate.group, candidate.at,
    )  # fmt: skip


__all__ = ["Reported", "Spot", "statistics"]
