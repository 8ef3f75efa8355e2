"""The files of PubMed's baseline and updates: their names tell their order, and in that order a later one counts."""

from __future__ import annotations

import re
from typing import NamedTuple

_NAME = re.compile(r"pubmed(\d\d)n(\d{4,})\.xml\.gz")


class Numbered(NamedTuple):
    """The year of the baseline (two digits) and the number of a file, which goes on from baseline to updates."""

    year: int
    number: int

    @property
    def stem(self) -> str:
        """The name without ending: `pubmed26n0001`."""
        return f"pubmed{self.year:02}n{self.number:04}"


def numbered(name: str) -> Numbered | None:
    """Read the name of a file; None for any other.

    >>> numbered("pubmed26n1275.xml.gz")
    Numbered(year=26, number=1275)
    """
    found = _NAME.fullmatch(name)
    return Numbered(int(found[1]), int(found[2])) if found else None
