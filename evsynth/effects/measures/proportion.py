"""A proportion from events and total, raw or as a logit."""

from __future__ import annotations

import math

from evsynth.effects.measures.counts import To, check_count, correct
from evsynth.effects.measures.effect import MeasuredEffect


def proportion(events: float, total: float) -> MeasuredEffect:
    """Return the raw proportion.

    With 0 or all events the variance is 0 (note ZERO_VARIANCE): do not weight by it.
    """
    x, n = check_count("group", events, total)
    p = x / n
    notes = () if 0 < x < n else ("ZERO_VARIANCE: 0 or all had the event; inverse variance cannot use it",)
    return MeasuredEffect(p, p * (1 - p) / n, "natural", "y = x/n; v = p(1 - p)/n", notes)


def logit_proportion(events: float, total: float, *, add: float = 0.0, to: To = "none") -> MeasuredEffect:
    """Return the logit of a proportion.

    Raises MeasureError with 0 or all events unless a correction is named.
    """
    x, n = check_count("group", events, total)
    (a, b), notes = correct((x, n - x), ("events", "patients without the event"), add=add, to=to)
    return MeasuredEffect(math.log(a / b), 1 / a + 1 / b, "logit", "y = ln(x/(n - x)); v = 1/x + 1/(n - x)", notes)
