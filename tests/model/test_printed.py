"""A number as printed: digits, sign and bound are kept, and stand for an interval of values."""

from __future__ import annotations

from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.printed import MINUS_SIGNS, Printed

READ = [
    # text, value, decimals, bound
    ("0", "0", 0, ""),
    ("0.50", "0.50", 2, ""),
    (".04", "0.04", 2, ""),
    ("0·63", "0.63", 2, ""),
    ("−0.249", "-0.249", 3, ""),
    ("–3", "-3", 0, ""),
    ("+3.2", "3.2", 1, ""),
    ("1,234", "1234", 0, ""),
    ("12,345,678.9", "12345678.9", 1, ""),
    ("<0.001", "0.001", 3, "<"),
    ("< .001", "0.001", 3, "<"),
    ("<=0.05", "0.05", 2, "≤"),
    ("≤0.05", "0.05", 2, "≤"),
    (">=3", "3", 0, "≥"),
    ("≥18", "18", 0, "≥"),
    ("=0.05", "0.05", 2, ""),
    (" 7 ", "7", 0, ""),
    ("007", "7", 0, ""),
]

NOT_NUMBERS = [
    # text, what to write instead
    ("1,1", "'1.1'"),
    ("12,34", "'12.34'"),
    ("5%", "percent sign"),
    ("18 (12, 21)", "several numbers"),
    ("51.2 ± 9.8", "several numbers"),
    ("3/40", "several numbers"),
    ("", "leave the key out"),
    ("n/a", "several numbers"),
    ("five", "digits only"),
    ("1e5", "digits only"),
    ("nan", "digits only"),
    ("1.2.3", "digits only"),
    ("0x10", "digits only"),
    ("١٢", "digits only"),
    ("1_000", "digits only"),
]


@pytest.mark.parametrize(("text", "value", "decimals", "bound"), READ)
def test_read(text, value, decimals, bound):
    """The text is kept, the value is exact."""
    printed = Printed.parse(text)
    assert printed == Printed(text.strip(), Decimal(value), decimals, bound)
    assert str(printed) == text.strip()


@pytest.mark.parametrize(("text", "instead"), NOT_NUMBERS)
def test_what_is_no_number_says_what_to_write(text, instead):
    """Never "invalid input"."""
    with pytest.raises(ValueError, match=r"is not a number as printed; ") as raised:
        Printed.parse(text)
    assert instead in str(raised.value)


def decimals_printed() -> st.SearchStrategy[tuple[Decimal, int]]:
    """Give exact numbers and the decimals they are printed with."""
    return st.tuples(st.decimals(-(10**6), 10**6, allow_nan=False, places=9), st.integers(0, 6))


@given(decimals_printed(), st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN]))
def test_a_number_lies_in_the_interval_of_its_print(number, rounding):
    """However halves are rounded."""
    exact, decimals = number
    shown = exact.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)
    assert Printed.parse(f"{shown:f}").interval().holds(exact)


@given(decimals_printed())
def test_the_interval_is_as_wide_as_one_step_of_the_last_digit(number):
    """And centred at the number."""
    exact, decimals = number
    printed = Printed.parse(f"{exact.quantize(Decimal(1).scaleb(-decimals)):f}")
    low, high, _ = printed.interval()
    assert high - low == Decimal(1).scaleb(-decimals)
    assert (low + high) / 2 == printed.value


@given(decimals_printed(), st.integers(1, 3))
def test_one_more_digit_narrows_the_interval(number, more):
    """A print with more digits agrees with the rounded one."""
    exact, decimals = number
    fine = Printed.parse(f"{exact.quantize(Decimal(1).scaleb(-decimals - more)):f}")
    coarse = Printed.parse(f"{fine.value.quantize(Decimal(1).scaleb(-decimals)):f}")
    assert fine.agrees(coarse)
    assert coarse.agrees(fine)


@given(st.integers(-999, 999), st.integers(-999, 999), st.integers(0, 3))
def test_prints_with_equally_many_digits_agree_only_if_they_are_equal(one, other, decimals):
    """31 and 32 touch at 31.5, and are two counts."""
    a, b = (Printed.parse(f"{Decimal(n).scaleb(-decimals):f}") for n in (one, other))
    assert a.agrees(b) == (one == other)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("<0.001", "0.0004", True),
        ("<0.001", "0.001", True),  # 0.0005 to 0.0015
        ("<0.001", "0.002", False),
        ("<0.001", ">0.05", False),
        ("<0.001", "<0.05", True),
        (">0.05", "0.05", True),
        ("≤5", "≥5", True),
        ("<5", "≥5", False),
        ("<5", ">5", False),
    ],
)
def test_bounds_agree_where_they_share_a_value(one, other, agree):
    """Both ways round."""
    a, b = Printed.parse(one), Printed.parse(other)
    assert (a.agrees(b), b.agrees(a)) == (agree, agree)


@given(st.sampled_from(["<", ">", "≤", "≥"]), st.integers(0, 10**4), st.integers(0, 4))
def test_a_bound_is_open_or_closed_and_unbounded_on_one_side(bound, number, decimals):
    """< excludes its limit, ≤ includes it."""
    limit = Decimal(number).scaleb(-decimals)
    interval = Printed.parse(f"{bound}{limit:f}").interval()
    assert interval.holds(limit) == (bound in "≤≥")
    assert interval.holds(limit - 1) == (bound in "<≤")
    assert interval.holds(limit + 1) == (bound in ">≥")


@given(st.sampled_from(MINUS_SIGNS), st.integers(1, 10**4))
def test_every_minus_sign_is_one(sign, number):
    """Papers use half a dozen."""
    assert Printed.parse(f"{sign}{number}").value == -number


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_with_a_hint(text):
    """Nothing else happens."""
    try:
        printed, hint = Printed.parse(text), ""
    except ValueError as error:
        printed, hint = None, str(error)
    assert ("; " in hint) == (printed is None)
    assert printed is None or Printed.parse(printed.text) == printed
