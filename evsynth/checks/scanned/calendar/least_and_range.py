"""The least follow-up of everybody against the range of follow-up: a minimum of 24 months, and a range from 14."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.durations import DAYS
from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_UNIT = r"(?P<unit>years?|yrs?|months?|mo|weeks?|wks?|days?)\b"
_FOLLOW = r"(?:follow(?:ed)?[- ]?\s?(?:up)?|observ(?:ed|ation))"
_LEAST = (
    Expression(rf"\b(?:minimum|at least|no less than|not less than|"
               rf"minimal)\s(?:of\s)?(?:a\s)?(?P<n>\d{{1,3}}(?:\.\d)?|{WORD})[\s-]{_UNIT}"
               rf"'?(?P<mid>[^.;\d]{{0,45}}?)\b{_FOLLOW}", re.I),
    Expression(rf"\b(?P<lead>minimum|least|shortest|minimal)?\s?{_FOLLOW}(?P<mid>[^.;\d]{{0,40}}?)\b(?P<how>for at "
               rf"least|of at least|at least|"
               rf"minimum of|minimum:|for a minimum of|not less than|was|of|:|,)\s(?:a )?(?P<n>\d{{1,3}}(?:\.\d)?|"
               rf"{WORD})[\s-]{_UNIT}", re.I),
)  # fmt: skip
_RANGE = Expression(
    rf"\bfollow(?:ed)?[- ]?\s?(?:up)?\b(?P<mid>(?:[^.;]|\.\d){{0,80}}?)\brang(?:e[ds]?|ing)\b[\s:,=]*(?:of |from |"
    rf"was |between )?"
    rf"(?P<low>\d+(?:\.\d+)?)(?:[\s-]?(?P<first>years?|months?|weeks?|days?))?\s?(?:-|to|"
    rf"and)\s?(?P<high>\d+(?:\.\d+)?)(?:[\s-]?{_UNIT})?",
    re.I,
)
_CENTRE = Expression(rf"(?P<n>\d+(?:\.\d+)?)[\s-]{_UNIT}", re.I)
_SOME = Expression(
    r"\b(?:exclud\w+|subgroup|subset|of whom|remaining|unless|if|except|planned|death|died|survivors|alive|surviving|"
    r"protocol|interquartile|potential|possible|schedul\w+|without|less|were required|goal|aimed|one group|"
    r"number of|until|of the (?:total|whole|entire|\d+)|received a)\b|%", re.I
)  # fmt: skip


def least_and_range(reading: Reading) -> Iterator[Finding]:
    """Compare the low end of each range of follow-up with the least that the text tells of everybody.

    Left alone: a minimum of survivors, of a subgroup, or told with a percentage.
    """
    every = [
        x
        for x in lines(reading, ("title", "abstract", "methods", "results", "body"))
        if "ollow" in x.words or "observ" in x.words
    ]
    told: list[tuple[float, Spot, str, Line]] = []
    for line in every:
        for index, pattern in enumerate(_LEAST):
            for m in pattern.finditer(line.words):
                how = (m["how"] or "").lower() if index else "least"
                if index and not m["lead"] and "least" not in how and "minimum" not in how and "not less" not in how:
                    continue
                if _SOME.search(line.words):
                    continue
                told.append((_days(m["n"], m["unit"]), line.piece(m), " ".join(m[0].split()), line))
    if len({round(t[0]) for t in told}) != 1:
        return
    least, spot, text, at = told[0]
    if sum(len(list(_RANGE.finditer(x.words))) for x in every) > 1:
        return
    for line in every:
        if line.role != at.role or line.section != at.section or not 0 <= line.start - at.start < 700:
            continue
        for m in _RANGE.finditer(line.words):
            units = [u for u in (m["first"], m["unit"]) if u]
            centre = list(_CENTRE.finditer(m["mid"]))
            unit = units[0] if units else centre[-1]["unit"] if centre else ""
            if not unit or _SOME.search(line.words[: m.end("mid")]) or float(m["low"]) >= float(m["high"]):
                continue
            if (
                _days(m["low"], unit) + 0.5 * DAYS[unit[0].lower()] * 10.0 ** -len(m["low"].partition(".")[2])
                < 0.93 * least
            ):
                yield reading.finding(
                    "DATES", "inconsistent",
                    f"follow-up from {m['low']} {unit} is inconsistent with '{text}'",
                    "the range may be of all patients, also of those left out; otherwise a digit is misprinted",
                    quotes=((line.start + m.start("low"), line.start + m.end()), spot),
                )  # fmt: skip
                return


def _days(number: str, unit: str) -> float:
    amount = float(number) if number[0].isdigit() else float(value(number))
    return amount * DAYS[unit[0].lower()]
