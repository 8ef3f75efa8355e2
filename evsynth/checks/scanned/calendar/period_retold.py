"""The period in which patients entered, told twice with another year: "May 2014 to June 2019" and 2017.

Only periods of which one day is the same, and the other has the same month in another year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from evsynth.checks.scanned.calendar.moments import Moment, Period, moments, periods
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_ROLES: tuple[Role, ...] = ("title", "abstract", "methods", "results", "body", "discussion", "conclusion")
_LATE: tuple[Role, ...] = ("discussion", "conclusion")
_OPENED = Expression(
    r",? and (?:it )?(?:was )?(?:closed|ended|finished|ran until|lasted until)(?: on| in)?(?: the)? ", re.I
)
_WINDOW = Expression(
    r"\b(?:study|recruit\w*|enrol\w*|inclu\w+|accrual|window|period|admi(?:tted|ssions?)|treated|deliver\w+|births?|"
    r"born|operat\w+|undergo\w+|underwent|randomi[sz]\w+|seen|reviewed|diagnosed|consecutive|eligible|studied|"
    r"presented|referred|received|transplant\w+)\b", re.I,
)  # fmt: skip
_OTHER = Expression(
    r"\b(?:search\w*|publish\w*|PubMed|MEDLINE|literature|previous\w*|earlier|et al|census|follow(?:ed|-?up)?|pilot|"
    r"phase|waves?|validation|derivation|training|before and after|control period|historical|"
    r"intervention period|vaccin\w+ campaign|regist(?:ry|er)|databases?|data from|available|subset|subgroup|pandemic|"
    r"analysed|analyzed|first|second|third|approv\w*|respectively|between centres|sites?)\b", re.I,
)  # fmt: skip


class _Told(NamedTuple):
    period: Period
    role: Role
    section: int
    spot: Spot
    text: str


def period_retold(reading: Reading) -> Iterator[Finding]:
    """Compare the only period of a summary, title or discussion with the only one of the rest."""
    told = list(_told(reading))
    for one, two in combinations(told, 2):
        if not _apart(one, two) or any(
            x is not one and x is not two and x.role == y.role and _key(x) != _key(y) for y in (one, two) for x in told
        ):
            continue
        if not _year_differs(one.period, two.period):
            continue
        yield reading.finding(
            "DATES", "inconsistent", f"'{one.text}' is inconsistent with '{two.text}', told of the same period",
            "one of the two dates has another year; or the two places tell of different periods",
            quotes=(one.spot, two.spot),
        )  # fmt: skip
        return


def _told(reading: Reading) -> Iterator[_Told]:
    for line in lines(reading, _ROLES):
        if not re.search(r"(?:19|20)\d\d", line.words) or _OTHER.search(line.words):
            continue
        found = list(periods(line.words))
        found += [
            Period(a, b) for a, b in pairwise(moments(line.words)) if _OPENED.fullmatch(line.words[a.end : b.start])
        ]
        if len(found) == 1 and _WINDOW.search(line.words):
            start, end = found[0].span
            yield _Told(
                found[0], line.role, line.section, (line.start + start, line.start + end),
                " ".join(line.words[start:end].split()),
            )  # fmt: skip


def _apart(one: _Told, two: _Told) -> bool:
    """Say whether one place retells the other: a summary or title the text, a discussion what stands before it."""
    early = [r in ("title", "abstract") for r in (one.role, two.role)]
    late = [r in _LATE for r in (one.role, two.role)]
    exact = one.period.closes.exact and two.period.closes.exact
    parts = one.role == two.role == "abstract" and one.section != two.section and exact
    return early[0] != early[1] or late[0] != late[1] or parts


def _key(told: _Told) -> tuple[int, int]:
    return told.period.opens.first // 100, told.period.closes.last // 100


def _year_differs(one: Period, two: Period) -> bool:
    opens, closes = (one.opens, two.opens), (one.closes, two.closes)
    return (_same(*opens) and _other_year(*closes)) or (_same(*closes) and _other_year(*opens))


def _same(one: Moment, two: Moment) -> bool:
    return one.first <= two.last and two.first <= one.last


def _other_year(one: Moment, two: Moment) -> bool:
    """Say whether two dates have the same month in two years, or one of them tells no month."""
    years = one.last // 10000 != two.last // 10000
    month = one.last // 100 % 100 == two.last // 100 % 100
    return years and not _same(one, two) and (month or one.exact != two.exact)
