"""Reads a review folder: the review, its studies, its sources, its pools, and everything wrong with their files."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, TypeVar

from evsynth.checks.checking import CHECKS, Registered, case, check
from evsynth.model.finding import Finding, Problems, order
from evsynth.model.pool import Pool
from evsynth.model.review import Review
from evsynth.model.source import Source
from evsynth.pooling.gate import CODES, FINAL
from evsynth.review.files import read_text
from evsynth.review.sources import enter, read_sources
from evsynth.text.compose import Tree
from evsynth.text.extraction import Extraction, read_study
from evsynth.text.read import read

T = TypeVar("T")


class PoolFile(NamedTuple):
    """A pool with the places of its keys."""

    pool: Pool
    tree: Tree


class Folder(NamedTuple):
    """A review as its files say it. `problems` holds what could not be read; the rest is there all the same."""

    root: Path
    review: Review
    studies: dict[str, Extraction]
    sources: dict[str, Source]
    pools: dict[str, PoolFile]
    problems: tuple[Finding, ...]

    def check(self, studies: tuple[str, ...] = (), checks: tuple[Registered, ...] = CHECKS) -> tuple[Finding, ...]:
        """Run the checks on all studies (or those named), and add what could not be read."""
        chosen = [self.studies[name] for name in sorted(self.studies) if not studies or name in studies]
        found = [f for e in chosen for f in check(case(e, self.review, self.sources), checks)]
        return tuple(sorted((*self.problems, *found), key=order))


def open_folder(root: Path) -> Folder:
    """Read the review at `root`. Raises Problems if review.yaml itself cannot be read; other files are reported."""
    problems: list[Finding] = []
    review, _ = read(
        Review,
        read_text(root / "extractions" / "review.yaml", "extractions/review.yaml"),
        "extractions/review.yaml",
    )
    sources = read_sources(root, problems)
    studies: dict[str, Extraction] = {}
    for path in sorted((root / "extractions" / "studies").glob("*.yaml")):
        shown = path.relative_to(root).as_posix()
        try:
            extraction = read_study(read_text(path, shown), shown)
        except Problems as error:
            problems += error.findings
            continue
        enter(studies, extraction.study.study, extraction, extraction.tree, "study", path.stem, problems)
    pools: dict[str, PoolFile] = {}
    for path in sorted((root / "extractions" / "pools").glob("*.yaml")):
        shown = path.relative_to(root).as_posix()
        try:
            pool = PoolFile(*read(Pool, read_text(path, shown), shown))
        except Problems as error:
            problems += error.findings
            continue
        enter(pools, pool.pool.pool, pool, pool.tree, "pool", path.stem, problems)
    folder = Folder(root, review, studies, sources, pools, ())
    problems += [f for p in pools.values() for f in _pool_names(p, folder, tuple(problems))]
    return folder._replace(problems=tuple(problems))


def _pool_names(file: PoolFile, folder: Folder, problems: tuple[Finding, ...]) -> list[Finding]:
    """Check that what a pool names is there; a study whose own file could not be read is not blamed on the pool."""
    broken = {Path(p.place.file).stem for p in problems}
    found: list[Finding] = []

    def missing(path: tuple[str | int, ...], name: str | None, known: list[str], kind: str) -> bool:
        if name is None or name in known:
            return False
        hint = f"known: {', '.join(known) or 'none'}"
        place = file.tree.place(path)
        found.append(
            Finding("UNKNOWN_NAME", "error", file.pool.pool, place, f"{name!r} is not a known {kind}", hint, path)
        )
        return True

    missing(("outcome",), file.pool.outcome, [o.outcome for o in folder.review.outcomes], "outcome of review.yaml")
    for index, override in enumerate(file.pool.overrides):
        codes = [code for code in CODES if code not in FINAL]
        missing(("overrides", index, "code"), override.code, codes, "reason that can be set aside")
    for index, wanted in enumerate(file.pool.inputs):
        path = ("inputs", index)
        if wanted.study in broken or missing((*path, "study"), wanted.study, sorted(folder.studies), "study"):
            continue
        study = folder.studies[wanted.study].study
        if missing((*path, "cohort"), wanted.cohort, [c.cohort for c in study.cohorts], f"cohort of {wanted.study}"):
            continue
        cohort = next(c for c in study.cohorts if c.cohort == wanted.cohort)
        missing(
            (*path, "variable"),
            wanted.variable,
            [v.variable for v in study.variables],
            f"variable of {wanted.study}",
        )
        missing((*path, "at"), wanted.at, [t.at for t in study.timepoints], f"timepoint of {wanted.study}")
        arms = [a.arm for a in cohort.arms]
        missing((*path, "arm"), wanted.arm, arms, f"arm of {wanted.cohort}")
        for k, arm in enumerate(wanted.arms or ()):
            missing((*path, "arms", k), arm, arms, f"arm of {wanted.cohort}")
        contrasts = [c.contrast for c in cohort.contrasts]
        missing((*path, "contrast"), wanted.contrast, contrasts, f"contrast of {wanted.cohort}")
        values = [o.id for o in folder.studies[wanted.study].observations]
        if wanted.value and wanted.value not in values:
            missing(
                (*path, "value"),
                wanted.value,
                [v for v in values if "/" not in v],
                f"value of {wanted.study}",
            )
    return found
