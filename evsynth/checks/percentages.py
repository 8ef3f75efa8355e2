"""A percentage fits its count and its denominator, on the interval of values that round to the printed digits."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding
from evsynth.model.observation import Observation
from evsynth.model.printed import Printed

CODES = ("COUNT_PERCENT", "PERCENT_IMPOSSIBLE", "COUNT_EXCEEDS")


def percentages(case: Case) -> Iterator[Finding]:
    """Find percentages that no rounding of count/denominator gives, and counts above their denominator.

    The denominator is the printed one, otherwise the patients of the arm. A multi-response row, a value about other
    patients (`population`, `patients`), a weighted one (`adjustment`), or one whose denominator is declared unknown is
    left alone.
    """
    for observation in case.extraction.observations:
        statistics = observation.statistics
        total = _denominator(case, observation)
        count, percent = statistics.get("count"), statistics.get("percent")
        if total is None or total == 0 or (percent is not None and percent.bound):
            continue
        if count is not None and not count.bound and count.value > total:
            yield _exceeds(case, observation, count, total)
        elif percent is not None and count is not None and not count.bound:
            if not fits(percent, count.value, total):
                yield _disagree(case, observation, count, percent, total)
        elif percent is not None and not counts_that_print(percent, total):
            yield _impossible(case, observation, percent, total)


def fits(percent: Printed, count: Decimal, total: int) -> bool:
    """Say whether count/total, as a percentage, lies in the interval of values that print as `percent`."""
    return percent.interval().holds(100 * count / total)


def counts_that_print(percent: Printed, total: int) -> tuple[int, ...]:
    """List the whole counts out of `total` whose percentage prints as `percent`."""
    interval = percent.interval()
    low = Decimal(0) if interval.low is None else interval.low * total / 100
    high = Decimal(total) if interval.high is None else interval.high * total / 100
    first = int(low.to_integral_value(ROUND_CEILING))
    last = int(high.to_integral_value(ROUND_FLOOR))
    return tuple(range(max(first, 0), min(last, total) + 1))


def totals_that_print(percent: Printed, count: int, near: int) -> tuple[int, ...]:
    """List denominators up to `near` for which `count` of them prints as `percent`."""
    return tuple(n for n in range(max(count, 1), near + 1) if fits(percent, Decimal(count), n))


def _denominator(case: Case, observation: Observation) -> int | None:
    about = observation.about
    printed = observation.statistics.get("of")
    if printed is not None:
        return int(printed.value) if not printed.bound and printed.decimals == 0 else None
    if about.denominator or about.population or about.adjustment or about.patients is not None or about.arm is None:
        return about.patients if about.patients and not about.denominator else None
    for cohort in case.extraction.study.cohorts:
        if cohort.cohort == observation.cohort:
            for arm in cohort.arms:
                if arm.arm == about.arm:
                    return arm.patients
    return None


def _where(observation: Observation) -> str:
    return f"{observation.variable} in {observation.group}"


def _disagree(case: Case, o: Observation, count: Printed, percent: Printed, total: int) -> Finding:
    real = 100 * count.value / total
    alternatives = [(str(n), f"count that prints as {percent}% of {total}") for n in counts_that_print(percent, total)]
    hidden = [n for n in totals_that_print(percent, int(count.value), total) if n != total]
    innocent = f"a denominator of {', '.join(map(str, hidden))} (missing data) gives it; " if hidden else ""
    fit = ", ".join(n for n, _ in alternatives) or "no whole number"
    return case.finding(
        "COUNT_PERCENT", "inconsistent", (*o.path, "percent"),
        f"{_where(o)}: {percent}% is inconsistent with {count} of {total}, which is {real:.{percent.decimals}f}%",
        f"{innocent}counts that print as {percent}% of {total}: {fit}",
        about=(o,), computed=(("percent", f"{real:.4f}"),), alternatives=tuple(alternatives),
    )  # fmt: skip


def _impossible(case: Case, o: Observation, percent: Printed, total: int) -> Finding:
    return case.finding(
        "PERCENT_IMPOSSIBLE", "inconsistent", (*o.path, "percent"),
        f"{_where(o)}: {percent}% is inconsistent with any whole number of {total} patients",
        "missing data would give another denominator; without a count it is not used in a proportion",
        about=(o,),
    )  # fmt: skip


def _exceeds(case: Case, o: Observation, count: Printed, total: int) -> Finding:
    return case.finding(
        "COUNT_EXCEEDS", "error", (*o.path, "count"),
        f"{_where(o)}: {count} is more than the {total} patients who can have it",
        "it may count events rather than patients, or belong to another group",
        about=(o,),
    )  # fmt: skip
