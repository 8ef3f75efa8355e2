"""Reads a review folder: the review, its studies, its sources, its pools, and everything wrong with their files."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, TypeVar

from evsynth.checks.checking import CHECKS, Registered, case, check
from evsynth.model.finding import Finding, Place, Problems, order
from evsynth.model.pool import Pool
from evsynth.model.review import Review
from evsynth.model.source import Sidecar, Source
from evsynth.pooling.gate import CODES, FINAL
from evsynth.review.files import read_bytes, read_text, sha256
from evsynth.text.compose import Tree
from evsynth.text.extraction import Extraction, read_study
from evsynth.text.read import decode, read

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


def find_root(start: Path) -> Path:
    """Find the review that `start` lies in: the nearest folder with extractions/review.yaml.

    Raises Problems NO_REVIEW if there is none, FILE if `start` itself is not there.
    """
    if not start.exists():
        message = f"{start}: there is no such file or folder"
        hint = "give a file or the folder of a review"
        raise Problems((Finding("FILE", "error", str(start), Place(str(start)), message, hint),))
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "extractions" / "review.yaml").is_file():
            return folder
    message = f"there is no review here: no extractions/review.yaml in {start.name or start} or above it"
    hint = "go to the folder of a review, or start one with `evsynth init DIR`"
    raise Problems((Finding("NO_REVIEW", "error", "", Place("extractions/review.yaml"), message, hint),))


def open_folder(root: Path) -> Folder:
    """Read the review at `root`. Raises Problems if review.yaml itself cannot be read; other files are reported."""
    problems: list[Finding] = []
    review, _ = read(
        Review,
        read_text(root / "extractions" / "review.yaml", "extractions/review.yaml"),
        "extractions/review.yaml",
    )
    sources = _sources(root, problems)
    studies: dict[str, Extraction] = {}
    for path in sorted((root / "extractions" / "studies").glob("*.yaml")):
        shown = path.relative_to(root).as_posix()
        try:
            extraction = read_study(read_text(path, shown), shown)
        except Problems as error:
            problems += error.findings
            continue
        _enter(studies, extraction.study.study, extraction, extraction.tree, "study", path.stem, problems)
    pools: dict[str, PoolFile] = {}
    for path in sorted((root / "extractions" / "pools").glob("*.yaml")):
        shown = path.relative_to(root).as_posix()
        try:
            pool = PoolFile(*read(Pool, read_text(path, shown), shown))
        except Problems as error:
            problems += error.findings
            continue
        _enter(pools, pool.pool.pool, pool, pool.tree, "pool", path.stem, problems)
    folder = Folder(root, review, studies, sources, pools, ())
    problems += [f for p in pools.values() for f in _pool_names(p, folder, tuple(problems))]
    return folder._replace(problems=tuple(problems))


def _sources(root: Path, problems: list[Finding]) -> dict[str, Source]:
    sources: dict[str, Source] = {}
    for path in sorted((root / "corpora" / "sources").glob("*.yaml")):
        shown = path.relative_to(root).as_posix()
        try:
            sidecar, tree = read(Sidecar, read_text(path, shown), shown)
            text = actual = None
            if sidecar.file is not None:
                beside = path.with_name(Path(sidecar.file).name)
                shown_text = beside.relative_to(root).as_posix()
                raw = read_bytes(beside, shown_text)
                text, actual = decode(raw, shown_text), sha256(raw)
        except Problems as error:
            problems += error.findings
            continue
        _enter(sources, sidecar.source, Source(sidecar, text, actual), tree, "source", path.stem, problems)
    return sources


def _enter(known: dict[str, T], name: str, thing: T, tree: Tree, kind: str, stem: str, problems: list[Finding]) -> None:
    """Add a thing under its identifier; a second one with the same identifier is a problem."""
    place = tree.place((kind,))
    if name in known:
        message = f"the {kind} {name!r} is already described by another file"
        problems.append(Finding("TWO_FILES", "error", name, place, message, f"give one of the {kind} files another id"))
        return
    if name != stem:
        message = f"the {kind} is called {name!r}, but its file {stem!r}"
        problems.append(Finding("FILE_NAME", "error", name, place, message, f"rename the file to {name}.yaml"))
    known[name] = thing


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
