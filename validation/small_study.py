"""Small-study effects: regression and rank tests, trim and fill, fail-safe N, excess significance, selection models."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from evsynth.pooling.small_study.egger import regtest
from evsynth.pooling.small_study.excess import tes
from evsynth.pooling.small_study.fail_safe import fsn
from evsynth.pooling.small_study.henmi_copas import hc
from evsynth.pooling.small_study.p_uniform import p_uniform, p_uniform_star
from evsynth.pooling.small_study.rank import ranktest
from evsynth.pooling.small_study.selection import selmodel
from evsynth.pooling.small_study.trim_and_fill import trimfill
from evsynth.pooling.small_study.two_by_two import metabias
from validation.case import Case, number, numbers
from validation.comparison import Compared, Sheet

TAIL = 1e-300


def regression_test(case: Case) -> Iterator[Compared]:
    """Compare Egger's test and its variants."""
    theirs, given = case.output, dict(case.arguments)
    if case.function in ("regtest_lm", "regtest_rma"):
        given |= {"model": case.function.split("_")[1], "predictor": "sei"}
        if given["model"] == "lm":
            given.pop("method")
    found = regtest(case.data["yi"], case.data["vi"], ni=case.data.get("ni"), few="warn", **given)
    if theirs is None:
        return
    sheet, least = Sheet(case, f"regression test, {given['model']}"), min(case.data["vi"])
    yield sheet.row("test statistic", found.statistic, theirs["zval"], 1.0)
    yield sheet.row("p", found.p, theirs["pval"], TAIL)
    if "coef" not in theirs:
        return
    errors = (found.intercept_se, found.slope_se)
    yield from sheet.rows("coefficients", (found.intercept, found.slope), theirs["coef"], errors)
    yield from sheet.rows("standard errors", errors, theirs["se"])
    if number(theirs["est"]) is not None:
        for key, ours in (("est", found.limit), ("ci.lb", found.limit_lower), ("ci.ub", found.limit_upper)):
            yield sheet.row("limit estimate", ours, theirs[key], found.intercept_se)
    if number(theirs["tau2"]) is not None:
        yield sheet.row("tau2", found.tau2, theirs["tau2"], least)
    if number(theirs["sigma"]) is not None:
        yield sheet.row("dispersion", found.dispersion, theirs["sigma"])


def rank_test(case: Case) -> Iterator[Compared]:
    """Compare Begg and Mazumdar's rank test."""
    given = {key: value for key, value in case.arguments.items() if key == "exact"}
    found = ranktest(case.data["yi"], case.data["vi"], few="warn", **given)
    if case.output is None:
        return
    sheet = Sheet(case, "rank test")
    yield sheet.row("Kendall's tau", found.tau, case.output["tau"], 1.0)
    yield sheet.row("p", found.p, case.output["pval"], TAIL)


def trim_and_fill(case: Case) -> Iterator[Compared]:
    """Compare trim and fill: how many, on which side, where, and the pool with them."""
    theirs, given = case.output, dict(case.arguments)
    given.setdefault("estimator", "L0")
    found = trimfill(case.data["yi"], case.data["vi"], few="warn", **given)
    if theirs is None:
        return
    refit = given["method"] == "REML" and found.k0 > 0
    sheet = Sheet(case, "trim and fill, REML refitted by the reference" if refit else "trim and fill")
    yield sheet.same("number filled, and side", (found.k0, found.side), (theirs["k0"], theirs["side"]))
    yield sheet.row("mean", found.mean, theirs["beta"], found.se)
    if "se" not in theirs:
        return
    yield sheet.row("standard error", found.se, theirs["se"])
    yield sheet.row("tau2", found.tau2, theirs["tau2"], found.tau2 + min(case.data["vi"]))
    yield sheet.row("Q", found.q, theirs["QE"])
    filled = sorted(value for value in numbers(theirs["yi.fill"]) if value is not None)
    yield from sheet.rows("filled effects", sorted(found.filled_y), filled, found.se)


def fail_safe(case: Case) -> Iterator[Compared]:
    """Compare fail-safe numbers."""
    given, v = dict(case.arguments), case.data["vi"]
    given.pop("method", None)
    given.setdefault("type", "Rosenthal")
    if "vi" in given:
        v = given.pop("vi")
    found, theirs = fsn(case.data["yi"], v, few="warn", **given), case.output
    if theirs is None:
        return
    sheet = Sheet(case, f"fail-safe N, {given['type']}")
    yield sheet.row("N", found.n, theirs["fsnum"], 1.0)
    if given["type"] == "General":
        counted = math.floor(found.exact_n + 0.5) + 1 if found.exact_n > 0 else 0
        yield sheet.row("exact N rounded, and 1 added, as the reference counts", counted, theirs["fsnum"], 1.0)
    else:
        if number(theirs.get("pval")) is not None:
            yield sheet.row("p", found.p, theirs["pval"], TAIL)
        if number(theirs.get("est")) is not None:
            yield sheet.row("estimate", found.estimate, theirs["est"])


def excess(case: Case) -> Iterator[Compared]:
    """Compare the test of excess significance, and the effect at which it turns."""
    found, theirs = tes(case.data["yi"], case.data["vi"], few="warn", **case.arguments), case.output
    sheet = Sheet(case, "excess significance")
    yield sheet.same("significant studies", found.observed, theirs["O"])
    yield sheet.row("expected", found.expected, theirs["E"])
    yield sheet.row("p", found.p, theirs["pval"], TAIL)
    limit = numbers(theirs["theta.lim"])[0]
    if limit is not None:
        yield sheet.row("limit estimate", found.limit, limit)


def henmi_copas(case: Case) -> Iterator[Compared]:
    """Compare Henmi and Copas' interval."""
    found, theirs = hc(case.data["yi"], case.data["vi"]), case.output
    sheet = Sheet(case, "Henmi and Copas")
    yield sheet.row("mean", found.mean, theirs["beta"], found.se)
    yield sheet.row("standard error", found.se, theirs["se"])
    yield sheet.row("tau2", found.tau2, theirs["tau2"], min(case.data["vi"]))
    yield sheet.row("bounds", found.lower, theirs["ci.lb"], found.se)
    yield sheet.row("bounds", found.upper, theirs["ci.ub"], found.se)


def tables(case: Case) -> Iterator[Compared]:
    """Compare the tests for tables of two arms."""
    cells, theirs = _cells(case.table()), case.output
    found = metabias(**cells, method=case.arguments["method.bias"], few="warn")
    sheet = Sheet(case, "asymmetry of tables")
    bias, se = numbers(theirs["estimate"])[:2]
    yield sheet.row("bias", found.bias, bias, se or 0.0)
    yield sheet.row("standard error", found.se, se)
    yield sheet.row("p", found.p, theirs["pval"], TAIL)


def _cells(data: dict[str, list[Any]]) -> dict[str, list[float]]:
    found = {name: [float(value) for value in data[name]] for name in ("ai", "ci")}
    for cell, events, total in (("bi", "ai", "n1i"), ("di", "ci", "n2i")):
        left = data.get(cell) or [n - x for n, x in zip(data[total], data[events], strict=True)]
        found[cell] = [float(value) for value in left]
    return found


def selection(case: Case) -> Iterator[Compared]:
    """Compare selection models with the reference's optimiser; ours must never be lower."""
    given, theirs = case.arguments, case.output
    steps = given["steps"] if isinstance(given["steps"], list) else [given["steps"]]
    if given["type"] == "stepfun" and (theirs["se"] is None or max(numbers(theirs["delta"]), default=0) >= 20):
        return  # an interval of p without studies: refused here, tested in tests/pooling
    found = selmodel(
        case.data["yi"], case.data["vi"], type=given["type"], steps=tuple(steps), alternative=given["alternative"],
        few="warn",
    )  # fmt: skip
    sheet = Sheet(case, f"selection model, {'steps' if given['type'] == 'stepfun' else 'beta'}")
    yield sheet.row("our gradient, in standard errors", found.convergence.gradient, 0.0, 1.0)
    yield sheet.row("log-likelihood", found.log_likelihood, theirs["logLik"], 1.0)
    yield sheet.row("log-likelihood lost", max(0.0, theirs["logLik"] - found.log_likelihood), 0.0, 1.0)
    if given["type"] == "stepfun":
        yield sheet.row("mean", found.mean, theirs["beta"], found.se)
        yield sheet.row("standard error", found.se, theirs["se"])


def p_uniforms(case: Case) -> Iterator[Compared]:
    """Compare p-uniform: its tests in closed form, its estimates with the reference's root search."""
    theirs, given = case.output, case.arguments
    found = p_uniform(case.data["yi"], case.data["vi"], method=given["method"], side=given["side"], few="warn")
    # The reference looks for the maximum of ML next to the mean of all studies, and can stay on a plateau there.
    near = abs(found.effect_statistic - theirs["L.0"]) <= 1e-3 * abs(theirs["L.0"])
    sheet = Sheet(case, "p-uniform" if near else "p-uniform, the reference below the maximum")
    yield sheet.same("significant studies", found.significant, theirs["ksig"])
    search = "statistics of ML" if given["method"] == "ML" else "statistics"
    yield sheet.row(search, found.effect_statistic, theirs["L.0"], 1.0)
    yield sheet.row(search, found.selection_statistic, theirs["L.pb"], 1.0)
    yield sheet.row("p", found.effect_p, theirs["pval.0"], 1e-12)
    unit = max(abs(float(theirs["est"])), min(case.data["vi"]) ** 0.5)
    yield sheet.row("estimate", found.estimate, theirs["est"], unit)
    for ours, key in ((found.lower, "ci.lb"), (found.upper, "ci.ub")):
        if number(theirs[key]) is not None:
            yield sheet.row("interval", ours, theirs[key], unit)


def p_uniform_stars(case: Case) -> Iterator[Compared]:
    """Compare p-uniform*."""
    theirs = case.output
    found = p_uniform_star(case.data["yi"], case.data["vi"], side=case.arguments["side"], few="warn")
    near = abs(found.effect_statistic - theirs["L.0"]) <= 1e-3 * abs(theirs["L.0"])
    sheet = Sheet(case, "p-uniform*" if near else "p-uniform*, the reference's other models below their maxima")
    yield sheet.row("test of no effect", found.effect_statistic, theirs["L.0"], 1.0)
    yield sheet.row("test of tau2", found.tau2_statistic, theirs["L.het"], 1.0)
    yield sheet.row("estimate", found.estimate, theirs["est"], max(abs(theirs["est"]), 0.1))
    yield sheet.row("tau2", found.tau2, theirs["tau2"], max(theirs["tau2"], min(case.data["vi"])))


TOPICS = {
    "puniform": p_uniforms,
    "puni_star": p_uniform_stars,
    "regtest": regression_test,
    "regtest_lm": regression_test,
    "regtest_rma": regression_test,
    "ranktest": rank_test,
    "trimfill": trim_and_fill,
    "fsn": fail_safe,
    "tes": excess,
    "hc": henmi_copas,
    "metabias": tables,
    "selmodel": selection,
}
