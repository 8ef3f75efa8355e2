"""Sizes of two groups of whom values were at hand: "paired values were available for 67 and 59 of them"."""

from __future__ import annotations

import re
from functools import lru_cache

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression

_AT_HAND = Expression(
    r"\b(?:available|at hand|evaluable|assessable|analy[sz]\w+|measured|complete|completed|obtained|recorded|missing|"
    r"paired|had (?:both|data|values|measurements|spirometry|tests)|(?:data|values) (?:for|on|from|of|in))\b",
    re.I,
)
_PAIR = Expression(
    r"(?<![\w.,/])(?P<a>\d{1,5})(?:\s?(?:/|of|out of)\s?(?:the )?\d{1,5})?(?:\s?\(\d[\d.·]*\s?%\))?"
    r"(?P<gap>[^.;:\d]{0,60}?)\b(?:and|versus|vs\.?|v|against)\s(?:[a-z]+ )??(?P<b>\d{1,5})(?![\d.·,]?\d|\s?%|\s?years)"
)


@lru_cache(maxsize=32)
def sizes_at_hand(reading: Reading) -> frozenset[tuple[int, int]]:
    """Give the pairs of whole numbers in sentences on whose values were available, in the order of the sentence.

    Any two numbers joined there are given; who uses them must ask that they fit.
    """
    found = set()
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        words = line.words.replace("\n", " ")
        if _AT_HAND.search(words):
            found |= {(int(m["a"]), int(m["b"])) for m in _PAIR.finditer(words)}
    for table in reading.document.tables:
        for note in (table.caption, *table.notes):
            if note is not None and _AT_HAND.search(note.text):
                found |= {(int(m["a"]), int(m["b"])) for m in _PAIR.finditer(note.text)}
    return frozenset(found)


__all__ = ["sizes_at_hand"]
