"""Kenward and Roger's interval for the pooled mean: a wider standard error and a t distribution of its own.

With ``s_j = sum w^j``, ``w = 1/(v + tau2)`` and the expected information of tau2 in the restricted likelihood
``I = s2/2 - s3/s1 + s2^2/(2 s1^2)``:

    variance             1/s1 + (2/I) (s3 - s2^2/s1)/s1^2
    degrees of freedom   2 I/(s2 variance)^2
    new study            mean +- t(df) sqrt(tau2 + variance)

Kenward & Roger 1997, doi 10.2307/2533558; for meta-analysis Partlett & Riley 2017, doi 10.1002/sim.7140. It is made
for tau2 by REML. Few degrees of freedom (code ``KR_FEW_DEGREES``, below 1) give intervals without use, up to the whole
line. Scale: that of ``y``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from evsynth.pooling.guard import InputError, check_effects, check_level
from evsynth.pooling.weighting import weighted_mean

FEW_DEGREES = "KR_FEW_DEGREES"
WHOLE_LINE = 1e100
"""A quantile beyond this is infinite: nothing is excluded."""


class KenwardRoger(NamedTuple):
    """The interval of the mean, that of a new study, and what they were made from; bounds can be infinite."""

    mean: float
    se: float
    df: float
    lower: float
    upper: float
    p: float
    predict_lower: float
    predict_upper: float
    level: float
    codes: tuple[str, ...]


def kenward_roger(y: npt.ArrayLike, v: npt.ArrayLike, *, tau2: float, level: float) -> KenwardRoger:
    """Return Kenward and Roger's interval at ``tau2``. Raises InputError for fewer than two studies or tau2 < 0."""
    level, effects = check_level(level), check_effects(y, v, minimum=2)
    if not (math.isfinite(tau2) and tau2 >= 0):
        raise InputError([f"tau2 = {tau2!r} must be a finite number >= 0"])
    fit = weighted_mean(effects.y, effects.v, tau2)
    s1, s2, s3 = (float((fit.weights**power).sum()) for power in (1, 2, 3))
    # (s3 s1 - s2^2)/s1 without cancellation: weights around their own weighted mean.
    spread = float((fit.weights * (fit.weights - s2 / s1) ** 2).sum())
    information = s2 / 2 - s3 / s1 + s2**2 / (2 * s1**2)
    if information <= 1e-12 * s2:
        raise InputError([f"{len(effects.y)} studies say nothing about tau2; Kenward-Roger has no variance here"])
    variance = 1 / s1 + 2 / information * spread / s1**2
    df, se = 2 * information / (s2 * variance) ** 2, math.sqrt(variance)
    quantile = -float(stdtrit(df, (1 - level) / 2))
    quantile = quantile if quantile < WHOLE_LINE else math.inf
    half, reach = quantile * se, quantile * math.sqrt(tau2 + variance)
    return KenwardRoger(
        fit.mean, se, df, fit.mean - half, fit.mean + half, 2 * float(stdtr(df, -abs(fit.mean) / se)),
        fit.mean - reach, fit.mean + reach, level, (FEW_DEGREES,) if df < 1 else (),
    )  # fmt: skip
