"""Ratios, coefficients, changes and scores: for each code many rows that are found, and as many left alone."""

from __future__ import annotations

import math
from typing import Any

from in_memory import Row
from scipy import stats
from test_reported_check import change, drug, grades, usual, v, versus

INTERVALS = [("0.63", "0.41", "0.98"), ("1.52", "1.05", "2.20"), ("0.55", "0.34", "0.89"), ("2.40", "1.20", "4.80"),
             ("0.71", "0.52", "0.97"), ("1.90", "1.10", "3.28"), ("0.48", "0.25", "0.92"), ("3.10", "1.30", "7.39"),
             ("0.80", "0.66", "0.97"), ("1.35", "1.02", "1.79"), ("0.30", "0.12", "0.75"), ("1.21", "1.03", "1.42"),
             ("0.66", "0.45", "0.97"), ("2.05", "1.15", "3.65"), ("0.59", "0.36", "0.97"),
             ("1.75", "1.08", "2.84")]  # fmt: skip
COUNTS = [(12, 8), (3, 14), (15, 9), (25, 20), (1, 9), (27, 30), (5, 17), (18, 12), (6, 19), (22, 38), (9, 2),
(14, 31), (10, 5),
          (27, 24), (4, 16), (20, 33)]  # fmt: skip
LINES = [("0.52", "0.10", "0.94"), ("-0.31", "-0.60", "-0.02"), ("1.20", "0.30", "2.10"), ("0.08", "0.01", "0.15"),
         ("-2.4", "-4.5", "-0.3"), ("3.1", "0.4", "5.8"), ("0.90", "0.15", "1.65"), ("-0.74", "-1.40", "-0.08"),
         ("12.0", "3.0", "21.0"), ("0.33", "0.05", "0.61"), ("-5.0", "-9.2", "-0.8"), ("0.47", "0.12", "0.82"),
         ("2.2", "0.2", "4.2"), ("-1.10", "-1.95", "-0.25"), ("0.66", "0.09", "1.23"),
         ("7.5", "1.5", "13.5")]  # fmt: skip
FAR = [
    "0.62",
    "-0.12",
    "1.60",
    "0.04",
    "-1.1",
    "2.2",
    "1.30",
    "-0.30",
    "9.0",
    "0.50",
    "-2.0",
    "0.30",
    "3.3",
    "-1.60",
    "0.40",
    "11.0",
]


def ratio(estimate: str, lower: str, upper: str, name: str = "hazard_ratio", **more: Any) -> Row:
    """Give a ratio with its interval."""
    return (v(contrast="hazard", variable="death", **{name: estimate, "lower": lower, "upper": upper, **more}),)


def of_counts(a: int, b: int, value: str, name: str = "odds_ratio", **more: Any) -> Row:
    """Give counts of 30 and 40 patients and a ratio of them."""
    return drug("improved", count=a), usual("improved", count=b), versus("improved", **{name: value, **more})


def odds(a: int, b: int) -> float:
    """Give the crude odds ratio."""
    return a * (40 - b) / (b * (30 - a))


def risk(a: int, b: int) -> float:
    """Give the crude risk ratio."""
    return a / 30 / (b / 40)


def line(**numbers: Any) -> Row:
    """Give a line of the regression of the score on age and dose in 70 patients (67 df)."""
    return (v(contrast="model", variable="score", term="age", **numbers),)


def t_of(b: str, lower: str, upper: str) -> float:
    """Give t of a coefficient from the middle of its interval."""
    return (float(lower) + float(upper)) / 2 / ((float(upper) - float(lower)) / 2 / stats.t.ppf(0.975, 67))


def beta(b1: str, beta1: str, b2: str, beta2: str, **more: Any) -> Row:
    """Give B and beta of one term in two places."""
    return (*line(b=b1, beta=beta1, place="Text", test="regression"), *line(b=b2, beta=beta2, place="Table 3", **more))


def fitted(beta1: str, t: str, adjusted: str, **more: Any) -> Row:
    """Give beta with t of one line, and the adjusted R² of its model."""
    return (*line(b="0.52", beta=beta1, t=t, place="Table 3, row Age"),
            v(contrast="model", variable="score", adjusted_r_squared=adjusted, **more))  # fmt: skip


def visits(before: str, after: str, told_as: str, number: str, centre: str = "mean", **more: Any) -> Row:
    """Give the dose at two visits, and its change."""
    return (v(arm="drug", variable="dose", at="baseline", **{centre: before}),
            v(arm="drug", variable="dose", at="month-6", **{centre: after}),
            change("dose", **{told_as: number, **more}))  # fmt: skip


def total(first: str, second: str, both: str, **more: Any) -> Row:
    """Give two parts of a score, and their sum."""
    return drug("part-a", mean=first), drug("part-b", mean=second), drug("total", mean=both, **more)


def graded(counts: tuple[int, int, int], **summary: Any) -> Row:
    """Give how many patients have grade 0, 1, 2, and their median or quartiles."""
    return (*grades(counts), drug("grade", **summary))


def ranked(one: tuple[int, int, int], two: tuple[int, int, int], u: str, **more: Any) -> Row:
    """Give the grades of both arms, and U."""
    return (*grades(one), *(usual(f"grade-{g}", count=k) for g, k in enumerate(two)), versus("grade", u=u, **more))


def u_of(one: tuple[int, int, int], two: tuple[int, int, int]) -> float:
    """Give the smaller U of two groups with grades."""
    first = [g for g, k in enumerate(one) for _ in range(k)]
    second = [g for g, k in enumerate(two) for _ in range(k)]
    u = sum((x > y) + 0.5 * (x == y) for x in first for y in second)
    return min(u, len(first) * len(second) - u)


GRADES = [((10, 12, 8), (5, 15, 20)), ((30, 0, 0), (0, 0, 40)), ((15, 15, 0), (20, 20, 0)), ((8, 12, 10), (20, 15, 5)),
          ((0, 15, 15), (10, 10, 20)), ((20, 5, 5), (12, 14, 14)), ((10, 10, 10), (13, 13, 14)),
          ((1, 1, 28), (2, 2, 36)),
          ((28, 1, 1), (30, 5, 5)), ((12, 9, 9), (9, 13, 18)), ((5, 20, 5), (10, 20, 10)), ((7, 7, 16), (19, 11, 10)),
          ((0, 30, 0), (10, 20, 10)), ((25, 5, 0), (25, 15, 0)), ((3, 13, 14), (6, 17, 17))]  # fmt: skip

FOUND: dict[str, list[Row]] = {
    "RATIO_INTERVAL": [
        *(ratio(f"{math.exp(math.log(float(low)) * 0.2 + math.log(float(high)) * 0.8):.2f}", low, high)
          for _, low, high in INTERVALS),
        ratio("0.45", "0.41", "0.98"), ratio("0.91", "0.41", "0.98"), ratio("0.63", "0.41", "0.89"),
        ratio("0.45", "0.41", "0.98", "odds_ratio"), ratio("0.70", "0.41", "0.98", "risk_ratio"),
    ],
    "RATIO_OF_COUNTS": [
        *(of_counts(a, b, f"{odds(a, b) * 1.6:.2f}") for a, b in COUNTS[:9]),
        *(of_counts(a, b, f"{risk(a, b) * 1.5:.2f}", "risk_ratio") for a, b in COUNTS[9:]),
        of_counts(12, 8, "1.67"), of_counts(12, 8, "0.5"), of_counts(15, 20, "2.00"),
    ],
    "REGRESSION_INTERVAL": [line(b=far, lower=low, upper=high) for far, (_, low, high) in zip(FAR, LINES, strict=True)],
    "REGRESSION_T": [
        line(b=b, lower=low, upper=high, t=f"{t_of(b, low, high) * factor:.2f}")
        for (b, low, high), factor in zip(LINES, (1.3, 0.7) * 8, strict=True)
    ],
    "REGRESSION_BETA": [
        beta(b1, beta1, b2, beta2)
        for b1, beta1, b2, beta2 in (
            ("0.52", "0.30", "0.52", "0.42"), ("0.52", "0.30", "0.26", "0.30"), ("1.20", "0.25", "1.20", "0.52"),
            ("-0.31", "-0.20", "-0.31", "-0.40"), ("0.08", "0.11", "0.08", "0.31"), ("2.40", "0.50", "2.40", "0.25"),
            ("-5.0", "-0.61", "-5.0", "-0.16"), ("0.90", "0.33", "0.90", "0.03"), ("3.10", "0.44", "3.10", "0.55"),
            ("0.47", "0.22", "0.74", "0.22"), ("12.0", "0.35", "12.0", "0.53"), ("0.33", "0.15", "0.33", "0.51"),
            ("7.50", "0.28", "7.50", "0.82"), ("-1.10", "-0.36", "-1.10", "-0.63"), ("0.66", "0.19", "0.66", "0.91"),
        )
    ],
    "R_SQUARED": [
        fitted(beta1, t, adjusted)
        for beta1, t, adjusted in (
            ("0.10", "4.00", "0.20"), ("0.10", "3.50", "0.30"), ("0.12", "5.00", "0.10"), ("0.05", "2.50", "0.40"),
            ("0.08", "3.00", "0.50"), ("0.10", "2.80", "0.60"), ("0.15", "6.00", "0.25"), ("0.20", "7.00", "0.30"),
            ("-0.10", "-4.00", "0.20"), ("-0.12", "-3.90", "0.35"), ("0.06", "2.90", "0.15"), ("0.11", "4.40", "0.45"),
            ("0.09", "3.30", "0.55"), ("0.18", "6.50", "0.20"), ("0.04", "2.20", "0.30"),
        )
    ],
    "CHANGE_OF_VISITS": [
        *(visits("20.0", "12.5", "mean_change", number) for number in ("-9.5", "-5.7", "-12.5", "-75", "0.0", "-6.5")),
        *(visits("20.0", "12.5", "percent_reduction", number) for number in ("65", "62.5", "40", "7.5", "-37.5")),
        *(visits("20", "15", "change_of_medians", number, "median") for number in ("-2", "-9", "-10", "0")),
        visits("8.0", "10.5", "mean_change", "4.5"), visits("50", "10", "percent_reduction", "60"),
    ],
    "COMPONENTS": [
        total(*parts)
        for parts in (("3.2", "4.1", "8.3"), ("3.2", "4.1", "6.3"), ("3.2", "4.1", "7.5"), ("0.0", "0.0", "1.0"),
                      ("10", "10", "23"), ("3.25", "4.10", "7.25"), ("1.0", "2.0", "2.0"), ("5.5", "5.5", "10.0"),
                      ("0.10", "0.20", "0.50"), ("12.0", "3.4", "14.5"), ("7", "8", "17"), ("2.2", "2.2", "4.8"),
                      ("6.31", "1.07", "7.83"), ("9.9", "9.9", "18.9"), ("4.0", "0.0", "3.7"))
    ],
    "GRADES": [
        graded((10, 12, 8), median="2"), graded((10, 12, 8), median="0"),
        graded((10, 12, 8), median="1", q1="1", q3="2"),
        graded((20, 5, 5), median="1"), graded((20, 5, 5), median="2"), graded((0, 10, 20), median="1"),
        graded((0, 0, 30), median="1"), graded((30, 0, 0), median="1"), graded((10, 12, 8), median="1.5"),
        graded((14, 2, 14), median="0"), graded((14, 2, 14), median="2"), graded((5, 20, 5), q1="0"),
        graded((5, 20, 5), median="1", q1="1", q3="2"), graded((25, 5, 0), median="0", q1="0", q3="1"),
        graded((3, 3, 24), median="2", q1="0", q3="2"),
    ],
    "U_OF_GRADES": [ranked(one, two, f"{u_of(one, two) + (90 if u_of(one, two) < 400 else -90):g}") for one,
    two in GRADES],
}  # fmt: skip
LEFT_ALONE: dict[str, list[Row]] = {
    "RATIO_INTERVAL": [
        *(ratio(*one) for one in INTERVALS), ratio("0.63", "0.41", "0.98", "odds_ratio"),
        ratio("0.63", "0.41", "0.98", "risk_ratio"),
        ratio("0.45", "0.41", "0.98", ci_method="profile likelihood"),
        ratio("0.45", "0.41", "0.98", ci_method="bootstrap"),
        ratio("0.45", "0.41", "0.98", ci_method="exact"), ratio("0.6", "0.4", "1.0"), ratio("1", "0.5", "2"),
    ],
    "RATIO_OF_COUNTS": [
        *(of_counts(a, b, f"{odds(a, b):.2f}") for a, b in COUNTS[:9]),
        *(of_counts(a, b, f"{risk(a, b):.2f}", "risk_ratio") for a, b in COUNTS[9:]),
        of_counts(12, 8, "1.67", adjustment="two"), of_counts(12, 8, "2.7"),
        (*of_counts(12, 8, "2.67")[:2], v(contrast="adjusted", variable="improved", at="baseline", odds_ratio="1.67")),
        (*of_counts(12, 8, "2.67")[:1], *of_counts(12, 8, "1.67")[2:]), of_counts(0, 8, "0.00"),
    ],
    "REGRESSION_INTERVAL": [
        *(line(b=b, lower=low, upper=high) for b, low, high in LINES),
        line(b="0.62", lower="0.10", upper="0.94", ci_method="bootstrap"),
        line(b="0.62", lower="0.10", upper="0.94", ci_method="BCa bootstrap"), line(b="0.5", lower="0.1", upper="0.9"),
        line(b="0.53", lower="0.1", upper="0.9"), line(b="0.62"),
    ],
    "REGRESSION_T": [
        *(line(b=b, lower=low, upper=high, t=f"{t_of(b, low, high):.2f}") for b, low, high in LINES),
        line(b="0.52", lower="0.10", upper="0.94", t="2.5"),
        line(b="0.52", lower="0.10", upper="0.94", t="3.9", ci_method="bootstrap"),
        line(b="0.52", t="2.60"),
    ],
    "REGRESSION_BETA": [
        beta("0.52", "0.30", "0.52", "0.30"), beta("0.52", "0.30", "0.52", "0.302"),
        beta("0.52", "0.3", "0.52", "0.30"),
        beta("-0.31", "-0.20", "-0.31", "-0.20"), beta("1.20", "0.25", "1.2", "0.25"),
        beta("5.0", "0.61", "5.0", "0.61"),
        beta("0.08", "0.11", "0.08", "0.11"), beta("0.90", "0.33", "0.90", "0.33"), beta("12", "0.35", "12", "0.35"),
        beta("0.52", "0.30", "0.52", "0.42", population="completers"), line(b="0.52", beta="0.30"), line(beta="0.30"),
        (*line(b="0.52", beta="0.30"), v(contrast="model", variable="score", term="dose", b="0.52", beta="0.42")),
        (*line(b="0.52", beta="0.30"), *line(b="0.52", beta="0.42", category="men")),
        (*line(b="0.52", beta="0.30", place="Text"), *line(b="0.52", place="Table 3")),
        (*line(b="0.52", beta="0.30", place="Text"), *line(beta="0.30", place="Table 3")),
    ],
    "R_SQUARED": [
        *(fitted(beta1, t, adjusted) for beta1, t, adjusted in (
            ("0.45", "4.00", "0.20"), ("0.40", "3.50", "0.20"), ("0.42", "3.90", "0.25"), ("0.30", "2.80", "0.25"),
            ("-0.45", "-4.00", "0.20"), ("0.25", "2.20", "0.08"), ("0.50", "5.00", "0.30"), ("0.60", "7.00", "0.52"),
            ("0.35", "3.10", "0.15"), ("0.55", "5.50", "0.30"), ("0.48", "4.60", "0.28"), ("0.33", "3.00", "0.18"),
        )),
        fitted("0.10", "4.00", "0.20", population="completers"),
        (v(contrast="model", variable="score", adjusted_r_squared="0.20"),), line(b="0.52", beta="0.10", t="4.00"),
        (v(contrast="model", variable="score", adjusted_r_squared="-0.01"),),
    ],
    "CHANGE_OF_VISITS": [
        *(visits("20.0", "12.5", "mean_change", number) for number in ("-7.5", "-7.4", "-7.6", "-8", "-7.50")),
        *(visits("20.0", "12.5", "percent_reduction", number) for number in ("37.5", "38", "37", "37.4")),
        *(visits("20", "15", "change_of_medians", number, "median") for number in ("-5", "-5.5", "-4.5")),
        visits("20", "15", "median_change", "-2", "median"),
        visits("20.0", "12.5", "mean_change", "-9.5", population="completers"),
        visits("20.0", "12.5", "mean_change", "-9.5")[:1], visits("8.0", "10.5", "mean_change", "2.5"),
        visits("20.0", "20.0", "mean_change", "0.0"), visits("20.0", "12.5", "median_change", "-9.5"),
    ],
    "COMPONENTS": [
        *(total(*parts) for parts in (("3.2", "4.1", "7.3"), ("3.2", "4.1", "7.4"), ("3.2", "4.1", "7.2"),
        ("0.0", "0.0", "0.0"),
                                      ("10", "10", "21"), ("3.25", "4.10", "7.35"), ("1.0", "2.0", "3"),
                                      ("5.5", "5.5", "11.0"),
                                      ("0.10", "0.20", "0.30"), ("12.0", "3.4", "15.4"))),
        total("3.2", "4.1", "8.3", population="completers"), total("3.2", "4.1", "8.3")[1:],
        (*total("3.2", "4.1", "8.3")[:2], drug("total", median="8.3")),
        (*total("3.2", "4.1", "8.3")[:2], v(arm="drug", variable="total", at="month-6", mean="8.3")),
        (*total("3.2", "4.1", "8.3")[:2], usual("total", mean="8.3")), (drug("total", mean="8.3"),),
    ],
    "GRADES": [
        graded((10, 12, 8), median="1", q1="0", q3="2"), graded((20, 5, 5), median="0"),
        graded((0, 10, 20), median="2"),
        graded((0, 0, 30), median="2", q1="2", q3="2"), graded((30, 0, 0), median="0", q1="0", q3="0"),
        graded((15, 15, 0), median="0.5"), graded((14, 2, 14), median="1"),
        graded((5, 20, 5), median="1", q1="1", q3="1"),
        graded((25, 5, 0), median="0", q1="0", q3="0"), graded((3, 3, 24), median="2", q1="2", q3="2"),
        (*grades((10, 12, 8)), usual("grade", median="2")), (*grades((10, 12, 8))[:2], drug("grade", median="2")),
        (*grades((10, 12, 8)), v(arm="drug", variable="grade", at="month-6", median="2")),
        graded((10, 12, 8), median="<2"), (*grades((10, 12, 8)), drug("grade", mean="0.9")), grades((10, 12, 8)),
    ],
    "U_OF_GRADES": [
        *(ranked(one, two, f"{u_of(one, two):g}") for one, two in GRADES),
        ranked(*GRADES[0], f"{1200 - u_of(*GRADES[0]):g}"),
        (*grades((10, 12, 8)), versus("grade", u="310")), (versus("grade", u="310"),),
    ],
}  # fmt: skip
