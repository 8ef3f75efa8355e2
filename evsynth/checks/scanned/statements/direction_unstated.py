"""A significant change of a value that stayed the same on average, with no word on whether it rose or fell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_UNSTATED",)

_SIGNIFICANT = Expression(
    r"\b(?:changes?|differences?)\b[^.;]{0,60}?\b(?:reached|attained|achieved|showed|was|were|remained|became)\b"
    r"[^.;]{0,20}?\b(?:statistical(?:ly)? )?significan(?:t|ce)\b|\bsignificant(?:ly)? (?:change|difference)",
    re.I,
)
_SAME = Expression(
    r"\b(?:median|mean|average|score)\b[^.;]{0,60}?\b(?:remained|stayed)\s(?:at |unchanged at )?\d|"
    r"\b(?:median|mean) (?:difference|change)(?: was| of| ?[:=])? ?0(?:\.0+)?(?![\d.])",
    re.I,
)
_WAY = Expression(
    r"\b(?:increas\w*|decreas\w*|rose|rise|risen|fell|fall\w*|higher|lower|improv\w*|wors\w*|deteriorat\w*|reduc\w*|"
    r"declin\w*|greater|smaller|larger|more|fewer|less|grew|dropped|elevat\w*|upward\w*|downward\w*|progress\w*|"
    r"regress\w*|shift\w*|direction)\b",
    re.I,
)
_NOT = Expression(r"\b(?:no|not|nor|neither|without|non)[- ]", re.I)


def direction_unstated(reading: Reading) -> Iterator[Finding]:
    """Find a sentence with a significant change of an unchanged median, and no word for its direction.

    A concern: ranks may move where the median does not, and the reader cannot tell to which side. Left alone: a
    direction in the sentence, and changes that are not significant.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        words = line.words.replace("\n", " ")
        found = _SIGNIFICANT.search(words)
        if found is None or _NOT.search(found[0]) or _WAY.search(words) or not _SAME.search(words):
            continue
        if re.search(r"\bnot? (?:statistically )?significan", words, re.I):
            continue
        yield reading.finding(
            "DIRECTION_UNSTATED", "concern",
            "a change is said to be significant where the average stayed the same, and not to which side it went",
            "ranks can move while the median stays; which way most patients moved may stand in a table or figure",
            quotes=(line.whole,),
        )  # fmt: skip
