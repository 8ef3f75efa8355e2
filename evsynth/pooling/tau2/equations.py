"""Roots of the generalised Q: estimators that equate ``Q(tau2) = sum w (y - Bg)^2`` to a target, and its profile.

``Q`` with ``w = 1/(v + tau2)`` falls as tau2 grows, so each target has one root, or none above 0 (then 0).

    PM                Q(tau2) = k - p                   Paule & Mandel 1982, doi 10.6028/jres.087.022
    EB, DLIT, SJIT    the same root: empirical Bayes (Morris 1983, doi 10.1080/01621459.1983.10477920), and what
                      iterating DL or SJ converges to; kept under the name that was asked for
    PMM               Q(tau2) = median of chi-squared(k - p)   median unbiased (Viechtbauer 2021)
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.tau2.least_squares import least_squares


def paule_mandel(y: FloatArray, v: FloatArray, basis: FloatArray) -> float:
    """Return the root of Q(tau2) = k - p, 0 when Q(0) is not larger."""
    return crossing(y, v, basis, float(len(y) - basis.shape[1]))


def median_unbiased(y: FloatArray, v: FloatArray, basis: FloatArray) -> float:
    """Return the root of Q(tau2) = median of the chi-squared distribution, 0 when Q(0) is not larger."""
    return crossing(y, v, basis, float(chi2.median(len(y) - basis.shape[1])))


def crossing(y: FloatArray, v: FloatArray, basis: FloatArray, target: float) -> float:
    """Return the tau2 at which Q(tau2) falls to ``target``, to the last bits; 0 when it starts below."""

    def excess(tau2: float) -> float:
        return least_squares(y, 1.0 / (v + tau2), basis).rss - target

    if excess(0.0) <= 0:
        return 0.0
    high = float(v.min())
    while excess(high) > 0:
        high *= 4.0
    return float(brentq(excess, 0.0, high, xtol=1e-300, rtol=4 * np.finfo(float).eps, maxiter=500))
