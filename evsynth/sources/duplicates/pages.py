"""Page ranges as databases print them: `123-129`, `123-9`, `S12-S15`, `e1401`, `376 -- 383`, `Suppl-29`."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["same", "one end same", "overlap", "differ", ""]

_PART = re.compile(r"[a-z]{0,4}\.? ?\d+(?:\.e\d+)?")
_ROMAN = re.compile(r"\b[ivxlc]+\b")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Pages(NamedTuple):
    """First and last page in lower case, without points; empty where none is printed."""

    first: str = ""
    last: str = ""


def pages(printed: str) -> Pages:
    """Return the first and the last page; an end that is cut short is completed.

    >>> pages("2123-9"), pages("S12-5")
    (Pages(first='2123', last='2129'), Pages(first='s12', last='s15'))
    >>> pages("e1401"), pages("Suppl-29"), pages("Unknown")
    (Pages(first='e1401', last=''), Pages(first='', last='29'), Pages(first='', last=''))
    """
    text = printed.lower().strip()
    found = [part.replace(" ", "").replace(".", "") for part in _PART.findall(text.replace("pp", ""))]
    if text.startswith("suppl-"):
        return Pages("", found[0].lstrip("-") if found else "")
    if not found:
        roman = _ROMAN.findall(text) if len(text) < 20 else []
        return Pages(roman[0], roman[1] if len(roman) > 1 else "") if roman else Pages()
    first, last = found[0], found[1] if len(found) > 1 else ""
    letters = first.rstrip("0123456789")
    number, end = first[len(letters) :], last.lstrip(_LETTERS)
    if number and end:
        if len(end) < len(number):
            end = number[: len(number) - len(end)] + end
        last = letters + end
    return Pages(first, "" if last == first else last)


def agreement(one: Pages, other: Pages) -> Kind:
    """Return whether two ranges are `same`, have `one end same`, `overlap` or `differ`; `""` where one is not printed.

    >>> agreement(pages("123-9"), pages("123-129")), agreement(pages("123"), pages("123-9"))
    ('same', 'one end same')
    """
    if one == other:
        return "same" if one.first else ""
    if not one.first or not other.first:
        short, long = (one.last, other.last) if not one.first else (other.last, one.last)
        return "" if not short or not long else "one end same" if long.endswith(short) else "differ"
    if one.first == other.first or (one.last and one.last == other.last):
        return "one end same"
    if _number(one.first) == _number(other.first):
        return "one end same" if one.last and other.last else "same"
    a, b = _number(one.first), _number(one.last or one.first)
    c, d = _number(other.first), _number(other.last or other.first)
    return "overlap" if one.last and other.last and a <= d and c <= b else "differ"


def _number(page: str) -> int:
    return int("".join(c for c in page if c.isdigit()) or 0)
