"""Profile log-likelihood (ML) and restricted log-likelihood (REML) of tau2 in the normal-normal model.

With ``w = 1/(v + tau2)``, ``W = sum w`` and ``mu = sum(w y)/W``:

    ML:    l(tau2) = -1/2 [ k log 2 pi + sum log(v + tau2) + sum w (y - mu)^2 ]
    REML:  l(tau2) = ML + 1/2 [ log(2 pi) - log W + log k ]      (the constant that R's metafor uses)
    score: l'(tau2) = 1/2 [ sum w (w (y - mu)^2 - 1)  (+ sum w^2 / W  for REML) ]

Hardy & Thompson 1996, doi 10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A;
Viechtbauer 2005, doi 10.3102/10769986030003261. Units: tau2 is in squared units of ``y``.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.weighting import weighted_mean

Likelihood = Literal["ML", "REML"]


def log_likelihood(tau2: float, y: FloatArray, v: FloatArray, *, likelihood: Likelihood) -> float:
    """Return the profile log-likelihood at one tau2, all constants included."""
    fit = weighted_mean(y, v, tau2)
    k = len(y)
    value = -0.5 * (k * math.log(2 * math.pi) + math.fsum(np.log(v + tau2)) + fit.rss)
    if likelihood == "REML":
        value += 0.5 * (math.log(2 * math.pi) + 2 * math.log(fit.se) + math.log(k))
    return value


def score(tau2: float, y: FloatArray, v: FloatArray, *, likelihood: Likelihood) -> float:
    """Return the derivative of the profile log-likelihood with respect to tau2."""
    fit = weighted_mean(y, v, tau2)
    w, residual = fit.weights, y - fit.mean
    terms = list(w * (w * residual * residual - 1.0))
    if likelihood == "REML":
        terms.append(math.fsum(w * w) * fit.se**2)
    return 0.5 * math.fsum(terms)


def log_likelihoods(tau2: FloatArray, y: FloatArray, v: FloatArray, *, likelihood: Likelihood) -> FloatArray:
    """Return the profile log-likelihood at many values of tau2 at once (plain sums: for scans, not for final
    values).
    """
    spread, rss, total = _at_once(tau2, y, v)
    value = -0.5 * (len(y) * math.log(2 * math.pi) + np.log(spread).sum(axis=0) + rss)
    if likelihood == "REML":
        value = value + 0.5 * (math.log(2 * math.pi) - np.log(total) + math.log(len(y)))
    return np.asarray(value, dtype=np.float64)


def upper_bounds(
    low: FloatArray, high: FloatArray, y: FloatArray, v: FloatArray, *, likelihood: Likelihood
) -> FloatArray:
    """Return, for each interval [low, high] of tau2, a number that the log-likelihood nowhere exceeds on it.

    ``sum log(v + tau2)`` rises with tau2, the weighted residual sum of squares falls (it is a minimum over mu
    of falling terms) and so does ``W``: taking each at its favourable end bounds the sum from above.
    """
    _, rss, total = _at_once(high, y, v)
    logs = np.log(v[:, None] + low[None, :]).sum(axis=0)
    value = -0.5 * (len(y) * math.log(2 * math.pi) + logs + rss)
    if likelihood == "REML":
        value = value + 0.5 * (math.log(2 * math.pi) - np.log(total) + math.log(len(y)))
    return np.asarray(value, dtype=np.float64)


def tail_bound(low: float, y: FloatArray, v: FloatArray, *, likelihood: Likelihood) -> float:
    """Return a number that the log-likelihood nowhere exceeds for tau2 >= low.

    It falls without limit as low grows.

    Drops the residual sum of squares; for REML, ``W >= k/(max v + tau2)`` cancels the term of the largest
    variance.
    """
    constant = -0.5 * len(y) * math.log(2 * math.pi)
    logs = sorted(float(value) for value in np.log(v + low))
    if likelihood == "ML":
        return constant - 0.5 * math.fsum(logs)
    return constant - 0.5 * math.fsum(logs[:-1]) + 0.5 * math.log(2 * math.pi)


def _at_once(tau2: FloatArray, y: FloatArray, v: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    spread = v[:, None] + tau2[None, :]
    w = 1.0 / spread
    total = w.sum(axis=0)
    mean = (w * y[:, None]).sum(axis=0) / total
    rss = (w * (y[:, None] - mean) ** 2).sum(axis=0)
    return spread, rss, total
