"""Rows set in under a row that prints a count: a part of those patients is not more than they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Content, content, words_of
from evsynth.checks.scanned.tabled.roles import roles
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_EXCEEDS",)

_EVENTS = Expression(r"\bevents?\b|episodes|\bmean|median|\bSD\b|score|years\b|days\b|dose|mg|/[a-z]", re.I)
_SHAPES = frozenset({"#", "#(#)", "#(#%)", "#[#]", "#[#%]", "#/#(#)", "#/#(#%)"})


def indented_parts(reading: Reading) -> Iterator[Finding]:
    """Find parts that are more than the row they are set in under, where the other cells of the rows keep to it."""
    for table in reading.document.tables:
        if _EVENTS.search(words_of(table)):
            continue
        for row in table.rows:
            if row.parent is None or row.level <= table.rows[row.parent].level or roles(row.label.text).whole:
                continue
            above = table.rows[row.parent]
            if above.bare or _EVENTS.search(f"{above.label.text} {row.label.text}"):
                continue
            over, under = [], 0
            for index in range(1, len(row.cells)):
                part, whole = content(reading, row.cells[index]), content(reading, table.cell(above.index, index))
                if not (_count(part) and _count(whole)) or part.shape != whole.shape:
                    continue
                if part.numbers[0].value > whole.numbers[0].value:
                    over.append((part, whole))
                else:
                    under += 1
            shared = any(c.shape != "#" for pair in over for c in pair)
            if len(over) == 1 and (under or shared):
                part, whole = over[0]
                yield reading.finding(
                    "COUNT_EXCEEDS", "error",
                    f"{row.label.text}: {part.numbers[0].printed} is impossible; the row it stands under, "
                    f"'{above.label.text}', has {whole.numbers[0].printed}",
                    "a digit may be misprinted, or the row is no part of the one above",
                    quotes=((row.label.start, part.numbers[-1].end), (whole.numbers[0].start, whole.numbers[-1].end)),
                )  # fmt: skip


def _count(cell: Content) -> bool:
    return cell.shape in _SHAPES and not cell.numbers[0].printed.decimals and not cell.numbers[0].printed.bound


__all__ = ["CODES", "indented_parts"]
