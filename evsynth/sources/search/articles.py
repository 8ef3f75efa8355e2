"""The records in an answer of EFetch: each one's own bytes, what they say, and what an update compares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.door import Response
from evsynth.sources.formats.pubmed_xml import Item, items
from evsynth.sources.reading import ReadError
from evsynth.sources.search.answers import tree
from evsynth.sources.search.faults import Missing, NotWhole

_KINDS = {"PubmedArticle", "PubmedBookArticle"}


class Article(NamedTuple):
    """One record as PubMed sent it, to the byte, and as it is read."""

    raw: bytes
    record: Record

    @property
    def pmid(self) -> str:
        """The number of the record."""
        return self.record.pmid

    @property
    def sha256(self) -> str:
        """The SHA-256 of the record's bytes."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def concern(self) -> bool:
        """Whether the record says that somebody expressed concern about the report."""
        return any(link.tag == "ECI" for link in self.record.links)


def articles(response: Response) -> tuple[Article, ...]:
    """Return the records of an answer in order. Raises `PubMedError` for what is not a whole set of records."""
    elements = sum(element.tag in _KINDS for element in tree(response, "PubmedArticleSet"))
    found: list[Article] = []
    try:
        for item in items([response.body]):
            if not isinstance(item, Item):
                raise NotWhole(f"PubMed sent a record that cannot be read: {item}. Try again.")
            found.append(Article(item.raw, item.record()))
    except ReadError as error:
        raise NotWhole(f"PubMed's answer cannot be read: {error}. Try again.") from None
    if len(found) != elements or not all(article.pmid for article in found):
        raise NotWhole(f"PubMed sent {elements} records, of which {len(found)} can be read. Try again.")
    if len({article.pmid for article in found}) != len(found):
        raise NotWhole("PubMed sent a record twice. Try again.")
    return tuple(found)


def checked(response: Response, wanted: Iterable[str]) -> tuple[Article, ...]:
    """Return the records of an answer, which must be exactly those wanted. Raises `PubMedError` otherwise."""
    asked = list(wanted)
    found = among(response, asked)
    got = {article.pmid for article in found}
    if missing := [pmid for pmid in asked if pmid not in got]:
        words = f"PubMed did not send PMID {listed(missing)}. Try again; a record may just have been removed."
        raise Missing(words, tuple(missing))
    return found


def among(response: Response, wanted: Iterable[str]) -> tuple[Article, ...]:
    """Return the records of an answer, which must be some of those wanted. Raises `PubMedError` otherwise."""
    found = articles(response)
    if surplus := sorted({article.pmid for article in found}.difference(wanted), key=int):
        raise NotWhole(f"PubMed sent PMID {listed(surplus)}, which was not asked for. Try again.")
    return found


def listed(pmids: list[str]) -> str:
    """Give up to ten PMIDs, and how many more there are."""
    more = f" and {len(pmids) - 10} more" if len(pmids) > 10 else ""
    return ", ".join(pmids[:10]) + more
