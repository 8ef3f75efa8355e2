"""Tables as records of typed numbers: order, formulas of roles, laws of columns, wholes, running sums, and the text."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import reading
from evsynth.checks.scanned.places import agreement_of_table, cells_in_text, median_in_bands
from evsynth.checks.scanned.tabled import (
    accuracy_rows,
    at_risk,
    count_columns,
    formulas,
    indented_parts,
    laws,
    nested_thresholds,
    percent_changes,
    rates_named,
    records_in_order,
    records_of_effects,
    running_sums,
    sizes_announced,
    survival_in_time,
    variance_tables,
    whole_between,
    whole_by_column,
    whole_of_rows,
)
from evsynth.checks.scanned.tabled.records import records
from evsynth.checks.scanned.tabled.roles import roles
from evsynth.scan.document import read_document

CHECKS = {
    m.__name__.rsplit(".", 1)[-1]: getattr(m, m.__name__.rsplit(".", 1)[-1])
    for m in (
        accuracy_rows, agreement_of_table, at_risk, cells_in_text, count_columns, formulas, indented_parts, laws,
        median_in_bands, nested_thresholds, percent_changes, rates_named, records_in_order, records_of_effects,
        running_sums, sizes_announced, survival_in_time, variance_tables, whole_between, whole_by_column, whole_of_rows,
    )
}  # fmt: skip


def table(*rows: str, caption: str = "Results", before: str = "", after: str = "") -> str:
    """Give a text with a table; bars part the cells."""
    body = "\n".join(r.replace("|", "\t") for r in rows)
    return f"{before}\n\nTable 3. {caption}\n{body}\n{after}\n"


STAYS = (
    "Ward|Patients|Median|IQR|Range",
    "Surgery|120|{}|3-9|1-40",
    "Medicine|95|7|4-12|1-{}",
    "Burns|31|20|11-33|4-90",
)
BLOCK = ("|Drug|Placebo", "n|40|42", "Mean|{}|18.1", "SD|5.0|6.0", "95% CI of mean|{}|16.2-20.0")
SLOPES = ("Term|B|SE|t|p", "Age|0.52|0.13|4.00|<0.001", "Height|0.30|0.12|{}|0.01", "Sex|1.10|0.50|2.20|0.03")
DEATHS = ("Cause|Obs|Exp|SMR", "All|240|250.0|0.96", "Heart|80|64.0|{}", "Lung|33|22.0|1.50")
WRIST = (
    "Task|Bias|SD|95% limits of agreement",
    "Rest|-1.0|2.0|-4.9 to 2.9",
    "Run|2.0|5.0|{}",
    "Walk|0.5|3.0|-5.4 to 6.4",
)
BENEFIT = ("Endpoint|ARR (%)|NNT", "Death|2.0|50", "Stroke|1.0|100", "Any|4.0|{}")
SHIFTS = ("Marker|Before|After|Gain", "A|118.4|131.2|12.8", "B|64.3|80.1|15.8", "C|71.9|99.5|{}", "D|151.7|203.3|51.6")
GLUCOSE = ("Minute|mg/dL|mmol/L", "0|92|5.1", "30|148|8.2", "60|163|{}", "120|121|6.7", "180|104|5.8")
CUMULATED = (
    "Days|Percent|Cumulative percent",
    "1|20.0|20.0",
    "2|31.0|51.0",
    "3|24.0|{}",
    "4|15.0|90.0",
    "5|10.0|100.0",
)
LIFE = ("Year|Entering|Lost|Died", "1|200|10|20", "2|170|15|12", "3|143|9|8", "4|{}|6|10", "5|110|7|3")
ANOVA = ("Source|SS|df|MS|F", "Between|300.0|3|100.00|{}", "Error|960.0|96|10.00|", "Total|1260.0|99||")
CLASSES = ("NYHA|Device (n=120)|Drug (n=110)", "I|20 (16.7)|15 (13.6)", "II|60 (50.0)|61 (55.5)", "III|{}|34 (30.9)")
ISOLATES = ("Isolates|Drain (n=150)|None (n=90)", "Blood positive|60 [40]|27 [30]", "  E. coli|{}|15 [17]",
            "  Other|20 [13]|12 [13]")  # fmt: skip
CUTS = ("Cut-off|Sensitivity|Specificity", "≥1|95.0|30.1", "≥2|{}|55.2", "≥3|70.4|71.0", "≥4|51.9|88.8")
ALL = ("|All (n=100)|Ill (n=60)|Well (n=40)", "Age|{}|51.0|61.0", "BMI|26.8|27.0|26.5", "Height|171.2|170.0|173.0")
POOLED = ("Study|SMD|95% CI|Weight (%)", "Ash|-0.30|-0.60 to 0.00|40.0", "Bee|-0.40|-0.80 to 0.00|25.0",
          "Cox|-0.20|-0.55 to 0.15|{}", "Pooled|{}|-0.49 to -0.11|")  # fmt: skip
FALLS = ("|Exercise|Control", "Falls|60|92", "Person-years|80.0|80.0", "Rate per person-year|0.75|{}")
SURVIVAL = ("Stage|1 year|3 years|5 years", "I|97.0|91.2|85.0", "II|90.1|77.3|{}")
TEST = ("|Estimate|95% CI", "Sensitivity, %|90.0|82.0 to 95.0", "Specificity, %|80.0|71.0 to 87.0",
        "Positive likelihood ratio|{}|3.1 to 6.5")  # fmt: skip
READERS = ("|Second: lesion|Second: none", "First: lesion|40|10", "First: none|5|45")
EVENTS = ("Event|Zinc, n=73|Iron, n=75", "Rash|21 (29)|5 (7)", "Sleepiness|12 (16)|33 (44)", "Nausea|16 (22)|8 (11)")
AGES = ("Age (years)|n (%)", "<40|14 (9)", "40-49|25 (17)", "50-59|48 (32)", "60-69|41 (27)", "≥70|22 (15)")
LOST = (
    "|Early (n=121)|Late (n=119)",
    "Lactate, n/N (%)*|74/118 (62.7)|70/119 (58.8)",
    "Ventilated|66 (54.5)|69 (58.0)",
)
PERCENTS = ("Drug|Before|After|Change, %", "A|160|120|-25.0", "B|155|140|{}", "C|158|150|-5.1", "D|150|90|-40.0")
COX = ("Factor|HR|Lower|Upper|p", "Age|1.05|1.02|1.08|0.001", "Male|{}|1.20|2.40|0.003")
SPACED = (
    "Table 1. Sites (N = 250)\nSite n %\nDistal radius 91 36.4\nHumerus 43 {}\nHip 62 {}\nAnkle 34 13.6\nOther 20 8.0\n"
)
RISK = (
    "Figure 2, numbers at risk\nMonths      0     6     12    18\n"
    "Drug       142   121   {}   71\nNone       138   109   84   60\n"
)


def filled(rows: tuple[str, ...], *cells: str) -> tuple[str, ...]:
    """Give rows with their gaps filled, in order."""
    given = iter(cells)
    return tuple(r.format(*(next(given) for _ in range(r.count("{}")))) for r in rows)


CASES = [
    ("records_in_order", "OUT_OF_ORDER", table(*filled(STAYS, "14", "40")), table(*filled(STAYS, "6", "40"))),
    ("records_in_order", "OUT_OF_ORDER", table(*filled(STAYS, "6", "10")), table(*filled(STAYS, "6", "12"))),
    ("records_in_order", "OUT_OF_ORDER", table(*filled(BLOCK, "11.0", "12.4-15.6")),
     table(*filled(BLOCK, "14.0", "12.4-15.6"))),
    ("formulas", "INTERVAL_OF_MEANS", table(*filled(BLOCK, "14.0", "9.1-18.9")),
     table(*filled(BLOCK, "14.0", "12.4-15.6"))),
    ("formulas", "REGRESSION_T", table(*filled(SLOPES, "5.20")), table(*filled(SLOPES, "2.50"))),
    ("formulas", "OBSERVED_EXPECTED", table(*filled(DEATHS, "0.80")), table(*filled(DEATHS, "1.25"))),
    ("formulas", "AGREEMENT", table(*filled(WRIST, "-3.0 to 7.0")), table(*filled(WRIST, "-7.8 to 11.8"))),
    ("formulas", "NEEDED_TO_TREAT", table(*filled(BENEFIT, "40")), table(*filled(BENEFIT, "25"))),
    ("laws", "DERIVED_VALUE", table(*filled(SHIFTS, "37.6")), table(*filled(SHIFTS, "27.6"))),
    ("laws", "DERIVED_VALUE", table(*filled(GLUCOSE, "6.0")), table(*filled(GLUCOSE, "9.0"))),
    ("running_sums", "DERIVED_VALUE", table(*filled(CUMULATED, "85.0")), table(*filled(CUMULATED, "75.0"))),
    ("running_sums", "DERIVED_VALUE", table(*filled(LIFE, "136")), table(*filled(LIFE, "126"))),
    ("variance_tables", "P_OF_STATISTIC", table(*filled(ANOVA, "1.00")), table(*filled(ANOVA, "10.00"))),
    ("whole_by_column", "PARTS_EXCEED", table(*filled(CLASSES, "50 (41.7)")), table(*filled(CLASSES, "40 (33.3)"))),
    ("indented_parts", "COUNT_EXCEEDS", table(*filled(ISOLATES, "73 [49]")), table(*filled(ISOLATES, "40 [27]"))),
    ("nested_thresholds", "OUT_OF_ORDER", table(*filled(CUTS, "65.1")), table(*filled(CUTS, "85.1"))),
    ("whole_between", "OUT_OF_ORDER", table(*filled(ALL, "65.0")), table(*filled(ALL, "55.0"))),
    ("whole_of_rows", "OUT_OF_ORDER", table(*filled(POOLED, "35.0", "-0.61")), table(*filled(POOLED, "35.0", "-0.30"))),
    ("whole_of_rows", "TOTAL_DIFFERS", table(*filled(POOLED, "53.0", "-0.30")),
     table(*filled(POOLED, "35.1", "-0.30"))),
    ("rates_named", "RATE", table(*filled(FALLS, "1.51")), table(*filled(FALLS, "1.15"))),
    ("survival_in_time", "SURVIVAL_CONTRADICTS", table(*filled(SURVIVAL, "81.4"), caption="Overall survival (%)"),
     table(*filled(SURVIVAL, "71.4"), caption="Overall survival (%)")),
    ("survival_in_time", "SURVIVAL_CONTRADICTS", table(*filled(SURVIVAL, "81.4"), caption="Graft survival"),
     table(*filled(SURVIVAL, "81.4"), caption="Employment (%)")),
    ("accuracy_rows", "ACCURACY", table(*filled(TEST, "5.4")), table(*filled(TEST, "4.5"))),
    ("agreement_of_table", "AGREEMENT", table(*READERS, after="Cohen's kappa was 0.17."),
     table(*READERS, after="Cohen's kappa was 0.70.")),
    ("agreement_of_table", "AGREEMENT", table(*READERS, after="Observed agreement was 58.0%."),
     table(*READERS, after="Weighted kappa was 0.17.")),
    ("cells_in_text", "PRINTED_DIFFERENTLY", table(*EVENTS, after="Sleepiness troubled 38 of 75 patients on iron."),
     table(*EVENTS, after="Sleepiness troubled 33 of 75 patients on iron.")),
    ("cells_in_text", "PRINTED_DIFFERENTLY", table(*EVENTS, after="Nausea was seen in 6 of 73 taking zinc."),
     table(*EVENTS, after="Severe nausea was seen in 6 of 73 taking zinc.")),
    ("median_in_bands", "PRINTED_DIFFERENTLY", table(*AGES, caption="Age", before="The median age was 67 years."),
     table(*AGES, caption="Age", before="The median age was 58 years.")),
    ("sizes_announced", "TOTAL_DIFFERS", table(*LOST, caption="Findings in the 204 patients"),
     table(*LOST, caption="Findings in the 240 patients")),
    ("sizes_announced", "TOTAL_DIFFERS", table(*LOST, after="* Lactate was not measured in 8 patients."),
     table(*LOST, after="* Lactate was not measured in 3 patients.")),
    ("percent_changes", "RELATIVE_CHANGE", table(*filled(PERCENTS, "-19.7")), table(*filled(PERCENTS, "-9.7"))),
    ("records_of_effects", "RATIO_INTERVAL", table(*filled(COX, "2.30")), table(*filled(COX, "1.70"))),
    ("count_columns", "COUNT_PERCENT", SPACED.format("24.8", "17.2"), SPACED.format("17.2", "24.8")),
    ("at_risk", "AT_RISK", RISK.format("148"), RISK.format("98")),
]  # fmt: skip


@pytest.mark.parametrize(("check", "code", "wrong", "right"), CASES)
def test_the_wrong_number_is_found_and_the_right_one_is_not(check: str, code: str, wrong: str, right: str) -> None:
    assert code in {f.code for f in CHECKS[check](reading(read_document("a", wrong)))}
    assert not list(CHECKS[check](reading(read_document("a", right))))


ALONE = [
    ("records_in_order", table("Unit|Median|IQR", "A|6|3-6", "B|<5|7-9", "C|4|2-8")),
    ("formulas", table("Term|B|SE|t", "A|0.52|0.13|3.10", "B|0.30|0.12|3.90", "C|1.10|0.50|1.20")),
    ("laws", table("Visit|Seen|Absent|Called", "1|20|5|25", "2|18|6|24", "3|15|4|21", "4|19|3|22")),
    ("laws", table(*filled(SHIFTS, "27.7"))),
    ("running_sums", table(*filled(CUMULATED, "75.1"))),
    ("whole_by_column", table(*filled(CLASSES, "50 (41.7)"), caption="Reasons (several answers)")),
    ("whole_between", table("|All (n=110)|Ill (n=60)|Well (n=40)", "Age|65.0|51.0|61.0", "BMI|26.8|27.0|26.5")),
    ("whole_of_rows", table("Site|Screened|Age", "A|120|61.0", "B|80|55.0", "All|200|58.6")),
    ("rates_named", table("|A|B", "Patients|60|92", "Person-years|80.0|80.0", "Rate per person-year|0.75|1.51")),
    ("accuracy_rows", table(*filled(TEST, "5.4"), caption="Pooled accuracy")),
    ("sizes_announced", table(*LOST, caption="Findings in the 300 patients")),
    ("cells_in_text", table(*EVENTS, after="Of 70 who completed, sleepiness troubled 30 of 70 patients.")),
    ("indented_parts", table(*filled(ISOLATES, "73 [49]"), caption="Events and episodes")),
    ("percent_changes", table(*filled(PERCENTS, "-19.7"), caption="Median values")),
]  # fmt: skip


@pytest.mark.parametrize(("check", "text"), ALONE)
def test_tables_with_another_reading_are_left_alone(check: str, text: str) -> None:
    assert not list(CHECKS[check](reading(read_document("a", text))))


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Mean (SD)", ("mean", "sd")), ("aOR [95% CI]", ("ratio", "limits")), ("Median", ("median",)),
        ("Q1; Q3", ("quartiles",)), ("SD of differences", ("sd",)), ("n/N (%)", ("count", "count", "percent")),
        ("Exp", ("expected",)), ("Exp(B)", ("ratio",)), ("Group A", ()), ("Cumulative percent", ("cumulative",)),
        ("95% limits of agreement", ("agreement",)), ("P value", ("p",)),
    ],
)  # fmt: skip
def test_heads_name_the_roles_of_their_numbers(head: str, expected: tuple[str, ...]) -> None:
    assert roles(head).roles == expected


def test_rows_columns_and_cells_give_the_same_record() -> None:
    across = table("Arm|n|Mean|SD", "Drug|40|14.0|5.0", "None|42|18.1|6.0")
    down = table("|Drug|None", "n|40|42", "Mean|14.0|18.1", "SD|5.0|6.0")
    found = [
        [{k: str(v[0].printed) for k, v in r.values.items()} for r in records(reading(read_document("a", text)))]
        for text in (across, down)
    ]
    assert (
        found[0]
        == found[1]
        == [{"count": "40", "mean": "14.0", "sd": "5.0"}, {"count": "42", "mean": "18.1", "sd": "6.0"}]
    )
