"""Measures of one group measured twice: MC in its own units, and the standardised ones for those who ask.

First the time with index 1; ``r`` is the correlation between the times, ``sc^2 = s1^2 + s2^2 - 2 r s1 s2``.

    MC      m1 - m2                      sc^2/n
    SMCC    J(n - 1) (m1 - m2)/sc        1/n + g^2/(2n)                Gibbons 1993, doi 10.3102/10769986018003271
    SMCR    J(n - 1) (m1 - m2)/s1        2(1 - r)/n + g^2/(2n)                Becker 1988
    SMCRH   the same                     sc^2/(s1^2 (n - 1)) + g^2/(2(n - 1)) Bonett 2008, doi 10.1037/1082-989X.13.2.99
    SMCRP   over sp = sqrt((s1^2 + s2^2)/2), J(2(n - 1)/(1 + r^2))            Cousineau 2020
    SMCRPH  the same                     unequal variances                    Bonett 2008
    ROMC    ln m1/m2                     s1^2/(n m1^2) + s2^2/(n m2^2) - 2 r s1 s2/(n m1 m2)    Lajeunesse 2011
    VRC     ln s1/s2                     (1 - r^2)/(n - 1)                    Senior 2020, doi 10.1002/jrsm.1423
    CVRC    lnVRC - lnROMC               the sum of both
    CLESCN  Phi((m1 - m2)/sqrt(s1^2 + s2^2))

A change within a group is not a treatment effect (``NOT_A_TREATMENT_EFFECT``: regression to the mean, natural
course, co-therapy and survivorship are in it), and standardised pre-post differences should be avoided
(``STANDARDISED_CHANGE``: Cuijpers 2017, doi 10.1017/S2045796016000809).
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr
from scipy.stats import norm

from evsynth.effects.measures.columns import Data, FloatArray, demand, demand_counts, demand_positive
from evsynth.effects.measures.formula import Family, Formula, Pair
from evsynth.effects.measures.hedges import correction, unbiased_correlation

NOT_A_TREATMENT_EFFECT = (
    "NOT_A_TREATMENT_EFFECT: a change within one group holds regression to the mean, natural course, co-therapy "
    "and survivorship"
)
STANDARDISED_CHANGE = "STANDARDISED_CHANGE: pre-post standardised differences should be avoided (Cuijpers 2017)"
BOTH = (NOT_A_TREATMENT_EFFECT, STANDARDISED_CHANGE)


def _prepare(data: Data) -> Data:
    demand_counts(data, ("ni",), least=2)
    demand_positive(data, tuple(name for name in ("sd1i", "sd2i") if name in data))
    demand({"ri": data["ri"]}, lambda r: np.abs(r) < 1, "must lie in (-1, 1)")
    return data


FULL = ("m1i", "m2i", "sd1i", "sd2i", "ni", "ri")
CHANGE = Family((FULL,), _prepare)
ONE_SD = Family((("m1i", "m2i", "sd1i", "ni", "ri"),), _prepare)
SPREADS = Family((("sd1i", "sd2i", "ni", "ri"),), _prepare)


def _change_variance(data: Data) -> FloatArray:
    s1, s2 = data["sd1i"], data["sd2i"]
    return np.asarray(s1**2 + s2**2 - 2 * data["ri"] * s1 * s2)


def _mean_change(data: Data, _: str, __: bool) -> Pair:
    return data["m1i"] - data["m2i"], _change_variance(data) / data["ni"]


def _by_change(data: Data, vtype: str, correct: bool) -> Pair:
    n, m = data["ni"], data["ni"] - 1
    d = (data["m1i"] - data["m2i"]) / np.sqrt(_change_variance(data))
    j = correction(m) if correct else np.ones_like(d)
    g = j * d
    if vtype == "LS2":
        return g, j * j * (1 / n + d * d / (2 * n))
    if vtype == "UB":
        return g, 1 / n + (1 - (m - 2) / (m * correction(m) ** 2)) * g * g
    return g, 1 / n + g * g / (2 * n)


def _by_raw(data: Data, vtype: str, correct: bool) -> Pair:
    n, m, r = data["ni"], data["ni"] - 1, data["ri"]
    d = (data["m1i"] - data["m2i"]) / data["sd1i"]
    j = correction(m) if correct else np.ones_like(d)
    g = j * d
    if vtype == "LS2":
        return g, j * j * (2 * (1 - r) / n + d * d / (2 * n))
    if vtype == "UB":
        unbiased = 2 * (1 - unbiased_correlation(r, n)) / n
        return g, unbiased + (1 - (m - 2) / (m * correction(m) ** 2)) * g * g
    return g, 2 * (1 - r) / n + g * g / (2 * n)


def _by_raw_unequal(data: Data, vtype: str, correct: bool) -> Pair:
    n, s1 = data["ni"], data["sd1i"]
    d = (data["m1i"] - data["m2i"]) / s1
    g = correction(n - 1) * d if correct else d
    f = n if vtype == "LS2" else n - 1
    return g, _change_variance(data) / (s1**2 * f) + g * g / (2 * f)


def _by_pooled(data: Data, _: str, correct: bool) -> Pair:
    n, r = data["ni"], data["ri"]
    d = (data["m1i"] - data["m2i"]) / np.sqrt((data["sd1i"] ** 2 + data["sd2i"] ** 2) / 2)
    g = correction(2 * (n - 1) / (1 + r * r)) * d if correct else d
    return g, 2 * (1 - r) / n + g * g * (1 + r * r) / (4 * n)


def _by_pooled_unequal(data: Data, vtype: str, correct: bool) -> Pair:
    g = _by_pooled(data, "LS", correct)[0]
    s1, s2, r, n = data["sd1i"] ** 2, data["sd2i"] ** 2, data["ri"], data["ni"]
    spread, f = (s1 + s2) / 2, n if vtype == "LS2" else n - 1
    shape = (s1**2 + s2**2 + 2 * r * r * s1 * s2) / (8 * spread**2)
    return g, _change_variance(data) / (spread * f) + g * g * shape / f


def _ratio_of_means(data: Data, vtype: str, correct: bool) -> Pair:
    n, r, k1, k2 = data["ni"], data["ri"], data["sd1i"] / data["m1i"], data["sd2i"] / data["m2i"]
    c1, c2 = k1 * k1 / n, k2 * k2 / n
    y = np.log(data["m1i"] / data["m2i"]) + (0.5 * (c1 - c2) if correct else 0.0)
    v = c1 + c2 - 2 * r * k1 * k2 / n
    if vtype == "LS2":
        q1, q2 = data["m1i"] ** 2, data["m2i"] ** 2
        v = v + 0.5 * (c1 * c1 + c2 * c2) + r * r * c1 * c2 * (q1 * q1 + q2 * q2) / (2 * q1 * q2)
    return y, v


def _ratio_of_sds(data: Data, vtype: str, _: bool) -> Pair:
    n, f, r, s1, s2 = data["ni"], data["ni"] - 1, data["ri"], data["sd1i"], data["sd2i"]
    if vtype == "LS2":
        fourth = r**4 * (s1**8 + s2**8) / (2 * s1**4 * s2**4)
        return np.log(s1 / s2), n / f**2 - r * r / f + fourth / f**2
    return np.log(s1 / s2), (1 - r * r) / f


def _ratio_of_variation(data: Data, vtype: str, correct: bool) -> Pair:
    spread, level = _ratio_of_sds(data, vtype, correct), _ratio_of_means(data, vtype, correct)
    return spread[0] - level[0], spread[1] + level[1]


def _superiority(data: Data, _: str, __: bool) -> Pair:
    s1, s2, r, f = data["sd1i"] ** 2, data["sd2i"] ** 2, data["ri"], data["ni"] - 1
    both = s1 + s2
    z = (data["m1i"] - data["m2i"]) / np.sqrt(both)
    shape = (s1**2 + s2**2 + 2 * r * r * s1 * s2) / (2 * both**2)
    return ndtr(z), norm.pdf(z) ** 2 * (_change_variance(data) / both + z * z * shape) / f


LARGE, ALL, ONE = ("LS", "LS2"), ("LS", "LS2", "UB"), (NOT_A_TREATMENT_EFFECT,)
FORMULAS: dict[str, Formula] = {
    "MC": Formula("mean change", "natural", CHANGE, _mean_change, "y = m1 - m2; v = sc^2/n", warnings=ONE),
    "SMCC": Formula("standardised mean change", "natural", CHANGE, _by_change, "y = J (m1 - m2)/sc", ALL, BOTH),
    "SMCR": Formula("standardised mean change (raw)", "natural", ONE_SD, _by_raw, "y = J (m1 - m2)/s1", ALL, BOTH),
    "SMCRH": Formula(
        "standardised mean change (raw, unequal)", "natural", CHANGE, _by_raw_unequal, "Bonett", LARGE, BOTH
    ),
    "SMCRP": Formula(
        "standardised mean change (pooled)", "natural", CHANGE, _by_pooled, "y = J (m1 - m2)/sp", ("LS",), BOTH
    ),
    "SMCRPH": Formula(
        "standardised mean change (pooled, unequal)", "natural", CHANGE, _by_pooled_unequal, "Bonett", LARGE, BOTH
    ),
    "ROMC": Formula("ratio of means (change)", "log", CHANGE, _ratio_of_means, "y = ln(m1/m2)", LARGE, ONE),
    "VRC": Formula("ratio of standard deviations (change)", "log", SPREADS, _ratio_of_sds, "y = ln(s1/s2)", LARGE, ONE),
    "CVRC": Formula(
        "ratio of variation (change)", "log", CHANGE, _ratio_of_variation, "y = lnVRC - lnROMC", LARGE, ONE
    ),
    "CLESCN": Formula(
        "probability of superiority (change)", "natural", CHANGE, _superiority, "y = Phi(...)", warnings=ONE
    ),
}
