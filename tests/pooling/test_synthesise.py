"""Pools that really pool: what is headline, what stands beside it, and what is said about it."""

from __future__ import annotations

import math

import pytest

from evsynth.model.estimate import Estimate, Refusal

NAMES = ("alpha-2020", "beta-2021", "gamma-2022", "delta-2023", "epsilon-2024")
EVENTS = (4, 7, 2, 9, 5)
TOTALS = (20, 25, 18, 30, 22)


def rates(invented, counted, k, events=EVENTS, **given):
    """Answer a pool of `k` proportions."""
    for name, x, n in zip(NAMES[:k], events, TOTALS, strict=False):
        invented.study(**counted(name, x, n))
    inputs = [{"study": n, "cohort": "main", "arm": "all", "variable": "improved"} for n in NAMES[:k]]
    return invented.answer(inputs, **given)


def ratios(invented, compared, tables, **given):
    """Answer a pool of log odds ratios."""
    for name, (drug, usual) in zip(NAMES, tables, strict=False):
        invented.study(**compared(name, drug, usual))
    names = NAMES[: len(tables)]
    inputs = [{"study": n, "cohort": "main", "arms": ["drug", "usual"], "variable": "improved"} for n in names]
    return invented.answer(inputs, **{"measure": "log odds ratio", **given})


SPREAD = (((4, 20), (10, 20)), ((12, 25), (8, 25)), ((2, 30), (9, 30)), ((9, 40), (10, 40)), ((15, 30), (6, 30)))
ALIKE = (((5, 20), (8, 20)), ((6, 25), (10, 25)), ((8, 30), (13, 30)))


def codes(result):
    """Give the codes of the warnings."""
    return [warning.code for warning in result.warnings]


def test_one_study_is_shown_and_not_pooled(invented, counted):
    """Its own exact interval, no model."""
    answer = rates(invented, counted, 1, plan="single study")
    result = answer.result
    assert isinstance(result, Estimate)
    assert (result.kind, result.k, result.weights) == ("single study", 1, (100.0,))
    assert result.fitted["model"] == "none: one study"
    assert (result.figures.events, result.figures.total, result.figures.interval) == (4, 20, "Clopper-Pearson")
    assert result.figures.tau2 is result.figures.p is None


@pytest.mark.parametrize("k", [1, 2])
def test_one_or_two_studies_are_not_pooled(invented, counted, k):
    """A refusal with the number of studies."""
    result = rates(invented, counted, k).result
    assert isinstance(result, Refusal)
    assert ([r.code for r in result.reasons], result.k) == (["TOO_FEW"], k)


def test_two_ratios_get_a_bayesian_companion_in_place_of_a_pool(invented, compared):
    """B15: opposite directions, k = 2; both studies are shown, and what a weak prior makes of them."""
    answer = ratios(invented, compared, SPREAD[:2])
    assert isinstance(answer.result, Refusal)
    assert len(answer.selection.effects) == 2
    companion, wider = answer.result.companions
    assert [companion.label, wider.label] == ["Bayesian", "Bayesian, wider prior"]
    assert "half-normal(0.5)" in companion.method
    assert "half-normal(1)" in wider.method
    assert wider.lower < companion.lower < companion.upper < wider.upper
    first, second = sorted(e.estimate for e in answer.selection.effects)
    assert first < companion.estimate < second
    assert companion.lower < first < second < companion.upper or companion.lower < 1 < companion.upper


@pytest.mark.parametrize("k", [3, 5])
def test_proportions_are_pooled_by_the_binomial_normal_model_with_two_others_beside_it(invented, counted, k):
    """The headline is the median study probability; the crude rate and logit-REML stand beside it."""
    result = rates(invented, counted, k).result
    assert isinstance(result, Estimate)
    assert (result.kind, result.k) == ("pooled", k)
    assert "binomial-normal" in result.fitted["model"]
    assert result.fitted["meaning"] == "median study probability"
    crude, reml, *bayesian = result.companions
    assert [c.label for c in bayesian] == (["Bayesian", "Bayesian, wider prior"] if k < 5 else [])
    x, n = sum(EVENTS[:k]), sum(TOTALS[:k])
    assert (crude.label, crude.estimate, crude.note) == ("Crude rate", x / n, f"{x} of {n}")
    assert reml.label == "Logit, REML"
    assert "REML, HKSJ" in reml.method
    assert "0.5" not in reml.method, "no cell is zero, so nothing is corrected"
    figures = result.figures
    assert (figures.events, figures.total) == (x, n)
    assert figures.lower < figures.estimate < figures.upper
    assert abs(figures.estimate - x / n) < 0.05
    assert figures.prediction == "V"
    assert figures.prediction_lower <= figures.lower
    assert math.isclose(sum(result.weights), 100)


def test_no_prediction_is_given_where_none_is_asked_for(invented, counted):
    """What is written in the file is what is done."""
    figures = rates(invented, counted, 5, choices={"prediction": "none"}).result.figures
    assert (figures.prediction, figures.prediction_lower, figures.prediction_upper) == ("none", None, None)


def test_a_zero_among_the_counts_is_corrected_only_beside_the_headline(invented, counted):
    """The binomial-normal model needs no 0.5."""
    result = rates(invented, counted, 5, events=(0, *EVENTS[1:])).result
    assert "binomial-normal" in result.fitted["model"]
    assert "0.5 added where a cell is zero" in result.companions[1].method


@pytest.mark.parametrize("everybody", [False, True])
def test_all_zero_or_all_events_give_exact_bounds(invented, counted, everybody):
    """METHODS D2: no model; total n, exact interval, one-sided bound."""
    result = rates(invented, counted, 3, events=TOTALS if everybody else (0, 0, 0)).result
    assert isinstance(result, Estimate)
    assert result.kind == "exact"
    n = sum(TOTALS[:3])
    assert (result.figures.events, result.figures.total) == (n if everybody else 0, n)
    bound = result.companions[1]
    assert bound.label == "One-sided bound"
    limit = 0.05 ** (1 / n)
    assert math.isclose(bound.lower if everybody else bound.upper, limit if everybody else 1 - limit)
    two_sided = 0.025 ** (1 / n)
    assert math.isclose(
        result.figures.lower if everybody else result.figures.upper, two_sided if everybody else 1 - two_sided
    )
    assert codes(result)[-1] == ("NOT_POOLED_ALL_EVENTS" if everybody else "NOT_POOLED_ALL_ZERO")


def test_two_studies_without_events_are_refused_with_their_bounds(invented, counted):
    """The zeros say something even if nothing is pooled."""
    result = rates(invented, counted, 2, events=(0, 0)).result
    assert isinstance(result, Refusal)
    assert [c.note for c in result.companions] == ["0 of 20", "0 of 25"]
    assert math.isclose(result.companions[0].upper, 1 - 0.05 ** (1 / 20))


def test_odds_ratios_are_pooled_by_reml_with_three_intervals_side_by_side(invented, compared):
    """Everything that was really used is in the result."""
    result = ratios(invented, compared, SPREAD).result
    assert isinstance(result, Estimate)
    fitted = result.fitted
    assert (fitted["estimator"], fitted["interval"], fitted["prediction"]) == ("REML", "HKSJ (t with 4 df)", "V")
    assert "PyMARE" in fitted["engine"]
    wald, hksj, modified = result.companions
    assert [c.label for c in result.companions] == ["Wald", "HKSJ", "Modified HKSJ"]
    assert {c.estimate for c in result.companions} == {result.figures.estimate}
    assert (result.figures.lower, result.figures.upper) == (hksj.lower, hksj.upper)
    assert modified.lower <= hksj.lower
    assert wald.lower > hksj.lower
    figures = result.figures
    assert 0 < figures.tau2_lower < figures.tau2 < figures.tau2_upper
    assert figures.q_df == 4
    assert figures.i2_tau2 != figures.i2_q
    assert figures.estimate > 0, "on the reader's scale, not the logarithm"


@pytest.mark.parametrize(
    ("interval", "label"), [("wald", "Wald"), ("hksj", "HKSJ"), ("modified hksj", "Modified HKSJ")]
)
def test_the_interval_of_the_file_is_the_headline(invented, compared, interval, label):
    """None is preferred by the program."""
    result = ratios(invented, compared, SPREAD, choices={"interval": interval}).result
    named = next(c for c in result.companions if c.label == label)
    assert (result.figures.lower, result.figures.upper) == (named.lower, named.upper)


@pytest.mark.parametrize("estimator", ["DL", "HE", "ML", "REML"])
def test_the_estimator_of_the_file_is_used(invented, compared, estimator):
    """And named in the model."""
    result = ratios(invented, compared, SPREAD, choices={"estimator": estimator}).result
    assert (result.fitted["estimator"], result.fitted["model"]) == (estimator, f"normal-normal, tau2 by {estimator}")


def test_hksj_narrower_than_wald_is_flagged(invented, compared):
    """METHODS D1: homogeneous studies make HKSJ too sure; modified HKSJ is beside it."""
    result = ratios(invented, compared, ALIKE).result
    assert result.figures.tau2 == 0
    wald, hksj, modified, bayesian, wider = result.companions
    assert "half-normal(1)" in wider.method
    assert hksj.upper - hksj.lower < wald.upper - wald.lower < modified.upper - modified.lower
    assert bayesian.label == "Bayesian", "fewer than five studies"
    assert {"HK_NARROWER_THAN_WALD", "FEW_STUDIES", "TAU2_ZERO"} <= set(codes(result))


def test_five_studies_need_no_bayesian_companion(invented, compared):
    """And no warning that they are few."""
    result = ratios(invented, compared, SPREAD).result
    assert "Bayesian" not in [c.label for c in result.companions]
    assert "FEW_STUDIES" not in codes(result)


def test_a_common_effect_of_two_studies_has_a_bayesian_companion(invented, compared):
    """METHODS D5: only where homogeneity is defended in the file."""
    choices = {"model": "common effect", "estimator": "none", "interval": "wald", "prediction": "none"}
    result = ratios(invented, compared, ALIKE[:2], choices=choices).result
    assert isinstance(result, Estimate)
    assert result.fitted["model"] == "common effect, inverse variance"
    assert [c.label for c in result.companions] == ["Bayesian", "Bayesian, wider prior"]
    assert result.figures.tau2 is None


def test_a_correction_of_zero_cells_is_stated_in_the_file_and_in_the_result(invented, compared):
    """Nothing is added silently."""
    tables = (*ALIKE, ((0, 20), (5, 20)))
    refused = ratios(invented, compared, tables).result
    assert [r.code for r in refused.reasons] == ["UNUSABLE_INPUT"]
    assert "no events in group 1" in refused.reasons[0].message
    result = ratios(invented, compared, tables, choices={"correction": "0.5 where a cell is zero"}).result
    assert isinstance(result, Estimate)
    assert "CORRECTED" in codes(result)


def test_swapping_the_arms_turns_the_ratio_over(invented, compared):
    """The first arm is the treated one."""
    result = ratios(invented, compared, SPREAD).result
    inputs = [{"study": n, "cohort": "main", "arms": ["usual", "drug"], "variable": "improved"} for n in NAMES]
    other = invented.answer(inputs, measure="log odds ratio").result
    assert math.isclose(other.figures.estimate, 1 / result.figures.estimate)
    assert math.isclose(other.figures.lower, 1 / result.figures.upper)


def test_mean_changes_are_pooled_on_their_own_scale(invented):
    """In points of the score, with the patients measured twice."""
    for number, name in enumerate(NAMES):
        invented.study(
            f"""
            passages:
              - source: {name}-paper
                where: Results
                quote: changed by −{number}.5 (SD 4.0) in {10 + number}
                values:
                  - {{printed: −{number}.5 (SD 4.0) in {10 + number}, contrast: change-drug, variable: score,
                      at: month-6,
                     mean_change: -{number}.5, sd: 4.0, analysed: {10 + number}}}
            """,
            study=name,
            label=name,
        )
    inputs = [{"study": n, "cohort": "main", "contrast": "change-drug", "variable": "score"} for n in NAMES]
    given = {"measure": "mean change", "outcome": "breath", "claim": "change in treated patients"}
    answer = invented.answer(inputs, **given)
    effect = answer.selection.effects[0]
    assert (effect.study, effect.y, effect.v, effect.totals) == ("alpha-2020", -0.5, 16 / 10, (10,))
    assert -4.5 < answer.result.figures.estimate < -0.5
    assert answer.result.figures.scale == "natural"
    assert "WITHIN_GROUP" in codes(answer.result)
    assert len(answer.result.companions) == 3, "no prior is defended for points of a score"


CHOICES = [
    # choices that do not go together: in the pool file, what is said
    (
        {"measure": "proportion", "choices": {"model": "random effects", "estimator": "REML"}},
        "does not go with the measure 'proportion'",
    ),
    (
        {"measure": "hazard ratio", "choices": {"model": "binomial-normal", "estimator": "none", "interval": "wald"}},
        "does not go with the measure 'hazard ratio'",
    ),
    ({"choices": {"interval": "hksj"}}, "gives a Wald interval and the prediction V"),
    ({"choices": {"prediction": "HTS"}}, "gives a Wald interval and the prediction V"),
    ({"choices": {"estimator": "REML"}}, "has no estimator of tau²"),
    ({"choices": {"model": "none", "interval": "none", "prediction": "none"}}, "a pool needs a model"),
    ({"measure": "log odds ratio", "choices": {"model": "common effect"}}, "the common-effect model has no tau²"),
    ({"measure": "log odds ratio", "choices": {"estimator": "none"}}, "random effects need an estimator"),
    ({"choices": {"level": 0.95}}, "is not a confidence level in percent"),
    ({"choices": {"level": 100}}, "is not a confidence level in percent"),
    ({"choices": {"level": "ninety"}}, "level is 'ninety', which is not written as expected"),
    ({"choices": {"level": "nan"}}, "level is 'nan', which is not written as expected"),
]


@pytest.mark.parametrize(("given", "message"), CHOICES)
def test_choices_that_do_not_go_together_are_refused_before_anything_is_computed(invented, counted, given, message):
    """Nothing that is written in a pool file is silently replaced by something else."""
    invented.study(**counted("alpha-2020", 5, 20))
    invented.pool([{"study": "alpha-2020", "cohort": "main", "arm": "all", "variable": "improved"}], **given)
    finding = invented.only()
    assert message in finding.message
    assert finding.hint
    assert finding.place.file == "extractions/pools/asked.yaml"
