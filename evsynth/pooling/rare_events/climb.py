"""Climb to the global maximum over (mu, tau, baselines), and check that it is one.

For a given tau the log-likelihood is concave in mu and the baselines together: Newton, with the baselines
eliminated study by study (they meet only through mu). The profile over tau is scanned from 0 to 10, every sign
change of its exact slope is solved by Brent's method, and the highest of all local maxima is taken.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq, minimize

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.rare_events.adaptive import Marginal, enough_nodes, marginal
from evsynth.pooling.rare_events.kernels import Kernel

TAU_SCAN = (0.0, *np.geomspace(1e-3, 10.0, 14).tolist())
"""tau on the log scale; a profile that still rises at 10 has no maximum."""

NODES_TOLERANCE = 1e-11
"""Log-likelihood change, relative to 1 + |l|, on doubling the nodes: the rounding of a sum over studies."""

GRADIENT_TOLERANCE = 1e-7
"""Gradient times standard error: mu, tau and every baseline are within 1e-7 standard errors of the root."""

FLAT = 1e-10
"""A profile that moves by less, relative to 1 + |l|, over all tau does not identify tau."""

MOST_DOUBLINGS = 4


class Place(NamedTuple):
    """A point, the likelihood there, and the slope of the profile over tau."""

    mu: float
    tau: float
    b: FloatArray
    at: Marginal

    @property
    def slope(self) -> float:
        """Slope of the profile: at the best mu and baselines it is the partial one."""
        return math.fsum(self.at.gradient[:, 1])


class Check(NamedTuple):
    """What was checked. ``converged`` needs every one; ``why_not`` names those that failed."""

    converged: bool
    nodes: int
    change_on_doubling_nodes: float
    scaled_gradient: float
    curvature_negative: bool
    highest_on_profile: bool
    local_maxima: tuple[tuple[float, float], ...]
    why_not: tuple[str, ...]


class Summit(NamedTuple):
    """The maximum, the covariance of (mu, tau) with the baselines eliminated, and the checks."""

    place: Place
    variance_mu: float
    variance_tau: float | None
    check: Check


def climb_profile(kernel: Kernel) -> Summit:
    """Return the global maximum by the profile over tau."""
    scan = _scan(kernel)
    found = [scan[0]]
    for left, right in pairwise(scan[1:]):
        if left.slope > 0 >= right.slope:
            found.append(_root(left, right, kernel))
    return _summit(max(found, key=lambda place: place.at.total), kernel, scan, found)


def climb_jointly(kernel: Kernel) -> Summit:
    """Return a maximum by L-BFGS-B over everything at once: an independent second route."""
    mu, b = kernel.start()
    free = kernel.k if kernel.baselines else 0

    def loss(point: FloatArray) -> tuple[float, FloatArray]:
        at = marginal(point[0], point[1], _baselines(point, kernel), kernel, nodes=2 * enough_nodes(point[1]))
        slopes = [math.fsum(at.gradient[:, 0]), math.fsum(at.gradient[:, 1]), *at.gradient[:free, 2]]
        return -at.total, -np.array(slopes)

    start = np.concatenate(([mu, 0.5], b[:free]))
    bounds = [(None, None), (0.0, TAU_SCAN[-1]), *[(None, None)] * free]
    options = {"ftol": 1e-16, "gtol": 1e-10, "maxiter": 5000, "maxfun": 20000}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options=options).x
    tau = float(best[1])
    place = at_place(float(best[0]), tau, _baselines(best, kernel), kernel, nodes=enough_nodes(tau))
    return _summit(place, kernel, _scan(kernel), [place])


def climb_without_heterogeneity(kernel: Kernel) -> Summit:
    """Return the maximum with tau = 0 (the equal-effects model)."""
    place = best_given_tau(0.0, *kernel.start(), kernel)
    return _summit(place, kernel, [place], [place])


def at_place(mu: float, tau: float, b: FloatArray, kernel: Kernel, *, nodes: int) -> Place:
    """Return the point with its likelihood."""
    return Place(mu, tau, b, marginal(mu, tau, b, kernel, nodes=nodes))


def best_given_tau(tau: float, mu: float, b: FloatArray, kernel: Kernel, *, nodes: int | None = None) -> Place:
    """Return the best mu and baselines for a tau: Newton with halving on a concave function."""
    nodes = nodes or enough_nodes(tau)
    here = at_place(mu, tau, b, kernel, nodes=nodes)
    for _ in range(100):
        step_mu, step_b = _newton(here.at, kernel)
        size = max(abs(step_mu), float(np.abs(step_b).max(initial=0.0)))
        if size <= 1e-12 * (1.0 + abs(here.mu)):
            break
        shrink = min(1.0, 3.0 / size)
        there = at_place(here.mu + shrink * step_mu, tau, here.b + shrink * step_b, kernel, nodes=nodes)
        while shrink * size > 1e-8 and there.at.total < here.at.total:
            shrink /= 2
            there = at_place(here.mu + shrink * step_mu, tau, here.b + shrink * step_b, kernel, nodes=nodes)
        if shrink * size <= 1e-8 and there.at.total < here.at.total - 1e-9 * (1 + abs(here.at.total)):
            break
        here = there
    return here


def _newton(at: Marginal, kernel: Kernel) -> tuple[float, FloatArray]:
    g, h = at.gradient, at.hessian
    if not kernel.baselines:
        curve = min(math.fsum(h[:, 0, 0]), -1e-300)
        return -math.fsum(g[:, 0]) / curve, np.zeros(kernel.k)
    d = np.minimum(h[:, 2, 2], -1e-300)
    ratio = h[:, 0, 2] / d
    curve = min(math.fsum(h[:, 0, 0] - ratio * h[:, 0, 2]), -1e-300)
    step = -math.fsum(g[:, 0] - ratio * g[:, 2]) / curve
    return step, np.asarray(-g[:, 2] / d - ratio * step)


def _scan(kernel: Kernel) -> list[Place]:
    mu, b = kernel.start()
    found: list[Place] = []
    for tau in TAU_SCAN:
        found.append(best_given_tau(tau, mu, b, kernel))
        mu, b = found[-1].mu, found[-1].b
    return found


def _root(left: Place, right: Place, kernel: Kernel) -> Place:
    nodes = 2 * enough_nodes(right.tau)
    seen = left

    def slope(tau: float) -> float:
        nonlocal seen
        seen = best_given_tau(tau, seen.mu, seen.b, kernel, nodes=nodes)
        return seen.slope

    tau = float(brentq(slope, left.tau, right.tau, xtol=1e-15, rtol=1e-13, maxiter=200))
    return best_given_tau(tau, seen.mu, seen.b, kernel, nodes=nodes)


def _baselines(point: FloatArray, kernel: Kernel) -> FloatArray:
    return point[2:] if kernel.baselines else np.zeros(kernel.k)


def _summit(place: Place, kernel: Kernel, scan: list[Place], found: list[Place]) -> Summit:
    nodes, change, at = enough_nodes(place.tau), math.inf, place.at
    for _ in range(MOST_DOUBLINGS):
        nodes *= 2
        finer = marginal(place.mu, place.tau, place.b, kernel, nodes=nodes)
        change = abs(finer.total - at.total) / (1.0 + abs(finer.total))
        at = finer
        if change <= NODES_TOLERANCE:
            break
    information, gradient = _information(at, kernel)
    inner = place.tau > 0
    negative = information[0, 0] > 0 and (not inner or bool(np.linalg.det(information) > 0))
    if not inner and len(scan) > 1:
        negative = negative and bool(information[1, 1] >= -1e-9 * abs(information[0, 0]))
    scale = np.sqrt(np.abs(np.diag(information)))
    scaled = abs(gradient[0]) / scale[0] if scale[0] > 0 else math.inf
    if inner:
        scaled = max(scaled, abs(gradient[1]) / scale[1] if scale[1] > 0 else math.inf)
    if kernel.baselines:
        scaled = max(
            scaled, float((np.abs(at.gradient[:, 2]) / np.sqrt(np.maximum(-at.hessian[:, 2, 2], 1e-300))).max())
        )
    slack = 1e-9 * (1 + abs(at.total))
    highest = all(other.at.total <= at.total + slack for other in scan)
    rising = len(scan) > 1 and scan[-1].slope > 0
    heights = [other.at.total for other in scan]
    flat = len(scan) > 1 and max(heights) - min(heights) <= FLAT * (1 + abs(at.total))
    checks = {
        "profile flat: tau is not identified (arms of one patient each say nothing about it)": not flat,
        "quadrature not converged": change <= NODES_TOLERANCE,
        "gradient not zero": scaled <= GRADIENT_TOLERANCE,
        "curvature not negative": bool(negative),
        f"profile higher elsewhere, or still rising at tau = {TAU_SCAN[-1]:g}": highest and not rising,
    }
    why_not = tuple(words for words, passed in checks.items() if not passed)
    maxima = tuple((one.tau, one.at.total) for one in found)
    check = Check(not why_not, nodes, change, float(scaled), bool(negative), highest and not rising, maxima, why_not)
    variance = 1 / information[0, 0] if information[0, 0] > 0 else math.inf
    spread = None
    if inner and negative:
        inverse = np.linalg.inv(information)
        variance, spread = float(inverse[0, 0]), float(inverse[1, 1])
    return Summit(place._replace(at=at), float(variance), spread, check)


def _information(at: Marginal, kernel: Kernel) -> tuple[FloatArray, FloatArray]:
    h, g = at.hessian, at.gradient
    block = [[math.fsum(h[:, i, j]) for j in (0, 1)] for i in (0, 1)]
    slopes = [math.fsum(g[:, i]) for i in (0, 1)]
    if kernel.baselines:
        d = np.minimum(h[:, 2, 2], -1e-300)
        block = [[block[i][j] - math.fsum(h[:, i, 2] * h[:, j, 2] / d) for j in (0, 1)] for i in (0, 1)]
        slopes = [slopes[i] - math.fsum(h[:, i, 2] * g[:, 2] / d) for i in (0, 1)]
    return -np.array(block), np.array(slopes)
