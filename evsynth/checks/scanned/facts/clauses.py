"""Sentences cut into clauses, so that a word is held only against the numbers of its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


_AND = Expression(r",\s+and\s+(?=[^,;]{0,60}\b(?:was|were|did|does|is|are|had|has|do|remained)\b)")


def with_own_subjects(line: Line) -> Iterator[Line]:
    """Give the clauses, also cut at ", and" where a verb follows: what stands there has a subject of its own."""
    for clause in clauses(line):
        start = 0
        for match in _AND.finditer(clause.words):
            yield clause._replace(
                words=clause.words[start : match.start()], start=clause.start + start, end=clause.start + match.start()
            )
            start = match.end()
        yield clause._replace(words=clause.words[start:], start=clause.start + start)


_NO_SUBJECT = Expression(
    r"\W*(?:(?:but|and|while|whereas|although)\s)?(?:(?:also|still|instead|rather|was|were|is|are|had|has|did|led|"
    r"resulted|reduced|increased|raised|lowered|improved|carried|shortened|prolonged)\s)", re.I,
)  # fmt: skip
_FINITE = Expression(
    r"\s(?:was|were|is|are|had|has|have|did|does|led|leads|resulted|reduced|increased|raised|lowered|improved|carried|"
    r"shortened|prolonged|showed|gave|remained|provided)\s"
)


def subject(line: Line, clause: Line) -> str:
    """Give the words before the verb of a clause; of the sentence, where the clause has none: ", but was linked to"."""
    own = clause.words if not _NO_SUBJECT.match(clause.words) else line.words
    verb = _FINITE.search(own)
    return own[: verb.start()] if verb else ""
