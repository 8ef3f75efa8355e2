"""Prediction intervals for the effect in a new study, each under its name: ``mu +- c sqrt(tau2 + se^2)``.

    normal   c = z           Wald se    Skipka 2006 ("S" in R's meta)
    V        c = t(k - 1)    Wald se    Veroniki 2019, doi 10.1002/jrsm.1319 (default of meta 8 in R)
    HTS      c = t(k - 2)    Wald se    Higgins 2009, doi 10.1111/j.1467-985X.2008.00552.x
    HK       c = t(k - 1)    HKSJ se    Knapp-Hartung standard error, metafor's default under test="knha"
    HK-PR    c = t(k - 2)    HKSJ se    Partlett & Riley 2017, doi 10.1002/sim.7140
    Nagashima  quantiles of a confidence distribution, not of that form (``nagashima``); only when asked for

Scale: that of ``y``. Refused (None, with a code) below three studies; from three to four studies the code
PREDICTION_VERY_IMPRECISE is given, and PREDICTION_COLLAPSED when tau2 = 0.
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from scipy.special import ndtri, stdtrit

from evsynth.pooling.guard import FloatArray, InputError, check_level
from evsynth.pooling.nagashima import nagashima

PredictionName = Literal["normal", "V", "HTS", "HK", "HK-PR", "Nagashima"]
NAMES: tuple[PredictionName, ...] = ("normal", "V", "HTS", "HK", "HK-PR")

NAGASHIMA: Literal["Nagashima"] = "Nagashima"
NEEDS_THREE_STUDIES = "PREDICTION_NEEDS_3_STUDIES"
VERY_IMPRECISE = "PREDICTION_VERY_IMPRECISE"
COLLAPSED = "PREDICTION_COLLAPSED"


class PredictionInterval(NamedTuple):
    """A named prediction interval. ``se`` is of the mean (Wald or HKSJ); ``total_se = sqrt(tau2 + se^2)``.

    Both are None for Nagashima's, which is not built from one standard error.
    """

    name: PredictionName
    lower: float
    upper: float
    se: float | None
    total_se: float | None
    distribution: Literal["normal", "t", "confidence distribution"]
    df: int | None
    level: float


class Predictions(NamedTuple):
    """All five prediction intervals (and Nagashima's when asked for), or none, and the codes that explain it."""

    intervals: tuple[PredictionInterval, ...]
    codes: tuple[str, ...]

    def named(self, name: PredictionName) -> PredictionInterval | None:
        """Return the interval of that name, None if prediction was refused."""
        return next((interval for interval in self.intervals if interval.name == name), None)


def predict(mean: float, *, tau2: float, wald_se: float, hksj_se: float, k: int, level: float) -> Predictions:
    """Return every named prediction interval for a pooled mean of k studies.

    Raises InputError for a value out of range.
    """
    level = check_level(level)
    for name, value in (("tau2", tau2), ("wald_se", wald_se), ("hksj_se", hksj_se)):
        if not (math.isfinite(value) and value >= 0):
            raise InputError([f"{name} = {value!r} must be a finite number >= 0"])
    if k < 3:
        return Predictions((), (NEEDS_THREE_STUDIES,))
    codes = []
    if k < 5:
        codes.append(VERY_IMPRECISE)
    if tau2 == 0:
        codes.append(COLLAPSED)
    choices: tuple[tuple[PredictionName, float, int | None], ...] = (
        ("normal", wald_se, None),
        ("V", wald_se, k - 1),
        ("HTS", wald_se, k - 2),
        ("HK", hksj_se, k - 1),
        ("HK-PR", hksj_se, k - 2),
    )
    intervals = tuple(_interval(name, mean, tau2, se=se, df=df, level=level) for name, se, df in choices)
    return Predictions(intervals, tuple(codes))


def predict_by_confidence_distribution(y: FloatArray, v: FloatArray, *, level: float) -> PredictionInterval:
    """Return Nagashima's interval under its name. Raises InputError for fewer than three studies."""
    found = nagashima(y, v, level=level)
    return PredictionInterval(
        NAGASHIMA, found.lower, found.upper, None, None, "confidence distribution", None, found.level
    )


def _interval(
    name: PredictionName, mean: float, tau2: float, *, se: float, df: int | None, level: float
) -> PredictionInterval:
    tail, total = (1.0 - level) / 2, math.sqrt(tau2 + se * se)
    half = float(-ndtri(tail) if df is None else -stdtrit(df, tail)) * total
    return PredictionInterval(name, mean - half, mean + half, se, total, "normal" if df is None else "t", df, level)
