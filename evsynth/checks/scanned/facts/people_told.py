"""How many people (eyes, animals) a statistic of the paper may be about: every count told, and sums of groups."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.facts.statistics_told import statistics_told
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression

_N = Expression(r"(?<![A-Za-z])[nN]s?\s?=\s?(\d{1,3}(?:,\d{3})+|\d+)")
_EACH = Expression(r"\b(?:each|both|per (?:group|arm)|either|apiece)\b", re.I)
_OF = Expression(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d{1,6})\s?(?:/|of|out of)\s?(\d{1,3}(?:,\d{3})+|\d{1,6})(?![\w/]|[.,]\d)"
)
_DIGIT = Expression(r"\d")
_GROUPS = 6
"""Groups, at most, whose sizes are added up."""


@lru_cache(maxsize=32)
def people_told(reading: Reading) -> frozenset[int]:
    """Give the counts of the text and tables, the sums of those of one sentence, and twice to four times "each"."""
    found: set[int] = set()
    for line in lines(reading, ("title", "abstract", "methods", "results", "body", "figure legend", "discussion")):
        sizes = sorted((_whole(m) for m in _N.findall(line.words)), reverse=True)[:_GROUPS]
        found |= {sum(c) for k in (2, 3, 4) for c in combinations(sizes, k)}
        own = {_whole(m) for m in _N.findall(line.words)} | {
            int(t.df[-1]) for t in statistics_told(line.words) if t.role == "chi2" and len(t.df) == 2
        }
        words = _quiet(line.words)
        own |= {c.value for c in counts(words)} | {_whole(x) for m in _OF.findall(words) for x in m}
        own = {n for n in own if n > 1}
        found |= own
        few = sorted(own, reverse=True)[:_GROUPS]
        found |= {sum(c) for k in (2, 3, 4) for c in combinations(few, k)}
        if _EACH.search(line.words):
            found |= {k * n for n in own for k in (2, 3, 4)}
    for table in reading.document.tables:
        sizes = [int(c.n.printed.value) for c in table.columns if c.n is not None]
        sizes += [int(table.n.printed.value)] if table.n is not None else []
        found |= {*sizes, sum(sizes)}
        for text in _N.findall(reading.document.plain, table.start, table.end):
            found.add(_whole(text))
    named = {_whole(m) for m in _N.findall(reading.document.plain)}
    found |= named | {sum(c) for k in (2, 3) for c in combinations(sorted(named, reverse=True)[:_GROUPS], k)}
    return frozenset(found)


def _quiet(words: str) -> str:
    """Give the words with x for the digits of named statistics: degrees of freedom are no people."""
    for told in statistics_told(words):
        words = words[: told.start] + _DIGIT.sub("x", words[told.start : told.end]) + words[told.end :]
    return words


def _whole(text: str) -> int:
    return int(text.replace(",", ""))
