"""Claims about all patients that the paper takes back elsewhere: what is found, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest
from invented_papers import cases, paper

from evsynth.checks.scanned.design import none_by_exclusion
from evsynth.checks.scanned.reporting import unmeasured_improved
from evsynth.checks.scanned.statements import organ_excluded, visits_after_deaths

SURVIVED = "The final scan was that of the survived patients (31/40)."
DIED = "Of the cohort, 6 of 52 patients died."
EACH = "Strength in the whole cohort (n = 40) was compared between baseline and each visit."
ALL = "All 52 patients completed the questionnaires at every follow-up visit."
STOPPED = "Five patients were excluded because of premature discontinuation of the drug."
LOST = "Patients lost to follow-up were excluded from the analysis."
NO_LIVER = "Exclusion criteria were severe liver disease, pregnancy and cancer."
NO_LUNG = "We excluded those with serious pulmonary disorders or epilepsy."
NO_KIDNEY = "Patients with advanced renal disease or dementia were excluded."
NO_HEART = "Exclusion criteria: severe cardiac disease, age below 18 years."
TABLE = """Table 1. Baseline characteristics.

| Characteristic | Drug (n = 30) | Placebo (n = 31) |
|---|---|---|
| Age, years, mean (SD) | 61.2 (9.4) | 60.8 (10.1) |
| {}, n (%) | {} | 2 (6.5) |
"""
SPIROMETRY = "The results of pulmonary function tests were not analysed."
SHORT = "Pulmonary function tests (PFTs) were planned. However, PFTs were not performed because of the epidemic."
RENAL = "Data on renal function tests were not analyzed in this study."
GRIP = "Muscle strength testing was not performed."

CASES: dict[Any, tuple[list[dict[str, str]], list[dict[str, str]]]] = {
    visits_after_deaths.visits_after_deaths: (
        [
            {"results": f"{EACH} {SURVIVED}"},
            {"results": f"{ALL} {DIED}"},
            {"results": f"{EACH} At the end 31 of the 40 patients were alive."},
            {"abstract": f"Results: {DIED}", "results": ALL},
            {"results": DIED, "tables": "Figure 2. Scores at each visit (n = 52). Bars are standard errors."},
            {"results": "All of the 52 children were examined at the final visit. Three of the 52 children died."},
            {"results": "Pain was measured at all time points (n = 40). Nine of 40 participants died."},
            {"results": EACH, "discussion": "Scans were those of surviving patients (31 of 40)."},
            {"results": "Of the 36 patients, 32 survived. Scores at every time point (n = 36) are shown."},
            {"results": "The 36 patients were seen at each of four visits. There were 4 deaths among the 36 patients."},
            {"results": f"Data were obtained from baseline to every study visit in all forty adults. {SURVIVED}"},
        ],
        [
            {"results": EACH},
            {"results": f"{EACH} No patient died."},
            {"results": f"{EACH} {DIED}"},
            {"results": f"{EACH.replace('n = 40', 'n = 31')} {SURVIVED}"},
            {"results": f"{EACH} {SURVIVED}", "methods": "Deaths were scored as the worst rank."},
            {"results": f"{EACH} {SURVIVED}", "methods": "Missing values were imputed."},
            {"results": f"{ALL} After the end of the study 6 of 52 patients died."},
            {"results": f"Vital status of all 52 patients was assessed at each visit. {DIED}"},
            {"results": f"Strength (n = 40) was compared between baseline and week 4. {SURVIVED}"},
            {"methods": "All 52 patients will be examined at each visit.", "results": DIED},
            {"results": f"{ALL} In an earlier study 6 of 52 patients died."},
        ],
    ),
    none_by_exclusion.none_by_exclusion: (
        [
            {"abstract": "None of the patients discontinued the drug.", "results": STOPPED},
            {"results": f"{STOPPED} No patients stopped treatment because of adverse events."},
            {"results": "No patient withdrew. Three were excluded owing to early withdrawal (n = 2) and moving."},
            {"methods": LOST, "results": "None of the participants was lost to follow-up."},
            {"results": "Seven were left out because of loss of follow-up. No patient was lost to follow-up."},
            {"methods": "Women who discontinued treatment were excluded.", "results": "No woman stopped treatment."},
            {"results": "Those who had dropped out were not analysed. There were no drop-outs."},
            {"discussion": "No patients had to discontinue therapy.", "results": STOPPED},
            {"results": "Two children were excluded as they were lost to follow-up. No child was lost to follow-up."},
            {"results": "Patients with early cessation of the drug were excluded. The drug was not stopped in any."},
            {"results": "Six were withdrawn early and therefore not analysed. None of the other 54 women withdrew."},
            {"results": "Nobody discontinued the diet. Two were removed from the analysis after stopping the diet."},
        ],
        [
            {"results": STOPPED},
            {"results": "None of the patients discontinued the drug."},
            {"results": f"{STOPPED} Two patients discontinued the drug."},
            {"results": f"{STOPPED} None of the patients was lost to follow-up."},
            {"methods": LOST, "results": "None of the patients discontinued the drug."},
            {"methods": "Patients who stopped other drugs before the study were excluded.",
             "results": "No patient discontinued the drug."},
            {"results": "Two were excluded for discontinuation due to moving abroad. "
             "No patients stopped treatment because of adverse events."},
            {"methods": "In the per-protocol analysis those who discontinued were excluded.",
             "results": "No patient stopped because of harm."},
            {"results": STOPPED, "discussion": "In previous studies no patient discontinued the drug."},
            {"methods": "Patients were excluded if they discontinued.", "results": "No patient was ill."},
        ],
    ),
    organ_excluded.organ_excluded: (
        [
            {"methods": NO_LIVER, "results": "At baseline 12 patients had cirrhosis."},
            {"methods": NO_LUNG, "results": "The patient had a pneumothorax on admission."},
            {"methods": NO_LUNG, "discussion": "Data at baseline were missing owing to the severity of the "
             "respiratory failure of these patients."},
            {"methods": NO_KIDNEY, "results": "At entry 4 patients were on dialysis."},
            {"methods": NO_KIDNEY, "tables": TABLE.format("End-stage renal disease", "3 (10.0)")},
            {"methods": NO_HEART, "tables": TABLE.format("NYHA class III", "9 (30.0)")},
            {"methods": NO_HEART, "results": "At enrolment 14 of 61 patients had decompensated heart failure."},
            {"abstract": "We excluded renal failure.", "tables": TABLE.format("Kidney failure", "2 (6.7)")},
            {"methods": NO_LIVER, "results": "Cirrhosis was present at entry in 9 patients (15%)."},
            {"methods": NO_LUNG, "results": "Five patients were on mechanical ventilation at enrolment."},
            {"methods": NO_LIVER, "results": "At inclusion 7 patients presented with hepatic encephalopathy."},
        ],
        [
            {"methods": NO_LIVER, "results": "At baseline 12 patients had diabetes."},
            {"methods": NO_LIVER, "results": "No patient had cirrhosis at baseline."},
            {"methods": NO_LUNG, "results": "Two patients developed respiratory failure after baseline."},
            {"methods": NO_LUNG, "results": "At baseline 12 patients had heart failure."},
            {"methods": "Severe lung disease other than fibrosis was an exclusion criterion.",
             "results": "Three patients had respiratory failure at baseline."},
            {"methods": NO_KIDNEY, "tables": TABLE.format("End-stage renal disease", "0").replace("2 (6.5)", "0")},
            {"methods": NO_KIDNEY, "tables": TABLE.format("Family history of kidney failure", "3 (10.0)")},
            {"methods": NO_HEART, "results": "Nine patients with heart failure at baseline were excluded."},
            {"methods": NO_HEART, "discussion": "In previous studies patients had heart failure at baseline."},
            {"methods": "Mild cardiac disease was recorded.", "tables": TABLE.format("NYHA class III", "9 (30.0)")},
            {"methods": NO_HEART, "tables": TABLE.format("NYHA class II", "9 (30.0)")},
        ],
    ),
    unmeasured_improved.unmeasured_improved: (
        [
            {"results": SPIROMETRY, "discussion": "The drug proved effective in ameliorating pulmonary dysfunction."},
            {"results": SPIROMETRY, "abstract": "Results: There were improvements in cardio-pulmonary function."},
            {"methods": SHORT, "results": SHORT, "conclusion": "The drug improved pulmonary function."},
            {"results": SHORT, "discussion": "Lung function improved in our patients."},
            {"results": RENAL, "conclusion": "Kidney function recovered with the drug."},
            {"results": RENAL, "abstract": "Results: The diet restored renal function."},
            {"results": GRIP, "conclusion": "The drug improved muscle strength."},
            {"results": GRIP, "discussion": "In our cohort muscular strength was better with training."},
        ],
        [
            {"results": SPIROMETRY, "discussion": "The drug improved walking distance."},
            {"results": SPIROMETRY, "discussion": "The drug may have improved pulmonary function."},
            {"results": SPIROMETRY, "discussion": "Previous trials showed improved pulmonary function."},
            {"results": SPIROMETRY, "discussion": "The drug improved renal function."},
            {"results": SPIROMETRY.replace("analysed", "analysed in 3 patients"),
             "discussion": "The drug improved pulmonary function."},
            {"results": SPIROMETRY, "discussion": "We aimed to restore pulmonary function."},
            {"results": SPIROMETRY.replace("not analysed", "analysed"),
             "discussion": "The drug improved pulmonary function."},
            {"results": GRIP, "conclusion": "The drug improved muscle pain."},
            {"results": RENAL, "conclusion": "The drug did not improve renal function."},
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 0))
def test_claim_found(check: Any, parts: dict[str, str]) -> None:
    found = list(check(paper(**parts)))
    assert len(found) == 1, [f.message for f in found]
    assert found[0].severity == "concern"
    assert found[0].hint
    assert len(found[0].quotes) >= 2


@pytest.mark.parametrize(("check", "parts"), cases(CASES, 1))
def test_claim_left_alone(check: Any, parts: dict[str, str]) -> None:
    assert [f.message for f in check(paper(**parts))] == []


def test_the_survivors_are_told() -> None:
    (found,) = visits_after_deaths.visits_after_deaths(paper(results=f"{EACH} {SURVIVED}"))
    assert dict(found.computed) == {"at most at the last visit": "31"}


def test_every_failure_told_is_quoted() -> None:
    results = "The patient had a pneumothorax at baseline. At entry 3 of our patients had respiratory failure."
    (found,) = organ_excluded.organ_excluded(paper(methods=NO_LUNG, results=results))
    assert [q.text for q in found.quotes] == ["serious pulmonary disorders", "pneumothorax", "respiratory failure"]
