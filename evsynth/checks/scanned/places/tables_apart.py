"""The same rows of the same groups in two tables: rows that differ while their neighbours agree have moved."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.identity import Line, column_of, group_key, key, spot, table_lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported

CODES = ("ROWS_SHIFTED", "PRINTED_DIFFERENTLY")

AGREEING = 3
"""Rows of two columns that must print the same numbers before the columns are taken for the same measurement."""


def tables_apart(reading: Reading) -> Iterator[Finding]:
    """Compare columns of two tables that are about one group: by label, numbers of one kind."""
    columns: dict[tuple[int, int], dict[frozenset[str], Reported]] = {}
    for line in table_lines(reading):
        for cell in line.cells:
            column = column_of(reading, cell)
            if column is not None and column.group is not None and len(cell.figures) >= 2 and key(line.name):
                columns.setdefault((line.table.index, column.index), {}).setdefault(_row(line), cell)
    for one, two in combinations(sorted(columns), 2):
        if one[0] != two[0] and _group(reading, one) == _group(reading, two):
            yield from _columns(reading, columns[one], columns[two])


def _row(line: Line) -> frozenset[str]:
    return key(line.name) - {"grade", "score"}


def _group(reading: Reading, place: tuple[int, int]) -> tuple[str, str]:
    column = reading.document.tables[place[0]].columns[place[1]]
    return (group_key(column.group.text) if column.group else "", column.n.printed.text if column.n else "")


def _columns(
    reading: Reading, one: dict[frozenset[str], Reported], two: dict[frozenset[str], Reported]
) -> Iterator[Finding]:
    pairs = [(one[k], two[k]) for k in one if k in two and one[k].sort == two[k].sort]
    same = [p for p in pairs if _numbers(p[0]) == _numbers(p[1])]
    wrong = [p for p in pairs if not any(a.printed.agrees(b.printed) for a, b in _paired(*p))]
    times = {x.at.text.lower() for p in pairs for x in p if x.at is not None}
    if len(same) < AGREEING or not wrong or len(wrong) * 2 > len(same) or len(times) > 1:
        return
    said = "; ".join(f"{a.variable.text if a.variable else ''} {a.text} against {b.text}" for a, b in wrong)
    elsewhere = [_numbers(x) for x in (*one.values(), *two.values())]
    moved = any(elsewhere.count(_numbers(b)) > 1 or elsewhere.count(_numbers(a)) > 2 for a, b in wrong)
    yield reading.finding(
        "ROWS_SHIFTED" if moved else "PRINTED_DIFFERENTLY", "inconsistent",
        f"two tables print one group: {said}; {len(same)} other rows agree, so this is inconsistent",
        "rows may have moved when one of the tables was set",
        quotes=tuple(spot(*x.figures) for pair in wrong for x in pair[::-1]),
    )  # fmt: skip


def _numbers(cell: Reported) -> tuple[str, ...]:
    return tuple(f.printed.text for f in cell.figures)


def _paired(one: Reported, two: Reported) -> list[tuple[Figure, Figure]]:
    return [(f, g) for f in one.figures if (g := two.figure(f.statistic)) is not None]
