"""Rank tests from what is printed of them: Mann-Whitney U, and the Wilcoxon effect size r = Z/sqrt(N).

    Mann-Whitney   Z = (U - n1 n2/2)/sigma,  sigma^2 = n1 n2/12 (N + 1 - sum(t^3 - t)/(N(N - 1)))
    Wilcoxon       |Z| = r sqrt(N),  P = 2 (1 - Phi(|Z|))

Mann & Whitney 1947; tie correction Lehmann 1975; r as in Rosenthal 1991. Ties are not printed, but they only shrink
sigma, so P without ties is an upper bound of P with ties for the same U: a printed P above it cannot be, one below it
needs ties. Refuses (ValueError) a U outside 0 to n1 n2 or not a multiple of one half, however rounded.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.spans import Span, falling

EXACT_PAIRS = 10_000
"""Largest n1 n2 for which the exact distribution of U is counted."""


class MannWhitney(NamedTuple):
    """P of a printed U without ties by three usual computations, and the bound for any ties."""

    normal: float
    corrected: float
    exact: float | None
    bound: float


class Ranked(NamedTuple):
    """U (the smaller of both), Z without and P with the tie correction, from the grades themselves."""

    u: float
    z: float
    p: float
    p_corrected: float


def mann_whitney(u: Span, n1: int, n2: int) -> MannWhitney:
    """Give the P values a printed U allows. U moves in half steps."""
    possible = [k / 2 for k in range(math.ceil(2 * u.low - 1e-9), math.floor(2 * u.high + 1e-9) + 1)]
    possible = [value for value in possible if 0 <= value <= n1 * n2]
    if not possible:
        raise ValueError(f"no U from 0 to {n1 * n2} in half steps prints as {u}")
    nearest = min(possible, key=lambda value: abs(value - u.middle))
    widest = min(possible, key=lambda value: -abs(value - n1 * n2 / 2)) if len(possible) > 1 else nearest
    least = min(possible, key=lambda value: abs(value - n1 * n2 / 2)) if len(possible) > 1 else widest
    exact = exact_u(nearest, n1, n2) if n1 * n2 <= EXACT_PAIRS and float(nearest).is_integer() else None
    bound = max(_normal(least, n1, n2, 0.0), _normal(least, n1, n2, 0.5), exact or 0.0)
    return MannWhitney(_normal(nearest, n1, n2, 0.0), _normal(nearest, n1, n2, 0.5), exact, bound)


def tie_share(p: float, u: float, n1: int, n2: int) -> float:
    """Give the share sum(t^3 - t)/(N^3 - N) of ties that would make the normal P of U equal `p`; 0 without ties.

    >>> round(tie_share(0.649, 201, 28, 15), 2)
    0.75
    """
    z = abs(u - n1 * n2 / 2) / math.sqrt(n1 * n2 * (n1 + n2 + 1) / 12)
    wanted = normal_size(p)
    return 1 - (z / wanted) ** 2 if wanted > 0 else 0.0


def exact_u(u: float, n1: int, n2: int) -> float:
    """Give the exact two-sided P of an integer U without ties, by counting arrangements."""
    counts = [0] * (n1 * n2 + 1)
    counts[0] = 1
    # Generating function prod (1 - x^(n2+i))/(1 - x^i), i = 1..n1, multiplied and divided in place.
    for i in range(1, n1 + 1):
        for k in range(n1 * n2, n2 + i - 1, -1):
            counts[k] -= counts[k - n2 - i]
        for k in range(i, n1 * n2 + 1):
            counts[k] += counts[k - i]
    low = min(u, n1 * n2 - u)
    return min(1.0, 2 * sum(counts[: int(low) + 1]) / math.comb(n1 + n2, n1))


def ranked_grades(one: Sequence[int], two: Sequence[int]) -> Ranked:
    """Give U, Z and P from the numbers of patients in each grade of an ordered scale: all ties are known.

    >>> ranked_grades([0, 3, 10, 13, 2], [0, 1, 4, 10, 0]).u
    191.5
    """
    n1, n2 = sum(one), sum(two)
    total = n1 + n2
    below, u = 0, 0.0
    for a, b in zip(one, two, strict=True):
        u += a * (below + b / 2)
        below += b
    ties = sum((a + b) ** 3 - (a + b) for a, b in zip(one, two, strict=True))
    variance = n1 * n2 / 12 * (total + 1 - ties / (total * (total - 1))) if total > 1 else 0.0
    if variance <= 0:
        raise ValueError("all patients have the same grade; ranks do not differ")
    gap = abs(u - n1 * n2 / 2)
    z, corrected = gap / math.sqrt(variance), max(0.0, gap - 0.5) / math.sqrt(variance)
    return Ranked(min(u, n1 * n2 - u), z, normal_two_sided(z), normal_two_sided(corrected))


def wilcoxon_p(effect_size: Span, number: int) -> Span:
    """Give the P values that r = Z/sqrt(N) allows."""
    return falling(lambda r: normal_two_sided(r * math.sqrt(number)), effect_size.absolute())


def wilcoxon_r(p: Span, number: int) -> Span:
    """Give the effect sizes that a two-sided P allows; a bound of P gives a bound of r."""
    cut = Span(max(p.low, 0.0), min(p.high, 1.0))
    return falling(lambda value: normal_size(value) / math.sqrt(number), cut)


def _normal(u: float, n1: int, n2: int, correction: float) -> float:
    gap = max(0.0, abs(u - n1 * n2 / 2) - correction)
    return min(1.0, normal_two_sided(gap / math.sqrt(n1 * n2 * (n1 + n2 + 1) / 12)))
