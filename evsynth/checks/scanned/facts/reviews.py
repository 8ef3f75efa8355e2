"""Whether a paper pools other studies: its effects are then no quotients of the numbers of patients it tells."""

from __future__ import annotations

import re

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression

_POOLED = Expression(r"meta-?analy|systematic(?:ally)? review|pooled analysis|overview", re.I)
_SEARCHED = Expression(
    r"\b(?:medline|pubmed|embase|cochrane library|(?-i:CENTRAL))\b|random-effects model|(?:ratios?|differences?|"
    r"data) were "
    r"pooled|"
    r"(?:trials|studies) (?:were|was) (?:included|identified|eligible)|we (?:included|identified) \S+ (?:trials|"
    r"studies)|"
    r"meta-?analy[sz]ed|data (?:extraction|synthesis)", re.I,
)  # fmt: skip


def is_review(reading: Reading) -> bool:
    """Say whether the paper pools other studies, by its title or by the databases it searched."""
    title = reading.document.title
    if title is not None and _POOLED.search(title.text):
        return True
    own = lines(reading, ("title", "abstract", "methods", "body"))
    return any(_SEARCHED.search(x.words) for x in own)
