"""'No MI was missed in the rule-out group', 'none developed C', against a sentence that counts patients who did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.identity import group_key, key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NONE_CONTRADICTS",)

_PEOPLE = (
    r"(?:patients?|participants?|subjects?|children|child|infants?|wom[ae]n|m[ae]n|people|person|recipients?|babies|"
    r"adults?|eyes?|cases?|one)"
)
_HAD = (
    r"(?:had|developed|experienced|suffered(?: from)?|sustained|contracted|required|needed|underwent|received|showed|"
    r"was diagnosed with|were diagnosed with|was found to have|were found to have|was given|were given)"
)
_WHAT = r"(?:an?\s|any\s|the\s)?(?P<what>[A-Za-z][A-Za-z'-]*(?:\s[A-Za-z][A-Za-z'-]*){0,3}?)"
_STOP = (
    r"(?=\s?[.,;:()]|\s(?:in|during|at|after|within|due|because|and|or|by|while|who|which|whereas|on|among|over|but|"
    r"throughout|that|of the|compared|versus)\b|\s*$)"
)
_SEEN = (
    r"(?:was|were)\s(?:lost|needed|required|performed|observed|seen|reported|recorded|noted|documented|found|"
    r"missed|overlooked|detected|diagnosed|"
    r"encountered)|occurred|developed|arose"
)
_IN = r"(?:\s(?:in|of|among|from|on)\s(?:the\s)?(?P<group>[A-Za-z][\w-]*(?:\s[\w-]+)?)\s(?:group|arm|cohort)s?)?"
_NO_EVENT = Expression(rf"\bno\s(?:cases?\sof\s|instances?\sof\s|episodes?\sof\s)?{_WHAT}\s(?:{_SEEN})\b{_IN}", re.I)
_NO_ONE = Expression(
    rf"\b(?:no(?!\sone\sof)|none\sof\sthe|not\sa\ssingle|nobody|"
    rf"none)(?:\s(?:{NUMBER}\s)?{_PEOPLE})?{_IN}\s{_HAD}\s{_WHAT}{_STOP}",
    re.I,
)
_THERE = Expression(rf"\bthere (?:was|were)\sno\s(?:cases?\sof\s|instances?\sof\s)?{_WHAT}(?=\s?[.,;]|\s*$)", re.I)
_SOME_HAD = Expression(
    rf"(?P<k>{NUMBER})\s(?:\(\d+(?:\.\d+)?\s?%\)\s)?(?:of the (?:{NUMBER}\s)?)?(?:{_PEOPLE})?"
    rf"(?:\s?\(\d+(?:\.\d+)?\s?%\))?"
    rf"{_IN}\s{_HAD}\s{_WHAT}{_STOP}", re.I,
)  # fmt: skip
_SOME_SEEN = Expression(
    rf"\b(?<!no )(?P<what>[A-Za-z][A-Za-z'-]*(?:\s[A-Za-z][A-Za-z'-]*){{0,2}}?)\s(?:{_SEEN}|developed|"
    rf"affected)\s(?:in\s)?(?:only\s)?"
    rf"(?P<k>{NUMBER})(?=\s(?:of\b|{_PEOPLE}\b|\()|[.,;])", re.I,
)  # fmt: skip
_OPEN = Expression(
    r"\s*(?:$|[.,;)]|(?:and|or)\b|in (?:any|either|all|both|our|this|the (?:study|trial|cohort|series|whole|"
    r"entire))\b)",
    re.I,
)
"""What may follow 'no A was seen' without narrowing it."""
_SO_MANY = Expression(rf"(?P<k>{NUMBER})\s(?:cases?\sof\s|episodes?\sof\s)?{_WHAT}\s(?:{_SEEN})\b{_IN}", re.I)
_NARROW = Expression(
    r"\b(?:significan\w*|difference\w*|statistic\w*|correlat\w*|associat\w*|relationship\w*|trend\w*|change\w*|"
    r"effect\w*|"
    r"improvement\w*|evidence|data|other|further|additional|missing|interaction\w*|increase|decrease|benefit|"
    r"clinically|"
    r"new|such|severe|serious|major|treatment|therapy|medication|support|more|any of|symptoms?|response|information|"
    r"outcome|need|side|risk|change|another|both|these|those|this|that|it|history|one)\b", re.I,
)  # fmt: skip
_TIME = Expression(
    r"\b(?:during|within|at (?:baseline|entry|admission|month|week|day|year|\d+)|intra|peri|post-?operative\w*|"
    r"in-?hospital|"
    r"early|late|"
    r"first|after|before|history|previous\w*|prior|due to|related|attribut\w*|except|apart|other than|but|et al|"
    r"excluded|"
    r"exclusion|criteri\w+|previously|with the exception|until|since|by (?:day|week|month))\b|\[\d+\]", re.I,
)  # fmt: skip


class _Told(NamedTuple):
    what: frozenset[str]
    group: str
    spot: Spot
    text: str
    start: int


def none_told(reading: Reading) -> Iterator[Finding]:
    """Compare 'no patient had A' with 'three patients had A', in the same group where the first names one.

    Left alone: narrowed statements, what is told for a time or cause in either sentence, and counts of nought.
    """
    none: list[_Told] = []
    some: list[_Told] = []
    for line in lines(reading, ("abstract", "results", "body", "conclusion")):
        for clause in clauses(line):
            if _TIME.search(clause.words):
                continue
            none += _of(clause, (_NO_EVENT, _NO_ONE, _THERE))
            if line.role != "conclusion":
                some += _of(clause, (_SOME_HAD, _SOME_SEEN, _SO_MANY))
    for claim in none:
        against = next((s for s in some if s.what == claim.what and _same(claim, s) and s.start != claim.start), None)
        if against is not None:
            yield reading.finding(
                "NONE_CONTRADICTS", "inconsistent", f"'{claim.text}' is inconsistent with '{against.text}'",
                "the sentences may mean another time, another severity or another population",
                quotes=(claim.spot, against.spot),
            )  # fmt: skip
            return


def _of(clause: Line, patterns: tuple[Expression, ...]) -> list[_Told]:
    found = []
    for pattern in patterns:
        for match in pattern.finditer(clause.words):
            told = match.groupdict()
            what = key(match["what"])
            if not what or _NARROW.search(match["what"]) or (told.get("k") and value(match["k"]) == 0):
                continue
            group = group_key(told.get("group") or "")
            if "k" not in told and not _OPEN.match(clause.words[match.end() :]):
                continue
            if not group and re.search(r"\b(?:group|arm|those|subgroup|receiving|treated|controls?)\b", clause.words):
                continue
            found.append(_Told(what, group, clause.piece(match), " ".join(match[0].split()), clause.start))
    return found


def _same(claim: _Told, some: _Told) -> bool:
    return not claim.group or claim.group == some.group
