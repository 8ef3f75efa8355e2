"""The sources of a review: their sidecars, and their texts as far as they are held."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from evsynth.model.finding import Finding, Problems
from evsynth.model.source import Sidecar, Source
from evsynth.review.files import read_bytes, read_text, sha256
from evsynth.scan.parts import Kind
from evsynth.text.compose import Tree
from evsynth.text.decode import decode
from evsynth.text.read import read

T = TypeVar("T")

KINDS: dict[str, Kind] = {
    "full text": "full text",
    "abstract page": "abstract",
    "record": "record",
    "secondary summary": "summary",
}
"""The kinds of sources, by the names that a scan has for them."""


def read_sources(root: Path, problems: list[Finding]) -> dict[str, Source]:
    """Read the sources described below `root`; what cannot be read is added to `problems`."""
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
        enter(sources, sidecar.source, Source(sidecar, text, actual), tree, "source", path.stem, problems)
    return sources


def enter(known: dict[str, T], name: str, thing: T, tree: Tree, kind: str, stem: str, problems: list[Finding]) -> None:
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
