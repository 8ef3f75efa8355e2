"""The numbered list of references of a paper, and the places of the text that cite its entries by number.

Entries stand one to a line, as "12. Author ... Title. Journal", "[12] ..." or, unnumbered, as "- ..." in order; a line
without a mark goes on with the entry before it. Citations are "(15, 16, 30)", "[15,16]", "(6-11)" or raised "15,16".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

_ITEM = Expression(r"^[ \t]{0,6}(?:\[(?P<square>\d{1,3})\]|(?P<number>\d{1,3})[.)](?!\d)|(?P<dash>[-•*]))[ \t]+", re.M)
_YEAR = Expression(r"\b(?:19|20)\d\d\b")
_LIST = r"\d{1,3}(?:\s?[-–,]\s?\d{1,3})*"
_CITED = Expression(rf"[(\[]\s?(?P<all>{_LIST})\s?[)\]]")
_RAISED = Expression(rf"<sup>\s?(?P<all>{_LIST})\s?</sup>", re.I)
_PART = Expression(r"(\d{1,3})(?:\s?[-–]\s?(\d{1,3}))?")
FEWEST = 4
"""A list has so many entries at least."""


class Entry(NamedTuple):
    """One entry of the list: its number, its words with white space folded, and its place."""

    number: int
    words: str
    spot: Spot


class Citation(NamedTuple):
    """The numbers that one bracket cites, and where it stands in its sentence."""

    numbers: tuple[int, ...]
    start: int
    end: int


@lru_cache(maxsize=16)
def reference_list(reading: Reading) -> dict[int, Entry]:
    """Give the entries by number; none where the list is missing, or its numbers do not rise one by one."""
    found: dict[int, Entry] = {}
    for section in reading.document.sections:
        if section.role != "references":
            continue
        text = reading.document.plain
        marks = list(_ITEM.finditer(text, section.start, section.end))
        for place, mark in enumerate(marks):
            end = marks[place + 1].start() if place + 1 < len(marks) else section.end
            due = len(found) + 1
            printed = mark["square"] or mark["number"]
            if printed is not None and int(printed) != due:
                return {}
            body = text[mark.end() : end]
            stop = mark.end() + len(body.rstrip())
            found[due] = Entry(due, " ".join(body.split()), (mark.end(), stop))
    return found if len(found) >= FEWEST and sum(bool(_YEAR.search(e.words)) for e in found.values()) > 1 else {}


def citations_in(reading: Reading, line: Line, listed: dict[int, Entry]) -> Iterator[Citation]:
    """Give the citations of a sentence whose numbers all are entries of the list, in order of their kinds."""
    if not listed:
        return
    raw = reading.document.text[line.start : line.end]
    for match in (*_CITED.finditer(line.words), *_RAISED.finditer(raw)):
        numbers = _numbers(match["all"])
        if numbers and all(n in listed for n in numbers):
            yield Citation(numbers, match.start(), match.end())


def _numbers(text: str) -> tuple[int, ...]:
    found: list[int] = []
    for match in _PART.finditer(text):
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first or last - first > 40:
            return ()
        found += range(first, last + 1)
    return tuple(dict.fromkeys(found))


__all__ = ["Citation", "Entry", "citations_in", "reference_list"]
