"""P values that belong to a factor with several levels, not to the row that prints them."""

from __future__ import annotations

import re

from evsynth.scan.parts import Table

NEAR = 8
"""Rows above and below in which the same P is looked for."""


def shared_p(table: Table, row: int, column: int, p: str) -> bool:
    """Say whether a P is printed again beside this row, as that of a factor whose cell spans its levels is."""
    same = [
        r.index for r in table.rows
        if r.index != row and abs(r.index - row) <= NEAR and table.cell(r.index, column).text.strip() == p.strip()
    ]  # fmt: skip
    parent = table.rows[row].parent
    siblings = [i for i in same if parent is not None and table.rows[i].parent == parent]
    level = re.match(r"\s*[\d<>≤≥]", table.rows[row].label.text)
    return len(same) > 1 or bool(siblings) or (bool(same) and bool(level))


__all__ = ["shared_p"]
