"""The axis shows every estimate and no effect, and does not let one wide interval rule the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.report.axis import axis


def test_ratio_axis_is_logarithmic_and_holds_one() -> None:
    found = axis("hazard ratio", [0.33], [0.16, 0.68])
    assert found.log
    assert (found.low, found.high) == (0.1, 2.0)
    assert [label for _, label in found.ticks] == ["0.1", "0.2", "0.5", "1", "2"]
    assert found.place(found.low) == 0
    assert found.place(found.high) == pytest.approx(1)


def test_an_absurdly_wide_interval_is_cut() -> None:
    found = axis("hazard ratio", [0.5, 0.9], [0.0001, 5000.0])
    assert found.low >= 0.05
    assert found.high <= 10


def test_proportions_start_at_zero_and_end_at_one_at_most() -> None:
    found = axis("proportion", [0.95], [0.8, 1.0])
    assert (found.low, found.high) == (0.0, 1.0)
    assert [label for _, label in found.ticks] == ["0%", "20%", "40%", "60%", "80%", "100%"]


def test_labels_of_a_long_axis_keep_apart() -> None:
    found = axis("hazard ratio", [0.04], [0.001, 6.5])
    assert [label for _, label in found.ticks] == ["0.005", "0.1", "1", "5"]


def test_changes_show_zero() -> None:
    found = axis("mean change", [-5.0], [-8.0, -2.0])
    assert found.low <= -8
    assert found.high >= 0
    assert "−8" in [label for _, label in found.ticks]


@given(st.lists(st.floats(1e-3, 1e3), min_size=0, max_size=6), st.sampled_from(["hazard ratio", "mean change"]))
def test_every_estimate_is_on_the_axis(estimates: list[float], measure: str) -> None:
    found = axis(measure, estimates, [])
    assert all(-1e-9 <= found.place(x) <= 1 + 1e-9 for x in estimates)
    assert 2 <= len(found.ticks) <= 12
    assert [value for value, _ in found.ticks] == sorted(value for value, _ in found.ticks)
