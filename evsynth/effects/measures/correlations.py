"""Correlations, shares of explained variance, and reliability coefficients.

COR     r, or from t or an exact p            (1 - r^2)^2/(n - 1); AV with the mean r; H0b: 1/n
UCOR    Olkin-Pratt's unbiased r              the same with it; UB unbiased    doi 10.1214/aoms/1177706717
ZCOR    atanh r                               1/(n - 3)                        Fisher 1921
R2      the share of explained variance       4 R2 (1 - R2)^2/n                Olkin & Finn 1995
ZR2     atanh sqrt R2                         1/n
ARAW    Cronbach's alpha of m items           2m (1 - a)^2/((m - 1)(n - 2))    van Zyl 2000, doi 10.1007/BF02296146
AHW     1 - (1 - a)^(1/3)                     18m(n - 1)(1 - a)^(2/3)/((m - 1)(9n - 11)^2)   Hakstian & Whalen 1976
ABT     -ln(1 - a)                            2m/((m - 1)(n - 2))              Bonett 2002
"""

from __future__ import annotations

import numpy as np
from scipy.stats import t

from evsynth.effects.measures.columns import Data, FloatArray, demand, demand_counts
from evsynth.effects.measures.formula import Family, Formula, Pair
from evsynth.effects.measures.hedges import unbiased_correlation, unbiased_share_left


def _prepare(data: Data) -> Data:
    demand_counts(data, ("ni",), least=5)
    n = data["ni"]
    if "ti" in data:
        r = data["ti"] / np.sqrt(data["ti"] ** 2 + n - 2)
    elif "pi" in data:
        demand({"pi": data["pi"]}, lambda p: (np.abs(p) > 0) & (np.abs(p) <= 1), "must be a p-value, signed as r")
        statistic = np.sign(data["pi"]) * t.isf(np.abs(data["pi"]) / 2, n - 2)
        r = statistic / np.sqrt(statistic**2 + n - 2)
    else:
        demand({"ri": data["ri"]}, lambda r: np.abs(r) <= 1, "must lie in [-1, 1]")
        r = data["ri"]
    return {"ri": np.asarray(r), "ni": n}


def _prepare_shares(data: Data) -> Data:
    demand_counts(data, ("mi",), least=1)
    demand_counts(data, ("ni",), least=3)
    demand({"r2i": data["r2i"]}, lambda share: (share >= 0) & (share < 1), "must lie in [0, 1)")
    return data


def _prepare_alpha(data: Data) -> Data:
    demand_counts(data, ("mi",), least=2)
    demand_counts(data, ("ni",), least=3)
    demand({"ai": data["ai"]}, lambda alpha: alpha < 1, "must be below 1")
    return data


CORRELATION = Family((("ri", "ni"), ("ti", "ni"), ("pi", "ni")), _prepare)
SHARE = Family((("r2i", "mi", "ni"),), _prepare_shares)
ALPHA = Family((("ai", "mi", "ni"),), _prepare_alpha)


def _mean(values: FloatArray, n: FloatArray) -> FloatArray:
    return np.full_like(values, (n * values).sum() / n.sum())


def _raw(data: Data, vtype: str, _: bool) -> Pair:
    r, n = data["ri"], data["ni"]
    if vtype == "H0b":
        return r, 1 / n
    centre = _mean(r, n) if vtype == "AV" else r
    return r, (1 - centre**2) ** 2 / (n - 1)


def _unbiased(data: Data, vtype: str, _: bool) -> Pair:
    r, n = data["ri"], data["ni"]
    y = unbiased_correlation(r, n)
    if vtype == "UB":
        square = 1 - (n - 3) / (n - 2) * unbiased_share_left(r, n)
        return y, y * y - square
    centre = _mean(y, n) if vtype == "AV" else y
    return y, (1 - centre**2) ** 2 / (n - 1)


def _fisher(data: Data, _: str, __: bool) -> Pair:
    return np.arctanh(data["ri"]), 1 / (data["ni"] - 3)


def _share(data: Data, _: str, __: bool) -> Pair:
    share = data["r2i"]
    return share, 4 * share * (1 - share) ** 2 / data["ni"]


def _fisher_share(data: Data, _: str, __: bool) -> Pair:
    return np.arctanh(np.sqrt(data["r2i"])), 1 / data["ni"]


def _alpha(data: Data, _: str, __: bool) -> Pair:
    m, n = data["mi"], data["ni"]
    return data["ai"], 2 * m * (1 - data["ai"]) ** 2 / ((m - 1) * (n - 2))


def _hakstian(data: Data, _: str, __: bool) -> Pair:
    m, n, root = data["mi"], data["ni"], np.cbrt(1 - data["ai"])
    return 1 - root, 18 * m * (n - 1) * root**2 / ((m - 1) * (9 * n - 11) ** 2)


def _bonett(data: Data, _: str, __: bool) -> Pair:
    m, n = data["mi"], data["ni"]
    return -np.log(1 - data["ai"]), 2 * m / ((m - 1) * (n - 2))


FORMULAS: dict[str, Formula] = {
    "COR": Formula("correlation", "natural", CORRELATION, _raw, "y = r; v = (1 - r^2)^2/(n - 1)", ("LS", "AV", "H0b")),
    "UCOR": Formula("correlation (unbiased)", "natural", CORRELATION, _unbiased, "y = G(r)", ("LS", "UB", "AV")),
    "ZCOR": Formula("correlation (Fisher z)", "Fisher z", CORRELATION, _fisher, "y = atanh r; v = 1/(n - 3)"),
    "R2": Formula("explained variance", "natural", SHARE, _share, "y = R2; v = 4 R2 (1 - R2)^2/n"),
    "ZR2": Formula(
        "explained variance (Fisher z)", "Fisher z of root", SHARE, _fisher_share, "y = atanh sqrt R2; v = 1/n"
    ),
    "ARAW": Formula("Cronbach's alpha", "natural", ALPHA, _alpha, "y = alpha"),
    "AHW": Formula("Cronbach's alpha (Hakstian-Whalen)", "Hakstian", ALPHA, _hakstian, "y = 1 - (1 - alpha)^(1/3)"),
    "ABT": Formula("Cronbach's alpha (Bonett)", "Bonett", ALPHA, _bonett, "y = -ln(1 - alpha)"),
}
