"""Thousands of fits at once: the numbers of the scalar engine and of metafor, NumPy and Numba alike, and refusals."""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, t

from evsynth.pooling.fast.axis import far, points
from evsynth.pooling.fast.backend import choose
from evsynth.pooling.fast.block import Block, standardise
from evsynth.pooling.fast.bounds import bounds, p_values
from evsynth.pooling.fast.many import fit_many, fit_subsets
from evsynth.pooling.fast.score import Means
from evsynth.pooling.fast.subsets import all_subsets, members, sampled_subsets
from evsynth.pooling.guard import InputError
from evsynth.pooling.intervals import all_intervals
from evsynth.pooling.likelihood import log_likelihood, score
from evsynth.pooling.maximum import maximise

REFERENCES = Path(__file__).parents[1] / "references"

# tau2 is known relative to tau2 + the smallest variance: both engines evaluate the same score in double precision.
SAME = 1e-12
# Pinned values of metafor are converged to about 1e-13 and rounded to 17 digits.
METAFOR = 1e-11

ESTIMATORS = ("FE", "DL", "HE", "HS", "HSk", "SJ", "PM", "EB", "PMM", "ML", "REML")
BACKENDS = [
    "numpy",
    pytest.param(
        "numba",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("numba") is None, reason="numba (extra `fast`) is not installed"
        ),
    ),
]


@cache
def references(name: str) -> dict:
    return json.loads((REFERENCES / name).read_text(encoding="utf-8"))


def near(found: float, expected: float, v, tolerance: float = SAME) -> None:
    assert abs(found - expected) <= tolerance * (abs(expected) + min(v))


def drawn(seed: int, m: int, k: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    v = 10 ** random.uniform(-3, 0, (m, k))
    return random.normal(0.2, np.sqrt(v + 0.05)), v


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("method", ["FE", "DL", "HE", "ML", "REML"])
def test_matches_metafor(method: str, backend: str) -> None:
    pins, compared = references("random_effects_metafor.json"), 0
    for case in pins["cases"]:
        name = case["arguments"].get("method")
        if case["function"] != "rma.uni" or {"EE": "FE"}.get(name, name) != method:
            continue
        data, expected = pins["datasets"][case["dataset"]], case["output"]
        y, v = data["yi"], data["vi"]
        alone = fit_many([y], [v], estimator=method, backend=backend)
        within = fit_subsets(y, v, np.ones((1, len(y))), estimator=method, backend=backend)
        for found in (alone, within):
            near(found.tau2[0], expected["tau2"], v, METAFOR)
            assert found.q[0] == pytest.approx(expected["QE"], rel=METAFOR)
            for test, interval in (("z", "wald"), ("knha", "hksj"), ("adhoc", "modified-hksj")):
                if test in expected:
                    these = bounds(found, interval=interval, level=0.95)
                    slack = METAFOR * expected[test]["se"]
                    assert found.mean[0] == pytest.approx(expected[test]["beta"], rel=METAFOR, abs=slack)
                    assert these.se[0] == pytest.approx(expected[test]["se"], rel=METAFOR)
                    assert these.lower[0] == pytest.approx(expected[test]["ci.lb"], rel=METAFOR, abs=slack)
                    assert these.upper[0] == pytest.approx(expected[test]["ci.ub"], rel=METAFOR, abs=slack)
        compared += 1
    assert compared == 17


@pytest.mark.parametrize("backend", BACKENDS)
def test_finds_the_global_maximum_of_hard_likelihoods(backend: str) -> None:
    pins = references("tau2_hard.json")
    assert len(pins["cases"]) == 54
    several = 0
    for case in pins["cases"]:
        data, expected = pins["datasets"][case["dataset"]], case["output"]
        method = case["arguments"]["method"]
        alone = fit_many([data["yi"]], [data["vi"]], estimator=method, backend=backend)
        within = fit_subsets(data["yi"], data["vi"], np.ones((1, len(data["yi"]))), estimator=method, backend=backend)
        for found in (alone, within):
            near(found.tau2[0], expected["tau2"], data["vi"])
            assert found.modes[0] == expected["n_local_maxima"]
        several += expected["n_local_maxima"] > 1
    assert several > 10


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("method", ["ML", "REML"])
def test_agrees_with_the_certified_engine_where_variances_differ_wildly(method: str, backend: str) -> None:
    random = np.random.default_rng(7)
    several = 0
    for _ in range(60):
        k = int(random.integers(2, 8))
        v = 10 ** random.uniform(-random.uniform(0, 8), 0, k)
        y = random.choice([-1.0, 1.0], k) * 10 ** random.uniform(-2, 1, k)
        expected = maximise(y, v, likelihood=method)
        found = fit_many(y[None], v[None], estimator=method, backend=backend)
        near(found.tau2[0], expected.tau2, v)
        assert found.modes[0] == len(expected.local_maxima)
        several += len(expected.local_maxima) > 1
    assert several > 0


@pytest.mark.skipif(importlib.util.find_spec("numba") is None, reason="numba (extra `fast`) is not installed")
@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_numpy_and_numba_give_the_same_numbers(estimator: str) -> None:
    y, v = drawn(1, 400, 9)
    inside = np.random.default_rng(2).integers(0, 2, (900, 9))
    inside = inside[inside.sum(axis=1) > 1]
    pairs = [
        [fit_many(y, v, estimator=estimator, backend=backend) for backend in ("numpy", "numba")],
        [fit_subsets(y[0], v[0], inside, estimator=estimator, backend=backend) for backend in ("numpy", "numba")],
    ]
    for one, two in pairs:
        assert (one.backend, two.backend) == ("numpy", "numba")
        assert np.all(np.abs(one.tau2 - two.tau2) <= SAME * (two.tau2 + v.min()))
        for field in ("mean", "se", "factor", "q"):
            np.testing.assert_allclose(getattr(one, field), getattr(two, field), rtol=SAME, atol=SAME * 0.1)
        assert np.array_equal(one.modes, two.modes)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_a_subset_is_the_pool_of_its_members(estimator: str, backend: str) -> None:
    y, v = (side[0] for side in drawn(3, 1, 7))
    inside = members(np.array([0b11, 0b1010101, 0b1111111, 0b0110100], dtype=np.uint64), 7)
    found = fit_subsets(y, v, inside, estimator=estimator, backend=backend)
    for row, chosen in enumerate(inside.astype(bool)):
        alone = fit_many(y[None, chosen], v[None, chosen], estimator=estimator, backend=backend)
        near(found.tau2[row], alone.tau2[0], v)
        assert found.mean[row] == pytest.approx(alone.mean[0], rel=SAME, abs=SAME)
        assert found.factor[row] == pytest.approx(alone.factor[0], rel=1e-11)
        assert found.sizes[row] == chosen.sum()


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("estimator", ["DL", "PM", "REML"])
@pytest.mark.parametrize("unit", [1e-12, 1e-3, 1e9])
def test_units_do_not_matter(estimator: str, unit: float, backend: str) -> None:
    y, v = drawn(4, 20, 6)
    one = fit_many(y, v, estimator=estimator, backend=backend)
    two = fit_many(unit * (y + 3), unit * unit * v, estimator=estimator, backend=backend)
    np.testing.assert_allclose(two.tau2 / unit**2, one.tau2, rtol=1e-9, atol=1e-9 * v.min())
    np.testing.assert_allclose(two.mean / unit - 3, one.mean, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_equal_effects_and_variances_1e8_apart(estimator: str, backend: str) -> None:
    found = fit_many([[0.5] * 4], [[1.0, 2.0, 3.0, 4.0]], estimator=estimator, backend=backend)
    assert found.tau2[0] == 0.0
    assert found.mean[0] == pytest.approx(0.5, rel=1e-15)
    assert found.factor[0] == pytest.approx(0.0, abs=1e-28)
    wide = fit_many([[0.1, 0.4, -0.3]], [[1e-8, 1e-2, 1.0]], estimator=estimator, backend=backend)
    assert all(math.isfinite(value[0]) for value in wide[2:7])


def test_one_dominant_weight_does_not_cancel() -> None:
    v = np.array([1.0, 1e-9, 2.0])
    y = np.array([0.3, 0.1, -3.4])
    w = 1 / v
    mean = float((w * y).sum() / w.sum())
    q = float((w * (y - mean) ** 2).sum())
    expected = (q - 2) * w.sum() / (2 * (w[0] * w[1] + w[0] * w[2] + w[1] * w[2]))
    found = fit_many(y[None], v[None], estimator="DL", backend="numpy")
    assert found.tau2[0] == pytest.approx(max(0.0, expected), rel=1e-12)


@pytest.mark.parametrize("restricted", [False, True])
def test_derivatives_and_heights_are_those_of_the_likelihood(restricted: bool) -> None:
    y, v = (side[0] for side in drawn(5, 1, 6))
    block = Block(y[:, None], v[:, None], np.ones((6, 3)), np.full(3, 6.0))
    model, places = Means(block, restricted), np.array([0.0, 0.02, 0.7])
    name = "REML" if restricted else "ML"
    values, slopes = model.score_and_slope(places)
    grid = np.array([[0.0], [0.02], [0.7]])
    scanned, exact = model.scan(grid), model.exact_scan(grid)
    tops = model.height(places)
    for row, tau2 in enumerate(places):
        expected = 2 * score(tau2, y, v, likelihood=name)
        assert values[row] == pytest.approx(expected, rel=1e-12)
        assert scanned[row, 0] == pytest.approx(expected, rel=1e-9)
        assert exact[row, 0] == pytest.approx(expected, rel=1e-12)
        step = 1e-6
        numeric = (score(tau2 + step, y, v, likelihood=name) - score(tau2 - step, y, v, likelihood=name)) / step
        assert slopes[row] == pytest.approx(numeric, rel=1e-6)
    difference = log_likelihood(0.7, y, v, likelihood=name) - log_likelihood(0.02, y, v, likelihood=name)
    assert tops[2] - tops[1] == pytest.approx(difference, rel=1e-11)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-5, 5), st.floats(-4, 1)), min_size=2, max_size=6),
    st.sampled_from([("ML", False), ("REML", True)]),
)
def test_no_stationary_point_lies_beyond_far(data, which) -> None:
    y, v = np.array([a for a, _ in data]), 10.0 ** np.array([b for _, b in data])
    end = float(far(np.array([v.max()]), np.array([np.ptp(y)]), coefficients=1)[0])
    for factor in (1.0, 1.7, 10.0, 1e3):
        assert score(end * factor, y, v, likelihood=which[0]) < 0


def test_grid_starts_below_zero_and_ends_at_far() -> None:
    grid, step = points(np.array([0.01]), np.array([5.0]))
    assert grid[1, 0] == 0.0
    assert -0.01 < grid[0, 0] < 0
    assert grid[-1, 0] == pytest.approx(5.0)
    assert step[0] <= 0.25


def test_standardising_is_undone() -> None:
    y, v = drawn(6, 3, 5)
    scaled, spread, units = standardise(y.T, v.T)
    assert np.all((spread.min(axis=0) >= 0.25) & (spread.min(axis=0) < 4))
    np.testing.assert_allclose(units.effects(scaled), y.T, rtol=1e-14, atol=1e-15)
    assert np.array_equal(units.variances(spread), v.T)


def test_bounds_are_those_of_the_scalar_engine() -> None:
    y, v = drawn(8, 5, 6)
    fits = fit_many(y, v, estimator="REML")
    names = {"wald": "wald", "hksj": "hksj", "modified-hksj": "modified_hksj"}
    for interval, attribute in names.items():
        found = bounds(fits, interval=interval, level=0.9)
        p = p_values(fits, found)
        for row in range(5):
            expected = getattr(all_intervals(y[row], v[row], tau2=fits.tau2[row], level=0.9), attribute)
            assert (found.lower[row], found.upper[row], found.se[row], p[row]) == pytest.approx(
                (expected.lower, expected.upper, expected.se, expected.p), rel=1e-11
            )
    plain = bounds(fits, interval="t", level=0.95)
    assert plain.upper - plain.lower == pytest.approx(2 * t.isf(0.025, 5) * fits.se, rel=1e-12)
    wald = bounds(fits, interval="wald", level=0.95)
    assert wald.upper - wald.lower == pytest.approx(2 * norm.isf(0.025) * fits.se, rel=1e-12)


def test_p_value_where_the_standard_error_is_zero() -> None:
    fits = fit_many([[0.5, 0.5], [0.0, 0.0]], [[1.0, 2.0], [1.0, 2.0]], estimator="DL", backend="numpy")
    fits = fits._replace(factor=np.zeros(2))
    assert p_values(fits, bounds(fits, interval="hksj", level=0.95)).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("method", ["REML", "DL"])
def test_all_subsets_match_gosh_of_metafor(method: str, backend: str) -> None:
    pins = references("sensitivity_metafor.json")["gosh"]
    found = all_subsets(pins["yi"], pins["vi"], estimator=method, backend=backend)
    expected = pins["gosh"][method]
    rows = {code: row for row, code in enumerate(expected["incl"]) if expected["k"][row] > 1}
    assert sorted(rows) == sorted(int(code) for code in found.codes)
    assert len(found.codes) == 2**7 - 7 - 1
    for place, code in enumerate(found.codes):
        row = rows[int(code)]
        near(found.fits.tau2[place], expected["tau2"][row], pins["vi"], 1e-9)  # metafor iterates to about 1e-10
        assert found.fits.mean[place] == pytest.approx(expected["mean"][row], rel=1e-9)
        assert found.fits.q[place] == pytest.approx(expected["Q"][row], rel=1e-11, abs=1e-13)


def test_neighbours_in_the_order_of_subsets_differ_by_one_study() -> None:
    y, v = (side[0] for side in drawn(9, 1, 6))
    codes = all_subsets(y, v, estimator="DL").codes
    changes = np.array([bin(int(one) ^ int(two)).count("1") for one, two in itertools.pairwise(codes)])
    assert changes.max() <= 3  # 1, but for the subsets of fewer than two studies that are left out
    assert (changes == 1).mean() > 0.8
    found = all_subsets(y, v, estimator="DL")
    assert found.holding(1).sum() == 2**5 - 1
    with pytest.raises(InputError, match="study = 7"):
        found.holding(7)


def test_sampled_subsets_are_seeded_and_uniform() -> None:
    y, v = (side[0] for side in drawn(10, 1, 30))
    one, two = (sampled_subsets(y, v, estimator="DL", sample=500, seed=3) for _ in range(2))
    assert np.array_equal(one.codes, two.codes)
    assert one.sample == (500, 3)
    assert abs(one.fits.sizes.mean() - 15) < 5 * math.sqrt(30 / 4 / 500)
    other = sampled_subsets(y, v, estimator="DL", sample=500, seed=4)
    assert not np.array_equal(one.codes, other.codes)
    small = sampled_subsets(y[:3], v[:3], estimator="DL", sample=200, seed=1)
    assert set(map(int, small.codes)) == {0b011, 0b101, 0b110, 0b111}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fit_many([[0.1, math.nan]], [[1, 1]], estimator="DL"), "pool 1, study 2: estimate y = nan"),
        (lambda: fit_many([[0.1, 0.2]], [[1, 0]], estimator="DL"), "pool 1, study 2: variance v = 0.0"),
        (lambda: fit_many([[0.1, 0.2]], [[1, math.inf]], estimator="DL"), "study 2: variance v = inf"),
        (lambda: fit_many([[0.1]], [[1]], estimator="DL"), "at least 2"),
        (lambda: fit_many([0.1, 0.2], [1, 1], estimator="DL"), r"both need \(pools, studies\)"),
        (lambda: fit_many([["a"]], [[1]], estimator="DL"), "numbers only"),
        (lambda: fit_many(np.full((9, 2), math.nan), np.ones((9, 2)), estimator="DL"), "and 13 more"),
        (lambda: fit_many([[1, 2]], [[1, 2]], estimator="XX"), "estimator = 'XX' is not known"),
        (lambda: fit_subsets([1, 2], [1, 2], [[1, 0]], estimator="DL"), "subset 1 holds 1 of the studies"),
        (lambda: fit_subsets([1, 2], [1, 2], [[1, 1, 1]], estimator="DL"), "one column for each of 2 studies"),
        (lambda: all_subsets(np.arange(23), np.ones(23), estimator="DL"), "23 studies have 8388584 subsets"),
        (lambda: sampled_subsets(np.arange(65), np.ones(65), estimator="DL", sample=1, seed=1), "64 bits"),
        (lambda: sampled_subsets([1, 2], [1, 1], estimator="DL", sample=0, seed=1), "sample = 0"),
        (lambda: fit_many([[1, 2]], [[1, 2]], estimator="DL", backend="gpu"), "backend = 'gpu' is not known"),
    ],
)
def test_refuses(call, message) -> None:
    with pytest.raises(InputError, match=message):
        call()


def test_a_backend_that_is_not_installed_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert choose("auto", studies=10**9) == "numpy"
    with pytest.raises(InputError, match="extra `fast`"):
        choose("numba", studies=1)


def test_small_jobs_stay_with_numpy() -> None:
    assert choose("auto", studies=10) == "numpy"
