"""Pool estimates from cohorts that share patients, with the covariance that the sharing implies.

    cov_ij = rho n_ij / sqrt(n_i n_j) se_i se_j          n_ij patients in both, n_i and n_j in each

rho = 1 is exact for means of the same measurement on the shared patients; a smaller rho allows that they were measured
at another time or with other methods. Generalised least squares, ``w = M^-1 1 / 1'M^-1 1``, with M = V + tau2 I. Where
two cohorts overlap much and differ in size, the larger one can get a weight above 1 and the smaller one a negative
weight: mathematically right, but then the answer rests on the covariance being right, and the code says so. Lin &
Sullivan 2009, doi 10.1016/j.ajhg.2009.11.001.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.pooling.dependence.coefficients import Coefficient, coefficient_table
from evsynth.pooling.dependence.inputs import check_covariance, check_data, place
from evsynth.pooling.dependence.multivariate import fit_multivariate
from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_level

OverlapEstimator = Literal["FE", "ML", "REML"]

NEGATIVE_WEIGHT = "NEGATIVE_GLS_WEIGHT"

GRID = (0.5, 0.8, 1.0)


class OverlapPool(NamedTuple):
    """A pooled mean under one rho. ``weights`` sum to 1; ``negative`` names the estimates with a negative one."""

    rho: float
    estimator: OverlapEstimator
    mean: Coefficient
    tau2: float
    weights: tuple[float, ...]
    covariance: FloatArray
    negative: tuple[str, ...]
    codes: tuple[str, ...]


def overlap_covariance(
    v: npt.ArrayLike,
    *,
    patients: npt.ArrayLike,
    shared: npt.ArrayLike,
    rho: float,
    labels: Sequence[str] | None = None,
) -> FloatArray:
    """Return V (k, k). ``shared`` is a symmetric (k, k) matrix of numbers of patients; its diagonal is not read.

    Raises InputError where more patients are shared than the smaller cohort has, or V is not positive definite (a
    cohort that is wholly inside another of the same size, at rho = 1: keep one of the two).
    """
    variances = np.asarray(v, dtype=np.float64)
    k = len(variances)
    texts = tuple(labels) if labels is not None else ("",) * k
    check_covariance(variances, size=k, labels=texts)
    n, both = np.asarray(patients, dtype=np.float64), np.asarray(shared, dtype=np.float64)
    if n.shape != (k,) or both.shape != (k, k):
        raise InputError([f"patients must hold {k} numbers and shared {k} x {k}, not {n.shape!r} and {both.shape!r}"])
    if not 0.0 <= rho <= 1.0:
        raise InputError([f"rho = {rho!r} must lie in [0, 1]"])
    problems = [
        f"{place(i, texts)}: {float(n[i])!r} patients; this must be > 0"
        for i in range(k)
        if not (math.isfinite(n[i]) and n[i] > 0)
    ]
    for i in range(k):
        for j in range(i + 1, k):
            if both[i, j] != both[j, i]:
                problems.append(f"shared is not symmetric for {place(i, texts)} and {place(j, texts)}")
            elif not 0 <= both[i, j] <= min(n[i], n[j]):
                limit = f"the smaller has {min(n[i], n[j]):g}"
                problems.append(f"{place(i, texts)} and {place(j, texts)} cannot share {float(both[i, j])!r}: {limit}")
    if problems:
        raise InputError(problems)
    r = rho * both / np.sqrt(np.outer(n, n))
    np.fill_diagonal(r, 1.0)
    return check_covariance(r * np.sqrt(np.outer(variances, variances)), size=k, labels=texts)


def pool_overlapping(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    patients: npt.ArrayLike,
    shared: npt.ArrayLike,
    rho: float,
    estimator: OverlapEstimator,
    level: float = 0.95,
    labels: Sequence[str] | None = None,
) -> OverlapPool:
    """Return the GLS mean of overlapping cohorts at one rho, with a Wald interval. Raises InputError."""
    check_choice("estimator", estimator, get_args(OverlapEstimator))
    level = check_level(level)
    covariance = overlap_covariance(v, patients=patients, shared=shared, rho=rho, labels=labels)
    data = check_data(y, covariance, None, labels=labels)
    tau2 = 0.0
    codes: list[str] = []
    if estimator != "FE":
        each = {"estimate": list(range(len(data.y)))}
        random = "~ 1 | estimate"
        fit = fit_multivariate(data.y, data.v, random=random, columns=each, method=estimator, test="z")
        tau2 = fit.values("sigma2")[0]
        codes.extend(fit.codes)
    whole = data.v + tau2 * np.eye(len(data.y))
    pull = np.linalg.solve(whole, np.ones(len(data.y)))
    total = math.fsum(pull)
    weights = pull / total
    mean = math.fsum(weights * data.y)
    table = coefficient_table(["mean"], np.array([mean]), np.array([[1.0 / total]]), df=[None], level=level)
    negative = tuple(place(i, data.labels) for i in range(len(weights)) if weights[i] < 0)
    if negative:
        codes.append(NEGATIVE_WEIGHT)
    found = tuple(float(weight) for weight in weights)
    return OverlapPool(rho, estimator, table[0], tau2, found, covariance, negative, tuple(codes))
