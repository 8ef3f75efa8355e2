"""Location-scale models, subgroups, aggregation, radial plots, correlation matrices, back-transformations, and spot
checks against other programs.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from evsynth.effects.measures import back_transform
from evsynth.pooling.dependence import fit_multivariate
from evsynth.pooling.dependence.aggregation import aggregate
from evsynth.pooling.dependence.correlation_regression import regress_correlations
from evsynth.pooling.likelihood import log_likelihood
from evsynth.pooling.random_effects import pool
from evsynth.pooling.regression.location_scale import location_scale
from evsynth.pooling.regression.subgroups import subgroups
from evsynth.pooling.small_study.selection import selmodel
from evsynth.pooling.weighting import weighted_mean
from validation.case import Case, number, numbers
from validation.comparison import Compared, Sheet

SAME_HEIGHT = 1e-7


def _effects(case: Case) -> tuple[Any, Any]:
    return np.array(case.data["yi"], dtype=float), np.array(case.data["vi"], dtype=float)


def scale(case: Case) -> Iterator[Compared]:
    """Compare a location-scale model: never lower than the reference's optimiser, and close where equally high."""
    given, theirs, x = case.arguments, case.output, np.array(case.data["X"], dtype=float)
    both, names = given["mods"] != "~1", case.data["X_names"]
    found = location_scale(
        *_effects(case), x if both else x[:, :1], x[:, 1:] if not _whole_scale(theirs, x) else x,
        names=names if both else names[:1], scale_names=names[1:] if not _whole_scale(theirs, x) else names,
        likelihood=given["method"], level=0.95,
    )  # fmt: skip
    height = theirs["fit.stats"][given["method"]]["ll"]
    sheet = Sheet(case, "location-scale model")
    yield sheet.row("log-likelihood lost", max(0.0, height - found.log_likelihood), 0.0, 1.0)
    if "SCALE_AT_BOUNDARY" in found.codes or found.log_likelihood > height + SAME_HEIGHT:
        return
    yield sheet.row("our score", max(map(abs, found.score)), 0.0, 1.0)
    for ours, key in ((found.location, "beta"), (found.scale, "alpha")):
        errors = numbers(theirs["se" if key == "beta" else "se.alpha"])
        yield from sheet.rows("coefficients", [one.estimate for one in ours], numbers(theirs[key]), errors)
        yield from sheet.rows("standard errors", [one.se for one in ours], errors)


def _whole_scale(theirs: Any, x: Any) -> bool:
    return len(numbers(theirs["alpha"])) == x.shape[1]


def groups(case: Case) -> Iterator[Compared]:
    """Compare subgroups with a tau2 each."""
    labels = case.data.get("group") or case.data["columns"][case.arguments["group"]]
    theirs = case.output
    y, v = _effects(case)
    found = subgroups(y, v, [str(one) for one in labels], estimator="REML", test="z", tau2="separate", level=0.95)
    sheet, order = Sheet(case, "subgroups"), {name: at for at, name in enumerate(theirs["levels"])}
    for one in found.groups:
        at = order[one.name]
        yield sheet.same("studies", one.k, theirs["k"][at])
        yield sheet.row("estimates", one.estimate, theirs["beta"][at], one.se)
        yield sheet.row("standard errors", one.se, theirs["se"][at])
        yield sheet.row("tau2", one.tau2, theirs["tau2"][at], float(v.min()))
    yield sheet.row("test between", found.test.statistic, theirs["Qb"], 1.0)
    yield sheet.row("p between", found.test.p, theirs["p"])


def profile(case: Case) -> Iterator[Compared]:
    """Compare the restricted likelihood and the pool along given values of tau2."""
    y, v = _effects(case)
    sheet = Sheet(case, "profile of tau2")
    for at, tau2 in enumerate(numbers(case.arguments["tau2"])):
        fit = weighted_mean(y, v, tau2 or 0.0)
        likelihood = log_likelihood(tau2 or 0.0, y, v, likelihood=case.arguments["method"])
        yield sheet.row("estimate", fit.mean, case.output["beta"][at], fit.se)
        yield sheet.row("standard error", fit.se, case.output["se"][at])
        yield sheet.row("log-likelihood", likelihood, case.output["ll"][at], 1.0)


def exponentiated(case: Case) -> Iterator[Compared]:
    """Compare a pool on the scale of ratios, at another level."""
    level = float(case.arguments["level"]) / 100
    found = pool(*_effects(case), estimator="REML", interval="wald", prediction="normal", level=level)
    sheet, theirs = Sheet(case, "random effects, as ratios"), case.output
    wald, new = found.intervals.wald, found.predictions.named("normal")
    rows = [("pred", wald.mean), ("ci.lb", wald.lower), ("ci.ub", wald.upper)]
    rows += [("pi.lb", new.lower), ("pi.ub", new.upper)] if new else []
    for key, value in rows:
        pinned = number(theirs[key])
        if pinned is not None and 0 < pinned < math.inf and abs(value) < 600:
            yield sheet.row("estimate, interval, prediction", float(back_transform(value, "log")), pinned)


def likelihood_ratio(case: Case) -> Iterator[Compared]:
    """Compare the likelihood ratio of random against common effects."""
    y, v = _effects(case)
    high = pool(y, v, estimator="ML", interval="wald", prediction="V", level=0.95).statistics.ml.log_likelihood
    low = pool(y, v, estimator="FE", interval="wald", prediction="V", level=0.95).statistics.ml.log_likelihood
    sheet = Sheet(case, "random against common effects")
    yield sheet.row("log-likelihood", high, case.output["ll_ML"], 1.0)
    yield sheet.row("log-likelihood", low, case.output["ll_EE"], 1.0)
    yield sheet.row("likelihood ratio", 2 * (high - low), case.output["LRT"], 1.0)


def simple(case: Case) -> Iterator[Compared]:
    """Compare information criteria, weights and standardised residuals."""
    y, v = _effects(case)
    found = pool(y, v, estimator="REML", interval="wald", prediction="V", level=0.95)
    sheet, theirs, reml = Sheet(case, "random effects"), case.output, found.statistics.reml
    for key, ours in zip(("AIC", "BIC", "AICc", "dev"), (reml[2], reml[3], reml[4], reml[1]), strict=True):
        yield sheet.row("log-likelihood, AIC, BIC, AICc", ours, theirs[key], 1.0)
    yield sheet.row("I2", found.inconsistency.i2_from_tau2, theirs["I2"], 100.0)
    yield sheet.row("typical variance", found.inconsistency.typical_variance, theirs["typical_vi"])
    yield from sheet.rows("weights", found.weights, theirs["weights"])


def radial(case: Case) -> Iterator[Compared]:
    """Compare the coordinates of a radial plot: precision, and effect times precision."""
    y, v = _effects(case)
    precision = 1 / np.sqrt(v)
    sheet = Sheet(case, "radial plot")
    yield from sheet.rows("coordinates", precision, case.output["x"])
    yield from sheet.rows("coordinates", y * precision, case.output["y"], 1.0)


def aggregated(case: Case) -> Iterator[Compared]:
    """Compare one effect per study from several."""
    given, theirs = case.arguments, case.output
    labels = [str(one) for one in case.data["columns"][given["cluster"]]]
    rho = float(given.get("rho", 0)) if given["struct"] == "CS" else 0.0
    found = aggregate(*_effects(case), labels, rho=rho, weighted=bool(given.get("weighted", True)))
    order = {str(name): at for at, name in enumerate(theirs["cluster"])}
    sheet = Sheet(case, "one effect per study")
    for name, y, v in zip(found.clusters, found.y, found.v, strict=True):
        at = order[str(name)]
        yield sheet.row("y", y, theirs["yi"][at], math.sqrt(v))
        yield sheet.row("v", v, theirs["vi"][at])


def correlations(case: Case) -> Iterator[Compared]:
    """Compare a regression from a correlation matrix."""
    given, theirs = case.arguments, case.output
    options: dict[str, Any] = {"patients": given["n"]} if "n" in given else {"covariance": case.data["V"]}
    found = regress_correlations(
        case.data["R"], outcome=given["y"] - 1, predictors=[one - 1 for one in given["x"]], **options
    )
    sheet = Sheet(case, "regression from correlations")
    yield from sheet.rows("coefficients", found.beta, theirs["beta"])
    yield from sheet.rows("standard errors", found.se, theirs["se"])
    yield from sheet.rows("p", found.p, theirs["pval"])
    if "R2" in theirs:
        yield sheet.row("R2 and F", found.r2, theirs["R2"])
        yield sheet.row("R2 and F", found.f, theirs["F"])


def multivariate_wide(case: Case) -> Iterator[Compared]:
    """Compare a bivariate model given one row per study and one column per outcome."""
    data, method = case.data, str(case.arguments["method"])
    wide = np.array(data.get("yi", data.get("y", data.get("Y"))), dtype=float)
    within = np.array(data.get("S", data.get("V")), dtype=float)
    if method not in ("reml", "ml") or wide.ndim != 2 or within.ndim != 2:
        return
    k, p = wide.shape
    covariance = np.zeros((k * p, k * p))
    pairs = [(i, j) for j in range(p) for i in range(j, p)]
    for study in range(k):
        for place, (i, j) in enumerate(pairs):
            covariance[study * p + i, study * p + j] = within[study, place]
            covariance[study * p + j, study * p + i] = within[study, place]
    outcomes = [f"o{at}" for _ in range(k) for at in range(p)]
    studies = [study for study in range(k) for _ in range(p)]
    found = fit_multivariate(
        wide.ravel(), covariance, X=np.tile(np.eye(p), (k, 1)), names=[f"o{at}" for at in range(p)],
        random="~ outcome | study", struct=["UN"], columns={"outcome": outcomes, "study": studies},
        method=method.upper(), test="z",
    )  # fmt: skip
    sheet, theirs = Sheet(case, "bivariate, another program"), case.output
    yield sheet.row("log-likelihood lost", max(0.0, theirs["ll"] - found.log_likelihood), 0.0, 1.0)
    errors = [row.se for row in found.coefficients]
    yield from sheet.rows("coefficients", [row.estimate for row in found.coefficients], theirs["coef"], errors)
    yield from sheet.rows("variances", found.values("tau2"), np.diag(np.array(theirs["Psi"])))


def weight_function(case: Case) -> Iterator[Compared]:
    """Compare a step-function selection model with another program's optimiser: never lower."""
    if case.arguments["steps"] != [0.025, 1] or number(case.output["par_adj"][2]) is None:
        return
    if float(case.output["par_adj"][2]) > 20:
        return  # an interval of p without studies: refused
    found = selmodel(*_effects(case), type="stepfun", steps=(0.025,), alternative="greater", few="warn")
    sheet = Sheet(case, "selection model, another program")
    height = -float(case.output["negll_adj"]) - len(case.data["yi"]) / 2 * math.log(2 * math.pi)
    yield sheet.row("log-likelihood lost", max(0.0, height - found.log_likelihood), 0.0, 1.0)
    yield sheet.row("mean", found.mean, case.output["par_adj"][1], found.se)


BACK: dict[str, Callable[[Any], Any]] = {
    "transf.ztor": lambda x: back_transform(x, "Fisher z"),
    "transf.ilogit": lambda x: back_transform(x, "logit"),
    "transf.iarcsin": lambda x: back_transform(x, "arcsine"),
    "transf.iahw": lambda x: back_transform(x, "Hakstian"),
    "transf.iabt": lambda x: back_transform(x, "Bonett"),
    "transf.ztor2": lambda x: back_transform(x, "Fisher z of root"),
}


def transformed(case: Case) -> Iterator[Compared]:
    """Compare a back-transformation; the call of the reference is text."""
    call = str(case.arguments["call"])
    given = re.search(r"\(c\(([^)]*)\)", call)
    values = [float(one) for one in given.group(1).split(",")] if given else case.arguments["xs"]
    yield from Sheet(case, "back-transformations").rows("values", BACK[case.function](values), case.output, 1.0)


def double_arcsine(case: Case) -> Iterator[Compared]:
    """Compare Freeman and Tukey's inverses, each with its own size or time."""
    columns = re.findall(r"c\(([^)]*)\)", str(case.arguments["call"]))
    x, n = ([float(one) for one in column.split(",")] for column in columns[:2])
    sheet = Sheet(case, "back-transformations")
    for at, (value, size) in enumerate(zip(x, n, strict=True)):
        if case.function == "transf.ipft":
            ours = float(back_transform(value, "double arcsine", n=size))
        elif case.function == "transf.ipft.hm":
            ours = float(back_transform(value, "double arcsine", n=len(n) / sum(1 / one for one in n)))
        else:
            ours = float(back_transform(value, "double root", time=size))
        yield sheet.row("values", ours, case.output[at], 1.0)


TOPICS = {
    "rma(scale=)": scale,
    "subgroup-wise REML + Wald Q_between": groups,
    "profile.rma.uni": profile,
    "predict(transf=exp)": exponentiated,
    "LRT(ML vs EE)": likelihood_ratio,
    "misc": simple,
    "radial": radial,
    "aggregate.escalc": aggregated,
    "matreg": correlations,
    "mixmeta": multivariate_wide,
    "weightfunct": weight_function,
    **dict.fromkeys(BACK, transformed),
    **dict.fromkeys(("transf.ipft", "transf.ipft.hm", "transf.iirft"), double_arcsine),
}
