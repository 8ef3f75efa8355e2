"""Dates of enrolment, follow-up, registration and publication: for each code what is found, and what is left alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_memory import checked, told

from evsynth.checks.recruitment import unit_of_time
from evsynth.text.registries import year_of_registration

VARIABLES = """
  - {variable: inclusion-years, label: Years of inclusion, kind: method, unit: calendar year}
  - {variable: follow-up, label: Follow-up, kind: method, unit: months}
  - {variable: followed, label: Length of follow-up, kind: continuous, unit: years}
  - {variable: end-of-follow-up, label: End of follow-up, kind: method, unit: calendar year}
  - {variable: data-cut, label: Data cut-off, kind: method, unit: calendar date}
  - {variable: approval, label: Approval of the inclusion of patients, kind: method, unit: calendar year}
  - {variable: screening-years, label: Years of screening, kind: method, unit: calendar year}
  - {variable: from-diagnosis, label: Follow-up from diagnosis, kind: continuous, unit: years}
  - {variable: lost, label: Lost to follow-up, kind: count}
  - {variable: death, label: Death, kind: count}
  - {variable: predicted-death, label: Predicted death, kind: count}
  - {variable: age, label: Age, kind: continuous, unit: years}"""
TIMES = """
  - {at: baseline, label: Baseline, lowest_months: 0, highest_months: 0}
  - {at: month-6, label: Month 6, lowest_months: 6, highest_months: 6}
  - {at: year-5, label: 5 years, lowest_months: 60, highest_months: 60}
  - {at: model-5, label: 5 years (projected), lowest_months: 60, highest_months: 60}
  - {at: diagnosed-5, label: 5 years after diagnosis, lowest_months: 60, highest_months: 60}
  - {at: last, label: Last visit, lowest_months: 3}"""


def cohort(window: str = "", label: str = "All patients", design: str = "non-randomised comparison") -> str:
    """Give one cohort with its time of enrolment."""
    return f"""
  - cohort: main
    label: "{label}"
    design: {design}
    condition: invented lung disease
    {f'window: "{window}"' if window else ""}
    arms: [{{arm: all, label: All, role: whole, patients: 70}}]"""


def years(first: str, last: str = "", **more: Any) -> dict[str, Any]:
    """Give the printed years of inclusion."""
    found = {"variable": "inclusion-years", "value": first, **({"value_to": last} if last else {}), **more}
    return {"printed": f"{first} to {last}" if last else first, **found}


def followed(**numbers: str) -> dict[str, Any]:
    """Give a length of follow-up in months."""
    return {"variable": "follow-up", **numbers}


def result(at: str, variable: str = "death", **more: Any) -> dict[str, Any]:
    """Give deaths at a time."""
    return {"arm": "all", "variable": variable, "at": at, "count": "7", **more}


Case = tuple[dict[str, Any], tuple[dict[str, Any], ...]]
END = {"variable": "data-cut", "printed": "31 December 2016", "value": "2016"}

FOUND: dict[str, list[Case]] = {
    "DATES": [
        ({"window": "2018 to 2014"}, ()),
        ({"window": "between March 2018 and January 2018"}, ()),
        ({"window": "from 3 May 2019 to 4 April 2019"}, ()),
        ({}, (years("2020", "2018"),)),
        ({}, (years("2018", "2018", printed="March 2018 to January 2018"),)),
        ({"window": "2014 to 2018"}, (years("2014", "2017"),)),
        ({"window": "January 2014 to September 2018"}, (years("2013", "2018"),)),
        ({}, (years("2014", "2018"), years("2015", "2018"))),
        ({"window": "2014 to 2021"}, ()),  # the paper is of 2020
        ({}, (years("2019", "2022"),)),
        ({"window": "since March 2021"}, ()),
        ({"window": "2014 to 2018"}, (END,)),  # data were cut before the last patients entered
        ({"window": "2014 to 2018"}, (followed(median="90"),)),  # 7 years at most
        ({"window": "2014 to 2018"}, ({"variable": "followed", "arm": "all", "mean": "7.6"},)),
        ({"window": "2014 to 2018"}, (followed(minimum="38", maximum="60"),)),  # the last patient: 36 months
        ({"window": "2014 to 2018"}, (followed(value="≥40"),)),
        ({"window": "May 2018 to June 2019"}, (followed(value="24"),)),  # all of them, before the end of 2020
        ({"window": "2014 to 2018"}, ({**END, "printed": "31 December 2018", "value": "2018"}, followed(median="61"))),
        ({"window": "2017 to 2018"}, (result("year-5"),)),
        ({"window": "2014 to 2016"}, (followed(q1="20", median="60", q3="88"),)),
        ({"window": "2018"}, (followed(maximum="160", unit="weeks"),)),
        ({"window": "2010 to 2012 and 2015 to 2018"}, (years("2010", "2019"),)),
    ],
    "REGISTERED_LATE": [
        ({"registration": number, "window": window, "label": label, "design": design, "title": title}, ())
        for number, window, label, design, title in (
            ("ChiCTR2000012345", "2016 to 2018", "Prospective cohort", "non-randomised comparison", "Drug"),
            ("ChiCTR1900012345", "2016 to 2019", "Prospective cohort", "non-randomised comparison", "Drug"),
            ("ChiCTR-IOR-18019982", "2016 to 2019", "All", "randomised", "Drug"),
            ("ChiCTR-TRC-17012345", "January 2016 to May 2019", "All", "randomised", "Drug"),
            ("CTRI/2019/05/013894", "2016 to 2018", "All", "randomised", "Drug"),
            ("ACTRN12618000123456", "2016 to 2017", "All", "randomised", "Drug"),
            ("PACTR201905812345678", "2016 to 2018", "All", "single-arm series", "A trial of a drug"),
            ("TCTR20190101001", "March 2017 to June 2018", "All", "randomised", "Drug"),
            ("SLCTR/2018/012", "2016 to 2017", "All", "randomised", "Drug"),
            ("EudraCT 2018-001234-12", "2016 to 2018", "All", "randomised", "Drug"),
            ("2019-501234-12-00", "2016 to 2018", "All", "randomised", "Drug"),
            ("ChiCTR2000012345", "2016 to 2018", "All", "single-arm before–after", "A prospective study"),
            ("ChiCTR2000012345", "since March 2018", "All", "randomised", "Drug"),
            ("ChiCTR2000012345", "2018", "All", "randomised", "Drug"),
            ("ChiCTR 2000012345", "2016 to 2018", "A randomised trial", "randomised", "A retrospective look"),
        )
    ],
}
LEFT_ALONE: dict[str, list[Case]] = {
    "DATES": [
        ({"window": "2014 to 2018"}, ()),
        ({"window": "2018"}, ()),
        ({"window": "2020 to 2020"}, ()),
        ({"window": "during the pandemic"}, ()),
        ({"window": "from 3 May 2019 to 4 May 2019"}, ()),
        ({"window": "2014 to 2018"}, (years("2014", "2018", printed="January 2014 to September 2018"),)),
        ({"window": "2014 to 2018"}, (years("2013", basis="external", cites="4"),)),
        ({"window": "2014 to 2018"}, (years("2012", "2018", population="screened"),)),
        ({"window": "2019 to 2020"}, ()),  # the paper may be of December
        ({"window": "2014 to 2018"}, ({"variable": "approval", "value": "2021"},)),  # no enrolment
        ({"window": "2014 to 2018"}, ({"variable": "end-of-follow-up", "value": "2018"},)),
        ({"window": "2014 to 2018"}, (followed(median="83"),)),
        ({"window": "2014 to 2018"}, (followed(median="7", unit="days"),)),
        ({"window": "2014 to 2018"}, ({"variable": "lost", "arm": "all", "count": "60"},)),
        ({"window": "2014 to 2018"}, (followed(minimum="12", maximum="83"),)),
        ({"window": "2018"}, (followed(maximum="150", unit="weeks"),)),
        ({"window": "2014 to 2018"}, (followed(value="12"),)),
        ({"window": "2018 to 2019"}, (followed(value="24"),)),  # those of January 2019
        ({"window": "2014 to 2018"}, (followed(median="<90"),)),
        ({"window": "2014 to 2018"}, (followed(median="90", basis="external", cites="4"),)),
        ({"window": "2014 to 2018"}, ({"variable": "followed", "arm": "all", "mean": "90", "unit": "visits"},)),
        ({"window": "2017 to 2018"}, (result("month-6"), result("last"))),
        ({"window": "2017 to 2018"}, (result("model-5"), result("year-5", "predicted-death"))),
        ({"window": "2017 to 2018"}, (result("year-5", basis="external", cites="4"),)),
        ({"window": "2014 to 2018"}, ({"variable": "screening-years", "value": "2013", "value_to": "2018"},)),
        ({"window": "2010 to 2012 and 2015 to 2018"}, (years("2010", "2018"),)),
        ({"window": "2017 to 2018"}, (result("diagnosed-5"),)),
        ({"window": "2014 to 2018"}, ({"variable": "from-diagnosis", "arm": "all", "mean": "9.0"},)),
        ({}, (followed(median="400"),)),  # nobody says since when
        ({"window": "2014 to 2021", "year": "in press"}, ()),
        ({"window": "2015 to 2018"}, (result("year-5"),)),  # up to 72 months
    ],
    "REGISTERED_LATE": [
        ({"registration": number, "window": window, "label": label, "design": design, "title": title}, ())
        for number, window, label, design, title in (
            ("NCT03014411", "2016 to 2018", "All", "randomised", "Drug"),  # tells no year
            ("ISRCTN12345678", "2016 to 2018", "All", "randomised", "Drug"),
            ("UMIN000012345", "2016 to 2018", "All", "randomised", "Drug"),
            ("DRKS00012345", "2016 to 2018", "All", "randomised", "Drug"),
            ("IRCT20190812014333N1", "2016 to 2018", "All", "randomised", "Drug"),  # the day of the registrant
            ("ChiCTR1600012345", "2016 to 2018", "All", "randomised", "Drug"),  # the same year
            ("ChiCTR1500012345", "2016 to 2018", "All", "randomised", "Drug"),
            ("ChiCTR2000012345", "2016 to 2018", "Retrospective cohort", "non-randomised comparison", "Drug"),
            ("ChiCTR2000012345", "2016 to 2018", "All", "single-arm series", "A retrospective and prospective study"),
            ("ChiCTR2000012345", "2016 to 2018", "All", "single-arm before–after", "Drug"),  # nobody says prospective
            ("ChiCTR2000012345", "", "All", "randomised", "Drug"),
            ("ChiCTR2000012345", "during two years", "All", "randomised", "Drug"),
            ("not registered", "2016 to 2018", "All", "randomised", "Drug"),
            ("CTRI/2016/05/013894", "2016 to 2018", "All", "randomised", "Drug"),
            ("ChiCTR20000", "2016 to 2018", "All", "randomised", "Drug"),  # cut off
            ("EudraCT 2015-001234-12", "2016 to 2018", "All", "randomised", "Drug"),
        )
    ],
}


def found(given: dict[str, Any], values: tuple[dict[str, Any], ...]) -> Any:
    """Check a study with this window and these values."""
    own = dict(given)
    text = cohort(*(own.pop(key, default) for key, default in (
        ("window", ""), ("label", "All patients"), ("design", "non-randomised comparison"),
    )))  # fmt: skip
    none = {"categories": "[]", "adjustments": "[]"}
    return checked(values, cohorts=text, variables=VARIABLES, timepoints=TIMES, **none, **own)


ROWS = [(code, *one) for code, rows in FOUND.items() for one in rows]


@pytest.mark.parametrize(("code", "given", "values"), ROWS)
def test_found(code: str, given: dict[str, Any], values: tuple[dict[str, Any], ...]) -> None:
    """One finding each, with a hint, that quotes the values it is about."""
    findings = found(given, values)
    assert [f.code for f in findings] == [code], told(findings)
    assert findings[0].hint
    assert (findings[0].severity == "concern") >= (code == "REGISTERED_LATE")
    assert bool(findings[0].quotes) >= bool(values)


@pytest.mark.parametrize(("given", "values"), [one for rows in LEFT_ALONE.values() for one in rows])
def test_left_alone(given: dict[str, Any], values: tuple[dict[str, Any], ...]) -> None:
    """No finding."""
    assert told(found(given, values)) == []


@pytest.mark.parametrize("code", FOUND)
def test_the_tables_are_long_and_equally_so(code: str) -> None:
    """Every finding has its counterpart that is none."""
    assert len(LEFT_ALONE[code]) >= len(FOUND[code]) >= 15


def test_a_period_that_ends_before_it_begins_is_impossible_and_told_once() -> None:
    """And not compared with other dates."""
    (one,) = found({"window": "2020 to 2018"}, (years("2014", "2018"), followed(median="400")))
    assert one.severity == "error"
    assert "ends before it begins" in one.message


def test_the_months_that_there_were_are_told() -> None:
    """From 1 January 2014 to the end of 2020 are 84 months."""
    (one,) = found({"window": "2014 to 2018"}, (followed(median="90"),))
    assert one.computed == (("months there were", "84.01"),)
    assert one.severity == "inconsistent"
    (shortest,) = found({"window": "2014 to 2018"}, (followed(minimum="38", maximum="60"),))
    assert shortest.severity == "inconsistent"
    (planned,) = found({"window": "May 2018 to June 2019"}, (followed(value="24"),))
    assert planned.severity == "concern"
    assert "at most 19.1 months" in planned.message


@pytest.mark.parametrize(
    ("number", "year"),
    [("ChiCTR2100043595", 2021), ("CTRI/2018/05/013894", 2018), ("ACTRN12605000123456", 2005), ("NCT00000001", None),
     ("", None), ("CRD42020123456", None)],
)  # fmt: skip
def test_the_year_of_a_registry_number(number: str, year: int | None) -> None:
    assert year_of_registration(number) == year


@pytest.mark.parametrize(
    ("unit", "known"),
    [("years", "year"), ("yr", "year"), ("mo", "month"), ("wks", "week"), ("d", "day"), ("mg", None), (None, None),
     ("mg/day", None), ("years old", "year")],
)  # fmt: skip
def test_units_of_time(unit: str | None, known: str | None) -> None:
    assert unit_of_time(unit) == known


MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]  # fmt: skip
WAYS = {
    "years": lambda d: str(d.year),
    "months": lambda d: f"{MONTHS[d.month - 1]} {d.year}",
    "days": lambda d: f"{d.day} {MONTHS[d.month - 1]} {d.year}",
    "iso": lambda d: d.isoformat(),
}


@given(
    st.dates(date(2001, 1, 1), date(2015, 12, 31)), st.integers(0, 2000), st.integers(0, 1500), st.integers(0, 3),
    st.sampled_from(sorted(WAYS)), st.sampled_from(sorted(WAYS)), st.floats(0, 1), st.integers(0, 2),
)  # fmt: skip
def test_a_true_story_is_never_found(
    first: date, enrolling: int, after: int, later: int, one: str, other: str, share: float, decimals: int
) -> None:
    """However the dates are printed, and however the lengths of follow-up are rounded."""
    last = first + timedelta(days=enrolling)
    end = last + timedelta(days=after)
    longest, least = (end - first).days / 30.4375, (end - last).days / 30.4375
    values = (
        years(str(first.year), str(last.year), printed=f"{WAYS[other](first)} to {WAYS[other](last)}"),
        {"variable": "data-cut", "printed": WAYS[other](end), "value": str(end.year)},
        followed(median=f"{longest * share:.{decimals}f}", minimum=f"{least * share:.{decimals}f}",
                 maximum=f"{longest:.{decimals}f}"),
    )  # fmt: skip
    story = {"window": f"{WAYS[one](first)} to {WAYS[one](last)}", "year": str(end.year + later)}
    assert told(found(story, values)) == []
