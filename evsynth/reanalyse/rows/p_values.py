"""Every route to a printed P value, and what is missing where there is none."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.model.observation import Observation
from evsynth.model.printed import Printed
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.result import Attempt, guarded, meets
from evsynth.reanalyse.rows.groups import from_groups
from evsynth.reanalyse.rows.named_tests import other_test, tests_of
from evsynth.reanalyse.rows.printed_statistics import TIMES, from_printed_statistics
from evsynth.reanalyse.spans import exactly, hull, span


def p_attempts(o: Observation, facts: Facts) -> tuple[Attempt, ...]:
    """Give every attempt at the P of a value; never empty."""
    named = tests_of(o, facts)
    found = tuple(from_printed_statistics(o, facts))
    if not any(a.binding and not a.missing for a in found):
        found += tuple(guarded("groups", from_groups(o, facts, named)))
        other = other_test(o, facts)
        if found and other:
            found += (Attempt("the test named", missing=f"the patients' values ({other})"),)
    if not found:
        found = tuple(_stated_for_several(o, facts))
    return found or (Attempt("none", missing=_missing(o, facts)),)


def explanation(reported: Printed, attempts: tuple[Attempt, ...]) -> str:
    """Say what else would give a discrepant P: other counts the row admits, a lost decimal place, other patients."""
    notes = [f"{a.route} gives {a.point:.3g}" for a in attempts if a.note == "explains" and a.point is not None][:2]
    notes += [a.note for a in attempts if a.note.startswith("the printed P is that of")]
    notes += [a.note.removeprefix("explains: ") for a in attempts if a.note.startswith("explains: ")]
    if not notes and not reported.bound:
        halves = (a for a in attempts if a.binding and a.point is not None)
        notes += [
            f"half of it, one-sided, prints so ({a.route})"
            for a in halves
            if meets(reported, exactly((a.point or 0) / 2))
        ]
    if not reported.bound and not notes:
        shifted = Printed(reported.text, reported.value.scaleb(-1), reported.decimals + 1)
        for a in attempts:
            if a.binding and a.point is not None and span(shifted).low <= a.point <= span(shifted).high:
                notes.append(f"{shifted.value} would fit ({a.route})")
                break
    return "; ".join(notes)


def _stated_for_several(o: Observation, facts: Facts) -> Iterator[Attempt]:
    """A bound stated for several variables holds where the P printed for each of them does."""
    if not o.about.variables or not o.statistics["p"].bound:
        return
    values, names, lacking = [], [], []
    for variable in o.about.variables:
        printed = [
            x
            for x in facts.observations
            if x.about.variable == variable
            and x.about.contrast == o.about.contrast
            and x.cohort == o.cohort
            and "p" in x.statistics
            and x.about.at == o.about.at
        ]
        if not printed:
            lacking.append(variable)
            continue
        values.append(span(printed[0].statistics["p"]))
        names.append(printed[0].name("p"))
    if lacking:
        yield Attempt("P of each variable", missing=f"P of {', '.join(lacking)}", inputs=tuple(names))
        return
    threshold = float(o.statistics["p"].value)
    above = o.statistics["p"].bound in (">", "≥")
    worst = min(values, key=lambda s: s.low) if above else max(values, key=lambda s: s.high)
    note = f"the P nearest to {threshold:g} of {len(values)} variables; all are {hull(values).low:.3g} or more"
    route = "P printed for each variable"
    yield Attempt(route, worst.middle, worst, note=note, inputs=tuple(names), kind="stated")


def _missing(o: Observation, facts: Facts) -> str:
    named, contrast = tests_of(o, facts), facts.contrast(o)
    if contrast is None:
        return "what was compared, and the statistic"
    if named & {"log-rank", "cox"} and contrast.kind == "between arms" and not named & {"mann-whitney", "t"}:
        return TIMES
    if _time_to_event(o, facts):
        return TIMES
    if contrast.kind == "within arm":
        return "the patients' changes, or Z, r, or mean and SD of the change"
    if contrast.kind == "between arms of changes":
        return "the patients' changes in both groups, or U, or mean and SD of the change in both groups"
    if contrast.kind == "regression":
        return "B with its interval, or t with its degrees of freedom"
    if contrast.kind == "correlation":
        return "the coefficient"
    return "U, or counts, or mean and SD in every group, or the patients' values"


def _time_to_event(o: Observation, facts: Facts) -> bool:
    """Say whether the value is about a time to event."""
    variable = facts.variable(o)
    return variable is not None and variable.kind == "time to event"
