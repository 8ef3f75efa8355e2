"""Short papers in which every number is right, and that once were accused: no error and no inconsistency is found."""

from __future__ import annotations

import pytest
from invented_papers import contradicts, paper

from evsynth.checks.scanned.judging import judge

SUBGROUPS = """Table 3. Subgroups.

| Subgroup | Drug, events/N | Placebo, events/N | Hazard ratio (95% CI) | p for interaction |
|---|---|---|---|---|
| Women | 19/111 | 35/128 | 0.57 (0.32 to 0.99) | 0.46 |
| Men | 60/211 | 72/192 | 0.73 (0.52 to 1.02) | |
"""
BESIDE = """Table 2. Sensitivity analyses.

| Analysis | n Drug/n Control | Difference, m (95% CI) |
|---|---|---|
| Complete cases | 52/50 | 29 (9 to 49) |
| Adherent patients | 42/50 | 34 (13 to 55) |
"""
COX = """Table 4. Cox regression of death.

| Variable | Univariable HR (95% CI) | P | Multivariable HR (95% CI) | P |
|---|---|---|---|---|
| Male sex | 1.12 (0.75-1.68) | 0.586 | 1.00 (0.66-1.52) | 0.997 |
| Fibrosis extent | 1.38 (0.90-2.12) | 0.140 | 0.99 (0.64-1.55) | 0.972 |
"""
REMISSION = """Table 2. Outcome.

| Outcome | TAC (n = 51) | CYC (n = 45) | P |
|---|---|---|---|
| Complete remission, n (%) | 24 (47.1) | 13 (28.9) | 0.068 |
| Partial remission, n (%) | 17 (33.3) | 17 (37.8) | 0.650 |
"""

BASELINE = """Table 1. Baseline.

| Characteristic | T&E (n = 122) | Fixed (n = 119) |
|---|---|---|
| Age, y | 77.6 ± 7.4 | 77.0 ± 7.8 |
| Women/men | 77/45 | 72/47 |
"""
ACCURACY = """Table 2. Accuracy, % (n/n).

| Measure | TVUS (n = 182) | MRI (n = 155) |
|---|---|---|
| Sensitivity | 86.6 (58/67) | 86.7 (52/60) |
| Specificity | 90.4 (104/115) | 92.6 (88/95) |
"""

RIGHT = {
    "two-sexes-in-a-row": {"results": "Groups were alike (Table 1).", "tables": BASELINE},
    "those-with-both-tests": {
        "results": "Specificity was compared in the 95 women with both tests: 91.6% (87/95) for TVUS and 92.6% (88/95) "
        "for MRI.",
        "tables": ACCURACY,
    },
    "fractions-and-percentages-in-turn": {
        "results": "Fluid was present in 38/116 and 41/114 gradable scans (32.8% v. 36.0%; P = 0.61)."
    },
    "how-much-they-differed": {
        "results": "As the baseline differed by 1.6 letters, the estimate was 1.6 (95% CI -1.2 to 4.4; P = 0.26)."
    },
    "in-how-many": {
        "methods": "The main outcome was the RMDQ (0-24; lower is better).",
        "results": "At 36 weeks, the mean RMDQ was 8.6 in 52 nurses.",
    },
    "age-at-the-end": {
        "methods": "Children aged 6-15 years were randomised.",
        "results": "At entry 68 were 13-15 years old. By the final visit, 14 of the eldest were 16 years old.",
    },
    "age-in-another-trial": {
        "methods": "Women aged 35 years and over were included.",
        "results": "In the ARRIVE trial (6106 nulliparous women, median age 24) the proportions were 18.6% and 22.2%.",
    },
    "the-others-of-the-study": {
        "abstract": "Of 747 patients, 284 (38.0%) received vitamin C. Of the exposed 27.8% (79/284) died and 35.4% "
        "(164/463) in unexposed patients.",
        "tables": "Table 1. Patients.\n\n| Group | Vitamin C (n = 284) | None (n = 463) |\n|---|---|---|\n"
        "| Women | 120 | 190 |\n",
    },
    "the-other-so-many": {
        "results": "Those who kept exercising (n = 21) retained more of the gain than the other 34 (+31 vs -9 m)."
    },
    "p-for-interaction": {"results": "The effect was alike in all subgroups (Table 3).", "tables": SUBGROUPS},
    "two-sizes-in-a-cell": {"results": "Other analyses agreed (Table 2).", "tables": BESIDE},
    "not-independent-predictors": {
        "results": "In the multivariable model sex and fibrosis extent were not independent predictors.",
        "tables": COX,
    },
    "p-of-the-other-outcome": {
        "abstract": "Remission was complete in 24 (47.1%) and 13 (28.9%) patients and partial remission (PR) was seen "
        "in 17 (33.3%) and 17 (37.8%), respectively; CR P = 0.068.",
        "tables": REMISSION,
    },
    "base-of-a-rate": {
        "results": "Attendances decreased from 1588 to 1402 (24.0 to 21.8 per 1000; rate ratio 0.91, 0.85 to 0.98)."
    },
    "name-that-begins-with-a-number": {
        "results": "The model with all 112 participants gave a difference in 6MWD at Week 8 of 28 m (95% CI 9 to 47)."
    },
    "limit-of-those-counted": {
        "results": "A rise of 5 points or more was seen in 170 of 278 (61%) and in 147 of 281 (52%)."
    },
    "some-of-the-matched": {
        "methods": "Each case was matched to two controls.",
        "results": "There were 318 cases and 636 controls. Taking the 201 cases and 472 controls without exposure as "
        "reference, the odds ratio was 1.47 (1.05 to 2.06).",
    },
    "short-numbers-meet": {
        "results": "At 12 months, 92 patients had data (49 and 43).",
        "tables": "Table 5. Remission.\n\n| Outcome | TAC | CYC |\n|---|---|---|\n"
        "| Remission at 12 months, n/N (%) | 29/49 (59.2) | 20/43 (46.5) |\n",
    },
}


@pytest.mark.parametrize("parts", RIGHT.values(), ids=RIGHT.keys())
def test_nothing_wrong(parts: dict[str, str]) -> None:
    assert [f.message for f in judge(paper(**parts).document) if contradicts(f)] == []
