"""The years of the studies that a review pools, "trials published from 2006 to 2016", against their names in tables.

A row "Farrow 2018" was published after the years told. Read are the labels of rows that end with a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_YEARS = Expression(
    r"\b(?:trials|studies|reports|articles|papers|cohorts|publications|RCTs|all|they|which|were)\b[^.;\d]{0,60}?"
    r"\b(?:published|reported|appeared|dated?|printed|publication years?)\b[^.;\d]{0,25}"
    r"(?P<a>(?:19|20)\d\d)\s?(?:-|to|and|until|through)\s?(?P<b>(?:19|20)\d\d)(?!\d)", re.I,
)  # fmt: skip
_NOT = Expression(
    r"\b(?:search\w*|were (?:not )?eligible|eligible|limited|restricted|considered|sought|half|most|of them)\b", re.I
)
_ROW = Expression(
    r"^[A-Z][\w'’-]+(?:\s(?:[A-Z]{1,3}|et al\.?,?|and|&|[A-Z][\w'’-]+),?){0,4},?\s\(?((?:19|20)\d\d)[a-d]?\)?$"
)
LEAST = 3
"""Least number of rows that are named by author and year."""


def trials_published(reading: Reading) -> Iterator[Finding]:
    """Find a row of a table whose year lies outside the years in which all studies are said to be published.

    Left alone: years of searches and of what was eligible; tables in which fewer than two thirds of the years fit.
    """
    told = [
        (line, m) for line in lines(reading, ("abstract", "results", "body")) for m in _YEARS.finditer(line.words)
        if not _NOT.search(line.words[: m.end()])
    ]  # fmt: skip
    if len({(m["a"], m["b"]) for _, m in told}) != 1:
        return
    line, match = told[0]
    first, last = int(match["a"]), int(match["b"])
    for table in reading.document.tables:
        rows = [(row, int(m[1])) for row in table.rows if (m := _ROW.match(row.label.text.strip())) is not None]
        odd = [(row, year) for row, year in rows if not first <= year <= last]
        if len(rows) < LEAST or not odd or 3 * len(odd) > len(rows):
            continue
        for row, year in odd:
            yield _finding(reading, line, match, year, row.label.text.strip(), (row.label.start, row.label.end))


def _finding(reading: Reading, line: Line, match: re.Match[str], year: int, name: str, spot: Spot) -> Finding:
    return reading.finding(
        "DATES", "inconsistent",
        f"{name} is inconsistent with studies published from {match['a']} to {match['b']}: {year} lies outside",
        "the row may be of a study that is not counted; otherwise a digit is misprinted",
        quotes=(line.piece(match), spot),
    )  # fmt: skip
