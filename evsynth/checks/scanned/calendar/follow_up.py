"""Follow-up against the dates of a study: longer than there was time for, or ended too soon after the last entry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.durations import UNIT, Duration, durations, in_days, ordinal
from evsynth.checks.scanned.calendar.followed_too_long import too_long
from evsynth.checks.scanned.calendar.study_dates import Study, end_of_follow_up, last_entries, last_years, study_dates
from evsynth.checks.scanned.facts.counts import WORD
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_FIXED = Expression(
    r"(?:\b(?:each|all|every|both|patients|participants|women|men|children|infants|they|who|and|was|were|subjects|"
    r"adults)\b[^.;]{0,30}?"
    r"\b(?:followed|followed[- ]up|observed|monitored)(?: up)? for(?: a (?:further|total of|period of))?\s|"
    r"\bfollow-? ?up(?: period| time| duration)?(?: (?:of|was|lasted|for|comprised))?\s(?:exactly\s)?|"
    r"\bfixed follow-? ?up of\s)$", re.I,
)  # fmt: skip
_FOR_ALL = Expression(
    rf"(?:\b(?:each|every|all|everyone|everybody)\b[^.;]{{0,45}}?\b"
    rf"(?:follow(?:ed)?(?:-?\s?up)?|observed|monitored|observation)(?: period| time)? (?:of|for) "
    rf"(?:at least|a minimum of|no less than) (?:a )?|\b(?:minimum|shortest|minimal)(?: potential| possible)? "
    rf"(?:follow-?\s?up|observation)(?: period| time| of all \w+)? (?:was|is|of|being) (?:therefore |thus )?|"
    rf"\b(?:so that|thus|therefore|hence|allowing|ensuring|guaranteeing|giving|leaving)\b[^.;\d]{{0,60}}?"
    rf"(?:at least |a minimum of |the full |a full )?|\b(?:leaving|left|leaves|allow\w*|gave|giving|provid\w+|"
    rf"ensur\w+) "
    rf"(?:at least |a minimum of |the full |a full )?(?=[\w-]+ \w+ of (?:observation|follow-?up)))(?P<number>\d{{1,3}}|"
    rf"{WORD})(?:\s|-)(?:full\s)?{UNIT}"
    rf"(?P<after>[^.;]{{0,60}})", re.I,
)  # fmt: skip
"""What every patient had, or could have had: "each patient had a potential follow-up of at least 24 months"."""
_BY_CHOICE = Expression(
    r"\b(?:eligib\w*|required|criteri\w*|included|were analy[sz]ed|with at least|restricted|limited|planned|median|"
    r"mean|"
    r"excluded|subset|extension)\b", re.I,
)  # fmt: skip
_TAKEN = Expression(
    r"\b(?:outcomes?|assessments?|measurements?|interviews?|examinations?)\b[^.;\d]{0,40}?\b(?:at|"
    r"after)\s(?P<times>[^.;]{3,60}?),? the"
    r" last\b", re.I,
)  # fmt: skip
_VISIT = Expression(
    rf"\b(?:last|final)\s(?P<number>\d{{1,3}})-{UNIT}\s(?:visit|assessment|follow-? ?up|interview|examination)", re.I
)
_LAST_DAY = Expression(
    r"\b(?:last|final)\s(?:[a-z]+\s){0,2}(?:contact|visit|assessment|follow-?up)\s\((?:on |at )?"
    r"(?P<unit>day|week|month)\s(?P<number>\d{1,3})\)", re.I,
)  # fmt: skip
"""The day of the last visit: "the last safety contact (day 181)"."""
_LOOSE = Expression(r"\b(?:at least|up to|median|mean|minimum|maximum|planned|average|longest|about|until|"
                    r"or (?:until|death|"
                    r"more|longer)|interim|subset|open-label|extension|modelled|simulated)\b", re.I)  # fmt: skip


def follow_up(reading: Reading) -> Iterator[Finding]:
    """Compare the end and the length of follow-up with the dates on which patients entered.

    Found: an end before the last patients entered, or too soon after it for a follow-up of a fixed length; a follow-up,
    or the end of its range, longer than the time from the first patient to the end. Left alone: other groups' windows,
    searches, studies of others, lengths that are medians or that end with death.
    """
    study = study_dates(reading)
    found = next((f for check in (_after, _too_soon) for f in check(reading, study)), None)
    if found is not None:
        yield found
    yield from too_long(reading, study)


def _after(reading: Reading, study: Study) -> Iterator[Finding]:
    end = end_of_follow_up(study)
    if end is None:
        return
    for last in last_entries(study):
        if end.moment.last < last.moment.first and end.spot != last.spot:
            yield reading.finding(
                "DATES", "error",
                f"follow-up until {' '.join(end.text.split())} is inconsistent with patients who entered until "
                f"{' '.join(last.text.split())}",
                "the window may be that of another group of patients; otherwise a year is misprinted",
                quotes=(end.spot, last.spot),
            )  # fmt: skip
            return


def _too_soon(reading: Reading, study: Study) -> Iterator[Finding]:
    end, fixed = end_of_follow_up(study), _fixed(reading)
    if end is None or fixed is None:
        return
    for last in (*last_entries(study), *last_years(study)):
        there = ordinal(end.moment.last) - ordinal(last.moment.first) + 1
        if 0 <= there < 0.85 * fixed[0].days - 7:
            yield reading.finding(
                "DATES", "error",
                f"follow-up for {fixed[0].text} is inconsistent with its end, {' '.join(end.text.split())}: patients "
                f"entered until {' '.join(last.text.split())}, at most {there} days before",
                "the last patients may have been followed for a shorter time; otherwise a date is misprinted",
                quotes=(end.spot, last.spot, fixed[1]), computed=(("days", str(there)),),
            )  # fmt: skip
            return


def _fixed(reading: Reading) -> tuple[Duration, Spot] | None:
    """Give the length of follow-up that the paper says every patient had; None where it tells several, or none."""
    found: list[tuple[Duration, Spot]] = []
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        for told in durations(line.words):
            before = line.words[: told.start]
            if _FIXED.search(before) and not _LOOSE.search(
                re.sub(
                    r"\buntil (?:\d{1,2} )?[A-Z][a-z]+,? "
                    r"\d{4}",
                    " ",
                    before[-60:],
                )
                + re.sub(r"the last (?:one )?until", "", line.words[told.end : told.end + 25])
            ):
                found.append((told, (line.start + told.start, line.start + told.end)))
        for match in () if _BY_CHOICE.search(line.words) else _FOR_ALL.finditer(line.words):
            if re.search(r"\bfollow|\bobserv", match[0], re.I):
                days = in_days(match["number"], match["unit"])
                told = Duration(days, days, days, match.start(), match.end(), f"{match['number']} {match['unit']}")
                found.append((told, (line.start + match.start(), line.start + match.end("unit"))))
        for match in _TAKEN.finditer(line.words):
            longest = max(durations(match["times"]), key=lambda d: d.days, default=None)
            if longest is not None:
                first = line.start + match.start("times")
                found.append((longest, (first + longest.start, first + longest.end)))
        for match in _LAST_DAY.finditer(line.words):
            days = in_days(match["number"], match["unit"])
            found.append((Duration(days, days, days, match.start(), match.end(), match[0]), line.piece(match)))
        for match in _VISIT.finditer(line.words):
            days = in_days(match["number"], match["unit"])
            found.append((Duration(days, days, days, match.start(), match.end(), match[0]), line.piece(match)))
    return found[0] if len({round(f[0].days / 8) for f in found}) == 1 else None
