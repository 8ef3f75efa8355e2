"""The range of a score told by its items: "ten true/false items, one point each", "9 items each scored 0 to 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

_N = r"\d{1,2}|" + "|".join(word for word, value in NUMBER_WORDS.items() if 3 <= value <= 30)
_ITEMS = rf"\b(?P<n>{_N})[ -](?:[a-z/-]+ ){{0,3}}?(?:items?|questions?|statements?|joints|sites|areas|criteria|signs)\b"
_EACH = Expression(
    rf"{_ITEMS}[\s,;:()-]{{0,3}}(?:"
    r"(?:with |for |and |scoring |worth )?(?:one|1|a) (?:point|mark) (?:each|for each|per|for every|for a correct)\b"
    r"|each (?:correct(?:ly)? (?:answer(?:ed)? )?)?(?:item |answer )?(?:is |was |being )?(?:worth|scoring|"
    r"scored|scored "
    r"with|given) (?:one|1) (?:point|mark)"
    r"|(?:which were |were |was )?each (?:item )?(?:is |was |being )?(?:scored|rated|graded|scoring|rating|ranging)?"
    r"[\s,(]{1,2}(?:on a scale )?(?:of |from |between )?(?:\d{1,2}\s?\([^()]*\)|\d{1,2})\s?(?:-|to|"
    r"and)\s?(?P<most>\d{1,2})"
    r"(?![\d%]|\.\d|\s?(?:mm|cm|years?|months?|weeks?|days?|min))"
    r")", re.I,
)  # fmt: skip


class Items(NamedTuple):
    """The most that a sum of items can be, the words before it, and where it is told."""

    name: str
    most: int
    start: int
    end: int


def scales_of_items(words: str) -> Iterator[Items]:
    """Give the scores of a sentence whose items and their points are told.

    >>> [x.most for x in scales_of_items("knowledge (ten true/false items, one point each)")]
    [10]
    >>> [x.most for x in scales_of_items("the index has 9 items, each scored from 0 (never) to 3")]
    [27]
    """
    if " each" not in words and " per" not in words and " for " not in words:
        return
    for match in _EACH.finditer(words):
        number = NUMBER_WORDS.get(match["n"].lower())
        count = int(match["n"]) if number is None else int(number)
        yield Items(words[: match.start()], count * int(match["most"] or 1), match.start(), match.end())
