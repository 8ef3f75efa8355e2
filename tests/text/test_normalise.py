"""Look-alike characters are folded, and every offset leads back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.text.normalise import normalise

FOLDED = [
    ("−3 ‐ 4 – 5 — 6", "-3 - 4 - 5 - 6"),
    ("“a” ‘b’ „c", '"a" \'b\' "c'),
    ("0·5 0⋅5", "0.5 0.5"),
    ("a\u00a0b\u2009c\u202fd\u3000e\tf\r\n g", "a b c d e f g"),
    ("co\u00adoperate, zero\u200bwidth, \ufeffmark, join\u2060er", "cooperate, zerowidth, mark, joiner"),
    ("P ⩽ 5, ⩾ 3, ＜ 1", "P ≤ 5, ≥ 3, < 1"),
]

KEPT = ["O0", "l1I", "é", "é", "β", "µμ", "×", "±", "<≤>≥", "a.b,c;d", "ρ", "A a"]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_folded(text, folded):
    """One spelling for what looks alike in print."""
    assert normalise(text).text == folded


@pytest.mark.parametrize("text", KEPT)
def test_kept(text):
    """Letters and digits are never folded: one changed character shows."""
    assert normalise(text).text == text


marked = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from(" \u00a0\u2009\n\t−–·\u00ad\u200b⩽“’")),
    max_size=60,
)


@given(marked)
def test_offsets_rise_and_point_at_what_was_folded(text):
    """One offset per character, and the end."""
    normal = normalise(text)
    assert len(normal.offsets) == len(normal.text) + 1
    assert list(normal.offsets) == sorted(set(normal.offsets)) or not text
    assert normal.offsets[-1] == len(text)
    for character, offset in zip(normal.text, normal.offsets, strict=False):
        original = text[offset]
        assert character == original or normalise(original).text == character


@given(marked, st.data())
def test_a_span_leads_back_to_text_that_normalises_to_the_same(text, data):
    """Spans of any part of the normalised text."""
    normal = normalise(text)
    start = data.draw(st.integers(0, len(normal.text)))
    end = data.draw(st.integers(start, len(normal.text)))
    first, last = normal.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert normalise(text[first:last]).text == normal.text[start:end]


@given(marked)
def test_normalising_twice_changes_nothing(text):
    """The folded text is its own fold."""
    once = normalise(text).text
    assert normalise(once).text == once
