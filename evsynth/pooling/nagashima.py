"""Prediction interval of Nagashima, Noma & Furukawa 2019, computed by quadrature instead of simulation.

Their parametric bootstrap (doi 10.1177/0962280218773520, algorithm 1) draws tau2 from the exact confidence distribution
of the untruncated DerSimonian-Laird estimator (the distribution of Cochran's Q; negative draws are 0), z standard
normal and t with k - 1 degrees of freedom, and takes quantiles of

    theta_new = mu(tau2) + sqrt(tau2) z - t se(tau2),
    mu = sum(w y)/W,  w = 1/(v + tau2),  se^2 = sum w (y - mu)^2 / ((k - 1) W)       (Hartung 1999)

The confidence interval for mu drops the term with z. Here the distribution function of that mixture is computed: over
tau2 by the trapezoidal rule in log tau2 with the exact density (``tau2.quadratic_form``), with the mass at tau2 = 0
apart; over t by writing it as ``z/sqrt(chi2/(k - 1))``, so that given tau2 and the chi-squared the sum is normal, and
the trapezoidal rule in log chi2. Both converge geometrically; quantiles are then roots to 1e-12 of their scale. There
is no seed and no Monte Carlo error. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import gammaln, ndtr, polygamma

from evsynth.pooling.guard import FloatArray, check_effects, check_level
from evsynth.pooling.tau2.generalised_q import ConfidenceDistribution, confidence_distribution
from evsynth.pooling.tau2.least_squares import intercept

COARSE, POINTS = 120, 240
"""Points in log tau2 that find where its density lies, and that integrate it; twice as many change the bounds by less
than 1e-10 of their width.
"""

NEGLIGIBLE = 1e-14
"""Probability that is cut off at either end of each quadrature."""


class Bootstrap(NamedTuple):
    """Bounds for the effect in a new study and for the mean, and the probability that tau2 is drawn as 0."""

    lower: float
    upper: float
    mean_lower: float
    mean_upper: float
    probability_of_zero: float
    level: float


class _Mixture(NamedTuple):
    mean: FloatArray
    tau2: FloatArray
    se2: FloatArray
    mass: FloatArray
    ratio: FloatArray  # (k - 1)/chi2 at the nodes
    ratio_mass: FloatArray

    def probability(self, x: float, *, new_study: bool) -> float:
        spread = self.se2[:, None] * self.ratio[None, :]
        if new_study:
            spread = spread + self.tau2[:, None]
        with np.errstate(divide="ignore"):
            standard = (x - self.mean)[:, None] / np.sqrt(spread)
        return float(self.mass @ ndtr(np.nan_to_num(standard, nan=0.0)) @ self.ratio_mass)


def nagashima(y: npt.ArrayLike, v: npt.ArrayLike, *, level: float) -> Bootstrap:
    """Return the prediction interval and the confidence interval of the mean.

    Raises InputError for fewer than three studies, values that are not finite, v <= 0, or a level outside (0, 1).
    """
    effects, level = check_effects(y, v, minimum=3), check_level(level)
    centre, unit = _centre_and_unit(effects.y, effects.v)
    mixture, zero = _mixture((effects.y - centre) / unit, effects.v / unit**2)
    tail = (1.0 - level) / 2
    bounds = [
        centre + unit * _quantile(mixture, probability, new_study=new_study)
        for new_study in (True, False)
        for probability in (tail, 1.0 - tail)
    ]
    return Bootstrap(bounds[0], bounds[1], bounds[2], bounds[3], zero, level)


def _centre_and_unit(y: FloatArray, v: FloatArray) -> tuple[float, float]:
    return float(np.median(y)), math.sqrt(float(np.median(v)))


def _mixture(y: FloatArray, v: FloatArray) -> tuple[_Mixture, float]:
    k = len(y)
    confidence = confidence_distribution(y, v, intercept(k), 1.0 / v)
    zero = 1.0 - float(confidence.at(np.zeros(1)).probability[0])
    tau2, mass = _between(confidence, k)
    tau2, mass = np.concatenate(([0.0], tau2)), np.concatenate(([zero], mass))
    w = 1.0 / (v + tau2[:, None])
    total = w.sum(axis=1)
    mean = (w @ y) / total
    se2 = (w * (y - mean[:, None]) ** 2).sum(axis=1) / ((k - 1) * total)
    ratio, ratio_mass = _chi_squared(k - 1)
    return _Mixture(mean, tau2, se2, mass / mass.sum(), ratio, ratio_mass), zero


def _between(confidence: ConfidenceDistribution, k: int) -> tuple[FloatArray, FloatArray]:
    # Density of log tau2; it falls like tau2 at the left and like tau2^(-(k - 1)/2) at the right.
    if confidence.q <= 0:
        return np.empty(0), np.empty(0)
    low = NEGLIGIBLE * float(confidence.v.min())
    high = max(confidence.q, 1.0) * float(confidence.v.max()) * NEGLIGIBLE ** (-2.0 / (k - 1))
    for points in (COARSE, POINTS):
        nodes, step = np.linspace(math.log(low), math.log(high), points, retstep=True)
        tau2 = np.exp(nodes)
        density = np.maximum(-confidence.at(tau2).slope * tau2, 0.0)
        there = np.flatnonzero(density > NEGLIGIBLE * density.max())
        low, high = float(tau2[max(there[0] - 1, 0)]), float(tau2[min(there[-1] + 1, points - 1)])
    return tau2, density * float(step)


def _chi_squared(df: int) -> tuple[FloatArray, FloatArray]:
    # Trapezoidal rule for log chi2(df): spacing half its standard deviation, out to NEGLIGIBLE at both ends.
    step = 0.4 * math.sqrt(float(polygamma(1, df / 2)))
    nodes = math.log(df) + step * np.arange(-3000, 400)
    logs = 0.5 * df * nodes - 0.5 * np.exp(nodes) - 0.5 * df * math.log(2) - float(gammaln(0.5 * df))
    keep = logs > math.log(NEGLIGIBLE)
    mass = step * np.exp(logs[keep])
    return df / np.exp(nodes[keep]), mass / mass.sum()


def _quantile(mixture: _Mixture, probability: float, *, new_study: bool) -> float:
    def excess(x: float) -> float:
        return mixture.probability(x, new_study=new_study) - probability

    low, high = -1.0, 1.0
    while excess(low) > 0:
        low *= 2.0
    while excess(high) < 0:
        high *= 2.0
    return float(brentq(excess, low, high, xtol=1e-13, rtol=1e-14, maxiter=500))
