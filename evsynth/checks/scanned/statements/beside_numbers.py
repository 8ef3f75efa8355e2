"""'More common with A (71 [5.9%]) than with B (97 [8.0%])': a comparing word against the two values around 'than'.

The first value is that of the group before "than". Without one, two values joined by "versus" in brackets stand in the
order of the groups: "lower with A (22.6% v 10.4%)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.beside import Beside, beside
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.pair_order import order_known
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Severity
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

SEVERAL = 3
"""Pairs of a paper, all of them against their words, from which they may stand in an order of its own."""
_JOINED = Expression(r"[\s)\],]*(?:against|compared (?:with|to)|as (?:against|opposed to)|/)[\s(\[]*")


def beside_numbers(reading: Reading) -> Iterator[Finding]:
    """Compare each comparing word with the values on both sides of its 'than', or with the pair in brackets behind it.

    Left alone: negative numbers, values of different kinds, counts that group sizes could explain, denials. A note: a
    pair whose sentence names one group only, where no other pair of the paper bears out that this group stands first.
    """
    told = [
        (line, found) for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion"))
        for found in beside(line)
    ]  # fmt: skip
    wrong = [(line, found) for line, found in told if _contradicts(reading, found)]
    other_order = len(wrong) == len(told) >= SEVERAL
    for line, found in wrong:
        severity = _weight(reading, line, found)
        yield _finding(reading, line, found, "concern" if other_order and severity == "inconsistent" else severity)


def _contradicts(reading: Reading, found: Beside) -> bool:
    word, one, two = found.word, found.one, found.two
    more = word.more(one.unit or two.unit)
    if more is None or one.number == two.number:
        return False
    a, b = one.number, two.number
    if re.search(r"\b(?:risks?|mortality|hazards?)\b", found.lead) and re.match(
        r"\W*(?:month|year|day|week)", one.unit
    ):
        return False  # "a higher risk of death (16.6 v 25.5 months)": of survival
    if a < 0 or b < 0:
        return False
    if (a < b) != more:
        return False
    if not one.counted:
        return True
    if not re.match(r"more$|fewer$|less$", word.word.split()[0], re.I):
        return False
    pairs = [p.sizes for p in sizes_told(reading) if len(p.sizes) == 2]
    return all((a / m < b / n) == more and (a / n < b / m) == more for m, n in pairs)


def _weight(reading: Reading, line: Line, found: Beside) -> Severity:
    between = line.words[found.one.end : found.two.start]
    if not _JOINED.fullmatch(between) and not re.search(r"\b(?:vs?\b|versus)", between):
        return "inconsistent"
    return order_known(reading, line, found.lead, line.start + found.one.start, line.start + found.two.end)


def _finding(reading: Reading, line: Line, found: Beside, severity: Severity) -> Finding:
    word, one, two = found.word, found.one, found.two
    shown = " and ".join(f"{v.read.value}{v.unit}" for v in (one, two))
    return reading.finding(
        "DIRECTION_CONTRADICTS", severity,
        f"'{word.word}' is inconsistent with {shown}",
        "the groups, or the numbers, may be exchanged in the sentence",
        quotes=(
            (line.start + word.start, line.start + max(word.end, two.end)),
            *((line.start + v.start, line.start + v.end) for v in (one, two)),
        ),
    )  # fmt: skip
