"""Q-profile confidence interval for tau2 (Viechtbauer 2007, doi 10.1002/sim.2514).

The generalised ``Q(tau2) = sum w (y - mu)^2`` with ``w = 1/(v + tau2)`` has a chi-squared distribution with k
- 1 degrees of freedom at the true tau2 and falls as tau2 grows; the bounds are where it crosses the two
chi-squared quantiles. evsynth finds the roots to the last bits and keeps PyMARE's values, which are good to
2e-12 of the smallest variance, as a cross-check.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.stats import chi2

from evsynth.pooling import engine
from evsynth.pooling.guard import FloatArray, check_effects, check_level
from evsynth.pooling.weighting import weighted_mean

ENGINE_TOLERANCE = 1e-9
"""Relative, plus twice PyMARE's 2e-12 of the smallest variance."""

LOWER_AT_ZERO = "TAU2_LOWER_BOUND_AT_ZERO"
UPPER_AT_ZERO = "TAU2_INTERVAL_IS_ZERO"
ENGINES_DISAGREE = "TAU2_INTERVAL_ENGINES_DISAGREE"


class Tau2Interval(NamedTuple):
    """Q-profile bounds for tau2 (squared units of y).

    Codes: TAU2_LOWER_BOUND_AT_ZERO; TAU2_INTERVAL_IS_ZERO when even the upper quantile is not reached (the
    studies agree better than chance would); TAU2_INTERVAL_ENGINES_DISAGREE.
    """

    method: str
    lower: float
    upper: float
    level: float
    engine_lower: float
    engine_upper: float
    codes: tuple[str, ...]


def q_profile(y: npt.ArrayLike, v: npt.ArrayLike, *, level: float) -> Tau2Interval:
    """Return the Q-profile interval for tau2.

    Raises InputError for fewer than two studies or a level outside (0, 1).
    """
    effects, level = check_effects(y, v, minimum=2), check_level(level)
    df, tail = len(effects.y) - 1, (1.0 - level) / 2
    lower = _crossing(effects.y, effects.v, float(chi2.isf(tail, df)))
    upper = _crossing(effects.y, effects.v, float(chi2.ppf(tail, df)))
    theirs = engine.q_profile(effects.y, effects.v, level=level)
    codes = []
    if upper == 0.0:
        codes.append(UPPER_AT_ZERO)
    elif lower == 0.0:
        codes.append(LOWER_AT_ZERO)
    slack, pairs = 4e-12 * float(effects.v.min()), zip((lower, upper), theirs, strict=True)
    if not all(abs(ours - other) <= ENGINE_TOLERANCE * ours + slack for ours, other in pairs):
        codes.append(ENGINES_DISAGREE)
    return Tau2Interval("Q-profile", lower, upper, level, *theirs, tuple(codes))


def _crossing(y: FloatArray, v: FloatArray, quantile: float) -> float:
    def excess(tau2: float) -> float:
        return weighted_mean(y, v, tau2).rss - quantile

    if excess(0.0) <= 0:
        return 0.0
    high = float(v.min())
    while excess(high) > 0:
        high *= 2.0
    return float(brentq(excess, 0.0, high, xtol=1e-300, rtol=4 * np.finfo(float).eps, maxiter=500))
