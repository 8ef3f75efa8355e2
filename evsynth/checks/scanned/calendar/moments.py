"""Dates and periods in running text, in the orders in which they are written."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.text.expressions import Expression

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19[89]|20[0-4])[0-9]\b"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?"
_ANY_YEAR = Expression(_YEAR)
_DATE = Expression(
    rf"(?<![0-9./])(?:"
    rf"(?P<d1>{_DAY})(?:\s+of)?\s+(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>{_DAY})(?![0-9])(?:,?\s+(?P<y2>{_YEAR}))?"
    rf"|(?P<m3>{_MONTH})(?:,?\s*(?:of\s+)?(?P<y3>{_YEAR}))?"
    rf"|(?P<y4>{_YEAR})[-/](?P<n4>[01][0-9])[-/](?P<d4>[0-3][0-9])"
    rf"|(?P<d5>[0-3]?[0-9])\.(?P<n5>[01]?[0-9])\.(?P<y5>{_YEAR})"
    rf"|(?P<d6>[0-3]?[0-9])/(?P<n6>[0-3]?[0-9])/(?P<y6>{_YEAR})"
    rf"|(?P<y7>{_YEAR})(?![-/][0-9]|\.[0-9])"
    rf")"
)
DAY_OF_MONTH = Expression(
    rf"(?<![0-9./,-])(?:(?P<d1>{_DAY})(?:\s+of)?\s+(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR}))?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>{_DAY})(?![0-9])(?:,?\s+(?P<y2>{_YEAR}))?)"
)
"""A day and a month in either order, possible or not, and the year that may follow."""
_JOIN = Expression(r",?\s*(?:to|and|until|through|till|up to|-|to the end of|and the end of)\s*(?:the\s+)?", re.I)


class Moment(NamedTuple):
    """A date as printed: its first and last possible day (20180109 is 9 January 2018), and where it stands."""

    first: int
    last: int
    start: int
    end: int
    exact: bool
    """Whether a month is told, not only a year."""


class Period(NamedTuple):
    """Two dates that are joined: the start and the end of something."""

    opens: Moment
    closes: Moment

    @property
    def span(self) -> tuple[int, int]:
        """Where the period stands in the words."""
        return self.opens.start, self.closes.end


@lru_cache(maxsize=8192)
def moments(words: str) -> tuple[Moment, ...]:
    """Give the dates of a text that tell a year, in order. Month and day in doubt (3/4/2019) widen the date."""
    return tuple(found for match in _dates(words) if (found := _moment(match, None)) is not None)


def periods(words: str) -> Iterator[Period]:
    """Give the pairs of dates joined by 'to', 'and', a dash; the first may leave out the year of the second."""
    for one, two in itertools.pairwise(_dates(words)):
        if not _JOIN.fullmatch(words[one.end() : two.start()]):
            continue
        closes = _moment(two, None)
        opens = _moment(one, _year(two)) if closes is not None else None
        if opens is not None and closes is not None and opens.exact == closes.exact:
            yield Period(opens, closes)


@lru_cache(maxsize=8192)
def _dates(words: str) -> tuple[re.Match[str], ...]:
    return tuple(_DATE.finditer(words)) if _ANY_YEAR.search(words) else ()


def _year(match: re.Match[str]) -> int | None:
    return next((int(match[f"y{i}"]) for i in range(1, 8) if match[f"y{i}"]), None)


def _moment(match: re.Match[str], year: int | None) -> Moment | None:
    year = _year(match) or year
    if year is None:
        return None
    if match["y7"]:
        return Moment(_number(year, 1, 1), _number(year, 12, 31), *match.span(), False)
    name = match["m1"] or match["m2"] or match["m3"]
    number = match["n4"] or match["n5"] or match["n6"]
    day = int(re.sub(r"\D", "", match["d1"] or match["d2"] or match["d4"] or match["d5"] or match["d6"] or "") or 0)
    month = MONTHS.index(name[:3].lower()) + 1 if name else int(number)
    choices = {(month, day), (day, month)} if match["d6"] else {(month, day)}
    spans = [s for m, d in choices if (s := _span(year, m, d)) is not None]
    if not spans:
        return None
    return Moment(min(s[0] for s in spans), max(s[1] for s in spans), *match.span(), True)


def _span(year: int, month: int, day: int) -> tuple[int, int] | None:
    if not 1 <= month <= 12 or day > _days(year, month):
        return None
    return _number(year, month, day or 1), _number(year, month, day or _days(year, month))


def days_in(year: int, name: str) -> int:
    """Give how many days the month with this name has.

    >>> days_in(2023, "Feb."), days_in(2024, "February"), days_in(2024, "June")
    (28, 29, 30)
    """
    return _days(year, MONTHS.index(name[:3].lower()) + 1)


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _number(year: int, month: int, day: int) -> int:
    return year * 10000 + month * 100 + day
