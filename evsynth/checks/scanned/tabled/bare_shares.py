"""Cells of a count and a bare percentage, "94 (27.3)", under one heading: the one that is of another number."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from evsynth.checks.scanned.facts.proportions import prints
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Content, body, content, is_limits, is_p
from evsynth.model.finding import Finding
from evsynth.reanalyse.counting import last_digit

CODES = ("COUNT_PERCENT",)

LEAST = 5
"""Least number of cells under one heading; all but one must be shares of their columns."""


def bare_shares(reading: Reading) -> Iterator[Finding]:
    """Check nested rows whose heading prints a mean, so that their shares look like means with their spread."""
    for table in reading.document.tables:
        columns = [c for c in table.columns[1:] if c.n is not None and not is_p(c) and not is_limits(c)]
        nested = [r for r in body(table) if r.parent is not None]
        if len(columns) < 2 or not nested:
            continue
        for _, group in groupby(nested, key=lambda r: r.parent):
            cells = [(content(reading, table.cell(r.index, c.index)), c) for r in group for c in columns]
            if len(cells) < LEAST or any(not _share(cell) for cell, _ in cells):
                continue
            wrong = [
                (cell, int(c.n.printed.value)) for cell, c in cells if c.n is not None
                and not prints(int(cell.numbers[0].value), int(c.n.printed.value), cell.numbers[1].printed)
            ]  # fmt: skip
            if len(wrong) != 1:
                continue
            cell, of = wrong[0]
            count, percent = cell.numbers
            cut = last_digit(percent.printed, int(count.value), of) if count.value <= of else ""
            yield reading.finding(
                "COUNT_PERCENT", "note" if cut else "inconsistent",
                f"{count.printed} ({percent.printed}) is inconsistent with {count.printed} of {of}, which is "
                f"{100 * count.value / of:.1f}%; the other rows under the heading are shares of their columns"
                + (f"; {cut}" if cut else ""),
                "a result may be missing in some patients; otherwise a digit is misprinted",
                quotes=((count.start, percent.end),), computed=(("percent", f"{100 * count.value / of:.4f}"),),
            )  # fmt: skip


def _share(cell: Content) -> bool:
    if cell.shape not in ("#(#)", "#(#%)"):
        return False
    count, percent = cell.numbers
    return not count.printed.decimals and not count.printed.bound and percent.value <= 100
