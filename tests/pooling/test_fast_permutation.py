"""Exact permutation tests: metafor's p-values, brute force, and the orders that are enumerated."""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest

from evsynth.pooling.fast.orders import count_orders, orders
from evsynth.pooling.fast.permutation import sign_flips, slope_orders
from evsynth.pooling.fast.slopes import Slopes
from evsynth.pooling.guard import InputError

PINS = json.loads((Path(__file__).parents[1] / "references" / "sensitivity_metafor.json").read_text(encoding="utf-8"))
PINS = PINS["permutation"]
TESTS = {"z": "wald", "knha": "hksj"}

# metafor's REML is converged to about 1e-10 on these data.
RELATIVE = 1e-9

BACKENDS = [
    "numpy",
    pytest.param(
        "numba",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("numba") is None, reason="numba (extra `fast`) is not installed"
        ),
    ),
]


def test_grid_of_pins_is_complete() -> None:
    found = {(c["dataset"], c["arguments"]["method"], c["arguments"]["test"]) for c in PINS["cases"]}
    expected = set(itertools.product(("bcg5", "bcg6", "bcg7"), ("REML", "DL", "FE"), ("z", "knha")))
    assert found == {combination for combination in expected if combination[1:] != ("FE", "knha")}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in PINS["cases"]])
def test_matches_metafor(case: dict, backend: str) -> None:
    data, how = PINS["datasets"][case["dataset"]], case["arguments"]
    options = {"estimator": how["method"], "statistic": TESTS[how["test"]], "backend": backend}
    mean = sign_flips(data["yi"], data["vi"], **options)
    assert mean.statistic == pytest.approx(case["mean"]["statistic"], rel=RELATIVE)
    assert mean.p == pytest.approx(case["mean"]["p"], rel=1e-12)
    slope = slope_orders(data["yi"], data["vi"], data["x"], **options)
    assert slope.estimate == pytest.approx(case["slope"]["estimate"], rel=RELATIVE)
    assert slope.statistic == pytest.approx(case["slope"]["statistic"], rel=RELATIVE)
    assert slope.p == pytest.approx(case["slope"]["p"], rel=1e-12)
    assert (mean.exact, mean.p_error, mean.backend) == (True, 0.0, backend)
    assert mean.arrangements == 2 ** len(data["yi"])
    assert slope.arrangements == count_orders(np.array(data["x"]))


@pytest.mark.parametrize("values", [(1, 2, 3, 4), (1, 1, 2, 2, 2), (1, 1, 1, 1), (0, 1, 0, 1, 0, 1, 0, 1, 2), (5,)])
def test_orders_are_all_distinct_orders_once(values) -> None:
    found = [tuple(row) for rows in orders(np.array(values, dtype=float)) for row in rows]
    assert len(found) == len(set(found)) == count_orders(np.array(values))
    assert set(found) == set(itertools.permutations(map(float, values)))


def test_orders_come_in_blocks() -> None:
    blocks = [len(rows) for rows in orders(np.arange(9.0))]
    assert sum(blocks) == math.factorial(9)
    assert max(blocks) == math.factorial(7)


@pytest.mark.parametrize("restricted", [False, True])
def test_slope_likelihood_agrees_with_its_matrix_form(restricted: bool) -> None:
    random = np.random.default_rng(1)
    y, v, x = random.normal(size=6), random.uniform(0.1, 1, 6), random.normal(size=(6, 3))
    model = Slopes(y[:, None], v[:, None], x, restricted)
    tau2, step = 0.3, 1e-6

    def height(column: int, at: float) -> float:
        design, w = np.column_stack([np.ones(6), x[:, column]]), np.diag(1 / (v + at))
        moments = design.T @ w @ design
        residual = y - design @ np.linalg.solve(moments, design.T @ w @ y)
        value = np.log(v + at).sum() + residual @ w @ residual
        return -0.5 * (value + np.linalg.slogdet(moments)[1] if restricted else value)

    values, slopes = model.score_and_slope(np.full(3, tau2))
    scanned = model.scan(np.array([[tau2]]))[0]
    after, before = (model.score_and_slope(np.full(3, tau2 + sign * step))[0] for sign in (1, -1))
    for column in range(3):
        numeric = (height(column, tau2 + step) - height(column, tau2 - step)) / step
        assert values[column] == pytest.approx(numeric, rel=1e-6)
        assert scanned[column] == pytest.approx(values[column], rel=1e-9)
        assert slopes[column] == pytest.approx((after - before)[column] / (2 * step), rel=1e-6)
        assert model.height(np.full(3, tau2))[column] == pytest.approx(height(column, tau2), rel=1e-12)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_sample_comes_near_with_its_error(backend: str) -> None:
    data = PINS["datasets"]["bcg7"]
    options = {"estimator": "REML", "statistic": "wald", "backend": backend}
    for test, arguments in ((sign_flips, ()), (slope_orders, (data["x"],))):
        exact = test(data["yi"], data["vi"], *arguments, **options)
        one = test(data["yi"], data["vi"], *arguments, **options, sample=2000, seed=5)
        two = test(data["yi"], data["vi"], *arguments, **options, sample=2000, seed=5)
        assert one == two
        assert not one.exact
        assert one.seed == 5
        assert 0 < one.p_error < 0.02
        assert abs(one.p - exact.p) < 5 * one.p_error + 1 / 2000


def test_the_smallest_p_value_of_flips() -> None:
    found = sign_flips([1.0, 1.2, 0.9, 1.1], [0.01] * 4, estimator="FE", statistic="wald")
    assert found.p == 2 / 16


def test_effects_that_agree_exactly_have_an_infinite_hksj_statistic() -> None:
    found = sign_flips([1.0, 1.0, 1.0], [0.1] * 3, estimator="FE", statistic="hksj", backend="numpy")
    assert found.p == 2 / 8


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda **o: sign_flips([0.1], [0.1], **o), "at least 2"),
        (lambda **o: sign_flips([0.1] * 40, [0.1] * 40, **o), "too many to fit all; give sample and seed"),
        (lambda **o: sign_flips([0.1] * 4, [0.1] * 4, sample=10, **o), "a sample needs"),
        (lambda **o: sign_flips([0.1] * 4, [0.1] * 4, sample=0, seed=1, **o), "sample = 0"),
        (lambda **o: slope_orders([0.1, 0.2], [0.1, 0.1], [1, 2], **o), "at least 3"),
        (lambda **o: slope_orders([0.1] * 3, [0.1] * 3, [1, 1, 1], **o), "x = 1.0 in every study"),
        (lambda **o: slope_orders([0.1] * 3, [0.1] * 3, [1, 2, math.nan], **o), "study 3: moderator x = nan"),
        (lambda **o: slope_orders([0.1] * 3, [0.1] * 3, [1, 2], **o), "one value for each of 3 studies"),
        (lambda **o: slope_orders(range(13), [0.1] * 13, range(13), **o), "6227020800 arrangements are too many"),
    ],
)
def test_refuses(call, message: str) -> None:
    with pytest.raises(InputError, match=message):
        call(estimator="REML", statistic="wald")
