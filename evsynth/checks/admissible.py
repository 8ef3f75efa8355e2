"""Other values a discrepant result admits: the counts, limits or estimates that its own row would make fit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from evsynth.model.finding import Alternative
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size
from evsynth.reanalyse.result import Recomputed

if TYPE_CHECKING:
    from evsynth.model.observation import Observation
    from evsynth.reanalyse.facts import Facts

MOST = 6
"""Alternatives listed for one finding."""


def other_counts(row: Recomputed) -> tuple[Alternative, ...]:
    """Give the counts and denominators with which a usual test gives the printed P."""
    found: dict[tuple[tuple[str, str], ...], Alternative] = {}
    for attempt in row.tried:
        if attempt.reads:
            found.setdefault(attempt.reads, Alternative(attempt.route, "gives the printed P", attempt.reads))
    return tuple(found.values())[:MOST]


def interval_for_p(o: Observation, facts: Facts, ratio: str) -> tuple[Alternative, ...]:
    """Give the interval that the printed ratio and an exact P need; a bound of P gives none."""
    p, limits = o.statistics.get("p"), facts.interval(o, ratio)
    if p is None or p.bound or limits is None or not 0 < float(p) < 1 or float(limits[0].printed) in (0.0, 1.0):
        return ()
    estimate, lower, upper = limits
    level = facts.number(lower.observation, "level")
    z = normal_size(1 - (float(level.printed) / 100 if level else 0.95))
    centre = math.log(float(estimate.printed))
    half = z * abs(centre) / normal_size(float(p))
    ends = [_as(math.exp(centre + sign * half), limit.printed) for sign, limit in ((-1, lower), (1, upper))]
    reads = ((lower.name, ends[0]), (upper.name, ends[1]))
    return (Alternative(f"{ends[0]} to {ends[1]}", f"interval that {estimate.printed} and P {p} give", reads),)


def symmetric(o: Observation, facts: Facts, ratio: str) -> tuple[Alternative, ...]:
    """Give what each of estimate, lower and upper limit would be if the other two are right."""
    limits = facts.interval(o, ratio)
    if limits is None or any(float(n.printed) <= 0 for n in limits):
        return ()
    estimate, lower, upper = limits
    e, low, high = (float(n.printed) for n in limits)
    found = []
    for number, value, others in (
        (estimate, math.sqrt(low * high), "the two limits"),
        (lower, e * e / high, "estimate and upper limit"),
        (upper, e * e / low, "estimate and lower limit"),
    ):
        text = _as(value, number.printed)
        found.append(Alternative(f"{number.statistic.replace('_', ' ')} {text}", f"follows from {others}",
                                 ((number.name, text),)))  # fmt: skip
    return tuple(found)


def asymmetry(estimate: Printed, lower: Printed, upper: Printed) -> float:
    """Give how far an estimate lies from the middle of its interval on the log scale, as a share of half its width."""
    e, low, high = (math.log(float(n)) for n in (estimate, lower, upper))
    return abs(2 * e - low - high) / (high - low) if high > low else math.inf


def _as(value: float, like: Printed) -> str:
    """Write a number with one digit more than its print, so that rounding does not move it."""
    return f"{value:.{like.decimals + 1}f}"
