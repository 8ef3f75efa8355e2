"""Tests and intervals for linear combinations of coefficients, and joint tests of several of them.

    z       normal quantiles, chi-squared joint test
    t       t with k - p degrees of freedom, F joint test
    knha    as t, covariance times s2 = sum w e^2/(k - p)     Knapp & Hartung 2003, doi 10.1002/sim.1482
    adhoc   as knha, s2 not below 1                           ibid.; Roever 2015, doi 10.1186/s12874-015-0091-1

The joint test of L beta is ``Q = (L beta)' (L V L')^-1 L beta``, against chi-squared(m), or ``Q/m`` against F(m, k -
p). It is computed as the squared length of a projection, without inverting ``L V L'``.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
from scipy.linalg import solve_triangular
from scipy.stats import chi2, f, norm, t

from evsynth.pooling.guard import FloatArray, InputError

Test = Literal["z", "t", "knha", "adhoc"]


class Combination(NamedTuple):
    """A linear combination of coefficients. ``statistic`` and ``p`` are None when the standard error is 0."""

    name: str
    estimate: float
    se: float
    statistic: float | None
    p: float | None
    lower: float
    upper: float


class JointTest(NamedTuple):
    """A joint test that several combinations are 0: ``statistic`` is chi-squared(df1) or F(df1, df2).

    ``statistic`` and ``p`` are None when the coefficients have standard errors of 0 (a perfect fit under knha).
    """

    names: tuple[str, ...]
    distribution: Literal["chi-squared", "F"]
    statistic: float | None
    df1: int
    df2: int | None
    p: float | None


class Inference(NamedTuple):
    """Coefficients on the basis, ``factor`` with covariance = scale factor factor', and how they are tested."""

    coefficients: FloatArray
    factor: FloatArray
    scale: float
    test: Test
    df: int
    level: float

    def quantile(self, *, df: int | None = None) -> float:
        """Return the two-sided quantile at ``level``: normal, or t with ``df`` (that of the test by default)."""
        tail = (1.0 - self.level) / 2
        return float(norm.isf(tail) if self.test == "z" else t.isf(tail, self.df if df is None else df))


def combine(fitted: Inference, row: FloatArray, *, name: str) -> Combination:
    """Return the combination of ``row`` (in terms of the basis) with its test and interval."""
    value = math.fsum(row * fitted.coefficients)
    reach = row @ fitted.factor
    se = math.sqrt(fitted.scale) * math.sqrt(math.fsum(reach * reach))
    half = fitted.quantile() * se
    if se == 0.0:
        return Combination(name, value, se, None, None, value, value)
    ratio = value / se
    p = 2.0 * float(norm.sf(abs(ratio)) if fitted.test == "z" else t.sf(abs(ratio), fitted.df))
    return Combination(name, value, se, ratio, p, value - half, value + half)


def joint_test(fitted: Inference, rows: FloatArray, *, names: tuple[str, ...]) -> JointTest:
    """Return the joint test of several independent rows. Raises InputError when the rows depend on each other."""
    m, kind = len(rows), "chi-squared" if fitted.test == "z" else "F"
    distribution: Literal["chi-squared", "F"] = "chi-squared" if kind == "chi-squared" else "F"
    df2 = None if fitted.test == "z" else fitted.df
    if fitted.scale == 0.0:
        return JointTest(names, distribution, None, m, df2, None)
    standard = np.linalg.solve(fitted.factor, fitted.coefficients) / math.sqrt(fitted.scale)
    reach = rows @ fitted.factor
    reach = reach / np.linalg.norm(reach, axis=1)[:, None]
    unit, root = np.linalg.qr(reach.T)
    if m > reach.shape[1] or float(np.abs(np.diag(root)).min()) < 1e-10:
        raise InputError([f"the rows {', '.join(names)} depend on each other; test fewer of them together"])
    along = unit.T @ standard
    total = math.fsum(along * along)
    if fitted.test == "z":
        return JointTest(names, distribution, total, m, None, float(chi2.sf(total, m)))
    return JointTest(names, distribution, total / m, m, df2, float(f.sf(total / m, m, fitted.df)))


def model_factor(root: FloatArray) -> FloatArray:
    """Return the factor of (B'WB)^-1 = factor factor' from the triangular ``root`` of B'WB."""
    return np.asarray(solve_triangular(root, np.eye(len(root))), dtype=np.float64)


def sandwich_factor(reach: FloatArray) -> FloatArray:
    """Return a triangular factor of ``reach reach'`` (p rows, k columns)."""
    return np.asarray(np.linalg.qr(reach.T)[1].T, dtype=np.float64)
