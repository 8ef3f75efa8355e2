"""Sentences that give the groups of a study with their sizes: "the drug (n = 12) or both (n = 22)"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

_SIZE = Expression(
    r"[(\[,;]\s?[nN]\s?=\s?(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?=\s?[)\],;])|"
    r"(?<![\w.,/=-])(?P<m>\d{1,3}(?:,\d{3})+|\d+) (?:patients|participants|subjects|children|women|men) "
    r"(?=(?:and|or) \d+ (?:patients|participants|subjects|children|women|men)\b|(?:were|was) (?:included in|assigned "
    r"to|allocated to|treated with))"
)
_COMPARED = Expression(
    r"\b(?:groups?|arms?|cohorts?|treated with|treatment with|therapy|received|receiving|allocated|assigned|"
    r"randomi[sz]ed|controls?)\b",
    re.I,
)
_OTHER = Expression(r"\b(?:includ|exclu|reasons?|loss|lost|because|due to|complications?|events?)\w*", re.I)


class SizedGroups(NamedTuple):
    """The sizes of two to four groups, and where each is printed."""

    sizes: tuple[int, ...]
    spots: tuple[Spot, ...]


@lru_cache(maxsize=32)
def groups_with_sizes(reading: Reading) -> tuple[SizedGroups, ...]:
    """Give the groups of the sentences that compare some and print the size of each, in order."""
    told = []
    for line in lines(reading, ("abstract", "methods", "results")):
        found = list(_SIZE.finditer(line.words.replace("\n", " ")))
        if 2 <= len(found) <= 4 and _COMPARED.search(line.words) and not _OTHER.search(_between(line.words, found)):
            sizes = tuple(int((m["n"] or m["m"]).replace(",", "")) for m in found)
            spots = tuple((line.start + m.start(m.lastgroup or 0), line.start + m.end(m.lastgroup or 0)) for m in found)
            told.append(SizedGroups(sizes, spots))
    return tuple(told)


def _between(words: str, found: list[re.Match[str]]) -> str:
    return words[found[0].start() : found[-1].end()]
