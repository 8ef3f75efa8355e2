"""Heterogeneity between studies: tau2 by a named estimator, Cochran's Q, and I2 and H2 both ways, each named.

Estimators of tau2 (squared units of ``y``), with or without moderators, are listed in ``tau2.estimate``. I2 and H2:
Higgins & Thompson 2002, doi 10.1002/sim.1186. With moderators Q, I2 and H2 are about the residual heterogeneity.
"""

from __future__ import annotations

from typing import NamedTuple, cast, get_args

import numpy.typing as npt
from scipy.special import chdtrc

from evsynth.pooling import engine
from evsynth.pooling.guard import FloatArray, check_choice, check_effects
from evsynth.pooling.tau2.estimate import Estimator, estimate
from evsynth.pooling.tau2.least_squares import intercept, least_squares
from evsynth.pooling.tau2.traces import trace

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

    ``engine`` is PyMARE's fit by the same estimator where it has it (FE, DL, HE, ML, REML), else PyMARE's weighted fit
    at ``value``. ``value`` is polished by evsynth: the root of the score or equation to the last bits, closed forms by
    sums that do not cancel when one study has nearly all the weight. ``local_maxima`` and ``certificate`` are
    empty for closed forms and roots. ``se`` is None for FE.
    ``codes``: TAU2_MULTIPLE_MAXIMA, TAU2_NOT_CERTIFIED, TAU2_ENGINES_DISAGREE.
    """

    estimator: Estimator
    value: float
    log_likelihood: float | None
    local_maxima: tuple[tuple[float, float], ...]
    score: float | None
    certificate: str
    engine: engine.EngineFit
    codes: tuple[str, ...]
    se: float | None


class CochranQ(NamedTuple):
    """Cochran's Q around the common-effect mean, its degrees of freedom k - 1, the chi-squared p-value."""

    q: float
    df: int
    p: float


class Inconsistency(NamedTuple):
    """I2 (percent) and H2 (ratio), from tau2 and from Q. They differ unless tau2 is DerSimonian-Laird's.

    From tau2: ``I2 = 100 tau2/(tau2 + s2)``, ``H2 = 1 + tau2/s2`` with the typical variance ``s2 = (k - p)/tr(P)``,
    without moderators ``(k - 1) W / (W^2 - sum w^2)``, ``w = 1/v`` (metafor's convention; ``typical_variance``). From
    Q: ``I2 = max(0, 100 (Q - df)/Q)``, ``H2 = Q/df`` without truncation. None where df = 0.
    """

    i2_from_tau2: float
    h2_from_tau2: float
    i2_from_q: float | None
    h2_from_q: float | None
    typical_variance: float | None


class InconsistencyInterval(NamedTuple):
    """Confidence bounds of I2 (percent) and H2, from those of tau2."""

    i2_lower: float
    i2_upper: float
    h2_lower: float
    h2_upper: float


def estimate_tau2(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    estimator: Estimator,
    basis: FloatArray | None = None,
    weights: FloatArray | None = None,
) -> Tau2:
    """Estimate tau2; ``basis`` is an orthonormal basis of the moderators (None: an intercept).

    ``weights`` belong to GENQ and GENQM alone. Raises InputError for fewer than two studies, values that are not
    finite, or v <= 0.
    """
    check_choice("estimator", estimator, get_args(Estimator))
    effects = check_effects(y, v, minimum=2)
    columns = intercept(len(effects.y)) if basis is None else basis
    found = estimate(effects.y, effects.v, columns, estimator=estimator, weights=weights)
    if estimator in get_args(engine.Fitted):
        fitted = engine.fit(effects.y, effects.v, estimator=cast(engine.Fitted, estimator), design=basis)
    else:
        fitted = engine.weighted(effects.y, effects.v, tau2=found.value, design=basis)
    codes, top = [], found.maximum
    if top is not None and len(top.local_maxima) > 1:
        codes.append(MULTIPLE_MAXIMA)
    if top is not None and not top.certified:
        codes.append(NOT_CERTIFIED)
    if abs(fitted.tau2 - found.value) > ENGINE_TOLERANCE * (found.value + float(effects.v.min())):
        codes.append(ENGINES_DISAGREE)
    return Tau2(
        estimator,
        found.value,
        top.log_likelihood if top else None,
        top.local_maxima if top else (),
        top.score if top else None,
        top.certificate if top else "",
        fitted,
        tuple(codes),
        found.se,
    )


def cochran_q(y: npt.ArrayLike, v: npt.ArrayLike, *, basis: FloatArray | None = None) -> CochranQ:
    """Return Cochran's Q (Cochran 1954, doi 10.2307/3001666), or the residual QE around moderators.

    One study gives Q = 0, df = 0, p = 1. Raises InputError.
    """
    effects = check_effects(y, v)
    columns = intercept(len(effects.y)) if basis is None else basis
    q, df = least_squares(effects.y, 1.0 / effects.v, columns).rss, len(effects.y) - columns.shape[1]
    return CochranQ(q, df, float(chdtrc(df, q)) if df else 1.0)


def inconsistency(y: npt.ArrayLike, v: npt.ArrayLike, *, tau2: float, basis: FloatArray | None = None) -> Inconsistency:
    """Return I2 and H2 from ``tau2`` and from Q. Raises InputError."""
    effects = check_effects(y, v)
    q = cochran_q(effects.y, effects.v, basis=basis)
    if q.df == 0:
        return Inconsistency(0.0, 1.0, None, None, None)
    typical = _typical_variance(effects.v, basis)
    i2_from_q = max(0.0, 100.0 * (q.q - q.df) / q.q) if q.q > 0 else 0.0
    return Inconsistency(*from_tau2(tau2, typical), i2_from_q, q.q / q.df, typical)


def from_tau2(tau2: float, typical: float) -> tuple[float, float]:
    """Return I2 (percent) and H2 from tau2 and the typical variance; both rise with tau2, so bounds map to bounds."""
    return 100.0 * tau2 / (tau2 + typical), 1.0 + tau2 / typical


def inconsistency_interval(
    y: npt.ArrayLike, v: npt.ArrayLike, *, tau2_interval: tuple[float, float], basis: FloatArray | None = None
) -> InconsistencyInterval:
    """Return the intervals of the tau2-based I2 and H2 that an interval of tau2 gives. Raises InputError.

    Needs more studies than coefficients.
    """
    effects = check_effects(y, v, minimum=2 if basis is None else basis.shape[1] + 1)
    typical = _typical_variance(effects.v, basis)
    (i2_lower, h2_lower), (i2_upper, h2_upper) = (from_tau2(bound, typical) for bound in tau2_interval)
    return InconsistencyInterval(i2_lower, i2_upper, h2_lower, h2_upper)


def _typical_variance(v: FloatArray, basis: FloatArray | None) -> float:
    # tr(P) from the spare parts of the leverages: a dominant weight cannot cancel.
    columns = intercept(len(v)) if basis is None else basis
    return float(len(v) - columns.shape[1]) / trace(least_squares(v, 1.0 / v, columns))
