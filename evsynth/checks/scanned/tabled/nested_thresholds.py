"""Rows for one cut-off after another, ">= 0.5", ">= 1.0": who meets the stricter one meets the others too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Content, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER",)

_LABEL = Expression(
    r"(?P<name>[^\d<>≥≤]*?)\s*(?P<sign>>=|<=|[<>≥≤]|at least|more than|less than|within|up to|by)\s?"
    r"(?P<value>\d+(?:\.\d+)?)\s?(?P<unit>[^\d]*?)(?P<more>\bor more\b)?", re.I,
)  # fmt: skip
_FALLING = Expression(r"\bsensitivity\b|\bTPR\b|\brecall\b", re.I)
_RISING = Expression(r"\bspecificity\b|\bTNR\b", re.I)
_CUT = Expression(r"cut-?\s?(?:off|point)|threshold", re.I)


class _Limit(NamedTuple):
    """A row whose label is a limit of one quantity: upward is that larger limits are met by fewer."""

    row: Row
    upward: bool
    value: float
    name: str


def nested_thresholds(reading: Reading) -> Iterator[Finding]:
    """Find sensitivity that rises, and specificity that falls, with a stricter cut-off; and nested shares that grow."""
    for table in reading.document.tables:
        for run in _runs(table):
            for column in table.columns[1:]:
                head = column.heads[-1].text if column.heads else ""
                sense = -1 if _FALLING.search(head) else 1 if _RISING.search(head) else 0
                if not sense:
                    continue
                cells = [(limit, content(reading, table.cell(limit.row.index, column.index))) for limit in run]
                yield from _judged(reading, head, cells, sense)


def _runs(table: Table) -> Iterator[list[_Limit]]:
    run: list[_Limit] = []
    for row in body(table):
        match = _LABEL.fullmatch(row.label.text.strip())
        limit = None
        if match:
            upward = match["sign"].lower() in (">", "≥", ">=", "at least", "more than")
            limit = _Limit(row, upward, float(match["value"]), match["name"].strip().lower())
        elif re.fullmatch(r"\d+(?:\.\d+)?", row.label.text.strip()) and _CUT.search(table.columns[0].label):
            limit = _Limit(row, True, float(row.label.text), "")
        if limit is not None and run and (limit.upward, limit.name) == (run[-1].upward, run[-1].name):
            run.append(limit)
            continue
        if len(run) > 2:
            yield run
        run = [limit] if limit is not None else []
    if len(run) > 2:
        yield run


def _judged(reading: Reading, head: str, cells: list[tuple[_Limit, Content]], sense: int) -> Iterator[Finding]:
    if any(not c.numbers or c.numbers[0].printed.bound for _, c in cells):
        return
    cells = sorted(cells, key=lambda pair: pair[0].value)
    wrong = [
        (a, b)
        for a, b in pairwise(cells)
        if sense * (1 if a[0].upward else -1) * (b[1].numbers[0].value - a[1].numbers[0].value) < 0
    ]
    if not 0 < len(wrong) <= max(1, (len(cells) - 1) // 3):
        return
    for (low, a), (high, b) in wrong:
        yield reading.finding(
            "OUT_OF_ORDER", "error",
            f"{head} is {a.numbers[0].printed} at {low.row.label.text} and {b.numbers[0].printed} at "
            f"{high.row.label.text}: it cannot {'rise' if b.numbers[0].value > a.numbers[0].value else 'fall'} so",
            "a test that is positive at the stricter cut-off is so at the other too; a digit may be misprinted",
            quotes=((low.row.label.start, a.numbers[0].end), (high.row.label.start, b.numbers[0].end)),
        )  # fmt: skip


__all__ = ["CODES", "nested_thresholds"]
