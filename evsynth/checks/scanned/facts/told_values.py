"""Values told beside each other in a sentence, one for each group: percentages with their counts, means, medians.

"71 (5.9%)" is the percentage 5.9; differences ("by 12 points", "68 g heavier") are no values of groups. Made for checks
that hold a word of direction against two values.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.measured import Measured, Sentence, measured, same_unit
from evsynth.checks.scanned.facts.told_differences import told_difference
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_SHARE = Expression(r"(?:\s(?:patients|women|men|children|cases|participants|infants|deaths|people))?\s?[(\[]\s?")
_HIGHER = Expression(
    r"\s?(?:\w+ ){0,1}?(?:lower|higher|less|more|fewer|longer|shorter|larger|smaller|greater|older|younger|heavier|"
    r"lighter|apart|better|worse|above|below)\b", re.I
)  # fmt: skip


_DOSE = Expression(r"(?:mg|µg|mcg|g|IU|U|mL|ml|units?)$")
_STATED = Expression(
    r"(?:[(\[:=]|\b(?:was|were|of|averaged|mean|median|at|had|needed|used|lost|received|to|vs?|versus|against)\.?)\s?$"
)


_AMOUNT = Expression(
    r"(?:\b(?:mean|median|averag\w+|EUR|USD|GBP|cost\w*|score[sd]?)|[$€£])(?: of| was| were)?\W?$", re.I
)


_BASE = Expression(
    r"\bper [\d,]+(?=\D)|(?:%\)?|\]) (?:out )?of (?:the )?[\d,]+(?!\.\d| ?%)|[×x] ?10(?:\^?\d+)?(?:/L)?", re.I
)
"""Numbers that others are a share of, or a rate per: they are no values."""


class Value(NamedTuple):
    """A value of a group; `start` to `end` covers its count, unit and spread; `counted`: nothing but a whole number."""

    number: float
    unit: str
    counted: bool
    start: int
    end: int
    read: Measured


class Values(NamedTuple):
    """A sentence with marks of noise, its values, and the differences told in it."""

    words: str
    values: tuple[Value, ...]
    differences: tuple[Measured, ...]
    line: Line


def told_values(line: Line) -> Values:
    """Read the values of a sentence, and apart from them the differences."""
    read = measured(line)
    quiet = _BASE.sub(lambda m: re.sub(r"\d", "x", m[0]), read.words)
    sentence = read._replace(words=quiet, values=tuple(v for v in read.values if quiet[v.start] != "x"))
    values: list[Value] = []
    differences: list[Measured] = []
    for index, one in enumerate(sentence.values):
        if _is_difference(sentence, index, one):
            differences.append(one)
            continue
        start = one.start
        if (
            _DOSE.match(one.unit)
            and one.spread is None
            and not _STATED.search(sentence.words, max(0, start - 12), start)
        ):
            continue  # the dose that names a group: "on the drug 10 mg"
        last = values[-1] if values and values[-1].counted else None
        if one.unit == "%" and last is not None and _SHARE.fullmatch(sentence.words, last.end, start):
            start = values.pop().start
        amount = _AMOUNT.search(sentence.words, max(0, start - 20), start)
        counted = not one.unit and not one.value.decimals and one.spread is None and amount is None
        values.append(Value(float(one.value), one.unit, counted, start, one.end, one))
    return Values(sentence.words, tuple(values), tuple(differences), sentence.line)


def _is_difference(sentence: Sentence, index: int, one: Measured) -> bool:
    if _HIGHER.match(sentence.words, one.end):
        return True
    told = told_difference(sentence, index, one)
    return told is not None and bool(re.search(r"point|pp", one.unit) or re.search(r"(?:by|of)\W*$", told.lead))


def alike(one: Value, two: Value) -> bool:
    """Say whether two values can be of one quantity."""
    return one.counted == two.counted and same_unit(one.read, two.read)


def neighbours(told: Values) -> list[tuple[Value, Value]]:
    """Give every two values next to each other that can be of one quantity."""
    return [(a, b) for a, b in pairwise(told.values) if alike(a, b)]
