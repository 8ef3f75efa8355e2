"""RIS and Web of Science: fields, continuations, missing ends, counts; one bad record costs one."""

from __future__ import annotations

import pytest
from invented_files import RIS, WOS

from evsynth.model.record import Identifier, Issn, Keyword, Section, Tagged
from evsynth.sources.formats.any_format import read
from evsynth.sources.formats.names import author, author_text


@pytest.fixture
def ris():
    return read(RIS.encode())


@pytest.fixture
def wos():
    return read(WOS.encode())


def test_ris_fields(ris):
    first, chapter, last = ris.records
    assert (first.kind, first.title, first.journal.title) == (
        "JOUR",
        "Willowbark in otters",
        "Journal of otter medicine",
    )
    assert [a.name for a in first.authors] == ["Lutra, Ottilie", "Otter Study Group"]
    assert first.authors[1].collective == "Otter Study Group"
    assert first.abstract == (Section(label="BACKGROUND", text="Otters cough and sneeze. CI - 0.5 is not a tag."),)
    assert first.keywords == (Keyword(text="otters", major=True), Keyword(text="willowbark"))
    assert first.article_ids == (Identifier(value="10.9999/otter.1", kind="doi"),)
    assert first.journal.issns == (Issn(number="9990-0011", kind="electronic"),)
    assert first.unknown == (Tagged(tag="U1", value="kept"),)
    assert (first.dates.published, first.pages) == ("2031//", "")
    assert (chapter.title, chapter.book.title, chapter.book.isbns) == ("No end", "All about otters", ("9780000000002",))
    assert chapter.pmid == "90000002"
    assert last.title == "Last"


def test_ris_keeps_the_text_of_each_record(ris):
    assert [r.raw in RIS for r in ris.records] == [True, True, True]
    assert ris.records[0].raw.startswith("TY  - JOUR\nT1")
    assert ris.records[0].raw.endswith("ER  -")
    assert ris.records[1].raw.endswith("AN  - PMID:90000002")


def test_ris_says_what_is_odd(ris):
    assert [d.message for d in ris.doubts] == ["the record has no ER; it ends where the next one begins"]
    assert ris.failures == ()


@pytest.mark.parametrize(
    ("text", "records", "failures", "doubts"),
    [
        # a RIS text, titles, messages of failures, messages of doubts
        ("TY  - JOUR\nTI  - A\nER  - \n", ["A"], [], []),
        ("\ufeffTY  - JOUR\r\nTI  - A\r\nER  - \r\n", ["A"], [], []),
        ("TY - JOUR\nTI - A\nER -\n", ["A"], [], []),
        ("TY  -JOUR\nTI  -A\nER  -\n", ["A"], [], []),
        ("TY  - JOUR\nTI  - A", ["A"], [], ["the last record has no ER"]),
        ("TY  - JOUR\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", ["B"], ["prints nothing but its type"], []),
        ("TI  - lost\nAU  - X\nTY  - JOUR\nTI  - B\nER  - \n", ["B"], ["fields outside a record"], []),
        ("Some words\nTY  - JOUR\nTI  - B\nER  - \n", ["B"], [], ["stands outside all records"]),
        ("TY  - JOUR\nTI  - A\0\nER  - \nTY  - JOUR\nTI  - B\nER  - \n", ["B"], ["a NUL character"], []),
        (
            "Record #1 of 2\nTY  - JOUR\nTI  - A\nER  - \n",
            ["A"],
            [],
            ["says that it holds 2 records, and 1 were found"],
        ),
    ],
)
def test_ris_counts(text, records, failures, doubts):
    reading = read(text.encode())
    assert [r.title for r in reading.records] == records
    assert [part in f.message for part, f in zip(failures, reading.failures, strict=True)] == [True] * len(failures)
    assert [part in d.message for part, d in zip(doubts, reading.doubts, strict=True)] == [True] * len(doubts)


def test_a_file_in_windows_1252_is_read_and_that_is_said():
    reading = read("TY  - JOUR\nTI  - Løtter\nER  - \n".encode("cp1252"))
    assert reading.records[0].title == "Løtter"
    assert "was read as Windows-1252" in reading.doubts[0].message
    assert reading.doubts[0].line == 2


def test_a_damaged_byte_in_a_file_of_utf8_costs_one_record():
    text = "TY  - JOUR\nTI  - Ø\nER  - \nTY  - JOUR\nTI  - x\nER  - \n".encode().replace(b"x", b"\xf8")
    reading = read(text)
    assert [r.title for r in reading.records] == ["Ø"]
    assert "byte 0xf8" in reading.failures[0].message


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_marks_of_encodings(encoding):
    mark = "\ufeff" if encoding.endswith(("le", "be")) else ""
    reading = read((mark + RIS).encode(encoding))
    assert [r.title for r in reading.records] == ["Willowbark in otters", "No end", "Last"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_characters_without_a_mark_are_read_and_that_is_said(encoding):
    """Some programs leave the mark out; the places of the NULs show what it is."""
    reading = read(RIS.replace("Willowbark", "柳皮").encode(encoding))
    assert [r.title for r in reading.records] == ["柳皮 in otters", "No end", "Last"]
    assert reading.doubts[0] == (1, f"the file has no mark of its encoding; it was read as {encoding.upper()}")
    for text in ("PMID- 1\nTI  - 柳皮\n", "Title,PMID\n柳皮,1\n", "@article{a, title={柳皮}}\n"):
        assert [r.title for r in read(text.encode(encoding)).records] == ["柳皮"]


def test_a_few_nuls_are_no_wide_characters():
    for text in (b"T\0Y  - JOUR\nTI  - A\nER  - \n", b"TY  - JOUR\nTI  - A\0B\0C\0\nER  - \n"):
        reading = read(text)
        assert (reading.records, len(reading.failures)) == ((), 1)


def test_pmid_of_embase_and_of_pubmed():
    embase = "TY  - JOUR\nTI  - A\nDB  - Embase\nC5  - 90000001\nAN  - L123\nER  - \n"
    pubmed = "TY  - JOUR\nTI  - A\nDB  - PubMed\nAN  - 90000001\nER  - \n"
    other = "TY  - JOUR\nTI  - A\nDB  - Scopus\nAN  - 90000001\nER  - \n"
    assert [read(text.encode()).records[0].pmid for text in (embase, pubmed, other)] == ["90000001", "90000001", ""]
    assert read(embase.encode()).records[0].other_ids == ("L123",)


def test_web_of_science_fields(wos):
    first, second = wos.records
    assert (first.title, first.pmid, first.pages) == ("Willowbark in otters: a trial", "90000001", "978-989")
    assert [a.name for a in first.authors] == ["Lutra, Ottilie", "Vidra, Jan", "Otter Study Grp"]
    assert (first.authors[0].orcid, first.authors[2].collective) == ("0000-0001-2345-678X", "Otter Study Grp")
    assert [k.text for k in first.keywords] == ["otters", "willowbark", "LUNG", "DISEASE"]
    assert [r.citation for r in first.references] == ["Oter A, 2001, J OTTER MED", "Vidra J, 2002, HOLTS"]
    assert (first.journal.issn("Print"), first.journal.issn("Electronic")) == ("9990-0011", "9990-0012")
    assert (first.dates.published, first.database) == ("2031 APR", "Web of Science")
    assert first.raw in WOS
    assert second.title == "Second"


def test_web_of_science_without_ends():
    text = WOS.replace("ER\n\nPT J", "PT J").replace("ER\n\nEF\n", "")
    reading = read(text.encode())
    assert [r.title for r in reading.records] == ["Willowbark in otters: a trial", "Second"]
    assert len(reading.doubts) == 2


@pytest.mark.parametrize(
    ("printed", "family", "given", "suffix", "collective"),
    [
        ("Lutra, Ottilie", "Lutra", "Ottilie", "", ""),
        ("Lutra, Ottilie, Jr", "Lutra", "Ottilie", "Jr", ""),
        ("Lutra, Jr, Ottilie", "Lutra", "Ottilie", "Jr", ""),
        ("van den Otter J", "van den Otter", "", "", ""),
        ("Dolz Marco R.", "Dolz Marco", "", "", ""),
        ("Ottilie Lutra", "Lutra", "Ottilie", "", ""),
        ("Otter Study Group", "", "", "", "Otter Study Group"),
        ("Friends of Otters,", "", "", "", "Friends of Otters"),
        ("Lutra", "Lutra", "", "", ""),
    ],
)
def test_names(printed, family, given, suffix, collective):
    found = author(printed)
    assert (found.family, found.given, found.suffix, found.collective) == (family, given, suffix, collective)
    again = author(author_text(found))
    assert (again.family, again.suffix, again.collective) == (family, suffix, collective)
