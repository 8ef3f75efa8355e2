"""Claims without numbers against the results they are about: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.design import superior_alone
from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.places import labels_exchanged
from evsynth.checks.scanned.reading import Check
from evsynth.checks.scanned.statements import commonest_told, part_of_that, said_significant, told_direction
from evsynth.scan.document import read_document

ABSTRACT = """Drug or placebo in a disease: a cohort

Background: Little is known.

Results: {}

Conclusion: {}
"""
TOOTHACHE = "Toothache was reported for 71 (11.7%) and 83 (13.8%) children (odds ratio 0.83, 95% CI 0.58 to 1.20)."
ADJUSTED = (
    "After control for age and smoking, the relative risks were 1.49 (95% CI 1.03-2.16) for preeclampsia, "
    "1.22 (1.05-1.41) for caesarean delivery, and 1.21 (0.91-1.60) for preterm birth."
)
STROKE = "Once age and dose were taken into account, the hazard ratio fell to 1.31 (95% CI 0.97-1.77; P = 0.08)."
TOXIC = "Adverse events were seen in 52: skin toxicity in 23, colitis in 14, thyroiditis in 11 and hepatitis in 4."
RATE = "The rate was 0.86 and 1.40 per patient-year (rate ratio 0.61, 95% CI 0.45 to 0.83)."
STIFF = (
    "Retears were found in 18.0% with immediate motion and in 14.3% with the sling. "
    "Stiffness at six months was recorded in 4 (7.7%) and 12 patients (23.1%) (P = 0.03)."
)
SWAPPED = "Survival was 81.2% with rituximab and 67.4% with abatacept at 36 months."
ALONE = "The absence of a control group is a limitation of the study."
MODEL = "The AUC was 0.71. The model requires external validation."

FOUND = [
    (said_significant, TOOTHACHE, "A significant effect on toothache was demonstrated."),
    (said_significant, TOOTHACHE, "Toothache was significantly less common with varnish."),
    (
        said_significant,
        ADJUSTED,
        "The drug remained associated with preeclampsia after adjustment, as well as with preterm birth.",
    ),
    (said_significant, STROKE, "The significantly higher hazard persisted after adjustment."),
    (commonest_told, TOXIC, "Age should not bar patients, and colitis was the most frequent problem."),
    (commonest_told, TOXIC, "The leading toxicity was thyroiditis."),
    (part_of_that, RATE, "The rate of flares was about two fifths of that seen there."),
    (labels_exchanged, SWAPPED, "Survival was 67.4% with rituximab and 81.2% with abatacept."),
    (superior_alone, ALONE, "Rituximab is more effective than conventional treatment and should be used in its place."),
    (superior_alone, MODEL, "It can be used now to adjust the dose in each recipient."),
]
LEFT = [
    (said_significant, TOOTHACHE, "No significant effect on toothache was demonstrated."),
    (said_significant, TOOTHACHE, "Toothache may be significantly less common in larger studies."),
    (
        said_significant,
        ADJUSTED,
        "The drug remained associated with preeclampsia after adjustment, as well as with caesarean delivery.",
    ),
    (said_significant, STROKE, "The higher hazard did not persist after adjustment."),
    (commonest_told, TOXIC, "Skin toxicity was the most frequent problem."),
    (commonest_told, TOXIC, "Colitis was the most frequent severe problem."),
    (part_of_that, RATE, "The rate of flares was about three fifths of that seen there."),
    (told_direction, STIFF, "Immediate motion led to earlier return to work and less stiffness."),
    (labels_exchanged, SWAPPED, "Survival was 81.2% with rituximab and 67.4% with abatacept."),
    (superior_alone, ALONE, "Whether rituximab is more effective than conventional treatment needs a trial."),
    (superior_alone, MODEL, "It can be used to adjust the dose once it has been validated."),
]


def _findings(check: Check, results: str, conclusion: str) -> list[str]:
    return [f.code for f in check(reading(read_document("x", ABSTRACT.format(results, conclusion))))]


@pytest.mark.parametrize(("module", "results", "conclusion"), FOUND)
def test_a_claim_that_the_results_contradict_is_found(module: object, results: str, conclusion: str) -> None:
    assert _findings(_check(module), results, conclusion)


@pytest.mark.parametrize(("module", "results", "conclusion"), LEFT)
def test_a_claim_that_the_results_bear_out_is_left_alone(module: object, results: str, conclusion: str) -> None:
    assert not _findings(_check(module), results, conclusion)


def _check(module: object) -> Check:
    name = getattr(module, "__name__", "").rpartition(".")[2]
    return getattr(module, name)  # type: ignore[no-any-return]
