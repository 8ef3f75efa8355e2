"""Network meta-analysis: effects, heterogeneity, prediction, ranking, decomposition, node-splitting, rare events."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from evsynth.pooling.network import (
    NetworkFit,
    additive_components,
    check_contrasts,
    conditional_likelihood,
    decompose,
    fit_network,
    mantel_haenszel,
    p_scores,
    split,
)
from validation.case import Case, number, numbers
from validation.comparison import Compared, Sheet

TAIL = 1e-300
COLUMNS = ("TE", "seTE", "treat1", "treat2", "studlab")


@lru_cache(maxsize=4)
def _fitted(key: tuple[Any, ...], method: str) -> NetworkFit:
    return fit_network(**dict(zip(COLUMNS, key, strict=True)), method_tau=method)


def _fit(case: Case, method: str) -> NetworkFit:
    columns = case.data["columns"]
    return _fitted(tuple(tuple(columns[name]) for name in COLUMNS), method)


def _matrix(rows: Any) -> Any:
    return np.array([[0.0 if number(value) is None else number(value) for value in row] for row in rows])


def network(case: Case) -> Iterator[Compared]:
    """Compare a network meta-analysis."""
    tau, theirs = case.arguments["method.tau"], case.output
    found = _fit(case, tau if tau == "DL" else f"netmeta-{tau}")
    if theirs is None:
        return
    several = any(len(study.arms) > 2 for study in found.contrasts.studies)
    name = "network" if tau == "DL" else f"network, {tau} as netmeta has it" if several else f"network, {tau}"
    sheet = Sheet(case, name)
    typical = float(np.median(np.square(case.data["columns"]["seTE"])))
    yield sheet.row("tau2", found.tau2.value, theirs["tau2"], typical)
    if "Q" in theirs:
        yield sheet.same("treatments, studies", (list(found.treatments), found.k), (theirs["trts"], theirs["k"]))
        yield sheet.row("Q", found.q, theirs["Q"])
        yield sheet.same("degrees of freedom", found.df, theirs["df.Q"])
        yield sheet.row("p of Q", found.p, theirs["pval.Q"], TAIL)
        yield from sheet.rows("I2", found.i2, [theirs[key] for key in ("I2", "lower.I2", "upper.I2")], 1.0)
    for label, model in (("common", found.common), ("random", found.random)):
        if f"TE.{label}" not in theirs:
            continue
        named = Sheet(case, "network, common effect") if label == "common" else sheet
        yield from _effects(named, found, model, theirs, label)
        if "Pscore.desirable" in theirs:
            scores = theirs["Pscore.desirable"][label]
            ours = {row.treatment: row.score for row in p_scores(found, model=label, small_values="desirable")}
            pinned = list(scores.values()) if isinstance(scores, dict) else scores
            order = list(scores) if isinstance(scores, dict) else list(found.treatments)
            yield from named.rows("P-scores", [ours[one] for one in order], pinned, 1.0)
    if tau == "DL":
        yield from _decomposition(case, found, theirs.get("decomp"))
        yield from _splits(case, found, theirs)


def _effects(sheet: Sheet, found: NetworkFit, model: Any, theirs: Any, label: str) -> Iterator[Compared]:
    se = _matrix(theirs[f"seTE.{label}"])
    unit = se + np.eye(len(se))
    yield from sheet.rows("effects", np.ravel(model.te / unit), np.ravel(_matrix(theirs[f"TE.{label}"]) / unit), 1.0)
    yield from sheet.rows("standard errors", np.ravel(model.se / unit), np.ravel(se / unit), 1.0)
    if f"prop.direct.{label}" in theirs:
        shares = theirs[f"prop.direct.{label}"]
        pinned = list(shares.values()) if isinstance(shares, dict) else shares
        yield from sheet.rows("shares of direct evidence", [pair.direct_share for pair in model.pairs], pinned, 1.0)
    for i, one in enumerate(found.treatments):
        for j, other in enumerate(found.treatments):
            if i == j:
                continue
            pair = model.pair(one, other)
            pins = {
                key: number(theirs[f"{key}.{label}"][i][j])
                for key in ("lower", "upper", "pval")
                if f"{key}.{label}" in theirs
            }
            if "lower" in pins:
                yield sheet.row("intervals", pair.lower, pins["lower"], se[i, j])
                yield sheet.row("intervals", pair.upper, pins["upper"], se[i, j])
            if "pval" in pins:
                yield sheet.row("p", pair.p, pins["pval"], TAIL)
            direct = number(theirs[f"TE.direct.{label}"][i][j]) if f"TE.direct.{label}" in theirs else None
            if direct is not None:
                yield sheet.row("direct evidence", pair.direct, direct, se[i, j])
                yield sheet.row("direct evidence", pair.direct_se, number(theirs[f"seTE.direct.{label}"][i][j]))
            if label == "random" and "lower.predict" in theirs and pair.predict_lower is not None:
                yield sheet.row("prediction", pair.predict_lower, theirs["lower.predict"][i][j], se[i, j])
                yield sheet.row("prediction", pair.predict_upper, theirs["upper.predict"][i][j], se[i, j])


def _decomposition(case: Case, fit: NetworkFit, pins: Any) -> Iterator[Compared]:
    if not pins:
        return
    found, sheet = decompose(fit), Sheet(case, "network, decomposition of Q")
    rows = dict(
        zip(pins["Q.decomp"]["row"], zip(pins["Q.decomp"]["Q"], pins["Q.decomp"]["df"], strict=True), strict=True)
    )
    for name, test in (("Total", found.total), ("Within designs", found.within), ("Between designs", found.between)):
        if name in rows:
            yield from sheet.rows("total, within, between", (test.q, test.df), rows[name], 1e-3)
    for ours, key in ((found.within_design, "Q.het.design"), (found.detached, "Q.inc.detach")):
        if pins.get(key):
            named = {test.name: test.q for test in ours}
            pinned = dict(zip(pins[key]["design"], pins[key]["Q"], strict=True))
            yield sheet.same("designs", set(named), set(pinned))
            for name, q in pinned.items():
                yield sheet.row("by design", named.get(name), q, 1.0)
    joint = pins.get("Q.inc.random")
    if joint and found.random is not None:
        yield sheet.row("inconsistency, random", found.random.q, joint["Q"][0], 1e-3)


def _splits(case: Case, fit: NetworkFit, theirs: Any) -> Iterator[Compared]:
    for method, keys in (
        ("Back-calculation", ("netsplit", "netsplit_Back-calculation")),
        ("SIDDE", ("netsplit_SIDDE",)),
    ):
        pins = next((theirs[key] for key in keys if theirs.get(key)), None)
        if pins is None:
            continue
        for model in ("random", "common"):
            rows = {frozenset((row.treat1, row.treat2)): row for row in split(fit, model=model, method=method)}
            for place, label in enumerate(pins["comparison"]):
                row = rows[frozenset(label.split(":"))]
                sign = 1 if row.treat1 == label.split(":")[0] else -1
                parts = (("direct", row.direct), ("indirect", row.indirect), ("compare", row.difference))
                for part, evidence in parts:
                    if f"{part}.{model}" in pins:
                        yield from _evidence(case, row, sign, evidence, part, pins[f"{part}.{model}"], place, method)


def _evidence(
    case: Case, row: Any, sign: int, evidence: Any, part: str, pins: Any, place: int, method: str
) -> Iterator[Compared]:
    te, se, p = (number(pins[name][place]) for name in ("TE", "seTE", "p"))
    # What is left once a share near 1 is taken out has lost as many digits.
    near = part != "direct" and row.studies and 1 - row.direct_share < 0.01
    sheet = Sheet(case, "node-splitting" + (", direct share above 99 %" if near else ""))
    if evidence is None or te is None:
        yield sheet.same("what exists", evidence is None, te is None)
        return
    yield sheet.row("estimates", sign * evidence.estimate, te, se or 0.0)
    yield sheet.row("standard errors", evidence.se, se)
    yield sheet.row("p", evidence.p, p, TAIL)


def rare(case: Case) -> Iterator[Compared]:
    """Compare Mantel-Haenszel, the conditional likelihood and inverse variance for sparse networks."""
    theirs, method = case.output, case.arguments["method"]
    data, arms = case.data["columns"], {}
    for row in range(len(data["TE"])):
        for side in "12":
            key = (str(data["studlab"][row]), data[f"treat{side}"][row])
            arms[key] = (data[f"event{side}"][row], data[f"n{side}"][row])
    counts = ([s for s, _ in arms], [t for _, t in arms], [x for x, _ in arms.values()], [n for _, n in arms.values()])
    found: Any
    if method == "MH":
        found = mantel_haenszel(*counts)
    elif method == "NCH":
        found = conditional_likelihood(*counts, likelihood="multinomial")
    else:
        found = _fit(case, "DL").common
    sheet = Sheet(case, f"sparse network, {method}")
    se = _matrix(theirs["seTE.common"])
    unit = se + np.eye(len(se))
    yield from sheet.rows("effects", np.ravel(found.te / unit), np.ravel(_matrix(theirs["TE.common"]) / unit), 1.0)
    yield from sheet.rows("standard errors", np.ravel(found.se / unit), np.ravel(se / unit), 1.0)


def components(case: Case) -> Iterator[Compared]:
    """Compare an additive component model."""
    theirs, data = case.output, case.data["columns"]
    contrasts = check_contrasts(data["TE"], data["seTE"], data["treat1"], data["treat2"], data["studlab"])
    found = additive_components(contrasts, inactive=case.arguments["inactive"])
    sheet = Sheet(case, "network, components")
    yield sheet.same("components", list(found.components), theirs["comps"])
    for label, rows in (("common", found.common), ("random", found.random)):
        se = numbers(theirs[f"seComp.{label}"])
        yield from sheet.rows("effects", [row.estimate for row in rows], theirs[f"Comp.{label}"], se)
        yield from sheet.rows("standard errors", [row.se for row in rows], se)
    yield sheet.row("tau", math.sqrt(found.tau2), theirs["tau"])
    yield sheet.row("Q", found.additive[1], theirs["Q.additive"])
    yield sheet.row("Q", found.difference[1], theirs["Q.diff"])
    yield sheet.row("p of Q", found.difference.p, theirs["pval.Q.diff"], TAIL)


TOPICS = {"netmeta": network, "netmetabin": rare, "netcomb": components}
