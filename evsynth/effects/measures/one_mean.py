"""Measures of one group of measurements.

MN      m                       s^2/n
SMN     J(n - 1) m/s            1/n + g^2/(2n)
MNLN    ln m                    s^2/(n m^2)
SDLN    ln s + 1/(2(n - 1))     1/(2(n - 1))                   Raudenbush & Bryk 1987
CVLN    ln s/m + 1/(2(n - 1))   1/(2(n - 1)) + s^2/(n m^2)     Nakagawa 2015, doi 10.1111/2041-210X.12309
"""

from __future__ import annotations

import numpy as np

from evsynth.effects.measures.columns import Data, demand_counts, demand_positive
from evsynth.effects.measures.formula import Family, Formula, Pair
from evsynth.effects.measures.hedges import correction


def _prepare(data: Data) -> Data:
    demand_counts(data, ("ni",), least=2)
    demand_positive(data, ("sdi",))
    return data


ONE_MEAN = Family((("mi", "sdi", "ni"),), _prepare)
ONE_SD = Family((("sdi", "ni"),), _prepare)


def _mean(data: Data, _: str, __: bool) -> Pair:
    return data["mi"], data["sdi"] ** 2 / data["ni"]


def _standardised(data: Data, _: str, correct: bool) -> Pair:
    n, d = data["ni"], data["mi"] / data["sdi"]
    g = correction(n - 1) * d if correct else d
    return g, 1 / n + g * g / (2 * n)


def _log_mean(data: Data, _: str, __: bool) -> Pair:
    return np.log(data["mi"]), data["sdi"] ** 2 / (data["ni"] * data["mi"] ** 2)


def _log_sd(data: Data, _: str, correct: bool) -> Pair:
    half = 1 / (2 * (data["ni"] - 1))
    return np.log(data["sdi"]) + (half if correct else 0.0), half


def _log_variation(data: Data, vtype: str, correct: bool) -> Pair:
    spread, level = _log_sd(data, vtype, correct), _log_mean(data, vtype, correct)
    return spread[0] - level[0], spread[1] + level[1]


FORMULAS: dict[str, Formula] = {
    "MN": Formula("mean", "natural", ONE_MEAN, _mean, "y = m; v = s^2/n"),
    "SMN": Formula("standardised mean", "natural", ONE_MEAN, _standardised, "y = J m/s; v = 1/n + g^2/(2n)"),
    "MNLN": Formula("mean (log)", "log", ONE_MEAN, _log_mean, "y = ln m; v = s^2/(n m^2)"),
    "SDLN": Formula("standard deviation (log)", "log", ONE_SD, _log_sd, "y = ln s + 1/(2(n - 1)); v = 1/(2(n - 1))"),
    "CVLN": Formula("coefficient of variation (log)", "log", ONE_MEAN, _log_variation, "y = ln(s/m) + 1/(2(n - 1))"),
}
