"""Generalised least squares over studies: the consistency model, and models with parameters of their own per design.

Every study gives contrasts against its first arm, with their covariance; between studies they are independent. Studies
are whitened, stacked, and solved by QR.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.network.contrasts import Contrasts, Spread, StudyContrasts, spread

Design = Callable[[int, StudyContrasts], FloatArray]


class Fit(NamedTuple):
    """Parameters and covariance, Q and its degrees of freedom, ``excess = tr(P G)``: E[Q] = df + tau2 excess.

    ``studies`` are the basic contrasts used.
    """

    theta: FloatArray
    covariance: FloatArray
    q: float
    df: int
    excess: float
    studies: tuple[Spread, ...]
    fitted: tuple[FloatArray, ...]


def consistency(contrasts: Contrasts) -> Design:
    """Return the design of the consistency model: effects of treatments 2, 3, ... against the first one."""
    n = len(contrasts.treatments)

    def rows(_: int, study: StudyContrasts) -> FloatArray:
        x = np.zeros((len(study.arms) - 1, n))
        x[:, study.arms[0]] -= 1.0
        for row, arm in enumerate(study.arms[1:]):
            x[row, arm] += 1.0
        return x[:, 1:]

    return rows


def fit(contrasts: Contrasts, design: Design, *, tau2: float) -> Fit:
    """Return the fit; columns of the design that carry nothing more are solved by the shortest solution."""
    parts = tuple(spread(study, tau2) for study in contrasts.studies)
    rows = [design(number, study) for number, study in enumerate(contrasts.studies)]
    roots = [np.linalg.cholesky(part.covariance) for part in parts]
    x = np.vstack([np.linalg.solve(root, row) for root, row in zip(roots, rows, strict=True)])
    y = np.concatenate([np.linalg.solve(root, part.y) for root, part in zip(roots, parts, strict=True)])
    length = np.sqrt((x**2).sum(axis=0))
    length[length == 0] = 1.0
    left, values, right = np.linalg.svd(x / length, full_matrices=False)
    keep = values > 1e-11 * (values[0] if len(values) else 1.0)
    basis = left[:, keep]
    inverse = (right[keep].T / values[keep]) / length[:, None]
    theta = inverse @ (basis.T @ y)
    theta = theta + inverse @ (basis.T @ (y - x @ theta))
    residual = y - x @ theta
    q = math.fsum([*(residual * residual), *(part.misfit for part in parts)])
    df = len(y) - int(keep.sum())
    excess, start = 0.0, 0
    for root in roots:
        d = len(root)
        half = np.linalg.inv(root)
        shape = half @ (0.5 * (np.eye(d) + np.ones((d, d)))) @ half.T
        own = basis[start : start + d]
        excess += float(np.trace(shape) - np.trace(own.T @ shape @ own))
        start += d
    means = tuple(row @ theta for row in rows)
    return Fit(theta, inverse @ inverse.T, q, df, excess, parts, means)
