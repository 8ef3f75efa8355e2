"""Ratios (hazard, odds, risk) with their interval and P on the log scale, and ratios of 2 x 2 tables.

    SE = (ln U - ln L)/(2 z),   Z = ln ratio/SE,   P = 2 (1 - Phi(|Z|)),   ratio = sqrt(L U)

Altman & Bland 2011, doi 10.1136/bmj.d2090 and d2304; Parmar 1998. The square root holds for Wald intervals; an exact or
profile interval need not be symmetric, so an asymmetry is discrepant only for intervals that are Wald by their method.
`two_by_two` gives back the tables that an odds ratio and its margins allow (Di Pietrantonj 2006, doi 10.1002/sim.2287).
Refuses (ValueError) limits of zero or below.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.spans import Span, falling, over


class Cells(NamedTuple):
    """Events and others of two groups."""

    events_1: int
    others_1: int
    events_2: int
    others_2: int


def log_standard_error(lower: Span, upper: Span, level: float = 0.95) -> Span:
    """Give the standard errors of the log ratio that an interval allows."""
    _positive(lower, upper)
    if upper.high <= lower.low:
        raise ValueError(f"the upper limit {upper} does not lie above the lower limit {lower}")
    z = normal_size(1 - level)
    return Span(
        max(0.0, math.log(upper.low) - math.log(lower.high)) / (2 * z),
        (math.log(upper.high) - math.log(lower.low)) / (2 * z),
    )


def ratio_from_interval(lower: Span, upper: Span) -> Span:
    """Give the ratios in the geometric middle of an interval."""
    _positive(lower, upper)
    return Span(math.sqrt(lower.low * upper.low), math.sqrt(lower.high * upper.high))


def p_from_interval(ratio: Span, lower: Span, upper: Span, level: float = 0.95) -> Span:
    """Give the Wald P values that a ratio and its interval allow."""
    _positive(ratio)
    se = log_standard_error(lower, upper, level)
    size = Span(math.log(ratio.low), math.log(ratio.high)).absolute()
    if se.low <= 0:
        return Span(0.0, 1.0)
    return falling(normal_two_sided, Span(size.low / se.high, size.high / se.low))


def log_error_from_p(ratio: Span, p: Span) -> Span | None:
    """Give the standard errors that a ratio and an exact P allow; None for a bound of P or a P that may be 0 or 1."""
    _positive(ratio)
    if p.low <= 0 or p.high >= 1:
        return None
    size = Span(math.log(ratio.low), math.log(ratio.high)).absolute()
    return over(lambda logarithm, value: logarithm / normal_size(value), size, p)


def odds_ratio(cells: Cells) -> float | None:
    """Give the odds ratio of a table, or None where a cell makes it zero or infinite."""
    return None if 0 in cells else cells.events_1 * cells.others_2 / (cells.others_1 * cells.events_2)


def risk_ratio(cells: Cells) -> float | None:
    """Give the risk ratio of a table, or None without events in a group."""
    if not cells.events_1 or not cells.events_2:
        return None
    first, second = cells.events_1 + cells.others_1, cells.events_2 + cells.others_2
    return (cells.events_1 / first) / (cells.events_2 / second)


def two_by_two(ratio: Span, n1: int, n2: int, events: int) -> tuple[Cells, ...]:
    """Give every table with the margins n1, n2 and `events` whose odds ratio lies in `ratio`."""
    tables = (Cells(a, n1 - a, events - a, n2 - events + a) for a in range(max(0, events - n2), min(n1, events) + 1))
    return tuple(c for c in tables if (value := odds_ratio(c)) is not None and ratio.low <= value <= ratio.high)


def _positive(*spans: Span) -> None:
    for values in spans:
        if values.low <= 0:
            raise ValueError(f"a ratio and its limits must be above zero, however rounded: {values}")
