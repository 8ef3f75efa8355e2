"""Numbers as text: six significant digits for files, and what a journal would print for pages."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

from evsynth.report.measures import words

MINUS = "−"
NONE = "not estimable"

WIDE = Context(prec=400)
"""Room for every number of double precision with its decimals."""


def six(x: float | None) -> str:
    """Write a number for a file: 6 significant digits, a plain minus, never ``-0``; nothing for None and NaN.

    >>> six(1 / 3), six(-0.0), six(None)
    ('0.333333', '0', '')
    """
    if x is None or math.isnan(x):
        return ""
    text = f"{x:.6g}"
    return "0" if text == "-0" else text


def journal(x: float | None, measure: str) -> str:
    """Write one number of `measure` as a journal prints it.

    Ratios get two decimals (two significant digits below 0.1), shares and percentages one decimal and the sign %, other
    numbers about three significant digits.

    >>> journal(0.3333, "hazard ratio"), journal(0.125, "proportion"), journal(-3.456, "mean change")
    ('0.33', '12.5%', '−3.46')
    """
    return _written(x, measure, decimals_for([x], measure))


def interval(lower: float | None, upper: float | None, measure: str) -> str:
    """Write two limits, joined by 'to', with the same number of decimals.

    >>> interval(0.16, 0.684, "hazard ratio"), interval(-12.34, -0.5, "mean change")
    ('0.16 to 0.68', '−12.3 to −0.5')
    """
    decimals = decimals_for([lower, upper], measure)
    return f"{_written(lower, measure, decimals)} to {_written(upper, measure, decimals)}"


def with_interval(
    estimate: float | None, lower: float | None, upper: float | None, measure: str, *, decimals: int | None = None
) -> str:
    """Write an estimate and its limits in brackets, all with the same decimals; without limits only the estimate.

    `decimals` overrules the choice, for a column whose rows should agree; ratios and percentages keep theirs.

    >>> with_interval(0.33, 0.16, 0.68, "hazard ratio")
    '0.33 (0.16 to 0.68)'
    """
    if _absent(lower) and _absent(upper):
        return journal(estimate, measure)
    if decimals is None or words(measure).unit != "number":
        decimals = decimals_for([estimate, lower, upper], measure)
    number, low, high = (_written(x, measure, decimals) for x in (estimate, lower, upper))
    return f"{number} ({low} to {high})"


def p_value(p: float | None) -> str:
    """Write a P value with its sign of relation: two decimals, three below 0.01 and where two would round across 0.05.

    >>> p_value(0.0004), p_value(0.0032), p_value(0.0478), p_value(0.21), p_value(0.9996)
    ('P<0.001', 'P=0.003', 'P=0.048', 'P=0.21', 'P>0.99')
    """
    if p is None or math.isnan(p):
        return "P not computed"
    if p < 0.0005:
        return "P<0.001"
    if p > 0.99:
        return "P>0.99"
    three = p < 0.0095 or 0.045 <= p < 0.055
    return f"P={p:.3f}" if three else f"P={p:.2f}"


def level(value: float) -> str:
    """Write a confidence level in percent, given in percent or as a share.

    >>> level(95.0), level(0.975)
    ('95%', '97.5%')
    """
    return f"{six(value * 100 if value <= 1 else value)}%"


def decimal(x: float | None, decimals: int) -> str:
    """Write a number with fixed decimals, a proper minus sign, and no minus before zero."""
    if x is None or math.isnan(x):
        return NONE
    if math.isinf(x):
        return "∞" if x > 0 else f"{MINUS}∞"
    # Halves are rounded away from zero, as people do: 56.25 is 56.3.
    text = str(Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE))
    if text.startswith("-"):
        return text[1:] if not text.strip("-0.") else MINUS + text[1:]
    return text


def _written(x: float | None, measure: str, decimals: int) -> str:
    unit = words(measure).unit
    if x is None or math.isnan(x):
        return NONE
    if unit == "ratio":
        return _ratio(x)
    return decimal(100 * x if unit == "share" else x, decimals) + ("%" if unit != "number" else "")


def _ratio(x: float) -> str:
    if 0 < x < 0.0005:
        return "<0.001"
    if 0 < x < 0.095:
        return decimal(x, 3)
    if x < 9.995:
        return decimal(x, 2)
    return decimal(x, 1 if x < 99.95 else 0)


def decimals_for(values: Iterable[float | None], measure: str) -> int:
    """Choose the decimals that suit the largest of some values; one for percentages."""
    if words(measure).unit in ("share", "percent"):
        return 1
    sizes = [abs(x) for x in values if x is not None and math.isfinite(x)]
    largest = max(sizes, default=0.0)
    return 2 if largest < 9.995 else 1 if largest < 99.95 else 0


def _absent(x: float | None) -> bool:
    return x is None or math.isnan(x)
