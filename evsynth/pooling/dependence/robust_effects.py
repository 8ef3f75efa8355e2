"""Robust variance meta-regression with correlated-effects or hierarchical-effects weights.

Hedges, Tipton & Johnson 2010, doi 10.1002/jrsm.5; small-sample correction Tipton 2015, doi 10.1037/met0000011. Study j
has k_j effects; vbar_j is the mean of their variances.

    CORR  weights 1/(k_j (vbar_j + tau2)); tau2 by moments, with an assumed correlation rho within studies
    HIER  weights 1/(v_ij + tau2 + omega2); tau2 between and omega2 within studies by moments

The variances are moment estimates: weighted sums of squares of residuals from a first fit with weights 1/(k_j vbar_j)
or 1/v_ij, set equal to their expectations; negative values become 0 (a negative omega2 first, and tau2 is then solved
for without it). The weights need not be right: the standard errors are cluster-robust, CR2 with Satterthwaite
degrees of freedom (``small``) or CR1p with t(n - p).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evsynth.pooling.dependence.cluster_robust import Robust, cluster_robust
from evsynth.pooling.dependence.inputs import check_data
from evsynth.pooling.dependence.random_terms import level_index
from evsynth.pooling.guard import FloatArray, InputError, check_choice

ModelWeights = Literal["CORR", "HIER"]

TAU2_TRUNCATED = "TAU2_NEGATIVE_SET_TO_ZERO"
OMEGA2_TRUNCATED = "OMEGA2_NEGATIVE_SET_TO_ZERO"


class RobustEffects(NamedTuple):
    """Robust coefficients, the variances behind the weights, and the weights themselves (one per effect).

    ``omega2`` is None for CORR; ``i2`` (percent, from the first fit) and ``rho`` are None for HIER.
    """

    modelweights: ModelWeights
    robust: Robust
    tau2: float
    omega2: float | None
    i2: float | None
    rho: float | None
    weights: FloatArray
    codes: tuple[str, ...]


def robust_effects(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    X: npt.ArrayLike | None = None,
    *,
    cluster: Sequence[Hashable],
    modelweights: ModelWeights,
    rho: float | None = None,
    small: bool,
    level: float = 0.95,
    names: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
) -> RobustEffects:
    """Return the robust fit. ``rho`` is needed for CORR and not used for HIER.

    Raises InputError for data that cannot be used, fewer clusters than coefficients + 1, or rho outside [0, 1].
    """
    check_choice("modelweights", modelweights, get_args(ModelWeights))
    variances = np.asarray(v)
    if variances.ndim != 1:
        raise InputError([f"v must be a vector of variances, not of shape {variances.shape!r}"])
    data = check_data(y, v, X, names=names, labels=labels)
    index, levels = level_index(cluster, name="cluster", rows=len(data.y))
    if len(levels) <= data.x.shape[1]:
        needed = data.x.shape[1] + 1
        raise InputError([f"{len(levels)} clusters given; {needed - 1} coefficients need at least {needed}"])
    own = np.diag(data.v).copy()
    i2: float | None = None
    omega2: float | None = None
    if modelweights == "CORR":
        if rho is None or not 0.0 <= rho <= 1.0:
            raise InputError([f"rho = {rho!r} must lie in [0, 1] for correlated effects"])
        tau2, i2, spread, codes = _correlated(data.y, own, data.x, index, rho)
    else:
        tau2, omega2, codes = _hierarchical(data.y, own, data.x, index)
        spread = own + tau2 + omega2
    fitted = cluster_robust(
        data.y,
        spread,
        data.x,
        cluster=index.tolist(),
        adjust="CR2" if small else "CR1p",
        dfs="satterthwaite" if small else "residual",
        level=level,
        names=data.names,
    )
    kept = rho if modelweights == "CORR" else None
    return RobustEffects(modelweights, fitted, tau2, omega2, i2, kept, 1.0 / spread, (*codes, *fitted.codes))


def _correlated(
    y: FloatArray, v: FloatArray, x: FloatArray, index: npt.NDArray[np.intp], rho: float
) -> tuple[float, float, FloatArray, list[str]]:
    number = np.bincount(index)
    mean = np.bincount(index, weights=v) / number
    size, average = number[index].astype(np.float64), mean[index]
    w = 1.0 / (size * average)
    q, residual = _first_fit(y, x, w)
    qe = math.fsum(residual * residual)
    # Whitened by sqrt(w); sums over studies of q_j' 1 1' q_j need the study totals of sqrt(w) q.
    totals = _totals(q * np.sqrt(w)[:, None], index)
    alike = _totals(q * (np.sqrt(w * average))[:, None], index)
    apart = q * np.sqrt(w * average)[:, None]
    constant = len(number) - ((1 - rho) * float(np.sum(apart**2)) + rho * float(np.sum(alike**2)))
    slope = math.fsum(w) - float(np.sum(totals**2))
    raw = (qe - constant) / slope
    tau2 = max(0.0, raw)
    i2 = max(0.0, 100.0 * (qe - constant) / qe) if qe > 0 else 0.0
    return tau2, i2, size * (average + tau2), [TAU2_TRUNCATED] if raw < 0 else []


def _hierarchical(
    y: FloatArray, v: FloatArray, x: FloatArray, index: npt.NDArray[np.intp]
) -> tuple[float, float, list[str]]:
    w = 1.0 / v
    root = np.sqrt(w)
    q, residual = _first_fit(y, x, w)
    same = (index[:, None] == index[None, :]).astype(np.float64)
    # Residuals are e = R y with R = D (I - q q') D^-1, D = diag(sqrt v): weighted and study sums of squares.
    keep = np.eye(len(y)) - q @ q.T
    left = residual / root
    squares = np.array([float(residual @ residual), float(left @ same @ left)])
    inner = keep @ (same / np.outer(root, root)) @ keep
    shapes = (keep, inner)
    expected = np.array([[np.sum(s * (same * np.outer(root, root))), np.trace(s * w[:, None])] for s in shapes])
    noise = np.array([np.trace(s) for s in shapes])
    if abs(np.linalg.det(expected / np.abs(expected).max(axis=1, keepdims=True))) < 1e-12:
        raise InputError(["every cluster holds one effect: variance within clusters cannot be told from between"])
    tau2, omega2 = (float(value) for value in np.linalg.solve(expected, squares - noise))
    codes = []
    if omega2 < 0:
        codes.append(OMEGA2_TRUNCATED)
        omega2, tau2 = 0.0, float((squares[0] - noise[0]) / expected[0, 0])
    if tau2 < 0:
        codes.append(TAU2_TRUNCATED)
        tau2 = 0.0
    return tau2, omega2, codes


def _first_fit(y: FloatArray, x: FloatArray, w: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the orthonormal basis of the whitened design and the whitened residuals."""
    root = np.sqrt(w)
    q = np.linalg.qr(x * root[:, None])[0]
    whitened = y * root
    residual = whitened - q @ (q.T @ whitened)
    return q, residual - q @ (q.T @ residual)


def _totals(values: FloatArray, index: npt.NDArray[np.intp]) -> FloatArray:
    found = np.zeros((int(index.max()) + 1, values.shape[1]))
    np.add.at(found, index, values)
    return found
