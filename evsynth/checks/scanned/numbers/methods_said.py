"""Which tests a paper says it used, as far as that limits what a printed P can be recomputed from."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

_RANKS = Expression(
    r"mann-? ?whitney|wilcoxon|rank-? ?sum|kruskal|non-? ?parametric|u[ -]tests?\b|log-? ?transform|geometric mean",
    re.I,
)
_ADJUSTED = Expression(
    r"analys[ie]s of covariance|\bANCOVA\b|mixed(?:-effects?)? (?:linear )?models?|mixed-effects?|repeated[ -]measures|"
    r"generali[sz]ed estimating|\bMMRM\b|multiple imputation|bootstrap(?:ped)? p|permutation", re.I,
)  # fmt: skip
_PAIRED = Expression(
    r"cross-? ?over|mcnemar|matched pairs?|pair-?matched|conditional logistic|1:1 matched|propensity[- ]matched|"
    r"within-subject",
    re.I,
)
_SURVIVAL = Expression(r"log-? ?rank|\bcox\b|proportional hazards|kaplan", re.I)
_MULTIPLE = Expression(r"bonferroni|adjusted p|false discovery|\bholm\b|tukey|dunnett|sidak", re.I)
_OTHER_P = Expression(
    r"trend|one-sided|one-tailed|non-?inferior|log-?rank|adjusted|weighted|mcnemar|paired|within-? ?group|interaction|"
    r"superiority|cox|regression|logistic|ancova|mixed|gee|stratified|univaria|multivaria|bonferroni|corrected|"
    r"hazard|propensity|matched|before and after", re.I,
)  # fmt: skip


class Tests(NamedTuple):
    """What the methods name: rank tests, adjusting models, corrections for many tests, pairs, times to an event."""

    ranks: bool
    adjusted: bool
    multiple: bool
    paired: bool
    survival: bool


def tests(reading: Reading) -> Tests:
    """Read the tests from the methods and the abstract."""
    words = " ".join(x.words for x in lines(reading, ("methods", "abstract", "body")))
    captions = " ".join(p.text for t in reading.document.tables for p in (t.caption, *t.notes) if p is not None)
    return Tests(
        *(bool(pattern.search(words + captions)) for pattern in (_RANKS, _ADJUSTED, _MULTIPLE, _PAIRED, _SURVIVAL))
    )


def another_p(table: Table, column: int | None, label: str = "") -> bool:
    """Say whether heading, caption, notes or label name a test that is not that of two groups side by side."""
    heads = [h.text for h in table.columns[column].heads] if column is not None else []
    words = [*heads, label, *(p.text for p in (table.caption, *table.notes) if p is not None)]
    return any(_OTHER_P.search(text) for text in words)


def weighted(table: Table) -> bool:
    """Say whether a table prints weighted or estimated numbers, of which counts are no whole patients."""
    heads = [h.text for c in table.columns for h in c.heads]
    words = [*heads, *(p.text for p in (table.caption, *table.notes) if p is not None)]
    return any(
        re.search(
            r"\b(?:after|post|with) (?:\w+ )?(?:weighting|iptw)|\bweighted (?:n|%|cohort|population)|imputed", w, re.I
        )
        for w in words
    )
