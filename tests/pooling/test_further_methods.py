"""Kenward-Roger, one effect per study, correlation matrices, p-uniform, variance inflation: worked values and laws.

Their agreement with other programs is in validation/ and docs/validation.md.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from evsynth.pooling.approximate_proportion import agresti_coull, normal, wilson_corrected
from evsynth.pooling.dependence.aggregation import aggregate
from evsynth.pooling.dependence.correlation_regression import regress_correlations
from evsynth.pooling.exact import wilson
from evsynth.pooling.guard import InputError
from evsynth.pooling.intervals import all_intervals
from evsynth.pooling.kenward_roger import FEW_DEGREES, kenward_roger
from evsynth.pooling.random_effects import pool
from evsynth.pooling.regression.model import regress
from evsynth.pooling.regression.variance_inflation import variance_inflation
from evsynth.pooling.small_study.p_uniform import irwin_hall_quantile, p_uniform, p_uniform_star

BCG_Y = (
    -0.8893,
    -1.5854,
    -1.3481,
    -1.4416,
    -0.2175,
    -0.7861,
    -1.6209,
    0.0120,
    -0.4694,
    -1.3713,
    -0.3394,
    0.4459,
    -0.0173,
)
BCG_V = (0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714)
PRINTED = 5e-3
"""BCG is given with four decimals; the values of the program that was read are for the full ones."""


def test_kenward_roger_of_bcg() -> None:
    tau2 = pool(BCG_Y, BCG_V, estimator="REML", interval="wald", prediction="V", level=0.95).tau2.value
    found = kenward_roger(BCG_Y, BCG_V, tau2=tau2, level=0.95)
    assert (found.lower, found.upper) == pytest.approx((-1.1164, -0.3127), abs=PRINTED)
    assert found.df == pytest.approx(10.514, rel=PRINTED)
    assert found.codes == ()
    assert found.predict_lower < found.lower < found.mean < found.upper < found.predict_upper


def test_kenward_roger_is_wider_than_wald_and_says_where_it_is_of_no_use() -> None:
    wald = all_intervals(BCG_Y, BCG_V, tau2=0.3, level=0.95).wald
    assert kenward_roger(BCG_Y, BCG_V, tau2=0.3, level=0.95).se > wald.se
    dominated = kenward_roger((0.1, 0.3, 0.2), (1e-4, 1.0, 2.0), tau2=0.0, level=0.95)
    assert dominated.codes == (FEW_DEGREES,)
    assert dominated.lower == -math.inf
    for tau2 in (-0.1, math.nan):
        with pytest.raises(InputError, match="tau2 = "):
            kenward_roger(BCG_Y, BCG_V, tau2=tau2, level=0.95)


@pytest.mark.parametrize(
    ("rho", "weighted", "y", "v"),
    [
        (0.0, False, 0.4, 0.025),
        (0.0, True, 0.32, 0.016),
        (1.0 / 3, False, 0.4, (0.02 + 0.08 + 2 * 0.04 / 3) / 4),
    ],
)
def test_one_effect_per_study(rho: float, weighted: bool, y: float, v: float) -> None:
    found = aggregate([0.2, 0.8, 0.5], [0.02, 0.08, 0.1], ["a", "a", "b"], rho=rho, weighted=weighted)
    assert found.clusters == ("a", "b")
    assert found.sizes == (2, 1)
    assert found.y[0] == pytest.approx(y if weighted else 0.5)
    assert found.v[0] == pytest.approx(v)
    assert (found.y[1], found.v[1]) == (0.5, 0.1)


def test_one_effect_per_study_says_and_refuses() -> None:
    found = aggregate([0.2, 0.8], [0.02, 0.5], ["a", "a"], rho=0.9, weighted=True)
    assert found.codes == ("NEGATIVE_AGGREGATION_WEIGHT",)
    for rho, message in ((1.2, "rho = 1.2"), (-1.0, "cluster 'a': 3 estimates"), (1.0, "no valid covariance")):
        with pytest.raises(InputError, match=message):
            aggregate([0.1, 0.2, 0.3], [0.1] * 3, ["a"] * 3, rho=rho, weighted=True)
    with pytest.raises(InputError, match="cluster has 1 values"):
        aggregate([0.1, 0.2], [0.1] * 2, ["a"], rho=0.5, weighted=True)


R = [[1, 0.45, 0.35], [0.45, 1, 0.3], [0.35, 0.3, 1]]


def test_regression_from_correlations_is_that_of_data_with_them() -> None:
    rng = np.random.default_rng(3)
    data = rng.normal(size=(40, 3))
    data = (data - data.mean(axis=0)) @ np.linalg.inv(np.linalg.cholesky(np.cov(data.T)).T) @ np.linalg.cholesky(R).T
    found = regress_correlations(R, outcome=0, predictors=[1, 2], patients=40)
    beta, rest, _, _ = np.linalg.lstsq(data[:, 1:], data[:, 0], rcond=None)
    assert found.beta == pytest.approx(beta)
    errors = np.sqrt(np.diag(np.linalg.inv(data[:, 1:].T @ data[:, 1:])) * rest[0] / 38)
    assert found.se == pytest.approx(errors)
    assert found.df == 38


def test_regression_from_uncertain_correlations_by_differences() -> None:
    spread, step = np.diag([0.01, 0.02, 0.03]), 1e-6
    found = regress_correlations(R, outcome=0, predictors=[1, 2], covariance=spread)
    slopes = []
    for i, j in ((1, 0), (2, 0), (2, 1)):
        moved = np.array(R, dtype=float)
        moved[i, j] = moved[j, i] = moved[i, j] + step
        other = regress_correlations(moved, outcome=0, predictors=[1, 2], patients=40)
        slopes.append((np.array(other.beta) - found.beta) / step)
    jacobian = np.array(slopes).T
    assert found.covariance == pytest.approx(jacobian @ spread @ jacobian.T, rel=1e-4)


@pytest.mark.parametrize(
    ("r", "options", "message"),
    [
        ([[1, 2], [2, 1]], {"patients": 20}, "positive definite"),
        ([[1, 0.2], [0.3, 1]], {"patients": 20}, "symmetric"),
        ([[2, 0.2], [0.2, 1]], {"patients": 20}, "1 on the diagonal"),
        ([[1, 0.2], [0.2, 1]], {}, "either the number"),
        ([[1, 0.2], [0.2, 1]], {"patients": 1}, "1 patients cannot carry 1"),
        ([[1, 0.2], [0.2, 1]], {"covariance": np.eye(2)}, "covariance of 1 correlations"),
    ],
)
def test_correlations_that_are_refused(r: list, options: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        regress_correlations(r, outcome=0, predictors=[1], **options)


def test_variance_inflation_of_two_moderators() -> None:
    x = np.column_stack([np.ones(6), [0, 1, 2, 3, 4, 5], [0, 2, 1, 4, 3, 6]])
    found = regress(BCG_Y[:6], [0.1] * 6, x, names=["one", "a", "b"], estimator="FE", test="z", level=0.95)
    r = np.corrcoef(x[:, 1], x[:, 2])[0, 1]
    assert variance_inflation(found) == pytest.approx([1 / (1 - r * r)] * 2)
    alone = regress(BCG_Y[:6], [0.1] * 6, x[:, :1], names=["one"], estimator="FE", test="z", level=0.95)
    assert variance_inflation(alone) == ()


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_approximate_intervals_mirror_and_stay_inside(counts: tuple[int, int]) -> None:
    x, n = counts
    for interval in (wilson_corrected, agresti_coull, normal):
        one, other = interval(x, n, level=0.95), interval(n - x, n, level=0.95)
        assert 0 <= one.lower <= x / n <= one.upper <= 1
        assert (other.lower, other.upper) == pytest.approx((1 - one.upper, 1 - one.lower), abs=1e-12)
    assert wilson_corrected(x, n, level=0.9).lower <= wilson(x, n, level=0.9).lower + 1e-12


@pytest.mark.parametrize("k", [1, 2, 3, 7, 30])
def test_irwin_hall(k: int) -> None:
    low = irwin_hall_quantile(0.025, k)
    if k <= 3:
        assert low**k / math.factorial(k) == pytest.approx(0.025) or k == 3
    draws = np.random.default_rng(1).random((200_000, k)).sum(axis=1)
    assert (draws < low).mean() == pytest.approx(0.025, abs=4 * math.sqrt(0.025 * 0.975 / 200_000))


def published(seed: int, effect: float) -> tuple[np.ndarray, np.ndarray]:
    """Draw studies until forty significant ones are there, and keep those alone."""
    rng = np.random.default_rng(seed)
    se = rng.uniform(0.1, 0.4, 4000)
    y = rng.normal(effect, se)
    kept = np.flatnonzero(y / se > norm.isf(0.025))[:40]
    return y[kept], se[kept] ** 2


@pytest.mark.parametrize("method", ["P", "LNP", "ML"])
def test_p_uniform_finds_the_effect_behind_significant_studies(method: str) -> None:
    y, v = published(5, 0.3)
    found = p_uniform(y, v, method=method, side="right")
    plain = pool(y, v, estimator="FE", interval="wald", prediction="V", level=0.95).mean
    assert found.lower < 0.3 < found.upper
    assert abs(found.estimate - 0.3) < abs(plain - 0.3)
    assert found.selection_p < 0.05
    mirrored = p_uniform(-y, v, method=method, side="left")
    assert mirrored.estimate == pytest.approx(-found.estimate, abs=1e-9)
    assert (mirrored.lower, mirrored.upper) == pytest.approx((-found.upper, -found.lower), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 100))
def test_p_uniform_moves_with_the_units(seed: int, factor: float) -> None:
    y, v = published(seed, 0.25)
    one = p_uniform(y, v, method="LNP", side="right")
    other = p_uniform(factor * y, factor**2 * v, method="LNP", side="right")
    assert other.estimate == pytest.approx(factor * one.estimate, rel=1e-7, abs=1e-9 * factor)
    assert other.effect_p == pytest.approx(one.effect_p, rel=1e-9, abs=1e-300)


def test_p_uniform_star_uses_the_others_too() -> None:
    rng = np.random.default_rng(11)
    se = rng.uniform(0.1, 0.4, 400)
    y = rng.normal(0.2, np.sqrt(se**2 + 0.04))
    kept = (y / se > 1.96) | (rng.random(400) < 0.3)
    found = p_uniform_star(y[kept], se[kept] ** 2, side="right")
    assert found.estimate == pytest.approx(0.2, abs=0.1)
    assert found.tau2 == pytest.approx(0.04, abs=0.03)
    assert found.effect_p < 0.01
    assert found.significant < found.k


def test_p_uniform_is_refused_where_nothing_is_significant() -> None:
    y, v = np.linspace(-0.1, 0.1, 12), np.full(12, 0.04)
    for call in (lambda: p_uniform(y, v, method="P", side="right"), lambda: p_uniform_star(y, v, side="left")):
        with pytest.raises(InputError, match="no study is significant"):
            call()
    with pytest.raises(InputError, match="funnel asymmetry"):
        p_uniform(y, v, method="P", side="right", measure="PLO")
