"""Fetch records from PubMed as MEDLINE text, through a `Door` that the caller gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evsynth.sources.door import Door, DoorError, Request, Response
from evsynth.sources.reading import shown

EFETCH = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi"
BATCH = 200
_PMID = re.compile(r"^PMID- *(\d+)", re.M)
_SAID = re.compile(r'<ERROR>(.*?)</ERROR>|"error"\s*:\s*"([^"]*)"', re.S | re.I)


class PubMedError(RuntimeError):
    """PubMed gave no records, or not all of them; the words say why and what to do."""


def fetch_medline(
    pmids: Sequence[str], door: Door, *, tool: str = "evsynth", email: str = "", api_key: str = ""
) -> str:
    """Return the MEDLINE text of these PMIDs, all of them, in batches of 200.

    NCBI asks for `tool` and `email`, and allows more requests with an `api_key`, which no message shows.
    Raises `PubMedError` when the network or PubMed fails, answers with something that is not MEDLINE, or
    lacks one of the records; then nothing is returned. Raises `ValueError` for a PMID that is not a number.
    """
    wanted = list(dict.fromkeys(pmid.strip() for pmid in pmids))
    wrong = [pmid for pmid in wanted if not re.fullmatch(r"[1-9]\d{0,8}", pmid)]
    if wrong:
        raise ValueError(f"{shown(wrong[0])} is not a PMID. A PMID is a number such as 36119045.")
    if not wanted:
        raise ValueError("no PMID is given. Name at least one.")
    who = [(key, value) for key, value in (("tool", tool), ("email", email), ("api_key", api_key)) if value]
    texts: list[str] = []
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        form = [("db", "pubmed"), ("rettype", "medline"), ("retmode", "text"), ("id", ",".join(batch)), *who]
        try:
            response = door(Request(EFETCH, tuple(form)))
        except DoorError as error:
            hint = "Check the connection, or save the records by hand."
            raise PubMedError(f"PubMed was not reached: {error}. {hint}") from error
        texts.append(_text(response, batch))
    return "\n\n".join(text.strip("\r\n") for text in texts) + "\n"


def _text(response: Response, batch: list[str]) -> str:
    """Return the text of an answer that holds every record of a batch."""
    text = response.body.decode("utf-8-sig", errors="replace")
    said = next((a or b for a, b in _SAID.findall(text)), "").strip()
    if response.status == 429:
        raise PubMedError("PubMed answered 429: too many requests. Wait a minute, or give an API key.")
    if response.status == 414 or 400 <= response.status < 500:
        words = said or _first(text)
        raise PubMedError(f"PubMed refused the request ({response.status}): {words}. Check the PMIDs and the key.")
    if response.status != 200:
        raise PubMedError(f"PubMed failed ({response.status}): {said or _first(text)}. Try again later.")
    if said:
        raise PubMedError(f"PubMed answered with an error: {said}. Check the PMIDs, or try again later.")
    if not text.strip():
        raise PubMedError(f"PubMed answered with nothing for PMID {_listed(batch)}. Check them, or try again later.")
    found = set(_PMID.findall(text))
    if not found and text.lstrip().startswith(("<", "{")):
        raise PubMedError(f"PubMed answered with something that is not MEDLINE: {_first(text)}. Try again later.")
    missing = [pmid for pmid in batch if pmid not in found]
    if missing:
        raise PubMedError(f"PubMed has no record of PMID {_listed(missing)}. Check the numbers.")
    if "\ufffd" in text:
        raise PubMedError("PubMed's answer is not whole: it has bytes that are no text. Try again.")
    return text


def _first(text: str) -> str:
    return shown(next((line.strip() for line in text.splitlines() if line.strip()), "no text"), 80)


def _listed(pmids: list[str]) -> str:
    more = f" and {len(pmids) - 10} more" if len(pmids) > 10 else ""
    return ", ".join(pmids[:10]) + more
