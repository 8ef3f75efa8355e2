"""P of a correlation from the coefficient and the number of patients.

    t = rho sqrt((n - 2)/(1 - rho^2)) on n - 2 df            Spearman (Kendall & Stuart) and Pearson
    all n! orders of the second variable, n <= 8, no ties    Spearman, exact
    Z = rho sqrt(n - 1)                                      Spearman, normal approximation

Refuses (ValueError) fewer than three patients or a coefficient that no value inside -1 to 1 prints as.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import lru_cache
from itertools import permutations

from evsynth.reanalyse.distributions import normal_two_sided, t_size
from evsynth.reanalyse.means import two_sided
from evsynth.reanalyse.spans import Span, falling

EXACT_PATIENTS = 8


def correlation_p(rho: Span, patients: int) -> Span:
    """Give the P values by the t approximation."""
    return falling(lambda size: _t_p(size, patients), _size(rho, patients))


def normal_p(rho: Span, patients: int) -> Span:
    """Give the P values by the normal approximation rho sqrt(n - 1)."""
    return falling(lambda size: normal_two_sided(size * math.sqrt(patients - 1)), _size(rho, patients))


def exact_spearman(rho: Span, patients: int) -> Span | None:
    """Give the exact P values of Spearman's rho without ties, or None above eight patients."""
    if patients > EXACT_PATIENTS or patients < 3:
        return None
    sums = _squared_differences(patients)
    cube = patients**3 - patients
    attained = sorted({abs(1 - 6 * d / cube) for d in sums})
    size = _size(rho, patients)
    inside = [r for r in attained if size.low - 1e-9 <= r <= size.high + 1e-9]
    if not inside:
        return None
    total = sum(sums.values())

    def p(r: float) -> float:
        return sum(count for d, count in sums.items() if abs(1 - 6 * d / cube) >= r - 1e-9) / total

    return Span(p(inside[-1]), p(inside[0]))


def patients_that_fit(rho: Span, p: Span, most: int) -> tuple[int, ...]:
    """Give the numbers of patients up to `most` with which the t approximation gives a P in `p`."""
    sizes = range(4, most + 1)  # P falls as the number of patients grows
    first = bisect_left(sizes, True, key=lambda n: correlation_p(rho, n).low <= p.high)
    last = bisect_left(sizes, True, key=lambda n: correlation_p(rho, n).high < p.low)
    return tuple(sizes[first:last])


def rho_from_p(p: Span, patients: int) -> Span:
    """Give the absolute coefficients a two-sided P allows, by the t approximation."""

    def size(value: float) -> float:
        if value <= 0:
            return 1.0
        t = t_size(min(value, 1.0), patients - 2)
        return t / math.sqrt(t * t + patients - 2)

    return falling(size, p)


@lru_cache(maxsize=8)
def _squared_differences(patients: int) -> dict[int, int]:
    counts: dict[int, int] = {}
    for order in permutations(range(patients)):
        total = sum((i - j) ** 2 for i, j in enumerate(order))
        counts[total] = counts.get(total, 0) + 1
    return counts


def _t_p(size: float, patients: int) -> float:
    return 0.0 if size >= 1 else two_sided(size * math.sqrt((patients - 2) / (1 - size * size)), patients - 2)


def _size(rho: Span, patients: int) -> Span:
    if patients < 3:
        raise ValueError(f"a correlation needs at least three patients, not {patients!r}")
    cut = rho.absolute().within(0.0, 1.0)
    if cut is None:
        raise ValueError(f"no coefficient from -1 to 1 prints as {rho}")
    return cut
