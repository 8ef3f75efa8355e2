"""Numbers found in running text: digits as printed, and small numbers written as words."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = re.compile(
    r"""(?<![\w.])(?<![A-Za-z]-)            # not glued to a letter: IL-2, U1, MDA-5
        (?:(?<![\w)%\]])-)?                 # a minus sign, unless it joins a range: 50-59
        (?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)""",
    re.VERBOSE,
)
_WORD = re.compile(r"[A-Za-z]+(?:-[a-z]+)?")
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: value for value, word in enumerate(UNITS)} | {
    word: 10 * value for value, word in enumerate(TENS, start=2)
}
"""The value of every number that is one word, from zero to ninety, in that order."""

_WORDS = NUMBER_WORDS | {"none": 0, "no": 0}


class Numeral(NamedTuple):
    """One number in a text: where it starts and ends there, and its digits."""

    start: int
    end: int
    text: str


def numerals(text: str) -> tuple[Numeral, ...]:
    """Find the numbers written in digits in a normalised text, in order.

    >>> [n.text for n in numerals("18 (12, 21); 50-59; IL-2; -0.5; 10,000")]
    ['18', '12', '21', '50', '59', '-0.5', '10,000']
    """
    return tuple(Numeral(m.start(), m.end(), m.group()) for m in _DIGITS.finditer(text))


def number_words(text: str) -> tuple[Numeral, ...]:
    """Find whole numbers below 100 written as words ("Forty-one", "none"), as digits, in order."""
    found = []
    for match in _WORD.finditer(text):
        parts = match.group().lower().split("-")
        values = [_WORDS.get(part) for part in parts]
        if len(parts) == 1 and values[0] is not None:
            found.append(Numeral(match.start(), match.end(), str(values[0])))
        elif len(parts) == 2 and parts[0] in TENS and parts[1] in UNITS[1:10]:
            found.append(Numeral(match.start(), match.end(), str(_WORDS[parts[0]] + _WORDS[parts[1]])))
    return tuple(found)
