"""Can n whole numbers print this mean, and this standard deviation? GRIM, GRIMMER and DEBIT.

    GRIM      some whole sum S has S/(n items) printing as the mean                 Brown & Heathers 2017
    GRIMMER   for such an S, some whole sum of squares Q of the parity of S, and at least the smallest that S allows,
              has sqrt((Q - S^2/n)/(n - 1)) printing as the SD                      Anaya 2016; Allard 2018, corrected
    DEBIT     of zeros and ones, SD^2 = n/(n - 1) p (1 - p) for a p that prints as the mean        Heathers & Brown 2019

The parity rule (S and Q are both even or both odd) is tried for every S that prints as the mean; trying one S alone
gives false alarms. All arithmetic is exact. The tests say something only where n items < 10^decimals: with more
patients every value can be printed, and `chance` is 0. Refuses (ValueError) bounds and fewer than two patients.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from evsynth.model.printed import Printed

Rounding = Literal["either", "up", "down", "even", "ceiling", "floor", "truncate"]
"""How halves (or all fractions) are rounded; "either" takes halves both ways."""


class Prints(NamedTuple):
    """The exact values that print so, and whether each end belongs to them."""

    low: Fraction
    high: Fraction
    with_low: bool = True
    with_high: bool = True

    def holds(self, value: Fraction) -> bool:
        """Say whether a value prints so."""
        above = value > self.low or (self.with_low and value == self.low)
        return above and (value < self.high or (self.with_high and value == self.high))


def values(printed: Printed, rounding: Rounding = "either") -> Prints:
    """Give the values at or above zero that print so under a way of rounding."""
    if printed.bound:
        raise ValueError(f"{printed} is a bound, not a number")
    value, unit = Fraction(printed.value), Fraction(1, 10**printed.decimals)
    half = unit / 2
    if rounding == "ceiling":
        return Prints(value - unit, value, with_low=False)
    if rounding in ("floor", "truncate"):
        return Prints(value, value + unit, with_high=False)
    even = int(printed.value.scaleb(printed.decimals)) % 2 == 0
    with_low = rounding in ("either", "up") or (rounding == "even" and even)
    with_high = rounding in ("either", "down") or (rounding == "even" and even)
    return Prints(value - half, value + half, with_low, with_high)


def sums(mean: Printed, patients: int, items: int = 1, rounding: Rounding = "either") -> tuple[int, ...]:
    """Give the whole sums over patients and items whose mean prints so.

    >>> sums(Printed.parse("5.19"), 28), sums(Printed.parse("7.22"), 32)
    ((), (231,))
    """
    if patients < 1 or items < 1:
        raise ValueError(f"at least one patient and one item are needed, not {patients!r} and {items!r}")
    prints, number = values(mean, rounding), patients * items
    first, last = math.ceil(prints.low * number), math.floor(prints.high * number)
    return tuple(s for s in range(first, last + 1) if prints.holds(Fraction(s, number)))


def decides(printed: Printed, patients: int, items: int = 1) -> bool:
    """Say whether granularity can rule anything out: n items < 10^decimals."""
    return chance(printed, patients, items) > 0


def chance(printed: Printed, patients: int, items: int = 1) -> float:
    """Give the probability that a random mean with these digits could not be printed."""
    return max(0.0, 1 - patients * items / float(10**printed.decimals))


def squares(sd: Printed, total: int, patients: int, *, divisor: int, rounding: Rounding = "either") -> Iterator[int]:
    """Give the sums of squares of n whole numbers with this sum whose SD (over `divisor`) prints so."""
    prints = values(sd, rounding)
    centre = Fraction(total * total, patients)
    low = max(prints.low, Fraction(0)) ** 2 * divisor + centre
    high = prints.high**2 * divisor + centre
    base, more = divmod(total, patients)
    least = (patients - more) * base**2 + more * (base + 1) ** 2
    first = max(math.ceil(low), least)
    for q in range(first + (first - total) % 2, math.floor(high) + 1, 2):
        inside = (q > low or prints.with_low) and (q < high or prints.with_high)
        if inside:
            yield q


def grimmer(mean: Printed, sd: Printed, patients: int, items: int = 1, rounding: Rounding = "either") -> bool:
    """Say whether n whole numbers (or means of `items` whole numbers) can print mean and SD, over n - 1."""
    return _prints_sd(mean, sd, patients, items, patients - 1, rounding)


def grimmer_any(mean: Printed, sd: Printed, patients: int, items: int = 1) -> bool:
    """Say so with the SD over n - 1 or over n."""
    return any(_prints_sd(mean, sd, patients, items, d, "either") for d in (patients - 1, patients))


def _prints_sd(mean: Printed, sd: Printed, patients: int, items: int, divisor: int, rounding: Rounding) -> bool:
    if patients < 2:
        raise ValueError(f"an SD needs at least two patients, not {patients!r}")
    if items == 1:
        return any(
            next(squares(sd, s, patients, divisor=divisor, rounding=rounding), None) is not None
            for s in sums(mean, patients, 1, rounding)
        )
    # A patient's value is a whole number of 1/items: in these units the sum is whole and the SD `items` times larger.
    prints = values(sd, rounding)
    for s in sums(mean, patients, items, rounding):
        centre = Fraction(s * s, patients)
        low = max(prints.low, Fraction(0)) ** 2 * items**2 * divisor + centre
        first = math.ceil(low)
        first += (first - s) % 2
        if first <= prints.high**2 * items**2 * divisor + centre:
            return True
    return False


def sd_chance(mean: Printed, sd: Printed, patients: int) -> float:
    """Give the share of the hundred prints on either side of an SD that could not stand with this mean."""
    unit, near = Fraction(1, 10**sd.decimals), range(-100, 101)
    tried = [Fraction(sd.value) + k * unit for k in near]
    texts = [f"{float(v):.{sd.decimals}f}" for v in tried if v >= 0]
    return sum(not grimmer_any(mean, Printed.parse(t), patients) for t in texts) / len(texts)


def debit(mean: Printed, sd: Printed, patients: int, rounding: Rounding = "either") -> bool:
    """Say whether some share that prints as the mean has an SD of zeros and ones, over n - 1, that prints so.

    This is the test as published, in which the share need not be that of a whole number; `zeros_and_ones` is stricter.
    """
    if patients < 2:
        raise ValueError(f"an SD needs at least two patients, not {patients!r}")
    shares, half = values(mean, rounding), Fraction(1, 2)
    ends = [p * (1 - p) for p in (shares.low, shares.high)]
    top = Fraction(1, 4) if shares.low <= half <= shares.high else max(ends)
    factor = Fraction(patients, patients - 1)
    prints = values(sd, rounding)
    return max(prints.low, Fraction(0)) ** 2 <= top * factor and prints.high**2 >= max(min(ends), Fraction(0)) * factor


def zeros_and_ones(mean: Printed, sd: Printed, patients: int) -> bool:
    """Say whether some whole number of ones among n prints mean and SD, over n - 1 or over n."""
    if patients < 2:
        raise ValueError(f"an SD needs at least two patients, not {patients!r}")
    prints = values(sd)
    low, high = max(prints.low, Fraction(0)) ** 2, prints.high**2
    return any(
        low <= Fraction(ones * (patients - ones), patients * divisor) <= high
        for ones in sums(mean, patients)
        for divisor in (patients - 1, patients)
        if 0 <= ones <= patients
    )


def largest_sd(mean: float, lowest: float, highest: float, patients: int, divisor: int) -> float:
    """Give the largest SD of n values in a range with this mean (Bhatia & Davis 2000), over `divisor`."""
    return math.sqrt(max(0.0, (highest - mean) * (mean - lowest)) * patients / divisor)
