"""Effects and P values told in a sentence: differences, ratios, relative reductions; limits of intervals apart."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Marked, Number
from evsynth.text.expressions import Expression


class Effect(NamedTuple):
    """What is told of two shares: its name, its number, the sign before it, and where it stands in the marks."""

    name: str
    number: Number
    bound: str
    start: int
    end: int


_IS = r"(?:,? ?(?:=|:|,|\(|of|was|is|being|were|came to|amounted to|at|by|-)){0,3} ?\(?"
_DIFFERENCE = (
    r"(?:(?:absolute|risk|rate|between-group|treatment|percentage[- ]point) ){1,3}(?:differences?|reductions?|"
    r"increases?|"
    r"changes?|gain|benefit|rise|fall)|\bARR|\bRD(?! rates?\b)|\bARI|\b(?:difference|gap)"
)
_EFFECTS = (
    ("relative reduction", Expression(
        rf"(?:relative (?:risk )?(?:reduction|decrease|increase)s?|\bRRR)(?: \([A-Z]{{2,3}}\))?(?: in [a-z "
        rf"]{{1,30}}?)?{_IS}⟨(?P<kind>p)(?P<i>\d+)⟩", re.I)),
    ("relative reduction", Expression(
        rf"\b(?:vaccine|protective) (?:efficacy|effectiveness)(?: \([A-Z]{{2,3}}\))?(?: (?:against|of|for) [a-z "
        rf"-]{{1,40}}?)?"
        rf"(?: (?:was|of|is))?(?: (?:therefore|thus|hence|then))?{_IS}⟨(?P<kind>p)(?P<i>\d+)⟩", re.I)),
    ("difference", Expression(rf"(?:{_DIFFERENCE})(?: \([^()⟨]{{1,20}}\))?(?: "
                              rf"[a-z]+){{0,4}}?{_IS}⟨(?P<kind>[ops])(?P<i>\d+)⟩", re.I)),
    ("difference", Expression(r"⟨(?P<kind>o)(?P<i>\d+)⟩(?! ?(?:or|of) (?:more|less))", re.I)),
    ("risk ratio", Expression(
        rf"(?:relative risks?|risk ratios?|rate ratios?|relative rates?|prevalence ratios?|\bRRs?|\bPR)"
        rf"(?: \([A-Z]{{2,3}}\))?(?: (?:for|of|with) [a-z -]{{1,40}}?)?{_IS}⟨(?P<kind>d)(?P<i>\d+)⟩")),
    ("odds ratio", Expression(
        rf"(?:odds ratios?|\bORs?)(?: \([A-Z]{{2,3}}\))?(?: (?:for|of|with) [a-z "
        rf"-]{{1,40}}?)?{_IS}⟨(?P<kind>d)(?P<i>\d+)⟩")),
    ("P", Expression(r"(?<![A-Za-z])[Pp](?:[ -]?values?)? ?(?P<bound>[=<>≤≥]|of|was|:)+ ?⟨(?P<kind>[dcx])(?P<i>\d+)⟩")),
)  # fmt: skip
_OTHER_KIND = Expression(
    r"adjust\w*|hazard|(?-i:\baRR|\baOR|\baRD)|multivaria\w+|pooled|model\w*|standardi[sz]ed|weighted", re.I
)
_INTERVAL = Expression(
    r"⟨l\d+⟩[^⟨;]{0,45}⟨[a-z](?P<a>\d+)⟩ ?(?:to|and|through|,|;|-|--)? ?-?⟨[a-z](?P<b>\d+)⟩"
    r"|\(⟨(?:d|o|p|r)(?P<c>\d+)⟩ ?(?:to|;|,|-) ?⟨(?:d|o|p|r)(?P<d>\d+)⟩\)"
)


def intervals_of(sentence: Marked) -> frozenset[int]:
    """Give the indices of the numbers that are limits of an interval."""
    return frozenset(int(i) for m in _INTERVAL.finditer(sentence.text) for i in m.groups() if i is not None)


def effects(sentence: Marked) -> tuple[Effect, ...]:
    """Give the effects and P values of a sentence in the order they stand, adjusted ones left out."""
    limits, taken = intervals_of(sentence), set[int]()
    found: list[Effect] = []
    for name, pattern in _EFFECTS:
        for match in pattern.finditer(sentence.text):
            i = int(match["i"])
            if i in limits or i in taken:
                continue
            taken.add(i)
            before = sentence.text[max(0, match.start() - 30) : match.end()]
            if not _OTHER_KIND.search(before[before.rfind(";") + 1 :]):
                bound = match.groupdict().get("bound") or "="
                found.append(Effect(name, sentence.numbers[i], bound, match.start(), match.end()))
    return tuple(sorted(found, key=lambda e: e.start))
