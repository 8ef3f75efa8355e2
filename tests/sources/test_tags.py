from __future__ import annotations

import pytest

from evsynth.sources.tags import TAGS, BadLine, Field, fields, one_line, tag_line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TI  - A title", ("TI", "A title")),
        ("PMID- 1", ("PMID", "1")),
        ("AID - 10.9/x [doi]", ("AID", "10.9/x [doi]")),
        ("XYZ - unknown", ("XYZ", "unknown")),
        ("AB  -", ("AB", "")),
        ("AB  - - dash", ("AB", "- dash")),
        ("PMID-22664238", ("PMID", "22664238")),
        ("TI-A", ("TI", "A")),
        ("TI  -A", ("TI", "A")),
        ("XYZ-unknown", None),
        ("T cells - and", None),
        ("TI  A title", None),
        ("ti  - A title", None),
        ("LONGER- A", None),
        ("", None),
    ],
)
def test_tag_line(line, expected):
    assert tag_line(line) == expected


def test_continuations_are_joined_by_one_blank():
    lines = ["TI  - One ", "      two", "", "\tthree  four", "OT  - five"]
    assert fields(lines, 7) == ([Field("TI", "One two three four", 7), Field("OT", "five", 11)], None)


@pytest.mark.parametrize(("lines", "bad"), [(["TI  - a", "b"], BadLine(2, "b")), (["  a"], BadLine(1, "  a"))])
def test_the_first_bad_line_is_named(lines, bad):
    assert fields(lines, 1)[1] == bad


def test_blanks_of_other_kinds_stay():
    assert one_line(" a\u00a0b \t c\r\n") == "a\u00a0b c"


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("DP", "2019 Apr-Jun"),
        ("DP", "Winter 2019"),
        ("DP", "2006 Mar 1"),
        ("IS", "1664-3224 (Electronic)"),
        ("PG", "E174; discussion E174"),
        ("PG", "1051.e13-1051.e17"),
        ("PG", "xii-xv"),
        ("AID", "S1051-0443(19)30544-5 [pii]"),
        ("AID", "NBK1116 [bookaccession]"),
        ("LID", "978429"),
        ("EDAT", "1996/07/09"),
        ("PHST", "2016 [ecollection]"),
        ("PHST", "2022/01/01 00:00 [pmc-release]"),
        ("PST", "ppublish+epublish"),
        ("STAT", "PubMed-not-MEDLINE"),
        ("RN", "EC 3.6.1.- (GTP Phosphohydrolases)"),
        ("CI", "Thieme Medical Publishers 333 Seventh Avenue, New York, NY 10001, USA."),
        ("CI", "This article is protected by copyright. All rights reserved."),
        ("CN", "North American Solitaire Acute Stroke Registry"),
    ],
)
def test_values_are_of_their_form(tag, value):
    assert TAGS[tag].form.fullmatch(value)


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("IS", "the scale"),
        ("PG", "of the book"),
        ("AID", "kit, then"),
        ("EDAT", "yesterday"),
        ("CI", "0.5 to 0.9 was wide"),
        ("CN", "China had more. The others had fewer"),
        ("PMID", "12a"),
    ],
)
def test_prose_is_not_of_their_form(tag, value):
    assert not TAGS[tag].form.fullmatch(value)
