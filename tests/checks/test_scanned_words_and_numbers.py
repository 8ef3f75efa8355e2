"""What a sentence says of tests, limits, groups and outcomes, against the numbers told beside it or elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from evsynth.checks.scanned.facts.clauses import clauses, subject
from evsynth.checks.scanned.facts.short_names import short_names
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, reading
from evsynth.checks.scanned.statements.all_of_tests import all_of_tests
from evsynth.checks.scanned.statements.beside_numbers import beside_numbers
from evsynth.checks.scanned.statements.commonest_told import commonest_told
from evsynth.checks.scanned.statements.fraction_of_number import fraction_of_number
from evsynth.checks.scanned.statements.improved_on_scale import improved_on_scale
from evsynth.checks.scanned.statements.interval_said import interval_said
from evsynth.checks.scanned.statements.margin_met import margin_met
from evsynth.checks.scanned.statements.risk_of_outcome import risk_of_outcome
from evsynth.checks.scanned.statements.rows_of_models import rows_of_models
from evsynth.checks.scanned.statements.said_significant import said_significant
from evsynth.checks.scanned.statements.strength_words import strength_words
from evsynth.checks.scanned.statements.superlatives import superlatives
from evsynth.checks.scanned.statements.told_direction import told_direction
from evsynth.checks.scanned.statements.verdicts_of_tests import verdicts_of_tests
from evsynth.checks.scanned.statements.within_limits import within_limits
from evsynth.model.finding import Finding
from evsynth.scan.document import read_document

Check = Callable[[Reading], Iterator[Finding]]


def read(text: str) -> Reading:
    """Read an abstract of its parts."""
    return reading(read_document("x", f"A study of something in many people\n\nAbstract\n{text}\n"))


TESTS = (
    ("Calibration was good (Hosmer-Lemeshow test, P = {}).", "0.003", "0.33"),
    ("The Hosmer–Lemeshow test indicated lack of fit (P = {}).", "0.62", "0.02"),
    ("The goodness-of-fit test (χ² = 21.4, P = {}) showed that the model fitted the data well.", "0.006", "0.41"),
    ("Birth weight was normally distributed (Kolmogorov-Smirnov P = {}).", "0.001", "0.20"),
    ("Residuals deviated from normality (Shapiro-Wilk p={}).", "0.48", "0.004"),
    ("By the Shapiro-Wilk test, ferritin followed a normal distribution (P = {}).", "0.002", "0.36"),
    ("Egger's test (P = {}) indicated publication bias.", "0.64", "0.03"),
    ("There was no evidence of small-study effects (Begg, P = {}).", "0.01", "0.44"),
    ("Levene's test (P = {}) showed equal variances.", "0.001", "0.27"),
    ("The proportional hazards assumption was met (Schoenfeld residuals, P = {}).", "0.004", "0.57"),
    ("The Schoenfeld test gave P = {}, so that the assumption was violated.", "0.41", "0.01"),
    ("Egger's regression did not suggest publication bias (P = {}).", "0.003", "0.18"),
)

LISTS = (
    ("Age (P = 0.41), parity (P = {}) and height (P = 0.17) were compared. None of them was related to tearing.",
     "0.002", "0.22"),
    ("The herds were compared for age (P = .38), depth (P = .02) and sun (P = {}); only depth differed.",
     ".004", ".09"),
    ("Grip (P = 0.021), score (P = 0.004) and cost (P = {}) were tested. Each of the three outcomes reached the 5% "
     "level.", "0.31", "0.03"),
    ("Odds ratios were 1.4 (95% CI 1.2 to 1.7) for men and 1.3 (95% CI {} to 1.7) for women. Both intervals excluded "
        "1.",
     "0.9", "1.1"),
    ("Growth was faster with light (P = 0.01) and with warmth (P = {}). Both differences were significant.",
     "0.44", "0.02"),
    ("It helped in survival (ratio 0.71, 95% CI 0.56 to 0.90) and in relapse (ratio 0.97, 95% CI 0.80 to {}). "
     "Significant gains were seen in both.", "1.18", "0.99"),
    ("Neither sleep (P = 0.33) nor mood (P = {}) mattered. Neither was significant.", "0.01", "0.61"),
    ("Yield (P = 0.20), weight (P = {}) and colour (P = 0.71) were noted. No more was done. None of the three "
     "differed significantly.", "0.003", "0.09"),
    ("All confidence intervals excluded unity (OR 1.4, 95% CI 1.1–1.8; OR 1.3, 95% CI {}–1.9).", "0.9", "1.05"),
    ("Every association was significant (falls, P = 0.02; pain, P = {}; sleep, P = 0.01).", "0.20", "0.03"),
    ("Fear (P = 0.30) and anger (P = {}) were scored; neither reached significance.", "0.02", "0.40"),
    ("Two soils were tested: clay (P = 0.001) and sand (P = {}). Only clay was significantly related.", "0.02", "0.30"),
)  # fmt: skip

LIMITS = (
    ("for {}", "AUC but not for Cmax", "Cmax but not for AUC"),
    ("for {}", "AUC", "Cmax"),
    ("only for {}", "AUC", "Cmax"),
)
_RULE = "Methods: Bioequivalence was to be concluded if the 90% CI lay within 0.80–1.25."
_MEANS = "Results: The mean ratio of AUC was 1.43 (90% CI 1.36–1.50). For Cmax the ratio was 1.04 (90% CI 0.96–1.12)."

DIRECTIONS: tuple[tuple[Check, str, str, str], ...] = (
    (beside_numbers, "Results: Mean age in the surgical group (54.2 years) was {} than in the medical group (59.8 "
        "years).",
     "higher", "lower"),
    (beside_numbers, "Results: The stay of 6.1 days after laparoscopy was {} than the 8.3 days after open surgery.",
     "longer", "shorter"),
    (beside_numbers, "Results: At €4,914 per patient, home infusion was {} than the clinic (€3,480).",
     "cheaper", "dearer"),
    (beside_numbers, "Results: Costs under the new pathway (£2,310) were {} than under usual care (£2,890).",
     "higher", "lower"),
    (superlatives, "Results: The nomogram (AUC 0.81, 95% CI 0.76–0.86) discriminated {} than size (AUC 0.69).",
     "worse", "better"),
    (superlatives, "Results: The new index (C-statistic 0.66) {} the old one (C-statistic 0.74).",
     "outperformed", "was outperformed by"),
    (told_direction, "Results: For the rapid test, sensitivity was 68.2%. For PCR, sensitivity was 95.0%.\n"
     "Conclusion: PCR was {} sensitive than the rapid test.", "less", "more"),
    (told_direction, "Results: LUS had a sensitivity of 91% and a specificity of 93%. CXR had a specificity of 97%.\n"
     "Conclusion: LUS was {} specific than CXR for pneumonia in children.", "more", "less"),
    (told_direction, "Results: Infection was twice as common with catheters as with stents.\n"
     "Conclusion: Infection was {} frequent with stents than with catheters.", "more", "less"),
    (told_direction, "Results: The risk of a missed visit was 1.9 times as high in person as by video.\n"
     "Conclusion: Video visits were missed {} often than visits in person.", "more", "less"),
    (told_direction, "Results: Ironing (n = 88) v steaming (n = 91): stay 3.1 v 5.2 days, water use 22 v 61 mL.\n"
     "Conclusion: Ironing used {} water.", "more", "less"),
    (told_direction, "Results: The rate of attacks was 1.43 with triple therapy (212 events) and 1.91 with dual "
        "therapy "
     "(281 events).\nConclusion: Triple therapy was associated with {} attacks.", "more", "fewer"),
    (told_direction, "Results: Oxygen was needed for 61.2 h with nasal flow and 70.5 h with masks.\nConclusion: Oxygen "
     "was needed for a mean of 9.3 h {} with nasal flow than with masks.", "longer", "shorter"),
    (risk_of_outcome, "Results: A stroke occurred in 344 (31.7%) with and 387 (25.4%) without palpitations (HR 1.38, "
        "95% CI "
     "1.12–1.70).\nConclusion: Palpitations did not shorten life but were associated with a {} risk of stroke.",
     "lower", "higher"),
    (risk_of_outcome, "Results: The hazard ratio of pneumonia for inhaled steroid was 0.71 (95% CI 0.55–0.91).\n"
     "Conclusion: Inhaled steroid {} the risk of pneumonia.", "increased", "reduced"),
    (risk_of_outcome, "Results: Delirium developed in 31% of the restrained and in 18% of the unrestrained (RR 1.72, "
        "95% CI "
     "1.20 to 2.47).\nConclusion: Restrained patients were {} likely to develop delirium.", "less", "more"),
    (improved_on_scale, "Methods: Function was scored with the KOOS (0 = worst, 100 = best).\nResults: Pain fell. "
        "Some left. "
     "KOOS {} from a mean of 71 to 52.", "improved", "worsened"),
    (improved_on_scale, "Results: On the pain scale (0 = extreme problems, 100 = no problems) knees {} from 71 before "
     "surgery to 52 later.", "improved", "worsened"),
    (strength_words, "Results: Pooling gave {} heterogeneity (Q = 4.1, df = 6, P = 0.66; I² = 0%).",
     "considerable", "no"),
    (strength_words, "Results: Each year of age went with {} (β = −7.9, P < 0.001).", "an increase in filtration",
     "a decrease in filtration"),
    (commonest_told, "Results: Pain 61 (25.4%), headache 38 (15.8%), myalgia 22 (9.2%) and fever 9 (3.8%) were noted. "
     "The most common reaction was {}.", "myalgia", "pain"),
    (commonest_told, "Results: Isolates were yeast (n = 118), mould (n = 41), algae (n = 71) and moss (n = 26), {} "
        "thus "
     "being the least frequent.", "algae", "moss"),
    (fraction_of_number, "Results: {} of the carers – 94 out of 213 – were tired.", "More than half", "Less than half"),
    (fraction_of_number, "Results: Of 108 referrals to the clinic, {} were cancelled before the visit (36).",
     "half", "a third"),
    (interval_said, "Results: The gain was 3.6 points (95% CI 1.4 to 5.8). The confidence interval {} zero.",
     "crossed", "excluded"),
    (margin_met, "Methods: The primary outcome was cure at day 30. The non-inferiority margin was −8 percentage "
        "points.\n"
     "Results: Cure differed little (difference 1.0 percentage points, 95% CI −4.0 to 6.0). Death was rarer "
     "(difference "
     "−2.1 percentage points, 95% CI −9.5 to 5.3).\nConclusion: Short treatment {} non-inferior.",
     "could not be shown to be", "was"),
    (said_significant, "Methods: Fatigue (FACIT) was measured.\nResults: FACIT did not move (mean difference 1.2, "
        "95% CI −0.8 "
     "to 3.2; P = {}).\nConclusion: Fatigue was significantly improved.", "0.24", "0.02"),
    (said_significant, "Results: In a multivariable model with grade, the hazard ratio was 0.76 (95% CI 0.54–{}).\n"
     "Conclusion: The association remained statistically significant after adjustment.", "1.07", "0.97"),
)  # fmt: skip

MODEL = (
    "A study of something in many people\n\nResults\n\n{}\n\nTable 2. Logistic regression\nPredictor\tAdjusted "
    "OR\t95% CI\t"
    "P\nDementia\t2.18\t[1.47; 3.23]\t<0.001\nGeneral anaesthesia\t0.97\t[0.64; 1.47]\t0.89\nFemale sex\t1.09\t"
    "[0.73; 1.63]\t0.67\n"
)
ROWS = (
    ("Class lost its weight in the univariable comparison, and general anaesthesia was {}an independent predictor.",
     "", "not "),
    ("Female sex was not an independent predictor, but {} was.", "general anaesthesia", "dementia"),
    ("Dementia was independently associated with delirium, whereas female sex was{}.", " too", " not"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wrong", "right"), TESTS)
def test_verdicts_of_tests(text: str, wrong: str, right: str) -> None:
    assert [f.code for f in verdicts_of_tests(read("Results: " + text.format(wrong)))] == ["SIGNIFICANCE_CONTRADICTS"]
    assert not list(verdicts_of_tests(read("Results: " + text.format(right))))


@pytest.mark.parametrize(
    "text",
    [
        "Fit was tested by the Hosmer-Lemeshow test (P < 0.05 was taken as lack of fit).",
        "Although the funnel plot looked asymmetrical, Egger's test was quiet (P = 0.55).",
        "Normality was assessed with the Shapiro-Wilk test (P = 0.30 for skewed data).",
        "Egger's test gave P = 0.07 and suggested publication bias.",
    ],
)
def test_verdicts_of_tests_left_alone(text: str) -> None:
    assert not list(verdicts_of_tests(read("Results: " + text)))


@pytest.mark.parametrize(("text", "wrong", "right"), LISTS)
def test_all_of_tests(text: str, wrong: str, right: str) -> None:
    assert [f.code for f in all_of_tests(read("Results: " + text.format(wrong)))] == ["ALL_CONTRADICTS"]
    assert not list(all_of_tests(read("Results: " + text.format(right))))


@pytest.mark.parametrize(
    "text",
    [
        "Time did not differ (214 v 206 min, P = 0.31), but in each it was significantly shorter (P = 0.01).",
        "Size (P = .002) and sex (P = .008) were related. At multivariable analysis, only size was independently "
        "related.",
        "Age (P = 0.02) and sex (P = 0.30) were tested. After correction none of them was significant.",
        "Illness only, use only and both were associated with more falls (HR 1.8, 95% CI 1.6–2.1; HR 9.0, 95% CI "
        "7.0–11.5; HR 0.9, 95% CI 0.7–1.5).",
        "Age (P = 0.02), sex (P = 0.30) and size (P = 0.01) were tested. Both outcomes differed significantly.",
    ],
)
def test_all_of_tests_left_alone(text: str) -> None:
    assert not list(all_of_tests(read("Results: " + text)))


@pytest.mark.parametrize(("text", "wrong", "right"), LIMITS)
def test_within_limits(text: str, wrong: str, right: str) -> None:
    for thing in (
        "The criterion for bioequivalence was met",
        "Bioequivalence was demonstrated",
        "The requirement of equivalence was fulfilled",
        "Bioequivalence has been concluded",
    ):
        said = f"{_RULE}\n{_MEANS}\nConclusion: {thing} {text}."
        assert [f.code for f in within_limits(read(said.format(wrong)))] == ["CRITERION_CONTRADICTS"]
        assert not list(within_limits(read(said.format(right))))


def test_within_limits_left_alone() -> None:
    for text in (
        f"{_MEANS}\nConclusion: The criterion was met for AUC.",
        f"{_RULE} Equivalence was to be declared if the 95% CI lay within 0.70–1.43.\n{_MEANS}\n"
        "Conclusion: The criterion was met for AUC.",
        f"{_RULE}\n{_MEANS}\nConclusion: The criterion would be met for AUC.",
    ):
        assert not list(within_limits(read(text)))


@pytest.mark.parametrize(("check", "text", "wrong", "right"), DIRECTIONS)
def test_words_against_numbers(check: Check, text: str, wrong: str, right: str) -> None:
    assert list(check(read(text.format(wrong))))
    assert not list(check(read(text.format(right))))


@pytest.mark.parametrize(("text", "wrong", "right"), ROWS)
def test_rows_of_models(text: str, wrong: str, right: str) -> None:
    texts = [reading(read_document("x", MODEL.format(text.format(said)))) for said in (wrong, right)]
    assert [bool(list(rows_of_models(r))) for r in texts] == [bool(wrong != " too"), False]


def test_short_names_are_of_the_words_before_their_bracket() -> None:
    known = short_names(read("Methods: Anxiety (GAD-7) and the six minute walk distance (SMWD) were noted (CI)."))
    assert known["gad-"] == frozenset({"anxie"})
    assert known["smwd"] == frozenset({"six", "minut", "walk", "dista"})


def test_a_clause_without_a_subject_has_that_of_its_sentence() -> None:
    line = next(x for x in lines(read("Results: Statin use was safe but was linked to cramps.")) if "Statin" in x.words)
    assert [subject(line, c).split()[-1] for c in clauses(line)] == ["use", "use"]


def test_a_letter_is_read_whole() -> None:
    text = "Correspondence\n\nA stop rule on a ward\n\nSir,\n\n" + " ".join(
        ["Drugs were started in 301 infants in 2017 and 279 in 2018, a difference that was not significant (P = 0.03)."]
        * 3
    )
    assert read_document("x", text).sections[-1].role == "body"


def test_versus_ends_no_sentence() -> None:
    made = read("Results: The walk was 440 m (SD 78) v. 424 m (SD 57) at twelve weeks.")
    assert any("440" in x.words and "424" in x.words for x in lines(made))
