"""Runs of neighbouring sentences of one section, read as one text. Shared reading.

What belongs together is often told over two or three sentences: a date of admission in one, the discharge in the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

TOLD: tuple[Role, ...] = ("title", "abstract", "methods", "results", "body")


class Passage(NamedTuple):
    """The words of some sentences, and where they begin in the document."""

    words: str
    start: int

    def spot(self, start: int, end: int) -> Spot:
        """Give the offsets in the document of a piece of the words."""
        return self.start + start, self.start + end


def passages(reading: Reading, pattern: Expression, before: int, after: int) -> Iterator[tuple[Line, Passage]]:
    """Give each sentence that holds a pattern, with the sentences around it (at most `before` and `after`)."""
    every = list(lines(reading, TOLD))
    for index, line in enumerate(every):
        if not pattern.search(line.words):
            continue
        near = [x for x in every[max(0, index - before) : index + after + 1] if x.section == line.section]
        yield line, Passage(reading.document.prose[near[0].start : near[-1].end], near[0].start)
