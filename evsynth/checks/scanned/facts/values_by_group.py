"""Two values of one kind in a sentence with the words that each is told of: "17.1% sedated with A and 32.0% with B".

No list of groups is needed: what stands by one value and not by the other names its group, before it or behind it
("A 14.2%, B 19.3%"). Values are percentages, counts, times, measures and plain numbers. Made for checks that hold what
two places of a paper tell of the same two groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import group_stems
from evsynth.checks.scanned.facts.facts_told import Fact, facts_told
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

_SORTS = frozenset({"percent", "count", "time", "measure", "bare", "age", "ratio", "points"})
_JOIN = Expression(
    r"(?:,? (?:(?:and|but|or)\b|as (?:against|opposed to|compared (?:with|to))\b|"
    r"(?:compared|in comparison) (?:with|to)\b|"
    r"versus\b|vs?\.? |against\b|while\b|whereas\b|rather than\b|than\b)|[;,]|^ ?/)(?: only| just| (?:the )?other)?"
)
_BRACKET = Expression(r"\s?\([^()]*(?:\([^()]*\)[^()]*)*\)")
_OPEN = Expression(r"\([^()]*$")
_MARK = Expression(r"⟨(\w)\d+⟩(?: ?%)?")
_EDGE = Expression(r"[;:]|\.\s|\.$")
_PART = Expression(r"\b(?:of (?:whom|which|them|the latter)|includ\w+|among them|leaving|left)\b")
_STOP = Expression(r";|\.\s|\.$")
_BASE = Expression(
    r"(?:\bof|/|\bamong|[nN] ?=|⟨c\d+⟩(?: (?!and\b)[a-z-]+){0,4} from)(?: (?:the|these|all|our))* ?$", re.I
)
_SPREAD = Expression(r"(?:±|\+/-|\bS[DE]M?(?: of)?) ?$")
_RATE = Expression(r" ?(?:per|/) ?⟨u\d+⟩(?: [\w-]+)?")
_BASE_BEHIND = Expression(r" ?(?:of|/|out of)(?: (?:the|these|all|our))* ?⟨c\d+⟩")
_REST = Expression(r"\b(?:remainder|rest|others?|remaining|those without|the latter)\b")
_WITH = Expression(r"\b(with|without|no|non|never|early|late)\b(?![ -]⟨)", re.I)
_RESPECTIVE = Expression(r"\brespectively\b", re.I)
REST = "the rest"
_LONGEST = 150


class Value(NamedTuple):
    """A number: its value, half of its last digit, its digits as printed and where it stands."""

    value: float
    half: float
    digits: str
    spot: Spot


class Pair(NamedTuple):
    """Two values with the stems that only one of them is told of, and the stems of all other words of the clause.

    `words` is the sentence, or the label of the row; `facts` are the values as told, none in a table.
    """

    sort: str
    unit: str
    values: tuple[Value, Value]
    names: tuple[frozenset[str], frozenset[str]]
    topic: frozenset[str]
    words: str
    facts: tuple[Fact, ...]


@lru_cache(maxsize=16)
def pairs_by_group(reading: Reading) -> tuple[Pair, ...]:
    """Give the pairs of all sentences in order; those of references and of more than two values are left out."""
    found: list[Pair] = []
    told = (f for f in facts_told(reading) if f.sentence >= 0)
    for _, facts in groupby(told, key=lambda f: f.sentence):
        found += _pairs([f for f in facts if f.sort in _SORTS])
    return tuple(found)


def _pairs(facts: list[Fact]) -> Iterator[Pair]:
    printed = [f for f in facts if f.spot[1] - f.spot[0] < 30 and not (f.limit and f.sort != "percent")]
    for sort in ("percent", "count", "time", "measure", "bare", "age"):
        same = [f for f in printed if f.sort == sort and not (sort == "count" and _BASE.search(f.before[-48:]))]
        if sort not in ("percent", "count"):
            same = [f for f in same if not _OPEN.search(f.before) and not _SPREAD.search(f.before)]
        for at in range(len(same) - 1):
            a, b = same[at], same[at + 1]
            if a.unit == b.unit and 0 < b.spot[0] - a.spot[1] < _LONGEST:
                pair = _pair(a, b)
                if pair is not None:
                    yield pair


def _pair(a: Fact, b: Fact) -> Pair | None:
    gap = _outside(a.after[: max(0, len(b.before) - len(a.before) - 4)])
    if _EDGE.search(gap.replace(";", "")) or _RESPECTIVE.search(a.words):
        return None
    joints = list(_JOIN.finditer(gap))
    if not joints or _PART.search(gap):
        return None
    behind = _last(_outside(b.after))
    ahead = _first(a.before)
    first, last = gap[: joints[0].start()], gap[joints[-1].end() :]
    between = gap[joints[0].start() : joints[-1].end()]
    if _MARK.search(first) or _MARK.search(last):
        first, last = _MARK.split(first)[0], _MARK.split(last)[-1]
    styles = ((first, behind), (ahead, last))
    for one, two in styles:
        names = names_apart(one, two)
        if names is not None:
            clause = _clause(a, b)
            topic = group_stems(_MARK.sub(" ", clause)) - names[0] - names[1] - _names_of(between) - {"witho"}
            values = Value(a.value, a.half, a.digits, a.spot), Value(b.value, b.half, b.digits, b.spot)
            return Pair(a.sort, a.unit, values, names, topic, a.words, (a, b))
    return None


def names_apart(one: str, two: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Give the stems that only one of two names has, for both; None where one has none of its own."""
    a, b = _names_of(one), _names_of(two)
    mine, other = a - b, b - a
    if not mine or not other:
        return None
    return mine, other


def _names_of(words: str) -> frozenset[str]:
    found = group_stems(words) - {"witho"} | {"|" + m[1].lower() for m in _WITH.finditer(words)}
    return found | {REST} if _REST.search(words) else found


def _outside(text: str) -> str:
    """Give a piece without its brackets, and without the bracket that closes one opened before."""
    text = _RATE.sub("", _BRACKET.sub("", text))
    close, begin = text.find(")"), text.find("(")
    if close >= 0 and (begin < 0 or close < begin):
        text = text[close + 1 :]
    text = _BASE_BEHIND.sub("", text, count=1)
    return text.partition("(")[0] if "(" in text else text


def _last(text: str) -> str:
    """Give the words behind the second value, to the end of its clause."""
    cut = min(
        (m.start() for m in (*_EDGE.finditer(text), *_JOIN.finditer(text), *_MARK.finditer(text))), default=len(text)
    )
    return " ".join(text[:cut].split()[:9])


def _first(text: str) -> str:
    """Give the words before the first value, from where its clause begins."""
    text = _BRACKET.sub("", text).replace("(", " ")
    cut = max((m.end() for m in (*_EDGE.finditer(text), *_JOIN.finditer(text), *_MARK.finditer(text))), default=0)
    return " ".join(text[cut:].split()[-7:])


def _clause(a: Fact, b: Fact) -> str:
    begin = max((m.end() for m in _STOP.finditer(a.before)), default=0)
    end = min((m.start() for m in _STOP.finditer(b.after)), default=len(b.after))
    return a.before[begin:] + a.after[: len(b.before) - len(a.before)] + " " + b.after[:end]


def turned(one: Pair, two: Pair) -> bool | None:
    """Say whether the second pair tells the two groups in the other order; None where the words do not say it."""
    (a, b), (c, d) = one.names, two.names
    straight, crossed = _meet(a, c) + _meet(b, d), _meet(a, d) + _meet(b, c)
    if max(straight, crossed) < 2 * min(straight, crossed) or not straight + crossed:
        return None
    return None if straight == crossed else crossed > straight


def _meet(one: frozenset[str], two: frozenset[str]) -> int:
    return len(one & two) + sum(any(_alike(x, y) for y in two) for x in one - two)


def _alike(one: str, two: str) -> bool:
    """Say whether two stems begin one word: "fail" and "failu", "faile" and "failu"."""
    if one[:4] != two[:4] or one[0] == "|" or min(len(one), len(two)) < 4:
        return False
    return one.startswith(two) or two.startswith(one) or (one[4] in "aeiouy" and two[4] in "aeiouy")


def overlap(one: frozenset[str], two: frozenset[str]) -> int:
    """Count the stems of the first that the second has, the beginning of one being the other."""
    return _meet(one, two)


__all__ = ["REST", "Pair", "Value", "names_apart", "overlap", "pairs_by_group", "turned"]
