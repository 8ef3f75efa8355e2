"""Arithmetic on the values that round to printed digits.

A span is the closed interval of values a number can have. A function that is monotone in each argument while the others
are held takes its extremes over a box at the corners of the box, so `over` is exact for such functions.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import product
from typing import NamedTuple

from evsynth.model.printed import Printed


class Span(NamedTuple):
    """Values from `low` to `high`, both included; infinite where unbounded."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.low:g}" if self.low == self.high else f"{self.low:g} to {self.high:g}"

    @property
    def middle(self) -> float:
        """Half way between the ends."""
        return (self.low + self.high) / 2

    def absolute(self) -> Span:
        """Give the span of absolute values."""
        ends = sorted((abs(self.low), abs(self.high)))
        return Span(0.0 if self.low <= 0 <= self.high else ends[0], ends[1])

    def within(self, low: float, high: float) -> Span | None:
        """Cut the span to [low, high]; None where nothing is left."""
        cut = Span(max(self.low, low), min(self.high, high))
        return cut if cut.low <= cut.high else None

    def meets(self, other: Span) -> bool:
        """Say whether both share a value."""
        return self.low <= other.high and other.low <= self.high


def span(printed: Printed) -> Span:
    """Give the values that print so.

    >>> span(Printed.parse("0.50"))
    Span(low=0.495, high=0.505)
    """
    low, high, _ = printed.interval()
    return Span(-math.inf if low is None else float(low), math.inf if high is None else float(high))


def exactly(value: float) -> Span:
    """Give the span of one value."""
    return Span(value, value)


def over(function: Callable[..., float], *spans: Span) -> Span:
    """Give the range of a function that is monotone in each argument over the box of `spans`."""
    values = [function(*corner) for corner in product(*spans)]
    return Span(min(values), max(values))


def hull(spans: Iterable[Span]) -> Span:
    """Give the smallest span that holds all of them."""
    every = tuple(spans)
    return Span(min(s.low for s in every), max(s.high for s in every))


def falling(function: Callable[[float], float], values: Span) -> Span:
    """Give the range of a decreasing function of one argument."""
    return Span(function(values.high), function(values.low))
