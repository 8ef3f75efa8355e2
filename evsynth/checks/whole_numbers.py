"""Means, SDs and quartiles that n whole numbers cannot have: GRIM, GRIMMER, DEBIT, ranges, and exhaustion.

Only for variables of which a patient can have whole numbers alone, of all patients of a group, and only where
n < 10^decimals: with more patients every value can be printed, and the test does not apply.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.registry import Case
from evsynth.model.finding import Alternative, Finding
from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.feasible import feasible
from evsynth.reanalyse.feasible_study import summary_of
from evsynth.reanalyse.granularity import (
    chance,
    decides,
    grimmer_any,
    largest_sd,
    sd_chance,
    sums,
    zeros_and_ones,
)  # fmt: skip
from evsynth.reanalyse.spans import span

CODES = ("GRIM", "GRIMMER", "DEBIT", "SD_IMPOSSIBLE", "SUMMARY_IMPOSSIBLE")

STEPS = 20_000
"""Budget of the exhaustion; what is not decided within it is left alone."""

INNOCENT = (
    "scores may be averages (of two readers, of several items), patients may be missing, or the group may be another"
)


class Scale(NamedTuple):
    """What single patients can have: whole numbers or not, and between which ends."""

    whole: bool
    lowest: float | None
    highest: float | None


def whole_numbers(case: Case) -> Iterator[Finding]:
    """Check every mean with its SD, and every set of quartiles."""
    instruments = case.review.instruments
    facts = Facts(case.extraction.study, case.extraction.observations, instruments)
    for o in facts.observations:
        mean, sd, n = o.statistics.get("mean"), o.statistics.get("sd"), facts.patients(o)
        if o.about.arm is None or o.about.adjustment or n is None or n < 2 or o.unquoted is not None:
            continue
        scale = _scale(o, facts)
        if mean is not None and not mean.bound:
            yield from _mean(case, o, mean, sd, n, scale)
        summary = None if any(number.bound for number in o.statistics.values()) else summary_of(o, facts)
        if summary is not None and mean is None and feasible(summary, steps=STEPS).verdict == "impossible":
            yield case.finding(
                "SUMMARY_IMPOSSIBLE", "inconsistent", (*o.path, "printed"),
                f"{o.variable} in {o.group}: no {n} whole numbers from {summary.lowest} to {summary.highest} have the "
                f"median and quartiles {o.printed}",
                INNOCENT, about=(o,),
            )  # fmt: skip


def _scale(o: Observation, facts: Facts) -> Scale:
    variable = facts.variable(o)
    instrument = next((i for i in facts.instruments if variable and i.instrument == variable.instrument), None)
    whole = bool(variable and (variable.integer or variable.kind == "count"))
    if instrument is None:
        return Scale(whole, None, None)
    highest = float(instrument.highest) if instrument.highest else None
    return Scale(whole and instrument.integer, float(instrument.lowest), highest)


def _mean(case: Case, o: Observation, mean: Printed, sd: Printed | None, n: int, scale: Scale) -> Iterator[Finding]:
    what = f"{o.variable} in {o.group}"
    if scale.whole and decides(mean, n) and not sums(mean, n):
        odds = chance(mean, n)
        others = [m for m in range(n - 1, max(1, n - 4), -1) if sums(mean, m)]
        yield case.finding(
            "GRIM", "inconsistent", (*o.path, "mean"),
            f"{what}: the mean {mean} is inconsistent with {n} whole numbers (GRIM; a random mean with these digits "
            f"would fail with probability {odds:.2f})",
            (f"{others[0]} patients could have it; " if others else "") + INNOCENT, about=(o,),
            computed=(("probability that a random mean fails", f"{odds:.4g}"),),
            alternatives=tuple(
                Alternative(f"{m} patients", "whole numbers of so many patients have this mean",
                            ((o.name("analysed"), str(m)),))
                for m in others
            ),
        )  # fmt: skip
        return
    if sd is None or sd.bound:
        return
    if scale.lowest is not None and scale.highest is not None:
        yield from _largest(case, o, mean, sd, n, scale.lowest, scale.highest)
    yield from _between_extremes(case, o, mean, sd, n)
    if not scale.whole or not decides(sd, n) or grimmer_any(mean, sd, n):
        return
    odds = sd_chance(mean, sd, n)
    yield case.finding(
        "GRIMMER", "inconsistent", (*o.path, "sd"),
        f"{what}: the SD {sd} is inconsistent with {n} whole numbers of mean {mean} (GRIMMER, over n - 1 and over n; "
        f"of the SDs near it {odds:.0%} would fail)",
        INNOCENT, about=(o,), computed=(("share of nearby SDs that fail", f"{odds:.4g}"),),
    )  # fmt: skip


def _largest(
    case: Case, o: Observation, mean: Printed, sd: Printed, n: int, lowest: float, highest: float
) -> Iterator[Finding]:
    centres = span(mean).within(lowest, highest)
    if centres is None:
        return  # outside the instrument, which is a finding of its own
    middle = min(max((lowest + highest) / 2, centres.low), centres.high)
    most = largest_sd(middle, lowest, highest, n, n - 1)
    if span(sd).low > most:
        yield case.finding(
            "SD_IMPOSSIBLE", "error", (*o.path, "sd"),
            f"{o.variable} in {o.group}: an SD of {sd} is more than {most:.3g}, the largest that {n} values from "
            f"{lowest:g} to {highest:g} with mean {mean} can have",
            "the range of the instrument may be another", about=(o,), computed=(("largest SD", f"{most:.6g}"),),
        )  # fmt: skip
    elif lowest == 0 and highest == 1 and not zeros_and_ones(mean, sd, n):
        yield case.finding(
            "DEBIT", "inconsistent", (*o.path, "sd"),
            f"{o.variable} in {o.group}: mean {mean} and SD {sd} are inconsistent with {n} zeros and ones (DEBIT)",
            INNOCENT, about=(o,),
        )  # fmt: skip


def _between_extremes(case: Case, o: Observation, mean: Printed, sd: Printed, n: int) -> Iterator[Finding]:
    """Find an SD too large, or too small, for the lowest and the highest value printed with it.

    The largest is that of patients at both ends; the smallest that of one patient at each end and all others at the
    mean, over n.
    """
    least, most = o.statistics.get("minimum"), o.statistics.get("maximum")
    if least is None or most is None or least.bound or most.bound:
        return
    low, middle, high = span(least), span(mean), span(most)
    inside = middle.within(low.low, high.high)
    if inside is None:
        return  # out of order, which is a finding of its own
    centre = min(max((low.low + high.high) / 2, inside.low), inside.high)
    largest = largest_sd(centre, low.low, high.high, n, n - 1)
    reach = max(0.0, middle.low - low.high), max(0.0, high.low - middle.high)
    smallest = math.sqrt((reach[0] ** 2 + reach[1] ** 2) / n)
    large = span(sd).low > largest * (1 + 1e-9)
    if large or span(sd).high < smallest * (1 - 1e-9):
        limit, size = ("more than", largest) if large else ("less than", smallest)
        yield case.finding(
            "SD_IMPOSSIBLE", "error", (*o.path, "sd"),
            f"{o.variable} in {o.group}: an SD of {sd} is {limit} {size:.3g}, the {'largest' if large else 'smallest'} "
            f"that {n} values of mean {mean} from {least} to {most} can have",
            "it may be a standard error, or the range may be that of other patients", about=(o,),
            computed=((f"{'largest' if large else 'smallest'} SD", f"{size:.6g}"),),
        )  # fmt: skip
