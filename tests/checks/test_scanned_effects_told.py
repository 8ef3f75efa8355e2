"""Estimates, intervals, P and differences told in running text: what is found, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.measured import measured
from evsynth.checks.scanned.judging import CHECKS, reading
from evsynth.checks.scanned.numbers import p_of_correlation
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.statements import margin_met, regardless, significance, times_as_large
from evsynth.checks.scanned.told import (
    differences,
    effects_and_p,
    heterogeneity,
    intervals,
    means,
    standard_errors,
    test_statistics,
)
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document
from evsynth.scan.plain import plain

RUN = (
    differences.differences, intervals.intervals, effects_and_p.effects_and_p, significance.significance, means.means,
    test_statistics.test_statistics, standard_errors.standard_errors, heterogeneity.heterogeneity,
    p_of_correlation.p_of_correlation,
    margin_met.margin_met, regardless.regardless, times_as_large.times_as_large,
)  # fmt: skip
CODES = (
    *differences.CODES, *effects_and_p.CODES, *means.CODES, *test_statistics.CODES, *standard_errors.CODES,
    *heterogeneity.CODES,
    *margin_met.CODES, *regardless.CODES, *times_as_large.CODES,
)  # fmt: skip


def found(text: str) -> list[Finding]:
    """Run the checks on the results of an abstract."""
    subject = reading(read_document("x", f"A trial of something in many people\n\nAbstract\nResults: {text}\n"))
    return [finding for run in RUN for finding in run(subject)]


FOUND = (
    (
        "DIFFERENCE_TOLD",
        "Mean HbA1c at 26 weeks was 7.2% (SD 0.9) in the semaglutide arm and 7.9% (SD 1.0) in controls, a "
        "difference of 1.7 percentage points.",
    ),
    (
        "DIFFERENCE_TOLD",
        "At 12 weeks pain was 31.2 mm with drug versus 40.5 mm with placebo (mean difference 3.9 mm; 95% CI "
        "1.1 to 6.7).",
    ),
    ("DIFFERENCE_TOLD", "Systolic pressure fell from 148.2 to 139.6 mm Hg (mean change −18.6 mm Hg)."),
    ("DIFFERENCE_TOLD", "Serum urate dropped by 2.9 mg/dL, from 8.4 to 6.5 mg/dL."),
    ("DIFFERENCE_TOLD", "FEV1 rose from 1.52 L at baseline to 1.71 L at week 24, an improvement of 0.91 L."),
    (
        "DIFFERENCE_TOLD",
        "The 6-min walk distance was 402 m in the training group and 371 m in the usual-care group; the "
        "difference was 13 m.",
    ),
    (
        "DIFFERENCE_TOLD",
        "VAS score decreased from 7.8 ± 1.2 before to 3.1 ± 1.5 after treatment, a reduction of 7.4 points "
        "(P < 0.001).",
    ),
    (
        "DIFFERENCE_TOLD",
        "Length of stay averaged 6.1 days (SD 2.2) after the short protocol and 8.4 days (SD 2.9) after the "
        "long one: a saving of 3.2 days.",
    ),
    ("RELATIVE_CHANGE", "Attack rates went down from 4.0 to 1.0 per month, a 65% reduction."),
    ("RELATIVE_CHANGE", "The exacerbation rate fell from 2.4 to 1.2 per year, i.e. by 30%."),
    ("RELATIVE_CHANGE", "Proteinuria declined from 3.2 to 0.8 g/day (a decrease of 45%)."),
    ("RELATIVE_CHANGE", "LDL cholesterol was lowered from 4.1 to 2.0 mmol/L, a 71% fall."),
    (
        "DIFFERENCE_TOLD",
        "Group A lost 5.6 kg and group B lost 2.1 kg, a between-group difference of 5.3 kg (95% CI 2.0 to 5.0).",
    ),
    (
        "DIFFERENCE_TOLD",
        "The score improved by 4.1 points with the app and by 2.0 points with leaflets (difference 3.1 points).",
    ),
    ("DIFFERENCE_TOLD", "The mean gain in Constant score was 24.3 points, from 41.0 to 75.3 points."),
    (
        "DIFFERENCE_TOLD",
        "Haemoglobin was 11.8 g/dL in the iron group compared with 10.9 g/dL in the control group "
        "(difference 1.9 g/dL, P = 0.001).",
    ),
    ("DIFFERENCE_TOLD", "Ferritin was 84 µg/L vs 61 µg/L, a gap of 32 µg/L."),
    ("OUT_OF_ORDER", "HR 1.85 (95% CI 1.02 to 1.64) for the exposed."),
    ("OUT_OF_ORDER", "The adjusted odds ratio was 0·48 (95% CI 0·51–0·83)."),
    ("SIGNIFICANCE_CONTRADICTS", "Mortality did not differ (RR 0.81, 95% CI 0.70 to 0.94)."),
    ("SIGNIFICANCE_CONTRADICTS", "There was no association with smoking (OR 1.6, 1.2 to 2.1)."),
    ("SIGNIFICANCE_CONTRADICTS", "Treatment significantly reduced relapse (HR 0.84; 95% CI, 0.61-1.15)."),
    ("RATIO_P", "Risk was higher with the drug (hazard ratio 1.42, 95% CI 1.11–1.82; p=0.35)."),
    ("DIFFERENCE_P", "The mean difference was 2.4 kg (95% CI −0.6 to 5.4; P = .002)."),
    (
        "SIGNIFICANCE_CONTRADICTS",
        "The difference in scores, 4.5 points (95% CI 1.5 to 7.5), attained statistical significance (P = 0.31).",
    ),
    ("SIGNIFICANCE_CONTRADICTS", "A benefit that achieved significance (p = 0.11) was seen."),
    ("SIGNIFICANCE_CONTRADICTS", "Kidney function was unaffected (P = 0.002)."),
    ("SIGNIFICANCE_CONTRADICTS", "The rates were not significantly different between arms (12% vs 25%, p=0.008)."),
    ("OUT_OF_ORDER", "The relative risk of stroke was 2.10 (0.62–0.98) in users."),
    ("OUT_OF_ORDER", "SIR 2.71 (95% CI 1.10–2.40) was found in women."),
    ("RATIO_P", "The incidence rate ratio was 1.30 (95% CI 1.12 to 1.51, p = 0.24)."),
    ("RATIO_INTERVAL", "The prevalence ratio was 0.70 (95% confidence interval 0.55-0.72)."),
    ("OUT_OF_ORDER", "Sensitivity was 78.5% (95% CI 81.2 to 92.2)."),
    ("OUT_OF_ORDER", "The slope differed by 0.45 mL/min per year (95% CI 0.50 to 1.20)."),
    ("OUT_OF_ORDER", "Risk difference −4.1% (95% CI −3.6% to −0.8%)."),
    ("OUT_OF_ORDER", "AUC 0.91 (95% CI 0.78–0.88)."),
    (
        "P_OF_MEANS",
        "We randomised 120 adults, 61 to drug and 59 to placebo. At 12 months eGFR was 54.7±17.3 mL/min/1.73 "
        "m2 (n = 83) and 52.9±16.8 mL/min/1.73 m2 (n = 80) (P = 0.002).",
    ),
    (
        "P_OF_MEANS",
        "We randomised 120 adults, 61 to drug and 59 to placebo. Pain was 3.1 (SD 1.2) in the drug group and "
        "3.0 (SD 1.3) in the placebo group (P < 0.001).",
    ),
    (
        "P_OF_MEANS",
        "We randomised 120 adults, 61 to drug and 59 to placebo. Mean (SD) score was 21.4 (5.0) with drug "
        "versus 27.9 (5.2) with placebo (p=0.35).",
    ),
    (
        "P_OF_MEANS",
        "We randomised 120 adults, 61 to drug and 59 to placebo. Haemoglobin averaged 12.1 ± 1.4 g/dL in the "
        "former and 12.0 ± 1.5 g/dL in the latter, p = 0.003.",
    ),
    (
        "P_OF_MEANS",
        "We randomised 120 adults, 61 to drug and 59 to placebo. Ferritin, 44 ± 12 µg/L with drug vs. 88 ± "
        "14 µg/L with placebo; P = 0.41.",
    ),
    (
        "INTERVAL_OF_MEANS",
        "We randomised 120 adults, 61 to drug and 59 to placebo. The drug group scored 6.4 (SD 3.5) and "
        "controls 8.7 (SD 3.6), a difference of 2.3 points (95% CI 2.1 to 2.5).",
    ),
    (
        "P_OF_MEANS",
        "We randomised 120 adults, 61 to drug and 59 to placebo. Length of stay was 6.2 (SD 2.1; n = 61) and "
        "8.9 days (SD 2.4; n = 59), respectively (t = 6.56, P = 0.21).",
    ),
    ("P_OF_STATISTIC", "It was lower by 5.2 ± 1.5 (SE) mmHg (t=2.52, 23 df, p=0.002)."),
    ("P_OF_STATISTIC", "The groups differed, t(48) = 1.12, P = .01."),
    ("P_OF_STATISTIC", "Survival differed (χ² = 1.13, df = 1, p = 0.012)."),
    ("P_OF_STATISTIC", "The effect of time was seen (F(2, 57) = 1.34; P = 0.004)."),
    ("P_OF_STATISTIC", "The change was clear (z = 1.10, p = 0.002)."),
    ("P_OF_STATISTIC", "Log-rank chi-square 5.13; P=0.0008."),
    ("P_OF_STATISTIC", "A paired t test gave t = 2.20 (df 19; P = 0.40)."),
    ("P_OF_STATISTIC", "The means were unlike (t48 = 3.9, P = 0.21)."),
    ("P_OF_STATISTIC", "chi-square of 9.6 on 2 degrees of freedom, P = 0.35."),
    ("P_OF_STATISTIC", "They were unlike (t = 1.9, P = 0.0004)."),
    ("P_OF_STATISTIC", "χ2(1, N = 200) = 7.9, p = .20."),
    ("STANDARD_ERROR", "Age was associated with the score (B = 1.2, SE = 0.4, P = 0.30)."),
    ("P_OF_STATISTIC", "Pressure was lower by 5.2 ± 1.5 (SE) mmHg (t=2.12, 23 df, p=0.002)."),
    ("STANDARD_ERROR", "The regression coefficient was 0.08 (SE 0.09; P < 0.001)."),
    ("STANDARD_ERROR", "The slope was −0.45 (standard error 0.10), p = 0.62."),
    ("HETEROGENEITY", "Heterogeneity was moderate (Q = 12.3, df = 10, I² = 60%)."),
    ("HETEROGENEITY", "There was little heterogeneity (χ² = 30.0, df = 10; I² = 12%)."),
    (
        "OUT_OF_ORDER",
        "We enrolled 240 patients. The pooled hazard of death was nearly halved in the intervention arm (aHR "
        "0·53, 95%CI 0·61–0·79).",
    ),
    (
        "OUT_OF_ORDER",
        "We enrolled 240 patients. Users had a hazard ratio of 1.12 (95% CI: 1.18–1.44) for fracture.",
    ),
    (
        "OUT_OF_ORDER",
        "We enrolled 240 patients. Compared with placebo, the drug lowered triglycerides by 0.41 mmol/L (95% "
        "confidence interval 0.52 to 0.88; P<0.001).",
    ),
    (
        "DIFFERENCE_TOLD",
        "We enrolled 240 patients. Mean body weight decreased from 98.4 kg to 91.2 kg in the treated "
        "patients, corresponding to a mean loss of 10.2 kg.",
    ),
    ("DIFFERENCE_TOLD", "We enrolled 240 patients. Serum ferritin increased by 62 µg/L (from 45 to 87 µg/L)."),
    (
        "DIFFERENCE_P",
        "We enrolled 240 patients. Quality of life scores were 61.2 (15.1) and 66.9 (14.8), respectively "
        "(mean difference, 5.7; 95% CI, 1.9 to 9.5; P = .34).",
    ),
    (
        "SIGNIFICANCE_CONTRADICTS",
        "We enrolled 240 patients. No significant difference was found in the rate of leak (4.1% vs 11.2%, P = 0.01).",
    ),
    (
        "SIGNIFICANCE_CONTRADICTS",
        "We enrolled 240 patients. Smoking was an independent risk factor (OR 1.35, 95% CI 0.88–2.07, P=0.17).",
    ),
    (
        "DIFFERENCE_P",
        "We enrolled 240 patients. The between-group difference in change was 1.8 points (95% CI, −0.2 to "
        "3.8; P = .008), favouring the intervention.",
    ),
    (
        "SIGNIFICANCE_CONTRADICTS",
        "We enrolled 240 patients. Length of stay did not differ significantly (mean difference -1.4 days, "
        "95% CI -2.3 to -0.5).",
    ),
    (
        "SIGNIFICANCE_CONTRADICTS",
        "We enrolled 240 patients. The proportion with remission was similar in both groups (42% vs 24%; p=0.003).",
    ),
    (
        "RELATIVE_CHANGE",
        "We enrolled 240 patients. Annualised relapse rates were 0.32 and 0.16, a relative reduction of 30%.",
    ),
    (
        "DIFFERENCE_TOLD",
        "We enrolled 240 patients. HbA1c went down from 8.9% to 7.6%, i.e. by 2.3 percentage points.",
    ),
    (
        "P_OF_CORRELATION",
        "We enrolled 240 patients. The correlation between BMI and leptin was strong (r = 0.12, n = 240, P < 0.001).",
    ),
    (
        "P_OF_CORRELATION",
        "We enrolled 240 patients. Pain correlated with depression (r=0.41, p=0.38) in the 240 patients.",
    ),
    ("OUT_OF_ORDER", "We enrolled 240 patients. The absolute risk difference was 6.1% (95% CI, 7.0% to 12.4%)."),
    (
        "DIFFERENCE_P",
        "We enrolled 240 patients. Time to discharge was shorter (difference 2.1 h; 95% CI 0.4 to 3.8 h; P = 0.42).",
    ),
    (
        "RATIO_INTERVAL",
        "We enrolled 240 patients. Odds of falling were higher in the drug group (OR 1.62; 95% CI 0.91–1.95; "
        "P = 0.03).",
    ),
    (
        "DIFFERENCE_TOLD",
        "We enrolled 240 patients. The mean score rose by 3.2 points, from 12.1 to 18.3, in the app group.",
    ),
    (
        "DIFFERENCE_TOLD",
        "We enrolled 240 patients. After 8 weeks the CRP was 4.2 mg/L in patients on the diet and 9.8 mg/L "
        "in controls, that is 3.6 mg/L lower.",
    ),
    ("OUT_OF_ORDER", "We enrolled 240 patients. Agreement was good (kappa 0.81, 95% CI 0.52 to 0.74)."),
    (
        "OUT_OF_ORDER",
        "We enrolled 240 patients. Discrimination was fair, with an area under the curve of 0.68 (95% CI 0.71–0.83).",
    ),
    ("OUT_OF_ORDER", "We enrolled 240 patients. Vaccine effectiveness was 62% (95% CI 68 to 79)."),
    ("P_OF_STATISTIC", "We enrolled 240 patients. The two arms differed in anxiety (χ2 = 3.2; df = 1; p < 0.001)."),
    ("STANDARD_ERROR", "We enrolled 240 patients. 24-h pressure was 7.2 mm Hg lower (SE 4.1, P<0.001)."),
    (
        "REGARDLESS_CONTRADICTS",
        "The hazard ratios were 1.08 (95% CI 1.02 to 1.14), 1.20 (1.14 to 1.26) and 1.38 (1.31 to 1.45) for "
        "low, moderate and high doses. The risk was raised regardless of the dose.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "Noninferiority required an upper limit of the 95% CI for the hazard ratio below the margin of 1.25. "
        "The hazard ratio was 1.31 (95% CI 1.02 to 1.68). Noninferiority was demonstrated.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "With a noninferiority margin of 5 points, the mean difference was 0.4 points (95% CI -0.9 to 1.7). "
        "The tablet failed to show noninferiority.",
    ),
    (
        "MARGIN_CONTRADICTS",
        "A lower confidence limit above -8% would show non-inferiority. The risk difference was 1.2% (95% CI "
        "-3.1% to 5.5%). The shorter course was inferior.",
    ),
    ("TIMES_CONTRADICTS", "Attack rates fell from 4.1 to 3.3 per year; they were halved."),
    ("TIMES_CONTRADICTS", "Falls fell from 24% to 18%, so the programme cut falls by two thirds."),
    ("TIMES_CONTRADICTS", "Wound infection was reduced by half (RR 0.91, 95% CI 0.85 to 0.97)."),
    ("TIMES_CONTRADICTS", "Ferritin more than doubled, from 40 to 52 µg/L."),
    ("TIMES_CONTRADICTS", "Readmission was seen in 14% and was half as frequent as with usual care (15%)."),
    ("TIMES_CONTRADICTS", "Costs tripled, from 120 to 150 euros."),
    (
        "TIMES_CONTRADICTS",
        "Strictures occurred less often (risk ratio 0.85, 95% CI 0.75 to 0.97). Conclusion: Perfusion halved "
        "the risk of strictures.",
    ),
)


LEFT_ALONE = (
    "The gain was about 27 percentage points (plausible range 7 to 48).",
    "Scores fell (P = .02, SMD = -0.21, 95% CI -0.40 to -0.02; P < .0001, SMD = 0.45, 95% CI 0.26 to 0.64).",
    "Stays were shorter (68.1 [67.0, 69.2] vs. 71.9 [70.8, 73.0] days), with a lower age (38.1 [37.9, 38.3] vs. 39.0).",
    "Loss of chromosome 3 was found in 6/10 (60%) of one kind and 10/11 (91%) of the other.",
    "Deaths were lower with the Sapien 3® valve (15% vs. 3.6%, p = .037).",
    "Cells of patients released more than those of donors (44.1 (7.1) vs 20.9 (7.0), p = 0.013).",
    "Titres increased from 38 (95% CI: 9-160) on the first day to 2380 (95% CI: 1820-3110) on day 13.",
    "There were 29 patients with nephropathy and 29 normal control subjects. It followed urea (r = -0.336, P = 0.01).",
    "Uptake rose with size (p = 0.004, Std Beta: 0.231, 95% CI: 0.011-0.056).",
    "Those with many cells had a 1.45-fold increased risk of it (OR: 1.45; 95% CI: 1.27, 1.64).",
    "Those with high pressure had a 1.48-fold increased risk of it (OR 2.48; 95% CI 1.59 to 3.85).",
    "The trend was not the same in the groups, t(1,018) = 2.58, p = 0.010.",
    "The pooled risk was raised (OR 2.84; 95% CI 1.79 to 4.51, I2 = 41.2%, P = 0.144).",
    "The pooled risk was raised (HR 1.92 (95% CI 1.40, 2.63), I² = 12%, p = 0.33).",
    "The index was higher on day 1 than on day 3 [0.12 (0.03-0.19) vs. 0.02 (-0.04 to 0.08), p = 0.003].",
    "The policy was associated with a 0.9 percentage point reduction (95% CI, -3.1% to 1.3%) in admissions.",
    "Direct comparison: HR 0.52; 95% CrI 0.09 to 2.88; 5 trials; 244 participants.",
    "Prescribers were 6.5 times (95% CI (1.7, 25.0), P = 0.006) less likely to wait.",
    "Deaths declined from 2.81 (95% CI 2.70 to 3.19) in 1990 to 2.20 (95% CI 2.01 to 2.41) per 100,000 in 2017.",
    "Signal-to-noise ratios were alike in 12 patients (25.1 ± 11.2 vs. 23.0 ± 9.9; P = .01) on both images.",
    "It lowered 5mC levels at sites with more 5hMC (24.1% vs. 7.9%), with 9 in each group.",
    "We annotated 61 binding proteins and 25 sensory proteins, with an increase of 19 binding proteins.",
    (
        "Links were weaker in t(31) = -3.41, p = 0.02; in the left lobe t(31) = -3.15, p = 0.03; in the right "
        "lobe t(31) = -3.05, p = 0.03."
    ),
    "Data came from 58 samples (N = 214,306). Health went with hope (r = .027, p < .001) in 2021.",
    (
        "We studied 36 patients before dialysis, 70 on haemodialysis and 33 on peritoneal dialysis. Pressure went "
        "with calcium (r = -0.231, P = 0.012)."
    ),
    (
        "Mean HbA1c at 26 weeks was 7.2% (SD 0.9) in the semaglutide arm and 7.9% (SD 1.0) in controls, a "
        "difference of 0.7 percentage points."
    ),
    (
        "At 12 weeks pain was 31.2 mm with drug versus 40.5 mm with placebo (adjusted mean difference 8.1 "
        "mm; 95% CI 5.1 to 11.1)."
    ),
    "Systolic pressure fell from 148.2 to 139.6 mm Hg (mean change −8.6 mm Hg).",
    "Serum urate dropped by 1.9 mg/dL, from 8.4 to 6.5 mg/dL.",
    "FEV1 rose from 1.52 L at baseline to 1.71 L at week 24, an improvement of 12%.",
    (
        "The 6-min walk distance was 402 m in the training group and 371 m in the usual-care group; the "
        "minimal important difference is 30 m."
    ),
    ("VAS score decreased from 7.8 ± 1.2 before to 3.1 ± 1.5 after treatment, a reduction of 4.7 points (P < 0.001)."),
    (
        "Median stay was 6 days (IQR 4 to 9) after the short protocol and 8 days (IQR 5 to 12) after the "
        "long one: a median difference of 1 day."
    ),
    "Attack rates went down from 4.0 to 1.0 per month, a 75% reduction.",
    "Pain fell from 62 to 41 with drug and from 61 to 55 with placebo, a difference of 15.",
    "The exacerbation rate fell from 2.4 to 1.2 per year, i.e. by half.",
    "The mean percentage change in proteinuria, from 3.2 to 0.8 g/day, was a mean decrease of 55%.",
    ("Group A lost 5.6 kg and group B lost 2.1 kg, a between-group difference of 3.5 kg (95% CI 2.0 to 5.0)."),
    "Group A lost 5.6 kg, group B 2.1 kg and group C gained 1.3 kg.",
    "The mean gain in Constant score was 34.3 points, from 41.0 to 75.3 points.",
    (
        "Haemoglobin rose by 1.8 g/dL in the iron group and 0.9 g/dL in the control group (difference 0.9 "
        "g/dL, P = 0.001)."
    ),
    "Ferritin was 84 µg/L vs 61 µg/L, a difference above the minimal important one of 10 µg/L.",
    "HR 1.35 (95% CI 1.02 to 1.79) for the exposed.",
    "The crude odds ratio of 0·48 (0·36–0·64) rose to 0·65 (95% CI 0·51–0·83) after adjustment.",
    "Mortality did not differ (RR 0.91, 95% CI 0.78 to 1.07).",
    "There was no association with smoking (OR 1.2, 0.9 to 1.6).",
    "Treatment did not significantly reduce relapse (HR 0.84; 95% CI, 0.61-1.15).",
    "Risk was higher with the drug (hazard ratio 1.42, 95% CI 1.11–1.82; p=0.005).",
    "The mean difference was 2.4 kg (95% CI −0.6 to 5.4; P = .12).",
    ("The difference in scores, 4.5 points (95% CI 1.5 to 7.5), attained statistical significance (P = 0.003)."),
    "A trend that did not reach significance (p = 0.11) was seen.",
    "Kidney function was unaffected (P = 0.42).",
    "The drug was non-inferior (HR 1.05, 95% CI 0.88 to 1.25; P for noninferiority = 0.001).",
    "The incidence fell in women (rate ratio 0.62, 0.50 to 0.77) but not in men (0.95, 0.80 to 1.13).",
    "SIR 2.71 (95% CI 2.50–2.93) was found in women.",
    "Blood loss was 310 mL vs 420 mL (95% CI for the difference 60 to 160).",
    "A one-third reduction (RR 0.67, 95% CI 0.55 to 0.82; P<0.001) was seen.",
    "Sensitivity was 88.5% (95% CI 81.2 to 92.2).",
    "Mean score was 14.2 (95% CI 13.1–15.3) and 11.0 (95% CI 10.2–11.9), a difference of 3.2.",
    "Risk difference −4.1% (95% CI −7.4% to −0.8%).",
    "The risk was 45% lower (HR 0.55, 95% CI 0.40 to 0.76).",
    "Weight fell by 4.2 kg (95% CI −5.9 to −2.5).",
    ("The PHQ-9 score went from 15.1 to 9.0 with therapy and from 14.8 to 12.6 with advice (adjusted difference 3.6)."),
    "Mean (SD) age was 61.2 (9.8) and 60.4 (10.1) years, and the score changed by 3.1.",
    ("Of those screened, 12.4% in the north and 9.1% in the south had it, an increase of 2 percentage points on 2010."),
    (
        "We randomised 120 adults, 61 to drug and 59 to placebo. Pain was 3.1 (SD 1.2) in the drug group and "
        "3.0 (SD 1.3) in the placebo group (P = 0.66)."
    ),
    (
        "We randomised 120 adults, 61 to drug and 59 to placebo. Mean (SD) score was 21.4 (5.0) with drug "
        "versus 27.9 (5.2) with placebo (p<0.001)."
    ),
    ("We randomised 120 adults, 61 to drug and 59 to placebo. Pain fell from 7.8 ± 1.2 to 7.1 ± 1.5 (P < 0.001)."),
    (
        "We randomised 120 adults, 61 to drug and 59 to placebo. Mean (SD) age was 61.2 (9.8) and 60.4 "
        "(10.1) years (P=0.66)."
    ),
    (
        "We randomised 120 adults, 61 to drug and 59 to placebo. The drug group scored 6.4 (SD 3.5) and "
        "controls 8.7 (SD 3.6), a difference of 2.3 points (95% CI 1.0 to 3.6)."
    ),
    (
        "We randomised 120 adults, 61 to drug and 59 to placebo. The mean was 12.1 ± 0.3 (SE) and 13.4 ± 0.3 "
        "(SE), P = 0.003."
    ),
    (
        "We randomised 120 adults, 61 to drug and 59 to placebo. Score was 6.4 (SD 3.5), 7.0 (SD 3.3) and "
        "8.7 (SD 3.6) in three doses, P = 0.12."
    ),
    (
        "We randomised 120 adults, 61 to drug and 59 to placebo. In the paired analysis the score was 6.4 "
        "(SD 3.5) and 6.2 (SD 3.6) (P = 0.001)."
    ),
    "It was lower by 5.2 ± 1.5 (SE) mmHg (t=3.52, 23 df, p=0.002).",
    "The groups differed, t(48) = 2.68, P = .01.",
    "Survival differed (χ² = 6.3, df = 1, p = 0.012).",
    "The effect of time was seen (F(2, 57) = 6.1; P = 0.004).",
    "The change was clear (z = 3.10, p = 0.002).",
    "Log-rank chi-square 5.13; P=0.024.",
    "A paired t test gave t = 2.20 (df 19; P = 0.04).",
    "The means were unlike (t48 = 3.9, P < 0.001).",
    "chi-square of 9.6 on 2 degrees of freedom, P = 0.008.",
    "They were unlike (t = 2.9, P = 0.005).",
    "χ2(1, N = 200) = 7.9, p = .005.",
    "One-sided test: t(48) = 1.7, P = 0.048.",
    "A Bonferroni corrected t(48) = 2.68 gave P = 0.04.",
    "Age was associated with the score (B = 1.2, SE = 0.4, P = 0.003).",
    "Pressure was lower by 5.2 ± 1.5 (SE) mmHg (t=3.47, 23 df, p=0.002).",
    "The regression coefficient was 0.08 (SE 0.09; P = 0.38).",
    "Weight was 70.2 (SE 1.1) kg (P = 0.62).",
    "Heterogeneity was low (Q = 12.3, df = 10, I² = 19%).",
    "There was heterogeneity (χ² = 30.0, df = 10; I² = 67%).",
    (
        "We enrolled 240 patients. The hazard of death was nearly halved in the intervention arm (aHR 0·53, "
        "95%CI 0·36–0·79)."
    ),
    "We enrolled 240 patients. Users had a hazard ratio of 1.30 (95% CI: 1.18–1.44) for fracture.",
    (
        "We enrolled 240 patients. Compared with placebo, the drug lowered triglycerides by 0.70 mmol/L (95% "
        "confidence interval 0.52 to 0.88; P<0.001)."
    ),
    (
        "We enrolled 240 patients. Mean body weight decreased from 98.4 kg to 91.2 kg in the treated "
        "patients, corresponding to a mean loss of 7.2 kg."
    ),
    (
        "We enrolled 240 patients. Quality of life scores were 61.2 (15.1) and 66.9 (14.8), respectively "
        "(mean difference, 5.7; 95% CI, 1.9 to 9.5; P = .003)."
    ),
    ("We enrolled 240 patients. Smoking was not an independent risk factor (OR 1.35, 95% CI 0.88–2.07, P=0.17)."),
    (
        "We enrolled 240 patients. Weight fell by 5.1 kg with the drug and by 1.2 kg with placebo, from 98.4 "
        "and 97.9 kg at entry."
    ),
    (
        "We enrolled 240 patients. Vaccine effectiveness was 62% (95% CI 48 to 73), i.e. a risk ratio of "
        "0.38 (0.27 to 0.52)."
    ),
    "We enrolled 240 patients. The drop from 8.9% to 7.6% exceeded the margin of 0.4 percentage points.",
    ("We enrolled 240 patients. HbA1c fell by 1.3 percentage points from 8.9%, to a level 0.4 points above target."),
    (
        "We enrolled 240 patients. Systolic pressure was 132 and 138 mm Hg (difference after adjustment for "
        "baseline, 4.1 mm Hg)."
    ),
    "We enrolled 240 patients. The median fell from 45 to 31 (median change, 9).",
    (
        "We enrolled 240 patients. LDL fell by 52% with the drug (from 3.9 to 1.9 mmol/L) and by 3% with "
        "placebo (from 3.8 to 3.7 mmol/L)."
    ),
    (
        "We enrolled 240 patients. Mean age was 54 and 56 years, body mass index 27.1 and 27.9, and the "
        "difference in stay was 3.3 days."
    ),
    (
        "We enrolled 240 patients. The effect was greater in women (HR 0.60, 0.45–0.80) than in men (HR "
        "0.85, 0.68–1.06; P for interaction = 0.06)."
    ),
    ("We enrolled 240 patients. The rate was 3.1 (2.2–4.3) per 1000 person-years, compared with 5.0 in the registry."),
    (
        "The hazard ratios were 1.28 (95% CI 1.12 to 1.44), 1.20 (1.14 to 1.26) and 1.25 (1.11 to 1.45) for "
        "low, moderate and high doses. The risk was raised regardless of the dose."
    ),
    (
        "The hazard ratios were 1.08 (95% CI 1.02 to 1.14), 1.20 (1.14 to 1.26) and 1.38 (1.31 to 1.45) for "
        "low, moderate and high doses. The risk was raised regardless of sex."
    ),
    (
        "The margin was 10 percentage points. The difference in cure was -2.4 percentage points (95% CI -7.0 "
        "to 2.2). Short treatment was noninferior to long treatment."
    ),
    (
        "Noninferiority required an upper limit of the 95% CI for the hazard ratio below the margin of 1.25. "
        "The hazard ratio was 1.31 (95% CI 1.02 to 1.68). Noninferiority was not demonstrated."
    ),
    (
        "With a noninferiority margin of 5 points, the mean difference was 4.4 points (95% CI 2.9 to 5.9). "
        "The tablet failed to show noninferiority."
    ),
    (
        "We tested whether the drug is noninferior with a margin of 5 mm. The mean difference was 9.4 mm "
        "(95% CI 6.9 to 11.9)."
    ),
    "Attack rates fell from 4.1 to 1.9 per year; they were more than halved.",
    "Falls fell from 24% to 8%, so the programme cut falls by two thirds.",
    "Wound infection was almost halved (RR 0.55, 95% CI 0.35 to 0.87).",
    "Ferritin more than doubled, from 40 to 92 µg/L.",
    "Readmission was seen in 7% and was half as frequent as with usual care (15%).",
    "The dose was doubled from 5 to 10 mg; pain fell from 41 to 33.",
    (
        "Strictures occurred less often (risk ratio 0.42, 95% CI 0.25 to 0.70). Conclusion: Perfusion more "
        "than halved the risk of strictures."
    ),
    "Incidence was almost threefold (SIR 2.89, 95% CI 2.75 to 3.03).",
    "Half of the patients improved; scores fell from 20 to 15.",
)


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_a_contradiction_is_found(code: str, text: str) -> None:
    assert code in {f.code for f in found(text)}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_fits_or_may_fit_is_left_alone(text: str) -> None:
    assert [f.message for f in found(text)] == []


SPELLINGS = (
    ("HR 0.63 (95% CI 0.45 to 0.88), P = 0.007", ("ratio", "0.63", "0.45", "0.88", "0.007")),
    ("13.1 percentage points [95% CI, 2.2 to 23.9; P = .02]", ("difference", "13.1", "2.2", "23.9", ".02")),
    ("(SIR 2.71, 2.50–2.93)", ("ratio", "2.71", "2.50", "2.93", None)),
    ("difference 5.3 mmHg (SD of differences 13.4; 95% CI 1.2 to 9.4; t = 2.62, 43 df, P = 0.012)",
     ("difference", "5.3", "1.2", "9.4", "0.012")),
    ("the gain was 0·23 L [95 % CI: −0·05; 0·51]", ("difference", "0.23", "-0.05", "0.51", None)),
    ("odds ratio 1.8 (P=0.03; 95% CI 1.1–2.9)", ("ratio", "1.8", "1.1", "2.9", "0.03")),
    ("38.2% (21 of 55; 95% CI, 25.4% to 52.3%)", ("other", "38.2", "25.4", "52.3", None)),
    ("it was 6.5 mm Hg lower (95% CI 2.1, 10.9)", ("difference", "6.5", "2.1", "10.9", None)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "said"), SPELLINGS)
def test_an_estimate_is_read_in_any_spelling(text: str, said: tuple[str | None, ...]) -> None:
    (one,) = effects(sentence(text))
    told = (one.kind, str(one.value), str(one.low), str(one.high), str(one.p) if one.p is not None else None)
    assert told == said


def sentence(text: str) -> Line:
    words = plain(text)
    return Line(words, 0, len(words), "results", 0)


def test_a_list_of_intervals_keeps_its_kind() -> None:
    told = effects(sentence("Hazard ratios were 1.08 (1.02 to 1.14), 1.20 (1.14 to 1.26), and 1.38 (1.31 to 1.45)."))
    assert [(e.kind, str(e.value)) for e in told] == [("ratio", "1.08"), ("ratio", "1.20"), ("ratio", "1.38")]


def test_only_what_measures_something_is_read() -> None:
    told = measured(sentence(
        "At 12 weeks 54.7±17.3 mL/min/1.73 m2 (n = 83) and 52.9 (SD 16.8) of 163 patients (95% CI 1 to 2; P = 0.03)"
    ))  # fmt: skip
    assert [(str(v.value), str(v.spread), v.n) for v in told.values] == [("54.7", "17.3", 83), ("52.9", "16.8", None)]


def test_every_check_is_registered_and_every_code_explained() -> None:
    assert set(RUN) <= {check.run for check in CHECKS}
    headings = (Path(__file__).parents[2] / "docs" / "findings.md").read_text().splitlines()
    explained = {code for line in headings if line.startswith("### ") for code in line[4:].split(", ")}
    assert set(CODES) <= explained
