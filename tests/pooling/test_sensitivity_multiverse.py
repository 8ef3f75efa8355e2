"""GOSH, data branches and the specification curve: what they count, and what they promise."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from evsynth.pooling.fast.many import fit_many
from evsynth.pooling.guard import InputError
from evsynth.pooling.random_effects import pool
from evsynth.pooling.sensitivity import branches as branching
from evsynth.pooling.sensitivity.branches import Alternative, branch, multiverse
from evsynth.pooling.sensitivity.gosh import SHARES, gosh
from evsynth.pooling.sensitivity.specification import specification_curve

REFERENCES = Path(__file__).parents[1] / "references"
BCG = json.loads((REFERENCES / "random_effects_metafor.json").read_text(encoding="utf-8"))["datasets"]["bcg:RR"]
PINS = json.loads((REFERENCES / "sensitivity_metafor.json").read_text(encoding="utf-8"))["gosh"]
Y, V = np.array(BCG["yi"]), np.array(BCG["vi"])
CHOICES = {"estimator": "REML", "interval": "hksj", "level": 0.95}


def test_gosh_matches_metafor() -> None:
    found = gosh(PINS["yi"], PINS["vi"], estimator="REML")
    expected = PINS["gosh"]["REML"]
    i2 = dict(zip(expected["incl"], expected["I2"], strict=True))
    means = np.array([m for m, k in zip(expected["mean"], expected["k"], strict=True) if k > 1])
    for code, value in zip(found.subsets.codes, found.i2, strict=True):
        assert value == pytest.approx(i2[int(code)], abs=1e-6)  # percent; metafor's tau2 is iterated to 1e-10
    assert found.mean.value == pytest.approx(means.mean(), rel=1e-9)
    assert [quantile.value for quantile in found.quantiles] == pytest.approx(np.quantile(means, SHARES), rel=1e-9)
    assert (found.lowest, found.highest) == pytest.approx((means.min(), means.max()), rel=1e-9)
    assert found.mean.error == 0.0


def test_gosh_counts_the_likelihoods_with_several_maxima() -> None:
    found = gosh(Y, V, estimator="REML")
    assert len(found.subsets.codes) == 2**13 - 14
    assert found.multimodal == 17
    assert found.codes == ("TAU2_MULTIPLE_MAXIMA",)
    split = found.splits[3]
    held = found.subsets.holding(4)
    assert split.mean_with.value == pytest.approx(found.subsets.fits.mean[held].mean())
    assert split.i2_without.value == pytest.approx(found.i2[~held].mean())


def test_a_sample_of_gosh_is_within_its_error() -> None:
    whole, part = gosh(Y, V, estimator="DL"), gosh(Y, V, estimator="DL", sample=4000, seed=2)
    pairs = [(whole.mean, part.mean), (whole.median_i2, part.median_i2), (whole.below_zero, part.below_zero)]
    pairs += list(zip(whole.quantiles, part.quantiles, strict=True))
    for one, two in pairs:
        assert one.error == 0.0
        assert two.error > 0.0
        assert abs(one.value - two.value) < 5 * two.error
    assert part.subsets.sample == (4000, 2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gosh([1, 2], [1, 1], estimator="DL"), "at least 3"),
        (lambda: gosh([1, 2, 3], [1] * 3, estimator="DL", sample=10), "needs a seed"),
        (lambda: gosh([1, 2, 3], [1] * 3, estimator="DL", sample=1, seed=1), "too small"),
        (lambda: gosh(range(30), [1] * 30, estimator="DL"), "30 studies have"),
    ],
)
def test_gosh_refuses(call, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()


def test_no_alternative_no_branch() -> None:
    found = multiverse(branch(Y, V, []), **CHOICES)
    headline = pool(Y, V, **CHOICES, prediction="V")
    assert found.combinations == 1
    assert found.fits.mean[0] == pytest.approx(headline.mean, rel=1e-12)
    assert found.bounds.lower[0] == pytest.approx(headline.interval.lower, rel=1e-12)
    assert found.extremes.lowest == found.extremes.highest == found.fits.mean[0]
    assert found.codes == ()


def test_rounding_noise_is_no_branch_and_is_listed() -> None:
    same = Alternative(2, float(Y[1]) + 1e-11, float(V[1]), "printed with one digit more")
    found = branch(Y, V, [same, Alternative(1, -0.5, 0.2, "the p printed"), Alternative(1, -0.5, 0.2, "again")])
    assert found.combinations == 2
    assert found.because[0] == ("as used", "the p printed")
    assert found.same == (same, Alternative(1, -0.5, 0.2, "again"))


def test_a_printed_p_that_does_not_fit_makes_two_pools() -> None:
    """HR 0.63 (0.41-0.98) with p printed as 0.004; its interval implies 0.038. One pool crosses 1, one does not."""
    log, se = np.log(0.63), (np.log(0.98) - np.log(0.41)) / (2 * 1.959964)
    from_p = abs(log) / 2.878162
    y, v = [log, -0.1, -0.15], [se**2, 0.04, 0.05]
    found = multiverse(branch(y, v, [Alternative(1, log, from_p**2, "P_VALUE_DIFFERS")]), estimator="FE",
                       interval="wald", level=0.95)  # fmt: skip
    assert found.combinations == 2
    assert found.crossing == 1
    assert found.extremes.lowest < found.extremes.highest
    assert found.extremes.lowest_choice == (1, 0, 0)


def test_all_combinations_are_pooled() -> None:
    alternatives = [Alternative(i + 1, float(Y[i]) + 0.2, float(V[i]) * 2, "x") for i in range(4)]
    found = multiverse(branch(Y, V, alternatives), **CHOICES)
    assert found.combinations == 16
    assert {tuple(row) for row in found.choices[:, :4]} == set(itertools.product((0, 1), repeat=4))
    for row, chosen in enumerate(found.choices):
        y, v = Y + 0.2 * chosen, V * (1 + chosen)
        assert found.fits.mean[row] == pytest.approx(fit_many(y[None], v[None], estimator="REML").mean[0], rel=1e-12)
    assert found.extremes.lowest == found.fits.mean.min()
    assert found.extremes.bound_high == found.fits.mean.max()


def many_alternatives(studies: int) -> list[Alternative]:
    return [
        Alternative(i + 1, float(Y[i]) + shift, float(V[i]) * factor, "x")
        for i in range(studies)
        for shift, factor in ((0.3, 2.0), (-0.3, 0.5))
    ]


@pytest.mark.parametrize("estimator", ["FE", "DL"])
def test_search_finds_what_enumeration_finds_and_bounds_hold(estimator: str, monkeypatch) -> None:
    branches = branch(Y[:9], V[:9], many_alternatives(9))
    options = {"estimator": estimator, "interval": "wald", "level": 0.95, "seed": 1}
    whole = multiverse(branches, **options)
    assert whole.combinations == 3**9
    assert whole.codes == ("BRANCHES_SAMPLED",)
    assert len(whole.choices) == 5000
    assert not whole.choices[0].any()
    monkeypatch.setattr(branching, "ENUMERATED", 10)
    searched = multiverse(branches, **options)
    assert searched.codes == ("BRANCHES_SAMPLED", "EXTREMES_SEARCHED")
    assert searched.extremes.lowest == pytest.approx(whole.extremes.lowest, rel=1e-12)
    assert searched.extremes.highest == pytest.approx(whole.extremes.highest, rel=1e-12)
    slack = 1e-12
    assert searched.extremes.bound_low <= whole.extremes.lowest + slack
    assert searched.extremes.bound_high >= whole.extremes.highest - slack
    if estimator == "FE":  # tau2 = 0: the bound is exact
        assert searched.extremes.bound_low == pytest.approx(whole.extremes.lowest, rel=1e-12)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: branch([1, 2], [1, 1], [Alternative(3, 0.1, 0.1, "x")]), "study 3 of an alternative"),
        (lambda: branch([1, 2], [1, 1], [Alternative(1, 0.1, 0.0, "x")]), "v = 0.0 cannot be pooled"),
        (lambda: branch([1, 2], [1, 1], [Alternative(2, np.nan, 1.0, "x")]), "study 2: alternative y = nan"),
        (lambda: multiverse(branch(Y, V, many_alternatives(9)), **CHOICES), "a sample needs a seed"),
    ],
)
def test_branches_refuse(call, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()


@pytest.fixture(scope="module")
def curve():
    other = Y.copy()
    other[0] = -0.2
    return specification_curve(
        [("as used", Y, V), ("study 1 as printed", other, V)], estimators=("REML", "DL", "FE"),
        intervals=("hksj", "wald"), leave_out=1, level=0.95,
    )  # fmt: skip


def test_curve_counts_every_specification(curve) -> None:
    assert curve.specifications == 2 * 3 * 14 * 2
    assert curve.left_out[:3] == ((), (1,), (2,))
    told = [
        curve.specification(branch, estimator, interval, left)
        for branch in range(2)
        for estimator in curve.estimators
        for interval in curve.intervals
        for left in range(14)
    ]
    assert len(told) == curve.specifications
    assert min(one.mean for one in told) == curve.lowest.mean
    assert max(one.mean for one in told) == curve.highest.mean
    assert min(one.lower for one in told) == curve.lower
    assert max(one.upper for one in told) == curve.upper
    assert sum(one.lower <= 0 <= one.upper for one in told) == curve.crossing
    for one in told:
        assert (one.p > 0.05) == (one.lower <= 0 <= one.upper)


def test_headline_is_the_first_of_every_axis(curve) -> None:
    expected = pool(Y, V, **CHOICES, prediction="V")
    headline = curve.headline
    assert (headline.branch, headline.left_out, headline.estimator, headline.interval) == (0, (), "REML", "hksj")
    assert headline.mean == pytest.approx(expected.mean, rel=1e-12)
    assert (headline.lower, headline.upper) == pytest.approx(expected.interval[2:4], rel=1e-12)
    assert headline.p == pytest.approx(expected.interval.p, rel=1e-11)


def test_axes_say_what_moves_the_answer(curve) -> None:
    assert {axis.name for axis in curve.axes} == {"data", "estimator", "left out", "interval"}
    shifts = [axis.shift for axis in curve.axes]
    assert shifts == sorted(shifts, reverse=True)
    estimator = next(axis for axis in curve.axes if axis.name == "estimator")
    assert estimator.levels == ("REML", "DL", "FE")
    assert estimator.medians[2] > estimator.medians[0]  # the large trials found less
    interval = next(axis for axis in curve.axes if axis.name == "interval")
    assert interval.shift == 0.0
    shares = [sum(axis.crossing) / len(axis.crossing) for axis in curve.axes]
    assert shares == pytest.approx([curve.crossing / curve.specifications] * 4)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"estimators": ()}, "estimators = .* at least one"),
        ({"estimators": ("DL", "DL")}, "each level once"),
        ({"data": [("a", Y, V), ("b", Y[:4], V[:4])]}, "same studies"),
        ({"leave_out": -1}, "leave_out must be 0 or more"),
        ({"leave_out": 12}, "at least 14"),
    ],
)
def test_curve_refuses(changes: dict, message: str) -> None:
    options = {"data": [("a", Y, V)], "estimators": ("DL",), "intervals": ("wald",), "leave_out": 0, "level": 0.95}
    with pytest.raises(InputError, match=message):
        specification_curve(**{**options, **changes})
