"""Confidence intervals for the pooled mean: Wald, Hartung-Knapp-Sidik-Jonkman (HKSJ), and modified HKSJ.

With ``w = 1/(v + tau2)``, ``se^2 = 1/sum w`` and ``q = sum w (y - mu)^2 / (k - 1)``:

    wald           mu +- z se                        (normal)
    hksj           mu +- t(k - 1) se sqrt(q)         Hartung & Knapp 2001, doi 10.1002/sim.791;
                                                     Sidik & Jonkman 2002, doi 10.1002/sim.1262
    modified-hksj  mu +- t(k - 1) se sqrt(max(1, q)) Knapp & Hartung 2003, doi 10.1002/sim.1482;
                                                     recommended with few, unequal studies by Roever 2015,
                                                     doi 10.1186/s12874-015-0091-1

Scale: that of ``y``.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy.typing as npt
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from evsynth.pooling.guard import InputError, check_effects, check_level
from evsynth.pooling.weighting import WeightedMean, weighted_mean

IntervalName = Literal["wald", "hksj", "modified-hksj"]

HK_NARROWER_THAN_WALD = "HK_NARROWER_THAN_WALD"
HK_ZERO_WIDTH = "HK_ZERO_WIDTH"


class ConfidenceInterval(NamedTuple):
    """A named interval with everything used: its standard error, the factor ``q`` on the variance, and the
    distribution.

    ``df`` is None for the normal. ``p`` is the two-sided p-value of mean = 0; None where the standard error
    is 0.
    """

    name: IntervalName
    mean: float
    lower: float
    upper: float
    se: float
    factor: float
    distribution: Literal["normal", "t"]
    df: int | None
    level: float
    p: float | None


class Intervals(NamedTuple):
    """All three intervals. HKSJ's are None for one study.

    Codes: HK_NARROWER_THAN_WALD, HK_ZERO_WIDTH (all y equal).
    """

    wald: ConfidenceInterval
    hksj: ConfidenceInterval | None
    modified_hksj: ConfidenceInterval | None
    codes: tuple[str, ...]


def wald(y: npt.ArrayLike, v: npt.ArrayLike, *, tau2: float, level: float) -> ConfidenceInterval:
    """Return the Wald interval. Raises InputError."""
    effects = check_effects(y, v)
    return _interval("wald", weighted_mean(effects.y, effects.v, tau2), 1.0, None, check_level(level))


def hksj(y: npt.ArrayLike, v: npt.ArrayLike, *, tau2: float, level: float) -> ConfidenceInterval:
    """Return the HKSJ interval with t(k - 1).

    It can be narrower than Wald's. Raises InputError for one study.
    """
    effects = check_effects(y, v, minimum=2)
    fit = weighted_mean(effects.y, effects.v, tau2)
    return _interval("hksj", fit, _factor(fit), len(effects.y) - 1, check_level(level))


def modified_hksj(y: npt.ArrayLike, v: npt.ArrayLike, *, tau2: float, level: float) -> ConfidenceInterval:
    """Return the HKSJ interval with its factor floored at 1. Raises InputError for one study."""
    effects = check_effects(y, v, minimum=2)
    fit = weighted_mean(effects.y, effects.v, tau2)
    return _interval("modified-hksj", fit, max(1.0, _factor(fit)), len(effects.y) - 1, check_level(level))


def all_intervals(y: npt.ArrayLike, v: npt.ArrayLike, *, tau2: float, level: float) -> Intervals:
    """Return every interval side by side, with the warning that HKSJ came out narrower than Wald.

    Raises InputError.
    """
    if not (math.isfinite(tau2) and tau2 >= 0):
        raise InputError([f"tau2 = {tau2!r} must be a finite number >= 0"])
    effects = check_effects(y, v)
    plain = wald(effects.y, effects.v, tau2=tau2, level=level)
    if len(effects.y) == 1:
        return Intervals(plain, None, None, ())
    adjusted = hksj(effects.y, effects.v, tau2=tau2, level=level)
    floored = modified_hksj(effects.y, effects.v, tau2=tau2, level=level)
    codes = []
    if adjusted.upper - adjusted.lower < plain.upper - plain.lower:
        codes.append(HK_NARROWER_THAN_WALD)
    if adjusted.se == 0.0:
        codes.append(HK_ZERO_WIDTH)
    return Intervals(plain, adjusted, floored, tuple(codes))


def _factor(fit: WeightedMean) -> float:
    return fit.rss / (len(fit.weights) - 1)


def _interval(name: IntervalName, fit: WeightedMean, factor: float, df: int | None, level: float) -> ConfidenceInterval:
    se, tail = fit.se * math.sqrt(factor), (1.0 - level) / 2
    half = float(-ndtri(tail) if df is None else -stdtrit(df, tail)) * se
    p = None
    if se > 0:
        ratio = abs(fit.mean) / se
        p = 2.0 * float(ndtr(-ratio) if df is None else stdtr(df, -ratio))
    distribution: Literal["normal", "t"] = "normal" if df is None else "t"
    return ConfidenceInterval(name, fit.mean, fit.mean - half, fit.mean + half, se, factor, distribution, df, level, p)
