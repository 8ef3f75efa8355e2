"""P values against the numbers printed with them: for each code many rows that are found, and as many left alone.

What is right is computed here by SciPy, by every test that a paper could have used, and printed with three decimals.
What is wrong has its decimal point one place off, or is a bound that does not hold.
"""

from __future__ import annotations

import math
from typing import Any

from in_memory import Row
from scipy import stats
from test_reported_check import change, drug, usual, v, versus

COUNTS = [(12, 8), (3, 14), (15, 9), (25, 20), (1, 9), (30, 28), (0, 7), (18, 12), (6, 19), (22, 38), (9, 2), (14, 31),
          (10, 5), (27, 24), (4, 16), (20, 33)]  # fmt: skip
MEANS = [(50.1, 9.8, 55.9, 11.2), (12.4, 3.1, 14.0, 2.9), (101, 15, 92, 14), (6.2, 1.1, 6.9, 1.4),
(33.0, 7.0, 37.5, 7.7),
         (1.52, 0.30, 1.36, 0.33), (250, 60, 285, 71), (71.2, 8.8, 66.1, 10.4), (0.91, 0.12, 0.99, 0.18),
         (45, 12, 38, 13), (28.1, 4.0, 26.2, 4.4), (5.5, 2.2, 4.3, 2.4), (88, 20, 76, 22), (19.0, 3.3, 21.0, 3.6),
         (140, 18, 131, 17), (63.4, 9.1, 58.7, 9.9)]  # fmt: skip
US = [420, 431, 440, 402, 455, 460, 380, 395, 410, 425, 350, 470, 448, 366, 415, 780]
RHOS = [0.30, 0.25, -0.41, 0.36, -0.28, 0.33, 0.45, -0.27, 0.52, 0.29, -0.38, 0.31, 0.26, -0.35, 0.40, 0.24]
SIZES = [0.47, 0.41, 0.52, 0.38, 0.55, 0.44, 0.36, 0.49, 0.60, 0.42, 0.39, 0.58, 0.46, 0.50, 0.43, 0.40]
LINES = [(0.52, 0.10, 0.94), (-0.31, -0.60, -0.02), (1.20, 0.30, 2.10), (0.08, 0.01, 0.15), (-2.4, -4.5, -0.3),
         (3.1, 0.4, 5.8), (0.90, 0.15, 1.65), (-0.74, -1.40, -0.08), (12.0, 3.0, 21.0), (0.33, 0.05, 0.61),
         (-5.0, -9.2, -0.8), (0.47, 0.12, 0.82), (2.2, 0.2, 4.2), (-1.10, -1.95, -0.25), (0.66, 0.09, 1.23),
         (7.5, 1.5, 13.5)]  # fmt: skip
TS = [2.10, 2.45, 2.81, 2.02, 3.05, 2.66, 1.99, 2.33, 2.95, 2.20, 2.50, 2.75, 2.07, 3.20, 2.60, 2.25]
CHIS = [(3.84, 1), (5.41, 1), (6.70, 1), (4.20, 1), (7.90, 2), (9.30, 3), (6.10, 2), (8.00, 1)]
ZS = [2.58, 2.10, 1.97, 2.33, 2.81, 3.02, 2.20, 2.45]
RATIOS = [(0.63, 0.41, 0.98), (1.52, 1.05, 2.20), (0.55, 0.34, 0.89), (2.40, 1.20, 4.80), (0.71, 0.52, 0.97),
(1.90, 1.10, 3.28),
          (0.48, 0.25, 0.92), (3.10, 1.30, 7.39), (0.80, 0.66, 0.97), (1.35, 1.02, 1.79), (0.30, 0.12, 0.75),
          (1.21, 1.03, 1.42),
          (0.66, 0.45, 0.97), (2.05, 1.15, 3.65), (0.59, 0.36, 0.97), (1.75, 1.08, 2.84)]  # fmt: skip


def out(p: float) -> str:
    """Print a P value."""
    return "<0.001" if p < 0.0005 else f"{p:.3f}"


def off(p: float) -> str:
    """Print a P value with its decimal point one place off."""
    return f"{p * 10:.3f}" if p < 0.095 else f"{p / 10:.4f}"


def counted(a: int, b: int, p: str, **more: Any) -> Row:
    """Give counts of 30 and 40 patients and a P value."""
    return drug("improved", count=a), usual("improved", count=b), versus("improved", p=p, **more)


def of_counts(a: int, b: int) -> list[float]:
    """Give P by Pearson, Yates and Fisher."""
    table = [[a, b], [30 - a, 40 - b]]
    pearson, yates = (stats.chi2_contingency(table, correction=c)[1] for c in (False, True))
    return [pearson, yates, stats.fisher_exact(table)[1]]


def means(m1: float, s1: float, m2: float, s2: float, p: str, test: str = "Student's t", **more: Any) -> Row:
    """Give means and SDs of 30 and 40 patients and a P value."""
    return drug("age", mean=str(m1), sd=str(s1)), usual("age", mean=str(m2), sd=str(s2)), versus("age", p=p, test=test,
                                                                                                  **more)  # fmt: skip


def of_means(m1: float, s1: float, m2: float, s2: float, *, equal: bool) -> float:
    """Give P by Student or Welch."""
    return float(stats.ttest_ind_from_stats(m1, s1, 30, m2, s2, 40, equal_var=equal).pvalue)


def ranks(u: float, p: str, **more: Any) -> Row:
    """Give a Mann-Whitney U of 30 and 40 patients and a P value."""
    return (versus("age", u=str(u), p=p, **{"test": "Mann-Whitney U", **more}),)


def of_ranks(u: float, correction: float = 0) -> float:
    """Give P of a U without ties."""
    return float(2 * stats.norm.sf((abs(u - 600) - correction) / math.sqrt(30 * 40 * 71 / 12)))


def correlated(r: float, p: str, **more: Any) -> Row:
    """Give a rank correlation of 70 patients."""
    return (v(contrast="correlation", variable="age", **{"with": "dose"}, rho=f"{r:.2f}", p=p, **more),)


def of_rho(r: float, n: int = 70) -> float:
    """Give P of a correlation."""
    return float(2 * stats.t.sf(abs(r) * math.sqrt((n - 2) / (1 - r * r)), n - 2))


def changed(r: float, p: str, **more: Any) -> Row:
    """Give the effect size of a change in 30 patients."""
    return (change("score", p=p, effect_size=f"{r:.2f}", **more),)


def of_size(r: float, n: int = 30) -> float:
    """Give P of Z = r times the square root of n."""
    return float(2 * stats.norm.sf(r * math.sqrt(n)))


def line(b: float, low: float, high: float, p: str, **more: Any) -> Row:
    """Give a coefficient of the regression in 70 patients with two covariates."""
    return (v(contrast="model", variable="score", term="age", b=str(b), lower=str(low), upper=str(high), p=p, **more),)


def of_line(b: float, low: float, high: float) -> float:
    """Give P of a coefficient, its middle taken for the estimate."""
    t = (low + high) / 2 / ((high - low) / 2 / stats.t.ppf(0.975, 67))
    return float(2 * stats.t.sf(abs(t), 67))


def hazard(e: float, low: float, high: float, p: str, **more: Any) -> Row:
    """Give a hazard ratio with its interval and a P value."""
    value = {"hazard_ratio": f"{e:.2f}", "lower": f"{low:.2f}", "upper": f"{high:.2f}", "p": p}
    return (v(contrast="hazard", variable="death", **value, **more),)


def of_hazard(e: float, low: float, high: float) -> float:
    """Give P of a ratio by its interval."""
    return float(2 * stats.norm.sf(abs(math.log(e)) / (math.log(high / low) / 2 / stats.norm.ppf(0.975))))


def shares(one: str, two: str, p: str, **more: Any) -> Row:
    """Give percentages out of nobody knows how many."""
    unknown = {"denominator": "unknown"}
    return (drug("improved", percent=one, **unknown), usual("improved", percent=two, **unknown),
            versus("improved", p=p, **more))  # fmt: skip


def stated(bound: str, *each: str, **more: Any) -> Row:
    """Give a P stated for several variables, and the P of each."""
    names = ["age", "dose", "esr", "crp"][: len(each)]
    single = (versus(name, p=p) for name, p in zip(names, each, strict=True))
    return (*single, v(**{"contrast": "versus", "variables": names, "at": "baseline", "p": bound, **more}))


FOUND: dict[str, list[Row]] = {
    "P_OF_COUNTS": [
        *(counted(a, b, off(of_counts(a, b)[0])) for a, b in COUNTS if of_counts(a, b)[0] > 0.002),
        counted(12, 8, "<0.01"), counted(12, 8, "0.034"), counted(12, 9, ">0.5"),
        counted(3, 14, "0.9", test="chi-square"),
        counted(10, 10, "0.001", test="Fisher's exact test"), counted(0, 0, "0.03"), counted(30, 40, "0.5"),
        counted(0, 12, "0.40"),
    ],
    "P_OF_MEANS": [
        *(means(*m, off(of_means(*m, equal=True))) for m in MEANS if of_means(*m, equal=True) > 0.002),
        means(*MEANS[0], ">0.05"), means(*MEANS[0], "0.300", test="Welch's t test"), means(50, 10, 50, 10, "0.01"),
    ],
    "P_OF_RANKS": [
        *(ranks(u, f"{min(0.999, of_ranks(u) * 4):.3f}") for u in US if of_ranks(u) < 0.2),
        ranks(1300, "0.33"), ranks(1201, "0.001"), ranks(500, ">0.5"), ranks(420, "0.33", test="Wilcoxon rank-sum"),
    ],
    "P_OF_CORRELATION": [
        *(correlated(r, off(of_rho(r))) for r in RHOS if of_rho(r) > 0.002),
        correlated(0.30, "<0.001"), correlated(0.30, ">0.05"), correlated(0.0, "0.010"), correlated(0.5, "0.2"),
        correlated(0.30, "0.2", analysed="60"),
    ],
    "P_OF_CHANGE": [
        *(changed(r, off(of_size(r))) for r in SIZES if of_size(r) > 0.002),
        changed(0.30, "<0.001"), changed(0.30, "0.001"), changed(0.60, ">0.05"), changed(0.47, "0.9"),
        changed(0.05, "0.01"),
        changed(0.60, "0.3", analysed="28"),
    ],
    "P_OF_REGRESSION": [
        *(line(*b, off(of_line(*b))) for b in LINES if of_line(*b) > 0.002),
        line(0.52, 0.10, 0.94, ">0.05"), line(0.52, 0.10, 0.94, "<0.001"),
    ],
    "P_OF_STATISTIC": [
        *((versus("age", t=str(t), p=off(2 * stats.t.sf(t, 68)), test="t test"),) for t in TS[:8]),
        *((versus("improved", chi2=str(x), df=str(df), p=off(stats.chi2.sf(x, df))),) for x, df in CHIS),
        *((change("score", z=str(z), p=off(2 * stats.norm.sf(z))),) for z in ZS if stats.norm.sf(z) > 0.002),
    ],
    "P_OF_PERCENTAGES": [
        shares(one, two, p)
        for one, two, p in (("67", "35", "0.0002"), ("50", "45", "0.001"), ("60", "55", "<0.001"),
        ("30", "25", "0.002"),
                            ("80", "70", "0.0005"), ("20", "15", "0.003"), ("90", "80", "<0.001"), ("10", "5", "0.001"),
                            ("33.3", "27.5", "0.004"), ("46.7", "40.0", "0.003"), ("70.0", "60.0", "0.001"),
                            ("55", "40", "0.0001"), ("65", "50", "0.0001"), ("26.7", "20.0", "0.002"),
                            ("40.0", "32.5", "<0.001"), ("76.7", "70.0", "0.001"))
    ],
    "P_STATED": [
        stated(">0.05", "0.30", "0.02"), stated(">0.05", "0.02", "0.30"), stated(">0.05", "0.049", "0.30"),
        stated("<0.05", "0.03", "0.30"), stated("<0.05", "0.01", "0.02", "0.06"), stated("<0.001", "0.0004", "0.002"),
        stated(">0.1", "0.08", "0.5"), stated(">0.05", "<0.001", "0.30"), stated(">0.05", "0.30", "<0.05"),
        stated("<0.05", "0.03", ">0.05"), stated(">0.05", "0.1", "0.2", "0.3", "0.01"), stated("≥0.05", "0.04", "0.9"),
        stated("≤0.01", "0.004", "0.02"), stated(">0.5", "0.6", "0.4"), stated("<0.01", "0.011", "0.002"),
        stated(">0.05", "0.000", "0.9"),
    ],
    "RATIO_P": [
        *(hazard(*r, off(of_hazard(*r))) for r in RATIOS), hazard(0.63, 0.41, 0.98, "0.050"),
        hazard(0.63, 0.41, 0.98, "0.004"),
        hazard(0.63, 0.41, 0.98, "<0.001"), hazard(0.64, 0.33, 1.22, "<0.05"), hazard(0.63, 0.41, 0.98, ">0.1"),
    ],
}  # fmt: skip
LEFT_ALONE: dict[str, list[Row]] = {
    "P_OF_COUNTS": [
        *(counted(a, b, out(of_counts(a, b)[i % 3])) for i, (a, b) in enumerate(COUNTS)),
        counted(12, 8, ">0.05"), counted(12, 8, "0.07"), counted(12, 8, "0.1"), counted(12, 8, "0.541", test="McNemar"),
        counted(12, 8, "0.541", test="chi-square for trend"), counted(12, 8, "0.034", test="Fisher's exact, one-sided"),
        counted(12, 8, "0.541", adjustment="weighted", test="weighted"),
        counted(10, 13, "1.000", test="Fisher's exact"),
        (drug("improved", count=12), versus("improved", p="0.541")), counted(0, 0, "1.000"), counted(30, 40, "1.00"),
        counted(0, 0, ">0.05"), counted(0, 0, "0.999"),
    ],
    "P_OF_MEANS": [
        *(means(*m, out(of_means(*m, equal=True))) for m in MEANS[::2]),
        *(means(*m, out(of_means(*m, equal=False))) for m in MEANS[1::2]),
        means(*MEANS[0], "0.270", test="unknown"), means(*MEANS[0], "0.270", test="Mann-Whitney U or Student's t"),
        means(*MEANS[0], "0.270", test="ANCOVA"), means(*MEANS[0], "<0.05"), means(*MEANS[0], "0.03"),
        (drug("age", mean="50.1", sd="9.8"), versus("age", p="0.270", test="Student's t")),
    ],
    "P_OF_RANKS": [
        *(ranks(u, out(of_ranks(u))) for u in US[::2]), *(ranks(u, out(of_ranks(u, 0.5))) for u in US[1::2]),
        ranks(420, "0.002"), ranks(420, "<0.05"), ranks(600, "1.00"),
        ranks(420, "<0.001"), ranks(780, "0.03"),
    ],
    "P_OF_CORRELATION": [
        *(correlated(r, out(of_rho(r))) for r in RHOS), correlated(0.30, "0.01"), correlated(0.30, "<0.05"),
        correlated(0.30, "0.040", analysed="47"), correlated(0.0, "1.00"),
        correlated(0.30, "0.3", population="survivors"),
    ],
    "P_OF_CHANGE": [
        *(changed(r, out(of_size(r))) for r in SIZES), changed(0.47, "0.01"), changed(0.33, "0.010"),
         # over both visits
        changed(0.47, "<0.05"), (change("score", p="0.010"),), (change("score", effect_size="0.30"),),
    ],
    "P_OF_REGRESSION": [
        *(line(*b, out(of_line(*b))) for b in LINES), line(0.52, 0.10, 0.94, "0.16", ci_method="bootstrap"),
        line(0.52, 0.10, 0.94, "<0.05"), line(0.52, 0.10, 0.94, "0.02"), line(0.52, -0.10, 1.14, ">0.05"),
    ],
    "P_OF_STATISTIC": [
        *((versus("age", t=str(t), p=out(2 * stats.t.sf(t, 68)), test="t test"),) for t in TS),
        *((versus("improved", chi2=str(x), df=str(df), p=out(stats.chi2.sf(x, df))),) for x, df in CHIS),
        *((change("score", z=str(z), p=out(2 * stats.norm.sf(z))),) for z in ZS),
        (change("score", z="-2.58", p="0.010"),), (versus("age", t="0.00", p="1.00", test="t test"),),
        (versus("age", t="-2.10", p="0.04", test="t test"),),
    ],
    "P_OF_PERCENTAGES": [
        shares(one, two, p)
        for one, two, p in (("67", "35", "0.02"), ("67", "35", "0.01"), ("50", "45", "0.70"), ("50", "45", ">0.05"),
                            ("60", "55", "0.68"), ("80", "70", "0.34"), ("90", "50", "<0.001"), ("90", "50", "0.0005"),
                            ("100", "0", "<0.001"), ("33.3", "27.5", "0.60"), ("46.7", "40.0", "0.58"),
                            ("70.0", "60.0", "0.39"), ("10", "5", "0.42"), ("40.0", "32.5", "0.52"),
                            ("50", "50", "1.00"))
    ] + [shares("67", "35", "0.0002", test="weighted", adjustment="weighted")],
    "P_STATED": [
        stated(">0.05", "0.30", "0.20"), stated(">0.05", "0.06", "0.07"), stated(">0.05", "0.05", "0.9"),
        stated("<0.05", "0.03", "0.01"), stated("<0.05", "<0.001", "0.049"), stated("<0.05", "0.05", "0.01"),
        stated("<0.001", "<0.001", "0.0004"), stated("<0.001", "0.001", "<0.001"), stated(">0.05", ">0.05", ">0.1"),
        stated(">0.05", ">0.05", "0.3"), stated("≥0.05", "0.05", "0.9"), stated("≤0.01", "0.01", "0.002"),
        stated(">0.05", "0.1", "0.2", "0.3", "0.4"), stated("0.05", "0.30", "0.20"),
        stated(">0.05", "0.30", "0.02", at="month-6"), (v(contrast="versus", variables=["age", "dose"], p=">0.05"),),
    ],
    "RATIO_P": [
        *(hazard(*r, out(of_hazard(*r))) for r in RATIOS), hazard(0.63, 0.41, 0.98, "0.04"),
        hazard(0.63, 0.41, 0.98, "<0.05"),
        hazard(0.64, 0.33, 1.22, ">0.05"), hazard(0.63, 0.32, 1.25, "0.08", level="99"),
        (*hazard(0.63, 0.41, 0.98, "0.04"),
         v(contrast="hazard", variable="death", p="0.2", test="log-rank", place="Text", population="men")),
    ],
}  # fmt: skip
