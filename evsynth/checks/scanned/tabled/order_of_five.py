"""Cells with median, quartiles and range whose five numbers are not in order: "5 (2-8) [3-21]"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.five_numbers import five_numbers
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding

CODES = ("OUT_OF_ORDER",)

_NAMES = ("the minimum", "the lower quartile", "the median", "the upper quartile", "the maximum")


def order_of_five(reading: Reading) -> Iterator[Finding]:
    """Check the order of the five, where the rest of the cells of the table keep to it."""
    cells = list(five_numbers(reading))
    wrong = [c for c in cells if any(a.value > b.value for a, b in pairwise(c.ordered))]
    if len(wrong) * 2 > len(cells):
        return  # the label may mean something else
    for cell in wrong:
        i = next(i for i, (a, b) in enumerate(pairwise(cell.ordered)) if a.value > b.value)
        one, two = cell.ordered[i], cell.ordered[i + 1]
        yield reading.finding(
            "OUT_OF_ORDER", "error",
            f"{cell.row.stem or cell.row.label.text}: {_NAMES[i]} {one.printed} lies above {_NAMES[i + 1]} "
            f"{two.printed}",
            "a digit may have been lost, or one of the numbers belongs to another cell",
            quotes=((min(one.start, two.start), max(one.end, two.end)),),
        )  # fmt: skip
