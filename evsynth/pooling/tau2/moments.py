"""Estimators of tau2 that are closed forms of one quadratic form ``Q_a = sum a (y - Bg)^2``.

With ``W = sum 1/v``, k studies, p coefficients, ``P`` the residual projection of weights ``a`` (``traces``):

    DL    a = 1/v   (Q - (k - p)) / tr(P)         DerSimonian & Laird 1986, doi 10.1016/0197-2456(86)90046-2
    HE    a = 1     (Q - tr(PV)) / (k - p)        Hedges & Olkin 1985, doi 10.1016/C2009-0-03396-0
    HS    a = 1/v   (Q - k) / W                   Hunter & Schmidt 2004, doi 10.4135/9781412985031
    HSk   a = 1/v   (Q k/(k - p) - k) / W         the same, with a small-sample correction
    GENQ  any a     (Q - tr(PV)) / tr(P)          DerSimonian & Kacker 2007, doi 10.1016/j.cct.2006.04.004
    SJ    a = 1/(v + t), t = sum (y - mean)^2/k   t Q / (k - p)
                                                  Sidik & Jonkman 2005, doi 10.1111/j.1467-9876.2005.00489.x

Negative values are returned as they are; the caller truncates at 0 and says so. SJ is never negative.
"""

from __future__ import annotations

import math

import numpy as np

from evsynth.pooling.guard import FloatArray
from evsynth.pooling.tau2.least_squares import least_squares
from evsynth.pooling.tau2.traces import trace


def dersimonian_laird(y: FloatArray, v: FloatArray, basis: FloatArray) -> float:
    """Return the DL estimate, not truncated."""
    fit = least_squares(y, 1.0 / v, basis)
    return float((fit.rss - (len(y) - basis.shape[1])) / trace(fit))


def hedges(y: FloatArray, v: FloatArray, basis: FloatArray) -> float:
    """Return the HE (unweighted, Cochran ANOVA) estimate, not truncated."""
    fit = least_squares(y, np.ones(len(y)), basis)
    return float((fit.rss - math.fsum(fit.spare * v)) / (len(y) - basis.shape[1]))


def hunter_schmidt(y: FloatArray, v: FloatArray, basis: FloatArray, *, corrected: bool) -> float:
    """Return the HS estimate (HSk when ``corrected``), not truncated."""
    k, fit = len(y), least_squares(y, 1.0 / v, basis)
    factor = k / (k - basis.shape[1]) if corrected else 1.0
    return (factor * fit.rss - k) / math.fsum(1.0 / v)


def generalised_q(y: FloatArray, v: FloatArray, basis: FloatArray, weights: FloatArray) -> float:
    """Return the GENQ estimate for given weights, not truncated."""
    fit = least_squares(y, weights, basis)
    return (fit.rss - math.fsum(fit.weights * fit.spare * v)) / trace(fit)


def sidik_jonkman(y: FloatArray, v: FloatArray, basis: FloatArray) -> float:
    """Return the SJ estimate; 0 when all effects are equal."""
    start = crude_variance(y)
    if start == 0.0:
        return 0.0
    fit = least_squares(y, 1.0 / (v + start), basis)
    return float(start * fit.rss / (len(y) - basis.shape[1]))


def crude_variance(y: FloatArray) -> float:
    """Return the variance of the effects around their plain mean, with divisor k: where SJ starts."""
    mean = math.fsum(y) / len(y)
    return math.fsum((y - mean) ** 2) / len(y)
