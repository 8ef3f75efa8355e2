"""A density on [0, upper] of tau held as nodes and weights, and mixtures of normals over it: moments,
quantiles, intervals.

The nodes are Gauss-Legendre panels whose edges are spaced geometrically, so that a likelihood that bends at
the smallest standard error and a prior a thousand times wider are resolved alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.polynomial.legendre import leggauss
from scipy.optimize import brentq
from scipy.special import ndtr

from evsynth.pooling.guard import FloatArray

ORDER = 20
"""Gauss-Legendre nodes per panel."""

SCAN = 12
"""Lower-tail shares at which the search for the shortest interval starts: two modes give several stops."""

NEGLIGIBLE = 1e-25
"""Mixture components below this share of the largest are dropped when distribution functions are inverted."""

Curve = Callable[[float], float]


class Summary(NamedTuple):
    """A posterior: mean, standard deviation, median, equal-tailed interval, and the shortest interval of the
    same level.
    """

    mean: float
    sd: float
    median: float
    lower: float
    upper: float
    shortest_lower: float
    shortest_upper: float
    level: float


class Panels(NamedTuple):
    """Quadrature on [0, edges[-1]]: nodes and weights, ``ORDER`` per panel, panel by panel."""

    edges: FloatArray
    nodes: FloatArray
    weights: FloatArray


def panels(smallest: float, largest: float, *, count: int) -> Panels:
    """Return panels with edges 0, then geometrically from ``smallest`` to ``largest``."""
    edges = np.concatenate(([0.0], np.geomspace(smallest, largest, count)))
    points, shares = leggauss(ORDER)
    half, middle = 0.5 * np.diff(edges), 0.5 * (edges[1:] + edges[:-1])
    nodes = (middle[:, None] + half[:, None] * points).ravel()
    return Panels(edges, nodes, (half[:, None] * shares).ravel())


def within(low: float, high: float, density: Callable[[FloatArray], FloatArray]) -> float:
    """Integrate a density over part of one panel."""
    points, shares = leggauss(ORDER)
    half = 0.5 * (high - low)
    return half * math.fsum(shares * density(0.5 * (low + high) + half * points))


class Mixture(NamedTuple):
    """A mixture of normals: weights that sum to 1, means, standard deviations (a standard deviation may be
    0).
    """

    weights: FloatArray
    means: FloatArray
    sds: FloatArray

    def below(self, value: float) -> float:
        """Return the probability below a value."""
        return float(self.weights @ ndtr((value - self.means) / self.sds))

    def density(self, value: float) -> float:
        """Return the density at a value."""
        z = (value - self.means) / self.sds
        return float(self.weights @ (np.exp(-0.5 * z * z) / self.sds)) / math.sqrt(2 * math.pi)

    def summary(self, level: float) -> Summary:
        """Return moments (exact for the mixture) and quantiles (roots of the distribution function)."""
        if bool((self.weights < NEGLIGIBLE * self.weights.max()).any()):
            keep = self.weights >= NEGLIGIBLE * self.weights.max()
            return Mixture(self.weights[keep], self.means[keep], self.sds[keep]).summary(level)
        mean = math.fsum(self.weights * self.means)
        variance = math.fsum(self.weights * (self.sds**2 + (self.means - mean) ** 2))
        reach = 40.0 * math.sqrt(variance)
        low = min(mean - reach, float((self.means - 9 * self.sds).min()))
        high = max(mean + reach, float((self.means + 9 * self.sds).max()))
        return summarise(mean, math.sqrt(variance), self.below, self.density, ends=(low, high), level=level)


def summarise(
    mean: float, sd: float, below: Curve, density: Curve, *, ends: tuple[float, float], level: float
) -> Summary:
    """Return a summary from a distribution function and its density on [ends]."""

    def quantile(share: float) -> float:
        if share <= 0:
            return ends[0]
        return float(brentq(lambda value: below(value) - share, *ends, xtol=1e-300, rtol=1e-14, maxiter=500))

    tail = 1.0 - level

    def imbalance(share: float) -> float:
        # d(width)/d(share) has the sign of density(lower) - density(upper).
        return density(quantile(share)) - density(quantile(share + level))

    shares = np.linspace(0.0, tail, SCAN + 1)[:-1]
    shares[0] = 0.0 if ends[0] == 0.0 else 1e-9 * tail
    slopes = [imbalance(float(share)) for share in shares]
    stops = [float(shares[0])] if slopes[0] >= 0 else []
    for place in range(len(shares) - 1):
        if slopes[place] < 0 <= slopes[place + 1]:
            left, right = float(shares[place]), float(shares[place + 1])
            stops.append(float(brentq(imbalance, left, right, xtol=1e-15, rtol=1e-13)))
    if not stops:
        stops.append(float(brentq(imbalance, float(shares[-1]), tail * (1 - 1e-9), xtol=1e-15, rtol=1e-13)))
    shortest = min(((quantile(share), quantile(share + level)) for share in stops), key=lambda pair: pair[1] - pair[0])
    return Summary(mean, sd, quantile(0.5), quantile(tail / 2), quantile(1 - tail / 2), *shortest, level)
