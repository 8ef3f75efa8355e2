"""How sections, abstracts and legends are marked: articles without an introduction, headings of every spelling."""

from __future__ import annotations

import pytest

from evsynth.scan.document import read_document
from evsynth.scan.plain import plain

ARTICLES = {
    "plain": "A drug in a disease\n\nMethods\n\nWe saw 80.\n\nResults\n\nFewer died.\n\nDiscussion\n\nIt helps.\n",
    "Markdown": "# A drug\n\n## Methods\n\nWe saw 80.\n\n## Results\n\nFewer died.\n\n## Discussion\n\nIt helps.\n",
    "Markdown, with a conclusion": "# A drug\n\n## Methods\n\nWe saw 80.\n\n## Results\n\nFewer died.\n\n"
    "## Conclusions\n\nIt helps.\n",
    "numbered": "A drug\n\n1. Methods\n1.1 Statistical analysis\nWe saw 80.\n\n2. Results\n2.1. Patients\n"
    "Fewer died.\n3. Discussion\nIt helps.\n",
    "Roman numbers": "A DRUG\n\nI. INTRODUCTION\nIt is rare.\n\nII. METHODS\nWe saw 80.\n\nIII. RESULTS\nFewer died.\n",
    "bold": "**A drug**\n\n**Methods**\n\nWe saw 80.\n\n**Results**\n\nFewer died.\n\n**Discussion**\n\nIt helps.\n",
    "capitals": "A DRUG\n\nMETHODS\n\nWe saw 80.\n\nSTATISTICAL ANALYSIS\n\nWe did.\n\nRESULTS\n\nFewer died.\n\n"
    "DISCUSSION\n\nIt helps.\n",
    "underlined": "A drug\n======\n\nMethods\n-------\nWe saw 80.\n\nResults\n-------\nFewer died.\n",
    "HTML": "<h1>A drug</h1>\n<h2>Methods</h2>\n<p>We saw 80.</p>\n<h2 class='x'>Results</h2>\n<p>Fewer died.</p>\n",
    "with a colon": "A drug\n\nMethods:\nWe saw 80.\n\nResults:\nFewer died.\n\nDiscussion:\nIt helps.\n",
    "after an abstract without labels": "A drug\n\nAbstract\n"
    + "We saw a disease that is rare and gave a drug. " * 8
    + "\n\nMethods\nWe saw 80.\n\nResults\nFewer died.\n\nConclusion\nIt helps.\n",
    "labels over a table": "A drug\n\nMETHODS: We saw 80.\nRESULTS: Fewer died.\n\nTable 1. Items\nItem\tDrug\n"
    "Age\t54 (8)\nSex\t3 (4)\n\nDISCUSSION: It helps.\n",
    "sub-headings": "# A drug\n\n## Patients and Methods\n\nWe saw 80.\n\n### Statistical Analysis\n\nWe did.\n\n"
    "## Results\n\nFewer died.\n\n## Comment\n\nIt helps.\n",
}
ABSTRACTS = {
    "labels at the start of a line": "A drug\n\nBACKGROUND: It is rare.\nMETHODS: We saw 80.\nRESULTS: Fewer died.\n"
    "CONCLUSIONS: It helps.\n",
    "labels in a line": "Objective: To see. Methods: We saw 80. Results: Fewer died. Conclusion: It helps.\n",
    "labels on lines": "Objective\nTo see.\nMethods\nWe saw 80.\nResults\nFewer died.\nConclusion\nIt helps.\n",
    "bold labels": "**Background** It is rare. **Methods** We saw 80. **Results** Fewer died. **Conclusions** Yes.\n",
    "before an article": "Objective\nTo see.\nMethods\nWe saw 80.\nResults\nFewer died.\nConclusion\nIt helps.\n"
    "1 INTRODUCTION\nRare.\n2 METHODS\nWe looked.\n3 RESULTS\nLess.\n",
    "under its heading": "# A drug\n\n## Abstract\n\n### Methods\n\nWe saw 80.\n\n### Results\n\nFewer died.\n\n"
    "## Introduction\n\nRare.\n\n## Methods\n\nWe looked.\n\n## Results\n\nLess.\n",
    "the word and a colon": "A drug\n\nABSTRACT: To see.\n\nMETHODS: We saw 80.\n\nRESULTS: Fewer died.\n\n"
    "INTRODUCTION\nRare.\nMETHODS\nWe looked.\nRESULTS\nLess.\n",
}


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_without_an_introduction(name):
    """Its methods are methods and its results are results, not parts of an abstract."""
    text = ARTICLES[name]
    document = read_document("invented", text)
    roles = [document.section_at(text.index(words)).role for words in ("We saw 80", "Fewer died")]
    assert (roles, document.kind) == (["methods", "results"], "full text")


@pytest.mark.parametrize("name", ABSTRACTS)
def test_an_abstract_stays_one(name):
    """Labelled parts are the abstract, whatever follows it."""
    text = ABSTRACTS[name]
    document = read_document("invented", text)
    sections = [document.section_at(text.index(words)) for words in ("We saw 80", "Fewer died")]
    assert [(s.role, s.part) for s in sections] == [("abstract", "methods"), ("abstract", "results")]


LEGENDS = [
    # text, the legends by number and last words
    ("Figure 1. Survival by group.\nFigure 2. Score at 12 months in 40.\n", [("1", "by group."), ("2", "in 40.")]),
    (
        "Figure 1: Survival\nFigure 2: Score\nFig 3 Days in hospital\n",
        [("1", "Survival"), ("2", "Score"), ("3", "hospital")],
    ),
    ("Figure 1. Survival of all.\nTable 2. Outcomes of all\nMore.\n", [("1", "of all.")]),
    ("**Figure 1.** Survival\nof all 40 patients\n\nIt fell.\n", [("1", "patients")]),
    ("Figure S1. Survival\nSupplementary Figure 2: Score\n", [("S1", "Survival"), ("S2", "Score")]),
    ("Figure 1. Survival; numbers as in\nTable 2. Bars are errors.\n", [("1", "are errors.")]),
    ("Figure 1 shows survival.\nFigure 2 and Figure 3 show more.\n", []),
    ("It is shown in Figure 1. It fell.\n", []),
]


@pytest.mark.parametrize(("text", "expected"), LEGENDS, ids=[text[:30] for text, _ in LEGENDS])
def test_legends_on_consecutive_lines(text, expected):
    """One ends where the caption of another figure or a table begins, not where a sentence names one."""
    whole = f"Results\nText.\n\n{text}"
    document = read_document("invented", whole)
    made = [(x.number, whole[x.start : x.end].rstrip()) for x in document.legends]
    assert [number for number, _ in made] == [number for number, _ in expected]
    assert all(words.endswith(end) for (_, words), (_, end) in zip(made, expected, strict=True))


def test_captions_of_tables_are_sentences_of_their_own():
    """Two on consecutive lines do not run together."""
    text = "Results\nTable 1. Characteristics of 40\nTable 2. Outcomes of 38\nMore text.\n"
    document = read_document("invented", text)
    starts = {document.text[s.start :].split("\n")[0] for s in document.sentences}
    assert {"Table 1. Characteristics of 40", "Table 2. Outcomes of 38"} <= starts


FOLDED = [
    ("０．７１", "0.71"),
    ("12\u2009345\u2009678 of", "12,345,678 of"),
    ("screened 12 345 patients", "screened 12,345 patients"),
    ("(n = 1 052)", "(n = 1,052)"),
    ("Group 2 345 patients", "Group 2 345 patients"),
    ("in 2022 345 patients", "in 2022 345 patients"),
    ("54.2 \uf0b1 8.1", "54.2 ± 8.1"),
    ("0•71 and a • point", "0.71 and a • point"),
    ("mean 6 SD: 54 6 8", "mean ± SD: 54 ± 8"),
    ("days 5 6 7", "days 5 6 7"),
    ("P ! 0.05, stop!", "P < 0.05, stop!"),
    ("HR 1,2 (CI 1,1-1,4)", "HR 1.2 (CI 1.1-1.4)"),
    ("HR 1,2 (CI 1.1-1.4)", "HR 1,2 (CI 1.1-1.4)"),
    ("refs (1,2) and 10,000", "refs (1,2) and 10,000"),
    ("a \\| b", "a  ¦ b"),
    ("2 × 10<sup>-5</sup>", "2 × 10^-5".ljust(19)),
    ("10<sup>9</sup>/L", "10            /L"),
    ("<h2>Methods</h2>", "##  Methods     "),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED, ids=[ascii(text) for text, _ in FOLDED])
def test_characters_are_folded_where_they_can_be_nothing_else(text, expected):
    """Each offset stays what it is."""
    assert plain(text) == expected
    assert len(text) == len(expected)


LABELLED = [
    "Objective. To learn more.\nMethods. Forty patients took it.\nResults. All 40 came.\nConclusion. It worked.",
    "OBJECTIVE To learn more.\n\nMETHODS Forty patients took it.\n\nRESULTS All 40 came.\n\nCONCLUSION It worked.",
    "Objective To learn more.\n\nMethods Forty patients took it.\n\nResults All 40 came.\n\nConclusions It worked.",
    "OBJECTIVE To learn more. METHODS Forty patients took it. RESULTS All 40 came. CONCLUSION It worked.",
    "Objective—To learn more.\nMethods—Forty patients took it.\nResults—All 40 came.\nConclusion—It worked.",
]


@pytest.mark.parametrize("text", LABELLED)
def test_labels_without_a_colon_divide_an_abstract(text: str) -> None:
    document = read_document("x", f"A trial of a drug in a disease of the lung\n\n{text}\n")
    parts = [s.part for s in document.sections if s.role == "abstract"]
    assert parts == ["background", "methods", "results", "conclusion"]


@pytest.mark.parametrize(
    "text",
    [
        "Results Of this kind are rare.\n\nMethods differ.",  # two
        "The results of 40 patients were good. Methods differed. Patients were seen. Results Matter said it.",
    ],
)
def test_words_that_only_look_like_labels_divide_nothing(text: str) -> None:
    assert not [s for s in read_document("x", text).sections if s.role == "abstract"]
