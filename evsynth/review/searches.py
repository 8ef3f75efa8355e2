"""Reads the searches of a review and their snapshots: corpora/searches/<name>/search.yaml and <name>/<date>/."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.search import Search
from evsynth.review.files import read_bytes, read_text
from evsynth.review.keeping import stored
from evsynth.review.search_text import read_search
from evsynth.sources.citations.links import Link
from evsynth.sources.door import Response
from evsynth.sources.search.articles import Article, articles
from evsynth.sources.search.faults import PubMedError
from evsynth.sources.search.harvest import Row
from evsynth.sources.search.snapshot import Manifest, read_links, read_manifest, read_records
from evsynth.text.decode import decode

T = TypeVar("T")

_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(\d+))?")


class SearchFile(NamedTuple):
    """A search as its file says it, and the bytes of the file."""

    search: Search
    raw: bytes


class Snapshot(NamedTuple):
    """One finished snapshot: its folder inside the review, and its manifest."""

    folder: Path
    shown: str
    manifest: Manifest

    @property
    def name(self) -> str:
        """The name of its folder: the day it was taken, with a number from the second one of a day on."""
        return self.folder.name

    def rows(self) -> tuple[Row, ...]:
        """Read the list of records. Raises Problems SNAPSHOT if it is not what the manifest says."""
        rows = self._read("records.csv", read_records)
        if len(rows) != self.manifest.records:
            raise self._broken("records.csv", f"it lists {len(rows)} records; taken were {self.manifest.records}")
        return rows

    def links(self) -> tuple[Link, ...]:
        """Read the citations; there are none unless it is a snapshot of citations."""
        return self._read("links.csv", read_links) if (self.folder / "links.csv").is_file() else ()

    def raw(self, names: Collection[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Give the answers that hold records (or some), by name, to the byte. Raises Problems SNAPSHOT for a change."""
        for answer in self.manifest.responses:
            if not answer.name.startswith("records-") or (names is not None and answer.name not in names):
                continue
            try:
                yield answer.name, stored(self.folder / "responses", answer)
            except (OSError, EOFError, ValueError, zlib.error) as error:
                raise self._broken(f"responses/{answer.name}.xml.gz", str(error)) from None

    def articles(self, pmids: Collection[str] | None = None) -> Iterator[Article]:
        """Give every record, or those with these numbers. Raises Problems SNAPSHOT for an answer that changed."""
        wanted = None if pmids is None else {row.response for row in self.rows() if row.pmid in pmids}
        for name, body in self.raw(wanted):
            try:
                found = articles(Response(200, body))
                yield from (article for article in found if pmids is None or article.pmid in pmids)
            except PubMedError as error:
                raise self._broken(f"responses/{name}.xml.gz", str(error)) from None

    def _read(self, file: str, reader: Callable[[str], T]) -> T:
        shown = f"{self.shown}/{file}"
        try:
            return reader(decode(read_bytes(self.folder / file, shown), shown))
        except ValueError as error:
            if isinstance(error, Problems):
                raise
            raise _broken(shown, str(error)) from None

    def _broken(self, file: str, why: str) -> Problems:
        return _broken(f"{self.shown}/{file}", why)


def searches(root: Path) -> tuple[str, ...]:
    """List the searches of a review by name."""
    return tuple(sorted(path.parent.name for path in (root / "corpora" / "searches").glob("*/search.yaml")))


def open_search(root: Path, name: str) -> SearchFile:
    """Read a search. Raises Problems for one that is not there, cannot be read, or has another name inside."""
    shown = f"corpora/searches/{name}/search.yaml"
    file = root / shown
    if name not in searches(root):
        hint = f"known: {', '.join(searches(root)) or 'none'}; start one with `evsynth search new {name}`"
        message = f"there is no search {name!r}"
        raise Problems((Finding("UNKNOWN_NAME", "error", name, Place(shown), message, hint),))
    search, tree = read_search(read_text(file, shown), shown)
    if search.search != name:
        message = f"the search is called {search.search!r}, but its folder {name!r}"
        hint = f"rename the folder to {search.search}, or write `search: {name}`"
        raise Problems((Finding("FILE_NAME", "error", name, tree.place(("search",)), message, hint),))
    return SearchFile(search, read_bytes(file, shown))


def snapshots(root: Path, name: str) -> tuple[Snapshot, ...]:
    """Read the finished snapshots of a search, oldest first.

    Raises Problems SNAPSHOT for a manifest that is broken or gone, or a snapshot under another name: its records would
    be missing without a word.
    """
    found: list[tuple[tuple[str, int], Snapshot]] = []
    home = root / "corpora" / "searches" / name
    for folder in sorted({path.parent for what in ("manifest.json", "records.csv") for path in home.glob(f"*/{what}")}):
        shown = folder.relative_to(root).as_posix()
        file = f"{shown}/manifest.json"
        dated = _DATED.fullmatch(folder.name)
        if dated is None:
            message = f"{shown} holds a snapshot, and its name is no day such as 2026-11-22"
            hint = (
                "give the folder back its name; the day is in its manifest.json. A copy belongs outside of the search"
            )
            raise Problems((Finding("SNAPSHOT", "error", name, Place(shown), message, hint),))
        if gone := next((f for f in ("manifest.json", "records.csv") if not (folder / f).is_file()), ""):
            raise _broken(f"{shown}/{gone}", "it is gone")
        try:
            manifest = read_manifest(decode(read_bytes(folder / "manifest.json", file), file))
        except ValueError as error:
            if isinstance(error, Problems):
                raise
            raise _broken(file, str(error)) from None
        found.append(((dated[1], int(dated[2] or 1)), Snapshot(folder, shown, manifest)))
    return tuple(snapshot for _, snapshot in sorted(found, key=lambda pair: pair[0]))


def latest(root: Path, name: str) -> Snapshot:
    """Read the latest snapshot of a search. Raises Problems NO_SNAPSHOT if there is none."""
    taken = snapshots(root, name)
    if not taken:
        place = Place(f"corpora/searches/{name}/search.yaml")
        message = f"the search {name!r} has no snapshot yet"
        raise Problems((Finding("NO_SNAPSHOT", "error", name, place, message, f"run `evsynth search run {name}`"),))
    return taken[-1]


def _broken(file: str, why: str) -> Problems:
    message = f"{file} is not as it was written: {why}"
    hint = "bring it back from git, or take a new snapshot with `evsynth search run`"
    return Problems((Finding("SNAPSHOT", "error", file, Place(file), message, hint),))
