"""References to characters: each becomes one mark, or the character itself, so that `&` stands nowhere in a record.

The marks are control characters, which XML does not allow; they take the place of `<`, `>`, `&` and quotes until the
tags are known, and then become these characters without moving any other.
"""

from __future__ import annotations

from typing import NamedTuple

MARKED = 6
"""Bytes below this one are marks."""
_MARKS = {b"lt": b"\1", b"gt": b"\2", b"amp": b"\3", b"quot": b"\4", b"apos": b"\5"}
_BY_CODE = {ord("<"): b"\1", ord(">"): b"\2", ord("&"): b"\3", ord('"'): b"\4", ord("'"): b"\5"}
_OUT = bytes([0, *b"<>&\"'"]) + bytes(range(MARKED, 256))
_LONGEST = 8


class Marked(NamedTuple):
    """The parts of a record without references, how long they are together, and where in them the marks stand."""

    parts: list[bytes]
    size: int
    marks: tuple[int, ...] = ()

    @property
    def raw(self) -> bytes:
        """The parts together."""
        return b"".join(self.parts)


def marked(raw: bytes) -> Marked | None:
    """Put marks and characters in place of references; None if one is no plain one.

    >>> marked(b"p &lt; 0.05 &#8211;").raw, marked(b"&otter;"), marked(b"&#0;")
    (b'p \\x01 0.05 \\xe2\\x80\\x93', None, None)
    """
    if b"&" not in raw:
        return Marked([raw], len(raw))
    first, *rest = raw.split(b"&")
    parts = [first]
    marks: list[int] = []
    at = len(first)
    for one in rest:
        end = one.find(b";", 0, _LONGEST + 1)
        name = one[: max(end, 0)]
        mark = _known.get(name) or _numbered(name)
        if mark is None:
            return None
        if mark < b"\6":
            marks.append(at)
        parts += (mark, one[end + 1 :])
        at += len(mark) + len(one) - end - 1
    return Marked(parts, at, tuple(marks))


_known = dict(_MARKS)


def _numbered(name: bytes) -> bytes | None:
    """Return the character of `#8211` or `#x2013`; None for any that XML does not allow."""
    digits, base = (name[2:], 16) if name[:2] == b"#x" else (name[1:], 10)
    if name[:1] != b"#" or not digits.isalnum():
        return None
    try:
        code = int(digits, base)
    except ValueError:
        return None
    if code < 32 or code in {0xFFFE, 0xFFFF} or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return None
    mark = _BY_CODE.get(code) or chr(code).encode()
    _known[name] = mark
    return mark


def spelled_out(marks: bytes) -> bytes:
    """Return the characters that the marks stand for."""
    return marks.translate(_OUT)


def referred(marks: bytes) -> bytes:
    """Return a text with marks as XML again."""
    for name, mark in _MARKS.items():
        marks = marks.replace(mark, b"&" + name + b";")
    return marks
