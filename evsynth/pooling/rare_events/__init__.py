"""Pools of rare events: Mantel-Haenszel, Peto, mixed models for counts, and the beta-binomial model.

Nothing here adds 0.5 to a cell unless it was asked to; double-zero studies are used where a model can use
them, and listed with the reason where it cannot.
"""

from __future__ import annotations

from evsynth.pooling.rare_events.beta_binomial_arms import BetaBinomialArms, beta_binomial_arms
from evsynth.pooling.rare_events.glmm import one_arm_glmm, two_arm_glmm
from evsynth.pooling.rare_events.glmm_result import Glmm
from evsynth.pooling.rare_events.mantel_haenszel import mantel_haenszel
from evsynth.pooling.rare_events.one_at_a_time import cumulate, leave_one_out
from evsynth.pooling.rare_events.order import RareEventPool, pool_rare_events
from evsynth.pooling.rare_events.peto import peto
from evsynth.pooling.rare_events.stratified import StratifiedPool
from evsynth.pooling.rare_events.tables import TwoArms, check_two_arms, check_two_rates

__all__ = [
    "BetaBinomialArms",
    "Glmm",
    "RareEventPool",
    "StratifiedPool",
    "TwoArms",
    "beta_binomial_arms",
    "check_two_arms",
    "check_two_rates",
    "cumulate",
    "leave_one_out",
    "mantel_haenszel",
    "one_arm_glmm",
    "peto",
    "pool_rare_events",
    "two_arm_glmm",
]
