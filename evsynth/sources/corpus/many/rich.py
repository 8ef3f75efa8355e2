"""The text of elements that hold inline markup: plain, and as it is printed; what `formats.elements` says of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.etree import ElementTree

from evsynth.sources.corpus.many.spelling import referred, spelled_out
from evsynth.sources.formats.elements import marked, text

_INLINE = re.compile(rb"(</?[A-Za-z]+>)")
_WHITE = re.compile(r"[ \t\r\n]+")
_ESCAPED = ((b"\1", b"&lt;"), (b"\2", b"&gt;"), (b"\3", b"&amp;"), (b"\4", b'"'), (b"\5", b"'"))


class Rich(NamedTuple):
    """The plain text of an element, and its text with tags; `""` for that where it holds no element."""

    plain: str
    marked: str


def rich(spans: list[bytes]) -> list[Rich | None]:
    """Read elements from their bytes, with marks in place of references; None for one that is not well formed."""
    found: list[Rich | None] = [_simple(span) for span in spans]
    left = [number for number, one in enumerate(found) if one is None]
    for number, element in zip(left, _parsed([referred(spans[number]) for number in left]), strict=True):
        if element is not None:
            found[number] = Rich(text(element), marked(element))
    return found


def _simple(span: bytes) -> Rich | None:
    """Read an element that holds nothing but texts and tags without attributes; None for any other.

    A superscript that follows no text, but another tag, is left to the parser: what it follows is further away.
    """
    inside = span[span.find(b">") + 1 : span.rfind(b"<")]
    if b"/>" in inside:
        return None
    parts = _INLINE.split(inside)
    plain = [parts[0]]
    for number in range(1, len(parts), 2):
        if parts[number] == b"<sup>" and parts[number + 1]:
            last = plain[-1][-1:]
            if not last or last > b"\x7f":
                return None
            if last.isdigit():
                plain.append(b"^")
        plain.append(parts[number + 1])
    bare = b"".join(plain)
    if b"<" in bare or b">" in bare:
        return None
    for mark, escaped in _ESCAPED:
        if mark in inside:
            inside = inside.replace(mark, escaped)
    return Rich(collapsed(spelled_out(bare).decode()), collapsed(inside.decode()))


def collapsed(inside: str) -> str:
    """Return a text with runs of white space as one blank, and none around it."""
    if "  " in inside or "\n" in inside or "\t" in inside or "\r" in inside:
        inside = _WHITE.sub(" ", inside)
    return inside.strip(" ")


def _parsed(spans: list[bytes]) -> Iterable[ElementTree.Element | None]:
    """Parse elements together; one by one if one of them is not well formed."""
    try:
        return list(ElementTree.fromstring(b"<set>" + b"".join(spans) + b"</set>")) if spans else []
    except ElementTree.ParseError:
        return [_alone(span) for span in spans]


def _alone(span: bytes) -> ElementTree.Element | None:
    try:
        return ElementTree.fromstring(span)
    except ElementTree.ParseError:
        return None
