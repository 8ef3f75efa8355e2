"""Single-arm proportions: exact intervals, the binomial-normal model, and the announced order of models."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import betabinom, binom, norm

from evsynth.effects.measures import logit_proportion
from evsynth.pooling.beta_binomial import beta_binomial
from evsynth.pooling.binomial_likelihood import enough_nodes, marginal
from evsynth.pooling.exact import clopper_pearson, lower_bound, upper_bound, wilson
from evsynth.pooling.guard import InputError, check_counts
from evsynth.pooling.proportion_pool import FITTERS, Unpooled, pool_proportions
from evsynth.pooling.proportions import OPTIMISERS, binomial_normal
from evsynth.pooling.random_effects import pool

REFERENCES = Path(__file__).parents[1] / "references"

# Beta quantiles of two libraries.
INTERVAL_RELATIVE = 1e-10
# glmer uses 7 quadrature nodes and stops its optimiser at about 1e-5; our own error is below 1e-9.
GLMER_ABSOLUTE, GLMER_TAU2_RELATIVE = 2e-5, 2e-4
# A common effect has no quadrature. glm stops at 1e-8 in the deviance, and its standard error is up to 1.4e-5
# off the closed form 1/sqrt(N p q), which is exact; ours is checked against that to 1e-12.
COMMON_ABSOLUTE, GLM_SE_RELATIVE, CLOSED_FORM = 1e-8, 2e-5, 1e-12
# Adaptive quadrature of SciPy at its tightest.
QUAD_RELATIVE = 1e-10
FT_DEMO = ((1, 2, 1, 60), (10, 15, 12, 50000))


def references(name: str) -> dict:
    return json.loads((REFERENCES / name).read_text(encoding="utf-8"))


GLMM, INTERVALS = references("binomial_normal_metafor.json"), references("proportion_intervals_meta.json")


def test_grid_of_pins_is_complete() -> None:
    assert {case["dataset"] for case in GLMM["cases"]} == {
        "debruin2009", "hannum2020", "rivera2025", "synth_prop01", "synth_prop03"
    }  # fmt: skip
    assert len(GLMM["cases"]) == 15
    assert {case["arguments"]["method.ci"] for case in INTERVALS["cases"]} == {"CP", "WS"}
    assert len(INTERVALS["cases"]) == 12


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in INTERVALS["cases"]])
def test_intervals_match_meta(case: dict) -> None:
    data, expected = INTERVALS["datasets"][case["dataset"]], case["output"]
    interval = {"CP": clopper_pearson, "WS": wilson}[case["arguments"]["method.ci"]]
    found = [interval(x, n, level=0.95) for x, n in zip(data["xi"], data["ni"], strict=True)]
    slack = {"rel": INTERVAL_RELATIVE, "abs": 1e-15}
    assert [one.lower for one in found] == pytest.approx(expected["lower"], **slack)
    assert [one.upper for one in found] == pytest.approx(expected["upper"], **slack)


def test_zero_events_worked_example() -> None:
    assert upper_bound(0, 24, level=0.975).upper == pytest.approx(0.142, abs=5e-4)
    assert upper_bound(0, 24, level=0.95).upper == pytest.approx(0.117, abs=5e-4)
    assert clopper_pearson(0, 24, level=0.95).upper == pytest.approx(upper_bound(0, 24, level=0.975).upper, rel=1e-12)
    assert lower_bound(24, 24, level=0.95).lower == pytest.approx(1 - upper_bound(0, 24, level=0.95).upper, rel=1e-12)
    assert (wilson(0, 24, level=0.95).lower, wilson(24, 24, level=0.95).upper) == (0.0, 1.0)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_hold_the_proportion_and_mirror(counts) -> None:
    x, n = counts
    for interval in (clopper_pearson, wilson):
        found, mirrored = interval(x, n, level=0.95), interval(n - x, n, level=0.95)
        assert 0 <= found.lower <= x / n <= found.upper <= 1
        assert mirrored.lower == pytest.approx(1 - found.upper, abs=1e-12)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in GLMM["cases"]])
def test_binomial_normal_matches_metafor(case: dict) -> None:
    data, expected = GLMM["datasets"][case["dataset"]], case["output"]
    if case["arguments"].get("method") == "EE":
        mu = math.log(sum(data["xi"]) / (sum(data["ni"]) - sum(data["xi"])))
        at = marginal(mu, 0.0, check_counts(data["xi"], data["ni"]), nodes=64)
        assert mu == pytest.approx(expected["beta"], abs=COMMON_ABSOLUTE)
        se = 1 / math.sqrt(-at.hessian[0, 0])
        assert se == pytest.approx(expected["se"], rel=GLM_SE_RELATIVE)
        assert se == pytest.approx(1 / math.sqrt(sum(data["ni"]) * expit(mu) * expit(-mu)), rel=CLOSED_FORM)
        assert at.log_likelihood == pytest.approx(expected["ll"], rel=1e-10)
        return
    interval = "t" if case["arguments"].get("test") == "t" else "wald"
    found = binomial_normal(data["xi"], data["ni"], interval=interval, prediction="V", level=0.95)
    assert found.convergence.converged
    assert found.convergence.scaled_gradient < 1e-10
    assert (found.lower, found.upper) == pytest.approx((expected["ci.lb"], expected["ci.ub"]), abs=GLMER_ABSOLUTE)
    if "tau2" in expected:
        assert found.mu == pytest.approx(expected["beta"], abs=GLMER_ABSOLUTE)
        assert found.se == pytest.approx(expected["se"], abs=GLMER_ABSOLUTE)
        assert found.tau2 == pytest.approx(expected["tau2"], rel=GLMER_TAU2_RELATIVE)


@pytest.mark.parametrize("dataset", ["debruin2009", "synth_prop01", "rivera2025"])
def test_two_optimisers_agree(dataset: str) -> None:
    data = GLMM["datasets"][dataset]
    one, two = (
        binomial_normal(data["xi"], data["ni"], interval="wald", prediction="V", level=0.95, optimiser=optimiser)
        for optimiser in OPTIMISERS
    )
    assert two.convergence.converged
    assert two.mu == pytest.approx(one.mu, abs=1e-6)
    assert two.tau2 == pytest.approx(one.tau2, rel=1e-5)


@pytest.mark.parametrize(
    ("mu", "tau", "x", "n"),
    [
        (-2.0, 0.7, 3, 20),
        (-3.0, 1.9, 60, 50000),
        (-5.0, 8.0, 0, 50000),
        (1.0, 4.0, 30, 30),
        (0.3, 0.05, 1, 1),
    ],
)
def test_likelihood_against_adaptive_integration(mu, tau, x, n) -> None:
    def integrand(z: float) -> float:
        return float(binom.pmf(x, n, expit(mu + tau * z)) * norm.pdf(z))

    grid = np.linspace(-9, 9, 20001)
    peak = float(grid[np.argmax(binom.pmf(x, n, expit(mu + tau * grid)) * norm.pdf(grid))])
    exact = sum(
        quad(integrand, low, high, epsabs=0, epsrel=1e-12, limit=500)[0]
        for low, high in ((-12, peak - 1), (peak - 1, peak), (peak, peak + 1), (peak + 1, 12))
        if high > low
    )
    found = marginal(mu, tau, check_counts([x], [n]), nodes=2 * enough_nodes(tau)).log_likelihood
    assert found == pytest.approx(math.log(exact), rel=QUAD_RELATIVE, abs=QUAD_RELATIVE)


def test_derivatives_against_differences() -> None:
    counts, step = check_counts(*FT_DEMO), 1e-5
    at = marginal(-3.7, 1.9, counts, nodes=256)
    for place, (by_mu, by_tau) in enumerate(((step, 0.0), (0.0, step))):
        ahead = marginal(-3.7 + by_mu, 1.9 + by_tau, counts, nodes=256)
        behind = marginal(-3.7 - by_mu, 1.9 - by_tau, counts, nodes=256)
        slope = (ahead.log_likelihood - behind.log_likelihood) / (2 * step)
        assert at.gradient[place] == pytest.approx(slope, rel=1e-7, abs=1e-8)
        assert at.hessian[place] == pytest.approx((ahead.gradient - behind.gradient) / (2 * step), rel=1e-7, abs=1e-7)


def test_models_spread_two_fold_on_identical_data() -> None:
    """One huge study beside three small ones: GLMM 2.28 %, inverse variance on logits 3.15 %."""
    glmm = binomial_normal(*FT_DEMO, interval="wald", prediction="V", level=0.95)
    assert 100 * glmm.median_probability == pytest.approx(2.28, abs=0.005)
    assert glmm.crude_rate == 64 / 50037
    logits = [logit_proportion(x, n) for x, n in zip(*FT_DEMO, strict=True)]
    y, v = [effect.y for effect in logits], [effect.v for effect in logits]
    found = pool(y, v, estimator="REML", interval="wald", prediction="V", level=0.95)
    assert 100 * expit(found.mean) == pytest.approx(3.15, abs=0.005)


@pytest.mark.parametrize(
    ("events", "totals"),
    [
        ((0, 0, 1), (10, 20, 30)),
        ((1, 1, 1), (10, 10, 10)),
        ((0, 0, 0, 5), (50000, 20, 20, 20)),
        ((0, 5), (9, 9)),
    ],
)
def test_zero_cells_need_no_correction(events, totals) -> None:
    found = binomial_normal(events, totals, interval="t", prediction="V", level=0.95)
    assert found.convergence.converged
    assert 0 < found.median_probability < 1
    if len(set(events)) == 1:
        assert found.tau2 == 0.0
        assert found.median_probability == pytest.approx(found.crude_rate, rel=1e-12)
        assert "TAU2_ZERO" in found.codes


@pytest.mark.parametrize(("events", "code"), [((0, 0), "NOT_POOLED_ALL_ZERO"), ((10, 14), "NOT_POOLED_ALL_EVENTS")])
def test_all_zero_or_all_events_is_not_pooled(events, code) -> None:
    found = pool_proportions(events, (10, 14), level=0.95)
    assert isinstance(found.fit, Unpooled)
    assert found.codes == (code,)
    assert found.probability is None
    assert found.attempts == ()
    edge = found.fit.one_sided.upper if events == (0, 0) else 1 - found.fit.one_sided.lower
    assert edge == pytest.approx(0.117, abs=5e-4)
    with pytest.raises(InputError, match="use an exact bound"):
        binomial_normal(events, (10, 14), interval="wald", prediction="V", level=0.95)


def fails(fitter):
    def fit(counts, level):
        found = fitter(counts, level)
        if hasattr(found, "convergence"):
            return found._replace(convergence=found.convergence._replace(converged=False, why_not=("told to fail",)))
        return found._replace(converged=False, why_not=("told to fail",))

    return fit


@pytest.mark.parametrize(
    ("failures", "model", "codes"),
    [
        (0, "binomial-normal", ()),
        (1, "binomial-normal", ("GLMM_SECOND_OPTIMISER",)),
        (2, "beta-binomial", ("GLMM_FAILED", "BETA_BINOMIAL_USED")),
        (3, "inverse variance", ("GLMM_FAILED", "BETA_BINOMIAL_FAILED", "INVERSE_VARIANCE_USED")),
    ],
)
def test_every_fallback_is_announced(failures, model, codes) -> None:
    data = GLMM["datasets"]["synth_prop01"]
    fitters = tuple((code, fails(fit) if i < failures else fit) for i, (code, fit) in enumerate(FITTERS))
    found = pool_proportions(data["xi"], data["ni"], level=0.95, fitters=fitters)
    assert found.model.startswith(model)
    assert found.codes[: len(codes)] == codes
    assert [attempt.answered for attempt in found.attempts] == [False] * failures + [True]
    assert all("told to fail" in attempt.why_not for attempt in found.attempts[:failures])
    assert 0.04 < found.probability < 0.06
    assert found.crude_rate == 53 / 1061


def test_separated_studies_have_no_glmm_and_it_is_said() -> None:
    found = pool_proportions((0, 10), (10, 10), level=0.95)
    assert found.model.startswith("inverse variance")
    assert "GLMM_FAILED" in found.codes
    assert any("still rising" in words for words in found.attempts[0].why_not)


def test_beta_binomial_is_at_its_maximum() -> None:
    data = GLMM["datasets"]["debruin2009"]
    found = beta_binomial(data["xi"], data["ni"], level=0.95)
    assert found.converged
    assert found.mean_lower < found.mean_probability < found.mean_upper
    size = (1 - found.rho) / found.rho
    for by_mean, by_size in ((1e-3, 0), (-1e-3, 0), (0, 1e-2), (0, -1e-2)):
        p = expit(found.logit_mean + by_mean)
        a, b = p * size * (1 + by_size), (1 - p) * size * (1 + by_size)
        assert betabinom.logpmf(data["xi"], data["ni"], a, b).sum() < found.log_likelihood
    flat = beta_binomial((3, 3, 3), (10, 10, 10), level=0.95)
    assert flat.converged
    assert (flat.rho, flat.mean_probability) == (0.0, pytest.approx(0.3))


counts = st.lists(
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=6
).filter(lambda pairs: 0 < sum(x for x, _ in pairs) < sum(n for _, n in pairs))


@settings(max_examples=25, deadline=None)
@given(counts)
def test_counting_non_events_flips_the_sign_and_order_does_not_matter(pairs) -> None:
    options = {"interval": "wald", "prediction": "V", "level": 0.95}
    one = binomial_normal([x for x, _ in pairs], [n for _, n in pairs], **options)
    two = binomial_normal([n - x for x, n in reversed(pairs)], [n for _, n in reversed(pairs)], **options)
    assert one.convergence.converged == two.convergence.converged
    if one.convergence.converged:
        assert two.mu == pytest.approx(-one.mu, abs=1e-6)
        assert two.tau2 == pytest.approx(one.tau2, rel=1e-5, abs=1e-6)
