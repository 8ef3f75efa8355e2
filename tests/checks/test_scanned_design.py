"""Concerns about design that a text states: what is found, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import EVENTS, MODEL, TABLE, cases, paper

from evsynth.checks.scanned.design import (
    causal_words,
    contrast_of_significance,
    coupling,
    covariates,
    endpoints,
    guarantee_time,
    immortal_time,
    left_out,
    overlapping_windows,
    registration,
    unshown,
    weighting,
)

PRIMARY = "The primary outcome was the change in pain score at week 24."
ABSTRACT = "Methods: Adults were treated. Results: {} Conclusion: More work is needed."

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    guarantee_time.guarantee_time: (
        [
            {"methods": "Patients who had received the drug for at least 3 months were included."},
            {"methods": "We included patients treated with azathioprine for more than 6 months."},
            {"methods": "Patients who died within 30 days were excluded."},
            {"methods": "Patients were eligible if they remained on treatment for ≥ 12 weeks."},
            {"methods": "We included all patients with ≥ 3 months of treatment."},
            {"methods": "To be eligible, patients had to have taken nintedanib for 6 months or longer."},
            {"methods": "Patients with a follow-up of less than 6 months were excluded."},
        ],
        [
            {"methods": "Patients on a stable dose for at least 3 months before enrolment were included."},
            {"methods": "Patients with symptoms for at least 3 months were included."},
            {"methods": "Patients were randomised 1:1 to drug or placebo. Those treated for at least 3 months were "
                "included."},
            {"methods": "A landmark analysis included patients treated for at least 3 months."},
            {"methods": "Patients were treated for at least 3 months."},
            {"methods": "In this meta-analysis, we included patients treated for at least 3 months.",
             "title": "A meta-analysis"},
            {"methods": "In this case-control study, we included women treated for at least 1 year."},
            {"methods": "Patients who had received steroids within 3 months before enrolment were excluded."},
        ],
    ),
    immortal_time.immortal_time: (
        [
            {"methods": "Survival was compared. Patients who additionally received pirfenidone entered the "
                "combination group."},
            {"methods": "Mortality was analysed. Those who later started statins were classified as users."},
        ],
        [
            {"methods": "Survival was compared. Patients received pirfenidone or placebo from the first day."},
            {
                "methods": "Exposure was time-dependent in Cox models. Those who later started statins were "
                "classified as "
                "users."
            },
            {"methods": "Those who additionally received physiotherapy entered the combination group."},
        ],
    ),
    left_out.left_out: (
        [
            {"results": "Forty patients were enrolled, and six were excluded because of loss to follow-up."},
            {"methods": "Five participants with few sessions were removed after randomisation and replaced."},
            {"methods": "Patients who died during the study were not included in the analysis."},
            {"methods": "Only patients who completed 24 weeks were analysed."},
            {"methods": "Patients without a week 24 visit were excluded from all analyses."},
            {"results": "Outcomes are reported for the 88 patients who completed follow-up."},
        ],
        [
            {"results": "Forty patients were screened, and six were excluded because they were pregnant."},
            {
                "methods": "The analysis was by intention to treat.",
                "results": "Forty patients were enrolled, and six were excluded because of loss to follow-up.",
            },
            {"results": "Forty patients were enrolled, and six were lost to follow-up."},
            {"methods": "Patients who died during the study were counted as failures."},
            {"methods": "Patients who withdrew were included up to the date of withdrawal."},
            {"results": "Two patients withdrew consent after randomisation; all others were analysed."},
        ],
    ),
    weighting.weighting: (
        [
            {"methods": "Groups were compared by inverse probability of treatment weighting."},
            {"methods": "Patients were matched 1:1 by propensity score matching.", "results": "Electrolyte "
                "imbalance was rare."},
            {"methods": "We used IPTW.", "results": "The groups were well balanced in age before treatment."},
        ],
        [
            {"methods": "We used IPTW.", "results": "All standardised mean differences were below 0.1."},
            {"methods": "We used IPTW.", "results": "After weighting, the groups were well balanced."},
            {"methods": "We used IPTW. The effective sample size was 81."},
            {"methods": "Groups were compared by Cox regression."},
            {"methods": "We used propensity score matching.",
             "tables": TABLE.replace("Baseline characteristics.", "Baseline characteristics after matching.")},
        ],
    ),
    covariates.covariates: (
        [
            {"results": "A Cox model adjusted for nine covariates was fitted to 22 deaths."},
            {"tables": MODEL},
        ],
        [
            {"results": "A Cox model adjusted for two covariates was fitted to 22 deaths."},
            {"results": "A penalised Cox model adjusted for nine covariates was fitted to 22 deaths."},
            {"tables": MODEL.replace("n = 38", "n = 380")},
            {"tables": MODEL.replace("Multivariable linear", "Univariable linear")},
        ],
    ),
    registration.registration: (
        [
            {"methods": "This trial was registered (ChiCTR2100043595). Patients were enrolled from 2018 to 2020."},
            {"methods": "The trial was registered on 14 September 2020 (identifier X-12). The first patient was "
                "enrolled on "
                        "3 March 2020."},
            {"methods": "The study was retrospectively registered. Patients were enrolled from 2018 to 2020."},
        ],
        [
            {"methods": "This trial was registered (ChiCTR1700043595). Patients were enrolled from 2018 to 2020."},
            {"methods": "The trial was registered on 14 September 2020 (identifier X-12). The first patient was "
                "enrolled on "
                        "3 October 2020."},
            {"methods": "This trial was registered (NCT01234567). Patients were enrolled from 2018 to 2020."},
            {"methods": "This trial was registered (ChiCTR2100043595). Patients were enrolled from 2021 to 2023."},
        ],
    ),
    endpoints.endpoints: (
        [
            {"methods": PRIMARY, "results": "Walking distance rose (P = 0.01). The analysis of fatigue was planned."},
            {
                "methods": PRIMARY,
                "results": "Pain fell by 2 points.",
                "abstract": ABSTRACT.format("Walking distance was 30 m longer."),
            },
        ],
        [
            {"methods": PRIMARY, "results": "Pain fell.", "abstract": ABSTRACT.format("Pain fell by 2 points.")},
            {"methods": PRIMARY, "results": "Pain fell by 2 points."},
            {"methods": "The primary outcome was forced vital capacity.", "results": "FVC rose.",
             "abstract": ABSTRACT.format("FVC rose.")},
            {"methods": "The primary endpoint was overall survival.", "results": "Six patients died.",
             "abstract": ABSTRACT.format("Mortality was 8%.")},
            {"methods": "The primary endpoint was the total score on computed tomography (HRCT) of the chest.",
             "results": "The HRCT score fell.", "abstract": ABSTRACT.format("The HRCT score fell by 2 points.")},
        ],
    ),
    unshown.unshown: (
        [
            {"results": "Sensitivity analyses gave the same result (data not shown)."},
            {"methods": "Two radiologists independently scored the scans."},
        ],
        [
            {"results": "Sensitivity analyses gave the same result (Table S2)."},
            {"methods": "Two radiologists independently scored the scans (kappa 0.81)."},
            {"methods": "Two radiologists scored the scans in consensus."},
        ],
    ),
    overlapping_windows.overlapping_windows: (
        [
            {
                "methods": "The retrospective cohort was admitted from 2014 to 2020. The prospective cohort was "
                "enrolled "
                "from 2018 to 2020."
            },
        ],
        [
            {
                "methods": "The retrospective cohort was admitted from 2014 to 2017. The prospective cohort was "
                "enrolled "
                "from 2018 to 2020."
            },
            {
                "methods": "The retrospective cohort was admitted from 2014 to 2020. The prospective cohort was "
                "enrolled "
                "from 2018 to 2020. No patient was in both."
            },
        ],
    ),
    coupling.coupling: (
        [
            {"tables": MODEL.replace("| Age |", "| Baseline pain |")},
            {
                "methods": "The total score was the sum of four parts.",
                "results": "Total score improvement correlated with the second part.",
            },
        ],
        [
            {"tables": MODEL},
            {"results": "Total score improvement correlated with age."},
        ],
    ),
    contrast_of_significance.contrast_of_significance: (
        [
            {
                "results": "Pain improved significantly in the drug group (P = 0.01), whereas no significant "
                "improvement was "
                "seen in the placebo group."
            },
        ],
        [
            {
                "results": "Pain improved significantly in the drug group (P = 0.01), whereas no significant "
                "improvement was "
                "seen in the placebo group. The change differed between the groups (P = 0.02)."
            },
            {"results": "Pain improved significantly (P = 0.01), whereas fatigue did not change in the drug group."},
            {"results": "Pain improved significantly in the drug group compared with placebo, whereas fatigue did "
                "not."},
        ],
    ),
    causal_words.causal_words: (
        [
            {"methods": "This was a retrospective study.", "conclusion": "Treatment led to less pain."},
            {"title": "A before-after study", "conclusion": "This study demonstrates that the drug reduces pain."},
        ],
        [
            {"methods": "This was a retrospective study.", "conclusion": "Treatment was associated with less pain."},
            {"methods": "Patients were randomised 1:1 to drug or placebo.", "conclusion": "Treatment led to less "
                "pain."},
            {"methods": "This was a retrospective study.", "discussion": "In a trial, treatment led to less pain."},
        ],
    ),
}  # fmt: skip

MODULES = (
    causal_words, contrast_of_significance, coupling, covariates, endpoints, guarantee_time, immortal_time, left_out,
    overlapping_windows, registration, unshown, weighting,
)  # fmt: skip
CODES = {code for module in MODULES for code in module.CODES}


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_design_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].code in CODES
    assert found[0].severity in ("concern", "note")  # never an error: the text only states it
    assert found[0].hint


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_design_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


def test_many_tests_are_a_note_unless_corrected() -> None:
    lots = " ".join(f"Score {n} fell (P = 0.0{n % 9 + 1})." for n in range(24))
    assert [f.code for f in unshown.unshown(paper(results=lots))] == ["MANY_TESTS"]
    assert not list(unshown.unshown(paper(results=lots, methods="P values were corrected by Holm's method.")))
    assert not list(unshown.unshown(paper(tables=EVENTS)))


def test_every_design_check_has_both_tables() -> None:
    assert {m.__name__.rsplit(".", 1)[-1] for m in MODULES} == {check.__name__ for check in CASES}
    assert sum(len(alone) for _, alone in CASES.values()) >= sum(len(found) for found, _ in CASES.values())
