"""Mean and standard deviation by maximum likelihood of a power of the data: the MLN method of Cai 2021.

As in the Box-Cox method a power of the data is normal (``box_cox``). The power maximises the likelihood of the
transformed numbers at Luo's mean and Wan's standard deviation; centre and spread then maximise it at that power; mean
and standard deviation on the printed scale are integrals. Cai 2021, doi 10.1177/09622802211047348. The printed numbers
are the order statistics [n p] + 1 (the extremes 1 and n), so that with z = (f(x) - centre)/spread the likelihood is

    sum ln phi(z) - m ln spread + sum c ln(Phi(next z) - Phi(z)),   c the patients between two of the m numbers.

It is the density of the transformed numbers, without the derivative of the transformation: that is what the pinned
results of another implementation are (with the derivative they are not). Numbers far above 1 therefore nearly always
get power 0, a log-normal distribution, and the power depends on the unit; the note says so.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.medians.box_cox import (
    FloatArray,
    PowerEstimate,
    PowerNormal,
    estimate,
    lowest,
    luo_wan,
    transform,
)
from evsynth.effects.medians.five_numbers import FiveNumbers

NEWTON, HALVINGS = 60, 40


def unknown_distribution(numbers: FiveNumbers) -> PowerEstimate:
    """Estimate by the MLN method. Raises MeasureError for numbers that are not positive, or equal to each other."""
    values = numbers.values
    if len(set(values)) < len(values):
        raise MeasureError(f"two of the numbers {list(values)!r} are equal and have no likelihood: MLN does not apply")
    found = estimate(numbers, fit_unknown, "MLN")
    unit = "UNIT: another unit of measurement could give another power (MLN)"
    return found._replace(notes=(*found.notes, unit))


def positions(numbers: FiveNumbers) -> tuple[int, ...]:
    """Return the ranks of the printed numbers among the n patients: [n p] + 1, and 1 and n for the extremes."""
    n = numbers.n
    inner = (n // 4 + 1, n // 2 + 1, 3 * n // 4 + 1)
    return {"S1": (1, n // 2 + 1, n), "S2": inner, "S3": (1, *inner, n)}[numbers.scenario]


def fit_unknown(values: FloatArray, numbers: FiveNumbers) -> PowerNormal:
    """Fit every row of ``values``, five numbers of the scenario and n of ``numbers``, all different."""
    between = np.diff([0, *positions(numbers), numbers.n + 1]) - 1.0

    def lost(power: FloatArray) -> FloatArray:
        t = transform(values, power)
        centre, spread = luo_wan(t, numbers)
        return -_log_likelihood(t, centre / spread, 1 / spread, between)

    power = lowest(lost, len(values))
    return PowerNormal(power, *_maximum(transform(values, power), numbers, between))


def _maximum(t: FloatArray, numbers: FiveNumbers, between: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Climb by Newton's steps in a = centre/spread and b = 1/spread, where the log-likelihood is concave."""
    centre, spread = luo_wan(t, numbers)
    a, b = centre / spread, 1 / spread
    height = _log_likelihood(t, a, b, between)
    for _ in range(NEWTON):
        da, db = _step(t, a, b, between)
        size = np.ones(len(t))
        for _ in range(HALVINGS):
            reached = _log_likelihood(t, a + size * da, b + size * db, between)
            worse = ~(reached >= height - 1e-12 * np.abs(height))
            if not worse.any():
                break
            size = np.where(worse, size / 2, size)
        a, b, height = a + size * da, b + size * db, reached
        if np.all(np.abs(size * db) <= 1e-13 * b) and np.all(np.abs(size * da) <= 1e-13 * (1 + np.abs(a))):
            break
    return a / b, 1 / b


def _cells(t: FloatArray, a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return z, its normal density, and the probabilities below, between and above the numbers."""
    z = b[:, None] * t - a[:, None]
    density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
    edge = np.zeros((len(t), 1))
    # Above the centre the upper tails are subtracted: there they are the small, exact ones.
    low, high = np.hstack([edge, ndtr(z)]), np.hstack([ndtr(z), edge + 1])
    up, down = np.hstack([edge + 1, ndtr(-z)]), np.hstack([ndtr(-z), edge])
    return z, density, np.where(low > 0.5, up - down, high - low)


def _log_likelihood(t: FloatArray, a: FloatArray, b: FloatArray, between: FloatArray) -> FloatArray:
    z, _, shares = _cells(t, a, b)
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(between > 0, between * np.log(shares), 0.0).sum(axis=1)
        height = (-z * z / 2).sum(axis=1) + t.shape[1] * np.log(b) + inside
    return np.asarray(height, dtype=np.float64)


def _step(t: FloatArray, a: FloatArray, b: FloatArray, between: FloatArray) -> tuple[FloatArray, FloatArray]:
    z, density, shares = _cells(t, a, b)
    weight, edge = between / shares, np.zeros((len(t), 1))
    # Ends of every cell: no density and no slope at minus and plus infinity.
    low, high = np.hstack([edge, density]) * weight, np.hstack([density, edge]) * weight
    z_low, z_high = np.hstack([edge, z]), np.hstack([z, edge])
    t_low, t_high = np.hstack([edge, t]), np.hstack([t, edge])
    share = np.where(between > 0, 1 / np.maximum(between, 1.0), 0.0)
    slope = high - low
    lever = high * t_high - low * t_low
    by_a = z.sum(axis=1) - slope.sum(axis=1)
    by_b = t.shape[1] / b - (z * t).sum(axis=1) + lever.sum(axis=1)
    bend = -(high * z_high - low * z_low)
    aa = -t.shape[1] + (bend - slope**2 * share).sum(axis=1)
    ab = t.sum(axis=1) + (high * z_high * t_high - low * z_low * t_low + slope * lever * share).sum(axis=1)
    bb = -t.shape[1] / b**2 - (t * t).sum(axis=1)
    bb -= (high * z_high * t_high**2 - low * z_low * t_low**2 + lever**2 * share).sum(axis=1)
    determinant = aa * bb - ab * ab
    return (ab * by_b - bb * by_a) / determinant, (ab * by_a - aa * by_b) / determinant
