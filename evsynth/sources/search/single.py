"""Fetch single records by PMID or DOI, and check that what came is what was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from evsynth.sources.door import Door
from evsynth.sources.reading import shown
from evsynth.sources.search.answers import found
from evsynth.sources.search.articles import Article, checked
from evsynth.sources.search.asking import through
from evsynth.sources.search.eutilities import efetch, esearch
from evsynth.sources.search.faults import PubMedError

_PMID = re.compile(r"(?i)(?:pmid:?\s*)?([1-9]\d{0,8})")
_DOI = re.compile(r"(?i)(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"\[\]]+)")
_SEVERAL = 20


class Fetched(NamedTuple):
    """The answer of PubMed to the byte, and the records in it, in the order in which they were asked for."""

    body: bytes
    articles: tuple[Article, ...]


def fetch(names: Sequence[str], door: Door, address: str) -> Fetched:
    """Fetch the records with these PMIDs and DOIs.

    Raises ValueError for a name that is neither, `PubMedError` for a DOI that PubMed does not have or has more than
    once, and for everything that stands against getting all of them.
    """
    pmids = list(dict.fromkeys(pmid(name, door, address) for name in names))
    if not pmids:
        raise ValueError("nothing is named. Give a PMID or a DOI.")
    response, articles = through(door, efetch(address, pmids), lambda answer: checked(answer, pmids))
    by_number = {article.pmid: article for article in articles}
    return Fetched(response.body, tuple(by_number[number] for number in pmids))


def pmid(name: str, door: Door, address: str) -> str:
    """Give the PMID of a PMID or DOI; a DOI is looked up, and the record must print it."""
    if number := _PMID.fullmatch(name.strip()):
        return number[1]
    named = _DOI.fullmatch(name.strip())
    if named is None:
        raise ValueError(
            f"{shown(name)} is neither a PMID nor a DOI. Write PMID:36119045 or 10.3389/fimmu.2022.978429."
        )
    doi = named[1]
    _, listed = through(door, esearch(address, f'"{doi}"[aid]', _SEVERAL), lambda answer: found(answer, _SEVERAL))
    if not listed.ids:
        raise PubMedError(f"PubMed has no record with the DOI {doi}. Check it, or use the PMID.")
    _, articles = through(door, efetch(address, listed.ids), lambda answer: checked(answer, listed.ids))
    same = sorted((a.pmid for a in articles if doi.lower() in (d.lower() for d in a.record.dois)), key=int)
    if len(same) != 1:
        many = ", ".join(same) or "none of the records that it found"
        raise PubMedError(f"The DOI {doi} is printed by {many} in PubMed. Use the PMID.")
    return same[0]
