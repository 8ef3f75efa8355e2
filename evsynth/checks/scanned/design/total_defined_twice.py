"""A total is an item that was scored, and in another sentence the sum of the other items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("TOTAL_DEFINED_TWICE",)

_ITEMS = Expression(
    r"\b(?:scor(?:ing|ed) items?|items? scored|items|scores were (?:given|assigned) (?:to|for)|(?:was|were) (?:each )?"
    r"(?:scored|rated|graded) for|domains (?:scored|rated))\b[^.;:]{0,20}?"
    r"(?:\bincluded?\b|\bwere\b|\bare\b|\bcomprised\b|\bfor\b|:|\bto\b)\s*:?\s*"
    r"(?P<list>(?=[^.;]*,)[^.;]*?\b(?P<total>(?:total|overall|global) [\w -]{3,40}?)(?=,|\s+and\b)[^.;]*)",
    re.I,
)
_SUM = Expression(
    r"\b(?P<total>(?:total|overall|global)\s[\w -]{0,30}?(?:score|extent|index|grade)s?)\s(?:was|were|is|being)\s"
    r"(?:\w+\s){0,3}?(?:the\s)?sum\b[^.;]{0,80}",
    re.I,
)


def total_defined_twice(reading: Reading) -> Iterator[Finding]:
    """Find a list of scored items that holds a total, where another sentence says that the total is the sum of items.

    A concern, once for a paper. Left alone: lists whose total is a scale of its own beside no sum.
    """
    told = list(lines(reading, ("methods", "body")))
    sums = [(line, m) for line in told for m in [_SUM.search(line.words)] if m]
    for line in told:
        items = _ITEMS.search(line.words)
        if items is None or re.search(r"\bsum\b", line.words):
            continue
        for other, match in sums:
            if other != line and other.section == line.section:
                yield reading.finding(
                    "TOTAL_DEFINED_TWICE", "concern",
                    f"'{items['total'].strip()}' is listed as an item that was scored, and '{match['total'].strip()}' "
                    "is defined as a sum",
                    "two totals may have been taken; which one the results report is then not told",
                    quotes=(line.piece(items), other.piece(match)),
                )  # fmt: skip
                return
