"""What the E-utilities say instead of an answer, in the words of an error; and which of it passes by itself."""

from __future__ import annotations

import re

from evsynth.sources.door import Response
from evsynth.sources.reading import shown

_SAID = {
    b"<": re.compile(r"<error>(.*?)</error>", re.S | re.I),
    b"{": re.compile(r'"error"\s*:\s*"((?:[^"\\]|\\.)*)"', re.S | re.I),
}
"""How XML and JSON carry an error; any other text carries none."""

_HEAD = 4096
"""An error stands at the beginning of a body."""

_EXPIRED = re.compile(r"out of range|unable to obtain query|history|webenv|query_?key", re.I)
_LASTING = re.compile(r"cannot be larger|out of acceptable range|invalid|empty id|not supported|empty term", re.I)
_LONG = re.compile(r"too (?:long|large|many)|request-ur[il]|payload", re.I)
_TOO_LONG = (413, 414)
_ROOT = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE[^>\[]*>\s*)?<([A-Za-z][\w.-]*)")


_RECORDS = (b"PubmedArticleSet", b"pmc-articleset")
"""Elements that hold records; a long one holds no error."""


class PubMedError(RuntimeError):
    """PubMed gave no records, or not all of them; the words say why and what to do."""


class HistoryExpired(PubMedError):
    """NCBI no longer keeps the records of a search; they must be posted again."""


class NotWhole(PubMedError):
    """An answer came, but not the whole of what was asked for; asking again may help."""


class Missing(NotWhole):
    """Records that a list names did not come; `pmids` are their numbers."""

    def __init__(self, words: str, pmids: tuple[str, ...]) -> None:
        super().__init__(words)
        self.pmids = pmids


def said(body: bytes) -> str:
    """Return the error that a body carries, or nothing. Bodies of 200 carry errors too."""
    start = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    form = _SAID.get(start[:1])
    found = form.search(start.decode("utf-8", errors="replace")) if form else None
    root = _ROOT.match(body)
    if found is None or (root and root[1] in _RECORDS and len(body) > _HEAD):
        return ""
    return " ".join(found[1].split())


def whole(body: bytes) -> bool:
    """Return whether an XML body ends with the element that it began with; other bodies pass."""
    root = _ROOT.match(body)
    if root is None:
        return not body.lstrip().startswith(b"<")
    return body.rstrip().endswith((b"</" + root[1] + b">", b"/>"))


def passing(response: Response) -> bool:
    """Return whether it is right to ask again: too many requests, a server in trouble, half an answer, a web page."""
    if response.status == 429 or response.status >= 500:
        return True
    if response.status != 200:
        return False
    words = said(response.body)
    if words:
        return not (_EXPIRED.search(words) or _LASTING.search(words))
    start = response.body[:200].lstrip().lower()
    return not start or start.startswith((b"<!doctype html", b"<html")) or not whole(response.body)


def refuse(response: Response) -> None:
    """Raise `PubMedError` for a response that is no answer; `HistoryExpired` where the records must be posted again."""
    body = response.body
    words = said(body)
    text = words or first_line(body.decode("utf-8", errors="replace"))
    if words and _EXPIRED.search(words) and response.status in (200, 400):
        raise HistoryExpired(f"PubMed no longer keeps the search: {words}. Run it again.")
    if response.status == 429:
        raise PubMedError("PubMed answered 429: too many requests. Wait a minute, or give an API key.")
    if response.status in _TOO_LONG or (400 <= response.status < 500 and _LONG.search(text)):
        hint = "It is too long: shorten the query, or ask for fewer records at once."
        raise PubMedError(f"PubMed refused the request ({response.status}): {text}. {hint}")
    if 400 <= response.status < 500:
        hint = "Check the PMIDs and the key; a very long query may have to be shorter."
        raise PubMedError(f"PubMed refused the request ({response.status}): {text}. {hint}")
    if response.status != 200:
        raise PubMedError(f"PubMed failed ({response.status}): {text}. Try again later.")
    if words:
        raise PubMedError(f"PubMed answered with an error: {words}. Check the request, or try again later.")


def first_line(text: str) -> str:
    """Return the first line that says something, in quotes."""
    return shown(next((line.strip() for line in text.splitlines() if line.strip()), "no text"), 80)
