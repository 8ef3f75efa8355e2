"""A plan of analysis or a protocol that was registered when its data had been collected already."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.moments import Moment, moments
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("REGISTERED_LATE",)

_ANY: tuple[Role, ...] = ("abstract", "methods", "body", "registration", "back matter", "front matter", "results")
_PLAN = Expression(
    r"\b(?:plan|protocol|study|trial|review|analys[ei]s|hypothes[ei]s|design)\b[^.;]{0,60}?\b(?:pre-?registered|"
    r"registered|"
    r"posted|deposited|uploaded|published|lodged|filed|entered|time-?stamped|finali[sz]ed)\b[^.;]{0,70}?$", re.I,
)  # fmt: skip
_DATA = Expression(
    r"\b(?:(?:extraction|abstraction|collection|retrieval|analysis|review|screening|search(?:es)?|data ?entry|"
    r"data access|linkage|unblinding|coding)\b[^.;]{0,60}?\b(?:began|begun|started|commenced|took place|was done|were "
    r"done|"
    r"(?:was|were) (?:completed|finished|performed|carried out|run|started)|ended)|"
    r"\b(?:data|records|charts|files|outcomes?)\b[^.;]{0,40}?\b(?:were|was|had been) (?:extracted|abstracted|collected|"
    r"retrieved|analy[sz]ed|received|obtained|unblinded|reviewed))\b[^.;]{0,25}?\b(?:on|in|from|between|since|by)\s"
    r"(?:the\s)?$", re.I,
)  # fmt: skip
_NOT = Expression(r"\b(?:amend\w*|update[ds]?|version|previous|earlier|pilot|second|et al|registered patients)\b", re.I)


def plan_registered(reading: Reading) -> Iterator[Finding]:
    """Compare the day on which a plan was registered with the day on which its data were first looked into.

    Left alone: amendments and updates, and papers that tell several such days.
    """
    plans: list[tuple[Line, Moment]] = []
    data: list[tuple[Line, Moment]] = []
    for line in lines(reading, _ANY):
        for moment in moments(line.words):
            clause = re.split(r";|\.\s", line.words[: moment.start])[-1]
            if _NOT.search(clause):
                continue
            if _DATA.search(clause):
                data.append((line, moment))
            elif _PLAN.search(clause):
                plans.append((line, moment))
    if len({m[:2] for _, m in plans}) != 1 or not data:
        return
    plan, registered_on = plans[0]
    line, begun = min(data, key=lambda x: x[1].first)
    if registered_on.first <= begun.last:
        return
    shown = " ".join(plan.words[registered_on.start : registered_on.end].split())
    began = " ".join(line.words[begun.start : begun.end].split())
    yield reading.finding(
        "REGISTERED_LATE", "concern", f"the plan was registered in {shown}, after work on the data had begun ({began})",
        "the plan may have been written earlier; but choices could then be made with the data known",
        quotes=((plan.start + registered_on.start, plan.start + registered_on.end),
                (line.start + begun.start, line.start + begun.end)),
    )  # fmt: skip
