"""Selection models: pinned fits, the likelihood against adaptive integration, and what cannot be estimated."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from evsynth.pooling.guard import InputError
from evsynth.pooling.small_study.selection import SelectionModel, selmodel
from evsynth.pooling.small_study.selection_likelihood import EDGE, Beta, Data, Steps

REFERENCES = Path(__file__).parents[1] / "references"
PINS = json.loads((REFERENCES / "selection_metafor.json").read_text("utf-8"))["cases"]
DATA = json.loads((REFERENCES / "small_study_metafor.json").read_text("utf-8"))["datasets"]

# metafor stops its optimiser at a relative change of 1e-8 in the log-likelihood: 1e-4 of a standard error or more in
# the
# parameters. Its log-likelihood is compared tightly, and must never be above ours.
STEP_IN_SE, STEP_LOG_LIKELIHOOD = 5e-3, 1e-5
# For the beta model metafor also integrates numerically with R's integrate: 5e-4 in the log-likelihood at our
# parameters.
BETA_LOG_LIKELIHOOD = 7e-4
# Ours: analytic gradient, in standard errors.
GRADIENT = 1e-10


@cache
def fitted(dataset: str, kind: str, steps: tuple[float, ...], alternative: str) -> SelectionModel:
    found = DATA[dataset]
    return selmodel(found["yi"], found["vi"], type=kind, steps=steps, alternative=alternative, few="warn")


def arguments(case: dict) -> tuple[str, str, tuple[float, ...], str]:
    found = case["arguments"]
    steps = found["steps"] if isinstance(found["steps"], list) else [found["steps"]]
    return case["dataset"], found["type"], tuple(steps), found["alternative"]


def estimable(case: dict) -> bool:
    # A weight that runs to 20 or more with a standard error in the hundreds is an interval without studies.
    return max(case["output"]["delta"]) < 20 and case["output"]["se"] is not None


def test_grid_of_pins_is_complete() -> None:
    assert len(PINS) == 33
    assert sum(case["arguments"]["type"] == "beta" for case in PINS) == 12
    assert sum(estimable(case) for case in PINS) >= 20


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in PINS if estimable(c)])
def test_matches_metafor(case: dict) -> None:
    found, expected = fitted(*arguments(case)), case["output"]
    assert found.convergence.converged, found.convergence.why_not
    assert found.convergence.gradient < GRADIENT
    if case["arguments"]["type"] == "beta":
        assert found.log_likelihood == pytest.approx(expected["logLik"], abs=BETA_LOG_LIKELIHOOD)
        return
    assert found.log_likelihood == pytest.approx(expected["logLik"], abs=STEP_LOG_LIKELIHOOD)
    assert found.log_likelihood >= expected["logLik"] - 1e-9
    assert found.mean == pytest.approx(expected["beta"], abs=STEP_IN_SE * found.se)
    assert found.se == pytest.approx(expected["se"], rel=STEP_IN_SE)
    assert found.tau2 == pytest.approx(expected["tau2"], abs=STEP_IN_SE * (found.tau2_se or 1))
    for parameter, value in zip(found.parameters, expected["delta"][1:], strict=True):
        assert parameter.value == pytest.approx(value, abs=STEP_IN_SE * parameter.se)
    assert found.lrt == pytest.approx(expected["LRT"], abs=2 * STEP_LOG_LIKELIHOOD)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["id"]) for c in PINS if not estimable(c)])
def test_refuses_an_interval_without_studies(case: dict) -> None:
    if case["arguments"]["type"] == "beta":
        assert fitted(*arguments(case)).convergence.converged  # metafor's optimiser failed here
        return
    with pytest.raises(InputError, match="no study has a p-value in"):
        fitted(*arguments(case))


def weight(kind: str, p: float, shape: np.ndarray, steps: tuple[float, ...]) -> float:
    if kind == "beta":
        p = min(max(p, EDGE), 1 - EDGE)
        return p ** (shape[0] - 1) * (1 - p) ** (shape[1] - 1)
    return float(np.concatenate(([1.0], shape))[np.searchsorted(steps, p, side="left")])


@pytest.mark.parametrize(
    ("kind", "shape", "steps"),
    [("stepfun", (0.6, 0.3), (0.025, 0.5, 1.0)), ("beta", (0.5, 4.0), ()), ("beta", (2, 0.7), ())],
)
def test_likelihood_against_adaptive_integration(kind: str, shape, steps) -> None:
    y, v = np.array([0.5, -0.2, 1.1, 0.05]), np.array([0.04, 0.09, 0.01, 0.5])
    model = Steps(Data(y, v), steps) if kind == "stepfun" else Beta(Data(y, v))
    mu, tau2 = 0.3, 0.2
    total = 0.0
    for estimate, variance in zip(y, v, strict=True):
        eta, root = math.sqrt(variance + tau2), math.sqrt(variance)
        edges = [-float(norm.isf(p)) * root * -1 for p in (*steps[:-1], EDGE, 1 - EDGE)]
        edges = sorted([mu - 40 * eta, *edges, mu, mu + 40 * eta])
        integral = math.fsum(
            quad(
                lambda x, root=root, eta=eta: (
                    weight(kind, float(norm.sf(x / root)), np.array(shape), steps) * norm.pdf(x, mu, eta)
                ),
                a, b, epsabs=0, epsrel=1e-12, limit=300,
            )[0]
            for a, b in pairwise(edges)
        )  # fmt: skip
        own = weight(kind, float(norm.sf(estimate / root)), np.array(shape), steps)
        total += math.log(own) + float(norm.logpdf(estimate, mu, eta)) - math.log(integral)
    at = np.array([mu, tau2, *np.log(shape)])
    value, gradient = model.value_and_gradient(at)
    assert value == pytest.approx(total, rel=1e-10)
    for place in range(len(at)):
        moved = at.astype(complex)
        moved[place] += 1e-30j
        assert model.value_and_gradient(moved)[0].imag / 1e-30 == pytest.approx(float(gradient[place]), rel=1e-10)


def test_no_selection_is_the_ordinary_likelihood() -> None:
    y, v = np.array([0.5, -0.2, 1.1]), np.array([0.04, 0.09, 0.01])
    plain = float(norm.logpdf(y, 0.3, np.sqrt(v + 0.2)).sum())
    assert Steps(Data(y, v), (0.025, 1.0)).value_and_gradient(np.array([0.3, 0.2, 0.0]))[0] == pytest.approx(plain)
    assert Beta(Data(y, v)).value_and_gradient(np.array([0.3, 0.2, 0.0, 0.0]))[0] == pytest.approx(plain, rel=1e-12)


def test_scale_and_direction() -> None:
    found = DATA["cohen1981:ZCOR"]
    y, v = np.array(found["yi"]), np.array(found["vi"])
    one = selmodel(y, v, type="stepfun", steps=(0.025,), few="warn")
    other = selmodel(-100 * y, 1e4 * v, type="stepfun", steps=(0.025,), alternative="less", few="warn")
    assert other.mean == pytest.approx(-100 * one.mean, rel=1e-9)
    assert other.parameters[0].value == pytest.approx(one.parameters[0].value, rel=1e-8)
    assert other.lrt == pytest.approx(one.lrt, rel=1e-8)


def test_refusals() -> None:
    y, v = DATA["cohen1981:ZCOR"]["yi"], DATA["cohen1981:ZCOR"]["vi"]
    for steps in ((), (1.0,), (0.5, 0.025), (0.0, 0.5), (0.5, 1.5)):
        with pytest.raises(InputError, match="steps"):
            selmodel(y, v, type="stepfun", steps=steps)
    with pytest.raises(InputError, match="belong to type"):
        selmodel(y, v, type="beta", steps=(0.025,))
    with pytest.raises(InputError, match="below 10"):
        selmodel(y[:9], v[:9], type="beta")
    with pytest.raises(InputError, match="funnel asymmetry"):
        selmodel(y, v, type="beta", measure="PLO")
