"""One quantity printed in several places is the same, and one row's numbers do not stand in another row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.registry import Case
from evsynth.model.finding import Alternative, Finding
from evsynth.model.observation import Observation

CODES = ("PRINTED_DIFFERENTLY", "REPEATED_TRIPLET")

_COMPARED = (
    "count", "percent", "mean", "sd", "median", "q1", "q3", "mean_change", "median_change", "percent_reduction",
    "hazard_ratio", "odds_ratio", "risk_ratio", "rho", "b", "beta", "lower", "upper", "p", "effect_size",
)  # fmt: skip

Pair = tuple[Observation, Observation]


def agreement(case: Case) -> Iterator[Finding]:
    """Compare values with one another."""
    for pairs in differing(case.extraction.observations):
        yield _conflict(case, pairs)
    yield from _triplets(case)


def differing(observations: tuple[Observation, ...]) -> Iterator[list[Pair]]:
    """Give, for each quantity printed in several places, the pairs of prints whose rounding intervals do not meet."""
    groups: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for o in observations:
        if o.unquoted is None and o.variable and o.about.basis != "external" and o.about.patients != 1:
            a = o.about
            key = (
                o.cohort, o.group, o.variable, a.with_, a.term, a.category, a.at, a.population, a.adjustment, a.test
            )  # fmt: skip
            groups[tuple(str(part) for part in key)].append(o)
    for members in groups.values():
        pairs = [(a, b) for a, b in combinations(members, 2) if any(_differ(a, b, name) for name in _COMPARED)]
        if pairs:
            yield pairs


def _conflict(case: Case, pairs: list[Pair]) -> Finding:
    other = pairs[0][1]
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
        f"{other.variable}{_of(other)} in {other.group}: one quantity, printed differently: {shown}",
        "they may differ in who was analysed or adjusted for; settle it under `resolutions`",
        about=members, alternatives=tuple(_alternatives(members, different)),
    )  # fmt: skip


def _of(o: Observation) -> str:
    """Name what a number is about beside its outcome: the other variable of a correlation, the term of a model."""
    return "".join(f" {word} {name}" for word, name in (("with", o.about.with_), ("term", o.about.term)) if name)


def _alternatives(members: list[Observation], different: list[str]) -> Iterator[Alternative]:
    """Each distinct print, read in every other place; a print that another one completes is not mixed with others."""
    prints = {o.id: {name: o.statistics[name].text for name in different if name in o.statistics} for o in members}
    seen: list[dict[str, str]] = []
    for one in members:
        own = prints[one.id]
        if own in seen or any(own.items() < other.items() for other in prints.values()):
            continue
        seen.append(own)
        reads = tuple(
            (o.name(name), text)
            for o in members
            for name, text in own.items()
            if name in o.statistics and o.statistics[name].text != text
        )
        yield Alternative(", ".join(f"{name} {text}" for name, text in own.items()), f"as in {one.where}", reads)


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
