"""Files that mean harm, or were harmed: no entity is resolved, memory is bounded, what can be read is read."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from contextlib import suppress

import pytest
from invented_files import ENDNOTE, HEAD, JATS, pubmed, small

from evsynth.sources.formats.any_format import each, read
from evsynth.sources.reading import ReadError

BOMB = """\
<!DOCTYPE PubmedArticleSet [<!ENTITY a "otter"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
"""


@pytest.mark.parametrize(
    "head",
    [
        BOMB,
        '<!DOCTYPE PubmedArticleSet [<!ENTITY c SYSTEM "file:///etc/passwd">]>\n',
        '<!DOCTYPE PubmedArticleSet [<!ENTITY % p SYSTEM "http://otters.example/evil.dtd"> %p;]>\n',
    ],
)
def test_entities_of_the_file_are_never_resolved(head):
    reading = read(f"{head}<PubmedArticleSet>{small(1)}{small(2).replace('Otter', '&c;')}</PubmedArticleSet>".encode())
    assert [r.pmid for r in reading.records] == ["1"]
    (failure,) = reading.failures
    assert "&c; is not one of XML's own" in failure.message
    assert "never resolved" in failure.hint


@pytest.mark.parametrize("text", [JATS.replace("Forty", "&c;"), ENDNOTE.replace("To see", "&c;")])
def test_nor_in_the_other_formats(text):
    body = text[text.index("<article" if "<article" in text else "<xml>") :]
    reading = read((BOMB + body).encode())
    assert "&c; is not one of XML's own" in reading.failures[0].message
    assert not any("otter" in record.abstract_text for record in reading.records)


def test_a_document_type_inside_a_record_is_refused():
    reading = read(pubmed(small(1).replace("<Article>", '<!DOCTYPE x [<!ENTITY c "y">]><Article>')).encode())
    assert (reading.records, len(reading.failures)) == ((), 1)


def test_a_record_of_100_megabytes_is_not_held():
    def chunks():
        yield f"{HEAD}<PubmedArticleSet>{small(1)}<PubmedArticle><MedlineCitation><PMID>2</PMID>".encode()
        for _ in range(100):
            yield b"<x>" + b"o" * (2**20 - 7) + b"</x>"
        yield f"</MedlineCitation></PubmedArticle>{small(3)}</PubmedArticleSet>".encode()

    tracemalloc.start()
    reading = read(chunks())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [r.pmid for r in reading.records] == ["1", "3"]
    assert "more than 16 MiB" in reading.failures[0].message
    assert peak < 80 * 2**20


def test_a_long_file_needs_the_memory_of_one_record():
    def chunks():
        yield HEAD.encode() + b"<PubmedArticleSet>"
        for number in range(1, 20_001):
            yield small(number).encode()
        yield b"</PubmedArticleSet>"

    tracemalloc.start()
    count = sum(1 for _ in each(chunks()).found)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 2 * 2**20


def test_too_many_tags_are_refused():
    reading = read(pubmed(small(1), small(2).replace("Otter", "<i/>" * 1_000_001)).encode())
    assert [r.pmid for r in reading.records] == ["1"]
    assert "tags" in reading.failures[0].message


def test_tags_that_stand_very_deep_are_read():
    deep = "<i>" * 50_000 + "x" + "</i>" * 50_000
    (record,) = read(pubmed(small(1).replace("Otter", deep)).encode()).records
    assert record.title == "x 1"


WHOLE = pubmed(*(small(n) for n in range(1, 200)))


def test_gzip_is_inflated():
    assert len(read(gzip.compress(WHOLE.encode())).records) == 199


def test_gzip_of_several_members():
    half = WHOLE.index("</PubmedArticle>", len(WHOLE) // 2)
    data = gzip.compress(WHOLE[:half].encode()) + gzip.compress(WHOLE[half:].encode())
    assert len(read(data).records) == 199


@pytest.mark.parametrize("cut", [30, 200, 1500])
def test_gzip_that_was_cut(cut):
    """What came before the cut is read; the cut is a failure, never silence."""
    data = gzip.compress(WHOLE.encode(), compresslevel=0)[: -cut * 10]
    reading = read(data)
    assert 0 < len(reading.records) < 199
    assert "the gzip file is cut" in reading.failures[-1].message


def test_gzip_with_a_damaged_middle():
    data = bytearray(gzip.compress(WHOLE.encode(), compresslevel=0))
    data[len(data) // 2] ^= 0xFF
    reading = read(bytes(data))
    assert any("gzip file is" in failure.message for failure in reading.failures)


def test_gzip_that_holds_nothing():
    with pytest.raises(ReadError, match="gzip"):
        read(gzip.compress(WHOLE.encode())[:12])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_xml_in_another_encoding(encoding):
    text = pubmed(small(1).replace("Otter", "Løtter")).replace('encoding="utf-8"', f'encoding="{encoding}"')
    (record,) = read(text.encode(encoding)).records
    assert record.title == "Løtter 1"


def test_medline_with_a_damaged_record_keeps_the_others():
    text = b"PMID- 1\nTI  - A\n\nPMID- 2\nTI  - \xff\n\nPMID- 3\nTI  - C\n\nPMID- 4\nTI  - \0\n"
    reading = read(text)
    assert [r.pmid for r in reading.records] == ["1", "3"]
    assert sorted((f.line, f.message[:6]) for f in reading.failures) == [(4, "byte 0"), (10, "a NUL ")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"PK\x03\x04" + b"\0" * 100, "not text"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\1" * 50, "not text"),
        (b"just some words\n", "none of the formats"),
        (b"<html><body>429 Too many requests</body></html>", "HTML"),
        (b"<?xml version='1.0'?><eSearchResult><Count>1</Count></eSearchResult>", "identifiers, not records"),
        (b"<modsCollection/>", "MODS"),
        (b"<rss/>", "XML of another kind"),
        (b"%PDF-1.7", "a PDF holds text"),
        (b"--AU-- Lutra, O\n", "Biblioscape"),
    ],
)
def test_what_is_not_read_is_named(data, said):
    with pytest.raises(ReadError, match=said):
        read(data)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (WHOLE, "PubMed XML"),
        (JATS, "JATS"),
        (ENDNOTE, "EndNote XML"),
        ("PMID- 1\nTI  - @article{x, is no entry}\n", "MEDLINE"),
        ("TY  - JOUR\n", "RIS"),
        ("FN X\nVR 1.0\nPT J\n", "Web of Science"),
        ("<1>\nAuthor\n  Lutra\n", "Ovid"),
        ("\n<12. >\nVN  - Ovid Technologies\nTI  - A\n", "Ovid"),
        ("VN  - Ovid Technologies\nDB  - Embase\nTI  - A\nSO  - B\n", "Ovid"),
        ("RECORD 1\nTITLE\n  A\n", "Embase"),
        ('"RECORD 1"\n"TITLE","A"\n', "table"),
        ("1.\nTY  - JOUR\nDB  - Embase\n", "RIS"),
        ("<1. >\nTY  - JOUR\nDB  - Embase\n", "RIS"),
        ('"SEARCH QUERY","\'otter\'/exp"\n\n"TITLE","T"\n', "table"),
        ("% comment\n@article{x, title={T}}", "BibTeX"),
        ('[{"title": "T"}]', "CSL-JSON"),
        ("Title;PMID\n", "table"),
        ("PMID\n1\n", "table"),
    ],
)
def test_formats_are_told_by_content(text, form):
    assert each([text.encode()]).format == form


LONG = "otter " * 3_000_000  # 18 MB


@pytest.mark.parametrize(
    ("one", "between"),
    [
        ("TY  - JOUR\nTI  - {}\nER  - \n", ""),
        ("PMID- 1\nTI  - {}\n", "\n"),
        ("PT J\nTI {}\nER\n", "\n"),
        ("<1>\nTitle\n  {}\n", "\n"),
        ("VN  - Ovid Technologies\nTI  - {}\n", "\n"),
        ("RECORD 1\nTITLE\n  {}\n", "\n"),
        ("@article{{a, title={{{}}}}}\n", ""),
    ],
    ids=["RIS", "MEDLINE", "Web of Science", "Ovid", "Ovid with tags", "Embase", "BibTeX"],
)
def test_a_record_of_any_text_format_that_is_too_long_costs_itself(one, between):
    reading = read((one.format("A") + between + one.format(LONG) + between + one.format("C")).encode())
    assert [record.title for record in reading.records] == ["A", "C"]
    (failure,) = reading.failures
    assert "more than 16 MiB" in failure.message
    assert len(failure.text) <= 1000


def test_so_does_a_row_and_an_item():
    reading = read(f'PMID,Title,Abstract\n1,A,x\n2,B,"{LONG}"\n3,C,x\n'.encode())
    assert ([r.pmid for r in reading.records], len(reading.failures)) == (["1", "3"], 1)
    assert "a cell of more than 16 MiB" in reading.failures[0].message
    reading = read(f'[{{"title": "A"}}, {{"title": "{LONG}"}}, {{"title": "C"}}]'.encode())
    assert ([r.title for r in reading.records], len(reading.failures)) == (["A", "C"], 1)


@pytest.mark.parametrize("each_", ["s{n} # s{n}", "s0 # s0 # s0 # s0"])
def test_strings_of_bibtex_that_grow_are_bounded(each_):
    """`@string` is BibTeX's entity: forty lines can ask for a terabyte, or for a thousand times sixteen megabytes."""
    text = '@string{s0 = "' + "x" * 2**19 + '"}\n'
    text += "".join(f"@string{{s{n + 1} = {each_.format(n=n)}}}\n" for n in range(60))
    begun = time.monotonic()
    reading = read((text + "@article{b, title={B}}\n").encode())
    assert [record.title for record in reading.records] == ["B"]
    assert reading.failures
    assert all("more than 16 MiB" in failure.message for failure in reading.failures)
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "data",
    [
        b"@article{" + b" " * 300_000,
        b"@article{a, title={T}}\n@" + b" " * 300_000,
        b"x" + b"\n" * 300_000,
        b"@article{a, title={T\n" * 10_000,
        b"Title,PMID\n" + (b'"a,1\n' + b"b,2\n" * 1999) * 5,
        b"RECORD 1\nTITLE\n" * 20_000,
        b"<1>\n" * 50_000,
        b"TY  - JOUR\n" * 20_000,
        b'<?xml version="1.0"?><PubmedArticleSet>' + b"<" * 300_000,
        b"TY  - JOUR\nTI  - A\nAU  - " + b"a, " * 200_000 + b"\nER  - \n",
    ],
    ids=["key", "entry", "lines", "braces", "quotes", "Embase", "Ovid", "RIS", "XML", "names"],
)
def test_harm_does_not_keep_the_program_busy(data):
    """Each of these would take minutes or hours if the time grew with the square of the size."""
    begun = time.process_time()
    with suppress(ReadError):
        read(data)
    assert time.process_time() - begun < 10
