"""Measures of two independent groups of measurements: MD, SMD and its kin, ROM, ratios of variation.

``sp`` is the pooled standard deviation, ``N = n1 + n2``, ``m = N - 2``, ``d = (m1 - m2)/sp``, ``g = J(m) d``.

    MD      m1 - m2            s1^2/n1 + s2^2/n2; HO: sp^2 (1/n1 + 1/n2)
    SMD     g                  LS 1/n1 + 1/n2 + g^2/(2N); LS2 J^2 (1/n1 + 1/n2 + d^2/(2N)); AV with the mean g;
                               UB 1/n1 + 1/n2 + (1 - (m - 2)/(m J^2)) g^2; H0 J^2 m/(m - 2) (1/n1 + 1/n2)
    SMDH    over sqrt((s1^2 + s2^2)/2), unequal variances             Bonett 2009, doi 10.1037/a0014270
    SMD1    over s2; SMD1H: the same, unequal variances               Glass 1976; Bonett 2009
    ROM     ln m1/m2           second-order bias correction      Hedges 1999; Lajeunesse 2015, doi 10.1890/14-2402.1
    VR, CVR ln s1/s2, ln of the ratio of s/m                          Nakagawa 2015, doi 10.1111/2041-210X.12309
    CLESN   Phi((m1 - m2)/sqrt(s1^2 + s2^2))                       McGraw & Wong 1992, doi 10.1037/0033-2909.111.2.361
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr
from scipy.stats import norm, t

from evsynth.effects.measures.columns import Data, FloatArray, demand, demand_counts, demand_positive
from evsynth.effects.measures.formula import Family, Formula, Pair
from evsynth.effects.measures.hedges import correction

MOMENTS = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")
FROM_TEST = tuple((statistic, "n1i", "n2i") for statistic in ("ti", "di", "pi", "fi"))


def _prepare(data: Data) -> Data:
    demand_counts(data, ("n1i", "n2i"), least=2)
    if "m1i" in data:
        demand_positive(data, ("sd1i", "sd2i"))
    return {**data, "ni": data["n1i"] + data["n2i"]}


GROUPS = Family((MOMENTS,), _prepare)
STANDARDISED = Family((MOMENTS, *FROM_TEST), _prepare)


def _pooled_variance(data: Data) -> FloatArray:
    n1, n2 = data["n1i"], data["n2i"]
    return np.asarray(((n1 - 1) * data["sd1i"] ** 2 + (n2 - 1) * data["sd2i"] ** 2) / (n1 + n2 - 2))


def standardised(data: Data) -> FloatArray:
    """Return Cohen's d from means, or from d itself, t, F (with the sign of the effect), or an exact two-sided p."""
    if "m1i" in data:
        return np.asarray((data["m1i"] - data["m2i"]) / np.sqrt(_pooled_variance(data)))
    if "di" in data:
        return data["di"]
    if "ti" in data:
        statistic = data["ti"]
    elif "fi" in data:
        statistic = np.sign(data["fi"]) * np.sqrt(np.abs(data["fi"]))
    else:
        demand(
            {"pi": data["pi"]}, lambda p: (np.abs(p) > 0) & (np.abs(p) <= 1), "must be a p-value, signed as the effect"
        )
        statistic = np.sign(data["pi"]) * t.isf(np.abs(data["pi"]) / 2, data["n1i"] + data["n2i"] - 2)
    return np.asarray(statistic * np.sqrt(1 / data["n1i"] + 1 / data["n2i"]))


def _mean_difference(data: Data, vtype: str, _: bool) -> Pair:
    n1, n2 = data["n1i"], data["n2i"]
    if vtype == "HO":
        return data["m1i"] - data["m2i"], _pooled_variance(data) * (1 / n1 + 1 / n2)
    return data["m1i"] - data["m2i"], data["sd1i"] ** 2 / n1 + data["sd2i"] ** 2 / n2


def _smd(data: Data, vtype: str, correct: bool) -> Pair:
    n1, n2 = data["n1i"], data["n2i"]
    n, m, each, d = n1 + n2, n1 + n2 - 2, 1 / n1 + 1 / n2, standardised(data)
    j = correction(m) if correct else np.ones_like(d)
    g = j * d
    if vtype == "LS2":
        return g, j * j * (each + d * d / (2 * n))
    if vtype == "UB":
        return g, each + (1 - (m - 2) / (m * correction(m) ** 2)) * g * g
    if vtype == "H0":
        return g, j * j * m / (m - 2) * each
    centre = np.full_like(g, (n * g).sum() / n.sum()) if vtype == "AV" else g
    return g, each + centre * centre / (2 * n)


def _smdh(data: Data, vtype: str, correct: bool) -> Pair:
    n1, n2, s1, s2 = data["n1i"], data["n2i"], data["sd1i"] ** 2, data["sd2i"] ** 2
    spread = (s1 + s2) / 2
    d = (data["m1i"] - data["m2i"]) / np.sqrt(spread)
    g = correction(n1 + n2 - 2) * d if correct else d
    f1, f2 = (n1, n2) if vtype == "LS2" else (n1 - 1, n2 - 1)
    e1, e2 = (n1 - 1, n2 - 1) if vtype == "LS" else (n1, n2)
    means = s1 / (spread * e1) + s2 / (spread * e2)
    return g, means + g * g * (s1**2 / f1 + s2**2 / f2) / (8 * spread**2)


def _smd1(data: Data, vtype: str, correct: bool) -> Pair:
    n1, n2 = data["n1i"], data["n2i"]
    d, m, each = (data["m1i"] - data["m2i"]) / data["sd2i"], n2 - 1, 1 / n1 + 1 / n2
    j = correction(m) if correct else np.ones_like(d)
    g = j * d
    if vtype == "LS2":
        return g, j * j * (each + d * d / (2 * n2))
    if vtype == "UB":
        return g, each + (1 - (m - 2) / (m * correction(m) ** 2)) * g * g
    return g, each + g * g / (2 * n2)


def _smd1h(data: Data, _: str, correct: bool) -> Pair:
    n1, n2, ratio = data["n1i"], data["n2i"], (data["sd1i"] / data["sd2i"]) ** 2
    d = (data["m1i"] - data["m2i"]) / data["sd2i"]
    g = correction(n2 - 1) * d if correct else d
    return g, ratio / (n1 - 1) + 1 / (n2 - 1) + g * g / (2 * (n2 - 1))


def _variation(data: Data) -> tuple[FloatArray, FloatArray]:
    return data["sd1i"] / data["m1i"], data["sd2i"] / data["m2i"]


def _ratio_of_means(data: Data, vtype: str, correct: bool) -> Pair:
    n1, n2 = data["n1i"], data["n2i"]
    k1, k2 = _variation(data)
    c1, c2 = k1 * k1 / n1, k2 * k2 / n2
    y = np.log(data["m1i"] / data["m2i"]) + (0.5 * (c1 - c2) if correct else 0.0)
    if vtype == "HO":
        pooled = _pooled_variance(data)
        return y, pooled / (n1 * data["m1i"] ** 2) + pooled / (n2 * data["m2i"] ** 2)
    if vtype == "AV":
        return y, ((n1 * k1).sum() / n1.sum()) ** 2 / n1 + ((n2 * k2).sum() / n2.sum()) ** 2 / n2
    if vtype == "AVHO":
        return y, ((n1 * k1 + n2 * k2).sum() / (n1 + n2).sum()) ** 2 * (1 / n1 + 1 / n2)
    return y, c1 + c2 + (0.5 * (c1 * c1 + c2 * c2) if vtype == "LS2" else 0.0)


def _ratio_of_sds(data: Data, vtype: str, correct: bool) -> Pair:
    f1, f2 = data["n1i"] - 1, data["n2i"] - 1
    y = np.log(data["sd1i"] / data["sd2i"]) + (1 / (2 * f1) - 1 / (2 * f2) if correct else 0.0)
    if vtype == "LS2":
        return y, data["n1i"] / (2 * f1**2) + data["n2i"] / (2 * f2**2)
    return y, 1 / (2 * f1) + 1 / (2 * f2)


def _ratio_of_variation(data: Data, vtype: str, correct: bool) -> Pair:
    spread, level = _ratio_of_sds(data, vtype, correct), _ratio_of_means(data, vtype, correct)
    positive = (data["m1i"] > 0) & (data["m2i"] > 0)  # a coefficient of variation needs a ratio scale
    return np.where(positive, spread[0] - level[0], np.nan), spread[1] + level[1]


def _superiority_normal(data: Data, _: str, __: bool) -> Pair:
    s1, s2 = data["sd1i"] ** 2, data["sd2i"] ** 2
    both, f1, f2 = s1 + s2, data["n1i"] - 1, data["n2i"] - 1
    z = (data["m1i"] - data["m2i"]) / np.sqrt(both)
    v = (s1 / f1 + s2 / f2) / both + z * z * (s1**2 / f1 + s2**2 / f2) / (2 * both**2)
    return ndtr(z), norm.pdf(z) ** 2 * v


LARGE = ("LS", "LS2")
FORMULAS: dict[str, Formula] = {
    "MD": Formula(
        "mean difference", "natural", GROUPS, _mean_difference, "y = m1 - m2; v = s1^2/n1 + s2^2/n2", ("LS", "UB", "HO")
    ),
    "SMD": Formula(
        "standardised mean difference (Hedges)",
        "natural",
        STANDARDISED,
        _smd,
        "y = J d; v = 1/n1 + 1/n2 + g^2/(2N)",
        ("LS", "LS2", "UB", "AV", "H0"),
    ),
    "SMDH": Formula(
        "standardised mean difference (unequal variances)",
        "natural",
        GROUPS,
        _smdh,
        "v by Bonett 2009",
        ("LS", "LS2", "LS3"),
    ),
    "SMD1": Formula(
        "standardised mean difference (Glass)", "natural", GROUPS, _smd1, "y = J (m1 - m2)/s2", ("LS", "LS2", "UB")
    ),
    "SMD1H": Formula(
        "standardised mean difference (Glass, unequal variances)", "natural", GROUPS, _smd1h, "v by Bonett 2009"
    ),
    "ROM": Formula(
        "ratio of means",
        "log",
        GROUPS,
        _ratio_of_means,
        "y = ln(m1/m2), bias-corrected; v = sum s^2/(n m^2)",
        ("LS", "LS2", "HO", "AV", "AVHO"),
    ),
    "VR": Formula("ratio of standard deviations", "log", GROUPS, _ratio_of_sds, "y = ln(s1/s2), bias-corrected", LARGE),
    "CVR": Formula("ratio of coefficients of variation", "log", GROUPS, _ratio_of_variation, "y = lnVR - lnROM", LARGE),
    "CLESN": Formula("probability of superiority (normal)", "natural", GROUPS, _superiority_normal, "y = Phi(...)"),
}
