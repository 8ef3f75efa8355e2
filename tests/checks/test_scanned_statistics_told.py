"""One estimate and everything printed about it, in any order: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.facts.statistics_told import role_of, statistics_told, told_together
from evsynth.checks.scanned.judging import judge
from evsynth.scan.document import read_document


def found(text: str) -> list[str]:
    """Give the codes of errors and inconsistencies found in the results of an abstract."""
    document = read_document("x", f"A study of something in many people\n\nAbstract\nResults: {text}\n")
    return [f.code for f in judge(document) if f.severity in ("error", "inconsistent") or f.code == "CHECK_FAILED"]


READ = (
    ("b = 0.90, SE 0.30, Wald 9.0, df 1, p = 0.003", ["coefficient", "se", "wald", "df", "p"]),
    ("F(1, 78) = 9.20, ηp² = .11", ["f", "eta2"]),
    ("t(30) = 2.95; 25 d.f.", ["t", "df"]),
    ("a regression coefficient B of 0.69 and an odds ratio of 1.99", ["coefficient", "ratio"]),
    ("Pearson's r was 0.62 (n = 48)", ["r", "n"]),
    ("HR for women was 0.36", ["ratio"]),
    ("Cohen's d = 0.75 and κ of 0.61", ["d", "kappa"]),
    ("95% CI 1.2 to 3.4", []),
    ("group T 5 and vitamin B 12", []),
)
FOUND = (
    ("STANDARD_ERROR", "Earlier falls stayed in the equation (b = 0.80, SE 0.20, Wald 4.0, df 1, p = 0.046)."),
    ("STANDARD_ERROR", "The adjusted mean difference was 3.0 (SE 1.5; t = 4.0)."),
    ("STANDARD_ERROR", "The regression coefficient for age was 0.35 (SE 0.05; 95% CI 0.05 to 0.65)."),
    ("STANDARD_ERROR", "In the 144 donors mean ferritin was 61 µg/L (SD 24.0; standard error 5.1)."),
    ("DERIVED_VALUE", "Diabetes had a coefficient B of 0.41 and an odds ratio of 2.51."),
    ("DERIVED_VALUE", "With girls as the reference, boys had an OR of 1.25; with boys as the reference, girls "
     "had an OR of "
     "0.58."),
    ("DERIVED_VALUE", "The risk ratio was 2.00, and the E-value was 2.41."),
    ("DERIVED_VALUE", "The hazard rose with age (HR 1.03 per year; HR 1.72 per ten years)."),
    ("EFFECT_SIZE", "Grip improved, F(1, 58) = 6.20, p = 0.016, ηp² = .41."),
    ("EFFECT_SIZE", "Pain fell (rank-sum Z = -3.10, P = 0.002; effect size r = 0.61 for N = 90 patients)."),
    ("R_SQUARED", "Strength and speed were related (r = 0.50), so that strength explained 50% of the variance in "
     "speed."),
    ("DEGREES_OF_FREEDOM", "All 24 volunteers were seen twice; a paired-samples t test showed less pain, t(46) = 3.02, "
     "p = .004."),
    ("DEGREES_OF_FREEDOM", "Sixty plates were shared by three cements; strength differed, F(2, 77) = 4.90, P = 0.010."),
    ("NUMBER_IMPOSSIBLE", "Bone loss was alike (0.41 vs 0.43 mm; p = 1.32)."),
    ("NUMBER_IMPOSSIBLE", "Agreement between readers was good (kappa = 1.21)."),
    ("P_OF_STATISTIC", "An F(2, 45) of 8.20 was obtained, p = 0.35."),
    ("P_OF_STATISTIC", "Cochran's Q was 34.2 with 10 degrees of freedom (P = 0.45)."),
    ("P_OF_STATISTIC", "The hazard ratio was 1.42 (95% CI 1.20-1.68; z = 1.05)."),
    ("P_OF_STATISTIC", "The one-sided P value was 0.04 and the two-sided P value 0.02."),
    ("RATIO_P", "The effect differed by sex (HR 0.60, 95% CI 0.50–0.72 in men; HR 1.20, 95% CI 1.00–1.44 in "
     "women; P for "
     "interaction = 0.81)."),
    ("INTERVAL_OF_MEANS", "In 64 patients the mean score was 31.0 (SD 8.0; 95% CI 30.5–31.5)."),
    ("INTERVAL_SAID", "Pain was 1.5 mm higher (two-sided 95% CI −1.5 to 4.5), and the one-sided 95% upper "
     "confidence bound "
     "was 5.2 mm."),
    ("INTERVAL_SAID", "The odds ratio was 0.72 (95% CI 0.60 to 0.86; 95% prediction interval 0.65 to 0.80)."),
    ("INTERVAL_SAID", "Relapse was raised in boys (OR 1.31, 1.10–1.56) and in girls (OR 1.22, 1.04–1.43); the pooled "
     "estimate was 1.71 (1.50–1.95)."),
    ("INTERVAL_SAID", "The posterior median difference was −2.4% (95% credible interval, −5.2 to 0.4), a 30% "
     "probability of "
     "any reduction in deaths."),
    ("INTERVAL_SAID", "The relative risk was 1.5, and the 95% interval, running from 0.9 to 2.5, ruled out no effect."),
    ("MARGIN_CONTRADICTS", "The hazard ratio was 1.06, two-sided 95% CI 0.87–1.29. The upper limit remained under the "
     "margin of 1.20."),
    ("MARGIN_CONTRADICTS", "The lower boundary of the 95% CI (−9.1%) was above the margin of −8%."),
    ("MARGIN_CONTRADICTS", "The 90% CI (0.82–1.31) for the ratio fell within the bioequivalence limits of 0.80–1.25."),
    ("RATIO_DIRECTION", "Noise raised the risk (RR 1.80, 95% CI 1.40–2.31). The association was attenuated after "
     "we added "
     "income (RR 2.30, P = 0.01)."),
    ("ALL_CONTRADICTS", "In every one of the five strata the estimate lay below unity (0.71, 0.66, 1.12, 0.77 "
     "and 0.69)."),
    ("ALL_CONTRADICTS", "All confidence intervals excluded unity (OR 1.4, 95% CI 1.1–1.8; OR 1.3, 95% CI 0.9–1.9)."),
    ("SIGNIFICANCE_CONTRADICTS", "Discrimination did not exceed chance (AUC 0.71, 95% CI 0.63 to 0.79)."),
    ("OUT_OF_ORDER", "Readers agreed (ICC [2,1] = 0.88; CI95 = 0.90, 0.95)."),
    ("OUT_OF_ORDER", "The score was higher, with a difference of −0.31 (95% CI 0.12 to 0.50)."),
)  # fmt: skip
ALONE = (
    "Earlier falls stayed in the equation (b = 0.80, SE 0.20, Wald 16.0, df 1, p < 0.001).",
    "The adjusted mean difference was 3.0 (SE 1.5; t = 2.0).",
    "In the 144 donors mean ferritin was 61 µg/L (SD 24.0; standard error 2.0).",
    "Diabetes had a coefficient B of 0.41 and an odds ratio of 1.51.",
    "With girls as the reference, boys had an OR of 1.25; with boys as the reference, girls had an OR of 0.80.",
    "The risk ratio was 2.00, and the E-value was 3.41.",
    "The hazard rose with age (HR 1.03 per year; HR 1.34 per ten years).",
    "Grip improved, F(1, 58) = 6.20, p = 0.016, ηp² = .10.",
    "Strength and speed were related (r = 0.50), so that strength explained 25% of the variance in speed.",
    "All 24 volunteers were seen twice; a paired-samples t test showed less pain, t(23) = 3.02, p = .006.",
    "Sixty plates were shared by three cements; strength differed, F(2, 57) = 4.90, P = 0.011.",
    "Welch's test was used in the 28 cases and 35 controls (t(41.3) = 2.47, P = 0.018).",
    "Of 40 rats each was tested in 12 trials; latency differed in a mixed model, F(1, 438) = 9.1, p = 0.003.",
    "An F(2, 45) of 8.20 was obtained, p < 0.001.",
    "The one-sided P value was 0.02 and the two-sided P value 0.04.",
    "The effect differed by sex (HR 0.60, 95% CI 0.50–0.72 in men; HR 1.20, 95% CI 1.00–1.44 in women; P for "
    "interaction "
    "<0.001).",
    "In 64 patients the mean score was 31.0 (SD 8.0; 95% CI 29.0–33.0).",
    "Pain was 1.5 mm higher (two-sided 95% CI −1.5 to 4.5), and the one-sided 95% upper confidence bound was 4.0 mm.",
    "The odds ratio was 0.72 (95% CI 0.60 to 0.86; 95% prediction interval 0.45 to 1.15).",
    "The posterior median difference was −2.4% (95% credible interval, −5.2 to 0.4), a 95% probability of any "
    "reduction.",
    "The relative risk was 1.5, and the 95% interval, running from 0.9 to 2.5, did not rule out no effect.",
    "The hazard ratio was 1.06, two-sided 95% CI 0.87–1.29. The upper limit remained under the margin of 1.38.",
    "Non-inferiority would be shown if the upper limit lay below the margin of 1.20; it was 1.06 (95% CI 0.87–1.29).",
    "The 90% CI (0.86–1.11) for the ratio fell within the bioequivalence limits of 0.80–1.25.",
    "Noise raised the risk (RR 1.80, 95% CI 1.40–2.31). The association was attenuated after we added income (RR "
    "1.44, P = "
    "0.01).",
    "In every one of the five strata the estimate lay below unity (0.71, 0.66, 0.92, 0.77 and 0.69).",
    "All confidence intervals excluded unity (OR 1.4, 95% CI 1.1–1.8; OR 1.6, 95% CI 1.2–2.1).",
    "Discrimination exceeded chance (AUC 0.71, 95% CI 0.63 to 0.79).",
    "Readers agreed (ICC [2,1] = 0.93; CI95 = 0.90, 0.95).",
    "The soil held P = 12 mg/kg and the radius was r = 4.2 cm.",
)


@pytest.mark.parametrize(("words", "roles"), READ)
def test_named_statistics_are_read(words: str, roles: list[str]) -> None:
    assert [t.role for t in statistics_told(words)] == roles


def test_a_role_that_comes_again_begins_a_new_group() -> None:
    groups = list(told_together("A (B = 0.2, SE = 0.1) and B (B = 0.5, SE = 0.2)"))
    assert [float(g["coefficient"].value) for g in groups] == [0.2, 0.5]


@pytest.mark.parametrize(("head", "role"), [("SE", "se"), ("Exp(B)", "ratio"), ("F (2, 57)", "f"), ("Age", None)])
def test_heads_of_columns_have_roles(head: str, role: str | None) -> None:
    assert role_of(head) == role


@pytest.mark.parametrize(("code", "text"), FOUND)
def test_found(code: str, text: str) -> None:
    assert code in found(text)


@pytest.mark.parametrize("text", ALONE)
def test_left_alone(text: str) -> None:
    assert found(text) == []


TABLE = (
    "A study of something in many people\n\nResults\n\nTable 4. Correlations of sleep with fatigue (n = 60)\n"
    "Measure\tFatigue\tSleepiness\nTime\t−0.38**\t−0.29*\nLatency\t0.34**\t{}\nWaking\t0.19\t0.24\n"
    "* P < 0.05, ** P < 0.01\n"
)


@pytest.mark.parametrize(("cell", "codes"), [("0.10**", ["P_OF_CORRELATION"]), ("0.10", [])])
def test_stars_of_correlations(cell: str, codes: list[str]) -> None:
    assert [f.code for f in judge(read_document("x", TABLE.format(cell)))] == codes
