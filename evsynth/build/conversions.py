"""Means and SDs that are not printed, from medians with quartiles or range, by every conversion, side by side.

Luo, Wan and Shi (with the simple means of Hozo, Wan and Bland beside them) hold for data that are about normal: where
Shi's test finds the numbers skewed they are shown but do not decide. Quantile estimation, Box-Cox (both McGrath 2020)
and MLN (Cai 2021) decide always, unless their power is at its bound. The plain standard error is SD/sqrt(n); it leaves
out the uncertainty of the conversion itself, which the bootstrap of McGrath 2023 adds where a distribution was fitted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from evsynth.effects.measures import MeasureError
from evsynth.effects.medians.bootstrap import Method, bootstrap_errors
from evsynth.effects.medians.box_cox import PowerEstimate, box_cox
from evsynth.effects.medians.five_numbers import FiveNumbers, five_numbers
from evsynth.effects.medians.normal_conversion import Rule, skewness, to_mean_and_sd
from evsynth.effects.medians.quantile_estimation import quantile_estimation
from evsynth.effects.medians.unknown_distribution import unknown_distribution
from evsynth.model.observation import Observation
from evsynth.reanalyse.derived import Derived
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.result import Attempt
from evsynth.reanalyse.spans import exactly
from evsynth.text.extraction import Extraction

APART = 0.05
"""Conversions whose means (or SDs) lie further apart than this share of the smallest SD are said to differ."""

REPLICATES = 200
"""Bootstrap samples: a standard error is then known to 5 %, which is enough to see what SD/sqrt(n) leaves out."""

RULES: tuple[tuple[Rule, str], ...] = (
    ("luo/wan/shi", "Luo, Wan, Shi (about normal)"),
    ("hozo/wan/bland", "Hozo, Wan, Bland (about normal)"),
)

POWERS: tuple[tuple[Callable[[FiveNumbers], PowerEstimate], str, Method], ...] = (
    (box_cox, "Box-Cox (McGrath 2020)", "BC"),
    (unknown_distribution, "MLN (Cai 2021)", "MLN"),
)


class Converted(NamedTuple):
    """One conversion; `decides` is false where the data are too skewed for it.

    `errors` are those of mean and SD in words. A route that cannot take the numbers says in `missing` what they lack.
    """

    route: str
    mean: float
    sd: float
    decides: bool
    note: str
    errors: tuple[str, str]
    missing: str = ""


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
        found.append(_derived(o, "mean", routes, lambda c: c.mean, names))
        found.append(_derived(o, "standard deviation", routes, lambda c: c.sd, names))
    return tuple(found)


def _routes(numbers: FiveNumbers) -> Iterator[Converted]:
    found = skewness(numbers)
    gate = f"Shi's test {found.statistic:.3g} against {found.critical:.3g}"
    for rule, words in RULES:
        made = to_mean_and_sd(numbers, rule=rule, gate=False)
        note = f"{gate}: skewed, not to be converted so" if found.skewed else f"{gate}: not skewed"
        yield Converted(words, made.mean, made.sd, not found.skewed, note, (_plain(made.sd, numbers.n), ""))
    try:
        fitted = quantile_estimation(numbers)
    except MeasureError as error:
        yield _lacking("quantile estimation (McGrath 2020)", error)
    else:
        route = f"quantile estimation, {fitted.selected} (McGrath 2020)"
        yield Converted(route, fitted.mean, fitted.sd, True, "", _errors(numbers, fitted.sd, "QE"))
    for convert, words, method in POWERS:
        try:
            power = convert(numbers)
        except MeasureError as error:
            yield _lacking(words, error)
            continue
        bound = "; ".join(n.partition(": ")[2] for n in power.notes if n.startswith("POWER_AT_BOUND"))
        route = f"{words}, power {power.power:.2g}"
        yield Converted(route, power.mean, power.sd, not bound, bound, _errors(numbers, power.sd, method))


def _lacking(route: str, error: MeasureError) -> Converted:
    return Converted(route, math.nan, math.nan, False, "", ("", ""), f"usable numbers: {error}")


def _plain(sd: float, n: int) -> str:
    return f"standard error of the mean {sd / math.sqrt(n):.4g}"


def _errors(numbers: FiveNumbers, sd: float, method: Method) -> tuple[str, str]:
    """Say the standard errors of mean and SD: plain, and by bootstrap, or why there is none."""
    try:
        found = bootstrap_errors(numbers, method=method, replicates=REPLICATES)
    except MeasureError as error:
        return f"{_plain(sd, numbers.n)} (no bootstrap: {error})", ""
    lost = f", {found.lost} of {REPLICATES} samples lost" if found.lost else ""
    mean = f"{_plain(sd, numbers.n)}, with the conversion {found.mean:.3g} (bootstrap{lost})"
    return mean, f"standard error of the SD {found.sd:.3g} (bootstrap{lost})"


def _derived(
    o: Observation, what: str, routes: tuple[Converted, ...], pick: Callable[[Converted], float],
    names: tuple[str, ...],
) -> Derived:  # fmt: skip
    attempts = []
    for c in routes:
        if c.missing:
            attempts.append(Attempt(c.route, missing=c.missing, inputs=names))
            continue
        note = "; ".join(part for part in (c.note, c.errors[0 if what == "mean" else 1]) if part)
        attempts.append(Attempt(c.route, pick(c), exactly(pick(c)), binding=c.decides, note=note, inputs=names))
    values = [pick(c) for c in routes if c.decides]
    spread = min((c.sd for c in routes if c.decides), default=0.0)
    agree = bool(values) and max(values) - min(values) <= APART * spread
    return Derived(o.study, o.id, o.path, what, tuple(attempts), agree)
