"""Groups are formed by a treatment that began after follow-up had begun (immortal time)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import is_randomised, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("IMMORTAL_TIME",)

_GROUPED = Expression(
    r"\b(?:patients|subjects|those|cases|participants|women|men|children)\s+(?:who|"
    r"that)\s+(?:had\s+)?(?:additionally|subsequently|later|further|ever|eventually|also)\s+(?:received|were "
    r"(?:given|treated)|took|started|switched)[^.;]{0,80}?\b(?:entered|were (?:assigned|allocated|classified|"
    r"included|grouped|put|placed|defined)|formed|constituted|made up|comprised)\b"
    r"|\b(?:who|that)\s+(?:had\s+)?(?:took|received|used|started|began|begun|initiated|were (?:given|"
    r"treated))\b[^.;]{0,80}?\bat any (?:time|"
    r"point)\b[^.;]{0,50}?\b(?:formed|constituted|made up|comprised|entered|were (?:classified|counted|"
    r"considered|included))\b"
    r"|\b(?:counted|regarded|classed|classified|label\w+|considered|defined|assigned|grouped|categori[sz]ed|coded)\b"
    r"[^.;]{0,70}?\b(?:if|when|whenever|once|who|irrespective|regardless)\b[^.;]{0,80}?\b(?:at any (?:time|point"
    r"|stage)|ever|"
    r"at least once|later|subsequently|sooner or later)\b[^.;]{0,40}?\b(?:follow|course|during|after|diagnosis"
    r"|thereafter|"
    r"admission|observation|hospital)"
    r"|\b(?:receiv|treat|expos|us)\w*\b[^.;]{0,60}?\b(?:at any time|any time|ever) (?:during|after|"
    r"throughout)\b[^.;]{0,60}?\b(?:group|cohort|users?|classified|defined|considered)"
    r"|\b(?:assigned|allocated|classified|classed|grouped|counted|labelled|attributed|analy[sz]ed|placed)\b[^.;]{0,40}?"
    r"\b(?:groups?|arms?|cohorts?|users?|exposed|treated)\b[^.;]{0,70}?\b(?:start\w*|receiv\w*|beg[au]n|took|given|"
    r"us\w+|"
    r"prescri\w+|had)\b[^.;]{0,30}?\b(?:at any (?:time|point|stage)|ever|afterwards|later|subsequently|thereafter|"
    r"eventually|during (?:the )?(?:follow-?up|observation|stay|admission))\b"
    r"|\bgroups?\b[^.;]{0,60}?\b(?:defined|classified|formed|divided|categori[sz]ed)\b[^.;]{0,80}?\b(?:at "
    r"any time during|(?:received|given|started|used) during (?:the )?follow-?up)"
    r"|\b(?:classified|categori[sz]ed|defined|considered|comprised|consisted)\b[^.;]{0,80}?\b(?:receiv\w*|treated|"
    r"exposed|"
    r"prescri\w*|given|start\w*)\b[^.;]{0,60}?\b(?:at any (?:time|point)\b|ever (?:after|during)\b|during (?:the "
    r")?follow-?up)",
    re.I,
)
_TIMED = Expression(r"\b(?:hazard|survival|kaplan|log-?rank|mortality|relapse|recurrence|time to|cox)\b", re.I)
_HANDLED = Expression(r"\blandmark|time-(?:dependent|varying|updated)|target trial|clone|immortal", re.I)


def immortal_time(reading: Reading) -> Iterator[Finding]:
    """Find groups formed by later treatment in a paper that compares times to an event.

    Left alone: randomised studies, landmark analyses and time-dependent exposure.
    """
    if is_randomised(reading) or says(reading, _HANDLED) or not says(reading, _TIMED):
        return
    for line in lines(reading, ("methods", "results", "abstract", "body")):
        found = _GROUPED.search(line.words)
        if found:
            yield reading.finding(
                "IMMORTAL_TIME", "concern",
                f"a group is formed by treatment given after the start of follow-up: '{' '.join(found[0].split())}'",
                "treatment may have begun within days; otherwise patients had to survive, and be free of "
                    "the event, until it began, which "
                "favours their group",
                quotes=(line.piece(found),),
            )  # fmt: skip
            return
