"""Quantile estimation: the distribution whose quantiles lie nearest to the printed ones, its mean, sd and density.

Each family is fitted by least squares of its quantiles at ``FiveNumbers.shares`` to the printed numbers, and the
family with the smallest sum of squares is taken: normal, log-normal, gamma, Weibull (all but the normal need
positive numbers), beta when all numbers lie in (0, 1). McGrath 2020, doi 10.1177/0962280219889080. The sampling
variance of a median is ``1/(4 n f(m)^2)`` with f the fitted density at its own median (McGrath 2020b, doi
10.1002/bimj.201900036).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import least_squares
from scipy.special import betaincinv, gamma, gammaincinv, gammaln, ndtri

from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.medians.five_numbers import FiveNumbers

FloatArray = npt.NDArray[np.float64]
STARTS = (0.5, 1.0, 2.0)
"""Factors on the starting spread; several starts, because the sum of squares can have more than one minimum."""


class Fit(NamedTuple):
    """A fitted family: its parameters, sum of squares, moments, median and the density there."""

    family: str
    parameters: tuple[float, float]
    sum_of_squares: float
    mean: float
    sd: float
    median: float
    density_at_median: float


class QuantileEstimate(NamedTuple):
    """The nearest family's mean and sd; all ``fits`` by name. ``median_variance`` is that of the sample median."""

    mean: float
    sd: float
    n: int
    selected: str
    median_variance: float
    fits: tuple[Fit, ...]
    notes: tuple[str, ...]


def quantile_estimation(numbers: FiveNumbers) -> QuantileEstimate:
    """Fit every family that can hold the numbers and take the nearest. Raises MeasureError when none can be fitted."""
    values, shares = np.array(numbers.values), np.array(numbers.shares)
    fits = [_normal(values, shares)]
    if float(values[0]) > 0:
        fits += [fit for fit in (_log_normal(values, shares), _gamma(values, shares), _weibull(values, shares)) if fit]
    if float(values[0]) > 0 and float(values[-1]) < 1:
        beta = _beta(values, shares)
        fits += [beta] if beta else []
    best = min(fits, key=lambda fit: fit.sum_of_squares)
    if not (math.isfinite(best.mean) and math.isfinite(best.sd) and best.density_at_median > 0):
        raise MeasureError(f"no distribution fits the numbers {values.tolist()!r}")
    variance = 1 / (4 * numbers.n * best.density_at_median**2)
    note = f"CONVERTED: mean and standard deviation are those of a {best.family} distribution fitted to medians"
    return QuantileEstimate(best.mean, best.sd, numbers.n, best.family, variance, tuple(fits), (note,))


def family_moments(family: str, shape: FloatArray, scale: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return mean and sd of log-normal (shape sigma, scale the median), gamma or Weibull distributions."""
    if family == "log-normal":
        mean = scale * np.exp(shape**2 / 2)
        return mean, mean * np.sqrt(np.expm1(shape**2))
    if family == "gamma":
        return shape * scale, np.sqrt(shape) * scale
    first, second = gamma(1 + 1 / shape), gamma(1 + 2 / shape)
    return scale * first, scale * np.sqrt(np.maximum(0.0, second - first**2))


def _normal(values: FloatArray, shares: FloatArray) -> Fit:
    z = ndtri(shares)
    centre = z - z.mean()
    sd = float(centre @ values / (centre @ centre))
    mean = float(values.mean() - sd * z.mean())
    rest = float(((mean + sd * z - values) ** 2).sum())
    return Fit("normal", (mean, sd), rest, mean, sd, mean, 1 / (math.sqrt(2 * math.pi) * sd))


def _log_normal(values: FloatArray, shares: FloatArray) -> Fit | None:
    z, logs = ndtri(shares), np.log(values)
    start = (float(np.median(logs)), math.log(max(1e-3, float(np.ptp(logs) / np.ptp(z)))))
    found = _least(lambda a: np.exp(a[0] + math.exp(a[1]) * z), values, start)
    if found is None:
        return None
    (mu, log_sigma), rest = found
    sigma = math.exp(log_sigma)
    density = 1 / (math.exp(mu) * sigma * math.sqrt(2 * math.pi))
    return Fit("log-normal", (mu, sigma), rest, *_moments("log-normal", sigma, math.exp(mu)), math.exp(mu), density)


def _gamma(values: FloatArray, shares: FloatArray) -> Fit | None:
    mean, sd = float(values.mean()), max(float(np.ptp(values) / np.ptp(ndtri(shares))), 1e-3 * float(values.mean()))
    shape = (mean / sd) ** 2
    found = _least(
        lambda a: math.exp(a[1]) * gammaincinv(math.exp(a[0]), shares),
        values,
        (math.log(shape), math.log(mean / shape)),
    )
    if found is None:
        return None
    (log_shape, log_scale), rest = found
    shape, scale = math.exp(log_shape), math.exp(log_scale)
    median = scale * float(gammaincinv(shape, 0.5))
    density = math.exp((shape - 1) * math.log(median / scale) - median / scale - float(gammaln(shape))) / scale
    return Fit("gamma", (shape, 1 / scale), rest, *_moments("gamma", shape, scale), median, density)


def _weibull(values: FloatArray, shares: FloatArray) -> Fit | None:
    e = np.log(-np.log1p(-shares))
    logs = np.log(values)
    start = (math.log(max(1e-3, float(np.ptp(e) / np.ptp(logs)))), float(np.median(logs)))
    found = _least(lambda a: np.exp(a[1] + e / math.exp(a[0])), values, start)
    if found is None:
        return None
    (log_shape, log_scale), rest = found
    shape, scale = math.exp(log_shape), math.exp(log_scale)
    ln2 = math.log(2)
    density = shape / scale * ln2 ** (1 - 1 / shape) * 0.5
    moments = _moments("weibull", shape, scale)
    return Fit("weibull", (shape, scale), rest, *moments, scale * ln2 ** (1 / shape), density)


def _moments(family: str, shape: float, scale: float) -> tuple[float, float]:
    mean, sd = family_moments(family, np.array(shape), np.array(scale))
    return float(mean), float(sd)


def _beta(values: FloatArray, shares: FloatArray) -> Fit | None:
    mean, sd = float(values.mean()), max(float(np.ptp(values) / np.ptp(ndtri(shares))), 1e-3)
    size = max(mean * (1 - mean) / sd**2 - 1, 0.5)
    start = (math.log(mean * size), math.log((1 - mean) * size))
    found = _least(lambda a: betaincinv(math.exp(a[0]), math.exp(a[1]), shares), values, start)
    if found is None:
        return None
    (log_a, log_b), rest = found
    a, b = math.exp(log_a), math.exp(log_b)
    median = float(betaincinv(a, b, 0.5))
    logs = (a - 1) * math.log(median) + (b - 1) * math.log1p(-median) + float(gammaln(a + b) - gammaln(a) - gammaln(b))
    sd = math.sqrt(a * b / ((a + b) ** 2 * (a + b + 1)))
    return Fit("beta", (a, b), rest, a / (a + b), sd, median, math.exp(logs))


def _least(
    quantiles: Callable[[FloatArray], FloatArray], values: FloatArray, start: tuple[float, float]
) -> tuple[tuple[float, float], float] | None:
    unit, best = float(np.ptp(values)), None

    def residuals(at: FloatArray) -> FloatArray:
        with np.errstate(all="ignore"):
            gap = (np.asarray(quantiles(np.clip(at, -30, 30)), dtype=np.float64) - values) / unit
        return np.where(np.isfinite(gap), gap, 1e6)

    for factor in STARTS:
        at = np.array([start[0] + math.log(factor) * 0.5, start[1]])
        found = least_squares(residuals, at, ftol=1e-15, xtol=1e-15, gtol=1e-15, jac="3-point", max_nfev=500)
        rest = float((found.fun**2).sum()) * unit**2
        if math.isfinite(rest) and rest < 1e9 * unit**2 and (best is None or rest < best[1]):
            best = ((float(found.x[0]), float(found.x[1])), rest)
    return best
