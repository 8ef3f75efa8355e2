"""Sums, partitions, rates of response, matched sets and totals of tables: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.facts.parted import parted
from evsynth.checks.scanned.facts.slips import mended_by_digit, mended_by_swap, one_digit, swapped
from evsynth.checks.scanned.judging import judge
from evsynth.checks.scanned.places import columns_in_text, legend_counts
from evsynth.checks.scanned.reading import reading
from evsynth.checks.scanned.tabled import total_columns, whole_by_column
from evsynth.checks.scanned.told import (
    bases_by_noun,
    graded_effects,
    lists_by_group,
    matched_sets,
    opposites,
    partitioned,
    remainders,
    response_rates,
)
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

CHECK = {
    "whole_by_column": whole_by_column.whole_by_column,
    "bases_by_noun": bases_by_noun.bases_by_noun,
    "columns_in_text": columns_in_text.columns_in_text,
    "graded_effects": graded_effects.graded_effects,
    "legend_counts": legend_counts.legend_counts,
    "lists_by_group": lists_by_group.lists_by_group,
    "matched_sets": matched_sets.matched_sets,
    "opposites": opposites.opposites,
    "partitioned": partitioned.partitioned,
    "remainders": remainders.remainders,
    "response_rates": response_rates.response_rates,
    "total_columns": total_columns.total_columns,
}


def found(check: str, text: str) -> list[Finding]:
    """Run one check on an abstract."""
    subject = reading(read_document("x", f"A study of one disease in adults\n\nAbstract\nResults: {text}\n"))
    return list(CHECK[check](subject))


def in_paper(check: str, body: str) -> list[Finding]:
    """Run one check on a paper with tables and legends."""
    return list(CHECK[check](reading(read_document("x", f"A study of one disease\n\nResults\n\n{body}\n"))))


BOTH = (
    (
        "partitioned",
        "We identified 6412 people, of whom {3148|3166} started a DOAC and 3246 warfarin.",
    ),
    ("partitioned", "The {130|113} patients were included, 58 on MMF and 55 on AZA."),
    ("partitioned", "From May 2014 to June 2018, 394 women were randomised ({169|196} to 7 days, 198 to 14 days)."),
    ("partitioned", "Replies came from 806 nurses. Women numbered 689, men {119|109}, and eight did not state it."),
    (
        "partitioned",
        "Altogether 1,163 women were vaccinated. The vaccine was given in the first trimester to 209, in "
        "the second to "
        "{521|512} and in the third to 442.",
    ),
    (
        "partitioned",
        "Among the 61 exposed cases, 29 had used aspirin for less than five years, {16|19} for five to ten "
        "years and "
        "13 for longer.",
    ),
    ("partitioned", "Preterm birth occurred 94 times in shift workers and 259 in day workers, {343|353} in all."),
    (
        "partitioned",
        "In all, 38 patients died. Respiratory failure was the cause in {21|19}, cardiac disease in 8, "
        "infection in 7 "
        "and cancer in the remaining 4.",
    ),
    ("partitioned", "Of the 152 tumours, 63 were grade 1, 58 grade 2 and {41|31} grade 3."),
    ("partitioned", "155 participants were included (80 in the intervention and {57|75} in the control arm)."),
    ("partitioned", "Three hundred and five patients had type A, 198 type B and 87 type C, which makes {580|590}."),
    ("partitioned", "Smoking status was never in 118, former in 74 and current in {43|61} of the 253 men."),
    (
        "partitioned",
        "Two hundred and eight knees were treated; 119 received a cemented and {98|89} an uncemented stem.",
    ),
    ("partitioned", "Our sample consisted of 84 boys and 61 girls; all {154|145} children were tested twice."),
    ("partitioned", "We analysed 1,906 children, {1,124|1,034} boys and 872 girls."),
    ("partitioned", "ASA class was I in 61, II in 143, III in 88 and IV in 13 (n = {315|305})."),
    (
        "lists_by_group",
        "There were 18 deaths in the statin arm and 25 in the placebo arm. Deaths were attributed to "
        "stroke in 6 and 9, "
        "infarction in 8 and {10|8}, and other causes in 4 and 8.",
    ),
    (
        "lists_by_group",
        "We studied 58 and 54 patients, of whom 13 and 21 died. With the antibody deaths were 5 of 17 and "
        "10 of 18, and "
        "without it {11|8} of 41 and 11 of 36.",
    ),
    (
        "response_rates",
        "We sent the form to 918 practitioners. Forms were returned by 437, a response rate of {57|47}.6%.",
    ),
    (
        "response_rates",
        "In total, 1,502 invitations were mailed and 946 women attended, a participation rate of {53|63}.0%.",
    ),
    ("matched_sets", "After matching, {263|236} patients (118 pairs) were analyzed."),
    ("matched_sets", "Each case was matched to two controls. The study comprised 188 cases and {367|376} controls."),
    ("matched_sets", "After matching there were {402|412} patients, 206 in each group."),
    (
        "graded_effects",
        "We divided 120 patients into two groups, 60 cases in each group. In one group 24 cases were "
        "markedly effective, "
        "31 cases were effective and {15|5} cases were ineffective, and the total effective rate was 91.67%.",
    ),
    (
        "remainders",
        "Of 412 adults, 23 developed a tumour. Fourteen had died at last follow-up; the other {eleven|"
        "nine} were alive.",
    ),
    ("remainders", "Antibiotics were started by 94 of the 214 patients; the other {102|120} were observed."),
    (
        "remainders",
        "Cured after one dose: 47/62 (76%). Of 15 failures, 12 took a second dose and 9 were cured, giving "
        "{58|56}/62 "
        "(90%) overall.",
    ),
    ("remainders", "The per-protocol population (n={425|452}) agreed: 18 (7.9%) of 229 versus 22 (9.9%) of 223."),
    ("opposites", "Eleven of the 19 patients treated survived, and {nine|eight} died."),
    (
        "bases_by_noun",
        "We enrolled 150 patients and 75 healthy controls. Vitamin D was low in 63 patients (42.0%) and 12 "
        "controls "
        "({26|16}.0%).",
    ),
)
"""Check and text; in braces the number printed wrongly and the one that fits."""


def _text(text: str, right: bool) -> str:
    head, _, rest = text.partition("{")
    inner, _, tail = rest.partition("}")
    return head + inner.split("|")[right] + tail


@pytest.mark.parametrize(("check", "text"), BOTH)
def test_finds_the_number_that_does_not_fit(check: str, text: str) -> None:
    assert found(check, _text(text, False))


@pytest.mark.parametrize(("check", "text"), BOTH)
def test_leaves_the_number_that_fits(check: str, text: str) -> None:
    assert not found(check, _text(text, True))


LEFT = (
    ("partitioned", "Of 61 patients, 29 had fever, 16 had cough and 13 had pain."),
    ("partitioned", "Of 190 patients, 109 had hypertension, 52 had diabetes and 38 had both."),
    ("partitioned", "We enrolled 120 patients, including 58 women and 47 men below 65 years."),
    (
        "partitioned",
        "The cause was biliary in 151, alcohol in 98, high lipids in 27 and other or unknown in 42 of 318.",
    ),
    ("partitioned", "Three patients in group I shivered compared with 19 in group II."),
    ("partitioned", "Children aged 5-12 years (n = 118) with an IQ between 36 and 84 took part."),
    ("partitioned", "Patients were randomized to treatment on days 7, 14, 21, and 28 (36 mg or placebo)."),
    ("partitioned", "Of 84 patients, 10 were lost; 38 received the drug and 36 placebo."),
    ("partitioned", "There were 88 symptoms: 41 mild, 29 moderate, and several severe."),
    ("lists_by_group", "Symptoms were cough in 6 and 9, fever in 8 and 10, and pain in 4 and 8; 18 and 25 had any."),
    ("lists_by_group", "There were 18 and 30 deaths, from stroke in 6 and 9, cancer in 5 and 7, and falls in 2 and 1."),
    (
        "lists_by_group",
        "The endpoint was met by 30 and 21 patients. There were 14 v 11 cardiac deaths, 1 v 3 infarctions "
        "and 15 v 9 revascularisations.",
    ),
    (
        "response_rates",
        "Of 180 forms sent, 98 managers of 114 programmes responded. Of respondents, 81.6% accepted men.",
    ),
    (
        "partitioned",
        "Eight studies with 360 patients (150 open, 140 closed, and 70 endoscopic excision of the cyst) fit.",
    ),
    (
        "partitioned",
        "Repair was redone in 16 men. Reasons were leaks (n = 6), cysts (n = 8), cysts with leaks (n = 1), "
        "and tears with severe leaks (n = 1).",
    ),
    (
        "partitioned",
        "We studied 842 men. Of those, 438 men were divided into a high (n = 293) and low (n = 145) group.",
    ),
    ("response_rates", "We treated 100 patients; the objective response rate was 45%. All 60 nurses replied."),
    ("response_rates", "Of 918 invited, 70 had moved; 437 replied, a response rate of 51.5%."),
    ("matched_sets", "Cases were matched with up to two controls: 188 cases and 340 controls."),
    ("matched_sets", "We studied 118 pairs of eyes of 118 patients."),
    ("graded_effects", "Of 60 patients, 20 were cured, 25 improved and 10 failed; 5 were lost."),
    ("remainders", "Of 50 patients 14 died, 5 moved and the other 31 were alive."),
    ("remainders", "The analysis (n=480) showed relapse in 31 of 204 and 48 of 205 patients with data."),
    ("bases_by_noun", "We enrolled 1200 patients. It fell in 380 patients (31.6%)."),
    ("bases_by_noun", "We enrolled 150 patients and 75 controls. It was low in 63 patients (43.4%) who had data."),
)


@pytest.mark.parametrize(("check", "text"), LEFT)
def test_leaves_what_can_be_right(check: str, text: str) -> None:
    assert not found(check, text)


CROSS = """Table 2. Test against the reference

| | Disease | No disease | Total |
|---|---|---|---|
| Positive | 57 | 31 | {98|88} |
| Negative | 7 | 191 | 198 |
| All | 64 | 222 | 286 |
"""
EVENTS = """Table 3. Adverse events

| Adverse event | Any, n (%) | Leading to discontinuation, n |
|---|---|---|
| Diarrhoea | 61 (62.9%) | 11 |
| Nausea | 34 (35.1%) | 4 |
| Raised transaminases | 5 (5.2%) | {15|5} |
| Bleeding | 4 (4.1%) | 0 |
"""
NESTED = """Table 1. Characteristics

| | Usual care (N = 308) | Telemonitoring (N = 311) |
|---|---|---|
| LVEF, % | 39.6 ± 12.9 | 39.4 ± 12.7 |
|   <40 % | 158 (51.3) | 163 (52.4) |
|   40-49 % | 66 (21.4) | 61 (19.6) |
|   ≥50 % | {94|84} (27.3) | 87 (28.0) |
"""
LISTED = """The cohort comprised 41 patients with RA, {23|33} with SSc, 14 with MCTD and 9 with Sjögren disease.

Table 1. Characteristics

| Characteristic | Value |
|---|---|
| Women | 35 (36.1%) |
| Rheumatoid arthritis | 41 (42.3%) |
| Systemic sclerosis | 33 (34.0%) |
| Mixed connective tissue disease | 14 (14.4%) |
| Sjögren disease | 9 (9.3%) |
"""
SUMMED = """Of the 183 patients, 145 (79.2%) were women and {126|136} (68.9%) had diffuse disease.

Table 1. Characteristics

| Characteristic | MMF (n=106) | CYC (n=77) |
|---|---|---|
| Women | 85 (80.2%) | 60 (77.9%) |
| Diffuse disease | 74 (69.8%) | 62 (80.5%) |
"""
LEGEND = """Of these, 612 had delayed function and 2244 did not. Loss was counted in all 2244 and 612 recipients.

Figure 1. Graft survival. Number at risk at the start: DGF {621|612}, no DGF 2244.
"""
DEATHS = """Mortality was 22/39 (56.4%) in UIP and 19/58 (32.8%) in non-UIP.

Figure 2. Survival by pattern: UIP (n=39, 22 deaths) and non-UIP (n=58, {29|19} deaths).
"""
PAPERS = (
    ("total_columns", CROSS), ("total_columns", EVENTS), ("whole_by_column", NESTED), ("columns_in_text", LISTED),
    ("columns_in_text", SUMMED), ("legend_counts", LEGEND), ("legend_counts", DEATHS),
)  # fmt: skip


@pytest.mark.parametrize(("check", "body"), PAPERS)
def test_finds_the_cell_or_legend_that_does_not_fit(check: str, body: str) -> None:
    assert in_paper(check, _text(body, False))


@pytest.mark.parametrize(("check", "body"), PAPERS)
def test_leaves_the_cell_or_legend_that_fits(check: str, body: str) -> None:
    assert not in_paper(check, _text(body, True))


def test_flow_by_group_is_followed_over_two_sentences() -> None:
    text = (
        "Of 300 women, 150 per arm were randomised; two and four, respectively, withdrew consent, leaving 148 in the "
    )
    for rest, wrong in (
        ("infusion arm and 156 in the tablet arm.", True),
        ("infusion arm and 146 in the tablet arm.", False),
    ):
        document = read_document("x", f"A trial\n\nAbstract\nResults: {text}{rest}\n")
        assert bool([f for f in judge(document) if f.code == "FLOW"]) is wrong


def test_counts_are_read_by_their_marks() -> None:
    read = parted("We randomised 394 women (169 to 7 days, 198 to 14 days; P = 0.1), 12 of 60 in six homes.")
    assert [p.value for p in read.counts] == [394, 169, 198, 12]
    assert read.counts[-1].of is not None
    assert read.counts[-1].of.whole == 60


def test_slips_are_those_of_a_typist() -> None:
    assert swapped(113, 130)
    assert not swapped(12, 12)
    assert one_digit(119, 109)
    assert not one_digit(8, 9)
    assert mended_by_swap([3148, 3246], 6412)
    assert not mended_by_swap([29, 16, 13], 61)
    assert mended_by_digit([689, 119, 8], 806)
