"""Mean and standard deviation from five numbers when the data are about normal, behind a gate on their skewness.

With a, q1, m, q3, b the five numbers and z the normal quantile function (Luo 2018, doi 10.1177/0962280216669183; Wan
2014, doi 10.1186/1471-2288-14-135; Shi 2020, doi 10.1002/jrsm.1429):

    S1  mean = w (a + b)/2 + (1 - w) m,  w = 4/(4 + n^0.75)          sd = (b - a) / (2 z((n - 0.375)/(n + 0.25)))
    S2  mean = w (q1 + q3)/2 + (1 - w) m,  w = 0.7 + 0.39/n          sd = (q3 - q1) / (2 z((0.75 n - 0.125)/(n + 0.25)))
    S3  mean = w1 (a + b)/2 + w2 (q1 + q3)/2 + (1 - w1 - w2) m,      sd = w sd(S1) + (1 - w) sd(S2),
        w1 = 2.2/(2.2 + n^0.75),  w2 = 0.7 - 0.72/n^0.55             w = 1/(1 + 0.07 n^0.6)

Simple means (Hozo 2005, doi 10.1186/1471-2288-5-13; Wan 2014; Bland 2015): (a + 2m + b)/4, (q1 + m + q3)/3,
(a + 2 q1 + 2 m + 2 q3 + b)/8, with Wan's standard deviations. The gate is Shi 2023's test (doi
10.1177/09622802231172043) at 0.05, with the statistics and critical values

    S1  |a + b - 2m|/(b - a)                     1/ln(n + 9) + 2.5/(n + 1)
    S2  |q1 + q3 - 2m|/(q3 - q1)                 2.65/sqrt(n) - 6/n^2
    S3  max(2.65 ln(0.6 n)/sqrt(n) S1, S2)       3/sqrt(n) - 40/n^3
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from evsynth.effects.measures.effect import MeasureError
from evsynth.effects.medians.five_numbers import FiveNumbers

FloatArray = npt.NDArray[np.float64]

Rule = Literal["luo/wan/shi", "hozo/wan/bland"]


class Skewness(NamedTuple):
    """Shi's test: ``skewed`` when the statistic reaches the critical value; then do not convert under normality."""

    statistic: float
    critical: float
    skewed: bool


class Converted(NamedTuple):
    """A mean and standard deviation that were not printed: how they were made, and the gate's verdict.

    ``notes`` start with a stable code. A converted standard deviation is uncertain, and pools do not know it: they
    weigh the study too heavily (McGrath 2023, doi 10.1177/09622802231208988).
    """

    mean: float
    sd: float
    n: int
    method: str
    skewness: Skewness
    notes: tuple[str, ...]


def skewness(numbers: FiveNumbers) -> Skewness:
    """Return Shi's test of symmetry. Raises MeasureError when a pair has no width."""
    n = numbers.n
    outer = _asymmetry("maximum", numbers.minimum, numbers.median, numbers.maximum)
    inner = _asymmetry("q3", numbers.q1, numbers.median, numbers.q3)
    if numbers.scenario == "S1" and outer is not None:
        statistic, critical = outer, 1 / math.log(n + 9) + 2.5 / (n + 1)
    elif numbers.scenario == "S2" and inner is not None:
        statistic, critical = inner, 2.65 / math.sqrt(n) - 6 / n**2
    else:
        statistic = max(2.65 * math.log(0.6 * n) / math.sqrt(n) * (outer or 0.0), inner or 0.0)
        critical = 3 / math.sqrt(n) - 40 / n**3
    return Skewness(statistic, critical, statistic >= critical)


def to_mean_and_sd(numbers: FiveNumbers, *, rule: Rule = "luo/wan/shi", gate: bool = True) -> Converted:
    """Convert under normality. With ``gate`` skewed numbers are refused; without it they carry the note SKEWED.

    Raises MeasureError when the gate closes: use ``quantile_estimation``, or pool medians.
    """
    if rule not in ("luo/wan/shi", "hozo/wan/bland"):
        raise MeasureError(f"rule = {rule!r} is not known; choose 'luo/wan/shi' or 'hozo/wan/bland'")
    found = skewness(numbers)
    if found.skewed and gate:
        raise MeasureError(
            f"the numbers {', '.join(f'{x:g}' for x in numbers.values)} (n = {numbers.n}) are skewed: "
            f"{found.statistic:.3f} reaches {found.critical:.3f} (Shi 2023); do not convert under normality, "
            "use quantile estimation or medians"
        )
    notes: tuple[str, ...] = ("CONVERTED: mean and standard deviation were computed from medians, not printed",)
    if found.skewed:
        notes += (f"SKEWED: {found.statistic:.3f} reaches {found.critical:.3f} (Shi 2023), converted on request",)
    mean = _luo(numbers) if rule == "luo/wan/shi" else _simple(numbers)
    return Converted(
        mean, _sd(numbers, weighted=rule == "luo/wan/shi"), numbers.n, f"{rule}, {numbers.scenario}", found, notes
    )


def linear_weights(numbers: FiveNumbers) -> tuple[FloatArray, FloatArray]:
    """Return the weights of the printed numbers in Luo's mean and in Wan's standard deviation; both are linear."""
    printed = [place for place, value in enumerate(numbers[:5]) if value is not None]

    def unit(which: int) -> FiveNumbers:
        a, q1, m, q3, b = (float(place == which) if place in printed else None for place in range(5))
        return FiveNumbers(a, q1, m or 0.0, q3, b, numbers.n, numbers.scenario)

    units = [unit(place) for place in printed]
    return np.array([_luo(one) for one in units]), np.array([_sd(one, weighted=False) for one in units])


def _asymmetry(name: str, low: float | None, median: float, high: float | None) -> float | None:
    if low is None or high is None:
        return None
    if high == low:
        raise MeasureError(f"{name} = {high!r} equals its counterpart, so skewness cannot be judged")
    return abs(low + high - 2 * median) / (high - low)


def _luo(x: FiveNumbers) -> float:
    n, m = float(x.n), x.median
    if x.scenario == "S1":
        w = 4 / (4 + n**0.75)
        return float(w * _middle(x.minimum, x.maximum) + (1 - w) * m)
    if x.scenario == "S2":
        w = 0.7 + 0.39 / n
        return w * _middle(x.q1, x.q3) + (1 - w) * m
    w1, w2 = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
    return float(w1 * _middle(x.minimum, x.maximum) + w2 * _middle(x.q1, x.q3) + (1 - w1 - w2) * m)


def _simple(x: FiveNumbers) -> float:
    if x.scenario == "S1":
        return (_middle(x.minimum, x.maximum) + x.median) / 2
    if x.scenario == "S2":
        return (2 * _middle(x.q1, x.q3) + x.median) / 3
    return (2 * _middle(x.minimum, x.maximum) + 4 * _middle(x.q1, x.q3) + 2 * x.median) / 8


def _sd(x: FiveNumbers, *, weighted: bool) -> float:
    n = float(x.n)
    outer = _width(x.minimum, x.maximum) / (2 * float(ndtri((n - 0.375) / (n + 0.25))))
    inner = _width(x.q1, x.q3) / (2 * float(ndtri((0.75 * n - 0.125) / (n + 0.25))))
    if x.scenario == "S1":
        return outer
    if x.scenario == "S2":
        return inner
    w = 1 / (1 + 0.07 * n**0.6) if weighted else 0.5
    return float(w * outer + (1 - w) * inner)


def _middle(low: float | None, high: float | None) -> float:
    return ((low or 0.0) + (high or 0.0)) / 2


def _width(low: float | None, high: float | None) -> float:
    return (high or 0.0) - (low or 0.0)
