"""Words that say that results come from a model, so that raw numbers need not give them."""

from __future__ import annotations

import re

from evsynth.text.expressions import Expression

MODEL_NAMED = Expression(r"regression|adjust|propensity|weighted|cluster", re.I)
"""Effects and P values of a paper that models."""
MODELLED_RATE = Expression(
    r"adjust|standardi[sz]ed (?:rate|incidence rate)|modelled|weighted|age-standard|least[- ]squares|estimated|"
    r"annuali[sz]ed",
    re.I,
)
"""Rates that events over time do not give."""
