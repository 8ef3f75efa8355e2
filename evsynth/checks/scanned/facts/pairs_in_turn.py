"""Values told two by two, one of each group, clause after clause: "€1,412 with and €688 without; €2,583 and €4,210".

Read are values of any kind, with or without a sign of money, joined by "and", "v", "against" or a comparison, with
some words between them. Made for checks of sums and quotients that hold for one group and not for the other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression


class Value(NamedTuple):
    """A number as printed and its offsets in the document."""

    printed: Printed
    start: int
    end: int

    @property
    def value(self) -> float:
        return float(self.printed.value)


class Pair(NamedTuple):
    """Two values, the words before them from the last number, the words behind them, and their sentence."""

    one: Value
    two: Value
    before: str
    after: str
    line: Line

    @property
    def sides(self) -> tuple[Value, Value]:
        return self.one, self.two


_N = r"(?:US|AU|CA|NZ)?[€$£¥]?\s?(?P<{0}>\d{{1,3}}(?:[, ]\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_PAIR = Expression(
    rf"(?<![\w.,/±–-]){_N.format('a')}(?!\s?(?:%|/|:|to\b|±|\+/|-\s?\d)|[\w])"
    r"(?P<gap>(?:\s\([^()\d]{0,40}\)|[^\d.;()]|\.(?=\s[a-z])){0,70}?(?:,?\s(?:and|v|vs|versus|against|"
    r"compared\s(?:with|to)|"
    r"as against|or)\s)(?:[^\d.;()]{0,30}?\s)?)"
    rf"{_N.format('b')}(?!\s?(?:%|/|:|to\b|±|\+/|-\s?\d)|[\w]|,\d{{3}})", re.I,
)  # fmt: skip
_FIRST = Expression(
    r"\b(?:between|from|table|figure|aged?|week|month|day|year|grade|stage|level|score|scores|in)\s?$", re.I
)
_UNIT = Expression(r"\s(?:groups|arms|times|weeks|months|years of age|h\b|hours after)", re.I)


@lru_cache(maxsize=4096)
def pairs_in_turn(line: Line) -> tuple[Pair, ...]:
    """Give the pairs of a sentence, in order."""
    found: list[Pair] = []
    matches = list(_PAIR.finditer(re.sub(r"\s", " ", line.words)))
    for i, match in enumerate(matches):
        begin = matches[i - 1].end() if i else 0
        end = matches[i + 1].start() if i + 1 < len(matches) else len(line.words)
        before, after = line.words[begin : match.start()], line.words[match.end() : end]
        if _FIRST.search(before) and not re.search(r"[€$£]", match[0]):
            continue
        one, two = (_value(line, match, k) for k in "ab")
        found.append(Pair(one, two, before, after, line))
    return tuple(found)


def _value(line: Line, match: re.Match[str], name: str) -> Value:
    text = match[name].replace(" ", ",")
    return Value(Printed.parse(text), line.start + match.start(name), line.start + match.end(name))
