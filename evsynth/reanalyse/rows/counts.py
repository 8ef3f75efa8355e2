"""Percentages, derived counts, sums of groups, categories and components, and medians of scales printed by grade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import counts_that_print, denominators_that_print, evaluate, percent
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.feasible import definitions, middle, quantile
from evsynth.reanalyse.result import Attempt, meets
from evsynth.reanalyse.spans import Span, exactly, span


class Row(NamedTuple):
    """A reported number and the attempts at it."""

    observation: Observation
    quantity: str
    reported: Printed
    attempts: tuple[Attempt, ...]


def percent_attempts(o: Observation, facts: Facts) -> tuple[Attempt, ...]:
    """Give the percentage from count and denominator, or the whole numbers that could print so."""
    printed, count, of = o.statistics["percent"], o.statistics.get("count"), o.statistics.get("of")
    n = int(of.value) if of is not None and not of.bound else facts.patients(o)
    if o.about.adjustment:
        return (Attempt("count of denominator", missing="the weights (the percentage is weighted or adjusted)"),)
    if n is not None and n < 1:
        return (Attempt("count of denominator", missing="a denominator above zero"),)
    if count is not None and not count.bound and n:
        names = tuple(o.name(s) for s in ("count", "of") if s in o.statistics)
        value = percent(int(count.value), n)
        note = _fits(printed, int(count.value), n)
        return (Attempt(f"{count} of {n}", value, exactly(value), note=note, inputs=names),)
    if n is None:
        return (Attempt("count of denominator", missing="the count and the denominator"),)
    counts = counts_that_print(printed, n)
    if counts:
        note = f"the count is not printed; {' or '.join(map(str, counts[:3]))} of {n} prints so"
        values = [percent(k, n) for k in counts]
        return (Attempt(f"a whole number of {n}", None, Span(min(values), max(values)), note=note),)
    smaller = next((m for m in range(n - 1, 0, -1) if counts_that_print(printed, m)), None)
    note = f"no whole number of {n} prints so"
    note += f"; {counts_that_print(printed, smaller)[0]} of {smaller} does" if smaller else ""
    nearest = percent(round(float(printed) * n / 100), n)
    return (Attempt(f"a whole number of {n}", nearest, exactly(nearest), note=note),)


def _fits(printed: Printed, count: int, n: int) -> str:
    if meets(printed, exactly(percent(count, n))):
        return ""
    counts = counts_that_print(printed, n)
    others = denominators_that_print(printed, count, n)
    notes = [f"{counts[0]} of {n} prints so" if counts else f"no whole number of {n} prints so"]
    if others:
        notes.append(f"{count} of {others[-1]} prints so")
    return "; ".join(notes)


def derived_rows(facts: Facts) -> Iterator[Row]:
    """Give every derived count with its formula evaluated."""
    by_id = {o.id: o for o in facts.observations}
    for o in facts.observations:
        source = o.unquoted
        if source is None or source.why != "derived" or not source.formula or "count" not in o.statistics:
            continue
        values = {
            i: by_id[i].statistics["count"] for i in source.inputs if i in by_id and "count" in by_id[i].statistics
        }
        result = evaluate(source.formula, {i: int(p.value) for i, p in values.items()})
        names = tuple(by_id[i].name("count") for i in values)
        if result is None:
            attempt = Attempt(source.formula, missing="a formula that can be evaluated", inputs=names)
        else:
            attempt = Attempt(source.formula, float(result), exactly(float(result)), inputs=names)
        yield Row(o, "count", o.statistics["count"], (attempt,))


def group_rows(facts: Facts) -> Iterator[Row]:
    """Give the patients of every group that is split, from the patients of its parts."""
    for cohort in facts.study.cohorts:
        sizes = {a.arm: a.patients for a in cohort.arms}
        for partition in cohort.partitions:
            prints = [
                o
                for o in facts.observations
                if o.cohort == cohort.cohort and o.about.arm == partition.of and o.about.variable == "patients"
                if "count" in o.statistics
            ]
            parts = [sizes.get(part) for part in partition.parts]
            if not prints:
                continue
            o, what = prints[0], " + ".join(partition.parts)
            known = [p for p in parts if p is not None]
            if len(known) < len(parts):
                lacking = [part for part in partition.parts if sizes.get(part) is None]
                attempt = Attempt(what, missing=f"patients of {', '.join(lacking)}")
            elif partition.exhaustive and partition.exclusive:
                attempt = Attempt(what, float(sum(known)), exactly(float(sum(known))))
            else:
                least = float(sum(known) if partition.exclusive else max(known))
                most = float("inf") if not partition.exhaustive else float(sum(known))
                attempt = Attempt(
                    what, None, Span(least, most), note="the groups do not make up the whole; only a bound"
                )
            yield Row(o, "patients", o.statistics["count"], (attempt,))


def category_rows(facts: Facts) -> Iterator[Row]:
    """Give the patients of every group from exclusive categories that make up the whole, place by place."""
    for categories in facts.study.categories:
        if not (categories.exclusive and categories.exhaustive):
            continue
        tables: dict[tuple[str | None, str | None, str | None, str], dict[str, Observation]] = {}
        for o in facts.observations:
            if (
                o.about.variable in categories.variables
                and "count" in o.statistics
                and o.about.arm
                and o.unquoted is None
            ):
                key = (o.cohort, o.about.arm, o.about.at, o.where.partition(",")[0])
                tables.setdefault(key, {}).setdefault(o.about.variable or "", o)
        for (cohort, arm, _, place), cells in tables.items():
            whole = facts.arm_patients(cohort, arm)
            if whole is None or len(cells) < len(categories.variables):
                continue
            first = cells[categories.variables[0]]
            total = sum(int(c.statistics["count"].value) for c in cells.values())
            names = tuple(c.name("count") for c in cells.values())
            route = f"sum of {categories.label} in {place}"
            attempt = Attempt(route, float(total), exactly(float(total)), inputs=names)
            yield Row(first, f"patients, {categories.label}", Printed.parse(str(whole)), (attempt,))


def component_rows(facts: Facts) -> Iterator[Row]:
    """Give the mean of every score from the means of its components, for instruments that name them."""
    instruments = {i.instrument: i for i in facts.instruments if i.components}
    for o in facts.observations:
        variable = facts.variable(o)
        instrument = instruments.get(variable.instrument or "") if variable else None
        if instrument is None or "mean" not in o.statistics or o.about.arm is None:
            continue
        parts = [facts.in_arm(o, o.about.arm, c, ("mean",)) for c in instrument.components]
        present = [p for p in parts if p is not None]
        route = "sum of the means of " + ", ".join(instrument.components)
        if len(present) < len(parts):
            yield Row(o, "mean", o.statistics["mean"], (Attempt(route, missing="the means of all components"),))
            continue
        spans = [span(p.statistics["mean"]) for p in present]
        total = float(sum(p.statistics["mean"].value for p in present))
        values = Span(sum(s.low for s in spans), sum(s.high for s in spans))
        names = tuple(p.name("mean") for p in present)
        yield Row(o, "mean", o.statistics["mean"], (Attempt(route, total, values, inputs=names),))


def grade_rows(facts: Facts) -> Iterator[Row]:
    """Give median and quartiles of every scale whose grades are counted, by the definitions in use."""
    for o in facts.observations:
        if o.about.arm is None or not {"median", "q1", "q3"} & set(o.statistics):
            continue
        grades = facts.grades(o, o.about.arm)
        if grades is None:
            continue
        values = tuple(g for g, k in grades for _ in range(k))
        for name, which in (("q1", 0), ("median", None), ("q3", 1)):
            if name not in o.statistics:
                continue
            if which is None:
                ways = {"the median": middle(len(values))}
            else:
                ways = {f"{d} quartile": positions[which] for d, positions in definitions(len(values)).items()}
            found = {way: float(quantile(values, positions)) for way, positions in ways.items()}
            attempts = tuple(Attempt(f"patients in each grade, {way}", v, exactly(v)) for way, v in found.items())
            yield Row(o, name, o.statistics[name], attempts)
