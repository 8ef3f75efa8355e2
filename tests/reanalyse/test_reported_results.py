"""Reported results of invented studies beside their recomputation: what is discrepant, and what is left alone."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from evsynth.model.review import Review
from evsynth.reanalyse.derived import derive
from evsynth.reanalyse.prints import reanalyse
from evsynth.reanalyse.result import Recomputed
from evsynth.text.extraction import read_study
from evsynth.text.read import read

ROOT = Path(__file__).parents[2]

COHORTS = """
  - cohort: main
    label: All patients
    design: non-randomised comparison
    condition: invented lung disease
    patients: 70
    arms:
      - {arm: all, label: All, role: whole, patients: 70}
      - {arm: drug, label: Drug, role: treated, within: all, patients: 30}
      - {arm: usual, label: Usual care, role: comparator, within: all, patients: 40}
    partitions: [{of: all, parts: [drug, usual], exhaustive: true, because: invented}]
    contrasts:
      - {contrast: versus, kind: between arms, arms: [drug, usual], test: TEST}
      - {contrast: change, kind: within arm, arms: [drug], from: baseline, to: month-6, test: Wilcoxon signed-rank}
      - {contrast: correlation, kind: correlation, arms: [all], test: Spearman}
      - {contrast: model, kind: regression, arms: [all], test: linear regression, adjustment: two}
      - {contrast: hazard, kind: between arms, arms: [drug, usual], test: "Cox; log-rank"}"""

HEAD = {
    "adjustments": """
  - {adjustment: two, method: regression, covariates: [age, dose], estimand: conditional, standard_error: model}""",
    "categories": """
  - {label: Sex, variables: [female, male], exclusive: true, exhaustive: true}
  - {label: Grades, variables: [grade-0, grade-1, grade-2], exclusive: true, exhaustive: true}""",
    "variables": """
  - {variable: improved, label: Improved, kind: count, integer: true}
  - {variable: female, label: Female, kind: count, integer: true}
  - {variable: male, label: Male, kind: count, integer: true}
  - {variable: death, label: Death, kind: time to event}
  - {variable: age, label: Age, kind: continuous}
  - {variable: dose, label: Dose, kind: continuous}
  - {variable: score, label: Score, kind: score, instrument: breath-20}
  - {variable: total, label: Total, kind: score}
  - {variable: grade, label: Grade, kind: ordinal}
  - {variable: grade-0, label: Grade 0, kind: count}
  - {variable: grade-1, label: Grade 1, kind: count}
  - {variable: grade-2, label: Grade 2, kind: count}
  - {variable: patients, label: Patients, kind: count, integer: true}""",
}


def rows(invented: Any, *values: str, test: str = "unknown") -> tuple[Recomputed, ...]:
    """Recompute a study of these values, each printed in a place of its own name."""
    passages = ""
    for i, value in enumerate(values):
        passages += f"""
  - source: paper
    where: Table 1
    quote: q{i} of the paper
    values: [{{printed: q{i}, {value}}}]"""
    given = {**HEAD, "cohorts": COHORTS.replace("TEST", test or "unknown"), "passages": passages}
    invented.study(**given)
    return reanalyse(invented.folder().studies["alpha-2020"])


def only(found: tuple[Recomputed, ...], quantity: str) -> Recomputed:
    """Give the one row of a quantity."""
    (row,) = [r for r in found if r.quantity == quantity]
    return row


COUNTS = (
    "arm: drug, variable: improved, at: baseline, count: 12",
    "arm: usual, variable: improved, at: baseline, count: 8",
)
MEANS = (
    "arm: drug, variable: age, at: baseline, mean: 50.1, sd: 9.8",
    "arm: usual, variable: age, at: baseline, mean: 55.9, sd: 11.2",
)
GRADES = tuple(
    f"arm: {arm}, variable: grade-{g}, at: baseline, count: {k}"
    for arm, counts in (("drug", (10, 12, 8)), ("usual", (5, 15, 20)))
    for g, k in enumerate(counts)
)
AGE, GRADE = "contrast: versus, variable: age", "contrast: versus, variable: grade, at: baseline"
CHANGE, DEATH = "contrast: change, variable: score", "contrast: hazard, variable: death"
P_AGE = "contrast: versus, variable: age, at: baseline, p:"
P_IMPROVED = "contrast: versus, variable: improved, at: baseline, p:"
LINE = "contrast: model, variable: score, term: age, b: 0.52, lower: 0.10, upper: 0.94"

P_VALUES = [
    # values, test named, printed P as the last value, verdict, words in route or missing
    ("Pearson", COUNTS, "unknown", f"{P_IMPROVED} 0.067", "exact", "Pearson"),
    ("Yates", COUNTS, "unknown", f"{P_IMPROVED} 0.117", "exact", "Yates"),
    ("Fisher", COUNTS, "unknown", f"{P_IMPROVED} 0.108", "exact", "Fisher"),
    ("none of the tests", COUNTS, "unknown", f"{P_IMPROVED} 0.041", "discrepant", ""),
    ("another test is named", COUNTS, "Fisher exact", f"{P_IMPROVED} 0.067", "discrepant", "Fisher"),
    ("inequality that holds", COUNTS, "unknown", f'{P_IMPROVED} ">0.05"', "exact", ""),
    ("inequality that does not hold", COUNTS, "unknown", f'{P_IMPROVED} "<0.01"', "discrepant", ""),
    ("only one group", COUNTS[:1], "unknown", f"{P_IMPROVED} 0.067", "not recomputable", "every group"),
    ("Student", MEANS, "Student's t", f"{P_AGE} 0.027", "exact", "Student"),
    ("Welch", MEANS, "Welch", f"{P_AGE} 0.024", "exact", "Welch"),
    ("wrong, t named", MEANS, "Student's t", f"{P_AGE} 0.270", "discrepant", "t from"),
    ("wrong, ranks possible", MEANS, "unknown", f"{P_AGE} 0.270", "not recomputable", "rank-based"),
    ("rank test named", MEANS, "Mann-Whitney", f"{P_AGE} 0.030", "not recomputable", "Mann-Whitney"),
    ("U without ties", (), "Mann-Whitney U", f"{AGE}, u: 420, p: 0.033", "exact", "no ties"),
    ("U with ties", (), "Mann-Whitney U", f"{AGE}, u: 420, p: 0.021", "within rounding", "ties"),
    ("U, P too large", (), "Mann-Whitney U", f"{AGE}, u: 420, p: 0.33", "discrepant", ""),
    ("U out of range", (), "Mann-Whitney U", f"{AGE}, u: 1300, p: 0.33", "discrepant", ""),
    ("grades", GRADES, "Mann-Whitney U", f"{GRADE}, p: 0.019", "exact", "grade"),
    ("grades, wrong", GRADES, "Mann-Whitney U", f"{GRADE}, p: 0.14", "discrepant", ""),
    ("r", (), "", f"{CHANGE}, p: 0.010, effect_size: 0.47", "exact", "N = 30 pairs"),
    ("r over both visits", (), "", f"{CHANGE}, p: 0.010, effect_size: 0.33", "within rounding", "60"),
    ("r, wrong", (), "", f"{CHANGE}, p: 0.21, effect_size: 0.47", "discrepant", ""),
    ("within a group, P alone", (), "", f"{CHANGE}, p: 0.010", "not recomputable", "changes"),
    ("rho", (), "", "contrast: correlation, variable: age, with: dose, rho: 0.30, p: 0.012", "exact", "68 df"),
    ("rho, wrong", (), "", "contrast: correlation, variable: age, with: dose, rho: 0.300, p: 0.040", "discrepant", ""),
    ("B, interval, t", (), "", f"{LINE}, t: 2.47, p: 0.016", "exact", "67 df"),
    ("B and interval", (), "", f"{LINE}, p: 0.016", "exact", "interval on 67 df"),
    ("B and interval, wrong", (), "", f"{LINE}, p: 0.16", "discrepant", ""),
    ("ratio", (), "", f"{DEATH}, hazard_ratio: 0.63, lower: 0.41, upper: 0.98, p: 0.04", "exact", ""),
    (
        "ratio, wrong", (), "",
        f"{DEATH}, hazard_ratio: 0.63, lower: 0.41, upper: 0.98, p: 0.004", "discrepant", "Wald",
    ),
    ("log-rank", (), "", f"{DEATH}, p: 0.04, test: log-rank", "not recomputable", "times to event"),
    ("p of nines", ("arm: drug, variable: improved, count: 2", "arm: usual, variable: improved, count: 3"),
     "Fisher", "contrast: versus, variable: improved, p: 0.999", "within rounding", "Fisher"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "test", "last", "verdict", "words"), [c[1:] for c in P_VALUES], ids=[c[0] for c in P_VALUES]
)
def test_a_printed_p_is_judged(
    invented: Any, values: tuple[str, ...], test: str, last: str, verdict: str, words: str
) -> None:
    row = only(rows(invented, *values, last, test=test), "p")
    assert row.verdict == verdict, row
    assert words in f"{row.route} {row.missing}"
    assert (row.missing != "") == (verdict == "not recomputable")


def test_every_test_tried_is_named(invented: Any) -> None:
    row = only(rows(invented, *COUNTS, f"{P_IMPROVED} 0.041"), "p")
    assert [a.route.partition(",")[0] for a in row.tried][:3] == [
        "Pearson chi-square",
        "chi-square with Yates correction",
        "Fisher exact test",
    ]


def test_other_counts_that_the_row_admits_explain_a_p(invented: Any) -> None:
    """12 of 30 is 40.0 %; the row prints 50.0 %, that is 15 of 30, and the P is that of 15."""
    values = (
        "arm: drug, variable: improved, count: 12, percent: 50.0",
        "arm: usual, variable: improved, count: 8, percent: 20.0",
    )
    row = only(rows(invented, *values, "contrast: versus, variable: improved, p: 0.008"), "p")
    assert (row.verdict, row.note.startswith("15 of 30 and 8 of 40")) == ("discrepant", True), row


def test_a_lost_decimal_place_is_suggested(invented: Any) -> None:
    row = only(rows(invented, f"{AGE}, u: 380, p: 0.09", test="Mann-Whitney"), "p")
    assert (row.verdict, "0.009 would fit" in row.note) == ("discrepant", True), row


OTHERS = [
    ("arm: drug, variable: improved, count: 12, percent: 40.0", "percent", "exact"),
    ("arm: drug, variable: improved, count: 12, percent: 42.0", "percent", "discrepant"),
    ("arm: drug, variable: improved, count: 12, of: 29, percent: 41.4", "percent", "exact"),
    ("arm: drug, variable: improved, percent: 40", "percent", "within rounding"),
    ("arm: drug, variable: improved, percent: 41", "percent", "discrepant"),
    ("arm: drug, variable: improved, percent: 41, denominator: unknown", "percent", "not recomputable"),
    (f"{DEATH}, hazard_ratio: 0.63, lower: 0.41, upper: 0.98", "hazard_ratio", "exact"),
    (f"{DEATH}, hazard_ratio: 0.73, lower: 0.41, upper: 0.98", "hazard_ratio", "discrepant"),
    (f"{DEATH}, hazard_ratio: 0.63", "hazard_ratio", "not recomputable"),
    (LINE, "b", "exact"),
    (LINE.replace("0.52", "0.62"), "b", "discrepant"),
    (f"{LINE}, t: 2.47", "t", "exact"),
    (f"{LINE}, t: 2.60", "t", "discrepant"),
    ("contrast: change, variable: score, median_change: -2", "median_change", "not recomputable"),
    ("contrast: change, variable: score, percent_reduction: 65", "percent_reduction", "not recomputable"),
    ("contrast: change, variable: score, effect_size: 0.47, p: 0.010", "effect_size", "exact"),
    ("contrast: model, variable: score, adjusted_r_squared: 0.2", "adjusted_r_squared", "not recomputable"),
]


@pytest.mark.parametrize(("value", "quantity", "verdict"), OTHERS)
def test_other_results_are_judged(invented: Any, value: str, quantity: str, verdict: str) -> None:
    assert only(rows(invented, value), quantity).verdict == verdict


def test_a_change_follows_from_two_visits(invented: Any) -> None:
    visits = "arm: drug, variable: dose, at: baseline, mean: 20.0", "arm: drug, variable: dose, at: month-6, mean: 12.5"
    found = rows(invented, *visits, "contrast: change, variable: dose, mean_change: -7.4")
    assert only(found, "mean_change").verdict == "within rounding"
    found = rows(invented, *visits, "contrast: change, variable: dose, percent_reduction: 38")
    assert only(found, "percent_reduction").verdict == "exact"
    found = rows(invented, *visits, "contrast: change, variable: dose, percent_reduction: 65")
    assert only(found, "percent_reduction").verdict == "discrepant"


def test_categories_and_groups_add_up_to_their_whole(invented: Any) -> None:
    sex = "arm: drug, variable: female, count: 18", "arm: drug, variable: male, count: 12"
    found = rows(invented, *sex, "arm: all, variable: patients, count: 70")
    assert {r.quantity: r.verdict for r in found} == {"patients, Sex": "exact", "patients": "exact"}
    found = rows(invented, sex[0], sex[1].replace("12", "13"))
    assert only(found, "patients, Sex").verdict == "discrepant"
    assert rows(invented, sex[0]) == ()


def test_median_and_quartiles_follow_from_counted_grades(invented: Any) -> None:
    drug = GRADES[:3]
    found = rows(invented, *drug, "arm: drug, variable: grade, at: baseline, median: 1, q1: 0, q3: 2")
    assert {r.quantity: r.verdict for r in found if r.quantity in ("median", "q1", "q3")} == {
        "median": "exact",
        "q1": "exact",
        "q3": "exact",
    }
    found = rows(invented, *drug, "arm: drug, variable: grade, at: baseline, median: 2")
    assert only(found, "median").verdict == "discrepant"


def test_percentages_without_denominators_are_searched(invented: Any) -> None:
    values = (
        "arm: drug, variable: improved, percent: 67, denominator: unknown",
        "arm: usual, variable: improved, percent: 35, denominator: unknown",
    )
    found = only(rows(invented, *values, "contrast: versus, variable: improved, p: 0.02"), "p")
    assert (found.verdict, "sizes are not printed" in found.note) == ("within rounding", True)
    found = only(rows(invented, *values, "contrast: versus, variable: improved, p: 0.0002"), "p")
    assert found.verdict == "discrepant"


HOSTILE = [
    "arm: drug, variable: improved, count: 31, percent: 103.3",
    "arm: drug, variable: improved, count: '<5', percent: 10",
    "arm: drug, variable: improved, count: 3, of: 0, percent: 0",
    f"{DEATH}, hazard_ratio: 0.0, lower: 0.0, upper: 0.5, p: 0.01",
    f"{DEATH}, hazard_ratio: 0.5, lower: 0.9, upper: 0.4, p: 0.01",
    f"{DEATH}, hazard_ratio: '<0.63', lower: 0.41, upper: '>0.98', p: 0.04",
    "contrast: correlation, variable: age, with: dose, rho: 1.4, p: 0.01",
    "contrast: correlation, variable: age, with: dose, rho: 1.0, p: '<0.001'",
    "contrast: correlation, variable: age, with: dose, rho: 0.3, p: 0.01, analysed: 2",
    "contrast: model, variable: score, term: age, b: 0.5, lower: 0.9, upper: 0.1, t: 2, p: 0.01",
    "contrast: model, variable: score, term: age, b: 0, lower: 0, upper: 0, t: 0, p: 1",
    "contrast: versus, variable: age, u: 0.3, p: 0.01",
    f"{CHANGE}, effect_size: -0.47, p: 0.01",
    "contrast: versus, variable: improved, chi2: 3.84, df: 0, p: 0.05",
    "contrast: versus, variable: age, t: 2.1, df: 0, p: 0",
    "contrast: versus, variable: age, p: 1.2",
    "p: 0.03",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_impossible_prints_give_rows_not_errors(invented: Any, value: str) -> None:
    found = rows(invented, value)
    assert found
    derive(invented.folder().studies["alpha-2020"])
    for row in found:
        assert (row.missing != "") == (row.verdict == "not recomputable"), row
        for number in (row.point, row.low, row.high):
            assert number is None or math.isfinite(number), row


# Every discrepant row of the three studies, each confirmed by hand; nothing else may be flagged.
REAL = {
    "zhao-2025": {
        ("p", "0.023"), ("beta", "-0.397"), ("beta", "-0.424"), ("t", "1.674"), ("p", "0.535"), ("p", "0.062"),
        ("percent", "32.3"), ("patients, Diagnostic domains met", "48"),
    },
    "chen-2022": {
        ("percent", "70.0"), ("p", "0.485"), ("percent", "13.4"), ("percent", "18.3"), ("p", "0.297"),
        ("percent", "10.8"), ("p", "0.097"), ("percent", "38.7"), ("percent", "25.5"), ("percent", "5.0"),
        ("p", "0.273"), ("p", "0.909"),
    },
    "sharma-2017": {("p", ".013")},
}  # fmt: skip


@pytest.mark.parametrize("study", sorted(REAL))
def test_the_real_studies_have_these_discrepant_results_and_no_other(study: str) -> None:
    extraction = read_study((ROOT / f"extractions/studies/{study}.yaml").read_text(), study)
    review, _ = read(Review, (ROOT / "extractions/review.yaml").read_text(), "review.yaml")
    found = reanalyse(extraction, review.instruments)
    assert {(r.quantity, r.reported) for r in found if r.verdict == "discrepant"} == REAL[study]
    results = {"p", "percent", "hazard_ratio", "rho", "b", "beta", "t", "u", "effect_size", "median_change"}
    printed = sum(
        1
        for o in extraction.observations
        for s in o.statistics
        if s in results and "significance-mark" not in (o.about.variable or "")
    )
    assert sum(1 for r in found if r.quantity in results) == printed
    assert all(r.missing for r in found if r.verdict == "not recomputable")
