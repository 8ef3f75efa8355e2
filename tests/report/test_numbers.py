"""Numbers as files and journals print them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.report.numbers import decimal, interval, journal, level, p_value, six, with_interval


@pytest.mark.parametrize(
    ("x", "measure", "written"),
    [
        (0.33, "hazard ratio", "0.33"),
        (0.034, "log odds ratio", "0.034"),
        (0.0001, "hazard ratio", "<0.001"),
        (12.34, "log risk ratio", "12.3"),
        (123.4, "log risk ratio", "123"),
        (0.125, "proportion", "12.5%"),
        (-0.042, "risk difference", "−4.2%"),
        (65.0, "percent reduction", "65.0%"),
        (-3.456, "mean change", "−3.46"),
        (-34.56, "mean change", "−34.6"),
        (-345.6, "median change", "−346"),
        (-0.0001, "mean change", "0.00"),
        (-0.0, "risk difference", "0.0%"),
        (math.nan, "mean change", "not estimable"),
        (None, "proportion", "not estimable"),
    ],
)
def test_journal(x: float | None, measure: str, written: str) -> None:
    assert journal(x, measure) == written


@pytest.mark.parametrize(
    ("lower", "upper", "measure", "written"),
    [
        (0.161, 0.675, "hazard ratio", "0.16 to 0.68"),
        (0.0, 0.142, "proportion", "0.0% to 14.2%"),
        (-12.3, 0.5, "mean change", "−12.3 to 0.5"),
        (0.2, math.inf, "hazard ratio", "0.20 to ∞"),
    ],
)
def test_interval(lower: float, upper: float, measure: str, written: str) -> None:
    assert interval(lower, upper, measure) == written


def test_estimate_and_limits_share_their_decimals() -> None:
    assert with_interval(0.5, -12.3, 13.25, "mean change") == "0.5 (−12.3 to 13.3)"  # halves away from zero
    assert with_interval(0.5, None, None, "mean change") == "0.50"


@pytest.mark.parametrize(
    ("p", "written"),
    [
        (0.0, "P<0.001"),
        (0.00049, "P<0.001"),
        (0.0006, "P=0.001"),
        (0.0094, "P=0.009"),
        (0.012, "P=0.01"),
        (0.0495, "P=0.050"),
        (0.0478, "P=0.048"),
        (0.0512, "P=0.051"),
        (0.2, "P=0.20"),
        (0.995, "P>0.99"),
        (None, "P not computed"),
    ],
)
def test_p_value(p: float | None, written: str) -> None:
    assert p_value(p) == written


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_six_is_read_back_to_six_digits_and_never_minus_zero(x: float) -> None:
    written = six(x)
    assert written != "-0"
    assert float(written) == pytest.approx(x, rel=5.1e-6, abs=1e-44)


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_no_minus_before_zero_and_no_hyphen_as_minus(x: float, decimals: int) -> None:
    written = decimal(x, decimals)
    assert "-" not in written
    assert not (written.startswith("−") and not written.strip("−0."))


def test_level_in_percent_or_as_a_share() -> None:
    assert level(95.0) == level(0.95) == "95%"
