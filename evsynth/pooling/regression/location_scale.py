"""Location-scale models: moderators of the mean and of the heterogeneity, ``tau2_i = exp(z_i'alpha)``.

    y_i ~ N(x_i'beta, v_i + exp(z_i'alpha)),   ML or REML in alpha, beta weighted least squares given alpha

With ``s_i = v_i + tau2_i``, ``P`` the residual projection and ``u = Py``: score ``g_i = (u_i^2 - P_ii)/2`` (ML:
``P_ii`` becomes ``1/s_i``), curvature ``H_ij = P_ij^2/2 - P_ij u_i u_j`` (ML: ``P_ij^2`` becomes ``1/s_i^2`` on the
diagonal), both carried to alpha by ``T = diag(tau2)``: ``Z'Tg`` and ``Z'(THT + diag(Tg))Z``. Standard errors of alpha
come from the observed information. Viechtbauer & Lopez-Lopez 2022, doi 10.1002/jrsm.1562.

The likelihood in alpha can have several maxima and can rise for ever towards tau2 = 0 in part of the studies. Newton's
method starts from many points (all are counted in ``search``) and the highest end is taken; that is a search, not a
proof: SCALE_NOT_CERTIFIED is always given unless Z is an intercept alone, where the certificate of ``maximum`` holds.
At an end where some tau2_i has vanished, alpha has no finite estimate: SCALE_AT_BOUNDARY, and no coefficients of scale
are given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.stats import norm, qmc

from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_effects, check_level
from evsynth.pooling.likelihood import Likelihood
from evsynth.pooling.maximum import maximise
from evsynth.pooling.regression.design import Design, make_design
from evsynth.pooling.regression.inference import Combination, Inference, JointTest, combine, joint_test, model_factor
from evsynth.pooling.tau2.least_squares import LeastSquares, least_squares

NOT_CERTIFIED = "SCALE_NOT_CERTIFIED"
AT_BOUNDARY = "SCALE_AT_BOUNDARY"
SEVERAL_MAXIMA = "SCALE_HAS_SEVERAL_MAXIMA"
FEW = "FEW_STUDIES_PER_COEFFICIENT"

STARTS = 32
VANISHED = 1e-7
"""tau2 of a study below this part of its variance has vanished."""


class LocationScale(NamedTuple):
    """A fitted location-scale model. ``scale`` are the coefficients alpha; tests are Wald's with the normal.

    ``scale`` is empty at the boundary; ``scale_end`` is where the search ended in any case.

    ``scale_test`` and ``location_test`` are joint tests of all coefficients but the intercepts. ``maxima`` are the
    distinct ends of the search: log-likelihood of each.
    """

    likelihood: Likelihood
    k: int
    location: tuple[Combination, ...]
    scale: tuple[Combination, ...]
    scale_end: tuple[float, ...]
    tau2: tuple[float, ...]
    log_likelihood: float
    score: tuple[float, ...]
    location_test: JointTest
    scale_test: JointTest | None
    maxima: tuple[float, ...]
    search: str
    codes: tuple[str, ...]


class _Point(NamedTuple):
    height: float
    gradient: FloatArray
    hessian: FloatArray
    tau2: FloatArray
    fit: LeastSquares


def location_scale(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    x: npt.ArrayLike,
    z: npt.ArrayLike,
    *,
    names: Sequence[str],
    scale_names: Sequence[str],
    likelihood: Likelihood,
    level: float,
    labels: Sequence[str] | None = None,
) -> LocationScale:
    """Fit the model; ``x`` and ``z`` hold the columns of mean and scale (intercepts are columns of ones).

    Raises InputError for not more studies than coefficients of both together, collinear columns (named), values that
    are not finite, v <= 0.
    """
    check_choice("likelihood", likelihood, ("ML", "REML"))
    level, effects = check_level(level), check_effects(y, v, labels=labels, minimum=2)
    mean, spread = make_design(x, names), make_design(z, scale_names)
    k, p, q = len(effects.y), len(mean.names), len(spread.names)
    if len(mean.matrix) != k or len(spread.matrix) != k:
        raise InputError([f"y has {k} values but the moderators have {len(mean.matrix)} and {len(spread.matrix)} rows"])
    if k <= p + q:
        raise InputError([f"{k} studies cannot carry {p} + {q} coefficients; this needs more studies"])
    problem = _Problem(effects.y, effects.v, mean.basis, spread.basis, likelihood)
    ends = [problem.climb(start) for start in _starts(effects.y, effects.v, mean, spread, likelihood)]
    heights = np.array([problem.at(end).height for end in ends])
    best = ends[int(np.argmax(heights))]
    point = problem.at(best)
    maxima = _distinct(heights)
    vanished = bool((point.tau2 < VANISHED * effects.v).any())
    alone = q == 1 and spread.intercept == 0
    covariance = None if vanished else _covariance(point.hessian)
    inference = Inference(point.fit.coefficients, model_factor(point.fit.root), 1.0, "z", k - p, level)
    rows = mean.rows(np.eye(p))
    chosen = [at for at in range(p) if at != mean.intercept] or [0]
    scale, scale_test = _scale(best, covariance, spread, level)
    words = f"Newton from {len(ends)} starting points, {len(maxima)} distinct ends"
    codes = (
        *((FEW,) if k < 10 * max(1, p + q - 2) else ()),
        *mean.codes,
        *spread.codes,
        *(() if alone else (NOT_CERTIFIED,)),
        *((SEVERAL_MAXIMA,) if len(maxima) > 1 else ()),
        *((AT_BOUNDARY,) if covariance is None else ()),
    )
    return LocationScale(
        likelihood,
        k,
        tuple(combine(inference, row, name=name) for row, name in zip(rows, mean.names, strict=True)),
        scale,
        tuple(float(value) for value in spread.rows(np.eye(q)) @ best),
        tuple(map(float, point.tau2)),
        point.height,
        tuple(map(float, point.gradient)),
        joint_test(inference, rows[chosen], names=tuple(mean.names[at] for at in chosen)),
        scale_test,
        maxima,
        words,
        tuple(dict.fromkeys(codes)),
    )


class _Problem:
    def __init__(
        self, y: FloatArray, v: FloatArray, mean: FloatArray, spread: FloatArray, likelihood: Likelihood
    ) -> None:
        self.y, self.v, self.mean, self.spread, self.restricted = y, v, mean, spread, likelihood == "REML"
        self.low, self.high = math.log(1e-9 * float(v.min())), math.log(1e3 * (float(np.ptp(y)) ** 2 + float(v.max())))

    def at(self, alpha: FloatArray) -> _Point:
        tau2 = np.exp(np.clip(self.spread @ alpha, self.low, self.high))
        total = self.v + tau2
        fit = least_squares(self.y, 1.0 / total, self.mean)
        w, k, p = fit.weights, *self.mean.shape
        height = -0.5 * (k * math.log(2 * math.pi) + math.fsum(np.log(total)) + fit.rss)
        pull, own = w * fit.residuals, w
        sqrt = np.sqrt(w)
        across = -(fit.unit @ fit.unit.T)
        np.fill_diagonal(across, fit.spare)
        projection = sqrt[:, None] * across * sqrt[None, :]
        squares = np.diag(w * w)
        if self.restricted:
            height += 0.5 * p * math.log(2 * math.pi) - math.fsum(np.log(np.abs(np.diag(fit.root))))
            own, squares = w * fit.spare, projection**2
        slope = tau2 * 0.5 * (pull * pull - own)
        inner = 0.5 * squares - projection * np.outer(pull, pull)
        hessian = self.spread.T @ (np.outer(tau2, tau2) * inner + np.diag(slope)) @ self.spread
        return _Point(height, self.spread.T @ slope, hessian, tau2, fit)

    def climb(self, alpha: FloatArray) -> FloatArray:
        """Return the end of a damped Newton ascent; no tau2 that matters changes by more than e^2 in one step."""
        point, damping, still = self.at(alpha), 0.0, 0
        for _ in range(400):
            values, vectors = np.linalg.eigh(-point.hessian)
            largest = float(np.abs(values).max())
            bent = np.maximum(np.abs(values), max(1e-300, 1e-12 * largest)) + damping
            step = vectors @ ((vectors.T @ point.gradient) / bent)
            active = point.tau2 > 1e-3 * VANISHED * self.v
            if not bool(active.any()):
                break
            moved = float(np.abs(self.spread[active] @ step).max())
            step = step * min(1.0, 2.0 / moved) if moved > 0 else step
            there = self.at(alpha + step)
            gain = there.height - point.height
            if gain >= -1e-13 * (1.0 + abs(point.height)):
                alpha, point, damping = alpha + step, there, 0.1 * damping if damping > 1e-12 * largest else 0.0
                still = still + 1 if gain <= 1e-14 * (1.0 + abs(point.height)) else 0
                if moved < 1e-13 or still == 4:
                    break
            else:
                damping = max(10.0 * damping, 1e-3 * largest + 1e-300)
                if damping > 1e14 * (1e-300 + largest):
                    break
        return alpha


def _starts(y: FloatArray, v: FloatArray, mean: Design, spread: Design, likelihood: Likelihood) -> list[FloatArray]:
    # Linear predictors: constant at the certified maximum without scale moderators, and scrambled-free Halton points.
    q = len(spread.names)
    top = maximise(y, v, likelihood=likelihood, basis=mean.basis)
    centre = math.log(max(top.tau2, 0.05 * float(np.median(v))))
    ones = np.full(len(y), centre)
    first = np.linalg.lstsq(spread.basis, ones, rcond=None)[0]
    if q == 1 and spread.intercept == 0:
        return [first]
    points = norm.ppf(qmc.Halton(q, scramble=False).random(STARTS + 1)[1:])
    size = np.abs(spread.basis).max(axis=0)
    return [first, *(first + 2.0 * point / size for point in points)]


def _distinct(heights: FloatArray) -> tuple[float, ...]:
    found: list[float] = []
    for height in sorted(map(float, heights), reverse=True):
        if not found or found[-1] - height > 1e-6 * (1.0 + abs(height)):
            found.append(height)
    return tuple(found)


def _covariance(hessian: FloatArray) -> FloatArray | None:
    try:
        return np.asarray(cho_solve(cho_factor(-hessian), np.eye(len(hessian))), dtype=np.float64)
    except np.linalg.LinAlgError:
        return None


def _scale(
    alpha: FloatArray, covariance: FloatArray | None, spread: Design, level: float
) -> tuple[tuple[Combination, ...], JointTest | None]:
    rows = spread.rows(np.eye(len(alpha)))
    if covariance is None:
        return (), None
    inference = Inference(alpha, np.asarray(np.linalg.cholesky(covariance), dtype=np.float64), 1.0, "z", 1, level)
    single = tuple(combine(inference, row, name=name) for row, name in zip(rows, spread.names, strict=True))
    chosen = [at for at in range(len(alpha)) if at != spread.intercept]
    names = tuple(spread.names[at] for at in chosen)
    return single, joint_test(inference, rows[chosen], names=names) if chosen else None
