"""Spellings of other journals, of PDF text and of other alphabets: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.scan.document import read_document
from evsynth.scan.statistics import Reported, statistics

FOUND = [
    # text, sort, its numbers by statistic
    ("24% (12/50) responded", "count percent", {"percent": "24", "count": "12", "of": "50"}),
    ("12/50 (24 %) responded", "count percent", {"count": "12", "of": "50", "percent": "24"}),
    ("12 of 50 patients (24%)", "count percent", {"count": "12", "of": "50", "percent": "24"}),
    ("24.0% [12/50]", "count percent", {"percent": "24.0", "count": "12", "of": "50"}),
    ("12 [24%]", "count percent", {"count": "12", "percent": "24"}),
    (
        "12 (24%; 95% CI 13–38%) died",
        "count percent",
        {"count": "12", "percent": "24", "level": "95", "lower": "13", "upper": "38"},
    ),
    ("Twenty percent of them", "percent", {"percent": "Twenty"}),
    ("24.5% of all", "percent", {"percent": "24.5"}),
    ("mean 54.2, SD 8.1", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("mean=54.2, SD=8.1", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("(M = 54.2, SD = 8.1)", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("mean age 54.2 years, SD 8.1", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("mean of 54.2 with a standard deviation of 8.1", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("54.2 (8.1 SD)", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("54.2±8.1", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("mean (SD) of 54.2 [8.1]", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("54.2 \ufffd 8.1 kg", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("54.2 \uf0b1 8.1 kg", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("mean 6 SD was 54.2 6 8.1", "mean sd", {"mean": "54.2", "sd": "8.1"}),
    ("54,2 ± 8,1 (OR 1,3)", "mean sd", {"mean": "54,2", "sd": "8,1"}),
    ("the median was 54 [46–61]", "centre spread", {"centre": "54", "lower": "46", "upper": "61"}),
    ("the age was 54 (46 to 61)", "centre spread", {"centre": "54", "lower": "46", "upper": "61"}),
    ("median 54; IQR 46-61", "median quartiles", {"median": "54", "q1": "46", "q3": "61"}),
    ("median 54 (25th-75th percentile 46-61)", "median quartiles", {"median": "54", "q1": "46", "q3": "61"}),
    ("median 54 (25th, 75th percentile: 46, 61)", "median quartiles", {"median": "54", "q1": "46", "q3": "61"}),
    ("median 54 (IQR 15)", "centre spread", {"centre": "54", "spread": "15"}),
    ("P=.03", "p", {"p": ".03"}),
    ("p = 0·03", "p", {"p": "0·03"}),
    ("P<.001", "p", {"p": ".001"}),
    ("P(interaction)=0.04", "p", {"p": "0.04"}),
    ("p = 3.2 × 10−5", "p", {"p": "3.2 × 10−5"}),
    ("p = 1.2E-05", "p", {"p": "1.2E-05"}),
    ("P \uf03c 0.001", "p", {"p": "0.001"}),
    ("p ! 0.05", "p", {"p": "0.05"}),
    ("p＝０．０３", "p", {"p": "０．０３"}),
    ("HR 2.1, 95% CI, 1.1-2.3", "estimate", {"hazard_ratio": "2.1", "level": "95", "lower": "1.1", "upper": "2.3"}),
    ("HR 1.5 (95% CI: 1.1, 2.3)", "estimate", {"hazard_ratio": "1.5", "level": "95", "lower": "1.1", "upper": "2.3"}),
    ("HR 1.5 [95%-CI 1.1; 2.3]", "estimate", {"hazard_ratio": "1.5", "level": "95", "lower": "1.1", "upper": "2.3"}),
    ("hazard ratio 0.71 (0.55–0.92)", "estimate", {"hazard_ratio": "0.71", "lower": "0.55", "upper": "0.92"}),
    ("adjusted odds ratio of 2.1", "estimate", {"odds_ratio": "2.1"}),
    ("OR: 2.1; CI 95%: 1.2-3.4", "estimate", {"odds_ratio": "2.1", "level": "95", "lower": "1.2", "upper": "3.4"}),
    (
        "adjusted OR (aOR) = 2.1 (CI95% 1.2-3.4)",
        "estimate",
        {"odds_ratio": "2.1", "level": "95", "lower": "1.2", "upper": "3.4"},
    ),
    (
        "HR 0.71, 95 % conﬁdence interval 0.55–0.92",
        "estimate",
        {"hazard_ratio": "0.71", "level": "95", "lower": "0.55", "upper": "0.92"},
    ),
    (
        "HR 1,23 (95% CI 1,05-1,44)",
        "estimate",
        {"hazard_ratio": "1,23", "level": "95", "lower": "1,05", "upper": "1,44"},
    ),
    (
        "HR＝０．７１ (９５％ CI ０．５５－０．９２)",
        "estimate",
        {"hazard_ratio": "０．７１", "level": "９５", "lower": "０．５５", "upper": "０．９２"},
    ),
    ("95% CI −7.7 to 2.4", "estimate", {"level": "95", "lower": "−7.7", "upper": "2.4"}),
    (
        "−13.6 percentage points (95% CI −24.7 to −2.6)",
        "estimate",
        {"value": "−13.6", "level": "95", "lower": "−24.7", "upper": "−2.6"},
    ),
    ("Bootstrap confidence interval (10,000 replicates)", "count", {"count": "10,000"}),
    ("t(48) = 2.1", "test", {"df": "48", "t": "2.1"}),
    ("t48 = 2.1, p = 0.04", "test", {"df": "48", "t": "2.1", "p": "0.04"}),
    ("t = 2.1, df = 48, p = 0.04", "test", {"t": "2.1", "df": "48", "p": "0.04"}),
    ("F(2, 57) = 3.4", "test", {"df": "2", "df2": "57", "f": "3.4"}),
    ("F2,57 = 3.4", "test", {"df": "2", "df2": "57", "f": "3.4"}),
    ("χ2(1, N = 90) = 4.1", "test", {"df": "1", "analysed": "90", "chi2": "4.1"}),
    ("χ² = 4.1, df = 1, P = 0.04", "test", {"chi2": "4.1", "df": "1", "p": "0.04"}),
    ("χ2 4.1", "test", {"chi2": "4.1"}),
    ("Z = -2.1", "test", {"z": "-2.1"}),
    ("r = .41", "correlation", {"r": ".41"}),
    ("r(48) = .41, p = .003", "correlation", {"df": "48", "r": ".41", "p": ".003"}),
    ("rs = 0.41", "correlation", {"rho": "0.41"}),
    ("rs(48) = 0.41", "correlation", {"df": "48", "rho": "0.41"}),
    ("Spearman's rho 0.41", "correlation", {"rho": "0.41"}),
    ("Kendall's tau = 0.31", "estimate", {"value": "0.31"}),
    ("b = 0.21, SE = 0.05", "coefficient", {"b": "0.21", "se": "0.05"}),
    ("B=0.21 (SE = 0.05)", "coefficient", {"b": "0.21", "se": "0.05"}),
    ("10,000 patients", "count", {"count": "10,000"}),
    ("1,205 events", "count", {"count": "1,205"}),
    ("10\u2009000 patients", "count", {"count": "10\u2009000"}),
    ("We screened 12 345 records of all", "count", {"count": "12 345"}),
    ("A total of 2022 patients were enrolled", "group size", {"count": "2022"}),
    ("from January 2014 to September 2020 were included", "window", {"value": "2014", "value_to": "2020"}),
    ("between January 2018 and December 2022 were analysed", "window", {"value": "2018", "value_to": "2022"}),
    ("2000 bootstrap replications were made", "count", {"count": "2000"}),
]

LEFT_ALONE = [
    # text, sorts that must not be found in it
    ("2022 were analysed", {"count", "group size"}),
    ("those seen in 2021 and 2022 were analysed", {"count", "group size"}),
    ("admitted by December 2022 were included", {"count", "group size"}),
    ("since 2019 we enrolled adults", {"count", "group size"}),
    ("who fulfilled the 2012 Chapel Hill definitions", {"count", "group size"}),
    ("the 2019 guidelines were followed", {"count", "group size"}),
    ("In 2022, it fell", {"count", "group size"}),
    ("10,000 replicates", {"estimate", "range", "centre spread"}),
    ("the interval (1,205) was long", {"estimate", "range", "centre spread"}),
    ("between 10,000 and 12,000 cells", {"estimate", "centre spread", "range"}),
    ("Grade 2 345 patients", {"estimate", "range"}),
    ("at 12 to 24 weeks (1,205)", {"estimate", "centre spread"}),
    ("seen in 12 patients [10, 14]", {"centre spread", "median quartiles", "range"}),
    ("described before [46–61]", {"centre spread", "range", "value"}),
    ("groups (n = 24, SD = 3)", {"mean sd"}),
    ("12 patients, SD 3.1", {"mean sd"}),
    ("median 54, SD 8.1", {"mean sd"}),
    ("Type 2 diabetes, T4 and t cells", {"test"}),
    ("IL6 = high and F2 mice", {"test"}),
    ("the F1 hybrid, R2D2", {"test", "correlation", "r squared"}),
    ("P values were two-sided", {"p"}),
    ("it was important! 0.05 g", {"p"}),
    ("a P-wave of 0.12", {"p"}),
    ("(95% CI)", {"percent", "estimate", "value"}),
    ("95% confidence intervals were calculated", {"percent", "estimate"}),
    ("80% power and 5% alpha", {"count percent", "fraction"}),
    ("CI 95% was calculated", {"estimate"}),
    ("in men OR women 2.1 times", {"estimate"}),
    ("HR-CT at 1.25 mm", {"estimate"}),
    ("SD-OCT 3.1 was used", {"mean sd"}),
    ("the Symbol 6 stood between 3 and 4", {"mean sd"}),
    ("aged 54 to 61 years", {"mean sd", "median quartiles", "centre spread"}),
    ("visits at 12, 24 and 36 weeks", {"mean sd", "median quartiles", "estimate"}),
    ("a ratio of 1:2 was used", {"estimate", "fraction"}),
    ("the dose of 1,2 mg", {"estimate", "mean sd", "count percent"}),
    ("section 3.2, page 10 of 12", {"fraction", "estimate"}),
    ("x10 magnification and 1e5 cells", {"p", "estimate"}),
    ("p38 kinase and p53 = wild type", {"p"}),
    ("chi-square tests were used in 12 of them", {"test"}),
    ("Spearman's rho was calculated", {"correlation"}),
    ("Kendall's tau was calculated for 3 scores", {"estimate"}),
    ("r and rs were calculated in 48 patients", {"correlation"}),
    ("b and SE are given in Table 2", {"coefficient"}),
    ("beta 2 agonists in 12 patients", {"coefficient"}),
    ("vitamin B12 = low", {"coefficient", "test"}),
    ("mean arterial pressure was noted, SD not", {"mean sd"}),
    ("±", {"mean sd", "mean se"}),
    ("54.2 ± ", {"mean sd", "mean se"}),
    ("the IQR is 15 wide", {"median quartiles", "mean sd"}),
    ("(IQR)", {"median quartiles", "centre spread"}),
    ("25th to 75th percentile", {"median quartiles", "centre spread", "range"}),
    ("from 3 to 5 of 10 points", {"mean sd", "estimate", "count percent"}),
    ("P = NS and P = 1.2", {"estimate", "test"}),
    ("twenty-one days later", {"percent", "count percent"}),
    ("percent predicted", {"percent"}),
    ("% of them", {"percent"}),
    ("24 hours (12/50 mmHg)", {"count percent"}),
    ("12/05/2020", {"fraction", "count percent"}),
    ("1/2 of the dose", {"estimate", "count percent"}),
    ("n = 12/ml", {"count percent"}),
    ("C(3) and D(2) = left", {"test", "correlation"}),
    ("model 2 (adjusted)", {"estimate"}),
    ("HR was measured at rest", {"estimate"}),
    ("difference in HRs", {"estimate"}),
    ("Figure 2,57 and t-tests", {"test"}),
    ("0.5 100 mm", {"mean sd", "estimate", "count percent"}),
    ("12 345", {"mean sd", "estimate", "range", "group size"}),
    ("a (1, 2) b", {"estimate", "range", "median quartiles"}),
    ("ﬁve of them", {"percent", "estimate"}),
    ("－", {"value"}),
]


def found(text: str) -> tuple[Reported, ...]:
    """Scan a sentence as if it stood in the results."""
    return statistics(read_document("invented", f"Results\n{text}\n"))


@pytest.mark.parametrize(("text", "sort", "expected"), FOUND, ids=[ascii(text) for text, *_ in FOUND])
def test_found(text, sort, expected):
    """The statistic is found as what it is, with exactly these pieces of the text."""
    whole = f"Results\n{text}\n"
    made = [(r.sort, {f.statistic: whole[f.start : f.end] for f in r.figures}) for r in found(text)]
    assert (sort, expected) in made


@pytest.mark.parametrize(("text", "sorts"), LEFT_ALONE, ids=[ascii(text) for text, _ in LEFT_ALONE])
def test_left_alone(text, sorts):
    """What looks like a statistic and is none is not taken for one."""
    assert not [(r.sort, r.text) for r in found(text) if r.sort in sorts and r.measure != "threshold"]


def test_the_left_alone_table_is_as_long():
    """Every spelling that is found has a neighbour that is not."""
    assert len(LEFT_ALONE) >= len(FOUND) - 4


VALUES = [
    ("p = 3.2 × 10−5", "0.000032"),
    ("p = 1.2E-05", "0.000012"),
    ("p＝０．０３", "0.03"),
    ("p = 0·03", "0.03"),
    ("p ! 0.05", "0.05"),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_the_value_behind_a_spelling(text, value):
    """Powers of ten, full-width digits and middle dots are read as the number they print."""
    assert f"{found(text)[0].figures[-1].printed.value:f}" == value


def test_a_lost_sign_is_read_and_the_text_stays():
    """Karger's "!" is "<"; the quote keeps what is printed."""
    made = found("p ! 0.05")[0]
    assert (made.text, made.figures[0].printed.bound) == ("p ! 0.05", "<")
