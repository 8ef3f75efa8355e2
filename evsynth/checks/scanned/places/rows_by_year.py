"""A number told of one year that a table prints for another: "peaked in 2020, when it reached 47.0%"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_YEAR = Expression(r"(?:19|20)\d\d")
_TOLD_AFTER = Expression(r"(?P<v>\d+\.\d+)\s*%?[^.;\d]{0,40}?\b(?:in|by|for|during)\s+(?P<y>(?:19|20)\d\d)\b")
_TOLD_BEFORE = Expression(
    r"\b(?:in|by|for|during)\s+(?P<y>(?:19|20)\d\d)\b[^.;\d]{0,45}?(?P<v>\d+\.\d+)(?![\d]|\s*(?:points|pp))"
)


def rows_by_year(reading: Reading) -> Iterator[Finding]:
    """Compare decimals told of a year with the row of that year, where another row alone prints the number.

    The sentence must use a word of the head. Left alone: numbers that the row of the year prints in any column.
    """
    for table in reading.document.tables:
        rows = {r.label.text.strip(): r for r in body(table) if _YEAR.fullmatch(r.label.text.strip())}
        if len(rows) < 3:
            continue
        numbers = {year: _numbers(reading, table, row.index) for year, row in rows.items()}
        for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
            if not _YEAR.search(line.words):
                continue
            found = {m.start("v"): m for m in _TOLD_BEFORE.finditer(line.words)} | {
                m.start("v"): m for m in _TOLD_AFTER.finditer(line.words)
            }
            for match in found.values():
                yield from _told(reading, table, numbers, line.start, line.words, match)


def _numbers(reading: Reading, table: Table, row: int) -> list[tuple[int, Number]]:
    return [(c.index, n) for c in table.columns[1:] for n in content(reading, table.cell(row, c.index)).numbers]


def _told(
    reading: Reading,
    table: Table,
    numbers: dict[str, list[tuple[int, Number]]],
    start: int,
    words: str,
    match: re.Match[str],
) -> Iterator[Finding]:
    year, value = match["y"], match["v"]
    if (
        year not in numbers
        or len(value.replace(".", "").lstrip("0")) < 3
        or any(n.printed.text == value for _, n in numbers[year])
    ):
        return
    held = [(y, c, n) for y, own in numbers.items() for c, n in own if n.printed.text == value]
    if len(held) != 1:
        return
    other, column, number = held[0]
    head = table.columns[column].label
    mine = [n for c, n in numbers[year] if c == column and n.printed.decimals == number.printed.decimals]
    if not mine or not key(head) & key(words):
        return
    yield reading.finding(
        "PRINTED_DIFFERENTLY", "inconsistent",
        f"{value} is told of {year}, inconsistent with the table, which prints it for {other} and {mine[0].printed} "
        f"for {year}",
        "the year may be misprinted in one of the two places",
        quotes=((start + match.start("y"), start + match.end("y")), (start + match.start("v"), start + match.end("v")),
                (number.start, number.end), (mine[0].start, mine[0].end)),
    )  # fmt: skip
