"""Influence, Baujat coordinates, studies left out and added: pinned values of metafor and cases at the edge."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from evsynth.pooling.fast.designs import Designs, fit_designs
from evsynth.pooling.guard import InputError
from evsynth.pooling.random_effects import pool
from evsynth.pooling.sensitivity.baujat import baujat
from evsynth.pooling.sensitivity.influence import Influence, influence
from evsynth.pooling.sensitivity.leave_out import ONE_STUDY, cumulative, leave_one_out, leave_two_out

PINS = json.loads((Path(__file__).parents[1] / "references" / "sensitivity_metafor.json").read_text(encoding="utf-8"))
CASES = {case["id"]: case for case in PINS["cases"]}
TESTS = {"z": "wald", "knha": "hksj"}

# metafor's REML stops at steps of 1e-14 *absolute*: with variances of 1e-5 (bcg:RD) tau2 is good to 1e-10 only.
RELATIVE = 2e-10
# Residuals and shifts near 0 are compared to this share of their own scale (1).
SMALL = 1e-10

BCG = PINS["datasets"]["bcg:RR"]
DOUBLE = [[1, 2], [2, 4], [3, 6], [4, 8], [5, 10]]


def near(found: float, expected: float, slack: float = SMALL) -> None:
    assert found == pytest.approx(expected, rel=RELATIVE, abs=slack)


@cache
def found(case: str) -> Influence:
    pin = CASES[case]
    data, how = PINS["datasets"][pin["dataset"]], pin["arguments"]
    return influence(data["yi"], data["vi"], estimator=how["method"], test=TESTS[how["test"]], moderators=data.get("X"))


def test_grid_of_pins_is_complete() -> None:
    plain = {"bcg:RR", "bcg:OR", "bcg:RD", "normand1999:MD", "normand1999:SMD"}
    regressions = {"bcg:RR:lat", "bcg:RR:latyr", "bcg:RR:alloc"}
    expected = {(d, m) for d in plain for m in ("REML", "DL", "FE", "PM")} - {("normand1999:MD", "REML")}
    expected |= {(d, m) for d in regressions for m in ("REML", "ML", "DL", "FE", "HE")}
    assert {(case["dataset"], case["arguments"]["method"]) for case in CASES.values()} == expected
    assert len(CASES) == 60


@pytest.mark.parametrize("case", list(CASES))
def test_influence_matches_metafor(case: str) -> None:
    expected = CASES[case]["influence"]
    least = min(PINS["datasets"][CASES[case]["dataset"]]["vi"])
    for place, study in enumerate(found(case).studies):
        assert abs(study.tau2_deleted - expected["tau2"][place]) <= RELATIVE * (study.tau2_deleted + least)
        near(study.residual, expected["rstudent"][place])
        near(study.dffits, expected["dffits"][place])
        near(study.cook, expected["cook"][place])
        near(study.covariance_ratio, expected["cov_ratio"][place])
        near(study.q_deleted, expected["q"][place])
        near(study.hat, expected["hat"][place])
        near(study.weight, expected["weight"][place])
        pinned = np.ravel(expected["dfbetas"][place])
        assert len(pinned) == len(study.dfbetas)
        for one, two in zip(study.dfbetas, pinned, strict=True):
            near(one, two)
        assert study.influential == expected["influential"][place]
        assert study.study == place + 1


def test_some_studies_are_flagged_and_most_are_not() -> None:
    flags = [study.influential for case in CASES for study in found(case).studies]
    assert 0.02 < np.mean(flags) < 0.3


@pytest.mark.parametrize("case", [name for name, case in CASES.items() if "baujat" in case])
def test_baujat_leave_one_out_and_cumulative_match_metafor(case: str) -> None:
    pin = CASES[case]
    data, how = PINS["datasets"][pin["dataset"]], pin["arguments"]
    y, v, method, test = data["yi"], data["vi"], how["method"], TESTS[how["test"]]
    for point, x, along in zip(baujat(y, v, estimator=method, test=test), *pin["baujat"].values(), strict=True):
        near(point.heterogeneity, x)
        near(point.influence, along)
    expected = pin["leave1out"]
    for place, row in enumerate(leave_one_out(y, v, estimator=method, interval=test, level=0.95)):
        se = expected["se"][place]
        near(row.mean, expected["estimate"][place], SMALL * se)
        near(row.se, se)
        near(row.lower, expected["ci.lb"][place], RELATIVE * se)
        near(row.upper, expected["ci.ub"][place], RELATIVE * se)
        near(row.p, expected["pval"][place])
        near(row.q, expected["Q"][place])
        near(row.q_p, expected["Qp"][place])
        i2 = row.i2_from_q if method in ("DL", "FE") else row.i2_from_tau2
        near(i2, expected["I2"][place])
        assert row.left_out == (place + 1,)
        assert row.k == len(y) - 1
    expected = pin["cumul"]
    for place, row in enumerate(cumulative(y, v, estimator=method, interval=test, level=0.95)):
        near(row.mean, expected["estimate"][place], SMALL * expected["se"][place])
        if place:
            near(row.se, expected["se"][place])
            near(row.lower, expected["ci.lb"][place], RELATIVE * expected["se"][place])
        else:
            assert row.codes == (ONE_STUDY,)
            assert (row.tau2, row.q, row.i2_from_q) == (0.0, 0.0, None)
            assert (row.lower is None) == (test != "wald")


def test_two_studies() -> None:
    """Each left out in turn: the other alone (worked values, also metafor's)."""
    y, v = (0.1, 0.6), (0.02, 0.05)
    rows = leave_one_out(y, v, estimator="REML", interval="wald", level=0.95)
    assert [row.mean for row in rows] == pytest.approx([0.6, 0.1])
    assert [row.tau2 for row in rows] == [0.0, 0.0]
    assert rows[0].se == pytest.approx(math.sqrt(0.05))
    one, two = influence(y, v, estimator="REML", test="wald").studies
    assert (one.residual, two.residual) == pytest.approx((-0.5 / math.sqrt(0.07), 0.5 / math.sqrt(0.07)))
    assert one.hat + two.hat == pytest.approx(1.0)
    assert one.tau2_deleted == 0.0
    unclear = influence(y, v, estimator="REML", test="hksj")
    assert unclear.codes == ("DELETION_UNDEFINED",)
    assert unclear.studies[0].residual is None
    assert "one study is left" in unclear.studies[0].because


def test_last_of_the_cumulative_pools_is_the_pool() -> None:
    order = [3, 1, 2, *range(4, 14)]
    rows = cumulative(BCG["yi"], BCG["vi"], order=order, estimator="REML", interval="hksj", level=0.95)
    whole = pool(BCG["yi"], BCG["vi"], estimator="REML", interval="hksj", prediction="V", level=0.95)
    assert [row.added[0] for row in rows] == order
    assert rows[-1].mean == pytest.approx(whole.mean, rel=1e-12)
    assert rows[-1].tau2 == pytest.approx(whole.tau2.value, rel=1e-12)
    assert (rows[-1].lower, rows[-1].upper) == pytest.approx((whole.interval.lower, whole.interval.upper), rel=1e-12)
    assert rows[-1].i2_from_tau2 == pytest.approx(whole.inconsistency.i2_from_tau2, rel=1e-12)


def test_leaving_two_out() -> None:
    pairs = leave_two_out(BCG["yi"], BCG["vi"], estimator="REML", interval="hksj", level=0.95)
    assert len(pairs.first) == 13 * 12 // 2
    place = int(np.flatnonzero((pairs.first == 4) & (pairs.second == 8))[0])
    kept = [i for i in range(13) if i not in (3, 7)]
    alone = pool(
        [BCG["yi"][i] for i in kept], [BCG["vi"][i] for i in kept],
        estimator="REML", interval="hksj", prediction="V", level=0.95,
    )  # fmt: skip
    assert pairs.fits.mean[place] == pytest.approx(alone.mean, rel=1e-12)
    assert pairs.bounds.lower[place] == pytest.approx(alone.interval.lower, rel=1e-12)
    assert pairs.p[place] == pytest.approx(alone.interval.p, rel=1e-11)
    low, high = pairs.extremes()
    assert low[2] == pairs.fits.mean.min()
    assert high[2] == pairs.fits.mean.max()
    assert pairs.crossing(0.0) == int(((pairs.bounds.lower <= 0) & (pairs.bounds.upper >= 0)).sum())


def test_a_study_that_carries_a_coefficient_alone_is_named() -> None:
    group = [1.0] + [0.0] * 12
    rows = influence(BCG["yi"], BCG["vi"], estimator="REML", test="wald", moderators=group).studies
    assert rows[0].codes == ("DELETION_UNDEFINED",)
    assert rows[0].residual is None
    assert "collinear" in rows[0].because
    assert rows[0].hat == pytest.approx(1.0, abs=1e-12)
    assert all(row.residual is not None for row in rows[1:])


@pytest.mark.parametrize("estimator", ["FE", "DL", "HE", "SJ", "PM", "EB", "ML", "REML"])
def test_a_design_of_the_intercept_alone_is_the_pool(estimator: str) -> None:
    y, v = np.array(BCG["yi"]), np.array(BCG["vi"])
    inside = np.vstack([np.ones(13), 1 - np.eye(13)])
    fits = fit_designs(y, v, np.ones((13, 1)), inside, estimator=estimator)
    rows = influence(y, v, estimator=estimator, test="wald").studies
    np.testing.assert_allclose(fits.tau2[1:], [row.tau2_deleted for row in rows], rtol=1e-11, atol=1e-14)
    np.testing.assert_allclose(fits.q[1:], [row.q_deleted for row in rows], rtol=1e-11)


@pytest.mark.parametrize("restricted", [False, True])
def test_design_likelihood_has_its_derivatives(restricted: bool) -> None:
    random = np.random.default_rng(1)
    x = np.column_stack([np.ones(8), random.normal(size=(8, 2))])
    inside = np.ones((8, 2))
    inside[3, 1] = 0
    y, v = random.normal(size=(8, 1)), random.uniform(0.1, 1, (8, 1))
    model = Designs(y, v, x, inside, restricted)
    at, step = np.full(2, 0.2), 1e-6
    value, slope = model.score_and_slope(at)
    heights = [model.height(at + sign * step) for sign in (1, -1)]
    scores = [model.score_and_slope(at + sign * step)[0] for sign in (1, -1)]
    assert value == pytest.approx((heights[0] - heights[1]) / step, rel=1e-6)
    assert slope == pytest.approx((scores[0] - scores[1]) / (2 * step), rel=1e-6)


def test_raw_years_lose_no_digits() -> None:
    """The same regression in years and in years since 1965."""
    data = PINS["datasets"]["bcg:RR:latyr"]
    years = [[lat, year + 1965] for lat, year in data["X"]]
    one = influence(data["yi"], data["vi"], estimator="REML", test="wald", moderators=data["X"]).studies
    two = influence(data["yi"], data["vi"], estimator="REML", test="wald", moderators=years).studies
    for a, b in zip(one, two, strict=True):
        assert (a.residual, a.cook, a.hat) == pytest.approx((b.residual, b.cook, b.hat), rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: influence([1.0], [1.0], estimator="DL", test="wald"), "at least 2"),
        (lambda: influence([1, 2, 3], [1, 1, 1], estimator="DL", test="z"), "test = 'z' is not known"),
        (lambda: influence([1, 1, 1], [1, 1, 1], estimator="DL", test="hksj"), "standard error is 0"),
        (lambda: influence([1, 2], [1, 1], estimator="DL", test="wald", moderators=[1, 2]), "2 studies for 2 coef"),
        (lambda: influence([1, 2, 3, 4], [1] * 4, estimator="DL", test="wald", moderators=[1] * 4), "same in every"),
        (lambda: influence([1, 2, 3, 4], [1] * 4, estimator="HS", test="wald", moderators=[1, 2, 3, 5]), "'HS'"),
        (lambda: influence(range(5), [1] * 5, estimator="DL", test="wald", moderators=DOUBLE), "collinear"),
        (lambda: influence([1, 2, 3], [1] * 3, estimator="DL", test="wald", moderators=[1, 2, math.nan]), "study 3: "),
        (lambda: influence([1, 2, 3], [1] * 3, estimator="DL", test="wald", moderators=[1, 2]), "one row for each"),
        (lambda: leave_two_out([1, 2, 3], [1] * 3, estimator="DL", interval="wald", level=0.95), "at least 4"),
        (lambda: leave_one_out([1], [1], estimator="DL", interval="wald", level=0.95), "at least 2"),
        (lambda: cumulative([1, 2], [1, 1], order=[1, 1], estimator="DL", interval="wald", level=0.95), "each study"),
        (lambda: baujat([1, 2], [1, 1], estimator="DL", test="wald"), "at least 3"),
        (lambda: baujat([1, 1, 2], [1, 1, 1], estimator="DL", test="hksj"), "without study 3"),
    ],
)  # fmt: skip
def test_refuses(call, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()
