"""A second column of labels, "CAL | 6 months | 4.95 | 6.73": what it says belongs to the label of the row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evsynth.scan.columns import is_data
from evsynth.scan.parts import Cell, Column
from evsynth.text.expressions import Expression

LABEL = "label"
"""What `Column.statistic` says of a second column of labels."""

_HEAD = Expression(
    r"(?:time(?:[ -]?points?)?|visits?|categor(?:y|ies)|levels?|sub-?groups?|groups?|arms?|parameters?|variables?|"
    r"measures?|outcomes?|items?|class(?:es)?|periods?|assessments?|responses?|answers?|moment|phase)",
    re.IGNORECASE,
)
_WORD = Expression(r"[A-Za-z]{2,}|^\s*(?:[<>≤≥]\s?)?\d+\s?[-–]?\s?\d*\+?\s*$")
LEAST = 3
"""Least number of rows."""
MOST = 0.8
"""Least share of the rows whose second cell holds words."""


def second_labels(columns: tuple[Column, ...], body: Sequence[Sequence[Cell]]) -> bool:
    """Say whether column 1 of a table holds labels: its head says what kind, and its cells hold words or times."""
    if len(columns) < 4 or columns[1].n is not None or columns[1].statistic is not None or not columns[1].heads:
        return False
    if _HEAD.fullmatch(columns[1].heads[-1].text.strip(" :,")) is None:
        return False
    rows = [row for row in body if any(cell.text for cell in row[2:])]
    worded = [row for row in rows if row[1].text and _WORD.search(row[1].text) and not is_data(row[1].text)]
    return len(rows) >= LEAST and len(worded) >= MOST * len(rows)


def marked(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Give the columns with column 1 marked as labels: it is no group and prints no result."""
    return (columns[0], replace(columns[1], group=None, at=None, form=None, statistic=LABEL), *columns[2:])


def with_second(cells: Sequence[Cell], above: str) -> tuple[Cell, list[Cell], str]:
    """Give the label of a row made of its first two cells, the cells with the second blanked, and the first label.

    `above` is the first label of the rows above: it holds where the first cell is empty.
    """
    if len(cells) < 2 or not cells[1].text:
        return cells[0] if cells else Cell("", 0, 0), list(cells), cells[0].text if cells else above
    first = cells[0].text or above
    start = cells[0].start if cells[0].text else cells[1].start
    label = Cell(f"{first}, {cells[1].text}" if first else cells[1].text, start, cells[1].end)
    return label, [cells[0], Cell("", cells[1].end, cells[1].end), *cells[2:]], first


__all__ = ["LABEL", "marked", "second_labels", "with_second"]
