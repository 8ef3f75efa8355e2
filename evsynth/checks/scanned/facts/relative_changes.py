"""Relative changes told in per cent, "32% lower", "a fall of 32%", and the ratios that a paper tells anywhere.

Made for the checks that hold a percentage or a fraction in words against a ratio.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import NUMBER, effects
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

ROOM = 1.05
"""Percentage points by which a percentage may be off: both it and the ratio are rounded."""
ABOUT = 4.0
"""Where the words say about, or the percentage is a multiple of five and the ratio is told elsewhere."""

_LESS = (
    r"(?:lower|lowered|less|fewer|reduc\w+|decreas\w+|cut|fell|fall|drop\w*|declin\w+|smaller|rarer|shorter|slower|"
    r"protect\w*)"
)
_MORE = r"(?:higher|more|greater|increas\w+|rose|rise|raised|excess|elevat\w+|larger|longer|faster)"
RISK = (
    r"(?:hazards?|risks?|odds|rates?|incidence|mortality|deaths?|chances?|likel\w+|probability|events?|"
    r"progression)"
)
_AFTER = Expression(rf"^(?: (?!points?\b)[a-z-]+){{0,2}}? (?:(?P<less>{_LESS})|(?P<more>{_MORE}))\b", re.I)
_BEFORE = Expression(
    rf"\b(?:(?P<less>{_LESS})|(?P<more>{_MORE}))(?: (?:in|of) [^⟨.;,()]{{0,60}}?| [a-z-]+| [^⟨.;,()]{{1,90}}?)??"
    r" (?:by|of|was|is|amounted to|came to|being)(?: an?)?(?: (?:about|approximately|roughly|nearly|almost|"
    r"some))?[ ~]?$", re.I,
)  # fmt: skip
_RAISED = Expression(
    r"(?<!the )(?<!an )(?<!a )(?<!with )(?:(?P<less>\b(?:cut|lowered|reduced|decreased|reduces|lowers|cuts)\b(?= "
    r"the\b| "
    r"its\b| their\b| [a-z]+ by))|(?P<more>\b(?:raised|increased|elevated|heightened|rose|(?:was|were) "
    r"(?:associated|linked) with an? (?:increase|rise))\b))"
)
_POINTS = Expression(r"absolute|points?\b|\bfrom\b|\bARR\b", re.I)
_ABOUT = Expression(
    r"(?:about|approximately|roughly|nearly|almost|some|around|over|more than|at least|up to|~) ?$", re.I
)
_NAME = (
    r"(?:\b(?:[acswu]|sub|adj)?(?:HR|OR|RR|IRR|SHR|GMR)s?\b|(?:hazard|odds|risk|rate|relative|incidence rate|"
    r"geometric mean|prevalence) ratios?|ratios? of (?:the )?geometric means|"
    r"relative (?:risk|hazard|rate|odds))"
)
RATIO = Expression(
    rf"{_NAME}(?: ?[(\[][A-Za-z]{{2,4}}[)\]]| \([a-z]+/[a-z]+\))?(?: (?:for|of) [A-Za-z -]{{1,40}}?)?(?:,? ?(?:=|"
    rf":|,|of|was|is|"
    rf"being) ?){{0,2}} ?"
    rf"(?P<v>{NUMBER})(?![\d%]|\s?%|\.\d)"
)
BESIDE = Expression(rf"^[^.;%\d]{{0,110}}?[(\[,:;]\s?[^.;()\d%]{{0,60}}?(?={_NAME})")


class Change(NamedTuple):
    """A percentage told as a relative change: its number, whether less is told, how exact it is."""

    number: Number
    less: bool
    room: float
    spot: Spot


def changes(line: Line) -> Iterator[Change]:
    """Give the relative changes of a sentence."""
    sentence = marked(line.words)
    for i, n in enumerate(sentence.numbers):
        if n.kind != "p" or not 0 < float(n.printed) < 100 or n.printed.bound:
            continue
        at = sentence.text.index(f"⟨p{i}⟩")
        before, after = sentence.text[max(0, at - 110) : at], sentence.text[at + len(f"⟨p{i}⟩") :]
        found = _AFTER.match(after) or _BEFORE.search(before)
        if found is not None and (verb := _last_verb(found[0])) is not None:
            found = verb
        if (
            found is None
            or _POINTS.search(found[0])
            or re.search(r"[≥≤<>]\s?$|\b(?:at least|minimum of) (?:an? )?$", before)  # what counts as an outcome
            or re.match(r"[^⟨.;(]{0,50}\babsolute", after)
            or re.search(
                r"absolute[^.;⟨]{0,40}$|\bfrom ?$|(?<!corresponds )(?<!corresponding )(?<!equivalent )"
                r"(?<!amounts )(?<!amounted )(?<!translates )\bto ?$",
                before,
            )
        ):
            continue
        room = ABOUT if _ABOUT.search(before) else ROOM
        yield Change(n, bool(found["less"]), room, spot(line, n))


def _last_verb(text: str) -> re.Match[str] | None:
    """Give the verb behind a word of direction: "a decrease raised the odds by", "the higher dose cut the risk by"."""
    return next(iter([*_RAISED.finditer(text)][-1:]), None)


def ratios_told(reading: Reading) -> list[tuple[Printed, Spot]]:
    """Give the ratios of all sections and cells, each with its place."""
    found: dict[Spot, Printed] = {}
    for r in reading.reported:
        for name in ("hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio"):
            if (figure := r.figure(name)) is not None and not figure.printed.bound:
                found[figure.start, figure.end] = figure.printed
    for line in lines(reading, ("abstract", "methods", "results", "body", "discussion", "conclusion", "figure legend")):
        for e in effects(line):
            if e.kind == "ratio" and e.value is not None:
                found.setdefault((e.start, e.end), e.value)
        for m in RATIO.finditer(line.words):
            found.setdefault((line.start + m.start("v"), line.start + m.end("v")), Printed.parse(m["v"]))
    for table in reading.document.tables:
        for m in _CELL.finditer(reading.document.plain, table.start, table.end):
            found.setdefault((m.start("v"), m.end("v")), Printed.parse(m["v"].replace("·", ".")))
    return [(v, k) for k, v in found.items() if v.value > 0]


_CELL = Expression(r"(?<![\d.·-])(?P<v>\d+[.·]\d+)\s*[(\[]\s*\d+[.·]\d+\s*(?:to|,|;|-|–)\s*\d+[.·]\d+")
