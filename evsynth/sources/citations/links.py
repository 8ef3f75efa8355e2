"""Citations as PubMed knows them: pairs of a citing and a cited record, read from answers of ELink."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from evsynth.model.search import Direction
from evsynth.sources.door import Response
from evsynth.sources.search.answers import tree
from evsynth.sources.search.eutilities import LINKS
from evsynth.sources.search.faults import NotWhole


class Link(NamedTuple):
    """One record cites another; both are PMIDs."""

    citing: str
    cited: str


def linked(studies: Sequence[str], direction: Direction) -> Callable[[Response], tuple[Link, ...]]:
    """Return the check that reads an answer about these studies; it raises `PubMedError` unless each is answered."""

    def read(response: Response) -> tuple[Link, ...]:
        root = tree(response, "eLinkResult")
        found: list[Link] = []
        answered: list[str] = []
        for one in root.findall("LinkSet"):
            own = [(e.text or "").strip() for e in one.findall("IdList/Id")]
            if len(own) != 1:
                raise NotWhole(f"PubMed's links belong to {len(own)} studies at once. Try again.")
            if error := (one.findtext("ERROR") or "").strip():
                raise NotWhole(f"PubMed gave no links of PMID {own[0]}: {error}. Try again.")
            answered += own
            for database in one.findall("LinkSetDb"):
                if (database.findtext("LinkName") or "").strip() != LINKS[direction]:
                    continue
                for other in ((e.text or "").strip() for e in database.findall("Link/Id")):
                    if not re.fullmatch(r"[1-9]\d{0,8}", other):
                        raise NotWhole(f"PubMed's links of PMID {own[0]} hold {other!r}, which is no PMID. Try again.")
                    found.append(Link(other, own[0]) if direction == "cited by" else Link(own[0], other))
        if sorted(answered) != sorted(studies):
            missing = sorted(set(studies) - set(answered)) or sorted(set(answered) - set(studies)) or answered
            raise NotWhole(f"PubMed did not answer once for each study (PMID {', '.join(missing[:10])}). Try again.")
        return tuple(found)

    return read


def neighbours(links: Iterable[Link], studies: Iterable[str]) -> tuple[str, ...]:
    """Return the PMIDs of all records in the links and of the studies, by number."""
    return tuple(sorted({*studies, *(pmid for link in links for pmid in link)}, key=int))
