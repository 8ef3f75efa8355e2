"""Dependent effects: multilevel and multivariate models, constructed covariances, robust variances."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from evsynth.pooling.dependence import (
    MultivariateFit,
    Robust,
    cluster_robust,
    fit_multivariate,
    profile_interval,
    robust_effects,
    robust_fit,
    sampling_covariance,
)
from evsynth.pooling.heterogeneity import estimate_tau2
from evsynth.pooling.regression.design import make_design
from validation.case import Case, number, numbers
from validation.comparison import Compared, Sheet

ROBUST = {
    "CR1_adjust": ("CR1p", "residual"),
    "CR0_noadjust": ("CR0", "residual"),
    "clubSandwich_CR2": ("CR2", "satterthwaite"),
    "adjust": ("CR1p", "residual"),
    "noadjust": ("CR0", "residual"),
    "clubSandwich": ("CR2", "satterthwaite"),
}
TAIL = 1e-300


def _inputs(case: Case) -> dict[str, Any]:
    data, given = case.data, case.arguments
    y = data.get("yi", data.get("y"))
    v, whole = data.get("vi", data.get("v")), data.get("V")
    if whole and len(whole[0]) == len(y) and len(whole) == len(y):
        covariance = np.array(whole, dtype=float)
    else:
        covariance = np.diag(np.array(v, dtype=float))
        for i, j, value in whole or ():
            covariance[i, j] = covariance[j, i] = value
    x, names = given.get("X"), given.get("X_names")
    if x is None:
        x, names = data["X"][given["mods"]]["rows"], data["X"][given["mods"]]["names"]
    options = {name: given[name] for name in ("random", "struct", "method", "test", "dfs")}
    return {"y": y, "V": covariance, "X": x, "names": names, "columns": data["columns"], **options}


def _given_components(data: dict[str, Any], theirs: Any) -> dict[str, Any]:
    if "1 |" in data["random"]:
        return {**data, "sigma2": theirs["sigma2"]}
    found = {**data, "tau2": theirs["tau2"]}
    return found if data["struct"][0] in ("ID", "DIAG") else {**found, "rho": theirs["rho"]}


def multivariate(case: Case) -> Iterator[Compared]:
    """Compare the maximum that was found, and everything that follows from the reference's own components."""
    theirs, data = case.output, _inputs(case)
    found, least = fit_multivariate(**data), float(np.diag(data["V"]).min())
    sheet = Sheet(case, "multivariate, at the maximum")
    yield sheet.row("our gradient, in standard errors", found.gradient, 0.0, 1.0)
    yield sheet.row("log-likelihood", found.log_likelihood, theirs["ll"], 1.0)
    yield sheet.row("log-likelihood lost", max(0.0, theirs["ll"] - found.log_likelihood), 0.0, 1.0)
    for symbol in ("sigma2", "tau2", "rho"):
        parts = [part for part in found.components if part.symbol == symbol]
        for part, value in zip(parts, numbers(theirs[symbol]), strict=False):
            if part.identified:
                yield sheet.row("correlations" if symbol == "rho" else "variances", part.value, value,
                                1.0 if symbol == "rho" else least)  # fmt: skip
    at = fit_multivariate(**_given_components(data, theirs))
    sheet = Sheet(case, "multivariate, at the components of the reference")
    yield sheet.row("Q", at.residual.q, theirs["QE"], 1e-3)
    yield sheet.row("p of Q", at.residual.p, theirs["QEp"], TAIL)
    yield from _coefficients(sheet, at, theirs)
    yield sheet.row("omnibus test", at.omnibus.statistic, theirs["QM"], 1.0)
    yield sheet.row("p of the omnibus test", at.omnibus.p, theirs["QMp"], TAIL)
    if "robust" in theirs:
        yield from _robust(case, at, data["columns"][case.arguments["cluster"]], theirs["robust"])
    for pins in (theirs.get("confint") or {}).values():
        yield from _profile(case, found, pins, least)


def _coefficients(sheet: Sheet, at: MultivariateFit, theirs: Any) -> Iterator[Compared]:
    for j, row in enumerate(at.coefficients):
        yield sheet.row("estimates and intervals", row.estimate, numbers(theirs["beta"])[j], row.se)
        yield sheet.row("estimates and intervals", row.lower, numbers(theirs["ci.lb"])[j], row.se)
        yield sheet.row("estimates and intervals", row.upper, numbers(theirs["ci.ub"])[j], row.se)
        yield sheet.row("standard errors", row.se, numbers(theirs["se"])[j])
        yield sheet.row("p", row.p, numbers(theirs["pval"])[j], TAIL)


def _profile(case: Case, found: MultivariateFit, pins: Any, least: float) -> Iterator[Compared]:
    symbol, _, place = str(pins["name"]).replace("^2", "2").partition(".")
    one = profile_interval(found, symbol, int(place) if place else 1)
    sheet = Sheet(case, "multivariate, profile likelihood" + (" of a correlation" if symbol == "rho" else ""))
    yield sheet.row("bounds", one.lower, pins["lb"], least)
    yield sheet.row("bounds", one.upper, pins["ub"], least)


def _robust(case: Case, fit: MultivariateFit, cluster: Any, pins: Any) -> Iterator[Compared]:
    for key, (adjust, dfs) in ROBUST.items():
        if key in pins:
            yield from _compare_robust(case, robust_fit(fit, cluster=cluster, adjust=adjust, dfs=dfs), pins[key])
    for adjust in ("CR0", "CR1", "CR1p", "CR1S", "CR2", "CR3"):
        if f"vcovCR_{adjust}" not in pins:
            continue
        found, pin = robust_fit(fit, cluster=cluster, adjust=adjust, dfs="satterthwaite"), pins[f"vcovCR_{adjust}"]
        sheet, pinned = Sheet(case, "robust variances"), np.array(pin["V"], dtype=float)
        scale = np.sqrt(np.outer(np.diag(pinned), np.diag(pinned)))
        yield from sheet.rows("covariance", np.ravel(found.covariance / scale), np.ravel(pinned / scale), 1.0)
        yield from sheet.rows("degrees of freedom", [row.df for row in found.coefficients], pin["df"])
        yield from sheet.rows("p", [row.p for row in found.coefficients], pin["p"], TAIL)


def _compare_robust(case: Case, found: Robust, pins: Any) -> Iterator[Compared]:
    sheet = Sheet(case, "robust variances")
    df = numbers(pins["ddf"]) * (len(found.coefficients) if len(numbers(pins["ddf"])) == 1 else 1)
    for j, row in enumerate(found.coefficients):
        if "COEFFICIENT_DECIDED_BY_ONE_CLUSTER" in found.codes and row.p is None:
            continue  # 0/0 here; a rounding error divided by another in the reference
        sheet = Sheet(case, _decided(found, row, numbers(pins["se"])[j]))
        yield sheet.row("standard errors", row.se, numbers(pins["se"])[j])
        yield sheet.row("degrees of freedom", row.df, df[j])
        yield sheet.row("p", row.p, numbers(pins["pval"])[j], TAIL)
        yield sheet.row("intervals", row.lower, numbers(pins["ci.lb"])[j], row.se)
        yield sheet.row("intervals", row.upper, numbers(pins["ci.ub"])[j], row.se)
    decided = "COEFFICIENT_DECIDED_BY_ONE_CLUSTER" in found.codes
    if found.omnibus is not None and number(pins.get("QM")) is not None and not decided:
        sheet = Sheet(case, "robust variances")
        yield sheet.row("omnibus test", found.omnibus.statistic, pins["QM"], 1.0)
        yield sheet.row("p of the omnibus test", found.omnibus.p, pins["QMp"], TAIL)


def _decided(found: Robust, row: Any, se: float | None) -> str:
    one = "COEFFICIENT_DECIDED_BY_ONE_CLUSTER" in found.codes and (se or 0.0) < 1e-6
    return "robust variances, one cluster decides" if one else "robust variances"


def robust_pool(case: Case) -> Iterator[Compared]:
    """Compare robust tests of a pool or regression, with tau2 as the reference has it; and tau2 itself."""
    theirs, given = case.output, case.arguments
    data = _clustered(case)
    y, v = np.array(data["y"], dtype=float), np.array(case.data.get("vi", case.data.get("v")), dtype=float)
    estimator = "FE" if given["method"] in ("EE", "FE") else given["method"]
    basis = make_design(data["X"], data["names"]).basis
    sheet = Sheet(case, _centred("robust variances", data["X"]))
    tau2 = estimate_tau2(y, v, estimator=estimator, basis=basis)
    yield sheet.row("tau2", tau2.value, theirs["tau2"], float(v.min()))
    for key in ("adjust", "noadjust", "clubSandwich"):
        adjust, dfs = ROBUST[key]
        found = cluster_robust(M=v + (number(theirs["tau2"]) or 0.0), adjust=adjust, dfs=dfs, **data)
        yield from _compare_robust(case, found, theirs[key])


def _clustered(case: Case) -> dict[str, Any]:
    data, given = case.data, case.arguments
    x, names = given.get("X"), given.get("X_names")
    if isinstance(x, str):
        x, names = data["X"][x]["rows"], data["X"][x]["names"]
    return {"y": data.get("yi", data.get("y")), "X": x, "names": names, "cluster": data["cluster"]}


def _centred(name: str, x: Any) -> str:
    return f"{name}, raw years and the like" if np.linalg.cond(np.array(x, dtype=float)) > 1e3 else name


def robust_regression(case: Case) -> Iterator[Compared]:
    """Compare robust variance meta-regression with correlated- and hierarchical-effects weights."""
    theirs, given, data = case.output, case.arguments, _clustered(case)
    v = case.data.get("vi", case.data.get("v"))
    found = robust_effects(
        v=v, modelweights=given["modelweights"], rho=given["rho"], small=given["small"], **data
    )  # fmt: skip
    sheet, typical = Sheet(case, _centred("robust meta-regression", data["X"])), float(np.median(v))
    yield sheet.row("tau2 and omega2", found.tau2, theirs["tau.sq"], typical)
    if given["modelweights"] == "HIER":
        yield sheet.row("tau2 and omega2", found.omega2, theirs["omega.sq"], typical)
    else:
        yield sheet.row("I2", found.i2, theirs["I.2"], 100.0)
    for j, row in enumerate(found.robust.coefficients):
        if row.p is None or (numbers(theirs["SE"])[j] or 0.0) < 1e-6:
            continue
        yield sheet.row("estimates and intervals", row.estimate, numbers(theirs["b"])[j], row.se)
        yield sheet.row("estimates and intervals", row.lower, numbers(theirs["CI.L"])[j], row.se)
        yield sheet.row("estimates and intervals", row.upper, numbers(theirs["CI.U"])[j], row.se)
        yield sheet.row("standard errors", row.se, numbers(theirs["SE"])[j])
        yield sheet.row("degrees of freedom", row.df, numbers(theirs["df"])[j])
        yield sheet.row("p, absolute", row.p, numbers(theirs["p"])[j], 1.0)


def covariance(case: Case) -> Iterator[Compared]:
    """Compare a constructed sampling covariance."""
    data, given = case.data.get("columns", case.data), case.arguments
    v = data.get("vi", data.get("v"))
    options: dict[str, Any] = {}
    for name in ("rho", "phi"):
        if name in given:
            options[name] = tuple(given[name]) if isinstance(given[name], list) else given[name]
    for name, ours in (("obs", "obs"), ("type", "type"), ("time1", "time"), ("time", "time"), ("subgroup", "subgroup")):
        if name in given:
            options[ours] = data[given[name]]
    if "grp1" in given:
        options["groups"] = (data[given["grp1"]], data[given["grp2"]])
        options["sizes"] = (data[given["w1"]], data[given["w2"]])
    found = sampling_covariance(v, cluster=data[given["cluster"]], **options)
    sheet, pinned = Sheet(case, "constructed covariance"), np.array(case.output["V"], dtype=float)
    scale = np.sqrt(np.outer(np.diag(pinned), np.diag(pinned)))
    yield from sheet.rows("V", np.ravel(found / scale), np.ravel(pinned / scale), 1.0)


TOPICS = {
    "rma.mv": multivariate,
    "robust(rma.uni)": robust_pool,
    "robu": robust_regression,
    "vcalc": covariance,
}
