"""What the E-utilities answer to a search, checked: a tree that is XML without entities, counts that agree."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

from evsynth.sources.door import Response
from evsynth.sources.search.eutilities import History
from evsynth.sources.search.faults import NotWhole, first_line, refuse

Element = ElementTree.Element


class Found(NamedTuple):
    """What matches a term: how many, the numbers that were handed out, where they are kept, and how it was read.

    `translation` is the term as PubMed understood it; `notes` is what it ignored or did not find.
    """

    total: int
    ids: tuple[str, ...]
    history: History | None
    translation: str
    notes: tuple[str, ...]


def tree(response: Response, root: str) -> Element:
    """Return the root element of an answer. Raises `PubMedError` for an error, another root, half a body, or a DTD."""
    refuse(response)
    body = response.body
    if b"<!ENTITY" in body or re.search(rb"<!DOCTYPE[^>]*\[", body[:4096]):
        raise NotWhole("PubMed's answer declares entities; it is not read. Try again later.")
    try:
        element = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        start = first_line(body.decode("utf-8", errors="replace"))
        message = f"PubMed's answer is not whole or not XML ({error}); it begins {start}. Try again."
        raise NotWhole(message) from None
    if element.tag != root:
        raise NotWhole(f"PubMed answered with {element.tag!r} where {root!r} was asked for. Try again later.")
    return element


def found(response: Response, most: int) -> Found:
    """Read an answer of ESearch that was asked for up to `most` numbers."""
    element = tree(response, "eSearchResult")
    count = _number(element, "Count")
    ids = tuple(_text(e) for e in element.findall("IdList/Id"))
    if wrong := [i for i in ids if not re.fullmatch(r"[1-9]\d{0,8}", i)]:
        raise NotWhole(f"PubMed's list holds {wrong[0]!r}, which is no PMID. Try again.")
    if len(set(ids)) != len(ids):
        raise NotWhole("PubMed's list holds a PMID twice. Try again.")
    if len(ids) != min(count, most):
        raise NotWhole(f"PubMed counts {count} records and lists {len(ids)}. Try again.")
    notes = tuple(
        dict.fromkeys(
            f"{_WORDS.get(e.tag, e.tag)}: {_text(e)}"
            for part in ("ErrorList", "WarningList")
            for e in element.findall(f"{part}/*")
            if _text(e)
        )
    )
    return Found(count, ids, _history(element), " ".join((element.findtext("QueryTranslation") or "").split()), notes)


_WORDS = {
    "PhraseNotFound": "phrase not found",
    "FieldNotFound": "field not found",
    "PhraseIgnored": "phrase ignored",
    "QuotedPhraseNotFound": "quoted phrase not found",
    "OutputMessage": "message",
}


def _history(element: Element) -> History | None:
    """Return the history that an answer names, if it names one."""
    web_env, key = (element.findtext("WebEnv") or "").strip(), (element.findtext("QueryKey") or "").strip()
    return History(web_env, key) if web_env and key else None


def _number(element: Element, name: str) -> int:
    text = (element.findtext(name) or "").strip()
    if not text.isdecimal():
        raise NotWhole(f"PubMed's answer has no number {name}. Try again.")
    return int(text)


def _text(element: Element) -> str:
    return (element.text or "").strip()
