"""Every shape of number that papers print is held by the schema without a comment, a fudge or a second copy.

One test per case; its docstring is the extraction, and its asserts are the rule that follows from it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from evsynth.model.estimate import Estimate, Refusal
from evsynth.model.printed import Printed

CASES = (
    "count and percent disagree",
    "percent that no count can give",
    "columns or rows swapped",
    "label contradicts the value",
    "unlabelled centre and spread",
    "wrong content in a row",
    "impossible value",
    "one estimand, two values",
    "p as inequality",
    "p at the threshold",
    "p without a named test",
    "median of change vs change of medians",
    "bootstrap CI, asymmetric or degenerate",
    "direction not carried by the estimate",
    "value only in a figure; data not shown",
    "pair printed in reversed order",
    "derived number",
    "survivors or completers only",
    "nested or overlapping groups",
    "multi-response",
    "exclusive categories that exceed n",
    "merged rows",
    "hidden denominator",
    "time window, variable follow-up",
    "percent reduction without absolute values",
    "single-arm before–after",
    "weighted or adjusted effect",
    "hazard ratio without event counts",
    "steroid equivalents",
    "scores that share a name, not a scale",
    "one word, several definitions",
    "co-treatment inside an arm",
    "zero only in prose",
    "event mentioned, no count",
    "one patient's values",
    "number cited from elsewhere",
    "secondary source",
    "identifiers missing",
)
"""The table of cases that two reviewers met in their first three studies."""

SHOWN: dict[str, str] = {}


def case(name: str) -> Callable[[Any], Any]:
    """Note that a test shows a case of the table."""

    def note(test: Any) -> Any:
        assert name not in SHOWN, f"two tests show {name!r}"
        SHOWN[name] = test.__name__
        return test

    return note


ALL_IN_DRUG = {"study": "alpha-2020", "cohort": "main", "arm": "drug"}
CHANGE = {"study": "alpha-2020", "cohort": "main", "contrast": "change-drug"}
BETWEEN = {"study": "alpha-2020", "cohort": "main", "contrast": "drug-vs-usual"}
ONE_STUDY = {"plan": "single study"}
IMPROVED = {**ALL_IN_DRUG, "variable": "improved"}


def reasons(answer: Any) -> list[str]:
    """Give the codes of a refusal."""
    assert isinstance(answer.result, Refusal), answer.result
    return [reason.code for reason in answer.result.reasons]


def cause(answer: Any) -> str:
    """Give the code of the one input that gives no effect."""
    (unusable,) = answer.selection.unusable
    return str(unusable.code)


def warnings(answer: Any) -> list[str]:
    """Give the codes of the warnings of an estimate."""
    assert isinstance(answer.result, Estimate), answer.result
    return [warning.code for warning in answer.result.warnings]


@case("count and percent disagree")
def test_count_percent_and_denominator_are_kept_apart_and_not_repaired(extracted):
    """31 of 40 is 77.5 %, and 75.0 % would be 30.

    passages:
      - source: paper
        where: Table 2
        quote: Improved 31 (75.0%) of 40
        values: [{printed: 31 (75.0%) of 40, id: odd, arm: drug, variable: improved, count: 31, percent: 75.0, of: 40}]
    """
    (value,) = extracted.values()
    assert {name: n.text for name, n in value.statistics.items()} == {"count": "31", "percent": "75.0", "of": "40"}
    finding = extracted.only()
    assert finding.code == "COUNT_PERCENT"
    assert [a.value for a in finding.alternatives] == ["30"]
    answer = extracted.answer([IMPROVED], **ONE_STUDY)
    assert answer.selection.effects[0].events == (31,)
    assert "PERCENT_DISAGREES" in warnings(answer)


@case("percent that no count can give")
def test_a_percentage_without_a_count_is_impossible_or_not_but_never_a_count(extracted):
    """No whole number of 40 prints as 33.1 %; even a possible percentage gives no count.

    passages:
      - source: paper
        where: Table 2
        quote: Improved 33.1%, female 35.0%
        values:
          - {printed: 33.1%, arm: drug, variable: improved, percent: 33.1}
          - {printed: 35.0%, arm: drug, variable: female, percent: 35.0}
    """
    assert extracted.only().code == "PERCENT_IMPOSSIBLE"
    answer = extracted.answer([IMPROVED], **ONE_STUDY)
    assert "UNUSABLE_INPUT" in reasons(answer)
    assert cause(answer) == "PERCENT_ONLY"
    assert cause(extracted.answer([{**ALL_IN_DRUG, "variable": "female"}], **ONE_STUDY)) == "PERCENT_ONLY"


@case("columns or rows swapped")
def test_a_resolution_moves_a_value_to_its_column_while_the_print_stays(extracted):
    """The columns of a row are exchanged; the P value that is printed beside them is the witness.

    cohorts:
      - cohort: main
        label: All
        design: non-randomised comparison
        condition: invented
        arms:
          - {arm: drug, label: Drug, role: treated, patients: 20}
          - {arm: usual, label: Usual, role: comparator, patients: 50}
        contrasts: [{contrast: drug-vs-usual, kind: between arms, arms: [drug, usual]}]
    passages:
      - source: paper
        where: Table 2
        quote: "Improved: 30 (60%) 12 (60%) P=1.0"
        variable: improved
        values:
          - {printed: 30 (60%), id: under-drug, arm: drug, count: 30, percent: 60}
          - {printed: 12 (60%), id: under-usual, arm: usual, count: 12, percent: 60}
          - {printed: P=1.0, id: witness, contrast: drug-vs-usual, p: 1.0, test: chi-squared}
    resolutions:
      - {about: [under-drug], relation: misplaced, use: under-drug, read_as: {arm: usual},
         rule: A count belongs to the group that gives its percentage,
         because: 60% is 30 of 50, by: A reviewer, date: 2026-01-01}
      - {about: [under-usual], relation: misplaced, use: under-usual, read_as: {arm: drug},
         rule: A count belongs to the group that gives its percentage,
         because: 60% is 12 of 20, by: A reviewer, date: 2026-01-01}
    """
    printed = {value.id: (value.group, value.statistics["count"].text) for value in extracted.values()[:2]}
    assert printed == {"under-drug": ("drug", "30"), "under-usual": ("usual", "12")}
    found = extracted.findings()
    assert [f.code for f in found] == ["COLUMNS_EXCHANGED"]
    assert all(f.hint.startswith("settled under `resolutions`") for f in found)
    answer = extracted.answer([IMPROVED], **ONE_STUDY)
    (effect,) = answer.selection.effects
    assert (effect.events, effect.totals) == ((12,), (20,))
    assert effect.leaves[0].id == "alpha-2020/under-usual.count"
    assert effect.leaves[0].quoted


@case("label contradicts the value")
def test_the_statistic_comes_from_the_glyphs_and_the_label_stays_beside_it(extracted):
    """The row is called median (IQR), and prints a mean with ±.

    passages:
      - source: paper
        where: Table 1
        quote: Age, median (IQR) 51.2 ± 9.8
        values: [{printed: 51.2 ± 9.8, arm: drug, variable: age, label: "Age, median (IQR)", mean: 51.2, sd: 9.8}]
    """
    (value,) = extracted.values()
    assert value.about.label == "Age, median (IQR)"
    assert list(value.statistics) == ["mean", "sd"]
    assert extracted.only().code == "LABEL_CONTRADICTS"


@case("unlabelled centre and spread")
@pytest.mark.parametrize("resolved", [False, True])
def test_an_unlabelled_centre_is_no_mean_until_a_resolution_says_so(extracted, resolved):
    """40 (22) may be mean and SD, or median and anything.

    passages:
      - source: paper
        where: Results
        quote: The dose changed by -40 (22)
        values: [{printed: -40 (22), id: dose-change, contrast: change-drug, variable: dose, at: month-6, centre: -40,
                  spread: 22}]
    """
    if resolved:
        extracted.write(
            "extractions/studies/alpha-2020.yaml",
            (extracted.root / "extractions/studies/alpha-2020.yaml").read_text()
            + "resolutions:\n  - {about: [dose-change], relation: mislabelled, use: dose-change, by: A,"
            " date: 2026-01-01,"
            " read_as: {centre: mean_change, spread: sd}, rule: Methods, because: Methods say mean and SD}\n",
        )
    asked = [{**CHANGE, "variable": "dose"}]
    answer = extracted.answer(asked, measure="mean change", claim="change in treated patients", **ONE_STUDY)
    if not resolved:
        assert "NO_VARIANCE" in reasons(answer)
        return
    (effect,) = answer.selection.effects
    assert effect.y == -40
    assert math.isclose(effect.v, 22**2 / 40)
    assert [leaf.id for leaf in effect.leaves] == [
        "alpha-2020/dose-change.centre",
        "alpha-2020/dose-change.spread",
        "alpha-2020/main/drug.patients",
    ]
    assert [leaf.quoted for leaf in effect.leaves] == [True, True, False]


@case("wrong content in a row")
def test_a_triplet_that_stands_in_two_rows_is_noticed(extracted):
    """The row of the dose repeats the row of age.

    passages:
      - source: paper
        where: Table 1, row Age
        quote: Age 52 (41, 63)
        values: [{printed: "52 (41, 63)", arm: drug, variable: age, at: baseline, median: 52, q1: 41, q3: 63}]
      - source: paper
        where: Table 1, row Dose
        quote: Dose 52 (41, 63)
        values: [{printed: "52 (41, 63)", arm: drug, variable: dose, at: baseline, median: 52, q1: 41, q3: 63}]
    """
    finding = extracted.only()
    assert finding.code == "REPEATED_TRIPLET"
    assert "row of age" in finding.message


@case("impossible value")
def test_a_score_outside_its_instrument_is_kept_and_found(extracted):
    """-3 on a scale from 0 to 20; the range comes from the instrument in review.yaml.

    passages:
      - source: paper
        where: Table 3
        quote: Breath score −3 (2, 6)
        values: [{printed: "−3 (2, 6)", id: minus, arm: drug, variable: score, at: month-6, median: -3, q1: 2, q3: 6}]
    resolutions:
      - {about: [minus], relation: unusable, rule: A score lies in its range, because: −3 is outside 0 to 20, by: A,
         date: 2026-01-01}
    """
    (value,) = extracted.values()
    assert value.statistics["median"].value == -3
    finding = extracted.only()
    assert (finding.code, finding.hint) == (
        "OUTSIDE_INSTRUMENT",
        "settled under `resolutions`: −3 is outside 0 to 20",
    )
    answer = extracted.answer([{**ALL_IN_DRUG, "variable": "score"}], measure="mean change", plan="tabulate")
    assert "alpha-2020/minus set aside: unusable: −3 is outside 0 to 20" in answer.selection.log
    assert not answer.selection.effects


@case("one estimand, two values")
@pytest.mark.parametrize(("adjustment", "codes"), [("", ["PRINTED_DIFFERENTLY"]), (", adjustment: for-age", [])])
def test_two_prints_of_one_estimand_conflict_unless_their_adjustment_differs(invented, adjustment, codes):
    """B −0.21 in the text, −0.30 in the table."""
    invented.study(
        f"""
        adjustments: [{{adjustment: for-age, method: adjusted for age, estimand: conditional, standard_error: model,
                        covariates: [age]}}]
        passages:
          - source: paper
            where: Results
            quote: the coefficient was B −0.21
            values: [{{printed: B −0.21, contrast: drug-vs-usual, variable: score, b: -0.21}}]
          - source: paper
            where: Table 4
            quote: coefficient −0.30 in the table
            values: [{{printed: −0.30, contrast: drug-vs-usual, variable: score, b: -0.30{adjustment}}}]
        """
    )
    assert invented.codes() == codes


@pytest.mark.parametrize("resolved", [False, True])
def test_an_unresolved_conflict_gives_no_effect_and_a_resolution_sets_the_other_aside(extracted, resolved):
    """The text and the table print two hazard ratios.

    passages:
      - source: paper
        where: Results
        quote: HR 0.63 (0.41-0.98)
        values: [{printed: 0.63 (0.41-0.98), id: text, contrast: drug-vs-usual, variable: death, hazard_ratio: 0.63,
                  lower: 0.41, upper: 0.98}]
      - source: paper
        where: Table 4
        quote: HR 0.36 (0.23-0.56)
        values: [{printed: 0.36 (0.23-0.56), id: table, contrast: drug-vs-usual, variable: death, hazard_ratio: 0.36,
                  lower: 0.23, upper: 0.56}]
    """
    if resolved:
        extracted.write(
            "extractions/studies/alpha-2020.yaml",
            (extracted.root / "extractions/studies/alpha-2020.yaml").read_text()
            + "resolutions:\n  - {about: [text, table], relation: conflict, use: text, rule: The text was corrected,"
            " because: An erratum says so, by: A reviewer, date: 2026-01-01}\n",
        )
    answer = extracted.answer([{**BETWEEN, "variable": "death"}], measure="hazard ratio", outcome="death", **ONE_STUDY)
    if resolved:
        assert answer.selection.effects[0].estimate == 0.63
        assert "alpha-2020/table set aside: conflict: An erratum says so" in answer.selection.log
    else:
        assert cause(answer) == "CONFLICT"
    assert extracted.codes() == ["PRINTED_DIFFERENTLY"], "the other print stays available, and the conflict is true"


@case("p as inequality")
def test_an_inequality_is_never_its_limit(extracted):
    """P<0.001 stays an inequality; 0.001 would be another print.

    passages:
      - source: paper
        where: Results
        quote: better (P<0.001), all others p>0.05
        values:
          - {printed: P<0.001, contrast: drug-vs-usual, variable: death, p: "<0.001", test: log-rank}
          - {printed: p>0.05, contrast: drug-vs-usual, variable: score, p: ">0.05", test: t}
    """
    small, large = (value.statistics["p"] for value in extracted.values())
    assert (small.text, small.bound, small.value) == ("<0.001", "<", Decimal("0.001"))
    assert not small.interval().holds(Decimal("0.001"))
    assert large.interval().holds(Decimal("0.9"))
    assert not large.interval().holds(Decimal("0.05"))
    assert extracted.codes() == []
    extracted.edit("extractions/studies/alpha-2020.yaml", 'p: "<0.001"', "p: 0.001")
    assert extracted.codes() == ["BOUND_NOT_IN_QUOTE"]


@case("p at the threshold")
def test_the_digits_of_a_p_value_are_kept(extracted):
    """0.050 is not 0.05.

    passages:
      - source: paper
        where: Results
        quote: p=0.050
        values: [{printed: p=0.050, contrast: drug-vs-usual, variable: death, p: 0.050, test: log-rank}]
    """
    (value,) = extracted.values()
    p = value.statistics["p"]
    assert (p.text, p.decimals) == ("0.050", 3)
    assert not p.same_print(Printed.parse("0.05"))
    extracted.edit("extractions/studies/alpha-2020.yaml", "p: 0.050", "p: 0.05")
    assert extracted.codes() == ["VALUE_NOT_IN_QUOTE"]


@case("p without a named test")
def test_nothing_is_computed_back_from_a_p_value_of_an_unknown_test(extracted):
    """P=.04 for a mean change without a spread.

    passages:
      - source: paper
        where: Results
        quote: fell by 12.5 mg (P=.04)
        values: [{printed: 12.5 mg (P=.04), contrast: change-drug, variable: dose, at: month-6, mean_change: 12.5,
                  p: .04, test: unknown}]
    """
    (value,) = extracted.values()
    assert (value.about.test, value.statistics["p"].text) == ("unknown", ".04")
    asked = [{**CHANGE, "variable": "dose"}]
    answer = extracted.answer(asked, measure="mean change", claim="change in treated patients", **ONE_STUDY)
    assert "NO_VARIANCE" in reasons(answer)


@case("median of change vs change of medians")
def test_the_median_change_and_the_change_of_medians_are_two_statistics(extracted):
    """The medians fell by 3.5, the median patient by 2.

    passages:
      - source: paper
        where: Results
        quote: medians fell by −3.5; the median of the changes was −2
        values:
          - {printed: −3.5, contrast: change-drug, variable: score, at: month-6, change_of_medians: -3.5}
          - {printed: −2, contrast: change-drug, variable: score, at: month-6, median_change: -2}
    """
    assert extracted.codes() == [], "they are not two prints of one quantity"
    answer = extracted.answer([{**CHANGE, "variable": "score"}], measure="median change", plan="tabulate")
    assert [leaf.text for leaf in answer.selection.unusable[0].leaves] == ["-2"]


@case("bootstrap CI, asymmetric or degenerate")
def test_no_standard_error_is_derived_from_a_bootstrap_interval(extracted):
    """−4 (−16, 0) and 0 (0, 0) are intervals of 1000 bootstrap samples.

    passages:
      - source: paper
        where: Table 4
        quote: score −4 (−16, 0), dose 0 (0, 0), death HR 0.5 (0.1, 0.9)
        ci_method: bootstrap
        replicates: 1000
        values:
          - {printed: "−4 (−16, 0)", contrast: change-drug, variable: score, at: month-6, median_change: -4,
             lower: -16, upper: 0}
          - {printed: "0 (0, 0)", contrast: change-drug, variable: dose, at: month-6, median_change: 0, lower: 0,
             upper: 0}
          - {printed: "0.5 (0.1, 0.9)", contrast: drug-vs-usual, variable: death, hazard_ratio: 0.5, lower: 0.1,
             upper: 0.9}
    """
    assert extracted.codes() == []
    assert [(v.about.ci_method, v.about.replicates) for v in extracted.values()] == [("bootstrap", "1000")] * 3
    for measure, where, variable in (
        ("median change", CHANGE, "score"),
        ("mean change", CHANGE, "dose"),
        ("hazard ratio", BETWEEN, "death"),
    ):
        answer = extracted.answer([{**where, "variable": variable}], measure=measure, plan="tabulate")
        assert cause(answer) == "NO_VARIANCE"


@case("direction not carried by the estimate")
def test_a_direction_says_what_it_rests_on(extracted):
    """The median went from 0 to 0, and P is .03.

    passages:
      - source: paper
        where: Results
        quote: median 0 to 0, p=.03, patients felt better; dose p=.20
        values:
          - {printed: p=.03, contrast: change-drug, variable: score, at: month-6, p: .03,
             direction: better, direction_basis: patients felt better}
          - {printed: p=.20, contrast: change-drug, variable: dose, at: month-6, p: .20, direction: unknown}
    """
    assert extracted.codes() == []
    assert [v.about.direction for v in extracted.values()] == ["better", "unknown"]
    extracted.edit("extractions/studies/alpha-2020.yaml", ", direction_basis: patients felt better", "")
    finding = extracted.only()
    assert finding.code == "DIRECTION_WITHOUT_BASIS"


@case("value only in a figure; data not shown")
def test_a_number_that_is_not_printed_says_why(extracted):
    """One value can only be read from a figure, another is "data not shown", a third is in no source that is held.

    unquoted:
      - {arm: drug, variable: score, at: month-6, why: figure only, where: Figure 2,
         because: about 5 by eye; no number is taken from it}
      - {arm: drug, variable: dose, at: month-6, why: data not shown, where: Results}
      - {arm: drug, variable: age, at: baseline, mean: 52, why: source not held, where: Supplement}
    """
    figure, hidden, elsewhere = extracted.values()
    assert figure.statistics == hidden.statistics == {}
    assert figure.unquoted.why == "figure only"
    assert elsewhere.source is None
    assert extracted.codes() == []


@case("pair printed in reversed order")
def test_a_pair_keeps_the_order_it_is_printed_in_and_the_one_it_is_understood_in(extracted):
    """The paper prints the last visit first.

    passages:
      - source: paper
        where: Table 3
        quote: last visit vs baseline 4.1 vs 7.9
        values:
          - {printed: 4.1, arm: drug, variable: score, at: month-6, mean: 4.1, printed_as: last visit vs baseline,
             interpreted_as: baseline then last visit}
          - {printed: 7.9, arm: drug, variable: score, at: baseline, mean: 7.9}
    """
    last, first = extracted.values()
    assert (last.about.printed_as, last.about.interpreted_as) == ("last visit vs baseline", "baseline then last visit")
    assert (last.about.at, first.about.at) == ("month-6", "baseline")
    assert extracted.codes() == []


@case("derived number")
def test_a_derived_number_shows_its_formula_its_assumption_and_its_inputs(extracted):
    """12 were treated and 8 called survivors: 4 deaths.

    passages:
      - source: paper
        where: Results
        quote: 12 were treated and 8 survivors were seen
        values:
          - {printed: 12 were treated, id: treated, arm: drug, variable: female, count: 12}
          - {printed: 8 survivors, id: survivors, arm: drug, variable: male, count: 8}
    unquoted:
      - {arm: drug, variable: death, count: 4, of: 12, why: derived, formula: treated - survivors,
         inputs: [treated, survivors], assumption: nobody was lost}
    """
    assert extracted.codes() == []
    answer = extracted.answer([{**ALL_IN_DRUG, "variable": "death"}], outcome="death", **ONE_STUDY)
    assert "DERIVED_INPUT" in warnings(answer)
    derived, _, *inputs = answer.selection.effects[0].leaves
    assert not derived.quoted
    assert derived.quote == "derived; treated - survivors; nobody was lost"
    assert [(leaf.id, leaf.quoted) for leaf in inputs] == [
        ("alpha-2020/treated.count", True),
        ("alpha-2020/survivors.count", True),
    ]
    extracted.edit("extractions/studies/alpha-2020.yaml", ", assumption: nobody was lost", "")
    assert "needs `formula`, `inputs` and `assumption`" in extracted.only().message


@case("survivors or completers only")
def test_a_value_of_survivors_has_its_own_number_of_patients(extracted):
    """8 of the 12 came back; their changes are not those of the arm.

    passages:
      - source: paper
        where: Results
        quote: the change in 8 survivors was −5.0 (SD 2.0), 3 (37.5%) were women
        population: survivors
        patients: 8
        values:
          - {printed: −5.0 (SD 2.0), contrast: change-drug, variable: score, at: month-6, mean_change: -5.0, sd: 2.0}
          - {printed: 3 (37.5%), arm: drug, variable: female, count: 3, percent: 37.5}
    """
    assert extracted.codes() == [], "37.5 % is 3 of 8, not of the 40 patients of the arm"
    asked = [{**CHANGE, "variable": "score"}]
    claim = {"measure": "mean change", "claim": "change in treated patients", "outcome": "breath"}
    (effect,) = extracted.answer(asked, **claim, **ONE_STUDY).selection.effects
    assert (effect.v, effect.totals, effect.estimand.population) == (2.0**2 / 8, (8,), "survivors")


@case("nested or overlapping groups")
def test_groups_say_what_they_are_part_of_and_whether_they_add_up(extracted):
    """Two subgroups leave some patients out; a cohort of another study may share patients.

    cohorts:
      - cohort: main
        label: All
        design: single-arm series
        condition: invented
        may_overlap: [{study: beta-2021, cohort: main, because: One hospital and the same years}]
        arms:
          - {arm: all, label: All, role: whole, patients: 40}
          - {arm: with-antibody, label: With antibody, role: subgroup, within: all, patients: 20}
          - {arm: without, label: Without, role: subgroup, within: all, patients: 15}
        partitions: [{of: all, parts: [with-antibody, without], exclusive: true, exhaustive: false,
                      because: 5 were not tested}]
    passages:
      - source: paper
        where: Table 2
        quote: improved 9/20 and 6/15
        variable: improved
        values:
          - {printed: 9/20, arm: with-antibody, count: 9, of: 20}
          - {printed: 6/15, arm: without, count: 6, of: 15}
    """
    (cohort,) = extracted.read().cohorts
    assert not cohort.partitions[0].exhaustive
    finding = extracted.only()
    assert (finding.code, finding.severity) == ("GROUPS_UNEXPLAINED", "concern")
    assert "5 were not tested" in finding.hint
    parts = [{**ALL_IN_DRUG, "arm": arm, "variable": "improved"} for arm in ("with-antibody", "without")]
    assert "SAME_COHORT" in reasons(extracted.answer(parts))


@case("multi-response")
def test_lists_in_which_a_patient_counts_twice_have_no_sum_check(extracted):
    """30 and 25 of 40 patients took the two drugs.

    categories: [{label: Drugs taken before, variables: [female, male], exclusive: false, exhaustive: false}]
    passages:
      - source: paper
        where: Table 1
        quote: 30 and 25
        values:
          - {printed: 30, arm: drug, variable: female, count: 30}
          - {printed: 25, arm: drug, variable: male, count: 25}
    """
    assert extracted.codes() == []


@case("exclusive categories that exceed n")
def test_exclusive_categories_are_added_up(extracted):
    """21 and 20 make 41 of 40 patients.

    categories: [{label: Sex, variables: [female, male], exclusive: true, exhaustive: true}]
    passages:
      - source: paper
        where: Table 1
        quote: female 21, male 20
        values:
          - {printed: female 21, arm: drug, variable: female, count: 21}
          - {printed: male 20, arm: drug, variable: male, count: 20}
    """
    finding = extracted.only()
    assert finding.code == "PARTS_EXCEED"
    assert "21 + 20 = 41" in finding.message


@case("merged rows")
def test_a_number_of_two_variables_together_belongs_to_neither(extracted):
    """One count for death and relapse.

    passages:
      - source: paper
        where: Table 2
        quote: Death or relapse 5/40
        values: [{printed: 5/40, arm: drug, variables: [death, relapse], count: 5, of: 40}]
    """
    (value,) = extracted.values()
    assert value.variable == "death+relapse"
    for variable in ("death", "relapse"):
        assert cause(extracted.answer([{**ALL_IN_DRUG, "variable": variable}], plan="tabulate")) == "NOT_PRINTED"


@case("hidden denominator")
def test_a_percentage_of_a_smaller_group_lists_the_groups_that_give_it(extracted):
    """1 (5.0) in an arm of 22 is one of 20; nobody says which 20.

    cohorts:
      - cohort: main
        label: All
        design: single-arm series
        condition: invented
        arms: [{arm: drug, label: Drug, role: whole, patients: 22}]
    passages:
      - source: paper
        where: Table 1
        quote: Improved 1 (5.0)
        values: [{printed: 1 (5.0), arm: drug, variable: improved, count: 1, percent: 5.0}]
    """
    finding = extracted.only()
    assert finding.code == "COUNT_PERCENT"
    assert "a denominator of 20 (missing data) gives it" in finding.hint
    extracted.edit("extractions/studies/alpha-2020.yaml", "percent: 5.0", "percent: 5.0, denominator: unknown")
    assert extracted.codes() == [], "a denominator declared unknown is not guessed and not complained about"
    assert cause(extracted.answer([IMPROVED], **ONE_STUDY)) == "NO_DENOMINATOR"


@case("time window, variable follow-up")
def test_a_timepoint_has_its_shortest_and_longest_time_and_its_definition(invented, counted):
    """The last visit is 3 to 6 months in one study, 12 to 60 in another: one label, two times."""
    for study, low, high in (("alpha-2020", 3, 6), ("beta-2021", 12, 60), ("gamma-2022", 3, 6)):
        visit = (
            f"[{{at: month-6, label: Last visit, lowest_months: {low}, highest_months: {high}, definition: Any visit}}]"
        )
        invented.study(**counted(study, 5, 20, timepoints=visit))
    time = invented.read().timepoints[0]
    assert (time.lowest_months, time.highest_months, time.definition) == ("3", "6", "Any visit")
    answer = invented.answer([{"study": s, "cohort": "main", "arm": "all", "variable": "improved"} for s in STUDIES])
    assert reasons(answer) == ["DIFFERENT_TIMEPOINTS"]
    assert answer.selection.effects[0].estimand.timepoint == "3 to 6 months"


STUDIES = ("alpha-2020", "beta-2021", "gamma-2022")


@case("percent reduction without absolute values")
def test_a_percentage_reduction_is_its_own_statistic_and_has_no_variance(extracted):
    """65% lower, without the doses.

    passages:
      - source: paper
        where: Results
        quote: the dose was 65% lower
        values: [{printed: 65% lower, contrast: change-drug, variable: dose, at: month-6, percent_reduction: 65}]
    """
    assert extracted.codes() == [], "it is no percentage of patients"
    answer = extracted.answer([{**CHANGE, "variable": "dose"}], measure="percent reduction", plan="tabulate")
    assert cause(answer) == "NO_VARIANCE"


@case("single-arm before–after")
def test_a_before_after_change_is_never_an_effect_of_treatment(extracted):
    """A mean change with its SD can be pooled as a change, and cannot be cited as an effect.

    cohorts:
      - cohort: main
        label: All
        design: single-arm before–after
        condition: invented
        arms: [{arm: drug, label: Drug, role: whole, patients: 40}]
        contrasts: [{contrast: change-drug, kind: within arm, arms: [drug], from: baseline, to: month-6}]
    passages:
      - source: paper
        where: Results
        quote: changed by −3.0 (SD 4.0)
        values: [{printed: −3.0 (SD 4.0), contrast: change-drug, variable: score, at: month-6, mean_change: -3.0,
                  sd: 4.0}]
    """
    asked = [{**CHANGE, "variable": "score"}]
    given = {"measure": "mean change", "outcome": "breath", **ONE_STUDY}
    assert reasons(extracted.answer(asked, claim="treatment effect", **given)) == ["WITHIN_GROUP_CHANGE"]
    assert "WITHIN_GROUP" in warnings(extracted.answer(asked, claim="change in treated patients", **given))


@case("weighted or adjusted effect")
def test_an_adjusted_effect_says_how_and_stands_apart_from_crude_counts(extracted):
    """An inverse-probability-weighted hazard ratio with a robust interval, and weighted percentages.

    adjustments:
      - {adjustment: iptw, method: inverse probability of treatment weighting, covariates: [age, sex], estimand: ATE,
         standard_error: robust, effective_n: 61.5, balance_shown: true}
    passages:
      - source: paper
        where: Table 3
        quote: weighted HR 0.78 (0.55-1.11), weighted women 33.1%, deaths 9/40
        at: month-6
        values:
          - {printed: 0.78 (0.55-1.11), contrast: drug-vs-usual, variable: death, hazard_ratio: 0.78, lower: 0.55,
             upper: 1.11, adjustment: iptw}
          - {printed: women 33.1%, arm: drug, variable: female, percent: 33.1, adjustment: iptw}
          - {printed: 9/40, arm: drug, variable: death, count: 9, of: 40}
    """
    (adjustment,) = extracted.read().adjustments
    assert (adjustment.effective_n, adjustment.standard_error) == ("61.5", "robust")
    assert extracted.codes() == [], "a weighted percentage need not be a whole number of patients"
    answer = extracted.answer([{**BETWEEN, "variable": "death"}], measure="hazard ratio", outcome="death", **ONE_STUDY)
    (effect,) = answer.selection.effects
    assert (effect.estimand.target, effect.events) == ("ATE", ())
    assert "NONCOLLAPSIBLE" in warnings(answer)


@case("hazard ratio without event counts")
def test_a_hazard_ratio_needs_no_counts(extracted):
    """The arms print nothing.

    passages:
      - source: paper
        where: Results
        quote: HR 0.63 (95% CI 0.41-0.98)
        values: [{printed: HR 0.63 (95% CI 0.41-0.98), contrast: drug-vs-usual, variable: death, at: month-6,
                  hazard_ratio: 0.63, level: 95, lower: 0.41, upper: 0.98}]
    """
    answer = extracted.answer([{**BETWEEN, "variable": "death"}], measure="hazard ratio", outcome="death", **ONE_STUDY)
    (effect,) = answer.selection.effects
    assert (effect.events, effect.totals, effect.estimate) == ((), (), 0.63)
    assert math.isclose(math.sqrt(effect.v), 0.2223, abs_tol=5e-5)


@case("steroid equivalents")
def test_a_dose_keeps_its_drug_and_the_equivalent_stores_its_factor(extracted):
    """Methylprednisolone 16 mg is prednisolone 20 mg.

    passages:
      - source: paper
        where: Table 1
        quote: methylprednisolone 16 mg
        values: [{printed: 16 mg, id: dose-printed, arm: drug, variable: dose, at: baseline, mean: 16, unit: mg,
                  drug: methylprednisolone}]
    unquoted:
      - {id: dose-equivalent, arm: drug, variable: dose, at: baseline, mean: 20, unit: mg, drug: prednisolone,
         why: derived,
         formula: dose-printed * 1.25, inputs: [dose-printed], factor: "4 mg = 5 mg, pharmacopoeia",
         assumption: equal potency}
    """
    printed, equivalent = extracted.values()
    assert (printed.about.drug, printed.statistics["mean"].text) == ("methylprednisolone", "16")
    assert equivalent.unquoted.factor == "4 mg = 5 mg, pharmacopoeia"
    assert extracted.codes() == [], "the derived value is no second print"


@case("scores that share a name, not a scale")
@pytest.mark.parametrize(
    ("other", "codes"),
    [("breath-96", ["DIFFERENT_INSTRUMENTS"]), ("breath-21", [])],
    ids=["not comparable", "declared comparable"],
)
def test_scores_are_pooled_only_where_their_instruments_are_declared_comparable(invented, other, codes):
    """Two breath scores, 0 to 20 and 0 to 96; a third is declared comparable with the first."""
    for number, study in enumerate(STUDIES):
        instrument = other if number == 2 else "breath-20"
        invented.study(
            f"""
            passages:
              - source: {study}-paper
                where: Results
                quote: changed by −{number + 1}.0 (SD 4.0)
                values: [{{printed: −{number + 1}.0 (SD 4.0), contrast: change-drug, variable: score, at: month-6,
                           mean_change: -{number + 1}.0, sd: 4.0}}]
            """,
            study=study,
            label=study,
            variables=f"[{{variable: score, label: Breath, kind: score, instrument: {instrument}, outcome: breath}}]",
        )
    inputs = [{"study": s, "cohort": "main", "contrast": "change-drug", "variable": "score"} for s in STUDIES]
    given = {"measure": "mean change", "claim": "change in treated patients", "outcome": "breath"}
    answer = invented.answer(inputs, **given, choices={"estimator": "DL"})
    assert ([r.code for r in answer.result.reasons] if isinstance(answer.result, Refusal) else []) == codes


@case("one word, several definitions")
def test_the_definition_of_an_outcome_decides_what_may_be_pooled(invented, counted):
    """Relapse of any organ, and relapse in the lung."""
    for study, outcome in zip(STUDIES, ("relapse-any", "relapse-any", "relapse-lung"), strict=True):
        variables = (
            f"[{{variable: relapse, label: Relapse, kind: count, outcome: {outcome}, definition: As in {study}}}]"
        )
        invented.study(**counted(study, 4, 20, variable="relapse", variables=variables))
    inputs = [{"study": s, "cohort": "main", "arm": "all", "variable": "relapse"} for s in STUDIES]
    answer = invented.answer(inputs, outcome="relapse-any")
    assert reasons(answer) == ["DIFFERENT_DEFINITIONS"]
    assert "'relapse'" in answer.result.reasons[0].message


@case("co-treatment inside an arm")
def test_a_co_treatment_is_part_of_an_arm_with_its_share(extracted):
    """15 of 48 also took an antifibrotic; the share of another is only said in words.

    cohorts:
      - cohort: main
        label: All
        design: single-arm series
        condition: invented
        arms:
          - arm: drug
            label: Drug
            role: whole
            patients: 48
            components:
              - {treatment: Antifibrotic, value: antifibrotic-share}
              - {treatment: Physiotherapy, share: most patients}
    variables: [{variable: antifibrotic, label: Antifibrotic, kind: count}]
    passages:
      - source: paper
        where: Methods
        quote: 15 of 48 also took an antifibrotic
        values: [{printed: 15 of 48, id: antifibrotic-share, arm: drug, variable: antifibrotic, count: 15, of: 48}]
    """
    assert extracted.codes() == []
    extracted.edit("extractions/studies/alpha-2020.yaml", "value: antifibrotic-share", "value: antifibrotic-part")
    finding = extracted.only()
    assert (finding.code, finding.hint) == ("UNKNOWN_NAME", "did you mean 'antifibrotic-share'?")


@case("zero only in prose")
def test_a_zero_in_words_is_a_zero_with_its_basis(extracted):
    """None died.

    passages:
      - source: paper
        where: Results
        quote: none died
        values: [{printed: none died, arm: drug, variable: death, at: month-6, count: 0, basis: prose}]
    """
    assert extracted.codes() == []
    (effect,) = extracted.answer([{**ALL_IN_DRUG, "variable": "death"}], outcome="death", **ONE_STUDY).selection.effects
    assert (effect.events, effect.totals) == ((0,), (40,))
    assert math.isclose(effect.upper, 1 - 0.025 ** (1 / 40))


@case("event mentioned, no count")
def test_an_event_without_a_count_is_not_reported_and_never_zero(extracted):
    """Deaths were documented, nobody says how many.

    not_reported:
      - {variable: death, arm: drug, source: paper, where: Results, quote: deaths were documented,
         why: mentioned without a number}
    """
    assert extracted.codes() == []
    answer = extracted.answer([{**ALL_IN_DRUG, "variable": "death"}], outcome="death", **ONE_STUDY)
    (unusable,) = answer.selection.unusable
    assert unusable.code == "NOT_REPORTED"
    assert "this is not a zero" in unusable.reason


@case("one patient's values")
def test_the_values_of_one_patient_are_kept_and_never_pooled(extracted):
    """One patient's score fell from 18 to 7.

    passages:
      - source: paper
        where: Results
        quote: in one patient the score fell by −11.0 (SD 1.0)
        values: [{printed: −11.0 (SD 1.0), id: one, contrast: change-drug, variable: score, at: month-6,
                  mean_change: -11.0, sd: 1.0, patients: 1}]
    """
    answer = extracted.answer([{**CHANGE, "variable": "score"}], measure="mean change", plan="tabulate")
    assert not answer.selection.effects
    assert "alpha-2020/one set aside: one patient" in answer.selection.log


@case("number cited from elsewhere")
def test_a_number_of_another_study_is_not_this_studys(extracted):
    """The introduction cites 26 of 40 from reference 25; the results count 20 of 40.

    passages:
      - source: paper
        where: Introduction
        quote: 26 of 40 in an earlier study (ref. 25)
        values: [{printed: 26 of 40, id: cited, arm: drug, variable: improved, count: 26, of: 40, basis: external,
                  cites: 25}]
      - source: paper
        where: Results
        quote: 20 of 40 improved
        values: [{printed: 20 of 40, arm: drug, variable: improved, count: 20, of: 40}]
    """
    assert extracted.codes() == [], "it does not contradict the study's own number"
    answer = extracted.answer([IMPROVED], **ONE_STUDY)
    assert answer.selection.effects[0].events == (20,)
    assert "alpha-2020/cited set aside: cited from another study" in answer.selection.log


@case("secondary source")
@pytest.mark.parametrize(
    ("grade", "codes"),
    [("primary", []), ("abstract", ["FROM_ABSTRACT"]), ("record", ["FROM_RECORD"]), ("secondary", ["FROM_SECONDARY"])],
)
def test_a_source_has_a_grade_and_a_result_from_a_lesser_one_says_so(invented, counted, grade, codes):
    """A news summary of a paper prints 7 of 20."""
    invented.study(**counted("alpha-2020", 7, 20), grade=grade)
    answer = invented.answer([{**IMPROVED, "arm": "all"}], **ONE_STUDY)
    assert warnings(answer) == codes
    assert invented.codes() == []


@case("identifiers missing")
def test_a_study_may_have_no_identifier_and_none_is_filled_in(extracted):
    """No DOI, no PMID.

    reports: []
    """
    study = extracted.read()
    assert (study.doi, study.pmid, study.pmcid, study.registration) == (None, None, None, None)
    assert extracted.codes() == []


@pytest.mark.parametrize("name", CASES)
def test_every_case_of_the_table_has_a_test(name):
    """The list cannot quietly shrink to the cases that happen to pass."""
    assert SHOWN[name].startswith("test_")


def test_no_test_shows_a_case_that_is_not_in_the_table():
    """38 cases were met."""
    assert len(CASES) == len(set(CASES)) == 38
    assert set(SHOWN) == set(CASES)
