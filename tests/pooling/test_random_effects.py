"""The random-effects engine: pinned references, worked examples, and laws that hold for any data."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from evsynth.pooling.guard import InputError
from evsynth.pooling.heterogeneity import cochran_q, estimate_tau2, inconsistency
from evsynth.pooling.intervals import all_intervals
from evsynth.pooling.likelihood import log_likelihood, tail_bound, upper_bounds
from evsynth.pooling.maximum import maximise
from evsynth.pooling.random_effects import RandomEffects, common_effect, pool
from evsynth.pooling.tau2_interval import q_profile
from evsynth.pooling.weighting import weighted_mean

REFERENCES = Path(__file__).parents[1] / "references"

# Pinned values are converged to about 1e-14; both sides round. 1e-10 leaves room for conditioning
# (a tau2 that is small beside v).
RELATIVE = 1e-10
# A boundary maximum is a tiny positive number in the reference (step halving) and exactly 0 here.
TAU2_ABSOLUTE = 1e-11  # times the smallest variance
# p-values of 1e-26 amplify a relative error of the statistic z by z^2.
P_RELATIVE = 1e-9
# The worked examples are printed to that many digits.
SIX_DECIMALS, FOUR_DECIMALS, THREE_DECIMALS = 5.1e-7, 5.1e-5, 5.1e-4

ESTIMATORS = ("FE", "DL", "HE", "ML", "REML")
TESTS = {"z": "wald", "knha": "hksj", "adhoc": "modified_hksj"}


def references(name: str) -> dict:
    return json.loads((REFERENCES / name).read_text(encoding="utf-8"))


MAIN, EDGE = references("random_effects_metafor.json"), references("random_effects_edge_metafor.json")
HARD, META = references("tau2_hard.json"), references("prediction_meta.json")


@cache
def fitted(collection: str, dataset: str, estimator: str) -> RandomEffects:
    data = {"main": MAIN, "edge": EDGE}[collection]["datasets"][dataset]
    return pool(data["yi"], data["vi"], estimator=estimator, interval="hksj", prediction="V", level=0.95)


def ours(method: str) -> str:
    return "FE" if method == "EE" else method


def rma(collection: dict) -> list:
    return [pytest.param(case, id=case["id"]) for case in collection["cases"] if case["function"] == "rma.uni"]


def test_grid_of_pins_is_complete() -> None:
    found = {(c["dataset"], ours(c["arguments"]["method"])) for c in MAIN["cases"] if c["function"] == "rma.uni"}
    assert found == {(dataset, estimator) for dataset in MAIN["datasets"] for estimator in ESTIMATORS}
    assert len(MAIN["datasets"]) == 17
    assert sum(case["function"] == "confint.rma.uni" for case in MAIN["cases"]) == 10
    assert len({case["dataset"] for case in EDGE["cases"]}) == 12
    assert len(HARD["cases"]) == 54


@pytest.mark.parametrize("case", rma(MAIN))
def test_matches_metafor(case: dict) -> None:
    method, expected = case["arguments"]["method"], case["output"]
    found = fitted("main", case["dataset"], ours(method))
    least = min(MAIN["datasets"][case["dataset"]]["vi"])
    assert found.tau2.value == pytest.approx(expected["tau2"], rel=RELATIVE, abs=TAU2_ABSOLUTE * least)
    assert found.q.q == pytest.approx(expected["QE"], rel=RELATIVE)
    assert found.q.p == pytest.approx(expected["QEp"], rel=P_RELATIVE)
    from_q = method in ("EE", "DL")  # metafor's I2 is Q-based for these two, tau2-based otherwise
    i2 = found.inconsistency.i2_from_q if from_q else found.inconsistency.i2_from_tau2
    assert i2 == pytest.approx(expected["I2"], rel=RELATIVE, abs=1e-9)
    if not from_q:
        assert found.inconsistency.h2_from_tau2 == pytest.approx(expected["H2"], rel=RELATIVE)
    for test, name in TESTS.items():
        if test not in expected:
            assert method == "EE"
            continue
        check_interval(getattr(found.intervals, name), expected[test])
    if method != "EE":
        pairs = (("z", "", "normal"), ("z", "riley.", "HTS"), ("knha", "", "HK"), ("knha", "riley.", "HK-PR"))
        for test, prefix, name in pairs:
            interval = found.predictions.named(name)
            for side, value in (("lb", interval.lower), ("ub", interval.upper)):
                pinned = expected[test][f"{prefix}pi.{side}"]
                assert value == pytest.approx(pinned, rel=RELATIVE, abs=RELATIVE * interval.total_se)


def check_interval(interval, expected: dict) -> None:
    slack = RELATIVE * expected["se"]
    assert interval.mean == pytest.approx(expected["beta"], rel=RELATIVE, abs=slack)
    assert interval.se == pytest.approx(expected["se"], rel=RELATIVE)
    assert interval.lower == pytest.approx(expected["ci.lb"], rel=RELATIVE, abs=slack)
    assert interval.upper == pytest.approx(expected["ci.ub"], rel=RELATIVE, abs=slack)
    if "pval" in expected:
        assert interval.p == pytest.approx(expected["pval"], rel=P_RELATIVE)


# There metafor stops at the lower of two maxima: see test_metafor_missed_the_global_maximum.
MISSED = ("vi_1e8_range", "ML")


@pytest.mark.parametrize(
    "case", [p for p in rma(EDGE) if (p.values[0]["dataset"], p.values[0]["arguments"]["method"]) != MISSED]
)
def test_matches_metafor_at_extremes(case: dict) -> None:
    dataset, method, expected = case["dataset"], case["arguments"]["method"], case["output"]
    data, found = EDGE["datasets"][dataset], fitted("edge", dataset, ours(method))
    least = min(data["vi"])
    assert found.tau2.value == pytest.approx(expected["tau2"], rel=RELATIVE, abs=TAU2_ABSOLUTE * least)
    assert found.q.q == pytest.approx(expected["QE"], rel=RELATIVE, abs=1e-28)
    check_interval(getattr(found.intervals, TESTS[case["arguments"]["test"]]), expected)


def test_metafor_missed_the_global_maximum() -> None:
    data = EDGE["datasets"]["vi_1e8_range"]
    y, v = np.array(data["yi"]), np.array(data["vi"])
    found = fitted("edge", "vi_1e8_range", "ML")
    pinned = next(c for c in EDGE["cases"] if c["id"] == "edge/vi_1e8_range/ML/z")["output"]["tau2"]
    assert pinned < 1e-9
    assert found.tau2.value > 0.07
    assert log_likelihood(found.tau2.value, y, v, likelihood="ML") > log_likelihood(pinned, y, v, likelihood="ML") + 700
    assert "TAU2_MULTIPLE_MAXIMA" in found.codes


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in HARD["cases"]])
def test_finds_the_global_maximum(case: dict) -> None:
    data, expected = HARD["datasets"][case["dataset"]], case["output"]
    found = estimate_tau2(data["yi"], data["vi"], estimator=case["arguments"]["method"])
    absolute = TAU2_ABSOLUTE * min(data["vi"])
    assert found.value == pytest.approx(expected["tau2"], rel=RELATIVE, abs=absolute)
    assert found.log_likelihood == pytest.approx(expected["ll"], rel=RELATIVE)
    assert len(found.local_maxima) == expected["n_local_maxima"]
    assert ("TAU2_MULTIPLE_MAXIMA" in found.codes) == (expected["n_local_maxima"] > 1)
    assert "branch and bound" in found.certificate
    assert "TAU2_NOT_CERTIFIED" not in found.codes
    assert "TAU2_ENGINES_DISAGREE" not in found.codes


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=c["id"]) for c in MAIN["cases"] if c["function"] == "confint.rma.uni"]
)
def test_q_profile_matches_metafor(case: dict) -> None:
    data, expected = MAIN["datasets"][case["dataset"]], case["output"]
    found = q_profile(data["yi"], data["vi"], level=0.95)
    assert found.lower == pytest.approx(expected["tau2.lb"], rel=RELATIVE)
    assert found.upper == pytest.approx(expected["tau2.ub"], rel=RELATIVE)
    assert "TAU2_INTERVAL_ENGINES_DISAGREE" not in found.codes


@pytest.mark.parametrize("dataset", ["tiny_scale", "huge_tau2", "vi_1e8_range", "vi_1e8_range_b"])
def test_q_profile_crosses_the_quantiles_in_any_units(dataset: str) -> None:
    data = EDGE["datasets"][dataset]
    found, df = q_profile(data["yi"], data["vi"], level=0.95), len(data["yi"]) - 1
    for bound, tail, theirs in (
        (found.lower, 0.025, found.engine_lower),
        (found.upper, 0.975, found.engine_upper),
    ):
        assert bound > 0
        q = weighted_mean(np.array(data["yi"]), np.array(data["vi"]), bound).rss
        assert q == pytest.approx(chi2.isf(tail, df), rel=1e-10)
        assert theirs == pytest.approx(bound, rel=1e-9, abs=4e-12 * min(data["vi"]))


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in META["cases"]])
def test_prediction_matches_meta(case: dict) -> None:
    data, expected = META["datasets"][case["dataset"]], case["output"]
    name = {"S": "normal"}.get(case["arguments"]["method.predict"], case["arguments"]["method.predict"])
    v = [se * se for se in data["sei"]]
    found = pool(data["yi"], v, estimator="REML", interval="hksj", prediction=name, level=0.95)
    # meta iterates REML to about 1e-10 of tau2.
    assert found.prediction.lower == pytest.approx(expected["lower.predict"], rel=1e-8)
    assert found.prediction.upper == pytest.approx(expected["upper.predict"], rel=1e-8)
    assert found.prediction.name == name


def test_bcg_worked_example() -> None:
    """BCG vaccine trials, log risk ratios, REML: every printed digit."""
    found = fitted("main", "bcg:RR", "REML")
    assert found.mean == pytest.approx(-0.714532, abs=SIX_DECIMALS)
    assert found.tau2.value == pytest.approx(0.313243, abs=SIX_DECIMALS)
    assert found.intervals.wald[2:4] == pytest.approx((-1.066898, -0.362167), abs=SIX_DECIMALS)
    assert found.interval[2:4] == pytest.approx((-1.108444, -0.320621), abs=SIX_DECIMALS)
    # Converged. The often printed (0.119695, 1.111486) is within metafor's default tolerance of 1.2e-4.
    assert (found.tau2_interval.lower, found.tau2_interval.upper) == pytest.approx((0.119718, 1.111479), abs=1e-6)
    assert found.inconsistency.i2_from_tau2 == pytest.approx(92.221, abs=THREE_DECIMALS)
    assert found.inconsistency.i2_from_q == pytest.approx(92.117, abs=THREE_DECIMALS)
    printed = {
        "normal": (-1.8667, 0.4376),
        "V": (-1.9953, 0.5663),
        "HTS": (-2.0084, 0.5793),
        "HK": (-1.9960, 0.5670),
        "HK-PR": (-2.0091, 0.5800),
    }
    for name, bounds in printed.items():
        assert found.predictions.named(name)[1:3] == pytest.approx(bounds, abs=FOUR_DECIMALS)
    assert fitted("main", "bcg:RR", "DL").tau2.value == pytest.approx(0.308760, abs=SIX_DECIMALS)
    assert math.fsum(found.weights) == pytest.approx(100, rel=1e-14)
    assert found.tau2.engine.version == "0.0.13"
    assert found.codes == ()


@pytest.mark.parametrize(
    ("y", "v", "tau2", "printed"),
    [
        ((-0.30, -0.31), (0.04, 0.05), 0.0, ((-0.597, -0.012), (-0.368, -0.241), (-2.199, 1.590))),
        (
            (-0.30, -0.32, -0.28),
            (0.04, 0.05, 0.06),
            0.0,
            ((-0.551, -0.051), (-0.348, -0.254), (-0.849, 0.247)),
        ),
        ((-0.50, -0.10), (0.04, 0.04), 0.04, ((-0.692, 0.092), (-2.841, 2.241), None)),
        ((-0.9, -0.2, 0.1), (0.04, 0.05, 0.06), 0.2185, ((-0.932, 0.240), (-1.626, 0.935), None)),
    ],
)
def test_few_studies_worked_examples(y, v, tau2, printed) -> None:
    wald, hksj, modified = printed
    found = pool(y, v, estimator="REML", interval="cochrane-2025", prediction="V", level=0.95)
    assert found.tau2.value == pytest.approx(tau2, abs=FOUR_DECIMALS)
    assert found.intervals.wald[2:4] == pytest.approx(wald, abs=THREE_DECIMALS)
    assert found.intervals.hksj[2:4] == pytest.approx(hksj, abs=THREE_DECIMALS)
    if modified:
        assert found.intervals.modified_hksj[2:4] == pytest.approx(modified, abs=THREE_DECIMALS)
    narrower = hksj[1] - hksj[0] < wald[1] - wald[0]
    assert ("HK_NARROWER_THAN_WALD" in found.codes) == narrower
    assert "FEW_STUDIES" in found.codes
    if len(y) == 2:
        assert found.interval is None
        assert found.prediction is None
        assert {"RULE_NO_HEADLINE_FOR_2_STUDIES", "PREDICTION_NEEDS_3_STUDIES"} <= set(found.codes)
    else:
        assert found.interval.name == ("hksj" if tau2 else "wald")
        assert ("RULE_WALD_AT_TAU2_ZERO" in found.codes) == (tau2 == 0)
        assert "PREDICTION_VERY_IMPRECISE" in found.codes


def test_tau2_zero_is_said() -> None:
    found = fitted("edge", "tau0", "REML")
    assert found.tau2.value == 0.0
    assert {"TAU2_ZERO", "PREDICTION_COLLAPSED", "HK_NARROWER_THAN_WALD"} <= set(found.codes)
    assert found.tau2_interval.lower == 0.0
    assert found.tau2_interval.codes


def test_equal_effects_make_hksj_a_point_and_that_is_said() -> None:
    found = all_intervals([0.3, 0.3, 0.3], [0.02, 0.05, 0.03], tau2=0.0, level=0.95)
    assert found.codes == ("HK_NARROWER_THAN_WALD", "HK_ZERO_WIDTH")
    assert found.hksj.p is None


def test_one_study() -> None:
    with pytest.raises(InputError, match="1 study given; this needs at least 2"):
        pool([0.35], [0.04], estimator="REML", interval="wald", prediction="V", level=0.95)
    found = common_effect([0.35], [0.04], level=0.95)
    assert found.interval[1:4] == pytest.approx((0.35, -0.041992796908, 0.741992796908), abs=1e-11)
    assert found.q == (0.0, 0, 1.0)
    assert found.weights == (100.0,)
    assert inconsistency([0.35], [0.04], tau2=0.0).i2_from_q is None


@pytest.mark.parametrize("likelihood", ["ML", "REML"])
@pytest.mark.parametrize("dataset", ["vi_1e8_range", "tiny_scale", "huge_tau2", "k3"])
def test_root_of_the_score_in_50_digits(dataset: str, likelihood: str) -> None:
    """Against mpmath, which shares no arithmetic with us: tau2 to 1e-12 of tau2 + the smallest variance."""
    data = EDGE["datasets"][dataset]
    top = maximise(np.array(data["yi"]), np.array(data["vi"]), likelihood=likelihood)
    if top.tau2 == 0:
        assert top.score <= 0
        return
    with mpmath.workdps(50):
        y, v = [mpmath.mpf(x) for x in data["yi"]], [mpmath.mpf(x) for x in data["vi"]]

        def slope(tau2):
            w = [1 / (x + tau2) for x in v]
            mu = sum(a * b for a, b in zip(w, y, strict=True)) / sum(w)
            total = sum(a * a * (b - mu) ** 2 - a for a, b in zip(w, y, strict=True))
            return total + (sum(a * a for a in w) / sum(w) if likelihood == "REML" else 0)

        exact = mpmath.findroot(slope, (top.tau2 * 0.999, top.tau2 * 1.001), solver="anderson", tol=1e-40)
        assert abs(top.tau2 - exact) <= 1e-12 * (exact + min(v))


@pytest.mark.parametrize("likelihood", ["ML", "REML"])
def test_bounds_hold(likelihood: str) -> None:
    """The certificate rests on these bounds: no point of an interval may exceed its bound."""
    data = HARD["datasets"]["multimodal_05"]
    y, v = np.array(data["yi"]), np.array(data["vi"])
    edges = np.concatenate(([0.0], np.geomspace(1e-6, 1e4, 60)))
    bounds = upper_bounds(edges[:-1], edges[1:], y, v, likelihood=likelihood)
    for low, high, bound in zip(edges[:-1], edges[1:], bounds, strict=True):
        inside = [log_likelihood(float(t), y, v, likelihood=likelihood) for t in np.linspace(low, high, 11)]
        assert max(inside) <= bound + 1e-12
        assert max(inside) <= tail_bound(float(low), y, v, likelihood=likelihood) + 1e-12


effects = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=3, max_size=8).map(
    lambda pairs: ([y for y, _ in pairs], [v for _, v in pairs])
)


@settings(max_examples=40, deadline=None)
@given(effects, st.sampled_from(["DL", "HE", "ML", "REML"]), st.randoms(use_true_random=False))
def test_order_of_studies_does_not_matter(data, estimator, random) -> None:
    y, v = data
    order = list(range(len(y)))
    random.shuffle(order)
    one = pool(y, v, estimator=estimator, interval="hksj", prediction="V", level=0.95)
    two = pool(
        [y[i] for i in order],
        [v[i] for i in order],
        estimator=estimator,
        interval="hksj",
        prediction="V",
        level=0.95,
    )
    # ML and REML are exact sums; DL and HE are PyMARE's plain sums.
    assert two.mean == pytest.approx(one.mean, rel=1e-9, abs=1e-9)
    assert two.tau2.value == pytest.approx(one.tau2.value, rel=1e-9, abs=1e-12)
    assert two.codes == one.codes or one.tau2.value < 1e-9
    assert [two.weights[order.index(i)] for i in range(len(y))] == pytest.approx(one.weights, rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(effects, st.sampled_from(["DL", "HE", "ML", "REML"]))
def test_swapping_arms_flips_the_sign(data, estimator) -> None:
    y, v = data
    one = pool(y, v, estimator=estimator, interval="hksj", prediction="HTS", level=0.9)
    two = pool([-value for value in y], v, estimator=estimator, interval="hksj", prediction="HTS", level=0.9)
    slack = {"rel": 1e-9, "abs": 1e-9}
    assert two.mean == pytest.approx(-one.mean, **slack)
    assert two.tau2.value == pytest.approx(one.tau2.value, **slack)
    assert (two.interval.lower, two.interval.upper) == pytest.approx(
        (-one.interval.upper, -one.interval.lower), **slack
    )


@settings(max_examples=25, deadline=None)
@given(effects, st.floats(0.001, 1000))
def test_units_do_not_matter(data, factor) -> None:
    y, v = data
    one = q_profile(y, v, level=0.95)
    two = q_profile([factor * a for a in y], [factor * factor * a for a in v], level=0.95)
    assert two.upper == pytest.approx(factor * factor * one.upper, rel=1e-8, abs=1e-10 * factor * factor)
    assert cochran_q(y, v).q == pytest.approx(
        cochran_q([factor * a for a in y], [factor**2 * a for a in v]).q, rel=1e-9
    )
