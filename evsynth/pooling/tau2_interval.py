"""Confidence intervals for tau2: Q-profile, profile likelihood, and the exact one from a generalised Q.

Q-profile (Viechtbauer 2007, doi 10.1002/sim.2514): ``Q(tau2) = sum w e^2`` with ``w = 1/(v + tau2)`` has a chi-squared
distribution with k - p degrees of freedom at the true tau2 and falls as tau2 grows; the bounds are where it crosses the
two chi-squared quantiles. evsynth finds the roots to the last bits and keeps PyMARE's values, which are good to 2e-12
of the smallest variance, as a cross-check.

Profile likelihood: ``tau2.profile_likelihood``. Generalised Q with fixed weights: ``tau2.generalised_q``. Approximate
intervals that other programs print: ``tau2.approximate``. ``basis`` is an orthonormal basis of moderators (None: an
intercept). Scale: squared units of ``y``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy.typing as npt
from scipy.special import chdtri, gammaincinv

from evsynth.pooling import engine
from evsynth.pooling.guard import Effects, FloatArray, check_effects, check_level
from evsynth.pooling.likelihood import Likelihood
from evsynth.pooling.tau2.equations import crossing
from evsynth.pooling.tau2.generalised_q import confidence_distribution
from evsynth.pooling.tau2.least_squares import intercept
from evsynth.pooling.tau2.profile_likelihood import profile_region

ENGINE_TOLERANCE = 1e-9
"""Relative, plus twice PyMARE's 2e-12 of the smallest variance."""

LOWER_AT_ZERO = "TAU2_LOWER_BOUND_AT_ZERO"
UPPER_AT_ZERO = "TAU2_INTERVAL_IS_ZERO"
ENGINES_DISAGREE = "TAU2_INTERVAL_ENGINES_DISAGREE"


class Tau2Interval(NamedTuple):
    """A named interval for tau2 (squared units of y). PyMARE has the Q-profile alone; else ``engine_*`` are None.

    Codes: TAU2_LOWER_BOUND_AT_ZERO; TAU2_INTERVAL_IS_ZERO when even the upper quantile is not reached (the
    studies agree better than chance would); TAU2_INTERVAL_ENGINES_DISAGREE; TAU2_REGION_HAS_A_GAP.
    """

    method: str
    lower: float
    upper: float
    level: float
    engine_lower: float | None
    engine_upper: float | None
    codes: tuple[str, ...]


def q_profile(y: npt.ArrayLike, v: npt.ArrayLike, *, level: float, basis: FloatArray | None = None) -> Tau2Interval:
    """Return the Q-profile interval for tau2.

    Raises InputError for not more studies than coefficients or a level outside (0, 1).
    """
    effects, columns, level = _checked(y, v, basis, level)
    df, tail = len(effects.y) - columns.shape[1], (1.0 - level) / 2
    lower = crossing(effects.y, effects.v, columns, float(chdtri(df, tail)))
    upper = crossing(effects.y, effects.v, columns, 2.0 * float(gammaincinv(0.5 * df, tail)))
    theirs = engine.q_profile(effects.y, effects.v, level=level, design=basis)
    slack, pairs = 4e-12 * float(effects.v.min()), zip((lower, upper), theirs, strict=True)
    agree = all(abs(ours - other) <= ENGINE_TOLERANCE * ours + slack for ours, other in pairs)
    codes = (*_at_zero(lower, upper), *(() if agree else (ENGINES_DISAGREE,)))
    return Tau2Interval("Q-profile", lower, upper, level, *theirs, codes)


def profile_likelihood(
    y: npt.ArrayLike, v: npt.ArrayLike, *, level: float, likelihood: Likelihood, basis: FloatArray | None = None
) -> Tau2Interval:
    """Return the profile-likelihood interval for tau2, by full (ML) or restricted (REML) likelihood.

    Raises InputError for not more studies than coefficients or a level outside (0, 1).
    """
    effects, columns, level = _checked(y, v, basis, level)
    found = profile_region(effects.y, effects.v, columns, likelihood=likelihood, level=level)
    codes = (*_at_zero(found.lower, found.upper), *found.codes)
    return Tau2Interval(f"profile likelihood ({likelihood})", found.lower, found.upper, level, None, None, codes)


def generalised_q(
    y: npt.ArrayLike, v: npt.ArrayLike, *, level: float, weights: npt.ArrayLike, basis: FloatArray | None = None
) -> Tau2Interval:
    """Return the exact interval for tau2 from ``sum a e^2`` with fixed weights ``a > 0``.

    Raises InputError for not more studies than coefficients, weights that are not positive, or a level outside (0, 1).
    """
    effects, columns, level = _checked(y, v, basis, level)
    fixed = check_effects(effects.y, weights, labels=effects.labels).v
    found = confidence_distribution(effects.y, effects.v, columns, fixed)
    tail = (1.0 - level) / 2
    lower, upper = found.quantile(tail), found.quantile(1.0 - tail)
    return Tau2Interval("generalised Q", lower, upper, level, None, None, _at_zero(lower, upper))


def _checked(
    y: npt.ArrayLike, v: npt.ArrayLike, basis: FloatArray | None, level: float
) -> tuple[Effects, FloatArray, float]:
    effects = check_effects(y, v, minimum=2 if basis is None else basis.shape[1] + 1)
    return effects, intercept(len(effects.y)) if basis is None else basis, check_level(level)


def _at_zero(lower: float, upper: float) -> tuple[str, ...]:
    if upper == 0.0:
        return (UPPER_AT_ZERO,)
    return (LOWER_AT_ZERO,) if lower == 0.0 else ()
