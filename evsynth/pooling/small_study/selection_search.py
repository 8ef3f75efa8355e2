"""The maximum of a selection model's likelihood, and what shows that it is one.

Newton's method on the analytic gradient (Hessian by the complex step) after a rough search from several starts; tau2
>= 0 is kept as a bound with its sign condition. Afterwards every parameter's profile is examined on both sides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from evsynth.pooling.guard import FloatArray, InputError
from evsynth.pooling.small_study.selection_likelihood import Selection

STARTS = ((0.0, 1.0, 0.0), (-1.5, 0.5, 0.1), (1.0, 1.0, 0.1), (-1.5, 1.0, 1.0))
"""Where the search begins: logarithm of the selection parameters, share of the mean, addition to tau2 (in units of
v).
"""
ENOUGH, PROFILED = 1e-20, 1e-10
"""Newton's decrement (twice the log-likelihood still to be gained) at which the last step is taken; on profiles,
looser.
"""
FLAT = 12.0
"""A log selection parameter beyond this has run away: the likelihood has no maximum."""
SCORE = 1e-8
"""Largest gradient, in units of the standard error, that counts as converged."""


class Convergence(NamedTuple):
    """Whether the maximum is one: residual gradient in standard errors, profile points above it, and what failed."""

    converged: bool
    gradient: float
    starts_agreeing: int
    why_not: tuple[str, ...]


class Found(NamedTuple):
    """The maximum: parameters (mu, tau2, log selection parameters), value, covariance (0 for a tau2 at its bound)."""

    at: FloatArray
    value: float
    covariance: FloatArray
    tau2_free: bool
    convergence: Convergence


def search(model: Selection, mean: float, tau2: float) -> Found:
    """Return the maximum, starting near a mean and tau2. Raises InputError when a parameter runs away or is not
    identified.
    """
    at, agreeing = _maximise(model, mean, tau2)
    moving = _free(model, at)
    spread = _covariance(_hessian(model, at), moving)
    value, gradient = _real(model, at)
    return Found(at, value, spread, bool(moving[1]), _convergence(model, at, value, gradient, spread, moving, agreeing))


def _real(model: Selection, at: FloatArray) -> tuple[float, FloatArray]:
    # Trial points may lie where a weight overflows; they give no finite value and are not accepted.
    with np.errstate(all="ignore"):
        value, gradient = model.value_and_gradient(at)
    return float(value.real), np.asarray(gradient, dtype=np.float64)


def _hessian(model: Selection, at: FloatArray) -> FloatArray:
    rows = []
    for place in range(len(at)):
        moved = at.astype(np.complex128)
        moved[place] += 1e-30j
        with np.errstate(all="ignore"):
            rows.append(np.imag(model.value_and_gradient(moved)[1]) / 1e-30)
    matrix = np.array(rows)
    return np.asarray(0.5 * (matrix + matrix.T), dtype=np.float64)


def _free(model: Selection, at: FloatArray) -> npt.NDArray[np.bool_]:
    free = np.ones(len(at), dtype=bool)
    free[1] = not (at[1] == 0 and _real(model, at)[1][1] <= 0)
    return free


def _covariance(hessian: FloatArray, free: npt.NDArray[np.bool_]) -> FloatArray:
    part = -hessian[np.ix_(free, free)]
    if not bool(np.isfinite(part).all()) or bool((np.linalg.eigvalsh(part) <= 0).any()):
        raise InputError(
            ["the likelihood is flat in some direction: the weights cannot be estimated from these studies"]
        )
    full = np.zeros_like(hessian)
    full[np.ix_(free, free)] = np.linalg.inv(part)
    return full


def _maximise(
    model: Selection, mean: float, tau2: float, fixed: dict[int, float] | None = None, starts: Sequence[FloatArray] = ()
) -> tuple[FloatArray, int]:
    fixed = fixed or {}
    begin = list(starts) or [
        np.array([mean * share, tau2 + more, *([logarithm] * len(model.names))]) for logarithm, share, more in STARTS
    ]
    bounds = [(None, None), (0.0, None), *([(-2 * FLAT, 2 * FLAT)] * len(model.names))]

    def negative(at: FloatArray) -> tuple[float, FloatArray]:
        value, gradient = _real(model, at)
        return -value, -gradient

    ends: list[tuple[float, FloatArray]] = []
    for point in begin:
        at = point.copy()
        for place, value in fixed.items():
            at[place] = value
        if not fixed:
            rough = minimize(negative, at, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-7})
            at = np.asarray(rough.x, dtype=np.float64)
        polished = _newton(model, at, fixed, PROFILED if fixed else ENOUGH)
        ends.append((_real(model, polished)[0], polished))
    best, at = max(ends, key=lambda end: end[0])
    if not fixed and bool((np.abs(at[2:]) > FLAT).any()):
        name = model.names[int(np.abs(at[2:]).argmax())]
        raise InputError(
            [f"{name} runs away to {math.exp(at[2 + int(np.abs(at[2:]).argmax())]):.3g}: no maximum exists"]
        )
    return at, sum(best - value < 1e-8 * (1 + abs(best)) for value, _ in ends)


def _newton(model: Selection, at: FloatArray, fixed: dict[int, float], enough: float) -> FloatArray:
    value, gradient = _real(model, at)
    for _ in range(60):
        free = np.ones(len(at), dtype=bool)
        free[list(fixed)] = False
        if at[1] <= 1e-10 and gradient[1] <= 0:
            at[1], free[1] = 0.0, False
            value, gradient = _real(model, at)
        part = -_hessian(model, at)[np.ix_(free, free)]
        if not bool(np.isfinite(part).all()):
            break  # weights overflow here: nothing tells the way
        slopes = np.linalg.eigvalsh(part)
        if slopes[0] <= 1e-9 * max(1.0, slopes[-1]):
            part = part + (abs(slopes[0]) + 1e-6 * max(1.0, slopes[-1])) * np.eye(len(part))
        step = np.zeros(len(at))
        step[free] = np.linalg.solve(part, gradient[free])
        last = float(step @ gradient) < enough
        # A far step along a flat direction would land where weights overflow: at most a factor e^2, two units of mean.
        step *= min(1.0, 2.0 / max(2.0, float(np.abs(np.delete(step, 1)).max())))
        size, better = 1.0, False
        while size > 1e-8:
            trial = at + size * step
            trial[1] = max(0.0, trial[1])
            trial[2:] = np.clip(trial[2:], -2 * FLAT, 2 * FLAT)
            trial_value, trial_gradient = _real(model, trial)
            close = abs(trial_value - value) <= 1e-13 * (1 + abs(value))
            smaller = float(np.abs(trial_gradient[free]).max()) < float(np.abs(gradient[free]).max())
            if math.isfinite(trial_value) and ((trial_value > value and not close) or (close and smaller)):
                at, value, gradient, better = trial, trial_value, trial_gradient, True
                break
            size *= 0.5
        if last or not better:
            break
    return at


def _convergence(
    model: Selection,
    at: FloatArray,
    value: float,
    gradient: FloatArray,
    covariance: FloatArray,
    free: npt.NDArray[np.bool_],
    agreeing: int,
) -> Convergence:
    errors = np.sqrt(np.diag(covariance))
    size = float(np.abs(gradient * errors)[free].max())
    why = [] if size <= SCORE else [f"gradient is {size:.1e} standard errors from 0"]
    names = ("mean", "tau2", *model.names)
    for place in np.flatnonzero(free):
        for side in (-1.0, 1.0):
            heights = []
            for reach in (0.5, 2.0):
                moved = at[place] + side * reach * errors[place]
                if place == 1 and moved <= 0:
                    moved = 0.0
                other, _ = _maximise(model, 0.0, 0.0, {int(place): float(moved)}, [at])
                heights.append(_real(model, other)[0])
            if max(heights) > value + 1e-9 * (1 + abs(value)):
                why.append(f"the profile of {names[place]} has a higher point")
            elif heights[1] > heights[0] + 1e-9 * (1 + abs(value)) and not (place == 1 and side < 0):
                why.append(f"the profile of {names[place]} rises again within two standard errors")
    return Convergence(not why, size, agreeing, tuple(why))
