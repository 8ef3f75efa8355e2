"""One line of a linear regression table: B, its confidence interval, beta, t and P must tell one story.

    SE = (U - L)/(2 t(df)),   t = B/SE,   P = 2 (1 - F_t(|t|; df)),   B = (L + U)/2,   B/beta = SD(y)/SD(x)
    1 - R^2 = (1 - adjusted R^2)(n - k - 1)/(n - 1)
    t^2 (1 - R^2)/df = squared semi-partial correlation <= beta^2      hence   R^2 >= 1 - beta^2 df/t^2

The last line holds because the variance inflation factor is at least 1 (Cohen, Cohen, West & Aiken 2003, ch. 3), and
gives the least R^2 a printed beta and t allow. df may be given, or a range of df to be searched.
Refuses (ValueError) limits in the wrong order and df below 1.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from evsynth.reanalyse.distributions import t_size
from evsynth.reanalyse.means import p_range
from evsynth.reanalyse.spans import Span, over


class Line(NamedTuple):
    """The spans of what a line prints; None where it prints nothing."""

    b: Span | None = None
    lower: Span | None = None
    upper: Span | None = None
    t: Span | None = None
    p: Span | None = None
    level: float = 0.95


def middle(lower: Span, upper: Span) -> Span:
    """Give the coefficients in the middle of an interval."""
    return Span((lower.low + upper.low) / 2, (lower.high + upper.high) / 2)


def standard_error(lower: Span, upper: Span, df: float, level: float = 0.95) -> Span:
    """Give the standard errors an interval allows. Infinite df gives the normal interval."""
    if df < 1:
        raise ValueError(f"a regression needs at least one degree of freedom, not {df!r}")
    if upper.high <= lower.low:
        raise ValueError(f"the upper limit {upper} does not lie above the lower limit {lower}")
    width = 2 * t_size(1 - level, df)
    return Span(max(0.0, upper.low - lower.high) / width, (upper.high - lower.low) / width)


def t_from_interval(b: Span, lower: Span, upper: Span, df: float, level: float = 0.95) -> Span:
    """Give the t values that B and its interval allow, B held to the middle of the interval where possible."""
    se = standard_error(lower, upper, df, level)
    centre = b.within(*middle(lower, upper)) or b
    if se.low <= 0:
        return Span(-math.inf, math.inf)
    return over(lambda coefficient, error: coefficient / error, centre, se)


def p_from_t(t: Span, df: float) -> Span:
    """Give the P values that t allows."""
    return p_range(t, Span(df, df))


def fitting_df(line: Line, degrees: range) -> tuple[int, ...]:
    """Give the df with which B, interval, t and P of a line fit together, as far as they are printed."""
    return tuple(df for df in degrees if df >= 1 and _fits(line, df))


def inverse_ratio(b: Span, beta: Span) -> Span | None:
    """Give the B/beta ratios, SD(y)/SD(x), that the digits allow; None where beta may be zero."""
    if beta.low <= 0 <= beta.high:
        return None
    return over(lambda x, y: x / y, b, beta)


def least_adjusted_r_squared(lines: tuple[tuple[Span, Span], ...], patients: int, predictors: int) -> float:
    """Give the smallest adjusted R² that pairs of (beta, t) allow."""
    df = patients - predictors - 1
    if df < 1:
        raise ValueError(f"{patients!r} patients leave no degree of freedom for {predictors!r} predictors")
    least = 0.0
    for beta, t in lines:
        smallest = t.absolute().low
        if smallest > 0:
            least = max(least, 1 - beta.absolute().high ** 2 * df / smallest**2)
    return 1 - (1 - least) * (patients - 1) / df


def f_from_adjusted(adjusted: Span, patients: int, predictors: int) -> Span:
    """Give the F values of the model that an adjusted R² allows."""
    df = patients - predictors - 1

    def statistic(value: float) -> float:
        r2 = 1 - (1 - value) * df / (patients - 1)
        return max(0.0, r2) / predictors / ((1 - r2) / df)

    return over(statistic, adjusted)


def _fits(line: Line, df: float) -> bool:
    t = line.t
    if line.b is not None and line.lower is not None and line.upper is not None:
        follows = t_from_interval(line.b, line.lower, line.upper, df, line.level)
        if t is not None and not t.meets(follows):
            return False
        t = follows if t is None else t.within(*follows)
    return line.p is None or t is None or p_from_t(t, df).meets(line.p)
