"""Tables of documents: where their header ends, what columns and rows are about, and how their cells are read."""

from __future__ import annotations

import pytest

from evsynth.scan.document import Document, read_document
from evsynth.scan.labels import form_of, size_of, statistic_of, stem_of, unit_of
from evsynth.scan.statistics import statistics

MARKDOWN = """\
## Results

**Table 1.** Baseline characteristics.

| Characteristic | Overall (N=120) | Drug (N=64) | Usual (N=56) | p value |
|:--|:-:|:-:|:-:|--:|
| Age, years, median (IQR) | 52 (44–61) | 51 (43–60) | 53 (45–62) | 0.41 |
| Female sex — no. (%) | 78 (65.0) | 42 (65.6) | 36 (64.3) | 0.88 |
| **Smoking** | | | | 0.12 |
| &nbsp;&nbsp;Never | 80 (66.7%) | 45 (70.3%) | 35 (62.5%) | |
| &nbsp;&nbsp;Ever | 40 (33.3%) | 19 (29.7%) | 21 (37.5%) | |
| FVC, % predicted, mean ± SD | 68.4 ± 15.2 | 69.1 ± 14.8 | 67.6 ± 15.8 | 0.59 |
| Cough | 12/120 (10.0) | 6/64 (9.4) | 6/56 (10.7) | NS |

Values are median (IQR) unless stated. FVC, forced vital capacity.
"""

SPANNED = """\
TABLE 5 | Response within and between groups.	Variable	MSAs (n = 28)	MAAs (n = 15)	P3
	Baseline	Post-treatment	P1	Baseline	Post-treatment	P2
	Score	16 (12.25, 21)	14 (9.25, 19)	<0.001	18 (12, 19)	15 (9, 20)	0.115	0.302
	Fibrosis	7 (5, 10)	7.5 (5, 10)	0.619	10 (6, 12)	−2 (5, 12)	0.172	0.497

Data are presented as median (first quartile, third quartile).
"""

MODELS = """\
Table 2. Cox regression for death

Variable	Univariable HR (95% CI)	P	B	95% CI for B	t value	p value
Age (per year)	1.03 (1.00–1.06)	0.04	−0.334	(-0.578, −0.090)	−2.764	0.008
Drug	0.47 (0.20–1.12)	0.09	0.002	(-0.171, 0.175)	0.021	0.983
"""

NESTED = """\
TABLE 4. Adverse events
Event	Drug	Usual
	n=64	n=56
	n (%)	n (%)
Infection	12 (18.8)	15 (26.8)
  Pneumonia	5 (7.8)	8 (14.3)
  Zoster	7 (10.9)	7 (12.5)
Any event	4 (6.3)	9 (16.1)
Death	8	14
"""

WRAPPED = """\
Table 3
Characteristic	Drug (n=12)	Usual (n=22)
Interlobular septal thickening and/or
reticular opacity, mean (S.D.)	4.33 (2.43)	4.45 (2.60)
Diagnosis, no. (%)
DM	5 (41.7)	12 (54.5)
PM	7 (58.3)	10 (45.5)
Rash, no. (%)	4 (33.3)	13 (59.1)
Dose (mg/day)	57 (30)	56 (31)
mMRC	3 (2, 3)	3 (2, 3)
0, n (%)	1 (8.3)	0
1, n (%)	11 (91.7)	22 (100)
"""


def read(text: str) -> Document:
    """Take a text apart that has one table."""
    document = read_document("invented", text)
    assert len(document.tables) == 1
    return document


def test_a_markdown_table():
    """Heads with groups and sizes; rows with form, unit and parent; the caption above and the notes below."""
    table = read(MARKDOWN).tables[0]
    assert (table.number, table.caption.text) == ("1", "Table 1. Baseline characteristics.")
    assert [
        (c.group.text if c.group else None, str(c.n.printed) if c.n else None, c.statistic) for c in table.columns
    ] == [
        (None, None, None),
        ("Overall", "120", None),
        ("Drug", "64", None),
        ("Usual", "56", None),
        (None, None, "p"),
    ]
    assert [(r.stem, r.form, r.unit, r.parent) for r in table.rows] == [
        ("Age", "median quartiles", "years", None),
        ("Female sex", "count percent", None, None),
        ("Smoking", None, None, None),
        ("Never", None, None, 2),
        ("Ever", None, None, 2),
        ("FVC", "mean sd", "% predicted", None),
        ("Cough", None, None, None),
    ]
    assert [note.text for note in table.notes] == ["Values are median (IQR) unless stated. FVC, forced vital capacity."]


def test_heads_over_several_columns():
    """Sub-heads lie under the heads that span; a P value within a group belongs to the group, P3 to none."""
    table = read(SPANNED).tables[0]
    assert [
        (c.group.text if c.group else None, c.at.text if c.at else None, c.statistic) for c in table.columns[1:]
    ] == [
        ("MSAs", "Baseline", None),
        ("MSAs", "Post-treatment", None),
        ("MSAs", None, "p"),
        ("MAAs", "Baseline", None),
        ("MAAs", "Post-treatment", None),
        ("MAAs", None, "p"),
        (None, None, "p"),
    ]


def test_wrapped_labels_parents_and_levels():
    """A label over two lines is one; a row with a form of its own ends the block before; a bare number is a level."""
    table = read(WRAPPED).tables[0]
    assert [(r.stem, r.parent) for r in table.rows] == [
        ("Interlobular septal thickening and/or reticular opacity", None),
        ("Diagnosis", None),
        ("DM", 1),
        ("PM", 1),
        ("Rash", None),
        ("Dose", None),
        ("mMRC", None),
        ("0", 6),
        ("1", 6),
    ]


def test_indented_rows_lie_under_the_row_above():
    """Also where that row prints numbers itself; three header rows are one header."""
    table = read(NESTED).tables[0]
    assert [(r.stem, r.parent) for r in table.rows] == [
        ("Infection", None),
        ("Pneumonia", 0),
        ("Zoster", 0),
        ("Any event", None),
        ("Death", None),
    ]
    assert [str(c.n.printed) for c in table.columns[1:]] == ["64", "56"]


SIZED = "Table 1\nItem\tDrug (n=40)\tUsual (n=40)\n"
CELLS = [
    (SIZED + "Male/female\t19/21\t9/31\n", "19/21", "count", "count count"),
    (SIZED + "Smoking (never/former/current)\t30/6/4\t35/3/2\n", "30/6/4", "count", "count count count"),
    (SIZED + "Mechanic's hands/finger ulcers\t6/40\t3/40\n", "6/40", "fraction", "count of"),
    (SIZED + "NYHA class III/IV\t6/40\t3/40\n", "6/40", "fraction", "count of"),
    (SIZED + "Male\t19/40\t9/40\n", "19/40", "fraction", "count of"),
    # table, text of the cell, sort, statistics
    (MARKDOWN, "52 (44–61)", "median quartiles", "median q1 q3"),
    (MARKDOWN, "78 (65.0)", "count percent", "count percent"),
    (MARKDOWN, "45 (70.3%)", "count percent", "count percent"),
    (MARKDOWN, "69.1 ± 14.8", "mean sd", "mean sd"),
    (MARKDOWN, "6/56 (10.7)", "count percent", "count of percent"),
    (MARKDOWN, "0.41", "p", "p"),
    (MARKDOWN, "NS", "p", ""),
    (SPANNED, "−2 (5, 12)", "median quartiles", "median q1 q3"),
    (SPANNED, "<0.001", "p", "p"),
    (MODELS, "1.03 (1.00–1.06)\t0.04", "estimate", "hazard_ratio lower upper p"),
    (MODELS, "−0.334\t(-0.578, −0.090)\t−2.764\t0.008", "coefficient", "b lower upper t p"),
    (NESTED, "5 (7.8)", "count percent", "count percent"),
    (NESTED, "14", "count", "count"),
    (WRAPPED, "4.33 (2.43)", "mean sd", "mean sd"),
    (WRAPPED, "57 (30)", "centre spread", "centre spread"),
    (WRAPPED, "12 (54.5)", "count percent", "count percent"),
    (SIZED + "Cough\t10 (25)\t14 (35)\n", "14 (35)", "count percent", "count percent"),
    (SIZED + "Cough\t10 (25)\t14 (53)\n", "14 (53)", "count percent", "count percent"),
    (SIZED + "Dose\t10 (52)\t14 (53)\n", "14 (53)", "centre spread", "centre spread"),
    ("Data are mean (SD).\n\nTable 1\nItem\tDrug\tUsual\nDose\t10 (52)\t14 (53)\n", "14 (53)", "mean sd", "mean sd"),
    (
        "Table 1. Survival, % (n)\nItem\tDrug\tUsual\nStage I\t91.7 (24)\t83.8 (68)\n",
        "83.8 (68)",
        "count percent",
        "percent count",
    ),
    (
        "Table 1\nItem\tDrug\tMean change (95% CI)\nScore\t5\t−2.1 (−3.0 to −1.2)\n",
        "−2.1 (−3.0 to −1.2)",
        "estimate",
        "mean_change lower upper",
    ),
    ("Table 1\nItem\tU\tP\nScore\t173.5\t0.35\n", "173.5\t0.35", "test", "u p"),
    ("Table 1\nItem\tDrug\tUsual\nWeight, mean ± SEM\t70.1 ± 2.2\t71.0 ± 2.0\n", "71.0 ± 2.0", "mean se", "mean se"),
    (
        "Table 1\nTest\tSensitivity, % (n/N)\nUltrasound\t84.4 (27/32)\n",
        "84.4 (27/32)",
        "count percent",
        "percent count of",
    ),
    (
        "Table 1\nItem\tDrug\tUsual\nMedian (range)\t5 (1–9)\t6 (2–8)\n",
        "6 (2–8)",
        "median range",
        "median minimum maximum",
    ),
]


@pytest.mark.parametrize(
    ("text", "cell", "sort", "names"), CELLS, ids=[f"{cell} as {sort}" for _, cell, sort, _ in CELLS]
)
def test_cells(text, cell, sort, names):
    """A cell is read by its glyphs, its label, its column, the caption, the notes and the methods."""
    made = [r for r in statistics(read_document("invented", text)) if r.spot.table is not None and r.text == cell]
    assert [(r.sort, " ".join(f.statistic for f in r.figures)) for r in made][:1] == [(sort, names)]
    for figure in made[0].figures:
        assert figure.printed.text.lstrip("<") == text[figure.start : figure.end].replace("−", "-")


NO_TABLE = [
    "A sentence.\n\nAnother one.\n",
    "TABLE 1 | only a caption.\n",
    "One | bar in a line.\nNone here.\n",
    "a\tb\n",
]


@pytest.mark.parametrize("text", NO_TABLE)
def test_what_is_no_table(text):
    """A bar or a tab alone makes none."""
    assert read_document("invented", text).tables == ()


LABELS = [
    # label, stem, form, unit
    ("Age (years), mean (S.D.)", "Age", "mean sd", "years"),
    ("Age, years, mean ± SD", "Age", "mean sd", "years"),
    ("CK, U/L", "CK", None, "U/L"),
    ("FVC (%)", "FVC", None, "%"),
    ("FVC, % predicted", "FVC", None, "% predicted"),
    ("DM, no. (%)", "DM", "count percent", None),
    ("Male sex — n (%)", "Male sex", "count percent", None),
    ("Disease duration (months), median (IQR)", "Disease duration", "median quartiles", "months"),
    ("Follow-up, median [Q1–Q3]", "Follow-up", "median quartiles", None),
    ("Ferritin, median (range)", "Ferritin", "median range", None),
    ("Initial Prednisolone dose (mg/day)", "Initial Prednisolone dose", None, "mg/day"),
    ("Anti-MDA-5 antibody", "Anti-MDA-5 antibody", None, None),
    ("Tacrolimus vs CYC", "Tacrolimus vs CYC", None, None),
    ("ANA >1:320 titre", "ANA >1:320 titre", None, None),
]


@pytest.mark.parametrize(("label", "stem", "form", "unit"), LABELS, ids=[row[0] for row in LABELS])
def test_labels(label, stem, form, unit):
    """Stem, form and unit are told apart."""
    folded = label.replace("—", "-").replace("–", "-")
    assert (stem_of(folded), form_of(folded), unit_of(folded)) == (stem, form, unit)


HEADS = [
    ("P value", "p"),
    ("P1", "p"),
    ("Log-rank p", "p"),
    ("95% CI for B", "ci"),
    ("U", "u"),
    ("χ²", "chi2"),
    ("Unstandardized coefficient (B)", "b"),
    ("Standardized coefficient (β)", "beta"),
    ("Adjusted HR (95% CI)", "hazard_ratio"),
    ("OR", "odds_ratio"),
    ("t value", "t"),
    ("Drug group", None),
    ("Placebo", None),
    ("Baseline", None),
    ("Total", None),
    ("Usual care", None),
]


@pytest.mark.parametrize(("head", "statistic"), HEADS)
def test_heads(head, statistic):
    """A head names a statistic or a group."""
    assert statistic_of(head) == statistic


SIZES = [("Drug (n = 28)", "28"), ("N=1,204", "1,204"), ("Drug (28 patients)", "28"), ("Drug [n=28]", "28")]
NO_SIZES = ["Drug", "Week 12", "n (%)", "P1", "Mean (SD)", "Drug 5 mg"]


@pytest.mark.parametrize(("head", "size"), SIZES)
def test_sizes_of_groups(head, size):
    """The size that a head prints, at its place."""
    figure = size_of(head, 100)
    assert figure is not None
    assert (figure.printed.text, head[figure.start - 100 : figure.end - 100]) == (size, size)


@pytest.mark.parametrize("head", NO_SIZES)
def test_heads_without_a_size(head):
    """Other numbers in a head are no size."""
    assert size_of(head, 0) is None
