"""All patients are said to have been examined at each visit, although some had died: at most the survivors can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.prose import Line, lines, says
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("VISIT_EXCEEDS_SURVIVORS",)

_VISIT = Expression(
    r"\b(?:at|on|between baseline and|from baseline to|to|over|for|in|across|attended|completed|came to|during) "
    r"(?:each|every|all)(?: of)?(?: the)? (?:(?:study|follow-?up|planned|scheduled|later|subsequent|\d+|two|three|four|"
    r"five|six) )*(?:visits?(?: points?)?|time[- ]?points?|assessments?|examinations?|follow-?ups?|occasions?)\b|"
    r"\bat (?:the )?(?:last|final) (?:study |follow-?up )?(?:visit|assessment|examination|follow-?up)\b",
    re.I,
)
_N = Expression(r"(?<![A-Za-z])[nN]\s?=\s?(?P<n>\d{1,5})(?![\d.,]\d)")
_ALL_N = Expression(
    rf"\b(?:all|all of the|each of the|the whole|the) (?:the )?(?P<n>{NUMBER}) (?:\w+ )?"
    r"(?:patients|participants|subjects|children|adults|women|men|people|infants|persons|individuals)\b", re.I
)  # fmt: skip
_MEASURED = Expression(
    r"\b(?:compar\w+|assess\w+|measur\w+|evaluat\w+|examin\w+|complet\w+|attend\w+|record\w+|score[sd]?|seen|data|"
    r"analy[sz]\w+|obtained|available|performed|shown?|tested|changes?|followed)\b", re.I,
)  # fmt: skip
_NOT = Expression(
    r"\b(?:will|would|should|planned to|scheduled to|were to|surviv\w+|alive|vital status|mortality|deaths?|died|"
    r"living|imput\w+|carried forward|available (?:data|cases)|missing|who (?:were|was) (?:still )?(?:alive|present)|"
    r"completers|remain\w+|owing to|until)\b|\bn ?= ?\d+[^.;]{0,30}\bn ?= ?\d+", re.I,
)  # fmt: skip
_IMPUTED = Expression(
    r"\bimput\w+|carried forward|\bLOCF\b|worst (?:possible )?(?:score|rank|value)|\bjoint model|"
    r"(?:deaths?|died|dead)[^.;]{0,40}\b(?:scored|given|assigned|counted|set) (?:as|a|to)\b", re.I,
)  # fmt: skip
_ALIVE = Expression(
    r"\b(?:surviv\w+|alive)\b(?: \w+){0,3} ?\(\s?(?P<k>\d+)\s?(?:/|of|out of)\s?(?P<n>\d+)\s?\)|"
    rf"\b(?P<k2>{NUMBER}) (?:of|out of) (?:the |all )?(?P<n2>{NUMBER})(?: \w+){{0,2}} "
    r"(?:survived|(?:were|was) (?:still )?alive|remained alive)\b|"
    rf"\b[Oo]f (?:the |all )?(?P<n3>{NUMBER})(?: \w+){{1,2}}, (?P<k3>{NUMBER}) (?:survived|were (?:still )?alive)\b",
    re.I,
)  # fmt: skip
_DEAD = Expression(
    rf"\b(?P<d>{NUMBER})(?: \(\d+(?:\.\d+)?\s?%\))?(?: of (?:the |all |these )?(?P<n>{NUMBER}))?"
    r"(?: (?:patients?|participants?|subjects?|children|adults|women|men|people|infants|of them))?"
    r"(?: \(\d+(?:\.\d+)?\s?%\))? (?:had )?died\b|"
    rf"\b(?P<d2>{NUMBER}) deaths (?:occurred )?(?:among|in) (?:the |these )?(?P<n2>{NUMBER})\b", re.I,
)  # fmt: skip
_LATER = Expression(
    r"\b(?:after (?:the )?(?:study|trial|end|last|final|completion)|later|years?|thereafter|long-?term|before|prior|"
    r"previous\w*|earlier|et al|screen\w*|excluded|control|another|other stud\w+|literature)\b", re.I,
)  # fmt: skip


class _Deaths(NamedTuple):
    left: int
    of: int
    spot: Spot
    line: Line


def visits_after_deaths(reading: Reading) -> Iterator[Finding]:
    """Find a number of patients, claimed for each or the last visit, above the number that survived the follow-up.

    A concern. The number claimed must be the one that the survivors or the dead are told of, or that of the study.
    Left alone: vital status, values imputed or scored for the dead, deaths later than the study, other studies.
    """
    claims = [
        (x, visit, m)
        for x in lines(reading, ("abstract", "methods", "results", "body", "figure legend"))
        for visit in [_VISIT.search(x.words)]
        if visit and _MEASURED.search(x.words) and not _NOT.search(x.words)
        for m in (*_N.finditer(x.words), *_ALL_N.finditer(x.words))
    ]
    claims += [
        (Line(words, legend.start, legend.end, "figure legend", -1), visit, m)
        for legend in reading.document.legends
        for words in [reading.document.plain[legend.start : legend.end]]
        for visit in [_VISIT.search(words)]
        if visit and not _NOT.search(words)
        for m in [*_N.finditer(words), *_ALL_N.finditer(words)][:1]
    ]
    if not claims or says(reading, _IMPUTED):
        return
    deaths = list(_deaths(reading))
    for line, visit, match in claims:
        claimed = value(match["n"])
        told = next((d for d in deaths if d.of == claimed and d.left < claimed and d.line.start != line.start), None)
        if told is not None:
            yield reading.finding(
                "VISIT_EXCEEDS_SURVIVORS", "concern",
                f"{claimed} patients are claimed '{' '.join(visit[0].split())}', and {told.left} of {told.of} survived",
                "those who died may have missed the last visits only; the number examined at each visit is then told "
                "nowhere",
                quotes=(line.piece(match), line.piece(visit), told.spot),
                computed=(("at most at the last visit", str(told.left)),),
            )  # fmt: skip
            return


def _deaths(reading: Reading) -> Iterator[_Deaths]:
    total = study_size(reading)
    for line in lines(reading, ("abstract", "results", "body", "discussion", "figure legend")):
        if _LATER.search(line.words):
            continue
        for m in _ALIVE.finditer(line.words):
            left, of = value(m["k"] or m["k2"] or m["k3"]), value(m["n"] or m["n2"] or m["n3"])
            if 0 < left < of:
                yield _Deaths(left, of, line.piece(m), line)
        for m in _DEAD.finditer(line.words):
            dead, whole = value(m["d"] or m["d2"]), value(m["n"] or m["n2"]) if m["n"] or m["n2"] else total
            if whole is not None and 0 < dead < whole and line.role != "discussion":
                yield _Deaths(whole - dead, whole, line.piece(m), line)
