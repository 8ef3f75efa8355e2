"""When patients were enrolled, as a document tells it."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.calendar.moments import Moment, moments, periods
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

_RECRUITED = Expression(
    r"\b(?:enrol|recruit|randomi[sz]|randomly (?:assigned|allocated)|were assigned|were allocated|"
    r"consecutive|were (?:included|examined|screened|invited|interviewed|surveyed|assessed|studied|admitted)|"
    r"took place|(?:prospective|retrospective|inception|consecutive) (?:\w+ )?cohort|participants|was (?:conducted|"
    r"carried out|performed|done)|duration of study)\w*",
    re.I,
)
_FIRST = Expression(
    r"\b(?:first (?:patient|participant|subject|child|infant|woman|man|person) (?:was |were )?(?:\w+)|"
    r"(?:recruitment|enrolment|enrollment|inclusion|accrual) (?:of (?:patients|participants) )?"
    r"(?:began|started|commenced|opened|was opened|was started|start))\b[^.;]{0,25}$",
    re.I,
)
_ELSE = Expression(
    r"\b(?:search\w*|publish\w*|PubMed|MEDLINE|Embase|literature|guideline\w*|registered|registration|approv\w*|"
    r"pilot|(?:was|were|been) analy[sz]ed|analys[ie]s (?:were|was)|data (?:analysis|were analy\w*)|follow-?up|followed|"
    r"previous\w*|earlier|et al|census|registry|database|records?|since)\b",
    re.I,
)


class Enrolment(NamedTuple):
    """The period of enrolment, or its start alone, and the piece of the document that tells it."""

    opens: Moment
    closes: Moment | None
    spot: Spot
    text: str


def enrolments(reading: Reading) -> tuple[Enrolment, ...]:
    """Give the periods and starts of enrolment a document tells, in order. Clauses on other things are left out."""
    found: list[Enrolment] = []
    for line in lines(reading, ("title", "abstract", "methods", "results", "body")):
        if not _RECRUITED.search(line.words) and not re.search(r"\bfirst\b", line.words):
            continue
        for period in periods(line.words):
            around = _around(line.words, *period.span)
            opening = re.search(r"\b(?:between|from|during)\s+(?:the\s+)?$", line.words[: period.opens.start], re.I)
            if _ELSE.search(around) or not _RECRUITED.search(line.words):
                continue
            start = opening.start() if opening else period.opens.start
            found.append(_told(line, period.opens, period.closes, start, period.closes.end))
        for moment in moments(line.words):
            begun = _FIRST.search(line.words[: moment.start])
            if begun and not re.search(r"\bregist|\bapprov", line.words[begun.start() : moment.start], re.I):
                found.append(_told(line, moment, None, begun.start(), moment.end))
    return tuple(found)


def is_enrolment(words: str) -> bool:
    """Say whether a sentence tells of patients taking part."""
    return _RECRUITED.search(words) is not None


def _told(line: Line, opens: Moment, closes: Moment | None, start: int, end: int) -> Enrolment:
    return Enrolment(opens, closes, (line.start + start, line.start + end), " ".join(line.words[start:end].split()))


def _around(words: str, start: int, end: int) -> str:
    """Give the clause round a period, without what stands in brackets after it."""
    before = re.split(r"[;]", words[:start])[-1]
    after = re.split(r"[;(]", words[end:])[0]
    return re.sub(r"\([^()]*\)", " ", before) + " " + after
