"""Writes `outputs/`: every pool, then the page; or says which of them are stale."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from evsynth.build import recomputed
from evsynth.build.answers import answered, overlaps
from evsynth.build.offsets import offsets
from evsynth.build.outputs import FILES, pool_outputs
from evsynth.build.state import State, keep, load, save, unchanged
from evsynth.checks.checking import must_be_corrected
from evsynth.model.estimate import Answer
from evsynth.model.finding import Problems, order
from evsynth.report.page import page
from evsynth.review.documents import examine
from evsynth.review.files import sha256, write
from evsynth.review.folder import Folder
from evsynth.text.canonical import digest

PAGE = "index.html"


class Built(NamedTuple):
    """What a build did: paths under outputs/ written, left as they were, and no longer made by anything."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    surplus: tuple[str, ...]
    answers: tuple[Answer, ...]


def build(folder: Folder, *, check: bool = False, force: bool = False, step: Callable[[str], None] = print) -> Built:
    """Make every output of a review; with `check` write nothing and report as `written` what is stale.

    `step` is called with the name of each pool before it is computed. Raises Problems if any file of the review must be
    corrected first: nothing is written then.
    """
    findings = folder.check()
    faults = tuple(f for f in findings if must_be_corrected(f))
    if faults:
        raise Problems(faults)
    state: State = {} if force or check else load(folder.root)
    made: State = {}
    written: list[str] = []
    same: list[str] = []
    answers: dict[str, Answer] = {}

    def put(part: str, made_from: str, make: Callable[[], dict[str, bytes]]) -> None:
        if unchanged(folder.root, state, part, made_from):
            made[part] = state[part]
            same.extend(file for file in state[part] if file != "made_from")
            return
        step(part)
        made[part] = {"made_from": made_from}
        for name, raw in sorted(make().items()):
            path = folder.root / "outputs" / name
            made[part][name] = sha256(raw)
            if path.is_file() and path.read_bytes() == raw:
                same.append(name)
                continue
            written.append(name)
            if not check:
                write(path, raw)

    def of_pool(name: str) -> dict[str, bytes]:
        found = answered(folder, name, findings=findings)
        answers[name] = found.answer
        return pool_outputs(found.answer, folder.review, studies, found.branches)

    def of_page() -> dict[str, bytes]:
        full = [answers.get(name) or answered(folder, name, findings=findings).answer for name in sorted(folder.pools)]
        if not check:
            keep(folder.root)
        told = tuple(sorted((*findings, *examine(folder).documents), key=order))
        text = page(folder.review, full, folder.studies, told, folder.sources, offsets(folder))
        return {PAGE: text.encode()}

    studies = {name: e.study for name, e in folder.studies.items()}
    for name in sorted(folder.pools):
        put(name, _pool_inputs(folder, name), partial(of_pool, name))
    for name, extraction in sorted(folder.studies.items()):
        made_from = recomputed.made_from(extraction, folder.review)
        put(recomputed.name(name), made_from, partial(recomputed.outputs, extraction, folder.review))
    put(PAGE, digest({"parts": {n: m["made_from"] for n, m in made.items()}, "all": _all_inputs(folder)}), of_page)
    surplus = _surplus(folder.root / "outputs", folder.pools, folder.studies, made)
    if not check:
        for name in surplus:
            path = folder.root / "outputs" / name
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        save(folder.root, made)
    return Built(tuple(sorted(written)), tuple(sorted(same)), surplus, tuple(answers[n] for n in sorted(answers)))


def _pool_inputs(folder: Folder, name: str) -> str:
    """Digest of all that the files of one pool are made from: it, the studies it draws on, the review and sidecars."""
    pool = folder.pools[name].pool
    drawn = sorted({i.study for i in pool.inputs})
    return digest(
        {
            "pool": pool.model_dump(mode="json"),
            "studies": {n: folder.studies[n].tree.data for n in drawn if n in folder.studies},
            "review": folder.review.model_dump(mode="json"),
            "sources": {
                n: s.about.model_dump(mode="json") for n, s in sorted(folder.sources.items()) if s.about.study in drawn
            },
            "overlaps": sorted(sorted(pair) for pair in overlaps(folder)),
        }
    )


def _all_inputs(folder: Folder) -> dict[str, object]:
    return {
        "studies": {n: [e.tree.file, sha256(e.tree.text.encode())] for n, e in sorted(folder.studies.items())},
        "pools": {n: p.tree.data for n, p in sorted(folder.pools.items())},
        "review": folder.review.model_dump(mode="json"),
        "sources": {n: [s.about.model_dump(mode="json"), s.actual_sha256] for n, s in sorted(folder.sources.items())},
    }


def _surplus(outputs: Path, pools: Iterable[str], studies: Iterable[str], made_now: State) -> tuple[str, ...]:
    """List the files of pools and studies that are no more. Other files in outputs/ are someone's own and stay."""
    here = set(pools)
    found = [
        f"{folder.name}/{name}"
        for folder in outputs.glob("*")
        if folder.is_dir() and _is_result(folder / "estimate.json")
        for name in FILES
        if (folder / name).is_file()
        and (folder.name not in here or f"{folder.name}/{name}" not in made_now[folder.name])
    ]
    kept = {recomputed.name(study) for study in studies}
    made = {f"{recomputed.FOLDER}/{path.name}" for path in (outputs / recomputed.FOLDER).glob("*.csv")}
    return tuple(sorted((*found, *(made - kept))))


def _is_result(path: Path) -> bool:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("pool") == path.parent.name and "evsynth" in content
