"""Intervals for one proportion:

Clopper-Pearson, Wilson, and one-sided exact bounds (the answer when nobody had the event).

    Clopper-Pearson   Beta quantiles, never too narrow    Clopper & Pearson 1934, doi 10.1093/biomet/26.4.404
    Wilson            inversion of the score test         Wilson 1927, doi 10.1080/01621459.1927.10502953

Scale: proportions in [0, 1]. With 0 of n the one-sided upper bound is ``1 - (1 - level)^(1/n)``.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from scipy.stats import beta, norm

from evsynth.pooling.guard import check_counts, check_level


class ProportionInterval(NamedTuple):
    """An interval for ``events/total``. ``sides`` is 1 for a one-sided bound, whose other end is 0 or 1."""

    method: Literal["Clopper-Pearson", "Wilson", "Wilson, corrected", "Agresti-Coull", "normal", "normal, corrected"]
    events: int
    total: int
    proportion: float
    lower: float
    upper: float
    level: float
    sides: Literal[1, 2]


def clopper_pearson(events: int, total: int, *, level: float) -> ProportionInterval:
    """Return the two-sided exact interval (tails of equal probability). Raises InputError.

    >>> [round(100 * bound, 1) for bound in clopper_pearson(0, 24, level=0.95)[4:6]]
    [0.0, 14.2]
    """
    x, n = _counts(events, total)
    tail = (1.0 - check_level(level)) / 2
    return ProportionInterval(
        "Clopper-Pearson", x, n, x / n, _exact_lower(x, n, tail), _exact_upper(x, n, tail), level, 2
    )


def upper_bound(events: int, total: int, *, level: float) -> ProportionInterval:
    """Return the one-sided exact upper bound at ``level``. Raises InputError.

    >>> round(100 * upper_bound(0, 24, level=0.95).upper, 1)
    11.7
    """
    x, n = _counts(events, total)
    tail = 1.0 - check_level(level)
    return ProportionInterval("Clopper-Pearson", x, n, x / n, 0.0, _exact_upper(x, n, tail), level, 1)


def lower_bound(events: int, total: int, *, level: float) -> ProportionInterval:
    """Return the one-sided exact lower bound at ``level``. Raises InputError."""
    x, n = _counts(events, total)
    tail = 1.0 - check_level(level)
    return ProportionInterval("Clopper-Pearson", x, n, x / n, _exact_lower(x, n, tail), 1.0, level, 1)


def wilson(events: int, total: int, *, level: float) -> ProportionInterval:
    """Return the Wilson score interval, without continuity correction. Raises InputError."""
    x, n = _counts(events, total)
    z = float(norm.isf((1.0 - check_level(level)) / 2))
    centre = (x + z * z / 2) / (n + z * z)
    half = z * math.sqrt(x * (n - x) / n + z * z / 4) / (n + z * z)
    lower = 0.0 if x == 0 else centre - half
    upper = 1.0 if x == n else centre + half
    return ProportionInterval("Wilson", x, n, x / n, lower, upper, level, 2)


def _counts(events: int, total: int) -> tuple[int, int]:
    counts = check_counts([events], [total])
    return int(counts.events[0]), int(counts.totals[0])


def _exact_lower(x: int, n: int, tail: float) -> float:
    return 0.0 if x == 0 else float(beta.ppf(tail, x, n - x + 1))


def _exact_upper(x: int, n: int, tail: float) -> float:
    if x == n:
        return 1.0
    return -math.expm1(math.log(tail) / n) if x == 0 else float(beta.isf(tail, x + 1, n - x))
