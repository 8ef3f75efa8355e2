"""One comparison told twice, with either group as the reference: the second ratio is one through the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.statistics_told import Told, statistics_told
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DERIVED_VALUE",)

_REFERENCE = Expression(
    r"\b(?P<who>[A-Za-z][\w-]*(?:\s(?!as\b)[A-Za-z][\w-]*)?)\s(?:(?:being|serving|taken|used|"
    r"chosen)\s)?as\s(?:the\s|a\s)?(?:reference|comparator|"
    r"baseline (?:group|category)|referent)|\b(?:reference|referent)(?: group| category)?\s?(?:=|:|,|was|were|"
    r"being)\s?(?P<who2>[A-Za-z][\w-]*)",
    re.I,
)
_TURNED = Expression(
    r"\b(?:equivalently|inverting|inverted|reciprocal|reversing|reversed|turned round|the other way "
    r"(?:a)?round|vice versa|"
    r"reverse (?:comparison|direction|coding))\b", re.I,
)  # fmt: skip
_OTHER = Expression(r"\b(?:adjust\w+|multivaria\w+|fully|model 2|respectively|tertile|quartile|quintile)\b", re.I)
ROOM = 0.02


def other_reference(reading: Reading) -> Iterator[Finding]:
    """Compare two ratios of one sentence, or two, that name two references for one comparison."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for one, two in [(x, None) for x in every] + list(pairwise(every)):
        words = one.words + (
            " " * (two.start - one.end) + two.words if two is not None and two.start >= one.end else ""
        )
        if "eferen" not in words and not _TURNED.search(words):
            continue
        told = [t for t in statistics_told(words) if t.role == "ratio" and float(t.value) > 0]
        if len(told) != 2 or (two is not None and not told[0].end < len(one.words) <= told[1].start):
            continue
        if told[0].name.lower().strip() != told[1].name.lower().strip() and len(told[0].name) > 3 < len(told[1].name):
            continue
        names = [(m["who"] or m["who2"]).lower().split()[-1] for m in _REFERENCE.finditer(words)]
        turned = _TURNED.search(words[told[0].end : told[1].end + 30])
        both = len(names) == 2 and names[0] != names[1] and all(words.lower().count(n) >= 2 for n in names)
        if (not both and turned is None) or _adjusted_apart(words, told):
            continue
        yield from _judged(reading, one, told)


def _adjusted_apart(words: str, told: list[Told]) -> bool:
    return _OTHER.search(words[told[0].end : told[1].end]) is not None


def _judged(reading: Reading, line: Line, told: list[Told]) -> Iterator[Finding]:
    a, b = (span(t.value) for t in told)
    if a.low <= 0 or b.low <= 0 or not told[0].value.decimals or not told[1].value.decimals:
        return
    made = Span(1 / a.high, 1 / a.low)
    if b.low <= made.high * (1 + ROOM) and made.low * (1 - ROOM) <= b.high:
        return
    yield reading.finding(
        "DERIVED_VALUE", "inconsistent",
        f"with the other group as the reference {told[0].value} becomes {made.low:.3g} to {made.high:.3g}, and "
        f"{told[1].value} is printed",
        "another model or other groups may be meant; otherwise one of both is misprinted",
        quotes=tuple((line.start + t.start, line.start + t.end) for t in told),
        computed=(("one through the first", f"{made.low:.4g} to {made.high:.4g}"),),
    )  # fmt: skip
