"""BibTeX, CSL-JSON and EndNote XML."""

from __future__ import annotations

import pytest
from invented_files import BIBTEX, ENDNOTE

from evsynth.model.record import Identifier, Keyword, Markup, Tagged
from evsynth.sources.formats import latex
from evsynth.sources.formats.any_format import read
from evsynth.sources.reading import ReadError


def test_bibtex_fields():
    reading = read(BIBTEX.encode())
    first, book = reading.records
    assert [a.name for a in first.authors] == ["Müller, Ottilie", "Otter Study Group", "Jan Vidra"]
    assert first.authors[1].collective == "Otter Study Group"
    assert (first.title, first.journal.title) == ("CO2 in otters: 5% more", "Journal of otter medicine, new series")
    assert (first.dates.published, first.pages, first.doi) == ("2031 Apr", "978-989", "10.9999/otter.1")
    assert first.keywords == (Keyword(text="otters"), Keyword(text="bark"))
    assert first.unknown == (Tagged(tag="key", value="lutra2031"), Tagged(tag="custom", value="kept"))
    assert [e.family for e in book.editors] == ["Oter", "Holt"]
    assert (book.book.publisher, book.book.isbns) == ("Holt Press", ("9780000000002",))
    assert first.raw in BIBTEX


def test_an_entry_that_does_not_close_costs_itself():
    (failure,) = read(BIBTEX.encode()).failures
    assert failure.line == 14
    assert "do not close" in failure.message
    assert failure.text.startswith("@article{broken")


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        (r"M{\"u}ller", "Müller"),
        (r"M\"uller", "Müller"),
        (r"{\'E}cole", "École"),
        (r"\v{S}koda \c{c}a", "Škoda ça"),
        (r"{\O}ster \& {\ss}", "Øster & ß"),
        (r"\'{\i}", "í"),
        ("a~b {DNA} $\\alpha$", "a b DNA α"),
        (r"\unknown{x}", r"\unknownx"),
        ("plain", "plain"),
    ],
)
def test_latex(printed, plain):
    assert latex.plain(printed) == plain


@pytest.mark.parametrize("text", ["a{b}c", "50% & more_or #1 $x$ ~ ^ \\", "\\'e", "{{}}"])
def test_latex_that_is_written_means_the_text(text):
    assert latex.plain(latex.escaped(text)) == text


def test_csl_items():
    text = (
        '[{"type":"article-journal","title":"T","author":[{"family":"Lutra","given":"O"},{"literal":"Otters"}],'
        '"issued":{"date-parts":[[2031,4,2]]},"DOI":"10.9999/o","PMID":90000001},'
        '{"title":"B","issued":"2030"}, 5, {"type":"book","title":"C","author":["x"]}]'
    )
    reading = read(text.encode())
    first, second = reading.records
    assert (first.pmid, first.dates.published, first.authors[1].collective) == ("90000001", "2031 Apr 2", "Otters")
    assert second.dates.published == "2030"
    assert ["item 3" in reading.failures[0].message, "item 4" in reading.failures[1].message] == [True, True]


def test_what_is_not_json_is_refused():
    with pytest.raises(ReadError, match="not JSON"):
        read(b'[{"title": }]')


def test_endnote_fields():
    reading = read(ENDNOTE.encode())
    first, third = reading.records
    assert (first.title, first.kind, first.pmid, first.pmcid) == (
        "CO2 in otters",
        "Journal Article",
        "90000001",
        "PMC99000001",
    )
    assert first.markup == (Markup(field="title", text="CO<sub>2</sub> in otters"),)
    assert [a.family for a in first.authors] == ["Lutra", "Vidra"]
    assert (first.journal.title, first.volume, first.issue, first.pages) == ("J Otter Med", "13", "4", "978-989")
    assert first.article_ids == (Identifier(value="10.9999/otter.1", kind="doi"),)
    assert first.keywords == (Keyword(text="otters"), Keyword(text="bark", major=True))
    assert first.affiliations == ("Weir Hospital; Institute of Holts",)
    assert first.dates.published == "2031 Apr 2"
    assert Tagged(tag="label", value="mine") in first.unknown
    assert first.raw in ENDNOTE
    assert third.title == "Third"
    assert ["not well-formed" in f.message for f in reading.failures] == [True]


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (b'{"title": "B\x8f\x90", "type": "book"}', "byte 0x8f in the record is not UTF-8"),
        (b'{"title": "B", "type": "bo\x8fok"}', "byte 0x8f"),
        (b'{"title": "B", "no\\udc8fte": "x"}', "byte 0x8f"),
        (b'{"title": "B\\ud800", "type": "book"}', "half a character"),
        (b'{"title": "B\\u0000", "type": "book"}', "a NUL character"),
        (b'{"title": "B\0", "type": "book"}', "a NUL character"),
        (b'{"title": "B\\\\\\u0000", "type": "book"}', "a NUL character"),
    ],
)
def test_an_item_that_holds_no_text_costs_itself(item, words):
    """Found by feeding damaged bytes: such a record could not be written anywhere."""
    reading = read(b'[{"title": "A"}, ' + item + b', {"title": "C"}]')
    assert [record.title for record in reading.records] == ["A", "C"]
    (failure,) = reading.failures
    assert f"item 2: {words}" in failure.message


def test_an_item_may_speak_of_a_nul():
    (record,) = read(rb'[{"title": "Of \\u0000 and \ud83e\udda6"}]').records
    assert record.title == "Of \\u0000 and \U0001f9a6"


def test_a_line_break_inside_a_text_costs_nothing():
    """JSON wants it written as \\n; some programs print it as it is."""
    (record,) = read(b'[{"title": "Otters\n\tand holts"}]').records
    assert record.title == "Otters and holts"
