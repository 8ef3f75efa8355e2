"""Findings that hostile readers proved false, half false or overstated: the innocent reading is left alone now.

The texts are in other words and other numbers than theirs; for each check something close by is still found.
"""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import cases, paper

from evsynth.checks.scanned.calendar import record_dates
from evsynth.checks.scanned.design import (
    adjusted_for_later,
    called_equal,
    causal_words,
    correction,
    coupling,
    immortal_time,
    sample_size,
    unshown,
)
from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.numbers import p_of_means, ratios
from evsynth.checks.scanned.places import nowhere_else, repeated
from evsynth.checks.scanned.reporting import (
    abbreviations,
    all_of_them,
    collected,
    flow_unexplained,
    places_named,
    strength,
    summaries_said,
)
from evsynth.checks.scanned.statements import (
    direction,
    direction_unstated,
    legend_directions,
    legend_unchanged,
    ratio_claimed,
    shares_beside,
    sweeping,
)
from evsynth.checks.scanned.tabled import effect_cells
from evsynth.checks.scanned.told import shares_of_all
from evsynth.scan.document import read_document

CLAIM = "Correlations revealed strong associations between imaging and inflammatory markers."
LAB = "Laboratory data collected consisted of ferritin, albumin, {}, platelets, amylase, lipase and troponin."
TOLD = "Ferritin fell, albumin rose, platelets, amylase and lipase were normal, and troponin stayed low."
COHORT = "In all, 52 patients were included. The 52 enrolled patients were seen again."
BY_ANTIBODY = "Patients were classified by antibody status as carriers (n = 14) or non-carriers (n = 19)."
BY_DRUG = "Patients received the drug (n = 14) or the drug and oxygen (n = 19)."
PROSPECTIVE = "In this prospective study patients were followed for a year."
BETTER = "Walking distance was greater in the second group (P = 0.03)."
WEIGHTS = (
    "The propensity score was calculated from a logistic model including age, sex and plasma exchange.\n\n"
    "## Retrospective cohort\n\nRecords were searched; inverse probability weighting was used.\n\n"
    "## {} cohort\n\nPlasma exchange was permitted when the disease worsened."
)
PANELS = """Figure 2. Changes in scores. All the scale indicators showed significant increases from baseline.
(A) Changes in {}. (B) Changes in Sleep Index.
"""
ONE_OF_TWO = "All patients responded and tolerated well this treatment."
TRIPLE = "In our study, all patients responded well to this triple therapy."
ARMS = "Patients had the drug (n = 15) or the drug combined with oxygen (n = 20). {}"
LEFT = "The images were analysed except for cases who died. 9 patients with the drug and {} patients with combination "
MEDIANS = "Data are mean ± SD, median (interquartile range, IQR) or number (%)."
CHANGE = (
    "Table 2. Prednisone.\n\n| Variable | Drug (n = 40) difference | Control (n = 38) difference | P |\n"
    "|---|---|---|---|\n| Individual change, mg/day | 0 (-7.5 to 0) | 0 (-4 to 0) | 0.022 |\n"
)
STEP = (
    "Table 2. Prednisone.\n\n| Variable | Drug (n = 40) | Control (n = 38) | P |\n|---|---|---|---|\n"
    "| Difference from baseline, mg/day | 0 (-7.5 to 0) | 0 (-4 to 0) | 0.0001 |\n"
)
TWO_ARMS = "We studied 210 men, of whom 105 had the drug and 105 placebo."
MEANS = (
    "Table 3. Lung function.\n\n| Variable | Drug (n = 90) | Control (n = 80) | P |\n|---|---|---|---|\n"
    "| Baseline, % predicted, mean ± SD | 71.0 ± 14.0 | 73.9 ± 15.1 | 0.31 |\n"
)
T_TEST = "Groups were compared by the t-test."
RATE = "Compared with rituximab the rate of pneumonia on cyclophosphamide was 2.90 times as high (95% CI 1.30 to 6.50)."

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    strength.strength: (
        [
            {"results": f"{CLAIM} GGO correlated with consolidation (ρ = 0.71, P < 0.001) and with CRP (ρ = 0.29, "
                        "P = 0.04)."},
            {"results": f"{CLAIM} The score correlated with ferritin (r = 0.41, P = 0.01). Nobody was lost. A strong "
                        "concordance was seen between CRP and ESR (r = 0.66, P < 0.001)."},
        ],
        [
            {"results": f"{CLAIM} GGO correlated with consolidation (ρ = 0.31, P = 0.03) and with CRP (ρ = 0.62, "
                        "P < 0.001)."},
            {"results": f"{CLAIM} Nobody was lost. The CT score correlated with ferritin (r = 0.58, P < 0.001)."},
        ],
    ),
    collected.collected: (
        [{"methods": LAB.format("procalcitonin"), "results": TOLD}],
        [
            {"methods": LAB.format("serum creatinine"), "results": TOLD + " Nobody had kidney failure."},
            {"methods": LAB.format("serum glucose"), "results": TOLD + " Two had new diabetes."},
        ],
    ),
    sample_size.sample_size: (
        [{"methods": f"{PROSPECTIVE} {BY_DRUG}", "results": BETTER}],
        [
            {"methods": f"{PROSPECTIVE} {BY_ANTIBODY}", "results": BETTER},
            {"methods": f"Records were searched. {BY_DRUG}", "results": BETTER,
             "abstract": "Methods: Records. Conclusion: Further randomised trials are needed to confirm this."},
        ],
    ),
    direction_unstated.direction_unstated: (
        [
            {"results": "Although the median stayed at 0, the change was significant (P = 0.02). "
                        "Pain rose (P = 0.01)."},
            {"results": "Although the median stayed at 0, the change was significant (P = 0.02). In 9 of 60 patients "
                        "cysts increased."},  # and in the others?
        ],
        [
            {"results": "Although the median stayed at 0, the change was significant (P = 0.02). The cysts increased."},
        ],
    ),
    adjusted_for_later.adjusted_for_later: (
        [{"methods": WEIGHTS.format("Retrospective")}, {"methods": WEIGHTS.format("Prospective")}],
        [{"methods": WEIGHTS.format("Prospective").replace("Plasma exchange was", "Rituximab was")}],
    ),
    legend_directions.legend_directions: (
        [
            {"results": f"There was a decrease in Sleep Index at week 24.\n\n{PANELS.format('Gait Score')}"},
            {"results": f"All the scales showed improvement (Figure 2).\n\n{PANELS.format('Fatigue Index')}"},
        ],
        [
            {"results": "Patients on both drugs showed a decrease in Sleep Index than those in the control group.\n\n"
                        f"{PANELS.format('Gait Score')}"},
            {"results": f"All the scales showed improvement (Figure 2).\n\n{PANELS.format('Gait Score')}"},
        ],
    ),
    all_of_them.all_of_them: (
        [
            {"discussion": TRIPLE, "results": ARMS.format(LEFT.format(17)) + "therapy had a second image."},
            {"discussion": ONE_OF_TWO, "results": "Of 34 patients 26 had a scan, the survived patients (26/34)."},
        ],
        [
            {"discussion": TRIPLE, "results": ARMS.format(LEFT.format(20)) + "therapy had a second image."},
            {"discussion": TRIPLE, "results": "Of 34 patients 26 had a scan, the survived patients (26/34)."},
        ],
    ),
    direction.direction: (
        [{"results": "The dose was lower with the drug than with placebo (40 mg vs. 12 mg)."}],
        [
            {"results": "The dose was lower at month 12 compared with the baseline (40 mg/d vs. 12 mg/d)."},
            {"results": "Ferritin was significantly higher at the last visit than at baseline (310 vs 520)."},
        ],
    ),
    abbreviations.abbreviations: (
        [{"tables": "Table 1. Patients.\n\n| A | B |\n|---|---|\n| x | 1 |\n\nAZA, azathioprine; MTX, methotrexate; "
                    "LVF, left filling; ESR, erythrocyte sedimentation rate; CRP, C-reactive "
                    "protein; GGO, ground-glass opacity."}],
        [{"results": "Four had mycophenolate mofetil (MMF).",
          "tables": "Table 1. Patients.\n\n| A | B |\n|---|---|\n| x | 1 |\n\nMMF, mycophenolate; ESR, erythrocyte "
                    "sedimentation rate; CRP, C-reactive protein; GGO, ground-glass opacity."}],
    ),
    effect_cells.effect_cells: (
        [{"methods": MEDIANS, "tables": CHANGE.replace("| 0 (", "| MD 0 (")}],
        [{"methods": MEDIANS, "tables": CHANGE}],
    ),
    ratios.ratios: (
        [{"methods": MEDIANS, "tables": STEP.replace("Prednisone.", "Prednisone (95% CI).")}],
        [{"methods": MEDIANS, "tables": STEP}],
    ),
    shares_of_all.shares_of_all: (
        [{"results": f"{TWO_ARMS} Cough was seen in 61 men (39.0%): 42 (40.0%) on the drug, 19 (18.1%) on placebo."}],
        [{"results": f"{TWO_ARMS} Cough was seen in 61 (58.1%) v 19 (18.1%) men, fever in 42 (40.0%) v 10 (9.5%)."}],
    ),
    shares_beside.shares_beside: (
        [{"results": "One in 15 (33%) had fever."}, {"results": "Fever struck one in four (52%), cough one in two."}],
        [
            {"results": "Earlier drugs: one in 18 (36%), two in 22 (44%), three in 10 (20%)."},
            {"results": "We studied 50 patients. Earlier drugs: one in 18 (36%), more in the others."},
        ],
    ),
    ratio_claimed.ratio_claimed: (
        [{"results": RATE, "conclusion": "Pneumonia was less common with cyclophosphamide."}],
        [{"results": RATE, "conclusion": "Pneumonia was less common with rituximab."}],
    ),
    p_of_means.p_of_means: (
        [
            {"methods": T_TEST, "tables": MEANS},
            {"methods": T_TEST, "tables": MEANS, "results": "In 40 and 30 of them values were available."},
        ],
        [{"methods": T_TEST, "tables": MEANS, "results": "Values were available for 54 and 52 of them."}],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_found(check: Any, parts: dict[str, str]) -> None:
    assert list(check(paper(**parts)))


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


def test_the_coefficients_of_the_kinds_that_the_claim_names_are_quoted() -> None:
    told = f"{CLAIM} GGO correlated with consolidation (ρ = 0.71, P < 0.001) and with CRP (ρ = 0.29, P = 0.04)."
    (found,) = strength.strength(paper(results=told))
    assert found.message.endswith("for it between imaging and inflammatory markers is 0.29")
    assert [q.text for q in found.quotes] == ["strong associations", "0.29"]


def test_that_the_criteria_are_given_is_said() -> None:
    searched = "We screened the medical records of 271 patients of the ward."
    (bare,) = flow_unexplained.flow_unexplained(paper(methods=searched, results=COHORT))
    criteria = " Patients who met the criteria and were treated for a month were included."
    (found,) = flow_unexplained.flow_unexplained(paper(methods=searched + criteria, results=COHORT))
    assert bare.message.endswith("why the others are not is told nowhere")
    assert found.message.endswith("who was included is told, and how many were left out for which reason is not")


def test_all_rows_that_a_sweeping_sentence_passes_over_are_told() -> None:
    rows = "\n".join(f"| Score {name} | 5 | 4 | 0.{p} |" for name, p in zip("ABCDEFGH", range(31, 39), strict=True))
    table = f"Table 2. Outcomes after treatment.\n\n| Score | Drug | Placebo | P |\n|---|---|---|---|\n{rows}\n"
    (found,) = sweeping.sweeping(
        paper(results="All scores improved (Table 2).", tables=table + "| Score I | 5 | 4 | 0.01 |\n")
    )
    assert "not below 0.05 in 8 of 9 rows" in found.message
    assert len(found.quotes) == 9


def test_the_label_of_a_summary_is_quoted_whole() -> None:
    table = "Table 1. Patients. Values are mean ± SD or n (%).\n\n| Age | All (n = 40) |\n|---|---|\n| Age | 50 ± 9 |\n"
    methods = "All continuous variables are expressed as median (interquartile range)."
    (found,) = summaries_said.summaries_said(paper(methods=methods, tables=table))
    assert found.quotes[-1].text.startswith("Values are mean ± SD or n (%)")


def test_p_values_are_counted_where_they_stand_and_levels_are_none() -> None:
    rows = "\n".join(f"| Score {n} | 5 | 4 | 0.{n} |" for n in range(30, 48))
    table = f"Table 2. Outcomes.\n\n| Score | Drug | Placebo | P |\n|---|---|---|---|\n{rows}\n"
    told = "Pain fell (P = 0.01), sleep rose (P = 0.02) and gait changed (P = 0.03). Stars: *P < 0.05; **P < 0.01."
    found = [f for f in unshown.unshown(paper(results=told, tables=table)) if f.code == "MANY_TESTS"]
    assert [f.message.partition(";")[0] for f in found] == [
        "P values are printed 21 times (18 in Table 2, 3 in the text of the results"
    ]


def test_shares_of_the_next_sentence_are_not_said_to_be_what_is_called_equal() -> None:
    shares = "Infections struck 7 of 13 patients (53.8%) on the drug and 9 of 23 (39.1%) on placebo."
    (found,) = called_equal.called_equal(paper(results=f"The rate of harms was comparable. {shares}"))
    assert found.message.startswith("'was comparable' is said, and the sentence after it counts 7 of 13 and 9 of 23;")


def test_a_correction_named_in_a_legend_is_told_with_it_and_each_p_once() -> None:
    told = "Pain was significantly lower (p = 0.031). Sleep was higher (p = 0.031); gait improved (p = 0.044)."
    legend = "\n\nFigure 3. Scores. P by the log-rank test with Bonferroni adjustment.\n"
    (found,) = correction.correction(paper(methods="A Bonferroni post-test was used.", results=told + legend))
    assert found.message == (
        "'Bonferroni' is named in the methods and in the legend of Figure 3; whether P 0.031, 0.044 are corrected is "
        "not told"
    )


def test_a_treatment_without_a_time_is_not_said_to_be_later() -> None:
    open_ = "Survival was compared. Patients who additionally received the drug entered the second group."
    (found,) = immortal_time.immortal_time(paper(methods=open_))
    assert "when it began is not told" in found.message
    (found,) = immortal_time.immortal_time(paper(methods=open_.replace("additionally", "later")))
    assert "given after the start of follow-up" in found.message


def test_one_p_for_two_analyses_is_a_concern() -> None:
    told = "Death was rarer (log-rank P = 0.0031).\n\nFigure 2. Time to relapse (log-rank P = 0.0031)."
    (found,) = repeated.repeated(paper(results=told))
    assert found.severity == "concern"
    assert "inconsistent" not in found.message


def test_a_change_that_the_legend_calls_not_significant_is_a_note() -> None:
    told = "Ground-glass opacity was unchanged.\n\nFigure 4. {}mprovements of ground-glass opacity were seen."
    (note,) = legend_unchanged.legend_unchanged(paper(results=told.format("Non-significant i")))
    (concern,) = legend_unchanged.legend_unchanged(paper(results=told.format("Significant i")))
    assert (note.severity, concern.severity) == ("note", "concern")


def test_couplings_of_one_paper_are_one_finding() -> None:
    table = (
        "Table 3. Regression of the change in total score.\n\n| Variable | B | 95% CI | P |\n|---|---|---|---|\n"
        "| Baseline pain | 0.11 | (-0.05, 0.27) | 0.17 |\n| Baseline total score | 0.20 | (-0.40, 0.80) | 0.50 |\n"
    )
    methods = "The total score was the sum of the scores."
    told = "Total score improvement correlated with pain (r = 0.6)."
    (found,) = coupling.coupling(paper(methods=methods, results=told, tables=table))
    assert "'Baseline pain', 'Baseline total score'" in found.message
    assert "; and a total is correlated" in found.message
    assert len(found.quotes) == 4


def test_an_abstract_page_that_repeats_the_full_text_gives_no_second_finding() -> None:
    claim = "Conclusion: Tacrolimus treatment led to better scores."
    whole = paper(abstract=f"Methods: A retrospective cohort. {claim}")
    page = reading(read_document("page", f"A study\n\nAbstract\nMethods: A retrospective cohort. {claim}\n"))
    assert list(causal_words.causal_words(page))
    assert list(causal_words.causal_words(page._replace(related=(whole,)))) == []
    (found,) = causal_words.causal_words(whole._replace(related=(page,)))
    assert {q.source for q in found.quotes} == {"invented", "page"}


def test_a_hospital_that_is_an_address_of_authors_is_a_note() -> None:
    here = paper(methods="Patients were seen between 2019 and 2023 at Kochi Hospital of the East University.")
    address = reading(read_document("page", "A study\n\nKochi Central Hospital Affiliated to North College, Kochi\n"))
    seen = paper(methods="Patients were seen from 2019 to 2023 at Kochi Central Hospital Affiliated to North College.")
    (note,) = places_named.places_named(here._replace(related=(address,)))
    (concern,) = places_named.places_named(here._replace(related=(seen,)))
    assert (note.severity, concern.severity) == ("note", "concern")
    assert "which does not say where they were seen, names" in note.message


def test_a_release_dated_first_of_january_is_the_date_of_a_collection() -> None:
    record = "PMID- 1\nTI  - A study.\nAB  - We saw 12 patients.\nPHST- 2023/05/02 00:00 [received]\nPHST- {} [{}]\n"
    for day, name, count in (
        ("2023/01/01 00:00", "pmc-release", 0), ("2023/02/03 00:00", "pmc-release", 1),
        ("2023/01/01 00:00", "accepted", 1),
    ):  # fmt: skip
        found = record_dates.record_dates(reading(read_document("record", record.format(day, name))))
        assert len(list(found)) == count


def test_a_number_of_the_discussion_is_not_a_share_of_the_discussion() -> None:
    body = " ".join(f"Score {n} was {n}.5 in the patients." for n in range(20, 45))
    found = list(nowhere_else.nowhere_else(paper(
        abstract="Results: Scores were measured.", results=body,
        discussion="In our study 81.3% of the data were lost.",
    )))  # fmt: skip
    assert [f.message for f in found] == ["81.3%, told in the discussion, stands nowhere else in the paper"]
