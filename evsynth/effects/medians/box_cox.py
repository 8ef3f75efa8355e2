"""Mean and standard deviation when a power of the data is normal: the Box-Cox method of McGrath 2020.

The printed numbers become f(x) = (x^power - 1)/power, ln x at power 0 (Box & Cox 1964); the power is the one that makes
them symmetric about the median, Luo's mean and Wan's standard deviation give the normal distribution there, and its
mean and standard deviation on the printed scale are integrals. McGrath 2020, doi 10.1177/0962280219889080. The normal
distribution is cut where x would be negative, and as far from its centre on the other side.

The power lies in [0, 3]. Below 0 the mean of the distribution is infinite (or, below -1, its variance); 3 is where the
pinned results of another implementation end. With range and quartiles the power minimises the sum of the two squared
asymmetries, each relative to its width: ours, so that the unit does not matter.

Everything here works on many data sets at once, one a row: the bootstrap needs thousands.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, betaln, ndtr, ndtri

from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.medians.five_numbers import FiveNumbers
from evsynth.effects.medians.normal_conversion import linear_weights

FloatArray = npt.NDArray[np.float64]

POWERS = (0.0, 3.0)
NODES, HALVINGS, SECTIONS, GRID = 160, 54, 36, 61
FAR = 10.0
"""Standard deviations beyond which the normal distribution is taken as empty."""
SMOOTH = 6.0
"""Nodes crowd at both ends like s^6, so that the root of x at 0 is integrated as accurately as the rest."""


class PowerNormal(NamedTuple):
    """Distributions that are normal after a power: its ``centre`` and ``spread`` there, one of each a row."""

    power: FloatArray
    centre: FloatArray
    spread: FloatArray


class PowerEstimate(NamedTuple):
    """Mean and sd on the printed scale, the power, and the fitted distribution."""

    mean: float
    sd: float
    n: int
    power: float
    fitted: PowerNormal
    notes: tuple[str, ...]


def box_cox(numbers: FiveNumbers) -> PowerEstimate:
    """Estimate by the Box-Cox method. Raises MeasureError for numbers that are not positive."""
    return estimate(numbers, fit_box_cox, "Box-Cox")


def estimate(numbers: FiveNumbers, fit: Callable[[FloatArray, FiveNumbers], PowerNormal], name: str) -> PowerEstimate:
    """Fit one data set, and name what was done. Raises MeasureError for numbers that are not positive."""
    values = np.array([numbers.values])
    if values[0, 0] <= 0:
        raise MeasureError(f"{numbers.values[0]!r} is not positive, so no power of it is normal: {name} does not apply")
    fitted = fit(values, numbers)
    mean, sd = moments(fitted)
    if not (np.isfinite(mean[0]) and np.isfinite(sd[0])):
        raise MeasureError(f"{name} found no finite mean for the numbers {list(numbers.values)!r}")
    power = float(fitted.power[0])
    notes = [f"CONVERTED: mean and standard deviation are those of data whose power {power:.3g} is normal ({name})"]
    if power == POWERS[1]:
        notes.append("POWER_AT_BOUND: the numbers are more skewed to the left than any power up to 3 allows")
    return PowerEstimate(float(mean[0]), float(sd[0]), numbers.n, power, fitted, tuple(notes))


def fit_box_cox(values: FloatArray, numbers: FiveNumbers) -> PowerNormal:
    """Fit every row of ``values``, five numbers of the scenario and n of ``numbers``."""
    middle, pairs = values.shape[1] // 2, range(values.shape[1] // 2)

    def asymmetry(power: FloatArray) -> list[FloatArray]:
        t = transform(values, power)
        return [(t[:, i] + t[:, -1 - i] - 2 * t[:, middle]) / (t[:, -1 - i] - t[:, i]) for i in pairs]

    if len(pairs) == 1:
        power = _root(lambda at: asymmetry(at)[0], len(values))
    else:
        power = lowest(lambda at: asymmetry(at)[0] ** 2 + asymmetry(at)[1] ** 2, len(values))
    return PowerNormal(power, *luo_wan(transform(values, power), numbers))


def luo_wan(transformed: FloatArray, numbers: FiveNumbers) -> tuple[FloatArray, FloatArray]:
    """Return Luo's mean and Wan's standard deviation of every row."""
    mean, sd = linear_weights(numbers)
    return transformed @ mean, transformed @ sd


def transform(values: FloatArray, power: FloatArray) -> FloatArray:
    """Return (x^power - 1)/power of every row, ln x where its power is 0."""
    logs, by = np.log(values), power[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by == 0, logs, np.expm1(by * logs) / by)


def moments(fitted: PowerNormal) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation of every distribution on the printed scale."""
    nodes, weights = _nodes()
    reach = _reach(fitted)[:, None]
    z = reach * nodes
    mass = reach * weights * np.exp(-z * z / 2)
    mass = mass / mass.sum(axis=1, keepdims=True)
    x = _inverse(fitted, z)
    mean = (mass * x).sum(axis=1)
    sd = np.sqrt((mass * (x - mean[:, None]) ** 2).sum(axis=1))
    log, spread = fitted.power == 0, fitted.spread
    with np.errstate(over="ignore", invalid="ignore"):
        closed = np.exp(fitted.centre + spread**2 / 2)
        return np.where(log, closed, mean), np.where(log, closed * np.sqrt(np.expm1(spread**2)), sd)


@cache
def _nodes() -> tuple[FloatArray, FloatArray]:
    """Return the nodes between -1 and 1, and their weights."""
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    share = (nodes + 1) / 2
    crowd = np.exp((SMOOTH - 1) * (np.log(share) + np.log1p(-share)) - float(betaln(SMOOTH, SMOOTH)))
    return 2 * betainc(SMOOTH, SMOOTH, share) - 1, weights * crowd


def quantiles(fitted: PowerNormal, shares: FloatArray) -> FloatArray:
    """Return the numbers of the first distribution below which ``shares`` (one dimension) of the data lie."""
    tail = float(ndtr(-_reach(fitted)[0]))
    return np.asarray(_inverse(fitted, ndtri(tail + shares * (1 - 2 * tail)))[0])


def _reach(fitted: PowerNormal) -> FloatArray:
    """Return how many standard deviations from the centre x reaches 0, at most FAR."""
    with np.errstate(divide="ignore", invalid="ignore"):
        zero = (fitted.centre + 1 / fitted.power) / fitted.spread
    return np.where(fitted.power == 0, FAR, np.minimum(zero, FAR))


def _inverse(fitted: PowerNormal, z: FloatArray) -> FloatArray:
    power, y = fitted.power[:, None], fitted.centre[:, None] + fitted.spread[:, None] * z
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        back = np.where(power == 0, np.exp(y), np.maximum(power * y + 1, 0.0) ** (1 / power))
    return np.asarray(back, dtype=np.float64)


def _root(rising: Callable[[FloatArray], FloatArray], rows: int) -> FloatArray:
    """Return where a rising function of the power is 0 in every row, or the bound that is nearer to it."""
    low, high = np.full(rows, POWERS[0]), np.full(rows, POWERS[1])
    at_low, at_high = rising(low) >= 0, rising(high) <= 0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = rising(middle) > 0
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.where(at_low, POWERS[0], np.where(at_high, POWERS[1], (low + high) / 2))


def lowest(function: Callable[[FloatArray], FloatArray], rows: int) -> FloatArray:
    """Return the power with the lowest value in every row: a grid, then golden sections around its lowest point."""
    grid = np.linspace(*POWERS, GRID)
    best = np.argmin([function(np.full(rows, power)) for power in grid], axis=0)
    low, high = grid[np.maximum(best - 1, 0)], grid[np.minimum(best + 1, GRID - 1)]
    golden = (math.sqrt(5) - 1) / 2
    for _ in range(SECTIONS):
        one, two = high - golden * (high - low), low + golden * (high - low)
        left = function(one) <= function(two)
        low, high = np.where(left, low, one), np.where(left, two, high)
    found = (low + high) / 2
    for bound in POWERS:
        edge = np.full(rows, bound)
        found = np.where(function(edge) <= function(found), edge, found)
    return np.asarray(found, dtype=np.float64)
