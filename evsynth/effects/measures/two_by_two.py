"""Odds ratio, risk ratio and risk difference from the events and totals of two groups; positive means more in
the first.

Zero cells are never corrected silently: ``add`` and ``to`` name the correction, and the result repeats it.
Cochrane Handbook 10.4; Woolf 1955, doi 10.1111/j.1469-1809.1955.tb01348.x; Katz 1978, doi 10.2307/2530610.
"""

from __future__ import annotations

import math

from evsynth.effects.measures.counts import To, check_count, correct
from evsynth.effects.measures.effect import MeasuredEffect

Cells = tuple[float, float, float, float]
_NAMES = ("events in group 1", "non-events in group 1", "events in group 2", "non-events in group 2")


def log_odds_ratio(
    events_1: float, total_1: float, events_2: float, total_2: float, *, add: float = 0.0, to: To = "none"
) -> MeasuredEffect:
    """Return the log odds ratio. Raises MeasureError for a zero cell unless a correction is named."""
    (a, b, c, d), notes = _cells(events_1, total_1, events_2, total_2)
    (a, b, c, d), corrected = correct((a, b, c, d), _NAMES, add=add, to=to)
    formula = "y = ln(ad/(bc)); v = 1/a + 1/b + 1/c + 1/d"
    y = math.log(a) - math.log(b) - math.log(c) + math.log(d)
    return MeasuredEffect(y, 1 / a + 1 / b + 1 / c + 1 / d, "log", formula, (*corrected, *notes))


def log_risk_ratio(
    events_1: float, total_1: float, events_2: float, total_2: float, *, add: float = 0.0, to: To = "none"
) -> MeasuredEffect:
    """Return the log risk ratio. Raises MeasureError without events in a group unless a correction is named.

    With all patients having the event in both groups ``v`` is 0 (note ZERO_VARIANCE).
    """
    (a, b, c, d), notes = _cells(events_1, total_1, events_2, total_2)
    corrected: tuple[str, ...] = ()
    if to == "none" and add == 0:
        correct((a, c), (_NAMES[0], _NAMES[2]), add=add, to=to)  # only the events must not be zero
    else:
        (a, b, c, d), corrected = correct((a, b, c, d), _NAMES, add=add, to=to)
    v = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    formula = "y = ln((a/(a + b))/(c/(c + d))); v = 1/a - 1/(a + b) + 1/c - 1/(c + d)"
    zero = ("ZERO_VARIANCE: all had the event in both groups",) if b == 0 and d == 0 else ()
    y = math.log(a / (a + b)) - math.log(c / (c + d))
    return MeasuredEffect(y, v, "log", formula, (*corrected, *notes, *zero))


def risk_difference(
    events_1: float, total_1: float, events_2: float, total_2: float, *, add: float = 0.0, to: To = "none"
) -> MeasuredEffect:
    """Return the risk difference; zero cells are allowed.

    Two groups at 0 or all give ``v`` = 0 (note ZERO_VARIANCE).
    """
    (a, b, c, d), notes = _cells(events_1, total_1, events_2, total_2)
    corrected: tuple[str, ...] = ()
    if to != "none" or add != 0:
        (a, b, c, d), corrected = correct((a, b, c, d), _NAMES, add=add, to=to)
    n1, n2 = a + b, c + d
    v = a * b / n1**3 + c * d / n2**3
    zero = ("ZERO_VARIANCE: inverse variance cannot use it; Mantel-Haenszel can",) if v == 0 else ()
    formula = "y = a/(a + b) - c/(c + d); v = ab/(a + b)^3 + cd/(c + d)^3"
    return MeasuredEffect(a / n1 - c / n2, v, "natural", formula, (*corrected, *notes, *zero))


def _cells(events_1: float, total_1: float, events_2: float, total_2: float) -> tuple[Cells, tuple[str, ...]]:
    a, n1 = check_count("group 1", events_1, total_1)
    c, n2 = check_count("group 2", events_2, total_2)
    notes = []
    if a == 0 and c == 0:
        notes.append("DOUBLE_ZERO: no events in either group; ratios carry no information")
    elif a == n1 and c == n2:
        notes.append("DOUBLE_FULL: all had the event in both groups; odds ratios carry no information")
    return (a, n1 - a, c, n2 - c), tuple(notes)
