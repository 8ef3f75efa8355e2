"""One quantity printed in several places is the same; one row's numbers do not stand in another row; parts add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding
from evsynth.model.observation import Observation
from evsynth.model.study import Categories

CODES = ("PRINTED_DIFFERENTLY", "REPEATED_TRIPLET", "PARTS_EXCEED", "PARTS_FALL_SHORT")

_COMPARED = (
    "count", "percent", "mean", "sd", "median", "q1", "q3", "mean_change", "median_change", "percent_reduction",
    "hazard_ratio", "odds_ratio", "risk_ratio", "rho", "b", "beta", "lower", "upper", "p", "effect_size",
)  # fmt: skip


def agreement(case: Case) -> Iterator[Finding]:
    """Compare values with one another."""
    yield from _places(case)
    yield from _triplets(case)
    yield from _sums(case)


def _places(case: Case) -> Iterator[Finding]:
    """One identity, several places. Prints whose rounding intervals meet agree; one identity gives one finding."""
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in case.extraction.observations:
        if o.unquoted is None and o.variable and o.about.basis != "external" and o.about.patients != 1:
            a = o.about
            key = (
                o.cohort,
                o.group,
                o.variable,
                a.with_,
                a.term,
                a.category,
                a.at,
                a.population,
                a.adjustment,
                a.test,
            )
            groups[tuple(str(part) for part in key)].append(o)
    for members in groups.values():
        pairs = [(a, b) for a, b in combinations(members, 2) if any(_differ(a, b, name) for name in _COMPARED)]
        if pairs:
            yield _conflict(case, pairs)


def _conflict(case: Case, pairs: list[tuple[Observation, Observation]]) -> Finding:
    first, other = pairs[0]
    different = [name for name in _COMPARED if any(_differ(a, b, name) for a, b in pairs)]
    members = list({o.id: o for pair in pairs for o in pair}.values())
    prints = {
        name: list({o.statistics[name].text: o for o in members if name in o.statistics}.values()) for name in different
    }
    shown = "; ".join(
        f"{name} " + " and ".join(f"{o.statistics[name]} ({o.where})" for o in found) for name, found in prints.items()
    )
    return case.finding(
        "PRINTED_DIFFERENTLY", "inconsistent", other.path,
        f"{other.variable} in {other.group}: one quantity, printed differently: {shown}",
        "they may differ in who was analysed or adjusted for; settle it under `resolutions`",
        about=(first, other),
        alternatives=tuple((o.statistics[name].text, o.where) for name, found in prints.items() for o in found),
    )  # fmt: skip


def _differ(one: Observation, other: Observation, name: str) -> bool:
    both = name in one.statistics and name in other.statistics
    return both and not one.statistics[name].agrees(other.statistics[name])


def _triplets(case: Case) -> Iterator[Finding]:
    """A centre with two quartiles that stands in two rows of one table for one group is most likely one row twice."""
    seen: dict[tuple[str, ...], Observation] = {}
    reported: set[tuple[str, str, str]] = set()
    for o in case.extraction.observations:
        numbers = [o.statistics[n].text for n in ("median", "q1", "q3") if n in o.statistics]
        if len(numbers) < 3 or o.about.arm is None or len(set(numbers)) < 3:
            continue
        table = o.where.split(",")[0]
        key = (table, o.cohort or "", o.about.arm, o.about.at or "", *numbers)
        other = seen.setdefault(key, o)
        pair = (table, other.variable, o.variable)
        if other.variable != o.variable and pair not in reported:
            reported.add(pair)
            yield case.finding(
                "REPEATED_TRIPLET", "inconsistent", (*o.path, "printed"),
                f"{o.variable} in {o.group}: {o.printed!r} also stands in the row of {other.variable} ({table})",
                "two scales can have the same quartiles by chance; otherwise one row prints another row's numbers",
                about=(other, o),
            )  # fmt: skip


def _sums(case: Case) -> Iterator[Finding]:
    study = case.extraction.study
    for index, group in enumerate(study.categories):
        if not group.exclusive:
            continue
        for cohort in study.cohorts:
            for arm in cohort.arms:
                if arm.patients is not None:
                    yield from _sum(case, index, group, cohort.cohort, arm.arm, arm.patients)


def _sum(case: Case, index: int, group: Categories, cohort: str, arm: str, patients: int) -> Iterator[Finding]:
    counts: dict[str, Observation] = {}
    for o in case.extraction.observations:
        if o.cohort == cohort and o.about.arm == arm and o.variable in group.variables and "count" in o.statistics:
            counts.setdefault(o.variable, o)
    if len(counts) < len(group.variables):
        return
    total = sum(int(o.statistics["count"].value) for o in counts.values())
    listed = " + ".join(str(o.statistics["count"]) for o in counts.values())
    about = tuple(counts.values())
    if total > patients:
        yield case.finding(
            "PARTS_EXCEED", "error", ("categories", index),
            f"{group.label} in {arm}: {listed} = {total}, more than the {patients} patients",
            "patients may be counted in several categories; if so, declare `exclusive: false`", about=about,
        )  # fmt: skip
    elif total < patients and group.exhaustive:
        yield case.finding(
            "PARTS_FALL_SHORT", "inconsistent", ("categories", index),
            f"{group.label} in {arm}: {listed} = {total}, fewer than the {patients} patients",
            "patients may be missing or unclassified", about=about,
        )  # fmt: skip
