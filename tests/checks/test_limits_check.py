"""Ages, doses and levels against the limits of the methods: for each code what is found, and what is left alone."""

from __future__ import annotations

import math
import statistics
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_memory import COHORTS, REST, checked, told

from evsynth.checks.stated_limits import core, plain_unit
from evsynth.model.study import Variable

VARIABLES = (
    REST["variables"]
    .replace("label: Age, kind: continuous}", "label: Age, kind: continuous, unit: years}")
    .replace("label: Dose, kind: continuous}", "label: Dose, kind: continuous, unit: mg/day, drug: tacrolimus}")
    + """
  - {variable: eligibility-age, label: Age of eligible patients, kind: method, unit: years}
  - {variable: exclusion-age, label: Age of patients who were excluded, kind: method, unit: years}
  - {variable: inclusion-bmi, label: Body mass index for inclusion, kind: method, unit: kg/m²}
  - {variable: bmi, label: Body mass index, kind: continuous, unit: kg/m2}
  - {variable: maximum-dose, label: Maximum dose, kind: method, unit: mg/d, drug: tacrolimus}
  - {variable: minimum-dose, label: Minimum dose, kind: method, unit: mg/d, drug: tacrolimus}
  - {variable: other-maximum-dose, label: Maximum dose, kind: method, unit: mg/d, drug: prednisone}
  - {variable: dose-limit, label: Dose limit per kilogram, kind: method, unit: mg/kg/d, drug: tacrolimus}
  - {variable: starting-dose, label: Starting dose, kind: method, unit: mg/d, drug: tacrolimus}
  - {variable: trough-target, label: Trough level aimed at, kind: method, unit: ng/ml}
  - {variable: trough, label: Trough level, kind: continuous, unit: ng/mL}
  - {variable: trough-upper-limit-of-normal, label: Upper limit of the assay of the trough, kind: method, unit: ng/ml}
  - {variable: esr-upper-limit, label: Upper limit of ESR, kind: method, unit: mm/h}
  - {variable: age-criterion, label: Age criterion of the subgroup of the elderly, kind: method, unit: years}
  - {variable: maximum-dose-given, label: Highest dose given, kind: method, unit: mg/d, drug: tacrolimus}
  - {variable: eligibility-lower-lobe-score, label: Score of the lower lobes for inclusion, kind: method, unit: points}
  - {variable: upper-lobe-score, label: Score of the upper lobes, kind: continuous, unit: points}
  - {variable: age-at-onset, label: Age at onset, kind: continuous, unit: years}
  - {variable: grade-limit, label: Highest grade, kind: method}"""
)  # fmt: skip

Row = tuple[dict[str, Any], ...]


def limit(variable: str, printed: str, value: str, to: str = "", **more: Any) -> dict[str, Any]:
    """Give a limit of the methods as it is printed."""
    return {"variable": variable, "printed": printed, "value": value, **({"value_to": to} if to else {}), **more}


def drug(variable: str, at: str = "baseline", **numbers: Any) -> dict[str, Any]:
    """Give a value of the 30 treated patients."""
    return {"arm": "drug", "variable": variable, **({"at": at} if at else {}), **numbers}


ADULTS = limit("eligibility-age", "≥18", "≥18")
RANGE = limit("eligibility-age", "18 to 75", "18", "75")
LATER = "month-6"
MOST = limit("maximum-dose", "12", "12")
LEAST = limit("minimum-dose", "2", "2")
AIM = limit("trough-target", "5 to 10", "5", "10")
START = limit("starting-dose", "2 to 4", "2", "4")

FOUND: dict[str, list[Row]] = {
    "ELIGIBILITY_CONTRADICTS": [
        (ADULTS, drug("age", minimum="17", mean="50", maximum="70")),
        (ADULTS, drug("age", minimum="17.4", median="50", maximum="70")),
        (ADULTS, drug("age", "", minimum="16", maximum="70")),
        (ADULTS, drug("age", mean="14.9", sd="2.0")),
        (RANGE, drug("age", mean="50", minimum="19", maximum="77")),
        (RANGE, drug("age", median="78", q1="70", q3="82")),
        (RANGE, drug("age", median="60", q1="50", q3="79")),
        (RANGE, drug("age", median="60", maximum=">80")),
        (limit("eligibility-age", "<65", "<65"), drug("age", mean="60", maximum="66")),
        (limit("eligibility-age", "younger than 65", "65"), drug("age", maximum="66")),
        (limit("eligibility-age", "at least 40", "40"), drug("age", minimum="31", mean="60")),
        (limit("exclusion-age", "<18", "<18"), drug("age", minimum="16", mean="50")),
        (limit("exclusion-age", "below 18", "18"), drug("age", minimum="15", mean="50")),
        (limit("exclusion-age", ">80", ">80"), drug("age", mean="60", maximum="83")),
        (limit("exclusion-age", "80 or older", "80"), drug("age", mean="60", maximum="81")),
        (limit("eligibility-age", "6 to 24", "6", "24", unit="months"), drug("age", mean="3.1", sd="0.2")),
        (limit("inclusion-bmi", "18 to 30", "18", "30"), drug("bmi", mean="31.2", sd="2.0")),
        (limit("inclusion-bmi", "30 or more", "30"), drug("bmi", minimum="27", mean="34")),
        (limit("eligibility-age", "40 to 50", "40", "50"), drug("age", mean="45.0", sd="9.0")),  # 5.6 at most
        (limit("exclusion-age", "<18", "<18"), limit("exclusion-age", ">75", ">75"), drug("age", maximum="79")),
    ],
    "DOSE_ABOVE_LIMIT": [
        (MOST, drug("dose", LATER, mean="6.0", minimum="2", maximum="14")),
        (MOST, drug("dose", LATER, median="13", q1="10", q3="15")),
        (MOST, drug("dose", LATER, median="10", q1="8", q3="12.6")),
        (MOST, drug("dose", LATER, mean="12.5")),
        (MOST, drug("dose", "", maximum="13")),
        (MOST, drug("dose", LATER, value="2", value_to="16")),
        (MOST, drug("dose", LATER, maximum=">12.5")),
        (MOST, drug("dose", LATER, maximum="14", patients=1)),
        (limit("maximum-dose", "not exceeding 12", "12"), drug("dose", LATER, maximum="13")),
        (limit("maximum-dose", "≤12", "≤12"), drug("dose", LATER, maximum="13")),
        (limit("maximum-dose", "<12", "<12"), drug("dose", LATER, maximum="12.6")),
        (limit("maximum-dose", "12", "12", arm="drug"), drug("dose", LATER, maximum="14")),
        (limit("maximum-dose", "12", "12", at=LATER), drug("dose", LATER, maximum="14")),
        (limit("maximum-dose", "8", "8"), limit("maximum-dose", "12 at most", "12"), drug("dose", LATER, maximum="14")),
        (limit("dose-limit", "up to 0.1", "0.1"), drug("dose", LATER, maximum="0.2", unit="mg/kg/day")),
        (limit("other-maximum-dose", "60", "60"), {**drug("dose", LATER, maximum="80"), "drug": "other prednisone"}),
    ],
    "DOSE_BELOW_LIMIT": [
        (LEAST, drug("dose", LATER, minimum="1", mean="4")),
        (LEAST, drug("dose", LATER, minimum="1.4", mean="4")),
        (LEAST, drug("dose", LATER, mean="1.2")),
        (LEAST, drug("dose", LATER, median="1.4", q1="1.0", q3="3.0")),
        (LEAST, drug("dose", LATER, median="4", q1="1", q3="6")),
        (LEAST, drug("dose", "", minimum="1")),
        (LEAST, drug("dose", LATER, value="1", value_to="6")),
        (LEAST, drug("dose", LATER, minimum="<1.5")),
        (LEAST, drug("dose", LATER, minimum="0", patients=1)),
        (limit("minimum-dose", "at least 2", "2"), drug("dose", LATER, minimum="1")),
        (limit("minimum-dose", "≥2", "≥2"), drug("dose", LATER, minimum="1")),
        (limit("minimum-dose", ">2", ">2"), drug("dose", LATER, minimum="1.9")),
        (limit("minimum-dose", "2", "2", arm="drug"), drug("dose", LATER, minimum="1")),
        (limit("minimum-dose", "2", "2", at=LATER), drug("dose", LATER, minimum="1")),
        (LEAST, limit("minimum-dose", "3", "3"), drug("dose", LATER, minimum="1")),
        (LEAST, MOST, drug("dose", LATER, minimum="1", maximum="8")),
    ],
    "DOSE_OFF_AIM": [
        (AIM, drug("trough", LATER, mean="3.9", sd="1.0")),
        (AIM, drug("trough", LATER, mean="11.2", sd="1.0")),
        (AIM, drug("trough", LATER, median="4.1", q1="3.0", q3="6.0")),
        (AIM, drug("trough", LATER, median="10.6", q1="8.0", q3="12.0")),
        (AIM, drug("trough", LATER, centre="4", spread="2")),
        (AIM, drug("trough", "", mean="3.9")),
        (AIM, drug("trough", LATER, mean="3.9", unit="ng/ml")),
        (AIM, drug("trough", LATER, median="<5")),
        (limit("trough-target", "below 10", "10"), drug("trough", LATER, mean="10.2")),
        (limit("trough-target", "<10", "<10"), drug("trough", LATER, mean="10.2")),
        (limit("trough-target", "above 5", "5"), drug("trough", LATER, mean="4.8")),
        (limit("trough-target", "≥5", "≥5"), drug("trough", LATER, median="4.2", q1="3", q3="5")),
        (limit("trough-target", "5 to 10", "5", "10", arm="drug"), drug("trough", LATER, mean="3.9")),
        (AIM, limit("trough-target", "6 to 12", "6", "12"), drug("trough", LATER, mean="12.2")),
        (START, drug("dose", mean="5.2", sd="0.3")),
        (START, drug("dose", median="1.0", q1="1.0", q3="3.0")),
    ],
}
LEFT_ALONE: dict[str, list[Row]] = {
    "ELIGIBILITY_CONTRADICTS": [
        (ADULTS, drug("age", minimum="18", mean="50", maximum="70")),
        (ADULTS, drug("age", minimum="18.0", mean="50")),
        (ADULTS, drug("age", minimum="<20", mean="50")),
        (ADULTS, drug("age", LATER, minimum="17")),  # not the age at entry
        (ADULTS, drug("age", minimum="12", population="relatives")),
        (ADULTS, drug("age", minimum="12", basis="external", cites="4")),
        (ADULTS, drug("age-at-onset", minimum="9", mean="40")),
        (ADULTS, drug("age", mean="17", unit="weeks of gestation")),
        (limit("eligibility-age", "18", "18"), drug("age", minimum="15")),  # nobody says on which side
        (RANGE, drug("age", mean="60", maximum="75")),
        (RANGE, drug("age", mean="60", maximum="76")),  # 75.9
        (limit("eligibility-age", "<65", "<65"), drug("age", maximum="65")),  # 64.9
        (limit("exclusion-age", "younger than 18 and older than 80", "18", "80"), drug("age", maximum="90")),
        (limit("exclusion-age", ">80", ">80"), drug("age", maximum="80")),
        (limit("exclusion-age", "<18", "<18"), drug("age", mean="50", minimum="18", maximum="90")),
        (limit("exclusion-age", ">80", ">80"), drug("age", mean="50", minimum="12")),
        (limit("exclusion-age", "80 or older", "80"), drug("age", maximum="80")),  # 79.9
        (limit("eligibility-age", "18 to 65", "18", "65"), RANGE, drug("age", maximum="74")),  # the wider one
        (limit("eligibility-age", "≥18", "≥18", basis="external", cites="4"), drug("age", minimum="15")),
        ({**ADULTS, "arm": "usual"}, drug("age", minimum="15")),
        (limit("inclusion-bmi", "18 to 30", "18", "30"), drug("bmi", mean="28.1", sd="2.0")),
        (limit("eligibility-age", "40 to 50", "40", "50"), drug("age", mean="45.0", sd="5.5")),
        (RANGE, drug("age", "", p="0.03")),
        (limit("age-criterion", "≥65", "≥65"), drug("age", mean="50", minimum="18")),
        (limit("eligibility-lower-lobe-score", "≥10", "≥10"), drug("upper-lobe-score", mean="4", unit="points")),
    ],
    "DOSE_ABOVE_LIMIT": [
        (MOST, drug("dose", LATER, mean="6.0", minimum="2", maximum="12")),
        (MOST, drug("dose", LATER, median="10", q1="8", q3="12.4", unit="g")),
        (MOST, drug("dose", LATER, maximum="12.0")),
        (MOST, drug("dose", LATER, maximum="<14")),
        (MOST, drug("dose", mean="14")),  # before the treatment of the study
        (MOST, drug("dose", LATER, mean="0.13", unit="mg/kg/day")),
        (MOST, drug("esr", LATER, mean="40")),
        (MOST, drug("dose", LATER, maximum="14", population="protocol violators")),
        (MOST, {**drug("dose", LATER, maximum="14"), "drug": "prednisone"}),
        (limit("other-maximum-dose", "60", "60"), drug("dose", LATER, maximum="80")),
        (limit("maximum-dose", "12", "12", arm="usual"), drug("dose", LATER, maximum="14")),
        (limit("maximum-dose", "12", "12", at=LATER), drug("dose", "", maximum="14")),
        (limit("maximum-dose", "12", "12", basis="external", cites="4"), drug("dose", LATER, maximum="14")),
        (limit("maximum-dose", "8", "8"), MOST, drug("dose", LATER, maximum="10")),
        (limit("trough-upper-limit-of-normal", "30", "30"), drug("trough", LATER, maximum="34")),
        (limit("esr-upper-limit", "20", "20"), drug("esr", LATER, mean="35", unit="mm/h")),
        (limit("maximum-dose-given", "12", "12"), drug("dose", LATER, maximum="14")),  # a result
        (limit("grade-limit", "2", "2"), drug("grade", LATER, maximum="3")),  # no unit
    ],
    "DOSE_BELOW_LIMIT": [
        (LEAST, drug("dose", LATER, minimum="2", mean="4")),
        (LEAST, drug("dose", LATER, minimum="1.96", mean="4", unit="mg")),
        (LEAST, drug("dose", LATER, minimum="<3", mean="4")),
        (LEAST, drug("dose", LATER, mean="2.0", sd="0.4")),
        (LEAST, drug("dose", minimum="0")),  # before treatment
        (LEAST, drug("dose", LATER, minimum="0.03", unit="mg/kg/day")),
        (LEAST, drug("dose", LATER, minimum="1", population="stopped")),
        (LEAST, {**drug("dose", LATER, minimum="1"), "drug": "prednisone"}),
        (LEAST, drug("trough", LATER, minimum="1")),
        (LEAST, drug("dose", LATER, count="1")),
        (limit("minimum-dose", "2", "2", arm="usual"), drug("dose", LATER, minimum="1")),
        (limit("minimum-dose", "2", "2", at="baseline"), drug("dose", LATER, minimum="1")),
        (limit("minimum-dose", "2", "2", basis="external", cites="4"), drug("dose", LATER, minimum="1")),
        (limit("minimum-dose", "1", "1"), LEAST, drug("dose", LATER, minimum="1")),
        (LEAST, MOST, drug("dose", LATER, minimum="2", maximum="12")),
        (limit("minimum-dose", "≥2", "≥2"), drug("dose", LATER, minimum="2")),
    ],
    "DOSE_OFF_AIM": [
        (AIM, drug("trough", LATER, mean="5.1", sd="1.0")),
        (AIM, drug("trough", LATER, mean="4.96", sd="3.0", maximum="14", minimum="2.0", unit="µg/l")),
        (AIM, drug("trough", LATER, median="5.1", q1="2.9", q3="12.0")),  # single patients miss it
        (AIM, drug("trough", LATER, mean="5", minimum="1", maximum="16")),
        (AIM, drug("trough", mean="0.0")),  # before treatment
        (AIM, drug("trough", LATER, median=">4")),
        (AIM, drug("trough", LATER, value="18", patients=1)),
        (AIM, drug("trough", LATER, mean="3.9", population="adverse event")),
        (limit("trough-target", "below 10", "10"), drug("trough", LATER, median="5.10", q1="2.88", q3="9.99")),
        (limit("trough-target", "10", "10"), drug("trough", LATER, mean="7")),  # nobody says on which side
        (limit("trough-target", "5 to 10", "5", "10", arm="usual"), drug("trough", LATER, mean="3.9")),
        (AIM, limit("trough-target", "3 to 8", "3", "8"), drug("trough", LATER, mean="3.9")),
        (START, drug("dose", LATER, mean="5.2", sd="0.3")),  # raised in treatment
        (START, drug("dose", mean="3.0", sd="0.3")),
        (START, drug("dose", "", mean="5.2", sd="0.3")),  # at no time that is told
        (START, drug("dose", mean="0.05", unit="mg/kg/d")),
        (limit("trough-target", "10 to 5", "10", "5"), drug("trough", LATER, mean="3.9")),  # not to be understood
    ],
}


def found(values: Row) -> Any:
    """Check a study with these values."""
    return checked(values, variables=VARIABLES)


@pytest.mark.parametrize(("code", "values"), [(code, row) for code, rows in FOUND.items() for row in rows])
def test_found(code: str, values: Row) -> None:
    """One finding each, that quotes the value and the limit."""
    findings = found(values)
    assert [f.code for f in findings] == [code], told(findings)
    assert findings[0].hint
    assert {q.text for q in findings[0].quotes} >= {values[0]["printed"]}
    assert (findings[0].severity == "concern") == (code == "DOSE_OFF_AIM")


@pytest.mark.parametrize("values", [row for rows in LEFT_ALONE.values() for row in rows])
def test_left_alone(values: Row) -> None:
    """No finding."""
    assert told(found(values)) == []


def test_people_who_are_no_patients_have_other_ages() -> None:
    """Healthy volunteers beside the patients need not meet their criteria."""
    healthy = COHORTS.replace("label: Usual care", "label: Healthy volunteers")
    values = (ADULTS, {"arm": "usual", "variable": "age", "at": "baseline", "mean": "16.0", "sd": "1.0"})
    assert [f.code for f in found(values)] == ["ELIGIBILITY_CONTRADICTS"]
    assert told(checked(values, variables=VARIABLES, cohorts=healthy)) == []


@pytest.mark.parametrize("code", FOUND)
def test_the_tables_are_long_and_equally_so(code: str) -> None:
    """Every finding has its counterpart that is none."""
    assert len(LEFT_ALONE[code]) >= len(FOUND[code]) >= 15


@pytest.mark.parametrize(
    ("one", "other"),
    [("mg/day", "mg/d"), ("mg daily", "mg/d"), ("mg once daily", "mg/d"), ("ng/mL", "ng/ml"), ("mcg/L", "µg/l"),
     ("years", "yr"), ("kg/m²", "kg/m2"), ("mg per day", "mg/d")],
)  # fmt: skip
def test_units_that_are_one(one: str, other: str) -> None:
    assert plain_unit(one) == plain_unit(other) is not None


@pytest.mark.parametrize(
    ("name", "drug", "words"),
    [("eligibility-age", None, {"age"}), ("maximum-daily-dose", "Tacrolimus", {"dose", "tacrolimus"}),
     ("tacrolimus-trough-target", None, {"tacrolimus", "trough"}), ("age-at-onset", None, {"age", "onset"})],
)  # fmt: skip
def test_the_words_that_name_what_is_limited(name: str, drug: str | None, words: set[str]) -> None:
    variable = Variable(variable=name, label=name, kind="method")
    assert core(variable, drug) == words


@given(st.lists(st.floats(18, 75.99), min_size=2, max_size=12), st.integers(0, 2), st.booleans())
def test_ages_of_those_who_may_take_part_are_never_found(ages: list[float], decimals: int, floored: bool) -> None:
    """Told in completed years or rounded, with any spread that these patients have."""
    told_as = [float(math.floor(a)) if floored else a for a in ages]
    numbers = {
        "minimum": min(told_as), "mean": statistics.fmean(told_as), "sd": statistics.stdev(told_as),
        "maximum": max(told_as),
    }  # fmt: skip
    printed = {name: f"{x:.{decimals}f}" for name, x in numbers.items()}
    assert told(found((RANGE, drug("age", **printed, analysed=str(len(ages)))))) == []
