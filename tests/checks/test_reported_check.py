"""Reported results against the numbers printed with them: for each code what is found, and what is left alone."""

from __future__ import annotations

import json
import string
from pathlib import Path
from typing import Any

import pytest

from evsynth.checks.checking import CHECKS
from evsynth.model.branched import branched
from evsynth.model.finding import Finding
from evsynth.model.values import STATISTICS

COHORTS = """
  - cohort: main
    label: All patients
    design: non-randomised comparison
    condition: invented lung disease
    patients: 70
    arms:
      - {arm: all, label: All, role: whole, patients: 70}
      - {arm: drug, label: Drug, role: treated, within: all, patients: 30}
      - {arm: usual, label: Usual care, role: comparator, within: all, patients: USUAL}
      - {arm: mild, label: Mild, role: subgroup, within: all, patients: 28}
      - {arm: severe, label: Severe, role: subgroup, within: all, patients: 42}
    partitions:
      - {of: all, parts: [drug, usual], exhaustive: EXHAUSTIVE, because: invented}
      - {of: all, parts: [mild, severe], exhaustive: true, because: invented}
    contrasts:
      - {contrast: versus, kind: between arms, arms: [drug, usual], test: TEST}
      - {contrast: mild-severe, kind: between arms, arms: [mild, severe]}
      - {contrast: change, kind: within arm, arms: [drug], from: baseline, to: month-6, test: Wilcoxon signed-rank}
      - {contrast: correlation, kind: correlation, arms: [all], test: Spearman}
      - {contrast: model, kind: regression, arms: [all], test: linear regression, adjustment: two}
      - {contrast: adjusted, kind: between arms, arms: [drug, usual], adjustment: two}
      - {contrast: hazard, kind: between arms, arms: [drug, usual], test: "Cox; log-rank"}"""

REST = {
    "adjustments": """
  - {adjustment: two, method: regression, covariates: [age, dose], estimand: conditional, standard_error: model}
  - {adjustment: weighted, method: weighting, estimand: ATE, standard_error: robust}""",
    "categories": """
  - {label: Sex, variables: [female, male], exclusive: true, exhaustive: true}
  - {label: Grades, variables: [grade-0, grade-1, grade-2], exclusive: true, exhaustive: true}""",
    "variables": """
  - {variable: improved, label: Improved, kind: count, integer: true}
  - {variable: worse, label: Worse, kind: count, integer: true}
  - {variable: female, label: Female, kind: count, integer: true}
  - {variable: male, label: Male, kind: count, integer: true}
  - {variable: death, label: Death, kind: time to event}
  - {variable: age, label: Age, kind: continuous}
  - {variable: dose, label: Dose, kind: continuous}
  - {variable: esr, label: ESR, kind: continuous}
  - {variable: crp, label: CRP, kind: continuous}
  - {variable: visits, label: Visits, kind: count, integer: true}
  - {variable: score, label: Score, kind: score, instrument: breath-20, integer: true}
  - {variable: part-a, label: First part, kind: score}
  - {variable: part-b, label: Second part, kind: score}
  - {variable: total, label: Total, kind: score, instrument: sum}
  - {variable: responder, label: Responder, kind: score, instrument: zero-one, integer: true}
  - {variable: grade, label: Grade, kind: ordinal}
  - {variable: grade-0, label: Grade 0, kind: count}
  - {variable: grade-1, label: Grade 1, kind: count}
  - {variable: grade-2, label: Grade 2, kind: count}
  - {variable: patients, label: Patients, kind: count, integer: true}""",
}

INSTRUMENTS = """\
  - {instrument: sum, name: Sum, version: "1", lowest: 0, worse: higher, integer: true, source: Manual,
     components: [part-a, part-b]}
  - {instrument: zero-one, name: Response, version: "1", lowest: 0, highest: 1, worse: lower, integer: true,
     source: Manual}
"""

Values = tuple[dict[str, Any], ...]


def v(**given: Any) -> dict[str, Any]:
    """Give one value; `place` is where it is printed, `row` the passage it shares with others of that row."""
    return given


def drug(variable: str, **numbers: Any) -> dict[str, Any]:
    """Give a value of the treated arm at baseline."""
    return v(arm="drug", variable=variable, at="baseline", **numbers)


def usual(variable: str, **numbers: Any) -> dict[str, Any]:
    """Give a value of the other arm at baseline."""
    return v(arm="usual", variable=variable, at="baseline", **numbers)


def versus(variable: str, **numbers: Any) -> dict[str, Any]:
    """Give a comparison of both arms at baseline."""
    return v(contrast="versus", variable=variable, at="baseline", **numbers)


def change(variable: str, **numbers: Any) -> dict[str, Any]:
    """Give a change within the treated arm."""
    return v(contrast="change", variable=variable, **numbers)


def hazard(ratio: str, lower: str, upper: str, **more: Any) -> dict[str, Any]:
    """Give a hazard ratio with its limits."""
    return v(contrast="hazard", variable="death", hazard_ratio=ratio, lower=lower, upper=upper, **more)


def line(**numbers: Any) -> dict[str, Any]:
    """Give a line of the regression of the score on age and dose in 70 patients (67 df)."""
    return v(contrast="model", variable="score", term="age", **numbers)


def counted(drug_count: int, usual_count: int, p: str, **more: Any) -> Values:
    """Give improved patients of 30 and 40, and a P value."""
    return (
        drug("improved", count=drug_count),
        usual("improved", count=usual_count),
        versus("improved", p=p, **more),
    )


def grades(drug_counts: tuple[int, int, int]) -> Values:
    """Give how many treated patients have each grade."""
    return tuple(drug(f"grade-{g}", count=k) for g, k in enumerate(drug_counts))


MEANS = (drug("age", mean="50.1", sd="9.8"), usual("age", mean="55.9", sd="11.2"))
B = {"b": "0.52", "lower": "0.10", "upper": "0.94"}
SHIFTED = (  # in Table 2 the rows ESR and CRP stand one line too high
    drug("esr", median="26.5", q1="12.5", q3="46.5", place="Table 1, row ESR"),
    drug("crp", median="4.97", q1="1.05", q3="11.77", place="Table 1, row CRP"),
    drug("dose", median="21.5", q1="12.25", q3="30.5", place="Table 1, row Dose"),
    drug("esr", median="4.97", q1="1.05", q3="11.77", place="Table 2, row ESR"),
    drug("crp", median="21.5", q1="12.25", q3="30.5", place="Table 2, row CRP"),
    drug("dose", median="21.5", q1="12.25", q3="30.5", place="Table 2, row Dose"),
)

FOUND: list[tuple[str, str, Values]] = [
    # code, severity, values
    ("P_OF_COUNTS", "inconsistent", counted(12, 8, "0.541")),
    ("P_OF_COUNTS", "inconsistent", counted(12, 8, "<0.01")),
    ("P_OF_COUNTS", "concern", counted(12, 8, "0.034")),  # half of Pearson's P: one-sided
    ("P_OF_MEANS", "inconsistent", (*MEANS, versus("age", p="0.270", test="Student's t"))),
    ("P_OF_RANKS", "inconsistent", (versus("age", u="420", p="0.33", test="Mann-Whitney U"),)),
    ("P_OF_RANKS", "inconsistent", (versus("age", u="1300", p="0.33", test="Mann-Whitney U"),)),
    ("P_OF_CORRELATION", "inconsistent", (v(contrast="correlation", variable="age", **{"with": "dose"}, rho="0.300",
                                            p="0.040"),)),
    ("P_OF_CHANGE", "inconsistent", (change("score", p="0.001", effect_size="0.30"),)),
    ("P_OF_CHANGE", "concern", (change("score", p="0.21", effect_size="0.47"),)),  # r over the pairs that changed
    ("P_OF_REGRESSION", "inconsistent", (line(**B, p="0.16"),)),
    ("P_OF_STATISTIC", "inconsistent", (versus("age", t="2.10", p="0.40", test="t test"),)),
    ("P_OF_STATISTIC", "inconsistent", (versus("improved", chi2="3.84", df="1", p="0.15"),)),
    ("P_OF_STATISTIC", "inconsistent", (change("score", z="2.58", p="0.05"),)),
    ("P_OF_PERCENTAGES", "concern", (
        drug("improved", percent="67", denominator="unknown"), usual("improved", percent="35", denominator="unknown"),
        versus("improved", p="0.0002"),
    )),
    ("P_STATED", "inconsistent", (
        versus("age", p="0.30"), versus("dose", p="0.02"),
        v(contrast="versus", variables=["age", "dose"], at="baseline", p=">0.05"),
    )),
    ("RATIO_OF_COUNTS", "inconsistent", (
        drug("improved", count=12), usual("improved", count=8),
        versus("improved", odds_ratio="1.67"),  # 2.67
    )),
    ("RATIO_INTERVAL", "inconsistent", (hazard("0.45", "0.41", "0.98"),)),
    ("RATIO_P", "inconsistent", (hazard("0.63", "0.41", "0.98", p="0.004"),)),
    ("RATIO_P", "concern", (hazard("0.63", "0.41", "0.98", p="0.050"),)),
    ("REGRESSION_INTERVAL", "inconsistent", (line(**{**B, "b": "0.62"}),)),
    ("REGRESSION_T", "inconsistent", (line(**B, t="2.60"),)),
    ("REGRESSION_BETA", "inconsistent", (
        line(b="0.52", beta="0.30", place="Text", test="regression"), line(b="0.52", beta="0.42", place="Table 3"),
    )),
    ("R_SQUARED", "inconsistent", (
        line(b="0.52", beta="0.10", t="4.00", place="Table 3, row Age"),
        v(contrast="model", variable="score", adjusted_r_squared="0.20"),
    )),
    ("P_OF_CHANGE", "inconsistent", (change("score", effect_size="0.30", p="<0.001"),)),
    ("P_OF_STATISTIC", "inconsistent", (change("score", z="1.20", p="0.010"),)),
    ("U_OF_GRADES", "inconsistent", (
        *grades((10, 12, 8)), *(usual(f"grade-{g}", count=k) for g, k in enumerate((5, 15, 20))),
        versus("grade", u="310"),
    )),
    ("CHANGE_OF_VISITS", "inconsistent", (
        v(arm="drug", variable="dose", at="baseline", mean="20.0"),
        v(arm="drug", variable="dose", at="month-6", mean="12.5"), change("dose", mean_change="-9.5"),
    )),
    ("CHANGE_OF_VISITS", "inconsistent", (
        v(arm="drug", variable="dose", at="baseline", mean="20.0"),
        v(arm="drug", variable="dose", at="month-6", mean="12.5"), change("dose", percent_reduction="65"),
    )),
    ("COMPONENTS", "inconsistent", (
        drug("part-a", mean="3.2"), drug("part-b", mean="4.1"), drug("total", mean="8.3"),
    )),
    ("GRADES", "inconsistent", (*grades((10, 12, 8)), drug("grade", median="2"))),
    ("PARTS_FALL_SHORT", "inconsistent", grades((10, 10, 8))),
    ("COLUMNS_EXCHANGED", "inconsistent", (
        drug("improved", count=14, percent="35.0", row="a"), usual("improved", count=9, percent="30.0", row="a"),
    )),
    ("ROWS_SHIFTED", "inconsistent", SHIFTED),
    ("NUMBER_IMPOSSIBLE", "error", (versus("age", p="1.2"),)),
    ("NUMBER_IMPOSSIBLE", "error", (v(contrast="correlation", variable="age", rho="1.40"),)),
    ("NUMBER_IMPOSSIBLE", "error", (drug("age", mean="50", sd="-3"),)),
    ("NUMBER_IMPOSSIBLE", "error", (drug("improved", count="12.5"),)),
    ("GRIM", "inconsistent", (v(arm="mild", variable="visits", mean="5.19"),)),  # METHODS D10
    ("GRIM", "inconsistent", (drug("score", mean="5.19", sd="2.10"),)),
    ("GRIMMER", "inconsistent", (drug("score", mean="5.20", sd="2.13"),)),
    ("DEBIT", "inconsistent", (drug("responder", mean="0.4", sd="0.45"),)),
    ("SD_IMPOSSIBLE", "error", (drug("score", mean="10.0", sd="10.5"),)),
    ("SUMMARY_IMPOSSIBLE", "inconsistent", (drug("score", median="8.25", q1="4", q3="12"),)),
    ("SUBGROUPS", "inconsistent", (
        v(arm="all", variable="worse", count=20), v(arm="mild", variable="worse", count=6),
        v(arm="severe", variable="worse", count=15),
    )),
    ("SUBGROUPS", "inconsistent", (
        v(arm="all", variable="worse", count=20), v(arm="mild", variable="worse", count=21),
    )),
    ("WHOLE_OF_PARTS", "inconsistent", (
        v(arm="all", variable="age", mean="54.9"), v(arm="mild", variable="age", mean="50.2"),
        v(arm="severe", variable="age", mean="53.1"),
    )),
    ("WHOLE_OF_PARTS", "inconsistent", (
        v(arm="all", variable="dose", median="30"), v(arm="mild", variable="dose", median="20"),
        v(arm="severe", variable="dose", median="25"),
    )),
    ("GROUPS", "inconsistent", ({"USUAL": 39},)),
    ("GROUPS", "error", ({"USUAL": 71, "EXHAUSTIVE": "skip"},)),
    ("GROUPS_UNEXPLAINED", "concern", ({"USUAL": 35, "EXHAUSTIVE": "false"},)),
]  # fmt: skip

LEFT_ALONE: list[Values] = [
    counted(12, 8, "0.067"),  # Pearson
    counted(12, 8, "0.117"),  # Yates
    counted(12, 8, "0.108"),  # Fisher
    counted(12, 8, ">0.05"),
    counted(12, 8, "0.541", test="McNemar"),  # tests that the counts do not determine
    counted(12, 8, "0.541", test="chi-square for trend"),
    counted(12, 8, "0.034", test="Fisher's exact, one-sided"),
    counted(12, 8, "0.541", adjustment="weighted", test="weighted"),
    (*MEANS, versus("age", p="0.027", test="Student's t")),
    (*MEANS, versus("age", p="0.270")),  # a rank test of values that are not printed could give anything
    (*MEANS, versus("age", p="0.270", test="Mann-Whitney U or Student's t")),
    (*MEANS, versus("age", p="0.270", test="ANCOVA")),
    (versus("age", u="420", p="0.033", test="Mann-Whitney U"),),
    (versus("age", u="420", p="0.002", test="Mann-Whitney U"),),  # ties
    (v(contrast="correlation", variable="age", **{"with": "dose"}, rho="0.30", p="0.012"),),
    (v(contrast="correlation", variable="age", **{"with": "dose"}, rho="0.300", p="0.040", analysed="47"),),
    (change("score", p="0.010", effect_size="0.47"),),
    (change("score", p="0.010", effect_size="0.33"),),  # over both visits
    (change("score", p="0.010"),),
    (line(**B, p="0.016"),),
    (line(**B, t="2.47", p="0.016"),),
    (line(**B, p="0.16", ci_method="bootstrap"),),
    (line(**{**B, "b": "0.62"}, ci_method="BCa bootstrap"),),
    (versus("age", t="2.10", p="0.039", test="t test"),),
    (versus("improved", chi2="3.84", df="1", p="0.05"),),
    (change("score", z="2.58", p="0.010"),),
    (
        drug("improved", percent="67", denominator="unknown"), usual("improved", percent="35", denominator="unknown"),
        versus("improved", p="0.02"),
    ),
    (
        versus("age", p="0.30"), versus("dose", p="0.20"),
        v(contrast="versus", variables=["age", "dose"], at="baseline", p=">0.05"),
    ),
    (drug("improved", count=12), usual("improved", count=8), versus("improved", odds_ratio="2.67")),
    (
        drug("improved", count=12), usual("improved", count=8),
        v(contrast="adjusted", variable="improved", at="baseline", odds_ratio="1.67"),
    ),
    (hazard("0.63", "0.41", "0.98", p="0.04"),),
    (hazard("0.63", "0.41", "0.98"), v(contrast="hazard", variable="death", p="0.004", test="log-rank", place="Text")),
    (hazard("0.45", "0.41", "0.98", ci_method="profile likelihood"),),
    (hazard("0.63", "0.32", "1.25", p="0.08", level="99"),),
    (
        line(b="0.52", beta="0.30", place="Text", test="regression"), line(b="0.52", beta="0.30", place="Table 3"),
    ),
    (
        line(b="0.52", beta="0.45", t="4.00", place="Table 3, row Age"),
        v(contrast="model", variable="score", adjusted_r_squared="0.20"),
    ),
    (
        v(arm="drug", variable="dose", at="baseline", mean="20.0"),
        v(arm="drug", variable="dose", at="month-6", mean="12.5"), change("dose", mean_change="-7.4"),
    ),
    (
        v(arm="drug", variable="dose", at="baseline", median="20"),
        v(arm="drug", variable="dose", at="month-6", median="15"),
        change("dose", median_change="-2"),  # the median of the changes is another quantity
    ),
    (drug("part-a", mean="3.2"), drug("part-b", mean="4.1"), drug("total", mean="7.4")),
    (drug("part-a", mean="3.2"), drug("total", mean="8.3")),  # a part that is not printed
    (*grades((10, 12, 8)), drug("grade", median="1", q1="0", q3="2")),
    grades((10, 12, 8)),
    grades((10, 12, 8))[:2],
    (*grades((10, 12, 8)), *(v(arm="drug", variable=f"grade-{g}", at="month-6", count=k) for g, k in
                             enumerate((20, 5, 5)))),  # two visits
    (drug("improved", count=9, percent="30.0", row="a"), usual("improved", count=14, percent="35.0", row="a")),
    (
        drug("improved", count=14, percent="35.0", denominator="unknown", row="a"),
        usual("improved", count=9, percent="30.0", denominator="unknown", row="a"),
    ),
    (  # two scales with the same small numbers
        drug("esr", median="0", q1="0", q3="1", place="Table 1"),
        drug("crp", median="0", q1="0", q3="1", place="Table 2"),
    ),
    (drug("age", mean="50", sd="0"),),
    (drug("improved", count="12.0"),),
    (v(arm="mild", variable="visits", mean="5.18"),),  # 145 of 28
    (v(arm="mild", variable="visits", mean="5.2"),),
    (v(arm="all", variable="visits", mean="5.1"),),  # 70 patients can have every mean with one decimal
    (v(arm="mild", variable="dose", mean="5.19"),),  # not whole numbers
    (v(arm="mild", variable="visits", mean="5.19", population="survivors"),),
    (drug("score", mean="5.20", sd="2.14"),),
    (drug("responder", mean="0.4", sd="0.5"),),
    (drug("score", mean="10.0", sd="10.1"),),
    (drug("score", median="8.5", q1="4.25", q3="12"),),
    (v(arm="all", variable="worse", count=21), v(arm="mild", variable="worse", count=6),
     v(arm="severe", variable="worse", count=15)),
    (v(arm="all", variable="worse", count=20), v(arm="drug", variable="worse", count=6)),
    (v(arm="all", variable="worse", count=20), v(arm="mild", variable="worse", count=21, population="another visit")),
    (v(arm="all", variable="worse", at="baseline", count=20), v(arm="mild", variable="worse", at="month-6", count=21)),
    (
        v(arm="all", variable="age", mean="51.9"), v(arm="mild", variable="age", mean="50.2"),
        v(arm="severe", variable="age", mean="53.1"),
    ),
    (
        v(arm="all", variable="age", mean="54.9"), v(arm="mild", variable="age", mean="50.2"),
        v(arm="severe", variable="age", mean="53.1", analysed="30"),  # values are missing
    ),
    (
        v(arm="all", variable="dose", median="24"), v(arm="mild", variable="dose", median="20"),
        v(arm="severe", variable="dose", median="25"),
    ),
    (v(arm="all", variable="dose", median="30"), v(arm="mild", variable="dose", median="20")),
    ({"USUAL": 40},),
]  # fmt: skip


def write(invented: Any, values: Values) -> Any:
    """Write a study that prints these values, those of one `row` in one passage."""
    cohorts = {"USUAL": 40, "EXHAUSTIVE": "true", "TEST": "unknown"}
    rows: dict[str, list[dict[str, Any]]] = {}
    places: dict[str, str] = {}
    for index, given in enumerate(values):
        if "USUAL" in given:
            cohorts |= given
            continue
        value = dict(given)
        row = value.pop("row", string.ascii_lowercase[index % 26] + "bc")
        places[row] = value.pop("place", "Table 1, row " + row)
        numbers = [str(value[key]) for key in value if key in STATISTICS]
        rows.setdefault(row, []).append({"printed": " ".join(numbers), **value})
    passages = [
        {
            "source": "paper",
            "where": places[row],
            "quote": f"row {row}: " + " ".join(one["printed"] for one in members) + f" end {row}",
            "values": members,
        }
        for row, members in rows.items()
    ]
    text = COHORTS
    if cohorts["EXHAUSTIVE"] == "skip":
        text = text.replace("      - {of: all, parts: [drug, usual], exhaustive: EXHAUSTIVE, because: invented}\n", "")
    for name, replacement in cohorts.items():
        text = text.replace(name, str(replacement))
    invented.study(**{**REST, "cohorts": text, "passages": json.dumps(passages)})
    review = "extractions/review.yaml"
    invented.write(review, (invented.root / review).read_text() + INSTRUMENTS)
    return invented


def only(invented: Any, values: Values) -> Finding:
    """Give the one finding."""
    found: tuple[Finding, ...] = write(invented, values).findings()
    assert len(found) == 1, [(f.code, f.message) for f in found]
    return found[0]


@pytest.mark.parametrize(("code", "severity", "values"), FOUND)
def test_found(invented: Any, code: str, severity: str, values: Values) -> None:
    """One finding, with a hint, and with quotes where it is about printed values."""
    finding = only(invented, values)
    assert finding.code == code
    assert finding.severity == severity
    assert finding.hint
    assert finding.quotes or code.startswith("GROUPS")
    assert all(q.start is not None for q in finding.quotes)
    assert "fabricat" not in finding.message + finding.hint


@pytest.mark.parametrize("values", LEFT_ALONE)
def test_left_alone(invented: Any, values: Values) -> None:
    """No finding."""
    assert [(f.code, f.message) for f in write(invented, values).findings()] == []


def test_the_tables_are_equally_long() -> None:
    """Every finding has its counterpart that is none; test_all_tables.py counts them by code."""
    assert len(LEFT_ALONE) >= len(FOUND)


def test_every_code_has_its_heading() -> None:
    """A finding links to its explanation."""
    headings = (Path(__file__).parents[2] / "docs" / "findings.md").read_text().splitlines()
    explained = {code for line in headings if line.startswith("### ") for code in line[4:].split(", ")}
    assert {code for one in CHECKS for code in one.codes} <= explained


def test_exchanged_columns_offer_one_branch_that_moves_both_cells(invented: Any) -> None:
    """Never a branch with one cell moved and the other not."""
    finding = only(invented, FOUND[[c for c, *_ in FOUND].index("COLUMNS_EXCHANGED")][2])
    (alternative,) = finding.alternatives
    extraction = invented.folder().studies["alpha-2020"]
    read = {o.about.arm: o.statistics for o in branched(extraction.observations, alternative.reads)}
    assert {arm: str(s["count"]) for arm, s in read.items()} == {"drug": "9", "usual": "14"}
    assert {arm: str(s["percent"]) for arm, s in read.items()} == {"drug": "30.0", "usual": "35.0"}


def test_a_branch_adds_a_number_and_refuses_a_value_that_is_not_there(invented: Any) -> None:
    """A hidden denominator is added to a value that prints none."""
    write(invented, counted(12, 8, "0.067"))
    observations = invented.folder().studies["alpha-2020"].observations
    name = f"alpha-2020/{observations[0].id}"
    read = branched(observations, ((f"{name}.of", "29"),))
    assert str(read[0].statistics["of"]) == "29"
    assert read[1:] == observations[1:]
    assert branched(observations, ()) == observations
    with pytest.raises(ValueError, match="no value is called alpha-2020/gone"):
        branched(observations, (("alpha-2020/gone.of", "29"),))


def test_a_count_under_the_wrong_arm_its_percentages_and_its_p_are_one_finding(invented: Any) -> None:
    """One cause, one finding; the P of the exchanged columns is offered."""
    values = (
        drug("improved", count=14, percent="35.0", row="a"), usual("improved", count=9, percent="30.0", row="a"),
        versus("improved", p="0.659", row="a"),
    )  # fmt: skip
    finding = only(invented, values)
    assert finding.code == "COLUMNS_EXCHANGED"
    assert len(finding.quotes) == 3
    assert "hence also" in finding.message


def test_a_hidden_denominator_explains_percentage_and_p_together(invented: Any) -> None:
    """The innocent explanation comes first, and is an admissible branch."""
    values = (
        drug("improved", count=6, percent="22.2"), usual("improved", count=8, percent="20.0"),
        versus("improved", p="0.827"),
    )  # fmt: skip
    finding = only(invented, values)
    assert finding.code == "COUNT_PERCENT"
    assert finding.hint.startswith("a denominator of 27 (missing data) gives it")
    assert any(dict(a.reads) == {f"alpha-2020/{finding.values[0]}.of": "27"} for a in finding.alternatives)


def test_patients_missing_explain_a_p_value(invented: Any) -> None:
    """Up to three patients fewer in either group are tried."""
    finding = only(invented, counted(12, 8, "0.053"))
    assert finding.hint.startswith("12 of 29 and 8 of 40"), finding.hint
    assert finding.alternatives[0].reads == (("alpha-2020/main/drug/improved/baseline@table-1-row-abc.of", "29"),)


def test_a_shift_of_two_rows_is_one_finding_with_one_branch(invented: Any) -> None:
    """Each row is told with where its numbers belong."""
    finding = only(invented, SHIFTED)
    assert finding.message.startswith("Table 2: esr in drug prints 4.97 1.05 11.77, which is crp in drug")
    assert "crp in drug prints 21.5 12.25 30.5, which is dose in drug" in finding.message
    assert "hence also" not in finding.message
    assert len({name.rpartition(".")[0] for name, _ in finding.alternatives[0].reads}) == 2


def test_every_test_tried_is_named(invented: Any) -> None:
    """In the message and, with more digits, under `computed`."""
    finding = only(invented, counted(12, 8, "0.541"))
    tests = ("Pearson chi-square", "chi-square with Yates correction", "Fisher exact test, two-sided")
    assert all(test in finding.message for test in tests)
    assert [name.partition(", 2")[0] for name, _ in finding.computed][:3] == list(tests)


def test_grim_says_how_often_chance_would_fail(invented: Any) -> None:
    """n = 28 and two decimals: 72 of 100 means cannot be printed."""
    finding = only(invented, (v(arm="mild", variable="visits", mean="5.19"),))
    assert "probability 0.72" in finding.message
    assert finding.hint.startswith("27 patients could have it")


def test_groups_of_bare_percentages_leave_the_others_what_the_whole_leaves(invented: Any) -> None:
    """32 of 70 improved, so that 29/43 with 9/26 would leave -6 of 1; the nearest pair leaves what can be."""
    shares = (drug("improved", percent="67"), usual("improved", percent="35"), versus("improved", p="0.0002"))
    bare = only(invented, shares).message
    within = only(invented, (*shares, v(arm="all", variable="improved", at="baseline", count=32, of=70))).message
    assert "(32 of 70 in all)" in within
    assert within.partition("the nearest is")[2] != bare.partition("the nearest is")[2]
    pairs = within.partition("the nearest is ")[2].split(",")[0]
    (a, m), (b, n) = (map(int, pair.split("/")) for pair in pairs.split(" and "))
    assert 0 <= 32 - a - b <= 70 - m - n


def test_a_term_is_named_where_its_line_is_printed_differently(invented: Any) -> None:
    finding = only(invented, (line(b="0.52", place="Text"), line(b="0.62", place="Table 3")))
    assert finding.message.startswith("score term age in model: one quantity")


def test_a_quote_is_the_text_of_the_source_where_cells_are_apart_by_tabs(invented: Any) -> None:
    passages = [
        {"source": "paper", "where": place, "quote": quote, "values": [line(printed=quote, **numbers)]}
        for place, quote, numbers in (
            ("Table 3", "0.52 0.40", {"b": "0.52", "beta": "0.40"}),
            ("Text", "0.62 of it", {"b": "0.62"}),
        )
    ]
    text = COHORTS.replace("USUAL", "40").replace("EXHAUSTIVE", "true").replace("TEST", "unknown")
    invented.study(**{**REST, "cohorts": text, "passages": json.dumps(passages)})
    invented.source("paper", "Table 3\nAge\t0.52\t0.40\nThe text says 0.62 of it.\n")
    review = "extractions/review.yaml"
    invented.write(review, (invented.root / review).read_text() + INSTRUMENTS)
    (found,) = [f for f in invented.findings() if f.code == "PRINTED_DIFFERENTLY"]
    assert [q.text for q in found.quotes] == ["0.52\t0.40", "0.62 of it"]
