"""Conclusions, words and signs against the results: what is found, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_papers import contradicts

from evsynth.checks.scanned.judging import CHECKS, judge
from evsynth.checks.scanned.statements import over_time, shares_beside, signs_apart
from evsynth.checks.scanned.told import effect_of_z
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document


def found(results: str, conclusion: str) -> list[Finding]:
    """Judge an abstract by every check."""
    text = f"A trial\n\nAbstract\n\nBackground: Little is known.\n\nMethods: We studied adults.\n\nResults: {results}\n"
    text += f"\nConclusion: {conclusion}\n" if conclusion else ""
    return [f for f in judge(read_document("x", text)) if contradicts(f)]


FOUND = (
    # code, results, conclusion
    ("OUT_OF_ORDER",
     "Weight changed by +2.3 kg (SD 4.4; 95% CI −3.2 to −1.4) over the year.",
     ""),
    ("OUT_OF_ORDER",
     "The mean change in FVC was 4.1% (95% CI −6.0 to −2.2).",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "Diastolic pressure was significantly lower as well (−1.9 mm Hg, 95% CI −4.5 to 0.8).",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "Recurrence was significantly less frequent after surgery (OR 0.71, 95% CI 0.44 to 1.13).",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "Hospital stay did not differ between groups (mean difference −1.8 days, 95% CI −2.6 to −1.0).",
     ""),
    ("SHARE_CONTRADICTS",
     "Remission was reached by 62 of 101 patients (61.4%).",
     "More than two thirds of patients reached remission."),
    ("SHARE_CONTRADICTS",
     "Of the 121 OCS users, 50 (41.3%) had come off OCS at one year.",
     "Dupilumab allowed about three in five OCS users to stop OCS entirely."),
    ("DIRECTION_CONTRADICTS",
     "Adherence was 72% in the first month and 81% in the twelfth.",
     "The frequency of adherence declined over the year."),
    ("SHARE_CONTRADICTS",
     "Of the 78 infants, 29 (37.2%) were admitted to intensive care.",
     "Fewer than a third of the infants need intensive care."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Insulin was needed by 18% of walkers and 26% of controls (p = 0.075).",
     "Walking lowered glucose and significantly reduced the need for insulin."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Fasting glucose was lower in walkers (4.9 v 5.2 mmol/L, p = 0.01), and insulin was started in 18% v 26% (p "
     "= 0.075).",
     "Walking lowered fasting glucose; insulin use fell significantly as well."),
    ("DIRECTION_CONTRADICTS",
     "Mean blood loss was 410 mL with fusion and 180 mL with decompression alone (P < 0.001).",
     "Blood loss was lower with fusion than with decompression alone."),
    ("DIRECTION_CONTRADICTS",
     "Prednisone dose fell by 12.1 mg with MMF and by 8.9 mg with AZA.",
     "The reduction in prednisone was larger with AZA than with MMF."),
    ("DIRECTION_CONTRADICTS",
     "HbA1c fell by 1.2% with the new drug and by 0.5% with placebo (P<.001).",
     "HbA1c fell less with the new drug than with placebo."),
    ("SHARE_CONTRADICTS",
     "Twenty-seven alarms were false; 14 of the 27 (just under half) were raised at night.",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "Patients with higher trough levels had a significantly greater gain in FVC (rho = −.01, P = .97).",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "A higher CK was significantly associated with relapse (OR 1.12, 95% CI 0.95–1.32).",
     ""),
    ("DIRECTION_CONTRADICTS",
     "Mortality was 12% in the intervention arm and 25% in controls (RR 0.48, 95% CI 0.30 to 0.77).",
     "The intervention raised mortality."),
    ("RATIO_DIRECTION",
     "Mortality was lower in patients on the drug (HR 1.48, 95% CI 1.10–1.99).",
     ""),
    ("SHARE_CONTRADICTS",
     "The drug doubled the rate of remission (45% v 38%, P=0.04).",
     ""),
    ("TIMES_CONTRADICTS",
     "The rate of exacerbations fell from 2.4 to 1.9 per year, i.e. it was halved.",
     ""),
    ("TIMES_CONTRADICTS",
     "The hazard of death fell by a third (HR 0.45, 95% CI 0.31–0.66).",
     ""),
    ("DIRECTION_CONTRADICTS",
     "Relapse-free survival was longer with maintenance (median 11.2 v 18.4 months; HR 0.61, 95% CI 0.45 to "
     "0.83).",
     ""),
    ("DIRECTION_CONTRADICTS",
     "KL-6 correlated negatively with FVC (r = 0.48, P = 0.002).",
     ""),
    ("DIRECTION_CONTRADICTS",
     "A longer delay was associated with a smaller gain in FVC (β = 0.32, 95% CI 0.08 to 0.56).",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "The between-group difference in pain was 0.4 points (95% CI −0.3 to 1.1; P = 0.27).",
     "The drug was superior to placebo for pain."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Time to first exacerbation did not differ (HR 0.97, 95% CI 0.81 to 1.16).",
     "The drug significantly delayed the first exacerbation."),
    ("OUT_OF_ORDER",
     "Vaccine effectiveness was 62% (95% CI 68 to 79).",
     ""),
    ("DIRECTION_CONTRADICTS",
     "Pain decreased from 3.1 to 6.2 cm after 12 weeks.",
     ""),
    ("DIRECTION_CONTRADICTS",
     "The score in the physiotherapy group increased from 42.1 to 35.6.",
     ""),
    ("DIRECTION_CONTRADICTS",
     "FEV1 declined by 41 mL a year with the drug and 62 mL a year with placebo.",
     "The decline in FEV1 was steeper with the drug."),
    ("SHARE_CONTRADICTS",
     "Of the 27 false alarms 14 were raised at night. Just under half of the false alarms, 14 in number, arose in"
     " obese children.",
     ""),
    ("OUT_OF_ORDER",
     "The mean gain in FEV1 was +0.12 L (95% CI −0.31 to −0.06).",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "Serum urate was significantly lower with the drug (difference −12 µmol/L; 95% CI −31 to 7).",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "The rate of infection was significantly higher with rituximab (IRR 1.31; 95% CI 0.92–1.86).",
     ""),
    ("SIGNIFICANCE_CONTRADICTS",
     "Cough score did not differ between the arms (difference −4.1 points, 95% CI −6.3 to −1.9).",
     ""),
    ("DIRECTION_CONTRADICTS",
     "Mean pain score at 24 h was 4.6 cm in the block group and 3.1 cm in controls (P < 0.001).",
     "Pain at 24 h was lower in the block group than in controls."),
    ("DIRECTION_CONTRADICTS",
     "Urinary protein fell by 0.8 g/day with tacrolimus and by 1.9 g/day with cyclophosphamide (P = 0.01).",
     "The fall in urinary protein was greater with tacrolimus than with cyclophosphamide."),
    ("DIRECTION_CONTRADICTS",
     "Use of inhalers was 41% at the start and 58% after 12 months.",
     "Use of inhalers fell over the year."),
    ("DIRECTION_CONTRADICTS",
     "Attendance was 88% in the first year and 64% in the third.",
     "Attendance rose steadily."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Length of stay was 7.1 days versus 7.4 days (P = 0.41).",
     "The pathway significantly shortened length of stay."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Thirty-day mortality was 8.1% with and 9.4% without the bundle (P = 0.22).",
     "The bundle significantly reduced thirty-day mortality."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Pain at 6 months did not differ (difference −0.2, 95% CI −0.7 to 0.3).",
     "Manual therapy significantly improved pain at 6 months."),
    ("SHARE_CONTRADICTS",
     "Eight studies were prospective, twelve retrospective and nine case-control studies; thus the majority were "
     "prospective.",
     ""),
    ("DIRECTION_CONTRADICTS",
     "Older age was associated with a smaller gain in grip strength (β = 0.28, P = 0.004).",
     ""),
    ("DIRECTION_CONTRADICTS",
     "A longer interval was related to lower DLCO (r = 0.41, P = 0.001).",
     ""),
    ("DIRECTION_CONTRADICTS",
     "Effusion resolved in 12 of 60 (20%) on colchicine and 27 of 58 (47%) on placebo.",
     "Resolution of effusion was more frequent with colchicine."),
    ("DIRECTION_CONTRADICTS",
     "Median progression-free survival was 4.1 months in the combination arm and 6.8 months in the monotherapy "
     "arm.",
     "Progression-free survival was longer in the combination arm."),
    ("TIMES_CONTRADICTS",
     "Seizure frequency was halved with the drug (from 6.1 to 5.0 per month).",
     ""),
)  # fmt: skip

LEFT_ALONE = (
    # results, conclusion
    ("Flow rose significantly regardless of the size of the defect (between groups p = 0.45).", ""),
    ("No significant associations (P < 1.7 x 10-4) were seen between traits and glioma.", ""),
    ("No significant influence on success was seen for age (p = 0.08) or acuity (p = 0.97).", ""),
    ("In both groups, significant coronary disease was frequent (77% vs. 76%, p = 0.76).", ""),
    ("Risks were similar across the second (RR 1.31, 95% CI 1.08 to 1.59) and third (RR 1.29, 95% CI 1.07 to 1.55) "
     "quartiles.", ""),
    ("Treatment in both phases took longer on the way in (P = 0.01) but the whole time did not differ.",
     "No clear advantages were seen for treatment in both phases."),
    ("Low albumin went with longer stay (P = 0.004). There was no difference in readmission with low albumin.",
     "Low albumin was not associated with readmission."),
    ("Stay was shorter with the drug (P = 0.01). Mean scores for mood fell after operation (P < 0.001).",
     "Amputation was associated with a lack of improvement in mood."),
    ("The duration of the drain had no impact on infection (P = 0.9).",
     "Only replacement of a drain was associated with infection."),
    ("In adjusted analyses the index of A, but not that of B, told who had it (p < 0.001).", ""),
    ("Sex did not show to have a significant influence on width (P = 0.69).", ""),
    ("Panels agreed on cosmesis after a dose of 30 Gy (kappa = 0.26, P < 0.001).",
     "A higher dose was not associated with a change in cosmesis."),
    ("The rate of the endpoint was 16.7% and 15.2% with dual treatment (P = 0.86), bleeding 7% and 27% (P = 0.01).",
     "Bleeding was significantly reduced with dual treatment."),
    # results, conclusion
    ("The majority of men died of cancer (44%) or sepsis (9%).", ""),
    ("Most of the women had pain (31%), fever (22%), or both (11%) on the first day.", ""),
    ("There were 48 patients with 51 nodules. Three patients had two lesions each removed.", ""),
    ("There were 56 patients. 3 patients had 2 lesions making a total of 59 lesions.", ""),
    ("Proteinuria at 3 months was not associated with graft loss (1·10, 0·77–1·58).",
     ""),
    ("A sensitivity analysis without these centres made no difference to the main result (1·60, 1·27–2·01).",
     ""),
    ("Hazard ratios were estimated by Cox regression. Exclusion of early deaths did not change the estimate "
     "(0.71, 0.58–0.87).",
     ""),
    ("Compared with women of 35 or over, the odds were roughly halved among the under-25s (OR 0.48, 95% CI "
     "0.37–0.61) and about a fifth lower in the middle group (OR 0.81, 95% CI 0.68–0.96).",
     ""),
    ("Compared with women of 35 or over, the odds were roughly halved among the under-25s (OR 0.48, 95% CI "
     "0.37–0.61) and about a fifth lower in the middle group.",
     ""),
    ("The rate of serious infection was 6.03 per 100 PY (95% CI 4.61–7.74).",
     ""),
    ("The incidence rate was 12.4 per 1000 person-years (95% CI 9.8–15.5).",
     ""),
    ("The incidence per 100,000 inhabitants was 4.1 (95% CI 3.2–5.2).",
     ""),
    ("Mortality was 8.2 per 100 patient-years (6.9 to 9.8) with the drug and 11.0 per 100 patient-years (9.4 to "
     "12.9) without.",
     ""),
    ("The risk was about a third lower with the vaccine (RR 0.66, 95% CI 0.51 to 0.85), and halved in those over "
     "70 (RR 0.49, 0.30 to 0.79).",
     ""),
    ("Risk doubled in smokers (HR 2.1, 95% CI 1.5 to 2.9) but was not raised in former smokers (1.05, 0.81 to "
     "1.36).",
     ""),
    ("Neither age (OR 1.02, 95% CI 0.98–1.06) nor sex (1.14, 0.82–1.59) was associated with failure, whereas "
     "diabetes was (1.87, 1.22–2.86; P = 0.004).",
     ""),
    ("Results did not change when patients with missing data were left out (HR 0.74, 95% CI 0.60 to 0.91).",
     ""),
    ("There was no significant interaction with age (P for interaction = 0.41); the effect was significant in "
     "both sexes (P = 0.01 and P = 0.03).",
     ""),
    ("Weight fell by 3.1 kg (95% CI 2.2 to 4.0) with the diet and by 1.0 kg (0.2 to 1.8) with advice, a "
     "difference of 2.1 kg (95% CI 0.9 to 3.3).",
     ""),
    ("Pain fell from 6.4 to 3.1 with the drug and from 6.3 to 4.9 with placebo (adjusted difference −1.7, 95% CI "
     "−2.3 to −1.1; P<0.001).",
     ""),
    ("LDL cholesterol fell by a mean of 52% (SD 14) from 3.9 mmol/L to 2.1 mmol/L.",
     ""),
    ("Median stay was 5 days (IQR 4–8) versus 7 days (5–11), a difference of 1.5 days (95% CI 0.6 to 2.4).",
     ""),
    ("Mean HbA1c changed by −0.9% with the drug and −0.3% with placebo (difference −0.6 percentage points, 95% CI"
     " −0.8 to −0.4).",
     ""),
    ("FEV1 increased by 120 mL (95% CI 60 to 180), i.e. 6.1%, from 1.96 L.",
     ""),
    ("At 12 weeks the score was 4.2 ± 1.1 in group A and 5.1 ± 1.3 in group B (P = 0.02, adjusted for baseline).",
     ""),
    ("Systolic pressure was 138 ± 14 mm Hg and 141 ± 15 mm Hg (n = 40 each; P = 0.36).",
     ""),
    ("The primary outcome did not differ between groups (12.1% vs 13.4%; HR 0.89, 95% CI 0.71 to 1.12; P = 0.32),"
     " but hospital stay was significantly shorter (P = 0.004).",
     ""),
    ("The correlation between KL-6 and DLCO was −0.52 (95% CI −0.68 to −0.31), that with FVC −0.31 (−0.51 to "
     "−0.08).",
     ""),
    ("There was a significant inverse correlation between change in KL-6 and change in FVC (r = −0.46, P = "
     "0.003), and none with DLCO (r = −0.12, P = 0.44).",
     ""),
    ("Agreement was moderate (kappa 0.52; 95% CI 0.44 to 0.60).",
     ""),
    ("Sensitivity was 86% (95% CI 79 to 91) and specificity 74% (66 to 81).",
     ""),
    ("The interval for the difference, −1.2 to 3.5 points, lay within the margin of 5 points, so the drug was "
     "non-inferior (P for non-inferiority = 0.002); superiority was not shown (P = 0.34).",
     ""),
    ("Weight changed by −2.3 kg (SD 4.4; 95% CI −3.2 to −1.4).",
     ""),
    ("The dose fell by half or more in 41% of patients, and 12 (14%) stopped.",
     ""),
    ("Cough improved significantly in the drug group (P = 0.02) but not in the placebo group (P = 0.21); the "
     "difference between groups was not significant (P = 0.18).",
     ""),
    ("Survival was longer in the drug arm (median 14.2 v 10.1 months; HR for death 0.72, 95% CI 0.58–0.90).",
     ""),
    ("Drug levels were 1.8-fold higher in women (geometric mean ratio 1.79, 90% CI 1.52 to 2.11).",
     ""),
    ("Mean age was 61 years (range 28–84); 41% were women, and time from onset to diagnosis was 11 months (95% CI"
     " 9 to 13).",
     ""),
    ("The mean difference between methods was 0.3 mm (limits of agreement −2.1 to 2.7).",
     ""),
    ("Relapse occurred in 12 of 60 (20%) and 21 of 58 (36%); the risk was almost halved (relative risk 0.55, 95% "
     "CI 0.30 to 1.02; P = 0.053).",
     "Relapse was nearly halved, but the difference did not reach significance."),
    ("Each 10-unit rise was associated with a 12% higher risk (HR 1.12, 95% CI 1.04 to 1.20).",
     ""),
    ("Survival at 5 years was 71% (95% CI 63–78) in the early and 58% (50–66) in the late cohort.",
     "Survival improved over time."),
    ("Mean pain score was 3.1 with the block and 4.6 without it (P < 0.001). Nausea was recorded in 12% with the "
     "block and 9% without it.",
     "The block lowered pain, without more nausea."),
    ("Operating time was 171 minutes with fusion and 132 minutes without; leg pain was 2.1 with fusion and 2.4 "
     "without.",
     "Decompression alone took less time, and leg pain was alike."),
    ("Insulin was needed by 18% of walkers and 26% of controls (p = 0.075).",
     "Walking lowered glucose; fewer women needed insulin, though this may be chance."),
    ("The B coefficient was 0.42 (95% CI 0.10 to 0.74, P = 0.01), so each unit was related to a larger gain.",
     ""),
    ("Half of the patients were women, and a third (31%) had diabetes.",
     ""),
    ("About half of those screened (1,204 of 2,410) agreed to take part.",
     ""),
    ("Half as many patients relapsed on the drug (12%) as on placebo (25%).",
     ""),
    ("Two thirds of the relapses (24 of 36) came in the first three months, in which 80% of the dose was given.",
     ""),
    ("One in four patients had fever, of whom 60% had a positive culture.",
     ""),
    ("The dose was cut by half (50 mg) in 12 patients.",
     ""),
    ("Nine of 23 trials were at low risk of bias and fourteen had some concerns; thus the majority raised some "
     "concerns.",
     ""),
    ("Eight were smokers, ten former smokers and twelve had never smoked; thus most had smoked at some time.",
     ""),
    ("Of 40 patients 18 improved, 12 were stable and 10 worsened; thus the majority did not worsen.",
     ""),
    ("App use of five or more days a week was 72% in the first month and 61% in the twelfth.",
     "The use of the app declined."),
    ("Pain was 6.1 at baseline and 3.2 at week 12 with the drug; with placebo it was 6.0 and 4.8.",
     "Pain declined in both groups."),
    ("Adherence was 72% in the first month and 81% in the twelfth.",
     "Adherence rose over the year while glucose fell."),
    ("Quality of life was 61 at baseline and 66 after 6 months.",
     "Symptoms declined over time."),
    ("Creatinine was 98 µmol/L before surgery and 141 µmol/L on day 2; it then fell.",
     ""),
    ("HbA1c was 8.1% at 3 months and 8.4% at 12 months, against 9.6% at entry.",
     "HbA1c fell over the year."),
    ("In 2010 the rate was 12% and in 2020 it was 7%.",
     "The rate declined over the decade."),
    ("Stay was 9 days with the drug and 12 days without (P = .01).",
     "The drug shortened hospital stay."),
    ("Blood loss was 410 mL with fusion and 180 mL with decompression (P<.001).",
     "Blood loss was higher with fusion than with decompression."),
    ("Prednisone fell by 12.1 mg with MMF and by 8.9 mg with AZA.",
     "The reduction in prednisone was larger with MMF than with AZA."),
    ("Prednisone fell by 12.1 mg with MMF and by 8.9 mg with AZA.",
     "At one year the dose of prednisone was lower with MMF."),
    ("FEV1 was 1.9 L with the drug and 2.0 L with placebo at baseline.",
     "FEV1 was higher with the drug than with placebo at one year."),
    ("Time to remission was 21 days with the drug and 33 days with placebo.",
     "Remission was quicker with the drug, and longer lasting."),
    ("Median survival was 14.2 months with the drug and 10.1 months with placebo.",
     "The drug prolonged survival at the price of toxicity."),
    ("Pain fell more with the drug (−3.1 points) than with placebo (−1.4 points; P<.001).",
     "The drug reduced pain more than placebo."),
    ("Cost was 410 euros with the new device and 380 euros with the old one.",
     "The new device shortened procedures and cost little more."),
    ("The drug significantly reduced pain (P = 0.01) but not fatigue (P = 0.34).",
     "The drug significantly reduced pain."),
    ("Relapse did not differ at 3 months (P = 0.42), but was rarer at 12 months (P = 0.01).",
     "The drug significantly reduced relapse."),
    ("Mortality at 28 days was 21% v 25% (P=.19); mortality at 90 days was 26% v 34% (P=.03).",
     "The drug significantly lowered mortality."),
    ("Pain (P = 0.12) and stiffness (P = 0.03) were assessed.",
     "Stiffness was significantly lower with exercise."),
    ("Function improved in both groups; the difference was not significant (P = 0.30).",
     "Function improved significantly after either programme."),
    ("Systolic pressure changed by −2.1 mm Hg (95% CI −5.0 to 0.8); in the adjusted model it was −3.0 (−5.6 to "
     "−0.4).",
     "The diet significantly lowered systolic pressure."),
    ("Death occurred in 12% v 16% (HR 0.74, 95% CI 0.50 to 1.09). The composite of death or stroke was "
     "significantly lower (HR 0.70, 95% CI 0.52 to 0.94).",
     "The drug significantly reduced death or stroke."),
    ("The mean change in weight was a loss of 2.3 kg (95% CI −3.2 to −1.4).",
     ""),
    ("Weight decreased (mean change 2.3 kg, 95% CI −3.2 to −1.4).",
     ""),
    ("The difference was 2.3 kg in favour of the diet (95% CI −3.2 to −1.4).",
     ""),
    ("The coefficient for age was −0.21 (95% CI −0.34 to −0.08) per year.",
     ""),
    ("A longer delay was associated with a larger decline in FVC (β = −0.32).",
     ""),
    ("Higher KL-6 was associated with lower FVC (r = −0.41) and higher CT scores (r = 0.38).",
     ""),
    ("Older age was associated with a smaller gain in FVC (β = −0.32, P = 0.01).",
     ""),
    ("Longer disease was related to a poorer response (β = 0.32).",
     ""),
    ("In Table 2 the coefficient of age was −0.213; each year of age cost 0.213 points.",
     ""),
    ("Operating time was 92 minutes with the robot and 71 minutes without it.",
     "The robot shortened stay but prolonged surgery."),
    ("Age was 61 years in the surgery group and 57 years in the drug group.",
     "Older patients had more pain in the surgery group."),
    ("Weight was 81 kg in the diet group and 79 kg in the control group after a year (P = 0.30).",
     "Weight was lower in the diet group after adjustment."),
    ("Mean stay was 7.2 days in 2015 and 5.1 days in 2019.",
     "Stay was shorter in 2019 than in 2015."),
    ("Mean stay was 7.2 days in hospital A and 5.1 days in hospital B.",
     "Patients in hospital A had a longer stay."),
    ("Serum KL-6 was 932 U/mL at baseline and 739 U/mL at six months.",
     "KL-6 declined with treatment, whereas FVC rose."),
    ("Creatinine rose from 80 to 95 µmol/L at 3 months and was 78 µmol/L at 12 months.",
     "Creatinine fell over the year."),
    ("Adherence was 91% in the first week and 95% in the second; by week 12 it was 60%.",
     "Adherence declined over time."),
    ("Relapse-free survival at 2 years was 71% with and 58% without maintenance (P = 0.03); overall survival did "
     "not differ (P = 0.60).",
     "Maintenance significantly prolonged relapse-free survival."),
    ("The score fell by 4.1 points on the drug and 2.2 points on placebo.",
     "The fall in the score was larger on the drug than on placebo."),
    ("The score fell by 4.1 points on the drug and 2.2 points on placebo.",
     "The score was lower on the drug than on placebo at week 12."),
    ("Blood loss was lower with the clip (210 mL v 340 mL; P = 0.02), and operating time did not differ (P = "
     "0.4).",
     "The clip significantly reduced blood loss."),
    ("Deaths were fewer with the drug (P = 0.20), as were strokes (P = 0.04).",
     "The drug significantly reduced strokes."),
    ("Of 60 patients 21 (35%) had fever; about a third of patients with fever (8 of 21) had chills.",
     ""),
    ("One in five (12 of 61) stopped early, and half of those (6) did so for nausea.",
     ""),
    ("More than half of the trials (14 of 23) were small; thus most had wide intervals.",
     ""),
    ("The correlation of change in FVC with age was r = 0.31 (P = 0.02) in men and r = −0.31 (P = 0.02) in women.",
     ""),
    ("Change in DLCO correlated with change in FVC (r = 0.42, P < .001) and inversely with age (r = −0.42, P < "
     ".001).",
     ""),
    ("Weight changed by −1.2 kg with the drug and +1.1 kg with placebo (difference −2.3 kg, 95% CI −3.1 to −1.5).",
     ""),
    ("HbA1c was lower by 0.6 points (95% CI −0.9 to −0.3) and weight by 2.1 kg (95% CI −3.0 to −1.2).",
     ""),
    ("Infection was not significantly more frequent (difference 3.1 points, 95% CI −1.2 to 7.4).",
     ""),
    ("Mean score was significantly lower with training: 12.1 (95% CI −0.4 to 24.6) v 31.0 (20.1 to 41.9), P = "
     "0.01.",
     ""),
    ("Risk fell significantly in women (RR 0.71, 95% CI 0.55 to 0.92) but not in men (RR 0.94, 95% CI 0.80 to "
     "1.11).",
     ""),
)  # fmt: skip


@pytest.mark.parametrize(("code", "results", "conclusion"), FOUND)
def test_a_contradiction_is_found(code: str, results: str, conclusion: str) -> None:
    assert code in {f.code for f in found(results, conclusion)}


@pytest.mark.parametrize(("results", "conclusion"), LEFT_ALONE)
def test_what_fits_or_may_fit_is_left_alone(results: str, conclusion: str) -> None:
    assert [f.message for f in found(results, conclusion)] == []


def test_as_much_is_left_alone_as_is_found() -> None:
    assert len(LEFT_ALONE) >= len(FOUND)


PAPER = """A cohort

Methods
Wilcoxon tests were used; r = |Z|/√N, where N is the number of pairs. Thirty-two patients completed the year.

Results
The model explained half of the variance. Lower baseline FVC was associated with a larger gain (β = {beta}).
FVC rose (Z = −4.06, p < 0.001, r = {r}) in all 32 patients.

Table 1. Regression

Variable\tβ\tP
Baseline FVC\t−0.320\t0.002
Age\t0.114\t0.30
"""


def codes_of(**said: str) -> set[str]:
    document = read_document("x", PAPER.format(**{"beta": "−0.320", "r": "0.72", **said}))
    return {f.code for f in judge(document) if f.severity == "inconsistent"} & {"PRINTED_DIFFERENTLY", "EFFECT_SIZE_R"}


def test_a_coefficient_has_one_sign() -> None:
    assert codes_of() == set()
    assert codes_of(beta="0.320") == {"PRINTED_DIFFERENTLY"}
    assert codes_of(beta="0.321") == set()  # another number says nothing


def test_the_effect_size_of_z_is_that_of_some_number_of_patients() -> None:
    assert codes_of(r="0.52") == {"EFFECT_SIZE_R"}
    assert codes_of(r="0.74") == set()  # two zero differences may have been dropped


def test_checks_are_registered_and_explained() -> None:
    runs = (over_time.over_time, shares_beside.shares_beside, signs_apart.signs_apart, effect_of_z.effect_of_z)
    assert set(runs) <= {check.run for check in CHECKS}
    assert "EFFECT_SIZE_R" in (Path(__file__).parents[2] / "docs" / "findings.md").read_text()
