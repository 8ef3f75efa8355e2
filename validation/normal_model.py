"""Random effects and meta-regression: tau2, tests, intervals, predictions, fit statistics, residuals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from evsynth.effects.measures import escalc
from evsynth.pooling.likelihood import log_likelihood
from evsynth.pooling.regression.model import Regression, contrast, regress
from evsynth.pooling.regression.prediction import predict, residuals
from evsynth.pooling.regression.variance_inflation import variance_inflation
from validation.case import Case, number, numbers
from validation.comparison import Compared, Sheet
from validation.tau2_intervals import hard

FROM_Q = ("EE", "FE", "DL")
"""Methods whose I2 the reference takes from Q; from tau2 otherwise."""
NO_UNIT, STATISTICS = 0.0, ("ll", "dev", "AIC", "BIC", "AICc")
BOUNDARY = 1e-9
"""Times the smallest variance: below it the reference's tau2 is its way of saying 0."""
SEARCH_ENDS = 100.0
"""Where the reference stops looking for an upper bound of tau2."""
HIGHER = 1e-8
"""By so much more log-likelihood is another maximum, or one that the reference has not reached."""
ILL_CONDITIONED = 1e3
"""Condition number of the columns, above which the reference's normal equations lose more than six digits."""


def rma(case: Case) -> Iterator[Compared]:
    """Compare a random-effects model, with or without moderators, in every test that the case holds."""
    given, theirs = case.arguments, case.output
    if theirs is None:
        _fitted(_key(case, str(given.get("test", "z"))))  # expected to be refused
        return
    if "global_tau2" in theirs:
        yield from hard(case)
        return
    tests = theirs.get("tests") or {name: theirs[name] for name in ("z", "t", "knha", "adhoc") if name in theirs}
    if not tests:
        tests = {str(theirs.get("test", given.get("test", "z"))): theirs}
    first = True
    for test, pins in tests.items():
        found = _fitted(_key(case, test))
        sheet = Sheet(case, _method(case, found))
        if first:
            yield from _heterogeneity(sheet, found, theirs, given)
            if "fitted" in theirs:
                yield from _residuals(sheet, found, theirs)
            if "LRT_vs_null" in theirs:
                yield from _likelihood_ratio(sheet, case, found, theirs["LRT_vs_null"])
        first = False
        yield from _test(sheet, found, pins)


def _method(case: Case, found: Regression) -> str:
    name = str(case.arguments["method"])
    name = "FE" if name == "EE" else name
    kind = "random effects" if found.design.matrix.shape[1] == 1 else "meta-regression"
    if not _spans_one(found):
        kind = "meta-regression, no intercept"
    elif float(np.linalg.cond(found.design.matrix)) > ILL_CONDITIONED:
        kind = "meta-regression, raw years and the like"
    top = number(case.output["tau2"])
    if name in ("ML", "REML") and top is not None and "tau2" not in case.arguments and _stopped_low(found, name, top):
        return f"{kind}, reference below the maximum"
    return f"{kind}, {name}" if name in ("GENQM", "SJIT", "PM", "PMM") else kind


def _spans_one(found: Regression) -> bool:
    ones = np.ones(len(found.y))
    return float(np.abs(ones - found.design.basis @ (found.design.basis.T @ ones)).max()) < 1e-9


def _stopped_low(found: Regression, likelihood: Any, theirs: float) -> bool:
    height = log_likelihood(max(theirs, 0.0), found.y, found.v, likelihood=likelihood, basis=found.design.basis)
    ours = log_likelihood(found.tau2_value, found.y, found.v, likelihood=likelihood, basis=found.design.basis)
    return ours > height + HIGHER


def _key(case: Case, test: str) -> tuple[Any, ...]:
    data, given = _effects(case), case.arguments
    y = tuple(numbers(data["yi"]))
    x = data.get("X") or [[1.0]] * len(y)
    names = data.get("X_names") or [f"x{at}" for at in range(len(x[0]))]
    level = number(given.get("level", 95)) or 95.0
    weights, own = given.get("weights"), given["method"] in ("GENQ", "GENQM")
    if isinstance(weights, str):
        weights = [1 / v**0.5 for v in data["vi"]]
    equal = given.get("weighted") in (False, [False])
    fixed = number(given["tau2"]) if "tau2" in given else None
    return (
        y,
        tuple(numbers(data["vi"])),
        tuple(map(tuple, x)),
        tuple(names),
        given["method"],
        test,
        level / 100,
        "equal" if equal else tuple(weights) if weights else None,
        tuple(weights) if weights and own else None,
        fixed,
    )


def _effects(case: Case) -> Mapping[str, Any]:
    if "yi" in case.data:
        return case.data
    found = escalc(case.arguments["measure"], case.table(), add=0.5, to="only0", undefined="exclude")
    return {"yi": found.y.tolist(), "vi": found.v.tolist()}


@lru_cache(maxsize=64)
def _fitted(key: tuple[Any, ...]) -> Regression:
    y, v, x, names, method, test, level, weights, tau2_weights, fixed = key
    return regress(
        y, v, x, names=names, estimator="FE" if method == "EE" else method, test=test, level=level, weights=weights,
        tau2_weights=tau2_weights, tau2=fixed,
    )  # fmt: skip


def _heterogeneity(sheet: Sheet, found: Regression, theirs: Any, given: Any) -> Iterator[Compared]:
    least, tau2 = float(found.v.min()), number(theirs["tau2"]) or 0.0
    yield sheet.row("tau2", found.tau2_value, tau2, least)
    if "tau2_independent" in theirs and number(theirs["tau2_independent"]) is not None:
        yield sheet.row("tau2, independent root", found.tau2_value, theirs["tau2_independent"], least)
    if number(theirs.get("se.tau2")) is not None and found.tau2 is not None and tau2 > BOUNDARY * least:
        yield sheet.row("standard error of tau2", found.tau2.se, theirs["se.tau2"])
    yield sheet.row("Q", found.q.q, theirs["QE"], 1e-3)
    if "QEp" in theirs:
        yield sheet.row("p of Q", found.q.p, theirs["QEp"], 1e-300)
    shares, from_q = found.inconsistency, given["method"] in FROM_Q and "tau2" not in given
    for name, ours in (
        ("I2", shares.i2_from_q if from_q else shares.i2_from_tau2),
        ("H2", shares.h2_from_q if from_q else shares.h2_from_tau2),
        ("typical variance", shares.typical_variance),
    ):
        pin = theirs.get("vt" if name == "typical variance" else name)
        if pin is None or ours is None or (name == "H2" and from_q and (number(pin) or 0) <= 1):
            continue
        yield sheet.row(name, ours, pin, 100.0 if name == "I2" else NO_UNIT)
    without = number(theirs.get("tau2_noMods"))
    if theirs.get("R2") is not None and (without is None or without == 0 or without > BOUNDARY * least):
        yield sheet.row("R2", found.r2, theirs["R2"], 100.0)
    pins = theirs.get("fit.stats") or theirs.get("fit")
    if pins:
        for label, ours in (("ML", found.statistics.ml), ("REML", found.statistics.reml)):
            for at, name in enumerate(STATISTICS):
                if name in pins[label] and number(pins[label][name]) is not None and ours[at] is not None:
                    yield sheet.row("log-likelihood, AIC, BIC, AICc", ours[at], pins[label][name], 1.0)
    if "confint_qp" in theirs:
        for name, ours in (("lb", found.tau2_interval.lower), ("ub", found.tau2_interval.upper)):
            pinned = number(theirs["confint_qp"][f"tau2.{name}"]) or 0.0
            if pinned != SEARCH_ENDS or ours < SEARCH_ENDS:
                yield sheet.row("Q-profile bound, default root tolerance", ours, pinned, 1.0)


def _test(sheet: Sheet, found: Regression, pins: Any) -> Iterator[Compared]:
    se = [one.se for one in found.coefficients]
    for name, quantity, unit in (
        ("beta", "estimate", se),
        ("se", "standard error", NO_UNIT),
        ("zval", "test statistic", 1.0),
        ("ci.lb", "interval", se),
        ("ci.ub", "interval", se),
        ("pval", "p", 1e-300),
    ):
        pinned = numbers(pins[name]) if name in pins else []
        if not pinned or all(value is None for value in pinned):
            continue
        ours = {
            "beta": [one.estimate for one in found.coefficients],
            "se": se,
            "zval": [one.statistic for one in found.coefficients],
            "ci.lb": [one.lower for one in found.coefficients],
            "ci.ub": [one.upper for one in found.coefficients],
            "pval": [one.p for one in found.coefficients],
        }[name]
        if found.scale > 0:
            yield from sheet.rows(quantity, ours, pinned, unit)
        elif name == "beta":  # a perfect fit: a test statistic is 0/0, with any rounding error above
            yield from sheet.rows(quantity, ours, pinned, 1.0)
    if found.scale == 0:
        return
    if number(pins.get("s2w")) is not None:
        yield sheet.row("Knapp-Hartung factor", found.scale, pins["s2w"])
    if "vb" in pins:
        outer = np.outer(se, se)
        yield from sheet.rows(
            "covariance", np.ravel(found.covariance / outer), np.ravel(np.array(pins["vb"]) / outer), 1.0
        )
    if number(pins.get("QM")) is not None:
        yield sheet.row("omnibus test", found.omnibus.statistic, pins["QM"], 1.0)
        yield sheet.row("p of the omnibus test", found.omnibus.p, pins["QMp"], 1e-300)
    yield from _predictions(sheet, found, pins)
    if "anova_last" in pins:
        chosen = np.atleast_1d(pins["anova_last"]["btt"]).astype(int) - 1
        joint = contrast(found, np.eye(len(se))[chosen], names=[str(at) for at in chosen])[1]
        yield sheet.row("omnibus test", joint.statistic, pins["anova_last"]["QM"], 1.0)
        yield sheet.row("p of the omnibus test", joint.p, pins["anova_last"]["QMp"], 1e-300)
    if "anova_L" in pins:
        one = contrast(found, pins["anova_L"]["L"], names=["L"])[0][0]
        yield sheet.row("contrast", one.estimate, pins["anova_L"]["Xb"], one.se)
        yield sheet.row("contrast", one.se, pins["anova_L"]["se"])
        yield sheet.row("p of a contrast", one.p, pins["anova_L"]["pval"], 1e-300)


def _predictions(sheet: Sheet, found: Regression, pins: Any) -> Iterator[Compared]:
    flat = "predict" not in pins
    pinned = {key: value for key, value in pins.items() if key.startswith(("pi.", "riley."))} if flat else None
    width = found.design.matrix.shape[1]
    if flat:
        if pinned and width == 1:
            one = predict(found, [[1.0]])[0]
            for side in (0, 1):
                name = ("lb", "ub")[side]
                yield sheet.row("prediction", one.default[side], pinned[f"pi.{name}"], one.total_se)
                riley = one.riley[side] if one.riley else None
                yield sheet.row("prediction", riley, pinned.get(f"riley.pi.{name}"), one.total_se)
        return
    new = pins["predict"].get("newmods")
    rows = np.column_stack([np.ones(len(new)), new]) if new is not None else np.eye(1)
    if rows.shape[1] != width:
        return
    fitted = predict(found, rows)
    se = [one.mean.se for one in fitted]
    yield from sheet.rows("prediction", [one.mean.estimate for one in fitted], pins["predict"]["pred"], se)
    yield from sheet.rows("prediction", se, pins["predict"]["se"])
    for group, name in (("predict", "default"), ("predict_riley", "riley"), ("predict_simple", "simple")):
        for side, key in enumerate(("pi.lb", "pi.ub")):
            if name == "simple" and found.tau2_value <= BOUNDARY * float(found.v.min()):
                continue  # +- z tau: the root of a boundary that is 1e-15 in the reference
            if group in pins and any(value is not None for value in numbers(pins[group].get(key) or [])):
                ours = [getattr(one, name)[side] if getattr(one, name) else None for one in fitted]
                units = [one.total_se for one in fitted]
                yield from sheet.rows("prediction", ours, numbers(pins[group][key]), units)


def _residuals(sheet: Sheet, found: Regression, theirs: Any) -> Iterator[Compared]:
    ours, spread = residuals(found), np.sqrt(found.v + found.tau2_value)
    yield from sheet.rows("fitted values and residuals", ours.fitted, theirs["fitted"], spread)
    yield from sheet.rows("fitted values and residuals", ours.residuals, theirs["resid"], spread)
    yield from sheet.rows("fitted values and residuals", ours.se, theirs["rstandard"]["se"], spread)
    pairs = [(a, b) for a, b in zip(ours.standardised, numbers(theirs["rstandard"]["z"]), strict=True) if a is not None]
    yield from sheet.rows("standardised residuals", [a for a, _ in pairs], [b for _, b in pairs], 1.0)
    yield from sheet.rows("leverages", ours.leverages, theirs["hat"], 1.0)
    if theirs.get("vif"):
        yield from sheet.rows("variance inflation", variance_inflation(found), theirs["vif"])


def _likelihood_ratio(sheet: Sheet, case: Case, found: Regression, pins: Any) -> Iterator[Compared]:
    key = list(_key(case, "z"))
    key[2], key[3] = tuple((1.0,) for _ in key[0]), ("one",)
    without = _fitted(tuple(key))
    ratio = 2 * (found.statistics.ml.log_likelihood - without.statistics.ml.log_likelihood)
    yield sheet.row("likelihood ratio against no moderators", ratio, pins["LRT"], 1.0)


TOPICS = {"rma.uni": rma}
