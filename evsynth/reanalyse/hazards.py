"""A hazard ratio from the log-rank test: an approximation, shown beside the printed ratio and never deciding.

    V = E n1 n2/(n1 + n2)^2  or, with events by group,  V = E1 E2/(E1 + E2);    ln HR = ± Z/sqrt(V),  Z = z(P/2)

Tierney 2007, doi 10.1186/1745-6215-8-16 (methods 7 to 9); Parmar 1998. An adjusted or weighted ratio answers another
question than the log-rank test. Refuses (ValueError) bounds of P and totals without events; the direction is not in P.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.spans import Span


class LogRankHazard(NamedTuple):
    """Hazard ratio below 1 (its inverse is the other direction), with the variance of its logarithm."""

    ratio: float
    span: Span
    variance: float


def log_rank_variance(events: int, n1: int, n2: int, by_group: tuple[int, int] | None = None) -> float:
    """Give V, the variance of the log-rank observed minus expected."""
    if events < 1 or n1 < 1 or n2 < 1:
        raise ValueError(f"events and patients of both groups are needed, not {events!r}, {n1!r}, {n2!r}")
    if by_group is not None and all(by_group):
        return by_group[0] * by_group[1] / sum(by_group)
    return events * n1 * n2 / (n1 + n2) ** 2


def hazard_from_log_rank(p: Span, value: float, variance: float) -> LogRankHazard:
    """Give the hazard ratio below 1 that a log-rank P allows."""
    if p.low <= 0 or p.high >= 1:
        raise ValueError(f"a hazard ratio needs an exact P between 0 and 1, not {p}")
    ends = [math.exp(-normal_size(q) / math.sqrt(variance)) for q in p]
    point = math.exp(-normal_size(value) / math.sqrt(variance))
    return LogRankHazard(point, Span(min(ends), max(ends)), 1 / variance)


def log_rank_p(ratio: Span, variance: float) -> Span:
    """Give the log-rank P values a hazard ratio and V allow."""
    sizes = Span(math.log(ratio.low), math.log(ratio.high)).absolute()
    return Span(*(normal_two_sided(size * math.sqrt(variance)) for size in (sizes.high, sizes.low)))
