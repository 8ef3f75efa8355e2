"""A pool file chooses its model: counts, Bayes, several effects of one cohort, cohorts that share patients."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evsynth.build.answers import answered
from evsynth.build.run import build
from evsynth.model.estimate import Estimate, Refusal
from evsynth.pooling.bayes.model import bayes
from evsynth.pooling.bayes.priors import half_normal
from evsynth.pooling.rare_events.glmm import two_arm_glmm
from evsynth.pooling.rare_events.mantel_haenszel import mantel_haenszel
from evsynth.pooling.rare_events.peto import peto
from evsynth.pooling.rare_events.tables import check_two_arms

NAMES = ("alpha-2020", "beta-2021", "gamma-2022", "delta-2023")
ARMS = ((0, 40, 3, 40), (2, 35, 5, 38), (1, 50, 4, 52), (3, 60, 7, 58))
"""The first study has a zero cell."""

COUNTS = {"estimator": "none", "interval": "wald", "prediction": "none"}


def ratios(names: tuple[str, ...] = NAMES) -> list[dict[str, Any]]:
    return [{"study": n, "cohort": "main", "arms": ["drug", "usual"], "variable": "improved"} for n in names]


def write(review: Any, compared: Any, arms: tuple[tuple[int, int, int, int], ...] = ARMS) -> None:
    for name, (a, n, c, m) in zip(NAMES, arms, strict=False):
        review.study(**compared(name, (a, n), (c, m)))


def asked(review: Any, model: str, names: tuple[str, ...] = NAMES, **choices: Any) -> Any:
    given = {"model": model, **COUNTS, **choices}
    review.pool(ratios(names), measure="log odds ratio", choices=given)
    return answered(review.folder(), "asked", findings=()).answer


def tables():
    columns = list(zip(*ARMS, strict=True))
    return check_two_arms(*columns, labels=NAMES)


FITS = [
    ("mantel-haenszel", lambda t: mantel_haenszel(t, "OR", level=0.95)),
    ("peto", lambda t: peto(t, level=0.95)),
    ("glmm-conditional", lambda t: two_arm_glmm(t, model="CM.EL", interval="wald", prediction="V", level=0.95)),
    (
        "glmm-random-studies",
        lambda t: two_arm_glmm(t, model="UM.RS", interval="wald", prediction="V", level=0.95, double_zero="keep"),
    ),
]


@pytest.mark.parametrize(("model", "fit"), FITS, ids=[name for name, _ in FITS])
def test_models_of_counts_take_zero_cells_as_they_are(invented, compared, model, fit):
    """The study with a zero cell is in the pool, has no effect of its own, and nothing is corrected."""
    import math

    write(invented, compared)
    result = asked(invented, model)
    estimate = result.result
    assert isinstance(estimate, Estimate), estimate
    assert (estimate.kind, estimate.k) == ("pooled", 4)
    found = fit(tables())
    assert estimate.figures.estimate == pytest.approx(math.exp(found.estimate), rel=1e-12)
    assert estimate.figures.lower == pytest.approx(math.exp(found.lower), rel=1e-12)
    assert estimate.fitted["zero cells"] == "as they are, no correction"
    own = [e for e in result.selection.effects if math.isnan(e.y)]
    assert [e.study for e in own] == ["alpha-2020"]


def test_a_zero_cell_still_needs_a_model_of_counts(invented, compared):
    """Under inverse variance the same study gives no effect, and the pool is refused."""
    write(invented, compared)
    result = asked(invented, "random effects", estimator="REML", interval="hksj", prediction="V").result
    assert isinstance(result, Refusal)
    assert [r.code for r in result.reasons] == ["UNUSABLE_INPUT"]


def test_a_model_without_an_answer_is_a_refusal_that_says_so(invented, compared):
    """Nobody in any arm had it: no odds ratio exists, and nothing takes the model's place."""
    write(invented, compared, tuple((0, n, 0, m) for _, n, _, m in ARMS))
    result = asked(invented, "mantel-haenszel").result
    assert isinstance(result, Refusal)
    assert {r.code for r in result.reasons} == {"NO_ANSWER"}


@pytest.mark.parametrize("k", [2, 3, 4])
def test_few_studies_can_be_pooled_by_bayes_with_the_prior_that_the_file_names(invented, compared, k):
    """METHODS D5: from two studies on; half and twice the scale, and the usual intervals, stand beside it."""
    arms = ((5, 40, 9, 40), (8, 35, 12, 38), (6, 50, 14, 52), (9, 60, 15, 58))
    write(invented, compared, arms[:k])
    given = {"interval": "credible", "prediction": "posterior", "prior": "half-normal 0.5"}
    answer = asked(invented, "bayes", NAMES[:k], **given)
    effects = answer.selection.effects
    found = bayes([e.y for e in effects], [e.v for e in effects], tau_prior=half_normal(0.5), mu_prior=None, level=0.95)
    import math

    figures = answer.result.figures
    assert figures.estimate == pytest.approx(math.exp(found.mu.median), rel=1e-12)
    assert figures.prediction_upper == pytest.approx(math.exp(found.new_study.upper), rel=1e-12)
    labels = [c.label for c in answer.result.companions]
    assert labels == ["Prior half-normal(scale = 0.25)", "Prior half-normal(scale = 1)", "Wald", "HKSJ"]


WRONG = [
    ({"model": "bayes", "interval": "credible", "prediction": "posterior"}, "the model bayes needs prior"),
    ({"model": "peto", "prior": "half-normal 0.5"}, "prior belongs to the model bayes only"),
    ({"model": "peto", "interval": "hksj"}, "this model of counts gives a Wald interval"),
    ({"model": "multilevel", "interval": "robust", "estimator": "REML"}, "needs rho"),
    ({"model": "glmm-conditional", "estimator": "REML"}, "has no estimator of tau²"),
    ({"model": "random effects", "estimator": "REML", "overlap": "covariance", "rho": "0.5"}, "goes with model"),
]


@pytest.mark.parametrize(("choices", "words"), WRONG, ids=[words for _, words in WRONG])
def test_choices_that_do_not_go_together_are_refused_with_what_to_write(invented, compared, choices, words):
    write(invented, compared)
    given = {**COUNTS, "prediction": "V" if choices["model"] == "random effects" else "none", **choices}
    if choices["model"] == "random effects":
        given["interval"] = "wald"
    invented.pool(ratios(), measure="log odds ratio", choices=given)
    (problem,) = invented.folder().problems
    assert words in problem.message


def test_several_effects_of_one_cohort_need_the_multilevel_model(invented):
    """Without it they are refused as one cohort; with it the interval is cluster-robust."""
    for number, name in enumerate(NAMES):
        first, second = f"{0.6 + 0.05 * number:.2f} (0.40-0.98)", f"{0.7 + 0.05 * number:.2f} (0.45-1.20)"
        invented.study(
            f"""
            passages:
              - source: {name}-paper
                where: Results
                quote: the ratios were {first} for death and {second} for relapse
                values:
                  - {{printed: "{first}", contrast: drug-vs-usual, variable: death, at: month-6,
                      hazard_ratio: {first[:4]}, lower: 0.40, upper: 0.98}}
                  - {{printed: "{second}", contrast: drug-vs-usual, variable: improved, at: month-6,
                      hazard_ratio: {second[:4]}, lower: 0.45, upper: 1.20}}
            """,
            study=name,
            label=name,
            variables="""
  - {variable: improved, label: Death, kind: time to event, outcome: death}
  - {variable: death, label: Death, kind: time to event, outcome: death}""",
        )
    inputs = [
        {"study": n, "cohort": "main", "contrast": "drug-vs-usual", "variable": v} for n in NAMES
        for v in ("death", "improved")
    ]  # fmt: skip
    hazard = {"measure": "hazard ratio", "outcome": "death"}
    invented.pool(inputs, **hazard)
    assert {r.code for r in answered(invented.folder(), "asked", findings=()).answer.result.reasons} == {"SAME_COHORT"}
    choices = {"model": "multilevel", "estimator": "REML", "interval": "robust", "prediction": "none", "rho": "0.6"}
    invented.pool(inputs, choices=choices, **hazard)
    result = answered(invented.folder(), "asked", findings=()).answer.result
    assert isinstance(result, Estimate)
    assert result.fitted["model"] == "multilevel: 8 effects in 4 clusters"
    assert "CR2, Satterthwaite" in result.fitted["interval"]
    assert [c.label for c in result.companions] == ["rho 0.2", "rho 0.4", "rho 0.6", "rho 0.8"]


OVERLAP = (
    "    design: non-randomised comparison\n    may_overlap: [{study: beta-2021, cohort: main, because: One hospital}]"
)


def test_cohorts_that_share_patients_follow_the_rule_of_the_file(invented, compared):
    """B4: refused without a rule; the largest set; or the covariance of sharing, beside every set without overlap."""
    arms = ((5, 40, 9, 40), (8, 35, 12, 38), (6, 50, 14, 52), (9, 60, 15, 58))
    write(invented, compared, arms)
    invented.edit("extractions/studies/alpha-2020.yaml", "    design: non-randomised comparison", OVERLAP)
    usual = {"estimator": "REML", "interval": "wald", "prediction": "none"}
    refused = asked(invented, "random effects", **usual).result
    assert [r.code for r in refused.reasons] == ["SHARED_PATIENTS"]
    largest = asked(invented, "random effects", **usual, overlap="largest")
    assert [e.study for e in largest.selection.effects] == ["alpha-2020", "delta-2023", "gamma-2022"]
    assert any("beta-2021" in line or "Beta 2021" in line for line in largest.selection.log)
    shared = asked(invented, "random effects", **usual, overlap="covariance", rho="0.8").result
    assert shared.k == 4
    assert "up to 73" in shared.fitted["sharing"]
    labels = [c.label for c in shared.companions]
    assert labels == ["rho 0.5", "rho 0.8", "rho 1", "Without Beta 2021", "Without Alpha 2020"]
    hashes = {refused.hash, largest.result.hash, shared.hash}
    assert len(hashes) == 3, "a decision about shared patients gives another identifier"


def test_a_pool_of_ten_has_its_sensitivity_and_its_funnel(invented, compared):
    """Outputs hold them where they are defined, and nothing where they are not; what falls away is removed."""
    names = tuple(f"study-{n}" for n in range(10))
    for number, name in enumerate(names):
        invented.study(**compared(name, (5 + number, 40 + 3 * number), (9 + number, 38 + 2 * number)))
    choices = {"model": "random effects", "estimator": "REML", "interval": "hksj", "prediction": "V"}
    invented.pool(ratios(names), measure="log odds ratio", choices=choices)
    build(invented.folder(), step=lambda name: None)
    made = {name.removeprefix("outputs/asked/") for name in invented.outputs() if name.startswith("outputs/asked/")}
    assert {"sensitivity.json", "specification-curve.svg", "small-study.json", "funnel.png"} <= made
    told = json.loads((invented.root / "outputs/asked/small-study.json").read_text())
    assert "tests of funnel asymmetry" in [t["name"] for t in told["tables"]]
    again = build(invented.folder(), step=lambda name: None)
    assert again.written == ()
    invented.pool(ratios(names[:4]), measure="log odds ratio", choices=choices)
    fewer = build(invented.folder(), step=lambda name: None)
    assert {"asked/small-study.json", "asked/funnel.png", "asked/funnel.svg"} <= set(fewer.surplus)
    assert not (invented.root / "outputs/asked/funnel.png").exists()


def test_profiles_are_compared_for_a_pool_of_a_review(invented, compared, monkeypatch, capsys):
    """`evsynth compare POOL`, also for proportions and not where a study has no effect of its own."""
    from evsynth.cli.main import main

    arms = ((5, 40, 9, 40), (8, 35, 12, 38), (6, 50, 14, 52), (9, 60, 15, 58))
    write(invented, compared, arms)
    choices = {"model": "random effects", "estimator": "REML", "interval": "hksj", "prediction": "V"}
    invented.pool(ratios(), measure="log odds ratio", choices=choices)
    monkeypatch.chdir(invented.root)
    with pytest.raises(SystemExit) as ended:
        main(["compare", "asked", "--profiles", "all"])
    assert not ended.value.code
    out = capsys.readouterr().out
    assert all(name in out for name in ("evsynth-default", "cochrane-2025", "metafor", "revman-5"))
