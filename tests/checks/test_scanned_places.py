"""The same quantity in two places, and one number in two places that should differ: found, and left alone."""

from __future__ import annotations

import pytest
from invented_papers import paper

from evsynth.checks.scanned.causes import RANK, one_cause, overlap
from evsynth.checks.scanned.judging import CHECKS, judge, judge_all
from evsynth.model.finding import Finding, Quoted
from evsynth.scan.document import read_document

OUTCOMES = """Table 2. Outcomes.

| Outcome | Drug (n = 60) | Placebo (n = 58) | P |
|---|---|---|---|
| Remission, n (%) | 24 (40.0) | 13 (22.4) | 0.039 |
| Walking distance, m, mean (SD) | 412 (88) | 371 (92) | 0.015 |
| Fatigue score, mean (SD) | 4.4 (2.0) | 4.6 (2.2) | 0.61 |

Table 3. Cox regression for death.

| Variable | HR (95% CI) | P |
|---|---|---|
| Age, per year | 1.03 (1.01–1.05) | 0.003 |
| Albumin | 0.61 (0.41–0.91) | 0.015 |
| Frailty | 1.87 (1.21–2.89) | 0.005 |
"""

FOUND = [
    # abstract, results, tables, code, what must be quoted
    ("", "Remission was seen in 24 and 16 patients, respectively.", OUTCOMES, "PRINTED_DIFFERENTLY", "16"),
    ("", "The distance walked was 412 ± 88 m and 371 ± 29 m.", OUTCOMES, "PRINTED_DIFFERENTLY", "29"),
    ("", "We compared 118 adults, 60 on the drug and 48 on placebo.", OUTCOMES, "PRINTED_DIFFERENTLY", "48"),
    ("Fatigue score was similar (4.4 v. 6.4; P = 0.61).", "", OUTCOMES, "PRINTED_DIFFERENTLY", "6.4"),
    ("", "Remission was not more frequent (P = 0.39; Table 2).", OUTCOMES, "PRINTED_DIFFERENTLY", "0.39"),
    ("", "Remission was seen in 40.0% and 24.2%, respectively.", OUTCOMES, "PRINTED_DIFFERENTLY", "24.2"),
    ("", "Walking distance was 412 ± 88 m with the drug and 317 ± 92 m with placebo.", OUTCOMES,
     "PRINTED_DIFFERENTLY", "317"),
    ("Low albumin went with death (HR 0.81, 95% CI 0.41–0.91, P = 0.015).", "", OUTCOMES, None, "0.81"),
    ("Low albumin went with death (HR 0.71, P = 0.015).", "", OUTCOMES, "PRINTED_DIFFERENTLY", "0.71"),
    ("Low albumin went with death (HR 0.61, 95% CI 0.41–0.91, P = 0.15).", "", OUTCOMES, None, "0.15"),
    ("We studied 181 adults.", "We enrolled 118 adults.", OUTCOMES, "TOTAL_DIFFERS", "181"),
    ("", "Log-rank P was 0.0252 for death and 0.0252 for relapse.", "", "REPEATED_P", "0.0252"),
    ("", "Death was rarer (log-rank P = 0.0029).\n\nFigure 2. Time to relapse (log-rank P = 0.0029).", "",
     "REPEATED_P", "0.0029"),
    ("Overall survival was longer with the drug (log-rank P = 0.004).",
     "Results are shown below.\n\nFigure 1. Overall survival with the drug and with placebo (log-rank P = 0.041).",
     "", "PRINTED_DIFFERENTLY", "0.041"),
    ("", "", OUTCOMES.replace("0.61 (0.41–0.91) | 0.015", "1.87 (1.21–2.89) | 0.005"),
     "REPEATED_TRIPLET", "1.87 (1.21–2.89"),
    ("", "", OUTCOMES.replace("4.4 (2.0) | 4.6 (2.2) | 0.61", "412 (88) | 371 (92) | 0.015"),
     "REPEATED_ROW", "412 (88)"),
]  # fmt: skip

LEFT = [
    # P values that stand for every smaller one
    ("", "Log-rank P was 0.0001 for death and 0.0001 for relapse.", ""),
    ("", "Morbidity (81 v 37%, P = 0.0001) and mortality (27 v 6%, P = 0.0001) were higher.", ""),
    # results of several things, told once each in one part of an abstract
    ("Letters spoke of testing (OR 1.15, 95% CI 1.12-1.19). They spoke of migration too (OR 1.16, 95% CI 1.12-1.19).",
     "", ""),
    ("Of 118 adults (71 women, 60.2%), those on the drug were 60.", "", OUTCOMES),
    ("", "Remission was seen in 24 and 13 patients, respectively.", OUTCOMES),
    ("", "Remission was seen in 24 (40.0%) and 13 (22.4%) patients.", OUTCOMES),
    ("", "Remission was more frequent (P = 0.04; Table 2).", OUTCOMES),  # rounded
    ("", "Among women, remission was seen in 24 and 6 patients, respectively.", OUTCOMES),
    ("", "Remission was seen in 24 patients and lasted 12 months.", OUTCOMES),
    ("", "The distance walked was 412 ± 88 m and 371 ± 92 m.", OUTCOMES),
    ("", "The distance walked was 412 ± 88 m in men and 381 ± 79 m in women.", OUTCOMES),
    ("", "We compared 118 adults, 60 on the drug and 58 on placebo.", OUTCOMES),
    ("", "Of 118 adults, 60 were women and 18 had diabetes.", OUTCOMES),
    ("Fatigue score was similar (4.4 v. 4.6; P = 0.61).", "", OUTCOMES),
    ("", "Walking distance was 392 ± 88 m in all patients.", OUTCOMES),
    ("", "Remission was seen in 36 (40.0%) patients.", OUTCOMES),
    ("", "Fatigue did not differ (P = 0.61; Table 2).", OUTCOMES),
    ("Low albumin went with death (HR 0.61, 95% CI 0.41–0.91, P = 0.015).", "", OUTCOMES),
    ("Low albumin went with death (HR 0.6, P = 0.02).", "", OUTCOMES),
    ("In univariable analysis low albumin went with death (HR 0.52, 95% CI 0.36–0.75, P < 0.001).", "", OUTCOMES),
    ("We studied 118 adults.", "We enrolled 118 adults.", OUTCOMES),
    ("We studied 118 adults of 181 who had been screened.", "We enrolled 118 adults of 181.", OUTCOMES),
    ("", "Log-rank P was 0.0252 for death and 0.0525 for relapse.", ""),
    ("", "P was 0.03 for death and 0.03 for relapse.", ""),
    ("", "Death was rarer (log-rank P = 0.0029).\n\nFigure 2. Time to death (log-rank P = 0.0029).", ""),
    ("Overall survival was longer with the drug (log-rank P = 0.004).",
     "Results are shown below.\n\nFigure 2. Change in walking distance (P = 0.041).", ""),
]  # fmt: skip


def findings(abstract: str, results: str, tables: str) -> list[Finding]:
    """Give the errors and inconsistencies of arithmetic and of places, and P values printed twice, a concern."""
    subject = paper(abstract=abstract or "We studied one drug.", results=results, tables=tables)
    every = one_cause(f for one in CHECKS for f in one.run(subject))
    known = [f for f in every if f.code in RANK]
    return [f for f in known if f.severity in ("error", "inconsistent") or f.code == "REPEATED_P"]


@pytest.mark.parametrize(("abstract", "results", "tables", "code", "quoted"), FOUND)
def test_found(abstract: str, results: str, tables: str, code: str | None, quoted: str) -> None:
    found = findings(abstract, results, tables)
    assert len(found) == 1
    assert code is None or found[0].code == code
    assert any(q.text in quoted or quoted in q.text for q in found[0].quotes)


@pytest.mark.parametrize(("abstract", "results", "tables"), LEFT)
def test_left_alone(abstract: str, results: str, tables: str) -> None:
    assert findings(abstract, results, tables) == []


BASELINE = """Table 1. Baseline.

| Variable, median (IQR) | Positive (n = 28) | Negative (n = 15) |
|---|---|---|
| Age, years | 57 (50–63) | 55 (46–59) |
| Total score | 16 (12–21) | 18 (12–19) |
| Fibrosis | 7.5 (5–10) | 10 (6–12) |
| ESR, mm/h | 26 (12–46) | 16 (11–29) |
| CRP, mg/L | 4.97 (1.05–11.77) | 1.02 (0.37–16.66) |
"""


def test_rows_moved_between_two_tables() -> None:
    second = BASELINE.replace("Table 1. Baseline", "Table 2. Response")
    assert findings("", "", f"{BASELINE}\n{second}") == []
    moved = second.replace("26 (12–46)", "4.97 (1.05–11.77)", 1)
    found = findings("", "", f"{BASELINE}\n{moved}")
    assert [f.code for f in found] == ["ROWS_SHIFTED"]
    assert {q.text for q in found[0].quotes} >= {"26 (12–46", "4.97 (1.05–11.77"}


def test_a_size_that_two_tables_print_differently() -> None:
    rows = [("Cough", 21), ("Fever", 13), ("Rash", 17), ("Pain", 33)]
    body = "\n".join(f"| {name}, n (%) | {k} ({100 * k / 60:.1f}) |" for name, k in rows)
    one = "Table 1. Baseline.\n\n| Sign | Drug (n = 60) |\n|---|---|\n| Age, years, mean (SD) | 61.2 (9.4) |\n"
    two = f"Table 2. Events.\n\n| Event | Drug (n = {{}}) |\n|---|---|\n{body}\n"
    assert findings("", "", f"{one}\n{two.format(60)}") == []
    found = findings("", "", f"{one}\n{two.format(53)}")
    assert [(f.code, [q.text for q in f.quotes]) for f in found] == [("COUNT_PERCENT", ["53", "60"])]


def test_documents_of_one_study_are_compared() -> None:
    full = "# T\n\n## Abstract\n\nWe studied one drug.\n\n## Methods\n\nNone.\n\n## Results\n\nNone.\n\n" + OUTCOMES
    page = "Abstract\nResults: Low albumin went with death (HR 0.71, P = 0.015).\n"
    documents = (read_document("full", full), read_document("page", page, "abstract"))
    found = [f for f in judge_all(documents) if f.code == "PRINTED_DIFFERENTLY"]
    assert {q.source for f in found for q in f.quotes} == {"full", "page"}
    assert not [f for f in judge(documents[0]) if f.code == "PRINTED_DIFFERENTLY"]


def test_one_cause_is_one_finding() -> None:
    row = "| Smoker, n (%) | 22 (46.7) | 20 (34.5) | 0.012 |"
    found = findings("", "", f"{OUTCOMES.split(chr(10) * 2 + 'Table 3', maxsplit=1)[0]}\n{row}\n")
    assert [f.code for f in found] == ["COUNT_PERCENT"]


@pytest.mark.parametrize(
    ("one", "two", "shared"),
    [((3, 9), (8, 12), True), ((3, 9), (9, 12), False), ((3, None), (3, 9), False)],
)
def test_overlap(one: tuple[int, int | None], two: tuple[int, int], shared: bool) -> None:
    assert overlap(Quoted("a", *one, "x"), Quoted("a", *two, "x")) is shared
    assert not overlap(Quoted("a", *one, "x"), Quoted("b", *two, "x"))


def test_every_quote_is_the_text_at_its_offsets() -> None:
    for abstract, results, tables, _, _ in FOUND:
        subject = paper(abstract=abstract or "We studied one drug.", results=results, tables=tables)
        for one in CHECKS:
            for finding in one.run(subject):
                for quote in finding.quotes:
                    assert subject.document.text[quote.start : quote.end] == quote.text
                    assert finding.code in one.codes


def test_groups_that_leave_patients_unexplained() -> None:
    said = "We enrolled 48 patients with lung disease."
    table = "Table 1. Groups.\n\n| Age | Positive (n = 28) | Negative (n = 15) |\n|---|---|---|\n| Age | 57 | 55 |\n"
    for results, codes in (
        ("Results are shown.", ["GROUPS_UNEXPLAINED"]),
        ("Five patients had neither antibody.", []),
        ("Data of the two groups were missing in 5.", []),
    ):
        subject = paper(abstract=said, methods=said, results=results, tables=table)
        every = [f for one in CHECKS for f in one.run(subject) if f.code.startswith("GROUPS")]
        assert [f.code for f in every] == codes
