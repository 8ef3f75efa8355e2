"""Concerns of design that a reader would raise: what is found, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import cases, paper

from evsynth.checks.scanned.design import (
    balance_by_significance,
    causal_words,
    comparator_mixed,
    competing_death,
    confirmed_despite_null,
    judged_from_notes,
    outcome_decided,
    sample_size,
)
from evsynth.checks.scanned.reporting import harms_left_out
from evsynth.checks.scanned.statements import legend_unchanged

TWO = "Patients were treated with the drug (n = 14) or with the drug and oxygen (n = 19)."
PROSPECTIVE = "In this prospective study patients were followed for a year."
BETTER = "Walking distance was greater in the second group (P = 0.03)."
ALIKE = " There were no significant differences in demographic data and comorbidities between the groups."
KM = "Curves of Kaplan and Meier (Kaplan-Meier) were compared by the log-rank test."
TO_RELAPSE = "The secondary endpoint was the time from treatment to relapse."
DIED = "Seven patients died within the year."
NULL = (
    "Airspace consolidation fell significantly compared to baseline (P = 0.009), although the change of the two groups "
    "showed no statistically significant difference."
)
TAPER = "Prednisone dosages were adjusted by physicians according to the course."
SPARED = "The dose of prednisone was reduced from 30 to 10 mg (P < 0.001)."
RECORDS = "Dyspnoea was graded 0 to 4. Assessments were based on retrospective review of the medical records."
SAFE = "Nausea was the most common adverse event and was manageable."
INFECTED = "Infections occurred in 12 patients (30.0%)."
OBSERVED = "We did a retrospective cohort study of medical records."
DRUGS = """Table 1. Treatment.

| Therapy | Newdrug (n = 50) | Others (n = 80) |
|---|---|---|
| Newdrug, n (%) | 50 (100.0) | 0 |
| Olddrug, n (%) | 0 | {} |
| Otherdrug, n (%) | 0 | 30 (37.5) |
| Thirddrug, n (%) | {} | 20 (25.0) |
| Steroids, n (%) | 40 (80.0) | 60 (75.0) |
"""

FIGURE = "Figure 4. Scores over time. (B) Non-significant improvements of airspace {} were seen in both groups."
BETTER_BY_FIGURE = FIGURE.replace("Non-significant i", "I").format("consolidation")

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    sample_size.sample_size: (
        [
            {"methods": f"{PROSPECTIVE} {TWO}", "results": BETTER},
            {"abstract": f"We prospectively compared two groups. {TWO}", "results": BETTER},
            {"methods": f"{PROSPECTIVE} {TWO}", "results": BETTER, "discussion": "The sample size was small."},
        ],
        [
            {"methods": f"{PROSPECTIVE} {TWO} The sample size was calculated from a pilot.", "results": BETTER},
            {"methods": f"{PROSPECTIVE} {TWO} With 80% power a difference of 60 m is found.", "results": BETTER},
            {"methods": f"{PROSPECTIVE} {TWO} All eligible patients were asked.", "results": BETTER},
            {"methods": f"Records were searched. {TWO}", "results": BETTER},
            {"methods": f"{PROSPECTIVE} {TWO}", "results": "Walking distance was measured in all."},
            {"methods": f"{PROSPECTIVE} Forty patients took part.", "results": BETTER},
        ],
    ),
    balance_by_significance.balance_by_significance: (
        [
            {"results": TWO + ALIKE},
            {"results": f"{TWO} Baseline characteristics did not differ between the groups."},
            {"abstract": TWO, "results": ALIKE},
            {"results": "14 patients and 19 patients were included in the early group and the late group." + ALIKE},
        ],
        [
            {"methods": "Patients were randomly assigned to two groups.", "results": TWO + ALIKE},
            {"results": TWO.replace("14", "140").replace("19", "190") + ALIKE},
            {"results": f"{TWO} After matching there were no significant differences in baseline characteristics."},
            {"results": f"{TWO} {BETTER}"},
            {"results": ALIKE},
            {"abstract": f"{TWO} Others were treated with oxygen (n = 8) or with nothing (n = 9).", "results": ALIKE},
        ],
    ),
    competing_death.competing_death: (
        [
            {"methods": f"{KM} {TO_RELAPSE}", "results": DIED},
            {"methods": f"{KM} We recorded the time to first hospitalisation. {TO_RELAPSE}", "results": DIED},
            {"methods": "Cox models were fitted.", "results": f"{DIED} The relapse rate fell by the log-rank test."},
        ],
        [
            {"methods": f"{KM} {TO_RELAPSE} Death was treated as a competing event.", "results": DIED},
            {"methods": f"{KM} {TO_RELAPSE}", "results": "Nobody was lost."},
            {"methods": f"{KM} The endpoint was relapse-free survival. {TO_RELAPSE}", "results": DIED},
            {"methods": f"{KM} {TO_RELAPSE} Patients were censored at death.", "results": DIED},
            {"methods": TO_RELAPSE, "results": DIED},
            {"methods": f"{KM} The endpoint was the time to death.", "results": DIED},
        ],
    ),
    confirmed_despite_null.confirmed_despite_null: (
        [
            {"results": f"{NULL} This further confirmed the effect of the drug on inflammation."},
            {"results": NULL, "discussion": "Airspace consolidation fell, which confirmed the effect of the drug."},
        ],
        [
            {"results": NULL},
            {"results": NULL, "discussion": "Airspace consolidation fell, which does not show an effect of the drug."},
            {"results": NULL, "discussion": "Walking distance rose, which confirmed the known effect of training."},
            {"results": "Airspace consolidation fell compared to baseline, which confirmed the effect of the drug."},
        ],
    ),
    judged_from_notes.judged_from_notes: (
        [
            {"methods": RECORDS},
            {"methods": "The mRS was graded retrospectively. Scores were derived from hospital records."},
            {"methods": "Pain was rated. The grades were abstracted from the patient notes."},
        ],
        [
            {"methods": RECORDS + " The reviewers were blinded to treatment."},
            {"methods": "Dyspnoea was graded by the patients at each visit."},
            {"methods": "Age and sex were taken from the records."},
            {"methods": "Creatinine was measured. Values were obtained from hospital records."},
        ],
    ),
    outcome_decided.outcome_decided: (
        [
            {"methods": TAPER, "results": SPARED},
            {"methods": TAPER, "results": "A fall in prednisone use was seen: prednisone use decreased by 40%."},
            {"methods": "Opioids were given at the discretion of the team.",
             "results": "Opioid consumption was lower than before (12 mg, P = 0.01)."},
        ],
        [
            {"methods": f"Patients were randomly assigned to two groups. {TAPER}", "results": SPARED},
            {"methods": "Prednisone was tapered by a fixed schedule.", "results": SPARED},
            {"methods": TAPER, "results": "Dyspnoea fell by 40%."},
            {"methods": TAPER, "results": "The insulin dose was reduced by 40%."},
        ],
    ),
    comparator_mixed.comparator_mixed: (
        [{"tables": DRUGS.format("40 (50.0)", "0")}, {"tables": DRUGS.format("31 (38.8)", "0")}],
        [
            {"tables": DRUGS.format("30 (37.5)", "0")},  # eighty in all
            {"tables": DRUGS.format("40 (50.0)", "5 (10.0)")},  # two other treatments only
            {"tables": DRUGS.format("40 (50.0)", "0").replace(" (n = 80)", "")},
        ],
    ),
    causal_words.causal_words: (
        [
            {"methods": OBSERVED, "discussion": "We found that the new drug was superior in reducing mortality."},
            {"methods": OBSERVED, "discussion": "Our therapy not only slowed the decline but helped."},
        ],
        [
            {"methods": "Patients were randomly assigned.", "discussion": "We found that it was superior in reducing "
                                                                          "mortality."},
            {"methods": OBSERVED, "discussion": "We found that the drug may be superior in reducing mortality."},
            {"methods": OBSERVED, "discussion": "We found that mortality was lower with the drug."},
        ],
    ),
    legend_unchanged.legend_unchanged: (
        [
            {"results": "Airspace consolidation was unchanged in both.", "tables": BETTER_BY_FIGURE},
            {"results": "No change was seen in airspace consolidation.", "tables": BETTER_BY_FIGURE},
        ],
        [
            {"results": "Ground-glass opacity was unchanged in both groups.", "tables": FIGURE.format("consolidation")},
            {"results": "Airspace consolidation improved.", "tables": FIGURE.format("consolidation")},
            {"results": "Airspace consolidation was unchanged.", "tables": FIGURE.replace("Non-significant "
                "improvements of", "Scores of").format("consolidation")},
        ],
    ),
    harms_left_out.harms_left_out: (
        [
            {"abstract": SAFE, "results": INFECTED},
            {"abstract": "The drug was well tolerated.", "results": "Serious adverse events were seen in 9 (18%)."},
            {"abstract": "Its safety was acceptable.", "results": "Haemorrhage occurred in 8 patients (16%)."},
        ],
        [
            {"abstract": SAFE + " Infections were frequent.", "results": INFECTED},
            {"abstract": SAFE, "results": "Infections occurred in 2 patients (5.0%)."},
            {"abstract": "Walking distance rose.", "results": INFECTED},
            {"abstract": SAFE + " Serious adverse events occurred in 15%.", "results": INFECTED},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_concern_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].severity == "concern"
    assert found[0].hint
    assert found[0].quotes


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_concern_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


def test_causal_words_are_all_quoted() -> None:
    parts = {
        "abstract": "We studied records. Treatment led to fewer relapses.",
        "methods": OBSERVED,
        "discussion": "We found that the drug was superior in reducing mortality.",
    }
    (found,) = causal_words.causal_words(paper(**parts))
    assert [q.text for q in found.quotes] == ["Treatment led to", "superior in reducing"]


def test_the_treatments_beside_each_other_are_counted() -> None:
    (found,) = comparator_mixed.comparator_mixed(paper(tables=DRUGS.format("40 (50.0)", "0")))
    assert dict(found.computed) == {"treatments": "90", "patients": "80"}
    assert "at least 10" in found.message
