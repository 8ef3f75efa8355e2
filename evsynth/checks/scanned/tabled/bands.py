"""Labels of rows as bands of one measure: "<65", "65 to <80", "80 or more"; and runs of rows that are such bands."""

from __future__ import annotations

import re
from math import inf
from typing import NamedTuple

from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

_N = r"(?P<{0}>\d+(?:\.\d+)?)"
_UNIT = (
    r"\s*(?:%|years?|yrs?|y|months?|weeks?|days?|ml|mL|m|kg|points?)?"
    r"(?:\s*(?:of )?(?:predicted|pred\.?|age|old))?\s*\)?"
)
_LEAD = r"(?:[A-Za-z][A-Za-z0-9 ,%/()-]{0,40}?[\s,:(]\s*)?"
_UNDER = Expression(
    rf"{_LEAD}(?:(?:<|≤|<=|under|below|less than|up to|at most|younger than)\s*{_N.format('a')}{_UNIT}"
    rf"|{_N.format('b')}{_UNIT}\s*(?:or|and)\s*(?:less|lower|below|under|younger|fewer){_UNIT})",
    re.I,
)
_OVER = Expression(
    rf"{_LEAD}(?:(?:>|≥|>=|over|above|more than|at least|older than)\s*{_N.format('a')}{_UNIT}"
    rf"|{_N.format('b')}{_UNIT}\s*(?:(?:or|and)\s*(?:more|over|above|higher|older|greater|up){_UNIT}|\+))",
    re.I,
)
_BETWEEN = Expression(
    rf"{_LEAD}(?:≥|>=|>|from )?\s*{_N.format('low')}{_UNIT}\s*(?:-|–|to|and)\s*(?:<|≤|<=|under|below|less than)?\s*"
    rf"{_N.format('high')}{_UNIT}",
    re.I,
)


class Band(NamedTuple):
    """A band of a measure; `low` is -inf and `high` inf where it is open."""

    low: float
    high: float


def band(label: str) -> Band | None:
    """Read a label as a band, with or without the name of the measure before it."""
    text = " ".join(label.replace("−", "-").split())
    if not re.search(r"\d", text):
        return None
    if match := _UNDER.fullmatch(text):
        return Band(-inf, float(match["a"] or match["b"]))
    if match := _OVER.fullmatch(text):
        return Band(float(match["a"] or match["b"]), inf)
    if (match := _BETWEEN.fullmatch(text)) and float(match["low"]) < float(match["high"]):
        return Band(float(match["low"]), float(match["high"]))
    return None


def runs(table: Table) -> list[list[tuple[Row, Band]]]:
    """Give the runs of rows whose bands follow on each other, from an open one to an open one, up or down."""
    found: list[list[tuple[Row, Band]]] = []
    for row in table.rows:
        own = band(row.label.text)
        if own is None:
            found.append([])
            continue
        if not found or not found[-1] or not (_next(found[-1][-1][1], own) or _next(own, found[-1][-1][1])):
            found.append([])
        found[-1].append((row, own))
    return [run for run in found if len(run) > 1 and _whole(run)]


def _whole(run: list[tuple[Row, Band]]) -> bool:
    return min(b.low for _, b in run) == -inf and max(b.high for _, b in run) == inf


def _next(one: Band, two: Band) -> bool:
    return one.high != inf and 0 <= two.low - one.high <= 1


__all__ = ["Band", "band", "runs"]
