"""Variance inflation: how much wider a coefficient's interval is because the moderators go together.

``VIF_j = (R^-1)_jj`` with R the correlation matrix of the estimated coefficients without the intercept (Fox & Monette
1992, doi 10.1080/01621459.1992.10475190, for one column each). 1 means that a moderator is uncorrelated with the rest,
in the weighting of the fit.
"""

from __future__ import annotations

import numpy as np

from evsynth.pooling.regression.model import Regression


def variance_inflation(found: Regression) -> tuple[float, ...]:
    """Return the factor of every coefficient but the intercept, in the order of the columns.

    >>> from evsynth.pooling.regression.model import regress
    >>> y, v, x = [0.1, 0.4, 0.9, 0.3], [0.1] * 4, [[1, -1, -1], [1, -1, 1], [1, 1, -1], [1, 1, 1]]
    >>> fit = regress(y, v, x, names=["one", "a", "b"], estimator="FE", test="z", level=0.95)
    >>> [round(value, 12) for value in variance_inflation(fit)]
    [1.0, 1.0]
    """
    kept = [at for at in range(len(found.coefficients)) if at != found.design.intercept]
    if not kept:
        return ()
    rows = found.design.rows(np.eye(len(found.coefficients)))[kept] @ found.inference.factor
    unit = rows / np.linalg.norm(rows, axis=1)[:, None]
    # R = unit unit'; its inverse from a triangular factor keeps the digits that squaring the columns would lose.
    inverse = np.linalg.inv(np.linalg.qr(unit.T)[1])
    return tuple(float(value) for value in (inverse**2).sum(axis=1))
