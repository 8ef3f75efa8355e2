"""One estimate of tau2 by a named estimator, with its standard error; any design.

FE    0 by assumption            DL HE HS HSk SJ GENQ    closed forms (``moments``)
PM EB DLIT SJIT PMM              roots of the generalised Q (``equations``)
GENQM                            median of the exact confidence distribution (``generalised_q``)
ML REML                          global maximum, certified (``maximum``)
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from evsynth.pooling.guard import FloatArray, InputError
from evsynth.pooling.maximum import Maximum, maximise
from evsynth.pooling.tau2 import moments
from evsynth.pooling.tau2.equations import median_unbiased, paule_mandel
from evsynth.pooling.tau2.generalised_q import confidence_distribution
from evsynth.pooling.tau2.standard_error import standard_error

Estimator = Literal[
    "FE", "DL", "HE", "HS", "HSk", "SJ", "PM", "PMM", "EB", "DLIT", "SJIT", "GENQ", "GENQM", "ML", "REML"
]

NEEDS_WEIGHTS = ("GENQ", "GENQM")


class Estimate(NamedTuple):
    """tau2, its standard error (None for FE), the closed form before it was cut at 0, the maximum of a likelihood."""

    value: float
    se: float | None
    untruncated: float | None
    maximum: Maximum | None


def estimate(
    y: FloatArray, v: FloatArray, basis: FloatArray, *, estimator: Estimator, weights: FloatArray | None = None
) -> Estimate:
    """Estimate tau2 on an orthonormal ``basis``. ``weights`` are for GENQ and GENQM alone. Raises InputError."""
    if (estimator in NEEDS_WEIGHTS) != (weights is not None):
        needs = "needs weights, for example 1/sqrt(v)" if weights is None else "takes no weights"
        raise InputError([f"estimator {estimator!r} {needs}"])
    maximum, raw = None, None
    if estimator in ("ML", "REML"):
        maximum = maximise(y, v, likelihood="ML" if estimator == "ML" else "REML", basis=basis)
        value = maximum.tau2
    elif estimator in ("PM", "EB", "DLIT", "SJIT"):
        value = paule_mandel(y, v, basis)
    elif estimator == "PMM":
        value = median_unbiased(y, v, basis)
    elif estimator == "GENQM" and weights is not None:
        value = confidence_distribution(y, v, basis, weights).quantile(0.5)
    else:
        raw = _closed_form(estimator, y, v, basis, weights)
        value = max(0.0, raw)
    return Estimate(value, standard_error(estimator, value, y, v, basis, weights=weights), raw, maximum)


def _closed_form(
    estimator: Estimator, y: FloatArray, v: FloatArray, basis: FloatArray, weights: FloatArray | None
) -> float:
    if estimator == "FE":
        return 0.0
    if estimator == "DL":
        return moments.dersimonian_laird(y, v, basis)
    if estimator == "HE":
        return moments.hedges(y, v, basis)
    if estimator in ("HS", "HSk"):
        return moments.hunter_schmidt(y, v, basis, corrected=estimator == "HSk")
    if estimator == "SJ":
        return moments.sidik_jonkman(y, v, basis)
    if weights is None:
        raise InputError([f"estimator = {estimator!r} is not known"])
    return moments.generalised_q(y, v, basis, weights)
