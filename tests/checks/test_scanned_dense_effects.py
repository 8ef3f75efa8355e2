"""Estimates, their intervals and P in the dense sentences of abstracts: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.facts.one_limit import one_limit, shifted
from evsynth.checks.scanned.judging import judge
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.document import read_document

MINE = (
    "RATIO_P", "DIFFERENCE_P", "RATIO_INTERVAL", "DIFFERENCE_INTERVAL", "OUT_OF_ORDER", "P_OF_COUNTS", "P_OF_STATISTIC",
    "P_OF_CORRELATION", "AGREEMENT", "ACCURACY", "RELATIVE_CHANGE", "NEEDED_TO_TREAT", "RATE",
)  # fmt: skip


def found(text: str) -> list[str]:
    """Give the codes of these checks found in the results of an abstract."""
    document = read_document("x", f"A trial of something in many people\n\nAbstract\nResults: {text}\n")
    return [f.code for f in judge(document) if f.code in MINE and f.severity in ("error", "inconsistent")]


FOUND = (
    # one limit is misprinted: the estimate, the other limit and P agree
    ("RATIO_INTERVAL", "OS did not differ: median 14.1 v 12.6 months, HR 0.83 (95% CI 0.62-0.97; P = 0.211)."),
    ("DIFFERENCE_INTERVAL", "Grip averaged 71.0% and 66.2%, a difference of 4.8 percentage points (95% CI 0.9 to 10.5) "
     "that was not significant (p = 0.099)."),
    # a nought too many, or too few
    ("DIFFERENCE_P", "Scores changed by −0.18 and −0.44 (difference −0.26, 95% CI −0.42 to −0.10, p=0.020, and −0.31, "
     "95% CI −0.47 to −0.15, p<0.001, respectively)."),
    ("RATIO_P", "Predictors were age (OR 1.03 [95% CI 1.01–1.05], p = 0.004), male sex (OR 1.92 [1.15–3.20], p = 0.13) "
     "and smoking (OR 2.4 [1.5–3.8], p < 0.001)."),
    ("RATIO_P", "Arrhythmia came back in 30 of 105 v 51 of 104 (28.6% v 49.0%; HR 0.50; 95% CI 0.32 to 0.78; log-rank "
     "P = 0.3)."),
    ("RATIO_P", "Flares came later with the drug (aHR 0.60; 95% CI 0.41–0.88; P .61), and pain was less."),
    # superiority though the interval contains no difference
    ("DIFFERENCE_P", "The between-group difference was 0.11 percentage points (95% CI, −0.04 to 0.26), which confirmed "
     "noninferiority (P<0.001 for noninferiority) and superiority of the comparator (P=0.01)."),
    # units other than patients
    ("P_OF_COUNTS", "An interval of 12 weeks was reached in 47/80 (58.8%) vs 31/75 (41.3%) eyes (P = 0.003)."),
    ("P_OF_COUNTS", "Pops occurred during 18/72 lesions (25.0%) with low and 31/72 lesions (43.1%) with high power "
     "(P = .22)."),
    ("P_OF_COUNTS", "We randomised 236 patients to saline (n = 119) or water (n = 117). Treatment was stopped by 10 "
     "patients on saline and 4 on water (P=0.003, Fisher's exact test)."),
    ("P_OF_CORRELATION", "Fatigue was correlated with depression (r=0.45, p<0.001), pain (r=0.21, p=0.016) and sleep "
     "(r=0.38, p<0.001), but not with activity (r=0.30, p=0.312) or flow (r=-0.12, p=0.171)."),
    ("AGREEMENT", "A second reader called 120 scans positive; agreement was 89.4% (κ = 0.94; 95% CI, 0.90–0.98)."),
    ("ACCURACY", "Disease was found in 40.6%. Sensitivity was 88.5% and specificity 81.6%; positive and negative "
     "predictive values were 91.2% and 76.7%."),
    ("OUT_OF_ORDER", "Closure was reached in 38.5% (20/52; 95% CI 41.2% to 52.9%) of the eyes."),
    ("OUT_OF_ORDER", "The sensitivity was 98.1% (95% confidence interval 95.9% to 99.3%) and the negative predictive "
     "value 95.9% (98.8% to 99.8%)."),
    ("RELATIVE_CHANGE", "Illness was confirmed in 15 vaccinees (2.58 per 1000 person-years) and 36 controls (12.41 "
     "per 1000 "
     "person-years), vaccine efficacy 71.2% (95% CI 61.2 to 89.4)."),
    ("RELATIVE_CHANGE", "Influenza occurred in 20 of 5040 vaccinees and 55 of 5031 others (vaccine efficacy, 73.7%)."),
    ("RATE", "The rate was 19.1 episodes per patient-year with the weekly drug (3300 episodes during 172.8 "
     "patient-years) "
     "and 12.40 with the daily drug (1790 during 171.9 patient-years; estimated rate ratio, 1.54)."),
    ("RATE", "Illness was confirmed in 16 (5.90 thousand person-years, 2.71 per 1000) and 31 recipients (2.94 thousand "
     "person-years, 15.04 per 1000)."),
    ("NEEDED_TO_TREAT", "Delirium was seen in 33 of 172 (19.2%) and 52 of 170 (30.6%): risk difference −11.4 "
     "percentage "
     "points. Nineteen patients would have to be treated to prevent one case. Sleep did not differ. Pain did not. Stay "
     "was alike. At 30 days 7 of 172 (4.1%) and 16 of 170 (9.4%) were dead."),
)  # fmt: skip

ALONE = (
    "Closure was reached in 38.5% (20/52; 95% CI 25.3% to 53.0%) of the eyes.",
    "OS did not differ: median 14.1 v 12.6 months, HR 0.83 (95% CI 0.62-1.11; P = 0.211).",
    "Grip averaged 71.0% and 66.2%, a difference of 4.8 percentage points (95% CI −0.9 to 10.5) that was not "
    "significant (p = 0.099).",
    "Predictors were age (OR 1.03 [95% CI 1.01–1.05], p = 0.004), male sex (OR 1.92 [1.15–3.20], p = 0.013).",
    # P of the comparison of two estimates, told behind the second
    "The score did better (hazard ratio [HR] 1.62, 95% confidence interval [CI] 1.25-2.1) vs the natural logarithm of "
    "the "
    "peptide (Ln[NT-proBNP]; HR 1.23, 95% CI 0.94-1.61; P < 0.001).",
    # a difference of medians, with the P of ranks
    "The median peak did not differ (989 ng/L [IQR 499; 2005] and 810 ng/L [IQR 409; 2386], effect estimate 159 ng/L, "
    "95% "
    "CI -123 to 431, p = 0.704).",
    "The difference was 0.11 percentage points (95% CI, −0.04 to 0.26), which confirmed noninferiority (P<0.001) but "
    "not "
    "superiority (P=0.15).",
    "An interval of 12 weeks was reached in 47/80 (58.8%) vs 31/75 (41.3%) eyes (P = 0.030).",
    # a P behind another pair than that of the percentages
    "Of 146 participants 74 had the drug and 72 placebo. Dissociation was noted in 41 of 74 (55.4%) and 11 of 72 "
    "(15.3%); "
    "9 and 2 participants, respectively, stopped early (Fisher exact P = .056).",
    "Strength was better with the block (5/5 vs 2/5, p = 0.001).",
    # a day behind the name of a test
    "By day 30, 35 of 231 (15.2%) and 74 of 378 (19.6%) had died (crude P = 0.167, χ2 test), and by day 90 more had.",
    "Fatigue was correlated with depression (r=0.45, p<0.001), pain (r=0.21, p=0.016) and sleep (r=0.38, p<0.001), but "
    "not with activity (r=0.09, p=0.312).",
    "Agreement was 89.4% (κ = 0.78; 95% CI, 0.70–0.86).",
    "Agreement on the category was 89.4% (weighted κ = 0.94).",
    # each test has its own missed cases and false alarms
    "The short protocol was true positive in 103, false negative in 15, true negative in 181 and false positive in "
    "27, so "
    "that sensitivity was 87.3% and specificity 87.0%. For the long one, sensitivity was 79.7% (94/118) and "
    "specificity "
    "90.9% (189/208).",
    "Disease was found in 40.6%. Sensitivity was 88.5% and specificity 81.6%; positive and negative predictive values "
    "were "
    "76.7% and 91.2%.",
    "Illness was confirmed in 15 vaccinees (2.58 per 1000 person-years) and 36 controls (12.41 per 1000 person-years), "
    "vaccine efficacy 79.2% (95% CI 61.2 to 89.4).",
    "Nine infections occurred (seven patients, 10.3 per 100 patient-years).",
    "The rate was 19.1 episodes per patient-year with the weekly drug (3300 episodes during 172.8 patient-years) and "
    "10.41 with the daily drug (1790 during 171.9 patient-years; estimated rate ratio, 1.83).",
)  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_a_contradiction_in_a_dense_sentence_is_found(code: str, text: str) -> None:
    assert code in found(text)


@pytest.mark.parametrize("text", ALONE)
def test_an_innocent_dense_sentence_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_one_limit_is_named_that_makes_estimate_and_p_agree() -> None:
    value, low, high = (span(Printed.parse(x)) for x in ("5.3", "0.6", "11.2"))
    mended = one_limit(value, low, high, Printed.parse("0.079"))
    assert mended is not None
    assert mended.which == "lower"
    assert mended.made == pytest.approx(-0.6)


def test_an_even_interval_has_no_limit_to_mend() -> None:
    value, low, high = (span(Printed.parse(x)) for x in ("5.3", "-0.6", "11.2"))
    assert one_limit(value, low, high, Printed.parse("0.5")) is None


def test_a_p_that_lacks_a_nought_is_known() -> None:
    assert shifted(Printed.parse("0.030"), Span(0.0025, 0.0036))
    assert not shifted(Printed.parse("0.041"), Span(0.0025, 0.0036))
