"""Columns that together make the same number in every row of a group: at risk, events and censored."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Cell

CODES = ("GROUPS",)

LEAST = 3
"""Least number of rows of a group that must have the same sum."""


def constant_sums(reading: Reading) -> Iterator[Finding]:
    """Add up each three neighbouring columns of counts in every row, by the label of the row.

    Found: one row of a group misses the sum that all its others share, three or more of them.
    """
    for table in reading.document.tables:
        rows = list(body(table))
        if len(rows) <= LEAST or len(table.columns) < 4:
            continue
        grid = [[_whole(reading, table.cell(r.index, c.index)) for c in table.columns] for r in rows]
        for first in range(1, len(table.columns) - 2):
            groups: dict[str, list[tuple[int, list[Number]]]] = defaultdict(list)
            for row, cells in zip(rows, grid, strict=True):
                three = [n for n in cells[first : first + 3] if n is not None]
                if len(three) == 3:
                    label = re.sub(r"\d+", "", row.label.text).strip().lower()
                    groups[label].append((sum(int(n.value) for n in three), three))
            yield from _odd(reading, list(groups.values()))


def _whole(reading: Reading, cell: Cell) -> Number | None:
    found = content(reading, cell)
    if found.shape not in ("#", "#(#)", "#(#%)") or found.numbers[0].printed.decimals or found.numbers[0].printed.bound:
        return None
    return found.numbers[0]


def _odd(reading: Reading, groups: list[list[tuple[int, list[Number]]]]) -> Iterator[Finding]:
    for group in groups:
        sums = Counter(total for total, _ in group)
        usual, times = sums.most_common(1)[0] if sums else (0, 0)
        if times < LEAST or times != len(group) - 1 or usual < 10:
            continue
        if len({tuple(int(n.value) for n in three) for total, three in group if total == usual}) < LEAST:
            continue
        made, three = next((total, three) for total, three in group if total != usual)
        if abs(made - usual) > 0.5 * usual:
            continue
        shown = " + ".join(n.printed.text for n in three)
        yield reading.finding(
            "GROUPS", "inconsistent",
            f"{shown} = {made} is inconsistent with {usual}, which these columns make in the other {times} rows",
            "a digit may be misprinted",
            quotes=((three[0].start, three[-1].end), *((n.start, n.end) for n in three)),
            computed=(("sum", str(made)),),
        )  # fmt: skip
        return
