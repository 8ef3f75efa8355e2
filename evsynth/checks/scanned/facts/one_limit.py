"""Whether one limit of an interval alone is misprinted: the estimate, the other limit and P then agree.

"HR 0.79 (95% CI 0.57-0.96; P = 0.156)": with 1.09 for 0.96 the estimate lies in the middle and P is 0.156. Also whether
a P has lost or got a nought after its point: 0.030 for 0.0030.
"""

from __future__ import annotations

from typing import NamedTuple

from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.result import meets
from evsynth.reanalyse.spans import Span

OFF = 0.07
"""Least distance of the estimate from the middle, as a share of half the width, that is more than rounding."""


class Mended(NamedTuple):
    """The limit that does not fit, "lower" or "upper", and what it would be, on the scale of the interval."""

    which: str
    made: float


def one_limit(value: Span, low: Span, high: Span, p: Printed, level: float = 0.95) -> Mended | None:
    """Give the limit that, mended, makes estimate and P agree; None where the interval is even, or neither does.

    `value`, `low` and `high` are on the scale on which the interval is symmetric (logarithms of ratios).
    """
    half = (high.middle - low.middle) / 2
    middle = Span((low.low + high.low) / 2, (low.high + high.high) / 2)
    off = max(value.low - middle.high, middle.low - value.high)
    if p.bound or p.decimals < 2 or not 0 < float(p) < 1 or half <= 0 or off < OFF * half:
        return None
    quantile = normal_size(1 - level)
    fits = []
    for which, kept in (("upper", low), ("lower", high)):
        arm = Span(max(value.low - kept.high, kept.low - value.high), max(value.high - kept.low, kept.high - value.low))
        if arm.low <= 0:
            continue
        size = value.absolute()
        follows = Span(
            normal_two_sided(quantile * size.high / arm.low), normal_two_sided(quantile * size.low / arm.high)
        )
        if meets(p, follows):
            fits.append(Mended(which, 2 * value.middle - kept.middle))
    return fits[0] if len(fits) == 1 else None


def shifted(p: Printed, follows: Span) -> bool:
    """Say whether P, with its point one place to the left or right, is what follows: "0.030" for "0.0030".

    >>> shifted(Printed.parse("0.030"), Span(0.0025, 0.0036))
    True
    """
    if p.bound or p.decimals < 2:
        return False
    step = 0.5 * 10.0**-p.decimals
    return any(
        follows.low <= (float(p) + step) * k and (float(p) - step) * k <= follows.high and follows.high < 0.6
        for k in (0.1, 10)
    )
