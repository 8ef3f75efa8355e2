"""Comparisons that sentences of results tell: an outcome, and one number for each of two or more groups.

The numbers are percentages, or values of one unit ("9 days with the drug and 12 days without"); levels, or the sizes of
rises or falls ("fell by 8.9 mg with A and by 12.1 mg with B"). Made for every check of who had more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import BRACKET, clauses
from evsynth.checks.scanned.facts.concluding import before_conclusion, group_stems, stems
from evsynth.checks.scanned.facts.measured import measured, same_unit
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

_PERCENT = Expression(r"(?<![\w.,·])(?P<n>[0-9]{1,3}(?:[.·][0-9]+)?)\s?(?:%|per cent\b|percent\b)")
_LEVEL = Expression(r"\s*-?\s*(?:CI\b|confidence|credible|CrI|power|prediction|predicted|limits?\b)", re.I)
_JOINT = Expression(
    r",|;|\band\b|\bvs?\b\.?|\bversus\b|\bagainst\b|\bcompared (?:with|to)\b|\bthan\b|\bwhereas\b|\bwhile\b|\bbut\b",
    re.I,
)
_TURNED = Expression(
    r"\b(?:no|not(?!\s*(?:[.,;)]|and\b|$))|(?<!-)free|freedom|avoid\w*|chang\w*|improv\w*|gain\w*|(?<!blood )loss|lost|"
    r"differ\w*|neither|nor|predicted|probabilit\w*|respectively|missing|remaining|specific\w*)\b",
    re.I,
)
DOWN = r"(?:reduc\w*|declin\w*|decreas\w*|fell|falls?|fallen|dropp?\w*|lowered|shrank)"
UP = r"(?:increas\w*|rose|rises?|risen|grew|climb\w*)"
_DOWN, _UP = Expression(rf"\b{DOWN}\b", re.I), Expression(rf"\b{UP}\b", re.I)
_BY = Expression(r"\b(?:by|of|was|were|averaged|averaging)\s+(?:an? |about |mean |median |average )*$", re.I)
_TIMES = Expression(
    r"\b(?:baseline|at entry|initial\w*|before|at inclusion|at randomi[sz]ation|on admission|at diagnosis|"
    r"from|in (?:19|20)\d\d)\b", re.I
)  # fmt: skip
"""Words of sentences that tell of other times than the end, or of one group at two times."""
_STOP = Expression(
    r"\b(?:difference|ratio|risk ratio|odds|hazard|absolute|relative|[Pp]\s*[=<>]|giv(?:es|ing)|making|in total|"
    r"in all|overall)",
    re.I,
)
_FRACTION = Expression(r"(?<![\w.,/])(?P<k>\d{1,5})\s?(?:/|of|out of)\s?(?:the )?(?P<of>\d{1,5})(?![\w.,]\d|/|\d)")
_MORE = Expression(
    r"\s?(?:points? )?(?:in favou?r|to the (?:dis)?advantage|higher|lower|longer|shorter|more|less)\b", re.I
)
_SPREAD = Expression(r"[(\[](?=[^()\[\]]*(?:IQR|quartile|range))[^()\[\]]*[)\]]", re.I)
_IMPROVED = Expression(r"\bimproved by\b", re.I)
_NEAR = 3
_OF_GROUP = Expression(r"\b(?:in|with|after|for|among|of|the|on|under|between|by|at|following)\b", re.I)
_COUNTED = Expression(r"\b[0-9]+ ([A-Za-z][\w-]{3,})")
_AFTER = Expression(
    r"\s*(?:\)|\])?\s*(?:(?:a|per|each) (?:year|month|week|day)\s)?(?:in|with|among|after|for|on|of|under|"
    r"following|from|at|who|by|treated|given|if|when|where)\b",
    re.I,
)


class Side(NamedTuple):
    """One group of a comparison: the stems of its words, its number, its place, and the word behind its count."""

    stems: frozenset[str]
    value: float
    spot: Spot
    head: frozenset[str] = frozenset()


class Compared(NamedTuple):
    """What a clause compares: the stems of all its words, and two or more groups in order."""

    line: Line
    stems: frozenset[str]
    sides: tuple[Side, ...]
    unit: str = "%"
    way: int = 0
    """0 for levels; 1 for the sizes of rises, -1 for those of falls, 2 for those of improvements."""

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
            at = clause.words.rfind(": ")
            part = clause._replace(words=clause.words[at + 2 :], start=clause.start + at + 2) if at > 0 else clause
            found = _compared(part) or _values_compared(part)
            if found is not None:
                yield found._replace(line=clause, stems=found.stems | stems(clause.words))


class _Value(NamedTuple):
    number: float
    first: int
    last: int

    def start(self) -> int:
        return self.first

    def end(self) -> int:
        return self.last


def _end(words: str) -> int:
    stop = _STOP.search(words)
    return stop.start() if stop else len(words)


def _compared(clause: Line) -> Compared | None:
    words = clause.words
    end = _end(words)
    if _TURNED.search(words[:end]) or _DOWN.search(words[:end]) or _UP.search(words[:end]):
        return None
    values = [
        _Value(float(m["n"].replace("·", ".")), m.start(), m.end())
        for m in _PERCENT.finditer(words, 0, end) if not _LEVEL.match(words, m.end())
    ]  # fmt: skip
    if not values:
        values = [
            _Value(round(100 * int(m["k"]) / int(m["of"]), 1), m.start(), m.end())
            for m in _FRACTION.finditer(words, 0, end) if 0 < int(m["of"]) >= int(m["k"])
        ]  # fmt: skip
    return _of_sides(clause, values, end)


def _values_compared(clause: Line) -> Compared | None:
    """Read values of one unit, or changes by them, told for two or more groups."""
    end = _end(clause.words)
    words = clause.words[:end]
    down, up = bool(_DOWN.search(words)), bool(_UP.search(words))
    better = _IMPROVED.search(words) is not None
    if _TURNED.search(_IMPROVED.sub("", words)) or _TIMES.search(words) or (down and up) or not re.search(r"\d", words):
        return None
    sentence = measured(clause)
    spreads = [m.span() for m in _SPREAD.finditer(words)]
    told = [
        v for v in sentence.values
        if v.start < end and not _MORE.match(words, v.end) and not any(a < v.start < b for a, b in spreads)
    ]  # fmt: skip
    outside = [v for v in told if words.count("(", 0, v.start) + words.count("[", 0, v.start)
               == words.count(")", 0, v.start) + words.count("]", 0, v.start)]  # fmt: skip
    told = outside if len(outside) > 1 else told
    if not 2 <= len(told) <= 4 or not any(told[0].unit or v.spread or v.value.decimals for v in told):
        return None
    if any(not same_unit(told[0], v) or float(v.value) < 0 for v in told[1:]):
        return None
    way = 2 if better else -1 if down else int(up)
    if (way or told[0].unit.startswith("%")) and not (way and _BY.search(words[: told[0].start])):
        return None
    values = [_Value(float(v.value), v.start, v.end) for v in told]
    found = _of_sides(clause._replace(words=sentence.line.words), values, end)
    return found._replace(unit=f" {told[0].unit}".rstrip(), way=way) if found else None


def _of_sides(clause: Line, values: list[_Value], end: int) -> Compared | None:
    """Give each value the words of its group; None where one has none, or they are no list."""
    words = clause.words
    if not 2 <= len(values) <= 4:
        return None
    bare = BRACKET.sub(lambda m: " " * len(m[0]), words)
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
    after = all(_AFTER.match(words, v.end()) or _AFTER.match(bare, v.end()) for v in values)
    sides: list[Side] = []
    for value, start, stop_at in zip(values, starts, ends, strict=True):
        counted = next(reversed(list(_COUNTED.finditer(bare, start, value.start()))), None)
        before = bare[counted.start() if counted else start : value.start()]
        near = bare[value.end() : stop_at] if after else " ".join(_words(before)[-_NEAR:])
        if not after and counted is None and not sides and not _OF_GROUP.search(near):
            return None
        spot = clause.start + value.start(), clause.start + value.end()
        head: frozenset[str] = group_stems(counted[1]) if counted else frozenset()
        sides.append(Side(group_stems(near), value.number, spot, head))
    return Compared(clause, stems(words), tuple(sides))


def _words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z][\w-]*", text)
