"""Ovid's own layouts, and what Ovid, Embase and Cochrane add to RIS and CSV. The files are invented."""

from __future__ import annotations

import pytest
from invented_files import OVID_NAMED as NAMED
from invented_files import OVID_TAGGED as TAGGED

from evsynth.sources.formats.any_format import read
from evsynth.sources.formats.ovid_fields import people


def test_the_tagged_layout():
    reading = read(TAGGED.encode())
    assert (len(reading.records), reading.failures, reading.doubts) == (2, (), ())
    first, second = reading.records
    assert first.title == "Otters in holts: A systematic review."
    assert (first.pmid, first.other_ids, first.database) == ("", ("690000001",), "Embase")
    assert first.doi == "10.9999/otter.1"
    assert [(a.family, a.initials) for a in first.authors] == [("Lutra", "OB"), ("Vydra", "J")]
    assert len(first.affiliations) == 2
    assert (first.journal.title, first.volume, first.issue, first.pages) == (
        "Otter Proceedings",
        "12",
        "Supplement 3",
        "",
    )
    assert first.dates.published == "15 March 2031"
    assert first.abstract_text == "Background: Otters are shy. Method(s): We looked. Result(s): None came."
    assert [(k.text, k.major, k.owner) for k in first.keywords] == [
        ("holts", False, ""),
        ("weirs", False, ""),
        ("adult", False, "index"),
        ("otter", True, "index"),
    ]
    assert first.source.startswith("Otter Proceedings. Conference")
    assert {t.tag: t.value for t in first.unknown} == {"VN": "Ovid Technologies", "ST": "CONFERENCE ABSTRACT"}
    assert first.raw == TAGGED[: TAGGED.index("\n\n<3002")]
    assert second.pmid == "31"
    assert second.other_ids == ()
    assert [a.full_name for a in second.authors] == ["Lutra, Ottilie"]
    assert (second.journal.title, second.volume, second.issue, second.pages) == ("J Otter Med", "13", "4", "9-12")
    assert second.dates.published == "2031 Apr 2"
    assert len(second.journal.issns) == 2


def test_the_layout_of_named_fields():
    reading = read(NAMED.encode())
    assert (len(reading.records), reading.failures, reading.doubts) == (2, (), ())
    first, second = reading.records
    assert first.title == "Otters and their holts."
    assert first.publication_types == ("Review",)
    assert first.other_ids == ("00042637-900000000-99667",)
    assert [a.name for a in first.authors] == ["Lutra, Ottilie RN; PhD", "Vydra, Jan", "Otter Study Group"]
    assert first.authors[2].collective
    assert first.affiliations == ("(1)Weir Hospital, Weirton", "(2)Institute of Holts")
    assert (first.journal.title, first.volume, first.pages) == ("Journal of Otter Medicine", "28", "103-106")
    assert first.dates.published == "April 2031"
    assert first.abstract_text == "Otters were seen. They were few."
    assert [r.citation for r in first.references] == ["Oter A. On otters. 2001.", "Vidra J. Holts. 2002."]
    assert first.urls == ("http://ovid.example/1",)
    assert {t.tag for t in first.unknown} == {"Score"}
    assert (second.title, second.book.title, second.journal.title) == (
        "Weirs",
        "Holts of the world",
        "Journal of Weirs",
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("text", [TAGGED, NAMED])
def test_line_ends_do_not_matter(text, ends):
    wanted = read(text.encode()).records
    found = read(("\ufeff" + text.replace("\n", ends)).encode()).records
    assert [r.model_copy(update={"raw": ""}) for r in found] == [r.model_copy(update={"raw": ""}) for r in wanted]


def test_records_without_numbers_are_told_by_their_first_field():
    text = "VN  - Ovid Technologies\nTI  - A\n\nVN  - Ovid Technologies\nTI  - B\n"
    assert [r.title for r in read(text.encode()).records] == ["A", "B"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (("Otters in", "Otters \0 in"), "a NUL character"),
        (("Otters in", "Otters \udcff in"), "byte 0xff"),
        ((TAGGED[: TAGGED.index("\n\n<3002")], "<3001. >\nVN  - Ovid Technologies\n"), "without title"),
    ],
)
def test_one_bad_record_costs_one(spoil, message):
    text = TAGGED.replace(*spoil).replace("Holts.", "Hólts.")
    reading = read(text.encode("utf-8", "surrogateescape"))
    assert [r.title for r in reading.records] == ["Hólts."]
    (failure,) = reading.failures
    assert (failure.line, message in failure.message) == (1, True)


def test_what_stands_outside_is_said():
    assert len(read(b"<1>\nTitle\n  A\n").records) == 1
    reading = read(b"VN  - Ovid Technologies\nTI  - A\n<2. >\nVN  - Ovid Technologies\nTI  - B\n")
    assert [r.title for r in reading.records] == ["A", "B"]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Lutra O.B.", ["Lutra O.B."]),
        ("Walsdorf, Neill B. [Inventor, Reprint Author]", ["Walsdorf, Neill B."]),
        ("Lutra, O 1,2;  Vydra, J 3", ["Lutra, O", "Vydra, J"]),
        ("van Vugt, Arie MD, PhD +;  Frolke, Jan *", ["van Vugt, Arie MD, PhD", "Frolke, Jan"]),
        ("Lutra, Ottilie; Vydra, Jan", ["Lutra, Ottilie", "Vydra, Jan"]),
        ("", []),
    ],
)
def test_people(printed, names):
    assert [one.name for one in people(printed)] == names


def test_ris_of_ovid():
    """A line without tag names the links."""
    text = """1.
TY  - JOUR
DB  - Embase
AN  - 690000001
T1  - Otters
A1  - Lutra O.
Y1  - 2031//
N2  - Background: Otters are shy.
KW  - *otter
JF  - Otter Proceedings
JA  - Otter Proc.
DO  - http://dx.doi.org/10.9999/otter.1
PT  - Article
Link to the Ovid Full Text or citation:
http://ovid.example/1
Link to the External Link Resolver: http://resolver.example/1
ER  -

2.
TY  - JOUR
DB  - Ovid MEDLINE(R) ALL
AN  - 31
T1  - Holts
ER  -
"""
    first, second = read(text.encode()).records
    assert first.urls == ("http://ovid.example/1", "http://resolver.example/1")
    assert first.dates.published == "2031//"  # as it is printed
    assert (first.pmid, first.other_ids, first.doi) == ("", ("690000001",), "10.9999/otter.1")
    assert (first.journal.title, first.journal.abbreviation) == ("Otter Proceedings", "Otter Proc.")
    assert {t.tag for t in first.unknown} == {"PT"}
    assert second.pmid == "31"


def test_ris_of_cochrane():
    text = """Record #1 of 1
Provider: John Wiley & Sons, Ltd.
Content: text/plain; charset="UTF-8"

TY  - JOUR
AN  - CN-09999999
TI  - Otters
C3  - PUBMED 31,EMBASE 62
DB  - Cochrane Central Register of Controlled Trials
ER  -
"""
    reading = read(text.encode())
    (record,) = reading.records
    assert reading.doubts == ()
    assert (record.pmid, record.other_ids) == ("31", ("CN-09999999", "EMBASE 62"))


def test_ris_of_embase():
    text = """TY  - JOUR
A1  - Lutra, O.
M3  - Conference Abstract
Y1  - 2031
VL  - 13
JF  - Journal of Otter Medicine
JO  - J. Otter Med.
T1  - Otters
C5  - 31
DB  - Embase
DO  - 10.9999/otter.1
L2  - http://dx.doi.org/10.9999/otter.1
U2  - L690000001
ER  -
"""
    (record,) = read(text.encode()).records
    assert (record.pmid, record.doi, record.dates.published) == ("31", "10.9999/otter.1", "2031")
    assert (record.journal.title, record.journal.abbreviation) == ("Journal of Otter Medicine", "J. Otter Med.")
    assert record.publication_types == ("Conference Abstract",)
    assert "L690000001" in record.other_ids


def test_the_columns_of_embase():
    """All headings that Embase writes; each has a place, or is kept under its name."""
    names = (
        "Title,Original Title,Author Names,Author Addresses,Correspondence Address,Editors,AiP/IP Entry Date,"
        "Full Record Entry Date,Source,Source title,Publication Year,Volume,Issue,First Page,Last Page,"
        "Date of Publication,Publication Type,Conference Name,ISSN,ISBN,Book Publisher,Abstract,Author Keywords,"
        "Emtree Drug Index Terms (Major Focus),Emtree Medical Index Terms,Clinical Trial Numbers,Article Language,"
        "Embase Accession ID,Medline PMID,PUI,DOI,Full Text Link,Embase Link,Open URL Link,Copyright"
    ).split(",")
    cells = [f"v{n}" for n in range(len(names))]
    given = {"Medline PMID": "31", "Publication Year": "2031", "Date of Publication": "1 Mar 2031", "First Page": "4",
             "Last Page": "9", "DOI": "10.9999/otter.1", "Author Names": "Lutra O.; Vydra J.",
             "Source": "Journal of Otter Medicine (2031) 13:4 (4-9).", "Source title": "Journal of Otter Medicine",
             "PUI": "L690000001"}  # fmt: skip
    cells = [given.get(name, cell) for name, cell in zip(names, cells, strict=True)]
    text = ",".join(f'"{n}"' for n in names) + "\n" + ",".join(f'"{c}"' for c in cells) + "\n"
    (record,) = read(text.encode()).records
    assert (record.pmid, record.doi, record.pages) == ("31", "10.9999/otter.1", "4-9")
    assert record.journal.title == "Journal of Otter Medicine"
    assert record.source == "Journal of Otter Medicine (2031) 13:4 (4-9)."
    assert record.dates.published == "1 Mar 2031"
    assert [a.family for a in record.authors] == ["Lutra", "Vydra"]
    assert "L690000001" in record.other_ids
    assert record.copyright == cells[-1]
    assert {t.tag for t in record.unknown} == {
        "Correspondence Address",
        "AiP/IP Entry Date",
        "Full Record Entry Date",
        "Conference Name",
    }


def test_the_table_of_embase_that_begins_with_the_query():
    text = """"SEARCH QUERY","'otter'/exp AND 'holt'/exp"

"TITLE","Otters"
"AUTHOR NAMES","Lutra O.","Vydra J."
"SOURCE TITLE","Journal of Otter Medicine"
"MEDLINE PMID","31"
"EMTREE MEDICAL INDEX TERMS","otter","weir"

"TITLE","Holts"
"DOI","10.9999/otter.2"
"""
    reading = read(text.encode())
    first, second = reading.records
    assert reading.failures == ()
    assert (first.title, first.pmid, [a.family for a in first.authors]) == ("Otters", "31", ["Lutra", "Vydra"])
    assert [k.text for k in first.keywords] == ["otter", "weir"]
    assert (second.title, second.doi) == ("Holts", "10.9999/otter.2")


def test_the_columns_of_the_cochrane_library():
    text = (
        '"Cochrane Review ID","Author(s)","Title","Source","Year","Abstract","Issue","Publisher","ISSN","Keywords",'
        '"DOI","URL","Cochrane Review Group Code"\n'
        '"CD099999","Lutra O; Vydra J","Otters","Cochrane Database of Systematic Reviews","2031","Few.","4",'
        '"John Wiley & Sons, Ltd","9990-0011","*Otters; Holts","10.9999/otter.1","http://c.example/1","HM-OTTER"\n'
    )
    (record,) = read(text.encode()).records
    assert (record.journal.title, record.source) == ("Cochrane Database of Systematic Reviews", "")
    assert (record.other_ids, record.dates.published, record.doi) == (("CD099999",), "2031", "10.9999/otter.1")
    assert [a.family for a in record.authors] == ["Lutra", "Vydra"]
    assert {t.tag for t in record.unknown} == {"Cochrane Review Group Code"}


@pytest.mark.parametrize("mark", ["<\0002>", "<2\0>", "<2>\0"])
def test_a_nul_in_the_line_before_a_record_costs_that_record(mark):
    text = f"<1>\nTitle\n  A\n\n{mark}\nTitle\n  B\n\n<3>\nTitle\n  C\n"
    reading = read(text.encode())
    assert [r.title for r in reading.records] == ["A", "C"]
    assert [(f.line, "NUL" in f.message) for f in reading.failures] == [(5, True)]


@pytest.mark.parametrize(
    "text", ["<1>\nTitle\n  A\n\n?2>\nTitle\n  B\n", "<1>\nVN  - Ovid Technologies\nTI  - A\n\n?2>\nTI  - B\n"]
)
def test_records_that_have_run_together_are_told(text):
    """The line between them was damaged; both titles are there."""
    reading = read(text.encode())
    (record,) = reading.records
    assert [str(one) for one in reading.doubts] == [
        "line 1: the record prints two titles; perhaps two records have run together"
    ]
    assert "B" in record.raw
    assert ("title", "B") in [(one.tag, one.value) for one in record.unknown]
