"""Results that a pool leaves out, beside its direction (BEYOND B10, AT3): what is listed, and on which side."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from evsynth.build.answers import answer
from evsynth.build.ledger import left_out
from evsynth.cli.main import cli
from evsynth.report.unused import TO_POOL, Unused, in_words, unused

HAZARD = {"study": "alpha-2020", "cohort": "main", "contrast": "drug-vs-usual", "variable": "death", "at": "month-6"}
USED = {"printed": "HR 0.60 (0.40-0.90)", "contrast": "drug-vs-usual", "variable": "death", "at": "month-6",
        "hazard_ratio": "0.60", "lower": "0.40", "upper": "0.90"}  # fmt: skip
TIMES = """
  - {at: baseline, label: Baseline, lowest_months: 0, highest_months: 0}
  - {at: month-6, label: Month 6, lowest_months: 6, highest_months: 6}
  - {at: month-12, label: Month 12, lowest_months: 12, highest_months: 12}"""
REVERSED = """
  - cohort: main
    label: All patients
    design: non-randomised comparison
    condition: invented lung disease
    patients: 80
    arms:
      - {arm: drug, label: Drug, role: treated, patients: 40}
      - {arm: usual, label: Usual care, role: comparator, patients: 40}
    contrasts:
      - {contrast: drug-vs-usual, kind: between arms, arms: [drug, usual]}
      - {contrast: usual-vs-drug, kind: between arms, arms: [usual, drug]}
      - {contrast: change-drug, kind: within arm, arms: [drug], from: baseline, to: month-6}"""


def write(invented: Any, *values: dict[str, Any], study: str = "alpha-2020", **given: str) -> None:
    """Write a study that prints these values, each in a passage of its own; those of one `row` together."""
    passages: dict[str, dict[str, Any]] = {}
    for index, value in enumerate(values):
        own = dict(value)
        row, where = own.pop("row", f"row {index}"), own.pop("where", f"Text {index}")
        passage = passages.setdefault(
            row, {"source": f"{study}-paper", "where": where, "quote": f"{row}:", "values": []}
        )
        passage["quote"] += f" {own['printed']}"
        passage["values"].append(own)
    for passage in passages.values():
        passage["quote"] += " end"
    invented.study(
        study=study, label=study.title(), timepoints=TIMES, cohorts=REVERSED,
        passages=json.dumps(list(passages.values())), **given,
    )  # fmt: skip


def left(invented: Any, *values: dict[str, Any], used: dict[str, Any] | None = None, **given: Any) -> Unused:
    """Give what a pool of one hazard ratio leaves out of a study with these values beside it."""
    write(invented, used or USED, *values)
    invented.pool([HAZARD], plan="single study", outcome="death", measure="hazard ratio", **given)
    folder = invented.folder()
    assert not folder.problems, folder.problems
    return unused(answer(folder, "asked", checked=True), folder.review, folder.studies)


def ratio(number: str, **more: Any) -> dict[str, Any]:
    """Give a hazard ratio of death at 12 months."""
    value = {"printed": f"HR {number}", "contrast": "drug-vs-usual", "variable": "death", "at": "month-12"}
    return {**value, "hazard_ratio": number, **more}


def arms(drug: str, usual: str, at: str = "month-12", **names: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give a row of percentages or means of both arms."""
    name = names.get("statistic", "percent")
    found = [
        {"printed": f"{arm} {number}", "arm": arm, "variable": "death", "at": at, name: number, "row": "a",
         "where": "Table 2"}
        for arm, number in (("drug", drug), ("usual", usual))
    ]  # fmt: skip
    return found[0], found[1]


SIDES: list[tuple[str, tuple[dict[str, Any], ...], dict[str, int]]] = [
    # what, values beside the one used (which is better), how they stand to it
    ("nothing else", (), {}),
    ("a lower hazard", (ratio("0.80"),), {"favours": 1}),
    ("a higher hazard", (ratio("1.30"),), {"opposes": 1}),
    ("exactly one", (ratio("1.00"),), {"neither": 1}),
    ("one of each", (ratio("0.80"), ratio("1.30", at="month-6", adjustment="sex")), {"favours": 1, "opposes": 1}),
    ("printed twice", (ratio("1.30"), ratio("1.3")), {"opposes": 1}),
    ("the used one printed again", (USED,), {}),
    ("the used one with a P elsewhere", ({**USED, "printed": "P 0.013", "p": "0.013", "hazard_ratio": None,
                                          "lower": None, "upper": None},), {}),
    ("the words of the paper go first", (ratio("0.80", direction="worse", direction_basis="said so"),), {"opposes": 1}),
    ("unknown direction, and a ratio", (ratio("0.80", direction="unknown"),), {"favours": 1}),
    ("a P alone", ({"printed": "P 0.03", "contrast": "drug-vs-usual", "variable": "death", "at": "month-12",
                    "p": "0.03"},), {"not told": 1}),
    ("a P with words", ({"printed": "P 0.03", "contrast": "drug-vs-usual", "variable": "death", "at": "month-12",
                         "p": "0.03", "direction": "worse", "direction_basis": "said so"},), {"opposes": 1}),
    ("the contrast printed the other way", (ratio("1.30", contrast="usual-vs-drug"),), {"favours": 1}),
    ("both arms", arms("10.0", "20.0"), {"favours": 1}),
    ("both arms, more deaths", arms("30.0", "20.0"), {"opposes": 1}),
    ("both arms alike", arms("20.0", "20.0"), {"neither": 1}),
    ("both arms at baseline", arms("30.0", "20.0", "baseline"), {}),
    ("both arms where their ratio is printed", (*arms("30.0", "20.0"), ratio("1.60")), {"opposes": 1}),
    ("a bound", arms("<5", "20.0"), {"not told": 1}),
    ("one arm alone", arms("30.0", "20.0")[:1], {}),
    ("counts of the arms", (
        {"printed": "died 4", "arm": "drug", "variable": "death", "at": "month-12", "count": 4, "row": "a"},
        {"printed": "died 8", "arm": "usual", "variable": "death", "at": "month-12", "count": 8, "row": "a"},
    ), {"favours": 1}),
    ("a count out of fewer patients", (
        {"printed": "4 of 8", "arm": "drug", "variable": "death", "at": "month-12", "count": 4, "of": 8, "row": "a"},
        {"printed": "died 8", "arm": "usual", "variable": "death", "at": "month-12", "count": 8, "row": "a"},
    ), {"opposes": 1}),
    ("a percent reduction", ({"printed": "65% fewer", "contrast": "change-drug", "variable": "death", "at": "month-6",
                              "percent_reduction": "65"},), {"favours": 1}),
    ("a change", ({"printed": "3 more", "contrast": "change-drug", "variable": "death", "at": "month-6",
                   "mean_change": "3"},), {"opposes": 1}),
    ("cited from elsewhere", (ratio("1.30", basis="external", cites="4"),), {}),
    ("one patient", (ratio("1.30", patients=1),), {}),
    ("another outcome", (ratio("1.30", variable="relapse"),), {}),
]  # fmt: skip


@pytest.mark.parametrize(("values", "counts"), [row[1:] for row in SIDES], ids=[row[0] for row in SIDES])
def test_how_a_result_stands_to_the_pool(
    invented: Any, values: tuple[dict[str, Any], ...], counts: dict[str, int]
) -> None:
    """The counts add up to what is listed."""
    clean = tuple({k: v for k, v in value.items() if v is not None} for value in values)
    found = left(invented, *clean)
    assert found.direction == "better"
    assert found.counts == dict.fromkeys(TO_POOL, 0) | counts
    assert sum(found.counts.values()) == len(found.left) == sum(found.sides.values())
    assert all(one.because for one in found.left)


def test_where_more_is_better_a_ratio_below_one_is_worse(invented: Any) -> None:
    """The outcome says which way is good, not the measure."""
    better = "definition: Death from any cause, better: lower"
    invented.edit("extractions/review.yaml", better, better.replace("better: lower", "better: higher"))
    found = left(invented, ratio("0.80"), ratio("1.30", at="baseline"), ratio("1.50", at="month-6", category="late"))
    assert found.direction == "worse"
    assert found.counts == {"favours": 1, "opposes": 1, "neither": 0, "not told": 0}


def test_a_pool_without_direction_lists_by_the_side_of_each_result(invented: Any) -> None:
    """A refusal has none: nothing favours or opposes it."""
    write(invented, USED, ratio("0.80"), ratio("1.30", at="month-6", adjustment="sex"))
    invented.pool([HAZARD], plan="tabulate", outcome="death", measure="hazard ratio")
    folder = invented.folder()
    found = unused(answer(folder, "asked", checked=True), folder.review, folder.studies)
    assert found.direction == "not told"
    assert found.counts["favours"] == found.counts["opposes"] == 0
    assert "the answer itself has no direction" in in_words(found)
    assert found.sides["better"] >= 1


def test_another_definition_and_another_study_count_and_say_why(invented: Any) -> None:
    """Outcomes that share a word are one thing to a reader who looks for what was left out."""
    relapses = """
  - {variable: relapse, label: Relapse, kind: count, outcome: relapse-any, integer: true}
  - {variable: lung, label: Lung relapse, kind: count, outcome: relapse-lung, integer: true}"""
    used = {**USED, "variable": "relapse"}
    write(invented, used, ratio("1.20", variable="lung"), variables=relapses)
    write(invented, ratio("1.40", variable="relapse"), study="beta-2021", variables=relapses)
    invented.pool(
        [{**HAZARD, "variable": "relapse"}], plan="single study", outcome="relapse-any", measure="hazard ratio"
    )
    (found,) = left_out(invented.folder())
    assert [(one.study, one.to_pool, one.because) for one in found.left] == [
        ("alpha-2020", "opposes", "another definition of relapse: Relapse in the lung"),
        ("beta-2021", "opposes", "the pool does not draw on this study"),
    ]


def test_a_resolution_is_the_reason_that_is_told(invented: Any) -> None:
    """What reviewers decided goes before what we see."""
    write(invented, USED, ratio("1.30", id="late"))
    name = "extractions/studies/alpha-2020.yaml"
    text = (invented.root / name).read_text()
    decided = (
        "resolutions: [{about: [late], relation: unusable, rule: R, because: Misprint, by: A, date: 2026-01-01}]\n"
    )
    invented.write(name, text + decided)
    invented.pool([HAZARD], plan="single study", outcome="death", measure="hazard ratio")
    (found,) = left_out(invented.folder())
    assert [one.because for one in found.left] == ["unusable: Misprint"]


def test_the_interval_of_the_answer_is_told_where_it_holds_no_effect(invented: Any) -> None:
    """A direction that is not sure is not told as if it were."""
    wide = {**USED, "printed": "HR 0.60 (0.30-1.20)", "lower": "0.30", "upper": "1.20"}
    found = left(invented, ratio("1.30"), used=wide)
    assert found.holds_no_effect
    assert "though its interval holds no effect" in in_words(found)
    assert "opposing it 1" in in_words(found)


def test_shown_on_the_terminal_as_json_and_on_the_page(here: Any) -> None:
    """One list, three ways."""
    left(here, ratio("1.30"))
    done = CliRunner().invoke(cli, ["scan", "--unused"])
    assert done.exit_code == 0, done.output
    assert "opposing it 1" in done.output
    assert "opposes   alpha-2020: death in drug-vs-usual at month-12: HR 1.30" in done.output
    (one,) = json.loads(CliRunner().invoke(cli, ["scan", "--unused", "--json"]).output)
    assert one["unused"] == {"favours": 0, "opposes": 1, "neither": 0, "not told": 0}
    assert [r["to_pool"] for r in one["results"]] == ["opposes"]
    assert CliRunner().invoke(cli, ["build"]).exit_code == 0
    page = (here.root / "outputs" / "index.html").read_text()
    assert "Results not used (1)" in page
    assert "opposing it 1" in page


@pytest.mark.parametrize("more", [["paper"], ["--ledger"], ["--statistics"]])
def test_a_document_or_another_part_does_not_go_with_it(here: Any, more: list[str]) -> None:
    """A wrong call is one sentence."""
    done = CliRunner().invoke(cli, ["scan", "--unused", *more])
    assert done.exit_code == 2
    assert "--unused is about the pools of the review" in done.output
