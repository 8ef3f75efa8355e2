"""Measured values told in dense sentences: differences, relative changes, scales, derived values, ages and dates."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document


def found(text: str) -> list[Finding]:
    """Judge an abstract."""
    document = read_document("x", f"A study of something\n\nAbstract\n{text}\n")
    return [f for f in judge(document) if f.severity in ("error", "inconsistent")]


FOUND = (
    ("DIFFERENCE_TOLD", "Macular thickness decreased from 441 ± 109 to 302 ± 71 µm (−179 µm) with A and from "
                        "433 ± 101 to "
                        "320 ± 80 µm (−113 µm) with B."),
    ("DIFFERENCE_TOLD", "FEV1 improved from 1.82 ± 0.51 L to 2.04 ± 0.55 L (+0.32 L; P < 0.001)."),
    ("DIFFERENCE_TOLD", "Systolic pressure fell from 149 to 140 mmHg (−9 mmHg) and diastolic from 91 to 84 mmHg "
                        "(−17 mmHg)."),
    ("DIFFERENCE_TOLD", "Pulmonary pressure fell from 31.4 to 28.2 mmHg with oxygen and from 30.9 to 30.1 mmHg "
                        "with air "
                        "(between-group difference in change −1.2 mmHg)."),
    ("DIFFERENCE_TOLD", "The least-squares mean change was 1.8 with the drug and 3.9 with placebo (difference, "
                        "−3.1; 95% CI "
                        "−4.2 to −2.0)."),
    ("DIFFERENCE_TOLD", "Cholesterol fell by a mean of 1.1 mmol/L (from 6.3 to 5.2) on diet and by 1.6 mmol/L "
                        "(from 6.2 to "
                        "5.3) with stanols."),
    ("DIFFERENCE_TOLD", "Viral load fell by 2.4 log10 copies/mL, from 5.1 to 3.7 log10 copies/mL."),
    ("DIFFERENCE_TOLD", "Blood pressure was 6.2 mm Hg lower with the polypill than with usual care (132.4 vs "
                        "141.6 mm Hg)."),
    ("DIFFERENCE_INTERVAL", "The bias was 1.3 mmol/L (limits of agreement −0.8 to 1.4 mmol/L)."),
    ("RELATIVE_CHANGE", "Weight went from 84.2 kg to 79.9 kg (−8.1%) with the drug."),
    ("RELATIVE_CHANGE", "LDL cholesterol fell from 3.9 to 2.6 mmol/L (33% reduction) with the high and from 3.8 "
                        "to 3.1 mmol/L "
                        "(28% reduction) with the low dose."),
    ("RELATIVE_CHANGE", "Ferritin was 48 µg/L in cases and 84 µg/L in controls, i.e. 75% lower in cases."),
    ("RELATIVE_CHANGE", "Infections fell from 8.1 to 4.9 per 1000 patient-days, a relative reduction of 60%."),
    ("RELATIVE_CHANGE", "In 2018, 446 of 3946 students (11.3%) were users. In 2022 it was 18.5%. The absolute "
                        "increase was 7.2 "
                        "percentage points, a relative increase of 39%."),
    ("RELATIVE_CHANGE", "Illness was seen in 14 vaccinees (2.4 per 1000) and 35 with placebo (12.2 per 1000), "
                        "VE 72.1%."),
    ("OUT_OF_ORDER", "Scores changed by −7.1 and −4.6 points (between-group difference 2.5; 95% CI −3.9 to −1.1)."),
    ("OUT_OF_ORDER", "Ages ranged from 19 to 64 years (median 67)."),
    ("OUT_OF_ORDER", "Cmax was 3.7, 2.4 and 3.0 mg/L and the trough concentration 1.1, 3.1 and 0.9 mg/L."),
    ("OUT_OF_ORDER", "The mean age was 44.2±14.1 years, and the mean duration of diabetes was 49.5±13.2 years."),
    ("OUTSIDE_INSTRUMENT", "Knowledge was asked (ten true/false items, one point each). The median knowledge "
                           "score was 7 (IQR "
                           "5-18) in nurses."),
    ("OUTSIDE_INSTRUMENT", "Fatigue was measured by 9 items, each scored from 0 to 3. The mean fatigue score "
                           "was 31.2 (SD 4)."),
    ("OUTSIDE_INSTRUMENT", "The mean MoCA score (0-30) was 24.1 ± 3.2 before and 32.6 ± 2.9 after the programme."),
    ("DERIVED_VALUE", "A 54-year-old man (height 172 cm, weight 60 kg; BMI 25.3 kg/m2) was admitted."),
    ("DERIVED_VALUE", "Mean weight was 82.1 kg and mean height 1.68 m (BMI 24.1 kg/m2)."),
    ("DERIVED_VALUE", "Adults took 50 mg daily. The AUC was 53.4, 25.1 and 50.6 mg·h/L in periods 1, 2 and 3. "
                      "Oral clearance "
                      "rose from 0.94 L/h in period 1 to 1.19 L/h in period 2."),
    ("DERIVED_VALUE", "It was eliminated with a half-life of 12 h and a rate constant of 0.18 per hour."),
    ("DERIVED_VALUE", "Geometric mean titers were 527 and 132 IU/L (ratio, 1.95; 95% CI, 1.24 to 3.06)."),
    ("DERIVED_VALUE", "Titres rose from 864 to 8208 (geometric mean fold rise 5.9) after vaccination."),
    ("TIMES_DIFFER", "All patients received 60 Gy in 30 fractions of 2.5 Gy with cisplatin."),
    ("TIMES_DIFFER", "They attended 24 sessions of 45 minutes (total 12 hours)."),
    ("TIMES_DIFFER", "Each received 20 mg weekly for 12 weeks (cumulative dose 420 mg)."),
    ("ELIGIBILITY_CONTRADICTS", "Infants younger than 12 months with bronchiolitis were randomly assigned. "
                                "Median age was 4.2 "
                                "months (IQR 2.1-7.3; range 0.4-14.8)."),
    ("ELIGIBILITY_CONTRADICTS", "Children aged 6 to 59 months with wasting were enrolled. Mean age was 16.2 (SD "
                                "9.1) months, "
                                "range 6 to 71."),
    ("ELIGIBILITY_CONTRADICTS", "Setting and participants: Adults after stroke, with a Patient Health "
                                "Questionnaire-9 (PHQ-9) "
                                "score of 10 or higher. Results: Baseline PHQ-9 averaged 9.4 (SD 3.6) with the "
                                "programme."),
    ("DATES", "Patients were recruited from February 2019 until August 2021 and followed up for 12 months, the "
              "last visit "
              "being in March 2022."),
    ("DATES", "All persons with onset 1996-2015 were identified. Follow-up ran from onset to stroke, death or "
              "31 December "
              "2018. Median follow-up was 11.2 years (maximum 28.0)."),
    ("DATES", "All repairs registered in a registry between 1 January 2010 and 31 December 2018 were linked, "
              "with follow up "
              "until 31 December 2017."),
)  # fmt: skip

LEFT = (
    "Macular thickness decreased from 441 ± 109 to 302 ± 71 µm (−139 µm) with A and from 433 ± 101 to 320 ± 80 "
    "µm (−113 µm) "
    "with B.",
    "Pulmonary pressure fell from 31.4 to 28.2 mmHg with oxygen and from 30.9 to 30.1 mmHg with air "
    "(between-group difference "
    "in change −2.2 mmHg).",
    "The least-squares mean change was 1.8 with the drug and 3.9 with placebo (difference, −2.1; 95% CI −3.2 to −1.0).",
    "Deaths (22 versus 25), care homes (8.1% versus 9.1% of 507 and 493) and stay (9.8 versus 10.3 days; "
    "difference −0.5, "
    "95% CI −1.4 to 0.4) were alike.",
    "The EQ-5D-5L VAS (0-100) rose from 58 (SD 19) to 67 (SD 18).",
    "Fibres of 3 micrometer or less comprised from 72% to 89% of the total, a larger part than before.",
    "Sleepiness was lower during the drug (3.05; 2.77 to 3.33) than during placebo (3.45; 3.18 to 3.71).",
    "Cost rose from 1012 euro at the start to 12 650 euro at one year.",
    "The titre rose from 1012 (95% CI 908–1128) at baseline to 12 650 (11 240–14 237) on day 29.",
    "Each 10-mL/min decrease in eGFR raised the odds of injury by 42% (aOR 1.42, 95% CI 1.27 to 1.59).",
    "Each percentage point more of income was associated with drinking, RR = 1.004 (95% CI 1.001 to 1.007), "
    "which translates "
    "to a 13.6% increase in the relative risk for the average person.",
    "In 2018 it was 11.3% and in 2022 18.5%, an absolute increase of 7.2 percentage points and a relative "
    "increase of 64%.",
    "Illness was seen in 14 vaccinees (2.43 per 1000) and 35 with placebo (12.20 per 1000), VE 80.1%.",
    "Scores were lower with the drug (difference 2.5; 95% CI −3.9 to −1.1).",
    "The bias was 0.3 mmol/L (limits of agreement −0.8 to 1.4 mmol/L).",
    "The mean age was 54.2±14.1 years, and the mean duration of diabetes was 19.5±13.2 years.",
    "Cmax was 3.7, 2.4 and 3.0 mg/L and the trough concentration 1.1, 0.3 and 0.9 mg/L.",
    "Cmax was 3.7 mg/L and the trough concentration 310 ng/mL.",
    "Fatigue was measured by 9 items, each scored from 1 to 7. The mean fatigue score was 4.2 (SD 1.4).",
    "The mean MoCA score (0-30) was 24.1 ± 3.2 before and 25.6 ± 2.9 after the programme.",
    "A 54-year-old man (height 172 cm, weight 60 kg; BMI 20.3 kg/m2) was admitted.",
    "Mean weight was 82.1 kg and mean height 1.68 m (BMI 29.4 kg/m2).",
    "Geometric mean titers were 257 and 132 IU/L (ratio, 1.95; 95% CI, 1.24 to 3.06).",
    "All patients received 50.4 Gy in 28 fractions (1.8 Gy per fraction) and a boost.",
    "They attended 24 sessions of 45 minutes (total 18 hours).",
    "Adults aged 18 to 70 years with a depression rating scale (MADRS; range, 0-60, higher scores worse) of 25 "
    "or more were "
    "enrolled.",
    "Adults aged 60 years and over were enrolled. The mean age of the 12 486 participants was 68.9 years (SD "
    "6.3; range 60-97).",
    "Adults aged 60 years and over were enrolled (median age 67 years, range 60–98). Efficacy declined from "
    "60–69 to ≥80 years.",
    "We asked students about senior teachers (aged >55). The 28 students had a mean age of 22 years.",
    "Patients were recruited from February 2019 until August 2021 and followed up for 12 months, the last visit "
    "being in "
    "August 2022.",
)  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_found(code: str, text: str) -> None:
    assert code in {f.code for f in found(text)}, found(text)


@pytest.mark.parametrize("text", LEFT)
def test_left_alone(text: str) -> None:
    assert not found(text)


TABLES = """Methods
Infants aged 1-12 months with bronchiolitis were eligible. Strength was scored with the MMT8, which runs from 0 to 80.

Results

Table 1. Baseline and course over 12 months
	Drug (n=203)	Placebo (n=201)
Age in months, median (IQR; range)	5 (3-8; 1-12)	5 (2-8; 1-{oldest})
Height, cm, mean (SD)	66 (5)	65 (6)
Weight, kg, mean (SD)	7.4 (1.1)	7.3 (1.2)
BMI, kg/m2, mean (SD)	16.9 (1.4)	{bmi} (1.6)
MMT8 score, median (IQR)	67.5 (63.2-71.8)	72.5 (67.2-{best})
"""


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("ELIGIBILITY_CONTRADICTS", {"oldest": "21"}),
        ("DERIVED_VALUE", {"bmi": "27.1"}),
        ("OUTSIDE_INSTRUMENT", {"best": "82.0"}),
    ],
)
def test_rows_of_tables(code: str, wrong: dict[str, str]) -> None:
    true = {"oldest": "12", "bmi": "17.1", "best": "79.0"}
    assert code in {f.code for f in judge(read_document("x", TABLES.format(**true | wrong)))}
    assert code not in {f.code for f in judge(read_document("x", TABLES.format(**true)))}
