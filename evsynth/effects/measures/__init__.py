"""Measures: functions from printed numbers to an effect ``y`` with sampling variance ``v`` on its analysis
scale.

``MEASURES`` lists those a pool file can ask for, by name. ``escalc`` has every measure, vectorised over
studies; ``measure_one`` the same for one study; ``from_interval``, ``from_se``, ``from_p`` and
``from_statistic`` take an effect as reported; ``back_transform`` leads back to the scale of the reader.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from evsynth.effects.measures.effect import HasEffect, MeasuredEffect, MeasureError, Scale
from evsynth.effects.measures.escalc import FORMULAS, EffectSizes, Excluded, escalc
from evsynth.effects.measures.hazard_from_tests import (
    HazardRatioFromTest,
    log_hazard_ratio_from_logrank,
    log_hazard_ratio_from_logrank_p,
    log_hazard_ratio_from_p,
)
from evsynth.effects.measures.hazard_ratio import HazardRatio, log_hazard_ratio
from evsynth.effects.measures.margins import reconstruct_tables
from evsynth.effects.measures.mean_change import mean_change, mean_change_before_after
from evsynth.effects.measures.one_study import OneEffect, measure_one
from evsynth.effects.measures.proportion import logit_proportion, proportion
from evsynth.effects.measures.reported import Reported, from_interval, from_p, from_se, from_statistic
from evsynth.effects.measures.scales import AnalysisScale, back_transform
from evsynth.effects.measures.two_by_two import log_odds_ratio, log_risk_ratio, risk_difference
from evsynth.effects.measures.zero_cells import usual_rule

__all__ = [
    "FORMULAS",
    "MEASURES",
    "AnalysisScale",
    "EffectSizes",
    "Excluded",
    "HasEffect",
    "HazardRatio",
    "HazardRatioFromTest",
    "Measure",
    "MeasureError",
    "MeasuredEffect",
    "OneEffect",
    "Reported",
    "back_transform",
    "escalc",
    "from_interval",
    "from_p",
    "from_se",
    "from_statistic",
    "log_hazard_ratio",
    "log_hazard_ratio_from_logrank",
    "log_hazard_ratio_from_logrank_p",
    "log_hazard_ratio_from_p",
    "log_odds_ratio",
    "log_risk_ratio",
    "logit_proportion",
    "mean_change",
    "mean_change_before_after",
    "measure_one",
    "proportion",
    "reconstruct_tables",
    "risk_difference",
    "usual_rule",
]


class Measure(NamedTuple):
    """A measure: what it is called in print, its analysis scale, what it is computed from, the function."""

    title: str
    scale: Scale
    inputs: tuple[str, ...]
    compute: Callable[..., HasEffect]


_ONE_GROUP = ("events", "total")
_TWO_GROUPS = ("events_1", "total_1", "events_2", "total_2")

MEASURES: dict[str, Measure] = {
    "hazard_ratio": Measure("hazard ratio", "log", ("estimate", "lower", "upper"), log_hazard_ratio),
    "logit_proportion": Measure("proportion (logit)", "logit", _ONE_GROUP, logit_proportion),
    "mean_change": Measure("mean change", "natural", ("mean", "sd", "patients"), mean_change),
    "mean_change_before_after": Measure(
        "mean change (before, after)",
        "natural",
        ("before", "sd_before", "after", "sd_after", "patients"),
        mean_change_before_after,
    ),
    "odds_ratio": Measure("odds ratio", "log", _TWO_GROUPS, log_odds_ratio),
    "proportion": Measure("proportion", "natural", _ONE_GROUP, proportion),
    "risk_difference": Measure("risk difference", "natural", _TWO_GROUPS, risk_difference),
    "risk_ratio": Measure("risk ratio", "log", _TWO_GROUPS, log_risk_ratio),
}
