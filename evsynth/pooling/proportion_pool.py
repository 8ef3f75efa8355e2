"""Pool proportions in a declared order of models, and say which one answered and why the earlier ones did
not.

    1  binomial-normal, profile optimiser
    2  binomial-normal, second optimiser            code GLMM_SECOND_OPTIMISER
    3  beta-binomial                                codes GLMM_FAILED, BETA_BINOMIAL_USED
    4  inverse variance on logits, 0.5 added to a   codes BETA_BINOMIAL_FAILED, INVERSE_VARIANCE_USED
       study's cells when one is zero
    -  nobody or everybody had the event: no model  codes NOT_POOLED_ALL_ZERO, NOT_POOLED_ALL_EVENTS

Schwarzer 2019, doi 10.1002/jrsm.1348; Lin & Xu 2020, doi 10.1002/hsr2.178.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

import numpy.typing as npt
from scipy.special import expit

from evsynth.effects.measures.proportion import logit_proportion
from evsynth.pooling.beta_binomial import BetaBinomial, beta_binomial
from evsynth.pooling.exact import ProportionInterval, clopper_pearson, lower_bound, upper_bound
from evsynth.pooling.guard import Counts, InputError, check_counts, check_level
from evsynth.pooling.proportions import OPTIMISERS, BinomialNormal, binomial_normal
from evsynth.pooling.random_effects import RandomEffects, pool

Meaning = Literal["median study probability", "mean study probability", "back-transformed mean logit"]


class Unpooled(NamedTuple):
    """Nobody or everybody had the event: totals, the two-sided exact interval, the one-sided exact bound."""

    events: int
    total: int
    two_sided: ProportionInterval
    one_sided: ProportionInterval


class Attempt(NamedTuple):
    """One model that was tried: its name, whether it answered, and in words why not."""

    model: str
    answered: bool
    why_not: tuple[str, ...]


class ProportionPool(NamedTuple):
    """The answer, what it means on the probability scale, the crude rate beside it, and every attempt.

    ``probability``, ``lower``, ``upper`` are None when nothing was pooled; then ``fit`` holds the exact
    bounds.
    """

    fit: BinomialNormal | BetaBinomial | RandomEffects | Unpooled
    model: str
    meaning: Meaning | None
    probability: float | None
    lower: float | None
    upper: float | None
    prediction_lower: float | None
    prediction_upper: float | None
    events: int
    total: int
    crude_rate: float
    attempts: tuple[Attempt, ...]
    codes: tuple[str, ...]


Fit = BinomialNormal | BetaBinomial | RandomEffects
Fitter = Callable[[Counts, float], Fit]


def pool_proportions(
    events: npt.ArrayLike,
    totals: npt.ArrayLike,
    *,
    level: float,
    labels: Sequence[str] | None = None,
    fitters: tuple[tuple[str, Fitter], ...] | None = None,
) -> ProportionPool:
    """Pool by the first model of the order that converges; ``fitters`` replaces the order.

    Raises InputError.
    """
    level, counts = check_level(level), check_counts(events, totals, labels=labels, minimum=2)
    happened, among = int(counts.events.sum()), int(counts.totals.sum())
    if happened in (0, among):
        return _unpooled(happened, among, level)
    attempts: list[Attempt] = []
    codes: list[str] = []
    for code, fitter in fitters or FITTERS:
        fit = fitter(counts, level)
        why_not = _why_not(fit)
        attempts.append(Attempt(fit.model, not why_not, why_not))
        if not why_not:
            codes.extend([*([code] if code else []), *getattr(fit, "codes", ())])
            return _answer(fit, counts, tuple(attempts), tuple(dict.fromkeys(codes)))
        if isinstance(fit, BinomialNormal) and fit.optimiser == OPTIMISERS[1]:
            codes.append("GLMM_FAILED")
        if isinstance(fit, BetaBinomial):
            codes.append("BETA_BINOMIAL_FAILED")
    raise InputError([f"{a.model} did not converge: {'; '.join(a.why_not)}" for a in attempts])


def _profile(counts: Counts, level: float) -> BinomialNormal:
    return binomial_normal(
        counts.events, counts.totals, interval="wald", prediction="V", level=level, labels=counts.labels
    )


def _joint(counts: Counts, level: float) -> BinomialNormal:
    return binomial_normal(
        counts.events,
        counts.totals,
        interval="wald",
        prediction="V",
        level=level,
        optimiser=OPTIMISERS[1],
        labels=counts.labels,
    )


def beta_only(counts: Counts, level: float) -> BetaBinomial:
    """Fit the beta-binomial model. Raises InputError."""
    return beta_binomial(counts.events, counts.totals, level=level, labels=counts.labels)


def _inverse_variance(counts: Counts, level: float) -> RandomEffects:
    pairs = zip(counts.events, counts.totals, strict=True)
    logits = [logit_proportion(int(x), int(n), add=0.5, to="only-zero") for x, n in pairs]
    y, v = [effect.y for effect in logits], [effect.v for effect in logits]
    found = pool(y, v, estimator="REML", interval="wald", prediction="V", level=level, labels=counts.labels)
    return found._replace(model="inverse variance on logits, 0.5 added to zero cells, tau2 by REML")


FITTERS: tuple[tuple[str, Fitter], ...] = (
    ("", _profile),
    ("GLMM_SECOND_OPTIMISER", _joint),
    ("BETA_BINOMIAL_USED", beta_only),
    ("INVERSE_VARIANCE_USED", _inverse_variance),
)


def _why_not(fit: Fit) -> tuple[str, ...]:
    if isinstance(fit, BinomialNormal):
        return fit.convergence.why_not
    return fit.why_not if isinstance(fit, BetaBinomial) else ()


def _answer(fit: Fit, counts: Counts, attempts: tuple[Attempt, ...], codes: tuple[str, ...]) -> ProportionPool:
    meaning: Meaning
    new: tuple[float | None, float | None]
    if isinstance(fit, BinomialNormal):
        meaning = "median study probability"
        centre, lower, upper = fit.median_probability, fit.median_lower, fit.median_upper
        new = fit.prediction_lower, fit.prediction_upper
    elif isinstance(fit, BetaBinomial):
        meaning = "mean study probability"
        centre, lower, upper = fit.mean_probability, fit.mean_lower, fit.mean_upper
        new = fit.prediction_lower, fit.prediction_upper
    else:
        meaning = "back-transformed mean logit"
        wald = fit.intervals.wald
        centre, lower, upper = (float(expit(value)) for value in (fit.mean, wald.lower, wald.upper))
        between = fit.prediction
        new = (float(expit(between.lower)), float(expit(between.upper))) if between else (None, None)
    happened, among = int(counts.events.sum()), int(counts.totals.sum())
    return ProportionPool(
        fit,
        fit.model,
        meaning,
        centre,
        lower,
        upper,
        *new,
        happened,
        among,
        happened / among,
        attempts,
        codes,
    )


def _unpooled(happened: int, among: int, level: float) -> ProportionPool:
    bound = upper_bound if happened == 0 else lower_bound
    fit = Unpooled(happened, among, clopper_pearson(happened, among, level=level), bound(happened, among, level=level))
    code = "NOT_POOLED_ALL_ZERO" if happened == 0 else "NOT_POOLED_ALL_EVENTS"
    nothing = (None,) * 6
    return ProportionPool(fit, "not pooled", *nothing, happened, among, happened / among, (), (code,))
