"""Events, time at risk and rate of a table, read by their arithmetic: three columns, or cells "53 / 378.9 / 14.0".

    rate × time / events = 1, 10, 100, 1000, 10000 or 100000, the same in every row

The heads need not say which column is which: the rows that fit do.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("RATE",)

FIT = 3
"""Least number of rows with one and the same scale before another row is held against it."""
SLACK = 0.006
"""Share of a rate that rounding of the time at risk may leave."""

_AT_RISK = Expression(
    r"\b(?:person|patient|child|woman|women|participant|follow-?up|observation|device|catheter|ventilator|bed)[- ]?"
    r"(?:years?|months?|days?)|\bPYs?\b|\bPYRS?\b|\bPYAR\b|time at risk|\bexposure\b", re.I,
)  # fmt: skip
_THREE = Expression(r"#/#/#%?[*†‡]?")
_LED = Expression(r"#(?:[(\[].*|[*†‡]?)")


class _Rate(NamedTuple):
    """Events, time at risk and rate of one row."""

    name: str
    events: Number
    time: Number
    rate: Number

    def fits(self, scale: float) -> bool:
        """Whether the rate is that of the events, per so much time."""
        time, rate = span(self.time.printed), span(self.rate.printed)
        low, high = self.events.value * scale / time.high, self.events.value * scale / max(time.low, 1e-9)
        return low * (1 - SLACK) <= rate.high and rate.low <= high * (1 + SLACK)


def rates_by_shape(reading: Reading) -> Iterator[Finding]:
    """Find the one rate, or two, that events and time of its row do not give, where three other rows fit.

    Left alone: tables without time at risk in head, caption or notes.
    """
    for table in reading.document.tables:
        if not _AT_RISK.search(words_of(table)):
            continue
        found = list(_in_cells(reading, table)) or _in_columns(reading, table)
        scale, fits = _scale(found)
        wrong = [r for r in found if not r.fits(scale)] if scale else []
        if fits < FIT or not wrong or len(wrong) * 3 > fits + 1:
            continue
        for r in wrong:
            value = r.events.value * scale / r.time.value
            yield reading.finding(
                "RATE", "inconsistent",
                f"{r.name}: a rate of {r.rate.printed} is inconsistent with {r.events.printed} events in "
                f"{r.time.printed}, which give {value:.4g} per {scale:g}; {fits} other rates of the table fit",
                "the rate may be adjusted, or count first events only; otherwise a digit is misprinted",
                quotes=((r.rate.start, r.rate.end), (r.events.start, r.events.end), (r.time.start, r.time.end)),
                computed=(("rate", f"{value:.5g}"),),
            )  # fmt: skip


def _scale(found: list[_Rate]) -> tuple[float, int]:
    """Give the power of ten that most rows fit, and how many."""
    tried = Counter(round(math.log10(r.rate.value * r.time.value / r.events.value)) for r in found)
    if not tried:
        return 0.0, 0
    scale = 10.0 ** tried.most_common(1)[0][0]
    return scale, sum(r.fits(scale) for r in found)


def _in_cells(reading: Reading, table: Table) -> Iterator[_Rate]:
    for row in body(table):
        for cell in row.cells[1:]:
            held = content(reading, cell)
            if _THREE.fullmatch(held.shape):
                one = _rate(row.stem or row.label.text, *held.numbers)
                if one is not None:
                    yield one


def _in_columns(reading: Reading, table: Table) -> list[_Rate]:
    """Give the rows of the three columns, in any order, of which most fit one scale."""
    cells: dict[int, dict[int, Number]] = {}
    names: dict[int, str] = {}
    for row in body(table):
        names[row.index] = row.stem or row.label.text
        for column in table.columns[1:]:
            held = content(reading, table.cell(row.index, column.index))
            if _LED.fullmatch(held.shape):
                cells.setdefault(column.index, {})[row.index] = held.numbers[0]
    best: list[_Rate] = []
    held_by = {c: rows for c, rows in cells.items() if len(rows) > FIT}
    if len(held_by) > 9:
        return []
    for events, time, rate in permutations(held_by, 3):
        if not re.search(r"year|month|day|PY|time|exposure|risk", table.columns[time].label, re.I):
            continue
        shared = held_by[events].keys() & held_by[time].keys() & held_by[rate].keys()
        found = [
            r for i in sorted(shared)
            if (r := _rate(names[i], held_by[events][i], held_by[time][i], held_by[rate][i])) is not None
        ]  # fmt: skip
        if _scale(found)[1] > _scale(best)[1]:
            best = found
    return best


def _rate(name: str, events: Number, time: Number, rate: Number) -> _Rate | None:
    if events.printed.decimals or any(n.printed.bound or n.value <= 0 for n in (events, time, rate)):
        return None
    return _Rate(name, events, time, rate) if time.value > events.value else None


__all__ = ["CODES", "rates_by_shape"]
