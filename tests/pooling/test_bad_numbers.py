"""Bad input: every door of the engine refuses it, naming the study and the number, and never answers with a NaN."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from evsynth.effects.measures import MeasureError, escalc, from_interval
from evsynth.pooling.approximate_proportion import agresti_coull
from evsynth.pooling.bayes.model import bayes
from evsynth.pooling.bayes.priors import half_normal
from evsynth.pooling.dependence import cluster_robust, fit_multivariate, robust_effects
from evsynth.pooling.dependence.aggregation import aggregate
from evsynth.pooling.guard import InputError
from evsynth.pooling.kenward_roger import kenward_roger
from evsynth.pooling.nagashima import nagashima
from evsynth.pooling.network import fit_network
from evsynth.pooling.proportions import binomial_normal
from evsynth.pooling.random_effects import common_effect, pool
from evsynth.pooling.rare_events import check_two_arms, mantel_haenszel, peto, pool_rare_events, two_arm_glmm
from evsynth.pooling.regression.model import regress
from evsynth.pooling.regression.subgroups import subgroups
from evsynth.pooling.sensitivity.gosh import gosh
from evsynth.pooling.sensitivity.influence import influence
from evsynth.pooling.sensitivity.leave_out import cumulative, leave_one_out
from evsynth.pooling.small_study.egger import regtest
from evsynth.pooling.small_study.trim_and_fill import trimfill
from evsynth.pooling.tau2_interval import profile_likelihood, q_profile

K = 6
X = np.column_stack([np.ones(K), np.arange(K, dtype=float)])
CLUSTERS = ["a", "a", "b", "b", "c", "d"]


def line(y: Any, v: Any) -> object:
    return regress(y, v, X[: len(np.atleast_1d(y))], names=["one", "x"], estimator="REML", test="knha", level=0.95)


def three_level(y: Any, v: Any) -> object:
    k = len(y)
    return fit_multivariate(
        y, np.diag(np.asarray(v, dtype=float)), X=np.ones((k, 1)), names=["one"], random="~ 1 | study",
        columns={"study": CLUSTERS[:k]}, method="REML", test="t",
    )  # fmt: skip


def network(y: Any, v: Any) -> object:
    k = len(y)
    with np.errstate(invalid="ignore"):
        se = np.sqrt(np.asarray(v, dtype=float))
    return fit_network(
        y, se, list("AABABC")[:k], list("BCCBCA")[:k], [str(i) for i in range(1, k + 1)], method_tau="DL"
    )


DOORS: dict[str, Callable[[Any, Any], object]] = {
    "pool": lambda y, v: pool(y, v, estimator="REML", interval="hksj", prediction="V", level=0.95),
    "pool, Nagashima": lambda y, v: pool(y, v, estimator="PM", interval="wald", prediction="Nagashima", level=0.9),
    "common_effect": lambda y, v: common_effect(y, v, level=0.95),
    "regress": line,
    "subgroups": lambda y, v: subgroups(
        y, v, list("aabbaa")[: len(y)], estimator="DL", test="z", tau2="pooled", level=0.95
    ),
    "bayes": lambda y, v: bayes(y, v, tau_prior=half_normal(0.5), mu_prior=None, level=0.95),
    "kenward_roger": lambda y, v: kenward_roger(y, v, tau2=0.1, level=0.95),
    "nagashima": lambda y, v: nagashima(y, v, level=0.95),
    "q_profile": lambda y, v: q_profile(y, v, level=0.95),
    "profile_likelihood": lambda y, v: profile_likelihood(y, v, level=0.95, likelihood="REML"),
    "leave_one_out": lambda y, v: leave_one_out(y, v, estimator="REML", interval="wald", level=0.95),
    "cumulative": lambda y, v: cumulative(y, v, estimator="DL", interval="wald", level=0.95),
    "influence": lambda y, v: influence(y, v, estimator="REML", test="wald"),
    "gosh": lambda y, v: gosh(y, v, estimator="DL"),
    "regtest": lambda y, v: regtest(y, v, model="rma", method="REML", predictor="sei", few="warn"),
    "trimfill": lambda y, v: trimfill(y, v, method="DL", estimator="L0", few="warn"),
    "aggregate": lambda y, v: aggregate(y, v, CLUSTERS[: len(y)], rho=0.5, weighted=True),
    "cluster_robust": lambda y, v: cluster_robust(
        y=y, X=np.ones((len(y), 1)), names=["one"], cluster=CLUSTERS[: len(y)], M=v, adjust="CR2", dfs="satterthwaite"
    ),
    "robust_effects": lambda y, v: robust_effects(
        y=y, v=v, X=np.ones((len(y), 1)), names=["one"], cluster=CLUSTERS[: len(y)], modelweights="CORR", rho=0.8,
        small=True,
    ),
    "three_level": three_level,
    "network": network,
}  # fmt: skip
Y, V = (0.1, 0.4, -0.2, 0.8, 0.3, 0.6), (0.02, 0.03, 0.05, 0.04, 0.02, 0.06)


def numbers(found: object) -> Iterator[float]:
    """Walk every number of a result."""
    if isinstance(found, float | np.floating):
        yield float(found)
    elif isinstance(found, np.ndarray):
        yield from (float(value) for value in found.ravel() if found.dtype.kind == "f")
    elif isinstance(found, tuple | list):
        for part in found:
            yield from numbers(part)
    elif isinstance(found, dict):
        for part in found.values():
            yield from numbers(part)


@pytest.mark.parametrize("door", DOORS)
def test_good_input_is_answered_without_a_nan(door: str) -> None:
    found = list(numbers(DOORS[door](Y, V)))
    assert len(found) > 1
    assert not any(math.isnan(value) for value in found)


@pytest.mark.parametrize(
    ("y", "v", "named"),
    [
        ((0.1, math.nan, *Y[2:]), V, ("2", "nan")),
        ((0.1, math.inf, *Y[2:]), V, ("2", "inf")),
        (Y, (*V[:3], math.nan, *V[4:]), ("4", "nan")),
        (Y, (*V[:3], math.inf, *V[4:]), ("4", "inf")),
        (Y, (*V[:3], 0.0, *V[4:]), ("4", "0")),
        (Y, (*V[:3], -0.04, *V[4:]), ("4",)),  # a standard error of it is NaN for a network
    ],
    ids=["y nan", "y infinite", "v nan", "v infinite", "v zero", "v negative"],
)
@pytest.mark.parametrize("door", DOORS)
def test_impossible_numbers_are_refused_by_study_and_value(door: str, y: Any, v: Any, named: tuple[str, ...]) -> None:
    with pytest.raises(InputError) as caught:
        DOORS[door](y, v)
    for part in named:
        assert part in str(caught.value), caught.value


@pytest.mark.parametrize("door", DOORS)
def test_no_study_is_refused(door: str) -> None:
    with pytest.raises(InputError):
        DOORS[door]([], [])


ONE_IS_ENOUGH = {"common_effect", "aggregate", "cumulative", "network"}


@pytest.mark.parametrize("door", DOORS)
def test_one_study_is_refused_or_given_back(door: str) -> None:
    if door in ONE_IS_ENOUGH:
        assert not any(math.isnan(value) for value in numbers(DOORS[door]([0.1], [0.02])))
        return
    with pytest.raises(InputError):
        DOORS[door]([0.1], [0.02])


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("y", "v"),
    [
        ((0.3,) * K, V),
        ((0.3,) * K, (0.02,) * K),
        (Y, (1e-8, 1.0, 1e-4, 0.3, 1e-6, 0.05)),
        (tuple(1e6 * value for value in Y), tuple(1e8 * value for value in V)),
    ],
    ids=["equal effects", "equal effects and variances", "variances 1e8 apart", "large numbers"],
)
def test_hard_input_is_answered_or_refused_but_never_with_a_nan(door: str, y: Any, v: Any) -> None:
    with contextlib.suppress(InputError):
        assert not any(math.isnan(value) for value in numbers(DOORS[door](y, v)))


def test_collinear_moderators_are_named() -> None:
    x = np.column_stack([np.ones(K), np.arange(K), 2.0 * np.arange(K)])
    with pytest.raises(InputError, match="twice x is determined by x"):
        regress(Y, V, x, names=["one", "x", "twice x"], estimator="REML", test="z", level=0.95)


COUNTS: dict[str, Callable[[Any], object]] = {
    "mantel_haenszel": lambda tables: mantel_haenszel(check_two_arms(*tables), "OR", level=0.95),
    "peto": lambda tables: peto(check_two_arms(*tables), level=0.95),
    "two_arm_glmm": lambda tables: two_arm_glmm(
        check_two_arms(*tables), model="CM.EL", method="ML", interval="wald", prediction="V", level=0.95
    ),
    "escalc": lambda tables: escalc("OR", dict(zip(("ai", "n1i", "ci", "n2i"), tables, strict=True))),
}  # fmt: skip


@pytest.mark.parametrize("door", COUNTS)
@pytest.mark.parametrize(
    ("tables", "named"),
    [
        (([1, 2.5, 3], [20, 20, 20], [2, 3, 4], [20, 20, 20]), ("study 2", "2.5")),
        (([1, 22, 3], [20, 20, 20], [2, 3, 4], [20, 20, 20]), ("study 2", "22")),
        (([1, -1, 3], [20, 20, 20], [2, 3, 4], [20, 20, 20]), ("study 2", "-1")),
        (([1, math.nan, 3], [20, 20, 20], [2, 3, 4], [20, 20, 20]), ("study 2", "nan")),
        (([1, 2, 3], [20, 20, 20], [2, 0, 4], [20, 0, 20]), ("study 2", "0")),
    ],
    ids=["half an event", "more events than patients", "negative", "nan", "nobody"],
)
def test_impossible_counts_are_refused_by_study_and_value(door: str, tables: Any, named: tuple[str, ...]) -> None:
    with pytest.raises((InputError, MeasureError)) as caught:
        COUNTS[door](tables)
    for part in named:
        assert part in str(caught.value), caught.value


NOBODY = ([0, 0, 0], [20, 30, 25], [0, 0, 0], [20, 30, 25])
EVERYBODY = ([20, 30, 25], [20, 30, 25], [20, 30, 25], [20, 30, 25])
ONE_ARM = ([0, 0, 0], [20, 30, 25], [3, 1, 4], [20, 30, 25])


@pytest.mark.parametrize("door", COUNTS)
@pytest.mark.parametrize("tables", [NOBODY, EVERYBODY], ids=["no events", "events only"])
def test_nobody_or_everybody_is_refused(door: str, tables: Any) -> None:
    with pytest.raises((InputError, MeasureError)):
        COUNTS[door](tables)


@pytest.mark.parametrize("tables", [NOBODY, EVERYBODY, ONE_ARM], ids=["no events", "events only", "one arm"])
def test_the_order_of_models_ends_in_a_refusal_with_its_reasons(tables: Any) -> None:
    found = pool_rare_events(check_two_arms(*tables), level=0.95)
    assert found.estimate is None
    assert all(attempt.why_not for attempt in found.attempts)


@pytest.mark.parametrize(("events", "totals"), [([0, 0, 0], [20, 30, 25]), ([20, 30, 25], [20, 30, 25])])
def test_a_proportion_of_nobody_or_everybody_has_no_model(events: list[int], totals: list[int]) -> None:
    with pytest.raises(InputError):
        binomial_normal(events, totals, interval="wald", prediction="V", level=0.95)


@pytest.mark.parametrize(("x", "n"), [(3, 0), (-1, 20), (21, 20), (1.5, 20), (math.nan, 20)])
def test_an_interval_of_a_proportion_needs_possible_counts(x: Any, n: Any) -> None:
    with pytest.raises(InputError, match="study 1"):
        agresti_coull(x, n, level=0.95)


@pytest.mark.parametrize(
    ("estimate", "lower", "upper", "message"),
    [
        (0.5, 0.6, 1.2, r"study 1: estimate 0\.5 does not lie inside its interval"),
        (1.3, 0.6, 1.2, r"study 1: estimate 1\.3 does not lie inside its interval"),
        (0.8, 1.2, 0.6, r"study 1: lower = 1\.2 is above upper = 0\.6"),
        (math.nan, 0.6, 1.2, "study 1: .*nan"),
        (0.8, 0.0, 1.2, "study 1: .*0"),
        (0.8, 0.8, 0.8, r"study 1: the interval 0\.8 to 0\.8 has no width"),
    ],
    ids=["below", "above", "lower above upper", "nan", "bound of zero", "no width"],
)
def test_an_interval_that_cannot_be_is_refused(estimate: float, lower: float, upper: float, message: str) -> None:
    with pytest.raises(MeasureError, match=message):
        from_interval([estimate], [lower], [upper], level=0.95, ratio=True)
