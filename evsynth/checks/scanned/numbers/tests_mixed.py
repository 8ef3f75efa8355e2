"""Rows of small counts in one table: some P values come from Fisher's exact test, others from chi-square."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import Line, table_lines
from evsynth.checks.scanned.numbers.methods_said import another_p, weighted
from evsynth.checks.scanned.numbers.p_of_counts import Counted, agrees, counted
from evsynth.checks.scanned.prose import says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.tables import FISHER, PEARSON, smallest_expected, table_tests
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("TESTS_MIXED",)

_FISHER = Expression(r"\bfisher", re.I)

SMALL = 5.0
"""Least expected count below which Fisher's test is usual (Cochran 1954, doi 10.2307/3001616)."""


class Tested(NamedTuple):
    """A row with a small expected count, its P, and whether Fisher's test gives it (else Pearson's chi-square does)."""

    row: Counted
    p: Figure
    exact: bool
    tried: dict[str, float]


def tests_mixed(reading: Reading) -> Iterator[Finding]:
    """Find rows with an expected count below 5 that were tested by chi-square, where Fisher's test was in use.

    Once for a table. Only rows of two groups whose P one of the two tests gives and the other does not are counted;
    some must be of chi-square, and others of Fisher's test, or the methods name it. Left alone: P values of other
    tests, weighted tables.
    """
    named = says(reading, _FISHER, ("abstract", "methods", "body"))
    for table in reading.document.tables:
        if weighted(table):
            continue
        rows = [t for line in table_lines(reading) if line.table == table for t in _tested(reading, line)]
        exact, other = ([t for t in rows if t.exact is kind] for kind in (True, False))
        if other and (exact or named):
            shown = (*exact[:2], *other)
            beside = f"that of {_names(exact)} is Fisher's" if exact else "the methods name Fisher's exact test"
            yield reading.finding(
                "TESTS_MIXED", "concern",
                f"{_names(other)}: P is that of a chi-square test, though an expected count is below 5; {beside}",
                "the test may have been chosen row by row by another rule; with small expected counts the exact test "
                "is usual for all",
                quotes=tuple(spot for t in shown for spot in (t.row.quote, (t.p.start, t.p.end))),
                computed=tuple((f"{t.row.line.name}, {n}", f"{p:.4g}") for t in shown for n, p in t.tried.items()),
            )  # fmt: skip


def _tested(reading: Reading, line: Line) -> Iterator[Tested]:
    p = line.p.figure("p") if line.p is not None else None
    if p is None or line.p is None or p.printed.bound or line.marked:
        return
    if another_p(line.table, line.p.spot.column, f"{line.label} {line.p.text}"):
        return
    row = counted(reading, line)
    if row is None or len(row.counts) != 2 or smallest_expected(_counts(row)) >= SMALL:
        return
    given = table_tests(_counts(row))
    if PEARSON in given and FISHER in given:
        exact, other = (agrees(p.printed, {name: given[name]}) for name in (FISHER, PEARSON))
        if exact is not other:
            yield Tested(row, p, exact, {name: given[name] for name in (FISHER, PEARSON)})


def _counts(row: Counted) -> list[tuple[int, ...]]:
    return [row.counts, tuple(n - k for n, k in zip(row.sizes, row.counts, strict=True))]


def _names(rows: list[Tested]) -> str:
    return ", ".join(t.row.line.name for t in rows)
