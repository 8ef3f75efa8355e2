"""Writes `outputs/`: every pool, then the page; or says which of them are stale."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from evsynth.build.answers import answer, overlaps
from evsynth.build.offsets import offsets
from evsynth.build.outputs import FILES, pool_outputs
from evsynth.build.state import State, load, save, unchanged
from evsynth.checks import must_be_corrected
from evsynth.model.estimate import Answer
from evsynth.model.finding import Problems
from evsynth.report.page import page
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

    def put(part: str, made_from: str, files: dict[str, bytes]) -> None:
        made[part] = {"made_from": made_from}
        for name, raw in sorted(files.items()):
            path = folder.root / "outputs" / name
            made[part][name] = sha256(raw)
            if path.is_file() and path.read_bytes() == raw:
                same.append(name)
                continue
            written.append(name)
            if not check:
                write(path, raw)

    studies = {name: e.study for name, e in folder.studies.items()}
    for name in sorted(folder.pools):
        made_from = _pool_inputs(folder, name)
        if unchanged(folder.root, state, name, made_from):
            made[name] = state[name]
            same += [file for file in state[name] if file != "made_from"]
            continue
        step(name)
        answers[name] = answer(folder, name, checked=True)
        put(name, made_from, pool_outputs(answers[name], folder.review, studies))
    made_from = digest({"pools": {n: m["made_from"] for n, m in made.items()}, "all": _all_inputs(folder)})
    if unchanged(folder.root, state, PAGE, made_from):
        made[PAGE] = state[PAGE]
        same.append(PAGE)
    else:
        step(PAGE)
        full = [answers.get(name) or answer(folder, name, checked=True) for name in sorted(folder.pools)]
        text = page(folder.review, full, folder.studies, findings, folder.sources, offsets(folder))
        put(PAGE, made_from, {PAGE: text.encode()})
    surplus = _surplus(folder.root / "outputs", folder.pools)
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


def _surplus(outputs: Path, pools: Iterable[str]) -> tuple[str, ...]:
    """List the files of pools that are no more. Whatever else lies in outputs/ is somebody's own and stays."""
    gone = (folder for folder in outputs.glob("*") if folder.is_dir() and folder.name not in set(pools))
    found = [
        f"{folder.name}/{name}"
        for folder in gone
        if _is_result(folder / "estimate.json")
        for name in FILES
        if (folder / name).is_file()
    ]
    return tuple(sorted(found))


def _is_result(path: Path) -> bool:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and content.get("pool") == path.parent.name and "evsynth" in content
