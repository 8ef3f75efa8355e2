"""Tables with one row for each patient against what the text says of them: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import CHECKS, reading
from evsynth.checks.scanned.tabled import case_courses, case_limits, case_summaries, case_words
from evsynth.scan.document import read_document

CHECK = {
    "case_courses": case_courses.case_courses, "case_limits": case_limits.case_limits,
    "case_summaries": case_summaries.case_summaries, "case_words": case_words.case_words,
}  # fmt: skip

PATIENTS = """Table 1. Patients

| Case | Age (years) | Sex | CT pattern | Drugs |
|---|---|---|---|---|
| 1 | 34 | F | NSIP | CYC |
| 2 | 51 | M | OP | none |
| 3 | 47 | F | NSIP | AZA |
| 4 | 62 | F | UIP | AZA, MMF |
| 5 | 58 | M | OP | CYC |
| 6 | 70 | F | NSIP | none |
| 7 | 45 | M | DAD | MMF |

Table 2. Course

| Case | FVC before | FVC after | DLCO before | DLCO after | Ferritin baseline | Ferritin month 6 |
|---|---|---|---|---|---|---|
| 1 | 61 | 70 | 44 | 50 | 812 | 240 |
| 2 | 72 | 75 | 58 | 55 | 430 | 310 |
| 3 | 55 | 63 | 40 | ND | 1520 | 600 |
| 4 | 68 | 64 | 51 | 47 | 290 | 320 |
| 5 | 49 | 58 | 36 | 41 | 2210 | 500 |
| 6 | 74 | 74 | 60 | 62 | 350 | 200 |
| 7 | 66 | 71 | 47 | 52 | 990 | 410 |
"""


def paper(text: str) -> str:
    """Give a report of seven patients with a sentence of its results (or, after "Methods: ", of its methods)."""
    methods, results = (text[9:], "") if text.startswith("Methods: ") else ("We reviewed the notes.", text)
    return (
        "A drug in a lung disease: seven cases\n\nAbstract\n\nWe report seven patients with a lung disease.\n\n"
        f"Introduction\n\nLittle is known.\n\nMethods\n\n{methods}\n\nResults\n\n{results}\n\n{PATIENTS}\n\n"
        "Discussion\n\nMore is needed.\n"
    )


FOUND: tuple[tuple[str, str], ...] = (
    ("case_summaries", "The median age was 54 years."),
    ("case_summaries", "Seven patients (four women; median age 51 years, range 34-72) were treated."),
    ("case_summaries", "The mean age was 55.4 years."),
    ("case_summaries", "Their mean age was 52.4 years (range 30 to 70)."),
    ("case_summaries", "Median age: 47 years."),
    ("case_summaries", "Median FVC was 62% of predicted before treatment."),
    ("case_summaries", "The mean FVC rose from 63.6 to 69.7."),
    ("case_summaries", "The mean FVC went from 66.3% to 67.9%."),
    ("case_summaries", "The median ferritin fell from 812 to 220."),
    ("case_summaries", "The average age of 58.1 years was high."),
    ("case_summaries", "Median FVC was 64% before and 73% after."),
    ("case_summaries", "The mean ferritin was 843 at baseline."),
    ("case_courses", "At month 6 ferritin was lower in five patients."),
    ("case_courses", "FVC remained the same in two patients."),
    ("case_words", "Two patients (patients 2, 5 and 6) stopped the drug."),
    ("case_words", "None of the patients had OP."),
    ("case_courses", "FVC rose in six patients."),
    ("case_courses", "FVC increased in all patients."),
    ("case_courses", "FVC improved in every patient."),
    ("case_courses", "FVC was higher after treatment than before in all seven patients."),
    ("case_courses", "FVC fell in two patients and was unchanged in one."),
    ("case_courses", "Ferritin fell in all seven patients."),
    ("case_courses", "Ferritin decreased in every patient."),
    ("case_courses", "In no patient did ferritin rise; nobody had a higher ferritin at month 6."),
    ("case_courses", "No patient had a lower FVC after treatment."),
    ("case_courses", "DLCO was measured again in all seven patients."),
    ("case_courses", "DLCO was repeated in all patients."),
    ("case_courses", "DLCO improved in five patients and fell in two."),
    ("case_words", "No patient had UIP."),
    ("case_words", "None of the patients showed usual interstitial pneumonia (UIP)."),
    ("case_words", "CT showed NSIP in three, OP in three, UIP in one and DAD in one."),
    ("case_words", "The pattern was NSIP in four, OP in two, UIP in one and DAD in one patient."),
    ("case_words", "Three patients (nos. 1, 3, 5 and 7) gained more than 5 points."),
    ("case_words", "Five patients (cases 1-3 and 7) had fever."),
    ("case_words", "Patient 4, a 62-year-old man, had dyspnoea."),
    ("case_words", "Case 7 was a 54-year-old man with fever."),
    ("case_words", "Patient 2 was a 51-year-old woman."),
    ("case_words", "Nobody had DAD."),
    ("case_limits", "Methods: Patients had to have an FVC below 70% of predicted."),
    ("case_limits", "Methods: Patients with an FVC of 50 to 80% were eligible."),
    ("case_limits", "Methods: Inclusion criteria were FVC less than 72% and active disease."),
    ("case_limits", "Methods: Eligible were adults with ferritin above 300."),
    ("case_limits", "Methods: Patients were included with DLCO under 60%, in a stable state, FVC ≤ 72%."),
    ("case_limits", "Methods: We included patients with ferritin of at least 400."),
)  # fmt: skip

LEFT_ALONE: tuple[tuple[str, str], ...] = (
    ("case_summaries", "The median age was 51 years."),
    ("case_summaries", "Seven patients (four women; median age 51 years, range 34-70) were treated."),
    ("case_summaries", "The mean age was 52.4 years."),
    ("case_summaries", "The mean age was 52 years, and the median FVC was 66%."),
    ("case_summaries", "Among the women the median age was 55 years."),
    ("case_summaries", "The median change in FVC was 5 points."),
    ("case_summaries", "The mean FVC rose from 63.6 to 67.9."),
    ("case_summaries", "The median ferritin fell from 812 to 320."),
    ("case_summaries", "In a previous series the median age was 63 years."),
    ("case_summaries", "The median follow-up was 18 months (range 6-40)."),
    ("case_summaries", "The mean dose was 12.5 mg."),
    ("case_summaries", "The median FVC at 3 months was 70%."),
    ("case_summaries", "The mean age at onset was 45 years."),
    ("case_summaries", "The median peak ferritin was 1800."),
    ("case_courses", "At 3 months ferritin had fallen in two patients; at week 4 ferritin rose in five patients."),
    ("case_courses", "FVC rose in five patients."),
    ("case_courses", "FVC rose in five patients, fell in one and was unchanged in one."),
    ("case_courses", "FVC rose by at least 8 points in three patients."),
    ("case_courses", "Ferritin fell in six of the seven patients."),
    ("case_courses", "Ferritin decreased markedly in four patients."),
    ("case_courses", "Nobody had a fall in FVC of more than 10%."),
    ("case_courses", "None had a relative decline of FVC of that size."),
    ("case_courses", "Among the women FVC rose in three."),
    ("case_courses", "FVC was measured in all seven patients."),
    ("case_courses", "DLCO was measured again in six patients."),
    ("case_courses", "DLCO was measured at baseline in all patients."),
    ("case_courses", "Symptoms improved in all patients."),
    ("case_courses", "DLCO rose in four patients and fell in two."),
    ("case_words", "No patient had sarcoidosis."),
    ("case_words", "No patient had severe UIP."),
    ("case_words", "No patient had UIP at baseline in the lower lobes only."),
    ("case_words", "CT showed NSIP in three, OP in two, UIP in one and DAD in one."),
    ("case_words", "Four patients (nos. 1, 3, 5 and 7) gained more than 5 points."),
    ("case_words", "Four patients (cases 1-3 and 7) had fever."),
    ("case_words", "Patient 4, a 62-year-old woman, had dyspnoea."),
    ("case_words", "Case 7 was a 45-year-old man with fever."),
    ("case_words", "Two patients (29%) had fever."),
    ("case_words", "No patient had OP without NSIP."),
    ("case_words", "No patient received CYC and MMF together."),
    ("case_words", "Patient 5, a 49-year-old man when symptoms began, had dyspnoea."),
    ("case_words", "One patient (no. 3) had fever, and two patients (nos. 2 and 5) had rash."),
    ("case_words", "No patient had received MMF before."),
    ("case_limits", "Methods: Patients had to have an FVC below 80% of predicted."),
    ("case_limits", "Methods: Patients with an FVC below 70% were excluded from inclusion."),
    ("case_limits", "Methods: Patients were included; response was defined as FVC above 80%."),
    ("case_limits", "Methods: Inclusion criteria were FVC less than 70% or DLCO less than 65%."),
    ("case_limits", "Methods: Eligible were adults with ferritin above 200."),
    ("case_limits", "Methods: We included patients with at least 12 months of treatment."),
)  # fmt: skip


def codes(check: str, text: str) -> list[str]:
    """Run one check on a report of cases."""
    return [f.code for f in CHECK[check](reading(read_document("x", paper(text))))]


@pytest.mark.parametrize(("check", "text"), FOUND, ids=[f"{i}-{c}" for i, (c, _) in enumerate(FOUND)])
def test_found(check: str, text: str) -> None:
    """Each contradiction gives a finding."""
    wanted = "ELIGIBILITY_CONTRADICTS" if check == "case_limits" else "PRINTED_DIFFERENTLY"
    assert wanted in codes(check, text)


@pytest.mark.parametrize(("check", "text"), LEFT_ALONE, ids=[f"{i}-{c}" for i, (c, _) in enumerate(LEFT_ALONE)])
def test_left_alone(check: str, text: str) -> None:
    """None of the innocent sentences gives a finding."""
    assert codes(check, text) == []


@pytest.mark.parametrize("name", sorted(CHECK))
def test_registered(name: str) -> None:
    """Every check tested here is one that a document is judged by."""
    assert CHECK[name] in [check.run for check in CHECKS]
