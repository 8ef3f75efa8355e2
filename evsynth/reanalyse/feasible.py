"""Can any data set of n whole numbers within a range give the printed summary? Found, impossible, or not decided.

Quartiles fix a few order statistics; between them the other values are free. For every admissible choice of these, all
pairs (sum, sum of squares) that free values can reach are enumerated (a set of bits for each sum), so an empty result
is a proof. With `lowest`, `highest`, n and quartiles alone the answer is immediate; mean and SD need the enumeration,
whose steps are counted against a budget (steps, not seconds, so that the answer is the same on every machine).

A quick spread of values is tried first. In the spirit of SPRITE (Heathers 2018) and CLOSURE (Heathers et al. 2024),
extended by quartiles. Every definition of quartiles in use is tried (Hyndman & Fan 1996, types 1 to 9, and medians
of the halves with and without the median), and the SD with n - 1 and with n: 'impossible' means under each of
them. Refuses (ValueError) fewer than two patients or an empty range.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Literal, NamedTuple

from evsynth.model.printed import Printed

Verdict = Literal["found", "impossible", "not decided"]
Positions = tuple[tuple[int, Fraction], ...]
"""Order statistics (counted from 0) and their weights in a quantile."""

STEPS = 2_000_000


class Summary(NamedTuple):
    """What is printed of n whole numbers in a range; None where nothing is."""

    patients: int
    lowest: int
    highest: int
    median: Printed | None = None
    q1: Printed | None = None
    q3: Printed | None = None
    mean: Printed | None = None
    sd: Printed | None = None
    minimum: Printed | None = None
    maximum: Printed | None = None


class Feasibility(NamedTuple):
    """The answer, an example where there is one, the definitions under which it holds, and the steps taken."""

    verdict: Verdict
    example: tuple[int, ...]
    quartiles: str
    sd: str
    steps: int
    reason: str


class _Budget:
    def __init__(self, steps: int) -> None:
        self.left, self.all = steps, steps

    def take(self, steps: int) -> bool:
        self.left -= steps
        return self.left >= 0


def feasible(summary: Summary, *, steps: int = STEPS) -> Feasibility:
    """Search for data that print so.

    >>> score = Summary(28, 0, 24, median=Printed.parse("-2"), q1=Printed.parse("2"), q3=Printed.parse("6"))
    >>> feasible(score).verdict
    'impossible'
    """
    if summary.patients < 2 or summary.highest < summary.lowest:
        raise ValueError(f"at least two patients and a range are needed: {summary!r}")
    budget = _Budget(steps)
    undecided = False
    for definition, quartiles in definitions(summary.patients).items():
        for fixed in _anchors(summary, quartiles):
            for divisor in ("n - 1", "n") if summary.sd is not None else ("none",):
                found = _fill(summary, fixed, divisor, budget)
                if found is not None:
                    return Feasibility("found", found, definition, divisor, budget.all - max(0, budget.left), "")
                if budget.left < 0:
                    undecided = True
                    break
            if undecided:
                break
        if undecided:
            break
    if undecided:
        return Feasibility("not decided", (), "", "", budget.all, f"more than {budget.all} steps are needed")
    spent = budget.all - budget.left
    return Feasibility("impossible", (), "every definition", "n - 1 and n", spent, "no data set was left out")


def definitions(n: int) -> dict[str, tuple[Positions, Positions]]:
    """Give the positions of both quartiles by every definition in use, those with equal positions once."""
    half_one = Fraction(1, 2)
    shifts: dict[str, tuple[Fraction, Fraction]] = {
        "linear (type 7)": (Fraction(1), Fraction(-1)),
        "weighted average (type 6, SPSS)": (Fraction(0), Fraction(1)),
        "Hazen (type 5)": (half_one, Fraction(0)),
        "type 4": (Fraction(0), Fraction(0)),
        "type 9": (Fraction(3, 8), Fraction(1, 4)),
    }
    found = {name: (_at(n, Fraction(1, 4), s), _at(n, Fraction(3, 4), s)) for name, s in shifts.items()}
    third = Fraction(1, 3)
    found["median-unbiased (type 8)"] = (_at(n, Fraction(1, 4), (third, third)), _at(n, Fraction(3, 4), (third, third)))
    found["inverse (type 1)"] = (_first(n, Fraction(1, 4)), _first(n, Fraction(3, 4)))
    found["nearest (type 3)"] = (_nearest(n, Fraction(1, 4)), _nearest(n, Fraction(3, 4)))
    found["averaged (type 2)"] = (_averaged(n, Fraction(1, 4)), _averaged(n, Fraction(3, 4)))
    for name, half in (("hinges (Tukey)", (n + 1) // 2), ("halves without the median", n // 2)):
        lower = middle(half)
        found[name] = (lower, tuple((n - 1 - i, w) for i, w in reversed(lower)))
    unique: dict[tuple[Positions, Positions], str] = {}
    for name, positions in found.items():
        unique.setdefault(positions, name)
    return {name: positions for positions, name in unique.items()}


def quantile(data: tuple[int, ...], positions: Positions) -> Fraction:
    """Give a quantile of sorted data."""
    return sum((data[i] * w for i, w in positions), Fraction(0))


def _at(n: int, share: Fraction, shift: tuple[Fraction, Fraction]) -> Positions:
    """Give the positions of quantile `share` at n·share + shift, as n p + m with m = a + p b (1-based)."""
    a, b = shift
    place = n * share + a + share * b
    place = min(max(place, Fraction(1)), Fraction(n))
    low = math.floor(place)
    part = place - low
    return ((low - 1, 1 - part), (low, part)) if part else ((low - 1, Fraction(1)),)


def _averaged(n: int, share: Fraction) -> Positions:
    place = n * share
    low = math.floor(place)
    if place == low:
        return ((low - 1, Fraction(1, 2)), (low, Fraction(1, 2)))
    return ((low, Fraction(1)),)


def _first(n: int, share: Fraction) -> Positions:
    return ((math.ceil(n * share) - 1, Fraction(1)),)


def _nearest(n: int, share: Fraction) -> Positions:
    return ((min(max(round(n * share), 1), n) - 1, Fraction(1)),)


def middle(n: int) -> Positions:
    """Give the positions of the median."""
    if n % 2:
        return ((n // 2, Fraction(1)),)
    return ((n // 2 - 1, Fraction(1, 2)), (n // 2, Fraction(1, 2)))


def _prints(printed: Printed, value: Fraction) -> bool:
    low, high, open_ = printed.interval()
    if open_:
        return (low is None or value > Fraction(low)) and (high is None or value < Fraction(high))
    return (low is None or value >= Fraction(low)) and (high is None or value <= Fraction(high))


def _anchors(summary: Summary, quartiles: tuple[Positions, Positions]) -> Iterator[dict[int, int]]:
    """Give every choice of the order statistics that the printed quantiles use."""
    wanted: list[tuple[Printed, Positions]] = []
    n = summary.patients
    for printed, positions in (
        (summary.minimum, ((0, Fraction(1)),)),
        (summary.q1, quartiles[0]),
        (summary.median, middle(n)),
        (summary.q3, quartiles[1]),
        (summary.maximum, ((n - 1, Fraction(1)),)),
    ):
        if printed is not None:
            wanted.append((printed, positions))
    yield from _choose(wanted, {}, summary)


def _choose(
    wanted: list[tuple[Printed, Positions]], fixed: dict[int, int], summary: Summary
) -> Iterator[dict[int, int]]:
    if not wanted:
        yield fixed
        return
    (printed, positions), rest = wanted[0], wanted[1:]
    options = []
    for i, _ in positions:
        below = max((v for k, v in fixed.items() if k <= i), default=summary.lowest)
        above = min((v for k, v in fixed.items() if k >= i), default=summary.highest)
        low, high = _reach(printed, summary) if len(positions) == 1 else (below, above)
        options.append(range(max(below, low), min(above, high) + 1))
    for values in product(*options):
        if list(values) != sorted(values):
            continue
        total = sum((v * w for v, (_, w) in zip(values, positions, strict=True)), Fraction(0))
        if _prints(printed, total):
            yield from _choose(rest, fixed | {i: v for v, (i, _) in zip(values, positions, strict=True)}, summary)


def _reach(printed: Printed, summary: Summary) -> tuple[int, int]:
    low, high, _open = printed.interval()
    least = summary.lowest if low is None else max(summary.lowest, math.floor(low))
    most = summary.highest if high is None else min(summary.highest, math.ceil(high))
    return least, most


def _fill(summary: Summary, fixed: dict[int, int], divisor: str, budget: _Budget) -> tuple[int, ...] | None:
    """Give sorted data with the fixed order statistics and the printed mean and SD, or None."""
    n = summary.patients
    ends = [_limits(i, fixed, summary) for i in range(n)]
    if summary.mean is None and summary.sd is None:
        budget.take(n)
        return tuple(low for low, _ in ends)
    sums = _sums(summary, ends)
    if not sums:
        return None
    squares = {s: _squares(summary, s, divisor) for s in sums}
    squares = {s: limits for s, limits in squares.items() if limits[0] <= limits[1]}
    if not squares:
        return None
    open_ = {}
    for total, limits in squares.items():
        if not budget.take(n):
            return None
        least = _levelled(ends, total)
        smallest, largest = sum(v * v for v in least), _largest_square(ends, total)
        if smallest > limits[1] or largest < limits[0]:
            continue
        quick = _spread(least, ends, limits, budget)
        if quick is not None:
            return quick
        open_[total] = limits
    return _enumerate(ends, open_, budget) if open_ else None


def _levelled(ends: list[tuple[int, int]], total: int) -> list[int]:
    """Give the values with the smallest sum of squares for a sum: one level, cut to the limits of each value."""
    low, high = min(a for a, _ in ends), max(b for _, b in ends)
    while low < high:
        level = (low + high) // 2
        if sum(min(max(level, a), b) for a, b in ends) >= total:
            high = level
        else:
            low = level + 1
    values = [min(max(low, a), b) for a, b in ends]
    excess = sum(values) - total
    for i, (a, _) in enumerate(ends):
        if excess and values[i] == low and values[i] > a:
            values[i] -= 1
            excess -= 1
    return values


def _largest_square(ends: list[tuple[int, int]], total: int) -> int:
    """Give an upper bound of the sum of squares for a sum: v² <= (a + b) v - a b for whole v from a to b."""
    bound = sum(a * a for a, _ in ends)
    spare = total - sum(a for a, _ in ends)
    for a, b in sorted(ends, key=lambda e: -(e[0] + e[1])):
        step = min(spare, b - a)
        bound += (a + b) * step
        spare -= step
    return bound


def _spread(
    values: list[int], ends: list[tuple[int, int]], limits: tuple[int, int], budget: _Budget
) -> tuple[int, ...] | None:
    """Move two values apart, the largest fitting move first, until the sum of squares is reached; None if it is not."""
    now, squares = list(values), sum(v * v for v in values)
    while squares < limits[0]:
        room = limits[1] - squares
        up = [i for i, (_, b) in enumerate(ends) if now[i] < b]
        down = [i for i, (a, _) in enumerate(ends) if now[i] > a]
        if not budget.take(len(ends)):
            return None
        best = None
        for i in sorted(up, key=lambda k: -now[k])[:8]:
            for j in down:
                gain = 2 * (now[i] - now[j] + 1)
                if i != j and 0 < gain <= room and (best is None or gain > best[0]):
                    best = (gain, i, j)
        if best is None:
            return None
        squares += best[0]
        now[best[1]] += 1
        now[best[2]] -= 1
    return tuple(sorted(now))


def _limits(i: int, fixed: dict[int, int], summary: Summary) -> tuple[int, int]:
    if i in fixed:
        return fixed[i], fixed[i]
    below = max((k for k in fixed if k < i), default=None)
    above = min((k for k in fixed if k > i), default=None)
    low = summary.lowest if below is None else fixed[below]
    return low, summary.highest if above is None else fixed[above]


def _sums(summary: Summary, ends: list[tuple[int, int]]) -> range | list[int]:
    least, most = sum(low for low, _ in ends), sum(high for _, high in ends)
    if summary.mean is None:
        return range(least, most + 1)
    return [s for s in range(least, most + 1) if _prints(summary.mean, Fraction(s, summary.patients))]


def _squares(summary: Summary, total: int, divisor: str) -> tuple[int, int]:
    """Give the sums of squares that print the SD with a given sum; like the sum, they are even or odd."""
    n = summary.patients
    if summary.sd is None:
        return 0, n * max(summary.lowest**2, summary.highest**2)
    d = n - 1 if divisor == "n - 1" else n
    low, high, _ = summary.sd.interval()
    least = max(Fraction(0), Fraction(low if low is not None else 0))
    most = Fraction(high) if high is not None else Fraction(summary.highest - summary.lowest)
    centre = Fraction(total * total, n)
    first, last = math.ceil(least**2 * d + centre), math.floor(most**2 * d + centre)
    return first + (first - total) % 2, last - (last - total) % 2


def _enumerate(
    ends: list[tuple[int, int]], squares: dict[int, tuple[int, int]], budget: _Budget
) -> tuple[int, ...] | None:
    """Enumerate (sum, sum of squares) value by value; each set of squares is the bits of one integer."""
    n, top = len(ends), max(high for _, high in squares.values())
    mask = (1 << (top + 1)) - 1
    rest_low = [sum(low for low, _ in ends[i:]) for i in range(n + 1)]
    rest_high = [sum(high for _, high in ends[i:]) for i in range(n + 1)]
    first, last = min(squares), max(squares)
    layers: list[dict[int, int]] = [{0: 1}]
    for i, (low, high) in enumerate(ends):
        following: dict[int, int] = {}
        if not budget.take(len(layers[-1]) * (high - low + 1)):
            return None
        for total, bits in layers[-1].items():
            for value in range(low, high + 1):
                new = total + value
                if new + rest_low[i + 1] <= last and new + rest_high[i + 1] >= first:
                    moved = (bits << (value * value)) & mask
                    if moved:
                        following[new] = following.get(new, 0) | moved
        layers.append(following)
    for total, (low, high) in squares.items():
        hits = layers[-1].get(total, 0) >> low
        hits &= (1 << (high - low + 1)) - 1
        if hits:
            square = low + (hits & -hits).bit_length() - 1
            return _back(ends, layers, total, square)
    return None


def _back(ends: list[tuple[int, int]], layers: list[dict[int, int]], total: int, square: int) -> tuple[int, ...]:
    values = []
    for i in range(len(ends) - 1, -1, -1):
        low, high = ends[i]
        for value in range(low, high + 1):
            before = square - value * value
            if before >= 0 and (layers[i].get(total - value, 0) >> before) & 1:
                values.append(value)
                total, square = total - value, before
                break
    return tuple(sorted(values))
