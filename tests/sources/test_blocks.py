from __future__ import annotations

import pytest

from evsynth.sources.blocks import blocks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PMID- 1\nTI  - A\n", [(1, "PMID- 1\nTI  - A")]),
        ("\n\nPMID- 1\n\n\nPMID- 2\n", [(3, "PMID- 1"), (6, "PMID- 2")]),
        ("PMID- 1\nPMID- 2", [(1, "PMID- 1"), (2, "PMID- 2")]),
        (
            "PMC - PMC1\nPMID- 1\n\nPMC - PMC2\nPMID- 2",
            [(1, "PMC - PMC1\nPMID- 1"), (4, "PMC - PMC2\nPMID- 2")],
        ),
        ("PMID- 1\r\nTI  - A\r\n\r\nPMID- 2\r\n", [(1, "PMID- 1\r\nTI  - A"), (4, "PMID- 2")]),
        (
            "PMID- 1\nAB  - A\n\n      b\n      \nTI  - c",
            [(1, "PMID- 1\nAB  - A\n\n      b"), (6, "TI  - c")],
        ),
        ("\ufeffPMID- 1\x0b2\u2028\n", [(1, "PMID- 1\x0b2\u2028")]),
        ("a preface\n\nPMID- 1", [(1, "a preface"), (3, "PMID- 1")]),
    ],
)
def test_blocks(text, expected):
    assert [tuple(block) for block in blocks(text)] == expected


def test_a_long_file_takes_little_time():
    """Many empty lines, many records: one pass."""
    assert len(blocks("PMID- 1\n\n\n\n" * 50_000)) == 50_000
