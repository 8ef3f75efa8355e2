"""Log-likelihood, deviance, AIC, BIC and AICc of a normal-normal model, by full and by restricted likelihood.

With n = k studies (ML) or n = k - p (REML), and m parameters: p coefficients, and one for tau2 unless it was fixed:

    AIC = -2 l + 2 m      BIC = -2 l + m log n      AICc = -2 l + 2 m a/(a - m - 1),  a = max(n, m + 2)

The deviance of ML is twice the distance to the saturated model, in which each study has its own effect and tau2 = 0;
that of REML is -2 l. These are the conventions of R's metafor; Akaike 1974, doi 10.1109/TAC.1974.1100705; Schwarz 1978,
doi 10.1214/aos/1176344136; Hurvich & Tsai 1989, doi 10.1093/biomet/76.2.297. REML values of models with different
moderators cannot be compared.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.tau2.least_squares import least_squares


class Criteria(NamedTuple):
    """Log-likelihood, deviance and information criteria."""

    log_likelihood: float
    deviance: float
    aic: float
    bic: float
    aicc: float


class FitStatistics(NamedTuple):
    """Criteria by full (``ml``) and restricted (``reml``) likelihood at the same tau2."""

    ml: Criteria
    reml: Criteria


def fit_statistics(
    y: FloatArray,
    v: FloatArray,
    basis: FloatArray,
    *,
    tau2: float,
    estimated: bool,
    residuals: FloatArray | None = None,
) -> FitStatistics:
    """Return the statistics at ``tau2``; ``residuals`` are those of given coefficients, else of the weighted fit."""
    k, p = basis.shape
    fit = least_squares(y, 1.0 / (v + tau2), basis)
    rss = fit.rss if residuals is None else math.fsum(fit.weights * residuals * residuals)
    logs = math.fsum(np.log(v + tau2))
    full = -0.5 * (k * math.log(2 * math.pi) + logs + rss)
    saturated = -0.5 * (k * math.log(2 * math.pi) + math.fsum(np.log(v)))
    restricted = full + 0.5 * p * math.log(2 * math.pi) - math.fsum(np.log(np.abs(np.diag(fit.root))))
    parameters = p + (1 if estimated else 0)
    return FitStatistics(
        _criteria(full, -2.0 * (full - saturated), parameters, k),
        _criteria(restricted, -2.0 * restricted, parameters, k - p),
    )


def _criteria(height: float, deviance: float, parameters: int, n: int) -> Criteria:
    enough = max(n, parameters + 2)
    return Criteria(
        height,
        deviance,
        -2.0 * height + 2.0 * parameters,
        -2.0 * height + parameters * math.log(n),
        -2.0 * height + 2.0 * parameters * enough / (enough - parameters - 1),
    )
