"""Verdicts, limits and strengths told in words, against the numbers told with them."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.reading import Check, reading
from evsynth.checks.scanned.statements import (
    against_limit,
    all_or_none,
    lower_by,
    none_said,
    primary_met,
    ratio_direction,
    sample_reached,
    strength_words,
    times_of_pair,
    verdicts_told,
)
from evsynth.scan.document import read_document

CASES: dict[Check, tuple[tuple[str, ...], tuple[str, ...]]] = {
    verdicts_told.verdicts_told: (
        (
            "Mean stay did not differ between groups (5.1 vs 7.9 days; P = 0.002).",
            "There was no evidence of a difference in mortality (OR 0.52, 0.33 to 0.81).",
            "Age (P=0.63) and sex (P=0.002) were not associated with outcome.",
            "Only lactate predicted death (OR 1.1, 95% CI 0.9–1.3); age did not (OR 1.6; 1.2–2.1).",
            "The groups were comparable in age (P = .45), BMI (P=.003) and ASA class (P=.77).",
            "A significantly higher rate of infection was noted in smokers (12% v 11%; p=0.78).",
            "Neither age (p = 0.31) nor sex (p = 0.004) was a predictor of relapse.",
            "The primary endpoint was not met (HR 0.71; 95% CI 0.57–0.88; P=0.002).",
            "Pain at rest was 3.1 vs 4.4 (P = 0.001, NS).",
            "Statistical significance was reached for fatigue (P=0.27) but not for nausea (P=0.31).",
            "Tumour size and grade were the only independent predictors of relapse (HR 1.05; 95% CI "
            "0.92–1.21 and HR 2.1; 95% CI 1.4–3.2, respectively).",
            "The groups differed at 3 (P=.02) and 6 months (P=.03) but not at 12 months (P = .004).",
            "Grip, pinch and DASH all improved significantly (P = 0.01, P = 0.03 and P = 0.21).",
            "Mortality was 12.1% in the early and 21.8% in the late group (P = 0.001), which was not "
            "statistically significant.",
            "The mean difference was 2.1 kg (95% CI 0.4 to 3.8). This difference was not statistically significant.",
            "The two arms had similar rates of relapse (HR 0.55 [95% CI 0.40–0.76]).",
            "A t test showed that the mean gain was significantly larger in the drama group, t(58) = 0.71, p = .48.",
            "In the adjusted analysis, statin use was no longer significant (aHR 0.66, 95% CI 0.51–0.85).",
            "The p value for the comparison of leak rates was 0.31, so that the difference was significant.",
            "Platelet count independently predicted bleeding (OR 0.97, 95% CI 0.90 to 1.05; P = 0.44).",
        ),
        (
            "Age (P=0.63) and sex (P=0.2) were not associated with outcome, but smoking was (P = 0.01).",
            "The groups differed at 3 (P=.02) and 6 months (P=.03) but not at 12 months (P = .4).",
            "Mortality was 12.1% in the early and 21.8% in the late group (P = 0.001), but stay was "
            "not significantly different.",
            "Pain was lower with A (P = 0.01); the difference in function was not significant.",
            "Only lactate predicted death (OR 1.1, 95% CI 1.05–1.3); age did not (OR 1.6; 0.9–2.1).",
            "After adjustment (OR 0.8, 95% CI 0.4-1.5) the association, significant in the crude "
            "analysis (OR 0.5, 95% CI 0.3-0.8), disappeared.",
            "Stroke was not significantly reduced (P = 0.4), while bleeding was significantly increased (P = 0.02).",
            "No significant difference was found in age, but men were more frequent (P = 0.02).",
            "The difference was not significant (P=0.11) until adjustment for age, after which it was "
            "significant (P=0.02).",
            "Readmission occurred in 12% and 11% (P = 0.80). The difference in stay was significant.",
            "The odds ratio was 1.21 (95% CI 0.88–1.67). In contrast, the risk difference for bleeding "
            "was significant.",
            "Pain fell (P<0.001) without a significant change in function (P=0.3).",
            "Survival did not differ by sex or age, although smokers died earlier (P = 0.03).",
            "Weight, which did not change in controls, fell in the diet group (P = 0.002).",
            "The result was similar without the two smallest centres (RR 0.41, 95% CI 0.18 to 0.95; P = 0.038).",
            "The two cohorts were similar (age, group A 29 y, 95% CI 28-30 y, versus group B 30 y, 95% CI 29-31 y).",
            "Coffee was associated with gout in the crude, but not in the adjusted analysis (OR 0.67, 95% CI "
            "0.46-0.96 and OR 0.82, 95% CI 0.54-1.23, respectively).",
            "Time to relapse was longer with surgery than with watching (P = 0.006), without survival differences.",
            "Significant gains in balance were found only in the training group [3.1 vs 2.2 s, P = 0.63, 0.01].",
            "There was a significant fall of cis-11,14-eicosadienoic acid.",
            "Creatinine rose in NS control animals (P < 0.0001).",
            "Grip was related to leptin in the cold, but not in the heat (P < 0.05).",
            "Output with ramipril, but not with placebo or rest, carried diagnostic value (P < 0.001).",
            "The tape had no positive effects as it raised the peak force (F(2,58) = 7.11, P = 0.002).",
            "Those with a new job were happier than those without a change (OR 2.10, 95% CI 1.01-4.35).",
        ),
    ),
    against_limit.against_limit: (
        (
            "Mean waiting time was 31 days, which is below the target of 28 days.",
            "Compliance reached 72%, exceeding the benchmark of 75%.",
            "Median tacrolimus level was 4.1 ng/mL, within the therapeutic range of 5 to 15 ng/mL.",
            "The improvement of 6.2 points was above the minimal clinically important difference of 8 points.",
            "The improvement of 12.2 points did not reach the minimal clinically important difference of 8 points.",
            "The mean INR time in range was 61%, below the recommended 60% threshold.",
            "Vaccination coverage was 93.2% in the first and 96.1% in the second year; both exceeded "
            "the WHO target of 95%.",
            "Mean serum sodium was 128 mmol/L, i.e. inside the normal range (135–145 mmol/L).",
            "The response rate of 58% lay above the 60% minimum set in the protocol.",
            "The radiation dose was 2.9 mSv, well above the reference level of 3.5 mSv.",
        ),
        (
            "Mean waiting time was 21 days, which is below the target of 28 days.",
            "Compliance reached 78%, exceeding the benchmark of 75%.",
            "Door-to-balloon time averaged 87 min and thus met the target of 90 min.",
            "Patients above the threshold of 10 mg/L had a mean of 8 mg/L lower urate.",
            "The response rate was 42%, and 12% of patients exceeded the limit of 40%.",
            "Of 50 patients 42% were below the target of 70 mg/dL at entry and 61% at one year.",
        ),
    ),
    sample_reached.sample_reached: (
        (
            "We needed 120 patients in all according to the sample size calculation. We recruited 112, "
            "so the target was reached.",
            "The sample size calculation required 45 patients per group. Forty-eight and 47 were "
            "randomised; the required number was thus not reached.",
        ),
        (
            "The sample size calculation required 45 patients per group. Forty-eight and 47 were "
            "randomised; the required number was thus reached.",
        ),
    ),
    none_said.none_said: (
        (
            "At 30 days there were two deaths and nine leaks. We conclude that the approach is safe, "
            "without perioperative mortality.",
            "Conversion was needed in 3 of 118 procedures, and there were 3 conversions in all. There "
            "was no conversion.",
            "All forty-six survived to discharge, and forty-four went home, two having died on the unit.",
        ),
        (
            "There was no in-hospital mortality. Two patients died at 4 and 7 months.",
            "No deaths occurred during surgery; five patients died before discharge.",
            "There were no drug-related deaths; two deaths were judged unrelated.",
            "Dementia arose in 427 patients without stroke; forty-nine stroke patients were older.",
        ),
    ),
    strength_words.strength_words: (
        (
            "Agreement was excellent (Cohen's kappa = 0.08).",
            "A weak correlation was found between stress and pain (r = 0.85).",
            "Vitamin D was inversely related to PTH (standardised beta = .33, p = .002).",
        ),
        (
            "Agreement was excellent (Cohen's kappa = 0.88).",
            "A weak correlation was found between stress and pain (r = 0.25).",
            "Vitamin D was inversely related to PTH (standardised beta = -.33, p = .002) and unrelated "
            "to calcium (beta = .04).",
        ),
    ),
    all_or_none.all_or_none: (
        ("In the end, all the enrolled patients (90%) showed atrial dilation.",),
        ("Nearly, all the enrolled patients (90%) showed atrial dilation.",),
    ),
    lower_by.lower_by: (
        ("Leaks were 40% lower with stapling (3% versus 20%).",),
        ("Ash added to the soil at 3% (w/w) resulted in a 20%-40% reduction in leached lead.",),
    ),
    ratio_direction.ratio_direction: (
        (
            "Tea was inversely associated with gout (OR 1.48; 95% CI, 1.22-1.81).",
            "Tea was positively associated with gout (OR 0.48; 95% CI, 0.32-0.71).",
        ),
        ("Load was positively associated with site A [OR 1.48 (95% CI, 1.22-1.81)] and inversely associated with B.",),
    ),
    times_of_pair.times_of_pair: (
        ("Relapse was twice as frequent with A as with B (25.6% and 26.9%).",),
        ("Relapse was two-times more frequent than cure (25.6% and 26.9% at the two time-points).",),
    ),
    primary_met.primary_met: (
        (
            "Days free of the ventilator (the primary endpoint) averaged 15.1 and 14.0, P = 0.26. The "
            "trial met its primary endpoint.",
        ),
        (
            "Days free of the ventilator (the primary endpoint) averaged 15.1 and 14.0, P = 0.26. The "
            "trial did not meet its primary endpoint.",
            "The primary endpoint was reached by 136 dogs. The time to the primary endpoint did not differ (P = .42).",
        ),
    ),
}


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, (found, _) in CASES.items() for text in found])
def test_found(check: Check, text: str) -> None:
    assert tuple(check(reading(read_document("x", text + "\n"))))


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, (_, left) in CASES.items() for text in left])
def test_left_alone(check: Check, text: str) -> None:
    assert not tuple(check(reading(read_document("x", text + "\n"))))
