"""The tests a paper names for a result, by family; nothing named leaves every family open."""

from __future__ import annotations

import re
from typing import Literal

from evsynth.model.observation import Observation
from evsynth.reanalyse.facts import Facts

Family = Literal[
    "chi-square",
    "fisher",
    "t",
    "welch",
    "mann-whitney",
    "wilcoxon",
    "log-rank",
    "cox",
    "spearman",
    "pearson",
    "regression",
]

_PATTERNS: tuple[tuple[Family, str], ...] = (
    ("chi-square", r"chi.?squared?|χ|mcnemar"),
    ("fisher", r"fisher"),
    ("welch", r"welch|unequal"),
    ("mann-whitney", r"mann|rank.?sum"),
    ("wilcoxon", r"signed.?rank|wilcoxon(?! rank.?sum)"),
    ("t", r"student|(?<!wilcoxon )\bt.?test"),
    ("log-rank", r"log.?rank"),
    ("cox", r"\bcox\b|proportional hazard"),
    ("spearman", r"spearman"),
    ("pearson", r"pearson(?!.{0,4}chi)"),
    ("regression", r"regression"),
)


def families(text: str | None) -> frozenset[Family]:
    """Give the families of tests a text names.

    >>> sorted(families("Mann-Whitney U or Student's t (continuous), chi-squared or Fisher's exact"))
    ['chi-square', 'fisher', 'mann-whitney', 't']
    """
    words = (text or "").lower()
    return frozenset(family for family, pattern in _PATTERNS if re.search(pattern, words))


def tests_of(observation: Observation, facts: Facts) -> frozenset[Family]:
    """Give the families named for a value: its own, or else those of its contrast."""
    own = families(observation.about.test)
    if own:
        return own
    contrast = facts.contrast(observation)
    return families(contrast.test) if contrast else frozenset()
