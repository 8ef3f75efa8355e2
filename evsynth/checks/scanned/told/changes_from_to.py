"""The changes of two groups told by their ends, and the difference between them: "from 31.4 to 28.2 and from 30.9 to
30.1 (difference in change -2.4)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.measured import Measured, Sentence, measured, same_unit
from evsynth.checks.scanned.numbers.methods_said import tests
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_TOLD",)

_TO = Expression(r"^[^.;\d]{0,60}?\bto\s(?:an? )?(?:mean (?:of )?)?$")
_FROM = Expression(r"\bfrom\s(?:an? )?(?:mean (?:of )?)?$")
_NET = Expression(
    r"\b(?:(?:between-group |net |mean |treatment |absolute )*difference(?: in (?:the )?(?:mean )?changes?| "
    r"between (?:the )?"
    r"(?:two )?(?:groups|changes|arms))?|difference[- ]in[- ]differences?|net (?:change|effect|benefit|reduction|gain|"
    r"increase|decrease))[^.;()\d]{0,25}[(\s:=,]*$", re.I,
)  # fmt: skip
_ANOTHER = Expression(
    r"adjust|ANCOVA|covarian|least[- ]squares|\bLS\b|model|weighted|imput|estimat|marginal|geometric|medians?\b|IQR|"
    r"Hodges|regress|matched|standardi[sz]ed|per ?cent(?:age)? change|at (?:follow|week|month|\d)", re.I,
)  # fmt: skip
FAR = 0.15
"""Share by which a difference of fewer patients may be off."""


def changes_from_to(reading: Reading) -> Iterator[Finding]:
    """Check the difference of two changes told "from a to b" where nothing in the paper adjusts or models."""
    if tests(reading).adjusted:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        if line.words.count("from ") < 2 or ("difference" not in line.words and "net" not in line.words):
            continue
        if _ANOTHER.search(line.words) is None:
            yield from _in_line(reading, line)


def _in_line(reading: Reading, line: Line) -> Iterator[Finding]:
    sentence = measured(line)
    values, words = sentence.values, sentence.words
    starts = [i for i in range(len(values) - 1) if _is_pair(sentence, i)]
    for first, second in pairwise(starts):
        if second != first + 2 or len(starts) > 2 or second + 2 >= len(values):
            continue
        four = [values[i] for i in (first, first + 1, second, second + 1)]
        told = values[second + 2]
        if not all(same_unit(four[0], v) for v in four[1:]) or not same_unit(four[1], told):
            continue
        if not _NET.search(words[max(four[3].end, told.start - 90) : told.start]):
            continue
        yield from _judged(reading, sentence, four, told)


def _is_pair(sentence: Sentence, i: int) -> bool:
    one, two = sentence.values[i], sentence.values[i + 1]
    return (
        _FROM.search(sentence.words[: one.start]) is not None
        and _TO.match(sentence.words[one.end : two.start]) is not None
        and same_unit(one, two)
    )


def _judged(reading: Reading, sentence: Sentence, four: list[Measured], told: Measured) -> Iterator[Finding]:
    a, b, c, d = (span(v.value) for v in four)
    one, two = Span(b.low - a.high, b.high - a.low), Span(d.low - c.high, d.high - c.low)
    made = Span(one.low - two.high, one.high - two.low).absolute()
    ends = Span(b.low - d.high, b.high - d.low).absolute()
    own = span(told.value).absolute()
    if own.meets(made) or own.meets(ends) or own.meets(one.absolute()) or own.meets(two.absolute()):
        return
    least, most = sorted((made.middle, ends.middle))
    room = FAR * max(own.middle, most)
    if least - room <= own.middle <= most + room:
        return  # adjusted for the start, it lies between the difference of the changes and that of the ends
    start = sentence.line.start
    yield reading.finding(
        "DIFFERENCE_TOLD", "inconsistent",
        f"a difference of {told.value} is inconsistent with changes from {four[0].value} to {four[1].value} and from "
        f"{four[2].value} to {four[3].value}, which differ by {made.middle:.4g}",
        "an adjusted difference, or one in fewer patients, may be meant; otherwise one of the numbers is misprinted",
        quotes=(
            (start + told.start, start + told.end), (start + four[0].start, start + four[1].end),
            (start + four[2].start, start + four[3].end),
        ), computed=(("difference", f"{made.middle:.6g}"),),
    )  # fmt: skip
