"""Pool effects on one scale: random-effects and common-effect models, with everything really used in the
result.

Nothing falls back. ``interval`` names one interval, or the rule ``cochrane-2025`` whose outcome is written
down:

    k >= 3 and tau2 > 0   hksj
    k >= 3 and tau2 = 0   wald, code RULE_WALD_AT_TAU2_ZERO (HKSJ would narrow: look at all three)
    k = 2                 no headline interval, code RULE_NO_HEADLINE_FOR_2_STUDIES (the t quantile is 12.7)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

import numpy.typing as npt

from evsynth.pooling.guard import FloatArray, check_choice, check_effects, check_level
from evsynth.pooling.heterogeneity import (
    CochranQ,
    Inconsistency,
    InconsistencyInterval,
    Tau2,
    cochran_q,
    estimate_tau2,
    inconsistency,
    inconsistency_interval,
)
from evsynth.pooling.intervals import ConfidenceInterval, IntervalName, Intervals, all_intervals
from evsynth.pooling.prediction import (
    NAGASHIMA,
    NEEDS_THREE_STUDIES,
    PredictionInterval,
    PredictionName,
    Predictions,
    predict,
    predict_by_confidence_distribution,
)
from evsynth.pooling.tau2.estimate import Estimator
from evsynth.pooling.tau2.fit_statistics import FitStatistics, fit_statistics
from evsynth.pooling.tau2.least_squares import intercept
from evsynth.pooling.tau2_interval import Tau2Interval, q_profile
from evsynth.pooling.weighting import weighted_mean

IntervalRule = Literal["wald", "hksj", "modified-hksj", "cochrane-2025"]

FEW_STUDIES = "FEW_STUDIES"
TAU2_ZERO = "TAU2_ZERO"
WALD_AT_TAU2_ZERO = "RULE_WALD_AT_TAU2_ZERO"
NO_HEADLINE = "RULE_NO_HEADLINE_FOR_2_STUDIES"


class RandomEffects(NamedTuple):
    """A random-effects pool.

    ``interval`` and ``prediction`` are the ones asked for; every other stays beside them.

    ``weights`` are percentages and sum to 100. ``codes`` are stable warning codes, each once, in the order
    they arose.
    """

    model: str
    k: int
    labels: tuple[str, ...]
    mean: float
    se: float
    tau2: Tau2
    tau2_interval: Tau2Interval
    q: CochranQ
    inconsistency: Inconsistency
    inconsistency_interval: InconsistencyInterval
    statistics: FitStatistics
    interval_rule: IntervalRule
    interval: ConfidenceInterval | None
    intervals: Intervals
    prediction: PredictionInterval | None
    predictions: Predictions
    weights: tuple[float, ...]
    level: float
    codes: tuple[str, ...]


class CommonEffect(NamedTuple):
    """A common-effect (fixed-effect, inverse-variance) pool; ``weights`` are percentages."""

    model: str
    k: int
    labels: tuple[str, ...]
    mean: float
    se: float
    q: CochranQ
    interval: ConfidenceInterval
    weights: tuple[float, ...]
    level: float


def pool(
    y: npt.ArrayLike,
    v: npt.ArrayLike,
    *,
    estimator: Estimator,
    interval: IntervalRule,
    prediction: PredictionName,
    level: float,
    labels: Sequence[str] | None = None,
    tau2_weights: npt.ArrayLike | None = None,
) -> RandomEffects:
    """Pool ``y`` with sampling variances ``v`` in the normal-normal model; all on the analysis scale.

    ``tau2_weights`` belong to the estimators GENQ and GENQM alone. ``prediction="Nagashima"`` adds that interval to the
    five that are always there.

    Raises InputError for fewer than two studies, values that are not finite, v <= 0, or an unknown choice.
    """
    check_choice("interval", interval, get_args(IntervalRule))
    check_choice("prediction", prediction, get_args(PredictionName))
    level, effects = check_level(level), check_effects(y, v, labels=labels, minimum=2)
    fixed = check_effects(effects.y, tau2_weights).v if tau2_weights is not None else None
    tau2 = estimate_tau2(effects.y, effects.v, estimator=estimator, weights=fixed)
    fit = weighted_mean(effects.y, effects.v, tau2.value)
    found = all_intervals(effects.y, effects.v, tau2=tau2.value, level=level)
    between = q_profile(effects.y, effects.v, level=level)
    hksj_se = found.hksj.se if found.hksj else math.nan
    new = predict(fit.mean, tau2=tau2.value, wald_se=fit.se, hksj_se=hksj_se, k=len(effects.y), level=level)
    if prediction == NAGASHIMA and NEEDS_THREE_STUDIES not in new.codes:
        added = predict_by_confidence_distribution(effects.y, effects.v, level=level)
        new = new._replace(intervals=(*new.intervals, added))
    used, ruled = _choose(interval, k=len(effects.y), tau2=tau2.value)
    codes = (
        *((FEW_STUDIES,) if len(effects.y) < 5 else ()),
        *((TAU2_ZERO,) if tau2.value == 0 and estimator != "FE" else ()),
        *tau2.codes,
        *between.codes,
        *found.codes,
        *ruled,
        *new.codes,
    )
    return RandomEffects(
        model=f"normal-normal, tau2 by {estimator}",
        k=len(effects.y),
        labels=effects.labels,
        mean=fit.mean,
        se=fit.se,
        tau2=tau2,
        tau2_interval=between,
        q=cochran_q(effects.y, effects.v),
        inconsistency=inconsistency(effects.y, effects.v, tau2=tau2.value),
        inconsistency_interval=inconsistency_interval(
            effects.y, effects.v, tau2_interval=(between.lower, between.upper)
        ),
        statistics=fit_statistics(
            effects.y, effects.v, intercept(len(effects.y)), tau2=tau2.value, estimated=estimator != "FE"
        ),
        interval_rule=interval,
        interval=_named(found, used),
        intervals=found,
        prediction=new.named(prediction),
        predictions=new,
        weights=_percent(fit.weights),
        level=level,
        codes=tuple(dict.fromkeys(codes)),
    )


def common_effect(
    y: npt.ArrayLike, v: npt.ArrayLike, *, level: float, labels: Sequence[str] | None = None
) -> CommonEffect:
    """Pool by inverse variance, assuming one true effect; one study gives itself back. Raises InputError."""
    effects = check_effects(y, v, labels=labels)
    fit = weighted_mean(effects.y, effects.v, 0.0)
    return CommonEffect(
        model="common effect, inverse variance",
        k=len(effects.y),
        labels=effects.labels,
        mean=fit.mean,
        se=fit.se,
        q=cochran_q(effects.y, effects.v),
        interval=all_intervals(effects.y, effects.v, tau2=0.0, level=level).wald,
        weights=_percent(fit.weights),
        level=level,
    )


def _choose(rule: IntervalRule, *, k: int, tau2: float) -> tuple[IntervalName | None, tuple[str, ...]]:
    if rule != "cochrane-2025":
        return rule, ()
    if k == 2:
        return None, (NO_HEADLINE,)
    return ("hksj", ()) if tau2 > 0 else ("wald", (WALD_AT_TAU2_ZERO,))


def _named(found: Intervals, name: IntervalName | None) -> ConfidenceInterval | None:
    every = (found.wald, found.hksj, found.modified_hksj)
    return next((interval for interval in every if interval is not None and interval.name == name), None)


def _percent(weights: FloatArray) -> tuple[float, ...]:
    total = math.fsum(weights)
    return tuple(100.0 * float(weight) / total for weight in weights)
