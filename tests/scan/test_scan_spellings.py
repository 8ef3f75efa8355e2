"""How statistics are spelled in running text: what is found and as what, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.scan.document import read_document
from evsynth.scan.statistics import Reported, statistics

FOUND = [
    # text, sort, its numbers by statistic
    ("relapse in 39 patients (38.7%)", "count percent", {"count": "39", "percent": "38.7"}),
    ("female patients (34, 71%)", "count percent", {"count": "34", "percent": "71"}),
    ("hypomagnesaemia (n = 27, 56.25%)", "count percent", {"count": "27", "percent": "56.25"}),
    ("nausea (n=6; 12.5 %)", "count percent", {"count": "6", "percent": "12.5"}),
    ("infection in 66.7% (8/12)", "count percent", {"percent": "66.7", "count": "8", "of": "12"}),
    ("infection in 66.7% (8 of 12 patients)", "count percent", {"percent": "66.7", "count": "8", "of": "12"}),
    ("cured in 71% (n = 34)", "count percent", {"percent": "71", "count": "34"}),
    ("31 of 54 (57%) responded", "count percent", {"count": "31", "of": "54", "percent": "57"}),
    ("7 out of 48 patients (14.6%)", "count percent", {"count": "7", "of": "48", "percent": "14.6"}),
    ("Twelve of 40 patients (30%) died", "count percent", {"count": "Twelve", "of": "40", "percent": "30"}),
    ("8/12 (66.7%) died", "count percent", {"count": "8", "of": "12", "percent": "66.7"}),
    ("1,204 patients (12.3%)", "count percent", {"count": "1,204", "percent": "12.3"}),
    ("survived patients (26/34) were seen", "fraction", {"count": "26", "of": "34"}),
    ("18 of 47 patients improved", "fraction", {"count": "18", "of": "47"}),
    ("Three patients had a history", "count", {"count": "Three"}),
    ("A total of 250 patients were enrolled", "group size", {"count": "250"}),
    ("93 patients in the tacrolimus group", "group size", {"count": "93"}),
    ("tacrolimus group (n=93)", "group size", {"count": "93"}),
    ("tacrolimus group ( $n=93$ )", "group size", {"count": "93"}),
    ("randomly assigned, 121 to placebo and 119 to drug", "group size", {"count": "121"}),
    ("diarrhoea in 9, infection in 7", "count", {"count": "9"}),
    ("survival was 78%", "percent", {"percent": "78"}),
    ("survival was 94%, 88% and\n75%, respectively", "percent", {"percent": "94"}),
    ("at the 1-, 2- and 5-year visits", "time", {"value": "5"}),
    (
        "Median (interquartile range) KL-6 was 655 (420–1,010)",
        "median quartiles",
        {"median": "655", "q1": "420", "q3": "1,010"},
    ),
    ("responded (67% vs 35%)", "percent", {"percent": "67"}),
    ("The FVC was 69.1 ± 14.8 %", "mean sd", {"mean": "69.1", "sd": "14.8"}),
    ("The FVC was 69.1 $\\pm$ 14.8", "mean sd", {"mean": "69.1", "sd": "14.8"}),
    ("The FVC was 69.1&#xb1;14.8", "mean sd", {"mean": "69.1", "sd": "14.8"}),
    ("age 54.2 (SD 10.3) years", "mean sd", {"mean": "54.2", "sd": "10.3"}),
    ("age 54.2 years (S.D. = 10.3)", "mean sd", {"mean": "54.2", "sd": "10.3"}),
    ("a mean (SD) age of 54.2 (10.3) years", "mean sd", {"mean": "54.2", "sd": "10.3"}),
    ("weight (mean ± SEM) 70.1 ± 2.2 kg", "mean se", {"mean": "70.1", "se": "2.2"}),
    ("median 56 years (IQR: 50–59)", "median quartiles", {"median": "56", "q1": "50", "q3": "59"}),
    ("5.10 (IQR: 2.88, 9.99) ng/mL", "median quartiles", {"median": "5.10", "q1": "2.88", "q3": "9.99"}),
    ("median 12 [interquartile range 6 to 24]", "median quartiles", {"median": "12", "q1": "6", "q3": "24"}),
    ("median 12 months (Q1–Q3, 6–24)", "median quartiles", {"median": "12", "q1": "6", "q3": "24"}),
    ("median follow-up 12 months (range, 3–60)", "median range", {"median": "12", "minimum": "3", "maximum": "60"}),
    ("the score was −2 (IQR −3 to −1)", "median quartiles", {"median": "−2", "q1": "−3", "q3": "−1"}),
    ("consolidation (P < 0.001)", "p", {"p": "0.001"}),
    ("consolidation (P=.013)", "p", {"p": ".013"}),
    ("consolidation (p 0.021)", "p", {"p": "0.021"}),
    ("consolidation ( $p=0.021$ )", "p", {"p": "0.021"}),
    ("consolidation (P ≤ 0.01)", "p", {"p": "0.01"}),
    ("consolidation (P &lt; 0.001)", "p", {"p": "0.001"}),
    ("consolidation (P\n= 0.03)", "p", {"p": "0.03"}),
    ("consolidation (p=0·03)", "p", {"p": "0·03"}),
    ("consolidation (p = 0,03)", "p", {"p": "0,03"}),
    ("consolidation (p-value of 0.03)", "p", {"p": "0.03"}),
    ("consolidation (P for trend = 0.03)", "p", {"p": "0.03"}),
    ("consolidation (*P* = 0.03)", "p", {"p": "0.03"}),
    ("consolidation (<i>P</i>&#x2009;=&#x2009;0.03)", "p", {"p": "0.03"}),
    (
        "HR=0.330, 95% CI: 0.161-0.675, P=0.002",
        "estimate",
        {"hazard_ratio": "0.330", "level": "95", "lower": "0.161", "upper": "0.675", "p": "0.002"},
    ),
    (
        "adjusted hazard ratio, 0.72; 95% CI, 0.55 to 0.94",
        "estimate",
        {"hazard_ratio": "0.72", "level": "95", "lower": "0.55", "upper": "0.94"},
    ),
    (
        "hazard ratio (HR) 1.45 (95%CI 1.2–3.4; P 0.021)",
        "estimate",
        {"hazard_ratio": "1.45", "level": "95", "lower": "1.2", "upper": "3.4", "p": "0.021"},
    ),
    ("HR 0·63 (0·41–0·98)", "estimate", {"hazard_ratio": "0·63", "lower": "0·41", "upper": "0·98"}),
    ("aOR 2.1 [1.2, 3.4]", "estimate", {"odds_ratio": "2.1", "lower": "1.2", "upper": "3.4"}),
    (
        "odds ratio 2.1 (95% confidence interval [CI] 1.2 to 3.4)",
        "estimate",
        {"odds_ratio": "2.1", "level": "95", "lower": "1.2", "upper": "3.4"},
    ),
    (
        "RR 1.38 (95% CI, 1.14 to 1.67)",
        "estimate",
        {"risk_ratio": "1.38", "level": "95", "lower": "1.14", "upper": "1.67"},
    ),
    (
        "mean difference −3.65 (95% CI −5.84 to −1.45; P = 0.001)",
        "estimate",
        {"mean_difference": "−3.65", "level": "95", "lower": "−5.84", "upper": "−1.45", "p": "0.001"},
    ),
    (
        "median difference: −2, 95% Boot CI: −3 ∼ −1, P < 0.001",
        "estimate",
        {"median_change": "−2", "level": "95", "lower": "−3", "upper": "−1", "p": "0.001"},
    ),
    ("ρ = 0.487, P < 0.001", "correlation", {"rho": "0.487", "p": "0.001"}),
    ("$\\rho = -0.487$", "correlation", {"rho": "-0.487"}),
    ("rs = 0.31 (p = 0.03)", "correlation", {"rho": "0.31", "p": "0.03"}),
    ("Pearson's r = 0.31, p = 0.03", "correlation", {"r": "0.31", "p": "0.03"}),
    (
        "B = −0.249, 95% CI: −0.420 to −0.078, p = 0.005",
        "coefficient",
        {"b": "−0.249", "level": "95", "lower": "−0.420", "upper": "−0.078", "p": "0.005"},
    ),
    ("β = −0.397", "coefficient", {"beta": "−0.397"}),
    ("effect size r = 0.664", "coefficient", {"effect_size": "0.664"}),
    ("adjusted R2 = 0.228", "r squared", {"adjusted_r_squared": "0.228"}),
    ("R<sup>2</sup> = 0.31", "r squared", {"r_squared": "0.31"}),
    ("U = 173.5, p = 0.35", "test", {"u": "173.5", "p": "0.35"}),
    ("Z = −2.31, P = 0.021", "test", {"z": "−2.31", "p": "0.021"}),
    ("t(34) = 2.1, p = .04", "test", {"df": "34", "t": "2.1", "p": ".04"}),
    ("F(2, 45) = 3.4, p = .04", "test", {"df": "2", "df2": "45", "f": "3.4", "p": ".04"}),
    ("χ²(1) = 4.2, P=0.04", "test", {"df": "1", "chi2": "4.2", "p": "0.04"}),
    ("χ2 (1, N = 90) = 0.89", "test", {"df": "1", "analysed": "90", "chi2": "0.89"}),
    ("χ<sup>2</sup> = 4.2", "test", {"chi2": "4.2"}),
    ("sensitivity 82.6% (95% CI 74–88)", "percent", {"percent": "82.6", "level": "95", "lower": "74", "upper": "88"}),
    ("from January 2014 to September 2020", "window", {"value": "2014", "value_to": "2020"}),
    ("between 2021 and 2025", "window", {"value": "2021", "value_to": "2025"}),
    ("patients aged ≥18 years", "eligibility", {"value": "18"}),
    ("children aged 4–11 years", "age", {"value": "4", "value_to": "11"}),
    ("scored on a scale of 0–4 for extent", "score range", {"value": "0", "value_to": "4"}),
    ("the mMRC scale from 0 to 4.", "score range", {"value": "0", "value_to": "4"}),
    ("honeycombing (0–5) was scored", "score range", {"value": "0", "value_to": "5"}),
    ("pirfenidone 600-900 mg/day", "dose", {"value": "600", "value_to": "900"}),
    ("HRCT scores changed from 18 to 7 points", "value", {"value": "18", "value_to": "7"}),
    ("(50 mg/d vs. 10 mg/d)", "dose", {"value": "50"}),
    ("week 12 score was lower (10.58 v. 14.23)", "value", {"value": "10.58", "value_to": "14.23"}),
]

LEFT_ALONE = [
    # text, sorts that must not be found in it
    ("as shown in Table 2 and Figures 3A–C", {"value", "count", "percent"}),
    ("in ILD (Fischer et al., 2015; Vij et al., 2011)", {"value", "count", "window", "date"}),
    ("as proposed by Goldin et al. (2008)", {"value", "count", "date"}),
    ("anti-MDA5, anti-PL-7 and Jo-1 antibodies", {"value", "count"}),
    ("IL-6, CD4+ T cells, TGF-β1 and SARS-CoV-2", {"value", "count", "coefficient"}),
    ("NCT04012345 and doi: 10.1000/182.2022", {"value", "count", "window"}),
    ("using SPSS version 25.0 and R 4.1.0", {"value", "correlation", "count"}),
    ("a P value < 0.05 was considered significant", {"estimate", "percent"}),
    ("robust 95% CI were estimated", {"percent", "value", "count", "estimate"}),
    ("blood pressure 140/90 mmHg", {"fraction", "count percent"}),
    ("the ratio of 12/8 was high", {"fraction"}),
    ("between 26–50% of the lung", {"estimate", "count percent"}),
    ("in 2014 patients were enrolled", {"count", "group size"}),
    ("an 8-French catheter, the 17-item scale", {"value", "count"}),
    ("5-methyl-1-phenyl-2-[1H]-pyridone", {"value", "count"}),
    ("IN 12 PATIENTS OR 3 CONTROLS", {"estimate"}),
    ("boxes represent the 25th to 75th percentiles", {"value", "count", "score range"}),
    ("grade 3 to 4 neutropenia", {"value", "count", "score range"}),
    ("type 2 diabetes, phase 3 trial, week 12", {"value", "count", "percent"}),
    ("25 trials (2,939 patients)", {"centre spread", "median quartiles"}),
    ("at https://example.org/2020/12/34567", {"value", "fraction", "window"}),
    ("26.1% of 663 patients", {"count percent", "fraction"}),
    ("group B was larger; the p wave", {"p", "coefficient"}),
]


def found(text: str) -> tuple[Reported, ...]:
    """Scan a sentence as if it stood in the results."""
    return statistics(read_document("invented", f"Results\n{text}\n"))


def numbers(reported: Reported, text: str) -> dict[str, str]:
    """Give the printed pieces of a result by statistic, cut from the text at their offsets."""
    whole = f"Results\n{text}\n"
    return {figure.statistic: whole[figure.start : figure.end] for figure in reported.figures}


@pytest.mark.parametrize(("text", "sort", "expected"), FOUND, ids=[text for text, *_ in FOUND])
def test_found(text, sort, expected):
    """The statistic is found as what it is, with exactly these numbers at these places."""
    made = [(r.sort, numbers(r, text)) for r in found(text)]
    assert (sort, expected) in made


@pytest.mark.parametrize(("text", "sorts"), LEFT_ALONE, ids=[text for text, _ in LEFT_ALONE])
def test_left_alone(text, sorts):
    """What looks like a statistic and is none is not taken for one."""
    wrong = [(r.sort, r.text) for r in found(text) if r.sort in sorts and r.measure != "threshold"]
    assert not wrong


THRESHOLDS = [
    "A P-value <0.05 was considered statistically significant.",
    "Significance was set at P < 0.05.",
    "*P < 0.05; **P < 0.01.",
    "\\* $p < 0.05$ , compared against baseline.",
    "significance levels indicated as * (p<0.05)",
]
RESULTS = ["Age did not differ (P < 0.05).", "All were worse (P = 0.04).", "P < 0.001 for the comparison of groups."]


@pytest.mark.parametrize("text", THRESHOLDS)
def test_a_level_of_significance_is_no_result(text):
    """It is found, and said to be a threshold."""
    ps = [r for r in found(text) if r.sort == "p"]
    assert {r.measure for r in ps} == {"threshold"}


@pytest.mark.parametrize("text", RESULTS)
def test_a_p_value_of_a_comparison_is_a_result(text):
    """Also at the usual levels."""
    assert [r.measure for r in found(text) if r.sort == "p"] == ["p"]


def test_a_p_value_keeps_its_sign():
    """An inequality is part of the number, whatever the spelling."""
    printed = [
        r.figures[0].printed.text for r in found("P < 0.001, p = .02, P ≤ 0.01, p 0.4, P &lt; 0.05") if r.sort == "p"
    ]
    assert printed == ["<0.001", ".02", "≤0.01", "0.4", "<0.05"]


def test_a_list_of_p_values():
    """One sign stands for all of them."""
    made = [r.figures[0].printed.text for r in found("no improvement (p = 0.115, 0.162, and 0.172, respectively)")]
    assert made == ["0.115", "0.162", "0.172"]


def test_not_significant_without_a_number():
    """NS is a P value without a figure."""
    made = [r for r in found("no difference (P = NS)") if r.sort == "p"]
    assert [(r.label, r.figures) for r in made] == [("NS", ())]


def test_none_without_a_digit():
    """A zero in words is found."""
    assert [r.measure for r in found("None of the patients died.") if r.sort == "count"] == ["none"]


WORDS = [
    # text, text of the result, variable, group, time
    ("The FVC rose in the drug group (P = 0.03).", "P = 0.03", "FVC rose in the drug group", "drug", None),
    ("total HRCT score (P < 0.001), consolidation (P = 0.002)", "P = 0.002", "consolidation", None, None),
    ("opacity (GGO) (median difference: −1, P = 0.002, r = 0.452)", "r = 0.452", "opacity (GGO)", None, None),
    ("Infections occurred in 19 patients (39.58%).", "19 patients (39.58%)", "Infections", None, None),
    ("Of these, 14 (78%) improved.", "14 (78%)", "improved", None, None),
    ("At 12 months the score was 7.5 ± 2.1.", "7.5 ± 2.1", "score", None, "At 12 months"),
    ("patients in the usual care group (n = 28)", "n = 28", "patients in the usual care group", "usual care", None),
    ("Fibrosis fell (ρ = 0.3), CRP rose (ρ = 0.4).", "ρ = 0.4", "CRP rose", None, None),
]


@pytest.mark.parametrize(("text", "result", "variable", "group", "at"), WORDS, ids=[row[0] for row in WORDS])
def test_the_words_around_a_result(text, result, variable, group, at):
    """What it is about, in whom and when, as the sentence says."""
    made = next(r for r in found(text) if r.text == result)
    said = tuple(phrase.text if phrase else None for phrase in (made.variable, made.group, made.at))
    assert said == (variable, group, at)


def test_respectively_pairs_in_order():
    """The first number belongs to the first group named."""
    text = (
        "39 patients (38.7%) and 81 patients (51.6%) relapsed in the drug group and the usual care group, respectively."
    )
    made = [(r.figures[0].printed.text, r.group.text) for r in found(text) if r.sort == "count percent" and r.group]
    assert made == [("39", "drug"), ("81", "usual care")]


PIECES = st.sampled_from(
    [text for text, *_ in FOUND]
    + [text for text, _ in LEFT_ALONE]
    + ["\n", "\n\n", ". ", " and ", "; ", " (", ") ", "%", "−"]
)


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_offsets_and_overlaps(text):
    """Every result slices back to its text; a number belongs to one result; figures lie inside their result."""
    document = read_document("invented", f"# Title\n\n## Results\n\n{text}\n")
    taken: set[int] = set()
    for reported in statistics(document):
        assert document.text[reported.start : reported.end] == reported.text
        for figure in reported.figures:
            assert reported.start <= figure.start < figure.end <= reported.end
            span = set(range(figure.start, figure.end))
            assert not span & taken
            taken |= span
