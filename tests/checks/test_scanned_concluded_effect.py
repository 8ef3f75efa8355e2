"""An effect in the conclusion against the only test of that outcome."""

from __future__ import annotations

import pytest
from invented_papers import paper

from evsynth.checks.scanned.statements.concluded_effect import concluded_effect

RESULTS = (
    "Mortality was 6.0% and 6.8% (HR 0.89, 95% CI 0.67 to 1.17; P = 0.39). Stroke was rarer (HR 0.75, 95% CI 0.60 to "
    "0.93; P = 0.01). Walking distance rose by 12 and 9 m (P = 0.42). Length of stay was 8 and 9 days (P = 0.07)."
)
FOUND = (
    "The drug reduced mortality.",
    "The drug reduced stroke and mortality.",
    "The drug lowers the risk of stroke and of mortality.",
    "Treatment reduced stroke and mortality in these patients.",
    "The drug improved walking distance.",
    "Early treatment prevented stroke and reduced mortality.",
    "The drug increased walking distance at one year.",
    "In conclusion, the drug improved walking distance and reduced stroke.",
)
LEFT = (
    "The drug reduced stroke.",
    "The drug may have reduced mortality.",
    "The drug did not reduce mortality.",
    "The drug tended to reduce mortality.",
    "Whether the drug reduced mortality is unknown.",
    "The drug reduced mortality numerically.",
    "In earlier studies the drug reduced mortality.",
    "The drug reduced pain.",  # nothing is told of it
)


def told(results: str, conclusion: str) -> list[str]:
    return [f.code for f in concluded_effect(paper(abstract="A trial.", results=results, conclusion=conclusion))]


@pytest.mark.parametrize("conclusion", FOUND)
def test_an_effect_that_the_only_test_denies_is_found(conclusion: str) -> None:
    assert told(RESULTS, conclusion) == ["SIGNIFICANCE_CONTRADICTS"]


@pytest.mark.parametrize("conclusion", LEFT)
def test_left_alone(conclusion: str) -> None:
    assert told(RESULTS, conclusion) == []


@pytest.mark.parametrize(
    "more",
    [
        " Mortality at 30 days was lower (P = 0.02).",
        " Mortality in the subgroup of women was lower (P = 0.30).",
        " Adjusted mortality was significantly lower.",
    ],
)
def test_another_test_of_the_outcome_may_be_meant(more: str) -> None:
    assert told(RESULTS + more, "The drug reduced mortality.") == []
