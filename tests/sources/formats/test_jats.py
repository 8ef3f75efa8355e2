"""JATS: the record, and the text with its parts; tables spread over their spans."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from invented_files import JATS

from evsynth.model.source import is_open
from evsynth.sources.formats.any_format import read
from evsynth.sources.formats.jats import Article, articles
from evsynth.sources.formats.jats_tables import table
from evsynth.sources.formats.jats_text import credit, full_text, licence
from evsynth.sources.reading import ReadError


@pytest.fixture
def article():
    (found,) = articles([JATS.encode()])
    assert isinstance(found, Article)
    return found.element


def test_the_record():
    (record,) = read(JATS.encode()).records
    assert (record.pmid, record.pmcid, record.doi, record.pages) == (
        "90000001",
        "PMC99000001",
        "10.9999/otter.2031.1",
        "978-989",
    )
    assert (record.title, record.markup[0].text) == ("Willowbark in Lutra", "Willowbark in <italic>Lutra</italic>")
    assert [(s.label, s.text) for s in record.abstract] == [
        ("Methods", "Forty otters."),
        ("Results", "Fewer relapses."),
    ]
    first, group = record.authors
    assert (first.full_name, first.affiliations, first.orcid) == (
        "Lutra, Ottilie",
        ("Weir Hospital, Weirton",),
        "0000-0001-2345-678X",
    )
    assert group.collective == "Otter Study Group"
    assert record.dates.published == "2031 Apr 2"
    assert [r.citation for r in record.references] == [
        "Oter A. On otters. J Otter Med. 2001;1:2-3.",
        "Vidra J. Holts. 2002.",
    ]
    assert record.references[0].pmid == "11"
    assert record.conflict_of_interest == "None declared."
    assert record.raw.startswith("<article ")


TEXT = """\
# Willowbark in Lutra

Ottilie Lutra, Otter Study Group

## Abstract

### Methods:

Forty otters.

### Results

Fewer relapses.

## Results

FEV1 rose (p = 0.03<sup>1</sup>; n = 40) Table 1. It held.

Table 1 | Baseline.
\tVariable\tGroup\tGroup\tP
\tVariable\tBark (n=20)\tNone (n=20)\tP
\tLung
\tAge\t5.0<sup>a</sup>\t6.0\t0.4
\tAge\t7\t8
<sup>a</sup> Mean.

Figure 1 | Survival. By group.

None declared.

## References

1 Oter A. On otters. J Otter Med. 2001;1:2-3.
2 Vidra J. Holts. 2002.
"""


def test_the_text(article):
    assert full_text(article).text == TEXT


def test_every_part_stands_where_it_says(article):
    found = full_text(article)
    by_kind = {}
    for part in found.parts:
        by_kind.setdefault(part.kind, []).append(found.text[part.start : part.end])
    assert by_kind["title"] == ["# Willowbark in Lutra"]
    assert by_kind["table"][0].startswith("Table 1 | Baseline.\n\tVariable\tGroup")
    assert by_kind["figure"] == ["Figure 1 | Survival. By group."]
    assert by_kind["footnote"] == ["<sup>a</sup> Mean."]
    assert len(by_kind["reference"]) == 2
    assert [p.label for p in found.parts if p.kind in {"table", "figure"}] == ["Table 1", "Figure 1"]


def test_a_superscript_never_becomes_a_digit_of_a_number(article):
    assert "0.031" not in full_text(article).text


def test_licence_and_credit(article):
    assert (licence(article), credit(article)) == ("CC BY 4.0", "© 2031 Lutra.")


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        ("CC BY 4.0", True),
        ("CC BY-SA 3.0", True),
        ("CC0 1.0", True),
        ("Public Domain Mark 1.0", True),
        ("CC BY", True),
        ("CC BY-NC 4.0", False),
        ("CC BY-ND 4.0", False),
        ("CC BY-NC-ND 4.0", False),
        ("This is an open-access article", False),
        ("", False),
    ],
)
def test_which_licences_are_open(words, open_):
    assert is_open(words) is open_


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        # the rows of a body, the lines of text
        ("<tr><td>a</td><td>b</td></tr>", ["\ta\tb"]),
        ("<tr><td rowspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr>", ["\ta\tb", "\ta\tc"]),
        ("<tr><td colspan='2'>a</td><td>b</td></tr><tr><td>1</td><td>2</td><td>3</td></tr>", ["\ta\t\tb", "\t1\t2\t3"]),
        ("<tr><td>a</td><td rowspan='2'>b</td></tr><tr><td>c</td></tr>", ["\ta\tb", "\tc\tb"]),
        ("<tr><td rowspan='9'>a</td><td>b</td></tr>", ["\ta\tb"]),
        ("<tr><td rowspan='0'>a</td><td colspan='x'>b</td></tr>", ["\ta\tb"]),
        ("<tr><td rowspan='2' colspan='2'>a</td><td>b</td></tr><tr><td>c</td></tr>", ["\ta\t\tb", "\ta\t\tc"]),
        ("<tr></tr>", ["\t"]),
    ],
)
def test_spans(rows, lines):
    element = ElementTree.fromstring(f"<table><tbody>{rows}</tbody></table>")
    assert table(element, lambda cell: cell.text or "").lines() == lines


def test_a_span_of_a_million_columns_is_bounded():
    element = ElementTree.fromstring("<table><tr><td colspan='1000000'>a</td></tr></table>")
    assert len(table(element, lambda cell: cell.text or "").body[0]) == 500


def test_an_answer_without_the_article_is_an_error():
    with pytest.raises(ReadError, match="PubMed Central answered with an error"):
        read(b'<pmc-articleset><Reply Id="1" error="The following PMCID is not available: 1"/></pmc-articleset>')


def test_articles_of_a_set_have_the_prefixes_of_the_set():
    inner = JATS[JATS.index("<article") :].replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "", 1)
    text = f'<pmc-articleset xmlns:xlink="http://www.w3.org/1999/xlink">{inner}{inner}</pmc-articleset>'
    reading = read(text.encode())
    assert ([r.pmid for r in reading.records], reading.failures) == (["90000001", "90000001"], ())


def test_elements_that_stand_too_deep_are_refused():
    deep = "<sec>" * 300 + "</sec>" * 300
    (found,) = articles([f"<article><body>{deep}</body></article>".encode()])
    with pytest.raises(ValueError, match="deep"):
        full_text(found.element)
