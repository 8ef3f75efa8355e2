"""The ages that may take part where no number says so: "we included every adult", "consecutive children with asthma".

Adults are 16 or more here, and children below 22: the limits that no paper goes beyond. A paper that speaks of both
tells neither.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

ADULT, GROWN = 16 * 12.0, 22 * 12.0
"""Months: an adult has lived so many at least; a child has not lived so many."""

_DONE = (
    r"(?:included?|enrol(?:led|s)?|recruited?|randomi[sz]ed|stud(?:y|ied)|eligible|invited|asked|took part|"
    r"analy[sz]ed|assigned|reviewed)"
)
_TAKEN = (
    r"(?:all|every|each|only|consecutive|eligible|hospitali[sz]ed|ambulatory|unselected)"
    r"(?:\s(?:all|consecutive|eligible))?"
)
_NOT_WHOLE = (
    r"(?![ -](?:and (?:child|adol|p[ae]+diat)|or (?:child|adol)|onset|respiratory|day|life|education|population))"
)
_ADULTS = Expression(
    rf"\b(?:{_DONE}|{_TAKEN}|in|of|\d+)\s(?:{_TAKEN}\s)?(?:of )?adults?\b{_NOT_WHOLE}|"
    rf"\badults?\b{_NOT_WHOLE}[^.;]{{0,120}}?\b(?:were|was|are|had to be|could)\s(?:\w+\s)?{_DONE}\b|"
    r"\badult (?:patients|outpatients|inpatients|women|men|volunteers|participants|residents)\b", re.I
)  # fmt: skip
_CHILDREN = Expression(
    rf"\b(?:{_DONE}|{_TAKEN}|in|of|\d+)\s(?:{_TAKEN}\s)?(?:of )?(?:children|p(?:a)?ediatric patients|schoolchildren)\b|"
    rf"\bchildren\b[^.;]{{0,120}}?\b(?:were|was|are|had to be|could)\s(?:\w+\s)?{_DONE}\b", re.I
)  # fmt: skip
_YOUNG = Expression(
    r"\b(?:child(?:ren|hood)?s?|p(?:a)?ediatrics?|adolescen\w+|teen\w*|infan\w+|minors?|juvenile|neonat\w+|boys|girls|"
    r"pupils|schools?|youths?|young (?:people|persons|adults)|all ages|any age|famil(?:y|ies)|relatives)\b", re.I
)  # fmt: skip
_OLD = Expression(
    r"\b(?:adults?|adulthood|parents?|parental|mothers?|fathers?|maternal|paternal|caregivers?|carers?|guardians?|"
    r"teachers?|nurses?|staff|transition|young (?:people|persons)|all ages|any age|famil(?:y|ies)|survivors)\b", re.I
)  # fmt: skip


class Word(NamedTuple):
    """The ages of those taken, in months: the least or what is too much, and where the word stands."""

    least: float | None
    beyond: float | None
    spot: Spot
    text: str


def ages_by_word(reading: Reading) -> Word | None:
    """Give the ages that title, abstract or methods take by the word alone; None where they speak of both."""
    plain = reading.document.plain
    adults, children = "dult" in plain, "hild" in plain or "ediatric" in plain
    if adults == children:
        return None
    if (_YOUNG if adults else _OLD).search(plain):
        return None
    pattern = _ADULTS if adults else _CHILDREN
    for line in lines(reading, ("front matter", "title", "abstract", "methods", "body")):
        part = reading.document.sections[line.section].part if line.role == "abstract" else None
        if part in ("results", "conclusion", "background", "discussion"):
            continue
        match = pattern.search(line.words)
        if match is not None:
            text = " ".join(match[0].split())[-60:]
            return Word(ADULT if adults else None, None if adults else GROWN, line.piece(match), text)
    return None
