"""Dates, durations, doses, rates and figures of tests told in a few sentences: what is found, what is left alone."""

from __future__ import annotations

import importlib

import pytest

from evsynth.checks.scanned.reading import reading
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document


def found(check: str, text: str) -> list[Finding]:
    """Run the check of a module on a text."""
    module = importlib.import_module(f"evsynth.checks.scanned.{check}")
    return list(getattr(module, check.rpartition(".")[2])(reading(read_document("x", f"{text}\n"))))


BAD = (
    ("numbers.weeks_and_days", "She was delivered at 36 weeks and 8 days of gestation."),
    ("numbers.weeks_and_days", "Mean gestation was 39+1 weeks with and 38+7 weeks without induction."),
    ("numbers.items_of_scale", "The scale has ten items, each scored from 1 to 5, for a total of 10 to 60."),
    ("calendar.stays", "She was admitted on 2 May 2016. She was discharged on 28 May 2016 after 16 days in hospital."),
    ("calendar.born_in", "The patient, a man born in 1948, presented in May 2012 at the age of 46 years."),
    (
        "calendar.phases_added",
        "A 2-week run-in was followed by a 12-week treatment phase and a 6-week follow-up. "
        "Total participation lasted 22 weeks.",
    ),
    (
        "calendar.least_and_range",
        "All patients had a minimum follow-up of 12 months. Mean follow-up was 31 months (range 6-70).",
    ),
    ("calendar.life_course", "Mean age at diagnosis was 31.2 years. The mean age at onset was 38.4 years."),
    (
        "calendar.outside_period",
        "Patients were treated between May 2011 and June 2014. The last patient was treated on 3 November 2014.",
    ),
    ("told.coma_scale", "On arrival the GCS was 9 (E2 V3 M6)."),
    ("told.solutions", "Anaesthesia was done with 10 mL of 2% lidocaine (20 mg)."),
    ("told.course_totals", "Amoxicillin 500 mg three times daily for 7 days (15.0 g in total) was given."),
    ("told.weight_doses", "A man weighing 70 kg was given 1.5 mg/kg (150 mg)."),
    ("told.weight_doses", "Drug was given at 75 mg/m2; for a body surface area of 1.8 m2 this amounts to 153 mg."),
    ("told.named_laws", "PaO2 was 60 mmHg on an FiO2 of 0.40 (P/F ratio 105)."),
    ("told.named_laws", "Blood pressure was 140/80 mmHg (mean arterial pressure 127 mmHg)."),
    ("told.power_of_sizes", "With response rates of 50% and 30%, 34 patients per group give 80% power at a 5% level."),
    ("told.sizes_planned", "A total of 158 patients were needed, 64 per group."),
    ("told.test_figures_told", "Sensitivity was 91% and the false negative rate 18%."),
    ("told.test_figures_told", "There were 40 true positives and 10 false negatives, a sensitivity of 90%."),
    ("told.test_figures_told", "No cancer was missed by the assay (sensitivity 91%)."),
    ("told.rates_of_population", "There were 210 cases in a population of 6,000,000 (35 per 100,000)."),
    ("told.rates_of_population", "The rate was 3.1% (3.1 per 1000)."),
    ("told.dead_and_alive", "Two-year survival was 44%, that is, 66% of the patients had died."),
    ("told.dead_and_alive", "Of 80 dogs, 10 had died and 75 (94%) were still alive."),
    ("told.course_of_time", "The 500 nurses were followed for a mean of 4.2 years (1,200 person-years)."),
    ("told.share_of_planned", "We analysed 140 deaths, i.e. 60% of the 200 deaths planned."),
    ("told.paces", "The operation lasted from 09:15 to 11:45 (210 min)."),
    ("told.kappa_and_agreement", "The raters agreed in 80% of the films (unweighted kappa 0.91)."),
    ("told.converted_units", "HbA1c was 7.9 ± 1.0% (93 ± 11 mmol/mol)."),
    ("tabled.two_by_two", "Table 1. Test against biopsy\n\tCancer\tNo cancer\nPositive\t45\t8\nNegative\t5\t72\n"
     "Sensitivity was 80.0% and specificity 90.0% in these patients."),
)  # fmt: skip
GOOD = (
    ("numbers.weeks_and_days", "Gestation was 36+6 weeks in one and 40 weeks and 5 days in the other."),
    ("numbers.weeks_and_days", "The score was 12+9 points in the weeks after delivery."),
    ("numbers.items_of_scale", "The scale has ten items, each scored from 1 to 5, for a total of 10 to 50."),
    ("calendar.stays", "She was admitted on 2 May 2016. She was discharged on 18 May 2016 after 16 days in hospital."),
    ("calendar.stays", "She was admitted on 2 May 2016, and operated after 3 days. She was discharged on 28 May 2016."),
    ("calendar.born_in", "The patient, a man born in 1948, presented in May 2012 at the age of 63 years."),
    (
        "calendar.phases_added",
        "A 2-week run-in was followed by a 12-week treatment phase and a 6-week follow-up. "
        "Total participation lasted 20 weeks.",
    ),
    (
        "calendar.least_and_range",
        "All patients had a minimum follow-up of 12 months. Mean follow-up was 31 months (range 12-70).",
    ),
    ("calendar.life_course", "Mean age at diagnosis was 38.4 years. The mean age at onset was 31.2 years."),
    (
        "calendar.outside_period",
        "Patients were treated between May 2011 and June 2014. The last follow-up visit was on 3 November 2014.",
    ),
    ("told.coma_scale", "On arrival the GCS was 11 (E2 V3 M6)."),
    ("told.solutions", "Anaesthesia was done with 10 mL of 2% lidocaine (200 mg)."),
    ("told.course_totals", "Amoxicillin 500 mg three times daily for 7 days (10.5 g in total) was given."),
    ("told.weight_doses", "A man weighing 70 kg was given 1.5 mg/kg (maximum 100 mg; 100 mg)."),
    ("told.named_laws", "PaO2 was 60 mmHg on an FiO2 of 40% (P/F ratio 150)."),
    ("told.named_laws", "The programme cost $1,240 more and gained 0.03 QALYs, an ICER of $37,576 per QALY."),
    ("told.power_of_sizes", "With response rates of 50% and 30%, 93 patients per group give 80% power at a 5% level."),
    ("told.sizes_planned", "A total of 142 patients were needed, 64 per group with 10% losses."),
    ("told.sizes_planned", "With 173 patients per group for 80% power, we planned for 350 in all."),
    ("told.test_figures_told", "There were 40 true positives and 10 false negatives, a sensitivity of 80%."),
    ("told.rates_of_population", "There were 210 cases in a population of 6,000,000 (3.5 per 100,000)."),
    ("told.dead_and_alive", "Two-year survival was 44%, that is, 56% of the patients had died."),
    ("told.course_of_time", "The 500 nurses were followed for a mean of 4.2 years (2,100 person-years)."),
    ("told.share_of_planned", "We analysed 140 deaths, i.e. 70% of the 200 deaths planned."),
    ("told.paces", "The operation lasted from 09:15 to 11:45 (150 min)."),
    ("told.kappa_and_agreement", "The raters agreed in 80% of the films (weighted kappa 0.91)."),
    ("told.converted_units", "HbA1c was 7.9 ± 1.0% (63 ± 11 mmol/mol)."),
    ("tabled.two_by_two", "Table 1. Test against biopsy\n\tCancer\tNo cancer\nPositive\t45\t8\nNegative\t5\t72\n"
     "Sensitivity was 90.0% and specificity 90.0% in these patients."),
)  # fmt: skip


@pytest.mark.parametrize(("check", "text"), BAD)
def test_found(check: str, text: str) -> None:
    assert found(check, text)


@pytest.mark.parametrize(("check", "text"), GOOD)
def test_left_alone(check: str, text: str) -> None:
    assert not found(check, text)
