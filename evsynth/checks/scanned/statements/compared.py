"""Comparisons that sentences of results tell: an outcome, and one number for each of two or more groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.checks.scanned.statements.clauses import clauses
from evsynth.checks.scanned.statements.concluding import before_conclusion, stems

_PERCENT = re.compile(r"(?<![\w.,·])(?P<n>[0-9]{1,3}(?:[.·][0-9]+)?)\s?(?:%|per cent\b|percent\b)")
_LEVEL = re.compile(r"\s*-?\s*(?:CI\b|confidence|credible|CrI|power|prediction|predicted|limits?\b)", re.I)
_JOINT = re.compile(
    r",|;|\band\b|\bvs?\b\.?|\bversus\b|\bagainst\b|\bcompared (?:with|to)\b|\bthan\b|\bwhereas\b|\bwhile\b|\bbut\b",
    re.I,
)
_BRACKET = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TURNED = re.compile(
    r"\b(?:no|not|without|free|avoid\w*|chang\w*|reduc\w*|declin\w*|decreas\w*|increas\w*|improv\w*|fell|fall|"
    r"rose|rise|"
    r"gain\w*|loss|drop\w*|differ\w*|neither|nor|predicted|probabilit\w*|respectively|missing|specific\w*)\b",
    re.I,
)
_STOP = re.compile(
    r"\b(?:difference|ratio|risk ratio|odds|hazard|absolute|relative|[Pp]\s*[=<>]|giv(?:es|ing)|making|in total|"
    r"in all|overall)",
    re.I,
)
_NEAR = 3
_OF_GROUP = re.compile(r"\b(?:in|with|after|for|among|of|the|on|under|between|by|at|following)\b", re.I)
_COUNTED = re.compile(r"\b[0-9]+ ([A-Za-z][\w-]{3,})")
_AFTER = re.compile(
    r"\s*(?:\)|\])?\s*(?:in|with|among|after|for|on|of|under|following|from|at|who|by|treated|given)\b", re.I
)


class Side(NamedTuple):
    """One group of a comparison: the stems of its words, its number, where that stands, and the word behind "
    "its count."""

    stems: frozenset[str]
    value: float
    spot: Spot
    head: frozenset[str] = frozenset()


class Compared(NamedTuple):
    """What a clause compares: the stems of all its words, and two or more groups in order."""

    line: Line
    stems: frozenset[str]
    sides: tuple[Side, ...]

    def pairs(self) -> Iterator[tuple[Side, Side]]:
        """Give every two groups of which each has a word of its own."""
        for i, one in enumerate(self.sides):
            for two in self.sides[i + 1 :]:
                a, b = one.stems - two.stems, two.stems - one.stems
                if a and b:
                    yield one._replace(stems=a), two._replace(stems=b)


def compared(reading: Reading) -> Iterator[Compared]:
    """Give the comparisons of results: clauses with two to four percentages, each with words of its own group.

    Left alone: clauses about changes, differences and denials, lists in order ("respectively"), intervals.
    """
    for line in before_conclusion(reading):
        for clause in clauses(line):
            found = _compared(clause)
            if found is not None:
                yield found


def _compared(clause: Line) -> Compared | None:
    words = clause.words
    stop = _STOP.search(words)
    end = stop.start() if stop else len(words)
    if _TURNED.search(words[:end]):
        return None
    values = [m for m in _PERCENT.finditer(words, 0, end) if not _LEVEL.match(words, m.end())]
    if not 2 <= len(values) <= 4:
        return None
    bare = _BRACKET.sub(lambda m: " " * len(m[0]), words)
    cuts = []
    for one, two in pairwise(values):
        joint = _JOINT.search(bare, one.end(), two.start())
        if joint is None:
            return None
        cuts.append(joint)
    tail = re.search(r"[,;.]", bare[values[-1].end() : end])
    last = values[-1].end() + tail.start() if tail else end
    ends = [*(c.start() for c in cuts), last]
    starts = [0, *(c.end() for c in cuts)]
    after = all(_AFTER.match(words, v.end()) for v in values)
    sides: list[Side] = []
    for value, start, stop_at in zip(values, starts, ends, strict=True):
        counted = next(reversed(list(_COUNTED.finditer(bare, start, value.start()))), None)
        before = bare[counted.start() if counted else start : value.start()]
        near = bare[value.end() : stop_at] if after else " ".join(_words(before)[-_NEAR:])
        if not after and counted is None and not sides and not _OF_GROUP.search(near):
            return None
        spot = clause.start + value.start(), clause.start + value.end()
        head: frozenset[str] = stems(counted[1]) if counted else frozenset()
        sides.append(Side(stems(near), float(value["n"].replace("·", ".")), spot, head))
    return Compared(clause, stems(words), tuple(sides))


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z][\w-]*", text)
