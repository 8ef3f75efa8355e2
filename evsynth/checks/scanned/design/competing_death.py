"""The time to something that death prevents is analysed, patients died, and death is not treated as competing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DEATH_COMPETES",)

_TIME_TO = Expression(
    r"\btime (?:from [^.;]{3,50} )?(?:to|until) (?:the )?(?:first )?(?P<event>relapse|recurrence|flare|exacerbation|"
    r"re-?hospitali[sz]ation|rehospitali[sz]ation|readmission|dialysis|revision|graft loss|fracture|stroke|"
    r"transplantation|infection)\b|"
    r"\b(?P<rate>relapse|recurrence|flare|exacerbation)(?:-events?)?[- ](?:free )?(?:rates?|curves?)\b[^.;]{0,80}\b"
    r"(?:kaplan|log-?\s?rank)|\b(?:kaplan|log-?\s?rank)[^.;]{0,80}\b(?P<rate2>relapse|recurrence|flare|exacerbation)"
    r"\b(?!-free)",
    re.I,
)
_METHOD = Expression(r"\bkaplan|\blog-?\s?rank|\bcox\b|\bhazard ratio", re.I)
_DIED = Expression(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen) (?:\(\s?\d[\d.]*\s?%\s?\) )?(?:of the )?"
    r"(?:patients? |participants? |subjects? )?(?:had )?(?:died|deaths?)\b|\b(?:survival|mortality) rates?\b",
    re.I,
)
_HANDLED = Expression(
    r"\bcompeting\b|\bfine[- ](?:and[- ])?gray\b|\bcumulative incidence function|\bsub-?distribution|\bcause-specific|"
    r"\b(?:relapse|recurrence|event|flare|disease|progression)-free survival|\bdeath (?:or|and) (?:relapse|recurrence|"
    r"flare)|\b(?:relapse|recurrence|flare|exacerbation|\w+) or death|\bcomposite|\bcensored at (?:the time of )?death",
    re.I,
)


def competing_death(reading: Reading) -> Iterator[Finding]:
    """Find a time to relapse (recurrence, flare, …) by Kaplan-Meier or Cox in a study whose patients also died.

    A concern, once, in full texts. Left alone: papers that name competing risks, count death as an event too, or say
    that patients were censored at death.
    """
    if (
        reading.document.kind != "full text"
        or says(reading, _HANDLED, ("title", "abstract", "methods", "results"))
        or not says(reading, _METHOD)
    ):
        return
    died = next((line for line in lines(reading, ("results",)) if _DIED.search(line.words)), None)
    if died is None:
        return
    for line in lines(reading, ("methods", "results")):
        found = _TIME_TO.search(line.words)
        if found:
            event = (found["event"] or found["rate"] or found["rate2"]).lower()
            deaths = _DIED.search(died.words)
            yield reading.finding(
                "DEATH_COMPETES", "concern",
                f"patients died, which prevents a later {event}, and the time to {event} is analysed without saying "
                    "how deaths were treated",
                "with few deaths it matters little; counted as censored, they make the risk too high, most in the "
                "group in which more died",
                quotes=(line.piece(found), *((died.piece(deaths),) if deaths else ())),
            )  # fmt: skip
            return
