"""Regression from a correlation matrix: standardised coefficients of one variable on others.

    beta = Rxx^-1 rxy,   R2 = rxy'beta

With the ``patients`` behind R: ``se^2 = (1 - R2)/(n - m) diag Rxx^-1``, t and F with n - m degrees of freedom (m
predictors; the variables are standardised, so there is no intercept). With V, the covariance of the correlations below
the diagonal (column after column; pooled correlations, say): the delta method,
``d beta = Rxx^-1 (d rxy - d Rxx beta)``. Becker & Wu 2007, doi 10.1214/07-STS229.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import f, norm, t

from evsynth.pooling.guard import FloatArray, InputError


class CorrelationRegression(NamedTuple):
    """Standardised coefficients with tests; ``df``, ``f`` and ``f_p`` are None when V was given."""

    beta: tuple[float, ...]
    se: tuple[float, ...]
    statistic: tuple[float, ...]
    p: tuple[float, ...]
    covariance: FloatArray
    r2: float
    df: int | None
    f: float | None
    f_p: float | None


def regress_correlations(
    correlations: npt.ArrayLike,
    *,
    outcome: int,
    predictors: Sequence[int],
    patients: int | None = None,
    covariance: npt.ArrayLike | None = None,
) -> CorrelationRegression:
    """Regress the variable at place ``outcome`` (from 0) on those at ``predictors``; give ``patients`` or V.

    Raises InputError for a matrix that is not a correlation matrix, or a V that does not fit.
    """
    r = np.asarray(correlations, dtype=np.float64)
    if r.ndim != 2 or r.shape[0] != r.shape[1] or not np.isfinite(r).all() or not np.allclose(r, r.T):
        raise InputError(["correlations must be a square, symmetric matrix of finite numbers"])
    if not np.allclose(np.diag(r), 1.0) or float(np.linalg.eigvalsh(r).min()) <= 0:
        raise InputError(["correlations must have 1 on the diagonal and be positive definite"])
    if (patients is None) == (covariance is None):
        raise InputError(["give either the number of patients or the covariance of the correlations"])
    x, m = list(predictors), len(predictors)
    inverse = np.asarray(np.linalg.inv(r[np.ix_(x, x)]), dtype=np.float64)
    beta = np.asarray(inverse @ r[x, outcome], dtype=np.float64)
    r2 = float(beta @ r[x, outcome])
    if patients is not None:
        df = patients - m
        if df < 1:
            raise InputError([f"{patients} patients cannot carry {m} predictors"])
        spread = inverse * (1 - r2) / df
        se = np.sqrt(np.diag(spread))
        p = 2 * t.sf(np.abs(beta / se), df)
        value = r2 / m / ((1 - r2) / df)
        return CorrelationRegression(
            tuple(map(float, beta)), tuple(map(float, se)), tuple(map(float, beta / se)), tuple(map(float, p)), spread,
            r2, df, float(value), float(f.sf(value, m, df)),
        )  # fmt: skip
    spread = _delta(len(r), np.asarray(covariance, dtype=np.float64), outcome, x, beta, inverse)
    se = np.sqrt(np.diag(spread))
    p = 2 * norm.sf(np.abs(beta / se))
    return CorrelationRegression(
        tuple(map(float, beta)), tuple(map(float, se)), tuple(map(float, beta / se)), tuple(map(float, p)), spread, r2,
        None, None, None,
    )  # fmt: skip


def _delta(
    size: int, v: FloatArray, outcome: int, x: Sequence[int], beta: FloatArray, inverse: FloatArray
) -> FloatArray:
    places = [(i, j) for j in range(size) for i in range(j + 1, size)]
    if v.shape != (len(places), len(places)):
        raise InputError([f"the covariance of {len(places)} correlations must be a matrix of that size"])
    slopes = np.zeros((len(x), len(places)))
    for at, (i, j) in enumerate(places):
        change = np.zeros(len(x))
        if outcome in (i, j):
            other = j if i == outcome else i
            if other in x:
                change[x.index(other)] += 1
        elif i in x and j in x:
            change[x.index(i)] -= beta[x.index(j)]
            change[x.index(j)] -= beta[x.index(i)]
        slopes[:, at] = inverse @ change
    if not math.isfinite(float(v.sum())):
        raise InputError(["the covariance of the correlations holds a value that is not finite"])
    return np.asarray(slopes @ v @ slopes.T, dtype=np.float64)
