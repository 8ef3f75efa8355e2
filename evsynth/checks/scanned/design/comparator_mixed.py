"""One group had one treatment, the other several, and the counts of these are more than its patients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("COMPARATOR_MIXED",)

_COUNT = Expression(r"(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?: ?\((?P<percent>\d+(?:\.\d+)?) ?%?\))?")
LEAST = 3
"""Fewer other treatments may be a step after the first."""


class _Treatment(NamedTuple):
    counts: tuple[int, int]
    percents: tuple[float | None, float | None]
    spots: tuple[Spot, Spot]


def comparator_mixed(reading: Reading) -> Iterator[Finding]:
    """Find a table of two groups in which all of one had a treatment that none of the other had, and the other had
    treatments that none of the first had, with counts that together exceed its size.

    A concern: some of the comparators had two treatments at once, or one after the other. Left alone: fewer than three
    such treatments, and groups whose size is not in the head of the table.
    """
    for table in reading.document.tables:
        groups = [i for i, c in enumerate(table.columns) if i and c.n is not None and c.statistic is None]
        if len(groups) != 2:
            continue
        sizes = tuple(int(c.n.printed.value) for i in groups if (c := table.columns[i]).n is not None)
        told = list(_treatments(table, groups))
        for own, other in ((0, 1), (1, 0)):
            single = [t for t in told if t.percents[own] == 100 and t.counts[other] == 0]
            rest = [t for t in told if t.counts[own] == 0 and t.counts[other] > 0 and t.percents[other] is not None]
            total = sum(t.counts[other] for t in rest)
            if single and len(rest) >= LEAST and total > sizes[other]:
                yield reading.finding(
                    "COMPARATOR_MIXED", "concern",
                    f"{total} treatments in {sizes[other]} patients: at least {total - sizes[other]} treatments of the "
                        "comparators were given beside another or after it",
                    "it may be what is usual there; a difference then is one from a mixture, and cannot be ascribed to "
                    "one comparator",
                    quotes=(*(t.spots[other] for t in rest), single[0].spots[own]),
                    computed=(("treatments", str(total)), ("patients", str(sizes[other]))),
                )  # fmt: skip
                break


def _treatments(table: Table, groups: list[int]) -> Iterator[_Treatment]:
    for row in table.rows:
        found = [_COUNT.fullmatch(row.cells[i].text.strip()) if i < len(row.cells) else None for i in groups]
        one, two = found
        if one is None or two is None:
            continue
        counts = (int(one["n"].replace(",", "")), int(two["n"].replace(",", "")))
        percents = tuple(float(m["percent"]) if m["percent"] else None for m in (one, two))
        spots = tuple((row.cells[i].start, row.cells[i].end) for i in groups)
        yield _Treatment(counts, (percents[0], percents[1]), (spots[0], spots[1]))
