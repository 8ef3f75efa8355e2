"""Priors, posteriors and evidence of the normal-normal model: pins, adaptive integration, and what does not exist."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import ndtr

from evsynth.pooling.bayes import priors
from evsynth.pooling.bayes.empirical import ODDS_RATIO, STANDARDISED_DIFFERENCE, rhodes, turner
from evsynth.pooling.bayes.model import NormalNormal, bayes, joint_density
from evsynth.pooling.bayes.quadrature import MuPrior, log_likelihood
from evsynth.pooling.bayes.sensitivity import prior_sensitivity
from evsynth.pooling.guard import InputError, check_effects

PINS = json.loads((Path(__file__).parents[1] / "references" / "bayes_bayesmeta.json").read_text("utf-8"))
Y, V = PINS["y"], [se * se for se in PINS["se"]]

# bayesmeta integrates tau adaptively ...
TAU_RELATIVE = 1e-10
# ... finds modes, and shortest intervals that do not start at 0, with R's optimize (1.2e-4 of the range) ...
OPTIMIZE = 5e-4
# ... and puts mu on a grid that it documents as coarse; with the heavy tail of the improper uniform prior, coarser.
MU_ABSOLUTE, HEAVY_TAIL = 3e-3, 1e-2
# SciPy's quad at epsrel 1e-11 on pieces.
QUAD_RELATIVE = 1e-9

CASES = {
    "HN05_mu4": (priors.half_normal(0.5), MuPrior(0.0, 4.0)),
    "HN05_unif": (priors.half_normal(0.5), None),
    "HC05_mu4": (priors.half_cauchy(0.5), MuPrior(0.0, 4.0)),
    "HN1_mu4": (priors.half_normal(1.0), MuPrior(0.0, 4.0)),
    "uniform": (priors.uniform(), None),
    "jeffreys": (priors.jeffreys(), None),
}
EVERY = (
    priors.half_normal(0.5),
    priors.half_cauchy(0.5),
    priors.exponential(0.5),
    priors.uniform(3.0),
    priors.uniform(),
    priors.jeffreys(),
    priors.du_mouchel(),
    priors.shrinkage(),
    priors.conventional(),
    turner("general", measure="OR"),
    rhodes("general", measure="SMD"),
)


@cache
def crins(name: str) -> NormalNormal:
    tau_prior, mu_prior = CASES[name]
    return bayes(Y, V, tau_prior=tau_prior, mu_prior=mu_prior, level=0.95)


def test_grid_of_pins_is_complete() -> None:
    assert set(PINS["cases"]) == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_matches_bayesmeta(name: str) -> None:
    found, expected = crins(name), PINS["cases"][name]
    rows = expected["summary"]
    for row, value in (("mean", found.tau.mean), ("median", found.tau.median), ("sd", found.tau.sd)):
        assert value == pytest.approx(rows[row]["tau"], rel=TAU_RELATIVE)
    loose = OPTIMIZE if rows["95% lower"]["tau"] > 0 else TAU_RELATIVE
    assert found.tau.shortest_lower == pytest.approx(rows["95% lower"]["tau"], rel=loose)
    assert found.tau.shortest_upper == pytest.approx(rows["95% upper"]["tau"], rel=loose)
    assert found.tau.mode == pytest.approx(rows["mode"]["tau"], abs=OPTIMIZE)
    slack = HEAVY_TAIL if name == "uniform" else MU_ABSOLUTE
    for column, summary in (("mu", found.mu), ("theta", found.new_study)):
        for row, value in (
            ("mean", summary.mean),
            ("sd", summary.sd),
            ("median", summary.median),
            ("mode", summary.mode),
            ("95% lower", summary.shortest_lower),
            ("95% upper", summary.shortest_upper),
        ):
            assert value == pytest.approx(rows[row][column], abs=slack)
    for place, study in enumerate(found.studies):
        shrunk = {row: values[place] for row, values in expected["shrink"].items()}
        assert study.effect.mean == pytest.approx(shrunk["mean"], abs=MU_ABSOLUTE)
        assert study.effect.sd == pytest.approx(shrunk["sd"], abs=MU_ABSOLUTE)
        assert study.effect.shortest_upper == pytest.approx(shrunk["95% upper"], abs=MU_ABSOLUTE)
    assert found.probability_below_zero == pytest.approx(expected["pmu0"], abs=1e-5)
    if expected["ml"] is None:
        assert found.evidence.marginal_likelihood is None
    else:
        assert found.evidence.marginal_likelihood == pytest.approx(expected["ml"], rel=1e-12)


def test_shortest_interval_of_tau_has_equal_densities_at_its_ends() -> None:
    # Where bayesmeta differs (Jeffreys): our interval holds 95 %, and the densities at its ends agree.
    found = crins("jeffreys")
    low, high = found.tau.shortest_lower, found.tau.shortest_upper
    heights = joint_density(
        Y, V, tau_prior=priors.jeffreys(), mu_prior=None, mu=np.linspace(-30, 27, 4001), tau=[low, high]
    ).sum(axis=0)
    assert heights[0] == pytest.approx(heights[1], rel=1e-9)
    theirs = PINS["cases"]["jeffreys"]["summary"]
    assert high - low <= theirs["95% upper"]["tau"] - theirs["95% lower"]["tau"] + 1e-9


@pytest.mark.parametrize("mu_prior", [None, MuPrior(0.2, 1.5)], ids=["flat", "normal"])
@pytest.mark.parametrize("prior", EVERY, ids=lambda prior: prior.described)
@pytest.mark.parametrize(
    ("y", "v"), [((-0.5, -0.1, 0.3), (0.04, 0.04, 0.09)), ((0.1, 0.5, -0.2, 0.9), (1e-6, 1e-2, 1.0, 0.3))]
)
def test_against_adaptive_integration(prior, mu_prior, y, v) -> None:
    effects = check_effects(y, v)

    def log_density(x: float) -> float:
        tau = np.array([math.exp(x)])
        return float(prior.log_density(tau, effects.v)[0] + log_likelihood(tau, effects, mu_prior)[0]) + x

    peak = max(log_density(x) for x in np.linspace(-9, 3, 60))

    def integral(part) -> float:
        end = math.log(prior.reach) if math.isfinite(prior.reach) else 45.0
        edges = [x for x in (*np.arange(-60, -9, 6), *np.arange(-9, 5), *np.arange(5, 45, 5)) if x < end] + [end]
        return math.fsum(
            quad(
                lambda x: math.exp(log_density(x) - peak) * part(math.exp(x)),
                a,
                b,
                epsabs=1e-15,
                epsrel=1e-11,
                limit=400,
            )[0]
            for a, b in pairwise(edges)
        )

    found = bayes(y, v, tau_prior=prior, mu_prior=mu_prior, level=0.95)
    assert found.codes in ((), ("MOMENTS_DO_NOT_EXIST",))
    total = integral(lambda tau: 1.0)
    if prior.name.startswith("Rhodes"):  # the mass of the log-t prior below exp(-60), where the likelihood is constant
        total += prior.below(math.exp(-60.0)) * math.exp(
            float(log_likelihood(np.zeros(1), effects, mu_prior)[0]) - peak
        )
    for value, share in ((found.tau.median, 0.5), (found.tau.upper, 0.975)):
        beyond = quad(
            lambda x: math.exp(log_density(x) - peak),
            math.log(value),
            min(math.log(value) + 40, math.log(prior.reach) if math.isfinite(prior.reach) else math.inf),
            epsabs=1e-16, epsrel=1e-11, limit=800,
        )[0]  # fmt: skip
        assert beyond / total == pytest.approx(1 - share, rel=1e-7)
    if found.tau.mean is not None:
        assert found.tau.mean == pytest.approx(integral(lambda tau: tau) / total, rel=1e-7)

    def below(bound: float):
        def part(tau: float) -> float:
            w = [1 / (s + tau * tau) for s in v]
            extra = 0.0 if mu_prior is None else mu_prior.sd**-2
            w_total = sum(w) + extra
            mu = (
                sum(a * b for a, b in zip(w, y, strict=True)) + (0 if mu_prior is None else mu_prior.mean * extra)
            ) / w_total
            return float(ndtr((bound - mu) * math.sqrt(w_total)))

        return part

    share = integral(below(found.mu.upper)) / integral(lambda tau: 1.0)
    if not prior.name.startswith("Rhodes"):
        assert share == pytest.approx(0.975, rel=QUAD_RELATIVE)


@pytest.mark.parametrize(
    ("prior", "mu_prior", "k", "needs"),
    [
        (priors.uniform(), None, 2, 3),
        (priors.uniform(), MuPrior(0, 1), 1, 2),
    ],
)
def test_improper_posteriors_are_refused(prior, mu_prior, k: int, needs: int) -> None:
    with pytest.raises(InputError, match=f"improper .* it needs {needs} studies"):
        bayes(Y[:k], V[:k], tau_prior=prior, mu_prior=mu_prior, level=0.95)
    assert bayes(Y[:needs], V[:needs], tau_prior=prior, mu_prior=mu_prior, level=0.95).tau.median > 0


def test_moments_that_do_not_exist_are_none() -> None:
    found = bayes(Y[:3], V[:3], tau_prior=priors.uniform(), mu_prior=None, level=0.95)
    assert "MOMENTS_DO_NOT_EXIST" in found.codes
    assert found.tau.mean is found.tau.sd is found.mu.mean is found.new_study.sd is None
    assert found.mu.lower < found.mu.median < found.mu.upper
    four = bayes(Y[:4], V[:4], tau_prior=priors.uniform(), mu_prior=None, level=0.95)
    assert four.tau.mean is not None
    assert four.tau.sd is None
    # Shrunken effects always have moments: they end at the study's own estimate.
    assert all(study.effect.sd is not None for study in found.studies)


def test_one_study_needs_a_prior_of_mu() -> None:
    with pytest.raises(InputError, match="1 study given"):
        bayes([0.3], [0.04], tau_prior=priors.half_normal(0.5), mu_prior=None, level=0.95)
    found = bayes([0.3], [0.04], tau_prior=priors.half_normal(0.5), mu_prior=MuPrior(0, 10), level=0.95)
    assert 0 < found.mu.median < 0.3


def test_priors_are_normalised() -> None:
    v = np.array(V)
    for prior in EVERY:
        if not (prior.proper and prior.normalised):
            continue
        end = math.log(prior.reach) if math.isfinite(prior.reach) else 60.0
        mass = math.fsum(
            quad(
                lambda x, prior=prior: math.exp(float(prior.log_density(np.array([math.exp(x)]), v)[0]) + x),
                a,
                b,
                limit=400,
            )[0]
            for a, b in pairwise([-80.0, -40.0, -20.0, *[x for x in range(-10, 60) if x < end], end])
        )
        assert mass == pytest.approx(1.0, abs=2e-5 if prior.name.startswith("Rhodes") else 1e-8)


def test_evidence() -> None:
    y, v, mu_prior, prior = (0.4, 0.1, 0.7), (0.04, 0.05, 0.1), MuPrior(0.1, 2.0), priors.half_normal(0.5)
    found = bayes(y, v, tau_prior=prior, mu_prior=mu_prior, level=0.95).evidence
    effects = check_effects(y, v)

    def given(tau: float, mu: float | None) -> float:
        if mu is None:
            return math.exp(float(log_likelihood(np.array([tau]), effects, mu_prior)[0]))
        terms = [
            -0.5 * math.log(2 * math.pi * (s + tau**2)) - 0.5 * (e - mu) ** 2 / (s + tau**2)
            for e, s in zip(y, v, strict=True)
        ]
        return math.exp(sum(terms))

    def over_tau(mu: float | None) -> float:
        density = lambda tau: math.exp(float(prior.log_density(np.array([tau]), effects.v)[0])) * given(tau, mu)  # noqa: E731
        return quad(density, 0, 5, epsrel=1e-12)[0]

    assert found.marginal_likelihood == pytest.approx(over_tau(None), rel=1e-10)
    assert found.mu_zero == pytest.approx(over_tau(0.0) / over_tau(None), rel=1e-9)
    assert found.tau_zero == pytest.approx(given(0.0, None) / over_tau(None), rel=1e-10)
    flat = bayes(y, v, tau_prior=prior, mu_prior=None, level=0.95).evidence
    assert flat.marginal_likelihood is flat.mu_zero is None
    assert flat.tau_zero is not None


def test_joint_density_integrates_to_one() -> None:
    mu, tau = np.linspace(-6, 3, 1201), np.linspace(0, 4, 1601)
    found = joint_density(Y, V, tau_prior=priors.half_normal(0.5), mu_prior=None, mu=mu, tau=tau)
    assert found.shape == (1201, 1601)
    assert np.trapezoid(np.trapezoid(found, tau, axis=1), mu) == pytest.approx(1.0, abs=1e-5)


def test_sensitivity_lists_every_prior_and_names_refusals() -> None:
    rows = prior_sensitivity(Y[:2], V[:2], tau_priors=EVERY, mu_prior=None, level=0.95)
    assert [row.prior for row in rows] == [prior.described for prior in EVERY]
    refused = [row for row in rows if row.refused]
    assert [row.prior for row in refused] == ["uniform"]
    assert all(row.mu is not None for row in rows if not row.refused)
    widths = [row.mu.upper - row.mu.lower for row in rows[:1]]
    assert widths[0] > 0
    with pytest.raises(InputError, match="improper"):
        prior_sensitivity(Y[:2], V[:2], tau_priors=[priors.uniform()], mu_prior=None, level=0.95)


def test_empirical_priors_are_for_their_measure_only() -> None:
    for setting, found in ODDS_RATIO.items():
        prior = turner(setting, measure="OR")
        assert prior.scale == pytest.approx(math.exp(found.location / 2))
        assert prior.source.startswith("10.")
        with pytest.raises(InputError, match="log odds ratios only"):
            turner(setting, measure="MD")
    for setting in STANDARDISED_DIFFERENCE:
        assert rhodes(setting, measure="SMD").below(1.0) > 0.5
        with pytest.raises(InputError, match="standardised mean differences only"):
            rhodes(setting, measure="OR")
    with pytest.raises(InputError, match="choose one of 'general'"):
        turner("nothing", measure="OR")


@pytest.mark.parametrize("make", [priors.half_normal, priors.half_cauchy, priors.exponential, priors.uniform])
@pytest.mark.parametrize("scale", [0.0, -1.0, math.inf, math.nan])
def test_refuses_scales(make, scale: float) -> None:
    with pytest.raises(InputError, match="must be a finite number > 0"):
        make(scale)


def test_refuses_a_prior_of_mu_that_is_not_proper() -> None:
    for prior in (MuPrior(0.0, 0.0), MuPrior(math.nan, 1.0), MuPrior(0.0, math.inf)):
        with pytest.raises(InputError, match="needs a finite mean"):
            bayes(Y, V, tau_prior=priors.half_normal(0.5), mu_prior=prior, level=0.95)


def test_extremes() -> None:
    for y, v in (
        ((0.1, 0.5, -0.2), (1e-8, 1e-2, 1.0)),
        ((1e6, 1e6 + 1, 1e6 - 1), (1.0, 2.0, 1.0)),
        ((2.0, 2.0), (0.1, 0.1)),
    ):
        for prior in EVERY:
            if prior.name == "uniform" and not prior.parameters and len(y) == 2:
                continue
            found = bayes(y, v, tau_prior=prior, mu_prior=None, level=0.95)
            numbers = [found.mu.median, found.mu.lower, found.mu.shortest_upper, found.tau.upper, found.new_study.lower]
            assert all(math.isfinite(number) for number in numbers)
            assert found.tau.shortest_upper - found.tau.shortest_lower <= found.tau.upper - found.tau.lower + 1e-9
            assert found.quadrature_change < 1e-10
