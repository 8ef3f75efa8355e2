"""'No patient was lost', 'the vital status of all was known', against patients who are said to be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import NUMBER, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_OF_THEM_CONTRADICTS",)

_PEOPLE = (
    r"(?:patients?|participants?|subjects?|children|adults|wom[ae]n|m[ae]n|people|infants|persons|one|recipients?|"
    r"cases|volunteers?)"
)
_COMPLETE = Expression(
    rf"\b(?:(?:no|none of the|not a single)\s(?:{NUMBER}\s)?{_PEOPLE}\s(?:was|were|"
    rf"had been)\slost(?:\sto follow-?\s?up)?|"
    r"nobody was lost(?:\sto follow-?\s?up)?|"
    r"there (?:was|were) no loss(?:es)? to follow-?\s?up|no loss(?:es)? to follow-?\s?up|"
    rf"follow-?\s?up was (?:complete|100\s?%)(?:\s(?:in|for) (?:all|every|100\s?%)[^.;,]{{0,25}})?(?=[.;,]|$)|"
    rf"(?:vital status|survival status|outcome)[^.;()]{{0,40}}?\b(?:was|were) (?:known|available|ascertained|"
    rf"obtained|"
    rf"established)\s(?:in|for) (?:all|every|each)\b(?:\s(?:of|the|our|these|{NUMBER}))*\s{_PEOPLE})", re.I,
)  # fmt: skip
_LOST = Expression(
    rf"(?P<k>{NUMBER})\s(?:\(\d+(?:\.\d+)?\s?%\)\s)?(?:of the \w+ )?(?:(?:other|further|more)\s)?(?:{_PEOPLE}\s)?"
    r"(?:\(\d+(?:\.\d+)?\s?%\)\s)?(?:was|were|had been|being)?\s?lost to follow-?\s?up|"
    rf"\blost to follow-?\s?up\s?[(,:]\s?(?:n\s?=\s?)?(?P<n>{NUMBER})(?=[);,\s])", re.I,
)  # fmt: skip
_ELSE = Expression(
    r"\b(?:after (?:the )?(?:trial|study|end|closure|primary)|extension|thereafter|later|long-?term|if|et al|"
    r"previous\w*|"
    r"in the (?:first|second|third|last)|earlier|excluded|another|other stud(?:y|ies)|sample size|assum\w+|"
    r"expected|allow\w*|treatment outcomes?|"
    r"except|apart from|but|would|planned)\b|\[\d+\]", re.I,
)  # fmt: skip
_GROUP = Expression(r"\b(?:group|arm|subgroup|cohort|phase|part|stage)\b", re.I)
_WHEN = Expression(
    r"\b(?:\d+|one|two|three|six|twelve)[\s-](?:year|month|week|day)s?\b|\b(?:day|week|month|year)\s\d+", re.I
)


def complete_follow_up(reading: Reading) -> Iterator[Finding]:
    """Compare sentences that say that no patient was lost with those, legends included, that count patients lost.

    Left alone: statements about one group or phase, after the study or at different times, and exceptions.
    """
    said = [
        (line, match)
        for line in lines(reading, ("abstract", "methods", "results", "body", "discussion"))
        if not _ELSE.search(line.words) and not _GROUP.search(line.words)
        for match in _COMPLETE.finditer(line.words)
    ]
    if not said:
        return
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend")):
        if _ELSE.search(line.words):
            continue
        for told in _LOST.finditer(line.words):
            if value(told["k"] or told["n"]) == 0:
                continue
            for claim, match in said:
                if claim.start != line.start and not _apart(claim, line):
                    yield reading.finding(
                        "ALL_OF_THEM_CONTRADICTS", "inconsistent",
                        f"'{' '.join(match[0].split())}' is inconsistent with '{' '.join(told[0].split())}'",
                        "some patients may have been lost at another time than the sentence means",
                        quotes=(claim.piece(match), line.piece(told)),
                    )  # fmt: skip
                    return


def _apart(one: Line, two: Line) -> bool:
    """Say whether both sentences give a time, and not the same one."""
    a, b = ({m[0].lower() for m in _WHEN.finditer(x.words)} for x in (one, two))
    return bool(a and b and not a & b)
