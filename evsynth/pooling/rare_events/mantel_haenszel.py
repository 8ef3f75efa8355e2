"""Mantel-Haenszel pools of odds ratios, risk ratios, risk differences, rate ratios and rate differences.

With ``R/S`` the ratio of sums, ``a, b`` and ``c, d`` the cells of arm 1 and 2, ``N = n1 + n2``:

    OR    R = sum ad/N,   S = sum bc/N    sum PR/(2R^2) + sum(PS + QR)/(2RS) + sum QS/(2S^2)   Robins 1986
    RR    R = sum a n2/N, S = sum c n1/N  sum (n1 n2 (a + c) - ac N)/N^2 / (RS)                Greenland & Robins 1985
    RD    sum w (p1 - p2)/sum w, w = n1 n2/N                                                   Sato 1989, or 1985
    IRR   R = sum x1 t2/T, S = sum x2 t1/T   sum t1 t2 (x1 + x2)/T^2 / (RS)                    Greenland & Robins 1985
    IRD   sum w (r1 - r2)/sum w, w = t1 t2/T   sum w^2 (x1/t1^2 + x2/t2^2)/(sum w)^2           the same

Robins, Breslow & Greenland, doi 10.2307/2531052; Greenland & Robins, doi 10.2307/2530643; Sato, Greenland &
Robins 1989, Biometrics 45, 1323. No correction goes into the pooled estimate unless one is asked for:
double-zero studies have no weight in ratios and full weight in differences, and the result says so.
Heterogeneity is Cochran's Q of the studies' own estimates around the pooled one; those need a rule for zero
cells (``study_add``, ``study_to``, ``study_drop00``), which touches nothing else.
"""

from __future__ import annotations

import math
from typing import Literal

from evsynth.effects.measures.escalc import EffectSizes, escalc
from evsynth.pooling.guard import FloatArray, InputError, check_choice, check_level
from evsynth.pooling.rare_events.homogeneity import association, homogeneity
from evsynth.pooling.rare_events.stratified import RATIOS, StratifiedPool, around, finish, prepared
from evsynth.pooling.rare_events.tables import LeftOut, TwoArms, few_events, left_out, uninformative

CountMeasure = Literal["OR", "RR", "RD"]
RateMeasure = Literal["IRR", "IRD"]
DifferenceVariance = Literal["Sato", "Greenland-Robins"]


def mantel_haenszel(
    tables: TwoArms,
    measure: CountMeasure | RateMeasure,
    *,
    level: float,
    continuity: bool = True,
    difference_variance: DifferenceVariance = "Sato",
    add: float = 0.0,
    to: str = "none",
    drop00: bool = False,
    study_add: float = 0.5,
    study_to: str = "only0",
    study_drop00: bool = True,
) -> StratifiedPool:
    """Pool ``tables`` (from ``check_two_arms`` or ``check_two_rates``).

    ``continuity`` is that of the CMH test only. ``add``/``to`` correct the tables themselves (code CORRECTED;
    only to reproduce others); ``drop00`` takes double-zero studies out. Raises InputError when the pooled ratio
    is 0, infinite or undefined, or a variance is 0: then one arm had no events at all.
    """
    level = check_level(level)
    check_choice("measure", measure, ("IRR", "IRD") if tables.rates else ("OR", "RR", "RD"))
    check_choice("difference_variance", difference_variance, ("Sato", "Greenland-Robins"))
    used, gone, codes = prepared(tables, add=add, to=to, drop00=drop00)
    estimate, v, name = _pool(used, measure, difference_variance)
    if measure in RATIOS and not drop00:
        gone = (*gone, *left_out(tables, uninformative(used), "UNINFORMATIVE: double zero, no weight in a ratio"))
    own = _own(tables, measure, study_add, study_to, study_drop00 or drop00)
    absent = tuple(LeftOut(one.row + 1, one.label, one.because) for one in own.excluded)
    flat = tuple(LeftOut(row + 1, own.labels[i], "ZERO_VARIANCE") for i, row in enumerate(own.rows) if own.v[i] == 0)
    spread = around(own.y[own.v > 0], own.v[own.v > 0], estimate, (*absent, *flat))
    tests = homogeneity(used, math.exp(estimate)) if measure == "OR" else None
    return finish(
        "Mantel-Haenszel", measure, name, estimate, math.sqrt(v), level, spread,
        association(used, continuity=continuity), tests, gone, used, (*codes, *few_events(tables)),
    )  # fmt: skip


def _pool(tables: TwoArms, measure: str, difference: str) -> tuple[float, float, str]:
    if measure == "OR":
        return (*_odds_ratio(tables), "Robins-Breslow-Greenland")
    if measure == "RD":
        return _risk_difference(tables, difference)
    if measure == "IRD":
        return (*_rate_difference(tables), "Greenland-Robins")
    x1, n1, x2, n2 = tables[:4]
    n = n1 + n2
    r, s = math.fsum(x1 * n2 / n), math.fsum(x2 * n1 / n)
    _positive(r, s, measure)
    less = 0.0 if tables.rates else x1 * x2 * n
    v = math.fsum((n1 * n2 * (x1 + x2) - less) / n**2) / (r * s)
    return math.log(r / s), _spread(v, measure), "Greenland-Robins"


def _odds_ratio(tables: TwoArms) -> tuple[float, float]:
    a, c, n = tables.x1, tables.x2, tables.n1 + tables.n2
    b, d = tables.n1 - a, tables.n2 - c
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    top, bottom = math.fsum(r), math.fsum(s)
    _positive(top, bottom, "OR")
    v = math.fsum(p * r) / (2 * top**2) + math.fsum(p * s + q * r) / (2 * top * bottom)
    return math.log(top / bottom), v + math.fsum(q * s) / (2 * bottom**2)


def _risk_difference(tables: TwoArms, difference: str) -> tuple[float, float, str]:
    a, n1, c, n2 = tables[:4]
    n = n1 + n2
    w = n1 * n2 / n
    total = math.fsum(w)
    estimate = math.fsum(a * (n2 / n) - c * (n1 / n)) / total
    if difference == "Sato":
        p = (n1**2 * c - n2**2 * a + n1 * n2 * (n2 - n1) / 2) / n**2
        q = (a * (n2 - c) + c * (n1 - a)) / (2 * n)
        v = (estimate * math.fsum(p) + math.fsum(q)) / total**2
    else:
        v = math.fsum(w**2 * (a * (n1 - a) / n1**3 + c * (n2 - c) / n2**3)) / total**2
    return estimate, _spread(v, "RD"), difference


def _rate_difference(tables: TwoArms) -> tuple[float, float]:
    x1, t1, x2, t2 = tables[:4]
    w = t1 * t2 / (t1 + t2)
    total = math.fsum(w)
    v = math.fsum(w**2 * (x1 / t1**2 + x2 / t2**2)) / total**2
    return math.fsum(w * (x1 / t1 - x2 / t2)) / total, _spread(v, "IRD")


def _positive(r: float, s: float, measure: str) -> None:
    if r <= 0 or s <= 0:
        raise InputError(
            [f"pooled {measure} is {r:g}/{s:g}: an arm has no events, or nothing but events, where it counts"]
        )


def _spread(v: float, measure: str) -> float:
    if v <= 0:
        raise InputError([f"the variance of the pooled {measure} is {v:g}: no study has both events and non-events"])
    return v


def _own(tables: TwoArms, measure: str, add: float, to: str, drop00: bool) -> EffectSizes:
    names = ("x1i", "t1i", "x2i", "t2i") if tables.rates else ("ai", "n1i", "ci", "n2i")
    columns: dict[str, FloatArray] = dict(zip(names, tables[:4], strict=True))
    return escalc(measure, columns, add=add, to=to, drop00=drop00, undefined="exclude", labels=tables.labels)
