"""The counts of a sentence as steps of a flow: told, taken out, or part of those out."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.facts.lists import Entry, enclosed
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_OUT = Expression(
    r"\b(?:exclu\w+|withdr\w+|lost|dropped|drop-?outs?|discontinu\w+|declin\w+|refus\w+|ineligib\w+|"
    r"removed|removal|"
    r"discarded|"
    r"rejected|duplicates?|died|deaths?|missing|incomplete|insufficient|unusable|unavailable|unreadable|omitted|"
    r"left out|"
    r"(?:not|never|neither|without|no|nor)\b|unable|transferred|h(?:a)?emolysed|hemolyzed|left (?:the|"
    r"before|early)|"
    r"moved|"
    r"inadequate|invalid|failed|withdrawn|ineligible|stopped|other reasons)", re.I,
)  # fmt: skip
_BEFORE_OUT = Expression(
    r"\b(?:exclud\w+|exclusion of|removal of|removing|loss of|lost|without|minus|after|discard\w+|"
    r"reject\w+|omit\w+|"
    r"dropp\w+)"
    r"\s(?:of\s|a further\s|another\s|the\s|an additional\s)*$", re.I,
)  # fmt: skip


class Step(NamedTuple):
    """A count, its sentence, and whether it is taken out of the number before it."""

    entry: Entry
    line: Line
    out: bool
    named: bool
    """Whether the words before the number take it out: "after exclusion of 34"."""
    part: bool = False
    """Whether it is one of two or more numbers that make those out before it: "six, four in A and two in B"."""

    @property
    def spot(self) -> tuple[int, int]:
        """The offsets in the document."""
        return self.entry.spot(self.line.start)


def steps(line: Line, told: tuple[Entry, ...]) -> list[Step]:
    """Give the counts of a sentence outside brackets; of a number left out and its reasons, the number alone."""
    found: list[Step] = []
    words = line.words
    hidden = -1
    for index, entry in enumerate(told):
        if entry.first < hidden or entry.bracketed or _inside(words, entry.first):
            continue
        end = told[index + 1].first if index + 1 < len(told) else len(words)
        after = re.split(r"[;(]|\.\s", _BEFORE_OUT.sub("", words[entry.last : end]))[0][:100]
        named = _BEFORE_OUT.search(words[: entry.first]) is not None
        out = named or _OUT.search(after) is not None
        if entry.of and not named:
            out = False
        found.append(Step(entry, line, out, named))
        colon = re.match(r"[^.;()\d]{0,80}:\s", words[entry.last :])
        if out and colon:
            hidden = _list_end(words, entry.last + colon.end())
    for at, step in enumerate(found):
        for end in range(at + 3, min(at + 6, len(found) + 1)):
            if step.out and sum(s.entry.value for s in found[at + 1 : end]) == step.entry.value > 2:
                found[at + 1 : end] = [s._replace(part=True) for s in found[at + 1 : end]]
    return found


def _inside(words: str, place: int) -> bool:
    return words[:place].count("(") > words[:place].count(")") or words[:place].count("[") > words[:place].count("]")


def _list_end(words: str, start: int) -> int:
    match = Expression(
        r";\s|\.\s|\.?\Z|,?\s(?:leaving|so that|which left|resulting in|and the "
        r"remaining)\b"
    ).search(words, start)
    return match.start() if match else enclosed(words, start)
