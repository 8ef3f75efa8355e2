"""Unlike things are not pooled: each refusal code, what provokes it, and what nearly does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evsynth.model.estimate import Estimate, Refusal
from evsynth.pooling.gate import CODES, FINAL

NAMES = ("alpha-2020", "beta-2021", "gamma-2022")
PROVOKED: dict[str, Callable[..., Any]] = {}
ONE = {"plan": "single study"}


def provokes(code: str) -> Callable[[Any], Any]:
    """Note that a function makes a review whose pool is refused with `code` alone."""

    def note(make: Any) -> Any:
        PROVOKED[code] = make
        return make

    return note


def rates(names: tuple[str, ...] = NAMES, variable: str = "improved") -> list[dict[str, str]]:
    """Give the inputs of a pool of proportions."""
    return [{"study": name, "cohort": "main", "arm": "all", "variable": variable} for name in names]


def ratios(names: tuple[str, ...] = NAMES) -> list[dict[str, Any]]:
    """Give the inputs of a pool of odds ratios."""
    return [{"study": name, "cohort": "main", "arms": ["drug", "usual"], "variable": "improved"} for name in names]


def contrasts(variable: str = "death", contrast: str = "drug-vs-usual") -> list[dict[str, str]]:
    """Give the inputs of a pool of printed effects."""
    return [{"study": name, "cohort": "main", "contrast": contrast, "variable": variable} for name in NAMES]


def three(review: Any, counted: Any, changes: dict[str, dict[str, str]] | None = None, **every: str) -> None:
    """Write three studies with one arm each, some of them changed."""
    for number, name in enumerate(NAMES):
        review.study(**counted(name, 5 + number, 20, **{**every, **(changes or {}).get(name, {})}))


def printed(review: Any, values: dict[str, str], **given: str) -> None:
    """Write three studies that each print one effect."""
    for name, value in values.items():
        text = value.partition(" {")[0]
        review.study(
            f"""
            adjustments:
              - {{adjustment: iptw, method: weighted, estimand: ATE, standard_error: robust}}
              - {{adjustment: iptw-att, method: weighted, estimand: ATT, standard_error: robust}}
              - {{adjustment: cox, method: adjusted, estimand: conditional, standard_error: model}}
            passages:
              - source: {name}-paper
                where: Results
                quote: the result was {text} here
                values: [{{printed: "{text}", {value.partition(" {")[2]}]
            """,
            study=name,
            label=name,
            **given,
        )


def hazard(text: str, more: str = "") -> str:
    """Give a printed hazard ratio "0.63 (0.41-0.98)"."""
    estimate, _, limits = text.partition(" (")
    lower, upper = limits.strip(")").split("-")
    return (
        f"{text} {{contrast: drug-vs-usual, variable: death, at: month-6, hazard_ratio: {estimate}, lower: {lower}, "
        f"upper: {upper}{more}}}"
    )


def changes() -> dict[str, str]:
    """Give each study another change of a score."""
    text = "−{0} (SD 4.0) {{contrast: change-drug, variable: score, mean_change: -{0}, sd: 4.0}}"
    return {name: text.format(change) for name, change in zip(NAMES, ("3.0", "3.4", "2.1"), strict=True)}


HAZARDS = {"measure": "hazard ratio", "outcome": "death"}
THREE_HAZARDS = ("0.63 (0.41-0.98)", "0.80 (0.50-1.28)", "0.55 (0.37-0.82)")


@provokes("DIFFERENT_DEFINITIONS")
def one_word_for_two_outcomes(review, counted, **_):
    """Relapse, and relapse in the lung."""
    lung = "[{variable: relapse, label: Relapse, kind: count, outcome: relapse-lung}]"
    for name in NAMES:
        given = {"variables": lung} if name == "gamma-2022" else {}
        review.study(**counted(name, 5, 20, variable="relapse", **given))
    return review.answer(rates(variable="relapse"), outcome="relapse-any")


@provokes("DIFFERENT_OUTCOMES")
def two_outcomes(review, counted, **_):
    """Improvement, and a variable of that name that measures death."""
    death = "[{variable: improved, label: Died, kind: count, outcome: death}]"
    three(review, counted, {"gamma-2022": {"variables": death}})
    return review.answer(rates())


@provokes("DIFFERENT_UNITS")
def two_units(review, **_):
    """A dose in milligrams, and one in grams."""
    printed(review, changes())
    review.edit("extractions/studies/gamma-2022.yaml", "instrument: breath-20", "instrument: breath-20, unit: g")
    given = {"measure": "mean change", "outcome": "breath", "claim": "change in treated patients"}
    return review.answer(contrasts("score", "change-drug"), **given)


@provokes("DIFFERENT_INSTRUMENTS")
def two_instruments(review, **_):
    """A score of 0 to 20, and one of 0 to 96."""
    printed(review, changes())
    review.edit("extractions/studies/gamma-2022.yaml", "instrument: breath-20", "instrument: breath-96")
    given = {"measure": "mean change", "outcome": "breath", "claim": "change in treated patients"}
    return review.answer(contrasts("score", "change-drug"), **given)


@provokes("DIFFERENT_TIMEPOINTS")
def two_times(review, counted, **_):
    """30 days and one year."""
    year = "[{at: month-6, label: Month 6, lowest_months: 12, highest_months: 12}]"
    three(review, counted, {"gamma-2022": {"timepoints": year}})
    return review.answer(rates())


@provokes("DIFFERENT_POPULATIONS")
def two_populations(review, counted, **_):
    """All patients, and those who survived."""
    three(review, counted)
    review.edit(
        "extractions/studies/gamma-2022.yaml", "    where: Results", "    where: Results\n    population: survivors"
    )
    return review.answer(rates())


@provokes("DIFFERENT_DESIGNS")
def randomised_and_not(review, compared, **_):
    """A trial among cohorts."""
    for number, name in enumerate(NAMES):
        review.study(**compared(name, (5 + number, 20), (8, 20)))
    review.edit("extractions/studies/gamma-2022.yaml", "design: non-randomised comparison", "design: randomised")
    return review.answer(ratios(), measure="log odds ratio")


@provokes("DIFFERENT_ADJUSTMENTS")
def crude_and_weighted(review, **_):
    """A crude hazard ratio, a weighted and an adjusted one."""
    more = ("", ", adjustment: iptw", ", adjustment: cox")
    printed(review, {n: hazard(t, m) for n, t, m in zip(NAMES, THREE_HAZARDS, more, strict=True)})
    return review.answer(contrasts(), **HAZARDS)


@provokes("SAME_COHORT")
def two_arms_of_one_cohort(review, counted, compared, **_):
    """As if they were studies."""
    three(review, counted)
    review.study(**compared("delta-2023", (5, 40), (8, 40)))
    both = [{"study": "delta-2023", "cohort": "main", "arm": arm, "variable": "improved"} for arm in ("drug", "usual")]
    return review.answer([*rates(), *both])


@provokes("SHARED_PATIENTS")
def two_cohorts_that_share_patients(review, counted, **_):
    """One hospital, overlapping years."""
    three(review, counted)
    overlap = (
        "    design: single-arm series\n    may_overlap: [{study: beta-2021, cohort: main, because: One hospital}]"
    )
    review.edit("extractions/studies/alpha-2020.yaml", "    design: single-arm series", overlap)
    return review.answer(rates())


@provokes("WITHIN_GROUP_CHANGE")
def a_rate_as_an_effect(review, counted, **_):
    """A rate in one group, cited as an effect of treatment."""
    three(review, counted)
    return review.answer(rates(), claim="treatment effect")


@provokes("NO_VARIANCE")
def a_median_change(review, **_):
    """Beside mean changes."""
    median = "−3.0 {contrast: change-drug, variable: score, median_change: -3.0}"
    printed(review, {**changes(), "delta-2023": median})
    given = {"measure": "mean change", "outcome": "breath", "claim": "change in treated patients"}
    inputs = [{**contrasts("score", "change-drug")[0], "study": name} for name in (*NAMES, "delta-2023")]
    return review.answer(inputs, **given)


@provokes("ZERO_VARIANCE")
def nobody_in_either_arm(review, compared, **_):
    """0/20 and 0/22: the risk difference is 0 with variance 0 (METHODS D6)."""
    for name, drug, usual in zip(NAMES, (5, 6, 0), (8, 9, 0), strict=True):
        review.study(**compared(name, (drug, 20), (usual, 22)))
    return review.answer(ratios(), measure="risk difference")


@provokes("UNUSABLE_INPUT")
def a_zero_cell(review, compared, **_):
    """No odds ratio without a correction."""
    for number, name in enumerate((*NAMES, "delta-2023")):
        review.study(**compared(name, (3 - number, 20), (8, 20)))
    return review.answer(ratios((*NAMES, "delta-2023")), measure="log odds ratio")


@provokes("TOO_FEW")
def two_studies(review, counted, **_):
    """Do not carry a random-effects model."""
    three(review, counted)
    return review.answer(rates(NAMES[:2]))


@provokes("NOT_ONE_STUDY")
def two_where_one_was_planned(review, counted, **_):
    """Which of the two would be shown?"""
    three(review, counted)
    return review.answer(rates(NAMES[:2]), **ONE)


@provokes("TABULATED")
def planned_to_be_tabulated(review, counted, **_):
    """Nothing stands against it but the plan."""
    three(review, counted)
    return review.answer(rates(), plan="tabulate", because="Follow-up was too different.")


@pytest.mark.parametrize("code", CODES)
def test_each_reason_alone(invented, counted, compared, code):
    """The pool is refused for this reason and no other; the reason is a sentence that names the studies."""
    answer = PROVOKED[code](invented, counted=counted, compared=compared)
    assert isinstance(answer.result, Refusal)
    assert [reason.code for reason in answer.result.reasons] == [code]
    assert answer.result.reasons[0].message.endswith(".")
    assert answer.result.k == len(answer.selection.effects)
    assert answer.result.id.startswith("asked@")


@pytest.mark.parametrize("code", [code for code in CODES if code not in (*FINAL, "TOO_FEW")])
def test_each_reason_can_be_set_aside_with_a_sentence(invented, counted, compared, code):
    """The sentence is a warning of the result, and the identifier is another one."""
    refused = PROVOKED[code](invented, counted=counted, compared=compared)
    text = (invented.root / "extractions/pools/asked.yaml").read_text()
    invented.write("extractions/pools/asked.yaml", f"{text}overrides: [{{code: {code}, because: We know better.}}]\n")
    answer = invented.answer()
    assert isinstance(answer.result, Estimate)
    assert answer.result.hash != refused.result.hash
    told = [w.message for w in answer.result.warnings if w.code == "OVERRIDE"]
    assert told == [f"The reason {code} was set aside: We know better."]


def test_two_studies_can_be_pooled_if_that_is_defended(invented, counted):
    """TOO_FEW can be set aside for two studies, but not for one or none."""
    three(invented, counted)
    given = {"overrides": [{"code": "TOO_FEW", "because": "Both are nearly the same."}]}
    assert isinstance(invented.answer(rates(NAMES[:2]), **given).result, Estimate)
    assert isinstance(invented.answer(rates(NAMES[:1]), **given).result, Refusal)


@pytest.mark.parametrize("code", FINAL)
def test_some_reasons_are_final(invented, counted, compared, code):
    """There would be nothing to compute; the pool file says so in its line."""
    PROVOKED[code](invented, counted=counted, compared=compared)
    text = (invented.root / "extractions/pools/asked.yaml").read_text()
    invented.write("extractions/pools/asked.yaml", f"{text}overrides: [{{code: {code}, because: We want it.}}]\n")
    finding = invented.only()
    assert finding.message == f"{code!r} is not a known reason that can be set aside"
    assert finding.place.file == "extractions/pools/asked.yaml"


NEARLY = [
    # what is alike after all
    (
        "another label of the same months",
        "timepoints",
        "[{at: month-6, label: Half a year, lowest_months: 6, highest_months: 6}]",
    ),
    (
        "another word for the same outcome",
        "variables",
        "[{variable: improved, label: Better, kind: count, outcome: improved}]",
    ),
]


@pytest.mark.parametrize(("key", "text"), [row[1:] for row in NEARLY], ids=[row[0] for row in NEARLY])
def test_left_alone(invented, counted, key, text):
    """What only looks different is pooled."""
    three(invented, counted, {"gamma-2022": {key: text}})
    assert isinstance(invented.answer(rates()).result, Estimate)


def test_weighted_effects_of_two_estimands_differ(invented):
    """ATE and ATT answer two questions under one method."""
    more = (", adjustment: iptw", ", adjustment: iptw", ", adjustment: iptw-att")
    printed(invented, {n: hazard(t, m) for n, t, m in zip(NAMES, THREE_HAZARDS, more, strict=True)})
    answer = invented.answer(contrasts(), **HAZARDS)
    assert [r.code for r in answer.result.reasons] == ["DIFFERENT_ADJUSTMENTS"]
    assert "weighted ATT" in answer.result.reasons[0].message


def test_a_pool_that_asks_for_another_outcome_than_its_inputs_measure_is_refused(invented, counted):
    """The number would be cited under the wrong name."""
    three(invented, counted)
    answer = invented.answer(rates(), outcome="death")
    (reason,) = answer.result.reasons
    assert reason == ("DIFFERENT_OUTCOMES", reason.message)
    assert reason.message.startswith("The pool asks for Death; the inputs measure Improvement")


def test_overlap_of_cohorts_that_are_not_asked_for_does_not_matter(invented, counted):
    """Only cohorts of this pool count."""
    three(invented, counted)
    overlap = (
        "    design: single-arm series\n    may_overlap: [{study: omega-1999, cohort: main, because: One hospital}]"
    )
    invented.edit("extractions/studies/alpha-2020.yaml", "    design: single-arm series", overlap)
    assert isinstance(invented.answer(rates()).result, Estimate)


def test_every_reason_is_provoked():
    """A new code needs a test."""
    assert set(PROVOKED) == set(CODES)
    assert len(CODES) == len(set(CODES))
