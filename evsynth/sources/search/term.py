"""The term that is sent to PubMed: query, filters and limits joined by AND, and ranges of days within it."""

from __future__ import annotations

from calendar import monthrange
from typing import NamedTuple

from evsynth.model.search import Search

FIELDS = ("edat", "pdat")
"""Dates by which a search is divided: the day a record entered PubMed, then the day of publication."""


class Day(NamedTuple):
    """A day of the calendar."""

    year: int
    month: int
    day: int

    def __str__(self) -> str:
        return f"{self.year:04}/{self.month:02}/{self.day:02}"


class Days(NamedTuple):
    """All days from `first` to `last`, both included, of one date field."""

    field: str
    first: Day
    last: Day

    def __str__(self) -> str:
        return f'("{self.first}"[{self.field}] : "{self.last}"[{self.field}])'

    def halves(self) -> tuple[Days, Days] | None:
        """Cut the range in two, at the end of a year, of a month, of a day; None where it is one day.

        >>> [str(half) for half in Days("edat", Day(2020, 1, 1), Day(2020, 3, 31)).halves()]
        ['("2020/01/01"[edat] : "2020/02/29"[edat])', '("2020/03/01"[edat] : "2020/03/31"[edat])']
        """
        first, last = self.first, self.last
        if first == last:
            return None
        if first.year < last.year:
            year = (first.year + last.year) // 2
            end, start = Day(year, 12, 31), Day(year + 1, 1, 1)
        elif first.month < last.month:
            month = (first.month + last.month) // 2
            end, start = Day(first.year, month, monthrange(first.year, month)[1]), Day(first.year, month + 1, 1)
        else:
            day = (first.day + last.day) // 2
            end, start = first._replace(day=day), first._replace(day=day + 1)
        return Days(self.field, first, end), Days(self.field, start, last)


def always(field: str) -> Days:
    """Give the widest range of a date field that PubMed understands."""
    return Days(field, Day(1000, 1, 1), Day(3000, 12, 31))


def term(search: Search, within: tuple[Days, ...] = ()) -> str:
    """Give the term of a search as one line; `within` restricts it to days. A filter may begin with NOT.

    >>> from evsynth.model.search import Limit
    >>> found = Search(search="s", source="PubMed", query="otters OR\\n  weasels", by="AB", date="2031-01-01",
    ...                limits=(Limit(limit="english[la]", because="We read no other."),))
    >>> term(found)
    '(otters OR weasels) AND (english[la])'
    """
    pieces = [search.query or "", *(f.query for f in search.filters), *(limit.limit for limit in search.limits)]
    lines = [" ".join(piece.split()) for piece in pieces]
    joined = lines[0] if len(lines) == 1 and not within else f"({lines[0]})"
    for line in lines[1:]:
        joined += f" NOT ({line[4:]})" if line.startswith("NOT ") else f" AND ({line})"
    return " AND ".join([joined, *map(str, within)])
