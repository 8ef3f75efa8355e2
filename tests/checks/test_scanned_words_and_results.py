"""Words about results against the results: what is found, and what fits, or may fit, and is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evsynth.checks.scanned.design import proof_claimed, recommended_beyond, stated_flaws
from evsynth.checks.scanned.judging import CHECKS, reading
from evsynth.checks.scanned.statements import (
    all_there,
    commonest,
    concluded_effect,
    concluded_significant,
    criterion_met,
    each_of_them,
    interval_said,
    none_concluded,
    ratio_of_predictor,
    risk_of_outcome,
    said_behind,
    shares_of_patients,
    threshold_said,
    value_said_significant,
)
from evsynth.scan.document import read_document

ABSTRACT = """Drug or placebo in a disease: a study

Background: Little is known.

Methods: {methods}

Results: {results}

Conclusion: {conclusion}
"""
PAPER = """Drug or placebo in a disease: a cohort study

Abstract
Background: Little is known.

Methods
{methods}

Results
{results}

Table 1. Logistic regression for death

Predictor\tOdds ratio (95% CI)\tP
Sodium, per 5 mmol/L increase\t0.81 (0.70 to 0.94)\t0.006
Diabetes\t1.48 (1.10 to 1.99)\t0.010
Smoking\t1.12 (0.85 to 1.48)\t0.42

Table 2. Causes named by the 90 owners

Cause\tn\t%
Rust\t61\t67.8
Damp\t55\t61.1
Frost\t20\t22.2

Discussion
{conclusion}
"""
MCID = "The minimal clinically important difference of the WOMI was set at 8 points."
WOMI = "At one year the WOMI differed by -5.1 points in favour of the brace (95% CI -7.6 to -2.6; P < 0.001)."
STAY = "Median stay was 6.1 days (IQR 4 to 9) with the nurse and 6.0 days (IQR 4 to 8) without (P = 0.71)."
WEIGHTED = (
    "By day 60, 22 (12%) and 35 (17%) patients had died (P = 0.15). The weighted hazard ratio for death was 0.81 "
    "(95% CI 0.48 to 1.36; P = 0.42). With death as a competing event the subdistribution hazard ratio of colitis "
    "was 0.40 (95% CI 0.25 to 0.64)."
)
FLOOD = "Floods became rarer in every valley except Alm, where it {}: Ulm 12% to 8%, Alm 4.0% to {}%, Elm 9% to 7%."
COLIC = "Colic was more frequent with the drops (9 trials; RR 1.52, 95% CI 1.20 to 1.93)."
PEG = "All pegs were in place at 12 months. Four pegs were removed at month {}."
SCREEN = "The lamp reading was below 3 units in 812 of 2030 patients (40.0%), two of whom were ill."

RULE = "Success was declared if the lower limit of the 95% confidence interval of the ORR exceeded 20%."
ORR = "The ORR was 31.0% (95% CI {} to 44.0)."

FOUND: list[tuple[object, str, str, str, str]] = [
    (interval_said, ABSTRACT, MCID, WOMI, "The interval is short, and its confidence interval included the MCID."),
    (interval_said, ABSTRACT, "", "The gain was 4.1 cm (95% CI 1.0 to 7.2), and the interval included zero.", "None."),
    (interval_said, ABSTRACT, "", "The HR was 0.82 (95% CI 0.61 to 1.10), an interval that excluded unity.", "None."),
    (threshold_said, ABSTRACT, MCID, WOMI, "The effect on the WOMI exceeded the MCID."),
    (threshold_said, ABSTRACT, "", WOMI, "The effect clearly surpassed the 6-point threshold of the WOMI."),
    (threshold_said, ABSTRACT, "", WOMI, "The difference in WOMI fell short of the MCID of 4 points."),
    (criterion_met, ABSTRACT, RULE, ORR.format("18.4"), "The study met its primary endpoint."),
    (concluded_effect, ABSTRACT, "", STAY, "The nurse shortened hospital stay but did not lower costs."),
    (concluded_effect, ABSTRACT, "", STAY, "The nurse improved sleep and reduced the length of stay."),
    (concluded_significant, ABSTRACT, "", WEIGHTED, "We conclude that mortality was significantly lower with A."),
    (all_there, ABSTRACT, "", PEG.format(7), "None."),
    (all_there, ABSTRACT, "", "No kite was lost. Two red kites were lost in May.", "None."),
    (each_of_them, ABSTRACT, "", FLOOD.format("rose", "3.1"), "None."),
    (said_behind, ABSTRACT, "", "The gain, 0.9 mm (95% CI 0.2 to 1.6), did not reach significance.", "None."),
    (said_behind, ABSTRACT, "", "The hazard ratio was 0.80 (95% CI 0.52 to 1.23), which was significant.", "None."),
    (none_concluded, ABSTRACT, "", "Serious adverse events occurred in 12 (4%) and 9 (3%).",
     "It worked, with no serious adverse events or deaths reported."),
    (none_concluded, ABSTRACT, "", "Three patients died.", "It was given without any deaths."),
    (shares_of_patients, ABSTRACT, "", SCREEN, "A lamp reading below 3 units cleared about two thirds of patients."),
    (risk_of_outcome, ABSTRACT, "", COLIC, "Drops calm infants, and the risk of colic decreases."),
    (ratio_of_predictor, PAPER, "", "A sodium higher by 5 mmol/L was associated with 19% higher odds of death.",
     "None."),
    (ratio_of_predictor, PAPER, "", "None.", "Diabetes was associated with lower odds of death."),
    (value_said_significant, PAPER, "", "Smoking (OR 1.12) and diabetes were independently associated with death.", ""),
    (commonest, PAPER, "", "Damp was the cause cited most often.", "None."),
    (proof_claimed, PAPER, "Records of a cohort were read.", "None.", "These data prove that the drug prevents death."),
    (proof_claimed, PAPER, "Records of a cohort were read.", "None.", "Thus a randomised trial is no longer needed."),
    (recommended_beyond, ABSTRACT, "", "Certainty of evidence was low.", "Every patient should now receive the drug."),
    (stated_flaws, ABSTRACT, "In this crossover trial periods had no washout in between.", "None.", "None."),
    (stated_flaws, ABSTRACT, "Groups were formed. Those converted to the open route were moved to the open group.",
     "", ""),
    (stated_flaws, ABSTRACT, "Sensitivity and specificity were computed. CT by a reader who knew the result of the "
     "test was the reference standard.", "", ""),
    (stated_flaws, ABSTRACT, "In this cohort the hazard was modelled. Non-users were women who never took it at "
                             "any time "
     "during the follow-up.", "", ""),
    (stated_flaws, ABSTRACT, "A cohort. A was preferred in severe disease, whereas B was reserved for milder "
     "disease.", "", ""),
    (stated_flaws, ABSTRACT, "Both eyes were treated as independent observations.", "", ""),
]  # fmt: skip
LEFT: list[tuple[object, str, str, str, str]] = [
    (interval_said, ABSTRACT, MCID.replace("8", "7"), WOMI, "The interval is wide, and its confidence interval "
                                                            "included the MCID."),
    (interval_said, ABSTRACT, "", "The gain was 4.1 cm (95% CI -1.0 to 9.2), and the interval included zero.", "None."),
    (interval_said, ABSTRACT, "", "If the confidence interval excluded zero, 4.1 (95% CI -1.0 to 9.2), we went on.",
     "None."),
    (threshold_said, ABSTRACT, MCID.replace("8", "5"), WOMI, "The effect on the WOMI exceeded the MCID."),
    (threshold_said, ABSTRACT, MCID, WOMI, "More patients exceeded the MCID of 8 points on the WOMI."),
    (threshold_said, ABSTRACT, MCID, WOMI, "The lower limit of the difference exceeded the MCID of 8 points on the "
                                           "WOMI."),
    (criterion_met, ABSTRACT, RULE, ORR.format("21.4"), "The study met its primary endpoint."),
    (criterion_met, ABSTRACT, RULE, ORR.format("18.4"), "The study did not meet its primary endpoint."),
    (concluded_effect, ABSTRACT, "", STAY, "The nurse may have shortened hospital stay."),
    (concluded_effect, ABSTRACT, "", STAY.replace("0.71", "0.01"), "The nurse shortened hospital stay."),
    (concluded_effect, ABSTRACT, "", STAY, "The nurse did not shorten hospital stay."),
    (concluded_significant, ABSTRACT, "", WEIGHTED, "We conclude that colitis was significantly rarer with A."),
    (all_there, ABSTRACT, "", PEG.format(18), "None."),
    (all_there, ABSTRACT, "", "All pegs except one were in place. Four pegs were removed.", "None."),
    (all_there, ABSTRACT, "", "All other pegs were in place. Four pegs were removed.", "None."),
    (each_of_them, ABSTRACT, "", FLOOD.format("rose", "5.1"), "None."),
    (said_behind, ABSTRACT, "", "The gain, 0.9 mm (95% CI -0.2 to 2.0), did not reach significance.", "None."),
    (said_behind, ABSTRACT, "", "The odds were 1.9 (95% CI 1.2 to 3.0) but were not significantly tied to age.",
     "None."),
    (none_concluded, ABSTRACT, "", "Three patients died.", "It was given with no treatment-related deaths."),
    (none_concluded, ABSTRACT, "", "Three patients died.", "There was no effect on deaths."),
    (shares_of_patients, ABSTRACT, "", SCREEN, "A lamp reading below 3 units cleared two fifths of patients."),
    (shares_of_patients, ABSTRACT, "", SCREEN, "A lamp reading below 3 units may clear two thirds of patients."),
    (risk_of_outcome, ABSTRACT, "", COLIC, "Drops calm infants, but the risk of colic increases."),
    (risk_of_outcome, ABSTRACT, "", COLIC.replace("more frequent with", "rarer without"), "The risk of colic "
                                                                                          "decreases."),
    (ratio_of_predictor, PAPER, "", "A sodium lower by 5 mmol/L was associated with higher odds of death.", "None."),
    (ratio_of_predictor, PAPER, "", "A sodium higher by 5 mmol/L was associated with 19% lower odds of death.",
     "None."),
    (ratio_of_predictor, PAPER, "", "Diabetes was associated with lower odds of colic.", "None."),
    (ratio_of_predictor, PAPER, "", "Smoking was associated with lower odds of death.", "None."),
    (value_said_significant, PAPER, "", "Diabetes (OR 1.48) was independently associated with death.", ""),
    (value_said_significant, PAPER, "", "In univariable analysis smoking (OR 1.12) was significantly associated.", ""),
    (commonest, PAPER, "", "Rust was the cause cited most often.", "None."),
    (proof_claimed, PAPER, "Records of a cohort were read.", "None.", "The data cannot prove that it prevents death."),
    (proof_claimed, PAPER, "Records of a cohort were read.", "None.", "A further randomised trial is needed."),
    (recommended_beyond, ABSTRACT, "", "Certainty of evidence was low.", "The drug should not be given to every "
                                                                         "patient."),
    (recommended_beyond, ABSTRACT, "", "Certainty of evidence was high.", "Every patient should now receive the drug."),
    (stated_flaws, ABSTRACT, "In this crossover trial no washout was needed because the half-life is short.", "None.",
     "None."),
    (stated_flaws, ABSTRACT, "Groups were formed. Those converted to the open route were analysed as allocated, in the "
     "closed group.", "", ""),
    (stated_flaws, ABSTRACT, "Sensitivity and specificity were computed. CT by a reader unaware of the result of the "
     "test was the reference standard.", "", ""),
    (stated_flaws, ABSTRACT, "In this cohort the hazard was modelled. Non-users had received no drug until the "
                             "index date.", "", ""),
    (stated_flaws, ABSTRACT, "A cohort with propensity weights. A was preferred in severe disease, whereas B was "
                             "reserved "
     "for milder disease.", "", ""),
    (stated_flaws, ABSTRACT, "Both eyes were entered; mixed-effects models allowed for that.", "", ""),
]  # fmt: skip


def _findings(module: object, form: str, methods: str, results: str, conclusion: str) -> list[str]:
    name = module.__name__.rsplit(".", 1)[-1]  # type: ignore[attr-defined]
    check: Callable[..., object] = getattr(module, name)
    text = form.format(methods=methods or "We looked.", results=results or "None.", conclusion=conclusion or "None.")
    return [f.message for f in check(reading(read_document("x", text)))]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("module", "form", "methods", "results", "conclusion"), FOUND)
def test_words_that_the_results_contradict_are_found(
    module: object, form: str, methods: str, results: str, conclusion: str
) -> None:
    assert _findings(module, form, methods, results, conclusion)


@pytest.mark.parametrize(("module", "form", "methods", "results", "conclusion"), LEFT)
def test_words_that_fit_or_may_fit_are_left_alone(
    module: object, form: str, methods: str, results: str, conclusion: str
) -> None:
    assert _findings(module, form, methods, results, conclusion) == []


def test_every_check_is_registered_and_has_both_tables() -> None:
    found, left = ({row[0] for row in table} for table in (FOUND, LEFT))
    assert found == left
    assert {m.__name__ for m in found} <= {c.run.__module__ for c in CHECKS}  # type: ignore[attr-defined]
