"""Shares, rates and survival told in the words of many authors: found, and left alone by every check of shares."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.numbers import accuracy, shares_in_text
from evsynth.checks.scanned.told import (
    accuracy_told,
    bases_by_name,
    effects_of_shares,
    group_totals,
    needed_to_treat,
    observed_expected,
    p_of_shares,
    person_time,
    rate_ratios,
    share_bases,
    shares_of,
    shares_together,
    survival,
)
from evsynth.scan.document import read_document

CHECKS = (
    accuracy_told.accuracy_told,
    bases_by_name.bases_by_name,
    effects_of_shares.effects_of_shares,
    group_totals.group_totals,
    needed_to_treat.needed_to_treat,
    observed_expected.observed_expected,
    p_of_shares.p_of_shares,
    person_time.person_time,
    rate_ratios.rate_ratios,
    share_bases.share_bases,
    shares_of.shares_of,
    shares_together.shares_together,
    survival.survival,
    shares_in_text.shares_in_text,
    accuracy.accuracy,
)


def codes(text: str) -> set[str]:
    """Run the checks of shares on an abstract."""
    subject = reading(read_document("x", f"Two treatments of a disease in adults\n\nAbstract\n{text}\n"))
    return {finding.code for check in CHECKS for finding in check(subject)}


FOUND = (
    ("COUNT_PERCENT", "CRR was attained by 38/71 patients with an early drop versus 14/47 without (53.5% vs 39.8%)."),
    (
        "COUNT_PERCENT",
        "Remission was reached by 24 of 60, 31 of 62 and 40 of 58 patients (40.0%, 50.0% and 59.0%, "
        "respectively).",
    ),
    ("COUNT_PERCENT", "Seventeen of 45 users of the app and 9 of 48 controls stopped smoking (31.8% against 18.8%)."),
    ("COUNT_PERCENT", "In the two arms, 12/61 and 4/59 (19.7% and 16.8%) were readmitted."),
    (
        "P_OF_COUNTS",
        "Patients were given MMF (n = 46) or AZA (n = 38). The drug was stopped because of unwanted effects "
        "in 4 patients on MMF (8.7%) and 11 on AZA (28.9%), p = 0.22. Before and after treatment, values were"
        " compared with the paired t-test.",
    ),
    (
        "COUNT_PERCENT",
        "Of 160 patients, 62 had ILD on HRCT and 98 did not. FVC was abnormal in 28 of those with ILD, which "
        "gives a sensitivity of 54.2%, and in 16 of those without.",
    ),
    (
        "COUNT_PERCENT",
        "Of 160 patients, 62 had ILD and 98 did not. Spirometry was abnormal in 28 patients with ILD "
        "(sensitivity, 54.2%).",
    ),
    (
        "RATE",
        "During 162.8 person-years in the MMF group 8 patients died, or 5.9 per 100 person-years; in the AZA "
        "group there were 14 deaths in 127.2 person-years, or 11.0 per 100 person-years.",
    ),
    (
        "RATE",
        "Infections were counted as events for the exposure-adjusted rates: 17 in 29.0 patient-years with the"
        " combination (85.6 per 100 patient-years) and 15 in 28.6 patient-years with MMF (52.4 per 100 "
        "patient-years).",
    ),
    (
        "RATE",
        "Total follow-up was 1480 patient-years, in which 37 bleeds occurred: an incidence of 3.5 per 100 "
        "patient-years.",
    ),
    (
        "RATE",
        "The exacerbation rate was 1.32 per patient-year with placebo (240 exacerbations, 212 patient-years) "
        "and 0.80 per patient-year with the drug (168 in 210).",
    ),
    ("COUNT_PERCENT", "Of the 84 participants who completed the programme, sixty-one reported less pain (62.7%)."),
    ("COUNT_PERCENT", "Sixty-one participants (62.7%) of the 84 who completed the programme reported less pain."),
    ("COUNT_PERCENT", "Among 84 completers, less pain was reported by 61, i.e. by 62.7%."),
    (
        "COUNT_PERCENT",
        "Less pain was reported by 61 of those who completed the programme (62.7%). Of 96 who entered, 84 "
        "completed the programme.",
    ),
    ("COUNT_PERCENT", "We recruited 150 mothers, of whom 96 were breastfeeding (54.0%)."),
    ("COUNT_PERCENT", "Two thirds of the 90 operations (60; 76.7%) were done as emergencies."),
    ("COUNT_PERCENT", "Overall response was 45.0% (95% CI 31 to 59), i.e. 21 out of 50 patients responded."),
    (
        "RATIO_OF_SHARES",
        "Infection rates were 8.0% in the intervention arm (16 of 200) and 15.5% in controls (31 of 200), "
        "giving a risk ratio of 0.72 and an absolute reduction of 7.5%.",
    ),
    (
        "DIFFERENCE_OF_SHARES",
        "Infection rates were 8.0% in the intervention arm (16 of 200) and 15.5% in controls (31 of 200), an "
        "absolute reduction of 5.7 percentage points.",
    ),
    (
        "DIFFERENCE_OF_SHARES",
        "The proportion in remission was 44% with the biologic and 29% with methotrexate, so the difference "
        "came to 25 percentage points (95% CI 6 to 24).",
    ),
    (
        "P_OF_COUNTS",
        "Falls were fewer with exercise: 31 of 120 (25.8%) versus 54 of 118 (45.8%), P = 0.12 by chi-square "
        "test.",
    ),
    (
        "NEEDED_TO_TREAT",
        "Pregnancy was achieved by 48% (58/120) with letrozole and 20% (24/120) with clomifene; to gain one "
        "additional pregnancy, nine women have to be treated.",
    ),
    ("NEEDED_TO_TREAT", "With 12.0% and 8.0% dying, 52 patients have to be treated for one life saved."),
    ("NEEDED_TO_TREAT", "The risk of stroke was 3.1% and 4.6% (ARR 1.5%; NNT 147)."),
    ("GROUPS", "Ninety-six patients took part and were equally divided between three groups of 34."),
    (
        "MEDIAN_AND_RATE",
        "Median progression-free survival was 5.1 months (95% CI 4.4–6.0) and 62% were free of progression at"
        " 9 months.",
    ),
    ("MEDIAN_AND_RATE", "Overall survival had a median of 31 months, with 38% alive at 2 years."),
    ("SURVIVAL_CONTRADICTS", "Estimated survival at 12, 24 and 36 months was 91.2%, 84.0% and 88.5%."),
    ("SURVIVAL_CONTRADICTS", "One-year survival was 71% and three-year survival 78%."),
    ("SURVIVAL_CONTRADICTS", "The cumulative incidence of relapse was 24% at 1 year and 19% at 3 years."),
    ("ACCURACY", "Sensitivity and specificity were 92% and 85%, and the test classified 96% of patients correctly."),
    (
        "ACCURACY",
        "At a cut-off of 3.2 the test was 88% sensitive and 75% specific; the positive likelihood ratio was "
        "2.1.",
    ),
    (
        "COUNT_PERCENT",
        "The rule picked up 44 of 50 cases (sensitivity 78%) and excluded 120 of 150 non-cases (specificity "
        "80%).",
    ),
    ("COUNT_PERCENT", "Specificity was 80.0% (95% CI 72.9 to 86.0; 130/150 participants without the disease)."),
    (
        "OBSERVED_EXPECTED",
        "There were 52 observed against 31.4 expected deaths (standardised mortality ratio 1.26; 95% CI "
        "0.94–1.65).",
    ),
    (
        "OBSERVED_EXPECTED",
        "Compared with the general population (20.0 cases expected), 45 cancers occurred, for an SIR of 3.25.",
    ),
    ("RATE", "Incidence was 4.0 v 8.1 per 1000 person-years, a rate ratio of 0.94 (95% CI 0.3 to 0.7)."),
    ("RATE", "Incidence was halved from 8.1 to 4.0 per 1000 person-years (IRR 0.84)."),
    ("COUNT_PERCENT", "Of 50 samples 33 were positive (66%) and 17 negative (44%)."),
    ("COUNT_PERCENT", "Fifty-eight per cent (31 of 60) returned the questionnaire."),
    ("COUNT_PERCENT", "Women made up 71.4% of the sample (95 of 143)."),
    ("COUNT_PERCENT", "Response: complete in 12 (20%), partial in 21 (53%), none in 27 (45%) of 60."),
    ("COUNT_PERCENT", "Of 305 recruits 244 (80%) were followed up, and 61 (30%) were not."),
    ("RATIO_OF_SHARES", "The odds of success were higher with the device (41/60 vs 25/60; OR 2.03)."),
    ("COUNT_PERCENT", "Questionnaires were posted to 640 households, and 412 came back (a response rate of 54.4%)."),
    ("COUNT_PERCENT", "The carriage rate was 8.9% (19 carriers among 158 swabbed)."),
    (
        "COUNT_PERCENT",
        "On day 28, bacteriological cure had been obtained in 88 of the 104 evaluable patients in the 3-day "
        "group (84.6%) and in 91 of the 102 in the 5-day group (98.2%).",
    ),
    (
        "COUNT_PERCENT",
        "On day 28, cure had been obtained in 84.6% of the 3-day group (88/104) and 98.2% of the 5-day group "
        "(91/102).",
    ),
    (
        "DIFFERENCE_OF_SHARES",
        "Cure: 88/104 (84.6%) in the 3-day group, 91/102 (89.2%) in the 5-day group; difference −14.6 "
        "percentage points (95% CI −23.7 to −5.4).",
    ),
    (
        "COUNT_PERCENT",
        "In the control arm 13 of 75 (17.3%) and in the treatment arm 7 of 77 (19.1%) needed re-operation.",
    ),
    (
        "COUNT_PERCENT",
        "Ulcers healed in thirty-one (63.3%) of forty-nine patients given honey and in twenty-two (35.8%) of "
        "forty-eight given silver.",
    ),
    ("RATIO_OF_SHARES", "Postoperative delirium affected 14/92 vs. 29/95 patients (15.2% vs. 30.5%, RR 0.80)."),
    ("P_OF_COUNTS", "Postoperative delirium affected 14/92 vs. 29/95 patients (15.2% vs. 30.5%, p = 0.31)."),
    (
        "NEEDED_TO_TREAT",
        "Mortality at 90 days was 19% (38 of 200) vs. 27% (54 of 200): absolute risk reduction 8%, NNT 21.",
    ),
    (
        "RATIO_OF_SHARES",
        "Mortality at 90 days was 19% (38 of 200) vs. 27% (54 of 200), a relative risk reduction of 12%.",
    ),
    ("RATE", "Ten patients had a seizure during 4.2 patient-years of treatment (95 per 100 patient-years)."),
    ("RATE", "Ventilator-associated pneumonia: 22 episodes/1,840 ventilator days = 21.0 per 1,000 ventilator days."),
    ("RATE", "The rate of peritonitis was 0.81 episodes per patient-year (33 episodes, 81 patient-years)."),
    ("COUNT_PERCENT", "Sensitivity was 91.4% (53/62) and specificity 88.0% (88/100)."),
    ("COUNT_PERCENT", "The score identified 53 of the 62 children with bacterial infection (sensitivity 91.4%)."),
    ("COUNT_PERCENT", "Among 100 children without infection, 12 had a raised score (specificity 82%)."),
    ("COUNT_PERCENT", "Of the 48 women with a positive test, 30 had the disease (positive predictive value 52.5%)."),
    ("COUNT_PERCENT", "The negative predictive value was 97.9% (133 of 140)."),
    ("COUNT_PERCENT", "Ninety-five per cent (114/130) of the parents were satisfied."),
    ("COUNT_PERCENT", "All but nine of the 120 patients (97.5%) completed the study."),
    ("COUNT_PERCENT", "The drug was continued by 101 patients (74%) and stopped by 27 (26%) of the 128."),
    ("COUNT_PERCENT", "Participants were 214 students, 61% of them female (n = 141)."),
    ("COUNT_PERCENT", "Complications: bleeding 6 (5.0%), leak 4 (3.3%), infection 18 (10.0%) among 120 operations."),
    (
        "MEDIAN_AND_RATE",
        "The median overall survival was 26.3 months, and the overall survival rates at 1 and 2 years were "
        "78% and 41%.",
    ),
    ("MEDIAN_AND_RATE", "At a median PFS of 7.4 months, 6-month PFS was 38%."),
    ("SURVIVAL_CONTRADICTS", "Overall survival reached 82% at one year, 85% at two years and 61% at five years."),
    ("SURVIVAL_CONTRADICTS", "Freedom from reoperation was 91% at 5 years and 94% at 10 years."),
    ("COUNT_PERCENT", "In the drug group (n=75) 22 (29.3%) and in the placebo group (n=74) 15 (28.3%) dropped out."),
    ("COUNT_PERCENT", "Of the 1 480 births, 352 were by caesarean section (27.8 %)."),
    ("COUNT_PERCENT", "Prevalence was 6·2% (124 of 1500)."),
    (
        "COUNT_PERCENT",
        "We included 412 consecutive admissions (218 men). AKI developed in 97 (23.5%) and was severe in 31 "
        "of these (42.0%).",
    ),
    (
        "COUNT_PERCENT",
        "Eligible were 96 infants; 12 parents refused. Of the remaining 84, 42 were allocated to each group. "
        "Apnoea was recorded in 9 (21.4%) and 20 (57.6%) infants (p = 0.014).",
    ),
    (
        "COUNT_PERCENT",
        "Participants received vitamin D (n = 101) or placebo (n = 99). Falls were reported by 24 (23.8%) and"
        " 37 (27.4%) participants, respectively.",
    ),
    (
        "P_OF_COUNTS",
        "Participants received vitamin D (n = 101) or placebo (n = 99). Falls were reported by 24 (23.8%) and"
        " 37 (37.4%) participants, respectively (P = .39).",
    ),
    (
        "P_OF_COUNTS",
        "Participants received vitamin D (n = 101) or placebo (n = 99). Falls were reported by 23.8% and "
        "37.4% of participants, respectively (P = .39, chi-squared test).",
    ),
    (
        "RATIO_OF_SHARES",
        "Participants received vitamin D (n = 101) or placebo (n = 99). Falls were reported by 23.8% and "
        "37.4%, respectively (risk ratio 0.84, 95% CI 0.41 to 0.98).",
    ),
    (
        "DIFFERENCE_OF_SHARES",
        "Success rates in the laser and the cryotherapy group were 81.4% (57/70) and 64.8% (46/71), with a "
        "risk difference of 61.6% (95% CI 2 to 31).",
    ),
    (
        "RATIO_OF_SHARES",
        "At one year 34 of the 70 laser patients (48.6%) and 51 of the 71 cryotherapy patients (71.8%) had "
        "relapsed (odds ratio 0.73).",
    ),
    (
        "COUNT_PERCENT",
        "The complication rate was higher after open than after laparoscopic repair (24 of 160 [15%] compared"
        " with 13 of 165 [12.9%]).",
    ),
    ("DIFFERENCE_OF_SHARES", "Response rates were 62% and 47% (absolute difference, 5 percentage points; NNT, 7)."),
    ("COUNT_PERCENT", "Seroconversion was 92% in infants (138/150) and 74% in adults (126/150)."),
    ("COUNT_PERCENT", "In total, 36 of 240 swabs (25%) grew MRSA."),
    ("COUNT_PERCENT", "MRSA grew from a quarter of the swabs (36 of 240; 25%)."),
    ("COUNT_PERCENT", "Eighteen patients (36%) had a complete, 21 (42%) a partial and 11 (32%) no response."),
    (
        "RATE",
        "Mean follow-up was 2.1 years (total 441 patient-years). There were 22 relapses, i.e. 9.0 per 100 "
        "patient-years.",
    ),
    (
        "RATE",
        "Hypoglycaemia occurred 84 times in 56 patient-years with the pump and 180 times in 60 patient-years "
        "with injections (1.5 and 4.0 events per patient-year).",
    ),
    ("RATE", "Hypoglycaemia occurred at rates of 1.5 and 3.0 events per patient-year, a rate ratio of 0.75."),
    (
        "RATE",
        "Event rates were 4.6 per 100 patient-years in the treated and 6.0 in the untreated (rate ratio 0.57,"
        " 95% CI 0.4 to 0.8).",
    ),
    ("OBSERVED_EXPECTED", "A total of 18 deaths was seen where 30.0 were expected (SMR 0.80)."),
    ("OBSERVED_EXPECTED", "Standardised incidence ratio 1.44 (observed 36, expected 20.0)."),
    (
        "COUNT_PERCENT",
        "The sensitivity of the swab was 71.4% (40 of 56 cases) and its specificity 94.0% (94 of 110 "
        "controls).",
    ),
    ("COUNT_PERCENT", "Swabs were positive in 40 of 56 cases (sensitivity 61.4%)."),
    ("ACCURACY", "The likelihood ratio of a positive test was 9.1 (sensitivity 72.0%, specificity 88.0%)."),
    ("ACCURACY", "Overall accuracy was 93% at a sensitivity of 84% and a specificity of 79%."),
    ("MEDIAN_AND_RATE", "Median event-free survival was 22 months; 71% were event-free at 36 months."),
    (
        "SURVIVAL_CONTRADICTS",
        "The estimated 3-year overall survival was 64.0% and the 5-year overall survival was 71.5%.",
    ),
    ("SURVIVAL_CONTRADICTS", "Kaplan-Meier survival was 94% at 1 year, 81% at 3 years and 86% at 5 years."),
    ("GROUPS", "Ninety-eight volunteers were randomly assigned to receive capsules (n=49) or nothing (n=47)."),
    ("GROUPS", "One hundred twenty patients were equally allocated to four groups (n = 32 each)."),
    ("COUNT_PERCENT", "Sixty per cent of nurses (54/80) and 45% of doctors (27/60) had been vaccinated."),
    (
        "NEEDED_TO_TREAT",
        "To avoid one transfusion, 14 patients had to be given the drug, as transfusion was needed in 22% "
        "with and 47% without it.",
    ),
    (
        "DIFFERENCE_OF_SHARES",
        "Transfusion was needed in 22 of 100 and 47 of 100 patients; hence four patients need treatment to "
        "avoid 1 transfusion, an absolute risk reduction of 35%.",
    ),
    ("COUNT_PERCENT", "The proportion of smokers rose from 21.3% (49/230) to 28.9% (61/248)."),
    ("COUNT_PERCENT", "Eleven (6.9%) of 160 eyes lost two lines or more; nine (9.2%) of 160 gained them."),
)  # fmt: skip

LEFT_ALONE = (
    (
        "CRR was attained by 38/71 patients with an early drop versus 14/47 without (53.5% vs 29.8%; "
        "crude OR 2.71, 95% CI 1.29–5.69)."
    ),
    (
        "Remission was reached by 24 of 60, 31 of 62 and 40 of 58 patients (40.0%, 50.0% and 69.0%, "
        "respectively; p = 0.006)."
    ),
    "Of 40 and 42 patients treated, 55.0% and 28.6% relapsed within a year.",
    "Seventeen of 45 ABC users and 9 of 48 controls stopped smoking (37.8% against 18.8%; p = 0.04).",
    "In the two arms, 12/61 and 4/59 (19.7% and 6.8%) were readmitted, a difference of 12.9 percentage points.",
    "Median overall survival was 17.9 months; in patients with a mutation, 2-year overall survival was 63%.",
    (
        "Median overall survival was 17.9 months. Two-year overall survival was 63% for carriers of the "
        "variant and 21% for the rest."
    ),
    "Median PFS was 8.2 months. Among the 14 responders, the 12-month PFS rate was 71%.",
    "Median overall survival was 14.1 months. Twelve months after transplantation, overall survival was 44%.",
    "Median overall survival from diagnosis was 30 months; 1-year overall survival after relapse was 41%.",
    "With tumours of stage III or IV, 5-year overall survival was 22%; median overall survival was 74 months.",
    "Median overall survival was 74 months. The 5-year overall survival of stage IV disease was 22%.",
    "Grade 3 events occurred in 14% of patients on A (n = 63) and in 21% of those on B (n = 66); p = 0.30.",
    (
        "Response was seen in 30/50 (60%; 95% CI 45% to 74%) of the men and in 12/40 (30%; 95% CI 17% to "
        "47%) of the women."
    ),
    "Fever (12 of 48; 25%), rash (six of 48; 12.5%) and nausea (n = 3; 6%) were the commonest complaints.",
    "Of 210 invited, 160 (76.2%) answered; 120 of the 160 (75.0%) were women and 40 (25.0%) men.",
    "Of the 160 respondents, 120 (75%) were women, 31 (26%) of whom smoked.",
    (
        "The rate fell from 7.4 per 1000 patient-days (52 events in 7012 patient-days) to 3.1 per 1000 "
        "patient-days (20 events in 6398 patient-days)."
    ),
    (
        "There were 41 strokes during 3280 person-years on the drug (1.25 per 100 person-years) and 63 "
        "during 3150 on placebo (2.0 per 100 person-years)."
    ),
    (
        "Among 540 patients followed for 1210 person-years, 31 first infections (2.7 per 100 person-"
        "years) and 44 infections in all (3.6 per 100 person-years) were recorded."
    ),
    "The exposure-adjusted rate was 58.6 per 100 patient-years (17 events in 29.0 patient-years).",
    "Deaths numbered 8 in 162.8 person-years (4.9 per 100 person-years, 95% CI 2.1–9.7).",
    "Exposure amounted to 812 patient-months; 22 exacerbations occurred, or 0.33 per patient-year.",
    (
        "Sensitivity was 90% (45/50; 95% CI 78–97) and specificity 80% (80/100; 71–87), so that 25 of 150"
        " were misclassified."
    ),
    (
        "Of 62 patients with ILD, FVC was abnormal in 28 (sensitivity 45.2%) and of 98 without, in 16 "
        "(specificity 83.7%)."
    ),
    "The drug was stopped in 4 patients on MMF (8.7%) and 11 on AZA (28.9%), p = 0.022, out of 46 and 38.",
    (
        "We randomised 200 patients, 100 to each arm; 12 and 3 were lost, and of the remaining 88 and 97,"
        " 22 (25.0%) and 10 (10.3%) relapsed (p = 0.008)."
    ),
    "The prevalence was 12.4%, 3.1 percentage points more than in 2010 (9.3%), a relative rise of 33%.",
    "Mortality was 11.0% v 14.5% (adjusted risk difference −2.6 points; 95% CI −5.2 to 0.0; adjusted RR 0.81).",
    "Vaccine efficacy was 61% (12 of 1500 v 31 of 1510 fell ill).",
    "A total of 300 patients, aged 18 to 75 (median 52), were randomised 2:1 to drug (n = 200) or placebo (n = 100).",
    "One hundred and twenty patients were screened, of whom 24 were ineligible; 96 were allocated, 48 to each group.",
    (
        "In ITT analysis, 40% (20/50) against 22% (11/50) responded (P = .05); per protocol it was 45% "
        "(20/44) against 25% (11/44)."
    ),
    "More than one reason was possible: cost (45 of 80, 56%), distance (38, 48%), fear (20, 25%).",
    "Follow-up at 12 months was 84% (42 of 50) and 88% (43 of 49); five and two were lost.",
    "One in five patients (21%) and one in ten controls (9%) had a fall; RR 2.3.",
    "The number needed to treat to prevent one relapse was 7 (95% CI 4 to 22), given rates of 38% and 24%.",
    "In women the rate was 6.03 per 100 PY (95% CI 4.61–7.74) and in men 4.90 per 100 PY; rate ratio 1.23.",
    "Smoking was reported by 34% of cases and 21% of controls (OR 1.94; 1.21 to 3.10), or 41 of 120 and 50 of 240.",
    "Of the 90 eyes (in 60 patients), 30 (33.3%) had oedema, as had 24 (40%) of the patients.",
    "Compliance (≥80% of doses) was 71% with A and 92% with B, so 29% and 8% took fewer.",
    (
        "Hospital A treated 212 (42.4%) and hospital B 288 (57.6%) of the 500; in-hospital deaths were 10"
        " (4.7%) and 21 (7.3%), p = 0.24."
    ),
    "Of all 500 procedures, 212 were urgent: 10 (4.7%) of these and 21 of 288 elective ones (7.3%) failed.",
    "The 1-, 2- and 3-year graft survival was 96%, 93% and 93% in group A and 91%, 88% and 80% in group B.",
    "Survival at 1 year and at 5 years was 88% and 64% for women and 85% and 66% for men.",
    "Of 59 patients, DLCO was measured in 54: in 29 of 31 (94%) and 25 of 28 (89%).",
    (
        "Positive predictive value was 36% at a prevalence of 12%, with sensitivity 69.2% and specificity"
        " 82.8%; NPV was 95.1%."
    ),
    (
        "Relapse occurred within 1 year in 15%, within 2 years in 28% and within 5 years in 41% of 210 "
        "patients; 86 relapsed in all."
    ),
    "Twenty-one (35%; six severe) of 60 and 18 (30%; two severe) of 60 had a reaction.",
    (
        "The response rate was 45% (9/20) at 10 mg, 60% (12/20) at 20 mg and 50% (10/20) overall at 5 mg,"
        " for an overall rate of 52% (31/60)."
    ),
    (
        "Of 62 patients with ILD, spirometry was abnormal in 28 of those with a fibrotic pattern (54.9%);"
        " 51 had a fibrotic pattern."
    ),
    "Sixty-two patients had ILD. Twelve patients with ILD (21.1%) declined bronchoscopy, which was offered to 57.",
    (
        "In all, 120 completed the course. Of 115 with data, 80 of those who completed the course (69.6%)"
        " had gained weight."
    ),
    (
        "Eighty-four completed the programme and 12 stopped. Pain fell in 61 of those who completed the "
        "programme (72.6%)."
    ),
    (
        "There were 90 women with diabetes in the first cohort and 40 in the second; 31 women with "
        "diabetes (23.8%) smoked."
    ),
    "The 5-year overall survival was 71% for low-grade and 34% for high-grade tumours.",
    "Five-year survival was 60% and ten-year survival 48%; for node-negative disease they were 72% and 65%.",
    "One-year survival was 88% after resection and two-year survival 90% after transplantation.",
    "Relapse-free survival was 60% at 2 years and overall survival 85% at 5 years.",
    "Graft survival was 88% at 5 years; patient survival was 93% at 5 years and 81% at 10 years.",
    "At 1 year 92% were alive, at 3 years 74%, and 5-year survival was 61%.",
    (
        "The cumulative incidence of relapse was 24% at 1 year and 31% at 3 years, that of non-relapse "
        "mortality 12% and 13%."
    ),
    "Survival was 71% at 5 years in 1990-1999 and 78% at 10 years in 2000-2009.",
    "Median survival was not reached; 84% were alive at 24 months.",
    (
        "Median progression-free survival was 12 months on the drug and 6 months on placebo; 30% and 12% "
        "were free of progression at 24 months."
    ),
    "Median time to progression was 10 months in those who progressed; 71% were progression-free at 12 months.",
    (
        "There were 12 infections in 1000 catheter-days in unit A (12.0 per 1000), 9 in 1500 in unit B "
        "(6.0 per 1000) and 4 in unit C."
    ),
    (
        "The incidence rate was 3.4 per 1000 person-years in men (n = 1200) and 2.1 per 1000 person-years"
        " in women (n = 1350)."
    ),
    "In 2360 person-years there were 118 falls. The rate of injurious falls was 1.6 per 100 person-years.",
    "In 2360 person-years there were 118 falls, 38 of them injurious. The rate was 5.0 per 100 person-years.",
    "We recorded 37 bleeds, 14 of them major, in 1480 patient-years (0.9 major bleeds per 100 patient-years).",
    "Over 24 months 40 hospitalisations were recorded in 210 patients (9.5 per 100 patient-years).",
    "Hospitalisation rates were 0.32 and 0.45 per patient-year (rate ratio 0.74, adjusted for centre).",
    "Ninety-six patients were divided into three groups of 34, 31 and 31.",
    "Ninety-six patients were assigned to two groups of 36, and 24 served as controls.",
    "The 300 pupils came from six schools of 50 to 80.",
    "A total of 212 eyes of 120 patients were divided into two groups of 106 eyes.",
    "The test had 91% sensitivity and 85% specificity in adults; it classified 96% of children correctly.",
    "In the validation set 88% were classified correctly (sensitivity 82%, specificity 91%).",
    "Accuracy was 79% in the training set; sensitivity was 90% and specificity 85% in the test set.",
    (
        "Of the 160 samples, 62 were positive by culture and 71 by PCR: 58 by both (93.5% of culture "
        "positives; 81.7% of PCR positives)."
    ),
    "Among men 22/60 (37%) and among women 35/70 (50%) reported pain, in all 57/130 (44%).",
    "Improvement was seen in 12, 15 and 21 patients at 4, 8 and 12 weeks (24%, 30% and 42%; n = 50).",
    (
        "Nausea (24% and 12%), headache (18% and 20%) and rash (4% and 2%) were reported by the 50 and 50"
        " patients of the groups."
    ),
    "In 50 and 48 patients respectively (78% and 75% of those screened) consent was given.",
    "Twelve of 40 (30%) and 22 of 44 (50%) responded at week 12, and 15 (38%) and 24 (55%) at week 24.",
    "In 2019 and 2020, 312 and 287 patients were admitted (52.1% and 47.9%).",
    "Mean attendance was 7 of 10 sessions (72%).",
    "Fifteen of 20 items were answered correctly by 80% or more of 212 students.",
    "Between 8 and 12 of 40 patients (20% to 30%) per centre dropped out.",
    "Of 1,204 invited, 602 (50%; range by site 31 to 68%) took part.",
    (
        "About half (46%, 44/96) preferred tablets, a third (35%, 34/96) injections, and the rest (19%) "
        "had no preference."
    ),
    "The risk fell by a quarter, from 8.0% to 6.0% (RR 0.75; 95% CI 0.61–0.92), i.e. 20 fewer per 1000, NNT 50.",
    (
        "The OR for death was 2.03 (95% CI 1.1–3.7) for the highest against the lowest quartile, in which"
        " 41/60 and 25/60 died before adjustment."
    ),
    "Drug retention at 12 and 24 months was 81% and 70%; it was 85% and 76% in men.",
    (
        "We included 412 admissions. AKI developed in 97 (23.5%) and was severe in 31 of these (32.0%); "
        "13 (42%) of the severe cases needed dialysis."
    ),
    (
        "Of the remaining 84, 42 were allocated to each group; apnoea was recorded in 9 (21.4%) and 20 "
        "(48.8%) infants, one record being lost."
    ),
    "Falls were reported by 23.8% and 37.4% (adjusted risk ratio 0.84, 95% CI 0.71 to 0.98).",
    "Success rates were 81.4% (57/70) and 64.8% (46/71), a difference of 16.6% (95% CI 2 to 31).",
    (
        "The complication rate was 15% after open and 7.9% after laparoscopic repair (24 of 160 compared "
        "with 13 of 165)."
    ),
    "Response rates were 62% and 47% (absolute difference, 15 percentage points; NNT, 7).",
    "Seroconversion was 92% in infants (138/150) and 84% in adults (126/150); geometric mean titres were 44 and 31.",
    "Response was complete in 18%, partial in 42%, and absent in 40% of the 50 patients.",
    "Eighteen patients (36%) had a complete, 21 (42%) a partial and 11 (22%) no response; 39 (78%) responded.",
    (
        "Hypoglycaemia occurred 84 times in 56 patient-years with the pump and 180 times in 60 patient-"
        "years with injections (1.5 and 3.0 events per patient-year)."
    ),
    (
        "Event rates were 4.6 per 100 patient-years in the treated and 6.0 in the untreated (rate ratio "
        "0.77, 95% CI 0.6 to 0.98)."
    ),
    "Rates fell from 6.0 to 4.6 per 100 patient-years, and those of bleeding from 2.0 to 1.1 (rate ratio 0.55).",
    "The SMR was 0.60 (18 deaths against 30.0 expected) for men and 0.80 for women.",
    "Median event-free survival was 22 months; 71% were event-free at 12 months and 31% at 36 months.",
    "Median overall survival was 22 months; 71% of complete responders were alive at 36 months.",
    (
        "Kaplan-Meier survival was 94% at 1 year, 81% at 3 years and 76% at 5 years; in controls it was "
        "96%, 90% and 81%."
    ),
    "The 3-year overall survival was 64.0% for surgery and the 5-year overall survival was 71.5% for stage I.",
    (
        "Ninety-eight volunteers were randomly assigned to receive capsules (n=49) or nothing (n=49); 47 "
        "and 45 were analysed."
    ),
    "One hundred twenty patients were equally allocated to four groups (n = 30 each).",
    "Sixty per cent of nurses (48/80) and 45% of doctors (27/60) had been vaccinated, 54% (75/140) in all.",
    (
        "Transfusion was needed in 22 of 100 and 47 of 100 patients; hence four patients need treatment "
        "to avoid 1 transfusion."
    ),
    "The proportion of smokers rose from 21.3% (49/230) to 24.6% (61/248), a relative increase of 15%.",
    "The score was 31 in the exercise group (n = 120) and 54 in the control group (n = 118), p = 0.21.",
    "The median was 12 of 20 points (60%) before and 15 of 20 (75%) after the course.",
    "Pain was present on 12 of 28 days (43%) with and 14 of 28 days (51%) without the drug.",
    "In 3 of 10 trials (30%) and 2 of 9 (22%) the risk of bias was high; 41% of patients were in these.",
    (
        "Group 3 patients (n = 22) had more relapses (12 of 22, 55%) than group 1 (5 of 25, 20%) or group"
        " 2 patients (6 of 24, 25%); P = .03."
    ),
    "In group 2 of the 40 infants 12 (30%) and in group 1 of the 38 infants 5 (13%) were ventilated.",
    "The kappa was 0.61 and agreement 82% (164 of 200 films).",
    (
        "HbA1c below 7% was reached by 45% (36/80) and 31% (25/80) at 6 months and by 40% and 28% of "
        "those who stayed (72 and 74) at 12 months."
    ),
    "Between 2010 and 2015, 310 of 1200 (26%) and between 2016 and 2020, 402 of 1300 (31%) were induced.",
    "Of 500 women, 120 (24%) had a caesarean: 70 of 250 (28%) with and 50 of 250 (20%) without induction.",
    "Recurrence was 12% (95% CI 7% to 19%; 14 events) with and 18% (95% CI 12% to 26%; 20 events) without the mesh.",
    (
        "The two-year risk was 12.4% with and 18.1% without treatment, and the risk difference after "
        "weighting was 4.9 points."
    ),
    "Of the patients, 62% were women; 40% of them, and 55% of the men, smoked.",
    (
        "Among 1,000 women screened each year for 10 years, 121 of 1,000 (12%) had a false alarm "
        "(positive predictive value 8%)."
    ),
    "Two of three (67%) or four (50%) criteria were required.",
    "In 14 patients 22 lesions (64%) were treated; 34 lesions were seen in all.",
    "For 21 of 30 patients (70%; 15 women) and 18 of 32 controls (56%; 12 women) a sample was kept.",
    (
        "In 1,480 person-years of follow-up 37 men and 22 women died (2.5 and 1.5 per 100 person-years of"
        " all follow-up)."
    ),
)  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_a_contradiction_is_found(code: str, text: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_can_be_true_is_left_alone(text: str) -> None:
    assert codes(text) == set()
