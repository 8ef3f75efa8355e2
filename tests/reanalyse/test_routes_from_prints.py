"""The routes on plain numbers: values pinned from R, worked examples of the methods, and laws."""

from __future__ import annotations

import json
import math
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from evsynth.model.printed import Printed
from evsynth.reanalyse import correlation, means, ranks, ratios, regression
from evsynth.reanalyse.changes import change_grid, correlation_of_visits
from evsynth.reanalyse.counting import counts_that_print, evaluate
from evsynth.reanalyse.hazards import hazard_from_log_rank, log_rank_p, log_rank_variance
from evsynth.reanalyse.result import Attempt, judge
from evsynth.reanalyse.spans import Span, exactly, span
from evsynth.reanalyse.tables import FISHER, PEARSON, YATES, table_tests

REFERENCES = Path(__file__).parents[1] / "references"
# R and this code compute the same expressions in double precision; conditioning of tails leaves 1e-11.
RELATIVE = 1e-11


@cache
def pinned() -> dict[str, Any]:
    """Read the values made with R (survival 3.5.3, stats 4.2.2)."""
    found: dict[str, Any] = json.loads((REFERENCES / "reanalyse_survival.json").read_text())
    return found


def test_table_tests_agree_with_r() -> None:
    assert len(pinned()["tables"]) == 6
    for case in pinned()["tables"]:
        found = table_tests(case["table"])
        assert found[PEARSON] == pytest.approx(case["pearson"], rel=RELATIVE)
        assert found[FISHER] == pytest.approx(case["fisher"], rel=RELATIVE)
        if YATES in found:
            assert found[YATES] == pytest.approx(case["yates"], rel=RELATIVE)


def test_tables_without_two_rows_and_columns_have_no_test() -> None:
    assert table_tests([(0, 0), (5, 7)]) == {}
    with pytest.raises(ValueError, match="negative"):
        table_tests([(-1, 2), (3, 4)])


def test_t_tests_agree_with_r() -> None:
    t = pinned()["t"]
    groups = [means.Group(exactly(m), exactly(s), 10) for m, s in zip(t["mean"], t["sd"], strict=True)]
    assert means.t_test(*groups, equal_variances=True).p == pytest.approx(t["student"], rel=RELATIVE)
    welch = means.t_test(*groups, equal_variances=False)
    assert (welch.p, welch.df) == pytest.approx((t["welch"], t["df"]), rel=RELATIVE)
    assert means.paired_t(exactly(t["dmean"]), exactly(t["dsd"]), 10).p == pytest.approx(t["paired"], rel=RELATIVE)


@given(
    st.floats(-5, 5), st.floats(0.5, 9), st.floats(0.5, 9), st.integers(2, 40), st.integers(2, 40),
    st.floats(-0.05, 0.05), st.floats(-0.05, 0.05), st.floats(-0.05, 0.05), st.booleans(),
)  # fmt: skip
def test_the_p_of_values_inside_the_spans_lies_inside_the_p_span(
    m: float, s1: float, s2: float, n1: int, n2: int, a: float, b: float, c: float, equal: bool
) -> None:
    around = [Span(x - 0.05, x + 0.05) for x in (m, 0.0, s1, s2)]
    groups = means.Group(around[0], around[2], n1), means.Group(around[1], around[3], n2)
    wide = means.t_test(*groups, equal_variances=equal)
    inside = means.Group(exactly(m + a), exactly(s1 + b), n1), means.Group(exactly(0.0), exactly(s2 + c), n2)
    one = means.t_test(*inside, equal_variances=equal)
    assert wide.p_span.low - 1e-12 <= one.p <= wide.p_span.high + 1e-12


def test_exact_u_agrees_with_r_and_scipy() -> None:
    case = pinned()["exact_u"]
    found = [ranks.exact_u(u, case["n1"], case["n2"]) for u in range(13)]
    assert found == pytest.approx(case["p"], rel=RELATIVE)
    for combination in list(combinations(range(9), 4))[::7]:
        one, two = list(combination), [x for x in range(9) if x not in combination]
        result = mannwhitneyu(one, two, method="exact")
        assert ranks.exact_u(result.statistic, 4, 5) == pytest.approx(result.pvalue, rel=RELATIVE)


@given(st.lists(st.integers(0, 6), min_size=4, max_size=14), st.lists(st.integers(0, 6), min_size=4, max_size=14))
def test_ties_never_make_p_larger_than_the_bound(one: list[int], two: list[int]) -> None:
    if len(set(one + two)) < 2:
        return
    result = mannwhitneyu(one, two, method="asymptotic", use_continuity=False)
    bound = ranks.mann_whitney(exactly(result.statistic), len(one), len(two)).bound
    assert result.pvalue <= bound + 1e-12
    grades = [[x.count(g) for g in range(7)] for x in (one, two)]
    assert ranks.ranked_grades(*grades).p == pytest.approx(result.pvalue, rel=1e-9)


def test_spearman_agrees_with_r() -> None:
    for case in pinned()["spearman"].values():
        assert correlation.correlation_p(exactly(case["rho"]), 32).middle == pytest.approx(case["p"], rel=1e-9)
    case = pinned()["spearman_exact"]
    found = correlation.exact_spearman(exactly(case["rho"]), 7)
    assert found is not None
    assert found.middle == pytest.approx(case["p"], rel=1e-9)
    assert correlation.rho_from_p(correlation.correlation_p(exactly(0.4), 20), 20).middle == pytest.approx(0.4)


def test_a_hazard_ratio_and_its_interval_are_one_story() -> None:
    ratio, lower, upper = (span(Printed.parse(t)) for t in ("0.64", "0.33", "1.22"))
    assert ratios.log_standard_error(exactly(0.33), exactly(1.22)).middle ** 2 == pytest.approx(0.1113, abs=5e-5)
    assert ratios.ratio_from_interval(lower, upper).meets(ratio)
    assert ratios.p_from_interval(*(exactly(x) for x in (0.63, 0.41, 0.98))).middle == pytest.approx(0.0377, abs=5e-5)
    with pytest.raises(ValueError, match="above zero"):
        ratios.log_standard_error(exactly(0.0), exactly(1.2))


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 30), st.integers(1, 30))
def test_a_table_is_found_again_from_its_odds_ratio_and_margins(a: int, b: int, c: int, d: int) -> None:
    cells = ratios.Cells(a, b, c, d)
    value = ratios.odds_ratio(cells)
    assert value is not None
    assert ratios.two_by_two(exactly(value), a + b, c + d, a + c) == (cells,)


def test_log_rank_p_and_events_give_a_hazard_ratio_and_back() -> None:
    variance = log_rank_variance(120, 93, 157)
    found = hazard_from_log_rank(exactly(0.0038), 0.0038, variance)
    assert found.ratio == pytest.approx(0.579, abs=5e-4)
    assert log_rank_p(exactly(found.ratio), variance).middle == pytest.approx(0.0038)
    with pytest.raises(ValueError, match="exact P"):
        hazard_from_log_rank(Span(0.0, 0.001), 0.001, variance)


def test_a_regression_line_agrees_with_r() -> None:
    case = pinned()["linear"]
    for i in range(4):
        lower, upper = exactly(case["lower"][i]), exactly(case["upper"][i])
        t = regression.t_from_interval(exactly(case["b"][i]), lower, upper, 28)
        assert t.middle == pytest.approx(case["t"][i], rel=1e-9)
        assert regression.p_from_t(t, 28).middle == pytest.approx(case["p"][i], rel=1e-6)
        line = regression.Line(
            exactly(case["b"][i]), lower, upper, *(Span(x - 1e-4, x + 1e-4) for x in (case["t"][i], case["p"][i]))
        )
        assert 28 in regression.fitting_df(line, range(1, 101))
    pairs = tuple((exactly(b), exactly(t)) for b, t in zip(case["beta"], case["t"][1:], strict=True))
    assert regression.least_adjusted_r_squared(pairs, 32, 3) <= case["adjusted"]
    assert regression.f_from_adjusted(exactly(case["adjusted"]), 32, 3).middle == pytest.approx(case["f"], rel=1e-9)


@settings(deadline=None)  # the first call imports statsmodels
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_the_least_r_squared_is_never_above_the_true_one(seed: int, k: int) -> None:
    from evsynth.reanalyse.ipd.associations import linear_model

    generator = np.random.default_rng(seed)
    x = generator.normal(size=(25, k)) @ generator.normal(size=(k, k))
    y = x @ generator.normal(size=k) + generator.normal(size=25) * 2
    fit = linear_model(y, {f"x{i}": x[:, i] for i in range(k)})
    pairs = tuple((exactly(t.beta or 0.0), exactly(t.t)) for t in fit.terms[1:])
    assert regression.least_adjusted_r_squared(pairs, 25, k) <= fit.adjusted_r_squared + 1e-9


def test_the_spread_of_a_change_depends_on_r() -> None:
    assert [round(c.se, 2) for c in change_grid(18, 19, 30)] == [3.38, 2.62, 2.14, 1.52]
    sd = change_grid(18, 19, 30)[1].sd
    found = correlation_of_visits(exactly(18), exactly(19), exactly(sd))
    assert found is not None
    assert found.middle == pytest.approx(0.7)
    with pytest.raises(ValueError, match="between -1 and 1"):
        change_grid(1, 1, 9, (1.2,))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("12 - 8", 4),
        ("a - b", 30),
        ("a-b - b", None),
        ("0 (prose)", 0),
        ("(a + b) * 2", 100),
        ("a in words", None),
        ("a / 0", None),
    ],
)
def test_formulas_are_evaluated(formula: str, value: float | None) -> None:
    assert evaluate(formula, {"a": 40, "b": 10}) == value


@given(st.integers(1, 200), st.data())
def test_a_count_prints_as_its_percentage(n: int, data: st.DataObject) -> None:
    k = data.draw(st.integers(0, n))
    assert k in counts_that_print(Printed.parse(f"{100 * k / n:.1f}"), n)


JUDGED = [
    ("0.05", (Attempt("a", 0.0503, Span(0.05, 0.051)),), "exact"),
    ("0.05", (Attempt("a", 0.0557, Span(0.0546, 0.057)),), "within rounding"),
    ("0.05", (Attempt("a", 0.06, Span(0.057, 0.063)),), "discrepant"),
    ("0.05", (Attempt("a", 0.06, Span(0.06, 0.06)), Attempt("b", 0.05, Span(0.05, 0.05))), "exact"),
    ("0.05", (Attempt("a", 0.06, Span(0.06, 0.06)), Attempt("b", missing="data")), "not recomputable"),
    ("0.05", (Attempt("a", 0.06, Span(0.06, 0.06)), Attempt("b", 0.05, Span(0.05, 0.05), binding=False)), "discrepant"),
    ("<0.05", (Attempt("a", 0.05, Span(0.05, 0.05)),), "discrepant"),
    ("≤0.05", (Attempt("a", 0.05, Span(0.05, 0.05)),), "exact"),
    ("0.999", (Attempt("a", 1.0, Span(1.0, 1.0)),), "within rounding"),
    ("0.99", (Attempt("a", 0.5, Span(0.5, 0.5)),), "discrepant"),
    ("0.05", (Attempt("a", math.nan, Span(math.nan, math.nan)),), "discrepant"),
    ("0.05", (), "not recomputable"),
]


@pytest.mark.parametrize(("printed", "attempts", "verdict"), JUDGED)
def test_the_verdict_follows_from_the_attempts(printed: str, attempts: tuple[Attempt, ...], verdict: str) -> None:
    assert judge(Printed.parse(printed), attempts, p_value=True).verdict == verdict
