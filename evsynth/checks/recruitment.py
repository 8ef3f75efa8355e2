"""When the patients of a cohort were enrolled and how long they were followed, as an extraction tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.registry import Case
from evsynth.checks.scanned.calendar.moments import Moment, moments, periods
from evsynth.model.finding import KeyPath
from evsynth.model.observation import Observation
from evsynth.model.study import Cohort, Study, Variable
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

_ENROLLED = Expression(r"\b(?:inclu|enrol|recruit|accru|randomi[sz])", re.I)
_ENDED = Expression(
    r"\b(?:follow.?up|followed|last.(?:visit|contact)|cut.?off|data.cut|censor|(?:data)?base.lock|(?:end|close).of.(?:the.)?"
    r"(?:study|trial|observation))", re.I,
)  # fmt: skip
_CALENDAR = Expression(r"\bcalendar|^\s*(?:years?|dates?|months? and years?)\s*$", re.I)
_FOLLOWED = Expression(r"\bfollow.?up|\bfollowed|\bobservation (?:time|period)", re.I)
_ELSE = Expression(r"\bregist|\bapprov|\bpubli|\bdiagnos|\bonset|\bcensus|\bsearch|\bbirth", re.I)
_NO_TIME = Expression(r"\bloss|\blost|\brate|\bper cent|\bpercent|\bpatients\b|\bvisits?\b|\bscan|\bwindow", re.I)
_SINCE = Expression(r"\b(?:since|from|after|starting|beginning)\b", re.I)

MONTHS = {"year": 12.0, "month": 1.0, "week": 12 / 52.1775, "day": 12 / 365.25}


class Dated(NamedTuple):
    """A period as printed: its first date, its last one (None while open), the words, and where they stand."""

    opens: Moment
    closes: Moment | None
    text: str
    path: KeyPath
    observation: Observation | None


class Followed(NamedTuple):
    """A length of follow-up in months; `least` if it is that of every patient, `planned` if one of the methods."""

    months: Span
    text: str
    observation: Observation
    statistic: str
    least: bool
    planned: bool


def enrolments(case: Case, index: int) -> tuple[Dated, ...]:
    """Give every print of the time of enrolment of a cohort: its `window`, and the calendar values about enrolment."""
    cohort = case.extraction.study.cohorts[index]
    found = list(_window(cohort, index))
    for o, variable in _calendar(case, cohort):
        words = _words(variable)
        if _ENROLLED.search(words) and not _ENDED.search(words) and not _ELSE.search(words):
            found += _dated(o)
    return tuple(found)


def endings(case: Case, index: int) -> tuple[Dated, ...]:
    """Give the calendar values that say until when the patients of a cohort were followed."""
    cohort = case.extraction.study.cohorts[index]
    return tuple(
        dated
        for o, variable in _calendar(case, cohort)
        if _ENDED.search(_words(variable)) and not _ELSE.search(_words(variable))
        for dated in _dated(o)
    )


def follow_ups(case: Case, index: int) -> Iterator[Followed]:
    """Give the lengths of follow-up of a cohort that have a unit of time."""
    study, cohort = case.extraction.study, case.extraction.study.cohorts[index]
    variables = {v.variable: v for v in study.variables}
    for o in _own(case, cohort):
        variable = variables.get(o.variable)
        words = _words(variable) if variable is not None else ""
        if variable is None or not _FOLLOWED.search(words) or _NO_TIME.search(words) or _ELSE.search(words):
            continue
        unit = unit_of_time(o.about.unit or variable.unit)
        if unit is None:
            continue
        for name in ("value", "value_to", "mean", "median", "centre", "minimum", "q1", "q3", "maximum"):
            number = o.statistics.get(name)
            if number is not None:
                low, high = span(number)
                months = Span(low * MONTHS[unit], high * MONTHS[unit])
                least = name == "minimum" or (name == "value" and number.bound in (">", "≥"))
                planned = name == "value" and variable.kind == "method" and not number.bound
                planned = planned and "value_to" not in o.statistics
                yield Followed(months, f"{number} {unit}s", o, name, least, planned)


def unit_of_time(unit: str | None) -> str | None:
    """Give year, month, week or day for a unit of time; None for other units and for none.

    >>> unit_of_time("years"), unit_of_time("mo"), unit_of_time("mg/day")
    ('year', 'month', None)
    """
    found = re.fullmatch(
        r"\s*(y(?:ea)?rs?|y|mo(?:nth)?s?|w(?:ee)?ks?|days?|d)\.?\s*(?:old|of age)?\s*", unit or "", re.I
    )
    if found is None:
        return None
    return next(name for name in MONTHS if name[0] == found[1][0].lower())


def _window(cohort: Cohort, index: int) -> Iterator[Dated]:
    yield from _read(cohort.window or "", ("cohorts", index, "window"), None)


def _dated(o: Observation) -> Iterator[Dated]:
    """Read the dates a value prints, from its words where they tell more than the years."""
    for words in (o.about.label or "", o.printed):
        found = tuple(_read(words, o.path, o))
        if found:
            yield from found
            return
    first, last = o.statistics.get("value"), o.statistics.get("value_to")
    if first is not None and not first.bound and _is_year(int(first.value)):
        opens = _year(int(first.value))
        closes = _year(int(last.value)) if last is not None and _is_year(int(last.value)) else None
        yield Dated(opens, closes, f"{first} to {last}" if last else str(first), (*o.path, "value"), o)


def _read(words: str, path: KeyPath, o: Observation | None) -> Iterator[Dated]:
    text = " ".join(words.replace("–", "-").split())
    found = tuple(periods(text))
    if found:  # of several periods, from the first day to the last
        opens, closes = min(p.opens for p in found), max(p.closes for p in found)
        yield Dated(opens, closes, text[found[0].opens.start : found[-1].closes.end], path, o)
        return
    single = next(iter(moments(text)), None)
    if single is not None and sum(1 for _ in moments(text)) == 1:
        yield Dated(single, None if _SINCE.search(text) else single, text, path, o)


def _calendar(case: Case, cohort: Cohort) -> Iterator[tuple[Observation, Variable]]:
    variables = {v.variable: v for v in case.extraction.study.variables}
    for o in _own(case, cohort):
        variable = variables.get(o.variable)
        if variable is not None and _CALENDAR.search(o.about.unit or variable.unit or "") and "value" in o.statistics:
            yield o, variable


def _own(case: Case, cohort: Cohort) -> Iterator[Observation]:
    """Give the values of a cohort as a whole that its sources print themselves."""
    for o in case.extraction.observations:
        plain = o.about.basis != "external" and o.about.patients != 1 and not o.about.population
        if plain and o.unquoted is None and o.cohort == cohort.cohort:
            yield o


def is_prospective(study: Study, cohort: Cohort) -> bool:
    """Say whether a cohort is called prospective, or a trial; its own name goes before the title."""
    for words in (f"{cohort.cohort} {cohort.label} {cohort.window or ''}", study.title):
        if re.search(r"\bretrospective", words, re.I):
            return False
        if re.search(r"\bprospective|\btrial\b|\brandomi[sz]ed", words, re.I):
            return True
    return cohort.design == "randomised"


def _words(variable: Variable) -> str:
    return f"{variable.variable} {variable.label} {variable.definition or ''}"


def _is_year(number: int) -> bool:
    return 1900 <= number <= 2100


def _year(year: int) -> Moment:
    return Moment(year * 10000 + 101, year * 10000 + 1231, 0, 0, False)
