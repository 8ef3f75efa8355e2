"""A subjective score was given afterwards, from what the records tell, by people who knew the treatment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SCORED_FROM_RECORDS",)

_SCORED = Expression(
    r"\b(?:assessments?|scores?|grades?|grading|ratings?|dyspno?ea|symptoms|disability|responses?)\b[^.;]{0,60}?\b"
    r"(?:was|were)\s(?:\w+ly )?(?:based on|derived from|determined from|abstracted from|obtained from|assigned from|"
    r"estimated from|graded from|scored from|reconstructed from)\b[^.;]{0,60}?\b(?:medical|clinical|patient|"
    r"electronic|outpatient|inpatient|hospital)?\s?(?:records|notes|charts)\b|"
    r"\b(?:retrospectively|in retrospect) (?:graded|scored|rated|assigned|assessed)\b[^.;]{0,60}?\b(?:records|notes|"
    r"charts)\b|"
    r"\bassessments? (?:was|were) based on (?:a )?retrospective review\b",
    re.I,
)
_SUBJECTIVE = Expression(
    r"\b(?:dyspno?ea|mMRC|mRS|rankin|pain|fatigue|quality of life|karnofsky|ECOG|NYHA|functional class|global|"
    r"symptom|disability|severity|response|CDAI|PASI|GCS|SOFA)\b",
    re.I,
)
_BLIND = Expression(r"\bblind|\bmasked|\bunaware", re.I)


def judged_from_notes(reading: Reading) -> Iterator[Finding]:
    """Find a score of symptoms or function that was read out of records after the fact, with no word of blinding.

    A concern, once. Left alone: scores whose readers were blinded, and what is no score of symptoms or function.
    """
    own = list(lines(reading, ("methods", "body")))
    for index, line in enumerate(own):
        found = _SCORED.search(line.words)
        if found is None:
            continue
        near = [x for x in own[max(0, index - 3) : index + 2] if x.section == line.section]
        if any(_SUBJECTIVE.search(x.words) for x in near) and not any(_BLIND.search(x.words) for x in near):
            yield reading.finding(
                "SCORED_FROM_RECORDS", "concern",
                "a score of symptoms or function was given afterwards, from the records",
                "there is often no other way in a retrospective study; who reads the records knows the treatment and "
                "the time, and notes tell more of what got better",
                quotes=(line.piece(found),),
            )  # fmt: skip
            return
