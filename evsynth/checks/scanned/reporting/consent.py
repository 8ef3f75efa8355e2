"""Consent that one sentence says was waived, and another that patients gave."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("CONSENT_CONTRADICTS",)

_WAIVED = Expression(
    r"\b(?:(?:informed )?consent (?:from \w+ )?(?:was|were|has been|had been) (?:therefore |thus )?(?:waived|not "
    r"(?:required|needed|necessary|obtained|sought))|waive(?:d|r)\b[^.;]{0,60}\bconsent|consent\b[^.;]{0,40}\b"
    r"(?:requirement )?(?:was|were) waived|"
    r"no (?:written )?(?:informed )?consent was (?:required|needed|necessary|sought|obtained)|"
    r"without (?:individual |informed )*consent)\b",
    re.I,
)
_GIVEN = Expression(
    r"\b(?:patients?(?:/participants?)?|participants?|subjects?|individuals|women|men|volunteers)\b[^.;]{0,20}?"
    r"\b(?:provided|gave|signed|had given|have given|had provided)\b[^.;]{0,30}\bconsent\b|"
    r"\bconsent (?:forms? )?(?:was|were|had been|has been) (?:obtained|given|provided|signed|collected|received)\b"
    r"[^.;]{0,20}\b(?:from|by|of)\b[^.;]{0,15}\b(?:all|every|each|the) (?:\w+ )?(?:patients?|participants?|subjects?)",
    re.I,
)
_PART = Expression(
    r"\b(?:retrospective|prospective|biobank|genetic|sub-?study|biops\w+|samples?|publish|publication|images?|photograph\w*|"
    r"procedures?|operation|surgery|registry|interviews?|surveys?|phase|part|historical|deceased|died|relatives?|"
    r"next of kin|legal\w*|parents?|guardians?|assent|phone|verbal|if|who could|alive|survivors?)\b",
    re.I,
)


def consent(reading: Reading) -> Iterator[Finding]:
    """Compare a sentence that consent was waived with one that the patients gave it, once.

    Both stand in one section, or one of them in the statements at the end. Left alone: consent for one part of a study
    (biobank, publication, survivors) or by relatives, and different rules told in two sections of the methods.
    """
    told = list(lines(reading, ("abstract", "methods", "results", "body", "registration", "back matter")))
    waived = [(x, m) for x in told if (m := _WAIVED.search(x.words))]
    given = [(x, m) for x in told if (m := _GIVEN.search(x.words)) and not _PART.search(x.words)]
    for line, no in waived:
        for other, yes in given:
            apart = line.section != other.section and "back matter" not in (line.role, other.role)
            if apart or line.start == other.start:
                continue
            yield reading.finding(
                "CONSENT_CONTRADICTS", "concern",
                f"'{' '.join(no[0].split())}' is inconsistent with '{' '.join(yes[0].split())}'",
                "two parts of a study may have had different rules, and publishers print such sentences from a form",
                quotes=(line.piece(no), other.piece(yes)),
            )  # fmt: skip
            return
