"""Page ranges as databases print them: `123-129`, `123-9`, `S12-S15`, `e1401`, `376 -- 383`, `Suppl-29`."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Kind = Literal["same", "one end same", "overlap", "differ", ""]

_PART = re.compile(r"[a-z]{0,4}\.? ?\d+(?:\.e\d+)?")
_BEHEADED = re.compile(r"(?:suppl|t)-(\d+)")
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
    >>> pages("t-20")
    Pages(first='', last='20')
    """
    text = printed.lower().strip()
    found = [part.replace(" ", "").replace(".", "") for part in _PART.findall(text.replace("pp", ""))]
    if beheaded := _BEHEADED.fullmatch(text):
        return Pages("", beheaded[1])
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
    >>> agreement(pages("129"), pages("123-9")), agreement(pages("125"), pages("123-9"))
    ('one end same', 'overlap')

    An electronic number and a range do not speak of one thing, nor do pages before and after they were counted.

    >>> agreement(pages("e1401"), pages("1-9")), agreement(pages("1-9"), pages("411-419"))
    ('', '')
    """
    if one == other:
        return "same" if one.first else ""
    if not one.first or not other.first:
        short, long = (one.last, other.last or other.first) if not one.first else (other.last, one.last or one.first)
        return "" if not short or not long else "one end same" if long.endswith(short) else "differ"
    if one.first == other.first or (one.last and one.last == other.last):
        return "one end same"
    if _number(one.first) == _number(other.first):
        return "one end same" if one.last and other.last else "same"
    if (one.last or other.last) and (one.last or one.first) == (other.last or other.first):
        return "one end same"
    a, b = _number(one.first), _number(one.last or one.first)
    c, d = _number(other.first), _number(other.last or other.first)
    if (one.last or other.last) and a <= d and c <= b and _prefix(one) == _prefix(other):
        return "overlap"
    counted = min(a, c) == 1 and b - a == d - c > 2
    return "" if counted or _electronic(one) != _electronic(other) else "differ"


def filled(range_: Pages) -> int:
    """Return how many pages a range fills; an electronic article, which has a number to itself, counts as ten.

    >>> filled(pages("411-9")), filled(pages("S12-S15")), filled(pages("411")), filled(pages("e1401"))
    (9, 4, 1, 10)
    """
    if range_.first and range_.last:
        return max(_number(range_.last) - _number(range_.first) + 1, 1)
    return 10 if range_.first and _electronic(range_) else 1


def _electronic(range_: Pages) -> bool:
    """Return whether this is the number of an electronic article: `e1401`, `106482`."""
    first = range_.first
    return (first[0] == "e" and first[1:].isdigit()) or (first.isdigit() and len(first) > 5 and not range_.last)


def _prefix(range_: Pages) -> str:
    return range_.first.rstrip("0123456789")


def _number(page: str) -> int:
    return int("".join(c for c in page if c.isdigit()) or 0)
