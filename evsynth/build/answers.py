"""Answers a pool of a review: select its effects, then pool or refuse."""

from __future__ import annotations

from typing import NamedTuple

from evsynth.build.branches import branches_of, with_branches
from evsynth.checks.checking import must_be_corrected
from evsynth.effects.select import select
from evsynth.model.estimate import Answer, Estimate
from evsynth.model.finding import Finding, Place, Problems
from evsynth.pooling.overlap import largest_sets
from evsynth.pooling.sensitivity.data_branches import DataBranches
from evsynth.pooling.synthesise import synthesise
from evsynth.review.folder import Folder


class Answered(NamedTuple):
    """An answer, and what other readings of discrepant prints do to it (None where none is admitted)."""

    answer: Answer
    branches: DataBranches | None


def answer(folder: Folder, name: str, *, checked: bool = False) -> Answer:
    """Answer the pool `name`; with `checked` no study is checked, so no finding is heard.

    Raises Problems UNKNOWN_POOL, or what must be corrected in a study it draws on: a number that does not stand in its
    quote is not pooled.
    """
    return answered(folder, name, findings=() if checked else None).answer


def answered(folder: Folder, name: str, *, findings: tuple[Finding, ...] | None = None) -> Answered:
    """Answer the pool `name`, and pool it under every reading that the findings about its studies admit.

    `findings` are those of checks that the caller has run. Raises Problems as `answer` does.
    """
    file = folder.pools.get(name)
    if file is None:
        listed = ", ".join(sorted(folder.pools)) or "none"
        message = f"there is no pool {name!r}"
        finding = Finding("UNKNOWN_POOL", "error", name, Place("extractions/pools"), message, f"pools here: {listed}")
        raise Problems((finding, *folder.problems))
    drawn = {i.study for i in file.pool.inputs}
    faults = tuple(f for f in folder.problems if f.subject == name or _stem(f) in drawn | {name})
    if findings is None:
        findings = folder.check(tuple(sorted(drawn & folder.studies.keys())))
        faults += tuple(f for f in findings if must_be_corrected(f) and f not in folder.problems)
    if faults:
        raise Problems(faults)
    sidecars = {key: source.about for key, source in folder.sources.items()}
    shared = overlaps(folder)
    selected = select(file.pool, {n: folder.studies[n] for n in sorted(drawn)}, sidecars, folder.review)
    selection = largest_sets(file.pool, selected, shared)
    result = synthesise(file.pool, selection, folder.review, shared)
    if not isinstance(result, Estimate) or result.kind == "exact":
        return Answered(Answer(file.pool, selection, result), None)
    branches = branches_of(folder, file.pool, selection, findings, shared)
    return Answered(Answer(file.pool, selection, with_branches(result, branches, file.pool)), branches)


def overlaps(folder: Folder) -> frozenset[frozenset[str]]:
    """List the pairs of cohorts that may share patients, as "study/cohort"."""
    return frozenset(
        frozenset((f"{name}/{cohort.cohort}", f"{other.study}/{other.cohort}"))
        for name, extraction in folder.studies.items()
        for cohort in extraction.study.cohorts
        for other in cohort.may_overlap
    )


def _stem(finding: Finding) -> str:
    return finding.place.file.rpartition("/")[2].removesuffix(".yaml")
