"""Cells with median, quartiles and range, "3 (2-5) [0-11]", as the label of the row, or the caption, explains them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

_FIRST = r"(?:IQR|inter-?\s?quartile range|quartiles?|Q1\W{1,3}Q3|25th\W+75th[a-z ]*)"
_SAID = Expression(rf"\b{_FIRST}[\s;,)\](\[]+(?:full )?(?:range|min(?:imum)?\W{{1,3}}max)", re.I)
_TURNED = Expression(rf"\brange[\s;,)\](\[]+{_FIRST}", re.I)
_SHAPE = Expression(r"#(?:[(\[]#(?:-|to|;|,)#[)\]][(\[]#(?:-|to|;|,)#[)\]]|[(\[]#(?:-|to|,)#;#(?:-|to|,)#[)\]])")


class FiveNumbers(NamedTuple):
    """Median, quartiles and ends of the range of a cell, and its row and column."""

    table: Table
    row: Row
    column: Column
    minimum: Number
    q1: Number
    median: Number
    q3: Number
    maximum: Number

    @property
    def ordered(self) -> tuple[Number, ...]:
        """The five in the order that they must have."""
        return self.minimum, self.q1, self.median, self.q3, self.maximum


def five_numbers(reading: Reading) -> Iterator[FiveNumbers]:
    """Give the cells of five numbers of all tables."""
    for table in reading.document.tables:
        caption = table.caption.text if table.caption is not None else ""
        for row in body(table):
            for column in table.columns[1:]:
                said = f"{row.label.text} {column.label}"
                said = said if re.search(r"range", said, re.I) else f"{said} {caption}"
                first, turned = _SAID.search(said), _TURNED.search(said)
                if bool(first) == bool(turned):
                    continue
                cell = content(reading, table.cell(row.index, column.index))
                if len(cell.numbers) != 5 or not _SHAPE.fullmatch(cell.shape):
                    continue
                centre, a, b, c, d = cell.numbers
                low, q1, q3, high = (c, a, b, d) if first else (a, c, d, b)
                yield FiveNumbers(table, row, column, low, q1, centre, q3, high)
