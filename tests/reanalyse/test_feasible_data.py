"""Feasibility of printed summaries: against brute force on small data, on worked cases, and within its budget."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations_with_replacement
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evsynth.model.printed import Printed
from evsynth.model.review import Review
from evsynth.reanalyse.feasible import Summary, definitions, feasible, quantile
from evsynth.reanalyse.feasible_pairs import Wanted, feasible_pairs, signed_rank_z
from evsynth.reanalyse.feasible_study import feasible_values
from evsynth.text.extraction import read_study
from evsynth.text.read import read

ROOT = Path(__file__).parents[2]
TYPES = {
    "linear (type 7)": "linear",
    "weighted average (type 6, SPSS)": "weibull",
    "Hazen (type 5)": "hazen",
    "median-unbiased (type 8)": "median_unbiased",
    "averaged (type 2)": "averaged_inverted_cdf",
}


@pytest.mark.parametrize("n", range(2, 24))
def test_quartiles_agree_with_numpy(n: int) -> None:
    data = tuple(int(v) for v in np.sort(np.random.default_rng(n).integers(0, 50, n)))
    for name, positions in definitions(n).items():
        for share, where in zip((0.25, 0.75), positions, strict=True):
            if name in TYPES:
                expected = float(np.quantile(data, share, method=TYPES[name]))  # type: ignore[call-overload]
                assert float(quantile(data, where)) == pytest.approx(expected, abs=1e-9), name


def holds(data: tuple[int, ...], summary: Summary) -> bool:
    """Say whether data print the summary under one definition of quartiles and of the SD."""
    n = len(data)
    mean = Fraction(sum(data), n)
    middle = Fraction(data[(n - 1) // 2] + data[n // 2], 2)
    checks = [(summary.mean, float(mean)), (summary.median, float(middle))]
    checks += [(summary.minimum, float(data[0])), (summary.maximum, float(data[-1]))]
    if any(p is not None and not near(p, v) for p, v in checks):
        return False
    square = float(sum((v - mean) ** 2 for v in data))
    spreads = [math.sqrt(square / (n - 1)), math.sqrt(square / n)]
    if summary.sd is not None and not any(near(summary.sd, s) for s in spreads):
        return False
    return any(
        (summary.q1 is None or near(summary.q1, float(quantile(data, a))))
        and (summary.q3 is None or near(summary.q3, float(quantile(data, b))))
        for a, b in definitions(n).values()
    )


def near(printed: Printed, value: float) -> bool:
    """Say whether a value prints so, allowing for floating point."""
    return abs(float(printed.value) - value) <= 0.5 * 10.0**-printed.decimals + 1e-9


texts = st.one_of(st.none(), st.decimals(0, 4, places=1).map(str), st.integers(0, 4).map(str))


@settings(deadline=None, max_examples=150)
@given(st.integers(2, 6), texts, texts, texts, texts, st.one_of(st.none(), st.decimals(0, 2, places=2).map(str)))
def test_small_data_agree_with_brute_force(
    n: int, median: str | None, q1: str | None, q3: str | None, mean: str | None, sd: str | None
) -> None:
    given_ = {"median": median, "q1": q1, "q3": q3, "mean": mean, "sd": sd}
    summary = Summary(n, 0, 4, **{k: Printed.parse(v) for k, v in given_.items() if v is not None})
    found = feasible(summary)
    exists = any(holds(data, summary) for data in combinations_with_replacement(range(5), n))
    assert found.verdict == ("found" if exists else "impossible")
    if exists:
        assert holds(found.example, summary)


CASES = [
    (Summary(15, 0, 24, median=Printed.parse("-2")), "impossible"),
    (Summary(15, 0, 24, median=Printed.parse("8"), q1=Printed.parse("9")), "impossible"),
    (Summary(25, 0, 10, mean=Printed.parse("4.74")), "impossible"),
    (Summary(32, 0, 10, mean=Printed.parse("7.22")), "found"),
    (Summary(30, 1, 7, mean=Printed.parse("3.1"), sd=Printed.parse("3.05")), "impossible"),
    (Summary(22, 0, 24, mean=Printed.parse("15.41"), sd=Printed.parse("5.35")), "found"),
]


@pytest.mark.parametrize(("summary", "verdict"), CASES)
def test_worked_cases(summary: Summary, verdict: str) -> None:
    assert feasible(summary).verdict == verdict


def test_a_small_budget_decides_nothing() -> None:
    summary = Summary(30, 1, 7, mean=Printed.parse("3.1"), sd=Printed.parse("2.95"))
    assert feasible(summary, steps=10).verdict == "not decided"
    with pytest.raises(ValueError, match="at least two"):
        feasible(Summary(1, 0, 4))


def test_pairs_are_found_and_print_as_asked() -> None:
    before = Summary(20, 0, 10, median=Printed.parse("6"), q1=Printed.parse("4"), q3=Printed.parse("8"))
    after = Summary(20, 0, 10, median=Printed.parse("4"), q1=Printed.parse("2"), q3=Printed.parse("6"))
    found = feasible_pairs(before, after, Wanted(Printed.parse("-1.0"), Printed.parse("0.01")), seed=1)
    assert found.verdict == "found"
    changes = sorted(b - a for a, b in found.example)
    assert (changes[9] + changes[10]) / 2 == -1
    assert holds(tuple(sorted(a for a, _ in found.example)), before)
    assert holds(tuple(sorted(b for _, b in found.example)), after)
    assert 0.005 <= math.erfc(abs(signed_rank_z(changes)) / math.sqrt(2)) <= 0.015
    assert found == feasible_pairs(before, after, Wanted(Printed.parse("-1.0"), Printed.parse("0.01")), seed=1)


def test_pairs_that_cannot_be_are_impossible() -> None:
    plain = Summary(4, 0, 10, median=Printed.parse("5"))
    assert feasible_pairs(plain, plain, Wanted(p=Printed.parse("<0.001")), seed=1).verdict == "impossible"
    outside = Summary(4, 0, 10, median=Printed.parse("11"))
    assert feasible_pairs(plain, outside, Wanted(), seed=1).verdict == "impossible"
    with pytest.raises(ValueError, match="same patients"):
        feasible_pairs(plain, Summary(5, 0, 10), Wanted(), seed=1)


def test_the_scores_of_the_real_studies_are_decided() -> None:
    extraction = read_study((ROOT / "extractions/studies/zhao-2025.yaml").read_text(), "zhao-2025")
    review, _ = read(Review, (ROOT / "extractions/review.yaml").read_text(), "review.yaml")
    found = feasible_values(extraction, review.instruments)
    assert len(found) > 40
    assert [f.value for f in found if f.result.verdict != "found"] == ["ggo-maa-last-visit-table-5"]
