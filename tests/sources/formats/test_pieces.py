"""Cutting a stream of XML: whatever the chunks, the same pieces; one bad record costs one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evsynth.sources.formats.pieces import pieces

NAMES = ("A", "AB")


def chunks(data: bytes, size: int):
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the stream, and (name, line, bytes, trouble) of each piece
        (b"<S>\n<A>x</A>\n<AB y='1'>z</AB ></S>", [("A", 2, b"<A>x</A>", ""), ("AB", 3, b"<AB y='1'>z</AB >", "")]),
        (b"<A/><A>x</A>", [("A", 1, b"<A/>", ""), ("A", 1, b"<A>x</A>", "")]),
        (b"<A>1\n<A>2</A>", [("A", 1, b"<A>1\n", "unclosed"), ("A", 2, b"<A>2</A>", "")]),
        (b"<A>1</A>\n<A>2", [("A", 1, b"<A>1</A>", ""), ("A", 2, b"<A>2", "cut")]),
        (
            b"<A>1</A>\nlost<A>2</A>",
            [("A", 1, b"<A>1</A>", ""), ("", 2, b"\nlost", "between"), ("A", 2, b"<A>2</A>", "")],
        ),
        (b"<A>1</A >\n<A>2</A\n>", [("A", 1, b"<A>1</A >", ""), ("A", 2, b"<A>2</A\n>", "")]),
        (b"<A>1</A >lost</A>", [("A", 1, b"<A>1</A >", ""), ("", 1, b"lost</A>", "between")]),
        (b"<A>1</AB></A>", [("A", 1, b"<A>1</AB></A>", "")]),
        (b"<ABC>no</ABC><A-B/>", [("", 1, b"<ABC>no</ABC><A-B/>", "between")]),
        (b"<ABC></ABC><A-B/>", []),
        (b'<!DOCTYPE x [<!ENTITY y "<z>">]><S><!-- note --></S>', []),
        (b"", []),
    ],
)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_pieces_of_a_stream(text, found, size):
    assert [tuple(piece) for piece in pieces(chunks(text, size), NAMES)] == found


@pytest.mark.parametrize("size", [100, 1 << 12, 1 << 20])
def test_a_record_that_is_too_long_costs_itself_and_is_not_held(size):
    text = b"<S>\n<A>" + b"x\n" * 50_000 + b"</A>\n<A>y</A></S>"
    first, second = pieces(chunks(text, size), NAMES, largest=10_000)
    assert (first.name, first.line, first.trouble) == ("A", 2, "large")
    assert len(first.raw) <= 1000
    assert tuple(second) == ("A", 50_003, b"<A>y</A>", "")


@pytest.mark.parametrize("size", [100, 1 << 12])
def test_a_long_text_without_records_is_let_go(size):
    text = b"<A>1</A>" + b"z\n" * 50_000 + b"<A>2</A>"
    first, lost, second = pieces(chunks(text, size), NAMES, largest=10_000)
    assert (first.raw, lost.trouble, second.raw) == (b"<A>1</A>", "large", b"<A>2</A>")
    assert second.line == 50_001


PART = st.sampled_from(
    [b"<A>", b"</A>", b"<AB>", b"</AB", b">", b"<", b"x", b"\n", b"<A/>", b"<!--", b"-->", b"<?", b"</"]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PART, max_size=25).map(b"".join), st.integers(1, 12))
def test_the_size_of_chunks_does_not_matter(text, size):
    assert list(pieces(chunks(text, size), NAMES)) == list(pieces([text], NAMES))


@settings(max_examples=300, deadline=None)
@given(st.lists(PART, max_size=25).map(b"".join))
def test_every_piece_stands_in_the_text_and_none_overlaps(text):
    at = 0
    for piece in pieces([text], NAMES):
        found = text.index(piece.raw, at)
        assert text.count(b"\n", 0, found) + 1 <= piece.line
        at = found + len(piece.raw)
