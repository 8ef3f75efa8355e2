"""Every estimator of tau2, its standard error and intervals, the exact distribution behind them, and Nagashima's
prediction interval.
"""

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
from evsynth.pooling.heterogeneity import estimate_tau2, inconsistency, inconsistency_interval
from evsynth.pooling.intervals import all_intervals
from evsynth.pooling.likelihood import log_likelihoods
from evsynth.pooling.nagashima import nagashima
from evsynth.pooling.random_effects import pool
from evsynth.pooling.regression.design import make_design
from evsynth.pooling.tau2.approximate import from_h, wald
from evsynth.pooling.tau2.estimate import estimate
from evsynth.pooling.tau2.fit_statistics import fit_statistics
from evsynth.pooling.tau2.generalised_q import confidence_distribution
from evsynth.pooling.tau2.least_squares import intercept, least_squares
from evsynth.pooling.tau2.quadratic_form import distribution
from evsynth.pooling.tau2_interval import generalised_q, profile_likelihood, q_profile

REFERENCES = Path(__file__).parents[1] / "references"

# Both sides are converged to about 1e-14; a tau2 that is small beside v is conditioned worse.
RELATIVE = 1e-10
TAU2_ABSOLUTE = 1e-12  # times the smallest variance: a boundary is a tiny positive number in the reference
# metafor's GENQM stops at about 1e-10 and iterates SJIT towards a boundary that it never reaches.
ITERATED = {"GENQM": 1e-9, "SJIT": 2e-8}
ITERATED_ABSOLUTE = {"SJIT": 1e-6}  # times the smallest variance
# Raw calendar years cost metafor's normal equations digits; 50-digit arithmetic agrees with ours (below).
YEARS = 3e-8
# metafor leaves the bounds of the generalised Q at an absolute tolerance of 1.2e-4.
GENQ_ABSOLUTE = 1.3e-4
# Two significant digits of Monte Carlo: 0.03 of the width of an interval.
SIMULATED = 0.03

ESTIMATORS = (*("EE", "DL", "HE", "HS", "HSk", "SJ", "PM", "PMM", "EB", "DLIT", "SJIT", "GENQ", "GENQM", "ML", "REML"),)


def references(name: str) -> dict:
    return json.loads((REFERENCES / name).read_text(encoding="utf-8"))


MAIN, INTERVALS = references("tau2_estimators_metafor.json"), references("tau2_intervals_metafor.json")
SIMULATION = references("nagashima_simulated.json")
PLAIN = [
    case
    for case in MAIN["cases"]
    if set(case["arguments"]) <= {"method", "weights", "level"} and not isinstance(case["arguments"]["weights"], list)
]


def arrays(collection: dict, name: str) -> tuple[np.ndarray, np.ndarray]:
    data = collection["datasets"][name]
    return np.array(data["yi"]), np.array(data["vi"])


@cache
def basis(name: str):
    data = INTERVALS["datasets"][name]
    return make_design(data["X"], data["X_names"]).basis if "X" in data else None


def test_grid_of_pins_is_complete() -> None:
    assert {(c["dataset"], c["arguments"]["method"]) for c in PLAIN} == {
        (dataset, estimator) for dataset in MAIN["datasets"] for estimator in ESTIMATORS
    }
    assert len(MAIN["datasets"]) == 20
    assert len(INTERVALS["cases"]) == 91
    assert {case["arguments"]["type"] for case in INTERVALS["cases"]} == {
        "qp", "pl", "genq", "wald", "wald.log", "wald.sqrt", "ht",
    }  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in PLAIN])
def test_matches_metafor(case: dict) -> None:
    (y, v), expected = arrays(MAIN, case["dataset"]), case["output"]
    method = case["arguments"]["method"]
    estimator = "FE" if method == "EE" else method
    weights = 1 / np.sqrt(v) if method in ("GENQ", "GENQM") else None
    columns, least = intercept(len(y)), float(v.min())
    found = estimate(y, v, columns, estimator=estimator, weights=weights)
    relative = ITERATED.get(method, RELATIVE)
    absolute = ITERATED_ABSOLUTE.get(method, TAU2_ABSOLUTE) * least
    assert found.value == pytest.approx(expected["tau2"], rel=relative, abs=absolute)
    if expected["se.tau2"] is None:
        assert found.se is None
    elif expected["tau2"] > absolute:
        assert found.se == pytest.approx(expected["se.tau2"], rel=relative)
    shares = inconsistency(y, v, tau2=found.value)
    assert shares.typical_variance == pytest.approx(expected["vt"], rel=RELATIVE)
    i2 = shares.i2_from_q if method in ("EE", "DL") else shares.i2_from_tau2
    assert i2 == pytest.approx(expected["I2"], rel=relative, abs=1e-4 if method == "SJIT" else 1e-9)
    own = estimator not in ("GENQ", "GENQM")
    if own:  # metafor uses the weights of GENQ for the mean as well: test_regression pins that
        statistics = fit_statistics(y, v, columns, tau2=found.value, estimated=estimator != "FE")
        for ours, theirs in ((statistics.ml, expected["fit"]["ML"]), (statistics.reml, expected["fit"]["REML"])):
            pinned = [theirs[name] for name in ("ll", "dev", "AIC", "BIC", "AICc")]
            assert list(ours) == pytest.approx(pinned, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in INTERVALS["cases"]])
def test_intervals_match_metafor(case: dict) -> None:
    (y, v), expected, kind = arrays(INTERVALS, case["dataset"]), case["output"], case["arguments"]["type"]
    columns, method = basis(case["dataset"]), case["arguments"]["method"]
    relative = YEARS if "yr" in case["dataset"] or "year" in case["dataset"] else RELATIVE
    absolute = TAU2_ABSOLUTE * float(v.min())
    if kind == "qp":
        found = q_profile(y, v, level=0.95, basis=columns)[1:3]
    elif kind == "pl":
        found = profile_likelihood(y, v, level=0.95, likelihood=method, basis=columns)[1:3]
    elif kind == "genq":
        found = generalised_q(y, v, level=0.95, weights=1 / np.sqrt(v), basis=columns)[1:3]
        absolute = GENQ_ABSOLUTE
    else:
        tau2 = estimate_tau2(y, v, estimator=method, basis=columns)
        shares = inconsistency(y, v, tau2=tau2.value)
        if kind == "ht":
            q = least_squares(y, 1 / v, intercept(len(y))).rss
            found = from_h(shares.h2_from_tau2, q, len(y), shares.typical_variance, level=0.95)
        else:
            scale = {"wald": "identity", "wald.log": "log", "wald.sqrt": "root"}[kind]
            if tau2.value == 0 and scale != "identity":
                with pytest.raises(InputError, match="needs tau2 > 0"):
                    wald(tau2.value, tau2.se, level=0.95, scale=scale)
                return
            found = wald(tau2.value, tau2.se, level=0.95, scale=scale)
    assert found[0] == pytest.approx(expected["tau2.lb"], rel=relative, abs=absolute)
    assert found[1] == pytest.approx(expected["tau2.ub"], rel=relative, abs=absolute)
    if kind != "genq":
        shares = inconsistency_interval(y, v, tau2_interval=found, basis=columns)
        pinned = [expected[name] for name in ("I2.lb", "I2.ub", "H2.lb", "H2.ub")]
        assert list(shares) == pytest.approx(pinned, rel=relative, abs=1e-9)


def ruben(eigenvalues: np.ndarray, q: float) -> float:
    """P(sum of eigenvalue * chi2(1) <= q) by Ruben's series (1962, doi 10.1214/aoms/1177704580)."""
    eigenvalues = eigenvalues[eigenvalues > 1e-12 * eigenvalues.max()]
    beta = 2 / (1 / eigenvalues.min() + 1 / eigenvalues.max())
    ratio, powers, terms = 1 - beta / eigenvalues, np.ones(len(eigenvalues)), []
    coefficients = [float(np.prod(np.sqrt(beta / eigenvalues)))]
    for m in range(1, 3000):
        powers = powers * ratio
        terms.append(powers.sum() / 2)
        coefficients.append(float(np.dot(terms[::-1], coefficients)) / m)
    return float(np.dot(coefficients, chi2.cdf(q / beta, len(eigenvalues) + 2 * np.arange(3000))))


@pytest.mark.parametrize("columns", [1, 3])
@pytest.mark.parametrize("tau2", [0.0, 0.05, 2.0])
def test_distribution_of_q_against_a_series(tau2: float, columns: int) -> None:
    y, v = arrays(MAIN, "pagliaro1992:OR")
    x = np.column_stack([np.ones(len(y)), np.arange(len(y)), np.sin(np.arange(len(y)))])[:, :columns]
    matrix, a = np.linalg.qr(x)[0], 1 / np.sqrt(v)
    unit = least_squares(y, a, matrix).unit
    root = np.sqrt(a * (v + tau2))
    eigenvalues = np.linalg.eigvalsh(root[:, None] * (np.eye(len(y)) - unit @ unit.T) * root)[columns:]
    for part in (0.2, 0.8, 1.5, 3.0):
        q = part * float(eigenvalues.sum())
        found = distribution(q, np.array([tau2]), v, a, unit)
        assert found.probability[0] == pytest.approx(ruben(eigenvalues, q), abs=1e-12)
        near = distribution(q, np.array([tau2 + 1e-5, tau2 + 2e-5]), v, a, unit).probability
        slope = (4 * near[0] - near[1] - 3 * found.probability[0]) / 2e-5
        assert found.slope[0] == pytest.approx(slope, rel=1e-4, abs=1e-8)


@pytest.mark.parametrize("k", [2, 3, 10, 100, 1000])
def test_distribution_of_q_at_tau2_zero_is_chi_squared(k: int) -> None:
    v = np.geomspace(1e-4, 1e4, k)
    unit = least_squares(v, 1 / v, intercept(k)).unit
    for probability in (1e-8, 0.025, 0.5, 0.975, 1 - 1e-9):
        q = float(chi2.ppf(probability, k - 1))
        found = distribution(q, np.zeros(1), v, 1 / v, unit)
        assert found.probability[0] == pytest.approx(float(chi2.cdf(q, k - 1)), abs=3e-13)


def test_distribution_of_q_does_not_depend_on_the_contour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variances 1e8 apart: five times as many nodes change nothing."""
    v = np.array([1e-8, 1e-4, 1e-2, 1.0, 0.1, 0.05])
    of = confidence_distribution(np.array([0.1, 0.5, -0.2, 0.8, 0.3, 0.6]), v, intercept(6), 1 / v)
    tau2 = np.geomspace(1e-6, 1e3, 40)
    coarse = of.at(tau2)
    monkeypatch.setattr("evsynth.pooling.tau2.quadratic_form.NODES", 700)
    monkeypatch.setattr("evsynth.pooling.tau2.quadratic_form.STEP", 0.018)
    fine = of.at(tau2)
    assert coarse.probability == pytest.approx(fine.probability, abs=1e-13)
    assert coarse.slope * tau2 == pytest.approx(fine.slope * tau2, abs=1e-13)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in SIMULATION["cases"]])
def test_nagashima_against_the_published_simulation(case: dict) -> None:
    data, expected = SIMULATION["datasets"][case["dataset"]], case["output"]
    found = nagashima(data["y"], np.square(data["se"]), level=0.95)
    width = found.upper - found.lower
    assert (found.lower, found.upper) == pytest.approx((expected["lpi"], expected["upi"]), abs=SIMULATED * width)
    width = found.mean_upper - found.mean_lower
    assert (found.mean_lower, found.mean_upper) == pytest.approx(
        (expected["lci"], expected["uci"]), abs=SIMULATED * width
    )


@pytest.mark.parametrize("name", list(SIMULATION["datasets"]))
def test_nagashima_against_a_simulation_of_ours(name: str) -> None:
    """400,000 seeded draws of algorithm 1: the share outside each bound is 2.5 % within four standard errors."""
    data, draws = SIMULATION["datasets"][name], 400_000
    y, v, k = np.array(data["y"]), np.square(data["se"]), len(data["y"])
    found, generator = nagashima(y, v, level=0.95), np.random.default_rng(20190601)
    of = confidence_distribution(y, v, intercept(k), 1 / v)
    logs = np.linspace(math.log(1e-7 * v.min()), math.log(1e6 * v.max()), 2000)
    grid = 1 - of.at(np.exp(logs)).probability
    u = generator.random(draws)
    tau2 = np.where(u < found.probability_of_zero, 0.0, np.exp(np.interp(u, grid, logs)))
    w = 1 / (v + tau2[:, None])
    mean = (w * y).sum(axis=1) / w.sum(axis=1)
    se = np.sqrt((w * (y - mean[:, None]) ** 2).sum(axis=1) / ((k - 1) * w.sum(axis=1)))
    new = mean + np.sqrt(tau2) * generator.normal(size=draws) - generator.standard_t(k - 1, draws) * se
    slack = 4 * math.sqrt(0.025 * 0.975 / draws)
    assert (new < found.lower).mean() == pytest.approx(0.025, abs=slack)
    assert (new > found.upper).mean() == pytest.approx(0.025, abs=slack)


def test_nagashima_is_converged_and_moves_with_the_units(monkeypatch: pytest.MonkeyPatch) -> None:
    data = SIMULATION["datasets"]["hyp"]
    y, v = np.array(data["y"]), np.square(data["se"])
    one = nagashima(y, v, level=0.9)
    two = nagashima(1e6 + 1e3 * y, 1e6 * v, level=0.9)
    assert [(bound - 1e6) / 1e3 for bound in two[:4]] == pytest.approx(list(one[:4]), abs=1e-8)
    monkeypatch.setattr("evsynth.pooling.nagashima.POINTS", 700)
    fine = nagashima(y, v, level=0.9)
    assert fine[:4] == pytest.approx(one[:4], rel=1e-12)


def test_nagashima_in_the_pool() -> None:
    data = SIMULATION["datasets"]["sbp"]
    found = pool(data["y"], np.square(data["se"]), estimator="DL", interval="hksj", prediction="Nagashima", level=0.95)
    assert found.prediction.name == "Nagashima"
    assert found.prediction.lower == nagashima(data["y"], np.square(data["se"]), level=0.95).lower
    assert len(found.predictions.intervals) == 6
    assert (
        pool([0.1, 0.4], [0.1, 0.2], estimator="DL", interval="hksj", prediction="Nagashima", level=0.95).prediction
        is None
    )
    equal = nagashima([0.3, 0.3, 0.3], [0.1, 0.2, 0.1], level=0.95)
    assert (equal.lower, equal.upper, equal.probability_of_zero) == pytest.approx((0.3, 0.3, 1.0), abs=1e-9)
    with pytest.raises(InputError, match="at least 3"):
        nagashima([0.3, 0.4], [0.1, 0.2], level=0.95)


@pytest.mark.parametrize("estimator", ["PM", "PMM", "EB"])
def test_roots_in_50_digits(estimator: str) -> None:
    y, v = [0.1, 0.1001, -0.2, 0.8, 0.3, 0.6, 1.1, 0.05], [1e-7, 1e-6, 2e-5, 3e-4, 4e-3, 0.05, 0.7, 10]
    found = estimate(np.array(y), np.array(v), intercept(8), estimator=estimator).value
    target = chi2.median(7) if estimator == "PMM" else 7

    def excess(tau2):
        w = [1 / (x + tau2) for x in map(mpmath.mpf, v)]
        mean = sum(a * b for a, b in zip(w, map(mpmath.mpf, y), strict=True)) / sum(w)
        return sum(a * (mpmath.mpf(b) - mean) ** 2 for a, b in zip(w, y, strict=True)) - mpmath.mpf(float(target))

    with mpmath.workdps(50):
        exact = mpmath.findroot(excess, (found * 0.999, found * 1.001), solver="anderson", tol=1e-40)
        assert abs(found - exact) <= 1e-12 * exact


def test_region_of_the_profile_likelihood_can_have_a_gap() -> None:
    """Two maxima: tau2 = 0 and tau2 about 0.1 are in the region, values between are not."""
    y = np.array([0.071, 0.58, 1.182, 0.081, -0.053, 0.243, 0.347])
    v = np.array([0.001, 0.02, 0.47, 0.00014, 0.29, 0.031, 0.32])
    found = profile_likelihood(y, v, level=0.95, likelihood="REML")
    assert found.codes == ("TAU2_LOWER_BOUND_AT_ZERO", "TAU2_REGION_HAS_A_GAP")
    heights = log_likelihoods(np.linspace(0, found.upper, 4001), y, v, likelihood="REML")
    inside = heights >= heights.max() - chi2.ppf(0.95, 1) / 2
    assert inside[0]
    assert not inside.all()
    assert inside[-2]


def test_equal_effects_and_two_studies() -> None:
    same = np.array([0.3, 0.3]), np.array([0.02, 0.05])
    for estimator in ("SJ", "PM", "PMM", "EB", "HS", "HSk", "HE", "DL", "ML", "REML"):
        assert estimate(*same, intercept(2), estimator=estimator).value == 0.0
    found = pool([0.1, 0.6], [0.02, 0.05], estimator="PM", interval="wald", prediction="V", level=0.95)
    assert found.tau2.value == pytest.approx(0.09, rel=1e-12)
    assert found.tau2.se > 0
    assert found.statistics.reml.aicc > found.statistics.reml.aic
    assert found.inconsistency_interval.i2_lower == 0.0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"estimator": "GENQ"}, "needs weights"),
        ({"estimator": "PM", "weights": np.ones(3)}, "takes no weights"),
    ],
)
def test_refusals(arguments: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        estimate_tau2([0.1, 0.2, 0.3], [0.1, 0.1, 0.2], **arguments)


def test_pool_takes_every_estimator() -> None:
    y, v = arrays(MAIN, "bcg:RR")
    for estimator in ("HS", "HSk", "SJ", "PM", "PMM", "EB", "DLIT", "SJIT"):
        found = pool(y, v, estimator=estimator, interval="hksj", prediction="V", level=0.95)
        assert found.tau2.engine.mu == pytest.approx(found.mean, rel=1e-12)  # PyMARE at the same tau2
        assert "TAU2_ENGINES_DISAGREE" not in found.codes
    found = pool(y, v, estimator="GENQ", interval="wald", prediction="V", level=0.95, tau2_weights=1 / np.sqrt(v))
    assert found.tau2.value == pytest.approx(0.3154955141215746, rel=RELATIVE)
    assert all_intervals(y, v, tau2=found.tau2.value, level=0.95).wald == found.intervals.wald


effects = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 2)), min_size=3, max_size=8)


@settings(max_examples=30, deadline=None)
@given(effects, st.sampled_from(["HS", "HSk", "SJ", "PM", "PMM", "REML"]), st.floats(0.01, 100))
def test_units_scale_tau2_by_the_square(data, estimator, factor) -> None:
    y, v = (np.array(values) for values in zip(*data, strict=True))
    one = estimate(y, v, intercept(len(y)), estimator=estimator)
    two = estimate(factor * y, factor**2 * v, intercept(len(y)), estimator=estimator)
    assert two.value == pytest.approx(factor**2 * one.value, rel=1e-8, abs=1e-12 * factor**2)
    assert two.se == pytest.approx(factor**2 * one.se, rel=1e-7, abs=1e-12 * factor**2)


def test_effects_that_differ_by_almost_nothing_give_an_interval_that_begins_at_0() -> None:
    # Q = 1e-262; its probability is below every number that is told apart from 0.
    y, v = np.array([0.0, 0.0, 1.2543676552325438e-131]), np.ones(3)
    found = generalised_q(y, v, level=0.95, weights=1 / np.sqrt(v))
    assert (found.lower, found.upper) == (0.0, 0.0)


@settings(max_examples=20, deadline=None)
@given(effects)
def test_wider_levels_contain_narrower_ones(data) -> None:
    y, v = (np.array(values) for values in zip(*data, strict=True))
    narrow, wide = (generalised_q(y, v, level=level, weights=1 / np.sqrt(v)) for level in (0.8, 0.95))
    assert wide.lower <= narrow.lower + 1e-12
    assert narrow.upper <= wide.upper + 1e-12
    profile = [profile_likelihood(y, v, level=level, likelihood="REML") for level in (0.8, 0.95)]
    assert profile[1].lower <= profile[0].lower + 1e-9
    assert profile[0].upper <= profile[1].upper + 1e-9
