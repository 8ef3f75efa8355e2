"""Sizes of groups told in running text or in the heads of tables: "(n = 127) or (n = 125)", "251 short and 255 long".

Two or three numbers of one sentence are sizes of groups where "n =" says so, where they add up to a number of people
that the text prints, or where one number is told "in each group". Made for all checks that need a denominator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Marked, marked
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression

LEAST = 4
"""Fewer people are no group."""

_N = Expression(r"(?<![A-Za-z])[nN] ?= ?⟨c(\d+)⟩")
_EACH = Expression(
    r"⟨c(\d+)⟩(?: [a-z-]+){0,4}? (?:in|to|per|for|on) (?:each|either|both|every)?(?: of the)?(?: [a-z-]+){0,2}? ?"
    r"(?:group|arm|side|treatment|condition|sequence)s?\b|⟨c(\d+)⟩ (?:each|apiece|(?:cases|patients) (?:in "
    r")?each)\b", re.I,
)  # fmt: skip
_EQUAL = Expression(
    r"(?:two|three|four|⟨c(?P<g>\d+)⟩) (?:equal |equally sized |similar )?(?:groups?|arms|sets) ?(?:of |,? "
    r"?\()(?:[nN] ?= ?)?⟨c(?P<n>\d+)⟩",
    re.I,
)
_COMPRISED = Expression(
    r"\b(?:groups|arms) (?:comprised|comprising|consisted of|consisting of|contained|numbered|numbering|included|had|"
    r"were of|of|"
    r"with) ⟨c(\d+)⟩(?: [a-z]+)?,? (?:and|v|vs|versus) ⟨c(\d+)⟩(?! ?%)",
    re.I,
)
_RECEIVED = Expression(
    r"⟨c(\d+)⟩(?: [a-z]+){0,3}? (?:received|(?:were |was )?(?:given|assigned|allocated|randomi[sz]ed|treated)|"
    r"underwent)"
    r"(?: to| with)?(?: (?!or\b|had\b|withdrew\b|died\b)[\w-]+){1,4}?,? (?:and|while|whereas) ⟨c(\d+)⟩(?= (?:to|"
    r"received|were|underwent|on|with|"
    r"given|the|usual|[A-Za-z-]+)\b(?! (?:died|withdrew|dropped|were lost|were excluded)))"
    r"(?! (?:died|withdrew|dropped|discontinued|did|had|refused|declined|completed|more|of|years|other)\b)",
)
_PART = Expression(r"\b(?:each|either|both|every|per)\b", re.I)
_GIVEN = Expression(
    r"randomi|assign|allocat|receiv|treated|underwent|group|arm\b|took|given|placebo|control|before|after|operat|"
    r"versus|\bvs?\b|started|begun|cases|exposed|on the|course",
    re.I,
)


class Sizes(NamedTuple):
    """The sizes of the groups of one comparison, in order, and whether the words say that they are groups compared."""

    sizes: tuple[int, ...]
    groups: bool


@lru_cache(maxsize=32)
def sizes_told(reading: Reading) -> tuple[Sizes, ...]:
    """Give the sizes of groups in the order they are told, each once."""
    sentences = [marked(x.words) for x in _own(reading)]
    people = {n.whole for m in sentences for n in m.numbers if n.kind == "c"}
    found: dict[tuple[int, ...], bool] = {}
    for sizes in [*_heads(reading), *(s for m in sentences for s in _told(m, people))]:
        found[sizes.sizes] = found.get(sizes.sizes, False) or sizes.groups
    return tuple(Sizes(k, v) for k, v in found.items())


def _own(reading: Reading) -> Iterator[Line]:
    return lines(reading, ("title", "abstract", "methods", "results", "body"))


def _heads(reading: Reading) -> Iterator[Sizes]:
    for table in reading.document.tables:
        heads = [c.n for c in table.columns[1:] if c.n is not None and c.statistic is None]
        numbers = [int(n.printed.value) for n in heads]
        if len(numbers) >= 2:
            for pair in pairwise(numbers):
                yield Sizes(pair, True)
            if len(numbers) > 2:
                yield Sizes(tuple(numbers), True)


_CORRELATED = Expression(r"correlat|\b(?:r|rs|rho|ρ) ?=", re.I)
"""Two coefficients "(n = 52)" are of the same patients, not of two groups."""


def _told(sentence: Marked, people: set[int]) -> Iterator[Sizes]:
    text, numbers = sentence.text, sentence.numbers
    said = bool(_GIVEN.search(text))
    counted = {s.events for s in proportions(sentence)}
    sizes = [n.whole for m in _N.finditer(text) if (n := numbers[int(m[1])]) not in counted]
    if 2 <= len(sizes) <= 4 and not (len(set(sizes)) == 1 and _CORRELATED.search(text)):
        yield Sizes(tuple(sizes), True)
        if len(sizes) > 2:
            yield from (Sizes(pair, True) for pair in pairwise(sizes))
    for match in _EACH.finditer(text):
        if _PART.search(match[0]):
            each = numbers[int(match[1] or match[2])].whole
            if each >= LEAST:
                yield Sizes((each, each), True)
                yield Sizes((each, each, each), True)
    for match in _EQUAL.finditer(text):
        each = numbers[int(match["n"])].whole
        if each >= LEAST:
            yield from (Sizes((each,) * k, True) for k in (2, 3, 4))
    for match in (*_COMPRISED.finditer(text), *_RECEIVED.finditer(text)):
        pair = numbers[int(match[1])].whole, numbers[int(match[2])].whole
        if min(pair) >= LEAST and not {numbers[int(match[1])], numbers[int(match[2])]} & counted:
            yield Sizes(pair, True)
    whole = [i for i, n in enumerate(numbers) if n.kind == "c" and n.whole >= LEAST]
    for one, two in pairwise(whole):
        a, b = numbers[one].whole, numbers[two].whole
        if a + b in people and _near(text, one, two):
            yield Sizes((a, b), said and not _sexes(text, one, two))
    for one, two, three in zip(whole, whole[1:], whole[2:], strict=False):
        triple = tuple(numbers[i].whole for i in (one, two, three))
        if sum(triple) in people and _near(text, one, two) and _near(text, two, three):
            yield Sizes(triple, said)


def _sexes(text: str, one: int, two: int) -> bool:
    """Say whether two counts are those of women and men in brackets: they are no groups that are compared."""
    start, end = text.index(f"⟨c{one}⟩"), text.index(f"⟨c{two}⟩")
    return text[:start].endswith("(") and len(_SEX.findall(text[start : end + 20])) == 2


_SEX = Expression(r"\b(?:women|men|(?:fe)?males?|girls|boys)\b")


def _near(text: str, one: int, two: int) -> bool:
    start, end = text.index(f"⟨c{one}⟩"), text.index(f"⟨c{two}⟩")
    return end - start < 130 and ". " not in text[start:end]
