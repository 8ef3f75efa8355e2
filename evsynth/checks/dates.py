"""Dates of a study that cannot stand together: enrolment, registration, follow-up, publication."""

from __future__ import annotations

from collections.abc import Iterator

from evsynth.checks.followed import ended, printed_in, too_long, visits, year_of_paper
from evsynth.checks.recruitment import Dated, endings, enrolments, is_prospective
from evsynth.checks.registry import Case
from evsynth.model.finding import Finding, Quoted
from evsynth.text.normalise import normalise
from evsynth.text.quotes import find
from evsynth.text.registries import year_of_registration

CODES = ("DATES", "REGISTERED_LATE")


def dates(case: Case) -> Iterator[Finding]:
    """Compare the dates of every cohort; a period that ends before it begins is compared with nothing else.

    A printed year is any day of it. Left alone: dates cited from other studies, of part of the patients, and months
    that a model predicts.
    """
    for index, cohort in enumerate(case.extraction.study.cohorts):
        told, ends = enrolments(case, index), endings(case, index)
        reversed_ = [d for d in (*told, *ends) if _reversed(d)]
        if reversed_:
            yield _before_it_begins(case, reversed_)
            continue
        differing = next(_differing(case, told), None)
        if differing is not None:
            yield differing
            continue
        found = next(_published(case, told, ends), None) or next(ended(case, told, ends), None)
        if found is not None:
            yield found
            continue
        found = next(too_long(case, index, told, ends), None) or next(visits(case, cohort, told, ends), None)
        if found is not None:
            yield found
    found = next(_registered(case), None)
    if found is not None:
        yield found


def _reversed(dated: Dated) -> bool:
    return dated.closes is not None and dated.opens.first > dated.closes.last


def _before_it_begins(case: Case, wrong: list[Dated]) -> Finding:
    return case.finding(
        "DATES", "error", wrong[0].path, f"'{wrong[0].text}' ends before it begins",
        "two dates may be exchanged, or a year misprinted", about=printed_in(wrong),
    )  # fmt: skip


def _differing(case: Case, told: tuple[Dated, ...]) -> Iterator[Finding]:
    """Find two prints of one period of enrolment that no two dates fit."""
    for i, one in enumerate(told):
        for other in told[i + 1 :]:
            same = {d.observation.variable for d in (one, other) if d.observation is not None}
            apart = not _meet(one.opens.first, one.opens.last, other.opens.first, other.opens.last)
            if one.closes is not None and other.closes is not None:
                apart |= not _meet(one.closes.first, one.closes.last, other.closes.first, other.closes.last)
            if apart and len(same) < 2 and _arm(one) == _arm(other):
                yield case.finding(
                    "DATES", "inconsistent", other.path,
                    f"enrolment is told as '{one.text}' and as '{other.text}'",
                    "one may be that of screening, or of a part of the patients", about=printed_in((one, other)),
                )  # fmt: skip


def _published(case: Case, told: tuple[Dated, ...], ends: tuple[Dated, ...]) -> Iterator[Finding]:
    year = year_of_paper(case)
    for dated in (*told, *ends):
        last = dated.closes or dated.opens
        if year is not None and last.first // 10000 > year:
            yield case.finding(
                "DATES", "inconsistent", ("year",),
                f"the paper is of {year}, which is inconsistent with '{dated.text}', a later date",
                "the year may be that of an earlier report of the cohort; otherwise a year is misprinted",
                about=printed_in((dated,)),
            )  # fmt: skip


def _registered(case: Case) -> Iterator[Finding]:
    """Find a year of registration after that in which a prospective cohort began to enrol."""
    study = case.extraction.study
    year = year_of_registration(study.registration or "")
    if year is None:
        return
    for index, cohort in enumerate(study.cohorts):
        told = enrolments(case, index)
        if not told or not is_prospective(study, cohort) or any(_reversed(d) for d in told):
            continue
        if year <= max(d.opens.last for d in told) // 10000:
            continue
        closes = [d.closes.last for d in told if d.closes is not None]
        over = bool(closes) and year > max(closes) // 10000
        found = case.finding(
            "REGISTERED_LATE", "concern", ("registration",),
            f"the registration ({study.registration}, {year}) is dated after enrolment had "
            f"{'ended' if over else 'begun'} ('{told[-1].text}')",
            "a registry may have taken long, or the number may belong to a larger project; but endpoints were then "
            "registered when data could already be known", about=printed_in(told),
        )  # fmt: skip
        yield found._replace(quotes=(*_number(case, study.registration or ""), *found.quotes))


def _number(case: Case, number: str) -> Iterator[Quoted]:
    """Give the first place of a registry number in a source of the study."""
    for name, source in case.normal.items():
        found = find(number, source)
        if found.times:
            start, end = source.span(found.start, found.start + len(normalise(number).text.strip()))
            yield Quoted(name, start, end, number)
            return


def _meet(a: int, b: int, c: int, d: int) -> bool:
    return a <= d and c <= b


def _arm(dated: Dated) -> str:
    return dated.observation.group if dated.observation is not None else ""
