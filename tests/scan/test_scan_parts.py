"""A document is taken apart into sections with roles, sentences, tables and legends, each at its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.scan.document import read_document
from evsynth.scan.plain import plain

MARKDOWN = """\
# An invented drug in an invented disease

A Alpha<sup>1</sup>, B Beta<sup>2\\*</sup>

<sup>1</sup>Hospital One

## Abstract

**Background** It is rare. **Methods:** We followed 80 patients. **Results:** Fewer died (HR 0.50, 95% CI 0.30–0.80).

## Introduction

Drugs help (1, 2).

## Materials and methods

### Patients

Adults were eligible.

## Outcomes

The score was counted.

## Results

### Patients

TABLE 1 Characteristics of the patients.

Characteristic	Drug (n=40)	Usual care (n=40)	P value
Age (years), mean (S.D.)	52.8 (11.2)	50.0 (10.3)	0.435
Diagnosis, no. (%)
A	10 (25.0)	12 (30.0)	0.6
B	30 (75.0)	28 (70.0)
Score, median (IQR)	3 (1-10)	3 (1-7)	0.844

S.D., standard deviation; IQR, interquartile range.

Two more died in the usual care group.

**FIGURE 1**

Survival of 80 patients. \\* $p < 0.05$ .

### Conclusion

It helps.

## Data availability statement

On request.

## References

- Alpha A. Rare. *J Invented* (2011) 231:32–42.
"""

ROLES = [
    ("An invented drug", "title", "title"),
    ("A Alpha", "front matter", "front matter"),
    ("It is rare", "abstract", "background"),
    ("We followed", "abstract", "methods"),
    ("Fewer died", "abstract", "results"),
    ("Drugs help", "background", "background"),
    ("Adults were", "methods", "methods"),
    ("The score was", "methods", "methods"),
    ("Two more died", "results", "results"),
    ("It helps", "conclusion", "conclusion"),
    ("On request", "back matter", "back matter"),
    ("Alpha A. Rare", "references", "references"),
]


@pytest.mark.parametrize(("words", "role", "part"), ROLES)
def test_sections_of_a_markdown_article(words, role, part):
    """An unknown heading keeps the role of the section it stands in, whatever its level."""
    document = read_document("invented", MARKDOWN)
    section = document.section_at(MARKDOWN.index(words))
    assert (section.role, section.part) == (role, part)
    assert document.kind == "full text"


PLAIN = """\
 Objective
To see.
Methods
80 patients were followed.
Results
Fewer died (P = 0.03).
Conclusion
It helps.
 1 INTRODUCTION
Drugs help (Alpha et al., 2015).
2 MATERIALS AND METHODS
2.1 Study design
All were aged ≥18 years.
2.4 Scores
2.4.1 Score of the lung
It runs from 0 to 4.
2.5 Ethics statement
Approved (No.: 2025–150).
2.6 Analysis
Medians are given.
3 RESULTS
3.1 Baseline
Fewer died (P = 0.03). Marks stand for *P < 0.05; **P < 0.01.3.2 Course of the disease
All improved.
4 DISCUSSION
We found less.
"""

PLAIN_ROLES = [
    ("To see", "abstract", "background"),
    ("80 patients", "abstract", "methods"),
    ("Fewer died", "abstract", "results"),
    ("Drugs help", "background", "background"),
    ("All were aged", "methods", "methods"),
    ("It runs", "methods", "methods"),
    ("Approved", "back matter", "back matter"),
    ("Medians", "methods", "methods"),
    ("Marks stand", "results", "results"),
    ("3.2 Course", "results", "results"),
    ("All improved", "results", "results"),
    ("We found less", "discussion", "discussion"),
]


@pytest.mark.parametrize(("words", "role", "part"), PLAIN_ROLES)
def test_sections_of_plain_text(words, role, part):
    """Own-line labels before the introduction are an abstract; a heading can be glued to the sentence before it."""
    section = read_document("invented", PLAIN).section_at(PLAIN.index(words))
    assert (section.role, section.part) == (role, part)


def test_a_glued_heading_has_its_own_words():
    """The number before it keeps its digits."""
    document = read_document("invented", PLAIN)
    assert document.section_at(PLAIN.index("All improved")).heading == "3.2 Course of the disease"


def test_a_record_whose_line_breaks_were_lost():
    """Its fields are found, its abstract is cut by its labels, and nothing else counts as text of the study."""
    text = (
        "PMID- 1 OWN - NLM STAT- MEDLINE DP - 2020 TI - An invented drug. LID - 10.1000/1 [doi] AB - OBJECTIVE"
        ": To see. "
        "RESULTS: Fewer died (HR 0.5, p=0.03). CONCLUSION: It helps. FAU - Alpha, Ada AU - Alpha A LA - eng "
        "SI - ChiCTR/ChiCTR2100000000 TA - J Invented JT - Journal of invented things EDAT- 2020/01/01 06:00"
    )
    document = read_document("invented", text)
    assert document.kind == "record"
    assert document.title is not None
    assert document.title.text == "An invented drug."
    assert {f.tag: text[f.start : f.end] for f in document.fields}["JT"] == "Journal of invented things"
    section = document.section_at(text.index("Fewer"))
    assert (section.role, section.part, section.heading) == ("abstract", "results", "RESULTS")
    assert document.section_at(text.index("ChiCTR2100")).role == "registration"


def test_an_abstract_page_and_a_news_summary():
    """Inline labels make an abstract; a first line without a full stop is the title of anything else."""
    page = (
        "Sec. Invention\nSelect one of your emails\nObjective: To see. Results: Fewer died. Keywords: drug"
        "\nReceived: 09 Oct 2025"
    )
    document = read_document("page", page)
    assert [s.role for s in document.sections] == ["front matter", "abstract", "abstract", "keywords", "front matter"]
    news = "Invented Drug Helps in an Invented Disease\n\nA study of 54 patients was published.\n"
    document = read_document("news", news)
    assert document.title is not None
    assert document.title.text == "Invented Drug Helps in an Invented Disease"
    assert document.section_at(news.index("54")).role == "body"


LONG = (
    "Invented disease is rare. We studied 54 patients who were treated with a drug for twelve months and were seen "
    "every three months by two physicians. Fewer patients died than we had expected, and the score was lower "
    "at the end. "
    "The drug was tolerated well."
)


def test_running_text_under_a_title_is_no_front_matter():
    """Before an introduction it is the abstract; in a text without known headings it is the text."""
    article = f"# A drug\n\nA Alpha, B Beta\n\n{LONG}\n\n## Introduction\n\nText.\n\n## Results\n\nMore.\n"
    document = read_document("article", article)
    assert document.section_at(article.index("54")).role == "abstract"
    summary = f"# A drug helps\n\n{LONG}\n\n## What now\n\n{LONG}\n"
    document = read_document("summary", summary)
    assert {document.section_at(at).role for at in (summary.index("54"), summary.rindex("54"))} == {"body"}


def test_an_empty_text_has_no_parts():
    """Nothing is found in nothing."""
    document = read_document("empty", "")
    assert (document.sentences, document.tables, document.legends) == ((), (), ())


def test_sentences_end_where_they_end():
    """Not at a decimal point, an abbreviation, or inside a bracket."""
    text = "Fewer died (P = 0.03; see Fig. 2). Alpha et al. found 3.5 mg vs. 4 mg. The S.D. was 2."
    document = read_document("invented", text)
    assert [document.words(s) for s in document.sentences] == [
        "Fewer died (P = 0.03; see Fig. 2).",
        "Alpha et al. found 3.5 mg vs. 4 mg.",
        "The S.D. was 2.",
    ]


def test_a_sentence_goes_on_after_a_page_break():
    """A paragraph that begins in lower case is the rest of the one before."""
    document = read_document("invented", "The score fell at month 12\n\n \n\ncompared to baseline. It rose later.")
    assert len(document.sentences) == 2


def test_legends():
    """A legend under its heading, one on the heading's line, and none in a sentence about a figure."""
    document = read_document("invented", MARKDOWN)
    assert [(x.number, document.text[x.start : x.end].endswith("$p < 0.05$ .")) for x in document.legends] == [
        ("1", True)
    ]
    text = "Figure 1 shows it.\n\nFig. 2. Survival of all.\n\nSupplementary Figure 3: Scores of all\n"
    assert [x.number for x in read_document("invented", text).legends] == ["2", "S3"]


MARKUP = [
    ("( $p=0.021$ )", "(  p=0.021  )"),
    ("3 $\\pm$ 1", "3  ±    1"),
    ("P &lt; 0.05", "P <    0.05"),
    ("χ<sup>2</sup> = 4", "χ²            = 4"),
    ("improved<sup>12,13</sup>.", "improved                ."),
    ("**Results:** *P* = 0.03", "  Results:    P  = 0.03"),
    ("*P < 0.05; **P < 0.01", "*P < 0.05; **P < 0.01"),
    ("0·63 (0·41–0·98)", "0.63 (0.41-0.98)"),
    ("10\u2009000 patients", "10,000 patients"),
    ("p=0,03 and 12,5 mg", "p=0.03 and 12.5 mg"),
    ("p=0.03 and 12,5 mg", "p=0.03 and 12,5 mg"),
    ("scores—did not", "scores―did not"),
    ("it cost $5 and $6", "it cost $5 and $6"),
    ("3 &#xb1; 1&#8239;mg", "3 ±      1       mg"),
]


@pytest.mark.parametrize(("text", "expected"), MARKUP)
def test_markup_is_blanked_and_the_length_stays(text, expected):
    """Offsets in the plain text are those of the document."""
    assert plain(text) == expected


@given(st.text(alphabet="ab 0123456789.,·–−$\\{}^<>/*_#&;|()[]\n\tpm±χ", max_size=120))
def test_plain_text_has_the_length_of_its_text(text):
    """Whatever the markup, also broken markup; line breaks stay where they are."""
    made = plain(text)
    assert len(made) == len(text)
    assert [i for i, c in enumerate(made) if c in "\n\t"] == [i for i, c in enumerate(text) if c in "\n\t"]


@given(
    st.lists(
        st.sampled_from([*MARKDOWN.splitlines(), *PLAIN.splitlines(), "a\tb", "| a | b |", "|--|--|", ""]), max_size=30
    )
)
def test_parts_cover_the_text_in_order(lines):
    """Sections follow one another from start to end; sentences and cells lie inside and do not overlap."""
    text = "\n".join(lines)
    document = read_document("invented", text)
    ends = [section.end for section in document.sections]
    assert [section.start for section in document.sections] == [0, *ends][: len(ends)]
    assert ends[-1:] == [len(text)]
    for one, other in zip(document.sentences, document.sentences[1:], strict=False):
        assert one.start < one.end <= other.start
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                assert document.plain[cell.start : cell.end].split()[:1] == cell.text.split()[:1]
