"""Answers a pool of a review: select its effects, then pool or refuse."""

from __future__ import annotations

from evsynth.checks import must_be_corrected
from evsynth.effects.select import select
from evsynth.model.estimate import Answer
from evsynth.model.finding import Finding, Place, Problems
from evsynth.pooling.synthesise import synthesise
from evsynth.review.folder import Folder


def answer(folder: Folder, name: str, *, checked: bool = False) -> Answer:
    """Answer the pool `name`; with `checked` the caller has already checked the studies of the folder.

    Raises Problems UNKNOWN_POOL, or what must be corrected in a study it draws on: a number that does not stand in its
    quote is not pooled.
    """
    file = folder.pools.get(name)
    if file is None:
        listed = ", ".join(sorted(folder.pools)) or "none"
        message = f"there is no pool {name!r}"
        finding = Finding("UNKNOWN_POOL", "error", name, Place("extractions/pools"), message, f"pools here: {listed}")
        raise Problems((finding, *folder.problems))
    drawn = {i.study for i in file.pool.inputs}
    faults = tuple(f for f in folder.problems if f.subject == name or _stem(f) in drawn | {name})
    if not checked:
        found = folder.check(tuple(sorted(drawn & folder.studies.keys())))
        faults += tuple(f for f in found if must_be_corrected(f) and f not in folder.problems)
    if faults:
        raise Problems(faults)
    sidecars = {key: source.about for key, source in folder.sources.items()}
    selection = select(file.pool, {n: folder.studies[n] for n in sorted(drawn)}, sidecars, folder.review)
    return Answer(file.pool, selection, synthesise(file.pool, selection, folder.review, overlaps(folder)))


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
