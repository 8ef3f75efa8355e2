"""Order, range and granularity: for each code many rows that are found, and as many left alone.

Means, SDs and shares of whole numbers were found by listing every set of whole numbers, or left out by it.
"""

from __future__ import annotations

from typing import Any

from in_memory import Row


def drug(variable: str, **numbers: Any) -> Row:
    """Give a value of the 30 treated patients."""
    return ({"arm": "drug", "variable": variable, "at": "baseline", **numbers},)


def score(**numbers: Any) -> Row:
    """Give a score from 0 to 20 in whole numbers."""
    return drug("score", **numbers)


def of(n: int, mean: str, sd: str | None = None, **more: Any) -> Row:
    """Give mean and SD of the score in n patients."""
    return score(mean=mean, **({} if sd is None else {"sd": sd}), analysed=str(n), **more)


def response(n: int, mean: str, sd: str, **more: Any) -> Row:
    """Give mean and SD of zeros and ones in n patients."""
    return drug("responder", mean=mean, sd=sd, analysed=str(n), **more)


def extremes(mean: str, sd: str, least: str, most: str, n: int = 30, **more: Any) -> Row:
    """Give mean and SD with the lowest and the highest value."""
    return drug("age", mean=mean, sd=sd, minimum=least, maximum=most, analysed=str(n), **more)


def versus(variable: str, **numbers: Any) -> Row:
    """Give a comparison of both arms."""
    return ({"contrast": "versus", "variable": variable, "at": "baseline", **numbers},)


def model(**numbers: Any) -> Row:
    """Give a line of a regression."""
    return ({"contrast": "model", "variable": "score", "term": "age", **numbers},)


def change(**numbers: Any) -> Row:
    """Give a change of the dose."""
    return ({"contrast": "change", "variable": "dose", **numbers},)


def rho(number: str, **more: Any) -> Row:
    """Give a correlation."""
    return ({"contrast": "correlation", "variable": "age", "with": "dose", "rho": number, **more},)


def labelled(label: str, **numbers: Any) -> Row:
    """Give a value with the label it has in print."""
    return drug("age", label=label, **numbers)


MEAN = {"mean": "51.2", "sd": "9.8"}
MEDIAN = {"median": "51", "q1": "40", "q3": "60"}

FOUND: dict[str, list[Row]] = {
    "NUMBER_IMPOSSIBLE": [
        versus("age", p="1.2"), versus("age", p="-0.03"), versus("age", p="5"), versus("age", p="1.01"), rho("1.40"),
        rho("-1.2"), rho("1.01"), change(effect_size="1.30"), model(adjusted_r_squared="1.20"),
        drug("improved", percent="101"),
        drug("improved", percent="-5.0"), drug("age", mean="50", sd="-3"), drug("age", mean="50", se="-1"),
        drug("improved", count="12.5"), drug("improved", count="-1"), drug("improved", of="29.5", count="3"),
        drug("age", mean="50", analysed="12.5"), versus("death", hazard_ratio="-0.40"),
        versus("death", odds_ratio="-1"),
        versus("improved", chi2="-2.1"), versus("age", u="-5"), change(percent_reduction="120"),
    ],
    "OUTSIDE_INSTRUMENT": [
        score(median="-3"), score(median="21"), score(mean="20.6"), score(mean="20.4"), score(mean="-0.4"),
        score(minimum="-1"), score(maximum="21"), score(q1="-2", median="4", q3="6"),
        score(q1="2", median="4", q3="26"),
        score(centre="25"), score(minimum="0", maximum="40"), score(mean="96"), drug("responder", mean="1.2"),
        drug("responder", mean="-0.1"), drug("total", mean="-1"), drug("total", median="-2", q1="-4", q3="0"),
        score(median="20.6"), score(maximum="100", minimum="0"),
    ],
    "OUT_OF_ORDER": [
        drug("dose", median="18", q1="21", q3="12"), drug("dose", median="8", q1="12", q3="21"),
        drug("dose", median="25", q1="12", q3="21"), drug("dose", q1="21", q3="12"),
        drug("dose", minimum="9", maximum="4"),
        drug("dose", minimum="9", q1="4", q3="12"), drug("dose", median="18", maximum="12"),
        drug("age", mean="16", minimum="18", maximum="70"), drug("age", mean="72", minimum="18", maximum="70"),
        drug("age", centre="12", minimum="18", maximum="70"),
        versus("death", hazard_ratio="0.63", lower="0.98", upper="0.41"),
        versus("death", hazard_ratio="1.63", lower="0.41", upper="0.98"),
        versus("death", odds_ratio="0.30", lower="0.41", upper="0.98"),
        versus("death", risk_ratio="0.63", lower="0.70", upper="0.98"), model(b="0.62", lower="-0.10", upper="0.31"),
        change(median_change="-4", lower="-2", upper="0"), change(mean_change="3.0", lower="-2.0", upper="0.0"),
        drug("age", mean="61.0", lower="48.2", upper="52.2"),
        drug("improved", percent="60.0", lower="22.6", upper="57.4"),
        rho("0.60", lower="0.10", upper="0.45"), drug("dose", median="13", lower="15", upper="19"),
    ],
    "LABEL_CONTRADICTS": [
        labelled("Age, median (IQR)", **MEAN), labelled("Median age", **MEAN), labelled("Age (IQR)", **MEAN),
        labelled("MEDIAN [IQR]", **MEAN), labelled("Age, years, median (range)", **MEAN),
        labelled("median; SD", **MEAN),
        labelled("Age, median (Q1, Q3)", **MEAN), labelled("Age, median ± IQR", **MEAN),
        labelled("Age, mean ± SD", **MEDIAN),
        labelled("Mean age", **MEDIAN), labelled("Age, Mean (S.D.)", **MEDIAN), labelled("Age (s.d.)", **MEDIAN),
        labelled("mean", median="51"), labelled("Mean (SD)", median="51", minimum="20", maximum="80"),
        labelled("Age at entry, mean (SD), years", **MEDIAN),
    ],
    "GRIM": [
        *(of(n, mean) for n, mean in ((28, "4.95"), (28, "6.60"), (7, "11.33"), (7, "5.16"), (8, "7.68"), (8, "11.93"),
                                      (11, "4.70"), (12, "3.02"), (13, "7.93"), (19, "5.43"), (21, "10.61"),
                                      (30, "14.74"), (40, "4.26"), (70, "2.88"), (97, "4.17"))),
        of(3, "4.5"), of(3, "6.26"), drug("visits", mean="5.19", analysed="28"),
        ({"arm": "mild", "variable": "visits", "mean": "5.19"},),
    ],
    "GRIMMER": [
        *(of(n, mean, sd) for n, mean, sd in (
            (4, "4.00", "1.79"), (4, "3.25", "1.34"), (4, "7.00", "1.55"), (4, "6.75", "0.73"), (5, "2.20", "0.81"),
            (5, "3.20", "0.64"), (5, "8.60", "0.67"), (5, "8.20", "1.28"), (6, "2.33", "1.55"), (6, "2.17", "0.72"),
            (6, "3.83", "2.09"), (6, "7.67", "2.10"), (7, "2.14", "0.76"), (7, "2.71", "1.56"), (7, "5.71", "0.62"),
            (8, "8.00", "1.48"), (8, "3.00", "0.95"),
        )),
        score(mean="5.20", sd="2.13"),
    ],
    "DEBIT": [
        response(n, mean, sd)
        for n, mean, sd in ((30, "0.40", "0.47"), (30, "0.10", "0.28"), (8, "0.12", "0.30"), (10, "0.50", "0.48"),
                            (25, "0.80", "0.38"), (40, "0.97", "0.14"), (12, "0.50", "0.45"), (6, "0.33", "0.40"),
                            (9, "0.33", "0.44"), (16, "0.50", "0.40"), (20, "0.50", "0.45"), (50, "0.50", "0.40"),
                            (15, "0.07", "0.10"), (30, "0.4", "0.4"), (5, "0.60", "0.20"), (30, "0.20", "0.00"))
    ],
    "SD_IMPOSSIBLE": [
        score(mean="10.0", sd="10.5"), score(mean="2.0", sd="6.9"), score(mean="18.0", sd="6.9"),
        score(mean="10", sd="12"),
        score(mean="0.0", sd="3.0"), score(mean="20.0", sd="3.0"), score(mean="5.0", sd="25.0"),
        response(30, "0.50", "0.60"),
        response(30, "0.10", "0.40"), of(2, "10.0", "15.0"), extremes("50.0", "40.0", "20", "80"),
        extremes("30.0", "28.0", "20", "80"), extremes("79.0", "20.0", "20", "80"), extremes("50.0", "1.8", "20", "80"),
        extremes("50.0", "0.0", "49", "52"), extremes("50.0", "7.0", "20", "80"), extremes("45", "2", "30", "90", 12),
        extremes("50.0", "29.0", "20", "80", 2), extremes("5.00", "0.10", "1.00", "9.00"),
    ],
    "SUMMARY_IMPOSSIBLE": [
        score(median=median, q1=q1, q3=q3, analysed=str(n))
        for n, median, q1, q3 in ((30, "8.25", "4", "12"), (30, "8.75", "4", "12"), (30, "8.3", "4", "12"),
                                  (30, "8.1", "4", "12"), (30, "0.25", "0", "2"), (28, "19.75", "18", "20"),
                                  (40, "7.4", "5", "10"), (31, "8.5", "4", "12"), (7, "8.5", "4", "12"),
                                  (9, "3.5", "2", "6"), (5, "10.5", "9", "12"), (11, "0.5", "0", "1"),
                                  (15, "19.5", "18", "20"), (21, "6.25", "4", "9"), (97, "12.5", "10", "15"),
                                  (12, "9.33", "7", "11"))
    ],
}  # fmt: skip
LEFT_ALONE: dict[str, list[Row]] = {
    "NUMBER_IMPOSSIBLE": [
        versus("age", p="1.0"), versus("age", p="1.00"), versus("age", p="0.000"), versus("age", p="<0.001"),
        versus("age", p=">0.05"), versus("age", p="≥0.99"), rho("1.00"), rho("-1"), rho("0"),
        change(effect_size="1.00"),
        model(adjusted_r_squared="-0.04"), model(adjusted_r_squared="1.00"), drug("improved", percent="0"),
        drug("improved", percent="100.0"), drug("age", mean="50", sd="0"), drug("improved", count="12.0"),
        drug("improved", count="0"), versus("improved", chi2="0.00"), versus("age", u="0"),
        change(percent_reduction="-40"),
        change(percent_reduction="100"), versus("death", hazard_ratio="0.00"), drug("crp", mean="-3.1", sd="2.0"),
    ],
    "OUTSIDE_INSTRUMENT": [
        score(mean="20.0"), score(mean="20"), score(mean="0.0"), score(minimum="0", maximum="20"), score(median=">20"),
        score(minimum="<1"), score(median="20", q1="19", q3="20"), score(median="0", q1="0", q3="0"),
        score(median="-0"),
        ({"contrast": "change", "variable": "score", "median_change": "-3"},),
        ({"contrast": "change", "variable": "score", "mean_change": "-25.5"},),
        drug("responder", mean="1.0"), drug("responder", mean="0.00"), drug("total", mean="900"),
        drug("total", median="0"),
        drug("dose", median="-3"), drug("grade", maximum="50"), score(sd="25", centre="10"),
    ],
    "OUT_OF_ORDER": [
        drug("dose", median="18", q1="12", q3="21"), drug("dose", median="0", q1="0", q3="0"),
        drug("dose", median="12.4", q1="12", q3="13"), drug("dose", median="12", q1="12.4", q3="13"),  # rounded more
        drug("dose", median="<5", q1="6", q3="9"), drug("dose", minimum="4", maximum="4"),
        drug("age", mean="18", minimum="18", maximum="70"), drug("age", mean="17", minimum="18", maximum="70"),  # 17.5
        drug("age", mean="70.4", minimum="18", maximum="70"),
        drug("age", mean="90", q1="40", q3="60"),  # a mean may lie outside the quartiles
        versus("death", hazard_ratio="0.63", lower="0.41", upper="0.98"),
        versus("death", hazard_ratio="1", lower="1", upper="1"),
        versus("death", hazard_ratio="0.63", lower="0.41", upper=">0.5"), model(b="-0.11", lower="-0.31", upper="0.10"),
        change(median_change="0", lower="-4", upper="0"), change(median_change="-4", lower="-16", upper="0"),
        drug("age", mean="50.2", lower="48.2", upper="52.2"),
        drug("improved", percent="40.0", lower="22.6", upper="57.4"),
        drug("improved", percent="40.0", lower="0.23", upper="0.57"),  # limits of the proportion
        drug("dose", mean="30", median="14", lower="10", upper="19"),  # those of the median
        model(b="0.10", beta="0.60", lower="-0.11", upper="0.31"),  # those of B
        rho("0.30", lower="0.10", upper="0.45"), drug("dose", median="18"),
    ],
    "LABEL_CONTRADICTS": [
        labelled("Age, mean ± SD", **MEAN), labelled("Age, median (IQR)", **MEDIAN), labelled("Age", **MEAN),
        labelled("Age", **MEDIAN), labelled("Age, mean ± SD or median (IQR)", **MEAN),
        labelled("Age, mean ± SD or median (IQR)", **MEDIAN), labelled("Age, median (IQR)", mean="51.2"),
        labelled("Age, years", **MEDIAN), labelled("mean (SD); median (IQR)", **MEAN, median="50"),
        labelled("Age, mean (SD)", centre="51.2", spread="9.8"), labelled("Median age", centre="51", spread="9.8"),
        labelled("Age, median (IQR)", p="0.03"), labelled("Age, mean (SD)", p="0.03"), labelled("Age, x ± s", **MEAN),
        labelled("Age, median (range)", median="51", minimum="20", maximum="80"), labelled("Mean age", mean="51"),
    ],
    "GRIM": [
        *(of(n, mean) for n, mean in ((28, "2.32"), (28, "12.75"), (7, "11.43"), (7, "5.71"), (8, "2.25"), (8, "3.63"),
                                      (8, "3.62"), (11, "4.64"), (12, "3.42"), (13, "2.08"), (19, "5.79"), (21, "6.81"),
                                      (30, "11.17"), (40, "6.15"), (70, "5.47"), (97, "8.96"))),
        of(28, "5.2"), of(70, "5.1"), of(250, "5.19"), drug("dose", mean="5.19", analysed="28"), of(28, "<5.19"),
        score(mean="5.19", population="survivors"), of(1, "5.19"), score(mean="5.19", adjustment="weighted"),
    ],
    "GRIMMER": [
        *(of(n, mean, sd) for n, mean, sd in (
            (4, "3.25", "2.36"), (4, "7.00", "2.12"), (4, "4.25", "1.64"), (4, "6.75", "1.50"), (5, "2.80", "0.98"),
            (5, "2.60", "1.36"), (5, "7.20", "2.17"), (6, "5.17", "1.21"), (6, "3.00", "1.41"), (6, "4.17", "1.07"),
            (7, "7.14", "0.69"), (7, "5.14", "2.27"), (7, "8.43", "2.56"), (8, "3.75", "2.19"), (8, "4.75", "1.28"),
            (8, "6.62", "1.93"),
        )),
        of(4, "4.00", "1.8"), of(4, "4.00", "0.00"), of(4, "4.00", "<1.79"), score(mean="5.20", sd="2.14"),
        drug("dose", mean="4.00", sd="1.79", analysed="4"), of(250, "4.00", "1.79"),
    ],
    "DEBIT": [
        *(response(n, mean, sd) for n, mean, sd in (
            (30, "0.40", "0.50"), (30, "0.40", "0.49"), (30, "0.10", "0.31"), (30, "0.10", "0.30"),
            (10, "0.50", "0.53"),
            (10, "0.50", "0.50"), (25, "0.80", "0.41"), (40, "0.97", "0.16"), (40, "0.98", "0.16"),
            (12, "0.50", "0.52"),
            (5, "0.00", "0.00"), (5, "1.00", "0.00"), (6, "0.33", "0.52"), (9, "0.33", "0.50"), (15, "0.07", "0.26"),
        )),
        response(30, "0.4", "0.5"), response(30, "0.40", "<0.40"), response(1, "1", "0"),
        drug("crp", mean="0.40", sd="0.45"),
    ],
    "SD_IMPOSSIBLE": [
        score(mean="10.0", sd="10.1"), score(mean="2.0", sd="6.0"), score(mean="0.0", sd="0.0"),
        score(mean="20.0", sd="0.0"),
        score(mean="10", sd="10"), response(30, "0.50", "0.51"), of(2, "10.0", "14.1"), score(mean="10.0", sd="<12"),
        score(mean="10.0", sd="12.0", population="survivors"), score(mean="10.0", sd="12.0", adjustment="weighted"),
        drug("dose", mean="10.0", sd="30.0"), extremes("50.0", "12.0", "20", "80"),
        extremes("50.0", "30.5", "20", "80"),
        extremes("50.0", "8.0", "20", "80"), extremes("50", "0.5", "49", "51"), extremes("50.0", "42.4", "20", "80", 2),
        extremes("50.0", "40.0", "<20", "80"), extremes("50.0", "40.0", "20", "80", 1), extremes("50", "0", "50", "50"),
        drug("age", mean="50.0", sd="40.0", minimum="20", maximum="80", population="survivors"),
    ],
    "SUMMARY_IMPOSSIBLE": [
        *(score(median=median, q1=q1, q3=q3, analysed=str(n)) for n, median, q1, q3 in (
            (30, "8.5", "4.25", "12"), (30, "8.0", "4", "12"), (30, "8", "4", "12"), (30, "0", "0", "0"),
            (30, "20", "20", "20"), (31, "8", "4", "12"), (7, "8", "4", "12"), (5, "10", "9", "12"),
            (12, "9.5", "7.25", "11"),
            (12, "9.5", "7.75", "11"), (40, "7.5", "5.5", "10"), (9, "3", "2", "6.5"), (2, "10.5", "10", "11"),
            (28, "8.50", "4.00", "12.75"),
        )),
        score(median="<8.25", q1="4", q3="12"), drug("dose", median="8.25", q1="4", q3="12"),
        drug("total", median="8.25", q1="4", q3="12"), score(median="8.25", q1="4", q3="12", population="survivors"),
        score(median="8.25", q1="4", q3="12", denominator="unknown"),
    ],
}  # fmt: skip
