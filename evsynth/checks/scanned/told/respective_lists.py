"""A number and, in brackets after it, the same number by group: "seven on 80 mg (3, 4 and 3, respectively)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_C = r"⟨c\d+⟩(?: ?\(⟨p\d+⟩\))?"
_LIST = rf"{_C}(?:, {_C})*,? (?:and|vs|versus|v) {_C}"
_AFTER = Expression(
    rf"⟨c(?P<t>\d+)⟩(?P<what>(?: ?\(⟨p\d+⟩\)| (?!and\b|or\b|vs\b)[A-Za-z][\w'-]*| ⟨m\d+⟩){{0,9}}),? ?\((?:[nN] ?= ?)?"
    rf"(?P<list>{_LIST})(?P<end>,? (?:patients|participants|cases|deaths|events|women|men|infants|eyes)?,? ?"
    r"(?:respectively(?:,? [^()]{0,80})?|in (?:the|groups?)\b[^()⟨]{0,60}|(?:on|with) [^()⟨]{3,60}))?\)"
)
_BEFORE = Expression(
    rf"(?P<list>{_LIST})(?P<what>(?:,? (?!and\b|or\b|vs\b)[A-Za-z][\w'-]*){{0,6}}),? ?"
    r"\((?:[nN] ?= ?)?(?P<a>(?:overall|in all|in total|total|altogether|together|combined)[,:]?"
    r"(?: of| [nN] ?=)? )?⟨c(?P<t>\d+)⟩(?: [a-z]+){0,2}?"
    r"(?P<b> (?:overall|in all|in total|altogether|together|combined))?(?: ?[,;] ?⟨p\d+⟩| ?\(⟨p\d+⟩\))?(?=[);,])"
)
_COUNTED = Expression(r"⟨c(\d+)⟩")
_BASE = Expression(r"\b(?:of|among|from|out of)(?: the| all| these)? ?$")
_LABELS = Expression(
    r"(?<!-)\b(?:days?|weeks?|months?|years?|hours?|visits?|doses?|stages?|grades?|levels?|points?|scores?|groups?|arms?|"
    r"types?|centres|centers|sites|items|questions|models|times|cycles|questionnaires|levels|cohorts|classes|"
    r"studies|trials|points|scales|exons?|codons?|genes|tables|figures)\b", re.I,
)  # fmt: skip
"""Things that are numbered themselves, or that people are counted in."""
NEAR = 0.35
"""How far a sum may be from its total, as a share of it."""


class Said(NamedTuple):
    """A total and the list in the same brackets, in order, with whether the words say that they go by group."""

    total: Number
    parts: tuple[Number, ...]
    by_group: bool

    @property
    def made(self) -> int:
        """What the list adds up to."""
        return sum(n.whole for n in self.parts)


def respective_lists(reading: Reading) -> Iterator[Finding]:
    """Add up bare lists in brackets, against the number before them, and lists before "(overall 432)".

    Found: lists that are said to go by group, or that stand beside another list of the sentence that adds up. Left
    alone: numbers of visits, doses and sites, and lists whose sum is far from the number.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        if "(" not in line.words and "[" not in line.words:
            continue
        sentence = marked(line.words)
        said = [*_after(sentence), *_before(sentence)]
        right = sum(s.made == s.total.whole and len(s.parts) > 2 for s in said)
        for one in said:
            total = one.total.whole
            if one.made == total or not (one.by_group or right) or max(n.whole for n in one.parts) >= total:
                continue
            if abs(one.made - total) <= max(3, NEAR * total) and total > 2:
                yield _finding(reading, line, one)


def _after(sentence: Marked) -> Iterator[Said]:
    for match in _AFTER.finditer(sentence.text):
        if _labelled(match["what"]) or _BASE.search(sentence.text[: match.start()]):
            continue
        parts = tuple(sentence.numbers[int(i)] for i in _COUNTED.findall(match["list"]))
        yield Said(sentence.numbers[int(match["t"])], parts, "respectively" in (match["end"] or ""))


def _labelled(words: str) -> bool:
    """Say whether the first words after a number name what is numbered itself."""
    return _LABELS.search(" ".join(words.split()[:2])) is not None


def _before(sentence: Marked) -> Iterator[Said]:
    for match in _BEFORE.finditer(sentence.text):
        said = match["a"] or match["b"]
        if not said or _labelled(match["what"]) or _BASE.search(sentence.text[: match.start()]):
            continue
        parts = tuple(sentence.numbers[int(i)] for i in _COUNTED.findall(match["list"]))
        yield Said(sentence.numbers[int(match["t"])], parts, True)


def _finding(reading: Reading, line: Line, said: Said) -> Finding:
    shown = " + ".join(str(n.whole) for n in said.parts)
    return reading.finding(
        "GROUPS", "inconsistent",
        f"the groups, {shown} = {said.made}, are inconsistent with {said.total.whole}",
        "a group may not be told; otherwise a digit is misprinted",
        quotes=(spot(line, said.total, *said.parts), spot(line, said.total), *(spot(line, n) for n in said.parts)),
        computed=(("sum", str(said.made)),),
    )  # fmt: skip
