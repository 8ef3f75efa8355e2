"""Intervals of one proportion and of the difference of two, from their counts.

    one (Wilson 1927, doi 10.1080/01621459.1927.10502953):
        centre = (p + z²/2n)/(1 + z²/n),   half width = z √(p(1-p)/n + z²/4n²)/(1 + z²/n)
    two (Newcombe 1998, method 10, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I):
        d = p1 - p2,   low = d - √((p1-l1)² + (u2-p2)²),   high = d + √((u1-p1)² + (p2-l2)²)

Proportions and differences are fractions. Both refuse (ValueError) a count outside 0 to its total, and a total below 1.
"""

from __future__ import annotations

import math

from evsynth.reanalyse.spans import Span

Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""


def one_proportion(events: int, total: int, z: float = Z) -> Span:
    """Give Wilson's interval of a proportion; `z` is the normal quantile of its level.

    >>> low, high = one_proportion(81, 263)
    >>> round(low, 4), round(high, 4)
    (0.2553, 0.3662)
    """
    if total < 1 or not 0 <= events <= total:
        raise ValueError(f"{events} of {total} is no proportion")
    p, square = events / total, z * z / total
    centre, half = p + square / 2, z * math.sqrt(p * (1 - p) / total + square / (4 * total))
    return Span(max(0.0, (centre - half) / (1 + square)), min(1.0, (centre + half) / (1 + square)))


def two_proportions(events: int, total: int, other_events: int, other_total: int, z: float = Z) -> Span:
    """Give Newcombe's interval of the first proportion minus the second.

    >>> low, high = two_proportions(56, 70, 48, 80)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    one, two = one_proportion(events, total, z), one_proportion(other_events, other_total, z)
    p, q = events / total, other_events / other_total
    low = p - q - math.hypot(p - one.low, two.high - q)
    return Span(low, p - q + math.hypot(one.high - p, q - two.low))
