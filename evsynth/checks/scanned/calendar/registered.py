"""A date of registration, printed in words, after the start of enrolment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.calendar.enrolment import enrolments
from evsynth.checks.scanned.calendar.moments import Moment, moments
from evsynth.checks.scanned.design.registration import registration
from evsynth.checks.scanned.prose import Line, is_randomised, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("REGISTERED_LATE",)

_ANY: tuple[Role, ...] = ("title", "abstract", "methods", "results", "body", "registration", "back matter",
                          "front matter")  # fmt: skip
_NUMBER = Expression(
    r"\b(?:NCT ?[0-9]{8}|ISRCTN ?[0-9]{6,8}|ChiCTR[-A-Z ]*[0-9]{8,10}|DRKS ?[0-9]{8}|UMIN-?(?:CTR)?[ -]?[0-9]{9}|"
    r"ACTRN ?[0-9]{14}p?|CTRI/[0-9/]+|IRCT ?[0-9]+(?:N[0-9]+)?|PACTR ?[0-9]+|NTR ?[0-9]{3,5}|NL ?[0-9]{4,5}|"
    r"jRCTs?[0-9]+|KCT ?[0-9]{7}|TCTR ?[0-9]+|RBR-?[0-9a-z]+|SLCTR/[0-9/]+|EudraCT)",
    re.I,
)
_NAMED = Expression(
    r"\b(?:clinical ?trials?(?:\.gov)?|trials? regist\w+|clinical trials? registry|regist\w+ of clinical trials|"
    r"(?:trial|study|protocol)(?: that| which)? (?:was|is|had been|has been) (?:\w+ly )?registered)\b",
    re.I,
)
_SAID = Expression(
    r"\b(?:(?:date of )?(?:trial |first )?registration(?: date| on)?|registered|posted|submitted to the registry)\b",
    re.I,
)
_NOT_FIRST = Expression(
    r"\b(?:updat\w*|amend\w*|last|modif\w*|completed?|completion|registered (?:nurses?|patients|users|voters|"
    r"births|deaths|at the|with a general))\b",
    re.I,
)
_ELSE = Expression(r"\bsecondary analysis|\bpost[ -]hoc analysis|\bmeta-analysis|\bsystematic review", re.I)
_PROSPECTIVE = Expression(r"\bprospective|\btrial\b|\bwere (?:enrolled|recruited)\b", re.I)


class _Dated(NamedTuple):
    line: Line
    moment: Moment
    start: int


def registered(reading: Reading) -> Iterator[Finding]:
    """Compare a printed date of registration with the start of enrolment of a prospective study.

    Any order of day, month and year. Left alone: what `registration` finds, updates of an entry, registered patients,
    retrospective studies, secondary analyses and reviews, and dates in the month (or year) in which enrolment began.
    """
    when = _registered(reading)
    if when is None or says(reading, _ELSE, ("title", "abstract")) or any(registration(reading)):
        return
    if not (is_randomised(reading) or says(reading, _PROSPECTIVE, ("title", "abstract", "methods", "body"))):
        return
    if says(reading, Expression(r"\bretrospective(?:ly)?\b", re.I), ("title", "abstract")):
        return
    begun = enrolments(reading)
    if not begun or any(when.moment.first <= e.opens.last for e in begun):
        return
    first = min(begun, key=lambda e: e.opens.first)
    shown = " ".join(when.line.words[when.start : when.moment.end].split())
    ended = first.closes is not None and when.moment.first > first.closes.last
    yield reading.finding(
        "REGISTERED_LATE", "concern",
        f"the registration ('{shown}') is dated after enrolment had {'ended' if ended else 'begun'} ('{first.text}')",
        "a registry may have taken long, or the date may be that of a later entry; but endpoints were then registered "
        "when data could already be known",
        quotes=((when.line.start + when.start, when.line.start + when.moment.end), first.spot),
    )  # fmt: skip


def _registered(reading: Reading) -> _Dated | None:
    """Give the only date of registration; None where several are told, or none."""
    found: list[_Dated] = []
    before = ""
    for line in lines(reading, _ANY):
        it = re.match(r"\s*(?:it|this) (?:was|is|had been) (?:\w+ly )?registered\b", line.words, re.I)
        about = _NUMBER.search(line.words) or _NAMED.search(line.words) or line.role == "registration" or it
        follows = re.match(r"\s*(?:\w+ly )?(?:registered|registration date|date of registration)\b", line.words, re.I)
        if about or (follows and _NUMBER.search(before)):
            found += _dates(line)
        before = line.words
    days = {(d.moment.first, d.moment.last) for d in found}
    return found[0] if len(days) == 1 else None


def _dates(line: Line) -> Iterator[_Dated]:
    for moment in moments(line.words):
        head = line.words[max(0, moment.start - 90) : moment.start]
        head = re.split(r"\.\s|;\s(?=\S)(?!registered|first|date)", head)[-1]
        said = [m for m in _SAID.finditer(head) if len(head) - m.end() <= 60] or [
            m for m in _NUMBER.finditer(head) if moment.exact and re.fullmatch(r"\s*[(,;:]\s*(?:on )?", head[m.end() :])
        ]
        if (
            not said
            or _NOT_FIRST.search(head[said[0].start() :])
            or re.search(
                r"\bapprov\w*|\benrol\w*|\brecruit\w*|"
                r"\bbetween\b|\bfrom\b",
                head[said[-1].end() :],
                re.I,
            )
        ):
            continue
        yield _Dated(line, moment, moment.start - len(head) + said[-1].start())
