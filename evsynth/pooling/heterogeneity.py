"""Heterogeneity between studies: tau2 by a named estimator, Cochran's Q, and I2 and H2 both ways, each named.

Estimators of tau2 (squared units of ``y``): FE (tau2 = 0 by assumption); DL, DerSimonian & Laird 1986, doi
10.1016/0197-2456(86)90046-2; HE, Hedges & Olkin 1985, doi 10.1016/C2009-0-03396-0; ML and REML, Viechtbauer
2005, doi 10.3102/10769986030003261. I2: Higgins & Thompson 2002, doi 10.1002/sim.1186.
"""

from __future__ import annotations

import math
from typing import NamedTuple, get_args

import numpy.typing as npt
from scipy.stats import chi2

from evsynth.pooling import engine
from evsynth.pooling.engine import Estimator
from evsynth.pooling.guard import FloatArray, check_choice, check_effects
from evsynth.pooling.maximum import maximise
from evsynth.pooling.weighting import weighted_mean

ENGINE_TOLERANCE = 1e-5
"""Relative to tau2 + smallest variance.

PyMARE minimises the likelihood, which near its top is too flat to resolve tau2 better (1.7e-6 was the worst
of all reference fits); another mode or a bug is orders larger.
"""

MULTIPLE_MAXIMA = "TAU2_MULTIPLE_MAXIMA"
NOT_CERTIFIED = "TAU2_NOT_CERTIFIED"
ENGINES_DISAGREE = "TAU2_ENGINES_DISAGREE"


class Tau2(NamedTuple):
    """An estimate of tau2, what fitted it, and PyMARE's own value beside it as a built-in cross-check.

    ``value`` is PyMARE's for FE, DL and HE (closed forms), and for ML and REML the root of the score polished
    by evsynth. ``local_maxima`` and ``certificate`` are empty for closed forms. ``codes``:
    TAU2_MULTIPLE_MAXIMA, TAU2_NOT_CERTIFIED, TAU2_ENGINES_DISAGREE.
    """

    estimator: Estimator
    value: float
    log_likelihood: float | None
    local_maxima: tuple[tuple[float, float], ...]
    score: float | None
    certificate: str
    engine: engine.EngineFit
    codes: tuple[str, ...]


class CochranQ(NamedTuple):
    """Cochran's Q around the common-effect mean, its degrees of freedom k - 1, the chi-squared p-value."""

    q: float
    df: int
    p: float


class Inconsistency(NamedTuple):
    """I2 (percent) and H2 (ratio), from tau2 and from Q. They differ unless tau2 is DerSimonian-Laird's.

    From tau2: ``I2 = 100 tau2/(tau2 + s2)``, ``H2 = 1 + tau2/s2`` with the typical variance
    ``s2 = (k - 1) W / (W^2 - sum w^2)``, ``w = 1/v`` (metafor's convention; ``typical_variance``). From Q:
    ``I2 = max(0, 100 (Q - df)/Q)``, ``H2 = Q/df`` without truncation. None where df = 0.
    """

    i2_from_tau2: float
    h2_from_tau2: float
    i2_from_q: float | None
    h2_from_q: float | None
    typical_variance: float | None


def estimate_tau2(y: npt.ArrayLike, v: npt.ArrayLike, *, estimator: Estimator) -> Tau2:
    """Estimate tau2. Raises InputError for fewer than two studies, values that are not finite, or v <= 0."""
    check_choice("estimator", estimator, get_args(Estimator))
    effects = check_effects(y, v, minimum=2)
    fitted = engine.fit(effects.y, effects.v, estimator=estimator)
    if estimator not in ("ML", "REML"):
        return Tau2(estimator, fitted.tau2, None, (), None, "", fitted, ())
    top = maximise(effects.y, effects.v, likelihood="ML" if estimator == "ML" else "REML")
    codes = []
    if len(top.local_maxima) > 1:
        codes.append(MULTIPLE_MAXIMA)
    if not top.certified:
        codes.append(NOT_CERTIFIED)
    if abs(fitted.tau2 - top.tau2) > ENGINE_TOLERANCE * (top.tau2 + float(effects.v.min())):
        codes.append(ENGINES_DISAGREE)
    return Tau2(
        estimator,
        top.tau2,
        top.log_likelihood,
        top.local_maxima,
        top.score,
        top.certificate,
        fitted,
        tuple(codes),
    )


def cochran_q(y: npt.ArrayLike, v: npt.ArrayLike) -> CochranQ:
    """Return Cochran's Q (Cochran 1954, doi 10.2307/3001666). One study gives Q = 0, df = 0, p = 1.

    Raises InputError.
    """
    effects = check_effects(y, v)
    q, df = weighted_mean(effects.y, effects.v, 0.0).rss, len(effects.y) - 1
    return CochranQ(q, df, float(chi2.sf(q, df)) if df else 1.0)


def inconsistency(y: npt.ArrayLike, v: npt.ArrayLike, *, tau2: float) -> Inconsistency:
    """Return I2 and H2 from ``tau2`` and from Q. Raises InputError."""
    effects = check_effects(y, v)
    q = cochran_q(effects.y, effects.v)
    if q.df == 0:
        return Inconsistency(0.0, 1.0, None, None, None)
    typical = _typical_variance(effects.v)
    i2_from_q = max(0.0, 100.0 * (q.q - q.df) / q.q) if q.q > 0 else 0.0
    i2_from_tau2, h2_from_tau2 = 100.0 * tau2 / (tau2 + typical), 1.0 + tau2 / typical
    return Inconsistency(i2_from_tau2, h2_from_tau2, i2_from_q, q.q / q.df, typical)


def _typical_variance(v: FloatArray) -> float:
    # W^2 - sum w^2 = sum_i w_i (W - w_i); each W - w_i is summed directly: a dominant weight cannot cancel.
    w = 1.0 / v
    rest = [math.fsum(w[:place]) + math.fsum(w[place + 1 :]) for place in range(len(w))]
    return (len(w) - 1) * math.fsum(w) / math.fsum(w * rest)
