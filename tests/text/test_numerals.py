"""Numbers in running text: what is one, what is not, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.model.printed import Printed
from evsynth.text.normalise import normalise
from evsynth.text.numerals import number_words, numerals
from evsynth.text.quotes import bound_before, find, match, pieces

DIGITS = [
    ("18 (12, 21)", ["18", "12", "21"]),
    ("50–59 years", ["50", "59"]),
    ("−4 (−16, 0)", ["-4", "-16", "0"]),
    ("(−0.420 to −0.078)", ["-0.420", "-0.078"]),
    ("(-0.5)-(-0.1)", ["-0.5", "-0.1"]),
    ("95%-99%", ["95", "99"]),
    ("P=.04", [".04"]),
    ("P<0.001", ["0.001"]),
    ("10,000 and 1,2", ["10,000", "1", "2"]),
    ("0·63 (0·41–0·98)", ["0.63", "0.41", "0.98"]),
    ("IL-2, IL2, CD4+, U1RNP, MDA-5, SARS-CoV-2", []),
    ("n=28", ["28"]),
    ("3-month", ["3"]),
    ("12mg", ["12"]),
    ("v1.2.3", []),
    ("1.2.3", ["1.2"]),
    ("x10", []),
    ("±9.8", ["9.8"]),
    ("5/40", ["5", "40"]),
    ("1:320", ["1", "320"]),
    ("2021-2025", ["2021", "2025"]),
    ("3.", ["3"]),
    ("no number", []),
]

WORDS = [
    ("Forty-one patients", ["41"]),
    ("none died", ["0"]),
    ("No death", ["0"]),
    ("one of twenty", ["1", "20"]),
    ("ninety-nine", ["99"]),
    ("nineteen-eighty", []),
    ("someone, bone, often", []),
    ("twenty-first", []),
    ("two-thirds", []),
]


@pytest.mark.parametrize(("text", "found"), DIGITS)
def test_digits(text, found):
    """As printed, in order."""
    assert [n.text for n in numerals(normalise(text).text)] == found


@pytest.mark.parametrize(("text", "found"), WORDS)
def test_words(text, found):
    """Whole numbers below 100."""
    assert [n.text for n in number_words(text)] == found


printed = st.builds(
    lambda sign, whole, part: f"{sign}{whole}{part}",
    st.sampled_from(["", "-"]),
    st.integers(0, 10**6),
    st.one_of(st.just(""), st.integers(0, 999).map(lambda n: f".{n:03}")),
)


@given(st.lists(printed, max_size=6))
def test_numbers_between_words_are_found_as_they_were_written(numbers):
    """With their offsets."""
    text = "; ".join(numbers)
    assert [n.text for n in numerals(text)] == numbers
    assert [text[n.start : n.end] for n in numerals(text)] == numbers


@given(st.lists(printed, min_size=1, max_size=6))
def test_every_number_of_a_quote_is_matched_piece_by_piece(numbers):
    """A quote that lists numbers verifies each as a value of its own."""
    quote = " then ".join(f"v {n};" for n in numbers)
    for piece, number in zip(pieces(quote, numbers), numbers, strict=True):
        assert piece is not None
        assert match(piece, [Printed.parse(number)]) is not None
        assert match(piece, [Printed.parse(number + ("1" if "." in number else ".1"))]) is None


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("P < 0.05", "<"),
        ("P<0.05", "<"),
        ("P ≤ 0.05", "≤"),
        ("P <= 0.05", "≤"),
        ("P >= 0.05", "≥"),
        ("P = 0.05", ""),
        ("0.05", ""),
    ],
)
def test_the_sign_before_a_number(text, bound):
    """Both spellings of "at most"."""
    (numeral,) = numerals(text)
    assert bound_before(text, numeral) == bound


@given(
    st.text("ab \u00a0\n−-", min_size=1, max_size=8), st.text("ab \u2009–", max_size=20), st.text("ab \t", max_size=20)
)
def test_a_quote_is_found_in_whatever_surrounds_it(quote, before, after):
    """Also where blanks and dashes are of another kind."""
    if quote.strip():
        source = normalise(f"{before}|{quote}|{after}")
        assert find(quote, source).times >= 1
