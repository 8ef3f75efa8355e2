"""Papers whose methods announce medians with quartiles, and tables in which no interval of confidence is named."""

from __future__ import annotations

import re

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import words_of
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

_ANNOUNCED = Expression(
    r"\b(?:data|values|variables|results|measures|measurements)\b[^.;]{0,80}?\bmedians?\b[^.;]{0,30}?"
    r"(?:\bIQR\b|inter-?quartile|quartiles?|25th)|\bmedians?\b[^.;]{0,30}?(?:\bIQR\b|inter-?quartile|quartiles?|25th)"
    r"[^.;]{0,60}?\b(?:is|are|was|were)\b[^.;]{0,30}?\b(?:given|shown|reported|presented|expressed|used)",
    re.I,
)
_CONFIDENCE = Expression(r"\bC\.?I\b|\bCrI\b|confidence|credible|\b95\s?%|\bestimates?\b|\bbetween[- ]group\b", re.I)


def quartiles_announced(reading: Reading, table: Table, words: str) -> bool:
    """Say whether a value with two limits in a table may be a median with quartiles.

    So where the methods announce these, and neither the table nor `words` (the row, the cell) name confidence.

    >>> bool(_CONFIDENCE.search("difference (95% CI)"))
    True
    """
    if _CONFIDENCE.search(words_of(table)) or _CONFIDENCE.search(words):
        return False
    told = lines(reading, ("methods", "body", "results"))
    return any(_ANNOUNCED.search(line.words.replace("\n", " ")) for line in told)
