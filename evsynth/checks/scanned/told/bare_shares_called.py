"""Percentages of people who are pointed at, told without a count: "73.4% of the hospitals", of whom there are 32.

No whole number of them gives the percentage, nor of any number printed near it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.denominators import CHANGE, printed_numbers
from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.checks.scanned.facts.who_of_whom import Named, called
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

CODES = ("PERCENT_IMPOSSIBLE",)

_OF = Expression(
    r"⟨p(?P<p>\d+)⟩ of (?:the|these|those|our|all|all the)(?P<who>(?: (?!(?:and|or|but|had|has|were|was|did|at|by|on|"
    r"in|than|with)\b)"
    r"[A-Za-z][\w'-]*){1,3})"
)
_OTHER = Expression(
    r"missing|available|evaluable|answered|unknown|not recorded|weight|mean\b|median|rate|time|visits|tests|samples|"
    r"doses|"
    r"days|total|cost|variance|respond|estimat|surviv|kaplan|cumulative|adjust|imput|model|about|approximately|"
    r"nearly|almost|around", re.I,
)  # fmt: skip
_BEING = Expression(
    r"\b(?:represent|account|correspond|amount|equal|constitut|cover|compris|i\.e)\w*[^;.⟨]{0,20}$", re.I
)
ALMOST = 1.2
LEAST, MOST = 8, 400
"""Fewer are told by their number; of more, nearly every percentage with one decimal is a share."""


def bare_shares_called(reading: Reading) -> Iterator[Finding]:
    """Check percentages without a count against the number of those they are of.

    Left alone: multiples of five, estimates, people of whom some have no data: any number near that gives it, also a
    tenth smaller than the one told.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"(?:%|cent) of ", line.words) or _OTHER.search(line.words) or CHANGE.search(line.words):
            continue
        sentence = marked(line.words)
        counted = {s.percent for s in proportions(sentence) if s.events is not None}
        limits = intervals_of(sentence)
        for match in _OF.finditer(sentence.text):
            i = int(match["p"])
            if sentence.numbers[i] not in counted and i not in limits:
                yield from _judged(reading, line, sentence, match)


def _judged(reading: Reading, line: Line, sentence: Marked, match: re.Match[str]) -> Iterator[Finding]:
    percent = sentence.numbers[int(match["p"])]
    told = [n for n in called(reading, line, percent.start, match["who"]) if n.number.whole >= LEAST]
    if not told or len({n.number.whole for n in told}) != 1 or told[0].number.whole > MOST:
        return
    of: Named = told[-1]
    if _BEING.search(sentence.text[: match.start()]):
        return  # the number is the part: "73 departments, representing 93.6% of the departments of the region"
    value = of.number.whole
    others = {*printed_numbers(reading), *range(math.ceil(0.9 * value), value + 1)}
    if any(not _impossible(percent.printed, n) for n in others if n >= 0.5 * value):
        return
    exact = float(percent.printed.value) * value / 100
    given = " and ".join(f"{k} give {100 * k / value:.1f}%" for k in (math.floor(exact), math.ceil(exact)))
    yield reading.finding(
        "PERCENT_IMPOSSIBLE", "inconsistent",
        f"{percent.printed}% of {value} is inconsistent with any whole number: {given}",
        "those without data may be left out of the denominator; otherwise a digit is misprinted",
        quotes=(spot(line, percent), spot(of.line, of.number)), computed=(("count", f"{exact:.2f}"),),
    )  # fmt: skip


def _impossible(percent: Printed, of: int) -> bool:
    """Say whether a percentage is further from that of every count of a number than rounding makes it."""
    value, unit = float(percent.value), 10.0**-percent.decimals
    if percent.bound or not 0 < value < 100 or (percent.decimals == 0 and value % 5 == 0) or of > MOST:
        return False
    exact = value * of / 100
    return all(abs(100 * k / of - value) > ALMOST * unit for k in (math.floor(exact), math.ceil(exact)))
