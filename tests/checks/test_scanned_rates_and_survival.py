"""Rates in time, survival, reductions, margins, means and ratios, as ordinary papers tell them in any order."""

from __future__ import annotations

import re

import pytest

from evsynth.checks.scanned.judging import CHECKS, judge
from evsynth.checks.scanned.statements import criterion_met
from evsynth.checks.scanned.told import (
    means_and_gap,
    missed_of_diseased,
    person_time,
    ratio_of_named_groups,
    reductions_restated,
    survival_nested,
    totals_of_means,
)
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

NEW = (
    criterion_met, means_and_gap, missed_of_diseased, person_time, ratio_of_named_groups, reductions_restated,
    survival_nested, totals_of_means,
)  # fmt: skip


def judged(text: str) -> list[Finding]:
    """Judge an abstract; a conclusion stands behind "//"."""
    text = text.replace(" // ", "\n\nConclusion: ")
    document = read_document("x", f"A study of patients\n\nAbstract\n\nResults: {text}\n")
    return [f for f in judge(document) if f.severity in ("error", "inconsistent")]


PAIRS = (
    (
        "RATE",
        "Catheter-days were 18 460 with the drug and 18 112 without. There were 11 and 27 episodes, or 0.60 versus "
        "{1.94=1.49} per 1000 catheter-days.",
    ),
    (
        "RATE",
        "There were 38 falls with fracture during 1520 person-years, i.e. {52.0=25.0} per 1000 person-years.",
    ),
    (
        "RATE",
        "There were 412 deaths: 167 over 4015 person-years with AF and 245 over 5615 person-years without, "
        "i.e. {61.4=41.6} and 43.6 per 1000 person-years [adjusted hazard ratio (HR) 0.95, 95% confidence "
        "interval (CI) 0.78–1.16; P = 0.61].",
    ),
    (
        "OUT_OF_ORDER",
        "Total exposure was 231.5 patient-years (mean 1.56 per patient). Herpes zoster developed in seven "
        "patients, a rate of {0.3=3.0} per 100 patient-years (exact 95% CI 1.2–6.2).",
    ),
    (
        "RATE",
        "Total use, each drug being counted separately, was 2,914 antibiotic days over 5,320 patient-days "
        "in 2017, or {54.8=547.7} per 1,000 patient-days, and 1,987 over 5,105, or 389.2 per 1,000, in "
        "2018.",
    ),
    (
        "RATE",
        "There were 92 perinatal deaths among 6,571 births; perinatal mortality was therefore {41.0=14.0} "
        "per thousand.",
    ),
    (
        "RATE",
        "Central-line infections numbered 21 while 8,400 catheter-days were accrued, which amounts to "
        "{5.2=2.5} infections per 1,000 catheter-days.",
    ),
    (
        "RATE",
        "Observation amounted to 3,250 person-years. Strokes were recorded in 65 participants; this "
        "corresponds to an incidence of {12.0=20.0} per 1,000 person-years (95% CI {9.4–15.1=15.4–25.5}).",
    ),
    (
        "RATE",
        "In the vaccine arm 24 cases arose in 4,800 child-years (5.0 per 1000), in the control arm 60 in "
        "4,750 (i.e. {16.2=12.6} per 1000).",
    ),
    (
        "RATE",
        "Mastitis: 84 new cases in 2,100 cow-months, giving {8.4=4.0} per 100 cow-months.",
    ),
    (
        "RATE",
        "Among 1,087 women followed, follow-up totalled 6,315 person-years (mean {8.5=5.8} years per woman).",
    ),
    (
        "RATE",
        "The 148 patients contributed 231.5 patient-years of exposure (mean {2.56=1.56} per patient).",
    ),
    (
        "RATE",
        "We followed 420 children for 1,260 child-years, on average {4.2=3.0} years each.",
    ),
    (
        "OUT_OF_ORDER",
        "Courses longer than 48 hours were given to 172 of 301 (57.1%) and 84 of 279 infants (30.1%), an "
        "absolute reduction of {47.3=27.0} percentage points (95% CI 19.3 to 34.8).",
    ),
    (
        "OUT_OF_ORDER",
        "The cumulative incidence of relapse at two years was {17.5%=20.9%} (CI95 = 18.9, 23.1).",
    ),
    (
        "SIGNIFICANCE_CONTRADICTS",
        "Shorter use of inhaled steroids was not related to pneumonia (adjusted odds ratio 1.29, {1.09; "
        "1.53=0.95; 1.75}).",
    ),
    (
        "DIFFERENCE_P",
        "By day 90, 19 (8·9%) of 214 and 31 (14·7%) of 211 patients had died (difference −5·8, {−11·9 to "
        "0·3=−11·9 to -0·3}; p={0·0063=0·063}).",
    ),
    (
        "RATIO_P",
        "Postnatal depression was recorded somewhat more often after emergency caesarean than after vaginal"
        " birth, OR 1.34 [0.91; 1.97], p = {0.014=0.14}, after control for parity and maternal age.",
    ),
    (
        "RATIO_P",
        "Relapse was rarer with lithium: hazard ratio 0.78, CI 0.58 to 1.05, p={0.01=0.10}.",
    ),
    (
        "DIFFERENCE_P",
        "The adjusted mean difference in HbA1c was −0.3% (−0.7 to 0.1), P = {0.004=0.14}.",
    ),
    (
        "RELATIVE_CHANGE",
        "Stroke or systemic embolism was rarer with the higher dose (HR 0.81, 95% CI 0.70 to 0.94; "
        "p=0.005). // The higher dose cut the hazard of stroke or systemic embolism by {39%=19%}.",
    ),
    (
        "RELATIVE_CHANGE",
        "The hazard ratio for death or admission was 0.69 (95% CI 0.52 to 0.92). // Telmidrone reduced the "
        "hazard of admission or cardiovascular death by {69%=31%} relative to placebo.",
    ),
    (
        "RELATIVE_CHANGE",
        "The geometric mean ratio (test/reference) for AUC was 0.88, with a 90% CI of 0.83 to 0.93, meaning"
        " that exposure was 12% {higher=lower} with the tablet than with the capsule.",
    ),
    (
        "RELATIVE_CHANGE",
        "The rate ratio for asthma exacerbations was 0.64 (95% CI 0.51 to 0.80), a reduction of {64%=36%}.",
    ),
    (
        "RELATIVE_CHANGE",
        "Falls were less frequent with tai chi (incidence rate ratio 0.72, 0.58 to 0.89), i.e. {38%=28%} fewer falls.",
    ),
    (
        "RELATIVE_CHANGE",
        "Vaccination was associated with a lower risk of admission (adjusted odds ratio 0.45, 95% CI "
        "0.33–0.61), which corresponds to {45%=55%} lower odds.",
    ),
    (
        "NEEDED_TO_TREAT",
        "The absolute difference was 8.9 percentage points (95% CI 2.0 to 15.8), so that {21=12} patients "
        "would need to be treated for two years to prevent one event.",
    ),
    (
        "NEEDED_TO_TREAT",
        "Deep-vein thrombosis occurred in 4% with stockings and 12% without; for every {25=12} patients "
        "treated one thrombosis was avoided.",
    ),
    (
        "NEEDED_TO_TREAT",
        "The risk difference for relapse was 12.5%, corresponding to a number needed to treat of {18=8}.",
    ),
    (
        "MEDIAN_AND_RATE",
        "Transplant-free survival at 3 and 5 years was 61% and 42% in the UIP group and 86% and 76% in the "
        "non-UIP group. Median transplant-free survival was {5.8=4.1} years with UIP; it was not reached "
        "without UIP.",
    ),
    (
        "MEDIAN_AND_RATE",
        "Median PFS was 7.4 months (95% CI 5.6–9.3) and median OS {6.8=16.8} months (95% CI 5.9–not "
        "reached); 67% of patients were alive at 12 months.",
    ),
    (
        "SURVIVAL_CONTRADICTS",
        "At two years, 46% of the patients were alive without progression [95% CI 38–54] and {36%=56%} were"
        " alive (with or without progression).",
    ),
    (
        "MEDIAN_AND_RATE",
        "The Kaplan-Meier estimate of overall survival was 58% at 24 months; median overall survival was "
        "{19=29} months.",
    ),
    (
        "MEDIAN_AND_RATE",
        "Median survival was 14 months and the one-year survival rate {38%=58%}.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "The non-inferiority margin was −10 percentage points. Clinical success was recorded in 171 (79·9%)"
        " patients in the 7-day group and 166 (78·7%) in the 14-day group (difference 1·2 percentage "
        "points, 95% CI −6·5 to 8·9). // Stopping antibiotics {could not be shown to be non-inferior=was "
        "non-inferior} to continuing to day 14.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "The treatment failure rate differed by 2.1 percentage points between oral and intravenous "
        "antibiotics, and the upper bound of the two-sided 95% CI was {6.8=5.8} percentage points, below "
        "the prespecified margin of 6 percentage points.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "With the non-inferiority limit fixed a priori at −4 percentage points, the lower bound of the "
        "one-sided 97.5% CI for the difference ({−5.3=−3.3} points) did not breach it, and non-inferiority "
        "was claimed.",
    ),
    (
        "CRITERION_CONTRADICTS",
        "An interaction was to be declared absent if the 90% CI lay within 0.80–1.25. For AUC the GMR was "
        "1.43 (90% CI 1.36–1.50). For Cmax the values were 208 and 216 ng/mL, GMR 1.04 (0.96–1.12). // The "
        "criterion for absence of an interaction was met for {AUC but not for Cmax=Cmax but not for AUC}.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "Non-inferiority required the upper limit of the 95% CI for the risk ratio to lie below 1.30. The "
        "risk ratio was 1.12 (95% CI 0.90 to {1.41=1.25}). // Weekly dosing was non-inferior to daily "
        "dosing.",
    ),
    (
        "DIFFERENCE_TOLD",
        "Mean (SD) operating time was 174 (21) minutes with mesh and 158 (18) minutes without; mesh "
        "placement thus prolonged surgery by {26=16} minutes (95% CI, {22 to 30=12 to 20}).",
    ),
    (
        "DIFFERENCE_TOLD",
        "Mean systolic pressure at 6 months was 131 (14) mm Hg with the pill and 139 (15) mm Hg without, so"
        " that the pill lowered it by {18=8} mm Hg.",
    ),
    (
        "DIFFERENCE_TOLD",
        "Fruit weight averaged 182 (SD 25) g on irrigated and 161 (SD 24) g on dry plots, a gain of {12=21} g.",
    ),
    (
        "DIFFERENCE_TOLD",
        "Length of stay was 6.1 ± 2.2 days v 8.4 ± 2.9 days; patients in the pathway went home {3.2=2.3} days earlier.",
    ),
    (
        "RATIO_OF_SHARES",
        "Response was seen in 48/104 (46.2%) with the programme v 27/99 (27.3%) on the waiting list (odds "
        "ratio, programme v waiting list, {0.44, 0.24 to 0.79=2.29, 1.27 to 4.12}; P=0.005).",
    ),
    (
        "RATIO_OF_SHARES",
        "Infection developed in 12 of 150 (8.0%) coated and 27 of 148 (18.2%) plain catheters (risk ratio, "
        "coated v plain, {2.28, 1.20 to 4.33=0.44, 0.23 to 0.83}).",
    ),
    (
        "RATIO_OF_SHARES",
        "Relapse: 30/120 (25%) with the drug, 48/118 (40.7%) with placebo; odds ratio for relapse with the "
        "drug compared with placebo {2.06=0.49}.",
    ),
    (
        "ACCURACY",
        "LUS detected 88 of the 97 pneumonias (sensitivity 90.7% [83.1; 95.7]) and was negative in 412 of "
        "the 441 other children (specificity 93.4% [90.7; 95.5]); the positive and negative likelihood "
        "ratios were {3.8=13.8} and 0.10.",
    ),
    (
        "ACCURACY",
        "Sensitivity was 80% and specificity 90%, which gives likelihood ratios of {4.0=8.0} (positive) and"
        " 0.22 (negative).",
    ),
    (
        "ACCURACY",
        "The test had a sensitivity of 72.0% and a specificity of 88.0%. LR+ was 6.0 and LR− {0.52=0.32}.",
    ),
    (
        "ACCURACY",
        "The strip was positive in 60 of 75 infected and in 20 of 125 uninfected dogs. It thus missed "
        "{20=15} infected dogs.",
    ),
    (
        "ACCURACY",
        "Sensitivity was 90.0% (45/50) and specificity 80.0% (80/100). The number of false negatives was {20=5}.",
    ),
    (
        "P_OF_STATISTIC",
        "The total went down by 30.1 points, from 76.9 (SD 12.1) to 46.8 (SD 16.2) (mean change −30.1; 95% "
        "CI -32.8 to -27.4; paired t = {12.2=22.1}, 75 degrees of freedom).",
    ),
    (
        "P_OF_STATISTIC",
        "Grandparental care remained inversely related to loneliness in the fully adjusted model, B = "
        "−0.27, 95% CI [−0.44, −0.10], t = {3.11=-3.11}, p = .002, whereas frequency of telephone contact "
        "did not.",
    ),
    (
        "P_OF_STATISTIC",
        "Pooling seven cohorts gave a summary RR of 1.22 (1.08–1.38), with no evidence of heterogeneity "
        "(Cochran's Q 5.1 on 6 degrees of freedom, P = {0.03=0.53}; I² = 0%).",
    ),
    (
        "DATES",
        "Every consecutive liver graft carried out from 1 March 2016 through 28 February 2018, a span of "
        "exactly {36=24} months, was reviewed by hand.",
    ),
    (
        "DATES",
        "From March 4, 2018, to Nov 29, 2019, we randomised 642 patients. Patients were followed up to a "
        "common closing date of Feb 28, 2020. Median follow-up was {23.3 months (IQR 18.3–29.8)=13.3 months"
        " (IQR 8.3–19.8)}.",
    ),
    (
        "DATES",
        "Enrolment ran from January 2015 to June 2015 and follow-up ended on 31 December 2017. Patients "
        "were observed for a maximum of {4.2=2.9} years.",
    ),
    (
        "RATE",
        "Over the two seasons 64 hamstring injuries were sustained during 21,300 player-hours, equal to "
        "{6.0=3.0} injuries per 1,000 player-hours.",
    ),
    (
        "RATE",
        "The trout died at a rate of {4.1=1.4} per 100 fish-days: 49 deaths were counted in 3,500 fish-days.",
    ),
    (
        "RATE",
        "Pump users logged 880 patient-years and had 22 episodes of ketoacidosis ({5.2=2.5} per 100 "
        "patient-years); injection users logged 910 and had 41 (4.5 per 100).",
    ),
    (
        "RATE",
        "In the intervention wards 57 pressure ulcers developed in the course of 19,000 bed-days, whereas "
        "96 developed in 20,000 bed-days on control wards; these figures translate into {2.1=3.0} and 4.8 "
        "per 1,000 bed-days.",
    ),
    (
        "RATE",
        "Of 12,400 livebirths, 31 were complicated by shoulder dystocia with nerve injury, a frequency of "
        "{5.2=2.5} per 1,000.",
    ),
    (
        "RATE",
        "We accrued 1,640 person-years of observation. Tuberculosis was diagnosed in 41 prisoners. The "
        "incidence was {3.5=2.5} per 100 person-years.",
    ),
    (
        "MEDIAN_AND_RATE",
        "Graft survival at 1 and 5 years was 91% and 78% with basiliximab and 84% and 44% with placebo. The"
        " median graft survival with placebo was {6.5=4.5} years.",
    ),
    (
        "GROUP_EXCEEDS",
        "Median disease-free survival was 31 months; median overall survival was {24=44} months.",
    ),
    (
        "SURVIVAL_CONTRADICTS",
        "After three years 62% of the patients were event-free and {48%=71%} were alive.",
    ),
    (
        "RELATIVE_CHANGE",
        "Dupixol use was linked to a lower hazard of exacerbation (HR 0.74, 95% CI 0.61–0.90). // Use of "
        "dupixol lowered the hazard of exacerbation by {46%=26%}.",
    ),
    (
        "RELATIVE_CHANGE",
        "Adding iron reduced the odds of transfusion by {62%=38%} (odds ratio 0.62, 95% CI 0.44 to 0.88).",
    ),
    (
        "RELATIVE_CHANGE",
        "The relative risk of mastitis with teat sealant was 0.58 (95% CI 0.41–0.82). // Teat sealant "
        "reduced the risk of mastitis by {58%=42%}.",
    ),
    (
        "DIFFERENCE_TOLD",
        "Time to extubation averaged 6.4 h (SD 2.1) with sugammadex and 8.9 h (SD 2.6) with neostigmine. "
        "Sugammadex therefore shortened it by {3.5=2.5} h.",
    ),
    (
        "DIFFERENCE_TOLD",
        "Hospital stay (mean, SD) was 9.6 (3.0) days before and 7.1 (2.4) days after the pathway, i.e. "
        "patients left {3.5=2.5} days sooner.",
    ),
    (
        "RATIO_OF_SHARES",
        "Twenty-one of 90 sows on straw and 39 of 92 on slats were lame (odds ratio for straw versus slats "
        "{2.42=0.41}).",
    ),
    (
        "RATIO_OF_SHARES",
        "Remission: 34% (41/120) on vedotib, 19% (23/121) on placebo; relative risk, vedotib compared with "
        "placebo, {0.56=1.80}.",
    ),
    (
        "ACCURACY",
        "The D-dimer test showed a sensitivity of 95% and a specificity of 40%, hence a positive likelihood"
        " ratio of {2.4=1.6}.",
    ),
    (
        "ACCURACY",
        "Sensitivity 84.0%, specificity 91.0%; the likelihood ratio for a positive result was 9.3 and that "
        "for a negative result {0.38=0.18}.",
    ),
    (
        "P_OF_STATISTIC",
        "Grip strength improved by 2.4 kg (95% CI 1.2 to 3.6; t = {1.9=3.9}, 58 degrees of freedom).",
    ),
    (
        "P_OF_STATISTIC",
        "Heterogeneity was absent (Q = 3.2, df = 5, P = {0.07=0.67}).",
    ),
    (
        "MARGIN_CONTRADICTS",
        "Non-inferiority was to be accepted if the upper limit of the 95% CI of the difference in relapse "
        "stayed below 8 percentage points. The difference was 3.1 points (95% CI −1.4 to {9.6=7.6}). // "
        "Dose tapering was non-inferior to continuation.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "The lower bound of the 95% CI (−7.4 points) {stayed above=fell below} the predefined "
        "non-inferiority margin of −5 points.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "Equivalence required the 90% CI to lie between 80% and 125%. The ratio for AUC was 97% (90% CI "
        "91–104), that for Cmax 118% (90% CI 106–131). // Bioequivalence was shown for {Cmax but not for "
        "AUC=AUC but not for Cmax}.",
    ),
    (
        "DATES",
        "All births from 1 July 2012 to 30 June 2015, a period of exactly {four=three} years, were included.",
    ),
    (
        "DATES",
        "Patients operated on between May 2014 and April 2016 were included, and the study closing date was"
        " 30 April 2018. Median follow-up was 2.9 years (range 2.0–{5.4=3.9}).",
    ),
    (
        "NEEDED_TO_TREAT",
        "The risk difference was 6.2 percentage points (95% CI 1.1 to 11.3), which means that {26=17} women"
        " must be treated to prevent one preterm birth.",
    ),
    (
        "DIFFERENCE_P",
        "Reoperation was rarer with the plate (difference −4.1 percentage points, −9.6 to 1.4; P={0.014=0.14}).",
    ),
    (
        "OUT_OF_ORDER",
        "The incidence of hypoglycaemia was {0.9=1.9} per patient-year (95% CI 1.4–2.5).",
    ),
)
"""Each with a wrong number in braces before the right one; both ways of each sentence are judged."""

LEFT = (
    "Among 300 patients followed for 1,200 person-years, the death rate was 5.0 per 100 person-years.",
    "First strokes occurred in 40 women during 1,000 person-years, or 4.4 per 100 person-years.",
    "There were 118 falls in 2360 person-years. The rate of injurious falls was 1.6 per 100 person-years.",
    "During 1,500 person-years 30 relapses were seen, an adjusted rate of 2.6 per 100 person-years.",
    "Sepsis developed in 21 infants during 8,400 catheter-days; in those below 1000 g the rate was 4.1 per 1,000.",
    "The cohort gave 960 person-years (mean 4.0 years per patient among the 240 with two visits).",
    "Median time to progression was 16.1 months with deaths censored, and median overall survival 15.2 months.",
    "Median progression-free survival was 9.1 months; median survival from progression was 6.2 months.",
    "Median PFS was 9.1 versus 7.4 months, and median OS 8.8 versus 17.2 months in the subgroup.",
    "Survival at 1 and 5 years was 91% and 44% with the drug and 84% and 61% without. The median was 4.5 years.",
    "The hazard ratio for death was 0.81 (95% CI 0.70 to 0.94). // In earlier trials the hazard of death fell by 39%.",
    "The hazard ratio for stroke was 0.81 (0.70 to 0.94) in men and 0.61 (0.50 to 0.74) in women. // The drug cut the "
    "hazard of stroke by 39%.",
    "Stroke occurred in 50 (5.0%) and 82 (8.2%) (HR 0.81, 95% CI 0.70 to 0.94). // The drug cut the risk of stroke "
    "by 39%.",
    "Mean operating time was 174 (21) minutes with and 158 (18) minutes without; the adjusted difference was 26 "
    "minutes.",
    "Median stay was 8 (IQR 5-11) days with and 12 (IQR 8-19) days without; it was shortened by 2 days.",
    "Weight was 82 (9) kg with the drug and 80 (8) kg without; it fell by 6 kg from baseline with the drug.",
    "Relapse: 30 of 120 (25%) with the drug, 48 of 118 (41%) with placebo (adjusted odds ratio, drug v placebo, 2.06).",
    "Response was seen in 48/104 (46%) with the drug and 27/99 (27%) with placebo (odds ratio, placebo v drug, 0.44).",
    "Sensitivity was 89.9% (71/79). With the higher cut-off of 250, 22 of 79 cases were missed.",
    "The strip was positive in 60 of 75 infected dogs; the two tests together missed 15 infected dogs.",
    "Heterogeneity was absent (Cochran's Q 5.1 on 6 degrees of freedom, P = 0.53).",
    "Bioequivalence required the 90% CI to lie within 0.80-1.25. The ratio for AUC was 0.97 (90% CI 0.91-1.04) and "
    "that "
    "for Cmax 1.01 (90% CI 0.92-1.11). // Bioequivalence was shown for AUC and for Cmax.",
    "Fruit weighed 182 g on irrigated and 161 g on dry plots, a gain of 21 g.",
    "There were 38 falls with fracture during 1520 person-years, i.e. 25.0 per 1000 person-years.",
)


def wrong(text: str) -> str:
    """Give a sentence as it is misprinted."""
    return re.sub(r"\{([^{}=]*)=[^{}]*\}", r"\1", text)


def right(text: str) -> str:
    """Give a sentence as it should be."""
    return re.sub(r"\{[^{}=]*=([^{}]*)\}", r"\1", text)


@pytest.mark.parametrize(("code", "text"), PAIRS)
def test_a_wrong_number_is_found(code: str, text: str) -> None:
    """The misprinted sentence is found, with its code."""
    assert code in {f.code for f in judged(wrong(text))}


@pytest.mark.parametrize("text", [right(t) for _, t in PAIRS] + list(LEFT))
def test_what_can_be_true_is_left_alone(text: str) -> None:
    """The right sentences, and those with an innocent reading, have no finding."""
    assert [f.message for f in judged(text)] == []


def test_every_check_is_registered() -> None:
    """The checks of this file are among those run on every document."""
    names = {check.run.__name__ for check in CHECKS}
    assert {m.__name__.rpartition(".")[2] for m in NEW} <= names
