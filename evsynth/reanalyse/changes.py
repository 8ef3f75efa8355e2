"""Changes within a group: what two visits' summaries say about the change, and what they do not.

    mean change = mean after - mean before                            same patients at both visits
    SD of change^2 = s1^2 + s2^2 - 2 r s1 s2                          r is not printed: a grid
    change of medians = median after - median before                  not the median of the changes

Handbook of Cochrane 6.5.2.8; the grid 0.5, 0.7, 0.8, 0.9 with its range, never one hidden default (D4 of the methods).
Refuses (ValueError) standard deviations below zero and an r outside -1 to 1.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from evsynth.reanalyse.spans import Span

GRID = (0.5, 0.7, 0.8, 0.9)


class ChangeSpread(NamedTuple):
    """The standard deviation of the change and the standard error of the mean change for one correlation."""

    r: float
    sd: float
    se: float


def difference(after: Span, before: Span) -> Span:
    """Give after minus before.

    >>> difference(Span(14.5, 15.5), Span(17.5, 18.5))
    Span(low=-4.0, high=-2.0)
    """
    return Span(after.low - before.high, after.high - before.low)


def change_grid(
    sd_before: float, sd_after: float, patients: int, grid: tuple[float, ...] = GRID
) -> tuple[ChangeSpread, ...]:
    """Give the spread of the change for every correlation of the grid.

    >>> [round(c.se, 2) for c in change_grid(18, 19, 30)]
    [3.38, 2.62, 2.14, 1.52]
    """
    if sd_before < 0 or sd_after < 0:
        raise ValueError(f"a standard deviation cannot be negative: {sd_before!r}, {sd_after!r}")
    found = []
    for r in grid:
        if not -1 <= r <= 1:
            raise ValueError(f"a correlation lies between -1 and 1, not {r!r}")
        variance = sd_before**2 + sd_after**2 - 2 * r * sd_before * sd_after
        sd = math.sqrt(max(0.0, variance))
        found.append(ChangeSpread(r, sd, sd / math.sqrt(patients)))
    return tuple(found)


def correlation_of_visits(sd_before: Span, sd_after: Span, sd_change: Span) -> Span | None:
    """Give the correlations of the two visits that three standard deviations allow; None where none does."""
    ends = [
        (a * a + b * b - c * c) / (2 * a * b) for a in sd_before for b in sd_after for c in sd_change if a > 0 and b > 0
    ]
    return Span(min(ends), max(ends)).within(-1.0, 1.0) if ends else None


def percent_reduction(before: Span, after: Span) -> Span:
    """Give the reductions in percent between two centres."""
    if before.low <= 0:
        raise ValueError(f"a reduction in percent needs a first value above zero, not {before}")
    ends = [100 * (1 - a / b) for a in after for b in before]
    return Span(min(ends), max(ends))
