"""No more patients than there are; categories add up to their group, and groups to the group they split."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding
from evsynth.model.observation import Observation
from evsynth.model.study import Categories, Cohort, Partition
from evsynth.reanalyse.facts import Facts

CODES = ("COUNT_EXCEEDS", "PARTS_EXCEED", "PARTS_FALL_SHORT", "SUBGROUPS", "GROUPS", "GROUPS_UNEXPLAINED")


def counts(case: Case) -> Iterator[Finding]:
    """Compare counts with the patients who can have them, and parts with their whole."""
    facts = Facts(case.extraction.study, case.extraction.observations)
    for o in facts.observations:
        yield from _exceeds(case, facts, o)
    for index, group in enumerate(case.extraction.study.categories):
        if group.exclusive:
            yield from _categories(case, facts, index, group)
    for c, cohort in enumerate(case.extraction.study.cohorts):
        yield from _arms(case, c, cohort)
        for p, partition in enumerate(cohort.partitions):
            yield from _patients(case, facts, (c, p), cohort, partition)
            if partition.exclusive:
                yield from _subgroups(case, facts, cohort, partition)


def denominator(o: Observation, facts: Facts) -> int | None:
    """Give the patients a count is out of, as printed with it or as those of its arm; None where that is not sure."""
    printed = o.statistics.get("of")
    if printed is not None:
        return int(printed.value) if not printed.bound and printed.decimals == 0 else None
    if o.about.adjustment or (o.about.arm is None and o.about.patients is None):
        return None
    return facts.patients(o)


def _exceeds(case: Case, facts: Facts, o: Observation) -> Iterator[Finding]:
    count, total = o.statistics.get("count"), denominator(o, facts)
    if count is None or count.bound or total is None or total == 0 or count.value <= total:
        return
    of_patients = "percent" in o.statistics or "of" in o.statistics
    yield case.finding(
        "COUNT_EXCEEDS", "error" if of_patients else "concern", (*o.path, "count"),
        f"{o.variable} in {o.group}: {count} is more than the {total} patients who can have it",
        "it may count events rather than patients, or belong to another group",
        about=(o,),
    )  # fmt: skip


def _plain(o: Observation) -> bool:
    about = o.about
    other = about.population or about.denominator or about.adjustment or about.basis == "external"
    return not other and about.patients is None and not o.statistics["count"].bound


def _categories(case: Case, facts: Facts, index: int, group: Categories) -> Iterator[Finding]:
    """Add up categories place by place; where no place prints all of them, over all places."""
    tables: dict[tuple[str, str, str], dict[str, dict[str, Observation]]] = defaultdict(lambda: defaultdict(dict))
    for o in facts.observations:
        if o.about.arm and o.variable in group.variables and "count" in o.statistics and _plain(o):
            key, table = (o.cohort or "", o.about.arm, o.about.at or ""), o.where.partition(",")[0]
            for place in (table, "any place"):
                tables[key][place].setdefault(o.variable, o)
    for (cohort, arm, _), places in tables.items():
        whole = [
            cells for place, cells in places.items() if place != "any place" and len(cells) == len(group.variables)
        ]
        everywhere = [places["any place"]] if len(places["any place"]) == len(group.variables) else []
        for cells in whole or everywhere:
            yield from _sum(case, facts, index, group, (cohort, arm), tuple(cells.values()))


def _sum(
    case: Case, facts: Facts, index: int, group: Categories, arm: tuple[str, str], cells: tuple[Observation, ...]
) -> Iterator[Finding]:
    printed = {denominator(o, facts) for o in cells}
    patients = printed.pop() if len(printed) == 1 else None
    if patients is None:
        return
    total = sum(int(o.statistics["count"].value) for o in cells)
    listed = " + ".join(str(o.statistics["count"]) for o in cells)
    if total > patients:
        yield case.finding(
            "PARTS_EXCEED", "error", ("categories", index),
            f"{group.label} in {arm[1]}: {listed} = {total}, more than the {patients} patients",
            "patients may be counted in several categories; if so, declare `exclusive: false`", about=cells,
        )  # fmt: skip
    elif total < patients and group.exhaustive:
        yield case.finding(
            "PARTS_FALL_SHORT", "inconsistent", ("categories", index),
            f"{group.label} in {arm[1]}: {listed} = {total}, fewer than the {patients} patients",
            "patients may be missing or unclassified", about=cells,
        )  # fmt: skip


def _arms(case: Case, c: int, cohort: Cohort) -> Iterator[Finding]:
    sizes = {a.arm: a.patients for a in cohort.arms}
    for a, arm in enumerate(cohort.arms):
        whole = sizes.get(arm.within or "")
        if arm.patients is not None and whole is not None and arm.patients > whole:
            yield case.finding(
                "GROUPS", "error", ("cohorts", c, "arms", a, "patients"),
                f"{arm.arm} has {arm.patients} patients, more than the {whole} of {arm.within}, of which it is a part",
                "one of the two may count another set of patients",
                about=_sizes(case, cohort, (arm.arm, arm.within or "")),
            )  # fmt: skip


def _patients(
    case: Case, facts: Facts, place: tuple[int, int], cohort: Cohort, partition: Partition
) -> Iterator[Finding]:
    sizes = {a.arm: a.patients for a in cohort.arms}
    whole, parts = sizes.get(partition.of), [sizes.get(part) for part in partition.parts]
    known = [p for p in parts if p is not None]
    if whole is None or not partition.exclusive or len(known) < len(parts):
        return
    total, path = sum(known), ("cohorts", place[0], "partitions", place[1])
    listed = " + ".join(f"{n} {name}" for n, name in zip(known, partition.parts, strict=True))
    about = _sizes(case, cohort, (partition.of, *partition.parts))
    if total > whole or (partition.exhaustive and total < whole):
        yield case.finding(
            "GROUPS", "inconsistent", path, f"{partition.of}: {listed} = {total}, but the whole has {whole} patients",
            "patients may have left between the two counts, or be in several groups", about=about,
        )  # fmt: skip
    elif total < whole:
        yield case.finding(
            "GROUPS_UNEXPLAINED", "concern", path,
            f"{partition.of}: {listed} = {total} of {whole} patients; {whole - total} are in none of the groups",
            f"the paper may say why elsewhere; noted in the extraction: {partition.because}", about=about,
        )  # fmt: skip


def _sizes(case: Case, cohort: Cohort, arms: tuple[str, ...]) -> list[Observation]:
    """Give the first print of the size of each arm."""
    found: dict[str, Observation] = {}
    for o in case.extraction.observations:
        if o.cohort == cohort.cohort and o.variable == "patients" and "count" in o.statistics and o.about.arm in arms:
            found.setdefault(o.about.arm or "", o)
    return list(found.values())


def _subgroups(case: Case, facts: Facts, cohort: Cohort, partition: Partition) -> Iterator[Finding]:
    """A feature is counted in the whole at least as often as in the parts, and at most so often plus the others."""
    cells: dict[tuple[str, str], dict[str, Observation]] = defaultdict(dict)
    for o in facts.observations:
        fits = o.cohort == cohort.cohort and o.about.arm in (partition.of, *partition.parts)
        if fits and o.variable != "patients" and "count" in o.statistics and _plain(o):
            size = facts.arm_patients(o.cohort, o.about.arm)
            if size is not None and denominator(o, facts) == size:
                cells[o.variable, o.about.at or ""].setdefault(o.about.arm or "", o)
    for (variable, _), found in cells.items():
        whole, parts = found.get(partition.of), [found[p] for p in partition.parts if p in found]
        if whole is None or not parts:
            continue
        total, n = int(whole.statistics["count"].value), facts.patients(whole) or 0
        in_parts = sum(int(o.statistics["count"].value) for o in parts)
        others = n - sum(facts.patients(o) or 0 for o in parts)
        if in_parts <= total <= in_parts + max(others, 0):
            continue
        listed = " + ".join(f"{o.statistics['count']} in {o.about.arm}" for o in parts)
        allowed = str(in_parts) if others <= 0 else f"{in_parts} to {in_parts + others}"
        yield case.finding(
            "SUBGROUPS", "inconsistent", (*whole.path, "count"),
            f"{variable}: {total} of {n} in {partition.of} is inconsistent with its parts ({listed}), "
            f"which allow {allowed}",
            "the groups may have been counted at different times or by different definitions", about=(whole, *parts),
        )  # fmt: skip
