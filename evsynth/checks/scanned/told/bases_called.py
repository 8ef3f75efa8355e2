"""Shares of people who are pointed at: "9 of the advanced ones (52%)", "45 of the former (65%)".

The number they are of stands earlier, "36 were advanced"; the share is of no other number that the text prints either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import CHANGE, missing, printed_numbers, share_finding
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.facts.who_of_whom import Named, called, of_two
from evsynth.checks.scanned.prose import Line, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_WHO = r"(?P<who>(?: (?!(?:and|or|but|had|has|were|was|at|by|on|in|than)\b)[A-Za-z][\w'-]*){1,5})"
_OF = r"(?: [a-z]+)?(?: ,)? (?:of|among) (?:the|these|those|our|all the|all)"
_SHARES = (
    Expression(rf"⟨c(?P<k>\d+)⟩{_OF}{_WHO},? ?(?:\(|, or |, )(?:[a-z ]{{1,20}})?⟨p(?P<p>\d+)⟩ ?[,;)]"),
    Expression(rf"⟨c(?P<k>\d+)⟩ ?\(⟨p(?P<p>\d+)⟩\){_OF}{_WHO}"),
    Expression(rf"⟨p(?P<p>\d+)⟩{_OF}{_WHO} ?\((?:[nN] ?= ?)?⟨c(?P<k>\d+)⟩\)"),
)
_NOBODY_MISSING = Expression(
    r"\b(?:intention[- ]to[- ]treat|(?:no|nobody|none)\b[^.;]{0,30}\b(?:lost|excluded|missing|withdr\w+)|counted as "
    r"(?:an? )?"
    r"(?:non-?respon\w+|failures?|treatment failures?)|complete follow-up|all (?:\w+ ){0,3}(?:were|was) (?:followed|"
    r"analy[sz]ed|"
    r"assessed|included in the analysis))", re.I,
)  # fmt: skip
OFTEN = 3
"""A word of more sentences than this is what everything is counted in, and names nobody in particular."""
_TWO = Expression(r"^ (former|latter|first|second)(?: (?:group|arm|cohort))?$")


def bases_called(reading: Reading) -> Iterator[Finding]:
    """Compare a share with the number of the people it is said to be of.

    Left alone: shares that any other printed number gives, or that number less a tenth without data; changes and
    estimates; phrases that name several numbers of which one fits.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if "%" not in line.words and "cent" not in line.words:
            continue
        sentence = marked(line.words)
        for match in (m for pattern in _SHARES for m in pattern.finditer(sentence.text)):
            of = _base(reading, line, sentence, match)
            if of is not None:
                count, percent = sentence.numbers[int(match["k"])], sentence.numbers[int(match["p"])]
                yield from _judged(reading, line, sentence, count, percent, of)


def _base(reading: Reading, line: Line, sentence: Marked, match: re.Match[str]) -> Named | None:
    count = sentence.numbers[int(match["k"])]
    at = min(n.start for n in (count, sentence.numbers[int(match["p"])]))
    two = _TWO.match(match["who"])
    if two is not None:
        return of_two(reading, line, at, two[1])
    found = [n for n in called(reading, line, at, match["who"]) if n.number.whole > count.whole]
    last = match["who"].split()[-1]
    often = sum(last in x.words for x in lines(reading, ("abstract", "results", "body")))
    if not sentence.numbers[int(match["p"])].printed.decimals and often > OFTEN:
        return None  # what everything is counted in
    return found[-1] if found else None


def _judged(
    reading: Reading, line: Line, sentence: Marked, count: Number, percent: Number, of: Named
) -> Iterator[Finding]:
    share = next((s for s in proportions(sentence) if s.events == count), None)
    if (share is not None and share.of is not None) or percent.printed.bound or not 0 < count.whole < of.number.whole:
        return
    if CHANGE.search(line.words[max(0, min(count.start, percent.start) - 40) : max(count.end, percent.end) + 20]):
        return
    known = {n for n in printed_numbers(reading) if n >= count.whole} | {of.number.whole}
    if any(prints(count.whole, n, percent.printed) for n in known):
        return
    if missing(Proportion(count, percent, None, 0, 0), of.number.whole) and not says(reading, _NOBODY_MISSING):
        return
    quotes = (spot(line, count, percent), spot(of.line, of.number))
    yield share_finding(reading, line, count, percent, of.number.whole, quotes)
