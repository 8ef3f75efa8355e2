"""A median told in the text against a table of its bands, "<40 14, 40-49 25, 50-59 48": it lies where the middle is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.bands import Band, runs
from evsynth.checks.scanned.tabled.cells import content
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Role, Row, Table
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body")
_MEDIAN = Expression(
    r"\bmedian\s(?P<name>[a-z][a-z -]{2,40}?)(?:\s(?:of|in|for|at|among)\s[^.;()]{2,60}?)?\s?(?:was|were|is|:|=|,|\()"
    r"\s?(?P<v>\d{1,4}(?:\.\d+)?)(?![\d/]|[.,]\d|\s?%)", re.I,
)  # fmt: skip
_GROUPS = Expression(r"\b(?:group|arm|versus|vs|respectively|men|women|cases|controls)\b", re.I)


def median_in_bands(reading: Reading) -> Iterator[Finding]:
    """Find medians outside the band with the middle patient, for tables of one column of patients."""
    tables = [(t, r) for t in reading.document.tables if len(t.columns) in (2, 3) for r in runs(t)]
    for line in lines(reading, _ROLES) if tables else ():
        match = _MEDIAN.search(line.words) if "edian" in line.words else None
        if match is None or _GROUPS.search(line.words):
            continue
        for table, run in tables:
            words = (
                f"{table.caption.text if table.caption else ''} {table.columns[0].label} {run[0][0].label.text}".lower()
            )
            if match["name"].split()[0].lower() in words:
                yield from _judged(reading, table, run, match, line.start)


def _judged(
    reading: Reading, table: Table, run: list[tuple[Row, Band]], match: re.Match[str], start: int
) -> Iterator[Finding]:
    ordered = sorted(run, key=lambda pair: pair[1].low)
    cells = [content(reading, table.cell(row.index, 1)) for row, _ in ordered]
    if len(cells) < 3 or any(not c.numbers or c.numbers[0].printed.decimals for c in cells):
        return
    counts, told = [c.numbers[0].value for c in cells], Printed.parse(match["v"])
    value, half = float(told), sum(counts) / 2
    k = next(i for i in range(len(counts)) if sum(counts[: i + 1]) >= half)
    reached = sum(counts[: k + 1])
    own = ordered[k][1]
    high = ordered[k + 1][1].low if k + 1 < len(ordered) else own.high
    slack = 1.0 if abs(reached - half) > 1 else max(1.0, high - own.low)
    if own.low - slack <= value <= high + slack:
        return
    spot = start + match.start("v"), start + match.end("v")
    yield reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"median {match['v']} is inconsistent with the table: the middle of its {sum(counts):g} lies in "
        f"'{ordered[k][0].label.text}'",
        "the sentence may be about other patients; otherwise one of the numbers is misprinted",
        quotes=(spot, (ordered[k][0].label.start, cells[k].numbers[-1].end)),
    )  # fmt: skip


__all__ = ["CODES", "median_in_bands"]
