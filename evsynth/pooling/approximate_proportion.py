"""Intervals for one proportion that other programs print: to reproduce them, not to choose them.

With ``p = x/n``, ``z`` the normal quantile, each cut at 0 and 1:

    Wilson, corrected   score test with continuity correction           Newcombe 1998, doi
                        10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E
    Agresti-Coull       normal around (x + z^2/2)/(n + z^2)             doi 10.1080/00031305.1998.10480550
    normal              p +- z sqrt(p (1 - p)/n); empty at 0 and n events
    normal, corrected   the same and 1/(2n) further

``exact`` has Clopper-Pearson and Wilson, which hold near 0 and 1 as these do not.
"""

from __future__ import annotations

import math

from scipy.stats import norm

from evsynth.pooling.exact import ProportionInterval
from evsynth.pooling.guard import check_counts, check_level


def wilson_corrected(events: int, total: int, *, level: float) -> ProportionInterval:
    """Return Wilson's interval with a continuity correction. Raises InputError."""
    x, n, z = _counts(events, total, level)

    def lowest(x: int) -> float:
        if x == 0:
            return 0.0
        p, square = x / n, z * z
        root = math.sqrt(square - 2 - 1 / n + 4 * p * (n - x + 1))
        return max(0.0, (2 * x + square - 1 - z * root) / (2 * (n + square)))

    lower, upper = lowest(x), 1.0 - lowest(n - x)
    return ProportionInterval("Wilson, corrected", x, n, x / n, lower, upper, level, 2)


def agresti_coull(events: int, total: int, *, level: float) -> ProportionInterval:
    """Return Agresti and Coull's interval. Raises InputError."""
    x, n, z = _counts(events, total, level)
    size = n + z * z
    centre = (x + z * z / 2) / size
    half = z * math.sqrt(centre * (1 - centre) / size)
    return ProportionInterval("Agresti-Coull", x, n, x / n, max(0.0, centre - half), min(1.0, centre + half), level, 2)


def normal(events: int, total: int, *, level: float, corrected: bool = False) -> ProportionInterval:
    """Return the interval of the normal approximation, with or without its correction. Raises InputError."""
    x, n, z = _counts(events, total, level)
    p = x / n
    half = z * math.sqrt(p * (1 - p) / n) + (0.5 / n if corrected else 0.0)
    return ProportionInterval(
        "normal, corrected" if corrected else "normal", x, n, p, max(0.0, p - half), min(1.0, p + half), level, 2
    )


def _counts(events: int, total: int, level: float) -> tuple[int, int, float]:
    found = check_counts([events], [total])
    return int(found.events[0]), int(found.totals[0]), float(norm.isf((1.0 - check_level(level)) / 2))
