"""The Bayesian normal-normal posterior of ``normal_normal``, in a few milliseconds: many priors, subsets or branches.

Same model (flat mu, half-normal tau; Roever 2020, doi 10.18637/jss.v093.i06) and same numbers to 1e-10, without the
shrunken studies. What makes it fast: with ``tau = c sinh x``, ``c`` the smallest standard error, likelihood and prior
are analytic in a strip around the line of x whatever the data are, so a few hundred Gauss-Legendre nodes do; and all
quantiles of a distribution are solved together by Newton's method inside brackets.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from numpy.polynomial.legendre import leggauss
from scipy.special import ndtr

from evsynth.pooling.guard import Effects, FloatArray, InputError, check_effects, check_level

SCAN = 12
"""Lower-tail shares at which the search for the shortest interval starts: two modes give several stops."""

ORDER = 12
"""Gauss-Legendre nodes per panel."""

WIDTH = 0.25
"""Widest panel in x; with many studies the posterior is narrower, and so are the panels."""

REACH = 9.0
"""The prior's tail beyond 9 scales is 2e-19."""

NEGLIGIBLE = 1e-25
"""Components below this share of the largest are dropped."""

CHANGE = 1e-11
"""Halving the panels may change the normalising constant by so much; beyond, they are halved again."""

_POINTS, _SHARES = leggauss(ORDER)


class QuickSummary(NamedTuple):
    """A posterior: mean, standard deviation, median, equal-tailed interval, and the shortest interval of the level."""

    mean: float
    sd: float
    median: float
    lower: float
    upper: float
    shortest_lower: float
    shortest_upper: float
    level: float


class QuickPosterior(NamedTuple):
    """Posterior of mu, tau and the effect in a new study. Codes: QUADRATURE_NOT_CONVERGED."""

    mu: QuickSummary
    tau: QuickSummary
    new_study: QuickSummary
    probability_below_zero: float
    nodes: int
    quadrature_change: float
    codes: tuple[str, ...]


def quick_posterior(y: npt.ArrayLike, v: npt.ArrayLike, *, prior_scale: float, level: float) -> QuickPosterior:
    """Return the posterior under tau ~ half-normal(prior_scale), mu flat; two studies or more.

    Raises InputError as ``normal_normal`` does.
    """
    level, effects = check_level(level), check_effects(y, v, minimum=2)
    if not (math.isfinite(prior_scale) and prior_scale > 0):
        raise InputError([f"prior_scale = {prior_scale!r} must be a finite number > 0, in the units of y"])
    unit = math.sqrt(float(effects.v.min()))
    centre = float(np.average(effects.y, weights=1.0 / effects.v))
    scaled = Effects((effects.y - centre) / unit, effects.v / unit**2, effects.labels)
    curve, change = _converged(scaled, prior_scale / unit)
    mu = _Mixture(curve.masses, curve.means, np.sqrt(curve.variances))
    new = _Mixture(curve.masses, curve.means, np.sqrt(curve.variances + curve.tau**2))
    return QuickPosterior(
        mu=_scale(_summary(mu, mu.start(), level), unit, centre),
        tau=_scale(_summary(curve, (curve.edges, curve.steps), level), unit, 0.0),
        new_study=_scale(_summary(new, new.start(), level), unit, centre),
        probability_below_zero=float(mu.below(np.array([-centre / unit]))[0]),
        nodes=len(curve.tau),
        quadrature_change=change,
        codes=("QUADRATURE_NOT_CONVERGED",) if change > 1e-10 else (),
    )


class _Distribution(Protocol):
    @property
    def mean(self) -> float: ...
    @property
    def sd(self) -> float: ...
    def below(self, values: FloatArray) -> FloatArray: ...
    def density(self, values: FloatArray) -> tuple[FloatArray, FloatArray]: ...


class _Tau:
    """The posterior of tau, in units of the smallest standard error: nodes with masses that sum to 1."""

    def __init__(self, effects: Effects, scale: float, width: float) -> None:
        self.y, self.v, self.scale = effects.y[:, None], effects.v[:, None], scale
        end = math.asinh(REACH * scale)
        count = max(4, math.ceil(end / width))
        self.x = np.linspace(0.0, end, count + 1)
        half = 0.5 * end / count
        nodes = (self.x[:-1, None] + half * (1.0 + _POINTS)).ravel()
        self.tau = np.sinh(nodes)
        heights, self.means, self.variances = self._log(self.tau)
        self.peak = float(heights.max())
        masses = np.exp(heights - self.peak) * np.cosh(nodes) * np.tile(half * _SHARES, count)
        self.total = math.fsum(masses)
        self.masses = masses / self.total
        self.edges = np.sinh(self.x)
        self.steps = np.concatenate(([0.0], np.cumsum(self.masses.reshape(-1, ORDER).sum(axis=1))))
        self.mean = math.fsum(self.masses * self.tau)
        self.sd = math.sqrt(math.fsum(self.masses * (self.tau - self.mean) ** 2))

    def _log(self, tau: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        spread = self.v + tau * tau
        w = 1.0 / spread
        total = w.sum(axis=0)
        mean = (w * self.y).sum(axis=0) / total
        rss = (w * (self.y - mean) ** 2).sum(axis=0)
        logs = np.log(spread).sum(axis=0)
        return -0.5 * (logs + rss + np.log(total) + (tau / self.scale) ** 2), mean, 1.0 / total

    def below(self, values: FloatArray) -> FloatArray:
        """Return the distribution function: whole panels, and a part of one integrated afresh."""
        x = np.arcsinh(values)
        place = np.clip(np.searchsorted(self.edges, values, side="right") - 1, 0, len(self.x) - 2)
        half = 0.5 * (x - self.x[place])
        nodes = (self.x[place] + half)[:, None] + half[:, None] * _POINTS
        heights = np.exp(self._log(np.sinh(nodes).ravel())[0] - self.peak).reshape(nodes.shape) * np.cosh(nodes)
        return np.asarray(self.steps[place] + half * (heights @ _SHARES) / self.total, dtype=np.float64)

    def density(self, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the density and its derivative."""
        heights, mean, variance = self._log(values)
        density = np.exp(heights - self.peak) / self.total
        w = 1.0 / (self.v + values * values)
        score = ((w * (self.y - mean)) ** 2).sum(axis=0) - w.sum(axis=0) + (w * w).sum(axis=0) * variance
        return density, density * values * (score - 1.0 / self.scale**2)


class _Mixture:
    """A mixture of normals."""

    def __init__(self, weights: FloatArray, means: FloatArray, sds: FloatArray) -> None:
        keep = weights >= NEGLIGIBLE * weights.max()
        self.weights, self.means, self.sds = weights[keep], means[keep], sds[keep]
        self.mean = math.fsum(self.weights * self.means)
        self.sd = math.sqrt(math.fsum(self.weights * (self.sds**2 + (self.means - self.mean) ** 2)))

    def below(self, values: FloatArray) -> FloatArray:
        """Return the distribution function."""
        return np.asarray(ndtr((values[:, None] - self.means) / self.sds) @ self.weights, dtype=np.float64)

    def density(self, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the density and its derivative."""
        z = (values[:, None] - self.means) / self.sds
        parts = np.exp(-0.5 * z * z) / (self.sds * math.sqrt(2 * math.pi))
        return parts @ self.weights, -(parts * z / self.sds) @ self.weights

    def start(self) -> tuple[FloatArray, FloatArray]:
        """Return a table of the distribution function to start from."""
        values = self.mean + self.sd * np.sinh(np.linspace(-4.4, 4.4, 61))
        return values, self.below(values)


def _converged(effects: Effects, scale: float) -> tuple[_Tau, float]:
    width = min(WIDTH, 2.0 / math.sqrt(len(effects.y)))
    curve = _Tau(effects, scale, width)
    change = math.inf
    for _ in range(5):
        width /= 2
        finer = _Tau(effects, scale, width)
        change = abs(math.expm1(finer.peak - curve.peak + math.log(finer.total / curve.total)))
        if change <= CHANGE:
            break
        curve = finer
    return curve, change


def _quantiles(of: _Distribution, table: tuple[FloatArray, FloatArray], shares: FloatArray) -> FloatArray:
    values, heights = table
    place = np.clip(np.searchsorted(heights, shares, side="right") - 1, 0, len(values) - 2)
    low, high = values[place].copy(), values[place + 1].copy()
    rise = heights[place + 1] - heights[place]
    here = low + (high - low) * np.clip((shares - heights[place]) / np.where(rise > 0, rise, 1.0), 0.0, 1.0)
    for _ in range(200):
        excess = of.below(here) - shares
        low, high = np.where(excess <= 0, here, low), np.where(excess >= 0, here, high)
        density = of.density(here)[0]
        new = here - excess / np.where(density > 0, density, 1.0)
        new = np.where((density > 0) & (new >= low) & (new <= high), new, 0.5 * (low + high))
        moved, here = np.abs(new - here), new
        if bool((moved <= 1e-8 * of.sd).all()):  # quadratic: the error left is about the square
            break
    return here


def _summary(of: _Distribution, table: tuple[FloatArray, FloatArray], level: float) -> QuickSummary:
    tail = 1.0 - level
    bounded = float(table[0][0]) == 0.0
    shares = np.linspace(0.0, tail, SCAN + 1)[:-1]
    shares[0] = 0.0 if bounded else 1e-9 * tail
    wanted = np.concatenate(([0.5, tail / 2, 1 - tail / 2], shares, shares + level))
    found = _quantiles(of, table, wanted)
    low, high = found[3 : 3 + SCAN].copy(), found[3 + SCAN :]
    if bounded:
        low[0] = 0.0
    slopes = of.density(low)[0] - of.density(high)[0]
    stops = [(float(low[0]), float(high[0]))] if slopes[0] >= 0 else []
    for place in range(SCAN - 1):
        if slopes[place] < 0 <= slopes[place + 1]:
            part = slopes[place] / (slopes[place] - slopes[place + 1])
            between = tuple(float(side[place] + part * (side[place + 1] - side[place])) for side in (low, high))
            limits = float(shares[place]), float(shares[place + 1])
            stops.append(_balance(of, table, (between[0], between[1]), limits, level))
    if not stops:
        limits = float(shares[-1]), tail * (1 - 1e-9)
        stops.append(_balance(of, table, (float(low[-1]), float(high[-1])), limits, level))
    shortest = min(stops, key=lambda pair: pair[1] - pair[0])
    return QuickSummary(
        of.mean, of.sd, float(found[0]), float(found[1]), float(found[2]), shortest[0], shortest[1], level
    )


def _balance(
    of: _Distribution, table: tuple[FloatArray, FloatArray], start: tuple[float, float], limits: tuple[float, float],
    level: float,
) -> tuple[float, float]:  # fmt: skip
    """Return the interval of the level with equal densities at its ends: Newton in both ends, else bisection."""
    ends = np.array(start)
    for _ in range(30):
        below, (density, slope) = of.below(ends), of.density(ends)
        gap, miss = density[0] - density[1], below[1] - below[0] - level
        # [ slope0  -slope1 ] [d0]   [-gap ]
        # [-density0 density1] [d1] = [-miss]
        determinant = slope[0] * density[1] - slope[1] * density[0]
        if determinant == 0:
            break
        step = np.array([-gap * density[1] - slope[1] * miss, -slope[0] * miss - density[0] * gap]) / determinant
        ends = ends + step
        if float(np.abs(step).max()) <= 1e-9 * of.sd:
            share = float(of.below(ends[:1])[0])
            if limits[0] - 1e-12 <= share <= limits[1] + 1e-12:
                return float(ends[0]), float(ends[1])
            break
    return _bisect(of, table, limits, level)


def _bisect(
    of: _Distribution, table: tuple[FloatArray, FloatArray], limits: tuple[float, float], level: float
) -> tuple[float, float]:
    left, right = limits
    pair = np.zeros(2)
    for _ in range(60):
        middle = 0.5 * (left + right)
        pair = _quantiles(of, table, np.array([middle, middle + level]))
        density = of.density(pair)[0]
        left, right = (middle, right) if density[0] < density[1] else (left, middle)
    return float(pair[0]), float(pair[1])


def _scale(found: QuickSummary, unit: float, centre: float) -> QuickSummary:
    mean, median, *ends = (centre + unit * value for value in (found.mean, *found[2:7]))
    return QuickSummary(mean, unit * found.sd, median, ends[0], ends[1], ends[2], ends[3], found.level)
