"""Times beyond what the study allows: an event after the end of follow-up, more days than the diary has, "day 402"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.calendar.durations import DURATION, in_days
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_UNITS = r"(?P<{0}>days?|weeks?|months?|years?)"
_FOLLOWED = Expression(
    r"(?:\b(?:follow(?:ed)?(?:[- ]?up)?|observ(?:ed|ation)|monitored|surveillance)\b(?:(?!\bat least\b|\bmedian\b|"
    r"\bmean\b)[^.;\d]){0,45}?\b(?:until|till|to|through|up to|ended (?:at|on|after|with)|end(?:ed)? (?:at|on"
    r"|after)|for|"
    r"closed (?:at|after|on)|stopped (?:at|on|after)|lasted|was limited to|censored at)\s(?:death\s(?:or\s"
    r"(?:until\s)?|,\s)|"
    r"(?:relapse|recurrence|event|discharge)\s(?:or\s)|a (?:maximum|total) of\s|a period of\s|the\s|end of\s)*"
    r"|\bcensored (?:at|on|after)\s)"
    rf"(?:(?P<named>day|week|month)\s(?P<at>\d{{1,4}})|(?P<number>\d{{1,4}}|[a-z]{{3,9}})(?:\s|"
    rf"-){_UNITS.format('unit')})\b",
    re.I,
)  # fmt: skip
_EVENT = Expression(
    r"\b(?:deaths?|died|relaps\w+|recur\w+|events?|infections?|reject\w+|fail\w+|lost|occurred|fractures?|strokes?|"
    r"bleeds?|bleeding|"
    r"readmissions?|cases?|failures?|flares?|exacerbations?|seizures?|leaks?|complications?|progression|rebleeding|"
    r"reoperations?|revisions?|conversions?|thrombos[ie]s|losses|attacks?|episodes?|dislocations?|transplantations?|"
    r"remissions?|responses?|healing|falls?)\b", re.I,
)  # fmt: skip
_TIMED = Expression(
    rf"\b(?:on|until|at|by|to|after|and)\s(?:post-?operative\s|study\s|about\s)?(?P<named>day|week|"
    rf"month)\s(?P<at>\d{{1,4}})\b"
    rf"|(?:\b(?:at|after|of)|\btime to [a-z -]{{3,40}}\s(?:was|were|averaged))\s(?:a\s)?(?:(?:median|mean|average"
    rf"|maximum)(?:\sof)?\s)?(?P<number>\d{{1,4}}(?:\.\d+)?)(?:\s|-)"
    rf"{_UNITS.format('unit')}\b(?!\s(?:of age|old|before|earlier|previously|or (?:more|longer)|apart))", re.I,
)  # fmt: skip
_LATER = Expression(
    r"\b(?:extension|extended|long-term|later|beyond|after (?:the end of|completion)|open-label|previous|earlier|et al|"
    r"subset|passive|register|registry|planned|will|would|expected|simulat\w*|survivors|interim|age[ds]?|old|"
    r"treatment with|dose|history|before|since|post hoc|second|other stud\w+|optional|median follow|mean follow|"
    r"longer|maintenance|trial was|at least|or more|minimum)\b", re.I,
)  # fmt: skip
_OCCURRED = Expression(
    r"\b(?:last|latest|first|occurr\w+|seen|happened|observed|recorded|took place|developed|died|relapsed|recurred|was|"
    r"were|came|between|ranged?|median|appeared|diagnosed)\b", re.I,
)  # fmt: skip
_DIARY = Expression(
    r"\b(?:diar(?:y|ies)|recorded|record|daily|for|over|during|throughout|in|of|kept|all|each|the|per|a)\s(?:the\s|"
    r"all\s|"
    r"a\s|full\s|last\s|following\s|first\s|next\s)*(?P<days>\d{1,3})(?:\s|-)(?:consecutive\s|calendar\s|diary\s)?"
    r"(?:days|day)\b", re.I,
)  # fmt: skip
_COUNTED = Expression(
    r"\b(?:(?P<what>[a-z]+(?:-|\s)free|symptom-free|pain-free|migraine|headache|attack-free|bed|reliever|rescue|dry|"
    r"drinking|"
    r"seizure-free|smoke-free|hospital-free|ventilator-free|sick|ill|affected|abstinent)\s?days?\b|\bfree (?:of"
    r"|from) [a-z ]{3,30}? "
    r"on\b|\b(?:needed|used|present|taken|felt|had|abstinent|recorded|absent|ill|well) on\b)", re.I,
)  # fmt: skip
_DAYS_TOLD = Expression(
    r"\b(?:median|mean|average)s?\b(?:\s[a-z-]+){0,7}?\s(?P<a>\d{1,3}(?:\.\d+)?)(?![\d%]|\s?%|\s?of\b)"
    r"|\b(?:numbered|averaged|amounted to|were|was|had)\s(?:an?\s(?:median|mean|average)\sof\s)?(?P<b>\d{1,3}"
    r"(?:\.\d+)?)"
    r"(?=\s(?:\(|days|with|in|and|on|versus|vs))", re.I,
)  # fmt: skip


class _End(NamedTuple):
    days: float
    text: str
    spot: Spot


def horizon(reading: Reading) -> Iterator[Finding]:
    """Hold the times of events against a follow-up with a fixed end, and counts of days against the days recorded.

    The end is the one that title, abstract and methods tell; where they tell several, the longest. Left alone:
    extensions and later observation, ages, plans, other studies.
    """
    every = list(lines(reading, ("title", "abstract", "methods", "results", "body")))
    ends = [e for line in every if line.role != "results" for e in _ends(line)]
    if ends:
        last = max(ends, key=lambda e: e.days)
        yield from _events(reading, every, last)
    yield from _counted(reading, every)


def _ends(line: Line) -> Iterator[_End]:
    for match in _FOLLOWED.finditer(line.words):
        if re.search(r"\b(?:at least|median|mean|minimum|interim|average|or longer|or more)\b",
                     line.words[max(0, match.start() - 15) : match.end() + 18], re.I):  # fmt: skip
            continue
        number = match["at"] or match["number"]
        if not number[0].isdigit() and not DURATION.match(f"{number} days"):
            continue
        days = in_days(number, match["named"] or match["unit"])
        yield _End(days, " ".join(match[0].split()), line.piece(match))


def _events(reading: Reading, every: list[Line], end: _End) -> Iterator[Finding]:
    told = " ".join(line.words for line in every)
    if re.search(
        r"\b(?:extension|open-label (?:phase|period)|long-term follow|extended follow|passive follow)\b", told, re.I
    ):
        return
    longest = max((d for line in every for d in _lengths_of_study(line)), default=0.0)
    for line in every:
        if line.role in ("title", "methods") or not _EVENT.search(line.words):
            continue
        for match in _TIMED.finditer(line.words):
            clause = re.split(r"[;:]|\.\s", line.words[: match.start()])[-1]
            if _LATER.search(clause + line.words[match.start() : match.end() + 25]) or not _EVENT.search(clause):
                continue
            if not _OCCURRED.search(clause):
                continue
            days = in_days(match["at"] or match["number"], match["named"] or match["unit"])
            start, stop = line.piece(match)
            if end.spot[0] <= start < end.spot[1] or not 1.04 * end.days + 3 < days <= 6 * end.days or longest >= days:
                continue
            yield reading.finding(
                "DATES", "error", f"an event '{' '.join(match[0].split())}' is inconsistent with the end of follow-up "
                f"('{end.text[-60:]}')",
                "time may be counted from an earlier day; otherwise a digit is misprinted",
                quotes=((start, stop), end.spot),
            )  # fmt: skip
            return


def _lengths_of_study(line: Line) -> Iterator[float]:
    """Give the lengths of follow-up that are no fixed end: medians, "at 24 months", follow-up of 5 years."""
    if re.search(r"\bfollow|\bobserv|\bmonitor|\bassess|\bvisit|\bsurviv", line.words, re.I) and not _EVENT.search(
        line.words
    ):
        for match in DURATION.finditer(line.words):
            yield in_days(match["number"], match["unit"])


def _counted(reading: Reading, every: list[Line]) -> Iterator[Finding]:
    told = [(line, m) for line in every for m in _DIARY.finditer(line.words)
            if re.search(r"\bdiar|\brecord|\bdaily|\bkept|\bnoted|\bdays of\b", line.words, re.I)]  # fmt: skip
    if not told:
        return
    first, most = max(told, key=lambda x: int(x[1]["days"]))
    limit = int(most["days"])
    if not 5 <= limit <= 120:
        return
    for line in every:
        if line.start < first.start or not _COUNTED.search(line.words):
            continue
        for match in _DAYS_TOLD.finditer(line.words):
            if line is first and match.start() < most.end():
                continue
            text = match["a"] or match["b"]
            clause = re.split(r";|\.\s", line.words[: match.end()])[-1] + line.words[match.end() : match.end() + 25]
            if not limit < float(text) <= 3 * limit or not _COUNTED.search(clause) or re.search(
                r"\b(?:age|aged|score|percent|per cent|dose|year|differ\w*|change|stay)\b|%", clause, re.I
            ):  # fmt: skip
                continue
            name = "a" if match["a"] else "b"
            yield reading.finding(
                "DATES", "error", f"{text} days are more than the {limit} that were recorded",
                "several periods may have been added; otherwise a digit is misprinted",
                quotes=((line.start + match.start(name), line.start + match.end(name)), first.piece(most)),
            )  # fmt: skip
            return
