"""Traces of the residual projection ``P = A - A B (B'AB)^-1 B'A`` that moments of tau2 and their variances need.

For any weights ``a`` the quadratic form ``Q = y'Py`` has, when ``var(y) = V + tau2``, the mean
``tr(PV) + tau2 tr(P)`` and the variance ``2 [tr(PVPV) + 2 tau2 tr(PVP) + tau2^2 tr(PP)]`` (Searle 1971,
Linear Models, section 2.5).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.tau2.least_squares import LeastSquares


class Traces(NamedTuple):
    """tr(P), tr(PV), tr(PP), tr(PVP) and tr(PVPV)."""

    p: float
    pv: float
    pp: float
    pvp: float
    pvpv: float

    def variance_of_q(self, tau2: float) -> float:
        """Return the variance of y'Py when the studies vary by tau2."""
        return 2.0 * (self.pvpv + 2.0 * tau2 * self.pvp + tau2 * tau2 * self.pp)


def trace(fit: LeastSquares) -> float:
    """Return tr(P) alone; no cancellation when one study has nearly all the weight."""
    return math.fsum(fit.weights * fit.spare)


def traces(fit: LeastSquares, v: FloatArray) -> Traces:
    """Return the five traces of the projection of ``fit`` for sampling variances ``v``."""
    sqrt = np.sqrt(fit.weights)
    across = -(fit.unit @ fit.unit.T)
    np.fill_diagonal(across, fit.spare)
    squares = (sqrt[:, None] * across * sqrt[None, :]) ** 2
    right = squares @ v
    return Traces(
        trace(fit), math.fsum(fit.weights * fit.spare * v), float(squares.sum()), math.fsum(right), float(v @ right)
    )
