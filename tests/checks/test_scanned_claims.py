"""What a paper says in words against its own numbers, wherever they stand: what is found, and what is left alone."""

from __future__ import annotations

import pytest
from invented_papers import contradicts, paper

from evsynth.checks.scanned.facts.share_words import share_words
from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.reading import Check
from evsynth.checks.scanned.statements import (
    decision_rule,
    followed_by,
    predictors_said,
    superlatives,
    told_direction,
    told_effect,
    told_shares,
)
from evsynth.checks.scanned.told import survival
from evsynth.scan.document import read_document

ABSTRACT = """Drug or placebo in a disease: a trial

Background: Little is known.

Results: {}

Conclusion: {}
"""

DIRECTION = [
    # results, conclusion, told
    ("Complications followed 15 laparoscopic (20.5%) and 44 open repairs (37.3%).",
     "Patients repaired by laparoscopy had more complications.", True),
    ("Relapse occurred in 12% with tacrolimus and in 25% with azathioprine.",
     "Relapse was more frequent with tacrolimus than with azathioprine.", True),
    ("Infection was recorded in 30 of 100 treated with rituximab (30%) versus 12 of 98 given placebo (12%).",
     "Rituximab was followed by fewer infections.", True),
    ("Bleeding was seen in 4.1% of women on heparin and 9.8% of those on warfarin.",
     "There was more bleeding among women on heparin.", True),
    ("Readmission affected 31% after usual discharge and 18% after the programme.",
     "After the programme readmission was commoner than after usual discharge.", True),
    ("Nausea was reported by 22% in the metformin arm, 9% in the sitagliptin arm and 8% in the control arm.",
     "Nausea was less common with metformin than with sitagliptin.", True),
    ("In-hospital death occurred in 14·2% of transferred patients and 9·1% of direct admissions.",
     "Direct admissions had a higher risk of death.", True),
    ("Complications followed 15 laparoscopic (20.5%) and 44 open repairs (37.3%).",
     "Patients repaired by laparoscopy had fewer complications.", False),
    ("Complications followed 15 laparoscopic (20.5%) and 44 open repairs (37.3%).",
     "Patients repaired by laparoscopy may have had more complications.", False),
    ("Complications followed 15 laparoscopic (20.5%) and 44 open repairs (37.3%).",
     "Patients repaired by laparoscopy did not have more complications.", False),
    ("Relapse occurred in 12% with tacrolimus and in 25% with azathioprine.",
     "Infection was more frequent with tacrolimus than with azathioprine.", False),
    ("Relapse occurred in 12% with tacrolimus and in 25% with azathioprine.",
     "Relapse was more frequent with azathioprine than with tacrolimus.", False),
    ("Weight fell by 12% with tacrolimus and by 25% with azathioprine.",
     "Weight was higher with tacrolimus than with azathioprine.", False),
    ("Relapse at 6 months occurred in 12% with tacrolimus and in 25% with azathioprine. Relapse at 5 years occurred in "
     "40% with tacrolimus and in 30% with azathioprine.",
     "Relapse was more frequent with tacrolimus.", False),
    ("Freedom from relapse was 12% with tacrolimus and 25% with azathioprine, without difference.",
     "Relapse was more frequent with tacrolimus.", False),
]  # fmt: skip

SHARES = [
    ("A gabapentinoid was taken by only 46 (21.2%) of those with itch.",
     "Roughly four in five people with itch were taking a gabapentinoid.", True),
    ("Remission was reached by 62 of 101 patients (61.4%) at one year.",
     "About a quarter of patients reached remission at one year.", True),
    ("Steroids were stopped by 30.2% of patients within the year.",
     "Two thirds of the patients stopped steroids within a year.", True),
    ("Treatment was successful in 771 of 991 patients (77.8%).",
     "Fewer than two thirds of the patients were treated successfully.", True),
    ("Vaccination against influenza was refused by 12% of nurses.",
     "Nearly half of the nurses refused vaccination against influenza.", True),
    ("Remission was reached by 62 of 101 patients (61.4%) at one year.",
     "About three in five patients reached remission at one year.", False),
    ("Remission was reached by 62 of 101 patients (61.4%) at one year.",
     "About two in five patients did not reach remission at one year.", False),
    ("Remission was reached by 62 of 101 patients (61.4%) at one "
     "year.", "About a quarter of patients had a cough.", False),
    ("Steroids were stopped by 30.2% of patients within the "
     "year.", "Steroid doses fell by half within the year.", False),
    ("Steroids were stopped by 30.2% of men and 61.0% of women within the year.",
     "A third of the men stopped steroids within a year.", False),
    ("Steroids were stopped by 30.2% of patients within the year.",
     "In earlier studies two thirds of the patients stopped steroids within a year.", False),
    ("Exhaustion was high in 41.0% of nurses. Leaving the ward was considered by 70.7% of nurses.",
     "Fewer than half of the nurses had high exhaustion, yet seven in ten nurses considered leaving the ward.", False),
    ("Creatinine rose by at least 30% in 5 of 24 patients.", "One patient in five had a creatinine rise.", False),
    ("Up to 55% of patients were candidates by the selection criteria of the guidelines.",
     "One third of patients fulfilled the selection criteria of the guidelines.", False),
    ("The index could fall by an average of 33% in patients who slept supine.",
     "One fifth of the patients slept supine.", False),
    ("A full dose was never given to 54% of adults, and 79% of the old. Of those given a full dose, 68% got it again.",
     "Most adults never got a full dose.", False),
    ("Menstruation returned in 69% of women. Of these, 41% experienced restored menstruation within two years.",
     "Two thirds of the women experienced restored menstruation.", False),
    ("A high burden was present in 27 athletes (25.7%).", "Up to a quarter of the athletes had a high burden.", False),
    ("Patients were randomised to one of three groups; 12% of patients in these groups left.",
     "Patients in one of three groups left.", False),
]  # fmt: skip

EFFECT = [
    ("Zinc lowered the risk of infection (risk ratio 0.81, 95% CI 0.70 to 0.94, p=0.005).",
     "Zinc does not prevent infection.", True),
    ("Pain was 6.4 (SD 3.5) after training and 8.7 (SD 3.6) after advice, P < 0.001.",
     "Training eased pain no more than advice did.", True),
    ("Mortality was lower with the drug (hazard ratio 0.60; 95% CI 0.45 to 0.80).",
     "The drug did not reduce mortality.", True),
    ("The rate of relapse differed (12% v 30%; P=.002).", "The drug failed to reduce the rate of relapse.", True),
    ("Zinc lowered the risk of infection (risk ratio 0.81, 95% CI 0.70 to 1.04, p=0.11).",
     "Zinc does not prevent infection.", False),
    ("Zinc lowered the risk of infection (risk ratio 0.81, 95% CI 0.70 to 0.94, p=0.005).",
     "Zinc prevents infection.", False),
    ("Zinc lowered the risk of vomiting (p=0.005). There was no difference in infection (p=0.60).",
     "Zinc does not prevent infection.", False),
    ("Zinc lowered the risk of infection (p=0.005).", "Zinc may not prevent infection.", False),
    ("Zinc lowered the risk of infection (p=0.005), and duration was similar.",
     "Zinc does not prevent infection.", False),
]  # fmt: skip

RATES = [
    ("Median overall survival was 17.9 months; the 12-month overall survival rate was 36%.", "Fine.", True),
    ("The median survival was 8 months. One-year survival was 71%.", "Fine.", True),
    ("Median progression-free survival was 2.1 years. The 1-year progression-free survival was 44%.", "Fine.", True),
    ("Median OS of 9.0 months and 6-month OS of 41% were found.", "Fine.", True),
    ("Median overall survival was 17.9 months; the 12-month overall survival rate was 64%.", "Fine.", False),
    ("Median overall survival was 17.9 months; the 12-month progression-free survival rate was 36%.", "Fine.", False),
    ("Median overall survival was 17.9 months; the 24-month overall survival rate was 36%.", "Fine.", False),
    ("Median overall survival was 17.9 months in the drug group. In the placebo group 12-month overall survival "
     "was 36%.",
     "Fine.", False),
    ("Median follow-up was 17.9 months; the 12-month overall survival rate was 36%.", "Fine.", False),
]  # fmt: skip

RULES = [
    ("We planned that 16 or more responders among 55 were needed to declare success. The response rate was 38% "
     "(21 of 55).",
     "The drug did not meet its primary endpoint.", True),
    ("At least 10 responses of 40 were required. Responses were seen in 7 of 40 patients.",
     "The trial met its primary endpoint.", True),
    ("We planned that 16 or more responders among 55 were needed to declare success. The response rate was 38% "
     "(21 of 55).",
     "The drug met its primary endpoint.", False),
    ("At least 10 responses of 40 were required. Responses were seen in 7 of 40 patients.",
     "The primary endpoint was not met.", False),
    ("At least 10 responses of 40 were required. Responses were seen in 7 of 40 patients, or 12 of 40 with late ones.",
     "The trial met its primary endpoint.", False),
]  # fmt: skip

BEST = [
    ("The area under the curve was 0.79 (0.71-0.87) for BUN, 0.67 (0.58-0.76) for RDW and 0.84 (0.78-0.90) for BISAP.",
     "RDW was the strongest of the three.", True),
    ("AUCs were 0.79 for BUN and 0.84 for BISAP.", "BUN had the highest AUC.", True),
    ("AUCs were 0.79 for BUN and 0.84 for BISAP.", "BISAP had the lowest AUC.", True),
    ("AUCs were 0.79 for BUN and 0.84 for BISAP.", "BISAP was the best of the markers.", False),
    ("AUCs were 0.79 for BUN and 0.84 for BISAP.", "BUN was not the best marker.", False),
    ("AUCs were 0.79 for BUN and 0.84 for BISAP.", "BUN was the cheapest of the markers.", False),
    ("Costs were 0.79 for BUN and 0.84 for BISAP.", "BUN was the best of the markers.", False),
]  # fmt: skip

TABLES: dict[Check, list[tuple[str, str, bool]]] = {
    told_direction.told_direction: DIRECTION,
    told_shares.told_shares: SHARES,
    told_effect.told_effect: EFFECT,
    survival.survival: RATES,
    decision_rule.decision_rule: RULES,
    superlatives.superlatives: BEST,
}


@pytest.mark.parametrize(
    ("check", "results", "conclusion", "told"),
    [pytest.param(c, *row, id=f"{c.__name__}-{n}") for c, rows in TABLES.items() for n, row in enumerate(rows)],
)
def test_claim(check: Check, results: str, conclusion: str, *, told: bool) -> None:
    found = list(check(reading(read_document("text", ABSTRACT.format(results, conclusion)))))
    assert len(found) == told
    assert all(contradicts(f) for f in found)
    for finding in found:
        assert finding.hint
        assert len(finding.quotes) >= 2


def test_as_much_is_left_alone_as_is_found() -> None:
    for rows in TABLES.values():
        told = sum(row[2] for row in rows)
        assert 0 < told <= len(rows) - told + 1


WORDS = [
    # words, shares that they hold, shares that they do not
    ("three in five patients", (0.55, 0.60, 0.66), (0.41, 0.80)),
    ("just under half of them", (0.45, 0.499), (0.52, 0.30)),
    ("nearly a third of all", (0.28, 0.33), (0.36, 0.20)),
    ("fewer than two thirds", (0.10, 0.66), (0.70,)),
    ("more than a quarter", (0.25, 0.90), (0.20,)),
    ("the majority of women", (0.51, 0.99), (0.39,)),
    ("roughly one case in eighteen", (0.05, 0.06), (0.123,)),
    ("nine of every ten", (0.85, 0.92), (0.50,)),
]


@pytest.mark.parametrize(("words", "held", "not_held"), WORDS)
def test_words_for_shares(words: str, held: tuple[float, ...], not_held: tuple[float, ...]) -> None:
    (found,) = share_words(words)
    assert all(found.holds(share) for share in held)
    assert not any(found.holds(share) for share in not_held)


@pytest.mark.parametrize(
    "words", ["two of the three patients", "one of three groups", "half-life", "half an hour", "one in each arm"]
)
def test_counts_are_no_words_for_shares(words: str) -> None:
    assert not list(share_words(words))


DRUGS = """Table 1. Patients.

| Characteristic | Drug group (n=60) | Usual group (n=100) |
|---|---|---|
| Therapy, n (%) | | |
| Cyclophosphamide | 4 (6.7) | 40 (40.0) |
| Methotrexate | 9 (15.0) | 31 (31.0) |
| Azathioprine | 30 (50.0) | 15 (15.0) |
| Leflunomide | 1 (1.7) | 21 (21.0) |
"""
LINEAR = """Table 3. Linear regression of the change.

| Variable | B | 95% CI | P |
|---|---|---|---|
| Baseline consolidation | -0.33 | (-0.55, -0.11) | 0.005 |
| Baseline GGO | -0.27 | (-0.58, 0.03) | 0.074 |
| Smoking | 0.20 | (0.02, 0.38) | 0.031 |
"""
FOLLOWED = [
    ("In the usual group, cyclophosphamide was the most frequently used agent, followed by methotrexate and "
     "azathioprine.", True),
    ("Cyclophosphamide was the most common drug in the usual group, followed by azathioprine.", True),
    ("In the usual group, cyclophosphamide was the most frequently used agent, followed by methotrexate and "
     "leflunomide.", False),
    ("Azathioprine was the most used drug, followed by cyclophosphamide and methotrexate.", False),
    ("Cyclophosphamide was the most common drug, followed by rituximab.", False),
]  # fmt: skip
PREDICTORS = [
    ("Patients with GGO and consolidation may derive greater benefit.", True),
    ("Consolidation and GGO predicted the response.", True),
    ("Patients with consolidation may derive greater benefit.", False),
    ("Consolidation, but not GGO, predicted the response.", False),
    ("Consolidation and smoking predicted the response.", False),
    ("GGO and consolidation improved.", False),
]  # fmt: skip


@pytest.mark.parametrize(("said", "told"), FOLLOWED)
def test_a_row_stands_before_the_last_that_is_named(said: str, *, told: bool) -> None:
    found = list(followed_by.followed_by(paper(results=said, tables=DRUGS)))
    assert [f.code for f in found] == ["COMMONEST_CONTRADICTS"] * told


@pytest.mark.parametrize(("said", "told"), PREDICTORS)
def test_two_predictors_of_which_one_is_not_significant(said: str, *, told: bool) -> None:
    found = list(predictors_said.predictors_said(paper(conclusion=said, tables=LINEAR)))
    assert [f.code for f in found] == ["PREDICTOR_NOT_SIGNIFICANT"] * told
