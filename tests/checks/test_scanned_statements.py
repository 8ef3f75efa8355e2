"""What a sentence says against the numbers it summarises: what is found, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import COX, EVENTS, RASHES, TABLE, TWO_TIMES, paper

from evsynth.checks.scanned.statements import (
    changed_by,
    commonest,
    counted_visits,
    direction,
    eligibility,
    legend_claims,
    legend_directions,
    none_of_them,
    not_in_table,
    ratio_direction,
    rows_direction,
    rows_of_models,
    rows_significant,
    shares,
    sign_of_diagnosis,
    significance,
    sweeping,
    two_groups,
    visits_differ,
)

FIGURE = """Figure 1. Scores over 24 weeks. (A) The drug group had significantly higher survival than the placebo group.
(B) Pain decreased significantly from baseline in the drug group. (C) Quality of life was similar in the two groups.
"""
SCALES = """Figure 2. Changes in scores. All the scale indicators showed significant increases from baseline.
(A) Changes in walking distance. (B) Changes in Fatigue Index.
"""

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    significance.significance: (
        [
            {"results": "Pain did not differ between the groups (P = 0.003)."},
            {"results": "There was no significant difference in mortality (8% vs 12%, p=0.01)."},
            {"results": "Weight was significantly higher with the drug (P = 0.41)."},
            {"results": "The difference in remission was not significant (P = 0.003; Table 3)."},
            {"results": "Age and sex were comparable between the two groups (P = 0.02 and P < 0.001)."},
            {"results": "Smoking was independently associated with death (HR 1.20, 95% CI 0.85-1.69)."},
            {"results": "Age was not associated with relapse (OR 2.40, 95% CI 1.30 to 4.43)."},
            {"abstract": "Survival differed significantly between the arms (log-rank P = 0.626)."},
        ],
        [
            {"results": "Pain did not differ between the groups (P = 0.30)."},
            {"results": "Pain fell (P = 0.003), whereas fatigue did not change significantly."},
            {"results": "Weight was significantly higher with the drug (P = 0.041)."},
            {"results": "Weight was significantly higher with the drug (P = 0.05)."},  # may be 0.0496
            {"results": "There was a trend to less pain, not significant after correction (P = 0.03)."},
            {"results": "A similar improvement was seen for fatigue (P = 0.004)."},
            {
                "results": "Rates were 4% in men and 2% in women (not significant) and 3% against 1% by centre (P = "
                "0.006)."
            },
            {"results": "Weight rose by 2.8 kg with the drug compared to no change with placebo (P = 0.0001)."},
            {"results": "The opioid and non-opioid requirements were significantly reduced (P < 0.05)."},
            {"results": "The drug had no statistically significant (P > 0.05) effect on clearance."},
            {
                "results": "While improvements were not significant between groups, the drug group reduced use (P = "
                "0.02)."
            },
            {
                "methods": "P < 0.01 was considered significant.",
                "results": "Pain was not significantly lower (P = 0.03).",
            },
            {"discussion": "In an earlier trial, mortality did not differ (P = 0.003)."},
            {"results": "Smoking was independently associated with death (HR 1.20, 95% CI 1.05-1.39)."},
            {"results": "Age was not associated with relapse (OR 1.40, 95% CI 0.90 to 2.18)."},
        ],
    ),
    rows_significant.rows_significant: (
        [
            {"results": "Pain scores did not differ between the groups (Table 2).", "tables": TABLE},
            {"results": "Fatigue was significantly lower in the drug group.", "tables": TABLE},
            {"abstract": "There was no significant difference in walking distance.", "tables": TABLE},
            {"results": "At baseline, body mass index did not differ (Table 1).", "tables": TABLE},
        ],
        [
            {"results": "Fatigue did not differ between the groups (Table 2).", "tables": TABLE},
            {"results": "Pain was significantly lower in the drug group.", "tables": TABLE},
            {"results": "Pain scores did not differ at week 12.", "tables": TABLE},
            {"results": "Pain was not significantly associated with age.", "tables": TABLE},
            {"results": "Fatigue improved significantly from baseline in the drug group.", "tables": TABLE},
            {"results": "Body mass index did not differ at week 24.", "tables": TABLE},
            {"discussion": "In other trials, pain did not differ between groups.", "tables": TABLE},
        ],
    ),
    rows_of_models.rows_of_models: (
        [
            {"results": "Smoking was an independent predictor of death (Table 5).", "tables": COX},
            {"results": "Low albumin was not independently associated with death.", "tables": COX},
            {
                "abstract": "In the multivariable model, smoking remained significantly associated with death.",
                "tables": COX,
            },
        ],
        [
            {"results": "Low albumin was an independent predictor of death (Table 5).", "tables": COX},
            {"results": "Smoking was not independently associated with death.", "tables": COX},
            {"results": "In univariable analysis, smoking was significantly associated with death.", "tables": COX},
            {"results": "Smoking was significantly associated with death.", "tables": COX},  # crude or adjusted
            {"results": "Smoking was significantly associated with death only in men.", "tables": COX},
        ],
    ),
    rows_direction.rows_direction: (
        [
            {"results": "Walking distance was lower in the drug group than in the placebo group.", "tables": TABLE},
            {"results": "Pain scores were higher in the drug group (Table 2).", "tables": TABLE},
            {"results": "Headache was less frequent with the drug.", "tables": TABLE},
            {"results": "The drug group had a shorter walking distance than the placebo group.", "tables": TABLE},
            {"results": "Diabetes was more common in the drug group at baseline.", "tables": TABLE},
            {"abstract": "Patients on placebo had lower pain scores than those on the drug.", "tables": TABLE},
        ],
        [
            {"results": "Walking distance was higher in the drug group than in the placebo group.", "tables": TABLE},
            {"results": "Pain scores were lower in the drug group (Table 2).", "tables": TABLE},
            {"results": "Pain was not higher in the drug group.", "tables": TABLE},
            {"results": "The decrease in pain was higher in the drug group.", "tables": TABLE},
            {"results": "Pain was higher in patients who had had surgery.", "tables": TABLE},
            {"results": "Among women, headache was less frequent with the drug.", "tables": TABLE},
            {"results": "Headache was less frequent in patients without the drug.", "tables": TABLE},
            {"results": "Women were more common in the drug group at baseline.", "tables": TABLE},  # 51.7 and 51.7
        ],
    ),
    two_groups.two_groups: (
        [
            {
                "results": "The change in FVC was -78 ± 32 mL in the treated group and -147 ± 25 mL in the control "
                "group; "
                "the decline was steeper in the treated group."
            },
            {
                "results": "HbA1c fell by 0.4% with metformin and 0.9% with insulin; the reduction was greater with "
                "metformin."
            },
            {
                "results": "Mortality was 12.1% in the early group and 9.0% in the late group, being lower in the "
                "early group."
            },
        ],
        [
            {
                "results": "The change in FVC was -78 ± 32 mL in the treated group and -147 ± 25 mL in the control "
                "group; "
                "the decline was slower in the treated group."
            },
            {
                "results": "HbA1c fell by 0.4% with metformin and 0.9% with insulin; the reduction was greater with "
                "insulin."
            },
            {
                "results": "Weight changed by 1.2 kg in the early group and -0.8 kg in the late group; the loss was "
                "greater in the "
                "early group."
            },
            {
                "results": "Mortality was 12.1% in the early group and 9.0% in the late group, being lower in the "
                "surgical group."
            },
        ],
    ),
    changed_by.changed_by: (
        [
            {"results": "Fatigue increased by 2.1 points with the drug.", "tables": TWO_TIMES},
            {"results": "The fatigue score increased (Table 1).", "tables": TWO_TIMES},
            {"results": "Walking distance decreased significantly (P < 0.001).", "tables": TWO_TIMES},
        ],
        [
            {"results": "Fatigue decreased by 2.1 points with the drug.", "tables": TWO_TIMES},
            {"results": "The fatigue score decreased (Table 1).", "tables": TWO_TIMES},
            {"results": "Fatigue increased by 12% in winter.", "tables": TWO_TIMES},
            {"results": "The fatigue score improved (Table 1).", "tables": TWO_TIMES},
            {"results": "The fatigue score was not increased (Table 1).", "tables": TWO_TIMES},
        ],
    ),
    direction.direction: (
        [
            {"results": "FVC increased from 71.2 to 68.4% predicted."},
            {"results": "The dose decreased from 10 mg to 15 mg."},
            {"results": "Pain was lower with the drug (4.1 vs. 3.2)."},
            {"results": "Stay was longer after open surgery (5 days vs 9 days)."},
            {"results": "FVC declined over 12 months, from 68.2% to 71.4% predicted."},
            {"results": "Men were more likely to relapse than women (12% vs 31%)."},
        ],
        [
            {"results": "FVC increased from 68.4 to 71.2% predicted."},
            {"results": "The dose decreased from 15 mg to 10 mg."},
            {"results": "Pain was lower with the drug (3.2 vs. 4.1)."},
            {"results": "The loss of FVC increased less in one group (4.1 vs. 3.2)."},
            {"results": "Concentrations fell within the interval from 0.8 to 1.25."},
            {"results": "Scores were higher and satiety came at lower intake (542 v 1508 kcal)."},
            {"results": "FVC improved from 71.2 to 68.4% predicted."},
        ],
    ),
    ratio_direction.ratio_direction: (
        [
            {"results": "The drug had a lower risk of death (HR 1.62, 95% CI 1.10-2.40)."},
            {"abstract": "Smoking increased the risk of relapse (OR 0.54, 95% CI 0.31 to 0.93)."},
            {"results": "Mortality was lower in the drug group (HR 1.45; 95% CI 1.10 to 1.91)."},
        ],
        [
            {"results": "The drug had a lower risk of death (HR 0.62, 95% CI 0.40-0.94)."},
            {"results": "The drug had a lower risk of death (HR 1.02, 95% CI 0.70-1.49)."},
            {"results": "Placebo compared with the drug had a lower risk of death (HR 1.62, 95% CI 1.10-2.40)."},
            {"discussion": "Others found a lower risk of death (HR 1.62, 95% CI 1.10-2.40)."},
            {"results": "Survival was longer in the drug group (HR 0.45; 95% CI 0.20 to 0.91)."},
        ],
    ),
    shares.shares: (
        [
            {"results": "The majority of patients (42%) were men."},
            {"results": "More than half of the patients (23 of 60, 38.3%) relapsed."},
            {"results": "A minority of patients (61.0%) were treated."},
            {"results": "About one third of patients (55%) stopped the drug."},
            {"results": "The majority were men (44.2%)."},
            {"results": "Mortality doubled from 10% to 13%."},
            {"results": "There was a three-fold increase in relapses (12 vs. 15)."},
        ],
        [
            {"results": "The majority of patients (52%) were men."},
            {"results": "More than half of the patients (33 of 60, 55.0%) relapsed."},
            {"results": "The most common diagnosis was NSIP (42%)."},
            {"results": "A majority of patients were men, and 42% smoked."},
            {"results": "About one third of patients (38%) stopped the drug."},
            {"results": "The majority were men (54.2%)."},
            {"results": "Mortality doubled from 6.2% to 13%."},
            {"results": "There was a three-fold increase in relapses (12 vs. 35)."},
        ],
    ),
    commonest.commonest: (
        [
            {"results": "The most common adverse event was nausea (19 patients).", "tables": EVENTS},
            {"results": "Nausea was the most frequent event.", "tables": EVENTS},
            {"results": "The most frequent reason was cost (12), followed by distance (15) and time (3)."},
        ],
        [
            {"results": "The most common adverse event was headache (24 patients).", "tables": EVENTS},
            {"results": "Headache was the most frequent event.", "tables": EVENTS},
            {"results": "One of the most common adverse events was nausea.", "tables": EVENTS},
            {"results": "The most common serious event was rash.", "tables": EVENTS},
            {"results": "The most frequent reason was cost (15), followed by distance (12) and time (3)."},
            {"discussion": "In other trials, the most common adverse event was nausea.", "tables": EVENTS},
        ],
    ),
    none_of_them.none_of_them: (
        [
            {"results": "No headaches were reported.", "tables": EVENTS},
            {"results": "None of the patients developed a rash.", "tables": EVENTS},
            {"results": "No rash occurred in the placebo group.", "tables": EVENTS},
            {"results": "No patient died. In the second year, two patients died."},
        ],
        [
            {"results": "No pneumonia was reported.", "tables": EVENTS},
            {"results": "No severe headaches were reported.", "tables": EVENTS},
            {"results": "No rash occurred in the control arm of the pilot.", "tables": EVENTS},
            {"results": "No significant rash was observed.", "tables": EVENTS},
            {"results": "No patient died within 30 days. Two patients died later."},
            {"results": "No headache was seen at baseline.", "tables": EVENTS},
        ],
    ),
    not_in_table.not_in_table: (
        [
            {
                "results": "The groups did not differ in age, gender and disease duration (Table 1).",
                "tables": TABLE,
            },
        ],
        [
            {"results": "The groups did not differ in age, gender and body mass index (Table 1).", "tables": TABLE},
            {"results": "The groups differed in age, gender and disease duration (Table 1).", "tables": TABLE},
            {"results": "The groups did not differ in disease duration (Table 1).", "tables": TABLE},
            {
                "results": "The groups did not differ in age, gender and disease duration (Tables 1 and 2).",
                "tables": TABLE,
            },
            {"results": "The groups did not differ in age, gender and disease duration (Table S1).", "tables": TABLE},
        ],
    ),
    sweeping.sweeping: (
        [
            {"results": "The groups were comparable at baseline (Table 1).", "tables": TABLE},
            {
                "results": "There were no significant differences in any baseline characteristic (Table 1).",
                "tables": TABLE,
            },
            {"results": "All outcomes improved significantly in the drug group (Table 2).", "tables": TABLE},
        ],
        [
            {"results": "The groups were comparable at baseline in age and sex (Table 1).", "tables": TABLE},
            {
                "results": "Apart from body mass index, the groups were comparable at baseline (Table 1).",
                "tables": TABLE,
            },
            {"results": "Most outcomes improved significantly in the drug group (Table 2).", "tables": TABLE},
            {"results": "The groups were comparable at baseline."},
            {
                "results": "The groups were comparable at baseline (Table 1). Body mass index was lower with the drug.",
                "tables": TABLE,
            },
        ],
    ),
    legend_claims.legend_claims: (
        [
            {"results": f"Survival showed no significant difference between the groups (Figure 1A).\n\n{FIGURE}"},
            {"results": f"Pain was unchanged from baseline (Fig. 1B).\n\n{FIGURE}"},
        ],
        [
            {
                "results": f"Survival was significantly higher in the drug group than in the placebo group (Figure "
                f"1A).\n\n{FIGURE}"
            },
            {"results": f"Pain did not differ between the groups (Fig. 1B).\n\n{FIGURE}"},  # the legend tells of time
            {"results": f"Fatigue showed no significant difference between the groups (Figure 1A).\n\n{FIGURE}"},
            {"results": f"Survival showed no significant difference between the groups (Figure 3A).\n\n{FIGURE}"},
        ],
    ),
    legend_directions.legend_directions: (
        [{"results": f"There was a significant decrease in Fatigue Index at week 24.\n\n{SCALES}"}],
        [
            {"results": f"There was a significant increase in Fatigue Index at week 24.\n\n{SCALES}"},
            {"results": f"There was a significant decrease in cough at week 24.\n\n{SCALES}"},
        ],
    ),
    counted_visits.counted_visits: (
        [
            {"methods": "Assessments took place at baseline and weeks 4, 8 and 12 (five assessments)."},
            {
                "methods": "Patients were seen at baseline, 24, 48 and 72 hours and at discharge, that is, on four "
                "occasions."
            },
        ],
        [
            {"methods": "Assessments took place at baseline and weeks 4, 8 and 12 (four assessments)."},
            {
                "methods": "Patients were seen at baseline, 24, 48 and 72 hours and at discharge, that is, on five "
                "occasions."
            },
            {"methods": "There were six visits, every 4 weeks, at weeks 4, 8, 12 and thereafter."},
        ],
    ),
    visits_differ.visits_differ: (
        [
            {
                "abstract": "Methods: Patients were followed up at baseline, 3, 6 and 12 months. Results: Pain fell.",
                "methods": "Study visits were set at baseline, 1, 3, 6 and 12 months after the start.",
            },
        ],
        [
            {
                "abstract": "Methods: Patients were followed up at baseline, 3, 6 and 12 months. Results: Pain fell.",
                "methods": "Study visits were set at baseline, 3, 6, and 12 months after the start.",
            },
            {
                "abstract": "Methods: Patients were followed up at baseline, 3, 6 and 12 months. Results: Pain fell.",
                "methods": "The dose was raised at 1, 3, 6 and 12 weeks.",
            },
        ],
    ),
    eligibility.eligibility: (
        [
            {"methods": "Exclusion criteria were pregnancy, diabetes and refusal.", "tables": TABLE},
            {
                "methods": "Patients aged 18 to 65 years were eligible.",
                "tables": "Table 1. Patients.\n\n| | All (n = 20) |\n|---|---|\n| Age, years, range | 16-64 |\n",
            },
        ],
        [
            {"methods": "Exclusion criteria were pregnancy, type 1 diabetes and refusal.", "tables": TABLE},
            {"methods": "Exclusion criteria were pregnancy and refusal.", "tables": TABLE},
            {
                "methods": "Patients aged 16 to 65 years were eligible.",
                "tables": "Table 1. Patients.\n\n| | All (n = 20) |\n|---|---|\n| Age, years, range | 16-64 |\n",
            },
        ],
    ),
    sign_of_diagnosis.sign_of_diagnosis: (
        [{"tables": RASHES.format(sign=14)}],
        [{"tables": RASHES.format(sign=13)}, {"tables": EVENTS}],
    ),
}


def cases(which: int) -> list[Any]:
    return [
        pytest.param(check, parts, id=f"{check.__name__}-{n}")
        for check, tables in CASES.items()
        for n, parts in enumerate(tables[which])
    ]


@pytest.mark.parametrize(("check", "parts"), cases(0))
def test_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].code in CODES
    assert found[0].hint
    assert all(q.text == paper(**parts).document.text[q.start : q.end] for q in found[0].quotes)


@pytest.mark.parametrize(("check", "parts"), cases(1))
def test_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


def test_every_statement_check_has_both_tables() -> None:
    assert all(found and alone for found, alone in CASES.values())
    assert sum(len(alone) for _, alone in CASES.values()) >= sum(len(found) for found, _ in CASES.values())


CODES = {
    code
    for module in (
        changed_by,
        commonest,
        counted_visits,
        direction,
        eligibility,
        legend_claims,
        none_of_them,
        not_in_table,
        ratio_direction,
        rows_direction,
        rows_of_models,
        rows_significant,
        shares,
        sign_of_diagnosis,
        significance,
        sweeping,
        two_groups,
        visits_differ,
    )
    for code in module.CODES
}
