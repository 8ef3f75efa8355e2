"""Follow-up against the dates of a study: longer than there was time for, or ended too soon after the last entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.calendar.durations import DAYS, UNIT, Duration, durations, in_days, ordinal
from evsynth.checks.scanned.calendar.moments import Moment, Period, moments, periods
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding

CODES = ("DATES",)

_RECRUITED = re.compile(
    r"\b(?:recruit\w*|enrol\w*|admitted|diagnosed|underwent|started|treated|seen|consecutive|identified|included|had|"
    r"hospitali[sz]ed|presented|reviewed|discussed|patients|participants|received|randomi[sz]\w+|accrual|inclusion|"
    r"transplant\w*|operated|born|births?|delivered|invited|examined)\b",
    re.I,
)
_NOT_PATIENTS = re.compile(
    r"\b(?:search\w*|publish\w*|PubMed|Embase|MEDLINE|literature|guideline\w*|pandemic|registered|approv\w*|census|"
    r"previous (?:study|cohort)|earlier (?:study|cohort))\b", re.I,
)  # fmt: skip
_END = re.compile(
    r"(?:\b(?:(?:final|last|end of|complete\w*|completion of) (?:the )?(?:study |patient )?(?:follow-? ?up|visit|"
    r"observation|assessment|"
    r"examination|interview|contact|\d+-(?:week|month|day|year) (?:visit|assessment|follow-? ?up|interview|"
    r"examination))"
    r"(?: (?:visit|date|assessment|examination|of (?:all|the last) \w+|for (?:all|the last) \w+))?|"
    r"(?:last|final|closing|end) (?:date|day) of (?:the )?(?:study |patient )?(?:follow-? ?up|observation)|"
    r"follow-? ?up(?: period)?(?: (?:of|for) [^.;]{1,40}?)? (?:ended|end|closed|finished|concluded|(?:was|"
    r"were) (?:completed?|closed|ended|"
    r"concluded|stopped|censored)|until|till|to|through|continued until|lasted until|extended to|ran (?:to|until))|"
    r"followed(?: up)? (?:until|till|to|through)|observation (?:period )?(?:closed|ended)|data (?:lock|cut-? ?off)|"
    r"database (?:was )?(?:locked|closed|lock)|censored (?:on|at)|cut-?off date|(?:study|trial) (?:ended|closed|"
    r"was (?:closed|"
    r"completed|terminated))|last (?:patient|participant) (?:completed|finished|left)[^.;]{0,30})"
    r"(?: (?:was|were|took place|occurred|happened|of (?:this|the) (?:study|trial)|date))*)"
    r"\s*(?:[,(:]|in|on|at|by|until|the)?\s*(?:the\s)?(?:end of\s)?(?:the year\s)?$",
    re.I,
)
_LAST_IN = re.compile(
    r"\b(?:last|final) (?:patient|participant|subject|woman|child|person|infant|man|one|recruit)s? (?:was |were |"
    r"had been )?"
    r"(?:randomi[sz]ed|enrol+ed|included|recruited|treated|admitted|operated(?: on)?|entered)\s*(?:on|in)?\s*$", re.I,
)  # fmt: skip
_FIXED = re.compile(
    r"(?:\b(?:each|all|every|both|patients|participants|women|men|children|infants|they|who|and|was|were|subjects|"
    r"adults)\b[^.;]{0,30}?"
    r"\b(?:followed|followed[- ]up|observed|monitored)(?: up)? for(?: a (?:further|total of|period of))?\s|"
    r"\bfollow-? ?up(?: period| time| duration)?(?: (?:of|was|lasted|for|comprised))?\s(?:exactly\s)?|"
    r"\bfixed follow-? ?up of\s)$", re.I,
)  # fmt: skip
_VISIT = re.compile(
    rf"\b(?:last|final)\s(?P<number>\d{{1,3}})-{UNIT}\s(?:visit|assessment|follow-? ?up|interview|examination)", re.I
)
_ABOUT_TIME = re.compile(r"\bfollow\w*(?:[- ]?up)?\b|person-? ?years|patient-? ?years|\bobserv(?:ed|ation)\b", re.I)
_RANGE = re.compile(
    rf"\brange[d,:]?\s?(?:was |of |from |"
    rf"between )?(?P<low>\d+(?:\.\d+)?)\s?(?:{UNIT.replace('unit', 'unit0')})?\s?(?:-|to|and)\s?"
    rf"(?P<high>\d+(?:\.\d+)?)\s?(?:{UNIT})?", re.I,
)  # fmt: skip
_CENTRE = re.compile(
    rf"\b(?:median|mean|average|maximum|longest)\b[^.;()\d]{{0,70}}?(?P<number>\d+(?:\.\d+)?)\s?"
    rf"(?P<rest>[(\[][^)\]]*[)\]]|(?:±|\+/-)\s*[\d.]+)?\s*(?:{UNIT})", re.I,
)  # fmt: skip
_REVERSED = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?)\s?{UNIT}\s(?:in|on|as)\s(?:the\s|a\s)?(?:median|mean|average)(?P<rest>)", re.I
)
_NOT_TIME = re.compile(
    r"\b(?:age[ds]?|old|stay|dose|score|symptoms?|disease duration|duration of (?:disease|symptoms|treatment|therapy)|"
    r"treatment|survival|interval|previous|before)\b", re.I,
)  # fmt: skip
_CITED = re.compile(r"\[\d{1,3}(?:[,-]\s?\d{1,3})*\]\s*\.?\s*$|\bet al\b|\bother stud(?:y|ies)\b", re.I)
_LOOSE = re.compile(r"\b(?:at least|up to|median|mean|minimum|maximum|planned|average|longest|about|until|"
                    r"or (?:until|death|"
                    r"more|longer)|interim|subset|open-label|extension|modelled|simulated)\b", re.I)  # fmt: skip

FAR = 100
"""How far before a length, in characters, the words "follow-up" may stand."""


class Told(NamedTuple):
    """A date of the study, the piece of the document that tells it, and its words."""

    moment: Moment
    spot: Spot
    text: str


class Study(NamedTuple):
    """The periods in which patients entered, and the dates on which follow-up, or entering, is said to have ended."""

    windows: tuple[tuple[Period, Spot, str], ...]
    ends: tuple[Told, ...]
    entered: tuple[Told, ...]


def follow_up(reading: Reading) -> Iterator[Finding]:
    """Compare the end and the length of follow-up with the dates on which patients entered.

    Found: an end before the last patients entered, or too soon after it for a follow-up of a fixed length; a follow-up,
    or the end of its range, longer than the time from the first patient to the end. Left alone: other groups' windows,
    searches, studies of others, lengths that are medians or that end with death.
    """
    study = _study(reading)
    found = next((f for check in (_after, _too_soon) for f in check(reading, study)), None)
    if found is not None:
        yield found
    yield from _too_long(reading, study)


def _study(reading: Reading) -> Study:
    windows, ends, entered = [], [], []
    for line in lines(reading, ("title", "abstract", "methods", "results", "body")):
        words = line.words
        if _RECRUITED.search(words) and not _NOT_PATIENTS.search(words):
            for period in periods(words):
                if period.closes.last >= period.opens.first and not _END.search(words[: period.opens.start]):
                    spot = line.start + period.opens.start, line.start + period.closes.end
                    windows.append((period, spot, words[period.opens.start : period.closes.end]))
        for moment in moments(words):
            told = Told(moment, (line.start + moment.start, line.start + moment.end), words[moment.start : moment.end])
            if _END.search(words[: moment.start]) and not re.search(r"\binterim|\bpilot", words, re.I):
                ends.append(told)
            if _LAST_IN.search(words[: moment.start]):
                entered.append(told)
    return Study(tuple(windows), tuple(ends), tuple(entered))


def _last_entries(study: Study) -> list[Told]:
    found = [Told(p.closes, spot, text) for p, spot, text in study.windows if p.closes.exact]
    return [*study.entered, *found]


def _end(study: Study) -> Told | None:
    """Give the end of follow-up, where one is told."""
    exact = [e for e in study.ends if e.moment.exact]
    return exact[0] if len({(e.moment.first, e.moment.last) for e in exact}) == 1 else None


def _after(reading: Reading, study: Study) -> Iterator[Finding]:
    end = _end(study)
    if end is None:
        return
    for last in _last_entries(study):
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
    end, fixed = _end(study), _fixed(reading)
    if end is None or fixed is None:
        return
    for last in _last_entries(study):
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
            if _FIXED.search(before) and not _LOOSE.search(before[-60:] + line.words[told.end : told.end + 25]):
                found.append((told, (line.start + told.start, line.start + told.end)))
        for match in _VISIT.finditer(line.words):
            days = in_days(match["number"], match["unit"])
            found.append((Duration(days, days, days, match.start(), match.end(), match[0]), line.piece(match)))
    return found[0] if len({round(f[0].days / 8) for f in found}) == 1 else None


def _too_long(reading: Reading, study: Study) -> Iterator[Finding]:
    if not study.windows or not study.ends:
        return
    first = min(study.windows, key=lambda w: w[0].opens.first)
    end = max(study.ends, key=lambda e: e.moment.last)
    most = ordinal(end.moment.last) - ordinal(first[0].opens.first) + 1
    if most <= 0:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        if not _ABOUT_TIME.search(line.words) or _CITED.search(line.words):
            continue
        for days, text, spot in _lengths(line):
            if days > most * 1.01 + 16:
                yield reading.finding(
                    "DATES", "error",
                    f"a follow-up of {text} is inconsistent with the time from {' '.join(first[2].split())[:40]} to "
                    f"{' '.join(end.text.split())}, {most / 30.44:.0f} months",
                    "follow-up may be counted from an earlier event; otherwise a digit is misprinted",
                    quotes=(spot, first[1], end.spot), computed=(("months", f"{most / 30.44:.1f}"),),
                )  # fmt: skip
                return


def _lengths(line: Line) -> Iterator[tuple[float, str, Spot]]:
    """Give the lengths of follow-up of a sentence, centres and ends of ranges, in days."""
    unit = None
    for match in (*_CENTRE.finditer(line.words), *_REVERSED.finditer(line.words)):
        if _NOT_TIME.search(match[0]) or not _ABOUT_TIME.search(
            line.words[max(0, match.start() - FAR) : match.end() + 40]
        ):
            continue
        unit = match["unit"]
        spot = line.start + match.start("number"), line.start + match.end("number")
        yield in_days(match["number"], unit), f"{match['number']} {unit}", spot
        rest = _RANGE.search(line.words, match.end("number"))
        if rest is not None and rest.start() - match.end("number") < 60:
            own = rest["unit"] or rest["unit0"] or unit
            spot = line.start + rest.start("high"), line.start + rest.end("high")
            yield in_days(rest["high"], own), f"{rest['high']} {own}", spot


__all__ = ["CODES", "DAYS", "follow_up"]
