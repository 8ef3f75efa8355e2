"""Whole numbers in running text, in digits or in words, with their offsets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS, TENS, UNITS

_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{'|'.join(UNITS[1:10])}))?|{'|'.join(reversed(UNITS))})"
WORD = rf"(?i:(?:{'|'.join(UNITS[1:10])}|a) hundred(?:(?: and)? {_SMALL})?|{_SMALL})"
NUMBER = (
    rf"(?<![\w.,·/<>=≥≤±+-])(?<!\d )(?:\d{{1,3}}(?:[, ]\d{{3}})+(?!\d)|\d{{1,6}}|{WORD})"
    r"(?![\w·/-]|[.,]\d|\s?%|\s?(?:±|\+/-))"
)
"""A count, nothing that touches a percent sign, a unit, a slash or a decimal point."""

_UNIT = Expression(
    r"\s*-?(?:(?:consecutive|full|calendar|more|or more|to \w+) )?(?:years?|months?|weeks?|days?|hours?|h\b|min|mg|g\b|"
    r"ml|mm|cm|kg|%|per\s?cent|points?|IU|U\b|µ|mmol|nmol|sites?|cent(?:re|er)s?|hospitals?|visits?|times?|doses?|"
    r"sessions?|cycles?|countries|trials?|studies|arms?\b|groups?\b|types?\b|categories|or more|of the (?:\w+ )?"
    r"(?:categories|groups))", re.I,
)  # fmt: skip
_BEFORE = Expression(
    r"(?:[<>≥≤=±~]|stages?|grades?|class|aged?|than|within|least|most|below|above|over|under|tables?|figure|fig\.?|"
    r"step|"
    r"version|types?|for|after|day|days|week|weeks|month|months|year|years|phase|level|group|arm|about|approximately|"
    r"nearly|almost|around|some|score|scores|ratio|to)\s*$", re.I,
)  # fmt: skip
_COUNT = Expression(NUMBER)
_OF_YEAR = Expression(r"(?:\bin|since|from|to|and|until|by|through|between|during|[a-z]{3}\.?,?|\d,?)\s*$", re.I)


class Count(NamedTuple):
    """A count in a sentence, with its offsets in the document."""

    value: int
    start: int
    end: int

    @property
    def spot(self) -> tuple[int, int]:
        """The offsets."""
        return self.start, self.end


def value(text: str) -> int:
    """Give the number that digits or words spell.

    >>> value("1,044"), value("12 418"), value("Twenty-three"), value("one hundred and six")
    (1044, 12418, 23, 106)
    """
    plain = re.sub(r"[,\s](?=\d)", "", text)
    if plain.isdigit():
        return int(plain)
    total = 0
    for word in re.split(r"[-\s]+", plain.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        else:
            total += NUMBER_WORDS.get(word, 0)
    return total


@lru_cache(maxsize=8192)
def counts(words: str, offset: int = 0) -> tuple[Count, ...]:
    """Give the whole numbers of some words that may count patients; no years, ages, doses, grades or times."""
    return tuple(
        Count(value(m[0]), offset + m.start(), offset + m.end())
        for m in _COUNT.finditer(words)
        if not _UNIT.match(words, m.end()) and not _BEFORE.search(words[max(0, m.start() - 20) : m.start()])
        and not _year(m[0], words, m.start())
    )  # fmt: skip


def _year(text: str, words: str, start: int) -> bool:
    before = words[max(0, start - 20) : start]
    return bool(re.fullmatch(r"(?:19|20)\d\d", text)) and bool(_OF_YEAR.search(before))


def as_letters(match: re.Match[str]) -> str:
    """Give a match with a letter for each digit, so that a name or a date in it is not read as a number."""
    return re.sub(r"\d", "x", match[0])
