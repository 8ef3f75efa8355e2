"""Snowballing: the records that included studies cite, or that cite them, ranked by how many studies lead there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import networkx as nx


class Candidate(NamedTuple):
    """A record that is not included, and the included studies that lead to it."""

    pmid: str
    cited_by: tuple[str, ...]
    cites: tuple[str, ...]
    known: bool

    @property
    def links(self) -> int:
        """How many included studies lead to it; one that cites it and is cited by it counts once."""
        return len({*self.cited_by, *self.cites})

    @property
    def reason(self) -> str:
        """Why it is suggested, in words."""
        counts = ((len(self.cited_by), "cited by {} included"), (len(self.cites), "cites {} included"))
        return ", ".join(words.format(count) for count, words in counts if count)


def candidates(made: nx.DiGraph[str], known: Iterable[str] = ()) -> tuple[Candidate, ...]:
    """Rank the records next to included studies: most leading studies first, then most cited by them, then by PMID.

    `known` are records that another search of the review found; they are marked, not left out.
    """
    seen = set(known)
    studies = {pmid for pmid, is_in in made.nodes(data="included") if is_in}
    found = [
        Candidate(
            pmid,
            tuple(sorted(studies.intersection(made.predecessors(pmid)), key=int)),
            tuple(sorted(studies.intersection(made.successors(pmid)), key=int)),
            pmid in seen,
        )
        for pmid in made.nodes
        if pmid not in studies
    ]
    leading = [candidate for candidate in found if candidate.links]
    return tuple(sorted(leading, key=lambda c: (-c.links, -len(c.cited_by), -int(c.pmid))))
