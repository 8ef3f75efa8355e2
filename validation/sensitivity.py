"""Sensitivity of a pool to its studies: left out, added, influence; every subset; permutations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from evsynth.pooling.regression.model import regress
from evsynth.pooling.regression.permutation import permutation_test
from evsynth.pooling.sensitivity.baujat import baujat
from evsynth.pooling.sensitivity.influence import influence
from evsynth.pooling.sensitivity.leave_out import cumulative, leave_one_out
from evsynth.pooling.tau2_interval import q_profile
from validation.case import Case, numbers
from validation.comparison import Compared, Sheet

TESTS = {"z": "wald", "knha": "hksj"}
TAIL = 1e-300
SEARCH_ENDS = 100.0


def _how(case: Case) -> tuple[Any, Any, str, str]:
    method = case.arguments["method"]
    name = "FE" if method == "EE" else method
    return case.data["yi"], case.data["vi"], name, TESTS[case.arguments.get("test", "z")]


def each_left_out(case: Case) -> Iterator[Compared]:
    """Compare the pools without each study."""
    y, v, method, test = _how(case)
    rows = leave_one_out(y, v, estimator=method, interval=test, level=0.95)
    theirs = case.output
    if theirs is None:
        return
    sheet, least = Sheet(case, _scaled("left out in turn", case)), min(v)
    for at, row in enumerate(rows):
        unit = row.se or 1.0
        yield sheet.row("estimate", row.mean, numbers(theirs["estimate"])[at], unit)
        if method != "FE" and len(numbers(theirs.get("tau2"))) > at:
            yield sheet.row("tau2", row.tau2, numbers(theirs["tau2"])[at], least)
        if "se" in theirs:
            yield sheet.row("standard error", row.se, theirs["se"][at])
            yield sheet.row("interval", row.lower, theirs["ci.lb"][at], unit)
            yield sheet.row("p", row.p, theirs["pval"][at], TAIL)
            yield sheet.row("Q", row.q, theirs["Q"][at], 1e-6)


def _scaled(name: str, case: Case) -> str:
    # The reference iterates by an absolute step of 1e-14: with variances of 1e-5 tau2 has ten digits.
    return f"{name}, variances below 1e-3" if min(case.data["vi"]) < 1e-3 else name


def as_added(case: Case) -> Iterator[Compared]:
    """Compare the pools as studies are added."""
    y, v, method, test = _how(case)
    rows = cumulative(y, v, estimator=method, interval=test, level=0.95)
    theirs, least = case.output, min(v)
    sheet = Sheet(case, _scaled("added in turn", case))
    for at, row in enumerate(rows):
        yield sheet.row("estimate", row.mean, numbers(theirs["estimate"])[at], row.se or 1.0)
        if at and "se" in theirs:
            yield sheet.row("standard error", row.se, numbers(theirs["se"])[at])
        if at and len(numbers(theirs.get("tau2"))) > at:
            yield sheet.row("tau2", row.tau2, numbers(theirs["tau2"])[at], least)


def influences(case: Case) -> Iterator[Compared]:
    """Compare the influence of every study."""
    y, v, method, test = _how(case)
    found = influence(y, v, estimator=method, test=test, moderators=case.data.get("X"))
    theirs = case.output
    if theirs is None:
        return
    sheet = Sheet(case, _scaled("influence", case))
    names = {
        "rstudent": "residual", "cook.d": "cook", "cook": "cook", "hat": "hat", "dffits": "dffits",
        "cov_ratio": "covariance_ratio", "weight": "weight",
    }  # fmt: skip
    for key, name in names.items():
        if key in theirs:
            for at, study in enumerate(found.studies):
                unit = 100.0 if name == "weight" else 1.0
                ours = getattr(study, name)
                if ours is not None:  # undefined here, a rounding error divided by another in the reference
                    yield sheet.row(key.replace("cook.d", "cook"), ours, numbers(theirs[key])[at], unit)
    if "influential" in theirs:
        yield sheet.same("flags", [study.influential for study in found.studies], theirs["influential"])


def baujats(case: Case) -> Iterator[Compared]:
    """Compare the coordinates of Baujat's plot."""
    y, v, method, test = _how(case)
    sheet = Sheet(case, _scaled("Baujat", case))
    points = baujat(y, v, estimator=method, test=test)
    yield from sheet.rows("coordinates", [point.heterogeneity for point in points], case.output["x"], 1.0)
    yield from sheet.rows("coordinates", [point.influence for point in points], case.output["y"], 1.0)


def bounds(case: Case) -> Iterator[Compared]:
    """Compare the Q-profile interval of tau2 at the edge."""
    found = q_profile(case.data["yi"], case.data["vi"], level=0.95)
    if case.output is None:
        return
    sheet = Sheet(case, "interval of tau2, Q-profile, default root tolerance")
    for ours, key in ((found.lower, "tau2.lb"), (found.upper, "tau2.ub")):
        pinned = numbers(case.output[key])[0] or 0.0
        if pinned != SEARCH_ENDS or ours < SEARCH_ENDS:
            yield sheet.row("bounds, absolute", ours, pinned, 1.0)


def permuted(case: Case) -> Iterator[Compared]:
    """Compare an exact permutation test of the mean."""
    y, v, method, _ = _how(case)
    if len(y) > 12:
        return  # the reference drew a sample
    fit = regress(y, v, np.ones((len(y), 1)), names=("one",), estimator=method, test="z", level=0.95)
    found = permutation_test(fit, most=5000, sample=10, seed=1)
    yield Sheet(case, "permutation test").row("p", found.coefficients[0].p, numbers(case.output["pval"])[0])


TOPICS = {
    "leave1out": each_left_out,
    "cumul": as_added,
    "influence": influences,
    "baujat": baujats,
    "confint_qp": bounds,
    "permutest": permuted,
}
