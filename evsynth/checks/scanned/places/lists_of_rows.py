"""A list in a sentence, "systemic sclerosis (17), rheumatoid arthritis (9)", against the rows that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, is_limits, is_p
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_ITEM = Expression(
    r"(?P<name>[A-Za-z][\w'/-]*(?:\s+[\w'/-]+){0,5}?)\s*(?:[(\[]\s*(?:[nN]\s*=\s*)?(?P<a>\d+)(?=\s*[,;)\]%]|"
    r"\s+\()[^()\[\]]*[)\]]"
    r"|,?\s+(?P<b>\d+)(?=\s*[,;.)]|\s+and\b|\s*\(|$))"
)
_PART = Expression(r"\b(?:among|subgroup|of these|of whom|died|after|later|change|increase|decrease)\b", re.I)
LEAST = 2
"""Least number of other items whose counts are those of their rows."""


class Named(NamedTuple):
    """An item of a list and the row it names."""

    said: int
    start: int
    end: int
    row: Row
    printed: Number


def lists_of_rows(reading: Reading) -> Iterator[Finding]:
    """Compare lists of three or more named counts with one column of the table that has these rows.

    All but one must be the same. Left alone: subsets, and rows of which another column prints the number.
    """
    tables = [(t, [(r, key(r.stem or r.label.text)) for r in body(t)]) for t in reading.document.tables]
    if not tables:
        return
    for line in lines(reading, ("abstract", "methods", "results", "body", "discussion")):
        if len(re.findall(r"\d", line.words)) <= LEAST:
            continue
        items = list(_ITEM.finditer(line.words))
        if len(items) < LEAST + 1 or _PART.search(line.words):
            continue
        for table, rows in tables:
            yield from _table(reading, line, items, table, rows)


def _table(
    reading: Reading, line: Line, items: list[re.Match[str]], table: Table, rows: list[tuple[Row, frozenset[str]]]
) -> Iterator[Finding]:
    for column in table.columns[1:]:
        if column.statistic or is_p(column) or is_limits(column):
            continue
        found = []
        for item in items:
            words = key(item["name"])
            same = [r for r, w in rows if w and w <= words and len(w) * 2 > len(words)]
            if len(same) != 1:
                continue
            cell = content(reading, table.cell(same[0].index, column.index))
            if not cell.numbers or cell.numbers[0].printed.decimals or not re.match(r"#(?:$|\(|/|%)", cell.shape):
                continue
            group = "a" if item["a"] else "b"
            start, end = line.start + item.start(group), line.start + item.end(group)
            found.append(Named(int(item[group]), start, end, same[0], cell.numbers[0]))
        wrong = [f for f in found if f.said != f.printed.value]
        right = [f for f in found if f.said == f.printed.value and f.said > 3]
        if len({f.row.index for f in found}) != len(found) or len(wrong) != 1 or len(right) < LEAST:
            continue
        one = wrong[0]
        others = [content(reading, c).numbers for c in one.row.cells[1:]]
        if any(n.value == one.said for numbers in others for n in numbers):
            continue
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"{one.row.stem or one.row.label.text}: {one.said} in the text is inconsistent with "
            f"{one.printed.printed} in "
            f"{f'table {table.number}' if table.number else 'the table'}; the {len(right)} other counts of the list "
            f"are the same",
            "the sentence may be about other patients; otherwise one of both is misprinted",
            quotes=((one.start, one.end), (one.printed.start, one.printed.end)),
        )  # fmt: skip
        return
