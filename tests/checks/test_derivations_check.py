"""Derived values follow from their inputs, and sizes of groups are printed counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evsynth.checks.derivations import evaluate

NUMBERS = {"a": Decimal(12), "b": Decimal(8), "b.of": Decimal(34), "c-d": Decimal("0.5")}


@pytest.mark.parametrize(
    ("formula", "value"),
    [("a - b", 4), ("a − b", 4), ("a + b * 2", 28), ("b.of - b", 26), ("a * c-d", 6), ("a / b", "1.5"), ("a", 12)],
)
def test_computed(formula, value):
    assert evaluate(formula, NUMBERS) == Decimal(value)


@pytest.mark.parametrize("formula", ["", "a -", "a b", "a % b", "0 (prose)", "x - a", "a-b", "__import__('os')"])
def test_refused(formula):
    with pytest.raises(ValueError, match=r"\w"):
        evaluate(formula, NUMBERS)


STUDY = """
study: alpha-2020
label: Alpha 2020
title: Title
authors: [Alpha A]
year: 2020
cohorts:
  - cohort: main
    label: Main
    design: single-arm series
    condition: ILD
    patients: PATIENTS
    arms: [{arm: all, label: All, role: whole, patients: PATIENTS}]
variables:
  - {variable: patients, label: Patients, kind: count}
  - {variable: death, label: Death, kind: count}
passages:
  - source: paper
    where: Text
    quote: Of 40 patients 31 survived
    arm: all
    values:
      - {printed: Of 40 patients, id: size, variable: patients, count: 40}
      - {printed: 31 survived, id: alive, variable: death, category: alive, count: 31}
unquoted:
  - {id: dead, arm: all, variable: death, count: DEAD, of: TOTAL, why: derived, formula: FORMULA,
     inputs: [size, alive], assumption: A}
"""


def codes(dead="9", total="40", formula="size - alive", patients="40"):
    from evsynth.checks.derivations import derivations
    from evsynth.checks.registry import case
    from evsynth.model.review import Review
    from evsynth.text.extraction import read_study

    text = STUDY.replace("DEAD", dead).replace("TOTAL", total).replace("FORMULA", formula)
    extraction = read_study(text.replace("PATIENTS", patients), "alpha-2020.yaml")
    review = Review.model_construct(outcomes=(), instruments=())
    return [f.code for f in derivations(case(extraction, review, {}))]


FOUND = [
    ({"dead": "8"}, "DERIVED_DIFFERS"),
    ({"total": "41"}, "DERIVED_DIFFERS"),
    ({"formula": "size + alive"}, "DERIVED_DIFFERS"),
    ({"formula": "40 minus 31"}, "DERIVATION_FORMULA"),
    ({"patients": "41"}, "GROUP_SIZE"),
]
LEFT_ALONE = [
    {},
    {"formula": "size − alive"},
    {"formula": "40 - alive"},
    {"formula": "size.count - alive.count"},
    {"total": "40", "dead": "9"},
]


@pytest.mark.parametrize(("changed", "code"), FOUND)
def test_found(changed, code):
    assert codes(**changed) == [code]


@pytest.mark.parametrize("changed", LEFT_ALONE)
def test_left_alone(changed):
    assert codes(**changed) == []
