"""Standard errors of tau2, by the large-sample variance of each estimator at the estimate.

Closed forms take the variance of their quadratic form (``traces``) at the truncated estimate. With
``w = 1/(v + tau2)`` and ``P`` the projection of these weights:

    ML                  sqrt(2 / sum w^2)
    REML                sqrt(2 / tr(PP))
    PM, EB, DLIT, SJIT  k/(k-p) sqrt(2 (k - p)) / sum w        PMM  the same
    GENQM               as GENQ

Viechtbauer 2005, doi 10.3102/10769986030003261; Viechtbauer, Lopez-Lopez, Sanchez-Meca & Marin-Martinez 2015,
doi 10.1037/met0000023.
"""

from __future__ import annotations

import math

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.tau2.least_squares import least_squares
from evsynth.pooling.tau2.moments import crude_variance
from evsynth.pooling.tau2.traces import traces


def standard_error(
    estimator: str, tau2: float, y: FloatArray, v: FloatArray, basis: FloatArray, *, weights: FloatArray | None
) -> float | None:
    """Return the standard error of tau2; None for FE, where tau2 is 0 by assumption."""
    k, p = len(y), int(basis.shape[1])
    if estimator == "FE":
        return None
    if estimator in ("ML", "REML", "PM", "EB", "DLIT", "SJIT", "PMM"):
        w = 1.0 / (v + tau2)
        if estimator == "ML":
            return math.sqrt(2.0 / math.fsum(w * w))
        if estimator == "REML":
            return math.sqrt(2.0 / traces(least_squares(y, w, basis), v).pp)
        return k / (k - p) * math.sqrt(2.0 * (k - p)) / math.fsum(w)
    if estimator == "SJ":
        start = crude_variance(y)
        if start == 0.0:
            return 0.0
        found = traces(least_squares(y, 1.0 / (v + start), basis), v)
        return start / (k - p) * math.sqrt(found.variance_of_q(tau2))
    a = np.ones(k) if estimator == "HE" else 1.0 / v if weights is None else weights
    found = traces(least_squares(y, a, basis), v)
    spread = math.sqrt(found.variance_of_q(tau2))
    if estimator in ("HS", "HSk"):
        return spread / math.fsum(1.0 / v) * (k / (k - p) if estimator == "HSk" else 1.0)
    return spread / found.p
