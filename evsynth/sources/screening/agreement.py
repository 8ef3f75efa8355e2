"""How far two people agree: raw agreement, Cohen's kappa and Gwet's AC1, each with a 95 % interval.

Raw agreement: Wilson interval. Kappa: large-sample variance of Fleiss, Cohen and Everitt 1969
(https://doi.org/10.1037/h0028106). AC1: Gwet 2008 (https://doi.org/10.1348/000711006X126600), t interval. Kappa falls
when nearly all records are excluded, however well people agree; AC1 does not, so both are given.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from evsynth.model.screening import Stage
from evsynth.sources.screening.decisions import CONSENSUS, Decision, last


class Measure(NamedTuple):
    """An estimate with its 95 % interval; None where it is not defined."""

    estimate: float | None
    lower: float | None = None
    upper: float | None = None


class Agreement(NamedTuple):
    """Two people at one stage: the table of who kept and who excluded, and three measures of agreement."""

    stage: Stage
    one: str
    other: str
    both_keep: int
    one_keeps: int
    other_keeps: int
    both_exclude: int
    raw: Measure
    kappa: Measure
    ac1: Measure

    @property
    def records(self) -> int:
        return self.both_keep + self.one_keeps + self.other_keeps + self.both_exclude


def agreements(decisions: Iterable[Decision]) -> tuple[Agreement, ...]:
    """Compare all pairs of people on the records that both decided on; `maybe` counts as keeping the record."""
    counts: dict[tuple[Stage, str, str], list[int]] = {}
    for (stage, _), people in last(decisions).items():
        if stage == "retrieval":
            continue
        for one, other in combinations(sorted(people.keys() - {CONSENSUS}), 2):
            keeps = [people[by].answer != "exclude" for by in (one, other)]
            cell = 2 * (not keeps[0]) + (not keeps[1])
            counts.setdefault((stage, one, other), [0, 0, 0, 0])[cell] += 1
    found = []
    for (stage, one, other), (a, b, c, d) in sorted(counts.items()):
        found.append(Agreement(stage, one, other, a, b, c, d, raw(a, b, c, d), kappa(a, b, c, d), ac1(a, b, c, d)))
    return tuple(found)


def raw(a: int, b: int, c: int, d: int) -> Measure:
    """Return the share of records on which both say the same, with Wilson's interval."""
    n = a + b + c + d
    if not n:
        return Measure(None)
    z, p = _z(), (a + d) / n
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    half /= 1 + z * z / n
    return Measure(p, max(0.0, middle - half), min(1.0, middle + half))


def kappa(a: int, b: int, c: int, d: int) -> Measure:
    """Return Cohen's kappa. It is not defined where both use one answer only."""
    n = a + b + c + d
    if not n:
        return Measure(None)
    p = [[a / n, b / n], [c / n, d / n]]
    rows, columns = [sum(row) for row in p], [p[0][k] + p[1][k] for k in (0, 1)]
    observed, expected = p[0][0] + p[1][1], sum(r * k for r, k in zip(rows, columns, strict=True))
    if expected >= 1 - 1e-12:
        return Measure(None)
    k = (observed - expected) / (1 - expected)
    same = sum(p[i][i] * (1 - (rows[i] + columns[i]) * (1 - k)) ** 2 for i in (0, 1))
    apart = (1 - k) ** 2 * sum(p[i][1 - i] * (columns[i] + rows[1 - i]) ** 2 for i in (0, 1))
    variance = (same + apart - (k - expected * (1 - k)) ** 2) / ((1 - expected) ** 2 * n)
    half = _z() * math.sqrt(max(0.0, variance))
    return Measure(k, max(-1.0, k - half), min(1.0, k + half))


def ac1(a: int, b: int, c: int, d: int) -> Measure:
    """Return Gwet's AC1 for two people and two answers; the interval needs two records."""
    n = a + b + c + d
    if not n:
        return Measure(None)
    share = [(2 * a + b + c) / (2 * n), (2 * d + b + c) / (2 * n)]
    expected = sum(s * (1 - s) for s in share)
    g = ((a + d) / n - expected) / (1 - expected)
    if n < 2:
        return Measure(g)
    square = 0.0
    for count, agree, weights in ((a, 1, (2, 0)), (b, 0, (1, 1)), (c, 0, (1, 1)), (d, 1, (0, 2))):
        chance = sum(w / 2 * (1 - s) for w, s in zip(weights, share, strict=True))
        one = (agree - expected) / (1 - expected) - 2 * (1 - g) * (chance - expected) / (1 - expected)
        square += count * (one - g) ** 2
    from scipy.stats import t

    half = float(t.ppf(0.975, n - 1)) * math.sqrt(square / (n * (n - 1)))
    return Measure(g, max(-1.0, g - half), min(1.0, g + half))


def _z() -> float:
    return 1.959963984540054
