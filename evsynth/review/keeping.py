"""Keeps answers on disk while a snapshot is taken: written whole, listed in a journal, never asked for twice."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from evsynth.review.files import sha256, write
from evsynth.sources.door import Door, Request, Response
from evsynth.sources.search.asking import through
from evsynth.sources.search.faults import PubMedError
from evsynth.sources.search.snapshot import Kept, kept, line, of_line

T = TypeVar("T")


class Keeper:
    """Answers by name: from disk if they are there and whole, otherwise through the door. It is an `Ask`.

    An answer is written (gzip of its very bytes) and then entered in the journal; what a kill leaves between the two,
    or half a line at the end of the journal, is asked for again. `now` tells the time that is noted with an answer.
    """

    def __init__(self, responses: Path, journal: Path, door: Door, now: Callable[[], str]) -> None:
        self.responses, self.journal, self._door, self._now = responses, journal, door, now
        self._entered = _read(journal)
        self.used: dict[str, Kept] = {}
        self.kept_before: set[str] = set()

    def __call__(self, name: str, request: Request, check: Callable[[Response], T], /) -> T:
        if name in self._entered:
            try:
                response = Response(self._entered[name].status, stored(self.responses, self._entered[name]))
                read = check(response)
            except (OSError, EOFError, ValueError, zlib.error, PubMedError):
                pass  # what is kept is not whole or not what is wanted: it is asked for again
            else:
                if name not in self.used:
                    self.kept_before.add(name)
                self.used[name] = self._entered[name]
                return read
        response, read = through(self._door, request, check)
        answer = kept(name, request, response, self._now())
        write(path(self.responses, name), gzip.compress(response.body, 6, mtime=0))
        self._enter(answer)
        self.used[name] = answer
        return read

    @property
    def reused(self) -> int:
        """How many answers an earlier run had kept."""
        return len(self.kept_before)

    def entered(self) -> tuple[Kept, ...]:
        """List the answers that are kept, whether they were used or not."""
        return tuple(self._entered.values())

    def forget(self, names: Iterable[str], /) -> None:
        """Drop answers, so that they are asked for again."""
        dropped = set(names)
        self.kept_before -= dropped
        self.used = {name: answer for name, answer in self.used.items() if name not in dropped}
        self._entered = {name: answer for name, answer in self._entered.items() if name not in dropped}
        write(self.journal, "".join(map(line, self._entered.values())).encode())
        for name in dropped:
            path(self.responses, name).unlink(missing_ok=True)

    def drop_unused(self) -> None:
        """Remove files that this run did not use: left by a division of the search that was given up, or by a kill."""
        wanted = {path(self.responses, name) for name in self.used}
        for file in self.responses.iterdir():
            if file not in wanted:
                file.unlink()

    def _enter(self, answer: Kept) -> None:
        self._entered[answer.name] = answer
        with self.journal.open("a", encoding="utf-8", newline="\n") as opened:
            opened.write("\n" + line(answer))  # after half a line, a whole one begins anew


def path(responses: Path, name: str) -> Path:
    """Give the file of an answer."""
    return responses / f"{name}.xml.gz"


def stored(responses: Path, answer: Kept) -> bytes:
    """Read the bytes of an answer. Raises OSError, EOFError, zlib.error, or ValueError where they changed."""
    raw = gzip.decompress(path(responses, answer.name).read_bytes())
    if sha256(raw) != answer.sha256:
        raise ValueError(f"{answer.name} is not the answer that was kept")
    return raw


def _read(journal: Path) -> dict[str, Kept]:
    """Read a journal; what is no whole line was being written when the program was killed."""
    entered: dict[str, Kept] = {}
    text = journal.read_text("utf-8", errors="replace") if journal.is_file() else ""
    for whole in text.splitlines():
        try:
            answer = of_line(whole)
        except (ValueError, TypeError, KeyError):
            continue
        entered[answer.name] = answer
    return entered
