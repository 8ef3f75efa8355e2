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
    ("chi-square", r"chi.?squared?|χ"),
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


_OTHER = re.compile(
    r"mcnemar|trend|cochran|mantel|breslow|friedman|kruskal|jonckheere|anova|ancova|analysis of (co)?variance|"
    r"permutation|bootstrap|bonferroni|holm|benjamini|false discovery|\bfdr\b|adjusted|mixed|generali[sz]ed|"
    r"\bgee\b|logistic|poisson|one.?sided|one.?tailed|non.?inferiority|equivalence|weighted|kolmogorov|"
    r"median test|sign test|kappa|gray"
)


def other_test(observation: Observation, facts: Facts) -> str:
    """Give the words that name a test which the numbers of two groups do not determine; empty where there are none.

    >>> bool(_OTHER.search("mcnemar's test")), bool(_OTHER.search("student's t or mann-whitney u"))
    (True, False)
    """
    contrast = facts.contrast(observation)
    for words in (observation.about.test, contrast.test if contrast else None):
        if words and words != "unknown":
            return words if _OTHER.search(words.lower()) else ""
    return ""


def tests_of(observation: Observation, facts: Facts) -> frozenset[Family]:
    """Give the families named for a value: its own, or else those of its contrast."""
    own = families(observation.about.test)
    if own:
        return own
    contrast = facts.contrast(observation)
    return families(contrast.test) if contrast else frozenset()
