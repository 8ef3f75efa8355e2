"""Find the highest maximum of the likelihood of the variance components from many starts, and say how sure it is.

From each start a projected Newton search with the exact Hessian (negative curvature turned round, steps limited,
taus kept >= 0) goes to a stationary point, and on until the gradient is rounding error. A tau that ends near 0 is set
to 0 when the likelihood falls on leaving 0. The starts are fixed (a Halton sequence), so the answer depends on no
random number and on no starting value of the user's. Several starts are evidence, not proof: with more than one
component nothing is excluded by bounds, and the certificate says so.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import qmc

from evsynth.pooling.dependence.marginal import Likelihood, Method, Problem, evaluate
from evsynth.pooling.guard import FloatArray, InputError

STARTS = 12
"""Starting points; 60 found no higher maximum in any reference case."""

NEAR_ZERO = 1e-4
"""A tau below this share of the typical standard error is a candidate for exactly 0."""

FLAT = 1e-9
"""Curvature below this share of the largest is flat: the likelihood does not say."""

SAME = 1e-7
"""Log-likelihoods closer than this count as one maximum."""

_STEPS = 200
_GRADIENT = 1e-12
_CURVED = 1e-4

BoolArray = npt.NDArray[np.bool_]


class Top(NamedTuple):
    """Where the likelihood is highest. ``gradient`` is its largest free component, in units of the typical standard
    error; ``flat`` names the coordinates along which the likelihood does not change; ``maxima`` are the distinct
    heights found, highest first.
    """

    theta: FloatArray
    likelihood: Likelihood
    gradient: float
    flat: BoolArray
    maxima: tuple[float, ...]
    reached: int
    starts: int

    @property
    def certificate(self) -> str:
        """Say in words how the maximum was found."""
        if not len(self.theta) or not self.starts:
            return "nothing was searched for: every component was given"
        words = f"highest of {self.starts} fixed starts, {self.reached} of which reached it"
        if len(self.maxima) > 1:
            words += f" ({len(self.maxima)} different stationary points, {self.maxima[0] - self.maxima[1]:.3g} apart)"
        return f"{words}; largest free gradient {self.gradient:.1g}; many starts are evidence, not proof"


def maximise(
    problem: Problem,
    *,
    method: Method,
    fixed: FloatArray | None = None,
    near: FloatArray | None = None,
    starts: int = STARTS,
) -> Top:
    """Return the highest maximum found. ``fixed`` holds NaN where a coordinate is free; ``near`` is tried before the
    fixed starts. Raises InputError if no start has a positive definite M.
    """
    held = np.full(problem.size, np.nan) if fixed is None else fixed
    free = np.isnan(held)
    if not free.any():
        found = evaluate(problem, held, method=method, curvature=False)
        if found is None:
            raise InputError(["the marginal covariance matrix is not positive definite at the components given"])
        return Top(held, found, 0.0, np.zeros(problem.size, dtype=bool), (found.value,), 0, 0)
    unit = _units(problem)
    points = [*([near] if near is not None else []), *(_starts(problem, unit, starts) if starts else [])]
    ends = [_climb(problem, np.where(free, point, held), free, unit, method) for point in points]
    landed = [end for end in ends if end is not None]
    if not landed:
        raise InputError(["the marginal covariance matrix is not positive definite at any starting point"])
    landed.sort(key=lambda end: -end[1].value)
    theta, best = _settle(problem, landed[0][0], free, unit, method)
    heights: list[float] = []
    for _, end in landed:
        if not heights or heights[-1] - end.value > SAME:
            heights.append(end.value)
    reached = sum(best.value - end.value <= SAME for _, end in landed)
    hold = free & ~_at_bound(problem, theta, best)
    slope = float(np.max(np.abs(best.gradient * unit)[hold], initial=0.0))
    return Top(theta, best, slope, _flat(best, hold, unit), tuple(heights), reached, len(points))


def taus(problem: Problem) -> BoolArray:
    """Return which coordinates are taus (the others are angles)."""
    kinds = [[True] * t.structure.scales + [False] * t.structure.correlations for t in problem.terms]
    return np.array([kind for term in kinds for kind in term], dtype=bool)


def _units(problem: Problem) -> FloatArray:
    beta = np.linalg.lstsq(problem.x, problem.y, rcond=None)[0]
    left = problem.y - problem.x @ beta
    spare = max(1, len(left) - problem.x.shape[1])
    typical = len(left) / float(np.sum(1.0 / np.diag(problem.v)))
    return np.where(taus(problem), math.sqrt(max(float(left @ left) / spare, 0.1 * typical)), 1.0)


def _starts(problem: Problem, unit: FloatArray, starts: int) -> list[FloatArray]:
    kind, size = taus(problem), problem.size
    share = 1.0 / math.sqrt(max(1, len(problem.terms)))
    spread = np.ones(size)
    place = 0
    for term in problem.terms:
        if term.structure.name == "CAR":
            gaps = np.diff(np.array(term.structure.positions))
            spread[place + 1] = 1.0 / math.sqrt(float(np.median(gaps)))
        place += term.structure.scales + term.structure.correlations
    middle = np.where(kind, share * unit, 0.5 * spread)
    cloud = qmc.Halton(size, scramble=False).random(starts)[1:]
    found = [middle]
    for row in cloud:
        found.append(np.where(kind, unit * 10.0 ** (2.0 * row - 1.5), (2.4 * row - 1.2) * spread))
    return found


def _climb(
    problem: Problem, theta: FloatArray, free: BoolArray, unit: FloatArray, method: Method
) -> tuple[FloatArray, Likelihood] | None:
    here = evaluate(problem, theta, method=method, curvature=True)
    for _ in range(20):  # towards a point where M is positive definite: smaller correlations
        if here is not None:
            break
        theta = np.where(free & ~taus(problem), 0.5 * theta, theta)
        here = evaluate(problem, theta, method=method, curvature=True)
    if here is None:
        return None
    stalled = 0
    for _ in range(_STEPS):
        moving = free & ~_at_bound(problem, theta, here)
        step = _newton(here, moving, unit)
        if step is None:
            break
        after = _line(problem, theta, here, step, unit=unit, method=method)
        if after is None:
            break
        before, old = float(np.max(np.abs(here.gradient * unit)[moving], initial=0.0)), here.value
        theta, here = after
        moving = free & ~_at_bound(problem, theta, here)
        slope = float(np.max(np.abs(here.gradient * unit)[moving], initial=0.0))
        stalled = stalled + 1 if here.value - old <= 1e-13 * (1 + abs(old)) and slope > 0.5 * before else 0
        if stalled >= 3 or slope <= _GRADIENT:
            break
    return theta, here


def _at_bound(problem: Problem, theta: FloatArray, here: Likelihood) -> BoolArray:
    return np.asarray(taus(problem) & (theta <= 0.0) & (here.gradient <= 0.0), dtype=np.bool_)


def _newton(here: Likelihood, moving: BoolArray, unit: FloatArray) -> FloatArray | None:
    if here.hessian is None or not moving.any():
        return None
    u = unit[moving]
    slope = here.gradient[moving] * u
    values, vectors = np.linalg.eigh(-here.hessian[np.ix_(moving, moving)] * np.outer(u, u))
    top = max(float(np.max(np.abs(values))), 1e-8)
    along = vectors.T @ slope
    size = np.maximum(np.abs(values), FLAT * top)
    move = np.where((np.abs(values) <= FLAT * top) & (np.abs(along) <= 1e-9), 0.0, along / size)
    length = float(np.linalg.norm(move))
    step = np.zeros(len(moving))
    step[moving] = u * (vectors @ (move * min(1.0, 1.0 / length) if length > 0 else move))
    return step


def _line(
    problem: Problem, theta: FloatArray, here: Likelihood, step: FloatArray, *, unit: FloatArray, method: Method
) -> tuple[FloatArray, Likelihood] | None:
    # A step may not put a tau on 0 from afar: where only tau^2 matters the gradient vanishes there, and it would stay.
    kind, size = taus(problem), 1.0
    closer = np.where(theta > 1e-6 * unit, 0.2 * theta, 0.0)
    for _ in range(40):
        trial = theta + size * step
        trial = np.where(kind & (trial <= 0.0), closer, trial)
        found = evaluate(problem, trial, method=method, curvature=True)
        if found is not None and found.value >= here.value - 1e-13 * (1 + abs(here.value)):
            return trial, found
        size *= 0.5
    return None


def _settle(
    problem: Problem, theta: FloatArray, free: BoolArray, unit: FloatArray, method: Method
) -> tuple[FloatArray, Likelihood]:
    """Set near-zero taus to exactly 0 where the likelihood falls on leaving 0, and climb again with them held."""
    here = evaluate(problem, theta, method=method, curvature=True)
    assert here is not None
    for place in np.flatnonzero(taus(problem) & free & (theta > 0) & (theta <= NEAR_ZERO * unit)):
        trial = theta.copy()
        trial[place] = 0.0
        rest = free.copy()
        rest[place] = False
        end = _climb(problem, trial, rest, unit, method)
        if end is None or end[1].hessian is None:
            continue
        falls = end[1].gradient[place] <= 0 and end[1].hessian[place, place] <= 0
        if falls and end[1].value >= here.value - 1e-10 * (1 + abs(here.value)):
            theta, here = end
            free = rest
    return theta, here


def _flat(best: Likelihood, hold: BoolArray, unit: FloatArray) -> BoolArray:
    flat = np.zeros(len(hold), dtype=bool)
    if best.hessian is None or not hold.any():
        return flat
    u = unit[hold]
    values, vectors = np.linalg.eigh(-best.hessian[np.ix_(hold, hold)] * np.outer(u, u))
    soft = values <= FLAT * max(float(values.max()), 1e-8)
    flat[np.flatnonzero(hold)] = (np.abs(vectors[:, soft]) > _CURVED).any(axis=1)
    return flat
