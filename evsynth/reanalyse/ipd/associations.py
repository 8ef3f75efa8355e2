"""Spearman matrix, and multiple linear regression as a paper's table prints it.

    rho   Pearson correlation of mean ranks;  P by t on n - 2 df (SciPy)
    B, SE, t, P, interval, adjusted R²   ordinary least squares (statsmodels);   beta = B SD(x)/SD(y)

Patients with a missing value are left out pair by pair in the matrix, and altogether in the regression.
Refuses (ValueError) a regression without a residual degree of freedom or with predictors that determine each other.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from evsynth.reanalyse.ipd.paired import complete

Floats = NDArray[np.float64]


class Correlation(NamedTuple):
    """One cell of the matrix."""

    one: str
    two: str
    rho: float
    p: float
    patients: int


class Term(NamedTuple):
    """One line of the regression table; the constant has no beta."""

    term: str
    b: float
    se: float
    lower: float
    upper: float
    beta: float | None
    t: float
    p: float


class LinearModel(NamedTuple):
    """The fitted model."""

    patients: int
    df: int
    terms: tuple[Term, ...]
    r_squared: float
    adjusted_r_squared: float
    f: float
    f_p: float


def spearman_matrix(columns: dict[str, Floats]) -> tuple[Correlation, ...]:
    """Correlate every pair of columns; a pair with a constant column or under three patients is left out."""
    found = []
    names = list(columns)
    for i, one in enumerate(names):
        for two in names[i + 1 :]:
            x, y = complete(columns[one], columns[two])
            if len(x) < 3 or np.ptp(x) == 0 or np.ptp(y) == 0:
                continue
            result = spearmanr(x, y)
            found.append(Correlation(one, two, float(result.statistic), float(result.pvalue), len(x)))
    return tuple(found)


def linear_model(outcome: Floats, predictors: dict[str, Floats], level: float = 0.95) -> LinearModel:
    """Fit the outcome on all predictors together."""
    import statsmodels.api as sm

    present = complete(outcome, *predictors.values())
    y, columns = present[0], present[1:]
    n, k = len(y), len(columns)
    design = np.column_stack([np.ones(n), *columns])
    if n - k - 1 < 1 or np.linalg.matrix_rank(design) < k + 1:
        raise ValueError(f"{n} patients and {k} predictors do not determine a regression")
    fit = sm.OLS(y, design).fit()
    limits = np.asarray(fit.conf_int(alpha=1 - level))
    spread = float(np.std(y, ddof=1))
    terms = []
    for i, name in enumerate(["constant", *predictors]):
        beta = None if i == 0 else float(fit.params[i]) * float(np.std(columns[i - 1], ddof=1)) / spread
        b, se, t, p = (float(x[i]) for x in (fit.params, fit.bse, fit.tvalues, fit.pvalues))
        terms.append(Term(name, b, se, float(limits[i, 0]), float(limits[i, 1]), beta, t, p))
    r2, adjusted = float(fit.rsquared), float(fit.rsquared_adj)
    return LinearModel(n, n - k - 1, tuple(terms), r2, adjusted, float(fit.fvalue), float(fit.f_pvalue))
