"""Arithmetic on the numbers of a document: what is found, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from invented_papers import TABLE, paper

from evsynth.checks.scanned.causes import RANK, one_cause
from evsynth.checks.scanned.judging import CHECKS, Reading
from evsynth.model.finding import Finding


def found(subject: Reading) -> list[Finding]:
    """Give the errors and inconsistencies of arithmetic and of places."""
    every = one_cause(finding for one in CHECKS for finding in one.run(subject))
    return [f for f in every if f.code in RANK and f.severity in ("error", "inconsistent")]


def study(**parts: str) -> Reading:
    """Write a paper that has an abstract."""
    return paper(abstract="We studied one drug in adults.", **parts)


def table(
    *rows: str, heads: str = "Drug (n = 60) | Placebo (n = 58) | P", caption: str = "Table 1. Characteristics."
) -> str:
    """Write a table in Markdown."""
    width = heads.count("|") + 2
    return "\n".join([caption, "", f"| Characteristic | {heads} |", "|" + "---|" * width, *(f"| {r} |" for r in rows)])


ROWS = (
    "Age, years, mean (SD) | 61.2 (9.4) | 60.8 (10.1) | 0.82",
    "Women, n (%) | 31 (51.7) | 30 (51.7) | 1.00",
    "Diabetes, n (%) | 9 (15.0) | 14 (24.1) | 0.21",
)
"""Rows in which everything fits."""

FOUND_IN_ROWS = [
    # the row, the code, the text that must be quoted
    ("Smoker, n (%) | 22 (39.7) | 20 (34.5) | 0.80", "COUNT_PERCENT", "22 (39.7"),
    ("Smoker, n (%) | 64 (106.7) | 20 (34.5) | 0.01", "NUMBER_IMPOSSIBLE", "64 (106.7"),
    ("Smoker, n (%) | 64 (96.7) | 20 (34.5) | 0.01", "COUNT_EXCEEDS", "64 (96.7"),
    ("Smoker, n (%) | 20 (34.5) | 22 (36.7) | 0.80", "COLUMNS_EXCHANGED", "20 (34.5) | 22 (36.7"),
    ("Smoker, n (%) | 22 (36.7) | 20 (34.5) | 0.012", "P_OF_COUNTS", "0.012"),
    ("Smoker, n/N (%) | 22/40 (65.0) | 20/58 (34.5) | 0.04", "COUNT_PERCENT", "22/40 (65.0"),
    ("Weight, kg, mean (SD) | 80.1 (9.0) | 71.2 (9.5) | 0.64", "P_OF_MEANS", "0.64"),
    ("Weight, kg, mean (SD) | 80.1 (9.0) | 79.9 (9.5) | 0.001", "P_OF_MEANS", "0.001"),
    ("CRP, mg/L, median (IQR) | 19 (21–30) | 12 (8–20) | 0.20", "OUT_OF_ORDER", "19 (21–30"),
    ("CRP, mg/L, median (IQR) | 12 (30–8) | 12 (8–20) | 0.20", "OUT_OF_ORDER", "12 (30–8"),
    ("CRP, mg/L, mean (SD) | 12 (8–20) | 13 (9–21) | 0.20", "LABEL_CONTRADICTS", "12 (8–20) | 13 (9–21)"),
    ("CRP, mg/L, median (IQR) | 12 ± 8 | 13 ± 9 | 0.60", "LABEL_CONTRADICTS", "12 ± 8 | 13 ± 9"),
    ("Pain score (0–10), mean (SD) | 12.1 (1.0) | 4.1 (1.1) | <0.001", "OUTSIDE_INSTRUMENT", "12.1"),
    ("Pain score (0–10), mean (SD) | 4.2 (7.5) | 4.1 (2.1) | 0.92", "SD_IMPOSSIBLE", "4.2 (7.5"),
    ("PHQ-9, mean (SD) | 11.24 (4.10) | 11.50 (4.20) | 0.73", "GRIM", "11.24 (4.10"),
]

LEFT_IN_ROWS = [
    "Smoker, n (%) | 22 (36.7) | 20 (34.5) | 0.80",
    "Smoker, n (%) | 22 (37) | 20 (34) | 0.80",  # whole percentages
    "Smoker, n/N (%) | 26/40 (65.0) | 20/50 (40.0) | 0.02",  # denominators printed
    "Smoker, n (%)* | 22 (39.3) | 20 (34.5) | 0.60",  # a footnote mark: another denominator
    "Smoker, n (%) | 22 (36.7) | 20 (34.5) | 0.806",  # Pearson
    "Smoker, n (%) | 22 (36.7) | 20 (34.5) | 0.95",  # Yates
    "Smoker, n (%) | 22 (36.7) | 20 (34.5) | NS",
    "Smoker, n (%) | 0 (0) | 2 (3.4) | 0.239",  # Fisher
    "Weight, kg, mean (SD) | 80.1 (9.0) | 71.2 (9.5) | <0.001",
    "Weight, kg, mean (SD) | 80.1 (9.0) | 71.2 (9.5) | 0.001",  # the smallest P printed
    "CRP, mg/L, median (IQR) | 12 (8–20) | 12 (8–20) | 0.99",
    "CRP, mg/L, median (IQR) | 8 (8–20) | 20 (8–20) | 0.99",  # a median may be a quartile
    "CRP (0–5), mg/L, mean (SD) | 12.1 (1.9) | 12.0 (1.8) | 0.77",  # a reference range is no scale
    "Pain score (0–10), mean (SD) | 4.2 (2.0) | 4.1 (2.1) | 0.79",
    "Change in pain score (0–10), mean (SD) | −4.2 (2.0) | −4.1 (2.1) | 0.79",  # a change may be negative
    "PHQ-9, mean (SD) | 11.25 (4.10) | 11.50 (4.20) | 0.74",
    "Walking distance, mean (SD) | 311.24 (41.03) | 309.51 (42.07) | 0.82",  # not of whole numbers
]


@pytest.mark.parametrize(("row", "code", "quoted"), FOUND_IN_ROWS)
def test_found_in_rows(row: str, code: str, quoted: str) -> None:
    findings = found(study(tables=table(*ROWS, row)))
    assert [f.code for f in findings] == [code]
    assert any(quoted in q.text or q.text in quoted for q in findings[0].quotes)
    assert findings[0].severity == "error" or "inconsistent" in findings[0].message


@pytest.mark.parametrize("row", LEFT_IN_ROWS)
def test_left_alone_in_rows(row: str) -> None:
    assert found(study(tables=table(*ROWS, row))) == []


METHODS = "Data are mean (SD). The primary outcome was analysed by analysis of covariance."

LEFT_BY_METHODS = [
    # what the methods say, a row that would be found without it
    (METHODS, "Weight, kg, mean (SD) | 80.1 (9.0) | 77.6 (9.5) | 0.02"),
    (
        "Skewed values were compared with the Mann-Whitney test.",
        "Weight, kg, mean (SD) | 80.1 (9.0) | 77.6 (9.5) | 0.07",
    ),
    ("This was a crossover trial.", "Weight, kg, mean (SD) | 80.1 (9.0) | 71.2 (9.5) | 0.64"),
    ("P values were corrected by the method of Bonferroni.", "Smoker, n (%) | 9 (15.0) | 18 (31.0) | 0.1145"),
    ("Survival was compared with the log-rank test.", "Death, n (%) | 9 (15.0) | 18 (31.0) | 0.071"),
]


@pytest.mark.parametrize(("methods", "row"), LEFT_BY_METHODS)
def test_left_alone_where_the_methods_name_another_test(methods: str, row: str) -> None:
    assert found(study(methods=methods, tables=table(*ROWS, row))) == []


@pytest.mark.parametrize(("methods", "row"), LEFT_BY_METHODS)
def test_found_where_they_do_not(methods: str, row: str) -> None:
    assert len(found(study(tables=table(*ROWS, row)))) == 1


def test_categories_carry_one_p() -> None:
    rows = ("Stage, n (%) |  |  | 0.603", "&nbsp; I | 20 (33.3) | 15 (25.9) |", "&nbsp; II | 25 (41.7) | 29 (50.0) |")
    rows = tuple(r.replace("&nbsp;", "–") for r in rows)
    good = table(*ROWS, *rows, "– III | 15 (25.0) | 14 (24.1) |")
    assert found(study(tables=good)) == []
    more = table(*ROWS, *rows, "– III | 20 (33.3) | 14 (24.1) |")
    assert [f.code for f in found(study(tables=more))] == ["PARTS_EXCEED"]
    several = table(*ROWS, *(r.replace("Stage", "Symptoms") for r in rows), "– III | 20 (33.3) | 14 (24.1) |")
    assert "PARTS_EXCEED" not in [f.code for f in found(study(tables=several))]


def test_percentages_of_the_patients_that_another_row_counts() -> None:
    treated = "Given the antidote, n (%) | 37 (61.7) | 29 (50.0) | 0.20"
    of_them = "Early reaction, n (%) | 9 (24.3) | 5 (17.2) |"
    assert found(study(tables=table(*ROWS, treated, of_them))) == []
    wrong = "Early reaction, n (%) | 9 (34.2) | 5 (17.2) |"
    assert {f.code for f in found(study(tables=table(*ROWS, treated, wrong)))} == {"COUNT_PERCENT"}


def test_several_percentages_of_another_denominator_are_one_note() -> None:
    rows = [
        f"{name}, n (%) | {k} ({100 * k / 50:.1f}) | 20 (34.5) |"
        for name, k in (("Asthma", 11), ("Gout", 13), ("Stroke", 17))
    ]
    fit = [
        f"{name}, n (%) | {k} ({100 * k / 60:.1f}) | 20 (34.5) |"
        for name, k in (("Cough", 11), ("Fever", 13), ("Rash", 17), ("Pain", 19))
    ]
    subject = study(tables=table(*fit, *rows))
    every = one_cause(finding for one in CHECKS for finding in one.run(subject))
    notes = [f for f in every if f.code == "COUNT_PERCENT"]
    assert [(f.severity, len(f.quotes)) for f in notes] == [("note", 3)]


REGRESSION = "B | 95% CI | β | t | P"
FOUND_IN_LINES = [
    ("Age | 0.92 | 0.10, 0.50 | 0.31 | 2.97 | 0.004", "OUT_OF_ORDER"),
    ("Age | 0.30 | 0.10, 0.50 | −0.31 | 2.97 | 0.004", "REGRESSION_SIGNS"),
    ("Age | 0.40 | 0.10, 0.50 | 0.31 | 2.97 | 0.004", "REGRESSION_INTERVAL"),
    ("Age | 0.30 | 0.10, 0.50 | 0.31 | 2.97 | 0.212", "P_OF_REGRESSION"),
    ("Age | 0.30 | 0.10, 0.50 | 0.31 | 1.97 | 0.051", "REGRESSION_T"),
]
LEFT_IN_LINES = [
    "Age | 0.30 | 0.10, 0.50 | 0.31 | 2.97 | 0.004",
    "Age | −0.30 | −0.50, −0.10 | −0.31 | −2.97 | 0.004",
    "Age | 0.30 | 0.10, 0.50 | 0.31 | 2.99 | 0.003",  # rounding
    "Constant | 0.00 | −0.20, 0.20 | NA | 0.01 | 0.99",
]


@pytest.mark.parametrize(("row", "code"), FOUND_IN_LINES)
def test_found_in_regression_lines(row: str, code: str) -> None:
    subject = study(tables=table(row, heads=REGRESSION, caption="Table 1. Linear regression in 118 patients."))
    assert [f.code for f in found(subject)] == [code]


@pytest.mark.parametrize("row", LEFT_IN_LINES)
def test_left_alone_in_regression_lines(row: str) -> None:
    assert (
        found(study(tables=table(row, heads=REGRESSION, caption="Table 1. Linear regression in 118 patients."))) == []
    )


FOUND_IN_TEXT = [
    ("Death was rarer with the drug (HR 0.98, 95% CI 0.41–0.91, P = 0.015).", "OUT_OF_ORDER"),
    ("Death was rarer with the drug (HR 0.61, 95% CI 0.41–0.91, P = 0.41).", "RATIO_P"),
    ("Death was as frequent (HR 0.81, 95% CI 0.50–1.31, P = 0.004).", "RATIO_P"),
    ("Death was rarer with the drug (HR 0.44, 95% CI 0.41–0.91, P = 0.015).", "RATIO_INTERVAL"),
    ("Age correlated with distance (ρ = 0.46, P = 0.31; n = 60).", "P_OF_CORRELATION"),
    ("Age correlated with distance (r = 0.02, P < 0.001; n = 60).", "P_OF_CORRELATION"),
    ("The distance grew (t(58) = 2.31, P = 0.24).", "P_OF_STATISTIC"),
    ("The distance grew (Z = −2.51, P = 0.12).", "P_OF_STATISTIC"),
    ("Fever was seen in 17 of 12 patients.", "COUNT_EXCEEDS"),
    ("Fever was seen in 9 of 20 patients (54.0%).", "COUNT_PERCENT"),
    ("Fever was seen in 13 (53%) of 20 patients.", "COUNT_PERCENT"),
    ("The median age was 61 (70–80) years.", "OUT_OF_ORDER"),
    ("Of 150 patients screened, 20 declined and 12 were too ill; the remaining 108 were included.", "FLOW"),
    ("Of 150 patients screened, 42 were excluded: 20 declined, 12 were too ill and 20 had no scan. "
     "The remaining 108 were enrolled.", "FLOW"),
    ("Patients were enrolled from March 2019 to January 2018.", "DATES"),
    ("Patients were enrolled from March 2015 to January 2018; follow-up ended on 31 December 2016.", "DATES"),
    ("Patients were enrolled from March 2015 to January 2018 and follow-up ended on 31 December 2019. "
     "Median follow-up was 88.0 months.", "DATES"),
]  # fmt: skip

LEFT_IN_TEXT = [
    "Death was rarer with the drug (HR 0.61, 95% CI 0.41–0.91, P = 0.015).",
    "Death was rarer with the drug (HR 0.61, 95% CI 0.41–0.91, log-rank P = 0.012).",
    "The score decreased by 0.73 points (95% CI −1.22 to −0.15).",
    "Age correlated with distance (ρ = 0.46, P < 0.001; n = 60).",
    "Age correlated with distance (ρ = 0.46, P = 0.31).",  # fewer patients may be meant
    "The distance grew (t(58) = 2.31, P = 0.024).",
    "The distance grew (Z = −2.51, P = 0.012).",
    "The distance grew (t = 2.31, P = 0.24).",  # no degrees of freedom
    "Fever was seen in 9 of 20 patients (45.0%).",
    "Fever was seen in 17 (85%) of 20 patients.",
    "Relief at 2 hours (70.5% vs. 66.8%) was similar.",
    "More patients took one tablet (81.2%) than two (18.8%).",
    "The median age was 61 (55–80) years.",
    "Patients were followed for a mean of 5.2 years (range, 40–78 months).",
    "Of 150 patients screened, 20 declined and 12 were too ill; the remaining 118 were included.",
    "Of 150 patients screened, 32 were excluded (20 declined, 12 were too ill). The remaining 118 were enrolled.",
    "Of 150 patients, 30 had fever, 20 had cough and 11 had both; 118 were included in the analysis of survival.",
    "Of 300 patients screened, 180 were eligible, 40 declined and 140 were enrolled.",
    "Of 120 patients, 60 were assigned to the drug and 60 to placebo; 8 were lost, and 112 were analysed.",
    "Of 334 patients approached, 28 declined, 9 were excluded for fever and 6 left. The remaining 291 were included.",
    "Of the 84 patients, 30 had stage I disease, 40 had stage II disease and 14 had stage III disease.",
    "Patients were enrolled from March 2015 to January 2018.",
    "We searched PubMed from March 2019 to January 2020; patients were enrolled until 2018.",
    "Patients were enrolled from March 2015 to January 2018 and follow-up ended on 31 December 2019. "
    "Median follow-up was 38.0 months.",
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), FOUND_IN_TEXT)
def test_found_in_text(text: str, code: str) -> None:
    assert [f.code for f in found(study(results=text))] == [code]


@pytest.mark.parametrize("text", LEFT_IN_TEXT)
def test_left_alone_in_text(text: str) -> None:
    assert found(study(results=text)) == []


def test_other_studies_are_left_alone() -> None:
    said = "In one trial the hazard ratio was 0.61 (95% CI 0.41–0.91, P = 0.41) in 519 patients (42.2%)."
    assert found(study(discussion=said, tables=TABLE)) == []


def test_components_add_up_to_their_total() -> None:
    rows = [
        "Child score (0–12), mean (SD) | 8.68 (1.87) | 7.96 (1.94) |",
        "Parent score (0–15), mean (SD) | 10.93 (1.98) | 10.05 (2.24) |",
    ]
    good = table(*rows, "Total score (0–27), mean (SD) | 19.61 (3.28) | 18.01 (3.52) |")
    assert found(study(tables=good)) == []
    wrong = table(*rows, "Total score (0–27), mean (SD) | 20.91 (3.28) | 18.01 (3.52) |")
    assert [f.code for f in found(study(tables=wrong))] == ["COMPONENTS"]


def test_u_beside_p() -> None:
    heads = "Positive (n = 31) | Negative (n = 21) | U | P value"
    good = "ESR, median (IQR) | 33 (19.5–43.5) | 25 (20–51) | 215 | 0.040"
    assert found(study(tables=table(good, heads=heads))) == []
    assert [f.code for f in found(study(tables=table(good.replace("215", "323.5"), heads=heads)))] == ["P_OF_RANKS"]
    assert [f.code for f in found(study(tables=table(good.replace("0.040", "0.62"), heads=heads)))] == ["P_OF_RANKS"]
    assert [f.code for f in found(study(tables=table(good.replace("215", "665"), heads=heads)))] == [
        "NUMBER_IMPOSSIBLE"
    ]


def test_a_clean_paper_has_no_findings() -> None:
    assert found(study(tables=TABLE)) == []


NEVER_JOINED = {
    "ELIGIBILITY_CONTRADICTS", "REGISTERED_LATE", "GROUPS_UNEXPLAINED", "NOWHERE_ELSE", "BOUND_DIFFERS",
    "PERCENT_NOT_PRINTED", "RECORD_DATES", "WHOLE_IS_PART", "P_OF_PERCENTAGES",
    "CRUDE_CALLED_ADJUSTED", "TESTS_MIXED", "QUARTILES_OF_FEWER", "SIGNIFICANCE_CONTRADICTS",
}  # fmt: skip
"""Codes of notes and concerns, and of limits of entry: they are about something else than the numbers they quote."""


def test_every_code_has_its_heading_and_its_rank() -> None:
    """A finding links to its explanation; each code of arithmetic and places is ranked among the causes."""
    headings = (Path(__file__).parents[2] / "docs" / "findings.md").read_text().splitlines()
    explained = {code for line in headings if line.startswith("### ") for code in line[4:].split(", ")}
    given = {
        c
        for one in CHECKS
        if any(f".{folder}." in one.run.__module__ for folder in ("numbers", "places", "tabled", "told", "calendar"))
        for c in one.codes
    }
    assert given <= explained
    assert set(RANK) == given - NEVER_JOINED


BOTH = ("FVC, mean (SD) | 70.0 (12.0) | 72.1 (12.4) | 0.003", "Walk, m, mean (SD) | 400 (60) | 411 (61) | 0.021")
"""Rows that two-sample tests do not give, as after treatment in the same patients."""


@pytest.mark.parametrize(
    "heads",
    [
        "Before (n = 40) | After (n = 40) | P",
        "Start of therapy (n = 40) | End of therapy (n = 40) | P",
        "Visit 1 (n = 40) | Visit 4 (n = 40) | P",
        "First scan (n = 40) | Second scan (n = 40) | P",
        "Lying (n = 40) | Standing (n = 40) | P",  # nothing but the numbers says that these are the same patients
    ],
)
def test_the_same_patients_twice_are_no_two_groups(heads: str) -> None:
    assert found(study(tables=table(*BOTH, heads=heads))) == []
