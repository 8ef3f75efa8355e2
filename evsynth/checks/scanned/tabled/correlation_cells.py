"""Coefficients of correlation in tables with their P in brackets: "-0.12 (0.006)", for one number of patients.

A table in which most coefficients have the P of one number of patients (told in it, or that of the study) shows that
number; the others are then compared with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.numbers.p_of_counts import distance, least
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.correlation import correlation_p, normal_p
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("P_OF_CORRELATION",)

_CORRELATION = Expression(r"correlat|spearman|pearson|kendall|\brho\b|ρ|coefficient", re.I)
_P = Expression(
    r"\(\s?p(?:[- ]?values?)?\s?\)|\bp(?:[- ]values?)? in (?:brackets|parenthes)|r, p|, p\b|\(p\s?[=<]", re.I
)
_N = Expression(r"\b[nN]\s?=\s?(\d{1,5})\b")
_PARTIAL = Expression(r"partial|adjusted|kendall|bonferroni|corrected", re.I)
NEAR = 0.2
"""Least distance in Z from the P of the number of patients."""
LEAST = 3
"""Coefficients that must have the P of the number of patients before another is held against it."""


class Cell(NamedTuple):
    """A coefficient with its P and the name of its row."""

    name: str
    rho: Number
    p: Number


def correlation_cells(reading: Reading) -> Iterator[Finding]:
    """Compare P and coefficient in each cell of a table of correlations."""
    total = study_size(reading)
    for table in reading.document.tables:
        words = words_of(table)
        if not _CORRELATION.search(words) or not _P.search(words) or _PARTIAL.search(words):
            continue
        told = {int(n) for n in _N.findall(words)}
        cells = list(_cells(reading, table))
        for n in sorted(told) or ([total] if total else []):
            wrong = [c for c in cells if not _fits(c, n)]
            if n > 3 and len(cells) - len(wrong) >= max(LEAST, 2 * len(wrong)):
                yield from (_finding(reading, c, n) for c in wrong)
                break


def _cells(reading: Reading, table: Table) -> Iterator[Cell]:
    for row in body(table):
        for cell in row.cells[1:]:
            made = content(reading, cell)
            if re.fullmatch(r"#[*†‡]*[(\[](?:p?[=<>]?)?#[)\]]", made.shape, re.I):
                rho, p = made.numbers
                if abs(rho.value) < 1 and rho.printed.decimals and 0 <= p.value <= 1 and not rho.printed.bound:
                    yield Cell(row.stem or row.label.text, rho, p)


def _fits(cell: Cell, n: int) -> bool:
    values = span(cell.rho.printed)
    spans = (correlation_p(values, n), normal_p(values, n))
    if any(meets(cell.p.printed, s) for s in spans) or (least(cell.p.printed) and spans[0].low < cell.p.value):
        return True
    return distance(cell.p.printed, {str(i): x for i, x in enumerate((*spans[0], *spans[1]))}) < NEAR


def _finding(reading: Reading, cell: Cell, n: int) -> Finding:
    made = correlation_p(span(cell.rho.printed), n)
    return reading.finding(
        "P_OF_CORRELATION", "inconsistent",
        f"{cell.name}: P {cell.p.printed} is inconsistent with a correlation of {cell.rho.printed} in {n} patients, "
        f"which gives {made}; most others of the table fit",
        "fewer patients may explain it; otherwise one of both is misprinted",
        quotes=((cell.rho.start, cell.p.end),), computed=(("t of the coefficient", str(made)),),
    )  # fmt: skip
