"""'67.4% with rituximab and 81.2% with abatacept' where rows, or another sentence, give each the other number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("COLUMNS_EXCHANGED",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion", "figure legend")
_ODD = Expression(
    r"\b(?:subgroup|previous(?:ly)?|et al|meta-analys\w+|other (?:stud|trial)\w*|reported by|expected|assum\w+|planned|"
    r"sample size|instead of|respectively)\b", re.I,
)  # fmt: skip
_N = r"(?<![\w.,·/<>-])(?P<{}>\d{{1,3}}(?:,\d{{3}})+|\d+(?:[.·]\d+)?)"
_ASIDE = r"(?:\s?%|\s?[a-zA-Zµ]{1,6}(?:/[a-zA-Z0-9]+)?(?=\s))?(?:\s?[(\[][^()\[\]]{0,50}[)\]])?"
_IN = r"\s(?:with|in|for|on|after|under|among|of|at|by|without)\s(?:the\s|those\s)?"
_GROUP = r"(?P<{}>[A-Za-z][\w-]*(?:\s(?!and\b|or\b|vs\b|versus\b)[\w-]+){{0,3}}?)"
_JOINED = r"(?:,?\s(?:and|but|vs?\.?|versus|against|while|whereas|as against|compared with|as compared with)|,|;)\s"
_BEHIND = Expression(
    _N.format("v") + _ASIDE + _IN + _GROUP.format("a") + _JOINED + r"(?:was\s|were\s|only\s|a\s)?" + _N.format("w")
    + _ASIDE + _IN + _GROUP.format("b") + r"(?=\s?[,.;:()]|\s(?:and|at|after|in|with|than|over|by)\b|$)"
)  # fmt: skip
_LINK = r"\s?(?:,|:|was|were|of|had|at|averaged|in|=|\()?\s?(?:an?\s|\d+(?:/\d+)?\s?\()?"
_SHORT = [_GROUP.format(n).replace("{0,3}?", "{0,1}?") for n in "ab"]
_AHEAD = Expression(
    r"\b" + _SHORT[0] + _LINK + _N.format("v") + r"\s?%?(?:\s?[(\[][^()\[\]]{0,50}[)\]])?"
    + _JOINED + r"(?:the\s)?" + _SHORT[1] + _LINK + _N.format("w") + r"(?![\d.·]\d)"
)  # fmt: skip
DIGITS = 5
"""Least number of digits of both numbers together."""


class _Told(NamedTuple):
    one: frozenset[str]
    two: frozenset[str]
    values: tuple[str, str]
    spots: tuple[Spot, Spot]


def labels_exchanged(reading: Reading) -> Iterator[Finding]:
    """Find two numbers told of two names that two rows of one table, or another sentence, tell the other way round.

    Each name must stand in the label of one row only, each number in that of the other only. Left alone: numbers with
    fewer than five digits together, subgroups, adjusted results, pairs that any table or sentence gives as told.
    """
    told = [t for line in lines(reading, _ROLES) if not _ODD.search(line.words) for t in _pairs(line.words, line.start)]
    rows = list(_rows(reading)) if told else []
    seen: set[tuple[str, ...]] = set()
    for one in told:
        against = _by_rows(rows, one) or _by_sentence(told, one)
        if against is None or tuple(sorted(one.values)) in seen:
            continue
        seen.add(tuple(sorted(one.values)))
        yield reading.finding(
            "COLUMNS_EXCHANGED", "inconsistent",
            f"{one.values[0]} and {one.values[1]} are given to the two names the other way round elsewhere",
            "the names, or the numbers, are exchanged in one of the two places",
            quotes=(*one.spots, *against),
        )  # fmt: skip


def _pairs(words: str, start: int) -> Iterator[_Told]:
    words = words.replace("\n", " ")
    for pattern in (_BEHIND, _AHEAD):
        for m in pattern.finditer(words):
            values = m["v"].replace("·", "."), m["w"].replace("·", ".")
            if values[0] == values[1] or sum(len(re.sub(r"\D", "", v).lstrip("0")) for v in values) < DIGITS:
                continue
            a, b = stems(m["a"]), stems(m["b"])
            if a - b and b - a:
                spots = tuple((start + m.start(n), start + m.end(n)) for n in ("v", "w"))
                yield _Told(a - b, b - a, values, (spots[0], spots[1]))


def _rows(reading: Reading) -> Iterator[tuple[int, frozenset[str], dict[str, Spot]]]:
    text = reading.document.plain
    for table in reading.document.tables:
        for row in table.rows:
            numbers: dict[str, Spot] = {}
            for cell in row.cells[1:]:
                for m in re.finditer(r"(?<![\w.,·])\d+(?:[.·,]\d+)*", text[cell.start : cell.end]):
                    numbers[m[0].replace("·", ".")] = (cell.start + m.start(), cell.start + m.end())
            yield table.index, stems(row.label.text), numbers


def _by_rows(rows: list[tuple[int, frozenset[str], dict[str, Spot]]], told: _Told) -> tuple[Spot, ...] | None:
    found: tuple[Spot, ...] | None = None
    v, w = told.values
    for table in dict.fromkeys(t for t, _, _ in rows):
        mine = [(label, n) for t, label, n in rows if t == table]
        ones = [n for label, n in mine if told.one <= label and not told.two & label and (v in n or w in n)]
        twos = [n for label, n in mine if told.two <= label and not told.one & label and (v in n or w in n)]
        if any(v in n for n in ones) or any(w in n for n in twos):
            return None
        if len(ones) == 1 and len(twos) == 1:
            found = ones[0][w], twos[0][v]
    return found


def _by_sentence(every: list[_Told], told: _Told) -> tuple[Spot, ...] | None:
    same = [t for t in every if set(t.values) == set(told.values) and t.spots != told.spots]
    for t in same:
        turned = t.values != told.values
        one, two = (t.two, t.one) if turned else (t.one, t.two)
        if told.one & one or told.two & two:
            return None
    for t in same:
        turned = t.values != told.values
        one, two = (t.two, t.one) if turned else (t.one, t.two)
        if told.one & two and told.two & one:
            return t.spots
    return None
