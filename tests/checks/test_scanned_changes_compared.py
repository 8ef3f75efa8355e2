"""Two changes and their difference, claims with a bracket of their own, times before an interval, rows of change."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

HEAD = (
    "Drug in many people\n\nAbstract\nMethods: Adults were randomised to drug (n = 20) or placebo (n = 20).\nResults: "
)


def found(text: str) -> list[Finding]:
    """Judge an abstract by every check."""
    return [f for f in judge(read_document("x", f"{HEAD}{text}\n")) if f.severity in ("error", "inconsistent")]


FOUND = (
    ("DIFFERENCE_TOLD",
     "FVC increased by 64.3 mL (SD 117.0) with drug and increased by 63.3 mL (SD 139.8) with placebo. The difference "
     "of 127.6 mL was significant (95% CI 44.9 to 210.2 mL)."),
    ("DIFFERENCE_TOLD",
     "FEV1 rose by 82 mL with the drug and rose by 41 mL with placebo, a between-group difference of 123 mL."),
    ("DIFFERENCE_TOLD",
     "FEV1 rose by 82 mL with the drug and fell by 41 mL with placebo (difference, 41 mL)."),
    ("DIFFERENCE_TOLD",
     "Weight fell by 3.1 kg (SD 2.2) with diet and by 1.2 kg (SD 2.6) in controls; the difference between groups was "
     "4.3 kg."),
    ("DIFFERENCE_TOLD",
     "Weight declined by 3.1 kg in the diet arm, whereas it increased by 1.2 kg in the control arm. The mean "
     "difference was 1.9 kg."),
    ("DIFFERENCE_TOLD",
     "Pain decreased by 2.4 points with exercise and decreased by 0.9 points with advice. The difference between the "
     "arms was 3.3 points."),
    ("P_OF_MEANS",
     "Pain fell by 20.0 mm (SD 15.0) with drug and fell by 10.0 mm (SD 14.0) with placebo. The difference was 10.0 mm "
     "(t = 5.18, 38 df, P < .001)."),
    ("P_OF_MEANS",
     "Pain fell by 20.0 mm (SD 15.0) with drug and fell by 10.0 mm (SD 4.0) with placebo. The difference of 10.0 mm "
     "was tested by Welch's test (t(37.5) = 2.88; P = .007)."),
    ("P_OF_MEANS",
     "FVC increased by 64.3 mL (SD 117.0) with drug and decreased by 63.3 mL (SD 239.8) with placebo. The difference "
     "of 127.6 mL was significant (t=3.13, 36.9 degrees of freedom; P=.003)."),
    ("DIFFERENCE_P", "FVC had already risen by 3.9 points at month 6 (95% CI 2.3 to 5.5; n=46; P = 0.083)."),
    ("DIFFERENCE_P", "Pain fell by 12.1 mm after 12 weeks of treatment (95% CI 8.3 to 15.9; P = 0.31)."),
    ("DIFFERENCE_P", "The mean difference was 4.8 kg at week 24 (95% CI 3.1 to 6.5; P = 0.21)."),
    ("OUT_OF_ORDER", "The mean change was 9.2 points at week 12 (95% CI 2.1 to 8.3)."),
    ("LOG_RANK_CONTRADICTS",
     "Kaplan-Meier curves did not differ (log-rank P = 0.017; crude HR 1.14 [0.70; 1.85]), nor was treatment "
     "associated with death after adjustment (P = 0.682)."),
    ("SIGNIFICANCE_CONTRADICTS",
     "The weight of the two groups did not differ significantly (P = 0.003), and the height was alike (P = 0.61)."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Survival did not differ between the arms (hazard ratio 0.61; P = 0.004), nor did the rate of relapse "
     "(P = 0.44)."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Age was not significantly associated with relapse (P = 0.012), and sex was not either (P = 0.55)."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Walking distance improved significantly with training (P = 0.41) and pain fell (P = 0.002)."),
    ("SIGNIFICANCE_CONTRADICTS",
     "Albumin differed significantly between groups (P = 0.27), as did urea (P = 0.01)."),
    ("SIGNIFICANCE_CONTRADICTS",
     "The FEV1 did not change significantly over the year (paired t test, P = 0.0004), with a fall in FVC that was "
     "small (P = 0.35)."),
    ("SIGNIFICANCE_CONTRADICTS", "Urea did not differ (P = 0.64), nor did creatinine (P = 0.02)."),
)  # fmt: skip

LEFT_ALONE = (
    "FVC increased by 64.3 mL (SD 117.0) with drug and decreased by 63.3 mL (SD 139.8) with placebo. The difference of "
    "127.6 mL was significant (95% CI 44.9 to 210.2 mL; t=3.13, 36.9 degrees of freedom; P=.003).",
    "FEV1 rose by 82 mL with the drug and rose by 41 mL with placebo, a between-group difference of 41 mL.",
    "FEV1 rose by 82 mL with the drug and fell by 41 mL with placebo (difference, 123 mL).",
    "Weight fell by 3.1 kg (SD 2.2) with diet and by 1.2 kg (SD 2.6) in controls; the difference between groups was "
    "1.9 kg.",
    "Weight fell by 3.1 kg with diet and rose by 0.0 kg in controls; the difference was 3.1 kg.",
    "FVC rose from 64.3 to 70.2 mL in one and fell by 5.9 mL in the other group. The difference of 11.8 mL was large.",
    "Pain fell by 20.0 mm (SD 15.0) with drug and by 10.0 mm (SD 14.0) with placebo. The adjusted difference was "
    "30.0 mm (t = 5.18, 38 df, P < .001).",
    "Pain fell by 20.0 mm (SD 15.0) with drug and by 10.0 mm (SD 14.0) with placebo. The difference was 10.0 mm "
    "(t = 2.18, 38 df, P = .036).",
    "Pain fell by 20.0 mm (3.3) with drug and by 10.0 mm (3.1) with placebo. The difference was 10.0 mm (t = 2.21, "
    "38 df, P = .034).",
    "FVC increased by 5.2 ± 8.6 points (95% CI 2.1 to 8.3).",
    "DLCO changed by 1.4 ± 9.1 points (95% CI −1.9 to 4.7).",
    "The walking distance rose by 31 +/- 58 m (95% CI 13 to 49).",
    "Survival was prolonged by 6 months (95% CI 4 to 8; P < 0.001).",
    "FVC had risen by 3.9 points at month 6 (95% CI 2.3 to 5.5; P < 0.001).",
    "The difference was 0.6 points at 12 months (95% CI −0.3 to 1.5; P = 0.19).",
    "Stay was longer by 3 days (95% CI 2 to 4).",
    "The mean difference was 0.6 points at 12 months (95% CI −0.3 to 1.5; P = 0.19).",
    "The score rose by 4.2 after 12 weeks (95% CI 1.3 to 7.1).",
    "The score rose by 4.2 at week 12 (95% CI 1.3 to 7.1).",
    "Urea did not differ (P = 0.64), nor did creatinine (P = 0.22).",
    "Mortality did not differ (P = 0.34), and stay was shorter (P = 0.002).",
    "Age did not differ (18% vs 22%, P = 0.34), but stay was shorter (P = 0.002).",
    "Age did not differ in men (P = 0.34) and women (P = 0.20), and differed in children (P = 0.01).",
    "Pain differed (P = 0.04), and stay did not (P = 0.20).",
    "Scores did not differ at baseline (P = 0.31), and differed at week 12 (P = 0.001).",
    "Groups that did not differ at entry (all P > 0.2) had better scores (P = 0.002).",
)


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_a_contradiction_is_found(code: str, text: str) -> None:
    assert code in {f.code for f in found(text)}


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_fits_or_may_fit_is_left_alone(text: str) -> None:
    assert not found(text)


PAPER = """A drug in one cohort

Results
Table 2. Paired means at baseline and at month 12
Variable\tPairs\tBaseline\tMonth 12\tMean change (95% CI)\tP
FVC, % predicted\t39\t63.9 ± 14.0\t68.5 ± 15.7\t4.5 (2.0 to 7.0)\t<0.001
DLCO, % predicted\t36\t49.6 ± 11.7\t51.6 ± 15.5\t2.0 (−0.7 to 4.6)\t0.144
Walk distance, m\t39\t408.3 ± 61.0\t432.9 ± 73.2\t24.7 (12.5 to 36.9)\t<0.001

Discussion
In this cohort function was higher one year later. CLAIM
"""


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("All functional measures, DLCO and CT extent included, had improved significantly at one year.", True),
        ("DLCO improved significantly.", True),
        ("Both FVC and DLCO increased significantly.", True),
        ("Significant improvements in DLCO were seen.", True),
        ("The FVC did not change significantly.", True),
        ("FVC and walk distance improved significantly.", False),
        ("DLCO did not change significantly.", False),
        ("FVC, but not DLCO, improved significantly.", False),
        ("DLCO improved significantly in an earlier trial.", False),
        ("FVC was significantly higher.", False),
    ],
)
def test_a_claim_is_held_against_the_row_of_a_change(claim: str, wrong: bool) -> None:
    codes = {f.code for f in judge(read_document("x", PAPER.replace("CLAIM", claim)))}
    assert ("SIGNIFICANCE_CONTRADICTS" in codes) == wrong


def test_two_rows_of_one_variable_that_disagree_are_left_alone() -> None:
    rows = "FVC, L\t39\t2.9 ± 0.6\t3.0 ± 0.7\t0.1 (−0.1 to 0.3)\t0.21\n"
    text = PAPER.replace("Walk", rows + "Walk").replace("CLAIM", "FVC improved significantly.")
    assert "SIGNIFICANCE_CONTRADICTS" not in {f.code for f in judge(read_document("x", text))}


def test_a_text_without_sentences_has_no_changes() -> None:
    assert not judge(read_document("x", "Title\n"))


MODEL = """A drug in one cohort

Results
Table 2 Adjusted Cox models, hazard ratio [95% confidence interval]
Variable\tFirst AE (52 events)\tP\tDeath (67 events)\tP
Drug at enrolment\t0.46 [0.25; 0.86]\t0.015\t1.11 [0.68; 1.80]\t0.682
Oxygen\t2.20 [1.23; 3.94]\t0.008\t2.22 [1.34; 3.70]\t0.002

Discussion
This was one cohort. CLAIM
"""


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("The drug at enrolment was associated with a higher rate of first acute exacerbations.", True),
        ("The drug at enrolment was associated with an increased risk of acute exacerbation in adults.", True),
        ("Oxygen was associated with a lower risk of death.", True),
        ("Oxygen was independently associated with a reduced hazard of acute exacerbations.", True),
        ("The drug at enrolment was associated with a lower rate of first acute exacerbations.", False),
        ("The drug at enrolment was associated with a higher risk of death.", False),
        ("The drug at enrolment was not associated with a higher rate of acute exacerbations.", False),
        ("The drug at enrolment was associated with a higher rate of infection.", False),
        ("In earlier trials the drug at enrolment was associated with a higher rate of acute exacerbations.", False),
        ("Oxygen was associated with a higher risk of death.", False),
    ],
)
def test_a_conclusion_is_held_against_the_ratio_of_its_row(claim: str, wrong: bool) -> None:
    codes = {f.code for f in judge(read_document("x", MODEL.replace("CLAIM", claim)))}
    assert ("RATIO_DIRECTION" in codes) == wrong
