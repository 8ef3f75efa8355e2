"""What a meta-regression predicts: the mean effect at given moderators, and the effect in a new study there.

    default   estimate +- c sqrt(tau2 + se^2),  c normal (z), or t with k - p degrees of freedom
    riley     the same with t(k - p - 1); None when there are none left      Riley 2011, doi 10.1136/bmj.d549
    simple    estimate +- z tau: ignores the error of the estimate; only to reproduce others

A row outside the range of a column that was fitted gives EXTRAPOLATES. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, t

from evsynth.pooling.regression.inference import Combination, combine
from evsynth.pooling.regression.model import Regression, check_rows
from evsynth.pooling.tau2.least_squares import least_squares

EXTRAPOLATES = "EXTRAPOLATES"

EXACTLY = 1e-12
"""A study with so little spare leverage, or less, is alone in determining a coefficient: its residual is 0."""


class RegressionPrediction(NamedTuple):
    """The mean effect of one row, and intervals for a new study by three rules."""

    row: tuple[float, ...]
    mean: Combination
    total_se: float
    default: tuple[float, float]
    riley: tuple[float, float] | None
    simple: tuple[float, float]
    codes: tuple[str, ...]


def predict(found: Regression, rows: npt.ArrayLike) -> tuple[RegressionPrediction, ...]:
    """Predict at ``rows``, in the columns of the design (the intercept is a column, 1). Raises InputError."""
    matrix = check_rows(found.design, rows)
    low, high = found.design.matrix.min(axis=0), found.design.matrix.max(axis=0)
    tail, tau = (1.0 - found.level) / 2, math.sqrt(found.tau2_value)
    df = found.inference.df - 1
    predictions = []
    for row, inside in zip(matrix, found.design.rows(matrix), strict=True):
        mean = combine(found.inference, inside, name="prediction")
        total = math.sqrt(found.tau2_value + mean.se**2)
        outside = bool(((row < low) | (row > high)).any())
        predictions.append(
            RegressionPrediction(
                tuple(float(value) for value in row),
                mean,
                total,
                _around(mean.estimate, found.inference.quantile() * total),
                _around(mean.estimate, float(t.isf(tail, df)) * total) if df > 0 else None,
                _around(mean.estimate, float(norm.isf(tail)) * tau),
                (EXTRAPOLATES,) if outside else (),
            )
        )
    return tuple(predictions)


class Residuals(NamedTuple):
    """Fitted values, residuals, their standard errors, and residual/se; None where a study fits itself exactly."""

    fitted: tuple[float, ...]
    residuals: tuple[float, ...]
    se: tuple[float, ...]
    standardised: tuple[float | None, ...]
    leverages: tuple[float, ...]


def residuals(found: Regression) -> Residuals:
    """Return residuals of the weighted fit: ``var(e) = (I - H)(V + tau2)(I - H)'``; leverages are the diagonal of H."""
    fit = least_squares(found.y, 1.0 / (found.v + found.tau2_value), found.design.basis)
    spare = np.where(fit.spare > EXACTLY, fit.spare, 0.0)
    se = np.sqrt((found.v + found.tau2_value) * spare)
    standard = tuple(float(e / s) if s > 0 else None for e, s in zip(fit.residuals, se, strict=True))
    return Residuals(
        tuple(map(float, found.y - fit.residuals)),
        tuple(map(float, fit.residuals)),
        tuple(map(float, se)),
        standard,
        tuple(map(float, fit.leverages)),
    )


def _around(middle: float, half: float) -> tuple[float, float]:
    return middle - half, middle + half
