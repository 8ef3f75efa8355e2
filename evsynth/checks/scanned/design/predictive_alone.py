"""A marker is called predictive of the effect of a treatment that everybody had."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.groups_with_sizes import groups_with_sizes
from evsynth.checks.scanned.prose import is_randomised, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PREDICTIVE_WITHOUT_CONTROL",)

_PREDICTIVE = Expression(
    r"\b(?:predictive (?:\w+ ){0,2}(?:bio)?markers?|(?:bio)?markers? (?:for|of|to) (?:identify|select|predict)\w*|"
    r"(?:bio)?markers? for predicting|predictors? of (?:a )?(?:good |better |favou?rable )?(?:treatment |therapeutic )?"
    r"(?:response|benefit))\b[^.;]{0,80}",
    re.I,
)
_TREATED = Expression(r"\b(?:response|respond\w*|benefit\w*|treatment|therap\w*|effective\w*|efficacy)\b", re.I)
_DENIED = Expression(r"\b(?:no|not|cannot|neither|nor|needs?|needed|lack\w*|should be|whether|prognos\w*)\b", re.I)
_ALONE = Expression(
    r"\b(?:single|one)[- ](?:arm|group)\b|\b(?:no|without(?: a)?|lack(?:ed|s)?(?: of)?(?: a)?|absence of(?: a)?) "
    r"(?:control|comparison|comparator) (?:group|arm)\b|\buncontrolled\b|"
    r"\bpatients (?:who had )?(?:receiv\w+|treated with) [^.;]{3,40}? were (?:retrospectively )?"
    r"(?:analy[sz]ed|included|reviewed|studied)\b|\b(?:met|fulfilled)[^.;]{5,80}\band (?:who )?had received\b",
    re.I,
)
_CONTROLS = Expression(
    r"\b(?:placebo|control(?:s| group| arm)|comparators?|untreated|not receiving|standard (?:of )?care|"
    r"conventional (?:therapy|treatment) group|monotherapy group)\b",
    re.I,
)


def predictive_alone(reading: Reading) -> Iterator[Finding]:
    """Find a predictive marker concluded from a study in which all had the treatment; every place is quoted.

    A marker that foretells the effect of a treatment shows as an interaction with it, which needs patients without it
    (Ballman 2015, doi 10.1200/JCO.2015.63.3651). Left alone: studies with controls, and sentences that deny or ask.
    """
    if is_randomised(reading) or not any(_ALONE.search(x.words) for x in lines(reading, ("abstract", "methods"))):
        return
    own = lines(reading, ("title", "abstract", "methods"))
    if any(_CONTROLS.search(x.words) for x in own) or _by_treatment(reading):
        return
    said = [
        (line, match)
        for line in lines(reading, ("abstract", "results", "discussion", "conclusion"))
        for match in _PREDICTIVE.finditer(line.words)
        if _TREATED.search(line.words) and not _DENIED.search(line.words[max(0, match.start() - 40) : match.end()])
    ]
    if said:
        first = " ".join(said[0][1][0].split())[:80]
        yield reading.finding(
            "PREDICTIVE_WITHOUT_CONTROL", "concern",
            f"'{first}' is concluded where all patients had the treatment",
            "it may be meant as a marker of prognosis; whether the treatment does more in such patients needs others "
            "without it",
            quotes=tuple(line.piece(match) for line, match in said),
        )  # fmt: skip


def _by_treatment(reading: Reading) -> bool:
    """Say whether groups with sizes are told in a sentence on what they were treated with."""
    text = reading.document.prose
    for groups in groups_with_sizes(reading):
        around = text[max(0, groups.spots[0][0] - 80) : groups.spots[-1][1] + 40]
        if re.search(r"\b(?:treated with|received|receiving|therapy group|randomi[sz]ed|assigned)\b", around, re.I):
            return True
    return False
