"""The horizontal axis of a forest plot: its range, its ticks, and where a value stands on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from evsynth.report.measures import words
from evsynth.report.numbers import decimal

RATIO_TICKS = tuple(m * 10.0**e for e in range(-4, 5) for m in (1, 2, 5))
FARTHEST = 5.0
"""A limit is drawn in full up to this factor from the estimates (and no effect); beyond, the line ends in an arrow."""


class Axis(NamedTuple):
    """`ticks` hold value and label; `log` spaces values by their logarithm."""

    low: float
    high: float
    log: bool
    ticks: tuple[tuple[float, str], ...]

    def place(self, x: float) -> float:
        """Give the position of a value: 0 at the left end, 1 at the right end, beyond them where it is beyond."""
        if not self.log:
            return (x - self.low) / (self.high - self.low)
        if x <= 0:
            return -math.inf
        return math.log(x / self.low) / math.log(self.high / self.low)


def axis(measure: str, estimates: Sequence[float], limits: Sequence[float]) -> Axis:
    """Choose an axis that shows every estimate, no effect, and the limits as far as they are not absurdly wide."""
    about = words(measure)
    if about.unit == "ratio":
        return _ratio([x for x in estimates if x > 0], [x for x in limits if x > 0 and math.isfinite(x)])
    shown = [x for x in (*estimates, *limits) if math.isfinite(x)]
    if about.no_effect is not None:
        shown.append(about.no_effect)
    if measure == "proportion":
        return _linear(0.0, min(1.0, max([*shown, 0.1])), percent=True)
    return _linear(min([*shown, 0.0]), max([*shown, 0.0]), percent=about.unit == "share", sign=about.unit == "percent")


def _ratio(estimates: Sequence[float], limits: Sequence[float]) -> Axis:
    centre = [*estimates, 1.0]
    low = max(min([*centre, *limits]), min(centre) / FARTHEST)
    high = min(max([*centre, *limits]), max(centre) * FARTHEST)
    low, high = min(low, 0.5), max(high, 2.0)
    first = max((t for t in RATIO_TICKS if t <= low * (1 + 1e-9)), default=RATIO_TICKS[0])
    last = min((t for t in RATIO_TICKS if t >= high * (1 - 1e-9)), default=RATIO_TICKS[-1])
    inside = [t for t in RATIO_TICKS if first * 0.999 <= t <= last * 1.001]
    if len(inside) > 8:
        tens = [t for t in inside if _is_power_of_ten(t)]
        apart = [t for t in tens if t == 1 or (t > 2.5 * first and t < last / 1.5)]
        inside = sorted({*apart, first, last})
    return Axis(first, last, True, tuple((t, f"{t:.6g}") for t in inside))


def _is_power_of_ten(x: float) -> bool:
    return abs(math.log10(x) - round(math.log10(x))) < 1e-9


def _linear(low: float, high: float, *, percent: bool, sign: bool = False) -> Axis:
    factor = 100.0 if percent else 1.0
    span = (high - low) * factor or 1.0
    step = _step(span / 5)
    first, last = math.floor(low * factor / step + 1e-9), math.ceil(high * factor / step - 1e-9)
    if first == last:
        last += 1
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    suffix = "%" if percent or sign else ""
    ticks = tuple((i * step / factor, decimal(i * step, decimals) + suffix) for i in range(first, last + 1))
    return Axis(ticks[0][0], ticks[-1][0], False, ticks)


def _step(rough: float) -> float:
    """Round up to 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next((m * power for m in (1.0, 2.0, 5.0) if m * power >= rough * 0.999), 10.0 * power)


def plain_axis(low: float, high: float, *, percent: bool = False) -> Axis:
    """Choose an evenly spaced axis from at most `low` to at least `high`; `percent` marks shares as percentages."""
    return _linear(low, high, percent=percent)
