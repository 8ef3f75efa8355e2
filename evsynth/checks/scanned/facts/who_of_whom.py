"""How many people a phrase is about: "those traced" after "81 (55.9%) were traced", "the former", "the hospitals".

Each count of the running text carries the words that name it, told behind it ("36 were advanced", "60 women") or before
its bracket ("each hospital (n = 32)"). A phrase is about the counts whose words hold all of its own. Made for checks
that need the number a share is of, where the share does not print it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import group_stems
from evsynth.checks.scanned.facts.marked import Number, marked
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression


class Named(NamedTuple):
    """A count, its sentence and the beginnings of the words that name it."""

    line: Line
    number: Number
    stems: frozenset[str]

    @property
    def at(self) -> int:
        """Its offset in the document."""
        return self.line.start + self.number.start


_SHARE = Expression(r" ?\((?:[nN] ?= ?)?(?:⟨[pl]\d+⟩[^()⟨]{0,12})+\)")
_BRACKETED = Expression(r"([^.;:,()⟨]{2,60}?),? ?\((?:[nN] ?= ?)⟨c(\d+)⟩(?= ?[);,])")
_COUNTED = Expression(
    r"⟨c(\d+)⟩(?! ?[/%:])((?:,? ?(?!and\b|or\b|but\b|while\b|whereas\b|who\b|which\b|that\b|of\b)[A-Za-z][\w'-]*){1,8})"
)
_HALF = Expression(r"\b(?:former|first|latter|second)\b", re.I)
_WEAK = frozenset("ones all other same were was who had them these those our both such only remaining most".split())
LEAST = 5
"""Fewer people are no number that a share is told of."""


@lru_cache(maxsize=16)
def named_counts(reading: Reading) -> tuple[Named, ...]:
    """Give the counts of the running text with their names, in order."""
    found: list[Named] = []
    for line in lines(reading, ("title", "abstract", "methods", "results", "body")):
        sentence = marked(line.words)
        if not any(n.kind == "c" and n.whole >= LEAST for n in sentence.numbers):
            continue
        text = _SHARE.sub("", sentence.text)
        told: dict[int, str] = {}
        for match in _COUNTED.finditer(text):
            told[int(match[1])] = match[2]
        for match in _BRACKETED.finditer(text):
            told[int(match[2])] = " ".join(match[1].split()[-5:])
        for i, words in sorted(told.items()):
            number = sentence.numbers[i]
            if number.whole >= LEAST:
                found.append(Named(line, number, group_stems(words)))
    return tuple(found)


def called(reading: Reading, line: Line, at: int, phrase: str) -> tuple[Named, ...]:
    """Give the counts told before an offset of a sentence, in its section, that a phrase names; the last one last."""
    wanted = frozenset(s for s in group_stems(phrase) if s not in _WEAK)
    if not wanted:
        return ()
    return tuple(
        n for n in named_counts(reading)
        if n.line.section == line.section and n.at < line.start + at and wanted <= n.stems
    )  # fmt: skip


def of_two(reading: Reading, line: Line, at: int, word: str) -> Named | None:
    """Give the count that "the former" or "the latter" means: of the only two told last before an offset."""
    told = [n for n in named_counts(reading) if n.line.section == line.section and n.at < line.start + at]
    for start in dict.fromkeys(n.line.start for n in reversed(told)):
        pair = [n for n in told if n.line.start == start]
        if len(pair) >= 2:
            return pair[0 if word.lower() in ("former", "first") else 1]
    return None
