"""Numbers of one part of a paper that another part tells otherwise."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.facts.slips import slip_between
from evsynth.checks.scanned.places.reductions_retold import reductions_retold
from evsynth.checks.scanned.places.times_retold import times_retold
from evsynth.checks.scanned.places.told_again import told_again
from evsynth.checks.scanned.reading import reading
from evsynth.checks.scanned.statements.called_absolute import called_absolute
from evsynth.checks.scanned.statements.none_and_some import none_and_some
from evsynth.scan.document import read_document


def found(text: str) -> list[str]:
    """Give the codes of what the five checks find in a text."""
    one = reading(read_document("x", text))
    return [
        f.code
        for check in (told_again, none_and_some, times_retold, reductions_retold, called_absolute)
        for f in check(one)
    ]


PAPER = "Methods\nTwo readers scored {a} scans in 2019.\n\nResults\n{b}\n\nDiscussion\n{c}\n"


@pytest.mark.parametrize(("results", "discussion", "codes"), [
    ("Weighted kappa between readers was 0.57.", "With a weighted kappa of 0.75 the readers agreed well.", 1),
    ("Weighted kappa between readers was 0.57.", "With a weighted kappa of 0.57 the readers agreed well.", 0),
    ("Weighted kappa between readers was 0.57.", "Others reported a weighted kappa of 0.75.", 0),
    ("Variation between trials was small (I² = 8%).", "Trials were consistent, with an I² of only 31%.", 1),
    ("Haemorrhage was seen in 16.3% of bypass patients.", "Haemorrhage in 13.6% of bypass patients is a concern.", 1),
    ("Haemorrhage was seen in 16.3% of bypass patients.", "Haemorrhage in 16% of bypass patients is a concern.", 0),
    ("Median hospital stay was 12.4 days with the drain.", "A hospital stay of 14.2 days with the drain is long.", 1),
    ("Of lenses, 97.5% were clear at 30 days and 81.2% at one year.", "Lenses: 97.5% were clear at one year.", 1),
    ("Of lenses, 97.5% were clear at 30 days and 81.2% at one year.", "Lenses: 81.2% were clear at one year.", 0),
    ("The hazard ratio for death was 0.58.", "The drug reduced the hazard of death by 24%.", 1),
    ("The hazard ratio for death was 0.58.", "The drug reduced the hazard of death by 42%.", 0),
    ("Infection fell from 18.0% to 12.0%.", "The absolute reduction was 33.3%.", 1),
    ("Infection fell from 18.0% to 12.0%.", "The absolute reduction was 6.0%.", 0),
    ("Infection fell from 18.0% to 12.0%.", "The relative reduction was 33.3%.", 0),
    ("Four patients had a wound infection.", "No wound infection was seen.", 1),
    ("Four patients had a wound infection.", "No wound infection was seen during the first week.", 0),
])  # fmt: skip
def test_parts_of_a_paper(results: str, discussion: str, codes: int) -> None:
    assert len(found(PAPER.format(a=80, b=results, c=discussion))) == codes


@pytest.mark.parametrize(("one", "two", "some"), [
    ("0.48", "0.84", True), ("23", "32", True), ("504", "540", True), ("64.3", "44.3", True), ("50", "500", True),
    ("12", "87", False), ("400", "300", False), ("2", "24", False), ("7", "7", False),
])  # fmt: skip
def test_slips(one: str, two: str, some: bool) -> None:
    assert (slip_between(one, two) > 0) is some


def test_a_hyphen_before_a_bracket_is_no_abbreviation() -> None:
    assert not found(PAPER.format(a=80, b="Urine held mono and mono-(carboxyisononyl) phthalate.", c="No more."))
