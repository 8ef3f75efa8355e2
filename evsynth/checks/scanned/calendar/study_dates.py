"""The dates of a study: the periods in which patients entered, and the days on which follow-up ended.

Made for checks of follow-up against dates.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.calendar.moments import Moment, Period, moments, periods
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

_RECRUITED = Expression(
    r"\b(?:recruit\w*|enrol\w*|admitted|diagnosed|underwent|started|treated|seen|consecutive|identified|included|had|"
    r"hospitali[sz]ed|presented|reviewed|discussed|patients|participants|received|randomi[sz]\w+|accrual|inclusion|"
    r"transplant\w*|operated|born|births?|delivered|invited|examined|infusions?|implant\w*|vaccinat\w*|eligible|"
    r"inclusion criteri\w*|operations?|procedures?|listed|referred|users|initiat\w*|began|allocated|assigned|entered|"
    r"given|first|"
    r"prescri\w*|dispensed|discharged|resections?|repairs?|surger(?:y|ies)|onset|persons|individuals|undergoing|"
    r"cases)\b",
    re.I,
)
_NOT_PATIENTS = Expression(
    r"\b(?:search\w*|publish\w*|PubMed|Embase|MEDLINE|literature|guideline\w*|pandemic|(?:trial|study|protocol|"
    r"review|was|prospectively) registered|registered (?:at|on|with|as)|approv\w*|census|"
    r"previous (?:study|cohort)|earlier (?:study|cohort))\b", re.I,
)  # fmt: skip
_END = Expression(
    r"(?:\b(?:(?:final|last) (?:[a-z]+ )?contact(?: \([^()]{1,20}\))?|(?:final|last|end of|complete\w*|"
    r"completion of) (?:the )?(?:study |patient )?(?:follow-? ?up|visit|"
    r"observation|assessment|"
    r"examination|interview|contact|\d+-(?:week|month|day|year) (?:visit|assessment|follow-? ?up|interview|"
    r"examination))"
    r"(?: (?:visit|date|assessment|examination|of (?:all|the last) \w+|for (?:all|the last) \w+))?|"
    r"(?:last|final|closing|end) (?:date|day) of (?:the )?(?:study |patient )?(?:follow-? ?up|observation)|"
    r"follow-? ?up(?: period)?(?: (?:of|for) [^.;]{1,40}?)? (?:ended|end|closed|finished|concluded|(?:was|"
    r"were) (?:completed?|closed|ended|"
    r"concluded|stopped|censored)|until|till|to|through|continued until|lasted until|extended to|ran (?:to|until))|"
    r"followed(?: up)? (?:until|till|to|through)|observation (?:period )?(?:closed|ended)|data (?:lock|cut-? ?off)|"
    r"database (?:was )?(?:locked|closed|lock)|censored (?:on|at)|cut-?off date|"
    r"(?:closing|censoring|close-?out|study[- ]end|end-of-study) date(?: of| fixed (?:at|on))?|(?:study|trial) "
    r"(?:ended|closed|"
    r"was (?:closed|"
    r"completed|terminated))|last (?:patient|participant|child|woman|subject|person|visit) (?:(?:was|were) (?:seen|"
    r"assessed|examined|followed up|visited|"
    r"contacted|interviewed)|completed|finished|left)[^.;]{0,30}|"
    r"(?:records|data|files|charts|registry|cohort|study)\s(?:was|were)\s(?:locked|frozen|closed|cut "
    r"off)\b[^.;\d]{0,40})"
    r"(?: (?:was|were|being|took place|occurred|happened|considered|counted|recorded|of (?:this|the) (?:study|trial)|"
    r"date))*)"
    r"\s*(?:[,(:]|in|on|at|by|until|the)?\s*(?:the\s)?(?:end of\s)?(?:the year\s)?$",
    re.I,
)
_BARE_YEARS = Expression(
    r"\b(?:onset|diagnosed|treated|operated(?: on)?|admitted|enrolled|recruited|transplanted|born|incident)\s(?:\w+\s)?"
    r"(?P<a>(?:19|20)\d\d)\s?-\s?(?P<b>(?:19|20)\d\d)(?![\d-])"
)
"""Years right after the word of entry: "persons with onset 1996-2015"."""
_LAST_TAKEN = Expression(
    r"\b(?:outcomes?|assessments?|visits?|interviews?|measurements?|examinations?|samples?)\b[^.;]{0,70}?,? the last "
    r"(?:\w+ ){0,3}(?:in|on)\s(?:the\s)?$", re.I,
)  # fmt: skip
_INDEX = Expression(
    r"\b(?:registered|alive|resident|residing|present|cohort|baseline|time zero|index date|(?:followed|observed|"
    r"counted|time)"
    r"(?: up)?) (?:[a-z]+ ){0,4}?(?:on|from|since|was)\s(?:the\s)?$", re.I,
)  # fmt: skip
"""One day on which everybody entered."""
_UNTIL = Expression(
    r"\b(?:follow(?:ed|ing|-?up|ed[- ]up)?|observed|observation|traced|tracked|monitored|surveillance)\b[^.;]{0,90}?"
    r"\b(?:until|till|to|through|up to|or|ended|closed|and)\s(?:on\s|in\s|at\s)?(?:the\s)?(?:end of\s)?$", re.I,
)  # fmt: skip
_ASKED = Expression(
    r"\b(?:sent|mailed|posted|surveyed|interviewed|questioned|contacted|invited|telephoned|re-?examined|"
    r"asked)\b[^.;]{0,70}?"
    r"\b(?:in|on|during)\s(?:the\s)?$", re.I,
)  # fmt: skip
_LAST_IN = Expression(
    r"\b(?:last|final) (?:patient|participant|subject|woman|child|person|infant|man|one|recruit)s? (?:was |were |"
    r"had been )?"
    r"(?:randomi[sz]ed|enrol+ed|included|recruited|treated|admitted|operated(?: on)?|entered)\s*(?:on|in)?\s*$", re.I,
)  # fmt: skip


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
    asked: tuple[Told, ...]


def study_dates(reading: Reading) -> Study:
    """Read the dates of a study from title, abstract, methods and results."""
    windows, ends, entered, asked = [], [], [], []
    for line in lines(reading, ("title", "abstract", "methods", "results", "body")):
        words = line.words
        if _RECRUITED.search(words) and not _NOT_PATIENTS.search(words):
            for period in periods(words):
                if period.closes.last >= period.opens.first and not _END.search(words[: period.opens.start]):
                    spot = line.start + period.opens.start, line.start + period.closes.end
                    windows.append((period, spot, words[period.opens.start : period.closes.end]))
            for match in _BARE_YEARS.finditer(words):
                years = [(int(match[k]) * 10000, match.span(k)) for k in "ab"]
                opens, closes = (Moment(year + 101, year + 1231, *at, False) for year, at in years)
                spot = line.start + match.start("a"), line.start + match.end("b")
                windows.append((Period(opens, closes), spot, words[match.start("a") : match.end("b")]))
        for moment in moments(words):
            told = Told(moment, (line.start + moment.start, line.start + moment.end), words[moment.start : moment.end])
            if _ends_at(words, moment) and not re.search(r"\binterim|\bpilot", words, re.I):
                ends.append(told)
            if moment.exact and _ASKED.search(words[: moment.start]):
                asked.append(told)
            if (
                moment.first == moment.last
                and _INDEX.search(words[: moment.start])
                and not _NOT_PATIENTS.search(re.sub(r"\bregistered\b", " ", words))
            ):
                windows.append((Period(moment, moment), told.spot, told.text))
            if _LAST_IN.search(words[: moment.start]):
                entered.append(told)
    return Study(tuple(windows), tuple(ends), tuple(entered), tuple(asked))


def _ends_at(words: str, moment: Moment) -> bool:
    """Say whether a date is told as the end of follow-up, also after other ends: "until death or 31 December 2019"."""
    before = words[: moment.start]
    return (
        _END.search(before) is not None
        or _LAST_TAKEN.search(before) is not None
        or (
            _UNTIL.search(before) is not None
            and re.search(r"\b(?:until|till|through|ended|closed|up to)\b|\bto [^.;]{3,60}\bor $", before) is not None
        )
    )


def last_entries(study: Study) -> list[Told]:
    """Give the days on which patients entered last, as far as they are told."""
    found = [Told(p.closes, spot, text) for p, spot, text in study.windows if p.closes.exact]
    return [*study.entered, *found]


def last_years(study: Study) -> list[Told]:
    """Give the years in which patients entered last, where no month is told."""
    return [Told(p.closes, spot, text) for p, spot, text in study.windows if not p.closes.exact]


def end_of_follow_up(study: Study) -> Told | None:
    """Give the end of follow-up, where one is told."""
    exact = [e for e in study.ends if e.moment.exact]
    return exact[0] if len({(e.moment.first, e.moment.last) for e in exact}) == 1 else None
