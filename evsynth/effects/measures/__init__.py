"""Measures: functions from printed numbers to an effect ``y`` with sampling variance ``v`` on its analysis
scale.

``MEASURES`` lists every measure by name, ``named`` gives one of those a table can ask for. ``escalc`` has every
measure, vectorised over studies; ``measure_one`` the same for one study; ``from_interval``, ``from_se``, ``from_p`` and
``from_statistic`` take an effect as reported; ``back_transform`` leads back to the scale of the reader.
"""

from __future__ import annotations

from evsynth.effects.measures.effect import HasEffect, MeasuredEffect, MeasureError
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
from evsynth.effects.measures.registry import MEASURES, Measure, named
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
    "named",
    "proportion",
    "reconstruct_tables",
    "risk_difference",
    "usual_rule",
]
