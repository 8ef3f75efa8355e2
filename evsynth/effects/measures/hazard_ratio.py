"""A log hazard ratio from a printed estimate and its confidence interval, with what rounding does to it.

    y = ln HR      se = (ln U - ln L)/(2 z)      asymmetry = ln HR - (ln L + ln U)/2

Parmar 1998, doi 10.1002/(SICI)1097-0258(19981230)17:24<2815::AID-SIM110>3.0.CO;2-8; Tierney 2007, doi
10.1186/1745-6215-8-16. A Wald interval is symmetric on the log scale, so an asymmetry that no values printing
so can explain points to a misprint, another kind of interval, or a wrong column. Every printed number may be
given with the interval of values that print so: 0.63 prints for 0.625 to 0.635.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from scipy.stats import norm

from evsynth.effects.measures.effect import MeasureError, Scale

Range = tuple[float, float]

COARSE = 0.10
"""A printed limit whose rounding could change the standard error by more than this share gets the note
COARSE_LIMIT.
"""


class HazardRatio(NamedTuple):
    """A log hazard ratio. ``se_low`` to ``se_high`` and ``asymmetry_low`` to ``_high`` are what the printed
    digits allow.
    """

    y: float
    v: float
    scale: Scale
    formula: str
    notes: tuple[str, ...]
    se: float
    se_low: float
    se_high: float
    asymmetry: float
    asymmetry_low: float
    asymmetry_high: float
    p: float
    level: float


def log_hazard_ratio(
    estimate: float,
    lower: float,
    upper: float,
    *,
    level: float = 0.95,
    estimate_range: Range | None = None,
    lower_range: Range | None = None,
    upper_range: Range | None = None,
) -> HazardRatio:
    """Return the log hazard ratio and its variance. Without ranges the numbers are taken as exact, to 1e-9.

    Notes: ASYMMETRIC when no values printing so make the interval symmetric; COARSE_LIMIT. Raises
    MeasureError unless 0 < lower <= estimate <= upper, lower < upper, and every range holds its number.
    """
    for name, value in (("estimate", estimate), ("lower", lower), ("upper", upper)):
        if not (math.isfinite(value) and value > 0):
            raise MeasureError(f"{name} {value!r} must be > 0")
    if not (lower <= estimate <= upper and lower < upper):
        raise MeasureError(f"{estimate!r} does not lie inside its interval ({lower!r} to {upper!r})")
    if not 0 < level < 1:
        raise MeasureError(f"level = {level!r} must lie in (0, 1)")
    middle = _logs("estimate", estimate, estimate_range)
    low, high = _logs("lower", lower, lower_range), _logs("upper", upper, upper_range)
    z = float(norm.isf((1 - level) / 2))
    y, left, right = math.log(estimate), math.log(lower), math.log(upper)
    se = (right - left) / (2 * z)
    asymmetry = (middle[0] - (low[1] + high[1]) / 2, middle[1] - (low[0] + high[0]) / 2)
    notes = []
    if not asymmetry[0] <= 0.0 <= asymmetry[1]:
        notes.append(f"ASYMMETRIC: {estimate:g} is not the geometric middle of {lower:g} to {upper:g}, however rounded")
    for name, ends in (("lower", low), ("upper", high)):
        if ends[1] - ends[0] > COARSE * (right - left):
            notes.append(f"COARSE_LIMIT: rounding of the {name} limit moves the standard error by over 10 %")
    return HazardRatio(
        y=y,
        v=se * se,
        scale="log",
        formula=f"y = ln HR; v = ((ln U - ln L)/(2 x {z:.6g}))^2",
        notes=tuple(notes),
        se=se,
        se_low=max(0.0, high[0] - low[1]) / (2 * z),
        se_high=(high[1] - low[0]) / (2 * z),
        asymmetry=y - (left + right) / 2,
        asymmetry_low=asymmetry[0],
        asymmetry_high=asymmetry[1],
        p=2 * float(norm.sf(abs(y) / se)),
        level=level,
    )


def _logs(name: str, value: float, values: Range | None) -> Range:
    if values is None:
        values = (value * (1 - 1e-9), value * (1 + 1e-9))
    low, high = values
    if not (low <= value <= high):
        raise MeasureError(f"{name} {value!r} does not lie in the interval {values!r} of values that print so")
    if low <= 0:
        raise MeasureError(f"{name} {value!r}: the interval {values!r} of values that print so must be > 0")
    return math.log(low), math.log(high)
