from __future__ import annotations

import pytest

from evsynth.sources.reading import Doubt, ReadError, decode, shown


@pytest.mark.parametrize(
    "data",
    ["PMID- 1 é".encode(), "PMID- 1 é".encode("utf-8-sig"), "PMID- 1 é".encode("utf-16")],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16"],
)
def test_text_is_decoded(data):
    assert decode(data) == "PMID- 1 é"


def test_line_ends_are_kept():
    assert decode(b"a\r\nb\rc\n") == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"PMID- 1\nTI  - \xe9t\xe9", 2, "byte 0xe9 is not UTF-8 text"),
        (b"PMID- 1\n\x00\x01", 2, "a NUL byte"),
        (b"\xff\xfea", 1, "is not UTF-16 text"),
        (b"\x1f\x8b\x08\xff", 1, "byte 0x8b is not UTF-8 text"),
    ],
)
def test_bytes_that_are_no_text_are_refused(data, line, words):
    with pytest.raises(ReadError) as error:
        decode(data)
    assert error.value.line == line
    assert words in str(error.value)


def test_long_texts_are_cut_in_messages():
    assert shown("a" * 100) == repr("a" * 59 + "…")
    assert str(Doubt(3, "look")) == "line 3: look"
