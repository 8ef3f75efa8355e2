"""Follow-up and visits against the time that there was: from enrolment to the end that is told, or to publication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.recruitment import Dated, Followed, follow_ups
from evsynth.checks.registry import Case
from evsynth.checks.scanned.calendar.durations import ordinal
from evsynth.model.finding import Finding
from evsynth.model.observation import Observation
from evsynth.model.study import Cohort, Timepoint
from evsynth.text.expressions import Expression

MONTH = 365.25 / 12
_NOT_SINCE = Expression(
    r"\b(?:predict|project|model|extrapolat|expect|simulat|horizon|planned|estimated|diagnos|onset|birth|ages?\b|before|"
    r"prior|retrospect|history|first symptom)", re.I,
)  # fmt: skip
"""Words for months that a model gives, or that do not count from enrolment."""


def ended(case: Case, told: tuple[Dated, ...], ends: tuple[Dated, ...]) -> Iterator[Finding]:
    """Find follow-ups that ended before enrolment did."""
    for end in ends:
        until = end.closes or end.opens
        for dated in told:
            if dated.closes is not None and until.last < dated.closes.first:
                yield case.finding(
                    "DATES", "error", end.path,
                    f"follow-up until '{end.text}' is inconsistent with enrolment, '{dated.text}', which ended later",
                    "one may be of another group of patients; otherwise a year is misprinted",
                    about=printed_in((dated, end)),
                )  # fmt: skip


def too_long(case: Case, index: int, told: tuple[Dated, ...], ends: tuple[Dated, ...]) -> Iterator[Finding]:
    """Find follow-ups longer than the time from the first, or for a least follow-up the last, enrolment to the end."""
    last, until = _last(case, ends)
    if last is None or not told:
        return
    for followed in follow_ups(case, index):
        everybody = followed.least or followed.planned
        room = [(_months(_begins(d, last=everybody), last), d) for d in told]
        there, dated = max(room, key=lambda pair: pair[0])
        if followed.months.low > there:
            hard = followed.least or followed.months.low > max(_months(d.opens.first, last) for d in told)
            yield _long(case, followed, dated, until, there, hard=hard)


def _begins(dated: Dated, *, last: bool) -> int:
    """Give the first possible day of the first, or the last, enrolment."""
    return dated.closes.first if last and dated.closes is not None else dated.opens.first


def _long(case: Case, followed: Followed, dated: Dated, until: str, there: float, *, hard: bool) -> Finding:
    since = "the last enrolment" if followed.least or (followed.planned and not hard) else "the first enrolment"
    hint = "follow-up may count from diagnosis or from an earlier treatment; otherwise a date or a length is misprinted"
    if not hard:
        hint = "the last patients may have been followed for less, or some may have been enrolled later than is told"
    return case.finding(
        "DATES", "inconsistent" if hard else "concern", (*followed.observation.path, followed.statistic),
        f"a follow-up of {followed.text} ({followed.statistic.replace('_', ' ')}) is inconsistent with enrolment "
        f"'{dated.text}': from {since} to {until} there were at most {max(there, 0):.1f} months",
        hint, about=(followed.observation, *printed_in((dated,))), computed=(("months there were", f"{there:.4g}"),),
    )  # fmt: skip


def visits(case: Case, cohort: Cohort, told: tuple[Dated, ...], ends: tuple[Dated, ...]) -> Iterator[Finding]:
    """Find results at a time that the first patient enrolled cannot have reached."""
    last, until = _last(case, ends)
    times = {t.at: (i, t) for i, t in enumerate(case.extraction.study.timepoints)}
    if last is None or not told:
        return
    there = max(_months(d.opens.first, last) for d in told)
    for o in case.extraction.observations:
        index, at = times.get(o.about.at or "", (0, None))
        here = o.cohort == cohort.cohort and (o.about.arm or o.about.contrast) and o.unquoted is None
        if at is None or not here or o.about.basis == "external" or not at.lowest_months or _modelled(at, o):
            continue
        if float(at.lowest_months) - 0.5 > there:
            yield case.finding(
                "DATES", "concern", ("timepoints", index, "lowest_months"),
                f"results at {at.lowest_months} months ({at.label}) are inconsistent with enrolment '{told[0].text}': "
                f"from the first enrolment to {until} there were at most {there:.1f} months",
                "the time may count from diagnosis, or the result may be that of a model",
                about=(o, *printed_in(told)), computed=(("months there were", f"{there:.4g}"),),
            )  # fmt: skip


def _modelled(at: Timepoint, o: Observation) -> bool:
    words = f"{at.label} {at.definition or ''} {o.about.label or ''} {o.about.population or ''} {o.variable}"
    return _NOT_SINCE.search(words) is not None


def _last(case: Case, ends: tuple[Dated, ...]) -> tuple[int | None, str]:
    """Give the last possible day of follow-up: the one told, or the end of the year of the paper."""
    if ends:
        latest = max(ends, key=lambda d: (d.closes or d.opens).last)
        return (latest.closes or latest.opens).last, f"the end of follow-up ('{latest.text}')"
    year = year_of_paper(case)
    return (None, "") if year is None else (year * 10000 + 1231, f"the end of {year}, the year of the paper,")


def year_of_paper(case: Case) -> int | None:
    """Give the year of the study file; None where it is no year."""
    found = re.fullmatch(r"(?:19|20)[0-9]{2}", case.extraction.study.year.strip())
    return int(found[0]) if found else None


def _months(first: int, last: int) -> float:
    return (ordinal(last) - ordinal(first) + 1) / MONTH


def printed_in(told: list[Dated] | tuple[Dated, ...]) -> tuple[Observation, ...]:
    """Give the values that print these dates; a `window` is no value."""
    return tuple(d.observation for d in told if d.observation is not None)
