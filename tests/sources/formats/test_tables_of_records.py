"""Tables of records: columns of any exporter, rows that are not in order, Embase's stacked layout."""

from __future__ import annotations

import pytest

from evsynth.model.record import Tagged
from evsynth.sources.formats.any_format import read
from evsynth.sources.reading import ReadError

PUBMED = (
    "\ufeffPMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"
    '90000001,"Willowbark, again.","Lutra O, Vidra JB.",J Otter Med. 2031;13:1.,Lutra O,J Otter Med,2031,2031/01/02,'
    "PMC99,,10.9999/otter.1\n"
)
EMBASE = (
    '"Title","Author Names","Source title","Publication Year","Volume","First Page","Last Page","Abstract",'
    '"Author Keywords","Emtree Medical Index Terms","Clinical Trial Numbers","Embase Accession ID","Medline PMID",'
    '"DOI"\n'
    '"Willowbark","Lutra O.; Vidra J.","J Otter Med","2031","13","1","9","AIM: To see.","otters; bark",'
    '"lung disease; otter",'
    '"NCT00000001","L1","90000001","10.9999/otter.1"\n'
)
STACKED = (
    '"TITLE","Willowbark"\n"AUTHOR NAMES","Lutra O.","Vidra J."\n"PUBLICATION YEAR","2031"\n"MEDLINE PMID","90000001"\n'
    '"EMBASE ACCESSION ID","L1"\n"ODD FIELD","x"\n"TITLE","Second"\n"PUBLICATION YEAR","2032"\n'
)
CENTRAL = (
    '"Cochrane ID","Author(s)","Title","Source","Year","Abstract","DOI"\n'
    '"CN-00000001","Lutra O; Vidra J","Willowbark","J Otter Med","2031","To see.","10.9999/otter.1"\n'
)
SCOPUS = (
    "Authors,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,DOI,Link,Source,EID\n"
    '"Lutra O., Dolz Marco R.",Willowbark,2031,J Otter Med,13,4,e5,,,10.9999/otter.1,https://o.example,Scopus,2-s2.0-1\n'
)
ASREVIEW = "record_id,title,authors,abstract,label_included\n1,Willowbark,Lutra O; Vidra J,To see.,1\n"
SEMICOLONS = "Title;Authors;Year\nWillowbark;Lutra O, Vidra J;2031\n"
BIB = 'ID,ENTRYTYPE,title,author,year,journal\nx,article,Willowbark,"Lutra, O. and Vidra, J.",2031,J Otter Med\n'


@pytest.mark.parametrize("text", [PUBMED, EMBASE, STACKED, CENTRAL, SCOPUS, ASREVIEW, SEMICOLONS, BIB])
def test_tables_of_every_exporter(text):
    reading = read(text.encode())
    record = reading.records[0]
    assert reading.failures == ()
    assert record.title.startswith("Willowbark")
    assert [one.family for one in record.authors] == ["Lutra", "Dolz Marco" if text == SCOPUS else "Vidra"]


def test_pubmed():
    (record,) = read(PUBMED.encode()).records
    assert (record.pmid, record.pmcid, record.doi, record.title) == (
        "90000001",
        "PMC99",
        "10.9999/otter.1",
        "Willowbark, again.",
    )
    assert [a.short_name for a in record.authors] == ["Lutra O", "Vidra JB"]
    assert (record.journal.title, record.dates.published, record.source) == (
        "J Otter Med",
        "2031",
        "J Otter Med. 2031;13:1.",
    )
    assert Tagged(tag="Create Date", value="2031/01/02") in record.unknown
    assert record.raw == PUBMED.splitlines()[1]


def test_embase():
    (record,) = read(EMBASE.encode()).records
    assert (record.pmid, record.other_ids, record.pages, record.volume) == ("90000001", ("L1",), "1-9", "13")
    assert [k.text for k in record.keywords] == ["otters", "bark", "lung disease", "otter"]
    assert [d.accession for d in record.databank_ids] == ["NCT00000001"]
    assert record.abstract[0].label == "AIM"


def test_embase_stacked():
    first, second = read(STACKED.encode()).records
    assert (first.pmid, first.other_ids, second.title) == ("90000001", ("L1",), "Second")
    assert [a.family for a in first.authors] == ["Lutra", "Vidra"]
    assert first.unknown == (Tagged(tag="ODD FIELD", value="x"),)
    assert first.raw in STACKED


def test_cochrane():
    (record,) = read(CENTRAL.encode()).records
    assert (record.other_ids, record.journal.title, record.doi) == (("CN-00000001",), "J Otter Med", "10.9999/otter.1")


def test_scopus_keeps_its_article_number():
    (record,) = read(SCOPUS.encode()).records
    assert (record.pages, record.other_ids, record.journal.title) == ("e5", ("2-s2.0-1",), "J Otter Med")


@pytest.mark.parametrize(
    ("rows", "titles", "message"),
    [
        # rows after the headings, titles that are read, the reason for the one that is not
        ('A,1\n"B,2\nC,3\n', ["A", "C"], "quotes that do not close"),
        ('A,1\n"B"x,2\nC,3\n', ["A", "C"], "quotes that do not close"),
        ("A,1\nB,2,3\nC,3\n", ["A", "C"], "the row has 3 cells, and there are 2 headings"),
        ("A,1\nB\nC,3\n", ["A", "C"], "the row has only 1 cells of 2"),
        ("A,1\nB\0,2\nC,3\n", ["A", "C"], "a NUL character"),
    ],
)
def test_one_bad_row_costs_one(rows, titles, message):
    reading = read(f"Title,PMID\n{rows}".encode())
    assert [r.title for r in reading.records] == titles
    assert [message in f.message for f in reading.failures] == [True]
    assert reading.failures[0].line == 3


def test_a_row_that_says_something_but_no_title_is_a_failure():
    reading = read(b"Title,PMID,Volume\nA,1,\n,,7\n")
    assert [r.title for r in reading.records] == ["A"]
    assert [(f.line, "a row without title" in f.message) for f in reading.failures] == [(3, True)]


@pytest.mark.parametrize("rows", ["A,1\n,\n,\n", "A,1\n , \n,\n", "A,1,,\n,,,\n", 'A,1\n"",""\n'])
def test_rows_and_cells_that_a_spreadsheet_left_empty_are_no_records(rows):
    reading = read(f"Title,PMID\n{rows}".encode())
    assert ([(r.title, r.pmid) for r in reading.records], reading.failures) == ([("A", "1")], ())


@pytest.mark.parametrize("first", ["sep=;\n", '"sep=;"\r\n', "\ufeffsep=;\r\n", "SEP=;;\n"])
def test_a_line_that_tells_excel_the_sign_is_no_heading(first):
    reading = read(f"{first}Title;PMID\nA, or B;1\nC;2;3\n".encode())
    assert [(r.title, r.pmid) for r in reading.records] == [("A, or B", "1")]
    assert [f.line for f in reading.failures] == [4]


@pytest.mark.parametrize(
    ("printed", "pmid"), [("28754806", "28754806"), ("28754806.0", "28754806"), ("PMID: 28754806", "28754806")]
)
def test_a_pmid_is_read_however_it_is_written(printed, pmid):
    reading = read(f"Title,PMID\nA,{printed}\n".encode())
    assert (reading.records[0].pmid, reading.doubts) == (pmid, ())


@pytest.mark.parametrize("printed", ["2.88E+07", "28.754.806", "see below"])
def test_a_pmid_that_is_no_number_is_doubted_and_kept(printed):
    reading = read(f"Title,PMID\nA,{printed}\n".encode())
    (record,) = reading.records
    assert (record.pmid, [(field.tag, field.value) for field in record.unknown]) == ("", [("pmid", printed)])
    assert [(d.line, f"{printed!r} is no number" in d.message) for d in reading.doubts] == [(2, True)]


def test_line_breaks_inside_quotes():
    reading = read(b'Title,PMID\r\n"Two\r\nlines",1\r\nB,2\r\n')
    assert [r.title for r in reading.records] == ["Two lines", "B"]
    assert reading.records[0].raw == '"Two\r\nlines",1'


def test_a_table_of_something_else_is_refused():
    with pytest.raises(ReadError, match="without a column of a title, PMID or DOI"):
        read(b"dose,weight\n1,2\n")


def test_formulas_in_cells_are_text():
    (record,) = read(b'Title,PMID\n"=HYPERLINK(""http://x"")",1\n').records
    assert record.title == '=HYPERLINK("http://x")'


def test_two_tables_one_after_the_other_have_their_headings_twice():
    """Otherwise the second headings would be a record called Title."""
    reading = read((SEMICOLONS + SEMICOLONS).encode())
    assert [record.title for record in reading.records] == ["Willowbark", "Willowbark"]
    assert [str(one) for one in reading.doubts] == ["line 3: the headings stand here again; they were passed over"]


@pytest.mark.parametrize("blanks", [" ", "   "])
def test_blanks_after_the_last_quote_are_no_part_of_a_cell(blanks):
    text = f'"Title","PMID"{blanks}\n"A ""B""","1"{blanks}\r\n"C\nD","2"{blanks}'
    reading = read(text.encode())
    assert [(r.title, r.pmid) for r in reading.records] == [('A "B"', "1"), ("C D", "2")]
    assert reading.failures == ()
