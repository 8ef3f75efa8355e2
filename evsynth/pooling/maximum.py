"""Find the global maximum of the (restricted) likelihood of tau2, and say how that was certified.

Likelihoods of tau2 can have two maxima, with moderators as without, and an iteration started anywhere finds one of
them. So: scan the score on a grid from 0 to a value beyond which the likelihood provably stays below the best one,
take every sign change to a root by Brent's method (to the last bits), compare, then try to *exclude* the rest of the
line by branch and bound: an interval is excluded when an upper bound of the log-likelihood on it lies below the
maximum found.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.likelihood import (
    Likelihood,
    log_likelihood,
    log_likelihoods,
    score,
    scores,
    tail_bound,
    upper_bounds,
)
from evsynth.pooling.tau2.least_squares import intercept

GRID = 600
"""Points of the scan, evenly spaced in log tau2; 3000 found no further maximum in any pinned case."""

NEIGHBOURHOOD = 0.01
"""Half-width around the maximum, relative to tau2 + smallest variance, that bounds cannot exclude; it is
scanned instead.
"""

LIVE_INTERVALS = 20_000
"""Give up bounding, and say so, when more intervals than this remain undecided at one depth."""


class Maximum(NamedTuple):
    """A global maximum: where, how high, every local maximum found (tau2, log-likelihood), the residual
    score, how certified.

    ``certified`` is True when branch and bound excluded everything outside the neighbourhood; ``certificate``
    says it in words.
    """

    tau2: float
    log_likelihood: float
    local_maxima: tuple[tuple[float, float], ...]
    score: float
    certified: bool
    certificate: str


def maximise(y: FloatArray, v: FloatArray, *, likelihood: Likelihood, basis: FloatArray | None = None) -> Maximum:
    """Return the global maximum over tau2 >= 0; ``basis`` is an orthonormal basis of the moderators (None: intercept).

    Needs more studies than columns; never raises for finite y and v > 0.
    """
    basis = intercept(len(y)) if basis is None else basis
    far, grid = _grid(y, v, likelihood, basis)

    def slope(tau2: float) -> float:
        return score(tau2, y, v, likelihood=likelihood, basis=basis)

    maxima = _summits(grid, scores(grid, y, v, likelihood=likelihood, basis=basis), slope)
    heights = [(tau2, log_likelihood(tau2, y, v, likelihood=likelihood, basis=basis)) for tau2 in maxima]
    tau2, height = max(heights, key=lambda pair: pair[1])
    certified, words = _certify(tau2, height, y, v, grid=grid, likelihood=likelihood, basis=basis)
    words = f"{words}; beyond tau2 = {far:.3g} a bound keeps the likelihood below the maximum"
    return Maximum(tau2, height, tuple(heights), slope(tau2), certified, words)


def _grid(y: FloatArray, v: FloatArray, likelihood: Likelihood, basis: FloatArray) -> tuple[float, FloatArray]:
    least = float(v.min())
    far = float(np.ptp(y)) ** 2 + float(v.max())
    while True:
        grid = np.concatenate(([0.0], np.geomspace(1e-6 * least, far, GRID)))
        best = float(log_likelihoods(grid, y, v, likelihood=likelihood, basis=basis).max())
        if tail_bound(far, y, v, likelihood=likelihood, basis=basis) < best:
            return far, grid
        far *= 4.0


def _summits(grid: FloatArray, rough: FloatArray, slope: Callable[[float], float]) -> list[float]:
    """Return every local maximum on the grid: 0 where the score starts falling, and each root where it turns down.

    ``rough`` are the scores by plain sums; where the exact score disagrees in sign at an end of an interval, the whole
    grid is scored exactly.
    """
    rough[0] = slope(0.0)
    turns = np.flatnonzero((rough[:-1] > 0) & (rough[1:] <= 0))
    if any(slope(float(grid[at])) <= 0 or slope(float(grid[at + 1])) > 0 for at in turns):
        exact = np.array([slope(float(tau2)) for tau2 in grid])
        turns, rough = np.flatnonzero((exact[:-1] > 0) & (exact[1:] <= 0)), exact
    maxima = [0.0] if rough[0] <= 0 else []
    for at in turns:
        left, right = float(grid[at]), float(grid[at + 1])
        maxima.append(float(brentq(slope, left, right, xtol=1e-300, rtol=4 * np.finfo(float).eps, maxiter=500)))
    return maxima


def _certify(
    tau2: float,
    height: float,
    y: FloatArray,
    v: FloatArray,
    *,
    grid: FloatArray,
    likelihood: Likelihood,
    basis: FloatArray,
) -> tuple[bool, str]:
    margin = NEIGHBOURHOOD * (tau2 + float(v.min()))
    near, past = max(0.0, tau2 - margin), tau2 + margin
    edges = np.unique(np.concatenate((grid, [near, past])))
    low, high = edges[:-1], edges[1:]
    outside = (high <= near) | (low >= past)
    low, high, examined = low[outside], high[outside], 0
    while len(low):
        examined += len(low)
        alive = upper_bounds(low, high, y, v, likelihood=likelihood, basis=basis) >= height
        low, high = low[alive], high[alive]
        middle = 0.5 * (low + high)
        low, high = np.concatenate((low, middle)), np.concatenate((middle, high))
        if len(low) > LIVE_INTERVALS or bool((high <= low).any()):
            return False, f"scan of {len(grid)} points only: bounds left {len(low)} intervals undecided"
    local = np.linspace(near, past, 65)
    inside = log_likelihoods(local, y, v, likelihood=likelihood, basis=basis)
    if bool((inside > height + 1e-9 * (1 + abs(height))).any()):
        return False, "a point near the maximum lies higher; tau2 is not a maximum"
    where = f"[{near:.6g}, {past:.6g}]"
    return True, f"branch and bound ({examined} intervals) excluded all tau2 outside {where}, scanned inside"
