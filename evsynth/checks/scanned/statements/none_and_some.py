"""None in one part of the paper, some in another: "no serious adverse event" and "three had a serious adverse event".

All that the denial names must stand beside the count; so "no drug-related death" is not held against deaths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.facts_told import Fact, facts_told, zone_of
from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.checks.scanned.places.told_again import elsewhere, retells
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("NONE_CONTRADICTS",)

_NONE = Expression(
    r"\b(?:[Nn]o (?!longer|one |other|further|more|such|significant|statistical|evidence|differen|change|data|effect|"
    r"association|correlation|trend|interaction|need|funding|conflict|new |additional|missing|improvement|increase|"
    r"decrease|benefit|relation)|[Ww]ithout any |[Nn]one of the (?:\w+ )?)"
    r"(?P<what>[a-z][a-z'-]*(?: [a-z][a-z'-]*){0,7})"
)
_LEFT_OUT = Expression(
    r"\b(?:related|attribut\w+|due to|caused|because|except|other than|apart from|until|at baseline|before|prior|"
    r"difference\w*|within|during|group|arm|between|relevant|criteri\w+|exclu\w+|inclu\w+|if|unless|history|known|"
    r"previous\w*|in the (?!study|trial|whole|cohort|series)\w+|with (?!a )\w+|among|treatment-related|fatal)\b", re.I,
)  # fmt: skip


def none_and_some(reading: Reading) -> Iterator[Finding]:
    """Hold what an abstract, a discussion or a conclusion says of none against counts of it in the other parts.

    Left alone: denials narrowed to a cause, a time or a group, and counts that are narrowed otherwise or not of people
    or events.
    """
    told = [f for f in facts_told(reading) if f.sort == "count" and f.role != "table" and 0 < f.value < 200]
    for line in lines(reading, ("title", "front matter", "abstract", "body", "discussion", "conclusion", "results")):
        if "no " not in line.words.lower() and "none" not in line.words.lower() and "without any" not in line.words:
            continue
        for match in _NONE.finditer(line.words):
            said = re.split(r" (?:was|were|occurred|being|had|developed|has|have|happened|arose)\b", match["what"])
            clause = re.split(r"[,;:]| but | and | while ", line.words[match.start() :])[0]
            what = subjects(match["what"] if len(said) > 1 and not subjects(said[0]) else said[0])
            if (
                len(what) < 2
                or len(said) < 2
                or _LEFT_OUT.search(clause)
                or _LEFT_OUT.search(line.words[: match.start()])
            ):
                continue
            own = Fact(
                "count", "", 0, 0, "0", line.piece(match), zone_of(reading, line), line.role,
                reading.document.sections[line.section].part, -1, False, what, subjects(line.words), "", "", line.words,
            )  # fmt: skip
            for some in told:
                if some.zone == own.zone or not (retells(own, some) or retells(some, own)) or elsewhere(some):
                    continue
                near = subjects(f"{_last(some.before)} {_first(some.after)}")
                if (
                    what <= near
                    and len(near - what) <= 1
                    and not _LEFT_OUT.search(_last(some.before) + _first(some.after))
                ):
                    yield reading.finding(
                        "NONE_CONTRADICTS", "inconsistent",
                        f"'{match[0]}' is inconsistent with {some.digits} in another part of the paper",
                        "the two may be of another time, cause or population", quotes=(line.piece(match), some.spot),
                    )  # fmt: skip
                    return


def _last(before: str) -> str:
    return re.split(r"[.;,(]\s|[:(]", before)[-1]


def _first(after: str) -> str:
    return re.split(r"[.;,(:]", after)[0]
