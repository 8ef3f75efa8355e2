"""Words that say whether something happens more or less often: "less likely", "a higher risk", "halved the odds".

They are what a ratio above or below 1 says in words. Comparisons of values ("lower albumin") are no such words. Made
for every check of ratios against words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.text.expressions import Expression

_EVENT = (
    r"(?:risks?|hazards?|odds|mortality|deaths?|rates?|likelihood|probability|chances?|incidence|prevalence|frequency|"
    r"occurrence|relapses?|recurrences?|events?)"
)
_UP = r"higher|increased|greater|elevated|raised|doubled|excess|larger"
_DOWN = r"lower|reduced|decreased|diminished|smaller|halved"
_HOW = r"(?:often|frequent(?:ly)?|likely|common(?:ly)?|prevalent|liable|apt|prone)"
_LIFTS = r"increas(?:es|ed|ing)|rais(?:es|ed|ing)|doubl(?:es|ed|ing)|tripl(?:es|ed|ing)|elevat(?:es|ed)"
_CUTS = (
    r"reduc(?:es|ed|ing)|lower(?:s|ed|ing)|decreas(?:es|ed|ing)|diminish(?:es|ed)|halv(?:es|ed|ing)|cuts?|cutting|"
    r"lessen(?:s|ed)"
)
_GAP = r"(?:\s(?!of|in|with|for|and|or|but|than)[\w-]+){0,3}?\s"
_WORD = Expression(
    rf"(?<!\bno )(?<!\bnot )(?<!\bnot a )(?<!\bnor )(?<!\bany )\b(?:"
    rf"(?P<up>more {_HOW}|likelier|commoner|(?:{_UP}){_GAP}{_EVENT}\b|{_EVENT}\s(?:\w+ ){{0,6}}?(?:was|were|is|are)\s"
    rf"(?:\w+ly )?(?:{_UP})\b|(?:{_LIFTS})\s(?:the |its |their )?(?:\w+ ){{0,3}}?{_EVENT}\b|"
    r"(?:twice|three times|four times) as (?:often|likely|common|frequent)\w*|more(?= [a-z -]{3,40}\bthan\b)|"
    r"(?:(?<=associated with )|(?<=led to )|(?<=linked to )|(?<=resulted in ))more(?= [a-z]))|"
    rf"(?P<down>less {_HOW}|rarer|(?:{_DOWN}){_GAP}{_EVENT}\b|{_EVENT}\s(?:\w+ ){{0,6}}?(?:was|were|is|are)\s"
    rf"(?:\w+ly )?(?:{_DOWN})\b|(?:{_CUTS})\s(?:the |its |their )?(?:\w+ ){{0,3}}?{_EVENT}\b|"
    rf"half as (?:often|likely|common|frequent)\w*|protective|protect(?:s|ed)? against|fewer(?= [a-z])|"
    r"less(?= [a-z -]{3,40}\bthan\b)|"
    r"(?:(?<=associated with )|(?<=led to )|(?<=linked to )|(?<=resulted in ))less(?= [a-z])))",
    re.I,
)


class Frequency(NamedTuple):
    """A word for more or less often, and where it stands in the words of its sentence."""

    up: bool
    word: str
    start: int
    end: int


def frequency_words(words: str) -> Iterator[Frequency]:
    """Give the words for more or less often of a sentence, in order."""
    for match in _WORD.finditer(words):
        yield Frequency(bool(match["up"]), match[0], match.start(), match.end())
