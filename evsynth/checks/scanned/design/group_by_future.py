"""A group of those who never got another treatment: who belongs to it is known only at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import RANDOMISED, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_BY_LATER_TREATMENT",)

_GROUP = Expression(
    r"\b(?:group|arm|cohort|users?)\b[^.;]{0,30}\b(?:defined|comprised|consisted|included|was composed)\b[^.;]{5,160}?"
    r"\b(?:not exposed to|never (?:exposed to|received|treated with)|(?:did|had|have) not receiv\w+|without "
    r"(?:exposure to|receiving|use of)|no exposure to)\s+(?:any |an )?(?:other|additional|further)\b[^.;]{0,60}",
    re.I,
)
_BEFORE = Expression(r"\b(?:previous\w*|prior|before|past|naive|naïve|at baseline|history|earlier)\b", re.I)


def group_by_future(reading: Reading) -> Iterator[Finding]:
    """Find a group defined by not having had any other treatment, in a study without randomisation.

    Who worsens is given something else and leaves the group, so that those who stay in it did well. Left alone:
    treatments before the study, and randomised trials.
    """
    if says(reading, RANDOMISED, ("title", "abstract", "methods", "body")):
        return
    for line in lines(reading, ("abstract", "methods", "body")):
        match = _GROUP.search(line.words.replace("\n", " "))
        if match is not None and not _BEFORE.search(match[0]):
            yield reading.finding(
                "GROUP_BY_LATER_TREATMENT", "concern",
                "a group is formed by not having had another treatment, which is known only at the end of follow-up",
                "it may mean treatment at the start only; otherwise those who got worse were moved to the other group",
                quotes=(line.piece(match),),
            )  # fmt: skip
            return
