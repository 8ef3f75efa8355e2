"""Wordings and layouts beyond those that the checks were written with: found, and left alone."""

from __future__ import annotations

import pytest
from invented_papers import paper

from evsynth.checks.scanned.causes import RANK, one_cause
from evsynth.checks.scanned.judging import CHECKS, Reading
from evsynth.checks.scanned.told.sums import sums as reasons
from evsynth.model.finding import Finding


def found(subject: Reading) -> list[Finding]:
    """Give the errors and inconsistencies of arithmetic and of places."""
    every = one_cause(finding for one in CHECKS for finding in one.run(subject))
    return [f for f in every if f.code in RANK and f.severity in ("error", "inconsistent")]


HEAD = "| Characteristic | Drug (n = 60) | Placebo (n = 58) | P |\n|---|---|---|---|\n"
ROWS = """| Age, years, mean (SD) | 61.2 (9.4) | 60.8 (10.1) | 0.82 |
| Female sex, n (%) | 31 (51.7) | 27 (46.6) | 0.58 |
| Diabetes, n (%) | 9 (15.0) | 14 (24.1) | 0.21 |
| Walking distance, m, mean (SD) | 412 (88) | 371 (92) | 0.015 |
"""
TABLE = f"Table 1. Characteristics.\n\n{HEAD}{ROWS}"

FOUND_IN_SENTENCES = [
    ("Of 196 adults assessed, 58 were not randomised (41 not eligible, 27 declined).", "FLOW", "58"),
    ("We excluded 30 patients (12 without consent, 9 with missing data and 7 with cancer).", "FLOW", "30"),
    ("Thirty patients were excluded: 12 refused, 11 had cancer, and 9 were pregnant.", "FLOW", "Thirty"),
    ("Twelve patients withdrew (lack of efficacy, n = 5; adverse events, n = 4; other, n = 2).", "FLOW", "Twelve"),
    ("Eight patients died (five of infection and four of cancer).", "FLOW", "Eight"),
    ("Rescue was given to 130 patients (108.3%).", "NUMBER_IMPOSSIBLE", "108.3"),
    ("Nausea occurred in 66 (110%) and rash in 3 patients.", "NUMBER_IMPOSSIBLE", "110"),
    ("In the 71 patients of the drug group with good compliance, pain was lower.", "GROUP_EXCEEDS", "71"),
    ("Blood was taken from 64 patients in the placebo group.", "GROUP_EXCEEDS", "64"),
    ("In the drug group 27 patients were female, in the placebo group 31.", "COLUMNS_EXCHANGED", "27"),
    ("Diabetes was seen in 14 patients with the drug and 9 with placebo.", None, "14"),
    ("Mean walking distance was 371 m with the drug and 412 m with placebo.", "COLUMNS_EXCHANGED", "371"),
    ("The female share was 46.6% in the drug arm and 51.7% in the placebo arm.", "COLUMNS_EXCHANGED", "46.6"),
    ("Adults on the drug (n = 60) were compared with those on placebo (n = 85).", "TOTAL_DIFFERS", "85"),
    ("Relapse was seen in 12/40 vs 5/41 patients (P = 0.60).", "P_OF_COUNTS", "0.60"),
    ("A gain was seen in 32 of 58 and 19 of 55 patients (p = 0.28).", "P_OF_COUNTS", "0.28"),
    ("Relapse occurred in 20 (33.3%) and 8 (13.8%) patients (P = 0.13).", "P_OF_COUNTS", "0.13"),
    ("Sensitivity was 80.0% (34/40).", "COUNT_PERCENT", "80.0"),
    ("Specificity was 90.0% (144/160; 95% CI 76.2–93.9).", "PROPORTION_INTERVAL", "76.2"),
    ("Groups differed, F(2, 57) = 3.10, P = 0.30.", "P_OF_STATISTIC", "0.30"),
]

LEFT_IN_SENTENCES = [
    "Of 196 adults assessed, 68 were not randomised (41 not eligible, 27 declined).",
    "We excluded 30 patients (mainly for cancer: 12, and 9 with missing data).",
    "Thirty patients were excluded: 12 refused, 11 had cancer, and 9 were pregnant; several had more than one reason.",
    "Of 30 adults, 12 were excluded: 7 were treated for more than 24 hours, and 5 declined.",
    "This was greater than that for a low dose (risk ratio, 1.30; 95% CI, 0.98-1.72; P = 0.003).",
    "Eight patients died (median age 71 years, range 60 to 80).",
    "Eight patients died (13.3% and 5.2%, respectively).",
    "The dose rose to 130 mg (108.3% of the target dose).",
    "Blood was taken from 54 patients in the placebo group.",
    "We screened 640 patients for the placebo group.",
    "In the drug group 31 patients were female, in the placebo group 27.",
    "In the placebo group 27 patients were female, in the drug group 31.",
    "Mean walking distance was 412 m with the drug and 371 m with placebo.",
    "Adults on the drug (n = 60) were compared with those on placebo (n = 58).",
    "Adults who completed the drug (n = 60) were compared with those on placebo (n = 52).",
    "Relapse was seen in 12/40 vs 5/41 patients (P = 0.049).",
    "Relapse was seen in 12/40 vs 5/41 patients (P = 0.06).",  # Fisher
    "Relapse was seen in 12/40 vs 5/41 patients (log-rank P = 0.60).",
    "Relapse was seen in 2/40, 12/40 and 15/41 patients (P = 0.001).",
    "Sensitivity was 85.0% (34/40; 95% CI 70.2–94.3).",
    "Specificity was 90.0% (144/160; 95% CI 84.4–93.8).",
    "Groups did not differ, F(2, 57) = 3.10, P = 0.053.",
]


@pytest.mark.parametrize(("sentence", "code", "quoted"), FOUND_IN_SENTENCES)
def test_found_in_sentences(sentence: str, code: str | None, quoted: str) -> None:
    findings = found(paper(abstract="We studied one drug.", results=sentence, tables=TABLE))
    assert len(findings) == 1
    assert code in (None, findings[0].code)
    assert any(quoted in q.text for q in findings[0].quotes)


@pytest.mark.parametrize("sentence", LEFT_IN_SENTENCES)
def test_left_alone_in_sentences(sentence: str) -> None:
    assert found(paper(abstract="We studied one drug.", results=sentence, tables=TABLE)) == []


def scores(*rows: str, caption: str = "Table 2. Scores.", head: str = HEAD) -> str:
    """Write a second table."""
    return f"{TABLE}\n{caption}\n\n{head}" + "\n".join(f"| {r} |" for r in rows) + "\n"


CHANGES = HEAD.replace("Characteristic", "Change from baseline to week 8")
ACCURACY = "| Cut-off | TP | FP | FN | TN | Sensitivity (%) | Specificity (%) |\n|---|---|---|---|---|---|---|\n"
CROSS = "| Test | Sepsis | No sepsis | Total |\n|---|---|---|---|\n"
U = "| Variable | Drug (n = 60) | Placebo (n = 58) | U | P |\n|---|---|---|---|---|\n"
MODELS = "| Variable | Crude OR (95% CI) | P | Adjusted OR (95% CI) | P |\n|---|---|---|---|---|\n"

FOUND_IN_TABLES = [
    (scores("Leak, n (%) | 16 (26.7) | 18 (31.0) | 0.60", "Infection, n (%) | 16 (26.7) | 18 (31.0) | 0.60"),
     "REPEATED_ROW"),
    (scores("Albumin, g/L, mean ± SD | 37.8 ± 4.4 | 38.0 ± 45.1 | 0.97"), "SD_IMPOSSIBLE"),
    (scores("Haemoglobin, g/L, mean ± SD | 131.8 ± 140 | 130.2 ± 13.6 | 0.93"), "SD_IMPOSSIBLE"),
    (scores("Total score, mean (SD) | 16.4 (3.5) | 18.0 (4.0) |", "&nbsp;Renal | 6.3 (2.9) | 8.2 (2.8) |",
            "&nbsp;Chest | 3.5 (2.0) | 3.3 (1.8) |", "&nbsp;Other | 3.3 (1.9) | 6.5 (1.8) |"), "COMPONENTS"),
    (scores("≥ 2 | 34 | 16 | 6 | 144 | 85.0 | 90.0", "≥ 4 | 24 | 6 | 16 | 154 | 65.0 | 96.3", head=ACCURACY),
     "COUNT_PERCENT"),
    (scores("Positive | 34 | 16 | 50", "Negative | 6 | 144 | 160", "Total | 40 | 160 | 200", head=CROSS),
     "PARTS_FALL_SHORT"),
    (scores("CRP, mg/L, median (IQR) | 97 (71–142) | 97 (72–126) | 1650 | <0.001", head=U), "P_OF_RANKS"),
    (scores("Drug | 0.64 (0.42–0.98) | 0.040 | 0.63 (0.41–0.98) | 0.038",
            "Rectal cancer | 0.69 (0.43–1.11) | 0.127 | 0.63 (0.41–0.98) | 0.038", head=MODELS), "REPEATED_TRIPLET"),
    (scores("CAT score (0–40), mean (SD) | −1.84 (4.1) | −0.25 (3.6) |"), "OUTSIDE_INSTRUMENT"),
]  # fmt: skip

LEFT_IN_TABLES = [
    scores("Leak, n (%) | 6 (10.0) | 8 (13.8) | 0.52", "Infection, n (%) | 6 (10.0) | 8 (13.8) | 0.52"),
    scores("Leak, n (%) | 16 (26.7) | 18 (31.0) | 0.60", "Treated leak, n (%) | 16 (26.7) | 18 (31.0) | 0.60"),
    scores("Ferritin, µg/L, mean ± SD | 378 ± 44 | 380 ± 451 | 0.97"),
    scores("Albumin, g/L, mean ± SD | 37.8 ± 4.4 | 38.0 ± 9.1 | 0.88"),
    scores("Total score, mean (SD) | 13.1 (3.5) | 18.0 (4.0) |", "&nbsp;Renal | 6.3 (2.9) | 8.2 (2.8) |",
           "&nbsp;Chest | 3.5 (2.0) | 3.3 (1.8) |", "&nbsp;Other | 3.3 (1.9) | 6.5 (1.8) |"),
    scores("Total score, mean (SD) | 6.1 (3.5) | 5.0 (4.0) |", "&nbsp;Renal | 6.3 (2.9) | 8.2 (2.8) |",
           "&nbsp;Chest | 3.5 (2.0) | 3.3 (1.8) |", "&nbsp;Other | 3.3 (1.9) | 6.5 (1.8) |"),  # an average
    scores("≥ 2 | 34 | 16 | 6 | 144 | 85.0 | 90.0", "≥ 4 | 24 | 6 | 16 | 154 | 60.0 | 96.3", head=ACCURACY),
    scores("Positive | 34 | 16 | 50", "Negative | 6 | 144 | 150", "Total | 40 | 160 | 200", head=CROSS),
    scores("CRP, mg/L, median (IQR) | 97 (71–142) | 97 (72–126) | 1650 | 0.63", head=U),
    scores("Falls, median (IQR) | 0 (0–0) | 0 (0–0) | 1650 | 0.20", head=U),  # ties
    scores("CAT score (0–40), mean (SD) | −1.84 (4.1) | −0.25 (3.6) |", head=CHANGES),
    scores("CAT score (0–40), mean (SD) | −1.84 (4.1) | −0.25 (3.6) |", caption="Table 2. Change at week 8."),
]  # fmt: skip


@pytest.mark.parametrize(("tables", "code"), FOUND_IN_TABLES)
def test_found_in_tables(tables: str, code: str) -> None:
    findings = found(paper(abstract="We studied one drug.", tables=tables))
    assert [f.code for f in findings] == [code]


@pytest.mark.parametrize("tables", LEFT_IN_TABLES)
def test_left_alone_in_tables(tables: str) -> None:
    assert found(paper(abstract="We studied one drug.", tables=tables)) == []


def test_a_reason_may_be_divided_further_in_its_list() -> None:
    sentence = "Thirteen patients left the study: 2 refused, 1 withdrew consent, and 10 had adverse events{}."
    assert not list(reasons(paper(results=sentence.format(", 4 of them serious"))))
    assert len(list(reasons(paper(results=sentence.replace("10", "9").format(""))))) == 1


FOLLOWED = [
    ("Median follow-up was 71.4 [47–89] months.", 1),
    ("Patients were followed for a median of 71.4 months (range, 2 to 90).", 1),
    ("After a median follow-up of 6.2 years, 12 died.", 1),
    ("Follow-up (median, 71 months) was complete.", 1),
    ("Mean follow-up was 6.2 ± 1.1 years.", 1),
    ("Patients were observed for a mean of 71 months.", 1),
    ("Median follow-up was 31 months.", 0),
    ("Median follow-up was 300 days.", 0),
    ("Patients were followed for a median of 40 months.", 0),
    ("In another cohort with a median follow-up of 71 months, risk was higher [4].", 0),
]


@pytest.mark.parametrize("window", ["between January 2018 and December 2020", "from 2018 to 2020"])
@pytest.mark.parametrize(("sentence", "count"), FOLLOWED)
def test_follow_up_within_the_calendar(window: str, sentence: str, count: int) -> None:
    methods = f"Patients were enrolled {window}. Follow-up ended in December 2021."
    assert len(found(paper(abstract="We studied one drug.", methods=methods, results=sentence))) == count


CASES = """Table 1. Characteristics.

| Variable | Cases (n = 120) | Controls (n = 240) | P |
|---|---|---|---|
| Male sex | 79 (65.8%) | 166 (69.2%) | 0.523 |
| Diabetes | 41 (34.2%) | 76 (31.7%) | 0.633 |
"""

CASES_TOLD = [
    ("70 cases (58.3%) and 166 controls (69.2%) were men.", 1),
    ("79 cases (65.8%) and 166 controls (69.2%) were men.", 0),
    ("Diabetes was found in 76 cases and in 41 controls.", 1),
    ("Stroke occurred in 8 cases (6.7%) and 6 controls (2.5%; P = 0.79).", 1),
    ("Stroke occurred in 8 cases (6.7%) and 6 controls (2.5%; P = 0.054).", 0),
]


@pytest.mark.parametrize(("sentence", "count"), CASES_TOLD)
def test_cases_and_controls_are_groups(sentence: str, count: int) -> None:
    assert len(found(paper(abstract="We compared cases with controls.", results=sentence, tables=CASES))) == count


LEGENDS = [
    ("Figure 1. Walking distance in both groups. Student t test, p = 0.68.", 1),
    ("Figure 1. Walking distance in both groups. Student t test, p = 0.015.", 0),
    ("Figure 1. Walking distance in women. Student t test, p = 0.68.", 0),
    ("Figure 1. Change of walking distance. Student t test, p = 0.68.", 0),
]


@pytest.mark.parametrize(("legend", "count"), LEGENDS)
def test_legends_against_the_row_they_name(legend: str, count: int) -> None:
    assert len(found(paper(abstract="We studied one drug.", tables=f"{TABLE}\n{legend}\n"))) == count
