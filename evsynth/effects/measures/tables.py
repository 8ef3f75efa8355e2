"""Measures of two independent groups counted in a 2x2 table: RR, OR, RD, AS, PETO, and the coefficients of a table.

With ``n1 = a + b``, ``n2 = c + d``, ``p1 = a/n1``, ``p2 = c/n2``; positive means more events in group 1.

    RR     ln p1/p2                      1/a - 1/n1 + 1/c - 1/n2                 Katz 1978, doi 10.2307/2530610
    OR     ln ad/(bc)                    1/a + 1/b + 1/c + 1/d                   Woolf 1955
    RD     p1 - p2                       p1(1 - p1)/n1 + p2(1 - p2)/n2
    AS     asin sqrt p1 - asin sqrt p2   1/(4 n1) + 1/(4 n2)                     Ruecker 2009, doi 10.1002/sim.3511
    PETO   (a - E)/V                     1/V, V hypergeometric                   Yusuf 1985
    PHI    the correlation of a table    vtype CS: both margins random; ST: group sizes fixed (delta method)
    PBIT   probit p1 - probit p2         2 pi sum p(1 - p) exp(z^2)/n            Sanchez-Meca 2003
    OR2D   lnOR sqrt3/pi (OR2DL), lnOR/1.65 (OR2DN)                              Chinn 2000, Cox & Snell 1989
    YUQ    (ad - bc)/(ad + bc)           YUY: with square roots                  Yule 1912, Bonett 2007

``vtype``: LS large sample; UB unbiased (RD); AV with the study-size-weighted mean of each group's p in place of
p1 and p2; H0 with the common p of each study.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from evsynth.effects.measures.columns import Data, FloatArray, demand_at_most, demand_counts
from evsynth.effects.measures.formula import Family, Formula, Pair
from evsynth.effects.measures.tetrachoric import tetrachoric

PROBIT_SD = 1.65
"""Cox & Snell: the logistic distribution is close to a normal one with standard deviation 1.65."""


def _prepare(data: Data) -> Data:
    if "n1i" in data:
        demand_counts(data, ("ai", "n1i", "ci", "n2i"))
        demand_at_most(data, "ai", "n1i")
        demand_at_most(data, "ci", "n2i")
        data = {**data, "bi": data["n1i"] - data["ai"], "di": data["n2i"] - data["ci"]}
    demand_counts(data, ("ai", "bi", "ci", "di"))
    n1, n2 = data["ai"] + data["bi"], data["ci"] + data["di"]
    cells = {name: data[name] for name in ("ai", "bi", "ci", "di")}
    return {**cells, "ni": n1 + n2, "empty": ((n1 == 0) | (n2 == 0)).astype(np.float64)}


def _complete(data: Data) -> Data:
    a, b, c, d = (data[name] for name in ("ai", "bi", "ci", "di"))
    return {**data, "n1": a + b, "n2": c + d, "p1": a / (a + b), "p2": c / (c + d)}


TABLES = Family(
    inputs=(("ai", "bi", "ci", "di"), ("ai", "n1i", "ci", "n2i")),
    prepare=_prepare,
    cells=("ai", "bi", "ci", "di"),
    groups=(("ai", "ci"), ("bi", "di")),
    complete=_complete,
)


def _probabilities(data: Data, vtype: str) -> tuple[FloatArray, FloatArray]:
    n1, n2, p1, p2 = data["n1"], data["n2"], data["p1"], data["p2"]
    if vtype == "AV":
        return np.full_like(p1, data["ai"].sum() / n1.sum()), np.full_like(p2, data["ci"].sum() / n2.sum())
    if vtype == "H0":
        common = (data["ai"] + data["ci"]) / (n1 + n2)
        return common, common
    return p1, p2


def _risk_ratio(data: Data, vtype: str, _: bool) -> Pair:
    p1, p2 = _probabilities(data, vtype)
    v = (1 - p1) / (data["n1"] * p1) + (1 - p2) / (data["n2"] * p2)
    if vtype == "LS":
        v = 1 / data["ai"] - 1 / data["n1"] + 1 / data["ci"] - 1 / data["n2"]
    return np.log(data["p1"]) - np.log(data["p2"]), v


def _odds_ratio(data: Data, vtype: str, _: bool) -> Pair:
    a, b, c, d = (data[name] for name in ("ai", "bi", "ci", "di"))
    p1, p2 = _probabilities(data, vtype)
    v = 1 / (data["n1"] * p1 * (1 - p1)) + 1 / (data["n2"] * p2 * (1 - p2))
    if vtype == "LS":
        v = 1 / a + 1 / b + 1 / c + 1 / d
    return np.log(a) - np.log(b) - np.log(c) + np.log(d), v


def _risk_difference(data: Data, vtype: str, _: bool) -> Pair:
    p1, p2 = _probabilities(data, vtype)
    less = 1 if vtype == "UB" else 0
    v = p1 * (1 - p1) / (data["n1"] - less) + p2 * (1 - p2) / (data["n2"] - less)
    return data["p1"] - data["p2"], v


def _arcsine(data: Data, _: str, __: bool) -> Pair:
    y = np.arcsin(np.sqrt(data["p1"])) - np.arcsin(np.sqrt(data["p2"]))
    return y, 1 / (4 * data["n1"]) + 1 / (4 * data["n2"])


def _peto(data: Data, _: str, __: bool) -> Pair:
    n1, n2 = data["n1"], data["n2"]
    n, events = n1 + n2, data["ai"] + data["ci"]
    v = events * (n - events) * (n1 / n) * (n2 / n) / (n - 1)
    return (data["ai"] - events * n1 / n) / v, 1 / v


def _phi(data: Data, vtype: str, _: bool) -> Pair:
    a, b, c, d, n1, n2 = (data[name] for name in ("ai", "bi", "ci", "di", "n1", "n2"))
    n, x, z = n1 + n2, a + c, b + d
    y = (a * d - b * c) / np.sqrt(n1 * n2 * x * z)
    r1, r2, k1, k2 = n1 / n, n2 / n, x / n, z / n
    if vtype == "ST":
        root, spread = np.sqrt(r1 * r2), k1 * k2
        share = 0.5 * (data["p1"] - data["p2"]) * root * spread**-1.5 * (k2 - k1)
        by_1, by_2 = root / np.sqrt(spread) - share * r1, -root / np.sqrt(spread) - share * r2
        v = by_1**2 * data["p1"] * (1 - data["p1"]) / n1 + by_2**2 * data["p2"] * (1 - data["p2"]) / n2
        return y, v
    skew = y * (1 + y * y / 2) * (r1 - r2) * (k1 - k2) / np.sqrt(r1 * r2 * k1 * k2)
    margins = (r1 - r2) ** 2 / (r1 * r2) + (k1 - k2) ** 2 / (k1 * k2)
    return y, (1 - y * y + skew - 0.75 * y * y * margins) / n


def _fisher_phi(data: Data, vtype: str, correct: bool) -> Pair:
    y, v = _phi(data, vtype, correct)
    return np.arctanh(y), v / (1 - y * y) ** 2


def _yule(data: Data, power: float) -> Pair:
    a, b, c, d = (data[name] for name in ("ai", "bi", "ci", "di"))
    one, two = (a * d) ** power, (b * c) ** power
    y = (one - two) / (one + two)
    return y, (power / 2) ** 2 * (1 - y * y) ** 2 * (1 / a + 1 / b + 1 / c + 1 / d)


def _probit(data: Data, _: str, __: bool) -> Pair:
    z1, z2 = ndtri(data["p1"]), ndtri(data["p2"])
    one = data["p1"] * (1 - data["p1"]) * np.exp(z1 * z1) / data["n1"]
    two = data["p2"] * (1 - data["p2"]) * np.exp(z2 * z2) / data["n2"]
    return z1 - z2, 2 * np.pi * (one + two)


def _scaled_odds_ratio(data: Data, factor: float) -> Pair:
    y, v = _odds_ratio(data, "LS", True)
    return factor * y, factor * factor * v


def _tetrachoric(data: Data, _: str, __: bool) -> Pair:
    found = [tetrachoric(*cells) for cells in zip(*(data[name] for name in ("ai", "bi", "ci", "di")), strict=True)]
    return np.array([y for y, _ in found]), np.array([v for _, v in found])


ALL = ("LS", "AV", "H0")
FORMULAS: dict[str, Formula] = {
    "RR": Formula("risk ratio", "log", TABLES, _risk_ratio, "y = ln(p1/p2); v = 1/a - 1/n1 + 1/c - 1/n2", ALL),
    "OR": Formula("odds ratio", "log", TABLES, _odds_ratio, "y = ln(ad/(bc)); v = 1/a + 1/b + 1/c + 1/d", ALL),
    "RD": Formula(
        "risk difference",
        "natural",
        TABLES,
        _risk_difference,
        "y = p1 - p2; v = sum p(1 - p)/n",
        ("LS", "UB", "AV", "H0"),
    ),
    "AS": Formula(
        "arcsine difference", "natural", TABLES, _arcsine, "y = asin sqrt p1 - asin sqrt p2; v = 1/(4 n1) + 1/(4 n2)"
    ),
    "PETO": Formula("odds ratio (Peto)", "log", TABLES, _peto, "y = (a - E)/V; v = 1/V"),
    "PHI": Formula("phi coefficient", "natural", TABLES, _phi, "y = phi; v by Yule (CS) or delta (ST)", ("CS", "ST")),
    "ZPHI": Formula(
        "phi coefficient (Fisher z)",
        "Fisher z",
        TABLES,
        _fisher_phi,
        "y = atanh phi; v = v_phi/(1 - phi^2)^2",
        ("CS", "ST"),
    ),
    "YUQ": Formula("Yule's Q", "natural", TABLES, lambda d, _, __: _yule(d, 1.0), "y = (ad - bc)/(ad + bc)"),
    "YUY": Formula("Yule's Y", "natural", TABLES, lambda d, _, __: _yule(d, 0.5), "y = Q of the square roots"),
    "PBIT": Formula("probit difference", "natural", TABLES, _probit, "y = probit p1 - probit p2"),
    "OR2D": Formula(
        "standardised difference from an odds ratio",
        "natural",
        TABLES,
        lambda d, _, __: _scaled_odds_ratio(d, np.sqrt(3) / np.pi),
        "y = lnOR sqrt3/pi",
    ),
    "OR2DL": Formula(
        "standardised difference from an odds ratio",
        "natural",
        TABLES,
        lambda d, _, __: _scaled_odds_ratio(d, np.sqrt(3) / np.pi),
        "y = lnOR sqrt3/pi",
    ),
    "OR2DN": Formula(
        "standardised difference from an odds ratio (normal)",
        "natural",
        TABLES,
        lambda d, _, __: _scaled_odds_ratio(d, 1 / PROBIT_SD),
        "y = lnOR/1.65",
    ),
    "RTET": Formula("tetrachoric correlation", "natural", TABLES, _tetrachoric, "y = r_tet; v by the delta method"),
}
