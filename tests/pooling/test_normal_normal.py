"""The Bayesian normal-normal model: pinned values, adaptive integration, and its limits."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path

import pytest
from scipy.integrate import quad
from scipy.special import ndtr

from evsynth.pooling.guard import InputError
from evsynth.pooling.normal_normal import normal_normal
from evsynth.pooling.random_effects import common_effect

PINS = json.loads((Path(__file__).parents[1] / "references" / "normal_normal_bayesmeta.json").read_text("utf-8"))
Y, V = PINS["y"], [se * se for se in PINS["se"]]

# bayesmeta integrates tau adaptively, mu on a grid that it documents as coarse.
TAU_RELATIVE, MU_ABSOLUTE = 1e-10, 2e-3
# SciPy's quad at epsrel 1e-12, for which nothing is approximated but the integral.
QUAD_RELATIVE = 1e-10


@pytest.fixture(scope="module")
def crins():
    return normal_normal(Y, V, prior_scale=0.5, level=0.95)


def test_tau_matches_bayesmeta(crins) -> None:
    expected = {row: values["tau"] for row, values in PINS["summary"].items()}
    found = crins.tau
    assert found.mean == pytest.approx(expected["mean"], rel=TAU_RELATIVE)
    assert found.median == pytest.approx(expected["median"], rel=TAU_RELATIVE)
    assert found.sd == pytest.approx(expected["sd"], rel=TAU_RELATIVE)
    assert found.shortest_lower == expected["95% lower"] == 0.0
    assert found.shortest_upper == pytest.approx(expected["95% upper"], rel=TAU_RELATIVE)


@pytest.mark.parametrize(("ours", "theirs"), [("mu", "mu"), ("new_study", "theta")])
def test_mean_and_prediction_match_bayesmeta(crins, ours: str, theirs: str) -> None:
    expected = {row: values[theirs] for row, values in PINS["summary"].items()}
    check(getattr(crins, ours), expected)
    assert crins.probability_below_zero == pytest.approx(PINS["pmu0"], abs=1e-5)


def test_shrinkage_matches_bayesmeta(crins) -> None:
    names = list(PINS["shrink"]["y"])
    assert len(names) == len(crins.studies) == 6
    for name, study in zip(names, crins.studies, strict=True):
        check(study.effect, {row: values[name] for row, values in PINS["shrink"].items()})
        low, high = sorted((study.y, crins.mu.mean))
        assert low <= study.effect.mean <= high


def check(found, expected: dict) -> None:
    assert found.mean == pytest.approx(expected["mean"], abs=MU_ABSOLUTE)
    assert found.median == pytest.approx(expected["median"], abs=MU_ABSOLUTE)
    assert found.sd == pytest.approx(expected["sd"], abs=MU_ABSOLUTE)
    assert found.shortest_lower == pytest.approx(expected["95% lower"], abs=MU_ABSOLUTE)
    assert found.shortest_upper == pytest.approx(expected["95% upper"], abs=MU_ABSOLUTE)


@pytest.mark.parametrize("scale", [0.5, 1.0])
@pytest.mark.parametrize(("y", "v"), [(Y, V), ((-0.5, -0.1), (0.04, 0.04)), ((0.1, 0.5, -0.2), (1e-8, 1e-2, 1.0))])
def test_against_adaptive_integration(y, v, scale: float) -> None:
    def given_tau(tau: float):
        w = [1 / (x + tau * tau) for x in v]
        total = sum(w)
        mu = sum(a * b for a, b in zip(w, y, strict=True)) / total
        rss = sum(a * (b - mu) ** 2 for a, b in zip(w, y, strict=True))
        log = 0.5 * sum(map(math.log, w)) - 0.5 * math.log(total) - 0.5 * rss - 0.5 * (tau / scale) ** 2
        return math.exp(log), mu, total**-0.5

    def integral(part) -> float:
        edges = (0, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 9)
        return math.fsum(
            quad(lambda t: part(*given_tau(t), t), a, b, epsabs=0, epsrel=1e-12, limit=200)[0]
            for a, b in pairwise(edges)
        )

    found = normal_normal(y, v, prior_scale=scale, level=0.95)
    total = integral(lambda p, mu, se, tau: p)
    mean = integral(lambda p, mu, se, tau: p * mu) / total
    assert found.mu.mean == pytest.approx(mean, rel=QUAD_RELATIVE)
    second = integral(lambda p, mu, se, tau: p * (se * se + (mu - mean) ** 2)) / total
    assert found.mu.sd == pytest.approx(math.sqrt(second), rel=QUAD_RELATIVE)
    assert found.tau.mean == pytest.approx(integral(lambda p, mu, se, tau: p * tau) / total, rel=QUAD_RELATIVE)
    for bound, share in ((found.mu.lower, 0.025), (found.mu.median, 0.5), (found.mu.upper, 0.975)):
        below = integral(lambda p, mu, se, tau, bound=bound: p * ndtr((bound - mu) / se)) / total
        assert below == pytest.approx(share, abs=1e-10)
    assert found.codes == ()
    assert found.quadrature_change < 1e-12


def test_shortest_is_never_wider_than_equal_tailed(crins) -> None:
    for summary in (crins.mu, crins.tau, crins.new_study, *(study.effect for study in crins.studies)):
        assert summary.shortest_upper - summary.shortest_lower <= summary.upper - summary.lower + 1e-12


def test_tiny_prior_scale_is_the_common_effect() -> None:
    found, plain = normal_normal(Y, V, prior_scale=1e-6, level=0.95), common_effect(Y, V, level=0.95)
    assert found.mu.mean == pytest.approx(plain.mean, rel=1e-9)
    assert (found.mu.lower, found.mu.upper) == pytest.approx((plain.interval.lower, plain.interval.upper), rel=1e-9)


def test_two_studies_wider_prior_wider_interval() -> None:
    y, v = (-0.50, -0.10), (0.04, 0.04)
    half, one = (normal_normal(y, v, prior_scale=scale, level=0.95) for scale in (0.5, 1.0))
    assert half.mu.mean == pytest.approx(-0.3, abs=1e-12)
    assert one.mu.upper - one.mu.lower > half.mu.upper - half.mu.lower
    assert half.mu.lower > -2.841  # far inside the HKSJ interval of the same two studies
    mirrored = normal_normal([-value for value in y], v, prior_scale=0.5, level=0.95)
    assert mirrored.mu.upper == pytest.approx(-half.mu.lower, rel=1e-10)


@pytest.mark.parametrize("scale", [0.0, -1.0, math.inf, math.nan])
def test_refuses_a_prior_scale(scale: float) -> None:
    with pytest.raises(InputError, match="prior_scale"):
        normal_normal(Y, V, prior_scale=scale, level=0.95)


def test_refuses_one_study() -> None:
    with pytest.raises(InputError, match="1 study given"):
        normal_normal([0.1], [0.1], prior_scale=0.5, level=0.95)
