"""A study was registered after it had begun."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.moments import MONTHS
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("REGISTERED_LATE",)

_NUMBER = Expression(
    r"\b(?:ChiCTR[ -]?(?P<chictr>(?:1[0-9]|2[0-9]))[0-9]{8}|ChiCTR-[A-Z]{2,4}-(?P<older>[01][0-9])[0-9]{6}|"
    r"CTRI/(?P<ctri>20[0-9]{2})/[0-9]{2}/[0-9]+|IRCT(?P<irct>20[0-9]{2})[0-9]+N[0-9]+|"
    r"PACTR(?P<pactr>20[0-9]{2})[0-9]+|ACTRN126(?P<actrn>[0-2][0-9])[0-9]{6}p?|EudraCT[ :]*(?:number "
    r")?(?P<eudra>20[0-9]{2})-[0-9]{6}-[0-9]{2}|CRD42(?P<crd>0[0-9]{2})[0-9]+|DRKS[0-9]{8}|NCT[0-9]{8}|"
    r"ISRCTN[0-9]{6,8}|UMIN[0-9]{9}|jRCT[a-z]?[0-9]{9,10}|KCT[0-9]{7}|TCTR(?P<tctr>20[0-9]{2})[0-9]+)"
)
"""Registry numbers; a named group holds the year (or its last two digits) where it is part of the number."""

_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = Expression(
    rf"\b(?:(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?\s+)?{_MONTH}\s*(?:[0-3]?[0-9](?:st|nd|rd|th)?,?\s+)?,?\s*{_YEAR}"
)
_DATED = Expression(rf"\b(?:trial|study|protocol)\b[^.;]{{0,60}}\bregistered\b[^.;]{{0,80}}?(?:{_YEAR})", re.I)
_AFTERWARDS = Expression(
    r"\bregistered (?:retrospectively|retroactively|after (?:the )?(?:enrolment|enrollment|recruitment|start|first "
    r"patient|"
    r"completion))|\b(?:retrospectively|retroactively) registered|\bretrospective registration",
    re.I,
)
_BEGAN = Expression(
    rf"\b(?:first (?:patient|participant|subject|child|woman|man) (?:was |were )?(?:enrolled|recruited|randomi[sz]ed|"
    rf"included|entered)|(?:recruitment|enrolment|enrollment|inclusion|randomi[sz]ation) (?:of patients )?(?:began|"
    rf"started|"
    rf"commenced|opened))\b[^.;]{{0,20}}?\b(?:on|in)\s+(?:[0-3]?[0-9](?:st|nd|rd|th)?\s+)?"
    rf"(?:{_MONTH}\s*(?:[0-3]?[0-9],\s*)?)?{_YEAR}",
    re.I,
)
_REGISTERED_ON = Expression(
    rf"\bregist(?:ered|ration)\b\s*(?:date\s*)?(?:on|in|:|was)?\s*(?:(?:[0-3]?[0-9](?:st|nd|rd|th)?\s+)?{_MONTH}\s*"
    rf"(?:[0-3]?[0-9],?\s+)?{_YEAR}|[0-3]?[0-9][/.][01]?[0-9][/.](?P<year2>20[0-9]{{2}}))",
    re.I,
)
_REGISTERED = Expression(r"\bregist(?:ered|ration)\b", re.I)
_RECRUITED = Expression(
    r"\b(?:enrol|recruit|randomi[sz]|includ|participants|patients|children|women|men|adults|took place|"
    r"conducted|consecutive|hospitali[sz]ed|admitted|treated|diagnosed)[a-z]*\b",
    re.I,
)
_WINDOW = Expression(
    rf"\b(?:from|between|in|during)\s+(?:the\s+)?(?:[0-3]?[0-9]\s+)?(?:(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|"
    rf"Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+)?(?:[0-3]?[0-9],\s+)?{_YEAR}\s*(?:to|and|until|through|till|"
    rf"[-–—])\s*(?:[0-3]?[0-9]\s+)?(?:[A-Z][a-z]+\.?\s+)?(?:[0-3]?[0-9],\s+)?(?P<last>(?:19|20)[0-9]{{2}})"
)
_PEOPLE = Expression(r"\b(?:patients|participants|subjects|cases|women|men|children)\b[^.;]{0,25}$", re.I)
"""Before the word: it is they who were registered."""
_PROSPECTIVE = Expression(r"\bprospective|\btrial\b|randomi[sz]ed", re.I)
_RETROSPECTIVE = Expression(r"\bretrospective", re.I)


def registration(reading: Reading) -> Iterator[Finding]:
    """Compare the year (or month) of registration with the start of enrolment of a prospective study.

    The date of registration is printed beside the number, or its year is part of the number. Left alone: numbers that
    tell no year, retrospective studies, and registration in the year in which enrolment began.
    """
    number = next(((x, m) for x in lines(reading, _ANY) for m in _NUMBER.finditer(x.words)), None) or next(
        ((x, m) for x in lines(reading, _ANY) if (m := _DATED.search(x.words))), None
    )
    late = next(
        ((x, m) for x in lines(reading, _ANY)
         if (m := _AFTERWARDS.search(x.words)) and not _PEOPLE.search(x.words[: m.start()])), None
    )  # fmt: skip
    if late is not None:
        yield reading.finding(
            "REGISTERED_LATE", "concern", f"the study says that it was registered late: "
            f"'{' '.join(late[1][0].split())}'",
            "a registry accepts this openly; but endpoints were then registered when data could already be known",
            quotes=(late[0].whole,),
        )  # fmt: skip
        return
    if number is None:
        return
    line, match = number
    registered = _registered(line, match)
    window = _window(reading)
    if registered is None or window is None:
        return
    started_line, found, start = window
    if registered <= start:
        return
    shown = f"{registered[0]}" if registered[1] == 0 else f"{MONTHS[registered[1] - 1].capitalize()} {registered[0]}"
    last = int(found["last"]) if "last" in found.groupdict() else 9999
    when = "after enrolment had ended" if registered[0] > last else "after enrolment had begun"
    yield reading.finding(
        "REGISTERED_LATE", "concern",
        f"the registration ({' '.join(match[0].split())}, {shown}) is dated {when} ('{' '.join(found[0].split())}')",
        "a registry may have taken long, or the number may belong to a larger project; but endpoints were "
            "then registered when data "
        "could already be known",
        quotes=(line.piece(match), started_line.piece(found)),
    )  # fmt: skip


_ANY: tuple[Role, ...] = (
    "title",
    "abstract",
    "methods",
    "results",
    "body",
    "registration",
    "back matter",
    "front matter",
)


def _registered(line: Line, match: re.Match[str]) -> tuple[int, int] | None:
    """Give year and month (0 where only the year is told) of registration."""
    near = line.words[max(0, match.start() - 110) : match.end() + 110]
    if _DATED.gave(match):
        dates = list(_DATE.finditer(match[0]))
        if dates:
            return int(dates[0]["year"]), MONTHS.index(dates[0]["month"].lower()[:3]) + 1
        return int(match["year"]), 0
    if _REGISTERED.search(line.words):
        dated = _REGISTERED_ON.search(near)
        if dated:
            month = dated["month"]
            return int(dated["year"] or dated["year2"]), MONTHS.index(month.lower()[:3]) + 1 if month else 0
        dates = list(_DATE.finditer(near))
        if len(dates) == 1:
            return int(dates[0]["year"]), MONTHS.index(dates[0]["month"].lower()) + 1
    for name in ("ctri", "irct", "pactr", "eudra", "tctr"):
        if match[name]:
            return int(match[name]), 0
    for name in ("chictr", "older", "actrn"):
        if match[name]:
            return 2000 + int(match[name]), 0
    return None


def _window(reading: Reading) -> tuple[Line, re.Match[str], tuple[int, int]] | None:
    """Give the calendar window of the prospective part, if the paper tells one."""
    for line in lines(reading, ("methods", "abstract", "results", "body")):
        began = _BEGAN.search(line.words)
        if began:
            month = MONTHS.index(began["month"].lower()[:3]) + 1 if began["month"] else 12
            return line, began, (int(began["year"]), month)
    windows = [
        (line, m)
        for line in lines(reading, ("methods", "abstract", "results", "body"))
        if _RECRUITED.search(line.words)
        for m in _WINDOW.finditer(line.words)
    ]
    mixed = any(_RETROSPECTIVE.search(line.words) for line in lines(reading))
    for line, m in windows:
        own = line.words[: m.end() + 60]
        if (_PROSPECTIVE.search(own) and not _RETROSPECTIVE.search(own)) or not mixed:
            month = MONTHS.index(m["month"].lower()) + 1 if m["month"] else 12
            return line, m, (int(m["year"]), month)
    return None
