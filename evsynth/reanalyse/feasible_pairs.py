"""Can any pairs of whole numbers give the printed summaries of both visits, the median change, and the P of its test?

Each visit alone is decided by exhaustion (`feasible`); if one is impossible, so are the pairs. Otherwise a seeded
search (annealing over values and their pairing) looks for an example. Failing to find one proves nothing: the answer is
then 'not decided', unless P is below the smallest that n pairs can have, which is 'impossible'. P is that of the
Wilcoxon signed-rank test, normal approximation with ties and without continuity correction, or exact for the smallest
P.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import NamedTuple

from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.feasible import Summary, Verdict, definitions, feasible
from evsynth.reanalyse.spans import Span, span

STEPS = 60_000


@lru_cache(maxsize=64)
def _span(printed: Printed) -> Span:
    return span(printed)


class PairFeasibility(NamedTuple):
    """The answer, with the example as (before, after) of every patient."""

    verdict: Verdict
    example: tuple[tuple[int, int], ...]
    quartiles: str
    steps: int
    reason: str


class Wanted(NamedTuple):
    """What is printed of the change: its median and the P or the effect size r = Z/sqrt(N) of its test."""

    median_change: Printed | None = None
    p: Printed | None = None
    effect_size: Printed | None = None


def feasible_pairs(
    before: Summary, after: Summary, wanted: Wanted, *, seed: int, steps: int = STEPS
) -> PairFeasibility:
    """Search for pairs that print so."""
    if before.patients != after.patients:
        raise ValueError(f"pairs need the same patients at both visits, not {before.patients} and {after.patients}")
    starts = []
    for name, summary in (("before", before), ("after", after)):
        alone = feasible(summary)
        if alone.verdict == "impossible":
            return PairFeasibility("impossible", (), "", alone.steps, f"no values {name} treatment print so")
        if alone.verdict == "not decided":
            return PairFeasibility("not decided", (), "", alone.steps, f"values {name} treatment: {alone.reason}")
        starts.append(list(alone.example))
    n = before.patients
    least = smallest_p(n)
    if wanted.p is not None and span(wanted.p).high < least:
        return PairFeasibility("impossible", (), "", 0, f"{n} pairs cannot have P below {least:.3g}")
    names = list(definitions(n))
    for name in names:
        found = _anneal(starts, (before, after), wanted, name, random.Random(seed), steps // len(names))
        if found is not None:
            pairs, used = found
            return PairFeasibility("found", pairs, name, used, "")
    return PairFeasibility("not decided", (), "", steps, "no example was found; that is not a proof")


def signed_rank_z(changes: list[int]) -> float:
    """Give Z of the signed-rank test with ties, zeros left out; 0 without changes.

    >>> round(signed_rank_z([-1, -2, -3, -4, 0]), 4)
    -1.8257
    """
    sizes: dict[int, tuple[int, int]] = {}
    for d in changes:
        if d:
            count, positive = sizes.get(abs(d), (0, 0))
            sizes[abs(d)] = (count + 1, positive + (d > 0))
    seen, w, variance = 0, 0.0, 0.0
    for size in sorted(sizes):
        count, positive = sizes[size]
        rank = seen + (count + 1) / 2
        w += positive * rank
        variance += count * rank * rank / 4
        seen += count
    return (w - seen * (seen + 1) / 4) / math.sqrt(variance) if variance else 0.0


def smallest_p(pairs: int) -> float:
    """Give the smallest P of the test, exact or normal; all changes in one direction.

    With all changes of one size Z is sqrt(n), its largest value.
    """
    return min(2.0 ** (1 - pairs), normal_two_sided(math.sqrt(pairs)))


def _anneal(
    starts: list[list[int]],
    summaries: tuple[Summary, Summary],
    wanted: Wanted,
    definition: str,
    generator: random.Random,
    steps: int,
) -> tuple[tuple[tuple[int, int], ...], int] | None:
    values = [list(starts[0]), list(starts[1])]
    n = len(values[0])
    quartiles = tuple(tuple((i, float(w)) for i, w in q) for q in definitions(n)[definition])
    gaps = [_gap(values[k], summaries[k], quartiles) for k in (0, 1)]

    def change() -> float:
        return _change_gap([b - a for a, b in zip(values[0], values[1], strict=True)], wanted)

    now = sum(gaps) + change()
    for step in range(steps):
        if now == 0:
            return tuple(zip(values[0], values[1], strict=True)), step
        heat = 0.5 * (1 - step / steps) ** 2 + 1e-9
        visit, i, j = generator.randrange(2), generator.randrange(n), generator.randrange(n)
        column, summary = values[visit], summaries[visit]
        old, old_gap = (column[i], column[j]), gaps[visit]
        if generator.random() < 0.6:
            column[i], column[j] = column[j], column[i]
        else:
            moved = column[i] + generator.choice((-3, -2, -1, 1, 2, 3))
            column[i] = min(max(moved, summary.lowest), summary.highest)
            gaps[visit] = _gap(column, summary, quartiles)
        new = sum(gaps) + change()
        if new <= now or generator.random() < math.exp((now - new) / heat):
            now = new
        else:
            column[j], column[i] = old[1], old[0]
            gaps[visit] = old_gap
    return None


def _gap(values: list[int], summary: Summary, quartiles: tuple[tuple[tuple[int, float], ...], ...]) -> float:
    data, n = sorted(values), len(values)
    total = _outside(summary.median, (data[(n - 1) // 2] + data[n // 2]) / 2)
    total += _outside(summary.minimum, data[0]) + _outside(summary.maximum, data[-1])
    for printed, positions in zip((summary.q1, summary.q3), quartiles, strict=True):
        if printed is not None:
            total += _outside(printed, sum(data[i] * w for i, w in positions))
    if summary.mean is not None or summary.sd is not None:
        mean = sum(data) / n
        total += _outside(summary.mean, mean)
        total += _outside(summary.sd, math.sqrt(sum((v - mean) ** 2 for v in data) / (n - 1)))
    return total


def _change_gap(changes: list[int], wanted: Wanted) -> float:
    ordered, n = sorted(changes), len(changes)
    total = _outside(wanted.median_change, (ordered[(n - 1) // 2] + ordered[n // 2]) / 2)
    if wanted.p is None and wanted.effect_size is None:
        return total
    z = abs(signed_rank_z(changes))
    total += _outside(wanted.effect_size, z / math.sqrt(n), 10.0)
    if wanted.p is not None:
        values = _span(wanted.p)
        high = normal_size(values.low)
        low = normal_size(values.high)
        total += max(low - z, z - high, 0.0)
    return total


def _outside(printed: Printed | None, value: float, scale: float = 1.0) -> float:
    if printed is None:
        return 0.0
    low, high = _span(printed)
    return scale * max(low - value - 1e-9, value - high - 1e-9, 0.0)
