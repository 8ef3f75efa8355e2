"""Student's and Welch's t from means, standard deviations and numbers of two groups.

    Student   t = (m1 - m2)/(s sqrt(1/n1 + 1/n2)),  s^2 = ((n1-1)s1^2 + (n2-1)s2^2)/(n1+n2-2),  df = n1 + n2 - 2
    Welch     t = (m1 - m2)/sqrt(s1^2/n1 + s2^2/n2),  df by Welch 1947 / Satterthwaite 1946
    paired    t = mean change/(SD of change/sqrt(n)),  df = n - 1

Inputs are spans, outputs are spans: t is monotone in each input, so its range is taken at the corners, and P takes the
widest range that |t| and df allow. Refuses (ValueError) groups of fewer than two and standard deviations below zero.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from evsynth.reanalyse.distributions import t_two_sided
from evsynth.reanalyse.spans import Span, over


class Group(NamedTuple):
    """A group's mean and standard deviation with what their digits allow, and its patients."""

    mean: Span
    sd: Span
    patients: int


class TTest(NamedTuple):
    """t, its degrees of freedom and the two-sided P, as points (from the middles) and spans."""

    t: float
    t_span: Span
    df: float
    df_span: Span
    p: float
    p_span: Span


def t_test(one: Group, two: Group, *, equal_variances: bool) -> TTest:
    """Give Student's t (equal variances) or Welch's t."""
    for group in (one, two):
        if group.patients < 2:
            raise ValueError(f"a t test needs at least two patients in each group, not {group.patients!r}")
    sds = [Span(max(0.0, g.sd.low), g.sd.high) for g in (one, two)]
    if any(s.high < s.low for s in sds):
        raise ValueError(f"a standard deviation cannot be negative: {one.sd}, {two.sd}")
    n1, n2 = one.patients, two.patients

    def t_of(m1: float, m2: float, s1: float, s2: float) -> float:
        error = _error(s1, s2, n1, n2, equal_variances)
        return math.copysign(math.inf, m1 - m2) if error == 0 and m1 != m2 else (m1 - m2) / error if error else 0.0

    def df_of(s1: float, s2: float) -> float:
        return _df(s1, s2, n1, n2, equal_variances)

    t_span = over(t_of, one.mean, two.mean, *sds)
    df_span = _df_range(sds[0], sds[1], n1, n2, equal_variances)
    t, df = t_of(one.mean.middle, two.mean.middle, one.sd.middle, two.sd.middle), df_of(one.sd.middle, two.sd.middle)
    return TTest(t, t_span, df, df_span, two_sided(t, df), p_range(t_span, df_span))


def paired_t(change: Span, sd: Span, patients: int) -> TTest:
    """Give the paired t of a mean change and the standard deviation of the changes."""
    if patients < 2:
        raise ValueError(f"a paired t test needs at least two patients, not {patients!r}")
    if sd.low <= 0:
        raise ValueError(f"the standard deviation of the changes must be above zero, not {sd}")
    df = float(patients - 1)
    t_span = over(lambda m, s: m * math.sqrt(patients) / s, change, sd)
    t = change.middle * math.sqrt(patients) / sd.middle
    return TTest(t, t_span, df, Span(df, df), two_sided(t, df), p_range(t_span, Span(df, df)))


def two_sided(t: float, df: float) -> float:
    """Give the two-sided P of t; infinite df is the normal distribution."""
    return t_two_sided(t, df)


def p_range(t: Span, df: Span) -> Span:
    """Give the P values that t and df allow: P falls with |t| and with df."""
    size = t.absolute()
    return Span(two_sided(size.high, df.high), two_sided(size.low, df.low))


def _error(s1: float, s2: float, n1: int, n2: int, equal: bool) -> float:
    if equal:
        return math.sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2) * (1 / n1 + 1 / n2))
    return math.sqrt(s1**2 / n1 + s2**2 / n2)


def _df(s1: float, s2: float, n1: int, n2: int, equal: bool) -> float:
    a, b = s1**2 / n1, s2**2 / n2
    if equal or a + b == 0:
        return float(n1 + n2 - 2)
    return (a + b) ** 2 / (a**2 / (n1 - 1) + b**2 / (n2 - 1))


def _df_range(s1: Span, s2: Span, n1: int, n2: int, equal: bool) -> Span:
    """Give the range of df. Welch's df depends on s1/s2 alone and peaks at s1^2/(n1(n1-1)) = s2^2/(n2(n2-1))."""
    corners = [_df(a, b, n1, n2, equal) for a in s1 for b in s2]
    if not equal and s2.low > 0 and s1.low > 0:
        peak = math.sqrt(n1 * (n1 - 1) / (n2 * (n2 - 1)))
        if s1.low / s2.high <= peak <= s1.high / s2.low:
            corners.append(float(n1 + n2 - 2))
    return Span(min(corners), max(corners))
