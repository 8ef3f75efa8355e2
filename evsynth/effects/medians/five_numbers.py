"""The printed numbers of a study that reports medians, by what was printed: range, quartiles, or both.

Scenarios after Wan 2014, doi 10.1186/1471-2288-14-135: S1 {minimum, median, maximum}, S2 {first quartile, median, third
quartile}, S3 all five. Every number has a name: brackets of which nobody says what they hold cannot be passed.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Literal, NamedTuple

from evsynth.effects.measures.effect import MeasureError

Scenario = Literal["S1", "S2", "S3"]

FEWEST = 5
"""Below five patients five numbers say nothing (METHODS: n >= 5)."""


class FiveNumbers(NamedTuple):
    """Checked numbers in rising order, None where not printed, with the number of patients."""

    minimum: float | None
    q1: float | None
    median: float
    q3: float | None
    maximum: float | None
    n: int
    scenario: Scenario

    @property
    def values(self) -> tuple[float, ...]:
        """Return the printed numbers in rising order."""
        return tuple(x for x in self[:5] if x is not None)

    @property
    def shares(self) -> tuple[float, ...]:
        """Return the share of patients below each printed number, extremes as 1/n and 1 - 1/n (McGrath 2020)."""
        low, high = 1 / self.n, 1 - 1 / self.n
        return {"S1": (low, 0.5, high), "S2": (0.25, 0.5, 0.75), "S3": (low, 0.25, 0.5, 0.75, high)}[self.scenario]


def five_numbers(
    *,
    median: float,
    n: int,
    q1: float | None = None,
    q3: float | None = None,
    minimum: float | None = None,
    maximum: float | None = None,
) -> FiveNumbers:
    """Return checked numbers and their scenario.

    Raises MeasureError for fewer than five patients, numbers that are not finite or not in rising order, half a pair (a
    first quartile without a third), no spread at all, and for a median alone.
    """
    if not (isinstance(n, int | float) and math.isfinite(n) and n == int(n) and n >= FEWEST):
        raise MeasureError(f"n = {n!r} must be a whole number of at least {FEWEST} patients")
    given = (("minimum", minimum), ("q1", q1), ("median", median), ("q3", q3), ("maximum", maximum))
    for name, value in given:
        if value is not None and not math.isfinite(value):
            raise MeasureError(f"{name} = {value!r} is not a finite number")
    for low, high in (("minimum", "maximum"), ("q1", "q3")):
        pair = dict(given)
        if (pair[low] is None) != (pair[high] is None):
            missing = low if pair[low] is None else high
            raise MeasureError(f"{missing} is missing: give {low} and {high} together, or neither")
    present = [(name, value) for name, value in given if value is not None]
    for (before, a), (after, b) in pairwise(present):
        if a > b:
            raise MeasureError(f"{before} = {a!r} is above {after} = {b!r}; are range and quartiles mixed up?")
    if len(present) == 1:
        raise MeasureError(f"median = {median!r} alone says nothing about spread; give the range or the quartiles")
    if present[0][1] == present[-1][1]:
        raise MeasureError(f"{present[0][0]} and {present[-1][0]} are both {median!r}: there is no spread to convert")
    scenario: Scenario = "S3" if len(present) == 5 else "S2" if q1 is not None else "S1"
    return FiveNumbers(minimum, q1, median, q3, maximum, int(n), scenario)
