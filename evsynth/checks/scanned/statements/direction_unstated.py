"""A significant change of a value that stayed the same on average, with no word on whether it rose or fell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from evsynth.checks.scanned.prose import Line, lines
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
_P = Expression(r"\b[Pp]\s?[=<>≤≥]")
_SOME = Expression(r"\b\d+\s(?:out\s)?of\s(?:the\s)?\d+\b|\b\d+\s(?:patients|participants|children|subjects)\b", re.I)
"""A count of those who moved to one side."""
_NOT = Expression(r"\b(?:no|not|nor|neither|without|non)[- ]", re.I)


def direction_unstated(reading: Reading) -> Iterator[Finding]:
    """Find a sentence with a significant change of an unchanged median, and no word for its direction.

    A concern: ranks may move where the median does not, and the reader cannot tell to which side. Left alone: a
    direction in the sentence or in the next one, where that tells no test of its own, and changes that are not
    significant. A next sentence that only counts some patients of one direction is no answer: the others are not told.
    """
    told = list(lines(reading, ("abstract", "results", "body")))
    for line, after in zip_longest(told, told[1:]):
        words = line.words.replace("\n", " ")
        found = _SIGNIFICANT.search(words)
        if found is None or _NOT.search(found[0]) or _WAY.search(words) or not _SAME.search(words):
            continue
        if re.search(r"\bnot? (?:statistically )?significan", words, re.I):
            continue
        told_next = after is not None and after.section == line.section and _WAY.search(after.words)
        if after is not None and told_next and not _P.search(after.words):
            if _SOME.search(after.words):
                yield _of_some(reading, line, after, told_next[0])
            continue
        yield reading.finding(
            "DIRECTION_UNSTATED", "concern",
            "a change is said to be significant where the average stayed the same, and not to which side it went",
            "ranks can move while the median stays; which way most patients moved may stand in a table or figure",
            quotes=(line.whole,),
        )  # fmt: skip


def _of_some(reading: Reading, line: Line, after: Line, way: str) -> Finding:
    return reading.finding(
        "DIRECTION_UNSTATED", "concern",
        f"a change is said to be significant where the average stayed the same; the next sentence counts some patients "
        f"('{way}'), and how many went the other way is not told",
        "if none or few did, the change is that of these patients, and should be called so; a table may show it",
        quotes=(line.whole, after.whole),
    )  # fmt: skip
