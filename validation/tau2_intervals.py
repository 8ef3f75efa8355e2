"""Intervals of tau2, with the I2 and H2 they imply; and likelihoods with two maxima."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from evsynth.pooling.heterogeneity import estimate_tau2, inconsistency, inconsistency_interval
from evsynth.pooling.nagashima import nagashima
from evsynth.pooling.regression.design import make_design
from evsynth.pooling.tau2.approximate import from_h, wald
from evsynth.pooling.tau2.least_squares import intercept, least_squares
from evsynth.pooling.tau2_interval import generalised_q, profile_likelihood, q_profile
from validation.case import Case, number
from validation.comparison import Compared, Sheet

KINDS = {"qp": "Q-profile", "pl": "profile likelihood", "genq": "generalised Q", "ht": "from H"}
SCALES = {"wald": "identity", "wald.log": "log", "wald.sqrt": "root"}
ILL_CONDITIONED = 1e3
BOUNDARY = 1e-9


def interval(case: Case) -> Iterator[Compared]:
    """Compare an interval of tau2, and the intervals of I2 and H2 that follow from it."""
    y, v = np.array(case.data["yi"], dtype=float), np.array(case.data["vi"], dtype=float)
    kind, theirs = str(case.arguments["type"]), case.output
    x = case.data.get("X")
    basis = make_design(x, case.data["X_names"]).basis if x else None
    name = f"interval of tau2, {KINDS.get(kind, 'Wald')}"
    if x and float(np.linalg.cond(np.array(x, dtype=float))) > ILL_CONDITIONED:
        name += ", raw years and the like"
    level = float(case.arguments.get("level", 95)) / 100
    found = _bounds(y, v, kind, case.arguments, basis, level)
    if found is None:
        return
    sheet, least = Sheet(case, name), 1.0 if kind == "genq" else float(v.min())
    upper = number(theirs["tau2.ub"]) or 0.0
    if theirs.get("ub.sign") == ">":  # the search of the reference ends at a fixed bound
        yield sheet.same("bounds", found[1] >= upper, True)
    else:
        yield sheet.row("bounds", found[1], upper, least)
    yield sheet.row("bounds", found[0], theirs["tau2.lb"], least)
    if theirs.get("ub.sign") == ">" or kind == "genq":  # its search stops at an absolute 1e-4
        return
    shares = inconsistency_interval(y, v, tau2_interval=found, basis=basis)
    for key, ours, unit in zip(("I2.lb", "I2.ub", "H2.lb", "H2.ub"), shares, (100.0, 100.0, 1.0, 1.0), strict=True):
        if number(theirs.get(key)) is not None:
            yield sheet.row("I2 and H2 of the bounds", ours, theirs[key], unit)


def _bounds(y: Any, v: Any, kind: str, given: Any, basis: Any, level: float) -> tuple[float, float] | None:
    if kind == "qp":
        one = q_profile(y, v, level=level, basis=basis)
        return one.lower, one.upper
    if kind == "pl":
        one = profile_likelihood(y, v, level=level, likelihood=given["method"], basis=basis)
        return one.lower, one.upper
    if kind == "genq":
        weights = 1 / np.sqrt(v) if given.get("weights") else 1 / v
        one = generalised_q(y, v, level=level, weights=weights, basis=basis)
        return one.lower, one.upper
    tau2 = estimate_tau2(y, v, estimator=given["method"], basis=basis)
    if kind == "ht":
        shares = inconsistency(y, v, tau2=tau2.value)
        q = least_squares(y, 1 / v, intercept(len(y))).rss
        return from_h(shares.h2_from_tau2, q, len(y), shares.typical_variance or 0.0, level=level)
    if SCALES[kind] != "identity" and tau2.value <= BOUNDARY * float(v.min()):
        return None  # refused: there is no such interval at 0
    return wald(tau2.value, tau2.se or 0.0, level=level, scale=SCALES[kind])


def hard(case: Case) -> Iterator[Compared]:
    """Compare with the global maximum on a fine grid, its height, and the number of maxima."""
    theirs, method = case.output, case.arguments["method"]
    y, v = np.array(case.data["yi"], dtype=float), np.array(case.data["vi"], dtype=float)
    x = case.data.get("X")
    basis = None
    if x and len(x[0]) > 1:
        basis = make_design(x, case.data.get("X_names") or [f"x{at}" for at in range(len(x[0]))]).basis
    found = estimate_tau2(y, v, estimator=method, basis=basis)
    name = "likelihoods with two maxima, or hard to climb"
    if x and float(np.linalg.cond(np.array(x, dtype=float))) > ILL_CONDITIONED:
        name += ", nearly collinear"
    sheet, least = Sheet(case, name), float(v.min())
    value = theirs.get("global_tau2", theirs.get("tau2"))
    yield sheet.row("tau2", found.value, value, least)
    height = theirs.get("global_ll", theirs.get("ll"))
    if height is not None:
        yield sheet.row("height of the maximum", found.log_likelihood, height, 1.0)
        yield sheet.same("number of maxima", len(found.local_maxima), theirs["n_local_maxima"])
    if theirs.get("tau2_independent") is not None:
        yield sheet.row("tau2, independent root", found.value, theirs["tau2_independent"], least)


def nagashimas(case: Case) -> Iterator[Compared]:
    """Compare Nagashima's prediction interval with the published simulation, in units of its width."""
    data, theirs = case.data, case.output
    found = nagashima(data["y"], np.square(data["se"]), level=float(case.arguments.get("level", 0.95)))
    sheet = Sheet(case, "prediction interval, Nagashima, against a simulation")
    for key, ours in (("lpi", found.lower), ("upi", found.upper)):
        yield sheet.row("bounds", ours, theirs[key], found.upper - found.lower)
    for key, ours in (("lci", found.mean_lower), ("uci", found.mean_upper)):
        if key in theirs:
            yield sheet.row("bounds of the mean", ours, theirs[key], found.mean_upper - found.mean_lower)


TOPICS = {
    "confint.rma.uni": interval,
    "global maximum on a 3000-point grid, root polished": hard,
    "nagashima": nagashimas,
    "parametric bootstrap": nagashimas,
}
