"""Confidence distribution of tau2 from the exact distribution of a generalised Q with fixed weights.

``F(q; tau2) = P(Q_a <= q)`` falls as tau2 grows (``quadratic_form``), so ``1 - F(q_observed; tau2)`` is a distribution
function of tau2: its quantiles are exact confidence bounds and its median GENQM. DerSimonian & Kacker 2007,
doi 10.1016/j.cct.2006.04.004; Jackson 2013, doi 10.1002/jrsm.1081. Weights: any fixed ``a > 0``; ``1/v`` gives
Cochran's Q, ``1/sqrt(v)`` is Jackson's recommendation for the interval.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.tau2.least_squares import least_squares
from evsynth.pooling.tau2.quadratic_form import QDistribution, distribution


class ConfidenceDistribution(NamedTuple):
    """The observed Q and what its distribution needs: weights, variances, orthonormal columns of sqrt(a) B."""

    q: float
    v: FloatArray
    weights: FloatArray
    unit: FloatArray

    def at(self, tau2: FloatArray) -> QDistribution:
        """Return P(Q <= q observed) and its slope at each tau2."""
        return distribution(self.q, tau2, self.v, self.weights, self.unit)

    def quantile(self, probability: float) -> float:
        """Return the tau2 whose confidence distribution is ``probability``; 0 when that is reached at 0 already."""
        target = 1.0 - probability

        def excess(tau2: float) -> float:
            return float(self.at(np.array([tau2])).probability[0]) - target

        if excess(0.0) <= 0:
            return 0.0
        high = float(self.v.min())
        while excess(high) > 0:
            high *= 4.0
        return float(brentq(excess, 0.0, high, xtol=1e-300, rtol=4 * np.finfo(float).eps, maxiter=500))


def confidence_distribution(
    y: FloatArray, v: FloatArray, basis: FloatArray, weights: FloatArray
) -> ConfidenceDistribution:
    """Return the confidence distribution of tau2 for fixed weights."""
    fit = least_squares(y, weights, basis)
    return ConfidenceDistribution(fit.rss, v, weights, fit.unit)
