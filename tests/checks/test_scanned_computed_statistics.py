"""Computed statistics told in sentences: rates, relative changes, heterogeneity, pairs, intervals of shares, ranks."""

from __future__ import annotations

import pytest
from invented_papers import contradicts

from evsynth.checks.scanned.judging import judge
from evsynth.checks.scanned.told.mcnemar import paired_tests
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document


def found(text: str, after: str = "") -> list[Finding]:
    """Judge the results of an abstract, and what follows it."""
    document = read_document("x", f"A study of something\n\nAbstract\n\nResults\n{text}\n{after}")
    return [f for f in judge(document) if contradicts(f)]


FOUND = (
    (
        "RATE",
        "During 4,210 catheter-days in the chlorhexidine arm there were 9 infections (2.1 per 1,000 "
        "catheter-days), whereas the control arm had 21 infections during 4,380 catheter-days (3.8 per "
        "1,000).",
    ),
    (
        "RATE",
        "The incidence of falls was 7.2 per 1000 bed-days on intervention wards (152 falls, 28,900 bed-days) "
        "and 6.9 per 1000 on control wards (201 falls, 29,130 bed-days).",
    ),
    (
        "RATE",
        "Over a total of 1,845 person-years, 62 strokes occurred, corresponding to an incidence rate of 4.3 "
        "per 100 person-years (95% CI 3.3-5.5).",
    ),
    (
        "RATE",
        "Patients contributed 812 person-years with etanercept and 790 person-years with adalimumab. Serious "
        "infections occurred in 25 and 40 patients, giving rates of 5.06 and 3.08 per 100 person-years, "
        "respectively.",
    ),
    (
        "GROUPS",
        "In all there were 3,310 patient-years of follow-up, 1,702 in the dabigatran group and 1,508 in the "
        "warfarin group.",
    ),
    (
        "NEEDED_TO_TREAT",
        "Stroke occurred in 4.0% of patients on placebo and 2.0% of those on ticagrelor, so 20 patients would "
        "have to be treated for one stroke to be avoided.",
    ),
    (
        "NEEDED_TO_TREAT",
        "The absolute risk reduction was 8.2% (95% CI 2.1% to 14.3%), which translates into a number needed "
        "to treat of 22.",
    ),
    (
        "NEEDED_TO_TREAT",
        "Withdrawals for adverse events were 12% with the active drug compared with 4% with placebo (NNH 8).",
    ),
    (
        "RELATIVE_CHANGE",
        "Opioid consumption was reduced by 28% with the block (mean 32.4 mg versus 54.0 mg).",
    ),
    (
        "RELATIVE_CHANGE",
        "Treatment lowered the hazard of progression by 71% (hazard ratio, 0.71; 95% CI, 0.55 to 0.92).",
    ),
    (
        "RELATIVE_CHANGE",
        "The risk of readmission was cut by 45% (RR 0.65, 95% CI 0.51-0.83).",
    ),
    (
        "RELATIVE_CHANGE",
        "Mortality was 38% lower among statin users (adjusted hazard ratio 0.82; 95% confidence interval 0.74 "
        "to 0.91).",
    ),
    (
        "RELATIVE_CHANGE",
        "Each 10-unit rise was associated with a 23% increase in risk (HR 1.32, 95% CI 1.14 to 1.53).",
    ),
    (
        "HETEROGENEITY",
        "Heterogeneity was moderate (Q = 28.4, df = 9, I2 = 32%).",
    ),
    (
        "HETEROGENEITY",
        "The pooled OR was 0.72 (0.58-0.90; Cochran's Q 22.0 on 11 degrees of freedom; I2 75%).",
    ),
    (
        "ACCURACY",
        "Sensitivity was 92% and specificity 78%, with a positive likelihood ratio of 6.2.",
    ),
    (
        "RATIO_P",
        "After adjustment the odds ratio was 1.24 (1.02-1.51, p=0.21).",
    ),
    (
        "RATIO_P",
        "Readmission was less likely with the programme (adjusted HR 0.81, 95% CI: 0.62; 1.06, p = 0.003).",
    ),
    (
        "DIFFERENCE_P",
        "A mean difference of 3.4 points (95% CI, -0.2 to 7.0; P = .001) was found.",
    ),
    (
        "P_OF_STATISTIC",
        "The chi-square test showed a difference between regions (chi-square = 14.2, df = 3, P = .21).",
    ),
    (
        "P_OF_STATISTIC",
        "Values differed between the two groups (t = 1.12, df = 78, p = 0.002).",
    ),
    (
        "P_OF_CORRELATION",
        "Grip strength correlated with muscle area in the 45 patients (r = 0.21, p < 0.001).",
    ),
    (
        "P_OF_STATISTIC",
        "The Mann-Whitney test gave Z = -3.10 (p = 0.03).",
    ),
    (
        "P_OF_PAIRS",
        "Of 80 patients, 18 were positive on test A only and 4 on test B only (McNemar test, p = 0.34).",
    ),
    (
        "OUT_OF_ORDER",
        "Seventeen of 68 patients relapsed (25.0%; 95% CI 19.8-24.2%).",
    ),
    (
        "PROPORTION_INTERVAL",
        "The response rate was 31/50 (62%, 95% confidence interval 47 to 65).",
    ),
    (
        "GRIM",
        "Fourteen patients rated the procedure on a scale of whole numbers from 0 to 10; the mean rating was "
        "7.33 (SD 1.2).",
    ),
    (
        "P_OF_MEANS",
        "Length of stay averaged 6.2 days (SD 2.0) in 60 patients with the protocol and 8.1 days (SD 2.4) in "
        "62 without (P = 0.31).",
    ),
    (
        "DIFFERENCE_TOLD",
        "Mean HbA1c at 6 months was 7.1% with the app and 7.6% with usual care, i.e. a difference of 0.9 "
        "percentage points.",
    ),
    (
        "RATE",
        "The rate of hypoglycaemia was 12.4 events per 100 patient-years with degludec (96 events; 774 "
        "patient-years) and 18.9 events per 100 patient-years with glargine (122 events; 781 patient-years).",
    ),
    (
        "RATE",
        "We recorded 18 ventilator-associated pneumonias during 2,250 ventilator-days before and 11 during "
        "2,410 ventilator-days after the bundle, i.e. 8.0 and 6.4 per 1,000 ventilator-days.",
    ),
    (
        "RATE",
        "Person-time at risk was 1,204 and 1,187 person-years. There were 31 fractures with zoledronate and "
        "58 with placebo (4.89 and 2.57 per 100 person-years).",
    ),
    (
        "RATE",
        "Cancer developed in 45 participants over 9,012 person-years (incidence 3.9 per 1000 person-years).",
    ),
    (
        "RATE",
        "Exacerbations occurred at a rate of 0.42 per patient-year in the active group (210 exacerbations in "
        "500 patient-years) and of 0.81 per patient-year in the placebo group (310 in 498 patient-years).",
    ),
    (
        "NEEDED_TO_TREAT",
        "Infection developed in 18 of 150 (12.0%) with prophylaxis and in 36 of 150 (24.0%) without; the "
        "number needed to treat was 12.",
    ),
    (
        "NEEDED_TO_TREAT",
        "One extra case of diarrhoea occurred for every 25 children treated (14% versus 4%).",
    ),
    (
        "NEEDED_TO_TREAT",
        "Relapse at one year was 30% and 50%, respectively, meaning that 20 patients must be treated to "
        "prevent one relapse.",
    ),
    (
        "RELATIVE_CHANGE",
        "Vaccination reduced hospital admission by 64% (adjusted OR 0.64, 95% CI 0.50-0.82).",
    ),
    (
        "RELATIVE_CHANGE",
        "Those in the highest quintile had a 2-fold risk, and each serving was linked with a 17% lower risk "
        "of diabetes (HR 0.87; 95% CI 0.79 to 0.95).",
    ),
    (
        "RELATIVE_CHANGE",
        "The hazard ratio for death was 0.58 (95% CI 0.41-0.82), corresponding to a 58% reduction in risk.",
    ),
    (
        "RELATIVE_CHANGE",
        "Risk of preterm birth rose by 15% (RR 1.51, 95% CI 1.20 to 1.90) in exposed women.",
    ),
    (
        "HETEROGENEITY",
        "There was no heterogeneity between trials (I2 = 0%, P = 0.003 for heterogeneity).",
    ),
    (
        "HETEROGENEITY",
        "The pooled mean difference was -2.1 (95% CI -3.5 to -0.7; 8 trials; I2=12%; Q=31.2, df=7).",
    ),
    (
        "HETEROGENEITY",
        "Substantial heterogeneity was present (I² = 88%, p for heterogeneity = 0.62).",
    ),
    (
        "ACCURACY",
        "With a sensitivity of 80.0% and a specificity of 90.0%, the negative likelihood ratio was 0.42.",
    ),
    (
        "ACCURACY",
        "Sensitivity was 95% (95% CI 88-98%) and specificity 64% (52-71%); accuracy was 97%.",
    ),
    (
        "RATIO_P",
        "Survival was better with the combination (HR for death, 0.71; 95% CI, 0.53 to 0.96; P=0.26).",
    ),
    (
        "RATIO_P",
        "No association was seen with smoking (OR 0.94, 95% CI 0.70-1.26, p<0.001).",
    ),
    (
        "DIFFERENCE_P",
        "The adjusted difference in FEV1 was 82 ml (95% CI -14 to 178; p=0.004).",
    ),
    (
        "RATIO_INTERVAL",
        "The hazard ratio was 1.80 (95% CI 1.12 to 1.94).",
    ),
    (
        "RATIO_INTERVAL",
        "The odds of remission were higher with the biologic (odds ratio 3.2; 95% CI 1.4-4.0; P = .004).",
    ),
    (
        "P_OF_CORRELATION",
        "The correlation between ferritin and CRP was weak (Spearman rho 0.12, p < 0.001, n = 64).",
    ),
    (
        "P_OF_STATISTIC",
        "Groups differed in sex distribution (χ²(1) = 2.10, p = 0.003).",
    ),
    (
        "P_OF_STATISTIC",
        "Scores fell significantly (paired t(29) = 0.87, p = 0.02).",
    ),
    (
        "P_OF_STATISTIC",
        "Time to response differed (U = 412, z = -1.2, p = 0.001).",
    ),
    (
        "P_OF_PAIRS",
        "Nineteen lesions were detected by MRI alone and three by ultrasound alone, whereas 60 were seen on "
        "both (McNemar, p = 0.45).",
    ),
    (
        "PROPORTION_INTERVAL",
        "Complete response was achieved in 24 of 40 patients (60%; 95% CI, 56 to 64).",
    ),
    (
        "INTERVAL_OF_SHARES",
        "Cure was obtained in 88/100 (88.0%) and 76/100 (76.0%), a difference of 12.0 percentage points (95% "
        "CI 9.8 to 14.2).",
    ),
    (
        "INTERVAL_OF_SHARES",
        "Death occurred in 12 of 120 and 24 of 120 patients (relative risk 0.50; 95% CI 0.42 to 0.60).",
    ),
    (
        "P_OF_MEANS",
        "Mean operating time was 92 min (SD 20) in 45 laparoscopic cases and 118 min (SD 25) in 47 open cases "
        "(p = 0.38).",
    ),
    (
        "DIFFERENCE_TOLD",
        "Body weight was 81.4 kg before and 77.2 kg after the programme, a mean loss of 5.2 kg.",
    ),
    (
        "P_OF_STATISTIC",
        "Remission was more frequent with the drug (30 of 60 vs 18 of 60; chi-square = 9.4, p = 0.002).",
    ),
    (
        "RATE",
        "Bloodstream infections declined from 7.4 per 1000 line-days (37 infections, 8,222 line-days) to 2.1 "
        "per 1000 line-days (16 infections, 7,610 line-days).",
    ),
    (
        "RATE",
        "During 1562 person-months of observation, 44 recurrences were seen, a rate of 3.6 per 100 person-months.",
    ),
    (
        "RATE",
        "Follow-up comprised 2,140 person-years in vaccinees and 2,096 person-years in controls, during which "
        "21 and 66 cases of zoster were confirmed; the incidence was therefore 3.15 and 0.98 per 100 "
        "person-years.",
    ),
    (
        "RATE",
        "Thirty-one falls occurred over 4,050 patient-days on the wards with sensors (5.6 per 1000 patient-days).",
    ),
    (
        "NEEDED_TO_TREAT",
        "Seizures recurred in 22% on the drug and 40% on placebo (NNT, 12).",
    ),
    (
        "NEEDED_TO_TREAT",
        "With an absolute difference of 5.0 percentage points, 12 people need to be screened to avoid one fracture.",
    ),
    (
        "TIMES_CONTRADICTS",
        "Statin use cut the risk of sepsis by roughly a third, and by 44% in the elderly (adjusted HR 0.44, "
        "95% CI 0.31 to 0.62).",
    ),
    (
        "RELATIVE_CHANGE",
        "Compared with no use, current use raised the risk by 68% (adjusted rate ratio 1.86, 95% CI 1.40 to 2.47).",
    ),
    (
        "HETEROGENEITY",
        "Results were inconsistent across studies (I² = 12%; Cochran Q = 54.3, 12 degrees of freedom).",
    ),
    (
        "HETEROGENEITY",
        "For the primary outcome (six trials) heterogeneity was negligible, I2=0%, p=0.01.",
    ),
    (
        "ACCURACY",
        "At this cut-off sensitivity was 88%, specificity 75%, the positive likelihood ratio 5.2 and the "
        "negative likelihood ratio 0.16.",
    ),
    (
        "RATIO_P",
        "Mortality did not differ (14.2% v 15.0%; odds ratio 0.94, 0.75 to 1.17, P=0.0006).",
    ),
    (
        "DIFFERENCE_P",
        "The between-group difference in pain at week 12 was -0.9 points (95% CI, -1.5 to -0.3; P = .31).",
    ),
    (
        "RATIO_P",
        "Obesity was a risk factor (aOR = 2.10, 95%CI = 1.30–3.39, p = 0.45).",
    ),
    (
        "REGRESSION_T",
        "The regression coefficient was 0.35 (95% CI 0.11 to 0.59, p = 0.74).",
    ),
    (
        "RATIO_INTERVAL",
        "Smokers had a relative risk of 2.4 (95% CI: 1.1–2.9).",
    ),
    (
        "DIFFERENCE_INTERVAL",
        "The mean difference was 4.0 mm Hg (95% CI 3.1 to 8.9).",
    ),
    (
        "OUT_OF_ORDER",
        "The prevalence was 18.2% (95% CI 19.1% to 24.0%).",
    ),
    (
        "P_OF_CORRELATION",
        "Age was related to score (Pearson's r = -0.09, n = 120, p = 0.001).",
    ),
    (
        "P_OF_STATISTIC",
        "The two groups were different in mean age (Student's t = 0.44, df = 96, P = 0.012).",
    ),
    (
        "P_OF_STATISTIC",
        "One-way ANOVA showed a difference between the three sites, F(2, 87) = 1.02, p = 0.004.",
    ),
    (
        "P_OF_PAIRS",
        "The new assay alone was positive in 21 samples and culture alone in 5 (McNemar's p = 0.12).",
    ),
    (
        "INTERVAL_OF_SHARES",
        "Recurrence was seen in 9/90 (10%) and 27/90 (30%), odds ratio 0.26 (95% CI 0.20 to 0.33).",
    ),
    (
        "DIFFERENCE_TOLD",
        "HbA1c fell from 8.6% to 7.4%, i.e. by 2.1 percentage points.",
    ),
    (
        "DIFFERENCE_TOLD",
        "The score improved by 12 points, from 48 to 66.",
    ),
    (
        "P_OF_STATISTIC",
        "Cure rates were 45/60 (75%) and 30/60 (50%) (χ² = 3.10, p = 0.005).",
    ),
)

LEFT = (
    "The models explained much (R2=93.2%; R2 = 16.3%).",
    "The dose was 0.12 µg.kg-1.h- 1 [0.06-0.21] in the median.",
    "Muscle strength was greater after the block (5/5 vs. 2/5, p = 0.001).",
    "The volume was 4.25 + 1.29 ml (range: 2.6-7.8).",
    "Infertility was commoner (92.9% vs 76.1%, P = .049); Multivariate analysis named stimulation (odds ratio, 3.1).",
    "Soils held phosphorus (R = 458.5), and the assay was linear (n = 7, r = 4).",
    "Inequality fell (ECI: 0.087 and 0.018, p = 0.036).",
    "It took 42 ± 13 min (range: 26-83 min) in the group F, shorter than in the group O (53 ± 21 min, range: 13-111).",
    "The mean angle was 49.4 ± 9.4 (median 49, inter-quartile range [IQR] 12, range 18-90).",
    "The mean age decreased to 1.70 years in 2019 (range, 0.1 to 14 y).",
    "The mean age was 6.5 ± 6.4 years (range from 9 months to 48 years).",
    "The median follow-up was 718 (quartile 1-3: 361-1270) days.",
    "They were not related: rs = -0,188, p = 0.85.",
    "Spending was four times as high (rho = 3.71, 95% 1.00 to 13.87), and graphite is dense (ρ = 2.265 g cm-3).",
    "For every decade of age there were 30% higher odds of it (OR 1.03 per year; 95% CI 1.00 to 1.05).",
    "Women had a greater risk of a ≥50% increase in attacks: RR 1.98 (1.07 to 3.64).",
    "Tests fell from approximately 5,000 per day to 3,300 per day, a reduction of 30%.",
    "Those given the extract (50 and 150 mg/kg) showed reduced incidence (28%).",
    "Itch was commoner in the group (1.0% vs. 0.3%; OR, 3.4; P < 0.001), especially in those under 20 (OR, 9.8).",
    "Overall, 37.5% told of hardship in year 4 and 7.9% thought of suicide. In all, hardship mattered (OR = 1.61).",
    "Those who chose 4 or 5 had a revision rate of 15.9% and 18.2%, and an RD rate of 26.4% and 30.1%.",
    "Morbidity was seen in 10/39 (26%) after excision vs 46/71 (65%) after resection (P = 0.001).",
    "Saturation rose in the end (median 77% [71, 81] vs. 95% [93, 97], P = .081).",
    "Smell was lost in 11 (68.8%) of the users and in 26 (83.9%) of the others (p = 0.064, 0.271, respectively).",
    "Most of the 142 women were in favour (127 [89.4%] vs 15 [10.6%]; chi-square test = 6.1; P = .014).",
    "Software mattered, F(4,15) = 3.50, R2 = 0.34.",
    "The g-factor was 1.8 with R = 4 × 4 acceleration, and the beam had r = 5 mm.",
    "The nerve fibre layer was thinner (mean -12 µm, 95% CI -9 to -15 µm).",
    "Median best change was -53.5% (range, -30% to -100%).",
    "Travel time decreased by 7.18 min (95% CI = 7.23-7.14) in towns and 36.63 min (95% CI = 37.12-36.15) in villages.",
    "Twenty patients, with a mean (SD) age of 31.8 (11.1; range, 18-52) years, took part.",
    "The mean length of the split was 20.4±6.0mm (range: 10-32mm).",
    "The number of air changes (P = 0.02; odds ratio (OR) 95% confidence interval (CI): 0.66-0.96) mattered.",
    "The median age was 0.5 ± 20.7 months (range, 0.0-111.0 months).",
    "Time was 810 s (range 395-1491 s) in the first group and 986 s (range 493-2353 s) in the second group.",
    (
        "The rate of hypoglycaemia was 12.4 events per 100 patient-years with degludec (96 events; 774 "
        "patient-years) and 15.6 events per 100 patient-years with glargine (122 events; 781 patient-years)."
    ),
    (
        "We recorded 18 ventilator-associated pneumonias during 2,250 ventilator-days before and 11 during "
        "2,410 ventilator-days after the bundle, i.e. 8.0 and 4.6 per 1,000 ventilator-days."
    ),
    (
        "Person-time at risk was 1,204 and 1,187 person-years. There were 31 fractures with zoledronate and "
        "58 with placebo (2.57 and 4.89 per 100 person-years)."
    ),
    (
        "The adjusted incidence rates were 4.1 and 5.9 per 1000 person-years; 31 events occurred in 9,012 "
        "person-years and 40 in 9,100 person-years."
    ),
    ("Vaccination reduced hospital admission by 36% (adjusted OR 0.64, 95% CI 0.50-0.82)."),
    ("Mortality was 20% lower with the drug in absolute terms (HR 0.55; 95% CI 0.40 to 0.76)."),
    ("Deaths fell from 24% to 12%, a 50% relative reduction (adjusted HR 0.58, 95% CI 0.40-0.84)."),
    ("The hazard ratio for death was 0.58 (95% CI 0.41-0.82), corresponding to a 42% reduction in risk."),
    ("The odds were increased by 51% (OR 1.51, 95% CI 1.20 to 1.90)."),
    (
        "Women had a 40% lower risk than men (HR 0.60, 95% CI 0.5-0.72) and a 25% higher risk of falls (HR "
        "1.25, 95% CI 1.1-1.42)."
    ),
    ("There was no heterogeneity between trials (I2 = 0%, P = 0.63 for heterogeneity)."),
    ("The pooled mean difference was -2.1 (95% CI -3.5 to -0.7; p=0.003; I2=0%)."),
    ("The pooled OR was 0.61 (95% CI 0.42-0.88, P = 0.009, I2 = 85%, 9 studies)."),
    ("Heterogeneity was considerable (Q = 31.2, df = 7, p < 0.001, I2 = 78%)."),
    (
        "Nineteen lesions were detected by MRI alone and three by ultrasound alone, whereas 60 were seen on "
        "both (McNemar, p < 0.001)."
    ),
    (
        "Only 33 patients had both tests and only 12 repeated them (P = 0.21 for the comparison of ages, "
        "McNemar's test for pairs)."
    ),
    ("Complete response was achieved in 24 of 40 patients (60%; 95% CI, 43 to 75)."),
    ("The detection rate was 7.5% (15/200; 90% CI 4.7-11.3)."),
    (
        "Cure was obtained in 88/100 (88.0%) and 76/100 (76.0%), a difference of 12.0 percentage points (95% "
        "CI 1.5 to 22.5)."
    ),
    ("Death occurred in 12 of 120 and 24 of 120 patients (relative risk 0.50; 95% CI 0.26 to 0.95)."),
    ("Remission was more frequent with the drug (30 of 60 vs 18 of 60; chi-square = 5.0, p = 0.025)."),
    ("After adjustment the estimate moved to 0.68 (95% CI 0.48-0.95; P = 0.02)."),
    ("The OR fell to 1.72 (1.11 to 2.66; P = 0.015) after adjustment."),
    ("Fatigue was rated in whole numbers from 0 to 10 in 16 patients; its mean was 5.44 before and 4.56 after."),
    ("The improvement was 146.4 mL (from 223.4 to 77.0 mL) or 65.5% of the initial value."),
    (
        "Length of stay averaged 6.2 days (SD 2.0) in 60 patients with the protocol and 8.1 days (SD 2.4) in "
        "62 without (P < 0.001)."
    ),
    (
        "Infants weighed 3312 g (SD 498) in one and 3398 g (SD 486) in the other group; the former were on "
        "average 86 g lighter."
    ),
    ("The difference between the groups was not significant (U = 412, z = -1.2, p = 0.23; 28 and 35 patients)."),
    ("Ferritin correlated with CRP in the 64 patients (r = 0.42, p < 0.001)."),
    ("The positive likelihood ratio was 8.0; sensitivity was 80.0% and specificity 90.0%."),
    ("Weight had changed by -2.3 kg with drug and +1.6 kg with placebo, a difference of 3.9 kg."),
    (
        "Mortality was 38% lower among users, and after adjustment the association weakened (HR 0.82, 95% CI "
        "0.74 to 0.91)."
    ),
    (
        "The test was positive in 88 of 104 patients with the disease (sensitivity 84.6%) and in 21 of 140 "
        "without it (specificity 85.0%)."
    ),
    (
        "Fifty of 60 diseased and 12 of 80 healthy subjects tested positive (sensitivity 83.3%, specificity "
        "85.0%); the positive predictive value was 80.6% (50/62)."
    ),
    (
        "Risk was 32% lower (HR 0.68, 95% CI 0.51 to 0.90) in the first year and 13% lower (HR 0.87, 95% CI "
        "0.74 to 1.02) in the second."
    ),
    ("The new assay alone was positive in 21 samples and culture alone in 5 (McNemar's p = 0.002)."),
    ("Hospital stay was 5.1±1.9 days in the early group (n=48) and 7.9±2.2 days in the late group (n=50) (P<0.001)."),
    ("Cure rates were 45/60 (75%) and 30/60 (50%) (χ² = 8.0, p = 0.005)."),
    ("Seizures recurred in 22% on the drug and 40% on placebo (NNT, 6)."),
    (
        "Blood loss was 320 ml (SD 80) in 45 patients and 410 ml (SD 95) in 47 patients (p < 0.001), 22% less "
        "with the clamp."
    ),
)


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_a_contradiction_is_found(code: str, text: str) -> None:
    """Each sentence contradicts itself; the finding says so with this code."""
    assert code in {f.code for f in found(text)}


@pytest.mark.parametrize("text", LEFT)
def test_an_innocent_sentence_is_left_alone(text: str) -> None:
    """Rounding, adjusted effects, other variants of a test and absolute changes are no contradictions."""
    assert found(text) == []


CORRELATIONS = """
Table 2: Spearman's rho (p), n=72

| Variable | KL-6 | SP-D |
|---|---|---|
| FVC | -0.37 (0.001) | -0.12 ({p}) |
| DLCO | -0.25 (0.034) | -0.50 (<0.001) |
| mMRC | 0.22 (0.063) | 0.12 (0.315) |
"""

DIFFERENCES = """
Table 1: Characteristics

| Variable | Drug (n=106) | Control (n=77) | SMD |
|---|---|---|---|
| Age, years | 53.1 ± 11.1 | 50.4 ± 10.3 | 0.25 |
| Women | 85 (80.2%) | 60 (77.9%) | 0.06 |
| Duration, years | 2.8 ± 1.9 | 3.6 ± 2.3 | 0.38 |
| DLCO, % predicted | 52.0 ± 11.6 | 50.5 ± 11.7 | 0.13 |
| FVC, % predicted | 70.7 ± 10.0 | 65.8 ± 10.5 | {smd} |
"""

OUTCOMES = """
Table 2. Outcomes

| | Usual care (N = 308) | Monitoring (N = 311) | Effect [95 % CI] | p |
|---|---|---|---|---|
| Death or admission | 117 (38.0) | 88 (28.3) | HR 0.68 [0.51; 0.90] | 0.008 |
| Death | 33 (10.7) | 26 (8.4) | HR 0.78 [{limits}] | 0.35 |
"""

ACCURACY = """
Table 3. Accuracy by age

| Age group | Sensitivity, n/N; % (95% CI) |
|---|---|
| Under 2 years | 46/52; 88.5 ({limits}) |
| Older | 86/94; 91.5 (84.1-95.6) |
"""

RATES = """
Table 3: Graft loss by duration

| Duration | Events | Person-years | Rate per 100 person-years (95% CI) | Adjusted HR |
|---|---|---|---|---|
| 0 to 7 days | 34 | 1420.2 | {rate} (1.71-3.35) | 1.10 |
| 8 to 14 days | 44 | 1011.5 | 4.35 (3.16-5.84) | 1.63 |
| Over 14 days | 50 | 686.7 | 7.28 (5.40-9.60) | 2.48 |
"""

CRUDE = """
Table 4. Cox models for death

| Model | HR (95% CI) | p |
|---|---|---|
| Crude: drug vs control | 0.38 (0.18-0.80) | 0.011 |
| Weighted: drug vs control | 0.37 (0.17-0.80) | 0.011 |
"""


@pytest.mark.parametrize(
    ("code", "table", "wrong", "right"),
    [
        ("P_OF_CORRELATION", CORRELATIONS, {"p": "0.006"}, {"p": "0.315"}),
        ("STANDARDISED_DIFFERENCE", DIFFERENCES, {"smd": "0.84"}, {"smd": "0.48"}),
        ("RATIO_INTERVAL", OUTCOMES, {"limits": "0.46; 0.95"}, {"limits": "0.46; 1.31"}),
        ("RATIO_P", OUTCOMES, {"limits": "0.63; 0.96"}, {"limits": "0.46; 1.31"}),
        ("PROPORTION_INTERVAL", ACCURACY, {"limits": "87.0-94.6"}, {"limits": "77.0-94.6"}),
        ("RATE", RATES, {"rate": "2.74"}, {"rate": "2.39"}),
    ],
)
def test_a_table_is_recomputed(code: str, table: str, wrong: dict[str, str], right: dict[str, str]) -> None:
    """One cell that the others contradict is found; the right one is left alone."""
    assert code in {f.code for f in found("We saw patients.", table.format(**wrong))}
    assert code not in {f.code for f in found("We saw patients.", table.format(**right))}


def test_log_rank_and_the_crude_hazard_ratio_agree() -> None:
    """P 0.408 beside a crude hazard ratio of P 0.011 is found, P 0.009 is not."""
    text = "Survival at 12 months was 94.8% and 77.8% (log-rank p={p})."
    assert "LOG_RANK_CONTRADICTS" in {f.code for f in found(text.format(p="0.408"), CRUDE)}
    assert "LOG_RANK_CONTRADICTS" not in {f.code for f in found(text.format(p="0.009"), CRUDE)}


def test_u_fits_the_groups() -> None:
    """U is compared with Z by the sizes of the groups, and cannot exceed their product."""
    sizes = "We compared 29 patients on one drug (n = 29) with 34 on the other (n = 34). "
    text = sizes + "The changes differed between the groups (U = {u}, Z = -2.21, P = 0.03)."
    assert "P_OF_RANKS" in {f.code for f in found(text.format(u="433.0"))}
    assert found(text.format(u="333.0")) == []
    assert "NUMBER_IMPOSSIBLE" in {f.code for f in found(text.format(u="1333.0"))}


def test_a_relative_change_elsewhere_is_the_complement_of_no_ratio() -> None:
    """A reduction of 68 % where the only ratio is 0.68 is found, 32 % is not."""
    text = "The hazard ratio for death or admission was 0.68 (95% CI 0.51 to 0.90).\n\nDiscussion\n"
    text += "The relative reduction in hazard was {p}% after one year."
    assert "RELATIVE_CHANGE" in {f.code for f in found(text.format(p=68))}
    assert found(text.format(p=32)) == []


def test_pairs_by_every_variant() -> None:
    """The exact P of 14 and 3 is twice the lower tail of a binomial (0.0127); chi-square is 121 / 17."""
    made = paired_tests(14, 3)
    assert made["exact"] == pytest.approx(2 * (1 + 17 + 136 + 680) / 2**17)
    assert made["chi-square"] == pytest.approx(0.00763, abs=1e-4)
    assert made["mid-P"] < made["exact"] < made["with correction"]
