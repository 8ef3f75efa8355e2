"""Pool rare events in two arms in a declared order of models, and say which one answered and why others did not.

    1  conditional exact GLMM (CM.EL), profile optimiser
    2  the same, second optimiser                       code GLMM_SECOND_OPTIMISER
    3  random baselines and effects (UM.RS)             codes CM.EL_FAILED, UM.RS_USED
    4  beta-binomial                                    codes GLMM_FAILED, BETA_BINOMIAL_USED
    5  Mantel-Haenszel without correction               codes BETA_BINOMIAL_FAILED, MANTEL_HAENSZEL_USED
    -  no model answers                                 code NOT_POOLED, with the tables' totals

Every attempt is listed with its reasons. Double-zero studies are in the result: kept where a model can use
them, listed with the reason where it cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from evsynth.pooling.guard import InputError, check_level
from evsynth.pooling.rare_events.beta_binomial_arms import BetaBinomialArms, beta_binomial_arms
from evsynth.pooling.rare_events.glmm import OPTIMISERS, two_arm_glmm
from evsynth.pooling.rare_events.glmm_result import Glmm
from evsynth.pooling.rare_events.mantel_haenszel import mantel_haenszel
from evsynth.pooling.rare_events.stratified import StratifiedPool
from evsynth.pooling.rare_events.tables import TwoArms, few_events

Fit = Glmm | BetaBinomialArms | StratifiedPool
Fitter = Callable[[TwoArms, float], Fit]


class Attempt(NamedTuple):
    """One model that was tried: its name, whether it answered, and in words why not."""

    model: str
    answered: bool
    why_not: tuple[str, ...]


class RareEventPool(NamedTuple):
    """The answer on the log scale, the fit behind it, and every attempt; no fit when none answered."""

    measure: Literal["OR", "IRR"]
    fit: Fit | None
    model: str
    estimate: float | None
    lower: float | None
    upper: float | None
    events_1: int
    total_1: float
    events_2: int
    total_2: float
    attempts: tuple[Attempt, ...]
    codes: tuple[str, ...]


def pool_rare_events(
    tables: TwoArms, *, level: float, fitters: tuple[tuple[str, str, Fitter], ...] | None = None
) -> RareEventPool:
    """Pool odds ratios (rate ratios for rates) by the first model of the order that answers.

    ``fitters`` replaces the order: (name, codes to add when it answers after others failed, function). Raises
    InputError for impossible input only.
    """
    level = check_level(level)
    attempts: list[Attempt] = []
    for name, words, fitter in fitters or (RATE_ORDER if tables.rates else ORDER):
        try:
            fit = fitter(tables, level)
            why_not = _why_not(fit)
        except InputError as error:
            attempts.append(Attempt(name, False, error.problems))
            continue
        attempts.append(Attempt(name, not why_not, why_not))
        if not why_not:
            codes = (*(words.split() if len(attempts) > 1 else ()), *fit.codes)
            return _result(tables, fit, name, tuple(attempts), codes)
    return _result(tables, None, "not pooled", tuple(attempts), ("NOT_POOLED", *few_events(tables)))


def _conditional(tables: TwoArms, level: float) -> Fit:
    return two_arm_glmm(tables, model="CM.EL", interval="wald", prediction="V", level=level)


def _conditional_jointly(tables: TwoArms, level: float) -> Fit:
    return two_arm_glmm(tables, model="CM.EL", interval="wald", prediction="V", level=level, optimiser=OPTIMISERS[1])


def _random(tables: TwoArms, level: float) -> Fit:
    return two_arm_glmm(tables, model="UM.RS", interval="wald", prediction="V", level=level, double_zero="keep")


def _beta(tables: TwoArms, level: float) -> Fit:
    return beta_binomial_arms(tables, "OR", level=level)


def _stratified(tables: TwoArms, level: float) -> Fit:
    return mantel_haenszel(tables, "IRR" if tables.rates else "OR", level=level)


ORDER: tuple[tuple[str, str, Fitter], ...] = (
    ("CM.EL, profile optimiser", "", _conditional),
    ("CM.EL, second optimiser", "GLMM_SECOND_OPTIMISER", _conditional_jointly),
    ("UM.RS", "CM.EL_FAILED UM.RS_USED", _random),
    ("beta-binomial", "GLMM_FAILED BETA_BINOMIAL_USED", _beta),
    ("Mantel-Haenszel", "GLMM_FAILED BETA_BINOMIAL_FAILED MANTEL_HAENSZEL_USED", _stratified),
)
RATE_ORDER = (*ORDER[:3], ("Mantel-Haenszel", "GLMM_FAILED MANTEL_HAENSZEL_USED", _stratified))


def _why_not(fit: Fit) -> tuple[str, ...]:
    if isinstance(fit, Glmm):
        return fit.convergence.why_not if fit.convergence else ("not checked",)
    return fit.why_not if isinstance(fit, BetaBinomialArms) else ()


def _result(
    tables: TwoArms, fit: Fit | None, model: str, attempts: tuple[Attempt, ...], codes: tuple[str, ...]
) -> RareEventPool:
    return RareEventPool(
        "IRR" if tables.rates else "OR",
        fit,
        model,
        fit.estimate if fit else None,
        fit.lower if fit else None,
        fit.upper if fit else None,
        int(tables.x1.sum()),
        float(tables.n1.sum()),
        int(tables.x2.sum()),
        float(tables.n2.sum()),
        attempts,
        tuple(dict.fromkeys(codes)),
    )
