"""Groups called by name with their size: "metformin (n = 388), insulin (n = 252)", "121 to coaching and 119 to care".

Made for checks of what is told of one group by name. Only groups that one sentence tells together, each under a name
of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Marked, Number, marked
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression


class Group(NamedTuple):
    """A group: the words of its name in lower case, its size, and the sentence that tells it."""

    name: tuple[str, ...]
    size: Number
    line: Line


_BRACKETED = Expression(r"(?<!⟩)(?P<name>[^⟨⟩;:()]{3,60}?) ?\((?:[nN] ?= ?)⟨c(?P<n>\d+)⟩(?=[);,])")
_COUNTED = Expression(
    r"⟨c(?P<n>\d+)⟩(?: (?:patients|participants|women|men|children|adults|people|infants|subjects|eyes|cases))?"
    r"(?: ?\(⟨p\d+⟩\))?(?: (?:were|had been|was))?"
    r"(?: (?:patients|participants|women|men|children|adults|people|infants|subjects|eyes|cases))?"
    r" (?:(?:randomly )?(?:assigned|allocated|randomi[sz]ed) to(?: receive)?|received|to receive|to|on|given|took|"
    r"underwent|receiving|treated with|in) (?:the |an? )?(?P<name>[^⟨;:(),.]{3,40}?)"
    r"(?= (?:and|versus|vs|as|for|were|who|group|arm|while|or|in|at|after|within|with) |[;:(),.]| ⟨|$)"
)
_CUT = Expression(
    r"\b(?:or|and|either|to|as|received|receiving|versus|vs?|compared|against|between|with|by|of|in|on|for|from|into|"
    r"groups?:?|the|an?|both|were|was|than|given|assigned|allocated)\b|[,.]", re.I,
)  # fmt: skip
_GENERAL = frozenset(
    "group arm patients participants women men children adults people infants subjects cohort recipients alone "
    "treatment therapy control only total all age sex each mg daily placebo-controlled".split()
)
_WORD = Expression(r"[a-z][a-z0-9]*", re.I)


def words(text: str) -> tuple[str, ...]:
    """Give the words of a name in lower case, hyphens undone."""
    return tuple(_WORD.findall(text.lower()))


@lru_cache(maxsize=32)
def groups_named(reading: Reading) -> tuple[Group, ...]:
    """Give the groups of the sentence that names most of them (two to five), each name once."""
    best: tuple[Group, ...] = ()
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if "n" not in line.words or not re.search(r"\d", line.words):
            continue
        sentence = marked(line.words)
        for pattern in (_BRACKETED, _COUNTED):
            found = tuple(_groups(line, sentence, pattern))
            if len(best) < len(found) <= 5 and len({g.name for g in found}) == len(found) > 1:
                best = found
    return best


def _groups(line: Line, sentence: Marked, pattern: Expression) -> Iterator[Group]:
    for match in pattern.finditer(sentence.text):
        said = match["name"]
        if "⟨" in said:
            continue
        if pattern is _BRACKETED:
            said = _last(said)
        name = words(said)
        while name and name[-1] in _GENERAL:
            name = name[:-1]
        if 0 < len(name) <= 4 and (len(name) > 1 or len(name[0]) > 2):
            yield Group(name, sentence.numbers[int(match["n"])], line)


def _last(said: str) -> str:
    """Give the words behind the last one that introduces a name; "insulin without metformin" stays whole."""
    cuts = [m.end() for m in _CUT.finditer(said)]
    return said[cuts[-1] :] if cuts else said
