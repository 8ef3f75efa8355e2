"""Means and SDs that are not printed, from medians with quartiles or range, by every conversion, side by side.

Luo, Wan and Shi (with the simple means of Hozo, Wan and Bland beside them) hold for data that are about normal: where
Shi's test finds the numbers skewed they are shown but do not decide, and quantile estimation (McGrath 2020) does. The
standard error is SD/sqrt(n); it leaves out the uncertainty of the conversion itself (McGrath 2023).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from evsynth.effects.measures import MeasureError
from evsynth.effects.medians.five_numbers import FiveNumbers, five_numbers
from evsynth.effects.medians.normal_conversion import Rule, skewness, to_mean_and_sd
from evsynth.effects.medians.quantile_estimation import quantile_estimation
from evsynth.model.observation import Observation
from evsynth.reanalyse.derived import Derived
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.result import Attempt
from evsynth.reanalyse.spans import exactly
from evsynth.text.extraction import Extraction

APART = 0.05
"""Conversions whose means (or SDs) lie further apart than this share of the SD are said to differ."""

RULES: tuple[tuple[Rule, str], ...] = (
    ("luo/wan/shi", "Luo, Wan, Shi (about normal)"),
    ("hozo/wan/bland", "Hozo, Wan, Bland (about normal)"),
)


class Converted(NamedTuple):
    """One conversion; `decides` is false where the data are too skewed for it."""

    route: str
    mean: float
    sd: float
    decides: bool
    note: str


def conversions(extraction: Extraction) -> tuple[Derived, ...]:
    """Give mean and SD of every group whose median is printed with quartiles or range, and whose mean is not."""
    facts = Facts(extraction.study, extraction.observations)
    found: list[Derived] = []
    for o in facts.observations:
        n = facts.patients(o)
        if o.about.arm is None or "median" not in o.statistics or "mean" in o.statistics or n is None:
            continue
        given = {s: float(o.statistics[s]) for s in ("q1", "median", "q3", "minimum", "maximum") if s in o.statistics}
        try:
            routes = tuple(_routes(five_numbers(n=n, **given)))
        except MeasureError:
            continue  # disordered, too few, or without spread: nothing can be converted, and the checks say so
        names = tuple(o.name(s) for s in given)
        found.append(_derived(o, "mean", routes, lambda c: c.mean, names, n))
        found.append(_derived(o, "standard deviation", routes, lambda c: c.sd, names, n))
    return tuple(found)


def _routes(numbers: FiveNumbers) -> Iterator[Converted]:
    found = skewness(numbers)
    gate = f"Shi's test {found.statistic:.3g} against {found.critical:.3g}"
    for rule, words in RULES:
        made = to_mean_and_sd(numbers, rule=rule, gate=False)
        note = f"{gate}: skewed, not to be converted so" if found.skewed else f"{gate}: not skewed"
        yield Converted(words, made.mean, made.sd, not found.skewed, note)
    try:
        fitted = quantile_estimation(numbers)
    except MeasureError:
        return
    yield Converted(f"quantile estimation, {fitted.selected} (McGrath 2020)", fitted.mean, fitted.sd, True, "")


def _derived(
    o: Observation, what: str, routes: tuple[Converted, ...], pick: Callable[[Converted], float],
    names: tuple[str, ...], n: int,
) -> Derived:  # fmt: skip
    attempts = []
    for c in routes:
        error = f"standard error of the mean {c.sd / math.sqrt(n):.4g}" if what == "mean" else ""
        note = "; ".join(part for part in (c.note, error) if part)
        attempts.append(Attempt(c.route, pick(c), exactly(pick(c)), binding=c.decides, note=note, inputs=names))
    values = [pick(c) for c in routes if c.decides]
    spread = max((c.sd for c in routes if c.decides), default=0.0)
    agree = bool(values) and max(values) - min(values) <= APART * spread
    return Derived(o.study, o.id, o.path, what, tuple(attempts), agree)
