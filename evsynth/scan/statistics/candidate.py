"""A result as a finder sees it, before it has a place; of two that share a number, the first finder's is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evsynth.scan.parts import Figure, Phrase
from evsynth.scan.statistics.reported import Sort


class Candidate(NamedTuple):
    """One result found in running text or in a cell. `row` and `column` say which cell; -1 for running text."""

    sort: Sort
    figures: tuple[Figure, ...]
    start: int
    end: int
    measure: str | None = None
    label: str = ""
    variable: Phrase | None = None
    group: Phrase | None = None
    at: Phrase | None = None
    table: int = -1
    row: int = -1
    column: int = -1


class Claims:
    """Numbers already taken by a result."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def free(self, found: Iterable[Candidate]) -> Iterator[Candidate]:
        """Give the candidates that use no number taken before, and take theirs."""
        for candidate in found:
            offsets = {o for figure in candidate.figures for o in range(figure.start, figure.end)}
            if candidate.figures and offsets & self._taken:
                continue
            self._taken |= offsets
            yield candidate

    def taken(self, start: int, end: int) -> bool:
        """Say whether any character between two offsets belongs to a taken number."""
        return any(offset in self._taken for offset in range(start, end))
