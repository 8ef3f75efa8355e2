"""A review with one search, and an invented library behind a local server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import stamina
import stamina.instrumentation
from eutilities_server import KEY, Library, Paper, otters, serving

from evsynth.cli.main import main
from evsynth.review import lock, taking
from evsynth.review.searches import open_search
from evsynth.sources.door import Door, open_door
from evsynth.sources.search.faults import passing

SEARCH = """\
search: otters
source: PubMed
query: otters
by: AB
date: "2031-01-01"
"""


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    """Give a library of 45 papers and a book, which are fetched in three batches."""
    monkeypatch.setattr("evsynth.sources.search.harvest.BATCH", 16)
    return Library([*otters(45), Paper("77", "Otters, a book", book=True)])


@pytest.fixture
def address(library: Library) -> Iterator[str]:
    """Serve the library."""
    with serving(library) as served:
        yield served


class Shelf:
    """The search `otters` of a review, and how a snapshot of it is taken."""

    def __init__(self, root: Path, address: str) -> None:
        self.root, self.address = root, address
        self.home = root / "corpora" / "searches" / "otters"
        self.write(SEARCH)

    def write(self, text: str) -> None:
        """Write search.yaml."""
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "search.yaml").write_text(text)

    def door(self, **given: Any) -> Door:
        """Give a door without pauses."""
        return open_door(**{"pause": 0, "again": passing, "seconds": 5, **given})

    def take(self, door: Door | None = None, *, date: str = "2031-02-03", **given: Any) -> taking.Taken:
        """Take a snapshot; the clock says how often it was asked."""
        return taking.take(
            self.root,
            open_search(self.root, "otters"),
            door or self.door(),
            **{
                "address": self.address,
                "date": date,
                "now": lambda: "noon",
                "progress": lambda done, all: None,
                **given,
            },
        )

    def finished(self) -> list[str]:
        """Name the finished snapshots."""
        beside = ("search.yaml", taking.UNFINISHED, lock.NAME)
        return sorted(p.name for p in self.home.iterdir() if p.name not in beside)

    def bytes(self, name: str = "2031-02-03") -> dict[str, bytes]:
        """Give every file of a snapshot."""
        folder = self.home / name
        return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture
def shelf(here: Any, address: str) -> Shelf:
    """Give the search of the review."""
    return Shelf(here.root, address)


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Ended]]:
    """Give a function that runs `evsynth` in the review against the local server, with a key and without pauses."""
    monkeypatch.setenv("EVSYNTH_EUTILITIES", shelf.address)
    monkeypatch.setenv("NCBI_API_KEY", KEY)
    monkeypatch.setenv("NCBI_EMAIL", "o@example.org")
    monkeypatch.setattr("evsynth.cli.ncbi.PAUSES", {False: 0, True: 0})

    def command(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        shown = capsys.readouterr()
        return Ended(int(ended.value.code or 0), shown.out, shown.err)

    yield command
    stamina.instrumentation.set_on_retry_hooks(None)
