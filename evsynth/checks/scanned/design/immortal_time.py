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
_COUNTED = Expression(
    r"\b(?:person-?\s?(?:time|years?)|follow-?up|time at risk|observation|survival)\b[^.;]{0,30}?\b(?:was|were|is|"
    r"started|began|"
    r"ran)\b[^.;]{0,40}?\b(?:from|at|since|with)\b[^.;]{0,70}?\b(?:whenever|whatever the (?:time|date)|"
    r"irrespective of when|"
    r"regardless of when|no matter when|even (?:if|when|though))\b[^.;]{0,50}?\b(?:was|were|had been)?\s?(?:added|"
    r"started|begun|given|"
    r"initiated|prescribed|received|began)\b", re.I,
)  # fmt: skip
"""Follow-up of both groups from one day, and treatment that began later: what it is called elsewhere is no answer."""
_BY_STATE = Expression(
    r"\b(?:survival|mortality|deaths?|time to|follow-?up|events?)\b[^.;]{0,60}?\bfrom (?:the )?(?:start|beginning|"
    r"initiation|first|"
    r"diagnosis|baseline|inclusion|enrol\w+|randomi[sz]ation|day 0|index)\b[^.;]{0,90}?\b(?:between|by|according "
    r"to|in|of)\b[^.;]{0,60}?"
    r"\b(?:response|responders?|remission|improve\w*|change|status|adheren\w*|complet\w*|achiev\w*|"
    r"toxicity)\b[^.;]{0,30}?\bat "
    r"(?:\d+|one|two|three|six|twelve) (?:days|weeks|months|years?)\b", re.I,
)  # fmt: skip
"""Survival from the start, by a state that is known only later."""
_TIMED = Expression(r"\b(?:hazard|survival|kaplan|log-?rank|mortality|relapse|recurrence|time to|cox)\b", re.I)
_HANDLED = Expression(r"\blandmark|time-(?:dependent|varying|updated)|target trial|clone|immortal", re.I)
_LATER = Expression(
    r"\b(?:subsequently|later|further|ever|eventually|at any|whenever|afterwards|thereafter|sooner|at least once|"
    r"during|after|started|switched)\b",
    re.I,
)
"""Words that place the treatment after the start; "additionally received" leaves it open."""


def immortal_time(reading: Reading) -> Iterator[Finding]:
    """Find groups formed by later treatment in a paper that compares times to an event.

    Left alone: randomised studies, landmark analyses and time-dependent exposure.
    """
    if is_randomised(reading) or not says(reading, _TIMED):
        return
    handled = says(reading, _HANDLED)
    for line in lines(reading, ("methods", "results", "abstract", "body")):
        found = _COUNTED.search(line.words) or (
            None if handled else _GROUPED.search(line.words) or _BY_STATE.search(line.words)
        )
        if found:
            known = found.re.pattern != _GROUPED.pattern or _LATER.search(found[0])
            yield reading.finding(
                "IMMORTAL_TIME", "concern",
                (
                    "a group is formed by treatment given after the start of follow-up"
                    if known
                    else "a group is formed by a further treatment, and when it began is not told"
                )
                + f": '{' '.join(found[0].split())}'",
                "treatment may have begun within days; otherwise patients had to survive, and be free of "
                    "the event, until it began, which "
                "favours their group",
                quotes=(line.piece(found),),
            )  # fmt: skip
            return
