"""The likelihood of y ~ N(X beta, M), M = V + sum over terms Z G Z', with its exact gradient and Hessian.

With ``M = L L'``, whitened ``X~ = L^-1 X = Q R`` and residuals ``r~ = L^-1 (y - X beta)``:

    ML:    l = -1/2 [ k log 2 pi + log|M| + r~'r~ ]
    REML:  l = -1/2 [ (k - p) log 2 pi + log|M| + log|X'M^-1 X| - log|X'X| + r~'r~ ]

(the constant of R's metafor). With ``D = L^-1 dM L^-T`` the derivatives are traces of D, D D and Q'D Q. Rows that are
connected by V or by a random term form blocks; everything is a sum over blocks, and blocks of one size are computed
together. Harville 1977, doi 10.1080/01621459.1977.10480998; Lindstrom & Bates 1988, doi
10.1080/01621459.1988.10478693.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from evsynth.pooling.dependence.random_terms import IntArray, RandomTerm
from evsynth.pooling.dependence.structures import Covariance, covariance
from evsynth.pooling.guard import FloatArray

Method = Literal["ML", "REML"]


class Batch(NamedTuple):
    """Blocks of one size: ``rows`` (B, m), their V, and per term the inner levels and who shares an outer level."""

    rows: IntArray
    v: FloatArray
    inner: tuple[IntArray, ...]
    same: tuple[FloatArray, ...]


class Problem(NamedTuple):
    """Checked data of a model, cut into independent blocks."""

    y: FloatArray
    v: FloatArray
    x: FloatArray
    terms: tuple[RandomTerm, ...]
    batches: tuple[Batch, ...]
    log_det_xx: float

    @property
    def size(self) -> int:
        """Return the number of coordinates of all terms."""
        return sum(term.structure.scales + term.structure.correlations for term in self.terms)

    def split(self, theta: FloatArray) -> list[FloatArray]:
        """Return the coordinates term by term."""
        ends = np.cumsum([term.structure.scales + term.structure.correlations for term in self.terms])
        return list(np.split(theta, ends[:-1])) if self.terms else []


class Likelihood(NamedTuple):
    """The log-likelihood at one point, its gradient and Hessian (None if not asked for), and the fit there."""

    value: float
    gradient: FloatArray
    hessian: FloatArray | None
    beta: FloatArray
    covariance: FloatArray
    residuals: FloatArray
    rss: float
    log_det: float
    ml: float
    reml: float


def build(y: FloatArray, v: FloatArray, x: FloatArray, terms: tuple[RandomTerm, ...]) -> Problem:
    """Cut the rows into independent blocks. Arrays must be checked: v (k, k) positive definite, x of full rank."""
    k = len(y)
    left, right = (np.asarray(part, dtype=np.intp) for part in np.nonzero(v))
    for term in terms:
        order = np.argsort(term.outer, kind="stable")
        linked = term.outer[order[:-1]] == term.outer[order[1:]]
        left = np.concatenate((left, order[:-1][linked]))
        right = np.concatenate((right, order[1:][linked]))
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(k, k))
    count, label = connected_components(graph, directed=False)
    blocks = [np.flatnonzero(label == block) for block in range(count)]
    batches = []
    for size in sorted({len(block) for block in blocks}):
        rows = np.array([block for block in blocks if len(block) == size], dtype=np.intp)
        same = tuple((t.outer[rows][:, :, None] == t.outer[rows][:, None, :]).astype(np.float64) for t in terms)
        inner = tuple(term.inner[rows] for term in terms)
        batches.append(Batch(rows, v[rows[:, :, None], rows[:, None, :]], inner, same))
    triangle = np.linalg.qr(x, mode="r")
    return Problem(y, v, x, terms, tuple(batches), 2 * math.fsum(np.log(np.abs(np.diag(triangle)))))


def marginal_covariance(problem: Problem, theta: FloatArray) -> FloatArray:
    """Return M (k, k)."""
    m = problem.v.copy()
    for term, part in zip(problem.terms, problem.split(theta), strict=True):
        g = covariance(term.structure, part).g
        m += g[np.ix_(term.inner, term.inner)] * (term.outer[:, None] == term.outer[None, :])
    return m


def evaluate(problem: Problem, theta: FloatArray, *, method: Method, curvature: bool) -> Likelihood | None:
    """Return the likelihood at the coordinates; None where M is not positive definite."""
    k, p = problem.x.shape
    parts = [covariance(t.structure, part) for t, part in zip(problem.terms, problem.split(theta), strict=True)]
    inverses, log_det = [], []
    xw, yw = np.empty_like(problem.x), np.empty_like(problem.y)
    for batch in problem.batches:
        m = batch.v.copy()
        for part, inner, same in zip(parts, batch.inner, batch.same, strict=True):
            m += part.g[inner[:, :, None], inner[:, None, :]] * same
        try:
            lower = np.linalg.cholesky(m)
        except np.linalg.LinAlgError:
            return None
        log_det.append(2 * math.fsum(np.log(np.diagonal(lower, axis1=1, axis2=2)).ravel()))
        inverse = np.linalg.inv(lower)
        inverses.append(inverse)
        xw[batch.rows] = inverse @ problem.x[batch.rows]
        yw[batch.rows] = (inverse @ problem.y[batch.rows][:, :, None])[:, :, 0]
    q, triangle = np.linalg.qr(xw)
    beta = np.linalg.solve(triangle, q.T @ yw)
    beta = beta + np.linalg.solve(triangle, q.T @ (yw - xw @ beta))
    residuals = problem.y - problem.x @ beta
    rw = yw - xw @ beta
    rss, total = math.fsum(rw * rw), math.fsum(log_det)
    root = np.linalg.inv(triangle)
    ml = -0.5 * (k * math.log(2 * math.pi) + total + rss)
    log_det_x = 2 * math.fsum(np.log(np.abs(np.diag(triangle))))
    reml = -0.5 * ((k - p) * math.log(2 * math.pi) + total + log_det_x - problem.log_det_xx + rss)
    gradient, hessian = _derivatives(problem, parts, inverses, q, rw, method=method, curvature=curvature)
    value = reml if method == "REML" else ml
    return Likelihood(value, gradient, hessian, beta, root @ root.T, residuals, rss, total, ml, reml)


def _derivatives(
    problem: Problem,
    parts: list[Covariance],
    inverses: list[FloatArray],
    q: FloatArray,
    rw: FloatArray,
    *,
    method: Method,
    curvature: bool,
) -> tuple[FloatArray, FloatArray | None]:
    restricted = 1.0 if method == "REML" else 0.0
    size, p = problem.size, q.shape[1]
    # Per term, the sum over rows of 1/2 (M^-1 r r' M^-1 - P), collected by pair of inner levels.
    pull = [np.zeros_like(part.g) for part in parts]
    trace, cross = np.zeros((size, size)), np.zeros((size, size))
    mixed, ends, e_mat = np.zeros((size, size)), np.zeros((size, p)), np.zeros((size, p, p))
    for batch, inverse in zip(problem.batches, inverses, strict=True):
        qb, rb = q[batch.rows], rw[batch.rows]
        middle = rb[:, :, None] * rb[:, None, :] - np.eye(rb.shape[1]) + restricted * (qb @ qb.transpose(0, 2, 1))
        force = 0.5 * inverse.transpose(0, 2, 1) @ middle @ inverse
        slices = []
        for number, (part, inner, same) in enumerate(zip(parts, batch.inner, batch.same, strict=True)):
            where = (inner[:, :, None] + 0 * inner[:, None, :], inner[:, None, :] + 0 * inner[:, :, None])
            np.add.at(pull[number], where, force * same)
            if curvature:
                for first in part.first:
                    slices.append(inverse @ (first[where] * same) @ inverse.transpose(0, 2, 1))
        if curvature and slices:
            d = np.array(slices)  # (P, B, m, m)
            dq, dr = d @ qb, (d @ rb[:, :, None])[..., 0]
            trace += np.tensordot(d, d, axes=([1, 2, 3], [1, 2, 3]))
            cross += np.tensordot(dr, dr, axes=([1, 2], [1, 2]))
            mixed += np.tensordot(dq, dq, axes=([1, 2, 3], [1, 2, 3]))
            ends += np.einsum("bmp,jbm->jp", qb, dr)
            e_mat += np.einsum("bmp,jbmq->jpq", qb, dq)
    slopes = [np.tensordot(part.first, force, axes=2) for part, force in zip(parts, pull, strict=True)]
    gradient = np.concatenate([np.zeros(0), *slopes])
    if not curvature:
        return gradient, None
    hessian = 0.5 * trace - cross + ends @ ends.T
    hessian += restricted * (0.5 * np.tensordot(e_mat, e_mat, axes=([1, 2], [1, 2])) - mixed)
    start = 0
    for part, force in zip(parts, pull, strict=True):
        stop = start + len(part.first)
        hessian[start:stop, start:stop] += np.tensordot(part.second, force, axes=2)
        start = stop
    return gradient, hessian
