"""GRIM, GRIMMER and DEBIT: pinned results of an independent implementation, and the data themselves."""

from __future__ import annotations

import json
import math
import statistics
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.printed import Printed
from evsynth.reanalyse.granularity import (
    chance,
    debit,
    decides,
    grimmer,
    grimmer_any,
    largest_sd,
    sd_chance,
    sums,
    values,
    zeros_and_ones,
)

PINNED = json.loads((Path(__file__).parents[1] / "references" / "granularity_scrutiny.json").read_text())["cases"]
ROUNDING = {"up_or_down": "either", "trunc": "truncate"}


@pytest.mark.parametrize("case", PINNED, ids=lambda c: c["id"])
def test_pinned_cases_agree(case: dict[str, Any]) -> None:
    mean, n, items = Printed.parse(case["mean"]), case["patients"], case.get("items", 1)
    if case["function"] == "grim":
        rounding = ROUNDING.get(case["rounding"], case["rounding"])
        assert bool(sums(mean, n, items, rounding)) == case["consistent"]
        assert math.isclose(chance(mean, n, items), max(0.0, case["ratio"]), abs_tol=1e-12)
    elif case["function"] == "grimmer":
        assert grimmer(mean, Printed.parse(case["sd"]), n, items) == case["consistent"]
    else:
        assert debit(mean, Printed.parse(case["sd"]), n) == case["consistent"]


def test_the_pinned_grid_is_complete() -> None:
    """So that it cannot shrink to the cases that happen to pass."""
    functions = [c["function"] for c in PINNED]
    assert {f: functions.count(f) for f in set(functions)} == {"grim": 132, "grimmer": 60, "debit": 60}
    assert {c["consistent"] for c in PINNED if c["function"] == "grimmer"} == {True, False}


@pytest.mark.parametrize(("mean", "n", "possible"), [("7.22", 32, True), ("4.74", 25, False), ("5.19", 28, False),
                                                     ("5.19", 40, False)])  # fmt: skip
def test_the_cases_of_the_methods(mean: str, n: int, possible: bool) -> None:
    assert bool(sums(Printed.parse(mean), n)) is possible


@given(
    st.lists(st.integers(0, 30), min_size=2, max_size=40), st.integers(1, 3),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]), st.sampled_from([1, 2, 3]),
)  # fmt: skip
def test_what_whole_numbers_print_is_never_found(data: list[int], decimals: int, rounding: str, items: int) -> None:
    """Whatever the data, the digits and the way halves are rounded; also for means of several items."""
    scores = [Decimal(v) / items for v in data]
    mean = _printed(sum(scores) / len(scores), decimals, rounding)
    assert sums(mean, len(data), items)
    sd = _printed(Decimal(repr(statistics.stdev([float(s) for s in scores]))), decimals, rounding)
    assert grimmer(mean, sd, len(data), items)
    assert items > 1 or grimmer_any(mean, sd, len(data))


@given(st.integers(2, 60), st.data(), st.integers(2, 3))
def test_what_zeros_and_ones_print_is_never_found(n: int, data: Any, decimals: int) -> None:
    ones = data.draw(st.integers(0, n))
    sd = statistics.stdev([1.0] * ones + [0.0] * (n - ones))
    mean = _printed(Decimal(ones) / n, decimals, ROUND_HALF_UP)
    printed = _printed(Decimal(repr(sd)), decimals, ROUND_HALF_UP)
    assert debit(mean, printed, n)
    assert zeros_and_ones(mean, printed, n)


def test_every_impossible_sd_of_a_small_sample_is_truly_absent() -> None:
    """All data sets of four values from 0 to 6 with mean 3: no SD that is called impossible occurs among them."""
    seen = {f"{statistics.stdev(d):.2f}" for d in combinations_with_replacement(range(7), 4) if sum(d) == 12}
    mean = Printed.parse("3.00")
    tried = [f"{k / 100:.2f}" for k in range(350)]
    impossible = [t for t in tried if not grimmer(mean, Printed.parse(t), 4)]
    assert not seen & set(impossible)
    assert len(impossible) > 250


def test_rounding_modes_close_and_open_the_ends() -> None:
    half_up, half_down = values(Printed.parse("0.5"), "up"), values(Printed.parse("0.5"), "down")
    assert (half_up.with_low, half_up.with_high, half_down.with_low, half_down.with_high) == (True, False, False, True)
    assert float(values(Printed.parse("0.5"), "floor").high) == pytest.approx(0.6)
    assert float(values(Printed.parse("0.5"), "ceiling").low) == pytest.approx(0.4)
    even, odd = values(Printed.parse("0.4"), "even"), values(Printed.parse("0.5"), "even")
    assert (even.with_low, even.with_high, odd.with_low, odd.with_high) == (True, True, False, False)


def test_it_does_not_apply_to_many_patients() -> None:
    assert decides(Printed.parse("5.19"), 99)
    assert not decides(Printed.parse("5.19"), 100)
    assert not decides(Printed.parse("5.2"), 12)
    assert not decides(Printed.parse("5.19"), 60, items=2)


def test_chances() -> None:
    assert chance(Printed.parse("5.19"), 28) == pytest.approx(0.72)
    share = sd_chance(Printed.parse("5.20"), Printed.parse("2.13"), 30)
    assert 0 < share < 0.5


def test_the_largest_sd_puts_everybody_at_the_ends() -> None:
    assert largest_sd(10, 0, 20, 30, 29) == pytest.approx(statistics.stdev([0] * 15 + [20] * 15))


@pytest.mark.parametrize("call", [
    lambda: sums(Printed.parse("5.19"), 0), lambda: sums(Printed.parse("<5"), 3),
    lambda: grimmer(Printed.parse("5.0"), Printed.parse("1.0"), 1), lambda: debit(Printed.parse("0.5"),
                                                                                 Printed.parse("0.5"), 1),
])  # fmt: skip
def test_impossible_questions_are_refused(call: Any) -> None:
    with pytest.raises(ValueError, match=r"needed|needs|bound"):
        call()


def _printed(value: Decimal, decimals: int, rounding: str) -> Printed:
    return Printed.parse(f"{value.quantize(Decimal(1).scaleb(-decimals), rounding=rounding):f}")
