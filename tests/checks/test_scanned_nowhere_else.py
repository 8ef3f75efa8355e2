"""Numbers of the abstract, or of own results in the discussion, that stand nowhere else in the paper."""

from __future__ import annotations

import pytest
from invented_papers import EVENTS, TABLE, paper

from evsynth.checks.scanned.places.nowhere_else import nowhere_else

FULL = (
    "Remission was reached in 34 of 60 patients (56.7%) with the drug and in 20 of 58 (34.5%) with placebo; the "
    "odds ratio "
    "was 2.48 (95% CI 1.18 to 5.24). Weight was 71.4 kg at the start and 68.2 kg at the end. We analysed 118 patients. "
    "For relapse it was 1.31 (1.06-5.29)."
)

CASES = [
    # abstract, discussion, what is named
    ("Results: Remission was reached in 57.6% with the drug.", "", "57.6%"),
    ("Results: The odds ratio of remission was 2.84 (95% CI 1.18 to 5.24).", "", "2.84"),
    ("Results: Remission was reached in 34 of 60 patients (56.7%). Pain fell by 3.7 points.", "", "3.7"),
    ("Results: We analysed 181 patients.", "", "181"),
    ("", "In our study remission was reached by 65.7% of patients with the drug.", "65.7%"),
    ("Results: Remission was reached in 56.7% with the drug and 34.5% with placebo.", "", ""),
    ("Results: Remission was reached in 57% with the drug.", "", ""),  # rounded
    ("Results: Remission was missed by 43.3% with the drug.", "", ""),  # what is left
    ("Results: Remission differed by 22.2 percentage points.", "", ""),  # 56.7 - 34.5
    ("Results: Weight fell by 3.2 kg.", "", ""),  # 71.4 - 68.2
    ("Background: In a survey 71.9% of patients wished treatment.\n\nResults: Remission was reached.", "", ""),
    ("Results: The odds ratio was 2.48 (95% CI 1.18 to 5.24; P < 0.05).", "", ""),
    ("Results: The odds ratio was 2.48 (1.06 to 5.29).", "", ""),  # a dash stands before it below
    ("", "Smith et al found remission in 65.7% of patients.", ""),
    ("", "Remission was reached by 65.7% of patients in an earlier trial.", ""),
]


@pytest.mark.parametrize(("abstract", "discussion", "named"), CASES)
def test_numbers_are_looked_for(abstract: str, discussion: str, named: str) -> None:
    found = list(
        nowhere_else(paper(abstract=abstract, results=FULL, discussion=discussion, tables=TABLE + "\n" + EVENTS))
    )
    assert [f.code for f in found] == ["NOWHERE_ELSE"] * bool(named)
    if named:
        assert found[0].quotes[0].text == named


def test_the_number_of_a_similar_sentence_is_quoted() -> None:
    said = "Results: Remission was reached by the drug in 34 of 60 patients (57.6%) and by placebo in 20 of 58 (34.5%)."
    (finding,) = nowhere_else(paper(abstract=said, results=FULL, tables=TABLE + "\n" + EVENTS))
    assert [q.text for q in finding.quotes] == ["57.6%", "56.7%"]
    assert finding.severity == "concern"


def test_an_abstract_alone_is_left_alone() -> None:
    assert not list(nowhere_else(paper(abstract="Results: Remission was reached in 57.6%.")))
