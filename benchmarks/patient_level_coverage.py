"""Do the intervals of `evsynth ipd` cover a known effect as often as they say, and do its tests reject as often?

Cohorts are simulated with a known effect; each is analysed by `evsynth.reanalyse.ipd`. Prints one line for each
interval and test: nominal rate, observed rate, and the range in which the observed rate lies 99 times out of 100 if
the nominal rate is true. Run: python benchmarks/patient_level_coverage.py [COHORTS] [SEED]
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from evsynth.reanalyse.ipd.analyse import weighted
from evsynth.reanalyse.ipd.associations import linear_model
from evsynth.reanalyse.ipd.cox import cox
from evsynth.reanalyse.ipd.groups import rank_test
from evsynth.reanalyse.ipd.paired import median_change, signed_rank
from evsynth.reanalyse.ipd.spec import Weighting

PATIENTS = 150


class Outcome(NamedTuple):
    """One interval or test of one cohort: what was asked, and whether it covered (or rejected)."""

    what: str
    nominal: float
    hit: bool


def before_and_after(random: np.random.Generator) -> Iterator[Outcome]:
    """Skewed changes with median -2; and, under the null, changes symmetric about 0."""
    n = 48
    before = random.gamma(4, 5, n)
    change = random.gamma(2, 2, n) - 2 * 1.6783469900166605 - 2  # the median of gamma(2, 1) is 1.678…
    found = median_change(before, before + change, seed=1, replicates=2000)
    yield Outcome("median change, bootstrap percentile interval (n = 48)", 0.95, found.lower <= -2 <= found.upper)
    null = signed_rank(before, before + random.laplace(0, 3, n))
    yield Outcome("signed-rank test rejects without a change (n = 48)", 0.05, null.p < 0.05)


def two_groups(random: np.random.Generator) -> Iterator[Outcome]:
    """Two samples of one skewed distribution."""
    found = rank_test(np.round(random.gamma(2, 3, 28)), np.round(random.gamma(2, 3, 15)))
    yield Outcome("Mann-Whitney rejects without a difference (28 and 15, ties)", 0.05, found.p < 0.05)


def regression(random: np.random.Generator) -> Iterator[Outcome]:
    """Three predictors, two of them correlated; B of the first is 0.5."""
    n = 48
    x = random.normal(size=(n, 3))
    x[:, 1] += 0.7 * x[:, 0]
    y = 1 + 0.5 * x[:, 0] - 0.3 * x[:, 1] + random.normal(0, 1.5, n)
    model = linear_model(y, {f"x{i}": x[:, i] for i in range(3)})
    term = next(t for t in model.terms if t.term == "x0")
    yield Outcome("regression coefficient (n = 48, 3 predictors)", 0.95, term.lower <= 0.5 <= term.upper)


def cohort(random: np.random.Generator, log_ratio: float, *, randomised: bool, n: int) -> dict[str, np.ndarray]:
    """Simulate survival that depends on two covariates and the treatment, which (unless randomised) depends on both."""
    age, lung = random.normal(size=n), random.normal(size=n)
    score = np.zeros(n) if randomised else 0.7 * age - 0.5 * lung
    treated = random.random(n) < 1 / (1 + np.exp(-score))
    hazard = 0.06 * np.exp(0.5 * age - 0.4 * lung + log_ratio * treated)
    event_time, censored = random.exponential(1 / hazard), random.uniform(6, 24, n)
    return {
        "age": age, "lung": lung, "treated": treated.astype(float),
        "time": np.minimum(event_time, censored), "event": (event_time <= censored).astype(float),
    }  # fmt: skip


def marginal(log_ratio: float, random: np.random.Generator) -> float:
    """Give the marginal log hazard ratio of randomised cohorts, which weighting estimates; it is not `log_ratio`."""
    found = []
    for _ in range(200):
        c = cohort(random, log_ratio, randomised=True, n=1000)
        found.append(cox(c["time"], c["event"], {"treated": c["treated"]}).hazards[0].b)
    return float(np.mean(found))


def weighting(truth: float, log_ratio: float) -> Callable[[np.random.Generator], Iterator[Outcome]]:
    """Weighted Cox with robust error, against the marginal ratio; the crude one beside it."""
    spec = Weighting(
        treatment="treated", treated="1.0", covariates=("age", "lung"), time="time", event="event", stabilised=True
    )
    name = "no effect" if log_ratio == 0 else f"ratio {math.exp(log_ratio):.2f}"

    def outcomes(random: np.random.Generator) -> Iterator[Outcome]:
        found = weighted(cohort(random, log_ratio, randomised=False, n=PATIENTS), spec)
        for what, model in (("weighted Cox, robust interval", found.cox), ("crude Cox (confounded)", found.cox_crude)):
            h = model.hazards[0]
            yield Outcome(f"{what}, {name} (n = {PATIENTS})", 0.95, math.log(h.lower) <= truth <= math.log(h.upper))
        if log_ratio == 0:
            yield Outcome("weighted log-rank rejects without an effect", 0.05, found.log_rank.p < 0.05)

    return outcomes


def run(cohorts: int, seed: int) -> None:
    """Simulate, analyse and print."""
    truth = marginal(math.log(0.5), np.random.default_rng(seed + 1))
    makers = (before_and_after, two_groups, regression, weighting(0.0, 0.0), weighting(truth, math.log(0.5)))
    hits: dict[tuple[str, float], list[bool]] = {}
    random = np.random.default_rng(seed)
    for number in range(cohorts):
        for maker in makers:
            for outcome in maker(random):
                hits.setdefault((outcome.what, outcome.nominal), []).append(outcome.hit)
        if number % 50 == 49:
            print(f"{number + 1} of {cohorts}", file=sys.stderr)
    print(f"{cohorts} cohorts, seed {seed}; marginal hazard ratio {math.exp(truth):.3f} where the conditional is 0.500")
    print(f"{'what':62} nominal observed  99% range")
    for (what, nominal), found in hits.items():
        half = 2.5758 * math.sqrt(nominal * (1 - nominal) / len(found))
        print(f"{what:62} {nominal:7.3f} {np.mean(found):8.3f}  {nominal - half:.3f} to {nominal + half:.3f}")


if __name__ == "__main__":
    run(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
