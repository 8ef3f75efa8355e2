"""Fetch single records by PMID or DOI, and check that what came is what was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from evsynth.sources.reading import shown
from evsynth.sources.search.answers import found
from evsynth.sources.search.articles import Article, checked
from evsynth.sources.search.asking import Ask, named
from evsynth.sources.search.eutilities import efetch, esearch
from evsynth.sources.search.faults import PubMedError
from evsynth.sources.search.harvest import BATCH

_PMID = re.compile(r"(?i)(?:pmid:?\s*)?([1-9]\d{0,8})")
_DOI = re.compile(r"(?i)(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/[^\s\"\[\]]+)")
_SEVERAL = 20


class Fetched(NamedTuple):
    """The answers of PubMed to the byte, and the records in them, in the order in which they were asked for."""

    answers: tuple[bytes, ...]
    articles: tuple[Article, ...]

    @property
    def document(self) -> bytes:
        """The answer as it came; of several, one set with the very bytes of every record."""
        if len(self.answers) == 1:
            return self.answers[0]
        records = b"\n".join(article.raw for article in self.articles)
        return b'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n' + records + b"\n</PubmedArticleSet>\n"


def fetch(names: Sequence[str], ask: Ask, address: str) -> Fetched:
    """Fetch the records with these PMIDs and DOIs, in batches.

    Raises ValueError for a name that is neither, `PubMedError` for a DOI that PubMed does not have or has more than
    once, and for everything that stands against getting all of them.
    """
    pmids = list(dict.fromkeys(pmid(name, ask, address) for name in names))
    if not pmids:
        raise ValueError("nothing is named. Give a PMID or a DOI.")
    answers: list[bytes] = []
    by_number: dict[str, Article] = {}
    for start in range(0, len(pmids), BATCH):
        body, articles = _records(pmids[start : start + BATCH], ask, address)
        answers.append(body)
        by_number |= {article.pmid: article for article in articles}
    return Fetched(tuple(answers), tuple(by_number[number] for number in pmids))


def pmid(name: str, ask: Ask, address: str) -> str:
    """Give the PMID of a PMID or DOI; a DOI is looked up, and the record must print it."""
    if number := _PMID.fullmatch(name.strip()):
        return number[1]
    doi_named = _DOI.fullmatch(name.strip())
    if re.fullmatch(r"PMC\d+", name.strip(), re.IGNORECASE):
        raise ValueError(f"{shown(name)} names a full text. Add --full-text, or give the PMID of the article.")
    if doi_named is None:
        raise ValueError(
            f"{shown(name)} is neither a PMID nor a DOI. Write PMID:36119045 or 10.3389/fimmu.2022.978429."
        )
    doi = doi_named[1]
    request = esearch(address, f'"{doi}"[aid]', _SEVERAL)
    listed = ask(named(request), request, lambda answer: found(answer, _SEVERAL))
    if not listed.ids:
        ask.forget([named(request)])  # a new record may be there in an hour
        raise PubMedError(f"PubMed has no record with the DOI {doi}. Check it, or use the PMID.")
    _, articles = _records(listed.ids, ask, address)
    same = sorted((a.pmid for a in articles if doi.lower() in (d.lower() for d in a.record.dois)), key=int)
    if len(same) != 1:
        many = ", ".join(same) or "none of the records that it found"
        raise PubMedError(f"The DOI {doi} is printed by {many} in PubMed. Use the PMID.")
    return same[0]


def _records(pmids: Sequence[str], ask: Ask, address: str) -> tuple[bytes, tuple[Article, ...]]:
    request = efetch(address, pmids)
    return ask(named(request), request, lambda answer: (answer.body, checked(answer, pmids)))
