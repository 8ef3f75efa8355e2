"""A standard deviation ten times that of the other groups of its row, whose means are alike: the point has moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from evsynth.checks.scanned.identity import Line, column_of, is_whole, size, spot, table_lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("SD_IMPOSSIBLE",)

LEAST, MOST = 7.5, 13.0
"""How many times the other standard deviation one that lost its point is: ten, and the difference of the groups."""

ALIKE = 0.2
"""Share of the mean by which the other means differ at most."""

FEW = 10
"""Patients of a group from which on a standard deviation is not ten times another by chance."""

_SKEWED = Expression(
    r"\b(?:CK|creatine kinase|ferritin|CRP|C-reactive|titre|titer|cost|charge|dose|copies|load|PSA|CA ?\d|troponin|"
    r"BNP|proBNP|D-dimer|IL-?\d|procalcitonin|triglyceride\w*|bilirubin|ALT|AST|GGT|lipase|amylase)\b", re.I,
)  # fmt: skip


def spreads_apart(reading: Reading) -> Iterator[Finding]:
    """Compare the standard deviations of every row that prints means of alike size."""
    for line in table_lines(reading):
        cells = [c for c in line.cells if c.figure("mean") is not None and c.figure("sd") is not None]
        columns = {c.spot.column: column_of(reading, c) for c in cells}
        cells = [c for c in cells if not is_whole(columns[c.spot.column])] or cells
        if len(cells) > 1 and not _SKEWED.search(line.row.label.text):
            yield from _row(reading, line, cells)


def _row(reading: Reading, line: Line, cells: list[Reported]) -> Iterator[Finding]:
    spreads = [(c, float(m.printed), float(s.printed)) for c in cells
               if (m := c.figure("mean")) is not None and (s := c.figure("sd")) is not None]  # fmt: skip
    for cell, mean, sd in spreads:
        others = [(m, s) for c, m, s in spreads if c is not cell]
        usual, centre = median(s for _, s in others), median(m for m, _ in others)
        if usual <= 0 or mean <= 0 or abs(mean - centre) > ALIKE * abs(centre):
            continue
        found = [size(reading, c) for c in cells]
        if any(s is not None and s.patients < FEW for s in found) or any(s > 0.7 * m for m, s in others):
            continue
        if not LEAST <= sd / usual <= MOST or sd < 0.7 * mean:
            continue
        figures = [f for name in ("mean", "sd") if (f := cell.figure(name)) is not None]
        yield reading.finding(
            "SD_IMPOSSIBLE", "inconsistent",
            f"{line.name}: SD {figures[1].printed} is inconsistent with {usual:g} in the other group, "
            "whose mean is alike",
            "one patient with an extreme value may explain it; otherwise the decimal point has moved",
            quotes=(spot(*figures),), computed=(("ratio of the standard deviations", f"{sd / usual:.1f}"),),
        )  # fmt: skip
        return
