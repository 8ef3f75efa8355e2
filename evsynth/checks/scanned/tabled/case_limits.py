"""Limits of a measurement for taking part, "FVC below 75% at the start", against the table with a row for each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cases import Measured, case_lists, of_name
from evsynth.checks.scanned.tabled.cells import Number
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_N = r"\d+(?:\.\d+)?"
_BELOW = r"below|under|less than|lower than|<|≤|at most|no(?:t)? more than|not exceeding|up to"
_ABOVE = r"above|over|more than|higher than|greater than|>|≥|at least|not less than"
_LIMIT = Expression(
    rf"(?P<name>[A-Za-z][\w%/-]*(?:\s+[\w%/-]+){{0,4}}?)\s*(?:\([A-Za-z-]{{2,10}}\)\s*)?"
    rf"(?:of|was|that was|level|value)?\s*"
    rf"(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE})|between|of|from)\s*(?P<v>{_N})(?:\s?%?\s*(?:-|to|and)\s*(?P<w>{_N}))?",
    re.I,
)
_ENTRY = Expression(
    r"\b(?:eligib\w+|inclusion|included|enrol+ed|had to (?:have|be)|required|criteria|were treated (?:if|when)|"
    r"consecutive|only patients|entry)\b", re.I,
)  # fmt: skip
_OUT = Expression(
    r"\b(?:exclu\w+|ineligible|not eligible|defined|response|outcome|target|remission|stopp\w+|tapered|normal|aimed|"
    r"improvement|or|except)\b", re.I,
)  # fmt: skip
_HOURS = Expression(r"\s?(?:months?|years?|weeks?|days?|hours?|times|mg)\b")


def case_limits(reading: Reading) -> Iterator[Finding]:
    """Find rows whose value at the start is beyond a limit that the methods set for taking part.

    Left alone: exclusions and definitions, limits with an alternative ("or"), durations, columns of later times.
    """
    for cases in case_lists(reading):
        for line in lines(reading, ("abstract", "methods", "body")):
            if not _ENTRY.search(line.words):
                continue
            for match in _LIMIT.finditer(line.words):
                near = line.words[max(0, match.start() - 40) : match.end() + 25].split(";")[0]
                if _OUT.search(near) or _HOURS.match(line.words, match.end()):
                    continue
                if not (match["below"] or match["above"] or match["w"]):
                    continue
                found = [m for m in of_name(cases, match["name"]) if m.time != "later"]
                if len(found) == 1:
                    yield from _beyond(reading, line, match, found[0])


def _beyond(reading: Reading, line: Line, match: re.Match[str], one: Measured) -> Iterator[Finding]:
    first = float(match["v"])
    low = None if match["below"] else first
    high = float(match["w"]) if match["w"] else first if match["below"] else None
    wrong = [n for n in one.numbers if n is not None and _outside(n, low, high)]
    if not wrong or len(wrong) * 2 > len(one.numbers):
        return
    shown = ", ".join(n.printed.text for n in wrong)
    yield reading.finding(
        "ELIGIBILITY_CONTRADICTS", "inconsistent",
        f"'{one.column.label}': {shown} is inconsistent with the limits for taking part "
        f"('{' '.join(match[0].split())}')",
        "the limit may hold for another time; otherwise a digit is misprinted",
        quotes=(line.piece(match), *((n.start, n.end) for n in wrong)),
    )  # fmt: skip


def _outside(number: Number, low: float | None, high: float | None) -> bool:
    half = 0.5 * 10.0**-number.printed.decimals
    return (low is not None and number.value + half < low) or (high is not None and number.value - half > high)


__all__ = ["CODES", "case_limits"]
