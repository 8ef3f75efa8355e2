"""Medians: converted means, fitted distributions, medians as effects, pooled ranks, medians of survival."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evsynth.effects.measures.effect import MeasuredEffect, MeasureError
from evsynth.effects.medians.box_cox import PowerEstimate, box_cox
from evsynth.effects.medians.five_numbers import FiveNumbers, five_numbers
from evsynth.effects.medians.median_effects import (
    SurvivalMedian,
    difference,
    mean_as_median,
    median_from_fit,
    median_from_ranks,
    survival_difference,
    survival_median,
    survival_ratio,
)
from evsynth.effects.medians.median_of_medians import median_of_medians, weighted_median
from evsynth.effects.medians.normal_conversion import to_mean_and_sd
from evsynth.effects.medians.quantile_estimation import quantile_estimation
from evsynth.effects.medians.unknown_distribution import unknown_distribution
from evsynth.pooling.random_effects import pool
from validation.case import Case, number, numbers
from validation.comparison import Compared, Sheet


def five_number_conversion(case: Case) -> Iterator[Compared]:
    """Compare means and standard deviations converted from five numbers, and where the gate closes."""
    columns, given, theirs = case.table(), case.arguments, case.output
    if given["method"] == "blue" or (given["dist"] == "lnorm" and given["method"] != "default"):
        return
    for place in range(len(columns["n"])):
        found: dict[str, Any] = {"median": columns["median"][place], "n": columns["n"][place]}
        if given["scenario"].startswith(("s1", "s3")):
            found |= {"minimum": columns["min"][place], "maximum": columns["max"][place]}
        if given["scenario"].startswith(("s2", "s3")):
            found |= {"q1": columns["q1"][place], "q3": columns["q3"][place]}
        if given["dist"] == "lnorm":
            return
        yield from _one_conversion(case, five_numbers(**found), given, place, theirs)


def _one_conversion(case: Case, asked: FiveNumbers, given: Any, place: int, theirs: Any) -> Iterator[Compared]:
    mean, sd = numbers(theirs["mean"])[place], numbers(theirs["sd"])[place]
    if given["method"] == "qe":
        found = quantile_estimation(asked)
        sheet = Sheet(case, "quantile estimation")
        if abs(found.mean / (mean or 1.0) - 1) > 1e-3:
            sheet = Sheet(case, "quantile estimation, the reference at a worse fit")
        yield sheet.row("mean", found.mean, mean)
        yield sheet.row("standard deviation", found.sd, sd)
        return
    if given["method"] == "mln":
        yield from _power(case, "MLN", unknown_distribution(asked), mean, sd)
        return
    sheet = Sheet(case, "conversion of five numbers")
    if mean is None:
        try:
            to_mean_and_sd(asked)
        except MeasureError:
            yield sheet.same("where the skewness gate closes", True, True)
            return
        yield sheet.same("where the skewness gate closes", False, True)
        return
    one = to_mean_and_sd(asked, gate=bool(given["test"]))
    yield sheet.row("mean", one.mean, mean)
    yield sheet.row("standard deviation", one.sd, sd)


def _quartiles(case: Case) -> FiveNumbers:
    given = case.arguments
    return five_numbers(median=given["med.val"], q1=given["q1.val"], q3=given["q3.val"], n=given["n"])


def estimated(case: Case) -> Iterator[Compared]:
    """Compare the mean and standard deviation of the nearest distribution."""
    found, theirs = quantile_estimation(_quartiles(case)), case.output
    agree = found.selected == theirs["selected.dist"]
    sheet = Sheet(case, "quantile estimation" if agree else "quantile estimation, the reference at a worse fit")
    yield sheet.row("mean", found.mean, theirs["est.mean"])
    yield sheet.row("standard deviation", found.sd, theirs["est.sd"])


def power(case: Case) -> Iterator[Compared]:
    """Compare the mean and standard deviation when a power of the data is normal."""
    name = "MLN" if case.function.startswith("mln") else "Box-Cox"
    found = (unknown_distribution if name == "MLN" else box_cox)(_quartiles(case))
    yield from _power(case, name, found, case.output["est.mean"], case.output["est.sd"])


def _power(case: Case, name: str, found: PowerEstimate, mean: Any, sd: Any) -> Iterator[Compared]:
    sheet = Sheet(case, f"normal after a power, {name}")
    yield sheet.row("mean, in standard deviations", (found.mean - mean) / found.sd, 0.0, 1.0)
    yield sheet.row("standard deviation", found.sd, sd)


def fits(case: Case) -> Iterator[Compared]:
    """Assert that no fit of the reference is nearer than ours."""
    sheet = Sheet(case, "quantile estimation")
    for fit in quantile_estimation(_quartiles(case)).fits:
        theirs = number(case.output["values"][fit.family])
        if theirs is not None:
            yield sheet.row(
                "sum of squares above the reference's", max(0.0, fit.sum_of_squares - theirs), 0.0, max(theirs, 1e-9)
            )


def _group(case: Case, name: str, place: int) -> FiveNumbers | tuple[float, float, int]:
    columns = case.data["columns"]
    value = {key: columns[f"{key}.{name}"][place] for key in ("n", "q1", "med", "q3", "mean", "sd")}
    if value["med"] is None:
        return value["mean"], value["sd"], value["n"]
    return five_numbers(median=value["med"], q1=value["q1"], q3=value["q3"], n=value["n"])


def as_medians(case: Case) -> Iterator[Compared]:
    """Compare medians as effects, and the pools of medians."""
    method, theirs, both = case.arguments["median_method"], case.output, case.arguments["data"] == "all"
    columns = case.data["columns"]

    def effect(name: str, place: int) -> MeasuredEffect:
        found = _group(case, name, place)
        if not isinstance(found, FiveNumbers):
            return mean_as_median(*found)
        return median_from_fit(found) if method == "qe" else median_from_ranks(found)

    places = range(len(columns["n.g1"]))
    effects = [difference(effect("g1", p), effect("g2", p)) if both else effect("g1", p) for p in places]
    values = [one.y for one in effects]
    if method in ("qe", "cd"):
        sheet = Sheet(case, "medians as effects" + (" (variance from a fit)" if method == "qe" else ""))
        yield from sheet.rows("y", values, theirs["yi"], [one.v**0.5 for one in effects])
        yield from sheet.rows("v", [one.v for one in effects], theirs["vi"])
        return
    weights = [n + (m if both else 0) for n, m in zip(columns["n.g1"], columns["n.g2"], strict=True)]
    found = median_of_medians(values) if method == "mm" else weighted_median(values, weights)
    yield from _ranked(case, found, theirs, coverage=False)


def pooled_medians(case: Case) -> Iterator[Compared]:
    """Compare weighted medians."""
    given = case.arguments
    found = weighted_median(given["yi"], given["wi"], exact=not given["norm.approx"])
    yield from _ranked(case, found, case.output, coverage=True)


def _ranked(case: Case, found: Any, theirs: Any, *, coverage: bool) -> Iterator[Compared]:
    sheet = Sheet(case, "medians of medians")
    for ours, key in ((found.estimate, "pooled.est"), (found.lower, "ci.lb"), (found.upper, "ci.ub")):
        yield sheet.row("estimate and interval", ours, theirs[key])
    if coverage:
        yield sheet.row("coverage", found.coverage, theirs["cov.level"])


def converted(case: Case) -> Iterator[Compared]:
    """Compare the effects and the pool of means converted from medians."""
    rule = "luo/wan/shi" if case.arguments["mean_method"] == "luo" else "hozo/wan/bland"
    y, v, theirs = [], [], case.output
    for place in range(len(numbers(theirs["yi"]))):
        found = _group(case, "g1", place)
        if isinstance(found, FiveNumbers):
            one = to_mean_and_sd(found, rule=rule, gate=False)
            found = one.mean, one.sd, one.n
        y.append(found[0])
        v.append(found[1] ** 2 / found[2])
    sheet = Sheet(case, "converted means")
    yield from sheet.rows("y", y, theirs["yi"])
    yield from sheet.rows("v", v, theirs["vi"])
    if "beta" in theirs:
        pooled = pool(y, v, estimator="REML", interval="wald", prediction="V", level=0.95)
        sheet = Sheet(case, "converted means, pooled by the reference at its default convergence")
        yield sheet.row("estimate", pooled.mean, theirs["beta"], pooled.se)
        yield sheet.row("tau2", pooled.tau2.value, theirs["tau2"], min(v))
        yield sheet.row("Q", pooled.q.q, theirs["QE"])


def survival(case: Case) -> Iterator[Compared]:
    """Compare medians of survival with variances from their intervals."""
    columns, theirs = case.data["columns"], case.output
    sheet = Sheet(case, "medians of survival")
    for place, (y, v) in enumerate(zip(theirs["yi"], theirs["vi"], strict=True)):
        one, two = (
            SurvivalMedian(*(columns[f"med{part}.{name}"][place] for part in ("", ".ci.lb", ".ci.ub", ".ci.level")))
            for name in ("g1", "g2")
        )
        wanted = case.arguments["estimand"]
        if wanted.startswith("median"):
            found = survival_median(one if wanted.endswith("g1") else two)
        else:
            found = (survival_difference if wanted.startswith("difference") else survival_ratio)(one, two)
        yield sheet.row("y", found.y, y, found.v**0.5)
        yield sheet.row("v", found.v, v)


TOPICS = {
    "conv.fivenum": five_number_conversion,
    "qe.mean.sd": estimated,
    "qe.fit": fits,
    "bc.mean.sd_avoid.mc": power,
    "mln.mean.sd": power,
    "metamedian": as_medians,
    "metamean": converted,
    "pool.med": pooled_medians,
    "metamedian_survival": survival,
}
