"""Log hazard ratios from what papers print instead of an interval: an exact p, or a log-rank test.

    exact p of the HR           se = |ln HR| / z(p/2)
    log-rank O - E and V        y = (O - E)/V,  v = 1/V
    log-rank p and events       V = E n1 n2/(n1 + n2)^2,  y = -+ z(p/2)/sqrt V,  v = 1/V

Tierney 2007, doi 10.1186/1745-6215-8-16; Parmar 1998, doi
10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8. ``y`` is negative when group 1 fares
better. A p printed as a bound gives no standard error and is refused; a p rounded to few digits gives a range
(``se_low`` to ``se_high``).
"""

from __future__ import annotations

import math
from typing import Literal, NamedTuple

from scipy.stats import norm

from evsynth.effects.measures.effect import MeasureError, Scale

Range = tuple[float, float]
Favours = Literal["group 1", "group 2"]


class HazardRatioFromTest(NamedTuple):
    """A log hazard ratio, and the standard errors that the printed digits of p allow."""

    y: float
    v: float
    scale: Scale
    formula: str
    notes: tuple[str, ...]
    se: float
    se_low: float
    se_high: float


def log_hazard_ratio_from_p(estimate: float, p: float, *, p_range: Range | None = None) -> HazardRatioFromTest:
    """Return the log hazard ratio and its variance from an exact two-sided p. Raises MeasureError.

    Refused for a hazard ratio of 1 (any standard error fits) and for p outside (0, 1).
    """
    if not (math.isfinite(estimate) and estimate > 0) or estimate == 1:
        raise MeasureError(f"estimate {estimate!r} must be > 0 and not 1: with 1, p says nothing about the precision")
    low, high = _range(p, p_range)
    y = math.log(estimate)
    se, least, most = (abs(y) / float(norm.isf(value / 2)) for value in (p, low, high))
    return _tested(y, se, least, most, "y = ln HR; v = (ln HR/z(p/2))^2", p, (low, high))


def log_hazard_ratio_from_logrank(observed: float, expected: float, variance: float) -> HazardRatioFromTest:
    """Return (O - E)/V and 1/V of group 1 from a log-rank test. Raises MeasureError unless V > 0 and O, E >= 0."""
    for name, value in (("observed", observed), ("expected", expected)):
        if not (math.isfinite(value) and value >= 0):
            raise MeasureError(f"{name} {value!r} must be >= 0")
    if not (math.isfinite(variance) and variance > 0):
        raise MeasureError(f"variance {variance!r} must be > 0")
    se = 1 / math.sqrt(variance)
    y, formula = (observed - expected) / variance, "y = (O - E)/V; v = 1/V"
    return HazardRatioFromTest(y, 1 / variance, "log", formula, (_ONE_STEP,), se, se, se)


def log_hazard_ratio_from_logrank_p(
    p: float, events: float, patients_1: float, patients_2: float, *, favours: Favours, p_range: Range | None = None
) -> HazardRatioFromTest:
    """Return the log hazard ratio from an exact two-sided log-rank p, all events, and the group sizes.

    ``favours`` names the group with the fewer events than expected. Raises MeasureError.
    """
    if favours not in ("group 1", "group 2"):
        raise MeasureError(f"favours = {favours!r} is not known; choose 'group 1' or 'group 2'")
    for name, value in (("events", events), ("patients_1", patients_1), ("patients_2", patients_2)):
        if not (math.isfinite(value) and value > 0):
            raise MeasureError(f"{name} {value!r} must be > 0")
    if events > patients_1 + patients_2:
        raise MeasureError(f"{events:g} events among {patients_1 + patients_2:g} patients is impossible")
    low, high = _range(p, p_range)
    v = events * patients_1 * patients_2 / (patients_1 + patients_2) ** 2
    y = float(norm.isf(p / 2)) / math.sqrt(v) * (-1 if favours == "group 1" else 1)
    se = 1 / math.sqrt(v)
    found = _tested(y, se, se, se, "V = E n1 n2/(n1 + n2)^2; y = -+ z(p/2)/sqrt V; v = 1/V", p, (low, high))
    return found._replace(notes=(*found.notes, _ONE_STEP))


_ONE_STEP = "ONE_STEP: (O - E)/V is biased towards 0 for large effects and unbalanced groups"


def _range(p: float, values: Range | None) -> Range:
    low, high = values or (p, p)
    if not (math.isfinite(p) and 0 < p < 1):
        raise MeasureError(f"p {p!r} must lie in (0, 1), printed exactly: a bound such as p < 0.05 gives no value")
    if not 0 <= low <= p <= high <= 1:
        raise MeasureError(f"p {p!r} does not lie in the interval {values!r} of values that print so")
    return max(low, 5e-324), min(high, 1 - 1e-15)


def _tested(
    y: float, se: float, least: float, most: float, formula: str, p: float, values: Range
) -> HazardRatioFromTest:
    notes = () if values == (p, p) or most <= 1.1 * least else (f"COARSE_P: p = {p:g} as printed leaves the SE open",)
    return HazardRatioFromTest(y, se * se, "log", formula, notes, se, least, most)
