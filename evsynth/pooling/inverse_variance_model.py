"""Fits a pool of effects with variances as its choices say: the normal-normal model, or the common-effect model."""

from __future__ import annotations

import math
from typing import cast

from evsynth.model.effect import Effect
from evsynth.model.estimate import Companion, Figures
from evsynth.model.pool import Pool
from evsynth.pooling.engine import Estimator
from evsynth.pooling.guard import InputError
from evsynth.pooling.intervals import ConfidenceInterval
from evsynth.pooling.normal_normal import normal_normal
from evsynth.pooling.pooled import FEW, Pooled, back, warned
from evsynth.pooling.prediction import PredictionName
from evsynth.pooling.random_effects import CommonEffect, IntervalRule, RandomEffects, common_effect, pool

HALF_NORMAL = {"log": (0.5, 1.0), "logit": (1.0, 2.0), "standardised": (0.5, 1.0)}
"""Scales of the half-normal prior of tau, and of the one that tests it (Röver 2021, doi 10.1002/jrsm.1475).

None on other scales: a prior of a difference in its own unit must be chosen for that unit."""

STANDARDISED = ("SMD", "SMDH", "standardised mean difference")


def fit(asked: Pool, effects: tuple[Effect, ...], level: float) -> Pooled:
    """Fit `effects`, which share one scale. Raises InputError for choices that do not go with the model."""
    y, v, labels = [e.y for e in effects], [e.v for e in effects], [e.label for e in effects]
    scale, measure = effects[0].scale, effects[0].measure
    if asked.choices.model == "common effect":
        return _common(common_effect(y, v, level=level, labels=labels), effects, scale, measure)
    found = pool(
        y,
        v,
        estimator=cast(Estimator, asked.choices.estimator),
        interval=cast(IntervalRule, asked.choices.interval.replace(" ", "-")),
        prediction="V" if asked.choices.prediction == "none" else cast(PredictionName, asked.choices.prediction),
        level=level,
        labels=labels,
    )
    if asked.choices.prediction == "none":
        found = found._replace(prediction=None)
    return _random(found, effects, scale, measure, level)


def _random(found: RandomEffects, effects: tuple[Effect, ...], scale: str, measure: str, level: float) -> Pooled:
    to = back(scale)
    used = found.interval
    if used is None:
        raise RuntimeError("a pool that passed the gate has no interval")
    if used.lower == used.upper:
        names = ", ".join(e.label for e in effects)
        raise InputError(
            [f"all effects are {effects[0].y:g} ({names}), so the {_NAMES[used.name]} interval has no width; "
             "choose the interval wald or modified hksj"]
        )  # fmt: skip
    figures = Figures(
        measure=measure, scale=scale, estimate=to(found.mean), lower=to(used.lower), upper=to(used.upper),
        level=100 * level, interval=used.name, p=used.p,
        tau2=found.tau2.value, tau2_lower=found.tau2_interval.lower, tau2_upper=found.tau2_interval.upper,
        i2_tau2=found.inconsistency.i2_from_tau2, i2_q=found.inconsistency.i2_from_q,
        q=found.q.q, q_df=found.q.df, q_p=found.q.p,
        prediction=found.prediction.name if found.prediction else "none",
        prediction_lower=to(found.prediction.lower) if found.prediction else None,
        prediction_upper=to(found.prediction.upper) if found.prediction else None,
        events=None, total=None,
    )  # fmt: skip
    fitted = {
        "model": found.model,
        "estimator": found.tau2.estimator,
        "certificate": found.tau2.certificate or "closed form",
        "tau² interval": found.tau2_interval.method,
        "interval": _described(used),
        "prediction": found.prediction.name if found.prediction else "none",
        "engine": "root of the score, PyMARE as cross-check"
        if found.tau2.score is not None
        else "PyMARE as cross-check",
    }
    three = (found.intervals.wald, found.intervals.hksj, found.intervals.modified_hksj)
    companions = [
        Companion(_NAMES[i.name], to(i.mean), to(i.lower), to(i.upper), _described(i)) for i in three if i is not None
    ]
    if found.k < FEW:
        companions += bayesian(effects, scale, level)
    return Pooled("pooled", figures, fitted, found.weights, tuple(companions), warned(found.codes))


def _common(found: CommonEffect, effects: tuple[Effect, ...], scale: str, measure: str) -> Pooled:
    to, used = back(scale), found.interval
    figures = Figures(
        measure=measure, scale=scale, estimate=to(found.mean), lower=to(used.lower), upper=to(used.upper),
        level=100 * found.level, interval=used.name, p=used.p, tau2=None, tau2_lower=None, tau2_upper=None,
        i2_tau2=None, i2_q=None, q=found.q.q, q_df=found.q.df, q_p=found.q.p,
        prediction="none", prediction_lower=None, prediction_upper=None, events=None, total=None,
    )  # fmt: skip
    fitted = {"model": found.model, "interval": _described(used)}
    companions = bayesian(effects, scale, found.level) if found.k < FEW else ()
    return Pooled("pooled", figures, fitted, found.weights, companions, ())


def bayesian(effects: tuple[Effect, ...], scale: str, level: float) -> tuple[Companion, ...]:
    """Pool in the Bayesian normal-normal model under two priors: the companions of a result from few studies.

    Nothing on a scale that has no usual prior, or where a study has no effect of its own.
    """
    key = "standardised" if effects[0].measure in STANDARDISED else scale
    if key not in HALF_NORMAL or not all(math.isfinite(e.v) and e.v > 0 for e in effects):
        return ()
    to, companions = back(scale), []
    for prior in HALF_NORMAL[key]:
        found = normal_normal([e.y for e in effects], [e.v for e in effects], prior_scale=prior, level=level)
        companions.append(
            Companion(
                "Bayesian" if prior == HALF_NORMAL[key][0] else "Bayesian, wider prior",
                to(found.mu.median), to(found.mu.lower), to(found.mu.upper),
                f"{found.model}, half-normal({prior:g}) prior of τ, posterior median and equal-tailed interval",
            )
        )  # fmt: skip
    return tuple(companions)


_NAMES = {"wald": "Wald", "hksj": "HKSJ", "modified-hksj": "Modified HKSJ"}


def _described(interval: ConfidenceInterval) -> str:
    kind = "normal" if interval.df is None else f"t with {interval.df} df"
    return f"{_NAMES[interval.name]} ({kind})"
