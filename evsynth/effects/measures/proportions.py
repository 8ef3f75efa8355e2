"""Proportions of one group and rates of one group, on every scale in use.

    PR     p                       p(1 - p)/n; UB over n - 1; AV with the mean p
    PLN    ln p                    1/x - 1/n
    PLO    logit p                 1/x + 1/(n - x)
    PRZ    probit p                2 pi p(1 - p) exp(z^2)/n
    PAS    asin sqrt p             1/(4n)
    PFT    mean of asin sqrt(x/(n + 1)) and asin sqrt((x + 1)/(n + 1))     1/(4n + 2)    Freeman & Tukey 1950
    IR     x/t                     x/t^2
    IRLN   ln x/t                  1/x
    IRS    sqrt x/t                1/(4t)
    IRFT   mean of sqrt(x/t) and sqrt((x + 1)/t)                            1/(4t)

Freeman & Tukey, doi 10.1214/aoms/1177729756. Their double arcsine cannot be brought back without an arbitrary
n (Schwarzer 2019, doi 10.1002/jrsm.1348): the result carries ``FREEMAN_TUKEY_ARBITRARY_N``.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from evsynth.effects.measures.columns import Data, FloatArray, demand_at_most, demand_counts, demand_positive
from evsynth.effects.measures.formula import Family, Formula, Pair

FREEMAN_TUKEY = (
    "FREEMAN_TUKEY_ARBITRARY_N: its back-transformation needs an arbitrary sample size or time; "
    "only to reproduce others, use a binomial or Poisson model instead"
)


def _prepare(data: Data) -> Data:
    if "mi" in data:
        demand_counts(data, ("xi", "mi"))
        data = {"xi": data["xi"], "ni": data["xi"] + data["mi"]}
    demand_counts(data, ("xi", "ni"))
    demand_positive(data, ("ni",))
    demand_at_most(data, "xi", "ni")
    return {"xi": data["xi"], "rest": data["ni"] - data["xi"], "ni": data["ni"]}


def _complete(data: Data) -> Data:
    n = data["xi"] + data["rest"]
    return {**data, "n": n, "p": data["xi"] / n}


def _rates(data: Data) -> Data:
    demand_counts(data, ("xi",))
    demand_positive(data, ("ti",))
    return data


ONE_GROUP = Family((("xi", "ni"), ("xi", "mi")), _prepare, cells=("xi", "rest"), complete=_complete)
ONE_RATE = Family((("xi", "ti"),), _rates, cells=("xi",))


def _average(data: Data, vtype: str) -> FloatArray:
    return np.full_like(data["p"], data["xi"].sum() / data["n"].sum()) if vtype == "AV" else data["p"]


def _raw(data: Data, vtype: str, _: bool) -> Pair:
    p = _average(data, vtype)
    return data["p"], p * (1 - p) / (data["n"] - (1 if vtype == "UB" else 0))


def _log(data: Data, vtype: str, _: bool) -> Pair:
    p = _average(data, vtype)
    return np.log(data["p"]), 1 / data["xi"] - 1 / data["n"] if vtype == "LS" else (1 - p) / (p * data["n"])


def _logit(data: Data, vtype: str, _: bool) -> Pair:
    p = _average(data, vtype)
    v = 1 / data["xi"] + 1 / data["rest"] if vtype == "LS" else 1 / (data["n"] * p * (1 - p))
    return np.log(data["xi"]) - np.log(data["rest"]), v


def _probit(data: Data, _: str, __: bool) -> Pair:
    p, z = data["p"], ndtri(data["p"])
    return z, 2 * np.pi * p * (1 - p) * np.exp(z * z) / data["n"]


def _arcsine(data: Data, _: str, __: bool) -> Pair:
    return np.arcsin(np.sqrt(data["p"])), 1 / (4 * data["n"])


def _double_arcsine(data: Data, _: str, __: bool) -> Pair:
    x, n = data["xi"], data["n"]
    y = 0.5 * (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1))))
    return y, 1 / (4 * n + 2)


def _double_root(data: Data, _: str, __: bool) -> Pair:
    x, t = data["xi"], data["ti"]
    return 0.5 * (np.sqrt(x / t) + np.sqrt((x + 1) / t)), 1 / (4 * t)


FORMULAS: dict[str, Formula] = {
    "PR": Formula("proportion", "natural", ONE_GROUP, _raw, "y = x/n; v = p(1 - p)/n", ("LS", "UB", "AV")),
    "PLN": Formula("proportion (log)", "log", ONE_GROUP, _log, "y = ln p; v = 1/x - 1/n", ("LS", "AV")),
    "PLO": Formula("proportion (logit)", "logit", ONE_GROUP, _logit, "y = logit p; v = 1/x + 1/(n - x)", ("LS", "AV")),
    "PRZ": Formula("proportion (probit)", "probit", ONE_GROUP, _probit, "y = probit p"),
    "PAS": Formula("proportion (arcsine)", "arcsine", ONE_GROUP, _arcsine, "y = asin sqrt p; v = 1/(4n)"),
    "PFT": Formula(
        "proportion (Freeman-Tukey)",
        "double arcsine",
        ONE_GROUP,
        _double_arcsine,
        "v = 1/(4n + 2)",
        warnings=(FREEMAN_TUKEY,),
    ),
    "IR": Formula(
        "rate", "natural", ONE_RATE, lambda d, _, __: (d["xi"] / d["ti"], d["xi"] / d["ti"] ** 2), "y = x/t; v = x/t^2"
    ),
    "IRLN": Formula(
        "rate (log)", "log", ONE_RATE, lambda d, _, __: (np.log(d["xi"] / d["ti"]), 1 / d["xi"]), "y = ln(x/t); v = 1/x"
    ),
    "IRS": Formula(
        "rate (square root)",
        "square root",
        ONE_RATE,
        lambda d, _, __: (np.sqrt(d["xi"] / d["ti"]), 1 / (4 * d["ti"])),
        "y = sqrt(x/t); v = 1/(4t)",
    ),
    "IRFT": Formula(
        "rate (Freeman-Tukey)", "double root", ONE_RATE, _double_root, "v = 1/(4t)", warnings=(FREEMAN_TUKEY,)
    ),
}
