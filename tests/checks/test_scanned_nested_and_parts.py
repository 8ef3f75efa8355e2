"""One contains the other, a whole and its parts: each row misses with the first number, and fits with the second."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.judging import judge
from evsynth.scan.document import read_document

CODES = {"FLOW", "GROUPS", "GROUP_EXCEEDS", "PARTS_EXCEED", "ALLOCATION_RATIO", "SURVIVAL_CONTRADICTS", "COUNT_PERCENT"}


def codes(text: str) -> set[str]:
    document = read_document("paper", f"A study of an invented disease\n\nAbstract\n\n{text}\n")
    return {f.code for f in judge(document) if f.severity in ("error", "inconsistent")} & CODES


NESTED = (
    ("Pain relief of at least 30% was reported by 44 of 98 patients and of at least 50% by {}.", "57", "27"),
    ("Weight loss of 5% or more was achieved by 62% and of 10% or more by {}% of participants.", "71", "31"),
    ("ACR20, ACR50 and ACR70 responses were reached by 61%, 38% and {}% of patients given the antibody.", "43", "13"),
    ("Thirty-day mortality was 9.1%, 90-day mortality {}% and one-year mortality 14.0%.", "7.2", "11.2"),
    ("Sixteen patients died within 28 days, 24 within 60 days and {} within 90 days.", "21", "31"),
    ("Serious adverse events were reported in {} patients and any adverse event in 38 patients.", "42", "12"),
    ("Diarrhoea was seen in 12 patients (grade 3 or higher in {}).", "21", "2"),
    ("The 3-year OS and PFS rates were 48% and {}%, respectively.", "61", "31"),
    ("Median overall survival was 11.2 months and median progression-free survival {} months.", "14.8", "4.8"),
    ("Cardiovascular mortality was {}% and all-cause mortality 5.9%.", "7.1", "3.1"),
    ("The ITT population consisted of 210 patients and the per-protocol population of {}.", "221", "201"),
    ("Lifetime prevalence of self-harm was 14.2%, and past-year prevalence {}%.", "17.9", "7.9"),
    ("A total of 412 patients were randomised, and {} were included in the safety analysis.", "421", "401"),
    ("Viral load was below 200 copies/mL in 88 of 120 patients and below 50 copies/mL in {}.", "98", "79"),
)

PARTS = (
    ("We sent out the tool and held 31 interviews: 12 with cooks, 11 with porters and {} with drivers.", "18", "8"),
    ("Three children were treated at level 1, six at level 2 and {} at level 3 (15 in all).", "eight", "six"),
    ("Six trials enrolling 2,310 patients (1,162 on statin and {} on placebo) were pooled.", "1,184", "1,148"),
    ("The 18 studies included 9 cohort studies, 5 case-control studies and {} randomized trials.", "14", "4"),
    ("The 36 deaths, of which {} were cardiovascular, fell in the first year.", "41", "14"),
    ("Of the deaths in the ward (n = 46), {} happened at night.", "64", "26"),
    ("After a phone screen 212 callers came to the clinic, {} of whom were eligible.", "231", "131"),
    ("Parents' education was primary in 22%, secondary in 51% and tertiary in {}%.", "37", "27"),
    ("Genotype frequencies were CC 52%, CT 39% and TT {}%.", "19", "9"),
    ("The objective response rate was 34% (CR 6%, PR {}%).", "21", "28"),
    ("We examined {} hands of 60 patients with Dupuytren disease.", "131", "113"),
    ("Each of the 12 raters scored 20 radiographs, yielding {} ratings.", "204", "240"),
    ("Patients were randomized 2:1 to vaccine (n = {}) or placebo (n = 184).", "188", "366"),
    (
        "Ninety men took the drug and 88 took placebo. After withdrawal of 7 and 9, 83 and {} were left for analysis.",
        "97",
        "79",
    ),
    ("Of 412 forms posted, 271 came back. Fourteen were blank, so {} were analysed.", "275", "257"),
)

ALONE = (
    "Mortality was 12% at 30 days in the surgery group and 9% at 90 days in the drug group.",
    "Over 12 months 40 patients on the drug relapsed, over 24 months 30 of those on placebo.",
    "The cure rate was 75.8% by intention to treat and 84.2% per protocol.",
    "Sensitivity was 71% for lesions of 5 mm or more and 93% for lesions of 10 mm or more.",
    "Fatigue (any grade) was seen in 12% of patients and grade 3 or higher neutropenia in 4%.",
    "There were 143 exacerbations among 97 children, of which 99 were severe.",
    "We took 90 samples from 60 patients, of whom 33 were women.",
    "Among 120 volunteers, reasons were obesity (71), drugs (44) and night work (28), some having more than one.",
    "The 88 mothers had 93 newborns, because of five twin pregnancies.",
    "Villages were randomised 1:1. In the end the arms had 1,912 (n = 1,912) and 1,407 (n = 1,407).",
    "Symptoms were cough in 61.2%, fever in 51.1% and dyspnoea in 30.3%.",
    "Twelve articles were found: five reported pain, nine reported function and three reported cost.",
    "The four levels were ≤25%, >25-50%, >50-75% and >75%.",
    "We studied 58 eyes of 37 patients with macular oedema.",
)


@pytest.mark.parametrize(("text", "wrong", "right"), [*NESTED, *PARTS])
def test_a_part_that_is_more_than_its_whole_or_a_sum_that_misses_is_found(text: str, wrong: str, right: str) -> None:
    assert codes(text.format(wrong))
    assert not codes(text.format(right))


@pytest.mark.parametrize("text", ALONE)
def test_what_only_looks_so_is_left_alone(text: str) -> None:
    assert not codes(text)
