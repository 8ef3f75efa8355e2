"""Slips in names, limits and lists, and what a design leaves open: what is found, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import cases, paper

from evsynth.checks.scanned.calendar.record_dates import record_dates
from evsynth.checks.scanned.design import adjusted_for_later, group_by_future, left_out, outcome_dropped
from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.places import bounds_differ, whole_is_part
from evsynth.checks.scanned.reporting import (
    abbreviations,
    adjusted_r_squared,
    collected,
    flow_unexplained,
    misprinted_abbreviation,
    survival_uncounted,
)
from evsynth.checks.scanned.statements import direction_unstated
from evsynth.checks.scanned.tabled import percent_announced
from evsynth.checks.scanned.told import p_of_bare_shares
from evsynth.scan.document import read_document

NOTES = (
    "Table 1. Patients.\n\n| Finding | All (n = 40) |\n|---|---|\n| NSIP | 22 |\n| AIP | 2 |\n\n"
    "NSIP, nonspecific interstitial pneumonia; UIP, usual interstitial pneumonia; {}; ESR, erythrocyte sedimentation "
    "rate; CRP, C-reactive protein.\n"
)
LEGEND = (
    "Figure 1. Courses. FVC: forced vital capacity; DLCO: diffusing capacity for carbon "
    "monoxide; {}; BMI: body mass index."
)
MANY = "The MAAs group was small. MAAs were rare; in the MAAs group FVC fell. MAAs and MSAs were seen. MAAs differ. "
LISTED = (
    "Laboratory data collected included ferritin, creatinine, haemoglobin, troponin, albumin, urea{} and transferrin."
)
TOLD = "Ferritin, creatinine, haemoglobin and albumin fell; urea and transferrin did not change."
PARTS = (
    "Table 1. Domains (n = 48).\n\n| Finding | Patients |\n|---|---|\n| Compartments affected (besides lung) | |\n"
    "| Pleural effusion | {}/48 |\n| Pericardial effusion | {}/48 |\n| Airways | {}/48 |\n| Vessels | 5/48 |\n"
)
PATTERNS = (
    "Table 2. Patterns.\n\n| Finding | Drug (n = 12) | Control (n = 22) |\n|---|---|---|\n"
    "| {} | | |\n| NSIP | {} | {} |\n"
    "| UIP | 3 | 2 |\n| OP | 0 | 1 |\n"
)
WEIGHTED = (
    "The propensity score came from a logistic model including age, sex, plasma exchange and cyclophosphamide. {}"
)
COHORT = "In all, 52 patients with fibrosis were included. The 52 enrolled patients were seen again. "
DIED = (
    "Table 3. Outcome.\n\n| Outcome | Drug (n = 60) | Control (n = 58) |\n|---|---|---|\n"
    "| Death, n (%) | 3 (5.0) | 9 (15.5) |\n"
)

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    abbreviations.abbreviations: (
        [
            {"tables": NOTES.format("AIP, acute pneumonia")},
            {"tables": NOTES.format("HRCT, computed tomography")},
            {"tables": LEGEND.format("LVEF: fraction of ejection")},
            {"tables": LEGEND.format("CPET: exercise testing")},
        ],
        [
            {"tables": NOTES.format("AIP, acute interstitial pneumonia")},
            {"tables": NOTES.format("HRCT, high-resolution computed tomography")},
            {"tables": LEGEND.format("LVEF: ejection fraction of the left ventricle")},
            {"tables": LEGEND.format("TID: three times daily")},
            {"tables": LEGEND.format("XRT: radiation therapy")},
            {"tables": "Figure 2. AIP, acute pneumonia; HRCT, computed tomography."},  # a list of its own kind
            {"results": "Two had AIP, acute pneumonia; others had none."},
        ],
    ),
    misprinted_abbreviation.misprinted_abbreviation: (
        [
            {"results": MANY + "In MAsA they rose."},
            {"results": "IPAF is rare. IPAF was seen, IPAF was treated, IPAF was cured; IPAF returned. One had IPFA."},
            {"results": "HRCT was done. HRCT showed it, HRCT again; HRCT late and HRCT early. A HCRT was missed."},
        ],
        [
            {"results": MANY + "In MAA they rose."},
            {"results": "LDH rose, LDH fell, LDH was high. LDH again and LDH. HDL was low."},  # three letters
            {"results": "IPAF is rare. IPAF was seen. One had IPFA."},  # not common enough to be the right one
            {"results": MANY + "Muscle aches (MASA) were told."},  # explained
        ],
    ),
    bounds_differ.bounds_differ: (
        [
            {"methods": "ANA ≥1:320 was positive.", "results": "ANA >1:320 was found in 13."},
            {"methods": "Adults with ferritin >500 ng/ml were included.", "results": "Ferritin ≥500 ng/ml was usual."},
            {"abstract": "We included patients with FVC ≤ 70%.", "methods": "Patients with FVC <70% were eligible."},
        ],
        [
            {"methods": "ANA ≥1:320 was positive.", "results": "ANA ≥1:320 was found in 13."},
            {"methods": "FVC <70% was low.", "results": "FVC ≥70% was found in 12."},  # the two halves
            {"methods": "P < 0.05 was significant.", "results": "P ≤ 0.05 was reached."},
            {"methods": "Ferritin >500 ng/ml was high.", "results": "Ferritin ≥500 mg/ml was found."},
            {"methods": "CRP >5 mg/l was high.", "results": "CRP ≥50 mg/l was found."},
        ],
    ),
    whole_is_part.whole_is_part: (
        [
            {"results": "Compartments affected were many (23, 47.9%).", "tables": PARTS.format(23, 9, 3)},
            {"results": "Compartments affected besides were common: 18 of 48.", "tables": PARTS.format(18, 4, 2)},
            {"abstract": "Compartments affected outside: 9 patients.", "tables": PARTS.format(2, 9, 3)},
        ],
        [
            {"results": "Compartments affected were many (31, 64.6%).", "tables": PARTS.format(23, 9, 3)},
            {"results": "Pleural effusion was common (23, 47.9%).", "tables": PARTS.format(23, 9, 3)},
            {"results": "Compartments affected were many.", "tables": PARTS.format(23, 9, 3)},
            {"results": "Compartments affected numbered 23.", "tables": PARTS.format(23, 0, 0)},
        ],
    ),
    percent_announced.percent_announced: (
        [
            {"tables": PATTERNS.format("HRCT patterns, no. (%)", 7, 19)},
            {"tables": PATTERNS.format("Pattern, n (%)", 9, 19)},
            {"tables": PATTERNS.format("Patterns, n, (%)", 8, 18)},
        ],
        [
            {"tables": PATTERNS.format("HRCT patterns, no. (%)", "7 (58.3)", "19 (86.4)")},
            {"tables": PATTERNS.format("HRCT patterns, no.", 7, 19)},
            {"tables": PATTERNS.format("HRCT patterns", 7, 19)},
        ],
    ),
    adjusted_r_squared.adjusted_r_squared: (
        [
            {"results": "The model explained 22.8% of the variance in response (adjusted R2 = 0.228)."},
            {"results": "It accounted for 31% of the variability of the change (adj. R² = 0.31)."},
        ],
        [
            {"results": "The model explained 28.1% of the variance (R2 = 0.281, adjusted R2 = 0.228)."},
            {"results": "The model explained 22.8% of the variance (R2 = 0.228)."},
            {"results": "The adjusted R2 was 0.228."},
        ],
    ),
    collected.collected: (
        [
            {"methods": LISTED.format(""), "results": TOLD},
            {"methods": LISTED.format("").replace("troponin", "complement levels"), "results": TOLD},
            {"methods": LISTED.format(", procalcitonin"), "results": TOLD + " Troponin was normal."},
        ],
        [
            {"methods": LISTED.format(""), "results": TOLD + " Troponin was normal."},
            {"methods": LISTED.format(""), "results": "Nothing changed."},  # most of the list is told nowhere
            {"methods": "Laboratory data collected included ferritin, urea and troponin.", "results": TOLD},
            {"methods": LISTED.format("").replace("troponin", "anti-Jo1"), "results": TOLD + " Jo-1 was found."},
        ],
    ),
    survival_uncounted.survival_uncounted: (
        [
            {"results": "A significant improvement in 12-month survival was seen (log-rank P = 0.004)."},
            {"results": "The two-year survival rate was higher with the drug (HR 0.55, P = 0.03)."},
            {"results": "One-year mortality was lower in the treated group (P = 0.02)."},
        ],
        [
            {"results": "The two-year survival rate was higher with the drug (81% versus 62%, P = 0.03)."},
            {"results": "One-year mortality was lower (P = 0.02); 3 patients died on the drug and 11 on placebo."},
            {"results": "One-year mortality was lower in the treated group (P = 0.02).", "tables": DIED},
            {"discussion": "One-year mortality was lower in another study (P = 0.02)."},
        ],
    ),
    flow_unexplained.flow_unexplained: (
        [
            {"methods": "We screened the medical records of 271 patients of the ward.", "results": COHORT},
            {"methods": "In all, 640 consecutive patients were retrospectively reviewed.", "results": COHORT},
        ],
        [
            {"methods": "We screened the records of 271 patients; 219 were excluded.", "results": COHORT},
            {"methods": "We screened the records of 271 patients (flow chart in Figure 1).", "results": COHORT},
            {"methods": "We screened the medical records of 61 patients of the ward.", "results": COHORT},
            {"methods": "We screened 271 records of patients.", "results": COHORT + "After exclusion, 52 remained."},
        ],
    ),
    outcome_dropped.outcome_dropped: (
        [
            {"discussion": "We decided not to include lung function results in this analysis."},
            {"methods": "Because values were missing, it was decided not to analyse walking distance."},
            {"results": "We therefore omitted the questionnaire scores."},
        ],
        [
            {"methods": "We decided not to include patients who were younger."},
            {"methods": "We chose not to correct for many tests. We decided not to adjust."},
            {"methods": "We decided not to include case reports."},
            {"methods": "We decided to include lung function."},
        ],
    ),
    group_by_future.group_by_future: (
        [
            {"methods": "The drug group was defined as those who took it and were not exposed to any other agent."},
            {"methods": "The control group included all patients who had not received any other immunosuppressant."},
        ],
        [
            {"methods": "The drug group was defined as those who had not previously received any other agent."},
            {"methods": "They were randomly assigned. A drug group included those who did not receive any other."},
            {"methods": "The drug group was defined as patients who took it at the start."},
        ],
    ),
    adjusted_for_later.adjusted_for_later: (
        [
            {"methods": WEIGHTED.format("Plasma exchange was permitted when the disease worsened.")},
            {"methods": WEIGHTED.format("Cyclophosphamide was added if lung function deteriorated.")},
        ],
        [
            {"methods": WEIGHTED.format("Plasma exchange was given at the start.")},
            {"methods": WEIGHTED.format("Rituximab was permitted when the disease worsened.")},
            {"methods": "The score came from age and sex. Plasma exchange was permitted when the disease worsened."},
        ],
    ),
    direction_unstated.direction_unstated: (
        [
            {"results": "Although the median remained 0 at both visits, the change reached statistical significance."},
            {"results": "The change in cysts was significant (median change 0, P = 0.02)."},
            {"results": "A significant difference was found, while the mean score stayed at 2 (P = 0.03)."},
        ],
        [
            {"results": "Although the median remained 0, the change was significant, and most patients got worse."},
            {"results": "The change in cysts was not significant (median change 0, P = 0.62)."},
            {"results": "The change in cysts was significant (median change 2, P = 0.02)."},
            {"results": "With these left out the difference remained significant (P = 0.02)."},
            {"results": "The median remained 0, and cysts increased significantly; this change was significant."},
        ],
    ),
    p_of_bare_shares.p_of_bare_shares: (
        [
            {"results": "A total of 54 patients were included. Response was likelier in A than in B (67% vs 35%, "
                        "respectively; P = .013)."},
            {"results": "We enrolled 40 patients. Cure was seen in 80% versus 30% of them (P = 0.87)."},
        ],
        [
            {"results": "A total of 54 patients were included. Response was likelier in A than in B (67% vs 35%, "
                        "respectively; P = .027)."},  # 18 of 27 and 9 of 26 give it
            {"results": "A total of 354 patients were included. Response was likelier in A (67% vs 35%; P = .013)."},
            {"results": "A total of 54 patients were included. Response was likelier in A (67% vs 35%; P < .05)."},
            {"results": "A total of 54 patients were included. Survival was better in A (67% vs 35%; P = .013)."},
            {"results": "A total of 54 patients were included. Cure: A 67% vs B 35% (P = .013). Pain: 60% vs 30% (P = "
                        ".004)."},  # both are so: another test
            {"results": "A total of 54 patients were included, by logistic regression 67% vs 35% (P = .013)."},
        ],
    ),
    left_out.left_out: (
        [{"methods": "Cases who died during the study were not included.", "results": "Images were analyzed except for "
          "cases who died."}],
        [
            {"results": "No child was removed after enrolment."},
            {"results": "Patients who withdrew consent were left out; all others were analysed."},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_slip_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].severity in ("concern", "note")
    assert found[0].hint
    assert all(q.text.strip() for q in found[0].quotes)


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_slip_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


def test_that_each_has_as_many_left_alone() -> None:
    assert all(len(alone) >= len(found) for found, alone in CASES.values())


def test_that_a_mismatch_names_the_words_told_elsewhere() -> None:
    said = paper(methods="One had acute interstitial pneumonia (AIP).", tables=NOTES.format("AIP, acute pneumonia"))
    (found,) = abbreviations.abbreviations(said)
    assert "elsewhere it is 'acute interstitial pneumonia'" in found.message
    assert [q.text for q in found.quotes] == ["AIP, acute pneumonia", "acute interstitial pneumonia (AIP)"]


def test_that_all_sentences_on_those_left_out_are_quoted() -> None:
    (parts,) = CASES[left_out.left_out][0]
    (found,) = left_out.left_out(paper(**parts))
    assert len(found.quotes) == 2


HISTORY = (
    "PMID- 1\nTI  - A study.\nAB  - We saw 12 patients.\nPHST- {} 00:00 [received]\n"
    "PHST- {} 00:00 [accepted]\nPHST- {} 00:00 [pubmed]\n"
)


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (("2022/06/26", "2022/08/16", "2022/09/20"), []),
        (("2022/06/26", "2022/06/26", "2022/09/20"), []),
        (("2022/06/26", "2022/01/01", "2022/09/20"), ["accepted on 2022/01/01"]),
        (("2022/06/26", "2022/08/16", "2021/09/20"), ["pubmed on 2021/09/20", "pubmed on 2021/09/20"]),
    ],
)
def test_the_dates_of_a_record(days: tuple[str, str, str], told: list[str]) -> None:
    found = list(record_dates(reading(read_document("record", HISTORY.format(*days)))))
    assert [f.message.split(" is ")[0] for f in found] == told
