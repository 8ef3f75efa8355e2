"""Measures that lead between two groups of measurements and one dichotomised variable.

With ``d`` of ``means``, ``h = (N - 2)(1/n1 + 1/n2)``, ``p = n1/N``, ``q = n2/N``, ``f`` the normal density at p:

    D2OR    d pi/sqrt3 (D2ORL), 1.65 d (D2ORN)                        Chinn 2000, Cox & Snell 1989
    RPB     d/sqrt(d^2 + h): point-biserial; ZPB its Fisher z         Tate 1954 (CS), Das Gupta 1960 (ST)
    RBIS    sqrt(pq)/f r_pb: biserial; ZBIS its Fisher z              Soper 1914; Jacobs & Viechtbauer 2017
    CLES    P(Y1 > Y2), given                                         Hanley & McNeil 1982; Newcombe 2006

Conversions are for sensitivity analyses: they assume what they convert to.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri
from scipy.stats import norm

from evsynth.effects.measures.columns import Data, demand, demand_counts
from evsynth.effects.measures.formula import Family, Formula, Pair
from evsynth.effects.measures.means import STANDARDISED, standardised
from evsynth.effects.measures.tables import PROBIT_SD


def _prepare_auc(data: Data) -> Data:
    demand_counts(data, ("n1i", "n2i"), least=2)
    demand({"ai": data["ai"]}, lambda value: (value >= 0) & (value <= 1), "must lie in [0, 1]")
    return {**data, "ni": data["n1i"] + data["n2i"]}


SUPERIORITY = Family((("ai", "n1i", "n2i"),), _prepare_auc)


def _superiority(data: Data, vtype: str, _: bool) -> Pair:
    p, n1, n2 = data["ai"], data["n1i"], data["n2i"]
    ties_1, ties_2 = p / (2 - p), 2 * p * p / (1 + p)
    if vtype == "LS2":
        v = p * (1 - p) + (n1 - 1) * (ties_1 - p * p) + (n2 - 1) * (ties_2 - p * p)
        return p, v / ((n1 - 1) * (n2 - 1))
    if vtype == "H0":
        return p, (n1 + n2 + 1) / (12 * n1 * n2)
    if vtype == "MAX":
        return p, p * (1 - p) / (np.minimum(n1, n2) - 1)
    extra = ((n1 + n2) / 2 - 1) * ((1 - p) / (2 - p) + p / (1 + p))
    return p, p * (1 - p) * (1 + extra) / ((n1 - 1) * (n2 - 1))


def _to_odds_ratio(data: Data, factor: float) -> Pair:
    d, n1, n2 = standardised(data), data["n1i"], data["n2i"]
    return factor * d, factor**2 * (1 / n1 + 1 / n2 + d * d / (2 * (n1 + n2)))


def _point_biserial(data: Data, vtype: str, _: bool) -> Pair:
    d, n1, n2 = standardised(data), data["n1i"], data["n2i"]
    n, h = n1 + n2, (n1 + n2 - 2) * (1 / n1 + 1 / n2)
    r = d / np.sqrt(d * d + h)
    if vtype == "CS":
        return r, (1 - r * r) ** 2 / n * (1 - 1.5 * r * r + r * r * n * n / (4 * n1 * n2))
    return r, h * h / (h + d * d) ** 3 * (1 / n1 + 1 / n2 + d * d / (2 * n))


def _biserial(data: Data, _: str, correct: bool) -> Pair:
    r, n1, n2 = _point_biserial(data, "ST", correct)[0], data["n1i"], data["n2i"]
    n = n1 + n2
    p, q = n1 / n, n2 / n
    z = ndtri(p)
    height = norm.pdf(z)
    y = np.sqrt(p * q) / height * r
    inside = np.clip(y, -1.0, 1.0)  # estimates beyond 1 occur; the variance is then the one at 1
    v = p * q / height**2 - (1.5 + (1 + p * z / height) * (1 - q * z / height)) * inside**2 + inside**4
    return y, v / (n - 1)


def _fisher(pair: Pair) -> Pair:
    return np.arctanh(pair[0]), pair[1] / (1 - pair[0] ** 2) ** 2


FORMULAS: dict[str, Formula] = {
    "CLES": Formula(
        "probability of superiority", "natural", SUPERIORITY, _superiority, "y = P", ("LS", "LS2", "H0", "MAX")
    ),
    "D2OR": Formula(
        "odds ratio from a standardised difference",
        "log",
        STANDARDISED,
        lambda d, _, __: _to_odds_ratio(d, np.pi / np.sqrt(3)),
        "y = d pi/sqrt3",
    ),
    "D2ORL": Formula(
        "odds ratio from a standardised difference",
        "log",
        STANDARDISED,
        lambda d, _, __: _to_odds_ratio(d, np.pi / np.sqrt(3)),
        "y = d pi/sqrt3",
    ),
    "D2ORN": Formula(
        "odds ratio from a standardised difference (normal)",
        "log",
        STANDARDISED,
        lambda d, _, __: _to_odds_ratio(d, PROBIT_SD),
        "y = 1.65 d",
    ),
    "RPB": Formula(
        "point-biserial correlation", "natural", STANDARDISED, _point_biserial, "y = d/sqrt(d^2 + h)", ("ST", "CS")
    ),
    "ZPB": Formula(
        "point-biserial correlation (Fisher z)",
        "Fisher z",
        STANDARDISED,
        lambda d, vtype, c: _fisher(_point_biserial(d, vtype, c)),
        "y = atanh r_pb",
        ("ST", "CS"),
    ),
    "RBIS": Formula("biserial correlation", "natural", STANDARDISED, _biserial, "y = sqrt(pq)/f r_pb; v by Soper"),
    "ZBIS": Formula(
        "biserial correlation (Fisher z)",
        "Fisher z",
        STANDARDISED,
        lambda d, vtype, c: _fisher(_biserial(d, vtype, c)),
        "y = atanh r_bis",
    ),
}
