"""Fetch the full text of an article from PubMed Central as JATS, and say under which licence it is."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.door import Response
from evsynth.sources.formats.jats import Article, article_record, articles
from evsynth.sources.formats.jats_text import credit, full_text, licence
from evsynth.sources.reading import ReadError
from evsynth.sources.search.answers import tree
from evsynth.sources.search.asking import Ask, named
from evsynth.sources.search.eutilities import efetch
from evsynth.sources.search.faults import NotWhole, PubMedError
from evsynth.sources.search.single import fetch

_PMCID = re.compile(r"(?i)pmc(\d{1,9})")


class FullText(NamedTuple):
    """An article: the answer to the byte, its record, its text, and the licence and copyright line that it states."""

    pmcid: str
    body: bytes
    record: Record
    text: str
    licence: str
    credit: str


def fetch_full_text(name: str, ask: Ask, address: str) -> FullText:
    """Fetch the article with this PMCID, PMID or DOI.

    Raises ValueError for another name, and `PubMedError` where PubMed Central does not have the article, or hands out
    only its front, as it does where the publisher forbids more.
    """
    number = _PMCID.fullmatch(name.strip())
    pmcid = f"PMC{number[1]}" if number else _pmcid(name, ask, address)
    request = efetch(address, (pmcid.removeprefix("PMC"),), db="pmc")
    body, article = ask(named(request), request, lambda answer: (answer.body, _article(answer, pmcid)))
    if article.element.find("body") is None:
        raise PubMedError(f"PubMed Central gives only the front of {pmcid}: its publisher does not allow more.")
    try:
        text = full_text(article.element).text
    except ValueError as error:
        raise PubMedError(f"The full text of {pmcid} cannot be read: {error}.") from None
    record = article_record(article.element)
    return FullText(pmcid, body, record, text, licence(article.element), credit(article.element))


def _pmcid(name: str, ask: Ask, address: str) -> str:
    (article,) = fetch([name], ask, address).articles
    if not article.record.pmcid:
        raise PubMedError(f"PMID {article.pmid} names no article in PubMed Central. Get its full text elsewhere.")
    return article.record.pmcid


def _article(response: Response, pmcid: str) -> Article:
    root = tree(response, "pmc-articleset")
    if (reply := root.find("Reply")) is not None:
        raise PubMedError(f"PubMed Central does not have {pmcid}: {reply.get('error') or 'it does not say why'}.")
    try:
        found = [one for one in articles([response.body]) if isinstance(one, Article)]
    except ReadError as error:
        raise NotWhole(f"PubMed Central's answer cannot be read: {error}") from None
    if len(found) != 1:
        raise NotWhole(f"PubMed Central sent {len(found)} articles where {pmcid} was asked for. Try again.")
    printed = article_record(found[0].element).pmcid
    if printed and printed != pmcid:
        raise NotWhole(f"PubMed Central sent {printed} where {pmcid} was asked for. Try again.")
    return found[0]
