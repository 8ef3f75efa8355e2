"""Computed statistics in lists, units, doses, logarithms and agreement, and one measure told in two places."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.checks.scanned.reading import reading
from evsynth.checks.scanned.told.converted_units import converted_units
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document


def found(text: str) -> list[Finding]:
    """Judge the results of an abstract."""
    document = read_document("x", f"A study of something\n\nAbstract\n\nResults\n{text}\n")
    return [f for f in judge(document) if f.severity in ("error", "inconsistent")]


FOUND = (
    ("RATE", "There were 88 exacerbations over 74.9 patient-years at home, 90 over 73.8 in the centre, and 121 over "
             "73.2 with usual care, giving 1.65, 1.22, and 1.17 per patient-year."),
    ("RATE", "Observation time was 812.4, 794.9 and 801.2 patient-months. Patients on A had 54 flares, those on B 71 "
             "and those on C 103, giving 6.6, 10.9 and 12.9 flares per 100 patient-months."),
    ("RATE", "In the year before, 214 falls were reported, and 31,480 bed-days were provided; in the year after, the "
             "numbers were 163 and 30,912. Falls per 1000 bed-days numbered 7.70 in the first year and 5.27 in the "
             "second."),
    ("RATE_INTERVAL", "Crude incidence was 9.8 per 100 person-years (95% CI 5.2-12.0)."),
    ("RATE_INTERVAL", "The rates were 3.18 (2.67-3.76), 4.79 (3.90-6.24), and 3.05 (2.17-4.17) per 100 patient-years."),
    ("CONVERTED_UNITS", "Mean urate was 512 µmol/L (8.6 mg/dL) at clinic A and 505 µmol/L (9.5 mg/dL) at clinic B."),
    ("CONVERTED_UNITS", "Fasting glucose averaged 4.6 mmol/L (38 mg/dL) in controls."),
    ("CONVERTED_UNITS", "Temperature fell to 37.6 °C (97.9 °F) after three hours."),
    ("CONVERTED_UNITS", "HbA1c fell to 53 mmol/mol (8.0%)."),
    ("FOLD_CHANGE", "COL2A1 was reduced to 0.42 of its level in controls (log2 difference 1.25; q = 0.018)."),
    ("FOLD_CHANGE", "IL17A rose 5.6-fold (log2 fold change 2.94; P < 0.001)."),
    ("DOSE_BY_WEIGHT", "Twenty-four children (weight range 7.9-23.6 kg) received exactly 20 mg/kg, or 158 to 742 mg."),
    ("CLEARANCE", "Exposure was lower (AUC 69.7 v. 90.1 mg.h/L), as was clearance (0.222 v. 0.287 L/h/kg)."),
    ("AGREEMENT", "Effusion was seen by both in 58 and by neither in 121; the nurse alone saw it in 27 and the surgeon "
                  "alone in 14. Agreement was 81.4% and kappa 0.81."),
    ("AGREEMENT", "Both saw sacroiliitis in 41 patients and both saw none in 36, and they agreed on 104 of the 120."),
    ("STANDARDISED_DIFFERENCE", "The index was 11.2 (SD 7.1) online and 13.9 (SD 7.6) on paper (Cohen's d = 0.73)."),
    ("PROPORTION_INTERVAL", "Sensitivity was 88.1% (95% CI 81.1 to 88.7)."),
    ("NEEDED_TO_TREAT", "That is about 38 fewer cases per 1000 patients, or one case avoided for every 72 treated."),
    ("RELATIVE_CHANGE", "The hazard of revision was 29% lower with uncemented stems (HR 1.29, 95% CI 1.16-1.43)."),
    ("RATIO_OF_SHARES", "AKI occurred in 34 of the 107 who came late (31.8%) and 18 of the 205 who came early (8.8%), "
                        "for an OR of 3.62 (95% CI 2.15 to 6.10), and an adjusted OR of 3.92 (2.01 to 7.65)."),
    ("DIFFERENCE_TOLD", "Use was 6.1 h/night (1.5) as opposed to 5.6 (1.7) with CPAP, a difference of 1.5 h."),
    ("DIFFERENCE_TOLD", "This raised the C statistic of the clinical model from 0.742 to 0.756, an increase of 0.041."),
    ("P_OF_CORRELATION", "Both tests were done in 431 workers. Years of work did not matter (r = 0.06, P = 0.021)."),
)  # fmt: skip

LEFT = (
    "There were 88 exacerbations over 74.9 patient-years at home, 90 over 73.8 in the centre, and 121 over 73.2 with "
    "usual care, giving 1.17, 1.22, and 1.65 per patient-year.",
    "There were 88 exacerbations over 74.9 patient-years at home, 90 over 73.8 in the centre, and 121 over 73.2 with "
    "usual care; adjusted for age, there were 1.20, 1.22, and 1.60 per patient-year.",
    "Crude incidence was 8.1 per 100 person-years (95% CI 5.2-12.0).",
    "Incidence was 1.2 per 1000 person-years (95% CI 0.03 to 6.7).",
    "Creatinine was 132 µmol/L (1.5 mg/dL), bilirubin 34 µmol/L (2 mg/dL) and cholesterol 5.2 mmol/L (200 mg/dL).",
    "Patients received 500 mg or 1 g of the drug twice daily, or 250 mg (1 g in adults) once.",
    "A fever of 38 °C (100.4 °F) or more and an HbA1c of 53 mmol/mol (7.0%) were recorded.",
    "COL2A1 was reduced 2.4-fold (log2 fold change -1.26), IL17A rose 5.6-fold (log2 difference 2.49).",
    "Children weighing 7.9 to 23.6 kg received 20 mg/kg, or 158 to 472 mg.",
    "Adults weighing 52 to 110 kg received 20 mg/kg, up to 2000 mg (1040 to 2000 mg).",
    "Exposure was lower in the young (AUC 69.7 v. 90.1 mg.h/L), and clearance higher (0.287 v. 0.222 L/h/kg).",
    "Effusion was seen by both in 58 and by neither in 121; the nurse alone saw it in 27 and the surgeon alone in 14. "
    "Agreement was 81.4% and kappa 0.60.",
    "The index was 11.2 (SD 7.1) online and 13.9 (SD 7.6) with the booklet (Hedges' g = 0.36).",
    "Sensitivity was 88.1% (95% CI 81.1 to 92.7) and specificity 97.5% (95% CI 87.1 to 99.6).",
    "The vaccine's effectiveness was 71% (95% CI 12 to 90).",
    "That is about 38 fewer cases per 1000 patients, or one case avoided for every 27 treated.",
    "Injury occurred in 34 of 107 (31.8%) and 18 of 205 (8.8%), an OR of 4.84 (2.58 to 9.08).",
    "Levels correlated in the patients (rho = 0.58, P = 0.012; median score 6 [4-7]).",
)  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_a_contradiction_is_found(code: str, text: str) -> None:
    assert code in {f.code for f in found(text)}


@pytest.mark.parametrize("text", LEFT)
def test_an_innocent_sentence_is_left_alone(text: str) -> None:
    assert found(text) == []


PAPER = """A model for injury

Abstract
Results: Sensitivity was {sensitivity}% and specificity {specificity}%.

Introduction
Injury is common.

Methods
Rates of error are given with Wilson intervals.

Results
The AUC of the model was 0.710 (95% CI 0.621-0.798).

Table 1. Accuracy
Measure	n/N	% (95% CI)
Sensitivity	34/52	65.4 (51.8 to 76.8)
Specificity	102/134	76.1 ({low} to 82.6)

Table 2. Change, mean (95% CI)
Month	Drug	Placebo	Difference
6	-0.64 (-1.78 to 0.50)	-0.91 (-2.02 to 0.20)	0.27 (-1.31 to 1.85)
12	-0.40 (-1.57 to 0.77)	-1.52 (-2.65 to -0.39)	1.12 (-0.50 to 2.74)
24	-0.51 (-1.78 to 0.76)	{minus}3.83 (-4.98 to -2.68)	3.32 (1.60 to 5.04)

Discussion
The model had moderate discrimination, with an AUC of {auc}.
"""
TRUE = {"sensitivity": "65.4", "specificity": "76.1", "low": "68.2", "minus": "-", "auc": "0.71"}


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("COLUMNS_EXCHANGED", {"sensitivity": "76.1", "specificity": "65.4"}),
        ("PROPORTION_INTERVAL", {"low": "62.8"}),
        ("OUT_OF_ORDER", {"minus": ""}),
        ("PRINTED_DIFFERENTLY", {"auc": "0.81"}),
    ],
)
def test_two_places_of_a_paper(code: str, wrong: dict[str, str]) -> None:
    assert code in {f.code for f in judge(read_document("x", PAPER.format(**TRUE | wrong)))}
    assert code not in {f.code for f in judge(read_document("x", PAPER.format(**TRUE)))}


def test_a_unit_of_another_thing_measured_is_known_by_its_name() -> None:
    # 90 mg/dL is 5 mmol/L of glucose, and 2.3 of cholesterol.
    for words, wrong in (("Cholesterol", 1), ("Glucose", 0), ("The level", 0)):
        text = f"Results\n\n{words} was 5.0 mmol/L (90 mg/dL) on average.\n"
        assert len(list(converted_units(reading(read_document("x", text))))) == wrong
