"""'None of the patients discontinued', after those who did were left out: the choice of patients makes it true."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NONE_BY_EXCLUSION",)

_PEOPLE = (
    r"(?:patients?|participants?|subjects?|child(?:ren)?|adults?|wom[ae]n|m[ae]n|people|infants?|persons?|individuals|"
    r"volunteers|recipients)"
)
_STOPPED = (
    r"(?:discontinu\w+|stopp\w+|withdr[ae]w\w*|withdrew|dropp\w+ out|drop-?outs?|ceas\w+|cessation|abandon\w+|"
    r"interrupt\w+)"
)
_LOST = r"(?:lost (?:to|during|in) follow-?\s?up|loss(?:es)? (?:to|of|in) follow-?\s?up)"


def _none(kind: str) -> Expression:
    return Expression(
        rf"\b(?:none of (?:the |our |these )?(?:\w+ ){{0,2}}{_PEOPLE}|no(?: \w+)? {_PEOPLE}|"
        rf"not a single {_PEOPLE}|nobody)\s"
        rf"(?:(?:was|were|had|had to|has|have|needed to|required|been|permanently|prematurely)\s){{0,3}}{kind}"
        rf"|\b(?:there (?:was|were) no|no) (?:(?:treatment|drug|premature|study|early) )?{kind}"
        rf"|\b(?:treatment|therapy|the (?:drug|diet|medication)) was (?:not|never) {kind} in any\b",
        re.I,
    )


def _chosen(kind: str) -> Expression:
    return Expression(
        r"\b(?:exclud\w+|exclusion of|left out|not (?:included|analy[sz]ed)|omitted|removed)\b"
        rf"(?:(?!\bif\b|\bcriteri)[^.]){{0,120}}?(?P<why>\b{kind})"
        rf"|\b(?:{_PEOPLE}|those|cases) (?:who |that |with )?(?:(?:had|were|was|early|premature) )?(?P<why2>{kind})"
        r"(?:(?!\band\b)[^.;]){0,80}?"
        r"\b(?:were|was) (?:also |then )?(?:excluded|left out|omitted|removed|not (?:included|analy[sz]ed))\b"
        rf"|\bwere (?P<why3>{kind})[^.;]{{0,30}} and (?:therefore|thus|hence|so) (?:were )?"
        r"(?:excluded|left out|omitted|removed|not (?:included|analy[sz]ed))\b",
        re.I,
    )


_KINDS = ((_none(_STOPPED), _chosen(_STOPPED), True), (_none(_LOST), _chosen(_LOST), False))
"""What is denied, the exclusion that makes it true, and whether it may be for harms."""
_LEFT_OUT = Expression(r"\b(?:exclu[ds]|left out|not included|not analy|omitted|removed)", re.I)
_OTHERS = Expression(
    r"\b(?:et al|previous\w*|literature|would|could|may|might|should|planned|sensitivity analys\w+|per[- ]protocol|"
    r"studies|if|controls?)\b|\bnot excluded\b|\bdid not exclude\b",
    re.I,
)
_BEFORE = Expression(
    r"\b(?:before|prior to|until|other (?:drug|treatment)s?|medications?|washout|run-?in|contracepti\w+)\b", re.I
)
_WHY = Expression(
    r"\b(?:due to|because of|owing to|for|by reason of|as a result of|on account of)\b([^.;,]{3,60})", re.I
)
_HARM = Expression(
    r"\b(?:adverse|side[- ]effects?|toxicit\w+|intoleran\w+|safety|complications?|events?|reactions?)\b", re.I
)


def none_by_exclusion(reading: Reading) -> Iterator[Finding]:
    """Find 'none discontinued' or 'none was lost' beside the exclusion of those who discontinued or were lost.

    A concern. Left alone: exclusions for another reason than the one denied, drugs stopped before the study, analyses
    of those who kept to the protocol, other studies.
    """
    every = [
        x for x in lines(reading, ("abstract", "methods", "results", "body", "discussion", "conclusion"))
        if not _OTHERS.search(x.words)
    ]  # fmt: skip
    left_out = [x for x in every if _LEFT_OUT.search(x.words)]
    for said, chosen, may_be_harm in _KINDS if left_out else ():
        for line, none in [(x, m) for x in every for m in [said.search(x.words)] if m]:
            for other in left_out:
                match = chosen.search(other.words) if other.start != line.start else None
                if match is None or _BEFORE.search(match[0]):
                    continue
                if may_be_harm and _another_reason(line, none, other, match):
                    continue
                yield reading.finding(
                    "NONE_BY_EXCLUSION", "concern",
                    f"'{' '.join(none[0].split())}' is said of the patients who are left after "
                    f"'{' '.join(match[0].split())}': the exclusion makes it true",
                    "the patients left out may have stopped before treatment began; otherwise their number and "
                    "reasons belong to the result",
                    quotes=(line.piece(none), other.piece(match)),
                )  # fmt: skip
                return


def _another_reason(line: Line, none: re.Match[str], other: Line, chosen: re.Match[str]) -> bool:
    """Say whether the exclusion tells a reason that is no harm, and the denial is about harms only."""
    denied = _WHY.search(line.words, none.end())
    told = _WHY.search(other.words, max(chosen.start(x) for x in ("why", "why2", "why3")))
    return bool(denied and told and _HARM.search(denied[1]) and not _HARM.search(told[1]))
