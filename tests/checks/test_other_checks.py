"""Ranges, agreement, ratios and names: for each code what is found, and what is left alone."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from evsynth.model.finding import SEVERITIES

Rows = list[dict[str, Any]]

DRUG = {"arm": "drug", "at": "month-6"}


def row(variable: str, printed: str, where: str = "Table 2", **stored: Any) -> dict[str, Any]:
    """Give one printed value of the drug arm."""
    group = {} if "contrast" in stored else DRUG
    return {"where": where, "value": {"printed": printed, **group, "variable": variable, **stored}}


def ratio(printed: str, **stored: Any) -> Rows:
    """Give one printed hazard ratio "0.63 (0.41-0.98)"."""
    estimate, _, limits = printed.partition(" (")
    lower, upper = limits.split(")")[0].split("-")
    numbers = {"hazard_ratio": estimate, "lower": lower, "upper": upper, **stored}
    return [row("death", printed, contrast="drug-vs-usual", **numbers)]


SEX = "[{label: Sex, variables: [female, male], exclusive: true, exhaustive: true}]"
SOME = "[{label: Sex, variables: [female, male], exclusive: true, exhaustive: false}]"
MANY = "[{label: Sex, variables: [female, male], exclusive: false, exhaustive: false}]"


def sexes(female: int, male: int | None, categories: str) -> tuple[Rows, str]:
    """Give the counts of two categories."""
    rows = [row("female", f"female {female}", count=female)]
    return [*rows, *([] if male is None else [row("male", f"male {male}", count=male)])], categories


FOUND: list[tuple[str, Rows, str]] = [
    # ranges: the breath score runs from 0 to 20
    ("OUTSIDE_INSTRUMENT", [row("score", "−3", median=-3)], ""),
    ("OUTSIDE_INSTRUMENT", [row("score", "21", maximum=21)], ""),
    ("OUTSIDE_INSTRUMENT", [row("score", "20.6", mean=20.6)], ""),
    ("OUT_OF_ORDER", [row("dose", "18 (21, 12)", median=18, q1=21, q3=12)], ""),
    ("OUT_OF_ORDER", [row("dose", "8 (12, 21)", median=8, q1=12, q3=21)], ""),
    ("OUT_OF_ORDER", ratio("0.63 (0.98-0.41)"), ""),
    ("OUT_OF_ORDER", [row("dose", "−4 (−2, 0)", contrast="change-drug", median_change=-4, lower=-2, upper=0)], ""),
    ("LABEL_CONTRADICTS", [row("age", "51.2 ± 9.8", label="Age, median (IQR)", mean=51.2, sd=9.8)], ""),
    ("LABEL_CONTRADICTS", [row("age", "51 (40, 60)", label="Age, mean ± SD", median=51, q1=40, q3=60)], ""),
    # agreement
    ("PRINTED_DIFFERENTLY", [row("age", "51", "Text", mean=51), row("age", "52", "Table", mean=52)], ""),
    ("PRINTED_DIFFERENTLY", [row("age", "51.2", "Text", mean=51.2), row("age", "52", "Table", mean=52)], ""),
    ("PRINTED_DIFFERENTLY", [row("improved", "17", "Text", count=17), row("improved", "18", "Table", count=18)], ""),
    (
        "PRINTED_DIFFERENTLY",
        [row("age", "p=.04", "Text", p=".04"), row("age", "p<.001", "Table", p="<.001")],
        "",
    ),
    (
        "REPEATED_TRIPLET",
        [
            row("age", "52 (41, 63)", "Table 1, row Age", median=52, q1=41, q3=63),
            row("dose", "52 (41, 63) mg", "Table 1, row Dose", median=52, q1=41, q3=63),
        ],
        "",
    ),
    ("PARTS_EXCEED", *sexes(21, 20, SEX)),
    ("PARTS_EXCEED", *sexes(30, 20, SOME)),
    ("PARTS_FALL_SHORT", *sexes(21, 18, SEX)),
    # ratios
    ("RATIO_INTERVAL", ratio("0.63 (0.41-0.89)"), ""),
    ("RATIO_INTERVAL", ratio("0.91 (0.41-0.98)"), ""),
    ("OUT_OF_ORDER", ratio("1.63 (0.41-0.98)"), ""),  # and not RATIO_INTERVAL: one cause, one finding
    ("RATIO_P", ratio("0.63 (0.41-0.98)", p=".004"), ""),  # METHODS D9: .038
    ("RATIO_P", ratio("0.63 (0.41-0.98)", p=".050"), ""),
    ("RATIO_P", ratio("0.63 (0.41-0.98)", p="<0.001"), ""),
    ("RATIO_P", ratio("0.64 (0.33-1.22)", p="<0.05"), ""),
]

LEFT_ALONE: list[tuple[Rows, str]] = [
    ([row("score", "20.0", mean="20.0")], ""),
    ([row("score", "0", minimum=0)], ""),
    ([row("score", "20", maximum=20)], ""),
    ([row("score", "−3", contrast="change-drug", median_change=-3)], ""),  # a change is no score
    ([row("score", ">20", median=">20")], ""),
    ([row("dose", "18 (12, 21)", median=18, q1=12, q3=21)], ""),
    ([row("dose", "0 (0, 0)", median=0, q1=0, q3=0)], ""),
    (ratio("0.63 (0.41-0.98)"), ""),
    ([row("dose", "−4 (−16, 0)", contrast="change-drug", median_change=-4, lower=-16, upper=0)], ""),
    ([row("age", "51.2 ± 9.8", label="Age, mean ± SD", mean=51.2, sd=9.8)], ""),
    ([row("age", "51 (40, 60)", label="Age, median (IQR)", median=51, q1=40, q3=60)], ""),
    ([row("age", "51.2 ± 9.8", label="Age, mean ± SD or median (IQR)", mean=51.2, sd=9.8)], ""),
    ([row("age", "51.2", "Text", mean=51.2), row("age", "51", "Table", mean=51)], ""),  # rounded once more
    ([row("age", "51", "Text", mean=51), row("age", "52", "Table", median=52)], ""),  # two statistics
    ([row("age", "17", "Text", count=17), row("age", "18", "Table", count=18, population="men")], ""),
    ([row("age", "p=.0004", "Text", p=".0004"), row("age", "p<.001", "Table", p="<.001")], ""),
    ([row("age", "17", "Text", count=17), row("age", "18", "Intro", count=18, basis="external", cites="4")], ""),
    ([row("age", "17", "Text", mean=17), row("age", "18", "Text", mean=18, patients=1)], ""),
    (
        [
            row("age", "52 (41, 63)", "Table 1, row Age", median=52, q1=41, q3=63),
            row("dose", "52 (41, 63) mg", "Table 2, row Dose", median=52, q1=41, q3=63),
        ],
        "",
    ),
    (
        [
            row("age", "0 (0, 0)", "Table 1, row Age", median=0, q1=0, q3=0),
            row("dose", "0 (0, 0) mg", "Table 1, row Dose", median=0, q1=0, q3=0),
        ],
        "",
    ),
    sexes(21, 19, SEX),
    sexes(21, None, SEX),  # a part that is not printed may be anything
    sexes(10, 20, SOME),
    sexes(30, 30, MANY),
    (ratio("0.63 (0.41-0.98)", p=".038"), ""),  # METHODS D9
    (ratio("0.63 (0.41-0.98)", p=".04"), ""),
    (ratio("0.63 (0.41-0.98)", p="<0.05"), ""),
    (ratio("0.64 (0.33-1.22)"), ""),
    (ratio("0.64 (0.33-1.22)", p=">0.05"), ""),
    (ratio("0.63 (0.2-0.64)", ci_method="bootstrap"), ""),
    (ratio("0.63 (0.32-1.25)", p=".08", level="99"), ""),  # another level, another P
]


def write(invented: Any, rows: Rows, categories: str) -> Any:
    """Write a study with these values, each in a passage of its own."""
    passages = [
        {
            "source": "paper",
            "where": one["where"],
            "quote": f"{index}: {_printed(one['value'])} printed",
            "values": [{**one["value"], "printed": _printed(one["value"])}],
        }
        for index, one in enumerate(rows, start=100)
    ]
    given = {"categories": categories} if categories else {}
    invented.study(**given, passages=json.dumps(passages))
    return invented


def _printed(value: dict[str, Any]) -> str:
    """Print P and level behind a ratio, as papers do."""
    printed = str(value["printed"])
    if "hazard_ratio" not in value:
        return printed
    printed = printed.partition(")")[0] + ")"
    shown = [f"P {value['p'] if value['p'][0] in '<>' else '= ' + value['p']}"] if "p" in value else []
    if "level" in value:
        shown.append(f"level {value['level']}")
    return "; ".join([printed, *shown])


@pytest.mark.parametrize(("code", "rows", "categories"), FOUND)
def test_found(invented, code, rows, categories):
    """One finding, with a hint and the quotes it is about."""
    finding = write(invented, rows, categories).only()
    assert finding.code == code
    assert finding.hint
    assert finding.quotes
    assert all(q.start is not None for q in finding.quotes)
    assert "fabricat" not in finding.message + finding.hint
    least = {"RATIO_INTERVAL": "concern", "RATIO_P": "concern"}.get(code, "inconsistent")
    assert finding.severity in SEVERITIES[: SEVERITIES.index(least) + 1]


@pytest.mark.parametrize(("rows", "categories"), LEFT_ALONE)
def test_left_alone(invented, rows, categories):
    """No finding."""
    assert write(invented, rows, categories).codes() == []


def test_the_tables_are_equally_long():
    """Every finding has its counterpart that is none."""
    assert len(LEFT_ALONE) >= len(FOUND)


def test_the_p_value_a_ratio_implies_is_given(invented):
    """METHODS D9: 0.63 (0.41-0.98) has SE 0.2223 and P .0377."""
    finding = write(invented, ratio("0.63 (0.41-0.98)", p=".004"), "").only()
    low, high = (float(x) for x in finding.message.rpartition("between ")[2].split(" by ")[0].split(" and "))
    assert low < 0.0377 < high
    ((_, computed),) = finding.computed
    assert math.isclose(float(computed), 0.0377, rel_tol=0.005)
    assert finding.severity == "inconsistent"
    ((value, _, reads),) = finding.alternatives
    assert value == "0.460 to 0.863"
    assert [text for _, text in reads] == ["0.460", "0.863"]


def test_a_resolution_settles_a_conflict_and_the_finding_stays(invented):
    """It is true of the paper."""
    rows = [row("age", "51", "Text", mean=51, id="one"), row("age", "52", "Table", mean=52, id="two")]
    write(invented, rows, "")
    name = "extractions/studies/alpha-2020.yaml"
    invented.write(
        name,
        (invented.root / name).read_text()
        + "resolutions: [{about: [one, two], relation: conflict, use: one, rule: Text, because: Erratum, by: A, "
        "date: 2026-01-01}]",
    )
    assert invented.only().hint == "settled under `resolutions`: Erratum"


NAMES = [
    # what is written, what of it is misspelt, how
    ("id: mean-age, arm: drug", "drug", "drugs"),
    ("arm: drug, variable: age", "age", "aeg"),
    ("at: month-6, mean", "month-6", "month-7"),
    ("with: dose", "dose", "dosage"),
    ("adjustment: for-age}", "for-age", "for-sex"),
    ("{printed: −0.3, contrast: drug-vs-usual", "drug-vs-usual", "drug-versus-usual"),
    ("cohort: main}", "main", "min"),
    ("variables: [female, male]", "male]", "mael]"),
    ("inputs: [mean-age]", "mean-age", "mean-aeg"),
    ("about: [mean-age]", "mean-age", "mean-aeg"),
    ("read_as: {arm: usual}", "usual", "usuall"),
    ("variable: death, source", "death", "deaths"),
    ("[{arm: usual, variable: age", "usual", "usuall"),
]


@pytest.mark.parametrize(("text", "name", "misspelt"), NAMES)
def test_a_name_that_nothing_declares_is_one_finding_with_a_suggestion(invented, text, name, misspelt):
    """At the line and column of the name."""
    invented.study(
        """
        adjustments: [{adjustment: for-age, method: adjusted, estimand: conditional, standard_error: model}]
        categories: [{label: Sex, variables: [female, male], exclusive: true, exhaustive: true}]
        passages:
          - source: paper
            where: Table 1
            quote: age 51, rho 0.5, score −0.3
            values:
              - {printed: age 51, id: mean-age, arm: drug, variable: age, at: month-6, mean: 51, cohort: main}
              - {printed: rho 0.5, arm: usual, variable: score, rho: 0.5, with: dose}
              - {printed: −0.3, contrast: drug-vs-usual, variable: score, b: -0.3, adjustment: for-age}
        unquoted: [{arm: usual, variable: age, at: baseline, mean: 50, why: derived, formula: mean-age - 1,
                    inputs: [mean-age], assumption: none}]
        not_reported: [{variable: death, source: paper, where: Text, quote: "rho 0.5", why: unknown}]
        resolutions: [{about: [mean-age], relation: misplaced, use: mean-age, read_as: {arm: usual}, rule: A,
                       because: B, by: C, date: 2026-01-01}]
        """,
        source="Here age 51, rho 0.5, score −0.3.",
    )
    assert invented.codes() == []
    file = "extractions/studies/alpha-2020.yaml"
    invented.edit(file, text, text.replace(name, misspelt))
    if "about:" in text:
        invented.edit(file, "use: mean-age, read_as: {arm: usual}", "use: mean-aeg")
    (finding,) = [f for f in invented.findings() if f.code == "UNKNOWN_NAME"]
    line = (invented.root / file).read_text().splitlines()[finding.place.line - 1]
    assert line[finding.place.column - 1 :].startswith(misspelt.rstrip("]"))
    assert finding.hint == f"did you mean {name.rstrip(']')!r}?"


def test_a_value_named_twice_is_found(invented):
    """An identifier is one value's."""
    rows = [row("age", "51", "Text", mean=51, id="one"), row("dose", "52", "Table", mean=52, id="one")]
    finding = write(invented, rows, "").only()
    assert finding.code == "NAME_TWICE"
    assert "first in line" in finding.message


JOURNALS = [
    # of the study, named in the report, told
    ("J Rheumatol", "Annals of the Rheumatic Diseases", True),
    ("Chest", "Thorax", True),
    ("J Rheumatol", "The Journal of Rheumatology", False),
    ("J Rheumatol", "J. Rheumatol.", False),
]


@pytest.mark.parametrize(("journal", "named", "told"), JOURNALS)
@pytest.mark.parametrize("held", [True, False])
def test_the_journal_that_a_report_names(invented, journal, named, *, told, held):
    """An abbreviation is the same journal."""
    invented.study(
        f"""
        journal: {journal}
        reports: [{{source: paper, journal: {named}}}]
        passages:
          - source: paper
            where: Text
            quote: age 51
            values: [{{printed: age 51, arm: drug, variable: age, mean: 51}}]
        """,
        source=f"A study in {named if held else 'a journal'}: age 51.",
    )
    assert invented.codes() == ["REPORT_JOURNAL"] * told
    if told:
        (quote,) = invented.only().quotes
        assert (quote.text, quote.start) == (named, 11 if held else None)
