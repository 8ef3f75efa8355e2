"""Tables in every layout a text can hold: HTML, pipes with and without edges, columns of spaces; and what is none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.scan.document import Document, read_document
from evsynth.scan.labels import size_of, without_size
from evsynth.scan.ledger import ledger
from evsynth.scan.statistics import statistics

ALIGNED = """\
Table 1. Baseline characteristics of the patients

Characteristic          Drug (n=52)     Usual care (n=50)   P value
Age, years, mean (SD)   54.2 (8.1)      55.0 (9.2)          0.64
Female, n (%)           24 (46.2)       20 (40.0)           0.53
Diagnosis, n (%)
  DM                    3 (5.8)         4 (8.0)             0.66
  PM                    49 (94.2)                           0.71

Data are from the register.
"""
LOOSE = """\
TABLE 1  Characteristics
                   Drug            Usual care
                   n=52            n=50
Age, mean (SD)  54.2 (8.1)  55.0 (9.2)
Female sex, n (%)  24 (46.2)  20 (40.0)
A longer label of a row, n (%)  5 (9.6)  12 (24.0)
"""
RULED = """\
Table 1. Characteristics
-----------------------------------------------
Item               Drug (n=52)     Usual care (n=50)
-----------------------------------------------
Age, mean (SD)     54.2 (8.1)      55.0 (9.2)
Female, n (%)      24 (46.2)       20 (40.0)
"""
HTML = """\
<table border="1">
<caption>Table 1. Baseline</caption>
<thead><tr><th>Item</th><th>Drug (n=52)</th><th>Usual care<br/>(n=50)</th></tr></thead>
<tbody><tr><td>Age, mean (SD)</td><td>54.2 (8.1)</td><td>55.0&nbsp;(9.2)</td></tr>
<tr><td>Female,<br/>n (%)</td><td>24 (46.2)</td><td>20 (40.0)</td></tr></tbody>
</table>
"""
HTML_OPEN = (
    "Table 1. Baseline\n\n<TABLE><TR><TH>Item<TH>Drug (n=52)<TH>Usual care (n=50)<TR><TD>Age, mean (SD)<TD>54.2 (8.1)"
    "<TD>55.0 (9.2)<TR><TD>Female, n (%)<TD>24 (46.2)<TD>20 (40.0)</TABLE>\n"
)
PIPES = """\
Table 1: Baseline

Item | Drug (n=52) | Usual care (n=50)
:--- | :---: | ---:
Age,<br>mean (SD) | 54.2<br>(8.1) | 55.0 (9.2)
Female, n (%) | 24 (46.2) | 20 (40.0)
"""
PIPES_BARE = """\
Table 1: Baseline

Item | Drug (n=52) | Usual care (n=50)
Age, mean (SD) | 54.2 (8.1) | 55.0 (9.2)
Female, n (%) | 24 (46.2) | 20 (40.0)
"""
ESCAPED = """\
**Table 1.** Baseline

| Item | Drug, 52 patients | Usual care, n, 50 |
|---|---|---|
| Age \\| years, mean (SD) | 54.2 (8.1) | 55.0 (9.2) |
| Female, n (%) | 24 (46.2) | 20 (40.0) |
"""
TWO_ROWS = """\
Table 1. Baseline

| Item | Drug | Usual care |
|---|---|---|
| | (n=52) | (n=50) |
| Age, mean (SD) | 54.2 (8.1) | 55.0 (9.2) |
| Female, n (%) | 24 (46.2) | 20 (40.0) |
"""
LAYOUTS = {
    "aligned": ALIGNED, "loose": LOOSE, "ruled": RULED, "html": HTML, "html without end tags": HTML_OPEN,
    "pipes": PIPES, "bare pipes": PIPES_BARE, "escaped pipe": ESCAPED, "head over two rows": TWO_ROWS,
}  # fmt: skip


def read(text: str) -> Document:
    """Take a text apart that has one table."""
    document = read_document("invented", f"Results\n\n{text}")
    assert len(document.tables) == 1
    return document


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_same_table_in_every_layout(name):
    """Number, groups, sizes and the numbers of the cells are the same."""
    document = read(LAYOUTS[name])
    table = document.tables[0]
    assert table.number == "1"
    heads = [(c.group.text, str(c.n.printed)) for c in table.columns[1:] if c.group is not None and c.n is not None]
    assert heads == [("Drug", "52"), ("Usual care", "50")]
    made = [
        (r.sort, [str(f.printed) for f in r.figures], r.variable.text.split()[0] if r.variable else "")
        for r in statistics(document)
        if r.spot.table == 0 and r.spot.row is not None
    ]
    for one in (
        ("mean sd", ["54.2", "8.1"], "Age"),
        ("mean sd", ["55.0", "9.2"], "Age"),
        ("count percent", ["24", "46.2"], "Female"),
        ("count percent", ["20", "40.0"], "Female"),
    ):
        assert one in made


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_number_of_a_layout_has_a_place(name):
    """Figures stand at the digits they print, and the ledger knows every digit, also those of the markup."""
    document = read(LAYOUTS[name])
    text = document.text
    for reported in statistics(document):
        for figure in reported.figures:
            assert text[figure.start : figure.end] == figure.printed.text.lstrip("<")
    entries = ledger(document, statistics(document)).entries
    digits = [i for e in entries for i in range(e.start, e.end) if text[i] in "0123456789"]
    assert digits == [i for i, c in enumerate(text) if c in "0123456789"]


def test_rows_and_gaps_of_aligned_columns():
    """An empty cell stays empty, indented rows have a parent, and the note is a note."""
    table = read(ALIGNED).tables[0]
    assert [(r.stem, r.parent) for r in table.rows] == [
        ("Age", None), ("Female", None), ("Diagnosis", None), ("DM", 2), ("PM", 2),
    ]  # fmt: skip
    assert [c.text for c in table.rows[-1].cells] == ["PM", "49 (94.2)", "", "0.71"]
    assert [n.text for n in table.notes] == ["Data are from the register."]


SPANNED = """\
                    Drug group (n=28)            Usual care (n=15)
Variable           Baseline       12 months      Baseline      12 months     P
Score              16 (12, 21)    14 (9, 19)     18 (12, 19)   15 (9, 20)    0.115
Interlobular septal thickening and/or
reticular opacity  7 (5, 10)      7.5 (5, 10)    10 (6, 12)    -2 (5, 12)    0.17
"""
SPANNED_HTML = """\
<table><tr><th rowspan="2">Variable</th><th colspan="2">Drug group (n=28)</th><th colspan="2">Usual care (n=15)</th>
<th rowspan="2">P</th></tr><tr><th>Baseline</th><th>12 months</th><th>Baseline</th><th>12 months</th></tr>
<tr><td>Score</td><td>16 (12, 21)</td><td>14 (9, 19)</td><td>18 (12, 19)</td><td>15 (9, 20)</td><td>0.115</td></tr>
<tr><td>Interlobular septal thickening and/or reticular opacity</td><td>7 (5, 10)</td><td>7.5 (5, 10)</td>
<td>10 (6, 12)</td><td>-2 (5, 12)</td><td>0.17</td></tr></table>
"""


@pytest.mark.parametrize("text", [SPANNED, SPANNED_HTML], ids=["aligned", "html"])
def test_heads_that_span_columns(text):
    """Each head lies over its own columns; the P value at the end belongs to neither group."""
    table = read(text).tables[0]
    assert [
        (c.group.text if c.group else None, str(c.n.printed) if c.n else None, c.at.text if c.at else None)
        for c in table.columns[1:]
    ] == [
        ("Drug group", "28", "Baseline"), ("Drug group", "28", "12 months"), ("Usual care", "15", "Baseline"),
        ("Usual care", "15", "12 months"), (None, None, None),
    ]  # fmt: skip
    assert table.columns[-1].statistic == "p"
    assert [row.stem for row in table.rows] == ["Score", "Interlobular septal thickening and/or reticular opacity"]


NO_TABLE = {
    "two columns of prose": "The patients were followed for     and the score was lower at the end\n"
    "months and the score was then      of the study in all groups. We saw\n"
    "measured in 12 of them at the      that 12 of 40 patients had died by\n",
    "list of contents": "Introduction      3\nMethods      5\nResults      7\n",
    "references": "1.  Alpha A.  Rare disease.  2010;3:4\n2.  Beta B.  Rare disease.  2011;3:4\n",
    "addresses": "Dr A Alpha          Dr B Beta\nHospital One        Hospital Two\n12 High Street      14 Low Street\n",
    "markup in prose": "Fewer died ( $p=0.03$ ) in the drug ( $n=3$ ) group.\nAll improved ( $p=0.04$ ) at the end.\n",
    "numbered lines": "  1   The patients were followed\n  2   the score was lower\n  3   measured in 12 of them\n",
    "dates": "Received:  12 May 2020\nAccepted:  13 June 2020\nPublished:  14 July 2020\n",
    "one line": "Age   54.2 (8.1)   55.0 (9.2)\n",
    "two spaces after stops": "It fell.  It rose by 12.  All of them improved.\nNone died.  Of 40, 12 fell.\n",
    "a bar in prose": "P(A | B) was 0.3 and P(B | A) was 0.4.\nIt fell.\nIt rose.\n",
    "bars without results": "alpha | beta\ngamma | delta\nepsilon | zeta\n",
    "a tag in prose": "The score was <0.03 and the table> was long.\n",
    "an empty table": "<table><tr><td></td></tr></table>\n",
    "a table that never ends": "<table><tr><td>Age</td><td>54.2 (8.1)\n",
}


@pytest.mark.parametrize("name", NO_TABLE)
def test_what_is_no_table(name):
    """Gaps, bars and tags alone make none."""
    assert read_document("invented", f"Results\n\n{NO_TABLE[name]}").tables == ()


SIZES = [
    ("Drug (n=52)", "52"),
    ("Drug N = 52", "52"),
    ("Drug, n, 52", "52"),
    ("Drug (52)", "52"),
    ("Drug 52 patients", "52"),
    ("Drug, 52 patients", "52"),
    ("Drug n=52", "52"),
    ("Drug [52]", "52"),
    ("Drug (n 52)", "52"),
    ("Drug (52 pts)", "52"),
    ("Drug (no. = 52)", "52"),
    ("Drug - 52 patients", "52"),
    ("Drug (n: 52)", "52"),
    ("Drug (N=1,052)", "1,052"),
]
NO_SIZES = [
    "Drug",
    "Drug 5 mg",
    "Week 52",
    "n (%)",
    "Month 12",
    "Drug 52 weeks",
    "P1",
    "Mean (SD)",
    "52%",
    "Grade 3 patients 4",
    "12 months",
    "Q1-Q3",
    "Patients aged 52",
    "n52",
]


@pytest.mark.parametrize(("head", "size"), SIZES)
def test_sizes_of_groups(head, size):
    """However the size is spelled, it is found at its place and the rest is the name."""
    figure = size_of(head, 100)
    assert figure is not None
    assert (figure.printed.text, head[figure.start - 100 : figure.end - 100]) == (size, size)
    assert without_size(head) == "Drug"


@pytest.mark.parametrize("head", NO_SIZES)
def test_heads_without_a_size(head):
    """Doses, times and ages are no sizes."""
    assert size_of(head, 0) is None


CELLS = [
    ("24 [46.2%]", "count percent", ["24", "46.2"]), ("24; 46.2%", "count percent", ["24", "46.2"]),
    ("24, 46.2%", "count percent", ["24", "46.2"]), ("(24) 46.2%", "count percent", ["24", "46.2"]),
    ("46.2% (24/52)", "count percent", ["46.2", "24", "52"]), ("24 (46·2)", "count percent", ["24", "46.2"]),
    ("7 (13.5%; 5.6–25.8)", "count percent", ["7", "13.5", "5.6", "25.8"]),
    ("25.0% (12.1–43.8)", "percent", ["25.0", "12.1", "43.8"]), ("54.2 (SD 8.1)", "mean sd", ["54.2", "8.1"]),
    ("54.2 (SE 1.1)", "mean se", ["54.2", "1.1"]), ("54.2±8.1", "mean sd", ["54.2", "8.1"]),
    ("54.2 (8.1), n=50", "centre spread", ["54.2", "8.1", "50"]), ("54.2 (8.1) kg", "centre spread", ["54.2", "8.1"]),
    ("54.2, 8.1", "centre spread", ["54.2", "8.1"]), ("54 (IQR 46–61)", "median quartiles", ["54", "46", "61"]),
    ("1,205 (950, 1,410)", "centre spread", ["1,205", "950", "1,410"]), ("1,205", "value", ["1,205"]),
    ("(1,205)", "value", ["1,205"]), ("110 (100,120)", "centre spread", ["110", "100", "120"]),
    ("0.71 (95% CI 0.55–0.92)", "estimate", ["0.71", "0.55", "0.92"]),
    ("0.71 (0.55–0.92), P=0.01", "centre spread", ["0.71", "0.55", "0.92", "0.01"]),
    ("P<0.001", "p", ["<0.001"]), ("1.2E-05", "value", ["0.000012"]), ("10,000", "value", ["10,000"]),
]  # fmt: skip
UNREAD = [
    "-", "–", "NA", "Reference", "n.s.", "see text", "(a)", "*", "±", "54.2 ±", "( )", "%", "n=", "P =", "1.00 (ref)",
    "12/05/2020", "A1", "…", "x (y)", "<", "n (%)", "95% CI", "?", "grade 3",
]  # fmt: skip


@pytest.mark.parametrize(("cell", "sort", "printed"), CELLS)
def test_cells(cell, sort, printed):
    """A cell is read by its glyphs where nothing else tells."""
    document = read(f"Table 1. Items\nItem\tDrug (n=52)\tUsual (n=50)\nRow one\t{cell}\t5\nRow two\tx\ty\n")
    made = [r for r in statistics(document) if (r.spot.row, r.spot.column) == (0, 1)]
    assert [(r.sort, [str(f.printed) for f in r.figures]) for r in made] == [(sort, printed)]


@pytest.mark.parametrize("cell", UNREAD)
def test_cells_left_alone(cell):
    """What prints no result, or one that nothing tells, is not read."""
    document = read(f"Table 1. Items\nItem\tDrug (n=52)\tUsual (n=50)\nRow one\t{cell}\t5\nRow two\tx\ty\n")
    assert not [r for r in statistics(document) if (r.spot.row, r.spot.column) == (0, 1) and r.figures]


def rows(count: int, label: str) -> str:
    """Make a table of many rows."""
    head = "Results\nTable 1. Items\nItem\tDrug (n=52)\tUsual (n=50)\nVisit\t\t\n"
    return head + "".join(f"{label}{i % 999}\t{i % 50} ({i % 50 * 2}.0)\t{i % 45}\n" for i in range(count))


@pytest.mark.parametrize("label", ["Row ", "", "  Row "], ids=["labels", "numbers as labels", "indented labels"])
def test_the_time_grows_with_the_rows(label):
    """Four times as many rows take less than ten times as long, in the best of three runs; it was sixteen times."""
    took = []
    for count in (1000, 4000):
        runs = []
        for _ in range(3):
            start = time.process_time()
            assert len(read_document("invented", rows(count, label)).tables[0].rows) == count + 1
            runs.append(time.process_time() - start)
        took.append(min(runs))
    assert took[1] < 10 * took[0] + 0.2


@given(
    st.lists(
        st.sampled_from(
            [
                *ALIGNED.splitlines(),
                *LOOSE.splitlines(),
                *SPANNED.splitlines(),
                *HTML.splitlines(),
                "<table>",
                "<tr><td>",
                "</table>",
                "<td colspan=3>12</td>",
                "a | 1 | 2",
                "Figure 1. A legend",
                "",
                "x  1 (2)",
                "x  y  1 (2)  3",
            ]
        ),
        max_size=20,
    ).map("\n".join)
)
def test_any_mixture_of_layouts(text):
    """Tables stand in order, cells print what the text has, and no digit is lost."""
    document = read_document("invented", text)
    for one, other in zip(document.tables, document.tables[1:], strict=False):
        assert one.start <= other.start
    for reported in statistics(document):
        assert document.text[reported.start : reported.end] == reported.text
    entries = ledger(document, statistics(document)).entries
    digits = [i for e in entries for i in range(e.start, e.end) if text[i] in "0123456789"]
    assert digits == [i for i, c in enumerate(text) if c in "0123456789"]


def test_a_line_of_tabs_stands_for_a_blank_line() -> None:
    text = "Table 1. Patients\n\nAge\tDrug\tPlacebo\n\t\t\nWomen\t12\t14\n\t\t\t\n"
    (table,) = read_document("x", text).tables
    assert [row.label.text for row in table.rows] == ["Women"]


@pytest.mark.parametrize(
    ("caption", "n"),
    [
        ("Characteristics of the 46 patients at the start of tacrolimus", "46"),
        ("Adverse events in 120 patients", "120"),
        ("Outcomes for all 58 treated patients", "58"),
        ("Features of 12 of 46 patients", None),
        ("Comparison of 20 patients with 30 controls", None),
        ("Changes over 12 months", None),
    ],
)
def test_a_caption_may_tell_the_number_of_patients_in_words(caption: str, n: str | None) -> None:
    (table,) = read_document(
        "x", f"Table 1. {caption}\n\nCharacteristic\tValue\nWomen\t12 (26.1)\nMen\t9 (19.6)\n"
    ).tables
    assert (table.n.printed.text if table.n else None) == n
