"""Measures of matched pairs counted in a 2x2 table, and of genotype counts.

``a`` pairs had the event both times (or both members), ``b`` the first only, ``c`` the second only, ``d``
neither; ``N = a + b + c + d``.

    MPRR     ln (a + b)/(a + c)                (b + c)/((a + b)(a + c))
    MPRD     (b - c)/N                         (b/N (1 - b/N) + c/N (1 - c/N) + 2 bc/N^2)/N
    MPOR     ln of the ratio of marginal odds  variances of both logits less twice their covariance
    MPORC    ln b/c, conditional               1/b + 1/c
    MPPETO   2 (b - c)/(b + c)                 4/(b + c)
    REH      ln b/(2 sqrt(ac)), excess of heterozygotes   1/(4a) + 1/b + 1/(4c)   Ziegler 2011

Becker & Balagtas 1993, Biometrics 49, 997; Curtin 2002, doi 10.1002/sim.1205; Ziegler 2011, Breast Cancer Res Treat
128, 197.
"""

from __future__ import annotations

import numpy as np

from evsynth.effects.measures.columns import Data, demand_counts, demand_positive
from evsynth.effects.measures.formula import Family, Formula, Pair

_CELLS = ("ai", "bi", "ci", "di")


def _pairs(data: Data) -> Data:
    demand_counts(data, _CELLS)
    total = {"ni": sum((data[name] for name in _CELLS), np.zeros_like(data["ai"]))}
    demand_positive(total, ("ni",))
    return {**data, **total}


def _genotypes(data: Data) -> Data:
    demand_counts(data, _CELLS[:3])
    return {**data, "ni": data["ai"] + data["bi"] + data["ci"]}


PAIRS = Family((_CELLS,), _pairs, cells=_CELLS)
GENOTYPES = Family((_CELLS[:3],), _genotypes, cells=_CELLS[:3])


def _marginal_ratio(data: Data, _: str, __: bool) -> Pair:
    a, b, c = data["ai"], data["bi"], data["ci"]
    return np.log(a + b) - np.log(a + c), (b + c) / ((a + b) * (a + c))


def _marginal_difference(data: Data, _: str, __: bool) -> Pair:
    n = sum(data[name] for name in _CELLS)
    b, c = data["bi"] / n, data["ci"] / n
    return np.asarray(b - c), np.asarray((b * (1 - b) + c * (1 - c) + 2 * b * c) / n)


def _marginal_odds(data: Data, _: str, __: bool) -> Pair:
    a, b, c, d = (data[name] for name in _CELLS)
    n = a + b + c + d
    covariance = (a / n - (a + b) * (a + c) / n**2) * n**3 / ((a + b) * (c + d) * (a + c) * (b + d))
    v = 1 / (a + b) + 1 / (c + d) + 1 / (a + c) + 1 / (b + d) - 2 * covariance
    return np.log(a + b) - np.log(c + d) - np.log(a + c) + np.log(b + d), v


def _conditional_odds(data: Data, _: str, __: bool) -> Pair:
    return np.log(data["bi"]) - np.log(data["ci"]), 1 / data["bi"] + 1 / data["ci"]


def _peto(data: Data, _: str, __: bool) -> Pair:
    both = data["bi"] + data["ci"]
    return 2 * (data["bi"] - data["ci"]) / both, 4 / both


def _heterozygotes(data: Data, _: str, __: bool) -> Pair:
    a, b, c = data["ai"], data["bi"], data["ci"]
    return np.log(b) - np.log(2) - 0.5 * (np.log(a) + np.log(c)), 1 / (4 * a) + 1 / b + 1 / (4 * c)


FORMULAS: dict[str, Formula] = {
    "MPRR": Formula("risk ratio (matched)", "log", PAIRS, _marginal_ratio, "y = ln((a + b)/(a + c))"),
    "MPRD": Formula("risk difference (matched)", "natural", PAIRS, _marginal_difference, "y = (b - c)/N"),
    "MPOR": Formula("marginal odds ratio (matched)", "log", PAIRS, _marginal_odds, "y = ln of the marginal odds ratio"),
    "MPORC": Formula("conditional odds ratio (matched)", "log", PAIRS, _conditional_odds, "y = ln(b/c); v = 1/b + 1/c"),
    "MPPETO": Formula("odds ratio (matched, Peto)", "log", PAIRS, _peto, "y = 2 (b - c)/(b + c); v = 4/(b + c)"),
    "REH": Formula("relative excess heterozygosity", "log", GENOTYPES, _heterozygotes, "y = ln(b/(2 sqrt(ac)))"),
}
