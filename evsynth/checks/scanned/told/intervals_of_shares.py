"""The interval told for a risk difference, risk ratio or odds ratio of two shares, against their counts.

A finding is made where the estimate is that of the counts and a limit is far from those of every usual interval: Wald
(with and without correction), Newcombe and Agresti-Caffo for differences, Katz and Woolf for ratios.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.comparisons import Comparison, Table, comparisons, tables
from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.facts.marked import spot
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size
from evsynth.reanalyse.proportion_intervals import two_proportions
from evsynth.text.expressions import Expression

CODES = ("INTERVAL_OF_SHARES",)

_OTHER = Expression(
    r"adjust|weighted|cluster|design effect|stratif|matched|paired|bootstrap|bayes|credible|one-sided|exact|imput|"
    r"regress|poisson|gee\b|generali[sz]ed|mixed|log-?binomial|hazard|kaplan|cumulative|mantel|miettinen|propensity",
    re.I,
)
OFF = 0.3
"""A limit may lie so much of half the width from those of the usual intervals."""
_EVERYWHERE = 1.15
"""An interval so many times as wide on both sides allows for clusters or for many tests."""


def intervals_of_shares(reading: Reading) -> Iterator[Finding]:
    """Compare the limits of effects with those that the counts of two shares give."""
    modelled = bool(_OTHER.search(reading.document.prose))
    for told in comparisons(reading):
        if len(told.shares) != 2 or _OTHER.search(told.line.words):
            continue
        known: tuple[list[Table], bool] | None = None
        end = told.line.start + max(n.end for n in told.shares[-1].numbers)
        for e in effects(told.line):
            kind = _kind(e)
            if kind is None or e.value is None or not end <= e.start < end + 90 or e.low.value >= e.high.value:
                continue
            known = known or tables(reading, told)
            if known[1] and known[0]:
                yield from _judged(reading, told, e, kind, known[0], modelled=modelled)
            break


def _kind(e: Effect) -> str | None:
    lead = e.before[-45:]
    if e.kind == "ratio":
        if re.search(r"\bORs?\b|odds ratio", lead):
            return "odds ratio"
        return "risk ratio" if re.search(r"\bRRs?\b|(?:risk|prevalence) ratio|relative risk", lead) else None
    points = re.search(r"%|points?|pp", e.unit) or e.limit_unit == "%"
    return "difference" if e.kind == "difference" and e.strict and points else None


def _judged(
    reading: Reading, told: Comparison, e: Effect, kind: str, known: list[Table], *, modelled: bool
) -> Iterator[Finding]:
    value, z = e.value, normal_size(1 - e.level)
    assert value is not None
    turned = 0
    best: tuple[float, float, float, float] | None = None
    for table in known:
        for way in (table, table[::-1]):
            made = list(_made(way, kind, z))
            if not made or not _near(kind, float(value), made[0][0], value.decimals):
                continue
            turned += 1
            lows, highs = [m[1] for m in made], [m[2] for m in made]
            half = (made[0][2] - made[0][1]) / 2
            slack = OFF * half + 0.6 * 10.0**-e.low.decimals
            low, high = (_scaled(kind, float(x)) for x in (e.low, e.high))
            if kind != "difference":
                slack = OFF * half + 0.6 * 10.0**-e.low.decimals / max(float(e.low), 0.05)
            if min(lows) - slack <= low <= max(lows) + slack and min(highs) - slack <= high <= max(highs) + slack:
                return
            wider = high - low > _EVERYWHERE * (max(highs) - min(lows))
            if (
                wider
                and low < min(lows)
                and high > max(highs)
                and (modelled or abs((low + high) / 2 - made[0][0]) < 0.2 * half)
            ):
                return
            best = made[0][0], made[0][1], made[0][2], half
    if not turned or best is None:
        return
    gives = [math.exp(x) if kind != "difference" else x for x in best[1:3]]
    yield reading.finding(
        "INTERVAL_OF_SHARES", "inconsistent",
        f"the interval {e.low} to {e.high} of a {kind} of {value} is inconsistent with the counts "
        f"{' and '.join(f'{k} of {n}' for k, n in known[0])}, which give {gives[0]:.3g} to {gives[1]:.3g}",
        "the interval may be adjusted or allow for clusters; otherwise a limit is misprinted",
        quotes=(e.spot, *(spot(told.line, *s.numbers) for s in told.shares)),
        computed=(("interval", f"{gives[0]:.4g} to {gives[1]:.4g}"),),
    )  # fmt: skip


def _scaled(kind: str, x: float) -> float:
    return x if kind == "difference" else math.log(max(x, 1e-9))


def _near(kind: str, value: float, made: float, decimals: int) -> bool:
    room = 0.6 * 10.0**-decimals
    if kind == "difference":
        return abs(value - made) <= room + 0.06
    return abs(value - math.exp(made)) <= room + 0.01 * value


def _made(table: Table, kind: str, z: float) -> Iterator[tuple[float, float, float]]:
    """Give the estimate with the limits of each usual interval: in points, or on the log scale."""
    (a, n), (b, m) = table
    if not (n > 0 and m > 0 and 0 <= a <= n and 0 <= b <= m):
        return
    p, q = a / n, b / m
    if kind == "difference":
        error = math.sqrt(p * (1 - p) / n + q * (1 - q) / m)
        wald = 100 * z * error
        d = 100 * (p - q)
        yield d, d - wald, d + wald
        corrected = wald + 50 * (1 / n + 1 / m)
        yield d, d - corrected, d + corrected
        newcombe = two_proportions(a, n, b, m, z)
        yield d, 100 * newcombe.low, 100 * newcombe.high
        r, s = (a + 1) / (n + 2), (b + 1) / (m + 2)
        near = 100 * z * math.sqrt(r * (1 - r) / (n + 2) + s * (1 - s) / (m + 2))
        yield d, 100 * (r - s) - near, 100 * (r - s) + near
    elif min(a, b, n - a, m - b) > 0:
        ratio = math.log(p / q) if kind == "risk ratio" else math.log(p / (1 - p) / (q / (1 - q)))
        error = math.sqrt(
            1 / a - 1 / n + 1 / b - 1 / m if kind == "risk ratio" else 1 / a + 1 / b + 1 / (n - a) + 1 / (m - b)
        )
        yield ratio, ratio - z * error, ratio + z * error
