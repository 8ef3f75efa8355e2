"""Pooled medians that assume nothing: the median of the studies' medians, plain or weighted, with a sign-test interval.

Plain: the sample quantiles (linear between order statistics) at 1/2 and 1/2 -+ z/(2 sqrt k). Weighted: the smallest
value at which the cumulated weight reaches 1/2, and 1/2 -+ z/(2 sqrt k); ``exact`` takes the binomial order
statistics instead, whose coverage is not the nominal one and is returned. McGrath 2019, doi 10.1002/sim.8013. Ranks
carry no variances: a study counts by its weight (patients), not by its precision.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri
from scipy.stats import binom

from evsynth.effects.measures.effect import MeasureError


class PooledMedian(NamedTuple):
    """A pooled median with its interval, and the coverage that the interval has."""

    estimate: float
    lower: float
    upper: float
    coverage: float
    k: int
    method: str


def median_of_medians(y: Sequence[float], *, level: float = 0.95) -> PooledMedian:
    """Return the median of medians. Raises MeasureError for fewer than two studies, or values that are not finite."""
    values, _ = _checked(y, [1.0] * len(y), level)
    reach = float(ndtri(0.5 + level / 2)) / (2 * math.sqrt(len(values)))
    ends = np.quantile(values, np.clip([0.5, 0.5 - reach, 0.5 + reach], 0.0, 1.0))
    return PooledMedian(float(ends[0]), float(ends[1]), float(ends[2]), level, len(values), "median of medians")


def weighted_median(
    y: Sequence[float], weights: Sequence[float], *, level: float = 0.95, exact: bool = False
) -> PooledMedian:
    """Return the weighted median of medians. Raises MeasureError as ``median_of_medians``, and for weights <= 0.

    ``exact`` needs at least six studies for an interval at 0.95: fewer have no order statistics that cover it.
    """
    values, shares = _checked(y, weights, level)
    k = len(values)
    order = np.argsort(values, kind="stable")
    values, reached = values[order], np.cumsum(shares[order]) / shares.sum()
    if exact:
        rank = int(binom.ppf((1 - level) / 2, k, 0.5))
        if rank == 0:
            raise MeasureError(f"{k} studies: no order statistics cover {level:g}")
        coverage = float(1 - 2 * binom.cdf(rank - 1, k, 0.5))
        low, high = rank / k, 1 - rank / k
    else:
        coverage, reach = level, float(ndtri(0.5 + level / 2)) / (2 * math.sqrt(k))
        low, high = 0.5 - reach, 0.5 + reach

    def at(share: float) -> float:
        return float(values[min(k - 1, int(np.searchsorted(reached, share - 1e-12, side="left")))])

    return PooledMedian(at(0.5), at(low), at(high), coverage, k, "weighted median of medians")


def _checked(
    y: Sequence[float], weights: Sequence[float], level: float
) -> tuple[np.ndarray[tuple[int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    if len(y) != len(weights):
        raise MeasureError(f"y has {len(y)} values but weights has {len(weights)}")
    if len(y) < 2:
        raise MeasureError(f"{len(y)} studies given; a pooled median needs at least 2")
    if not 0 < level < 1:
        raise MeasureError(f"level = {level!r} must lie in (0, 1)")
    for place, (value, weight) in enumerate(zip(y, weights, strict=True), start=1):
        if not math.isfinite(value):
            raise MeasureError(f"study {place}: median {value!r} is not a finite number")
        if not (math.isfinite(weight) and weight > 0):
            raise MeasureError(f"study {place}: weight {weight!r} must be a finite number > 0")
    return np.array(y, dtype=np.float64), np.array(weights, dtype=np.float64)
