"""Meta-regression: pinned references, 50-digit arithmetic on raw years, refusals, and laws that hold for any data."""

from __future__ import annotations

import itertools
import json
import math
from functools import cache
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evsynth.pooling.guard import InputError
from evsynth.pooling.likelihood import log_likelihood, tail_bound, upper_bounds
from evsynth.pooling.maximum import maximise
from evsynth.pooling.regression.design import make_design
from evsynth.pooling.regression.formula import from_formula
from evsynth.pooling.regression.location_scale import location_scale
from evsynth.pooling.regression.many import fit_many
from evsynth.pooling.regression.model import Regression, contrast, regress
from evsynth.pooling.regression.permutation import permutation_test
from evsynth.pooling.regression.prediction import predict, residuals
from evsynth.pooling.regression.subgroups import subgroups
from evsynth.pooling.tau2.estimate import estimate

REFERENCES = Path(__file__).parents[1] / "references"

RELATIVE = 1e-10
# Small p-values amplify a relative error of the statistic by its square.
P_RELATIVE = 1e-8
# On raw calendar years metafor's normal equations lose digits (bcg:OR:inter: 1.6e-9 of tau2, 1e-7 of a standard error);
# test_raw_years_in_50_digits shows that ours does not.
YEARS = 3e-7
# The optimiser behind the pinned location-scale models stops there; ours ends at a score of 1e-12 and never lower.
OPTIMISER = 2e-3


def references(name: str) -> dict:
    return json.loads((REFERENCES / name).read_text(encoding="utf-8"))


MAIN, SCALE = references("meta_regression_metafor.json"), references("location_scale_and_subgroups_metafor.json")
HARD = references("tau2_hard.json")


@cache
def fitted(dataset: str, method: str, test: str) -> Regression:
    data = MAIN["datasets"][dataset]
    w = 1 / np.sqrt(data["vi"]) if method == "GENQ" else None
    return regress(
        data["yi"], data["vi"], data["X"], names=data["X_names"], estimator=method, test=test, level=0.95,
        weights=w, tau2_weights=w,
    )  # fmt: skip


def test_grid_of_pins_is_complete() -> None:
    methods = {"FE", "DL", "HE", "HS", "SJ", "ML", "REML", "EB", "PM", "PMM", "GENQ"}
    full = {(d, m) for d in MAIN["datasets"] for m in methods}
    found = {(c["dataset"], c["arguments"]["method"]) for c in MAIN["cases"]}
    assert found < full
    assert {dataset for dataset, _ in found} == set(MAIN["datasets"])
    assert len(MAIN["cases"]) == 131
    assert len(SCALE["cases"]) == 25


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in MAIN["cases"]])
def test_matches_metafor(case: dict) -> None:
    dataset, method, expected = case["dataset"], case["arguments"]["method"], case["output"]
    data = MAIN["datasets"][dataset]
    years = any(part in dataset for part in (":yr", ":full", ":inter", ":latyr"))
    relative = YEARS if years else RELATIVE
    least = min(data["vi"])
    for test, pinned in expected["tests"].items():
        found = fitted(dataset, method, test)
        assert found.tau2_value == pytest.approx(expected["tau2"], rel=relative, abs=1e-12 * least)
        assert found.q.q == pytest.approx(expected["QE"], rel=relative)
        assert found.q.p == pytest.approx(expected["QEp"], rel=max(relative, P_RELATIVE), abs=1e-300)
        assert found.r2 == pytest.approx(expected["R2"], rel=relative, abs=1e-6)
        shares = found.inconsistency
        i2 = shares.i2_from_q if method in ("FE", "DL") else shares.i2_from_tau2
        assert i2 == pytest.approx(expected["I2"], rel=relative, abs=1e-9)
        if method != "FE" and expected["tau2"] > 1e-9 * least:
            assert found.tau2.se == pytest.approx(expected["se.tau2"], rel=relative)
        for ours, theirs in (
            (found.statistics.ml, expected["fit"]["ML"]),
            (found.statistics.reml, expected["fit"]["REML"]),
        ):
            assert (ours[0], *ours[2:]) == pytest.approx(tuple(theirs.values()), rel=relative, abs=1e-8)
        check_test(found, pinned, relative=relative, years=years)


def check_test(found: Regression, pinned: dict, *, relative: float, years: bool) -> None:
    for at, one in enumerate(found.coefficients):
        slack = relative * pinned["se"][at]
        assert one.estimate == pytest.approx(pinned["beta"][at], rel=relative, abs=slack)
        assert one.se == pytest.approx(pinned["se"][at], rel=relative)
        assert one.statistic == pytest.approx(pinned["zval"][at], rel=relative, abs=relative)
        assert one.p == pytest.approx(pinned["pval"][at], rel=max(P_RELATIVE, relative))
        assert one.lower == pytest.approx(pinned["ci.lb"][at], rel=relative, abs=slack)
    assert found.scale == pytest.approx(pinned["s2w"], rel=relative)
    assert found.omnibus.statistic == pytest.approx(pinned["QM"], rel=relative)
    assert found.omnibus.p == pytest.approx(pinned["QMp"], rel=max(P_RELATIVE, relative))
    rows = np.column_stack([np.ones(len(pinned["predict"]["newmods"])), pinned["predict"]["newmods"]])
    for at, one in enumerate(predict(found, rows)):
        se = pinned["predict"]["se"][at]
        assert one.mean.estimate == pytest.approx(pinned["predict"]["pred"][at], rel=relative, abs=relative * se)
        assert one.mean.se == pytest.approx(se, rel=relative)
        if pinned["predict"]["pi.lb"]:
            assert one.default[0] == pytest.approx(pinned["predict"]["pi.lb"][at], rel=relative, abs=relative * se)
    if "anova_last" in pinned:
        chosen = np.atleast_1d(pinned["anova_last"]["btt"]) - 1
        _, joint = contrast(found, np.eye(len(found.coefficients))[chosen], names=[str(at) for at in chosen])
        assert joint.statistic == pytest.approx(pinned["anova_last"]["QM"], rel=relative, abs=relative)
        assert joint.p == pytest.approx(pinned["anova_last"]["QMp"], rel=max(P_RELATIVE, relative))
    assert ("MODERATORS_NEARLY_COLLINEAR" in found.codes) <= years


@pytest.mark.parametrize("dataset", ["bcg:OR:inter", "bcg:RR:full", "berkey1998:GEN:yr"])
@pytest.mark.parametrize("method", ["DL", "REML"])
def test_raw_years_in_50_digits(dataset: str, method: str) -> None:
    """Columns such as 1948 and 1948 times a group: tau2, coefficients and errors keep 13 digits."""
    data, found = MAIN["datasets"][dataset], fitted(dataset, method, "z")
    with mpmath.workdps(50):
        y, x = mpmath.matrix(data["yi"]), mpmath.matrix(data["X"])
        v = [mpmath.mpf(value) for value in data["vi"]]
        k, p = x.rows, x.cols

        def fit(tau2):
            w = [1 / (value + tau2) for value in v]
            inverse = (x.T * mpmath.diag(w) * x) ** -1
            b = inverse * (x.T * mpmath.diag(w) * y)
            e = y - x * b
            spread = inverse * (x.T * mpmath.diag([a * a for a in w]) * x)
            return w, inverse, b, e, sum(spread[i, i] for i in range(p))

        def score(tau2):
            w, _, _, e, spread = fit(tau2)
            return sum((w[i] * e[i]) ** 2 - w[i] for i in range(k)) + spread

        if method == "DL":
            w, _, _, e, spread = fit(mpmath.mpf(0))
            tau2 = (sum(w[i] * e[i] ** 2 for i in range(k)) - (k - p)) / (sum(w) - spread)
        else:
            near = found.tau2_value
            tau2 = mpmath.findroot(score, (near * 0.999, near * 1.001), solver="anderson", tol=1e-40)
        _, inverse, b, _, _ = fit(tau2)
        assert abs(found.tau2_value - tau2) <= 1e-13 * tau2
        for at, one in enumerate(found.coefficients):
            se = mpmath.sqrt(inverse[at, at])
            assert abs(one.estimate - b[at]) <= 1e-13 * (abs(b[at]) + se)
            assert abs(one.se - se) <= 1e-13 * se


def test_nearly_collinear_columns_in_50_digits() -> None:
    """x and x +- 1e-5: a reference by normal equations is 2.6e-5 off in tau2; ours is not, and says so."""
    x = [[1, 1, 1.00001], [1, 2, 1.99999], [1, 3, 3.00001], [1, 4, 4.00001], [1, 5, 4.99999], [1, 6, 5.99999],
         [1, 7, 7.00001], [1, 8, 7.99999]]  # fmt: skip
    y, v = [0.1, 0.5, -0.2, 0.8, 0.3, 0.6, 0.2, 0.9], [0.01, 0.02, 0.03, 0.02, 0.04, 0.02, 0.05, 0.01]
    found = regress(y, v, x, names=["one", "x", "nearly x"], estimator="REML", test="z", level=0.95)
    assert "MODERATORS_NEARLY_COLLINEAR" in found.codes
    with mpmath.workdps(50):
        design = mpmath.matrix(x)

        def score(tau2):
            w = [1 / (mpmath.mpf(a) + tau2) for a in v]
            inverse = (design.T * mpmath.diag(w) * design) ** -1
            e = mpmath.matrix(y) - design * (inverse * (design.T * mpmath.diag(w) * mpmath.matrix(y)))
            spread = inverse * (design.T * mpmath.diag([a * a for a in w]) * design)
            return sum((w[i] * e[i]) ** 2 - w[i] for i in range(8)) + sum(spread[i, i] for i in range(3))

        near = found.tau2_value
        exact = mpmath.findroot(score, (near * 0.999, near * 1.001), solver="anderson", tol=1e-40)
        assert abs(near - exact) <= 1e-12 * exact


def test_metafor_centres_effects_without_an_intercept() -> None:
    """Without an intercept in the span QE must not depend on mean-centred effects; metafor prints 14.267 here."""
    y, v, x = np.array([0.1, 0.4, 0.9, 0.3, 0.7]), np.array([0.02, 0.03, 0.04, 0.05, 0.02]), np.array([1.0, 2, 3, 5, 4])
    found = regress(y, v, x[:, None], names=["x"], estimator="DL", test="z", level=0.95)
    slope = (x * y / v).sum() / (x * x / v).sum()
    assert found.q.q == pytest.approx(((y - slope * x) ** 2 / v).sum(), rel=1e-14)
    centred = y - y.mean()
    slope = (x * centred / v).sum() / (x * x / v).sum()
    assert ((centred - slope * x) ** 2 / v).sum() == pytest.approx(14.26741463414634, rel=1e-14)


@pytest.mark.parametrize("likelihood", ["ML", "REML"])
def test_global_maximum_with_moderators_is_certified(likelihood: str) -> None:
    """Bounds hold on every interval and in the tail, and the certificate says branch and bound."""
    data = MAIN["datasets"]["dumouchel1994:GEN:all"]
    y, v = np.array(data["yi"]), np.array(data["vi"])
    basis = make_design(data["X"], data["X_names"]).basis
    edges = np.concatenate(([0.0], np.geomspace(1e-6, 1e4, 60)))
    bounds = upper_bounds(edges[:-1], edges[1:], y, v, likelihood=likelihood, basis=basis)
    for low, high, bound in zip(edges[:-1], edges[1:], bounds, strict=True):
        inside = [log_likelihood(float(t), y, v, likelihood=likelihood, basis=basis) for t in np.linspace(low, high, 7)]
        assert max(inside) <= bound + 1e-12
        assert max(inside) <= tail_bound(float(low), y, v, likelihood=likelihood, basis=basis) + 1e-12
    top = maximise(y, v, likelihood=likelihood, basis=basis)
    assert top.certified
    assert "branch and bound" in top.certificate
    grid = [log_likelihood(float(t), y, v, likelihood=likelihood, basis=basis) for t in np.geomspace(1e-8, 1e3, 500)]
    assert top.log_likelihood >= max(grid)


def test_two_maxima_with_a_moderator() -> None:
    """The two-maxima example survives a moderator: both are found, the higher one is taken, and that is said."""
    data = HARD["datasets"]["multimodal_01"]
    y, v = data["yi"], data["vi"]
    plain = estimate(np.array(y), np.array(v), np.full((len(y), 1), len(y) ** -0.5), estimator="REML")
    assert len(plain.maximum.local_maxima) == 2
    for seed in range(40):
        x = np.column_stack([np.ones(len(y)), np.random.default_rng(seed).normal(size=len(y)).round(2)])
        found = regress(y, v, x, names=["one", "x"], estimator="REML", test="knha", level=0.95)
        if "TAU2_MULTIPLE_MAXIMA" in found.codes:
            assert found.tau2.log_likelihood == max(height for _, height in found.tau2.local_maxima)
            assert "TAU2_NOT_CERTIFIED" not in found.codes
            return
    raise AssertionError("no example found")


STUDY = {"y": [0.1, 0.4, 0.9, 0.3, 0.7, 0.2], "v": [0.02, 0.03, 0.04, 0.05, 0.02, 0.03]}


@pytest.mark.parametrize(
    ("x", "names", "message"),
    [
        ([[1, 1, 2]] * 3 + [[1, 0, 0]] * 3, ["one", "a", "b"], "b is determined by a; leave one of them out"),
        ([[1, 1, 0], [1, 0, 1]] * 3, ["one", "a", "b"], "b is determined by one and a"),
        ([[1, 0]] * 6, ["one", "zero"], "zero is 0 in every study"),
        ([[1, 5]] * 6, ["one", "five"], "five is determined by one"),
        ([[1, math.nan]] * 6, ["one", "x"], "study 1: x = nan is not a finite number"),
        ([[1, 2]] * 6, ["x", "x"], "'x' stands for 2 columns"),
        (np.vander(np.arange(6.0), 6), list("abcdef"), "6 studies cannot carry 6 coefficients"),
        ([[1]] * 5, ["one"], "y has 6 values but the moderators have 5 rows"),
        ([[1, 2]] * 6, ["one"], "2 columns but 1 names"),
        (np.ones(6), ["one"], "one row per study"),
    ],
)
def test_designs_that_are_refused(x, names, message) -> None:
    with pytest.raises(InputError, match=message):
        regress(STUDY["y"], STUDY["v"], x, names=names, estimator="REML", test="z", level=0.95)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"test": "wald"}, "test = 'wald' is not known"),
        ({"estimator": "XX"}, "estimator = 'XX' is not known"),
        ({"tested": ["year"]}, "'year' is not a column"),
        ({"tau2": -1.0}, "tau2 = -1.0 must be"),
        ({"weights": [1, 1, 0, 1, 1, 1]}, "study 3: weight = 0.0 must be > 0"),
        ({"weights": "unequal"}, "weights = 'unequal' is not known"),
        ({"level": 95}, "did you mean 0.95"),
    ],
)
def test_choices_that_are_refused(changes: dict, message: str) -> None:
    options = {"names": ["one", "x"], "estimator": "REML", "test": "z", "level": 0.95, **changes}
    x = [[1, 1], [1, 2], [1, 3], [1, 5], [1, 4], [1, 7]]
    with pytest.raises(InputError, match=message):
        regress(STUDY["y"], STUDY["v"], x, **options)


def test_what_was_done_is_said() -> None:
    x = [[1, 1], [1, 2], [1, 3], [1, 5], [1, 4], [1, 7]]
    options = {"names": ["one", "x"], "estimator": "REML", "level": 0.95}
    found = regress(STUDY["y"], STUDY["v"], x, test="z", tau2=0.05, **options)
    assert {"FEW_STUDIES_PER_COEFFICIENT", "TAU2_GIVEN_NOT_ESTIMATED"} <= set(found.codes)
    assert found.model == "normal-normal with moderators, tau2 given"
    equal = regress(STUDY["y"], STUDY["v"], x, test="z", weights="equal", **options)
    assert "WEIGHTS_GIVEN" in equal.codes
    assert equal.weights == pytest.approx([100 / 6] * 6)
    with pytest.raises(InputError, match="'year' is not a column"):
        found.coefficient("year")
    assert found.coefficient("x").se == pytest.approx(math.sqrt(found.covariance[1, 1]), rel=1e-12)


def test_perfect_fit_is_said() -> None:
    x = [[1, 1], [1, 2], [1, 3], [1, 4], [1, 5]]
    found = regress([0.3, 0.5, 0.7, 0.9, 1.1], [0.02, 0.03, 0.04, 0.05, 0.02], x, names=["one", "x"], estimator="DL",
                    test="knha", level=0.95)  # fmt: skip
    assert "MODERATORS_FIT_PERFECTLY" in found.codes
    assert found.omnibus.statistic is None
    assert found.coefficient("x").p is None
    assert found.coefficient("x").estimate == pytest.approx(0.2, rel=1e-12)


def test_residuals_of_a_group_of_one_are_exactly_zero() -> None:
    x = [[1, 0], [1, 0], [1, 0], [1, 0], [1, 0], [1, 1]]
    found = regress(STUDY["y"], STUDY["v"], x, names=["one", "alone"], estimator="REML", test="z", level=0.95)
    left = residuals(found)
    assert left.standardised[5] is None
    assert left.se[5] == 0.0
    assert left.leverages[5] == pytest.approx(1.0)
    assert left.residuals[5] == pytest.approx(0.0, abs=1e-15)


def test_predictions_say_when_they_extrapolate() -> None:
    found = fitted("bcg:RR:lat", "REML", "knha")
    near, far = predict(found, [[1, 30], [1, 80]])
    assert near.codes == ()
    assert far.codes == ("EXTRAPOLATES",)
    assert near.riley[0] < near.default[0] < near.simple[0]
    with pytest.raises(InputError, match="rows must have 2 columns"):
        predict(found, [[30]])


def test_contrasts() -> None:
    found = fitted("bcg:RR:alloc", "REML", "z")
    single, joint = contrast(found, [[0, 1, -1]], names=["random - systematic"])
    assert joint.statistic == pytest.approx(single[0].statistic ** 2, rel=1e-12)
    with pytest.raises(InputError, match="depend on each other"):
        contrast(found, [[0, 1, -1], [0, 2, -2]], names=["a", "b"])
    with pytest.raises(InputError, match="is not a finite number"):
        contrast(found, [[0, 1, math.inf]], names=["a"])


def test_formula_gives_the_design_of_the_reference() -> None:
    data = MAIN["datasets"]["bcg:RR:full"]
    found = from_formula(data["formula"], data["mods"])
    assert found.names == ("Intercept", "ablat", "year", "alloc[T.random]", "alloc[T.systematic]")
    assert (found.matrix == np.array(data["X"])).all()
    data = MAIN["datasets"]["bcg:OR:inter"]
    found = from_formula(data["formula"], data["mods"])
    assert (found.matrix == np.array(data["X"])).all()
    other = from_formula("alloc * ablat", MAIN["datasets"]["bcg:RR:full"]["mods"], reference={"alloc": "random"})
    assert other.names[1] == "alloc[T.alternate]"
    assert other.rows({"alloc": ["systematic"], "ablat": [3]}).tolist() == [[1, 0, 1, 3, 0, 3]]
    assert from_formula("1", data["mods"]).matrix.shape == (13, 1)
    assert from_formula("~ 0 + `a b` + I(x ** 2) + log(x)", {"a b": [1.0, 2.0], "x": [1.0, 3.0]}).matrix.shape == (2, 3)


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("__import__('os').system('true')", "is not one of C, I"),
        ("x.sum()", "'.sum..' is not part of the language"),
        ("[x for x in y]", "is not part of the language"),
        ("y ~ x", "write only what comes after ~"),
        ("log(z)", "no column 'z'; there are 'x', 'y', 'g'"),
        ("exp(x)", "'exp' is not one of"),
        ("x + g +", "formula"),
    ],
)
def test_formulas_that_are_refused(formula: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        from_formula(formula, {"x": [1.0, 2.0], "y": [3.0, 4.0], "g": ["a", "b"]})


def test_missing_values_and_unknown_levels_are_refused() -> None:
    data = {"x": [1.0, None, 3.0], "g": ["a", "b", None]}
    with pytest.raises(InputError) as caught:
        from_formula("x + g", data)
    assert caught.value.problems == (
        "study 2: x = None is missing or not a finite number",
        "study 3: g = None is missing or not a finite number",
    )
    good = from_formula("g", {"g": ["a", "b", "a"]})
    with pytest.raises(InputError, match="g has no level 'c'; there are a, b"):
        good.rows({"g": ["c"]})
    with pytest.raises(InputError, match="same number of values"):
        from_formula("x + g", {"x": [1.0], "g": ["a", "b"]})
    with pytest.raises(InputError, match="has no level 'z'"):
        from_formula("g", {"g": ["a", "b"]}, reference={"g": "z"})


SUBGROUPS = [c for c in SCALE["cases"] if c["function"].startswith("subgroup")]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in SUBGROUPS])
def test_subgroups_match_metafor(case: dict) -> None:
    data, expected = SCALE["datasets"][case["dataset"]], case["output"]
    found = subgroups(data["yi"], data["vi"], data["group"], estimator="REML", test="z", tau2="separate", level=0.95)
    assert [group.name for group in found.groups] == expected["levels"]
    assert [group.k for group in found.groups] == expected["k"]
    assert [group.estimate for group in found.groups] == pytest.approx(expected["beta"], rel=RELATIVE)
    assert [group.se for group in found.groups] == pytest.approx(expected["se"], rel=RELATIVE)
    least = 1e-12 * min(data["vi"])
    assert [group.tau2 for group in found.groups] == pytest.approx(expected["tau2"], rel=RELATIVE, abs=least)
    assert found.test.statistic == pytest.approx(expected["Qb"], rel=RELATIVE)
    assert found.test.p == pytest.approx(expected["p"], rel=RELATIVE)
    assert found.codes == ("SUBGROUPS_ARE_OBSERVATIONAL",)


def test_subgroups_with_one_tau2_are_a_regression() -> None:
    data = MAIN["datasets"]["bcg:RR:alloc"]
    groups = data["mods"]["alloc"]
    found = subgroups(data["yi"], data["vi"], groups, estimator="REML", test="knha", tau2="pooled", level=0.95)
    other = fitted("bcg:RR:alloc", "REML", "knha")
    assert found.test.statistic == pytest.approx(other.omnibus.statistic, rel=1e-10)
    assert found.test.distribution == "F"
    assert [group.tau2 for group in found.groups] == pytest.approx([other.tau2_value] * 3, rel=1e-10)
    assert found.groups[0].estimate == pytest.approx(other.coefficients[0].estimate, rel=1e-10)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (["a"] * 6, "every study is in subgroup 'a'"),
        (["a"] * 5 + ["b"], "subgroup 'b' has one study"),
        (["a"] * 5 + [""], "study 6: the subgroup is missing"),
        (["a", "b"], "groups has 2 values but y has 6"),
    ],
)
def test_subgroups_that_are_refused(groups, message) -> None:
    with pytest.raises(InputError, match=message):
        subgroups(STUDY["y"], STUDY["v"], groups, estimator="REML", test="z", tau2="separate", level=0.95)


LOCATION_SCALE = [c for c in SCALE["cases"] if c["function"] == "rma(scale=)"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in LOCATION_SCALE])
def test_location_scale_models_end_at_least_as_high_as_metafor(case: dict) -> None:
    data, expected, arguments = SCALE["datasets"][case["dataset"]], case["output"], case["arguments"]
    x = np.array(data["X"], dtype=float)
    both, names = arguments["mods"] != "~1", data["X_names"]
    found = location_scale(
        data["yi"],
        data["vi"],
        x if both else x[:, :1],
        x[:, 1:],
        names=names if both else names[:1],
        scale_names=names[1:],
        likelihood=arguments["method"],
        level=0.95,
    )
    height = expected["fit.stats"][arguments["method"]]["ll"]
    assert found.log_likelihood >= height - 1e-9
    assert "SCALE_NOT_CERTIFIED" in found.codes
    if "SCALE_AT_BOUNDARY" in found.codes:
        assert found.scale == ()
        return
    assert max(map(abs, found.score)) < 1e-9
    if found.log_likelihood > height + 1e-7:
        return  # the reference stopped too early
    for ours, theirs, errors in (
        (found.scale, expected["alpha"], expected["se.alpha"]),
        (found.location, expected["beta"], expected["se"]),
    ):
        for one, value, error in zip(ours, theirs, errors, strict=True):
            assert one.estimate == pytest.approx(value, abs=OPTIMISER * error)
            assert one.se == pytest.approx(error, rel=OPTIMISER)
    assert found.tau2 == pytest.approx(expected["tau2"], rel=4 * OPTIMISER)
    assert found.scale_test.statistic == pytest.approx(expected["QS"], rel=4 * OPTIMISER)


def test_a_constant_scale_is_the_ordinary_model() -> None:
    data = MAIN["datasets"]["bcg:RR:lat"]
    for likelihood in ("ML", "REML"):
        found = location_scale(
            data["yi"], data["vi"], data["X"], np.ones((13, 1)), names=["one", "ablat"], scale_names=["one"],
            likelihood=likelihood, level=0.95,
        )  # fmt: skip
        other = fitted("bcg:RR:lat", likelihood, "z")
        assert found.tau2[0] == pytest.approx(other.tau2_value, rel=1e-9)
        assert found.log_likelihood == pytest.approx(other.tau2.log_likelihood, rel=1e-12)
        assert [one.estimate for one in found.location] == pytest.approx(
            [one.estimate for one in other.coefficients], rel=1e-9
        )
        assert "SCALE_NOT_CERTIFIED" not in found.codes


def test_observed_information_of_the_scale() -> None:
    """The score that is zero and the curvature behind the errors, by differences of the log-likelihood."""
    data = SCALE["datasets"]["dorn2007:jad"]
    x = np.array(data["X"], dtype=float)
    for likelihood in ("ML", "REML"):
        found = location_scale(
            data["yi"], data["vi"], x, x, names=["one", "jadad"], scale_names=["one", "jadad"], likelihood=likelihood,
            level=0.95,
        )  # fmt: skip
        alpha = np.array([one.estimate for one in found.scale])

        def height(at, likelihood=likelihood):
            tau2, y, v = np.exp(x @ at), np.array(data["yi"]), np.array(data["vi"])
            w = 1 / (v + tau2)
            moments = x.T * w @ x
            e = y - x @ np.linalg.solve(moments, x.T @ (w * y))
            value = np.log(w).sum() - (w * e * e).sum()
            return 0.5 * (value - (np.linalg.slogdet(moments)[1] if likelihood == "REML" else 0.0))

        step = 1e-3
        hessian = np.zeros((2, 2))
        for i, j in itertools.product(range(2), repeat=2):
            one, two = np.eye(2)[i] * step, np.eye(2)[j] * step
            corners = (alpha + one + two, alpha + one - two, alpha - one + two, alpha - one - two)
            a, b, c, d = (height(corner) for corner in corners)
            hessian[i, j] = (a - b - c + d) / (4 * step * step)
        errors = np.sqrt(np.diag(np.linalg.inv(-hessian)))
        assert [one.se for one in found.scale] == pytest.approx(errors, rel=1e-4)


def test_permutation_over_all_arrangements_by_brute_force() -> None:
    y, v = np.array([0.1, 0.4, 0.9, 0.3, 0.7]), np.array([0.02, 0.03, 0.04, 0.05, 0.02])
    x = np.column_stack([np.ones(5), [1.0, 2.0, 5.0, 3.0, 4.0]])
    for estimator, test in (("REML", "knha"), ("DL", "z"), ("PM", "t")):
        found = regress(y, v, x, names=["one", "x"], estimator=estimator, test=test, level=0.95)
        ours = permutation_test(found, most=1000, sample=10, seed=1)
        observed, extreme = abs(found.coefficient("x").statistic), 0
        for order in itertools.permutations(range(5)):
            other = regress(y, v, x[list(order)], names=["one", "x"], estimator=estimator, test=test, level=0.95)
            extreme += abs(other.coefficient("x").statistic) >= observed - 1e-8
        assert ours.exact
        assert ours.arrangements == 120
        assert ours.coefficients[0].p == extreme / 120
        assert ours.omnibus.p == ours.coefficients[0].p


def test_permutation_counts_equal_rows_once_and_flips_signs_without_moderators() -> None:
    x = np.column_stack([np.ones(6), [0, 0, 0, 1, 1, 1]])
    found = regress(STUDY["y"], STUDY["v"], x, names=["one", "g"], estimator="REML", test="z", level=0.95)
    exact = permutation_test(found, most=1000, sample=10, seed=1)
    assert exact.arrangements == math.comb(6, 3)
    drawn = permutation_test(found, most=10, sample=4000, seed=7)
    assert not drawn.exact
    assert drawn.seed == 7
    assert drawn.coefficients[0].p == pytest.approx(exact.coefficients[0].p, abs=5 * drawn.coefficients[0].error)
    for k, p in ((2, 0.5), (3, 0.25), (6, 0.03125)):
        alone = regress(STUDY["y"][:k], STUDY["v"][:k], np.ones((k, 1)), names=["one"], estimator="REML", test="z",
                        level=0.95)  # fmt: skip
        flipped = permutation_test(alone, most=1000, sample=10, seed=1)
        assert flipped.coefficients[0].p == p  # all effects have one sign: R's metafor gives the same
        assert flipped.omnibus is None


@pytest.mark.parametrize("estimator", ["FE", "DL", "HE", "HS", "SJ", "PM", "EB", "ML", "REML"])
def test_fits_in_bulk_are_the_single_fits(estimator: str) -> None:
    data = MAIN["datasets"]["bcg:RR:full"]
    y, v = np.array(data["yi"]), np.array(data["vi"])
    basis = make_design(data["X"], data["X_names"]).basis
    orders = np.array([np.random.default_rng(seed).permutation(13) for seed in range(30)])
    many = fit_many(y[orders], v[orders], basis, estimator=estimator)
    for value, order in zip(many, orders, strict=True):
        single = estimate(y[order], v[order], basis, estimator=estimator).value
        assert value == pytest.approx(single, rel=1e-10, abs=1e-12)


studies = st.lists(
    st.tuples(st.floats(-3, 3), st.floats(0.01, 2), st.floats(-5, 5)),
    min_size=5,
    max_size=9,
    unique_by=lambda one: one[2],
)


@settings(max_examples=25, deadline=None)
@given(studies, st.sampled_from(["DL", "PM", "SJ", "REML"]), st.floats(-2000, 2000), st.floats(0.01, 100))
def test_moving_and_scaling_a_moderator_changes_only_its_coefficients(data, estimator, shift, factor) -> None:
    y, v, x = (np.array(values) for values in zip(*data, strict=True))
    x = x.round(3)
    if np.ptp(x) < 0.1:
        return
    ones = np.ones(len(y))
    options = {"names": ["one", "x"], "estimator": estimator, "test": "knha", "level": 0.95}
    one = regress(y, v, np.column_stack([ones, x]), **options)
    two = regress(y, v, np.column_stack([ones, shift + factor * x]), **options)
    close = {"rel": 1e-6, "abs": 1e-8}
    assert two.tau2_value == pytest.approx(one.tau2_value, **close)
    assert two.q.q == pytest.approx(one.q.q, **close)
    assert factor * two.coefficient("x").estimate == pytest.approx(one.coefficient("x").estimate, **close)
    assert factor * two.coefficient("x").se == pytest.approx(one.coefficient("x").se, **close)
    assert two.statistics.ml.log_likelihood == pytest.approx(one.statistics.ml.log_likelihood, **close)


@settings(max_examples=25, deadline=None)
@given(studies, st.randoms(use_true_random=False))
def test_order_of_studies_does_not_matter(data, random) -> None:
    y, v, x = (np.array(values) for values in zip(*data, strict=True))
    if np.ptp(x) < 0.1:
        return
    order = list(range(len(y)))
    random.shuffle(order)
    design = np.column_stack([np.ones(len(y)), x])
    options = {"names": ["one", "x"], "estimator": "REML", "test": "z", "level": 0.95}
    one, two = regress(y, v, design, **options), regress(y[order], v[order], design[order], **options)
    assert two.tau2_value == pytest.approx(one.tau2_value, rel=1e-8, abs=1e-10)
    assert two.coefficient("x").estimate == pytest.approx(one.coefficient("x").estimate, rel=1e-7, abs=1e-8)
