"""Counts in a row in one sentence, read by their marks alone: any number with any words about it is a count of them.

Brackets that hold a percentage, an interval or a P are passed over; those that hold the counts themselves are opened.
Made for checks of sums that read what `lists` does not: parts without a preposition or a verb of their own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import COUNT_MARK, Number, marked
from evsynth.text.expressions import Expression

_OWN = Expression(
    r" ?\((?:[^()⟨⟩]{0,25}[,:] ?)?(?:[nN] ?= ?)?(⟨c\d+⟩)(?: (?:patients|participants|people|"
    r"women|men|children|subjects|of them))?(?: ?[,;/] ?⟨p\d+⟩)? ?\)"
)
_ASIDE = Expression(r" ?\(([^()]*)\)")
_SHARE = Expression(r"⟨[pdlosr]\d+⟩ ?(?:-|to) ?⟨[pdlosr]\d+⟩|,? ?⟨p\d+⟩(?= ?[,;.]|$| and\b| in\b)")
_BASE = Expression(r"(⟨c\d+⟩)(?:(?: (?:out )?of (?:the |these |all |our )?| ?/ ?)⟨c(\d+)⟩)")
_RANGE = Expression(
    r"⟨c(\d+)⟩ (?:to|through|and) ⟨([mc])(\d+)⟩(?= (?:years?|months?|weeks?|days?|hours?|points?|mg|kg|cm|mm)\b)"
)
_BETWEEN = Expression(r"\b(between|ranging from|ranged from|range[:,]?|from) ⟨c\d+⟩ (and|to|through) ⟨c\d+⟩")
_SERIES = Expression(
    r"\b((?:days?|weeks?|months?|years?|hours?|minutes|visits?|doses?|ages?|grades?|stages?|scores?|levels?) )"
    r"(?:⟨\w+⟩(?:, and |, or |, | and | or )){2,}⟨\w+⟩"
)
"""A series of times or grades: "days 7, 14, 21 and 28"."""
_SERIES_OF = Expression(
    r"(?:⟨\w+⟩, )*⟨\w+⟩(?:,? (?:and|or) |, (?=⟨\w+⟩, ))⟨\w+⟩(?=[ -](?:days?|weeks?|months?|years?|hours?|minutes?)\b)"
)
"""The same with the unit behind: "the 30, 90 and 360-day follow-up"."""
_RATE = Expression(
    r" (?:micrograms?|mcg|µg|units?|IU) |\.?--| ?(?:-|per|for every|±|\+/?-) ?⟨|-(?:[a-z]+)| "
    r"times (?:daily|weekly|a|per|each)\b"
)
_EQUALS = Expression(r"(?<![nN]) = $")
"""Before a number of an equation: "index = 33 C - 12"; sizes in brackets have lost their blanks."""
_ONE_REASON = Expression(r" (?:(?:primary|main|single|principal|only) )?(?:reason|cause)\b")
"""Behind the "one" of "one reason each"."""
_PLACES = Expression(
    r" (?:(?!and |or |in |of |with |were |had |to )[a-z-]+ ){0,3}?(?:homes|hospitals|cent(?:er|re)s|wards|"
    r"units|clinics|schools|practices|villages|countries|sites|"
    r"trials|studies|regions|districts|laboratories|groups|arms|types|categories|reminders|doses|visits|"
    r"cycles|items|steps|factors|domains)\b"
)
"""Things that people are counted in: their number is no number of people."""
_JOIN = Expression(
    r"[,;]|\b(?:and|or|versus|vs|v|while|whereas|but|plus|against|compared|as well as|"
    r"followed by)\b"
)


class Part(NamedTuple):
    """A count with the words before it (from the last count) and after it (to the next joint of the sentence)."""

    number: Number
    before: str
    after: str
    of: Number | None = None
    """The base told with it: "20 of the 115"."""

    @property
    def value(self) -> int:
        """The count."""
        return self.number.whole


class Parted(NamedTuple):
    """A sentence as its counts in order, and the words with their marks after brackets are opened or dropped."""

    text: str
    counts: tuple[Part, ...]


@lru_cache(maxsize=8192)
def parted(words: str) -> Parted:
    """Read the counts of a sentence with the words about them."""
    sentence = marked(words)
    text = _OWN.sub(lambda m: f" ={m[1]}" if "=" in m[0] else f" {m[1]}", sentence.text)
    for _ in range(2):
        text = _ASIDE.sub(
            lambda m: f": {m[1]} . " if len(COUNT_MARK.findall(m[1])) > 1 and "/" not in m[1] else "", text
        )
    text = _SHARE.sub("", text)
    text = _SERIES_OF.sub("⟨x⟩", _SERIES.sub(r"\1⟨x⟩", text))
    text = _BETWEEN.sub(r"\1 ⟨r⟩ \2 ⟨r⟩", text)
    bases = {m[1]: sentence.numbers[int(m[2])] for m in _BASE.finditer(text)}
    text = _BASE.sub(r"\1", text)
    text = _RANGE.sub(lambda m: f"⟨m{m[3]}⟩" if _rises(sentence.numbers, m) else m[0], text)
    found = [
        m for m in COUNT_MARK.finditer(text)
        if not _RATE.match(text, m.end()) and not _ONE_REASON.match(text, m.end()) and not _placed(text, m)
        and not _EQUALS.search(text, 0, m.start())
    ]  # fmt: skip
    parts = []
    for index, match in enumerate(found):
        begin = found[index - 1].end() if index else 0
        end = found[index + 1].start() if index + 1 < len(found) else len(text)
        number = sentence.numbers[int(match[1])]
        parts.append(Part(number, text[begin : match.start()], text[match.end() : end], bases.get(match[0])))
    return Parted(text, tuple(parts))


def _placed(text: str, match: re.Match[str]) -> bool:
    """Say whether a number counts the places where people are: "in six homes"."""
    before = re.search(r"\b(?:in|at|from|of|by|on|with|into|after|the)(?: the| all)? $", text[: match.start()])
    return before is not None and _PLACES.match(text, match.end()) is not None


def _rises(numbers: tuple[Number, ...], match: re.Match[str]) -> bool:
    """Say whether two numbers are the ends of a range, not a count and a length of time: "169 to 7 days"."""
    return numbers[int(match[1])].printed.value < numbers[int(match[3])].printed.value


def joined(part: Part) -> bool:
    """Say whether the words before a count join it to the count before: a comma or "and", no new sentence."""
    gap = part.before
    return len(gap) <= 130 and _JOIN.search(gap) is not None and not re.search(r"[.?:]\s|⟨[^cmrx]", gap)
