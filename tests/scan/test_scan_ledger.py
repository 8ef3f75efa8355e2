"""The number ledger: every number is extracted, not used with a reason, or unreviewed, and they add up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evsynth.build.ledger import scanned
from evsynth.build.offsets import offsets
from evsynth.review.folder import Folder, open_folder
from evsynth.scan.document import read_document
from evsynth.scan.ledger import Ledger, Span, ledger
from evsynth.scan.statistics import statistics

REVIEW = Path(__file__).parents[2]


def account(text: str, extracted: tuple[str, ...] = (), aside: tuple[tuple[str, str], ...] = ()) -> Ledger:
    """Make the ledger of a text; `extracted` are pieces whose numbers are taken, `aside` pieces with reasons."""
    document = read_document("invented", text)
    taken = [Span(text.index(piece), text.index(piece) + len(piece)) for piece in extracted]
    away = [Span(text.index(piece), text.index(piece) + len(piece), because) for piece, because in aside]
    return ledger(document, statistics(document), taken, away)


NOT_USED = [
    # text, the number, a word of the reason
    ("Results\nFewer died (Table 2; Figures 3A and 4).", "2", "table"),
    ("Results\nFewer died (Table 2; Figures 3A and 4).", "4", "table"),
    ("Results\nIt was rare (Fischer et al., 2015; Vij et al., 2011).", "2011", "citation"),
    ("Results\nIt was rare [12, 14–16].", "14", "reference"),
    ("Results\nIt was rare.<sup>12</sup>", "12", "reference"),
    ("Results\nPage 3 of 9\nFewer died.", "9", "page"),
    ("Results\nIt was rare.12,13 Fewer died.", "12", "reference"),
    ("Results\nAnti-MDA5 was found.", "5", "name"),
    ("Results\nAnti-PL-7 and SARS-CoV-2 were found.", "7", "name"),
    ("Results\nThe 17-item scale was used.", "17", "name"),
    ("Results\nThe HR was high (95% CI 1.2–3.4).", "95", "interval"),
    ("Methods\nP < 0.05 was considered significant.", "0.05", "significance"),
    ("Methods\nWe used SPSS version 25.0.", "25.0", "software"),
    ("Methods\nDrug 600-900 mg/day was given.", "600", "dose"),
    ("Methods\nVisits were at 3, 6 and 12 months.", "6", "time"),
    ("Methods\nIt was scored on a scale of 0–4.", "4", "scale"),
    ("Methods\nAdults aged ≥18 years took part.", "18", "limit"),
    ("Methods\nWith 48 patients the trial had 80% power to detect it.", "80", "sample size"),
    ("Results\nThe study is NCT04012345.", "04012345", "identifier"),
    ("Results\nSee 10.1000/182.2022 for more.", "10.1000", "identifier"),
    ("2.1 Design of the study\nWe looked.", "2.1", "heading"),
    ("Results\nGrade 3 neutropenia was seen.", "3", "grade"),
    ("Introduction\nIt affects 65% of patients (Alpha et al., 2015).", "65", "introduction"),
    ("Results\nFewer died.\n\nReferences\n- Alpha A. Rare. J (2011) 231:32.", "231", "reference list"),
    ("Results\nFewer died.\n\nFunding\nGrant 81771754.", "81771754", "after the article"),
    ("Table 1\nAge >60 years\tDrug (n=40)\nCough >3 weeks\t10 (25)\n", "3", "label"),
    ("Results\nThe unit was 10<sup>9</sup>/L.", "9", "reference"),
    ("Results\n(1) it fell; (2) it rose.", "2", "list"),
]

UNREVIEWED = [
    # text, the number that only a reviewer can place
    ("Results\nFewer died (39 of 80).", "39"),
    ("Results\nThe HR was 0.33 (95% CI 0.16–0.68).", "0.33"),
    ("Results\nThe HR was 0.33 (95% CI 0.16–0.68).", "0.68"),
    ("Results\nMedian survival was 12 months.", "12"),
    ("Results\nThe dose was 50 mg/day.", "50"),
    ("Results\nPatients were enrolled from 2014 to 2020.", "2014"),
    ("Results\nP was 0.05 for the score.", "0.05"),
    ("Methods\nA total of 250 patients were enrolled.", "250"),
    ("Table 1\nAge\tDrug (n=40)\nCough\t10 (25)\n", "40"),
    ("Table 1\nAge\tDrug (n=40)\nCough\t10 (25)\n", "25"),
    ("Discussion\nData were missing in 32.3%.", "32.3"),
    ("Results\nThree patients died.", "Three"),
    ("Results\nThe odd 77 stood there.", "77"),
]


@pytest.mark.parametrize(("text", "number", "because"), NOT_USED, ids=[f"{n}: {b}" for _, n, b in NOT_USED])
def test_what_is_surely_no_result(text, number, because):
    """It is set aside with its reason, without a reviewer."""
    entry = next(e for e in account(text).entries if e.text == number)
    assert entry.state == "not used"
    assert because in entry.because


@pytest.mark.parametrize(("text", "number"), UNREVIEWED, ids=[f"{n} in {t.split(chr(10))[1]}" for t, n in UNREVIEWED])
def test_what_a_reviewer_has_to_place(text, number):
    """A result that nobody extracted, or anything that is not sure, stays unreviewed."""
    entry = next(e for e in account(text).entries if e.text == number)
    assert (entry.state, entry.because) == ("unreviewed", "")


def test_what_is_extracted_counts_as_extracted():
    """Whatever class it could belong to."""
    made = account("Methods\nDrug 600-900 mg/day was given.", extracted=("600",))
    assert [(e.text, e.state) for e in made.entries] == [("600", "extracted"), ("900", "not used")]


def test_a_reviewers_reason_goes_before_ours():
    """And covers every number of its quote that no value takes."""
    text = "Results\nBoth (8, 12) of 20 and Table 2."
    made = account(text, extracted=("20",), aside=(("(8, 12) of 20 and Table 2", "printed twice"),))
    assert [(e.text, e.state, e.because) for e in made.entries] == [
        ("8", "not used", "printed twice"),
        ("12", "not used", "printed twice"),
        ("20", "extracted", ""),
        ("2", "not used", "printed twice"),
    ]


LINES = st.sampled_from(
    [text for text, *_ in NOT_USED] + [text for text, _ in UNREVIEWED] + ["1.2.3", "10,000", ".5 5.", ""]
)


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_the_three_states_add_up_and_no_digit_is_lost(text):
    """Found = extracted + not used + unreviewed; every digit of the text belongs to one number."""
    made = account(text)
    totals = made.totals
    assert totals["found"] == totals["extracted"] + totals["not used"] + totals["unreviewed"] == len(made.entries)
    assert sum(made.classes.values()) == totals["not used"]
    digits = [i for e in made.entries for i in range(e.start, e.end) if text[i] in "0123456789"]
    assert digits == [i for i, c in enumerate(text) if c in "0123456789"]


@pytest.fixture(scope="module")
def review() -> Folder:
    """The review of this repository."""
    return open_folder(REVIEW)


@pytest.mark.parametrize("name", ["chen-2022-full-text", "zhao-2025-full-text"])
def test_no_number_of_a_full_text_is_unreviewed(review, name):
    """Each is extracted, or has its reason."""
    made = scanned(review, [name])[name].ledger
    assert [f"{e.start}: {e.text}" for e in made.unreviewed] == []
    assert made.totals["extracted"] > 350


RECALL = {"chen-2022-full-text": 0.94, "zhao-2025-full-text": 0.94}
"""Share of the extracted numbers that a finder reports; the others are definitions, versions, words and labels."""


@pytest.mark.parametrize("name", RECALL)
def test_the_finders_see_what_was_extracted(review, name):
    """Reading a paper by hand found hardly a statistic that the finders miss."""
    scan = scanned(review, [name])[name]
    seen = {offset for r in scan.reported for f in r.figures for offset in range(f.start, f.end)}
    places = [(start, end) for source, start, end in offsets(review).values() if source == name]
    missed = [scan.document.text[a:b] for a, b in places if not seen & set(range(a, b))]
    assert 1 - len(missed) / len(places) >= RECALL[name], missed


SET_ASIDE = """
not_used:
  - {source: paper, quote: "The 77 stood there", because: a printer's mark}
passages:
  - source: paper
    where: Results
    quote: "Improved: 31 (77.5%)"
    values: [{printed: 31 (77.5%), arm: drug, variable: improved, count: 31, percent: 77.5}]
"""


def test_a_study_file_sets_numbers_aside(invented):
    """Numbers that are read and left out are listed with the reason."""
    invented.study(SET_ASIDE, source="Results\nImproved: 31 (77.5%). The 77 stood there. The 78 too.\n")
    made = scanned(invented.folder(), ["paper"])["paper"].ledger
    assert [(e.text, e.state, e.because) for e in made.entries] == [
        ("31", "extracted", ""),
        ("77.5", "extracted", ""),
        ("77", "not used", "a printer's mark"),
        ("78", "unreviewed", ""),
    ]
