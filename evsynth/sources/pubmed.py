"""Fetch records from PubMed as MEDLINE text, through a `Door` that the caller gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evsynth.sources.door import Door, DoorError, Request, Response
from evsynth.sources.reading import shown
from evsynth.sources.search.articles import listed
from evsynth.sources.search.eutilities import ADDRESS
from evsynth.sources.search.faults import PubMedError, first_line, refuse

BATCH = 200
_PMID = re.compile(r"^PMID- *(\d+)", re.M)


class Nothing(PubMedError):
    """PubMed answered with an empty text: it has none of the records, or it was a bad moment."""


def fetch_medline(pmids: Sequence[str], door: Door, *, address: str = ADDRESS) -> str:
    """Return the MEDLINE text of these PMIDs, all of them, in batches of 200.

    Raises `PubMedError` when the network or PubMed fails, answers with something that is not MEDLINE, or
    lacks one of the records; then nothing is returned. Raises `ValueError` for a PMID that is not a number.
    """
    wanted = list(dict.fromkeys(pmid.strip() for pmid in pmids))
    wrong = [pmid for pmid in wanted if not re.fullmatch(r"[1-9]\d{0,8}", pmid)]
    if wrong:
        raise ValueError(f"{shown(wrong[0])} is not a PMID. A PMID is a number such as 36119045.")
    if not wanted:
        raise ValueError("no PMID is given. Name at least one.")
    texts: list[str] = []
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        form = (("db", "pubmed"), ("rettype", "medline"), ("retmode", "text"), ("id", ",".join(batch)))
        try:
            response = door(Request(f"{address}/efetch.fcgi", form))
        except DoorError as error:
            hint = "Check the connection, or save the records by hand."
            raise PubMedError(f"PubMed was not reached: {error}. {hint}") from error
        texts.append(_text(response, batch))
    return "\n\n".join(text.strip("\r\n") for text in texts) + "\n"


def _text(response: Response, batch: list[str]) -> str:
    """Return the text of an answer that holds every record of a batch."""
    refuse(response)
    text = response.body.decode("utf-8-sig", errors="replace")
    if not text.strip():
        raise Nothing(f"PubMed answered with nothing for PMID {listed(batch)}. Check them, or try again later.")
    found = set(_PMID.findall(text))
    if not found and text.lstrip().startswith(("<", "{")):
        raise PubMedError(f"PubMed answered with something that is not MEDLINE: {first_line(text)}. Try again later.")
    missing = [pmid for pmid in batch if pmid not in found]
    if missing:
        raise PubMedError(f"PubMed has no record of PMID {listed(missing)}. Check the numbers.")
    if "\ufffd" in text:
        raise PubMedError("PubMed's answer is not whole: it has bytes that are no text. Try again.")
    return text
