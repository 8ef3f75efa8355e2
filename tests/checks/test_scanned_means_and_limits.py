"""Means by group, means beside ranges, ages by the word alone, limits of entry, times in two units, rows of three."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document


def found(text: str) -> list[Finding]:
    """Judge a text."""
    return [f for f in judge(read_document("x", text)) if f.severity in ("error", "inconsistent")]


ENTRY = (
    "Methods\nEligible patients had {}.\n\nResults\nTable 1. Baseline characteristics\n\tDrug (n=60)\t"
    "Placebo (n=61)\n{}"
)

STARS = (
    "Table 2. Angles, medians\nAngle\tA (n=32)\tB (n=32)\tp\nSNA\t81.2\t80.6\t{}\nIMPA\t90.7\t94.4\t0.02*\n"
    "U1\t101.8\t106.3\t0.002*\nANB\t3.1\t3.4\t0.56\n{}"
)

FOUND = (
    # totals and means
    ("RATE", "The 40 hospital stays cost $612,000 altogether, i.e. $13,500 per stay on average."),
    ("RATE", "During the year the 62 carers received 434 visits, i.e. an average of 5.0 visits per carer."),
    ("RATE", "Nurses spent 1,845 minutes on 123 calls, a mean of 19 minutes per call."),
    ("RATE", "The two wards recorded 35 and 52 falls among 70 and 65 patients, i.e. 0.50 and 0.60 falls per patient."),
    ("RATE", "Clinics A and B had 212 and 340 visits by 53 and 68 women, on average 4.0 and 6.2 visits per woman."),
    ("RATE", "There were 84 admissions in the trained arm and 120 in the control arm. They took 504 and 1,068 "
             "bed-days, "
             "a mean of 6.0 and 9.8 days per admission."),
    ("RATE", "Costs were €96,000 and €143,000 for 40 and 44 patients, a mean of €2,400 and €3,850 per patient."),
    ("RATE", "In all, 48 and 51 dogs were operated on. The surgeons used 192 and 306 staples, on average 4.0 and "
             "8.0 per "
             "dog."),
    # ranges
    ("SD_IMPOSSIBLE", "Hospital stay ranged from 3 to 8 days (mean 5.2, SD 6.1; n = 44)."),
    ("SD_IMPOSSIBLE", "Gestation at birth, 28 to 34 weeks, averaged 31.2 weeks (SD 5.0), range 28 to 34 weeks."),
    ("SD_IMPOSSIBLE", "Ages ran from 20 to 30 years (mean 24.8 ± 9.6)."),
    ("OUT_OF_ORDER", "Thirty dogs were included (median age 7 years, range 2-13; median weight 24 kg, range 61-51 "
                     "kg)."),
    # scales
    ("OUTSIDE_INSTRUMENT", "Insomnia was measured with the seven-item Insomnia Severity Index (0 to 28); the mean at "
                           "entry was 31.4 (SD 4.9)."),
    ("OUTSIDE_INSTRUMENT", "Five-minute Apgar scores (0-10) were similar: mean 8.9 after spinal and 11.9 after general "
                           "anaesthesia."),
    ("OUTSIDE_INSTRUMENT", "Carers completed the 22-item Zarit interview (five-point items, total 0-88): their "
                           "mean was "
                           "96.2 (SD 14.1)."),
    # means of all
    ("WHOLE_OF_PARTS", "The 120 girls were lighter than the 80 boys (mean 31.0 and 36.0 kg, respectively); the mean "
                       "weight of all children was 35.4 kg."),
    ("WHOLE_OF_PARTS", "Urinary iodine was low (girls: geometric mean 31 µg/L, n = 502; boys: geometric mean 52 µg/L, "
                       "n = 488; all 990 pupils: geometric mean 14 µg/L)."),
    # units of time
    ("CONVERTED_UNITS", "Symptoms had lasted for a median of 30 months (3.5 years) before referral."),
    ("CONVERTED_UNITS", "The observation period of 78 weeks (2.5 years) was completed by all."),
    ("CONVERTED_UNITS", "Catheters stayed in place for 504 h (31 days)."),
    # ages and limits of entry
    ("ELIGIBILITY_CONTRADICTS", "Methods\nWe included every adult who began dupilumab.\n\nResults\nThere were 92 "
                                "patients. Mean age was 38.2 years (SD 14.1; range 9–77)."),
    ("ELIGIBILITY_CONTRADICTS", "Methods\nAdults with a first seizure were eligible.\n\nResults\nThe 120 participants "
                                "were aged 7 to 81 years."),
    ("ELIGIBILITY_CONTRADICTS", "Methods\nConsecutive children with appendicitis took part.\n\nResults\nMedian age "
                                "was 9 "
                                "years (range 3–34)."),
    ("ELIGIBILITY_CONTRADICTS", ENTRY.format("an NT-proBNP concentration of at least 1600 pg/mL",
                                             "NT-proBNP, pg/mL\t1487 (812–2392)\t2499 (1898–3420)")),
    ("ELIGIBILITY_CONTRADICTS", ENTRY.format("a body mass index of 27 kg/m2 or more",
                                             "Body mass index, kg/m2\t25.1 (2.0)\t31.2 (3.3)")),
    ("ELIGIBILITY_CONTRADICTS", ENTRY.format("a serum urate level above 480 µmol/L",
                                             "Urate, µmol/L\t455 (61)\t541 (63)")),
    # stars
    *(("SIGNIFICANCE_CONTRADICTS", STARS.format(p, note)) for p, note in (
        ("0.46*", "*Statistically significant at p < 0.05 (t test)"),
        ("0.09*", "*P<0.05"),
        ("0.640*", "Values are means. * denotes a difference with p value < .05."),
    )),
    # rows
    ("DIFFERENCE_TOLD", "Table 2. Pain at 24 h, mean (SD)\nTime\tBlock (n=45)\tSaline (n=45)\tMean difference\nAt "
                        "rest\t2.4 (1.3)\t3.7 (1.6)\t−1.3\nOn coughing\t3.6 (1.5)\t5.5 (1.9)\t−0.9\nOn walking\t4.1 "
                        "(1.8)\t5.2 (2.0)\t−1.1"),
    ("DIFFERENCE_TOLD", "Table 2. Outcomes, No./total (%)\nOutcome\tRestrictive\tLiberal\tAbsolute difference (95% "
                        "CI)\nStroke\t31/146 (21.2)\t49/150 (32.7)\t11.4 (−21.5 to −1.4)\nDeath\t12/146 (8.2)\t13/150 "
                        "(8.7)\t−0.4 (−6.8 to 5.9)\nInfection\t58/146 (39.7)\t55/150 (36.7)\t3.1 (−8.0 to 14.1)"),
    ("STANDARDISED_DIFFERENCE", "Table 2. Post-test\nScale\tACT (n = 58) M (SD)\tControl (n = 58) M "
                                "(SD)\td\nDistress\t14.2 "
                                "(5.1)\t18.0 (5.5)\t0.72\nRumination\t31.7 (8.8)\t35.9 (9.4)\t0.46\nAvoidance\t22.6 "
                                "(6.3)\t24.1 (6.7)\t0.83"),
    ("SD_IMPOSSIBLE", "Table 1. Satisfaction of mothers with visits (numeric scale 0 to 10)\n\tGroup care\tUsual "
                      "care\nWomen, n\t152\t149\nSatisfaction, mean (SD)\t9.1 (4.2)\t8.2 (1.9)"),
    ("OUTSIDE_INSTRUMENT", "Table 1. Stroke at arrival\n\tA (n=67)\tB (n=65)\nNIHSS, median [Q1–Q3]\t17 [13–21]\t16 "
                           "[12–20]\nASPECTS, median [Q1–Q3]\t8 [7–9]\t8 [7–12]\nNIHSS ranges from 0 to 42 and ASPECTS "
                           "from 0 to 10."),
    ("COUNT_EXCEEDS", "Table S4: Adverse events, number of patients (%)\n\n| | Drug (N = 208) | Placebo (N = 205) "
                      "|\n|---|---|---|\n| Any adverse event | 131 (63.0) | 18 (8.8) |\n| &nbsp;&nbsp;Cough | 44 "
                      "(21.2) "
                      "| 39 (19.0) |\n| &nbsp;&nbsp;Headache | 27 (13.0) | 30 (14.6) |"),
    ("AT_RISK", "Overall survival; numbers at risk by arm\nArm (legend: R-CHOP, n = 156; R-Benda, n = "
                "135)\nMonth\t0\t12\t24\t36\nR-CHOP\t156\t139\t117\t74\nR-Benda\t153\t141\t122\t80"),
    ("SUBGROUPS", "Tab. 4 Morphine (mg, mean) by interval\nInterval\tBlock\tSham\n0–6 h\t4.1\t9.3\n6–12 "
                  "h\t3.6\t5.2\n12–24 h\t5.0\t6.1\nWhole 24 h\t17.2\t20.6\nAll patients contributed."),
    ("DIRECTION_CONTRADICTS", "Results\nInfants in the cannula arm needed oxygen for a mean of 9.3 h longer than "
                              "controls.\n\nTable 2. Outcomes\n\tCannula (n=148)\tControl (n=145)\nDuration of "
                              "oxygen, h, "
                              "mean (SD)\t61.2 (27.4)\t70.5 (31.8)"),
    ("COMPONENTS", "Mean anaesthesia time, 148 min, was made up of induction (22 min), surgery (130 min) and emergence "
                   "(23 min)."),
)  # fmt: skip

LEFT = (
    *(
        STARS.format(p, note)
        for p, note in (
            ("0.046*", "*Statistically significant at p < 0.05 (t test)"),
            ("0.46*", "*Mann-Whitney test"),
            ("0.46*", "*P<0.05, **P<0.01"),
            ("0.09*", "*Significant at p < 0.10"),
            ("0.46*", ""),
        )
    ),
    "The 40 hospital stays cost $612,000 altogether, i.e. $15,300 per stay on average.",
    "The two wards recorded 35 and 52 falls among 70 and 65 patients, i.e. 0.50 and 0.80 falls per patient.",
    "There were 84 and 120 admissions. They took 504 and 1,068 bed-days, a mean of 6.0 and 8.9 days per admission.",
    "There were 84 and 120 admissions of 70 and 90 people. They took 504 and 1,068 bed-days, a median of 6.0 and "
    "7.0 days "
    "per admission.",
    "Hospital stay ranged from 3 to 8 days (mean 5.2, SD 1.6; n = 44).",
    "Patients were recruited between 2000 and 2010 (mean age 65 ± 10 years).",
    "Centres enrolled between 20 and 30 patients (mean age 25 ± 9 years).",
    "Possible scores range from 0 to 10; changes from baseline had a mean of 5.2 (SD 6.1).",
    "Thirty dogs were included (median weight 24 kg, range 51-11 kg).",
    "Insomnia was measured with the seven-item Insomnia Severity Index (0 to 28); the mean at entry was 21.4 (SD 4.9).",
    "Of the items of the scale (0 to 4), the sum of all was 31.",
    "The 120 girls were lighter than the 80 boys (mean 31.0 and 36.0 kg, respectively); the mean weight of all "
    "children "
    "was 33.0 kg.",
    "Symptoms had lasted for a median of 30 months (2.5 years) before referral.",
    "Visits took place every 6 months (2 years).",
    "The drug was given for 45 days (6 weeks).",
    "Methods\nWe included every adult who began dupilumab.\n\nResults\nMean age was 38 years (range 16–77).",
    "Methods\nWe included adults and children with asthma.\n\nResults\nMean age was 38 years (range 6–77).",
    "Methods\nConsecutive children with appendicitis took part.\n\nResults\nMedian age was 9 years (range 3–17).",
    ENTRY.format(
        "an NT-proBNP concentration of at least 1600 pg/mL", "NT-proBNP, pg/mL\t2487 (1812–3392)\t2499 (1898–3420)"
    ),
    ENTRY.format("a body mass index of 27 kg/m2 or more", "Body mass index, kg/m2\t29.1 (2.0)\t31.2 (3.3)"),
    ENTRY.format("an eGFR of 25 mL/min per 1.73 m2 or more", "Body surface, m2\t1.61 (0.2)\t1.65 (0.2)"),
    "Table 2. Outcomes, No./total (%)\nOutcome\tRestrictive\tLiberal\tAbsolute difference (95% CI)\nStroke\t31/146 "
    "(21.2)\t49/150 (32.7)\t−11.4 (−21.5 to −1.4)\nDeath\t12/146 (8.2)\t13/150 (8.7)\t−0.4 (−6.8 to "
    "5.9)\nInfection\t58/146 (39.7)\t55/150 (36.7)\t3.1 (−8.0 to 14.1)",
    "Table S4: Adverse events, number of patients (%)\n\n| | Drug (N = 208) | Placebo (N = 205) |\n|---|---|---|\n|"
    " Any "
    "serious adverse event | 13 (6.3) | 18 (8.8) |\n| Cough | 44 (21.2) | 39 (19.0) |\n| Headache | 27 (13.0) | 30 "
    "(14.6) |",
    "Overall survival; numbers at risk by arm\nArm (legend: R-CHOP, n = 156; R-Benda, n = "
    "153)\nMonth\t0\t12\t24\t36\nR-CHOP\t156\t139\t117\t74\nR-Benda\t153\t141\t122\t80",
    "Tab. 4 Morphine (mg, mean) by interval\nInterval\tBlock\tSham\n0–6 h\t4.1\t9.3\n6–12 h\t3.6\t5.2\n12–24 "
    "h\t5.0\t6.1\nWhole 24 h\t12.7\t20.6\nAll patients contributed.",
    "Results\nInfants in the cannula arm needed oxygen for a mean of 9.3 h less than controls.\n\nTable 2. "
    "Outcomes\n\tCannula (n=148)\tControl (n=145)\nDuration of oxygen, h, mean (SD)\t61.2 (27.4)\t70.5 (31.8)",
)


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_found(code: str, text: str) -> None:
    assert code in {f.code for f in found(text)}


@pytest.mark.parametrize("text", LEFT)
def test_left_alone(text: str) -> None:
    assert [f"{f.code} {f.message}" for f in found(text)] == []
