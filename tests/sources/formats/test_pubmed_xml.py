"""PubMed's XML: every field, books, deletions, errors; one bad record costs one."""

from __future__ import annotations

import pytest
from invented_files import ARTICLE, BOOK, DELETED, HEAD, pubmed, small

from evsynth.model.record import (
    DatabankId,
    Grant,
    Identifier,
    Keyword,
    Link,
    Markup,
    MeshHeading,
    Qualifier,
    Section,
    Substance,
)
from evsynth.sources.formats.any_format import read
from evsynth.sources.formats.pubmed_xml import Item, items
from evsynth.sources.medline import read_one
from evsynth.sources.nbib import held, write_nbib
from evsynth.sources.reading import Deletion, ReadError


@pytest.fixture
def record():
    return read(pubmed(ARTICLE).encode()).records[0]


FIELDS = {
    "pmid": "90000001",
    "version": "2",
    "owner": "NLM",
    "status": "MEDLINE",
    "title": "Willowbark raises CO2 in Lutra lutra.",
    "vernacular_title": "Écorce de saule et Lutra.",
    "abstract": (
        Section(label="AIM AND SCOPE", text="To see whether it helps at 10^-3 mol.", category="OBJECTIVE"),
        Section(label="RESULTS", text="Relapse was rarer (p<0.05).", category="RESULTS"),
        Section(text="Plain end."),
    ),
    "copyright": "© 2031 Otters.",
    "authors_complete": False,
    "volume": "13",
    "issue": "4 Suppl 1",
    "pages": "978-429",
    "languages": ("eng", "fre"),
    "publication_types": ("Journal Article", "Retracted Publication"),
    "publication_status": "ppublish",
    "pmcid": "PMC99000001",
    "manuscript_ids": ("NIHMS1",),
    "article_ids": (Identifier(value="10.9999/otter.2031.1", kind="doi"), Identifier(value="otter-1", kind="pii")),
    "location_ids": (
        Identifier(value="10.9999/otter.2031.1", kind="doi"),
        Identifier(value="10.9999/otter.wrong", kind="invalid doi"),
    ),
    "dois": ("10.9999/otter.2031.1",),
    "databank_ids": (
        DatabankId(databank="OtterReg", accession="OTT0001"),
        DatabankId(databank="OtterReg", accession="OTT0002"),
    ),
    "grants": (
        Grant(
            printed="R01 1/OT/Otter Institute/Freedonia",
            number="R01 1",
            acronym="OT",
            agency="Otter Institute",
            country="Freedonia",
        ),
        Grant(printed="The Holt Foundation", agency="The Holt Foundation"),
    ),
    "substances": (
        Substance(registry="0", name="Salicylates", ui="D0"),
        Substance(name="Otter pox", ui="C1", kind="Disease"),
    ),
    "links": (
        Link(tag="RIN", citation="J Otter Med. 2033;15(1):6 PMID: 90000003", pmid="90000003", note="By the editor"),
        Link(tag="ECI", citation="J Otter Med. 2032;14(1):5"),
        Link(tag="EIN", citation="J Otter Med. 2031;13(9):1"),
    ),
    "retracted": True,
    "mesh": (
        MeshHeading(
            name="Lung Diseases, Interstitial",
            ui="D8",
            qualifiers=(Qualifier(name="drug therapy", major=True, ui="Q4"),),
        ),
    ),
    "keywords": (Keyword(text="otters", major=True, owner="NOTNLM"), Keyword(text="CO2", owner="NOTNLM")),
    "conflict_of_interest": "No otter paid.",
    "general_notes": ("A note.",),
    "references_count": "2",
    "markup": (
        Markup(field="title", text="Willowbark raises CO<sub>2</sub> in <i>Lutra lutra</i>."),
        Markup(field="abstract.0", text="To see whether it helps at 10<sup>-3</sup> mol."),
        Markup(field="vernacular_title", text="Écorce de saule et <i>Lutra</i>."),
        Markup(field="keywords.1", text="CO<sub>2</sub>"),
        Markup(field="references.0", text="Oter A. On <i>otters</i>. 2001."),
    ),
    "raw": ARTICLE,
}


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_read(record, name):
    assert getattr(record, name) == FIELDS[name]


def test_dates_are_spelled_as_medline_spells_them(record):
    assert record.dates.published == "2031 Apr-Jun"
    assert (record.dates.completed, record.dates.revised, record.dates.electronic) == (
        "20310920",
        "20310906",
        "20310402",
    )
    assert [(e.when, e.status) for e in record.history] == [("2031/01/26", "received"), ("2031/04/03 06:00", "pubmed")]
    assert record.dates.entrez == "2031/04/03 06:00"


def test_people_keep_what_belongs_to_them(record):
    first, second, group = record.authors
    assert (first.full_name, first.short_name, first.suffix) == ("Lutra, Ottilie B 2nd", "Lutra OB 2nd", "2nd")
    assert first.orcid == "0000-0001-2345-678X"
    assert first.affiliations == ("Weir Hospital, Weirton.", "Institute of Holts.")
    assert first.affiliation_ids == ("ROR: https://ror.example/1",)
    assert (first.equal, first.current, second.current) == (True, True, False)
    assert group.collective == "Otter Study Group"
    assert [one.family for one in record.investigators] == ["Nutria"]


def test_references_keep_their_own_identifiers_and_the_record_keeps_its(record):
    """Readers that look for any ArticleId give a record the identifiers of what it cites."""
    assert [one.citation for one in record.references] == ["Oter A. On otters. 2001.", "Vidra J. Holts. 2002."]
    assert record.references[0].pmid == "11"
    assert record.pmcid == "PMC99000001"


def test_the_other_abstract_keeps_kind_and_language(record):
    (other,) = record.other_abstracts
    assert (other.text, other.language) == ("Publisher: En bref.", "fre")


def test_a_chapter_of_a_book_is_a_record():
    (book,) = read(pubmed(BOOK).encode()).records
    assert (book.pmid, book.title, book.book.title, book.book.chapter) == ("90000009", "Holts", "All about otters", "7")
    assert (book.book.publisher, book.journal.place, book.book.isbns) == ("Holt Press", "Weirton", ("9780000000002",))
    assert ([a.family for a in book.authors], [e.family for e in book.editors]) == (["Vidra"], ["Oter"])
    assert book.article_ids == (Identifier(value="NBK1", kind="bookaccession"),)
    assert (book.dates.published, book.dates.book_contributed, book.publication_types) == (
        "2030",
        "20300303",
        ("Review",),
    )


def test_deletions_are_not_records_and_not_lost():
    reading = read(pubmed(small(5), DELETED).encode())
    assert [r.pmid for r in reading.records] == ["5"]
    assert reading.deletions == (Deletion(5, "1", "1"), Deletion(5, "2", "3"))
    assert reading.failures == ()


@pytest.mark.parametrize(
    "body",
    [
        "<eFetchResult><ERROR>UID=x: cannot get document summary</ERROR></eFetchResult>",
        "<PubmedArticleSet><ERROR>Search Backend failed: no</ERROR></PubmedArticleSet>",
    ],
)
def test_an_error_of_pubmed_is_no_empty_list(body):
    with pytest.raises(ReadError, match="PubMed answered with an error"):
        read((HEAD + body).encode())


def test_a_set_without_records_has_none():
    assert read(b"<PubmedArticleSet></PubmedArticleSet>").records == ()


BAD = {
    "not closed": small(2).replace("</PubmedArticle>", ""),
    "a tag that does not close": small(2).replace("</ArticleTitle>", ""),
    "a bare ampersand": small(2).replace("Otter", "Otter & Co"),
    "an unknown entity": small(2).replace("Otter", "&otter;"),
    "a NUL": small(2).replace("Otter", "Ot\0ter"),
    "nothing inside": "<PubmedArticle></PubmedArticle>",
    "no identifier": "<PubmedArticle><MedlineCitation><Article/></MedlineCitation></PubmedArticle>",
    "stray text": "Otter 2 was here",
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_record_costs_one(name):
    reading = read(pubmed(small(1), BAD[name], small(3)).encode())
    assert [r.pmid for r in reading.records] == ["1", "3"]
    (failure,) = reading.failures
    assert failure.line in (5, 4)
    assert failure.message
    assert failure.hint
    assert failure.text.strip().startswith(BAD[name][:10])


def test_bytes_of_another_encoding_cost_one_record():
    whole = pubmed(small(1), small(2).replace("Otter", "Løtter"), small(3))
    reading = read(whole.encode().replace("ø".encode(), b"\xf8"))
    assert [r.pmid for r in reading.records] == ["1", "3"]
    assert "not UTF-8" in reading.failures[0].message


def test_names_of_characters_that_html_knows_are_read_and_said():
    reading = read(pubmed(small(1).replace("Otter", "Otter&nbsp;&alpha;&amp;")).encode())
    assert reading.records[0].title == "Otter\xa0α& 1"
    assert "&nbsp;" in reading.doubts[0].message


def test_a_file_that_ends_inside_a_record_keeps_those_before():
    whole = pubmed(small(1), small(2)).encode()
    cut = whole[: whole.index(b"Otter 2") + 3]
    reading = read(cut)
    assert [r.pmid for r in reading.records] == ["1"]
    assert "ends inside this record" in reading.failures[0].message


def test_the_old_set_without_pubmed_data_is_read():
    inside = "<PMID>7</PMID><Article><ArticleTitle>T</ArticleTitle></Article>"
    citation = f'<MedlineCitation Status="MEDLINE">{inside}</MedlineCitation>'
    assert [r.pmid for r in read(f"<MedlineCitationSet>{citation}</MedlineCitationSet>".encode()).records] == ["7"]


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("<Year>2022</Year><Month>Sep</Month><Day>02</Day>", "2022 Sep 2"),
        ("<Year>2022</Year><Month>09</Month>", "2022 Sep"),
        ("<Year>2031</Year><Season>Winter</Season>", "2031 Winter"),
        ("<MedlineDate>2019 Apr-Jun</MedlineDate>", "2019 Apr-Jun"),
        ("<Year>2022</Year><Month>Sep-Oct</Month>", "2022 Sep-Oct"),
        ("<Year>2022</Year><Month>\u00b2</Month>", "2022 \u00b2"),
        ("<Year>2022</Year><Month>\u0663</Month>", "2022 Mar"),
        (f"<Year>2022</Year><Month>{'9' * 5000}</Month>", f"2022 {'9' * 5000}"),
    ],
)
def test_publication_dates(printed, read_as):
    article = ARTICLE.replace("<MedlineDate>2031 Apr-Jun</MedlineDate>", printed)
    assert read(pubmed(article).encode()).records[0].dates.published == read_as


def test_a_record_of_the_xml_reads_alike_in_medline_text(record):
    back = read_one(write_nbib([record]))
    assert back.without_raw() == held(record)
    assert back.source == "J Otter Med. 2031 Apr-Jun;13(4 Suppl 1):978-429. doi: 10.9999/otter.2031.1."


def test_items_are_plain_and_streamed():
    text = pubmed(*(small(n) for n in range(1, 50))).encode()
    found = items(text[at : at + 64] for at in range(0, len(text), 64))
    first = next(found)
    assert isinstance(first, Item)
    assert first.fields["pmid"] == "1"
    assert first.record().pmid == "1"
    assert sum(1 for _ in found) == 48
