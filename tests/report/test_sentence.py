"""The sentences: the result, the methods that were really used, the evidence."""

from __future__ import annotations

import re

import invented_answers as invented
import pytest

from evsynth.model.estimate import Companion, Estimate
from evsynth.report.composition import composition
from evsynth.report.sentence import sentence
from evsynth.report.statement import statement

EVERY = invented.every()


def write(kind: str) -> str:
    return sentence(EVERY[kind], invented.REVIEW, invented.studies())


def test_a_pool_reports_estimate_tau_prediction_and_then_i2() -> None:
    said = write("twelve")
    assert "across 12 studies [1, 2, 3" in said
    assert "the pooled hazard ratio was 0.71 (95% CI 0.58 to 0.87; P=0.003)" in said
    assert "τ = 0.19 (95% CI 0.00 to 0.70) on the log scale" in said
    assert "95% prediction interval (V): 0.41 to 1.22." in said
    assert "I² (from τ²) = 21.3%" in said
    assert not re.search(r"\b(low|moderate|high|substantial) heterogeneity", said)


def test_intervals_that_disagree_about_no_effect_are_inconclusive_with_few_studies() -> None:
    assert "the result is inconclusive" in write("three")
    assert "inconclusive" not in write("twelve")


def test_intervals_that_agree_are_not_called_inconclusive() -> None:
    answer = EVERY["three"]
    agreeing = (Companion("Wald", 0.7, 0.6, 0.8, "wald"), Companion("HKSJ", 0.7, 0.5, 0.9, "hksj"))
    said = statement(answer._replace(result=answer.result._replace(companions=agreeing)), invented.REVIEW, {})
    assert "inconclusive" not in said.result


def test_a_proportion_is_the_median_study_with_the_crude_rate_beside_it() -> None:
    said = write("proportions")
    assert "12 events in 102 patients (crude rate 11.8%)" in said
    assert "the median study probability was 11.2% (95% CI 5.8% to 20.7%)" in said
    assert "Bravo 2011 [2]: proportion 0.0% (0.0% to 18.5%), 0/18." in said


def test_nobody_with_the_event_gives_a_bound_and_no_model() -> None:
    said = write("exact")
    assert "none of the 42 patients in 2 studies" in said
    assert "upper limit 6.9%" in said
    assert "No model was fitted" in said


def test_a_single_study_is_given_as_its_own_figure_with_design_and_adjustment() -> None:
    said = write("single")
    assert "one study, Alpha 2010 [1], gives a hazard ratio of 0.62 (95% CI 0.33 to 1.16)" in said
    assert "non-randomised comparison" in said
    assert "adjustment: Cox regression (target conditional)" in said
    assert "Estimate and interval are those the study prints. Nothing was pooled." in said
    assert "pooled hazard ratio" not in said


def test_a_refusal_says_why_and_what_each_study_reports() -> None:
    said = write("refused with two")
    assert "was not pooled; 2 inputs give an effect" in said
    assert "(`DIFFERENT_DEFINITIONS`)" in said
    assert "Bravo 2011 [2], drug vs none: hazard ratio 0.45 (0.20 to 1.01)." in said
    assert "Mike 2017 [3]: 65% lower dose (secondary source). No effect:" in said
    assert "the pooled" not in said


@pytest.mark.parametrize("kind", EVERY)
def test_every_number_in_brackets_is_in_the_list_and_every_reference_is_cited(kind: str) -> None:
    said = statement(EVERY[kind], invented.REVIEW, invented.studies())
    cited = {int(n) for group in re.findall(r"\[([\d, ]+)\]", " ".join([said.result, said.methods, *said.reported]))
             for n in group.split(", ")}  # fmt: skip
    assert cited == set(range(1, len(said.references) + 1))


@pytest.mark.parametrize("kind", EVERY)
def test_no_hyphen_stands_for_a_minus_and_the_identifier_is_printed(kind: str) -> None:
    said = write(kind)
    assert not re.search(r"[(\s]-\d", said)
    assert f"`{EVERY[kind].result.id}`" in said
    assert said.endswith("\n")


def test_overrides_are_printed() -> None:
    pool = invented.pool("hazard ratio", overrides=({"code": "SHARED_PATIENTS", "because": "Different wards."},))
    said = sentence(EVERY["three"]._replace(pool=pool), invented.REVIEW, {})
    assert "Refusals set aside by the reviewers" in said
    assert "Different wards. (`SHARED_PATIENTS`)" in said


def test_markdown_in_labels_is_escaped() -> None:
    said = write("hostile")
    assert "<script>" not in said.replace("\\<script>", "")


def test_composition_counts_grades_and_weights_by_hand() -> None:
    """Three effects of weights 25.8, 15.5 and 58.7: the second from an abstract, the third with one derived input."""
    answer = EVERY["three"]
    assert isinstance(answer.result, Estimate)
    first, second, third = answer.selection.effects
    second = second._replace(leaves=tuple(x._replace(grade="abstract") for x in second.leaves))
    derived = third.leaves[0]._replace(quoted=False, grade=None)
    third = third._replace(leaves=(derived, *third.leaves[1:]))
    found = composition(answer._replace(selection=answer.selection._replace(effects=(first, second, third))))
    assert (found.inputs, found.quoted) == (9, 8)
    assert found.label == "PARTIAL (8/9 inputs quoted)"
    shares = {part.key: (part.inputs, part.weight) for part in found.parts}
    assert shares["abstract"] == (3, pytest.approx(answer.result.weights[1] / 100))
    assert shares["derived"] == (1, pytest.approx(answer.result.weights[2] / 100))


def test_composition_of_a_refusal_counts_unusable_inputs_too_and_has_no_weights() -> None:
    found = composition(EVERY["refused with two"])
    assert (found.inputs, found.complete) == (7, True)
    assert [(p.key, p.inputs, p.weight) for p in found.parts] == [("secondary", 1, None)]
