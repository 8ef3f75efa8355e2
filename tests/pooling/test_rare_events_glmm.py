"""Mixed models for counts: their own gradients, independent integration, glmer within its tolerance, refusals."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import dblquad, quad
from scipy.special import expit, gammaln
from scipy.stats import betabinom, binom, norm, poisson

from evsynth.pooling.guard import InputError
from evsynth.pooling.proportions import binomial_normal
from evsynth.pooling.rare_events import beta_binomial_arms, check_two_arms, check_two_rates, one_arm_glmm, two_arm_glmm
from evsynth.pooling.rare_events.adaptive import marginal
from evsynth.pooling.rare_events.discrete_sums import points_below
from evsynth.pooling.rare_events.glmm import OPTIMISERS
from evsynth.pooling.rare_events.kernels import FreeBaselines, conditional, one_arm
from evsynth.pooling.rare_events.overdispersed import climb, group
from evsynth.pooling.rare_events.tables import uninformative
from evsynth.pooling.rare_events.two_random import RandomBaselines

PINS = json.loads((Path(__file__).parents[1] / "references" / "rare_events_glmm.json").read_text("utf-8"))
CHOICES = {"interval": "wald", "prediction": "V", "level": 0.95}

# metafor fits by glmer: 7 quadrature nodes, an optimiser that stops at about 1e-5; CM.EL by its own integration
# with a numerical Hessian (standard errors to 2e-3), and tau2 that stays at about 1e-4 when it is 0.
GLMER = {"beta": 2e-5, "se": 4e-5, "tau2": 4e-4}
CM_EL = {"beta": 4e-6, "se": 1e-4, "tau2": 1e-4}
# Common effects: glm stops at 1e-8 in the deviance, and its standard errors are those of the last but one step.
GLM = {"beta": 2e-9, "se": 4e-6}
LIKELIHOOD_RATIO = 1e-10
# glmer said that it had not converged in these: compared more loosely, or not at all.
WARNED = 1e-3
# UM.RS: glmer can only use Laplace's approximation there; with ours of it the estimates agree.
LAPLACE = 1.2e-4

ONE_RANDOM = [case for case in PINS["cases"] if case["arguments"].get("model") != "UM.RS"]
# Correlated baselines and effects cost twice the time and are the same code: the smaller data sets do.
LARGE = {"axfors2021", "lau1992", "linde2005", "thompson1999", "viechtbauer2021", "synth_2x2_07", "dorn2007"}
TWO_RANDOM = [
    case
    for case in PINS["cases"]
    if case["arguments"].get("model") == "UM.RS" and not (case["arguments"].get("cor") and case["dataset"] in LARGE)
]


def tables_of(name: str):
    data = {key: np.array(values, dtype=float) for key, values in PINS["datasets"][name].items()}
    if "x1i" in data:
        return check_two_rates(data["x1i"], data["t1i"], data["x2i"], data["t2i"])
    totals = (data.get("n1i", data["ai"] + data.get("bi", 0)), data.get("n2i", data["ci"] + data.get("di", 0)))
    return check_two_arms(data["ai"], totals[0], data["ci"], totals[1])


def fit(case: dict, **choices):
    arguments, data = case["arguments"], PINS["datasets"][case["dataset"]]
    options = CHOICES | {"method": arguments.get("method", "ML")} | choices
    if arguments.get("test") == "t":
        options["interval"] = "t"
    if arguments["measure"] == "PLO":
        return one_arm_glmm(data["xi"], data["ni"], measure="PLO", **options)
    if arguments["measure"] == "IRLN":
        return one_arm_glmm(data["x1i"], data["t1i"], measure="IRLN", **options)
    model = arguments["model"] + (".cor" if arguments.get("cor") else "")
    return two_arm_glmm(tables_of(case["dataset"]), model=model, **options)


def test_grid_of_pins_is_complete() -> None:
    kinds = {
        (c["arguments"]["measure"], c["arguments"].get("model"), c["arguments"].get("method")) for c in PINS["cases"]
    }
    for model in ("UM.FS", "UM.RS", "CM.EL", "CM.AL"):
        assert ("OR", model, None) in kinds
    assert kinds >= {("IRR", model, None) for model in ("UM.FS", "UM.RS", "CM.EL")}
    assert kinds >= {("PLO", None, None), ("PLO", None, "EE"), ("IRLN", None, None), ("IRLN", None, "EE")}
    assert len(ONE_RANDOM) == 136
    assert len(TWO_RANDOM) == 34


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in ONE_RANDOM])
def test_matches_metafor_and_stands_on_its_own_gradient(case: dict) -> None:
    found, expected = fit(case), case["output"]
    check = found.convergence
    assert found.converged, check
    assert check.scaled_gradient < 1e-10
    assert check.change_on_doubling_nodes < 1e-13
    assert found.k == expected["k"]
    equal = case["arguments"].get("method") == "EE"
    slack = GLM if equal else CM_EL if case["arguments"].get("model") == "CM.EL" else GLMER
    if case.get("warned"):
        slack = dict.fromkeys(slack, WARNED)
    elif case["dataset"] in ("dorn2007", "synth_2x2_07") and not equal:
        slack = dict.fromkeys(slack, 6e-5)
    assert found.estimate == pytest.approx(expected["beta"], abs=slack["beta"])
    assert found.se == pytest.approx(expected["se"], abs=slack["se"])
    if not equal:
        assert found.tau2 == pytest.approx(expected["tau2"], rel=slack["tau2"], abs=1e-4)
        assert found.i2_tau2 == pytest.approx(expected["I2"], rel=1e-3, abs=0.15)
    assert found.q_lrt.statistic == pytest.approx(expected["QE.LRT"], rel=LIKELIHOOD_RATIO)
    assert found.q_lrt.p == pytest.approx(expected["QEp.LRT"], rel=1e-8)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in TWO_RANDOM])
def test_random_baselines_stand_on_their_own_gradient(case: dict) -> None:
    found = fit(case)
    assert found.converged, found.convergence
    assert found.convergence.scaled_gradient < 1e-9
    assert found.convergence.change_on_doubling_nodes < 1e-12
    if not case.get("warned"):  # Laplace's approximation is that far from the integral
        assert found.estimate == pytest.approx(case["output"]["beta"], abs=4e-3)
        assert found.tau2 == pytest.approx(case["output"]["tau2"], abs=0.02)


@pytest.mark.parametrize("name", ["bcg", "collins1985b", "dorn2007", "greb2008"])
def test_laplace_reproduces_glmer(name: str) -> None:
    case = next(c for c in TWO_RANDOM if c["id"] == f"rma.glmm/{name}/OR/UM.RS")
    found, expected = fit(case, integration="laplace"), case["output"]
    assert "LAPLACE" in found.codes
    assert not found.converged
    assert found.estimate == pytest.approx(expected["beta"], abs=LAPLACE)
    assert found.tau2 == pytest.approx(expected["tau2"], rel=LAPLACE * 2)
    assert found.sigma2 == pytest.approx(expected["sigma2"], rel=LAPLACE * 2)


@pytest.mark.parametrize(("tau", "cell"), [(0.6, (3, 20, 5, 22)), (2.5, (0, 200, 3, 210)), (4.0, (60, 5000, 12, 40))])
def test_marginal_likelihoods_against_quad(tau, cell) -> None:
    """SciPy's adaptive quadrature of the plain integrands, for every kernel with one random effect."""
    x1, n1, x2, n2 = cell
    tables, mu, b = check_two_arms([x1], [n1], [x2], [n2]), -0.4, -1.7
    log_weight = [
        gammaln(n1 + 1) - gammaln(j + 1) - gammaln(n1 - j + 1) + gammaln(n2 + 1) - gammaln(x1 + x2 - j + 1)
        - gammaln(n2 - x1 - x2 + j + 1)
        for j in range(max(0, x1 + x2 - n2), min(n1, x1 + x2) + 1)
    ]  # fmt: skip
    j = np.arange(max(0, x1 + x2 - n2), min(n1, x1 + x2) + 1)

    def hypergeometric(e: float) -> float:
        logs = np.array(log_weight) + j * e
        return float(np.exp(logs[x1 - j[0]] - logs.max()) / np.exp(logs - logs.max()).sum())

    centred = hypergeometric(0.0)
    plain = {
        "fixed": lambda e: binom.pmf(x1, n1, expit(b + e / 2)) * binom.pmf(x2, n2, expit(b - e / 2)),
        "exact": lambda e: hypergeometric(e) / centred,
        "approximate": lambda e: binom.pmf(x1, x1 + x2, expit(e + math.log(n1 / n2))),
        "rates": lambda e: poisson.pmf(x1, n1 * math.exp(e)),
    }
    kernels = {
        "fixed": FreeBaselines(tables),
        "exact": conditional(tables, exact=True),
        "approximate": conditional(tables, exact=False),
        "rates": one_arm(np.array([float(x1)]), np.array([float(n1)]), rates=True),
    }
    for name, kernel in kernels.items():
        grid = np.linspace(-9, 9, 4001)
        peak = float(grid[np.argmax([plain[name](mu + tau * z) * norm.pdf(z) for z in grid])])
        edges = [-10, peak - 2, peak - 0.3, peak, peak + 0.3, peak + 2, 10]
        exact = sum(
            quad(lambda z, name=name: plain[name](mu + tau * z) * norm.pdf(z), a, c, epsabs=0, epsrel=1e-12, limit=400)[
                0
            ]
            for a, c in pairwise(edges)
        )
        found = marginal(mu, tau, np.array([b]), kernel, nodes=256).total
        if name == "exact":  # the kernel's weights are relative to the observed table
            found -= float(kernel.terms(np.zeros((1, 1)), np.zeros(1)).value[0, 0])
        assert found == pytest.approx(math.log(exact), rel=1e-9, abs=1e-9), name


def test_two_random_effects_against_dblquad() -> None:
    cell, psi = (3, 20, 5, 22), np.array([-1.5, -0.3, 0.8, 0.2, 0.5])

    def integrand(z: float, u: float) -> float:
        base, effect = psi[0] + psi[2] * u, psi[1] + psi[3] * u + psi[4] * z
        one, two = expit(base + effect / 2), expit(base - effect / 2)
        return binom.pmf(cell[0], cell[1], one) * binom.pmf(cell[2], cell[3], two) * norm.pdf(u) * norm.pdf(z)

    exact = dblquad(integrand, -7, 7, -7, 7, epsabs=1e-12, epsrel=1e-8)[0]
    model = RandomBaselines(check_two_arms(*([value] for value in cell)))
    assert model.exact(psi, nodes=64).total == pytest.approx(math.log(exact), rel=1e-7)


def test_derivatives_of_both_likelihoods_against_differences() -> None:
    tables, step = tables_of("synth_2x2_03"), 1e-5
    kernel = FreeBaselines(tables.take(~uninformative(tables)))
    b = kernel.start()[1]
    at = marginal(-0.3, 0.6, b, kernel, nodes=128)
    for place, (mu, tau) in enumerate(((step, 0), (0, step))):
        ahead, behind = (marginal(-0.3 + s * mu, 0.6 + s * tau, b, kernel, nodes=128) for s in (1, -1))
        assert at.gradient[:, place].sum() == pytest.approx((ahead.total - behind.total) / (2 * step), abs=1e-7)
        slopes = (ahead.gradient - behind.gradient) / (2 * step)
        np.testing.assert_allclose(at.hessian[:, place], slopes, atol=1e-7)
    model, psi = RandomBaselines(tables), np.array([-3.9, -0.4, 0.3, 0.1, 0.6])
    at = model.exact(psi, nodes=48)
    for place, way in enumerate(np.eye(5) * step):
        ahead, behind = model.exact(psi + way, nodes=48), model.exact(psi - way, nodes=48)
        assert at.gradient[place] == pytest.approx((ahead.total - behind.total) / (2 * step), abs=1e-6)
        np.testing.assert_allclose(at.hessian[place], (ahead.gradient - behind.gradient) / (2 * step), atol=1e-6)


def test_one_arm_agrees_with_the_proportion_model() -> None:
    data = PINS["datasets"]["debruin2009"]
    one = one_arm_glmm(data["xi"], data["ni"], measure="PLO", **CHOICES)
    two = binomial_normal(data["xi"], data["ni"], **CHOICES)
    assert (one.estimate, one.se, one.tau2) == pytest.approx((two.mu, two.se, two.tau2), rel=1e-10)
    assert one.log_likelihood == pytest.approx(two.log_likelihood, rel=1e-12)


@pytest.mark.parametrize("model", ["UM.FS", "CM.EL", "CM.AL"])
def test_two_optimisers_agree(model: str) -> None:
    one, two = (two_arm_glmm(tables_of("synth_2x2_01"), model=model, optimiser=name, **CHOICES) for name in OPTIMISERS)
    assert two.convergence.scaled_gradient < 1e-4
    assert two.estimate == pytest.approx(one.estimate, abs=1e-6)
    assert two.tau2 == pytest.approx(one.tau2, rel=1e-5)


def test_rates_with_fixed_baselines_and_common_effect_are_the_conditional_model() -> None:
    tables = tables_of("hart1999")
    one, two = (two_arm_glmm(tables, model=model, method="EE", **CHOICES) for model in ("UM.FS", "CM.EL"))
    assert (one.estimate, one.se) == pytest.approx((two.estimate, two.se), rel=1e-12)


def test_double_zero_studies_are_kept_or_excluded_with_a_reason() -> None:
    tables = tables_of("nielweise2007")
    without = two_arm_glmm(tables, model="UM.RS", **CHOICES)
    kept = two_arm_glmm(tables, model="UM.RS", double_zero="keep", **CHOICES)
    assert (without.k, kept.k) == (17, 18)
    assert without.left_out[0].because.startswith("DOUBLE_ZERO")
    assert kept.left_out == ()
    assert "DOUBLE_ZERO_KEPT" in kept.codes
    assert abs(kept.estimate - without.estimate) > 1e-4
    fixed = two_arm_glmm(tables, model="CM.EL", double_zero="keep", **CHOICES)
    assert fixed.k == 17
    assert "DOUBLE_ZERO_EXCLUDED" in fixed.codes


def test_swapping_arms_flips_the_sign() -> None:
    x1, n1, x2, n2, *_ = tables_of("synth_2x2_03")
    for model in ("UM.FS", "UM.RS", "UM.RS.cor", "CM.EL", "CM.AL"):
        one = two_arm_glmm(check_two_arms(x1, n1, x2, n2), model=model, **CHOICES)
        two = two_arm_glmm(check_two_arms(x2[::-1], n2[::-1], x1[::-1], n1[::-1]), model=model, **CHOICES)
        assert two.estimate == pytest.approx(-one.estimate, abs=1e-9)
        assert two.tau2 == pytest.approx(one.tau2, rel=1e-8)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        (([0, 0, 0], [9, 9, 9], [1, 2, 1], [9, 9, 9]), "arm 1 has no events in any study"),
        (([9, 9, 9], [9, 9, 9], [1, 2, 1], [9, 9, 9]), "arm 1 has nothing but events"),
        (([0, 1], [9, 9], [0, 2], [9, 9]), "1 informative study given; this needs at least 2"),
    ],
)
@pytest.mark.parametrize("model", ["UM.FS", "UM.RS", "CM.EL"])
def test_refuses_where_there_is_no_maximum(tables, message, model) -> None:
    with pytest.raises(InputError, match=message):
        two_arm_glmm(check_two_arms(*tables), model=model, **CHOICES)


def test_separation_is_said() -> None:
    found = two_arm_glmm(check_two_arms([0, 5, 0], [9, 9, 9], [3, 0, 4], [9, 9, 9]), model="CM.EL", **CHOICES)
    assert not found.converged
    assert "NOT_CONVERGED" in found.codes
    assert any("still rising" in words for words in found.convergence.why_not)


def test_refuses_options() -> None:
    tables = tables_of("hart1999")
    with pytest.raises(InputError, match=r"CM\.AL approximates CM.EL for counts"):
        two_arm_glmm(tables, model="CM.AL", **CHOICES)
    with pytest.raises(InputError, match=r"UM\.RS only"):
        two_arm_glmm(tables, model="CM.EL", integration="laplace", **CHOICES)
    with pytest.raises(InputError, match="climbed by Newton only"):
        two_arm_glmm(tables, model="UM.RS", optimiser=OPTIMISERS[1], **CHOICES)
    with pytest.raises(InputError, match="use an exact bound"):
        one_arm_glmm([0, 0], [10, 20], measure="PLO", **CHOICES)
    with pytest.raises(InputError, match="whole numbers"):
        one_arm_glmm([1.5, 2], [10, 20], measure="IRLN", **CHOICES)


def test_discrete_sums_are_exact_to_rounding() -> None:
    counts = np.array([300.0, 88391, 1000, 2000, 257, 256, 255, 40000, 0])
    places, weights = points_below(counts)
    assert len(places) < 1000
    for p, theta in ((0.01, 1e-3), (0.3, 1e-7), (1e-4, 1e3)):
        for function in (lambda j, p=p, t=theta: np.log(p + j * t), lambda j, p=p, t=theta: j**2 / (p + j * t) ** 2):
            exact = math.fsum(math.fsum(function(np.arange(count))) for count in counts)
            assert float((weights * function(places)).sum()) == pytest.approx(exact, rel=2e-14)


@pytest.mark.parametrize("name", ["synth_2x2_03", "nielweise2007", "bcg"])
def test_beta_binomial_arms_are_at_their_maximum(name: str) -> None:
    tables = tables_of(name)
    found = {measure: beta_binomial_arms(tables, measure, level=0.95) for measure in ("OR", "RR", "RD")}
    fitted = found["OR"]
    assert fitted.converged
    assert fitted.scaled_gradient < 1e-12
    size = (1 - fitted.rho) / fitted.rho

    def height(one: float, two: float, s: float) -> float:
        first = betabinom.logpmf(tables.x1, tables.n1, one * s, (1 - one) * s)
        return float(first.sum() + betabinom.logpmf(tables.x2, tables.n2, two * s, (1 - two) * s).sum())

    assert fitted.log_likelihood == pytest.approx(height(fitted.mean_1, fitted.mean_2, size), rel=1e-9)
    for one, two, s in ((1.01, 1, 1), (0.99, 1, 1), (1, 1.01, 1), (1, 0.99, 1), (1, 1, 1.05), (1, 1, 0.95)):
        assert height(fitted.mean_1 * one, fitted.mean_2 * two, size * s) < fitted.log_likelihood
    assert found["RR"].estimate == pytest.approx(math.log(fitted.mean_1 / fitted.mean_2), rel=1e-12)
    assert found["RD"].estimate == pytest.approx(fitted.mean_1 - fitted.mean_2, rel=1e-12)
    assert ("DOUBLE_ZERO_KEPT" in fitted.codes) == (name == "nielweise2007")


def test_beta_binomial_without_overdispersion_is_the_binomial() -> None:
    flat = climb([group(np.array([3.0, 3, 3]), np.array([10.0, 10, 10]))])
    assert (flat.theta, flat.rho) == (0.0, 0.0)
    assert float(expit(flat.logits[0])) == pytest.approx(0.3, rel=1e-14)
    assert flat.covariance[0, 0] == pytest.approx(1 / (30 * 0.3 * 0.7), rel=1e-13)
    assert flat.log_likelihood == pytest.approx(3 * binom.logpmf(3, 10, 0.3), rel=1e-13)
    with pytest.raises(InputError, match="arm 1: 0 of 18 had the event"):
        beta_binomial_arms(check_two_arms([0, 0], [9, 9], [1, 2], [9, 9]), "OR", level=0.95)
