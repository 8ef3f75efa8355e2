"""Counts in two arms: Mantel-Haenszel, Peto, mixed models, and exact intervals of proportions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from evsynth.pooling.rare_events import (
    check_two_arms,
    check_two_rates,
    cumulate,
    leave_one_out,
    mantel_haenszel,
    one_arm_glmm,
    peto,
    two_arm_glmm,
)
from validation.case import Case, number
from validation.comparison import Compared, Sheet

TAIL = 1e-300


def tables_of(case: Case) -> Any:
    """Return the two arms of every study."""
    data = {name: np.array(values, dtype=float) for name, values in case.table().items() if name[0] in "abcdnxt"}
    if "x1i" in data:
        return check_two_rates(data["x1i"], data["t1i"], data["x2i"], data["t2i"])
    one = data["n1i"] if "n1i" in data else data["ai"] + data["bi"]
    two = data["n2i"] if "n2i" in data else data["ci"] + data["di"]
    kept = (one > 0) & (two > 0)  # refused by evsynth, filled with the correction or ignored by the reference
    return check_two_arms(data["ai"][kept], one[kept], data["ci"][kept], two[kept])


def _whole(case: Case) -> bool:
    columns = case.table()
    return "x1i" in columns or len(tables_of(case).x1) == len(columns["ai"])


def _pooler(case: Case) -> Callable[..., Any]:
    given, stratified = case.arguments, "peto" not in case.function
    options: dict[str, Any] = {"level": float(given.get("level", 95)) / 100}
    if "add" in given:
        options |= {"add": given["add"][1], "to": given["to"][1]}
        if stratified:
            options |= {"study_add": given["add"][0], "study_to": given["to"][0]}
    if "drop00" in given:
        options["drop00"] = bool(np.any(given["drop00"]))
    if given.get("correct") is False:
        options["continuity"] = False
    return partial(mantel_haenszel, measure=given["measure"], **options) if stratified else partial(peto, **options)


def stratified(case: Case) -> Iterator[Compared]:
    """Compare a Mantel-Haenszel or Peto pool: estimate, test, heterogeneity, association."""
    theirs, found = case.output, _pooler(case)(tables_of(case))
    name = "Peto" if "peto" in case.function else "Mantel-Haenszel"
    name += "" if _whole(case) else ", without studies that have an empty group"
    sheet, spread = Sheet(case, name), found.heterogeneity
    if "k" in theirs and _whole(case):
        yield sheet.same("studies", found.k, theirs["k"])
    yield sheet.row("estimate", found.estimate, theirs["beta"], found.se)
    yield sheet.row("standard error", found.se, theirs["se"])
    yield sheet.row("p", found.p, theirs["pval"], TAIL)
    for key, ours in (("ci.lb", found.lower), ("ci.ub", found.upper)):
        if key in theirs:
            yield sheet.row("interval", ours, theirs[key], found.se)
    if spread is not None and number(theirs.get("QE")) is not None:
        yield sheet.row("Q", spread.q, theirs["QE"], 1e-3)
        h2 = number(theirs.get("H2"))
        df = round(theirs["QE"] / h2) if h2 and theirs["QE"] > 0 else theirs.get("k.yi", spread.df + 1) - 1
        if df != spread.df:  # the reference counts the tables without a correction
            sheet = Sheet(case, f"{name}, other degrees of freedom in the reference")
        yield sheet.row("p of Q", spread.p, theirs["QEp"], TAIL)
        if "I2" in theirs:
            yield sheet.row("I2 and H2", spread.i2_q, theirs["I2"], 100.0)
            yield sheet.row("I2 and H2", spread.h2_q, theirs["H2"], 1.0)
        sheet = Sheet(case, name)
    for key, ours in (("MH", getattr(found, "association", None)), ("TA", getattr(found, "tarone", None))):
        if number(theirs.get(key)) is not None and ours is not None:
            yield sheet.row("association and homogeneity", ours.statistic, theirs[key], 1e-3)
            yield sheet.row("p of association and homogeneity", ours.p, theirs[f"{key}p"], TAIL)


def in_turn(case: Case) -> Iterator[Compared]:
    """Compare the pools without each study in turn, or as studies are added."""
    theirs = case.output
    steps = (leave_one_out if "leave1out" in case.function else cumulate)(tables_of(case), _pooler(case))
    sheet = Sheet(case, "Peto in turn" if "peto" in case.function else "Mantel-Haenszel in turn")
    columns = ("estimate", "se", "ci.lb", "ci.ub", "pval", "Q", "Qp", "I2", "H2")
    for at, (step, found) in enumerate(steps):
        pins = {key: number(theirs[key][at]) for key in columns if key in theirs}
        if pins["estimate"] is None or found is None:
            yield sheet.same("which can be pooled", bool(step.refused), pins["estimate"] is None)
            continue
        yield sheet.row("estimate", found.estimate, pins["estimate"], found.se)
        yield sheet.row("standard error", found.se, pins["se"])
        for key, ours in (("ci.lb", found.lower), ("ci.ub", found.upper)):
            if key in pins:
                yield sheet.row("interval", ours, pins[key], found.se)
        if "pval" in pins:
            yield sheet.row("p", found.p, pins["pval"], TAIL)
        if found.heterogeneity is not None and pins.get("Q") is not None:
            yield sheet.row("Q", found.heterogeneity.q, pins["Q"], 1e-3)


def mixed(case: Case) -> Iterator[Compared]:
    """Compare a binomial-normal or Poisson-normal mixed model with the reference's optimiser."""
    given, theirs, data = case.arguments, case.output, case.table()
    options: dict[str, Any] = {
        "method": given.get("method", "ML"), "interval": "t" if given.get("test") == "t" else "wald",
        "prediction": "V", "level": 0.95,
    }  # fmt: skip
    measure, model = given["measure"], given.get("model", "")
    if measure in ("PLO", "IRLN"):
        columns = ("x1i", "t1i") if "x1i" in data else ("xi", "ni")
        found = one_arm_glmm(data[columns[0]], data[columns[1]], measure=measure, **options)
    else:
        kind = model + (".cor" if given.get("cor") else "")
        found = two_arm_glmm(tables_of(case), model=kind, **options)
    equal = options["method"] == "EE"
    if equal:
        name = "mixed model, common effect"
    elif model == "UM.RS":
        name = "mixed model, random baselines (UM.RS)"
    else:
        name = f"mixed model ({model})" if model else "mixed model, one arm"
    if "nAGQ" in given:
        name += ", Laplace in the reference"
    sheet = Sheet(case, name)
    yield sheet.row("our gradient, in standard errors", found.convergence.scaled_gradient, 0.0, 1.0)
    yield sheet.row("our change on doubling the nodes", found.convergence.change_on_doubling_nodes, 0.0, 1.0)
    unit = found.se
    if "beta" in theirs:
        yield sheet.row("estimate", found.estimate, theirs["beta"], unit)
        yield sheet.row("standard error", found.se, theirs["se"])
    for key, ours in (("ci.lb", found.lower), ("ci.ub", found.upper)):
        if number(theirs.get(key)) is not None:
            yield sheet.row("interval", ours, theirs[key], unit)
    if not equal and "tau2" in theirs:
        yield sheet.row("tau2", found.tau2, theirs["tau2"], max(0.1, unit**2))
    if number(theirs.get("QE.LRT")) is not None and found.q_lrt is not None:
        yield sheet.row("likelihood-ratio test of homogeneity", found.q_lrt.statistic, theirs["QE.LRT"], 1e-3)


TOPICS = {
    "rma.mh": stratified,
    "rma.peto": stratified,
    "leave1out(rma.mh)": in_turn,
    "cumul(rma.mh)": in_turn,
    "leave1out(rma.peto)": in_turn,
    "cumul(rma.peto)": in_turn,
    "rma.glmm": mixed,
}
