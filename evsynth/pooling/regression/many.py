"""Fit many meta-regressions on one design at once: rows of effects and variances, arrays in, arrays out (NumPy).

Closed forms and PM are direct; ML and REML are scanned on GRID points, every downward zero of the score refined by
bisection and secant steps to 1e-12, and the highest kept: the same rule as ``maximum``, without its certificate.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.regression.inference import Test

ManyEstimator = Literal["FE", "DL", "HE", "HS", "SJ", "PM", "EB", "ML", "REML"]

GRID = 48
"""Points in log(tau2 + smallest variance), about a quarter apart over twelve factors of e."""


class Fits(NamedTuple):
    """Weighted fits of all rows: weights (n, k), inverse of B'WB (n, p, p), coefficients, residuals, leverages."""

    weights: FloatArray
    inverse: FloatArray
    coefficients: FloatArray
    residuals: FloatArray
    leverages: FloatArray
    log_det: FloatArray

    @property
    def rss(self) -> FloatArray:
        """Return the weighted residual sum of squares of every row."""
        return np.asarray((self.weights * self.residuals**2).sum(axis=1), dtype=np.float64)


class Statistics(NamedTuple):
    """Estimate/standard error of chosen rows (n, m), and the joint statistic of all of them (n,)."""

    single: FloatArray
    joint: FloatArray


def weighted_fits(y: FloatArray, w: FloatArray, basis: FloatArray) -> Fits:
    """Fit every row of ``y`` on ``basis`` with its row of weights."""
    k, p = basis.shape
    products = (basis[:, :, None] * basis[:, None, :]).reshape(k, p * p)
    moments = (w @ products).reshape(len(w), p, p)
    inverse = np.asarray(np.linalg.inv(moments), dtype=np.float64)
    coefficients = np.einsum("npq,nq->np", inverse, (w * y) @ basis)
    leverages = w * (inverse.reshape(len(w), p * p) @ products.T)
    return Fits(
        w,
        inverse,
        coefficients,
        y - coefficients @ basis.T,
        leverages,
        np.asarray(np.linalg.slogdet(moments)[1], dtype=np.float64),
    )


def fit_many(y: FloatArray, v: FloatArray, basis: FloatArray, *, estimator: ManyEstimator) -> FloatArray:
    """Return tau2 of every row (n,) for effects and variances of shape (n, k)."""
    k, p = basis.shape
    if estimator == "FE":
        return np.zeros(len(y))
    if estimator in ("PM", "EB"):
        return _paule_mandel(y, v, basis)
    if estimator in ("ML", "REML"):
        return _likelihood(y, v, basis, restricted=estimator == "REML")
    if estimator == "HE":
        fits = weighted_fits(y, np.ones_like(v), basis)
        raw = (fits.rss - ((1.0 - fits.leverages) * v).sum(axis=1)) / (k - p)
    elif estimator == "SJ":
        start = y.var(axis=1)
        fits = weighted_fits(y, 1.0 / (v + start[:, None]), basis)
        raw = start * fits.rss / (k - p)
    else:
        fits = weighted_fits(y, 1.0 / v, basis)
        if estimator == "HS":
            raw = (fits.rss - k) / fits.weights.sum(axis=1)
        else:
            raw = (fits.rss - (k - p)) / (fits.weights * (1.0 - fits.leverages)).sum(axis=1)
    return np.asarray(np.maximum(raw, 0.0), dtype=np.float64)


def statistics(
    y: FloatArray, v: FloatArray, basis: FloatArray, tau2: FloatArray, *, rows: FloatArray, test: Test
) -> Statistics:
    """Return the test statistics of ``rows`` (in terms of the basis) at given tau2."""
    k, p = basis.shape
    fits = weighted_fits(y, 1.0 / (v + tau2[:, None]), basis)
    scale = np.ones(len(y))
    if test in ("knha", "adhoc"):
        scale = fits.rss / (k - p)
        scale = np.maximum(scale, 1.0 if test == "adhoc" else np.finfo(float).tiny)
    size = np.linalg.norm(rows, axis=1)
    unit = rows / size[:, None]  # statistics do not depend on the length of a row
    value = fits.coefficients @ unit.T
    covariance = np.einsum("mp,npq,lq->nml", unit, fits.inverse, unit) * scale[:, None, None]
    single = value / np.sqrt(np.einsum("nmm->nm", covariance))
    joint = np.einsum("nm,nm->n", value, np.linalg.solve(covariance, value[:, :, None])[:, :, 0])
    return Statistics(single, joint)


def _paule_mandel(y: FloatArray, v: FloatArray, basis: FloatArray) -> FloatArray:
    # Q is convex and falling: Newton's method from 0 rises to the root and never passes it.
    k, p = basis.shape
    tau2 = np.zeros(len(y))
    for _ in range(100):
        fits = weighted_fits(y, 1.0 / (v + tau2[:, None]), basis)
        excess = fits.rss - (k - p)
        slope = ((fits.weights * fits.residuals) ** 2).sum(axis=1)
        step = np.where(excess > 0, excess / np.maximum(slope, np.finfo(float).tiny), 0.0)
        tau2 = tau2 + step
        if bool((step <= 1e-14 * (tau2 + v.min(axis=1))).all()):
            break
    return tau2


def _likelihood(y: FloatArray, v: FloatArray, basis: FloatArray, *, restricted: bool) -> FloatArray:
    least = float(v.min())
    far = 4.0 * (float(v.max()) + float(np.ptp(y)) ** 2)
    nodes = np.expm1(np.linspace(0.0, np.log1p(far / least), max(GRID, int(4 * np.log1p(far / least))))) * least
    nodes[0] = 0.0
    slope = np.stack([_score(np.full(len(y), node), y, v, basis, restricted=restricted)[0] for node in nodes])
    best = np.zeros(len(y))
    height = np.where(slope[0] <= 0, _score(best, y, v, basis, restricted=restricted)[1], -np.inf)
    at, row = np.nonzero((slope[:-1] > 0) & (slope[1:] <= 0))
    if len(row) == 0:
        return best
    root = _refine(nodes[at], nodes[at + 1], slope[at, row], slope[at + 1, row], y[row], v[row], basis, restricted)
    level = _score(root, y[row], v[row], basis, restricted=restricted)[1]
    for one in np.argsort(level):  # the highest of each row is written last
        if level[one] > height[row[one]]:
            best[row[one]], height[row[one]] = root[one], level[one]
    return best


def _refine(
    low: FloatArray,
    high: FloatArray,
    up: FloatArray,
    down: FloatArray,
    y: FloatArray,
    v: FloatArray,
    basis: FloatArray,
    restricted: bool,
) -> FloatArray:
    # The Illinois rule: secant steps, halving the value of an end that stays twice.
    low, high, up, down = low.copy(), high.copy(), up.copy(), down.copy()
    side = np.zeros(len(low))
    middle = 0.5 * (low + high)
    for _ in range(80):
        middle = low + (high - low) * up / (up - down)
        value = _score(middle, y, v, basis, restricted=restricted)[0]
        rises = value > 0
        down = np.where(rises, np.where(side == 1, 0.5 * down, down), value)
        up = np.where(rises, value, np.where(side == -1, 0.5 * up, up))
        low, high = np.where(rises, middle, low), np.where(rises, high, middle)
        side = np.where(rises, 1.0, -1.0)
        if bool(((high - low <= 1e-13 * high) | (np.abs(value) < 1e-13 / (low + v.min()))).all()):
            break
    return middle


def _score(
    tau2: FloatArray, y: FloatArray, v: FloatArray, basis: FloatArray, *, restricted: bool
) -> tuple[FloatArray, FloatArray]:
    fits = weighted_fits(y, 1.0 / (v + tau2[:, None]), basis)
    w = fits.weights
    slope = 0.5 * (w * (w * fits.residuals**2 - 1.0 + (fits.leverages if restricted else 0.0))).sum(axis=1)
    height = 0.5 * (np.log(w).sum(axis=1) - fits.rss - (fits.log_det if restricted else 0.0))
    return np.asarray(slope, dtype=np.float64), np.asarray(height, dtype=np.float64)
