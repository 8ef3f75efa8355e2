"""Ages, doses and levels that are printed, against the limits that the methods state for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.registry import Case
from evsynth.checks.stated_limits import Stated, core, factor, plain_unit, stated_limits
from evsynth.model.finding import Finding
from evsynth.model.observation import Observation
from evsynth.model.study import Timepoint, Variable
from evsynth.reanalyse.facts import Facts
from evsynth.reanalyse.granularity import largest_sd
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS", "DOSE_ABOVE_LIMIT", "DOSE_BELOW_LIMIT", "DOSE_OFF_AIM")

_ANYBODY = ("minimum", "q1", "mean", "median", "centre", "q3", "maximum", "value", "value_to")
_HEALTHY = Expression(r"\b(?:healthy|volunteers?|relatives|siblings?|parents|donors?|caregivers?)\b", re.I)
_MOST = ("mean", "median", "centre")
"""Statistics of the patients as a group: outside an aim, they say that most patients, not single ones, missed it."""


def limits(case: Case) -> Iterator[Finding]:
    """Compare values with the limits for the same thing, in the same unit, in the same patients.

    A limit is for the same thing where the names of both variables are the same but for words such as maximum or
    eligibility. Who may take part is looked for at baseline, and so is a dose to start with; other doses after it.
    """
    facts = Facts(case.extraction.study, case.extraction.observations)
    stated = stated_limits(facts)
    if not stated:
        return
    times = {t.at: t for t in case.extraction.study.timepoints}
    variables = {v.variable: v for v in case.extraction.study.variables}
    for o in facts.observations:
        variable = variables.get(o.variable)
        for limit in stated if variable is not None and not o.statistics.keys().isdisjoint(_ANYBODY) else ():
            if variable is not None and _is_limited(facts, o, variable, limit, times):
                found = next(_outside(case, facts, o, limit), None)
                if found is not None:
                    yield found
                    break


def _is_limited(facts: Facts, o: Observation, variable: Variable, limit: Stated, times: dict[str, Timepoint]) -> bool:
    by = limit.stated_by[0]
    if o in limit.stated_by or o.about.contrast or o.unquoted is not None or o.about.population:
        return False
    if variable.kind == "method" and not {"mean", "median", "minimum", "maximum"} & set(o.statistics):
        return False  # another plan
    if o.about.basis == "external" or o.cohort != by.cohort or (by.about.arm and by.about.arm != o.about.arm):
        return False
    if by.about.at and by.about.at != o.about.at:
        return False
    at = times.get(o.about.at or "")
    if at is None and limit.start:
        return False  # nobody says that it is the first dose
    if at is not None and _at_start(at) != (limit.start or limit.kind == "to take part"):
        return False
    same = core(variable, o.about.drug or variable.drug) == limit.core
    return same and plain_unit(o.about.unit or variable.unit) == limit.unit and not _others(facts, o)


def _at_start(at: Timepoint) -> bool:
    named = any(word in f"{at.at} {at.label}".lower() for word in ("baseline", "entry", "inclusion", "enrol", "start"))
    return named or (at.highest_months is not None and float(at.highest_months) == 0)


def _others(facts: Facts, o: Observation) -> bool:
    """Say whether a group is none of patients who took part: those screened, or healthy people beside them."""
    cohort = facts.cohort(o)
    arm = next((a for a in cohort.arms if a.arm == o.about.arm), None) if cohort else None
    return arm is not None and (arm.role == "screened" or _HEALTHY.search(arm.label) is not None)


def _outside(case: Case, facts: Facts, o: Observation, limit: Stated) -> Iterator[Finding]:
    variable = facts.variable(o)
    times = factor(o.about.unit or (variable.unit if variable else None))
    wrong: dict[str, list[str]] = {"below": [], "above": []}
    for name in _MOST if limit.kind == "aim" else _ANYBODY:
        number = o.statistics.get(name)
        if number is None:
            continue
        low, high = (end * times for end in span(number))
        out = 1e-9 if number.bound not in ("<", ">") else -1e-9  # "<5" is never 5
        if limit.low is not None and high < limit.low - out:
            wrong["below"].append(f"{name.replace('_', ' ')} {number}")
        elif limit.high is not None and low > limit.high + out:
            wrong["above"].append(f"{name.replace('_', ' ')} {number}")
    said = " and ".join(dict.fromkeys(f"'{by.printed}'" for by in limit.stated_by))
    for side, listed in wrong.items():
        if listed:
            yield _finding(case, o, limit, f"{o.variable} in {o.group}: {', '.join(listed)} is {side}", said, side)
            return
    if limit.kind != "to take part" or limit.low is None or limit.high is None:
        return
    yield from _spread(case, facts, o, limit, Span(limit.low / times, limit.high / times), said)


def _finding(case: Case, o: Observation, limit: Stated, what: str, said: str, side: str) -> Finding:
    about = (o, *limit.stated_by)
    path = next((*o.path, name) for name in _ANYBODY if name in o.statistics)
    if limit.kind == "to take part":
        return case.finding(
            "ELIGIBILITY_CONTRADICTS", "inconsistent", path, f"{what} what the criteria allow ({said})",
            "the limit may hold for another part of the study, or have been changed while patients were enrolled",
            about=about,
        )  # fmt: skip
    if limit.kind == "aim":
        return case.finding(
            "DOSE_OFF_AIM", "concern", path, f"{what} what the methods plan ({said})",
            "doses are changed in treatment, and levels vary; but then most patients were not treated as planned",
            about=about,
        )  # fmt: skip
    return case.finding(
        "DOSE_ABOVE_LIMIT" if side == "above" else "DOSE_BELOW_LIMIT", "inconsistent", path,
        f"{what} the limit of the methods ({said})",
        "the limit may hold for the start of treatment only, or for a part of the patients", about=about,
    )  # fmt: skip


def _spread(case: Case, facts: Facts, o: Observation, limit: Stated, ends: Span, said: str) -> Iterator[Finding]:
    """Find an SD that no patients inside the limits of taking part can have."""
    mean, sd, n = o.statistics.get("mean"), o.statistics.get("sd"), facts.patients(o)
    if mean is None or sd is None or mean.bound or sd.bound or n is None or n < 2:
        return
    inside = span(mean).within(ends.low, ends.high)
    if inside is None:
        return
    middle = min(max(ends.middle, inside.low), inside.high)
    most = largest_sd(middle, ends.low, ends.high, n, n - 1)
    if span(sd).low > most:
        yield case.finding(
            "ELIGIBILITY_CONTRADICTS", "inconsistent", (*o.path, "sd"),
            f"{o.variable} in {o.group}: an SD of {sd} is more than {most:.3g}, the largest that {n} patients of mean "
            f"{mean} whom the criteria allow ({said}) can have",
            "the limits may have been changed while patients were enrolled, or the spread may be another statistic",
            about=(o, *limit.stated_by), computed=(("largest SD", f"{most:.6g}"),),
        )  # fmt: skip
