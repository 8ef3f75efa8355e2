"""Profile log-likelihood (ML) and restricted log-likelihood (REML) of tau2 in the normal-normal model.

With ``w = 1/(v + tau2)``, ``B`` an orthonormal basis of the moderators (``intercept`` without any), ``g`` the weighted
fit, ``e = y - Bg`` and leverages ``h`` (``tau2.least_squares``):

    ML:    l(tau2) = -1/2 [ k log 2 pi + sum log(v + tau2) + sum w e^2 ]
    REML:  l(tau2) = ML + 1/2 [ p log 2 pi - log det B'WB ]      (det X'X cancels: the constant that R's metafor uses)
    score: l'(tau2) = 1/2 [ sum w^2 e^2 - sum w  (+ sum w h  for REML) ]

Without moderators ``log det B'WB = log(sum w) - log k``. Hardy & Thompson 1996,
doi 10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A; Viechtbauer 2005, doi 10.3102/10769986030003261;
with moderators Harville 1977, doi 10.1080/01621459.1977.10480998. Units: tau2 is in squared units of ``y``.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.tau2.least_squares import intercept, least_squares

Likelihood = Literal["ML", "REML"]


def log_likelihood(
    tau2: float, y: FloatArray, v: FloatArray, *, likelihood: Likelihood, basis: FloatArray | None = None
) -> float:
    """Return the profile log-likelihood at one tau2, all constants included."""
    basis = intercept(len(y)) if basis is None else basis
    fit = least_squares(y, 1.0 / (v + tau2), basis)
    value = -0.5 * (len(y) * math.log(2 * math.pi) + math.fsum(np.log(v + tau2)) + fit.rss)
    if likelihood == "REML":
        value += 0.5 * basis.shape[1] * math.log(2 * math.pi) - math.fsum(np.log(np.abs(np.diag(fit.root))))
    return value


def score(
    tau2: float, y: FloatArray, v: FloatArray, *, likelihood: Likelihood, basis: FloatArray | None = None
) -> float:
    """Return the derivative of the profile log-likelihood with respect to tau2."""
    fit = least_squares(y, 1.0 / (v + tau2), intercept(len(y)) if basis is None else basis)
    w, residual = fit.weights, fit.residuals
    spare = fit.spare if likelihood == "REML" else 1.0
    return 0.5 * math.fsum(w * (w * residual * residual - spare))


def log_likelihoods(
    tau2: FloatArray, y: FloatArray, v: FloatArray, *, likelihood: Likelihood, basis: FloatArray | None = None
) -> FloatArray:
    """Return the profile log-likelihood at many values of tau2 at once (plain sums: for scans, not for final
    values).
    """
    logs = np.log(v[:, None] + tau2[None, :]).sum(axis=0)
    return _heights(logs, _at_once(tau2, y, v, basis), len(y), likelihood)


def scores(
    tau2: FloatArray, y: FloatArray, v: FloatArray, *, likelihood: Likelihood, basis: FloatArray | None = None
) -> FloatArray:
    """Return the score at many values of tau2 at once (plain sums: for scans, not for roots)."""
    many = _at_once(tau2, y, v, basis)
    total = (many.weights * (many.weights * many.residuals**2 - 1.0)).sum(axis=1)
    if likelihood == "REML":
        total = total + (many.weights * many.leverages).sum(axis=1)
    return np.asarray(0.5 * total, dtype=np.float64)


def upper_bounds(
    low: FloatArray,
    high: FloatArray,
    y: FloatArray,
    v: FloatArray,
    *,
    likelihood: Likelihood,
    basis: FloatArray | None = None,
) -> FloatArray:
    """Return, for each interval [low, high] of tau2, a number that the log-likelihood nowhere exceeds on it.

    ``sum log(v + tau2)`` rises with tau2, the weighted residual sum of squares falls (it is a minimum over the
    coefficients of falling terms) and so does ``det B'WB``: taking each at its favourable end bounds the sum from
    above.
    """
    logs = np.log(v[:, None] + low[None, :]).sum(axis=0)
    return _heights(logs, _at_once(high, y, v, basis), len(y), likelihood)


def tail_bound(
    low: float, y: FloatArray, v: FloatArray, *, likelihood: Likelihood, basis: FloatArray | None = None
) -> float:
    """Return a number that the log-likelihood nowhere exceeds for tau2 >= low.

    It falls without limit as low grows.

    Drops the residual sum of squares; for REML, ``det B'WB >= (max v + tau2)^-p`` cancels p terms of the largest
    variance (k > p).
    """
    p = 1 if basis is None else basis.shape[1]
    total = math.fsum(np.log(v + low))
    if likelihood == "ML":
        return -0.5 * len(y) * math.log(2 * math.pi) - 0.5 * total
    return -0.5 * (len(y) - p) * math.log(2 * math.pi) - 0.5 * (total - p * math.log(float(v.max()) + low))


class _Many(NamedTuple):
    weights: FloatArray
    residuals: FloatArray
    leverages: FloatArray
    log_det: FloatArray
    columns: int


def _heights(logs: FloatArray, many: _Many, k: int, likelihood: Likelihood) -> FloatArray:
    rss = (many.weights * many.residuals**2).sum(axis=1)
    value = -0.5 * (k * math.log(2 * math.pi) + logs + rss)
    if likelihood == "REML":
        value = value + 0.5 * (many.columns * math.log(2 * math.pi) - many.log_det)
    return np.asarray(value, dtype=np.float64)


def _at_once(tau2: FloatArray, y: FloatArray, v: FloatArray, basis: FloatArray | None) -> _Many:
    w = 1.0 / (v[None, :] + tau2[:, None])
    if basis is None or basis.shape[1] == 1:
        column = intercept(len(y))[:, 0] if basis is None else basis[:, 0]
        squares = column * column
        total = w @ squares
        fitted = ((w * (column * y)).sum(axis=1) / total)[:, None] * column
        leverages = w * squares / total[:, None]
        return _Many(w, y - fitted, leverages, np.log(total), 1)
    p = basis.shape[1]
    products = (basis[:, :, None] * basis[:, None, :]).reshape(len(y), p * p)
    moments = (w @ products).reshape(len(tau2), p, p)
    inverse = np.linalg.inv(moments)
    coefficients = np.einsum("gpq,gq->gp", inverse, w @ (basis * y[:, None]))
    leverages = w * (inverse.reshape(len(tau2), p * p) @ products.T)
    return _Many(w, y - coefficients @ basis.T, leverages, np.linalg.slogdet(moments)[1], p)
