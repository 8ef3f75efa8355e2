"""Whole invented studies: computed from simulated patients they give no finding; with one planted error they give it.

Everything is printed as papers print it: by a test chosen at random, with a way of rounding halves and of taking
quartiles chosen at random. The rates are asserted, so that neither can fall unnoticed; docs/methods/reanalysis.md has
them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from test_reported_check import Values, drug, hazard, usual, v, versus, write

STUDIES = 8
"""Few, because each is read from files and checked; the rates in the docs are those of a hundred."""

Random = np.random.Generator
Study = dict[str, dict[str, Any]]
METHODS = ("linear", "weibull", "hazen", "median_unbiased", "averaged_inverted_cdf", "inverted_cdf", "normal_unbiased")
ROUNDING = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN)


def study(random: Random) -> Study:
    """Simulate 30 and 40 patients and print what a paper prints of them."""
    rounding = ROUNDING[random.integers(3)]

    def out(x: float, decimals: int) -> str:
        text = f"{Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-decimals), rounding=rounding):f}"
        return text.replace("-0.000", "0.000") if float(text) == 0 else text

    def p(value: float) -> str:
        return "<0.001" if value < 0.001 else out(value, 3)

    a, b = int(random.integers(3, 27)), int(random.integers(4, 36))
    table = [[a, b], [30 - a, 40 - b]]
    by_test: list[Callable[[], float]] = [
        lambda: stats.chi2_contingency(table, correction=False)[1],
        lambda: stats.chi2_contingency(table, correction=True)[1],
        lambda: stats.fisher_exact(table)[1],
    ]
    one = np.clip(np.round(random.normal(9, 3.5, 30)), 0, 20)
    two = np.clip(np.round(random.normal(10, 4, 40)), 0, 20)
    student = stats.ttest_ind(one, two, equal_var=bool(random.integers(2))).pvalue
    ranks = stats.mannwhitneyu(one, two, method="asymptotic", use_continuity=bool(random.integers(2)))
    method = METHODS[random.integers(len(METHODS))]
    x = random.normal(size=(70, 2))
    y = 0.4 * x[:, 0] + random.normal(size=70)
    fit = sm.OLS(y, sm.add_constant(x)).fit()
    low, high = np.asarray(fit.conf_int())[1]
    beta = fit.params[1] * x[:, 0].std(ddof=1) / y.std(ddof=1)
    rho = stats.spearmanr(x[:, 0], y)
    log, se = random.normal(-0.4, 0.4), random.uniform(0.15, 0.5)
    mild = int(random.binomial(28, 0.4))
    severe = int(random.binomial(42, 0.5))
    return {
        "improved drug": drug("improved", count=a, percent=out(100 * a / 30, 1), row="a"),
        "improved usual": usual("improved", count=b, percent=out(100 * b / 40, 1), row="a"),
        "improved p": versus("improved", p=p(by_test[random.integers(3)]()), row="a"),
        "score drug": drug("score", mean=out(one.mean(), 2), sd=out(one.std(ddof=1), 2), row="b"),
        "score usual": usual("score", mean=out(two.mean(), 2), sd=out(two.std(ddof=1), 2), row="b"),
        "score p": versus("score", p=p(student), test="t test", row="b"),
        "quartiles": v(arm="drug", variable="score", at="month-6", median=out(np.median(one), 2),
                       q1=out(np.quantile(one, 0.25, method=method), 2),
                       q3=out(np.quantile(one, 0.75, method=method), 2), row="c"),
        "u": v(contrast="versus", variable="visits", at="month-6",
               u=out(min(ranks.statistic, 1200 - ranks.statistic), 1),
               p=p(ranks.pvalue), test="Mann-Whitney U", row="d"),
        "rho": v(contrast="correlation", variable="age", **{"with": "dose"}, rho=out(rho.statistic, 3),
                 p=p(rho.pvalue), row="e"),
        "line": v(contrast="model", variable="score", term="age", b=out(fit.params[1], 3), lower=out(low, 3),
                  upper=out(high, 3), beta=out(beta, 3), t=out(fit.tvalues[1], 3), p=p(fit.pvalues[1]), row="f"),
        "hazard": hazard(out(np.exp(log), 2), out(np.exp(log - 1.959964 * se), 2), out(np.exp(log + 1.959964 * se), 2),
                         p=p(2 * stats.norm.sf(abs(log / se))), row="g"),
        "worse": v(arm="all", variable="worse", count=mild + severe, row="h"),
        "worse mild": v(arm="mild", variable="worse", count=mild, row="i"),
        "worse severe": v(arm="severe", variable="worse", count=severe, row="j"),
        "female": v(arm="usual", variable="female", count=22, row="k"),
        "male": v(arm="usual", variable="male", count=18, row="l"),
    }  # fmt: skip


def wrong_percent(s: Study, random: Random) -> None:
    share = float(s["improved drug"]["percent"])
    s["improved drug"]["percent"] = f"{share + (7.1 if share < 50 else -7.1):.1f}"


def columns(s: Study, random: Random) -> None:
    one, two = s["improved drug"], s["improved usual"]
    s["improved drug"] = {**one, "count": two["count"], "percent": two["percent"]}
    s["improved usual"] = {**two, "count": one["count"], "percent": one["percent"]}


def decimal_point(key: str) -> Callable[[Study, Random], None]:
    """Print a P ten times as large, or ten times as small where that would pass 1."""

    def plant(s: Study, random: Random) -> None:
        p = float(s[key]["p"].lstrip("<"))
        s[key]["p"] = f"{p * 10:.3f}" if p < 0.1 else f"{p / 10:.3f}"

    return plant


def outside_quartiles(s: Study, random: Random) -> None:
    s["quartiles"]["median"] = f"{float(s['quartiles']['q3']) + 1:.2f}"


def impossible_mean(s: Study, random: Random) -> None:
    s["score drug"]["mean"] = f"{float(s['score drug']['mean']) + 0.01:.2f}"


def misprinted_coefficient(s: Study, random: Random) -> None:
    s["line"]["b"] = f"{float(s['line']['b']) + 0.1:.3f}"


def larger_t(s: Study, random: Random) -> None:
    s["line"]["t"] = f"{float(s['line']['t']) * 1.3:.3f}"


def limit(s: Study, random: Random) -> None:
    s["hazard"]["upper"] = f"{float(s['hazard']['upper']) * 1.5:.2f}"


def subgroup(s: Study, random: Random) -> None:
    s["worse"]["count"] += 3


def category(s: Study, random: Random) -> None:
    s["male"]["count"] = 20


PLANTED: list[tuple[str, Callable[[Study, Random], None], set[str], float]] = [
    # what is planted, codes that find it, least share found
    ("percentage", wrong_percent, {"COUNT_PERCENT", "NUMBER_IMPOSSIBLE"}, 1.0),
    ("columns exchanged", columns, {"COLUMNS_EXCHANGED", "COUNT_PERCENT", "COUNT_EXCEEDS"}, 0.9),
    ("P of counts, decimal point", decimal_point("improved p"), {"P_OF_COUNTS"}, 0.9),
    ("P of means, decimal point", decimal_point("score p"), {"P_OF_MEANS"}, 0.9),
    ("P of correlation, decimal point", decimal_point("rho"), {"P_OF_CORRELATION"}, 0.9),
    ("median outside quartiles", outside_quartiles, {"OUT_OF_ORDER"}, 1.0),
    ("mean of whole numbers off by 0.01", impossible_mean, {"GRIM"}, 0.9),
    ("coefficient", misprinted_coefficient, {"REGRESSION_INTERVAL", "OUT_OF_ORDER", "REGRESSION_T"}, 1.0),
    ("t of a coefficient", larger_t, {"REGRESSION_T", "P_OF_REGRESSION", "P_OF_STATISTIC"}, 0.9),
    ("upper limit of a ratio", limit, {"RATIO_INTERVAL", "RATIO_P"}, 0.9),
    ("whole and parts", subgroup, {"SUBGROUPS"}, 1.0),
    ("categories", category, {"PARTS_EXCEED"}, 1.0),
]


def findings(invented: Any, s: Study) -> list[tuple[str, str]]:
    """Check a study."""
    values: Values = tuple(s.values())
    return [(f.code, f.message) for f in write(invented, values).findings()]


def test_clean_studies_give_no_finding(invented: Any) -> None:
    """Not one, of any severity."""
    random = np.random.default_rng(20)
    found = [one for _ in range(STUDIES) for one in findings(invented, study(random))]
    assert found == []


@pytest.mark.parametrize(("plant", "codes", "least"), [p[1:] for p in PLANTED], ids=[p[0] for p in PLANTED])
def test_a_planted_error_is_found_and_is_one_finding(
    invented: Any, plant: Callable[[Study, Random], None], codes: set[str], least: float
) -> None:
    """Studies in which the change leaves everything possible (a P of 0.0005, say) are what keeps a share below 1."""
    random = np.random.default_rng(21)
    hits, extra = 0, []
    for _ in range(STUDIES):
        s = study(random)
        plant(s, random)
        found = findings(invented, s)
        hits += any(code in codes for code, _ in found)
        extra += found[1:]
    assert hits / STUDIES >= least, hits / STUDIES
    assert extra == []
