"""A document against other documents of its study: the journal, and one sentence with two numbers."""

from __future__ import annotations

import pytest

from evsynth.checks.scanned.elsewhere.journals import journals
from evsynth.checks.scanned.elsewhere.retold import retold
from evsynth.checks.scanned.judging import judge, reading
from evsynth.scan.document import read_document

SUMMARY = (
    "The Drug in Asthma\n\nA trial, published in {}, studied 40 adults.\n\nReferences\n\nDoe J. The drug in "
    "asthma. {} doi:10.1/x\n"
)

JOURNALS = [
    # named, cited, told
    ("Annals of the Rheumatic Diseases", "J Rheumatol.", True),
    ("The Lancet", "N Engl J Med.", True),
    ("Annals of the Rheumatic Diseases", "Ann Rheum Dis.", False),
    ("the Journal of Rheumatology", "J Rheumatol.", False),
    ("Frontiers in Immunology", "Front Immunol.", False),
    ("Thorax", "Thorax.", False),
]

ABSTRACT = (
    "# The drug in asthma\n\n## Abstract\n\nObjective: To study the drug in adults with asthma. Methods: We studied 93 "
    "patients on the drug and 157 on others. Results: {} Conclusion: The drug may help.\n"
)
SENTENCE = "The drug group had a higher rate of survival than the others (hazard ratio {}, p={}) after adjustment."

RETOLD = [
    # here, there, told
    (("0.330", "0.002"), ("0.340", "0.002"), True),
    (("0.330", "0.002"), ("0.330", "0.02"), True),
    (("0.330", "0.002"), ("0.330", "0.002"), False),
    (("0.330", "0.002"), ("0.33", "0.002"), False),  # one is the other rounded
]


@pytest.mark.parametrize(("named", "cited", "told"), JOURNALS)
def test_journal(named: str, cited: str, *, told: bool) -> None:
    found = list(journals(reading(read_document("summary", SUMMARY.format(named, cited)))))
    assert [f.code for f in found] == ["JOURNAL_DIFFERS"] * told


@pytest.mark.parametrize(("here", "there", "told"), RETOLD)
def test_retold(here: tuple[str, str], there: tuple[str, str], *, told: bool) -> None:
    one = read_document("a", ABSTRACT.format(SENTENCE.format(*here)))
    two = read_document("b", ABSTRACT.format(SENTENCE.format(*there)))
    found = list(retold(reading(one, (two,))))
    assert [f.code for f in found] == ["RETOLD_DIFFERENTLY"] * told
    assert not list(retold(reading(two, (one,))))  # told once
    if told:
        assert {q.source for q in found[0].quotes} == {"a", "b"}


def test_another_sentence_is_not_the_same_sentence() -> None:
    one = read_document("a", ABSTRACT.format(SENTENCE.format("0.330", "0.002")))
    two = read_document("b", ABSTRACT.format("Relapses were fewer in one group of them (hazard ratio 0.54, p=0.003)."))
    assert not list(retold(reading(one, (two,))))
    assert not [f for f in judge(one) if f.severity in ("error", "inconsistent")]
