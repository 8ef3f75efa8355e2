"""Weighted least squares on an orthonormal basis, with leverages that keep their digits when one study dominates.

For weights ``w`` and a basis ``B`` (k rows, p orthonormal columns, ``intercept(k)`` when there are no moderators):

    g = (B'WB)^-1 B'W y,   e = y - B g,   rss = sum w e^2,   leverage h_i = w_i b_i'(B'WB)^-1 b_i,   spare = 1 - h

One column is summed exactly (``math.fsum``), several go through a QR decomposition of ``sqrt(w) B`` with one step of
refinement. A study whose leverage is almost 1 has a spare part and a residual that subtraction would lose; they are
taken from the fit without it: ``spare = 1/(1 + w b'(B'WB)_without^-1 b)`` and ``e = spare (y - b'g_without)``
(Cook & Weisberg 1982, Residuals and Influence in Regression, section 2.2).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.linalg import solve_triangular

from evsynth.pooling.guard import FloatArray

DOMINANT = 0.9
"""Leverage beyond which 1 - leverage is computed without subtraction."""


class LeastSquares(NamedTuple):
    """A weighted fit: ``root`` is upper triangular with root'root = B'WB, ``unit = sqrt(w) B root^-1``."""

    weights: FloatArray
    coefficients: FloatArray
    root: FloatArray
    unit: FloatArray
    residuals: FloatArray
    rss: float
    leverages: FloatArray
    spare: FloatArray


def intercept(k: int) -> FloatArray:
    """Return the basis of a model without moderators: one column, every value 1/sqrt(k)."""
    return np.full((k, 1), 1.0 / math.sqrt(k))


def least_squares(y: FloatArray, w: FloatArray, basis: FloatArray) -> LeastSquares:
    """Fit ``y`` on ``basis`` with weights ``w > 0``. Needs more rows than columns and a basis of full rank."""
    fit = _one_column(y, w, basis) if basis.shape[1] == 1 else _several_columns(y, w, basis)
    if not fit.leverages.max() > DOMINANT or len(y) <= basis.shape[1]:
        return fit
    dominant = np.flatnonzero(fit.leverages > DOMINANT)
    spare, residuals = fit.spare.copy(), fit.residuals.copy()
    for place in dominant:
        spare[place], residuals[place] = _without(int(place), y, w, basis)
    rss = math.fsum(w * residuals * residuals)
    return fit._replace(spare=spare, residuals=residuals, rss=rss)


def _one_column(y: FloatArray, w: FloatArray, basis: FloatArray) -> LeastSquares:
    column = basis[:, 0]
    pull = w * column
    total = math.fsum(pull * column)
    coefficient = math.fsum(pull * y) / total
    coefficient += math.fsum(pull * (y - coefficient * column)) / total
    residuals = y - coefficient * column
    unit = (np.sqrt(w) * column / math.sqrt(total))[:, None]
    leverages = pull * column / total
    root = np.array([[math.sqrt(total)]])
    rss = math.fsum(w * residuals * residuals)
    return LeastSquares(w, np.array([coefficient]), root, unit, residuals, rss, leverages, 1.0 - leverages)


def _several_columns(y: FloatArray, w: FloatArray, basis: FloatArray) -> LeastSquares:
    sqrt = np.sqrt(w)
    unit, root = np.linalg.qr(sqrt[:, None] * basis)
    first = unit.T @ (sqrt * y)
    coefficients = solve_triangular(root, first)
    coefficients = coefficients + solve_triangular(root, unit.T @ (sqrt * (y - basis @ coefficients)))
    residuals = y - basis @ coefficients
    leverages = np.einsum("ij,ij->i", unit, unit)
    rss = math.fsum(w * residuals * residuals)
    return LeastSquares(w, coefficients, root, unit, residuals, rss, leverages, 1.0 - leverages)


def _without(place: int, y: FloatArray, w: FloatArray, basis: FloatArray) -> tuple[float, float]:
    others, row = np.arange(len(y)) != place, basis[place]
    unit, root = np.linalg.qr(np.sqrt(w[others])[:, None] * basis[others])
    if float(np.abs(np.diag(root)).min()) == 0.0:
        return 0.0, 0.0  # the others leave a direction open: this study fits its own value exactly
    coefficients = solve_triangular(root, unit.T @ (np.sqrt(w[others]) * y[others]))
    across = solve_triangular(root, row, trans="T")
    spare = 1.0 / (1.0 + w[place] * float(across @ across))
    return spare, spare * float(y[place] - row @ coefficients)
