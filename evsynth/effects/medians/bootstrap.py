"""How uncertain a converted mean and standard deviation are: the parametric bootstrap of McGrath 2023.

Samples of n patients are drawn from the fitted distribution, summarised by the numbers that the paper prints, and
converted again; the standard deviations over the samples are the standard errors (doi 10.1177/09622802221139233). The
plain sd/sqrt(n) leaves out that quartiles say less than data. Only the order statistics behind the printed numbers are
drawn: sums of gamma variables over their total have the distribution of uniform order statistics. Quartiles lie between
order statistics, linear at (n - 1) p + 1. Seeded: the same numbers give the same errors.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple, get_args

import numpy as np
from scipy.special import gammaincinv, ndtri

from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.medians.box_cox import FloatArray, box_cox, fit_box_cox, moments, quantiles
from evsynth.effects.medians.five_numbers import FiveNumbers
from evsynth.effects.medians.quantile_estimation import Fit, family_moments, quantile_estimation
from evsynth.effects.medians.unknown_distribution import fit_unknown, unknown_distribution

Method = Literal["QE", "BC", "MLN"]
SHAPES = 600
"""Shapes tried for every family of quantile estimation; the mean moves by less than 3e-3 of the sd between two."""


class BootstrapErrors(NamedTuple):
    """Standard errors of a converted mean and sd, from ``replicates`` samples; ``relative`` is their own error.

    ``lost`` samples had no estimate (two of their numbers equal, no finite mean).
    """

    mean: float
    sd: float
    replicates: int
    lost: int
    seed: int
    relative: float


def bootstrap_errors(
    numbers: FiveNumbers, *, method: Method, replicates: int = 1000, seed: int = 20260101
) -> BootstrapErrors:
    """Return bootstrap standard errors of the mean and the sd of one conversion.

    Raises MeasureError for an unknown method, fewer than 100 replicates, where the method refuses the numbers, for a
    fitted beta distribution (all numbers between 0 and 1), and when more than a tenth of the samples is lost.
    """
    if method not in get_args(Method):
        raise MeasureError(f"method = {method!r} is not known; choose one of {', '.join(map(repr, get_args(Method)))}")
    if replicates < 100:
        raise MeasureError(f"replicates = {replicates!r} must be at least 100")
    quantile, again = _of(numbers, method)
    values = _summaries(numbers, quantile, replicates, np.random.default_rng(seed))
    values = values[np.isfinite(values).all(axis=1) & (np.diff(values, axis=1) > 0).all(axis=1)]
    with np.errstate(all="ignore"):
        mean, sd = again(values)
    kept = np.isfinite(mean) & np.isfinite(sd)
    lost = replicates - int(kept.sum())
    if lost > replicates / 10:
        raise MeasureError(f"{lost} of {replicates} samples gave no estimate: no bootstrap standard error")
    spread = float(np.std(mean[kept], ddof=1)), float(np.std(sd[kept], ddof=1))
    return BootstrapErrors(*spread, replicates, lost, seed, 1 / math.sqrt(2 * (replicates - lost - 1)))


Quantile = Callable[[FloatArray], FloatArray]
Again = Callable[[FloatArray], tuple[FloatArray, FloatArray]]


def _of(numbers: FiveNumbers, method: Method) -> tuple[Quantile, Again]:
    if method == "QE":
        found = quantile_estimation(numbers)
        fit = next(one for one in found.fits if one.family == found.selected)
        if fit.family == "beta":
            raise MeasureError("a beta distribution was fitted; its bootstrap standard error is not offered")
        return lambda shares: _fitted_quantiles(fit, shares), lambda values: _nearest(values, np.array(numbers.shares))
    estimate, refit = (box_cox, fit_box_cox) if method == "BC" else (unknown_distribution, fit_unknown)
    fitted = estimate(numbers).fitted
    return (
        lambda shares: quantiles(fitted, shares.ravel()).reshape(shares.shape),
        lambda values: moments(refit(values, numbers)),
    )


def _summaries(numbers: FiveNumbers, quantile: Quantile, rows: int, random: np.random.Generator) -> FloatArray:
    """Draw the printed numbers of ``rows`` samples of n patients."""
    n = numbers.n
    at = {"S1": (0.0, 0.5, 1.0), "S2": (0.25, 0.5, 0.75), "S3": (0.0, 0.25, 0.5, 0.75, 1.0)}[numbers.scenario]
    places = np.array([(n - 1) * p + 1 for p in at])
    ranks = np.unique(np.concatenate([np.floor(places), np.ceil(places)])).astype(int)
    gaps = np.diff(np.concatenate([[0], ranks, [n + 1]])).astype(np.float64)
    sums = np.cumsum(random.standard_gamma(gaps, size=(rows, len(gaps))), axis=1)
    ordered = quantile(sums[:, :-1] / sums[:, -1:])
    below, above = np.searchsorted(ranks, np.floor(places)), np.searchsorted(ranks, np.ceil(places))
    part = places - np.floor(places)
    return np.asarray(ordered[:, below] * (1 - part) + ordered[:, above] * part, dtype=np.float64)


def _fitted_quantiles(fit: Fit, shares: FloatArray) -> FloatArray:
    one, two = fit.parameters
    if fit.family == "normal":
        return np.asarray(one + two * ndtri(shares))
    shape, scale = {"log-normal": (two, math.exp(one)), "gamma": (one, 1 / two)}.get(fit.family, (one, two))
    return np.asarray(scale * _unit(fit.family, np.array(shape), shares))


def _unit(family: str, shape: FloatArray, shares: FloatArray) -> FloatArray:
    """Return quantiles of a family with scale 1: log-normal by its sigma, gamma and Weibull by their shape."""
    if family == "log-normal":
        return np.asarray(np.exp(shape * ndtri(shares)))
    return np.asarray(gammaincinv(shape, shares) if family == "gamma" else (-np.log1p(-shares)) ** (1 / shape))


@cache
def _grid(family: str, low: float, high: float, shares: tuple[float, ...]) -> tuple[FloatArray, FloatArray]:
    """Return shapes, and the quantiles of scale 1 for each; quartiles have the same shares in every study."""
    shape = np.geomspace(low, high, SHAPES)
    return shape, _unit(family, shape[:, None], np.array(shares))


def _nearest(values: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Fit every family to every row, and return mean and sd of the nearest.

    Given the shape, the best scale is a ratio of sums; the shape is the best of a grid.
    """
    z = ndtri(shares) - ndtri(shares).mean()
    sd = values @ z / (z @ z)
    mean = values.mean(axis=1) - sd * ndtri(shares).mean()
    least = ((mean[:, None] + sd[:, None] * ndtri(shares) - values) ** 2).sum(axis=1)
    positive = values[:, 0] > 0
    for family, low, high in (("log-normal", 0.01, 4.0), ("gamma", 0.05, 1e4), ("weibull", 0.2, 200.0)):
        shape, unit = _grid(family, low, high, tuple(shares))
        along = values @ unit.T
        rest = (values**2).sum(axis=1)[:, None] - along**2 / (unit * unit).sum(axis=1)
        best = np.argmin(np.where(np.isfinite(rest), rest, np.inf), axis=1)
        rows = np.arange(len(values))
        scale = along[rows, best] / (unit[best] ** 2).sum(axis=1)
        closer = positive & (rest[rows, best] < least)
        first, second = family_moments(family, shape[best], scale)
        mean, sd = np.where(closer, first, mean), np.where(closer, second, sd)
        least = np.where(closer, rest[rows, best], least)
    return mean, sd
