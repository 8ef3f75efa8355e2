"""Henmi & Copas' interval: the common-effect mean, which selection biases less, with an interval that allows for tau2.

Weights are 1/v, so large studies dominate whatever the heterogeneity; tau2 is DerSimonian-Laird's. With
``w = 1/v``, ``W = sum w``, ``W2 = sum w^2``, ``b`` the weighted mean and ``t2(Q)`` DerSimonian-Laird's tau2 as a
function of Q, the pivot is ``U = R / sqrt(1 + t2(Q) W2/W)`` with ``R = sqrt(W)(b - mu) ~ N(0, 1 + tau2 W2/W)``; Q
given R is taken as gamma with its exact conditional mean and variance (Q is a quadratic form in normals, R a linear
one). The critical value u solves

    P(U > u) = integral over r > u of P(Q < c(r/u) | r) phi(r) dr = (1 - level)/2,
    c(a) = k - 1 + (a^2 - 1)(W/W2)(W - W2/W)

with tau2 replaced by its estimate. Henmi & Copas 2010, doi 10.1002/sim.4029. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numpy.polynomial.legendre import leggauss
from scipy.optimize import brentq
from scipy.special import gammainc

from evsynth.pooling.guard import FloatArray, check_effects, check_level
from evsynth.pooling.small_study.gate import Caveat, Few, gate
from evsynth.pooling.small_study.regression import estimate_tau2
from evsynth.pooling.weighting import weighted_mean

CAVEAT = Caveat(
    "a pooled mean that leans on the large studies, with an interval that still allows for heterogeneity",
    "how much bias there is, or that none is left; the mean is not that of the random-effects model",
)
NODES, PIECES, REACH = 40, 24, 12.0
"""Gauss-Legendre nodes per piece, pieces, and standard deviations of R beyond which its density is below 1e-31."""


class HenmiCopas(NamedTuple):
    """Common-effect mean with a standard error that includes tau2 (DL) and an interval of ``critical`` such errors."""

    k: int
    mean: float
    se: float
    lower: float
    upper: float
    critical: float
    tau2: float
    level: float
    shows: str
    cannot_show: str
    codes: tuple[str, ...]


def hc(
    y: npt.ArrayLike, v: npt.ArrayLike, *, level: float = 0.95, measure: str | None = None, few: Few = "warn"
) -> HenmiCopas:
    """Return Henmi & Copas' estimate and interval. It is an interval, not a test, so few studies warn by default.

    Raises InputError for proportions and for fewer than two studies.
    """
    level, effects = check_level(level), check_effects(y, v)
    codes = gate(len(effects.y), measure=measure, few=few, minimum=2, uses_se=False)
    fit = weighted_mean(effects.y, effects.v, 0.0)
    tau2 = estimate_tau2(effects.y, effects.v, None, method="DL").value
    w = fit.weights / fit.weights.max()
    ratio = math.fsum(w * w) / math.fsum(w) * float(fit.weights.max())
    se = fit.se * math.sqrt(1 + tau2 * ratio)
    critical = _critical(fit.weights, tau2, (1 - level) / 2)
    reach = critical * se
    return HenmiCopas(
        len(effects.y), fit.mean, se, fit.mean - reach, fit.mean + reach, critical, tau2, level,
        CAVEAT.shows, CAVEAT.cannot_show, codes,
    )  # fmt: skip


def _critical(weights: FloatArray, tau2: float, tail: float) -> float:
    k, total = len(weights), math.fsum(weights)
    ratio = math.fsum(weights**2) / total
    slack = total - ratio
    spread = math.sqrt(1 + tau2 * ratio)
    mean_of, variance_of = _conditional(weights, tau2)
    points, shares = leggauss(NODES)

    def above(u: float) -> float:
        edges = np.linspace(u, u + REACH * spread, PIECES + 1)
        half, middle = 0.5 * np.diff(edges), 0.5 * (edges[1:] + edges[:-1])
        r = (middle[:, None] + half[:, None] * points).ravel()
        by = (half[:, None] * shares).ravel()
        bound = (k - 1) + ((r / u) ** 2 - 1) * slack / ratio
        mean, variance = mean_of(r), variance_of(r)
        below = gammainc(mean**2 / variance, bound * mean / variance)
        density = np.exp(-0.5 * (r / spread) ** 2) / (spread * math.sqrt(2 * math.pi))
        return math.fsum(by * below * density)

    high = 3.0
    while above(high) > tail:
        high *= 1.5
    low = high
    while above(low) < tail:
        low *= 0.7
    return float(brentq(lambda u: above(u) - tail, low, high, xtol=1e-300, rtol=1e-14, maxiter=500))


def _conditional(weights: FloatArray, tau2: float) -> tuple[_Curve, _Curve]:
    """Return the mean and variance of Q given R = r, both of the form c0 + c1 r^2."""
    # u_i = sqrt(w_i)(y_i - mu) ~ N(0, d_i), d = 1 + tau2 w; R = a'u with a = sqrt(w/W), |a| = 1; Q = u'Mu, M = I - aa'.
    # u given R = r: mean m r, m = d a / V, covariance S = D - V m m', V = a'Da. All traces below are sums over studies.
    total = math.fsum(weights)
    a2 = weights / total
    # Measured from the common level d0 = V: the excess e = d - V has a'ea = 0, and M D a = M e a. No cancellation.
    v = 1 + tau2 * math.fsum(weights * a2)
    e = tau2 * (weights - math.fsum(weights * a2))
    b = math.fsum(a2 * e * e)  # a'e^2 a = |M e a|^2, since a'ea = 0
    c = math.fsum(a2 * e**3)
    # E = tr(MS) + r^2 m'Mm;  tr(MS) = tr(MD) - |MDa|^2/V;  m'Mm = |MDa|^2/V^2.
    d = 1 + tau2 * weights
    trace = math.fsum(d * (1 - a2))
    mean0, mean2 = trace - b / v, b / v**2
    # Var = 2 tr(MSMS) + 4 r^2 m'MSMm. With g = MDa = e*a (componentwise) and MSM = MDM - gg'/V:
    # tr(MDMD) = sum d^2 - 2 a'D^2 a + V^2;  g'Dg = sum a2 e^2 d = v b + c;  (a'Dg)^2 terms enter through M g = g,
    # a'g = 0.
    squares = math.fsum(d * d * (1 - 2 * a2)) + v * v
    quadratic = v * b + c  # g'Dg = g'MDMg
    var0 = 2 * (squares - 2 * quadratic / v + b * b / v**2)
    var2 = 4 * (quadratic / v**2 - b * b / v**3)
    return _Curve(mean0, mean2), _Curve(var0, var2)


class _Curve(NamedTuple):
    constant: float
    square: float

    def __call__(self, r: FloatArray) -> FloatArray:
        return np.asarray(self.constant + self.square * r * r, dtype=np.float64)
