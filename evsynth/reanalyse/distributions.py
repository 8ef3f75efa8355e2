"""Tail areas and quantiles of the normal, chi-square and t distributions, for single numbers, without NumPy or SciPy.

    normal       P(|Z| > z) = erfc(z/sqrt 2)
    chi-square   finite sums for whole degrees of freedom (Abramowitz & Stegun 26.4.4 and 26.4.5)
    t            P(|T| > t) = I_x(df/2, 1/2),  x = df/(df + t^2)      incomplete beta, continued fraction (26.5.8)

Checking a review takes thousands of such numbers and must not wait for a library to load. Quantiles are roots of the
tail areas by the secant of logarithms inside a bracket. Agreement with SciPy: docs/methods/reanalysis.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()
_TINY = 1e-300


def normal_two_sided(z: float) -> float:
    """Give P(|Z| > |z|).

    >>> round(normal_two_sided(1.959963984540054), 12)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2))


def normal_size(p: float) -> float:
    """Give the |Z| whose two-sided P is `p`; infinite for 0, zero for 1 or more."""
    if p <= 0:
        return math.inf
    if p >= 1:
        return 0.0
    if p > 1e-12:
        z = -_NORMAL.inv_cdf(p / 2)
        # One Newton step brings the tail to full relative precision.
        return z + (normal_two_sided(z) - p) / (2 * math.exp(-z * z / 2) / math.sqrt(2 * math.pi))
    return _root(normal_two_sided, p, 7.0, 38.5)


def t_two_sided(t: float, df: float) -> float:
    """Give P(|T| > |t|) on `df` degrees of freedom (any number above zero; infinite is the normal distribution)."""
    if math.isinf(df):
        return normal_two_sided(t)
    if t == 0:
        return 1.0
    if math.isinf(t):
        return 0.0
    return _beta(t * t / df, df / 2)


@lru_cache(maxsize=4096)
def t_size(p: float, df: float) -> float:
    """Give the |t| whose two-sided P on `df` degrees of freedom is `p`; infinite for 0, zero for 1 or more.

    >>> round(t_size(0.05, 43), 6)
    2.016692
    """
    if p <= 0:
        return math.inf
    if p >= 1:
        return 0.0
    if math.isinf(df):
        return normal_size(p)
    # Newton's method in ln t on ln P, which falls and is concave there: after one step it closes in from above.
    z = normal_size(p)
    t = z + (z**3 + z) / (4 * max(df, 3.0)) or 1e-8
    for _ in range(100):
        tail = t_two_sided(t, df)
        slope = 2 * t * math.exp(-_log_beta(df / 2) - math.log(df) / 2 - (df + 1) / 2 * math.log1p(t * t / df)) / tail
        step = math.log(tail / p) / slope
        t *= math.exp(min(step, 50.0))
        if abs(step) < 2e-15:
            break
    return t


def chi_square_tail(x: float, df: int) -> float:
    """Give P(chi-square > x) on whole degrees of freedom."""
    if x <= 0:
        return 1.0
    half = x / 2
    if df % 2 == 0:
        term = total = math.exp(-half)
        for k in range(1, df // 2):
            term *= half / k
            total += term
        return total
    total = math.erfc(math.sqrt(half))
    term = math.exp(-half) * math.sqrt(half) * 2 / math.sqrt(math.pi)
    for k in range(1, (df + 1) // 2):
        total += term
        term *= half / (k + 0.5)
    return total


def chi_square_size(p: float, df: int) -> float:
    """Give the chi-square whose tail is `p`; infinite for 0, zero for 1 or more."""
    if p <= 0:
        return math.inf
    if p >= 1:
        return 0.0
    high = float(max(df, 1))
    while chi_square_tail(high, df) > p:
        high *= 2
    return _root(lambda x: chi_square_tail(x, df), p, 0.0, high)


def _root(tail: Callable[[float], float], p: float, low: float, high: float) -> float:
    """Give the x from `low` to `high` at which a falling tail is `p`: secant and halving in turn, to the last bits."""
    below, above = math.log(max(tail(low), _TINY) / p), math.log(max(tail(high), _TINY) / p)
    for turn in range(200):
        x = (low + high) / 2
        if turn % 2 == 0 and above != below:
            x = low - below * (high - low) / (above - below)
        gap = math.log(max(tail(x), _TINY) / p)
        if gap == 0 or high - low <= 2e-16 * abs(high):
            return x
        if gap > 0:
            low, below = x, gap
        else:
            high, above = x, gap
    return (low + high) / 2


def _log_beta(a: float) -> float:
    """Give ln B(a, 1/2); for large a by the series of ln gamma(a + 1/2) - ln gamma(a), which loses no digits."""
    if a < 30:
        return math.lgamma(a) + math.lgamma(0.5) - math.lgamma(a + 0.5)
    series = -1 / (8 * a) + 1 / (192 * a**3) - 1 / (640 * a**5) + 17 / (14336 * a**7) - 31 / (18432 * a**9)
    return math.log(math.pi / a) / 2 - series


def _beta(odds: float, a: float) -> float:
    """Give the regularised incomplete beta function I_x(a, 1/2) at x = 1/(1 + odds)."""
    x, rest = 1 / (1 + odds), odds / (1 + odds)
    if rest <= 0:
        return 1.0
    front = math.exp(-a * math.log1p(odds) + math.log(rest) / 2 - _log_beta(a))
    if x < (a + 1) / (a + 2.5):
        return front * _fraction(x, a, 0.5) / a
    return 1 - front * _fraction(rest, 0.5, a) / 0.5


def _fraction(x: float, a: float, b: float) -> float:
    """Evaluate the continued fraction of the incomplete beta function (Lentz)."""
    c, d = 1.0, 1 - (a + b) * x / (a + 1)
    d = 1 / (d or _TINY)
    value = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / (1 + step * d or _TINY)
            c = 1 + step / c or _TINY
            value *= c * d
        if abs(c * d - 1) < 4e-16:
            break
    return value
