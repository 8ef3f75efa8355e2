"""Medians as effects: estimate and sampling variance of one median, of a difference, and of median survival times.

- From a fitted distribution: ``quantile_estimation`` (McGrath 2020, doi 10.1002/bimj.201900036).
- From the order statistics at the quartiles (confidence-distribution method; Ozturk & Balakrishnan 2020,
  doi 10.1002/sim.8738): ``v = n (q3 - q1)^2 / (4 (r3 - r1)^2)``, r the ranks round(n/4), round(3n/4) (halves to even).
- From a printed interval of a median survival time (censored data, so never from five numbers; McGrath 2025,
  arXiv:2503.03065): ``se = (upper - lower)/(2 z)``; log ratio by the delta method, ``v = v1/m1^2 + v2/m2^2``.
- From a printed mean and sd: mean, sd^2/n.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from scipy.special import ndtri

from evsynth.effects.measures.effect import MeasuredEffect, MeasureError
from evsynth.effects.medians.five_numbers import FiveNumbers
from evsynth.effects.medians.quantile_estimation import quantile_estimation


class SurvivalMedian(NamedTuple):
    """A median survival time with the interval printed for it, at ``level`` (a fraction)."""

    median: float
    lower: float
    upper: float
    level: float


def median_from_fit(numbers: FiveNumbers) -> MeasuredEffect:
    """Return the printed median with the variance of the nearest fitted distribution."""
    found = quantile_estimation(numbers)
    formula = f"median; v = 1/(4 n f(median)^2), f {found.selected} fitted to {numbers.scenario}"
    return MeasuredEffect(numbers.median, found.median_variance, "natural", formula, ("MEDIAN: pooled as a median",))


def median_from_ranks(numbers: FiveNumbers) -> MeasuredEffect:
    """Return the printed median with a variance from the spacing of the quartiles. Raises MeasureError without them."""
    if numbers.q1 is None or numbers.q3 is None:
        raise MeasureError("the rank variance of a median needs its quartiles; q1 and q3 are not printed")
    gap = round(0.75 * numbers.n) - round(0.25 * numbers.n)
    if numbers.q3 == numbers.q1:
        raise MeasureError(f"q1 and q3 are both {numbers.q1!r}, so the median would have no variance")
    v = numbers.n * (numbers.q3 - numbers.q1) ** 2 / (4 * gap**2)
    formula = "median; v = n (q3 - q1)^2/(4 (r3 - r1)^2)"
    return MeasuredEffect(numbers.median, v, "natural", formula, ("MEDIAN: pooled as a median",))


def mean_as_median(mean: float, sd: float, n: int) -> MeasuredEffect:
    """Return a printed mean beside medians, v = sd^2/n. Raises MeasureError for sd <= 0 or n < 2."""
    if not (math.isfinite(mean) and math.isfinite(sd) and sd > 0 and n >= 2):
        raise MeasureError(f"mean = {mean!r}, sd = {sd!r}, n = {n!r}: needs finite numbers, sd > 0, n >= 2")
    note = "MEAN_FOR_MEDIAN: a mean stands among medians; they agree only for symmetric data"
    return MeasuredEffect(mean, sd**2 / n, "natural", "mean; v = sd^2/n", (note,))


def difference(first: MeasuredEffect, second: MeasuredEffect) -> MeasuredEffect:
    """Return first minus second, variances added (two independent groups)."""
    notes = tuple(dict.fromkeys((*first.notes, *second.notes)))
    return MeasuredEffect(
        first.y - second.y,
        first.v + second.v,
        "natural",
        f"difference of [{first.formula}] and [{second.formula}]",
        notes,
    )


def survival_median(printed: SurvivalMedian) -> MeasuredEffect:
    """Return a median survival time with the variance of its interval. Raises MeasureError for a disordered one."""
    lower, median, upper, level = printed.lower, printed.median, printed.upper, printed.level
    if not 0 < level < 1:
        raise MeasureError(f"level = {level!r} must lie in (0, 1)")
    if not all(math.isfinite(x) for x in (lower, median, upper)):
        raise MeasureError(
            f"{median!r} ({lower!r} to {upper!r}): an upper limit that was not reached gives no variance"
        )
    if not 0 < lower <= median <= upper or lower == upper:
        raise MeasureError(f"{median!r} ({lower!r} to {upper!r}) must be positive and in order")
    se = (upper - lower) / (2 * float(ndtri(0.5 + level / 2)))
    formula = f"median survival; se = (upper - lower)/(2 z), level {level:g}"
    return MeasuredEffect(median, se**2, "natural", formula, ("SURVIVAL_MEDIAN: censored data",))


def survival_difference(first: SurvivalMedian, second: SurvivalMedian) -> MeasuredEffect:
    """Return the difference of two median survival times."""
    return difference(survival_median(first), survival_median(second))


def survival_ratio(first: SurvivalMedian, second: SurvivalMedian) -> MeasuredEffect:
    """Return the log ratio of two median survival times, variance by the delta method."""
    a, b = survival_median(first), survival_median(second)
    v = a.v / a.y**2 + b.v / b.y**2
    return MeasuredEffect(math.log(a.y / b.y), v, "log", "log ratio of median survival; delta method", a.notes)
