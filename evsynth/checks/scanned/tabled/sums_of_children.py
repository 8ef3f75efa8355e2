"""A row and the categories under it, which add up to it in one column and miss it in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line, children, own_groups, table_lines, whole_number
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("SUBGROUPS",)

LEAST = 20
"""Least count of the row where it adds up, so that it does not by chance; half of it for two such columns."""

_REST = Expression(r"^\W*(?:including|of (?:which|these|whom)|thereof)\b", re.I)


def sums_of_children(reading: Reading) -> Iterator[Finding]:
    """Add up the rows set in, or with a dash, under a row of counts, column by column.

    Found: one column misses where another adds up exactly. Left alone: rows of which only some parts are listed.
    """
    lines = table_lines(reading)
    for line in lines:
        if not line.cells:
            continue
        under = [x for x in children(lines, line) if x.row.index > line.row.index]
        if not 2 <= len(under) <= 10 or any(_REST.search(x.row.label.text) for x in under):
            continue
        yield from _judged(reading, line, under)


def _judged(reading: Reading, line: Line, under: list[Line]) -> Iterator[Finding]:
    right: list[int] = []
    wrong: list[tuple[Figure, list[Figure], int]] = []
    for cell in own_groups(reading, line) or line.cells:
        whole = cell.figure("count")
        parts = [
            c.figure("count") for x in under for c in x.cells if c.spot.column == cell.spot.column
        ]  # fmt: skip
        if whole is None or len(parts) != len(under) or any(p is None for p in parts):
            continue
        figures = [p for p in parts if p is not None]
        numbers = [whole_number(f.printed) for f in (whole, *figures)]
        if any(n is None for n in numbers):
            continue
        total, made = numbers[0] or 0, sum(n or 0 for n in numbers[1:])
        if total == made:
            right.append(total)
        else:
            wrong.append((whole, figures, made))
    if len(wrong) != 1 or not (max(right, default=0) >= LEAST or sum(x >= LEAST // 2 for x in right) > 1):
        return
    whole, figures, made = wrong[0]
    total = whole_number(whole.printed) or 0
    if abs(made - total) > 0.4 * total:
        return
    shown = " + ".join(f.printed.text for f in figures)
    yield reading.finding(
        "SUBGROUPS", "inconsistent",
        f"{line.name}: {whole.printed} is inconsistent with the rows under it, {shown} = {made}; in "
        f"{len(right)} other column{'s' * (len(right) > 1)} they add up",
        "a patient may be in two rows, or in none; otherwise a digit is misprinted",
        quotes=((whole.start, whole.end), *((f.start, f.end) for f in figures)), computed=(("sum", str(made)),),
    )  # fmt: skip


__all__ = ["CODES", "sums_of_children"]
