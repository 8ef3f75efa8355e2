"""Tests and intervals of coefficients, one by one and together, from their covariance matrix.

One by one: ``beta_j +- c se_j``, c from the normal or from t(df_j). Together: ``QM = b' S^-1 b``, chi-squared with m
degrees of freedom, or ``F = QM/m`` with m and df. Scale: that of the estimates.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import chi2, f, norm, t

from evsynth.pooling.guard import FloatArray


class Coefficient(NamedTuple):
    """One coefficient. ``df`` is None for the normal.

    ``se`` 0 (possible for a robust variance only) leaves no test and no interval: statistic, p and bounds are None.
    """

    name: str
    estimate: float
    se: float
    statistic: float | None
    df: float | None
    p: float | None
    lower: float | None
    upper: float | None


class Omnibus(NamedTuple):
    """A test that several coefficients are all zero: chi-squared(m) with ``df`` None, or F(m, df)."""

    coefficients: tuple[str, ...]
    statistic: float
    m: int
    df: float | None
    p: float


def coefficient_table(
    names: Sequence[str],
    beta: FloatArray,
    covariance: FloatArray,
    *,
    df: Sequence[float | None],
    level: float,
) -> tuple[Coefficient, ...]:
    """Return tests and intervals of single coefficients."""
    rows = []
    for j, name in enumerate(names):
        estimate, se, own = float(beta[j]), float(np.sqrt(covariance[j, j])), df[j]
        if se == 0.0:
            rows.append(Coefficient(name, estimate, se, None, None, None, None, None))
            continue
        ratio, tail = estimate / se, (1.0 - level) / 2
        half = se * float(norm.isf(tail) if own is None else t.isf(tail, own))
        p = 2.0 * float(norm.sf(abs(ratio)) if own is None else t.sf(abs(ratio), own))
        rows.append(Coefficient(name, estimate, se, ratio, own, p, estimate - half, estimate + half))
    return tuple(rows)


def tested_together(x: FloatArray) -> tuple[int, ...]:
    """Return the columns of the omnibus test: all but the intercept, or the intercept if there is nothing else."""
    p = x.shape[1]
    ones = [j for j in range(p) if bool((x[:, j] == 1.0).all())]
    rest = tuple(j for j in range(p) if j not in ones)
    return rest if rest else tuple(range(p))


def wald(beta: FloatArray, covariance: FloatArray, which: Sequence[int]) -> float:
    """Return ``b' S^-1 b`` for the coefficients named by their places."""
    index = list(which)
    part = covariance[np.ix_(index, index)]
    scale = np.sqrt(np.diag(part))
    b = beta[index] / scale
    return float(b @ np.linalg.solve(part / np.outer(scale, scale), b))


def omnibus(
    names: Sequence[str], beta: FloatArray, covariance: FloatArray, which: Sequence[int], *, df: float | None
) -> Omnibus:
    """Return the chi-squared test (``df`` None) or the F test that the coefficients at ``which`` are zero."""
    q, m = wald(beta, covariance, which), len(which)
    chosen = tuple(names[j] for j in which)
    if df is None:
        return Omnibus(chosen, q, m, None, float(chi2.sf(q, m)))
    return Omnibus(chosen, q / m, m, df, float(f.sf(q / m, m, df)))
