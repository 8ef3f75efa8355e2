"""A mean before, a mean after and the mean change of a table: "CAL 8.14 | 4.95 | 3.19", in three columns or three rows.

    change = after - before, of all who have both

Medians do not add up so, nor do means of different people: a row is found only where the others of the table fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, is_limits, is_p
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("DIFFERENCE_TOLD",)

FIT = 3
"""Least number of changes that are those of their two means, before one other is held against its own."""

FAR = 0.15
"""Least distance, as a share of the change: patients without one of the two values do not move it so far."""

_CHANGE = Expression(
    r"\b(?:changes?|reductions?|gains?|increases?|decreases?|improvements?|declines?|differences?|loss|fall|rise|"
    r"delta)\b|[Δ∆]", re.I,
)  # fmt: skip
_OTHER = Expression(
    r"\b(?:adjusted|percent(?:age)?|relative|least[- ]squares?|LS|model|median|ratio|between)\b|%", re.I
)
_NOT_MEAN = Expression(
    r"\b(?:percent(?:age)? change|relative|change,? ?\(?%|adjusted|median|ratio|least[- ]squares?)|% change", re.I
)
_LIMITS = Expression(r"(?P<low>-\s?\d+(?:\.\d+)?)\s?(?:to|,|;|-)\s?(?P<high>\d+(?:\.\d+)?)")
_SIZE = Expression(r"^\s*(?:n|no\.?|number|patients|participants)\b", re.I)
_LED = Expression(r"#(?:(?:±|\(|\[).*)?")


class _Triple(NamedTuple):
    """Before, after and change, and what they are of."""

    name: str
    before: Number
    after: Number
    change: Number

    @property
    def made(self) -> Span:
        """The difference of the two means."""
        a, b = span(self.before.printed), span(self.after.printed)
        return Span(a.low - b.high, a.high - b.low)

    @property
    def fits(self) -> bool:
        """Whether the change, whatever its sign, is that difference."""
        told, made = span(self.change.printed).absolute(), self.made.absolute()
        return told.low - 1e-9 <= made.high and made.low <= told.high + 1e-9


def changes_of_rows(reading: Reading) -> Iterator[Finding]:
    """Find the one change of a table that is not the difference of its two means, where three others are.

    Left alone: adjusted and relative changes, medians.
    """
    for table in reading.document.tables:
        for found in (*_columns(reading, table), _rows(reading, table)):
            wrong = [t for t in found if not t.fits]
            yield from _turned(reading, [t for t in found if t.fits])
            if len(wrong) != 1 or len(found) - 1 < FIT:
                continue
            t = wrong[0]
            middle, told = t.made.absolute().middle, abs(t.change.value)
            if abs(told - middle) < FAR * max(told, middle):
                continue  # a few patients without one of the values
            yield reading.finding(
                "DIFFERENCE_TOLD", "inconsistent",
                f"{t.name}: a change of {t.change.printed} is inconsistent with {t.before.printed} and "
                f"{t.after.printed}, which differ by {middle:.4g}; {len(found) - 1} other changes of the table fit",
                "some patients may lack one of the two values; otherwise a digit is misprinted",
                quotes=((t.change.start, t.change.end), (t.before.start, t.before.end), (t.after.start, t.after.end)),
                computed=(("difference", f"{middle:.5g}"),),
            )  # fmt: skip


def _turned(reading: Reading, found: list[_Triple]) -> Iterator[Finding]:
    """Find the one change whose sign is not that of all others: after less before, or before less after."""
    signs = [(t, t.change.value * (t.after.value - t.before.value)) for t in found]
    up, down = [t for t, s in signs if s > 0], [t for t, s in signs if s < 0]
    few, many = sorted((up, down), key=len)
    if len(few) != 1 or len(many) < FIT:
        return
    t = few[0]
    if not (any(x.change.value < 0 for x in found) or _signed(reading, t)):
        return  # changes may be printed without their signs
    yield reading.finding(
        "DIFFERENCE_TOLD", "inconsistent",
        f"{t.name}: a change of {t.change.printed} is inconsistent with {t.before.printed} and {t.after.printed}; in "
        f"{len(many)} other rows the change has the other sign",
        "the two values may have been exchanged; otherwise a sign has been lost",
        quotes=((t.change.start, t.change.end), (t.before.start, t.before.end), (t.after.start, t.after.end)),
    )  # fmt: skip


def _signed(reading: Reading, t: _Triple) -> bool:
    """Say whether limits after a change have two signs and the change in their middle."""
    cell = reading.document.plain[t.change.end : t.change.end + 40]
    match = _LIMITS.search(cell)
    if match is None:
        return False
    low, high = (float(match[k].replace(" ", "")) for k in ("low", "high"))
    return low < 0 < high and abs((low + high) / 2 - t.change.value) <= 0.03 * (high - low)


def _columns(reading: Reading, table: Table) -> Iterator[list[_Triple]]:
    for c in table.columns[3:]:
        if not _CHANGE.search(c.label) or _OTHER.search(c.label) or is_p(c) or is_limits(c):
            continue
        for one, two in combinations(range(max(1, c.index - 4), c.index), 2):
            if any(table.columns[i].statistic or _CHANGE.search(table.columns[i].label) for i in (one, two)):
                continue
            found = []
            for row in body(table):
                three = [_first(reading, table, row.index, i) for i in (one, two, c.index)]
                if _NOT_MEAN.search(row.label.text) or _SIZE.match(row.label.text):
                    continue
                if three[0] and three[1] and three[2]:
                    found.append(_Triple(row.stem or row.label.text, three[0], three[1], three[2]))
            yield found


def _rows(reading: Reading, table: Table) -> list[_Triple]:
    """Give the triples of rows "X, baseline", "X, 6 months", "X, change", in every column."""
    rows = list(body(table))
    found = []
    for one, two, three in zip(rows, rows[1:], rows[2:], strict=False):
        if not _CHANGE.search(three.label.text) or any(_CHANGE.search(r.label.text) for r in (one, two)):
            continue
        if _OTHER.search(three.label.text) or not _of_one(one, two, three):
            continue
        for c in table.columns[1:]:
            if c.statistic is not None:
                continue
            numbers = [_first(reading, table, r.index, c.index) for r in (one, two, three)]
            if numbers[0] and numbers[1] and numbers[2]:
                found.append(_Triple(f"{three.label.text}", numbers[0], numbers[1], numbers[2]))
    return found


def _of_one(one: Row, two: Row, three: Row) -> bool:
    """Say whether three rows are of one variable: under one heading, or with one first word."""
    if one.parent is not None and one.parent == two.parent == three.parent:
        return True
    firsts = {re.split(r"[,:;(]", r.label.text)[0].strip().lower() for r in (one, two, three)}
    return len(firsts) == 1


def _first(reading: Reading, table: Table, row: int, column: int) -> Number | None:
    cell = content(reading, table.cell(row, column))
    if not cell.numbers or not _LED.fullmatch(cell.shape) or cell.numbers[0].printed.bound:
        return None
    return cell.numbers[0]


__all__ = ["CODES", "changes_of_rows"]
