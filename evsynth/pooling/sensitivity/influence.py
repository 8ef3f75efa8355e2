"""What one study does to a pool or a regression: residuals, shifts and flags when it is left out.

With (-i) for "without study i", tau2 estimated again, ``V`` the covariance of the coefficients b, and x_i the row of
the design (1 for a plain pool), as in R's metafor (Viechtbauer & Cheung 2010, doi 10.1002/jrsm.11):

    studentised residual   (y_i - x_i b(-i)) / sqrt(v_i + tau2(-i) + x_i V(-i) x_i')
    dffits                 (x_i b - x_i b(-i)) / sqrt(h_i (tau2(-i) + v_i))
    cook                   (b - b(-i))' V^-1 (b - b(-i))
    covariance ratio       det V(-i) / det V
    hat h_i                x_i (X'WX)^-1 x_i' w_i          weight: percent, w_i / sum w
    dfbetas                (b_j - b_j(-i)) / sqrt(f(-i) [(X'W(-i)X)^-1]_jj), W(-i) of all studies at tau2(-i)

Under ``hksj`` V carries the factor of Knapp and Hartung (f(-i) is that of the reduced fit; 1 under ``wald``), and so
do the residual, dffits, cook, the ratio and dfbetas. A study is flagged when |dffits| > 3 sqrt(p/(k - p)), or the lower
tail of chi-squared(p) below cook exceeds one half, or h > 3 p/k, or any |dfbetas| > 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from evsynth.pooling.fast.backend import Asked
from evsynth.pooling.fast.designs import DesignEstimator, DesignFits, fit_designs
from evsynth.pooling.fast.estimate import FastEstimator
from evsynth.pooling.fast.many import fit_subsets
from evsynth.pooling.guard import Effects, FloatArray, InputError, check_choice, check_effects

Test = Literal["wald", "hksj"]

DELETION_UNDEFINED = "DELETION_UNDEFINED"


class StudyInfluence(NamedTuple):
    """One study (counted from 1). Values that need the fit without it are None when that fit is not defined: its
    code is DELETION_UNDEFINED, and ``because`` says why.
    """

    study: int
    label: str
    residual: float | None
    dffits: float | None
    cook: float | None
    covariance_ratio: float | None
    tau2_deleted: float | None
    q_deleted: float | None
    hat: float
    weight: float
    dfbetas: tuple[float, ...] | None
    influential: bool | None
    because: str
    codes: tuple[str, ...]


class Influence(NamedTuple):
    """Every study in turn, in order, and the limits beyond which a value is flagged."""

    estimator: FastEstimator
    test: Test
    coefficients: int
    studies: tuple[StudyInfluence, ...]
    dffits_limit: float
    hat_limit: float
    codes: tuple[str, ...]


def influence(
    y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: FastEstimator, test: Test,
    moderators: npt.ArrayLike | None = None, labels: Sequence[str] | None = None, backend: Asked = "auto",
) -> Influence:  # fmt: skip
    """Return the influence of every study on the mean, or with ``moderators`` (k, p - 1) on the regression.

    Raises InputError for fewer than two studies, fewer than p + 1 with moderators, collinear moderators, or an
    estimator that regression does not have here (HS, HSk, PMM).
    """
    check_choice("test", test, get_args(Test))
    check_choice("estimator", estimator, get_args(FastEstimator))
    effects = check_effects(y, v, labels=labels, minimum=2)
    design = check_design(moderators, effects)
    k, p = design.shape
    full = _fit(effects, design, np.ones((1, k)), estimator, backend)
    deleted, undefined = _deletions(effects, design, estimator, test, backend)
    w = 1.0 / (effects.v + full.tau2[0])
    hats = w * np.einsum("kp,pq,kq->k", design, full.covariance[0], design)
    scale = float(full.factor[0]) if test == "hksj" else 1.0
    if scale == 0.0:
        raise InputError(["all effects lie on the fitted line: the HKSJ standard error is 0; use test = 'wald'"])
    limits = 3.0 * math.sqrt(p / (k - p)), 3.0 * p / k
    studies = []
    for place in range(k):
        plain = place + 1, effects.labels[place]
        hat, weight = float(hats[place]), 100.0 * float(w[place]) / math.fsum(w)
        found = deleted.get(place)
        if found is None:
            studies.append(StudyInfluence(*plain, None, None, None, None, None, None, hat, weight, None, None,
                                          undefined[place], (DELETION_UNDEFINED,)))  # fmt: skip
            continue
        tau2, b, covariance, factor, q = found
        row, shift = design[place], full.coefficients[0] - b
        spread = effects.v[place] + tau2
        residual = (effects.y[place] - row @ b) / math.sqrt(factor * (spread + row @ covariance @ row))
        dffits = float(row @ shift) / math.sqrt(hat * spread * factor)
        cook = float(shift @ np.linalg.solve(full.covariance[0] * scale, shift))
        ratio = float(np.linalg.det(covariance) / np.linalg.det(full.covariance[0])) * (factor / scale) ** p
        whole = np.linalg.inv(design.T @ (design / (effects.v + tau2)[:, None]))
        dfbetas = tuple(float(value) for value in shift / np.sqrt(factor * np.diag(whole)))
        flagged = (
            abs(dffits) > limits[0]
            or float(chi2.cdf(cook, p)) > 0.5
            or hat > limits[1]
            or any(abs(value) > 1.0 for value in dfbetas)
        )
        studies.append(StudyInfluence(*plain, float(residual), dffits, cook, ratio, tau2, q, hat, weight, dfbetas,
                                      flagged, "", ()))  # fmt: skip
    codes = (DELETION_UNDEFINED,) if undefined else ()
    return Influence(estimator, test, p, tuple(studies), *limits, codes)


def check_design(moderators: npt.ArrayLike | None, effects: Effects) -> FloatArray:
    """Return the design with its intercept, of full rank. Raises InputError."""
    k = len(effects.y)
    if moderators is None:
        return np.ones((k, 1))
    values = np.asarray(moderators, dtype=np.float64)
    values = values[:, None] if values.ndim == 1 else values
    if values.ndim != 2 or len(values) != k:
        raise InputError([f"moderators have shape {values.shape!r}; they need one row for each of {k} studies"])
    bad = np.argwhere(~np.isfinite(values))
    if len(bad):
        raise InputError([f"study {i + 1}: moderator {j + 1} = {float(values[i, j])!r} is not finite" for i, j in bad])
    centred = values - values.mean(axis=0)
    sizes = np.sqrt((centred**2).sum(axis=0))
    if bool((sizes == 0).any()):
        raise InputError([f"moderator {int(np.flatnonzero(sizes == 0)[0]) + 1} is the same in every study"])
    p = 1 + values.shape[1]
    if k <= p:
        raise InputError([f"{k} studies for {p} coefficients; this needs at least {p + 1}"])
    if np.linalg.svd(centred / sizes, compute_uv=False)[-1] < 1e-10:
        raise InputError(["the moderators are collinear: one is a combination of the others"])
    return np.column_stack([np.ones(k), values])


_Deletion = tuple[float, FloatArray, FloatArray, float, float]


def _deletions(
    effects: Effects, design: FloatArray, estimator: FastEstimator, test: Test, backend: Asked
) -> tuple[dict[int, _Deletion], dict[int, str]]:
    k, p = design.shape
    undefined: dict[int, str] = {}
    if k == 2:  # one study is left: its own estimate, tau2 = 0
        if test == "hksj":
            return {}, dict.fromkeys(range(k), "one study is left, which has no HKSJ standard error")
        return {
            place: (0.0, effects.y[[1 - place]], effects.v[[1 - place]][:, None], 1.0, 0.0) for place in range(k)
        }, {}
    for place in range(k):
        rest = np.delete(design, place, axis=0)
        if k - 1 <= p and p > 1:
            undefined[place] = f"{k - 1} studies are left for {p} coefficients"
        elif p > 1 and np.linalg.matrix_rank(rest / np.abs(rest).max(axis=0).clip(1e-300)) < p:
            undefined[place] = "the studies left make the moderators collinear"
    kept = [place for place in range(k) if place not in undefined]
    if not kept:
        return {}, undefined
    fits = _fit(effects, design, (1.0 - np.eye(k))[kept], estimator, backend)
    found = {}
    for row, place in enumerate(kept):
        factor = float(fits.factor[row]) if test == "hksj" else 1.0
        if factor == 0.0:
            undefined[place] = "the studies left agree exactly: their HKSJ standard error is 0"
            continue
        found[place] = (float(fits.tau2[row]), fits.coefficients[row], fits.covariance[row], factor, float(fits.q[row]))
    return found, undefined


def _fit(
    effects: Effects, design: FloatArray, inside: FloatArray, estimator: FastEstimator, backend: Asked
) -> DesignFits:
    if design.shape[1] > 1:
        check_choice("estimator", estimator, get_args(DesignEstimator))
        return fit_designs(effects.y, effects.v, design, inside, estimator=estimator)  # type: ignore[arg-type]
    fits = fit_subsets(effects.y, effects.v, inside, estimator=estimator, backend=backend)
    covariance = (fits.se**2)[:, None, None]
    return DesignFits(fits.tau2, fits.mean[:, None], covariance, fits.factor, fits.q, fits.modes.astype(np.float64))
