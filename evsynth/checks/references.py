"""Every name used in a study file is declared: cohorts, arms, contrasts, variables, timepoints, values."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from evsynth.checks.registry import Case
from evsynth.model.finding import Finding, KeyPath
from evsynth.model.study import Cohort
from evsynth.model.values import Passage, Qualifiers, Value

CODES = ("UNKNOWN_NAME", "NAME_TWICE", "DIRECTION_WITHOUT_BASIS")


def references(case: Case) -> Iterator[Finding]:
    """Find names that nothing declares, identifiers given twice, and directions that say not what they rest on."""
    yield from _declarations(case)
    yield from _cohorts(case)
    yield from _values(case)
    yield from _ids(case)
    yield from _directions(case)


def _declarations(case: Case) -> Iterator[Finding]:
    study = case.extraction.study
    instruments = [i.instrument for i in case.review.instruments]
    outcomes = [o.outcome for o in case.review.outcomes]
    for index, variable in enumerate(study.variables):
        path: KeyPath = ("variables", index)
        yield from _known(case, (*path, "instrument"), variable.instrument, instruments, "instrument of review.yaml")
        yield from _known(case, (*path, "outcome"), variable.outcome, outcomes, "outcome of review.yaml")
    names = [v.variable for v in study.variables]
    for index, group in enumerate(study.categories):
        for k, name in enumerate(group.variables):
            yield from _known(case, ("categories", index, "variables", k), name, names, "variable")
    for index, missing in enumerate(study.not_reported):
        yield from _known(case, ("not_reported", index, "variable"), missing.variable, names, "variable")
        yield from _known(case, ("not_reported", index, "source"), missing.source, case.sources, "source")
    for index, unused in enumerate(study.not_used):
        yield from _known(case, ("not_used", index, "source"), unused.source, case.sources, "source")
    for index, report in enumerate(study.reports):
        yield from _known(case, ("reports", index, "source"), report.source, case.sources, "source")


def _cohorts(case: Case) -> Iterator[Finding]:
    study = case.extraction.study
    times = [t.at for t in study.timepoints]
    adjustments = [a.adjustment for a in study.adjustments]
    for c, cohort in enumerate(study.cohorts):
        arms = [a.arm for a in cohort.arms]
        for a, arm in enumerate(cohort.arms):
            yield from _known(case, ("cohorts", c, "arms", a, "within"), arm.within, arms, "arm")
        for p, partition in enumerate(cohort.partitions):
            for k, name in enumerate(partition.parts):
                yield from _known(case, ("cohorts", c, "partitions", p, "parts", k), name, arms, "arm")
            yield from _known(case, ("cohorts", c, "partitions", p, "of"), partition.of, arms, "arm")
        for k, contrast in enumerate(cohort.contrasts):
            here: KeyPath = ("cohorts", c, "contrasts", k)
            for i, name in enumerate(contrast.arms):
                yield from _known(case, (*here, "arms", i), name, arms, "arm")
            yield from _known(case, (*here, "from"), contrast.from_, times, "timepoint")
            yield from _known(case, (*here, "to"), contrast.to, times, "timepoint")
            yield from _known(case, (*here, "adjustment"), contrast.adjustment, adjustments, "adjustment")


def _values(case: Case) -> Iterator[Finding]:
    study = case.extraction.study
    only = study.cohorts[0].cohort if len(study.cohorts) == 1 else None
    for p, passage in enumerate(study.passages):
        yield from _qualifiers(case, ("passages", p), passage, passage.cohort or only)
        for v, value in enumerate(passage.values):
            yield from _qualifiers(case, ("passages", p, "values", v), value, _cohort(passage, value) or only)
    for u, unquoted in enumerate(study.unquoted):
        yield from _qualifiers(case, ("unquoted", u), unquoted, unquoted.cohort or only)


def _cohort(passage: Passage, value: Value) -> str | None:
    return value.cohort or passage.cohort


def _qualifiers(case: Case, path: KeyPath, about: Qualifiers, cohort_id: str | None) -> Iterator[Finding]:
    study = case.extraction.study
    cohorts = {c.cohort: c for c in study.cohorts}
    yield from _known(case, (*path, "cohort"), about.cohort, cohorts, "cohort")
    cohort = cohorts.get(cohort_id or "")
    if cohort_id is None or cohort is not None:  # one cause, one finding: an unknown cohort has no arms to look in
        yield from _groups(case, path, about, cohort)
    variables = [v.variable for v in study.variables]
    yield from _known(case, (*path, "variable"), about.variable, variables, "variable")
    yield from _known(case, (*path, "with"), about.with_, variables, "variable")
    yield from _known(case, (*path, "term"), about.term, variables, "variable")
    for k, name in enumerate(about.variables):
        yield from _known(case, (*path, "variables", k), name, variables, "variable")
    yield from _known(case, (*path, "at"), about.at, [t.at for t in study.timepoints], "timepoint")
    adjustments = [a.adjustment for a in study.adjustments]
    yield from _known(case, (*path, "adjustment"), about.adjustment, adjustments, "adjustment")


def _groups(case: Case, path: KeyPath, about: Qualifiers, cohort: Cohort | None) -> Iterator[Finding]:
    arms = [a.arm for a in cohort.arms] if cohort else []
    contrasts = [k.contrast for k in cohort.contrasts] if cohort else []
    where = f"of cohort {cohort.cohort}" if cohort else "(give the value a `cohort`)"
    yield from _known(case, (*path, "arm"), about.arm, arms, f"arm {where}")
    yield from _known(case, (*path, "contrast"), about.contrast, contrasts, f"contrast {where}")


def _ids(case: Case) -> Iterator[Finding]:
    seen: dict[str, KeyPath] = {}
    for observation in case.extraction.observations:
        if observation.id in seen:
            line = case.extraction.place(seen[observation.id]).line
            message = f"the value {observation.id!r} stands here a second time (first in line {line})"
            yield case.finding("NAME_TWICE", "error", (*observation.path, "id"), message, "give one another id")
        seen.setdefault(observation.id, observation.path)
    for r, resolution in enumerate(case.extraction.study.resolutions):
        for k, name in enumerate(resolution.about):
            yield from _known(case, ("resolutions", r, "about", k), name, seen, "value")
        for key, known in _declared(case).items():
            yield from _known(case, ("resolutions", r, "read_as", key), resolution.read_as.get(key), known, key)
    for u, unquoted in enumerate(case.extraction.study.unquoted):
        for k, name in enumerate(unquoted.inputs):
            yield from _known(case, ("unquoted", u, "inputs", k), name, seen, "value")
    for c, cohort in enumerate(case.extraction.study.cohorts):
        for a, arm in enumerate(cohort.arms):
            for k, component in enumerate(arm.components):
                path = ("cohorts", c, "arms", a, "components", k, "value")
                yield from _known(case, path, component.value, seen, "value")


def _directions(case: Case) -> Iterator[Finding]:
    for o in case.extraction.observations:
        if o.about.direction in ("better", "worse") and not o.about.direction_basis:
            yield case.finding(
                "DIRECTION_WITHOUT_BASIS", "error", (*o.path, "direction"),
                f"{o.variable} in {o.group}: the direction {o.about.direction!r} does not say what it rests on",
                "add `direction_basis:` with the words of the paper, or write direction: unknown",
            )  # fmt: skip


def _declared(case: Case) -> dict[str, list[str]]:
    study = case.extraction.study
    return {
        "cohort": [c.cohort for c in study.cohorts],
        "arm": [a.arm for c in study.cohorts for a in c.arms],
        "contrast": [k.contrast for c in study.cohorts for k in c.contrasts],
        "variable": [v.variable for v in study.variables],
        "at": [t.at for t in study.timepoints],
    }


def _known(case: Case, path: KeyPath, name: str | None, known: Iterable[str], kind: str) -> Iterator[Finding]:
    names = list(known)
    if name is None or name in names:
        return
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    listed = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    hint = f"did you mean {close[0]!r}?" if close else f"known: {listed or 'none'}"
    yield case.finding("UNKNOWN_NAME", "error", path, f"{name!r} is not a known {kind}", hint)
