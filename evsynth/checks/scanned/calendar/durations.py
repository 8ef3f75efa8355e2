"""Lengths of time in running text, and how long a printed period can have lasted. Shared reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.calendar.moments import Moment
from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.text.expressions import Expression

UNIT = r"(?P<unit>years?|yrs?|months?|mo\b|weeks?|wks?|days?)"
DURATION = Expression(
    rf"(?<![\w.,·/<>=≥≤±+-])(?P<number>\d{{1,4}}(?:\.\d+)?|{WORD})(?:\s|-)(?:full\s|consecutive\s|calendar\s|"
    rf"whole\s)?{UNIT}",
    re.I,
)
DAYS = {"y": 365.25, "m": 30.4375, "w": 7.0, "d": 1.0}


class Duration(NamedTuple):
    """A length of time as printed, in days, with the least and the most that print so, and where it stands."""

    days: float
    low: float
    high: float
    start: int
    end: int
    text: str


def durations(words: str) -> Iterator[Duration]:
    """Give the lengths of time of a text, in order."""
    for match in DURATION.finditer(words):
        yield duration(match)


def duration(match: re.Match[str]) -> Duration:
    """Give the length of time of a match with a `number` and a `unit`."""
    number = in_days(match["number"], match["unit"])
    decimals = len(match["number"].partition(".")[2]) if match["number"][0].isdigit() else 0
    step = 0.5 * 10.0**-decimals * DAYS[match["unit"][0].lower()]
    return Duration(number, number - step, number + step, match.start(), match.end("unit"), " ".join(match[0].split()))


def in_days(number: str, unit: str) -> float:
    """Give a number of years, months, weeks or days in days."""
    return (float(number) if number[0].isdigit() else value(number)) * DAYS[unit[0].lower()]


def ordinal(day: int) -> int:
    """Give the number of a day such as 20180109, so that days can be subtracted.

    >>> ordinal(20200301) - ordinal(20200228)
    2
    """
    year, month, date = day // 10000, day // 100 % 100, day % 100
    year, month = (year - 1, month + 9) if month < 3 else (year, month - 3)  # years that begin in March
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + date


def length(opens: Moment, closes: Moment) -> tuple[int, int]:
    """Give the fewest and the most days that a period from one printed date to another can have had."""
    return ordinal(closes.first) - ordinal(opens.last), ordinal(closes.last) - ordinal(opens.first) + 1
