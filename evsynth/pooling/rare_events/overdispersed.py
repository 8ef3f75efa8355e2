"""The beta-binomial likelihood of one or several groups of arms with a common overdispersion, and its maximum.

In Griffiths' form (1973, doi 10.2307/2529131), with mean pi and ``theta = rho/(1 - rho)``:

    l = sum_i ln C(n, x) + sum_{j<x} ln(pi + j theta) + sum_{j<n-x} ln(1 - pi + j theta) - sum_{j<n} ln(1 + j theta)

It needs no gamma functions, cancels nowhere, and is the binomial likelihood at theta = 0, so that the boundary
is an ordinary point. For a given theta each group's mean is found by Newton; the profile slope in theta is
scanned, every sign change solved by Brent's method, and the highest of all maxima taken.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, gammaln, logit

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.rare_events.discrete_sums import points_below

SCAN = (0.0, *np.geomspace(1e-7, 1e3, 41).tolist())
"""theta. Beyond 1000 (rho = 0.999) all studies would be at 0 or at n."""

GRADIENT_TOLERANCE = 1e-8
"""Gradient times standard error."""


Points = tuple[FloatArray, FloatArray]


class Group(NamedTuple):
    """One group of arms: the points and weights of the sums over its events, non-events and totals."""

    events: Points
    rest: Points
    totals: Points
    constant: float
    crude: float


class Summit(NamedTuple):
    """Logits of the group means, theta, log-likelihood, covariance of the logits, and the checks."""

    logits: FloatArray
    theta: float
    log_likelihood: float
    covariance: FloatArray
    scaled_gradient: float
    local_maxima: tuple[tuple[float, float], ...]
    why_not: tuple[str, ...]

    @property
    def rho(self) -> float:
        """The correlation of two patients of one arm."""
        return self.theta / (1 + self.theta)


class _Slopes(NamedTuple):
    value: float
    by_mean: float
    by_theta: float
    mean_mean: float
    mean_theta: float
    theta_theta: float


def group(x: FloatArray, n: FloatArray) -> Group:
    """Return a group of arms; needs 0 < sum x < sum n for its mean to have a maximum."""
    constant = math.fsum(gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1))
    return Group(points_below(x), points_below(n - x), points_below(n), constant, float(logit(x.sum() / n.sum())))


def climb(groups: list[Group]) -> Summit:
    """Return the global maximum over the means and a common theta."""
    scan = [_best(groups, SCAN[0], None)]
    for theta in SCAN[1:]:
        scan.append(_best(groups, theta, scan[-1][1]))
    found = [scan[0]] if _slope(scan[0]) <= 0 else []
    for left, right in pairwise(scan):
        if _slope(left) > 0 >= _slope(right):
            found.append(_root(groups, left, right))
    rising = _slope(scan[-1]) > 0
    theta, logits, parts = max(found or [scan[-1]], key=_height)
    size = len(groups)
    information = np.zeros((size + 1, size + 1))
    gradient = np.array([*(part.by_mean for part in parts), math.fsum(part.by_theta for part in parts)])
    for i, part in enumerate(parts):
        information[i, i] = -part.mean_mean
        information[i, size] = information[size, i] = -part.mean_theta
        information[size, size] -= part.theta_theta
    inner = theta > 0
    used = information if inner else information[:size, :size]
    negative = bool((np.linalg.eigvalsh(used) > 0).all())
    covariance: FloatArray = np.full((size, size), np.inf)
    if negative:
        covariance = np.array(np.linalg.inv(used)[:size, :size], dtype=np.float64)
    scale = np.sqrt(np.abs(np.diag(used)))
    scaled = float((np.abs(gradient[: len(used)]) / scale).max())
    checks = {
        "gradient not zero": scaled <= GRADIENT_TOLERANCE,
        "curvature not negative": negative,
        "overdispersion at its upper limit": bool(found) and not rising,
    }
    maxima = tuple((one[0], _height(one)) for one in found)
    why_not = tuple(words for words, passed in checks.items() if not passed)
    total = math.fsum(part.value for part in parts)
    return Summit(logits, theta, total, covariance, scaled, maxima, why_not)


_Point = tuple[float, FloatArray, list[_Slopes]]


def _best(groups: list[Group], theta: float, start: FloatArray | None) -> _Point:
    logits, parts = [], []
    for i, one in enumerate(groups):
        m = one.crude if start is None else float(start[i])
        at = _slopes(one, m, theta)
        for _ in range(100):
            step = -at.by_mean / at.mean_mean if at.mean_mean < 0 else math.copysign(0.5, at.by_mean)
            step = max(-1.0, min(1.0, step))
            if abs(step) <= 1e-15 * (1 + abs(m)):
                break
            new = _slopes(one, m + step, theta)
            while abs(step) > 1e-9 and new.value < at.value:
                step /= 2
                new = _slopes(one, m + step, theta)
            m, at = m + step, new
            if abs(step) <= 1e-12 * (1 + abs(m)):
                break
        logits.append(m)
        parts.append(at)
    return theta, np.array(logits), parts


def _root(groups: list[Group], left: _Point, right: _Point) -> _Point:
    low = left[0] if left[0] > 0 else 1e-12

    def slope(log_theta: float) -> float:
        return _slope(_best(groups, math.exp(log_theta), left[1]))

    if slope(math.log(low)) <= 0:
        return left
    found = brentq(slope, math.log(low), math.log(right[0]), xtol=1e-15, rtol=1e-15, maxiter=300)
    return _best(groups, math.exp(float(found)), left[1])


def _slope(point: _Point) -> float:
    return math.fsum(part.by_theta for part in point[2])


def _height(point: _Point) -> float:
    return math.fsum(part.value for part in point[2])


def _slopes(one: Group, m: float, theta: float) -> _Slopes:
    p, q = float(expit(m)), float(expit(-m))
    (x, more_x), (y, more_y), (n, more_n) = one.events, one.rest, one.totals
    above, below, whole = p + x * theta, q + y * theta, 1.0 + n * theta
    e, r, t = more_x / above, more_y / below, more_n / whole
    value = float((more_x * np.log(above)).sum() + (more_y * np.log(below)).sum())
    value += one.constant - float((more_n * np.log(whole)).sum())
    by_p = float(e.sum() - r.sum())
    e2, r2, t2 = e / above, r / below, t / whole
    both = p * q
    return _Slopes(
        value,
        by_p * both,
        float((e * x).sum() + (r * y).sum() - (t * n).sum()),
        -float(e2.sum() + r2.sum()) * both**2 + by_p * both * (q - p),
        float((r2 * y).sum() - (e2 * x).sum()) * both,
        float((t2 * n * n).sum() - (e2 * x * x).sum() - (r2 * y * y).sum()),
    )
