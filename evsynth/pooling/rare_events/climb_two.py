"""Climb to the global maximum of the model with random baselines and random effects, and check it.

Newton with exact derivatives, damped where the surface is not concave. The profile over ``t`` (the part of the
effects' spread that is independent of the baselines) is scanned from 0 to 4 with coarse quadrature; from the
highest scanned point, and from t = 0, the climb goes on with fine quadrature over everything.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.rare_events.climb import NODES_TOLERANCE, Check
from evsynth.pooling.rare_events.kernels import crude
from evsynth.pooling.rare_events.tables import TwoArms
from evsynth.pooling.rare_events.two_random import Likelihood, RandomBaselines

SCAN = (0.0, 0.05, 0.15, 0.4, 0.8, 1.6, 4.0)
COARSE, FINE = 20, 40
GRADIENT_TOLERANCE = 1e-7
"""Gradient times standard error."""

SMALLEST = 1e-4
"""A climb that ends at t below this is compared with t = 0, where the model is the simpler one."""


class TwoSummit(NamedTuple):
    """The maximum: (alpha, theta, s, r, t), log-likelihood, variance of theta, checks."""

    psi: FloatArray
    log_likelihood: float
    variance_theta: float
    check: Check


def climb_two(tables: TwoArms, *, correlated: bool, heterogeneity: bool = True) -> TwoSummit:
    """Return the global maximum, with t = 0 and r = 0 when ``heterogeneity`` is False."""
    model = RandomBaselines(tables)
    free = [0, 1, 2] + ([3] if correlated and heterogeneity else [])
    start = _start(tables)
    if not heterogeneity:
        psi, at = _newton(model, start, free, FINE)
        return _checked(model, psi, at, free, [at.total], [(0.0, at.total)], rising=False)
    scan: list[tuple[float, FloatArray, Likelihood]] = []
    psi = start
    for t in SCAN:
        psi = psi.copy()
        psi[4] = t
        psi, at = _newton(model, psi, free, COARSE, loose=True)
        scan.append((t, psi, at))
    best = max(scan[1:], key=lambda one: one[2].total)[1]
    candidates = []
    for psi, among in ((best, [*free, 4]), (scan[0][1], free)):
        found, at = _newton(model, psi, among, FINE)
        if abs(found[4]) < SMALLEST and 4 in among:
            continue
        candidates.append((found, at, among))
    psi, at, among = max(candidates, key=lambda one: one[1].total)
    rising = scan[-1][2].gradient[4] > 0
    maxima = [(float(abs(one[0][4])), one[1].total) for one in candidates]
    return _checked(model, psi, at, among, [one[2].total for one in scan], maxima, rising=rising)


def climb_two_laplace(tables: TwoArms, *, correlated: bool) -> tuple[FloatArray, float, float]:
    """Return (psi, log-likelihood, variance of theta) of Laplace's approximation, to reproduce others.

    Differences instead of derivatives: parameters to about 1e-6.
    """
    model = RandomBaselines(tables)
    free = [0, 1, 2, 3, 4] if correlated else [0, 1, 2, 4]
    start = climb_two(tables, correlated=correlated).psi
    start[4] = start[4] if start[4] > 0.05 else 0.05

    def loss(point: FloatArray) -> float:
        psi = np.zeros(5)
        psi[free] = point
        return -model.laplace(psi)

    rough = minimize(loss, start[free], method="BFGS", options={"gtol": 1e-7})
    fine = minimize(loss, rough.x, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000})
    psi = np.zeros(5)
    psi[free] = fine.x
    if abs(psi[4]) < SMALLEST:
        psi[4] = 0.0
    return _upright(psi), -float(fine.fun), _laplace_variance(model, psi, [i for i in free if i != 4 or psi[4] != 0])


def _laplace_variance(model: RandomBaselines, psi: FloatArray, free: list[int]) -> float:
    step, size = 1e-3, len(free)
    information = np.empty((size, size))
    for i, one in enumerate(np.eye(5)[free]):
        for j, two in enumerate(np.eye(5)[free]):
            corners = [model.laplace(psi + step * (a * one + b * two)) for a in (1, -1) for b in (1, -1)]
            information[i, j] = -(corners[0] - corners[1] - corners[2] + corners[3]) / (4 * step * step)
    return float(np.linalg.inv(information)[1, 1])


def _start(tables: TwoArms) -> FloatArray:
    rest = 0.0 if tables.rates else tables.n1 + tables.n2 - tables.x1 - tables.x2 + 0.5
    scale = tables.n1 + tables.n2 if tables.rates else rest
    base = np.log((tables.x1 + tables.x2 + 0.5) / scale)
    return np.array([float(base.mean()), crude(tables), max(0.2, float(base.std())), 0.0, 0.0])


def _newton(
    model: RandomBaselines, psi: FloatArray, free: list[int], nodes: int, *, loose: bool = False
) -> tuple[FloatArray, Likelihood]:
    at, damping = model.exact(psi, nodes=nodes), 0.0
    for _ in range(200):
        gradient, hessian = at.gradient[free], at.hessian[np.ix_(free, free)]
        values, vectors = np.linalg.eigh(-hessian)
        bent = np.maximum(np.abs(values), 1e-8 * float(np.abs(values).max())) + damping
        step = vectors @ ((vectors.T @ gradient) / bent)
        decrement = float(gradient @ step)
        if decrement <= (1e-4 if loose else 1e-24):
            break
        step *= min(1.0, 2.0 / float(np.abs(step).max()))
        new = psi.copy()
        new[free] += step
        there = model.exact(new, nodes=nodes)
        if there.total >= at.total - 1e-12 * (1 + abs(at.total)):
            stalled = not loose and decrement < 1e-20
            psi, at, damping = new, there, damping / 10 if damping > 1e-3 else 0.0
            if stalled:
                break
        elif decrement < 1e-18:
            break
        else:
            damping = max(10 * damping, 1e-2 * float(np.abs(values).max()))
    return psi, at


def _upright(psi: FloatArray) -> FloatArray:
    """The likelihood does not change when (s, r) or t change sign; report s >= 0 and t >= 0."""
    sign = -1.0 if psi[2] < 0 else 1.0
    return np.array([psi[0], psi[1], sign * psi[2], sign * psi[3], abs(psi[4])])


def _checked(
    model: RandomBaselines,
    psi: FloatArray,
    at: Likelihood,
    free: list[int],
    heights: list[float],
    maxima: list[tuple[float, float]],
    *,
    rising: bool,
) -> TwoSummit:
    finer = model.exact(psi, nodes=2 * FINE)
    change = abs(finer.total - at.total) / (1.0 + abs(finer.total))
    information = -finer.hessian[np.ix_(free, free)]
    negative = bool((np.linalg.eigvalsh(information) > 0).all())
    scaled = float((np.abs(finer.gradient[free]) / np.sqrt(np.abs(np.diag(information)))).max())
    highest = all(height <= finer.total + 1e-6 * (1 + abs(finer.total)) for height in heights)
    checks = {
        "quadrature not converged": change <= NODES_TOLERANCE,
        "gradient not zero": scaled <= GRADIENT_TOLERANCE,
        "curvature not negative": negative,
        f"profile higher elsewhere, or still rising at t = {SCAN[-1]:g}": highest and not rising,
    }
    why_not = tuple(words for words, passed in checks.items() if not passed)
    check = Check(
        not why_not, 2 * FINE, change, scaled, negative, highest and not rising, tuple(maxima), why_not
    )  # fmt: skip
    variance = float(np.linalg.inv(information)[1, 1]) if negative else math.inf
    return TwoSummit(_upright(psi), finer.total, variance, check)
