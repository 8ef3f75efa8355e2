"""What a methods section promises or defines against what results, tables and discussion tell of it."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import cases, paper

from evsynth.checks.scanned.design import (
    co_treatment,
    endpoint_not_listed,
    predictive_alone,
    selected_visits,
    total_defined_twice,
)
from evsynth.checks.scanned.numbers import (
    definition_exceeds,
    quartiles_of_fewer,
    standardised_coefficients,
    tests_mixed,
)
from evsynth.checks.scanned.reporting import effect_sizes_left_out, endpoints_walked, most_uncounted
from evsynth.checks.scanned.statements import aim_touched, deaths_attributed, p_at_threshold, significant_unmentioned

FISHER = "Categorical data were compared by the chi-square test or Fisher's exact test."
COUNTS = """Table 1. Characteristics.

| Characteristic | Early (n = 12) | Late (n = 22) | P |
|---|---|---|---|
| Smokers, n (%) | {} | {} | {} |
| Cough, n (%) | 1 (8.3) | 4 (18.2) | {} |
| Rash, n (%) | 6 (50.0) | 12 (54.5) | 0.800 |
"""
"""Cough: Pearson 0.438, Fisher 0.635. Smokers 3 and 9: Pearson 0.354, Fisher 0.465; 5 and 2: Pearson 0.025, 0.070."""

DRUGS = """Table 1. Patients (n = 40).

| Characteristic | Finding |
|---|---|
| Women | 25/40 |
| {} | |
| {} | {}/40 |
"""
STUDIED = "Forty patients with fibrosis who took nintedanib were reviewed."
ONE_ARM = "Forty patients treated with tacrolimus were retrospectively analyzed."
BIOMARKER = "Baseline ferritin may serve as a predictive biomarker for treatment response."
NO_DEATH = "No severe adverse events directly causing death were observed."
ADVERSE = "The most common adverse events were infections and nausea."
DIED_OF = "Three patients died of infections."
TWO = """Table 2. Changes in both groups.

| Variable | Early (n = 20) | P1 | Late (n = 18) | P2 | P3 |
|---|---|---|---|---|---|
| Cough score | 4 (2, 6) | 0.012 | 4 (3, 6) | 0.020 | {} |
| Walking distance | 300 (250, 340) | 0.03 | 310 (260, 350) | 0.04 | {} |
| Steroid dose | 20 (10, 30) | 0.001 | 22 (12, 30) | 0.20 | {} |
| Ferritin | 200 (90, 400) | 0.04 | 220 (100, 410) | 0.03 | 0.70 |

Within-group comparisons (P1, P2) were by Wilcoxon tests. Between-group comparisons of changes (P3) by Mann-Whitney.
"""
MODEL = """Table 3. Multiple linear regression of the change in cough (n = 60).

| Variable | B | 95% CI | Beta | t | P |
|---|---|---|---|---|---|
| Baseline ferritin | {} | (0.10, 0.50) | {} | 3.00 | 0.004 |
| Age | 0.02 | (-0.04, 0.08) | 0.09 | 0.67 | 0.51 |
"""
TOLD = (
    "After adjustment, baseline ferritin was associated with the change in cough (B = {}, 95% CI: {}, p = {}; β = {})."
)
SIXTY = "Sixty patients were enrolled. All 60 patients were analyzed."
QUARTILES = """Table 2. Dose before and after.

| Variable | Early (n = {0}) / Before | Early (n = {0}) / After |
|---|---|---|
| Dose (mg) | {1} | {2} |
"""
SPSS = "Data are medians (interquartile range). SPSS version 25 was used."
ITEMS = "Scored items included total extent, extent of fibrosis, and extent of oedema."
SUM = "The total score was the sum of the scores for these patterns."
LISTED = "The primary endpoint was the cough score. Secondary endpoints were walking distance and ferritin."
THREE = "The drug lowered the cough score (P = 0.001), ferritin (P = 0.02), and {} (P = 0.003)."
ALPHA = "A P-value <0.05 was considered statistically significant."
DEFINED = "Patients with early markers (EM) (including Abc1, Xyz2) were assigned to the EM group."
MARKERS = """Table 1. Markers (n = 40).

| Marker | Finding |
|---|---|
| Anti-Abc1 | {}/40 |
| Anti-Klm | 30/40 |
"""
SECONDARY = "Secondary endpoints included relapse, laboratory parameters during treatment, and quality of life."
REPORTED = "Relapse was seen in 4 patients. Quality of life rose by 5 points."
EFFECTS = "Comparisons were by Wilcoxon tests, with effect sizes (r values) reported."
SIZED = "Cough fell (P = 0.01, r = 0.41), fatigue fell (P < 0.001, r = 0.62) and dyspnoea fell (P = 0.03, r = 0.31)."
VISITS = "Patients were assessed at baseline, 3, 6 and 12 months."
AIM = "We aimed to keep trough levels below 10 ng/mL. "

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    tests_mixed.tests_mixed: (
        [
            {"tables": COUNTS.format("5 (41.7)", "2 (9.1)", "0.025", "0.635")},
            {"tables": COUNTS.format("3 (25.0)", "9 (40.9)", "0.354", "0.635")},
            {"methods": FISHER, "tables": COUNTS.format("5 (41.7)", "2 (9.1)", "0.025", "0.438")},
            {"methods": FISHER, "tables": COUNTS.format("5 (41.7)", "2 (9.1)", "0.070", "0.438")},
        ],
        [
            {"tables": COUNTS.format("5 (41.7)", "2 (9.1)", "0.070", "0.635")},  # Fisher's throughout
            {"tables": COUNTS.format("5 (41.7)", "2 (9.1)", "0.025", "0.438")},  # chi-square throughout
            {"methods": FISHER, "tables": COUNTS.format("5 (41.7)", "2 (9.1)", "0.070", "0.635")},
            {"methods": FISHER, "tables": COUNTS.format("5 (41.7)", "2 (9.1)", "0.4", "0.9")},  # neither
            {"methods": FISHER, "tables": COUNTS.replace("| P |", "| P for trend |")
                .format("5 (41.7)", "2 (9.1)", "0.025", "0.438")},
        ],
    ),
    co_treatment.co_treatment: (
        [
            {"abstract": STUDIED, "tables": DRUGS.format("Concomitant medications", "Pirfenidone", "12")},
            {"abstract": STUDIED, "tables": DRUGS.format("Background therapy", "Azathioprine", "20")},
            {"abstract": STUDIED, "discussion": "Rituximab is known to help.",
             "tables": DRUGS.format("Concurrent treatment", "Rituximab", "9")},
        ],
        [
            {"abstract": STUDIED, "tables": DRUGS.format("Previous treatment", "Pirfenidone", "12")},
            {"abstract": STUDIED, "tables": DRUGS.format("Concomitant medications", "Pirfenidone", "4")},
            {"abstract": STUDIED, "results": "Results were the same after excluding patients on pirfenidone.",
             "tables": DRUGS.format("Concomitant medications", "Pirfenidone", "12")},
            {"abstract": "Forty patients were reviewed.",
             "tables": DRUGS.format("Concomitant medications", "Pirfenidone", "12")},
            {"abstract": STUDIED, "methods": "Patients were randomly assigned to two groups.",
             "tables": DRUGS.format("Concomitant medications", "Pirfenidone", "12")},
            {"abstract": STUDIED + " Most had pirfenidone as well.",
             "tables": DRUGS.format("Concomitant medications", "Pirfenidone", "12")},
        ],
    ),
    predictive_alone.predictive_alone: (
        [
            {"abstract": ONE_ARM, "conclusion": BIOMARKER},
            {"methods": "This was a single-arm study.", "discussion": BIOMARKER},
            {"methods": "We did an uncontrolled trial.",
             "discussion": "Ferritin was a biomarker for identifying patients who benefit from treatment."},
            {"abstract": ONE_ARM, "results": "A low count was a predictor of good response (P = 0.01)."},
        ],
        [
            {"abstract": ONE_ARM, "conclusion": "Baseline ferritin may serve as a prognostic marker."},
            {"abstract": ONE_ARM + " A placebo group was followed.", "conclusion": BIOMARKER},
            {"methods": "Patients were randomly assigned to two groups.", "conclusion": BIOMARKER},
            {"abstract": "Records of forty patients were searched.", "conclusion": BIOMARKER},
            {"abstract": ONE_ARM, "conclusion": "Whether ferritin is a predictive biomarker of response is unknown."},
            {"abstract": ONE_ARM + " Patients were treated with the drug (n = 20) or with another (n = 20).",
             "conclusion": BIOMARKER},
        ],
    ),
    deaths_attributed.deaths_attributed: (
        [
            {"results": f"{NO_DEATH} {ADVERSE} {DIED_OF}"},
            {"results": f"{NO_DEATH} {ADVERSE}", "discussion": "Deaths were due to infections in three patients."},
            {"results": "All adverse events were non-fatal. Sepsis was the gravest complication. One patient died of "
                        "sepsis."},
            {"results": f"{NO_DEATH} {ADVERSE}", "discussion": "Relapse was the main cause of death. Those patients "
             "either experienced relapse or opportunistic infections."},
        ],
        [
            {"results": f"{NO_DEATH} {ADVERSE} Three patients died of relapse."},
            {"results": f"{ADVERSE} {DIED_OF}"},
            {"results": f"{NO_DEATH} Nausea was the only adverse event. {DIED_OF}"},
            {"results": f"{NO_DEATH} {ADVERSE}", "discussion": "Three patients of Smith et al. died of infections."},
            {"results": f"{NO_DEATH} {ADVERSE} Three patients died of infections before treatment."},
        ],
    ),
    significant_unmentioned.significant_unmentioned: (
        [
            {"results": "Both groups improved.", "tables": TWO.format("0.30", "0.60", "0.022")},
            {"results": "The steroid dose fell in both.", "tables": TWO.format("0.30", "0.60", "0.022")},
            {"results": "Walking distance did not differ between the groups.",
             "tables": TWO.format("0.010", "0.60", "0.22")},
        ],
        [
            {"results": "The steroid dose fell more in one group.", "tables": TWO.format("0.30", "0.60", "0.022")},
            {"results": "The dose differed (P = 0.022).", "tables": TWO.format("0.30", "0.60", "0.022")},
            {"results": "Both groups improved.", "tables": TWO.format("0.30", "0.60", "0.22")},
            {"results": "Both groups improved.", "tables": TWO.format("0.03", "0.04", "0.022")},
            {"results": "Both improved.", "tables": TWO.format("0.30", "0.60", "0.022").split("Within-group")[0]},
        ],
    ),
    standardised_coefficients.standardised_coefficients: (
        [
            {"methods": SIXTY, "results": TOLD.format("0.30", "0.10 to 0.50", "0.004", "0.30"),
             "tables": MODEL.format("0.30", "0.45")},
            {"methods": SIXTY, "results": TOLD.format("0.40", "0.20 to 0.60", "0.001", "0.36"),
             "tables": MODEL.format("0.30", "0.36")},
            {"methods": SIXTY, "results": TOLD.format("0.300", "0.128 to 0.472", "0.001", "0.417")},
        ],
        [
            {"methods": SIXTY, "results": TOLD.format("0.30", "0.10 to 0.50", "0.004", "0.45"),
             "tables": MODEL.format("0.30", "0.45")},
            {"methods": SIXTY, "results": TOLD.format("0.24", "0.10 to 0.38", "0.004", "0.36"),
             "tables": MODEL.format("0.30", "0.45")},
            {"methods": SIXTY, "results": TOLD.replace("After adjustment, ", "").format("0.300", "0.128 to 0.472",
             "0.001", "0.417")},
            {"methods": SIXTY, "results": TOLD.format("0.300", "0.128 to 0.472", "0.001", "0.300")},
            {"methods": SIXTY, "results": TOLD.format("0.300", "0.128 to 0.472", "0.001", "0.417")
                                          + " The model explained more (adjusted R2 = 0.310)."},
            {"methods": SIXTY, "results": TOLD.replace("ferritin", "platelets").format("0.30", "0.10 to 0.50", "0.004",
             "0.30"), "tables": MODEL.format("0.30", "0.45")},
        ],
    ),
    quartiles_of_fewer.quartiles_of_fewer: (
        [
            {"methods": SPSS, "tables": QUARTILES.format(15, "20 (10, 30)", "10 (7.88, 28.13)")},
            {"methods": SPSS, "tables": QUARTILES.format(11, "20 (12, 30)", "10 (7.25, 14)")},
            {"methods": SPSS.replace("SPSS version 25", "GraphPad Prism"),
             "tables": QUARTILES.format(7, "4 (2, 6)", "3 (1.75, 5)")},
        ],
        [
            {"methods": SPSS, "tables": QUARTILES.format(14, "20 (10, 30)", "10 (7.88, 28.13)")},
            {"methods": SPSS, "tables": QUARTILES.format(15, "20.4 (10.1, 30.2)", "10.2 (7.88, 28.13)")},
            {"methods": SPSS, "tables": QUARTILES.format(15, "20 (10, 30)", "10 (7, 28)")},
            {"methods": SPSS, "tables": QUARTILES.format(15, "20 (10, 30)", "10 (7.5, 28)")},
            {"methods": "R was used.", "tables": QUARTILES.format(15, "20 (10, 30)", "10 (7.88, 28.13)")},
        ],
    ),
    total_defined_twice.total_defined_twice: (
        [
            {"methods": f"{ITEMS} {SUM}"},
            {"methods": "Items were: overall severity, redness, and scaling. The overall score was calculated as the "
                        "sum of both."},
            {"methods": f"{SUM} {ITEMS}"},
        ],
        [
            {"methods": ITEMS},
            {"methods": SUM},
            {"methods": f"Scored items included extent of fibrosis, extent of oedema, and consolidation. {SUM}"},
            {"methods": "Scored items included total extent, which is the sum of fibrosis and oedema, and nodules."},
        ],
    ),
    endpoint_not_listed.endpoint_not_listed: (
        [
            {"abstract": THREE.format("steroid dose"), "methods": LISTED},
            {"abstract": THREE.format("number of hospital admissions"), "methods": LISTED},
        ],
        [
            {"abstract": THREE.format("walking distance"), "methods": LISTED},
            {"abstract": THREE.format("steroid dose"), "methods": LISTED + " Steroid use was assessed at each visit."},
            {"abstract": THREE.format("steroid dose"), "methods": "The primary endpoint was the cough score."},
            {"abstract": "The drug lowered the steroid dose (P = 0.003).", "methods": LISTED},
            {"abstract": "Cough and ferritin fell in both, respectively (P = 0.01).", "methods": LISTED},
        ],
    ),
    endpoints_walked.endpoints_walked: (
        [
            {"methods": SECONDARY, "results": REPORTED},
            {"methods": SECONDARY, "results": REPORTED + " Laboratory values at baseline were alike."},
            {"methods": SECONDARY, "results": "Ferritin fell. Relapse was seen in 4 patients."},
        ],
        [
            {"methods": SECONDARY, "results": REPORTED + " Laboratory values improved from baseline."},
            {"methods": SECONDARY, "results": REPORTED + " Ferritin fell."},
            {"methods": SECONDARY, "results": "Nothing of it is told here."},
            {"methods": "Secondary endpoints included relapse and laboratory parameters.", "results": REPORTED},
            {"methods": SECONDARY.replace("laboratory parameters", "forced vital capacity (FVC)"),
             "results": REPORTED + " FVC rose."},
        ],
    ),
    most_uncounted.most_uncounted: (
        [
            {"discussion": "The results demonstrated significant improvements in most patients across these measures."},
            {"discussion": "Most of our patients had refractory disease after earlier immunosuppression."},
            {"discussion": "The patients enrolled in this study predominantly exhibited rapid progression."},
        ],
        [
            {"results": "Cough improved in 30 of 40 patients.", "discussion": "We saw improvements in most patients."},
            {"results": "Refractory disease after earlier immunosuppression was seen in 30 of 40.",
             "discussion": "Most of our patients had refractory disease after earlier immunosuppression."},
            {"discussion": "Smith et al. saw improvements in most patients."},
            {"discussion": "Most patients take the drug at night."},
        ],
    ),
    aim_touched.aim_touched: (
        [
            {"methods": AIM + "The median trough level reached was 5.1 (IQR: 2.9, 9.99) ng/mL."},
            {"methods": AIM, "results": "No more is told."} | {"methods": AIM + "Doses were adapted. The median trough "
             "level was 7.0 (IQR 5.2-11.8) ng/mL."},
        ],
        [
            {"methods": AIM + "The median trough level reached was 5.1 (IQR: 2.9, 7.2) ng/mL."},
            {"methods": AIM + "The median age was 51 (IQR: 40, 60) years."},
            {"methods": AIM + "The median trough level reached was 5100 (IQR: 2900, 9990) pg/mL."},
            {"methods": "The median trough level was 5.1 (IQR: 2.9, 9.99) ng/mL."},
        ],
    ),
    effect_sizes_left_out.effect_sizes_left_out: (
        [
            {"methods": EFFECTS, "results": f"{SIZED} Walking distance rose (median 20 m, P = 0.02)."},
            {"methods": "We calculated effect sizes.", "results": f"Total scores fell (P < 0.001). {SIZED}"},
        ],
        [
            {"methods": EFFECTS, "results": SIZED},
            {"methods": "Wilcoxon tests were used.", "results": f"{SIZED} Walking distance rose (P = 0.02)."},
            {"methods": EFFECTS, "results": "Cough fell (P = 0.01, r = 0.41). Fatigue fell (P = 0.02)."},
            {"methods": EFFECTS, "results": f"{SIZED} Cough correlated with fatigue (P = 0.02)."},
            {"methods": EFFECTS, "results": f"{SIZED} Asterisks mark significance (P < 0.05)."},
        ],
    ),
    selected_visits.selected_visits: (
        [
            {"methods": VISITS, "results": "Pain was significantly lower at 3 months and function was at 12 months."},
            {"methods": "Visits took place at 1, 2, 4 and 8 weeks.",
             "results": "There was a significant decrease in pain at 2 weeks and in fatigue at 8 weeks."},
        ],
        [
            {"methods": VISITS, "results": "Pain was significantly lower at 3, 6 and 12 months."},
            {"methods": VISITS, "results": "Pain was significantly lower at 12 months."},
            {"methods": VISITS, "results": "Pain did not differ at 3 months and at 12 months."},
            {"methods": VISITS, "results": "Pain was significantly lower at all visits, such as at 3 months and at 12 "
                                           "months."},
            {"methods": "Patients were assessed at 3 and 12 months.",
             "results": "Pain was significantly lower at 3 months and function was at 12 months."},
        ],
    ),
    definition_exceeds.definition_exceeds: (
        [
            {"methods": DEFINED, "results": "The EM group (n = 15) did better.", "tables": MARKERS.format(26)},
            {"methods": DEFINED.replace("Patients with", "Those positive for"),
             "results": "The EM group (n = 9) did better.", "tables": MARKERS.format(10)},
        ],
        [
            {"methods": DEFINED, "results": "The EM group (n = 15) did better.", "tables": MARKERS.format(15)},
            {"methods": DEFINED.replace(" were assigned", " and no other were assigned only"),
             "results": "The EM group (n = 15) did better.", "tables": MARKERS.format(26)},
            {"methods": DEFINED.replace("Abc1", "Def1"), "results": "The EM group (n = 15) did better.",
             "tables": MARKERS.format(26)},
            {"methods": DEFINED, "results": "The early group did better.", "tables": MARKERS.format(26)},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].severity == {"REGRESSION_BETA": "inconsistent", "DOSE_OFF_AIM": "note"}.get(
        found[0].code, "concern"
    )
    assert found[0].hint
    assert found[0].quotes


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


@pytest.mark.parametrize(
    ("said", "severity"),
    [
        ("Ferritin was associated with cough (ρ = 0.284, P = 0.050).", "inconsistent"),  # 0.0501 at least, n = 48
        ("Ferritin was significantly correlated with cough (r = 0.28, P = 0.05).", "note"),
        ("Cough improved significantly (P = 0.050).", "note"),
        ("Ferritin was not associated with cough (ρ = 0.284, P = 0.050).", None),
        ("There was a trend: cough improved (P = 0.05).", None),
        ("Cough improved significantly (P = 0.049).", None),
        ("Cough improved significantly (P = 0.051).", None),
        ("Cough fell (P = 0.050).", None),
    ],
)
def test_p_at_the_threshold(said: str, severity: str | None) -> None:
    methods = f"We enrolled 48 patients. All 48 patients were analyzed. {ALPHA}"
    found = list(p_at_threshold.p_at_threshold(paper(methods=methods, results=said)))
    assert [f.severity for f in found] == ([severity] if severity else [])
    assert list(p_at_threshold.p_at_threshold(paper(results=said))) == []  # no threshold is told
