"""Patients had to stay on treatment, alive, or in follow-up for a while to be included (guarantee time)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import is_randomised, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GUARANTEE_TIME",)

_NUMBER = r"(?:[0-9]+|one|two|three|four|five|six|nine|twelve|eighteen|twenty-four)"
_SPAN = rf"{_NUMBER}(?:[ -]|\s)(?:consecutive )?(?:days?|weeks?|months?|years?)"
_LEAST = r"(?:at least|≥|>=|>|more than|longer than|a minimum of|minimum(?: of)?|no less than|for over)"
_INCLUDED = Expression(
    r"\b(?:includ|eligib|enrol|inclusion|select|recruit|analy[sz]ed\b|were retained|required|met the|meeting)", re.I
)
_TREATED = Expression(
    rf"\b(?:receiv|treat|taking|taken|took|therap|administ|use of|used|exposed|persist|remain|continu|"
    rf"maintain|complet|surviv|alive|follow)[a-z-]*\b[^.;]{{0,90}}?(?<!\w)(?:for )?{_LEAST}\s*{_SPAN}"
    rf"|(?<!\w){_LEAST}\s*{_SPAN} (?:of|on|under) (?:\w+ ){{0,3}}?(?:treatment|therapy|exposure|\w+(?:mab|nib|mus|"
    rf"late|idone|"
    rf"prine|sone|lone|statin))\b"
    rf"|\b(?:receiv|treat|taking|taken|took|us)[a-z-]*\b[^.;]{{0,60}}?\bfor {_SPAN} or (?:longer|more)\b"
    rf"|\b(?:required|had) to (?:be|have been) (?:on (?:\w+ )?(?:treatment|therapy)|alive)[^.;]{{0,40}}?\b(?:at|"
    rf"after) {_SPAN}"
    rf"|\b(?:required|had) to (?:be|have been) (?:on (?:\w+ )?(?:treatment|therapy)|alive)[^.;]{{0,40}}?\bat [0-9]+ "
    rf"(?:days|"
    rf"weeks|months|years)\b",
    re.I,
)
_DROPPED = Expression(
    rf"\b(?:exclud|not included|omitted)[a-z]*\b[^.;]{{0,90}}?\b(?:died|death|discontinu|stopped|withdr|lost|"
    rf"follow-?up|treated|treatment|received)[a-z-]*\b[^.;]{{0,40}}?\b(?:within|before|(?:for )?(?:less|"
    rf"shorter|fewer) than|<)\s*(?:the first )?{_SPAN}"
    rf"|\b(?:died|discontinued|stopped|withdrew|were lost|(?:were )?(?:treated|"
    rf"followed)|follow-?up|treatment|therapy)\b[^.;]{{0,50}}?\b(?:within|before|"
    rf"(?:for )?(?:less|shorter|fewer) than|<)\s*(?:the first )?{_SPAN}[^.;]{{0,40}}?\b(?:were|was) (?:excluded|not "
    rf"included|"
    rf"omitted|left out)",
    re.I,
)
_SHORT = Expression(
    rf"\b(?:courses?|treatment|therapy|follow-?up|exposure|use|observation|periods?)\s(?:of |lasting |for )?(?:shorter|"
    rf"less|fewer)"
    rf" than\s(?:the first )?{_SPAN}[^.;]{{0,40}}?\b(?:were|was) (?:excluded|not included|omitted|left out|removed|"
    rf"dropped|"
    rf"disregarded|discarded)", re.I,
)  # fmt: skip
_BEFORE = Expression(
    r"\b(?:potential|possible|closed|before|prior to|preceding|previous|at (?:baseline|enrolment|enrollment|screening|"
    r"entry)|wash-?out|"
    r"run-in|stable (?:dose|background)|diagnos\w+ for|duration of (?:disease|symptoms)|symptoms for|history "
    r"of|disease duration)\b",
    re.I,
)
_REVIEW = Expression(r"\bmeta-analy|\bsystematic review|\bpooled (?:estimate|analysis)", re.I)
_LANDMARK = Expression(r"\blandmark\b|\bcase-control\b|time-(?:dependent|varying|updated)", re.I)


def guarantee_time(reading: Reading) -> Iterator[Finding]:
    """Find inclusion that depends on having been treated, alive or followed for some time.

    Left alone: randomised trials, reviews, treatment before enrolment, and papers that analyse from a landmark or with
    time-dependent exposure.
    """
    if (
        is_randomised(reading)
        or says(reading, _REVIEW, ("title", "abstract"))
        or any(_LANDMARK.search(line.words) for line in lines(reading))
    ):
        return
    for line in sorted(lines(reading), key=lambda x: (x.role != "methods", x.role == "abstract", x.start)):
        found = _DROPPED.search(line.words) or _SHORT.search(line.words)
        if found is None and _INCLUDED.search(line.words):
            found = _TREATED.search(line.words)
        if found is not None and re.search(rf"\b(?:age|aged)\s*{_LEAST}|^following\b", found[0], re.I):
            continue
        if found is None or _BEFORE.search(line.words[max(0, found.start() - 40) : found.end() + 45]):
            continue
        yield reading.finding(
            "GUARANTEE_TIME", "concern",
            "who was included depends on having been treated, alive or followed for some time after the start: "
            f"'{' '.join(found[0].split())}'",
            "this may have been needed to measure the outcome; but patients who died, worsened or stopped "
                "early are not counted, so effects "
            "and safety look better than in everybody who started",
            quotes=(line.piece(found),),
        )  # fmt: skip
        return
