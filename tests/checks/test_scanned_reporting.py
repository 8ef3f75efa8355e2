"""What is announced and not reported, or said more strongly than shown: what is found, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import TABLE, cases, paper

from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.reporting import (
    all_of_them,
    announced,
    change_as_level,
    not_analysed,
    places_named,
    scale_minimum,
    strength,
    summaries_said,
    survival_test,
)
from evsynth.scan.document import read_document

DIED = (
    "Table 3. Outcomes.\n\n| Outcome | Drug (n = 60) | Placebo (n = 58) |\n|---|---|---|\n"
    "| Death | 3 (5.0) | 4 (6.9) |\n"
)
NOBODY = DIED.replace("3 (5.0)", "0 (0.0)").replace("4 (6.9)", "0 (0.0)")
SEVERE = DIED.replace("Death", "Severe adverse events")
MEANS = TABLE.replace("characteristics.", "characteristics. Values are mean ± SD or n (%).")
TOOLS = "The instruments were: Walking Test (WT), Pain Score (PSC), Fatigue Index (FIX) and Sleep Log (SLG)."
ALL_TOLD = "WT, PSC, the Fatigue Index and SLG improved."
GRADES = (
    "Reticular opacity and traction bronchiectasis were sought in every lobe. Each lobe was graded on a scale of {} "
    "by area."
)
LESIONS = (
    "Table 2. HRCT scores.\n\n| Lesion | Drug (n = 12) | Placebo (n = 22) |\n|---|---|---|\n"
    "| Reticular opacity, mean (SD) | 4.33 (2.10) | 5.10 (2.40) |\n| Traction bronchiectasis, mean (SD) | "
    "{} | 6.10 (2.00) |\n"
)
LEGEND = "Figure 2. {} P values are those of the log-rank test."

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    strength.strength: (
        [
            {"results": "There was a strong correlation between dose and age (r = 0.31, P = 0.02)."},
            {"results": "Age was strongly correlated with dose (ρ = -0.28; p = 0.04)."},
            {"discussion": "Pain correlated strongly with sleep in our patients (rho = 0.35, P < 0.01)."},
            {"results": "Strong associations between markers were seen. Score correlated with CRP (ρ = 0.31, P "
                        "= 0.03)."},
        ],
        [
            {"results": "There was a strong correlation between dose and age (r = 0.81, P < 0.001)."},
            {"results": "No strong correlation between dose and age was found (r = 0.31, P = 0.02)."},
            {"results": "There was a weak correlation between dose and age (r = 0.31, P = 0.02)."},
            {"results": "Age was more strongly correlated with dose (r = 0.31) than with weight (r = 0.20)."},
            {"results": "Smoking was strongly associated with death (OR 4.1, 95% CI 2.0 to 8.4)."},
        ],
    ),
    all_of_them.all_of_them: (
        [
            {"discussion": "All patients survived.", "tables": DIED},
            {"results": "Three patients died of sepsis. All patients responded to treatment."},
            {"conclusion": "All of the patients tolerated the drug.", "tables": SEVERE},
            {"results": "Four patients withdrew. All patients completed the study."},
            {"discussion": "In our study, all patients responded. HRCT was repeated in survived patients (26/34)."},
        ],
        [
            {"discussion": "All patients in the drug group survived.", "tables": DIED},
            {"discussion": "All patients survived.", "tables": NOBODY},
            {"discussion": "All patients except three responded. Three patients died of sepsis."},
            {"discussion": "All patients who completed the study improved.", "tables": DIED},
            {"discussion": "All patients tolerated the drug.", "tables": DIED},
            {"results": "Four patients withdrew. On day 7 each subject completed the Sleepiness Scale."},
            {"discussion": "Almost all patients responded. Three patients died of sepsis."},
        ],
    ),
    not_analysed.not_analysed: (
        [
            {"results": "No additional PFT improvement was "
                        "observed.", "discussion": "The results of PFT were not analyzed."},
            {"results": "Muscle strength improved.", "discussion": "Muscle strength was not assessed because of "
                                                                   "the epidemic."},
        ],
        [
            {"results": "Muscle strength improved.", "discussion": "PFT was not analysed."},
            {"results": "FVC improved.", "discussion": "FVC was not assessed at 3 months."},
            {"results": "FVC improved.", "discussion": "FVC could not be measured in some patients."},
            {"discussion": "PFT was not analysed. Others reported that PFT improved."},
        ],
    ),
    summaries_said.summaries_said: (
        [
            {"methods": "All continuous variables are expressed as median (interquartile range).", "tables": MEANS},
            {"methods": "Continuous data were presented as medians with quartiles.", "tables": MEANS},
        ],
        [
            {"methods": "Continuous variables are expressed as mean ± SD or median (IQR).", "tables": MEANS},
            {"methods": "Continuous variables are expressed as median (IQR), if not normally "
                        "distributed.", "tables": MEANS},
            {"methods": "All continuous variables are expressed as mean ± SD.", "tables": MEANS},
            {"methods": "Ages are shown as medians.", "tables": MEANS},
        ],
    ),
    survival_test.survival_test: (
        [
            {"tables": LEGEND.format("Changes in the pain score in both groups.")},
            {"tables": LEGEND.format("Comparison of serum levels of ferritin at 3 months.")},
        ],
        [
            {"tables": LEGEND.format("Survival in both groups.")},
            {"tables": LEGEND.format("Cumulative incidence of relapse by score.")},
            {"tables": LEGEND.format("Time to a fall of the pain score by 2 points.")},
            {"tables": "Figure 2. Changes in the pain score. P values are those of the rank-sum test."},
        ],
    ),
    announced.announced: (
        [
            {"methods": TOOLS, "results": "WT, PSC and FIX improved."},
            {"methods": TOOLS.replace("The instruments were", "Secondary outcomes "
                                                              "included"), "results": "WT, PSC, SLG rose."},
        ],
        [
            {"methods": TOOLS, "results": ALL_TOLD},
            {"methods": TOOLS, "results": "WT improved."},  # most stand elsewhere
            {"methods": TOOLS, "results": "WT, PSC, FIX and the sleep log improved."},
            {"methods": "The instruments were: Walking Test (WT) and Pain Score (PSC).", "results": "WT improved."},
        ],
    ),
    change_as_level.change_as_level: (
        [
            {"abstract": "Results: The drug group had lower pain scores (P = 0.021).",
             "results": "The change of the pain score differed between the groups (P = 0.021)."},
            {"abstract": "Results: Patients on the drug showed higher walking distances (p = 0.034).",
             "results": "Changes in walking distance were larger with the drug (p = 0.034)."},
        ],
        [
            {"abstract": "Results: The drug group had lower pain scores (P = 0.021).",
             "results": "Pain scores were lower in the drug group (P = 0.021)."},
            {"abstract": "Results: The reduction was larger, with lower pain scores (P = 0.021).",
             "results": "The change of the pain score differed between the groups (P = 0.021)."},
            {"abstract": "Results: The drug group had lower pain scores (P = 0.021).",
             "results": "The change of the walking distance differed between the groups (P = 0.021)."},
            {"abstract": "Results: The drug group had lower pain scores (P < 0.001).",
             "results": "The change of the pain score differed between the groups (P < 0.001)."},
        ],
    ),
    scale_minimum.scale_minimum: (
        [
            {"methods": GRADES.format("1 to 4"), "tables": LESIONS.format("1.00 (1.71)")},
            {"methods": GRADES.format("2 to 5"), "tables": LESIONS.format("1.40 (0.30)")},
        ],
        [
            {"methods": GRADES.format("1 to 4"), "tables": LESIONS.format("1.90 (0.80)")},
            {"methods": GRADES.format("0 to 4"), "tables": LESIONS.format("1.00 (1.71)")},
            {"methods": GRADES.format("1 to 4") + " Lobes without a lesion scored 0 (zero).",
             "tables": LESIONS.format("1.00 (1.71)")},
            {"methods": GRADES.format("1 to 4").replace("traction bronchiectasis", "honeycombing"),
             "tables": LESIONS.format("1.00 (1.71)")},
        ],
    ),
}  # fmt: skip

MODULES = (
    all_of_them, announced, change_as_level, not_analysed, scale_minimum, strength, summaries_said, survival_test,
)  # fmt: skip


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_reporting_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].severity in ("concern", "inconsistent")
    assert found[0].hint
    assert found[0].quotes


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_reporting_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


def test_every_check_has_both_tables() -> None:
    assert {m.__name__.rsplit(".", 1)[-1] for m in MODULES} == {check.__name__ for check in CASES}
    for found, alone in CASES.values():
        assert len(alone) >= len(found)


SEEN = "## Methods\n\nPatients were recruited from 2015 to 2019 at {}.\n\n## Results\n\nThey recovered.\n"
PLACES = [
    # here, there, told
    ("Southport General Hospital", "Southport University Hospital", True),
    ("Southport Hospital, Northern University", "Southport Central Hospital, Western College", True),
    ("Southport General Hospital", "Southport General Hospital", False),
    ("Southport Hospital", "Southport General Hospital", False),  # a part of the name
    ("Southport General Hospital", "Newtown Hospital", False),  # the place of another author
]


@pytest.mark.parametrize(("here", "there", "told"), PLACES)
def test_the_place_of_a_study(here: str, there: str, *, told: bool) -> None:
    one = read_document("a", SEEN.format(here))
    two = read_document("b", f"A study\n\n1 Department of Medicine, {there}\n\nAbstract\n\nWe treated 30 patients.\n")
    found = list(places_named.places_named(reading(one, (two,))))
    assert [f.code for f in found] == ["PLACE_DIFFERS"] * told
