"""A query as reviewers paste it: what YAML cannot read, or reads in part, is said with its place and the remedy."""

from __future__ import annotations

import pytest

from evsynth.model.finding import Problems
from evsynth.review.search_text import read_search

FILE = """\
search: otters
source: PubMed
query: {}
limits:
  - {{limit: {}, because: We read no other language.}}
by: AB
date: "2031-01-01"
"""


def problem(query, limit="english[la]", **more):
    with pytest.raises(Problems) as raised:
        read_search(FILE.format(query, f"'{limit}'" if not more else more["as_is"]), "search.yaml")
    (finding,) = raised.value.findings
    assert finding.severity == "error"
    return finding


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ('"a" AND "b"', 3, 12),
        ("'otter's holt' OR weir", 3, 15),
        ('"lung disease"[mh]', 3, 22),
        ("[tiab] AND otters", 3, 15),
        ("otters: holt", 3, 14),
        ("otter AND\n  weir: holt", 4, 7),
        ('"a" AND\n  "b"', 3, 12),
        ('otters\nOR "holt"', 3, 8),
        ('"otters AND holt', 3, 8),
        ("*otter", 3, 8),
        ("@otter", 3, 8),
    ],
)
def test_a_query_that_yaml_cannot_read(query, line, column):
    """The mistake is that of the query also where YAML stumbles only in a later line."""
    finding = problem(query)
    assert (finding.place.line, finding.place.column) == (line, column)
    assert finding.code in ("YAML_SYNTAX", "YAML_ALIAS")
    assert finding.message.startswith("`query:` holds quotes or signs that mean something else to YAML (")
    assert finding.hint.startswith("write `query: |-` and the query in the lines below it, each indented by two blanks")


@pytest.mark.parametrize(
    ("query", "line", "column", "left_out"),
    [
        ("otter #1 AND holt", 3, 14, "'#1 AND holt'"),
        ("#1 AND #2", 3, 8, "'#1 AND #2'"),
        ("otter AND\n  weir #holt", 4, 8, "'#holt'"),
        ("otter AND\n  # weir\n", 4, 3, "'# weir'"),
    ],
)
def test_a_query_that_yaml_would_cut(query, line, column, left_out):
    finding = problem(query)
    assert (finding.code, finding.place.line, finding.place.column) == ("VALUE", line, column)
    assert finding.message == f"to YAML a comment begins here, so {left_out} would not be searched"
    assert "query: |-" in finding.hint


@pytest.mark.parametrize("query", ["[otter, holt]", "{otter}", "\n  - otter\n  - holt"])
def test_a_query_that_is_a_list_to_yaml(query):
    finding = problem(query)
    assert finding.message == "to YAML the query is a list, because of its brackets or dashes"
    assert "query: |-" in finding.hint


@pytest.mark.parametrize("limit", ['"a" OR b', "[mh] x", "'otter's'"])
def test_a_limit_that_yaml_cannot_read(limit):
    finding = problem("otters", as_is=limit)
    assert finding.place.line == 5
    assert finding.message.startswith("`limits:` holds")
    assert "between single quotes" in finding.hint


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("otters AND (holt OR weir)", "otters AND (holt OR weir)"),
        ('otters[tiab] AND "river holt"[mh]', 'otters[tiab] AND "river holt"[mh]'),
        ('"otters" # designed with a librarian', "otters"),
        ("|-\n  \"a\" AND 'b': #1 [mh]\n  OR c", "\"a\" AND 'b': #1 [mh]\nOR c"),
        (">-\n  otters #1\n  OR c", "otters #1 OR c"),
        ("otter#1", "otter#1"),
        ("otters\n# A remark of the reviewer.", "otters"),
    ],
)
def test_what_yaml_reads_as_it_stands_is_left_alone(query, read):
    search, _ = read_search(FILE.format(query, "'english[la]'"), "search.yaml")
    assert search.query == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (FILE.format("otters", "x").replace("by: AB", "by: [AB"), "YAML_SYNTAX"),
        (FILE.format("otters", "x") + "by: CD\n", "YAML_DUPLICATE_KEY"),
        (FILE.format("otters", "x").replace("by:", "bye:"), None),
        ("", "SHAPE"),
    ],
)
def test_other_mistakes_are_said_as_in_every_file(text, code):
    with pytest.raises(Problems) as raised:
        read_search(text, "search.yaml")
    assert code is None or [finding.code for finding in raised.value.findings] == [code]
    assert not any("query" in finding.message for finding in raised.value.findings)
