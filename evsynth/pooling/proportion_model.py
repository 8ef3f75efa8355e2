"""Fits a pool of proportions: the binomial-normal model as headline, with the crude rate and logit-REML beside it."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.effects.measures import logit_proportion
from evsynth.model.effect import Effect
from evsynth.model.estimate import Companion, Figures
from evsynth.model.pool import Pool
from evsynth.pooling.exact import clopper_pearson
from evsynth.pooling.inverse_variance_model import bayesian
from evsynth.pooling.pooled import FEW, Pooled, back, warned
from evsynth.pooling.proportion_pool import ProportionPool, Unpooled, beta_only, pool_proportions
from evsynth.pooling.random_effects import pool as pool_effects

_ONE_SIDED = "one-sided Clopper-Pearson bound"


def fit(asked: Pool, effects: tuple[Effect, ...], level: float) -> Pooled:
    """Fit counts. Nobody or everybody with the event: no model, the exact interval of the sum.

    Raises InputError for impossible counts.
    """
    events, totals = [e.events[0] for e in effects], [e.totals[0] for e in effects]
    only = (("", beta_only),) if asked.choices.model == "beta-binomial" else None
    found = pool_proportions(events, totals, level=level, labels=[e.label for e in effects], fitters=only)
    x, n = found.events, found.total
    crude = clopper_pearson(x, n, level=level)
    crude_row = Companion(
        "Crude rate",
        x / n,
        crude.lower,
        crude.upper,
        "sum of events over sum of patients, Clopper-Pearson",
        f"{x} of {n}",
    )
    weights = tuple(100 * t / sum(totals) for t in totals)
    if isinstance(found.fit, Unpooled):
        return _exact(found, found.fit, crude_row, level, weights)
    companions = [crude_row]
    if "INVERSE_VARIANCE_USED" not in found.codes:
        companions.append(_logit_reml(effects, level))
    if len(effects) < FEW:
        companions += bayesian(tuple(_on_logits(effects)), "logit", level)
    wanted = asked.choices.prediction != "none"
    answered = next(a for a in found.attempts if a.answered)
    figures = Figures(
        measure="proportion", scale="logit", estimate=found.probability or 0.0, lower=found.lower or 0.0,
        upper=found.upper if found.upper is not None else 1.0, level=100 * level, interval="wald", p=None,
        tau2=getattr(found.fit, "tau2", None) if isinstance(getattr(found.fit, "tau2", None), float) else None,
        tau2_lower=None, tau2_upper=None, i2_tau2=None, i2_q=None, q=None, q_df=None, q_p=None,
        prediction="V" if wanted and found.prediction_lower is not None else "none",
        prediction_lower=found.prediction_lower if wanted else None,
        prediction_upper=found.prediction_upper if wanted else None, events=x, total=n,
    )  # fmt: skip
    fitted = {
        "model": answered.model,
        "meaning": found.meaning or "",
        "tried": "; ".join(f"{a.model}: {'answered' if a.answered else ', '.join(a.why_not)}" for a in found.attempts),
        "interval": "Wald on the logit scale",
    }
    return Pooled("pooled", figures, fitted, weights, tuple(companions), warned(found.codes))


def _exact(
    found: ProportionPool, bounds: Unpooled, crude: Companion, level: float, weights: tuple[float, ...]
) -> Pooled:
    two, one = bounds.two_sided, bounds.one_sided
    figures = Figures(
        measure="proportion", scale="natural", estimate=two.proportion, lower=two.lower, upper=two.upper,
        level=100 * level, interval=two.method, p=None, tau2=None, tau2_lower=None, tau2_upper=None, i2_tau2=None,
        i2_q=None, q=None, q_df=None, q_p=None, prediction="none", prediction_lower=None, prediction_upper=None,
        events=bounds.events, total=bounds.total,
    )  # fmt: skip
    side = Companion(
        "One-sided bound",
        one.proportion,
        one.lower,
        one.upper,
        _ONE_SIDED,
        f"{bounds.events} of {bounds.total}",
    )
    fitted = {
        "model": "none: nobody or everybody had the event",
        "interval": f"{two.method}, all patients together",
    }
    return Pooled("exact", figures, fitted, weights, (crude, side), warned(found.codes))


def _on_logits(effects: tuple[Effect, ...]) -> Iterator[Effect]:
    """Give the effects on the logit scale; 0.5 is added to the cells of a study in which one is zero, and noted."""
    for effect in effects:
        made = logit_proportion(effect.events[0], effect.totals[0], add=0.5, to="only-zero")
        yield effect._replace(y=made.y, v=made.v, scale="logit", notes=made.notes)


def _logit_reml(effects: tuple[Effect, ...], level: float) -> Companion:
    logits = list(_on_logits(effects))
    y, v = [e.y for e in logits], [e.v for e in logits]
    found = pool_effects(y, v, estimator="REML", interval="hksj", prediction="V", level=level)
    to, used = back("logit"), found.interval
    limits = (to(used.lower), to(used.upper)) if used else (None, None)
    corrected = "; 0.5 added where a cell is zero" if any(e.notes for e in logits) else ""
    return Companion("Logit, REML", to(found.mean), limits[0], limits[1], f"{found.model}, HKSJ{corrected}")
