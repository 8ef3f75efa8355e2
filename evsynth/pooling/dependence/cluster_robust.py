"""Cluster-robust ("sandwich") covariance of coefficients, with Satterthwaite degrees of freedom.

With weights ``W = M^-1`` from the fitted (working) covariance M, ``B = (X'WX)^-1`` and residuals e, cluster by cluster:

    S = B [ sum_j X_j' W_j A_j e_j e_j' A_j' W_j X_j ] B

    CR0   A = I                                     Liang & Zeger 1986, doi 10.1093/biomet/73.1.13
    CR1   CR0 times n/(n - 1), n clusters
    CR1p  CR0 times n/(n - p)                       (the default of robust() in R's metafor)
    CR1S  CR0 times n (k - 1)/((n - 1)(k - p))
    CR2   A = L B^-1/2 L' with M_j = L L': unbiased if M is right.
          Bell & McCaffrey 2002; Pustejovsky & Tipton 2018, doi 10.1080/07350015.2016.1247004
    CR3   A = (I - X_j B X_j' W_j)^-1               close to the jackknife

Satterthwaite: ``df = (tr P)^2 / tr P^2``, P the covariance under M of the clusters' contributions. Several coefficients
together: Hotelling's T^2 approximation with the degrees of freedom of Pustejovsky & Tipton (HTZ). Below 4 degrees of
freedom neither should be trusted: Tipton 2015, doi 10.1037/met0000011.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt
from scipy.stats import f as f_distribution

from evsynth.pooling.dependence.coefficients import (
    Coefficient,
    Omnibus,
    coefficient_table,
    omnibus,
    tested_together,
    wald,
)
from evsynth.pooling.dependence.inputs import check_data, place
from evsynth.pooling.dependence.multivariate import MultivariateFit
from evsynth.pooling.dependence.random_terms import level_index
from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_level

Adjust = Literal["CR0", "CR1", "CR1p", "CR1S", "CR2", "CR3"]
RobustDf = Literal["residual", "satterthwaite"]

FEW_DF = "SATTERTHWAITE_DF_BELOW_4"
NO_OMNIBUS = "OMNIBUS_NOT_AVAILABLE"
ONE_CLUSTER = "COEFFICIENT_DECIDED_BY_ONE_CLUSTER"

LEAST_DF = 4.0
_ZERO = 1e-12
_NOTHING = 1e-18
"""Of the model-based variance: a robust variance below it is rounding; one cluster alone decides that coefficient."""


class Robust(NamedTuple):
    """Robust coefficients. ``low_df`` names those with fewer than 4 Satterthwaite degrees of freedom.

    ``omnibus`` is the F test with (m, n - p), or HTZ under Satterthwaite; None with the code OMNIBUS_NOT_AVAILABLE
    where its degrees of freedom are not positive or a coefficient has no robust variance. A coefficient that one
    cluster alone decides (code COEFFICIENT_DECIDED_BY_ONE_CLUSTER) has a CR0 variance of 0: there is no test and no
    interval, and what CR2 or CR3 make of it means nothing.
    """

    adjust: Adjust
    dfs: RobustDf
    clusters: int
    k: int
    coefficients: tuple[Coefficient, ...]
    covariance: FloatArray
    omnibus: Omnibus | None
    low_df: tuple[str, ...]
    level: float
    codes: tuple[str, ...]


class Cluster(NamedTuple):
    """The rows of one cluster, whitened: ``root`` L with M_j = L L', ``q`` = L^-1 X_j, ``e`` = L^-1 e_j."""

    rows: npt.NDArray[np.intp]
    root: FloatArray
    q: FloatArray
    e: FloatArray


def cluster_robust(
    y: npt.ArrayLike,
    M: npt.ArrayLike,
    X: npt.ArrayLike | None = None,
    *,
    cluster: Sequence[Hashable],
    adjust: Adjust,
    dfs: RobustDf,
    level: float = 0.95,
    names: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
) -> Robust:
    """Return robust tests for the GLS fit with marginal covariance ``M``: a vector ``v + tau2`` or a matrix.

    Raises InputError for data that cannot be used, for a cluster variable that separates estimates that M correlates,
    and unless there are more clusters than coefficients.
    """
    check_choice("adjust", adjust, get_args(Adjust))
    check_choice("dfs", dfs, get_args(RobustDf))
    level, data = check_level(level), check_data(y, M, X, names=names, labels=labels)
    k, p = data.x.shape
    index, levels = level_index(cluster, name="cluster", rows=k)
    n = len(levels)
    if n <= p:
        raise InputError([f"{n} clusters cannot carry {p} coefficients; robust variances need at least {p + 1}"])
    parted = (data.v != 0) & (index[:, None] != index[None, :])
    if parted.any():
        i, j = (int(part[0]) for part in np.nonzero(parted))
        who = f"{place(i, data.labels)} and {place(j, data.labels)}"
        raise InputError([f"the model correlates {who}, but they are in different clusters; use a coarser cluster"])
    parts, beta, bread = whiten(data.y, data.v, data.x, index)
    return _tested(parts, beta, bread, data.x, data.names, adjust=adjust, dfs=dfs, level=level)


def robust_fit(
    fit: MultivariateFit, *, cluster: Sequence[Hashable], adjust: Adjust, dfs: RobustDf, level: float = 0.95
) -> Robust:
    """Return robust tests of a multilevel or multivariate fit. Raises InputError as ``cluster_robust``."""
    problem = fit.problem
    return cluster_robust(
        problem.y,
        fit.marginal,
        problem.x,
        cluster=cluster,
        adjust=adjust,
        dfs=dfs,
        level=level,
        names=fit.names,
    )


def whiten(
    y: FloatArray, m: FloatArray, x: FloatArray, index: npt.NDArray[np.intp]
) -> tuple[list[Cluster], FloatArray, FloatArray]:
    """Return the clusters, the GLS coefficients and their model-based covariance B. ``m`` is block diagonal."""
    rows = [np.asarray(np.flatnonzero(index == level), dtype=np.intp) for level in range(int(index.max()) + 1)]
    roots = [np.asarray(np.linalg.cholesky(m[np.ix_(row, row)]), dtype=np.float64) for row in rows]
    xs = [np.asarray(np.linalg.solve(root, x[row]), dtype=np.float64) for root, row in zip(roots, rows, strict=True)]
    ys = [np.linalg.solve(root, y[row]) for root, row in zip(roots, rows, strict=True)]
    xw, yw = np.vstack(xs), np.concatenate(ys)
    q, triangle = np.linalg.qr(xw)
    beta = np.linalg.solve(triangle, q.T @ yw)
    beta = beta + np.linalg.solve(triangle, q.T @ (yw - xw @ beta))
    inverse = np.linalg.inv(triangle)
    rest = np.split(yw - xw @ beta, np.cumsum([len(row) for row in rows])[:-1])
    parts = [Cluster(row, root, xj, ej) for row, root, xj, ej in zip(rows, roots, xs, rest, strict=True)]
    return parts, beta, inverse @ inverse.T


def sandwich(parts: list[Cluster], bread: FloatArray, adjust: Adjust) -> tuple[FloatArray, list[FloatArray]]:
    """Return the robust covariance and, per cluster, the influence ``B X_j' W_j A_j L`` on whitened residuals."""
    n, k, p = len(parts), sum(len(part.rows) for part in parts), len(bread)
    factor = {"CR1": n / (n - 1), "CR1p": n / (n - p), "CR1S": n * (k - 1) / ((n - 1) * (k - p))}.get(adjust, 1.0)
    pulls = [bread @ part.q.T @ _adjusted(part, bread, adjust) for part in parts]
    scores = np.array([pull @ part.e for pull, part in zip(pulls, parts, strict=True)])
    return factor * (scores.T @ scores), pulls


def satterthwaite(parts: list[Cluster], bread: FloatArray, pulls: list[FloatArray]) -> FloatArray:
    """Return, for pairs of coefficients and of clusters, the covariance under M of the contributions: (p, p, n, n)."""
    p, n = len(bread), len(parts)
    cov = np.zeros((p, p, n, n))
    ends = np.array([pull @ part.q for pull, part in zip(pulls, parts, strict=True)])  # (n, p, p)
    cov -= np.einsum("isa,ab,jtb->stij", ends, bread, ends)
    for j, pull in enumerate(pulls):
        cov[:, :, j, j] += pull @ pull.T
    return cov


def degrees_of_freedom(cov: FloatArray) -> float:
    """Return Satterthwaite's degrees of freedom from the covariance (n, n) of the clusters' contributions."""
    return float(np.trace(cov) ** 2 / np.sum(cov * cov))


def hotelling(covariances: FloatArray, which: Sequence[int]) -> float:
    """Return the degrees of freedom eta of the HTZ test of several coefficients."""
    index = list(which)
    cov = covariances[np.ix_(index, index)]
    expected = np.einsum("stii->st", cov)
    values, vectors = np.linalg.eigh(expected)
    turn = vectors / np.sqrt(values)
    cov = np.einsum("sa,tb,stij->abij", turn, turn, cov)
    spread = np.einsum("ssij,ttij->st", cov, cov) + np.einsum("stij,tsij->st", cov, cov)
    q = len(index)
    return float(q * (q + 1) / spread.sum())


def _adjusted(part: Cluster, bread: FloatArray, adjust: Adjust) -> FloatArray:
    # L' W_j A_j L in whitened coordinates, so that the score is q' (this) e.
    size = len(part.rows)
    if adjust not in ("CR2", "CR3"):
        return np.eye(size)
    hat = np.eye(size) - part.q @ bread @ part.q.T
    if adjust == "CR3":
        return np.asarray(np.linalg.pinv(hat, rcond=_ZERO, hermitian=True), dtype=np.float64)
    lower = part.root
    inner = lower.T @ lower
    values, vectors = np.linalg.eigh(inner @ hat @ inner)
    keep = values > _ZERO * max(float(values[-1]), 1e-300)
    half = (vectors[:, keep] / np.sqrt(values[keep])) @ vectors[:, keep].T
    return np.asarray(half @ inner, dtype=np.float64)


def _tested(
    parts: list[Cluster],
    beta: FloatArray,
    bread: FloatArray,
    x: FloatArray,
    names: tuple[str, ...],
    *,
    adjust: Adjust,
    dfs: RobustDf,
    level: float,
) -> Robust:
    k, p = x.shape
    n = len(parts)
    cov, pulls = sandwich(parts, bread, adjust)
    plain = cov if adjust == "CR0" else sandwich(parts, bread, "CR0")[0]
    alone = bool((np.diag(plain) <= _NOTHING * np.diag(bread)).any())
    nothing = np.diag(cov) <= _NOTHING * np.diag(bread)
    cov[nothing, :] = 0.0
    cov[:, nothing] = 0.0
    which = tested_together(x)
    together: Omnibus | None = None
    if dfs == "residual":
        df = [float(n - p)] * p
        if not nothing[list(which)].any():
            together = omnibus(names, beta, cov, which, df=float(n - p))
    else:
        spread = satterthwaite(parts, bread, pulls)
        df = [0.0 if nothing[j] else degrees_of_freedom(spread[j, j]) for j in range(p)]
        eta = 0.0 if nothing[list(which)].any() else hotelling(spread, which)
        rest = eta - len(which) + 1
        if eta and rest > 0:
            statistic = wald(beta, cov, which) * rest / (eta * len(which))
            tail = float(f_distribution.sf(statistic, len(which), rest))
            together = Omnibus(tuple(names[j] for j in which), statistic, len(which), rest, tail)
    codes = [ONE_CLUSTER] if alone else []
    low = tuple(name for j, name in enumerate(names) if dfs == "satterthwaite" and not nothing[j] and df[j] < LEAST_DF)
    if low:
        codes.append(FEW_DF)
    if together is None:
        codes.append(NO_OMNIBUS)
    table = coefficient_table(names, beta, cov, df=df, level=level)
    return Robust(adjust, dfs, n, k, table, cov, together, low, level, tuple(codes))
