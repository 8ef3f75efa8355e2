"""Sentences cut into clauses, so that a word is held only against the numbers of its own clause."""

from __future__ import annotations

import re
from functools import lru_cache

from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_CUT = Expression(
    r";|\bwhereas\b|\bwhile\b|\balthough\b|\bthough\b|\bhowever\b|\bbut\b|\bin contrast\b|\bexcept\b|\bapart "
    r"from\b|,\s+and\s+(?=(?:there|it|they|no|did|was|were|had|showed)\b)",
    re.I,
)
BRACKET = Expression(r"\([^()]*\)|\[[^\[\]]*\]")
"""A bracket of either kind with nothing in brackets inside."""


@lru_cache(maxsize=8192)
def clauses(line: Line) -> tuple[Line, ...]:
    """Give the clauses of a sentence in order, each with its own offsets; brackets stay whole."""
    found, start = [], 0
    for match in _CUT.finditer(line.words):
        before = line.words[: match.start()]
        if before.count("(") > before.count(")") or before.count("[") > before.count("]"):
            continue
        found.append(
            line._replace(
                words=line.words[start : match.start()], start=line.start + start, end=line.start + match.start()
            )
        )
        start = match.end() if line.words[match.start()] == ";" else match.start()
    return *found, line._replace(words=line.words[start:], start=line.start + start)
