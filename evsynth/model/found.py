"""A record as one source gave it: the unit that is linked, screened and counted, and never deleted."""

from __future__ import annotations

from typing import Literal, NamedTuple

from evsynth.model.record import Record

Way = Literal["database", "other"]
"""How a source finds records: by searching a database or register, or another way (citations, by hand)."""


class Found(NamedTuple):
    """A record and its origin.

    `source` is the search or import that gave it; `key` is its PMID or, where it has none, a digest of what it prints.
    """

    source: str
    key: str
    record: Record
    way: Way = "database"

    @property
    def id(self) -> str:
        """The identifier under which decisions are kept: `source:key`."""
        return f"{self.source}:{self.key}"
