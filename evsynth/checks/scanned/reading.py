"""A document as checks on documents see it: its parts, its statistics, and the other documents of the same study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from evsynth.model.finding import Alternative, Finding, Place, Quoted, Severity
from evsynth.scan.document import Document
from evsynth.scan.statistics import Reported, statistics

Spot = tuple[int, int]
"""A piece of the document: start and end offset."""


class Reading(NamedTuple):
    """A document, what is reported in it, and the documents it may be compared with, each read the same way."""

    document: Document
    reported: tuple[Reported, ...]
    related: tuple[Reading, ...] = ()

    def finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        hint: str,
        *,
        quotes: tuple[Spot, ...],
        others: tuple[Quoted, ...] = (),
        computed: tuple[tuple[str, str], ...] = (),
        alternatives: tuple[Alternative, ...] = (),
    ) -> Finding:
        """Make a finding that quotes pieces of this document, first the one it stands at, then those of `others`."""
        own = tuple(self.quoted(start, end) for start, end in quotes)
        line, column = self.document.line(quotes[0][0])
        place = Place(self.document.id, line, column)
        return Finding(
            code, severity, self.document.id, place, message, hint,
            quotes=own + others, computed=computed, alternatives=alternatives,
        )  # fmt: skip

    def quoted(self, start: int, end: int) -> Quoted:
        """Quote a piece of this document as it stands."""
        return Quoted(self.document.id, start, end, self.document.text[start:end])


Check = Callable[[Reading], Iterator[Finding]]


def reading(document: Document, related: tuple[Document, ...] = ()) -> Reading:
    """Read the statistics of a document and of those it is compared with."""
    others = tuple(Reading(other, statistics(other)) for other in related)
    return Reading(document, statistics(document), others)
