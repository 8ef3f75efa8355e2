"""The questions that the E-utilities take, as forms to post. Who asks is added by the door, so no form holds a key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evsynth.sources.door import Request

ADDRESS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
MOST = 9999
"""As many records of one search as ESearch and EFetch hand out."""

LINKS = {"cited by": "pubmed_pubmed_citedin", "cites": "pubmed_pubmed_refs"}
"""The name of the link of each direction."""


class History(NamedTuple):
    """Where NCBI keeps the records of a search for some hours."""

    web_env: str
    query_key: str


def esearch(address: str, term: str, most: int = MOST) -> Request:
    """Ask which records match a term: their count, up to `most` of their numbers, and a history of them."""
    form = (("db", "pubmed"), ("term", term), ("usehistory", "y"), ("retmax", str(most)), ("retmode", "xml"))
    return Request(f"{address}/esearch.fcgi", form)


def efetch_history(address: str, history: History, start: int, most: int) -> Request:
    """Ask for `most` whole records of a history from number `start` on (from 0)."""
    form = (
        ("db", "pubmed"),
        ("WebEnv", history.web_env),
        ("query_key", history.query_key),
        ("retstart", str(start)),
        ("retmax", str(most)),
        ("retmode", "xml"),
    )
    return Request(f"{address}/efetch.fcgi", form)


def efetch(address: str, ids: Sequence[str], *, db: str = "pubmed") -> Request:
    """Ask for the whole records with these numbers."""
    return Request(f"{address}/efetch.fcgi", (("db", db), ("id", ",".join(ids)), ("retmode", "xml")))


def elink(address: str, ids: Sequence[str], link: str) -> Request:
    """Ask what each of these records is linked to; each is answered on its own."""
    form = (("dbfrom", "pubmed"), ("db", "pubmed"), ("cmd", "neighbor"), ("linkname", link))
    return Request(f"{address}/elink.fcgi", (*form, *(("id", number) for number in ids)))
