"""Rows of fractions whose denominators make that of another row: their counts make its count too.

"All | 105/141 | 112/142", "With cavity | 44/71 | 39/68", "Without | 61/70 | 63/74": 44 + 61 = 105, but 39 + 63 = 102.
Pairs of strata whose denominators make the same numbers, "154 + 168", "112 + 210", and one that does not, "131 + 211".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("SUBGROUPS",)

_FRACTION = Expression(r"#/#(?:[(\[]#%?[)\]]|,#%|=#%)?")
MOST = 5
"""Most strata of one row."""

LEAST = 3
"""Least pairs of strata that make the same numbers."""

Cells = dict[int, tuple[Number, Number]]
"""By column, the count of a row and its denominator."""


def strata_of_all(reading: Reading) -> Iterator[Finding]:
    """Find strata, one row after the other, that miss the row of all in one column and make it in another."""
    for table in reading.document.tables:
        rows = [(row, cells) for row in body(table) if len(cells := _cells(reading, table, row)) > 1]
        done: set[int] = set()
        for at, (row, whole) in enumerate(rows):
            for start in range(len(rows)):
                for end in range(start + 2, min(start + MOST, len(rows)) + 1):
                    if start <= at < end or row.index in done:
                        continue
                    found = _judged(reading, row, whole, [cells for _, cells in rows[start:end]])
                    if found is not None:
                        done.add(row.index)
                        yield found
        yield from _two_by_two(reading, rows)


def _two_by_two(reading: Reading, rows: list[tuple[Row, Cells]]) -> Iterator[Finding]:
    """Find the two strata whose denominators, or events, miss the numbers that the other pairs of strata make.

    Fewer may have data of one thing; so they are found where the other column is complete and this one is not, only if
    there are more than all.
    """
    pairs = [(a, b) for a, b in pairwise(rows) if a[1].keys() == b[1].keys()]
    for which, noun in ((1, "denominators"), (0, "events")):
        made = [{c: a[1][c][which].value + b[1][c][which].value for c in a[1]} for a, b in pairs]
        common, times = Counter(tuple(sorted(m.items())) for m in made).most_common(1)[0] if made else ((), 0)
        if times < LEAST:
            continue
        for (a, b), sums in zip(pairs, made, strict=True):
            wrong = [c for c, value in common if sums.get(c) != value]
            if len(wrong) != 1 or len(common) < 2:
                continue
            column, whole = wrong[0], dict(common)[wrong[0]]
            if not whole < sums[column] < 1.5 * whole or any(_kept(x, pairs, made, common) for x in (a, b)):
                continue
            one, two = a[1][column][which], b[1][column][which]
            yield reading.finding(
                "SUBGROUPS", "inconsistent",
                f"{a[0].label.text} and {b[0].label.text}: the {noun} {one.printed} + {two.printed} = {sums[column]:g} "
                f"are more than the {whole:g} that {times} other pairs of rows make; the other column adds up",
                "a digit may be misprinted", computed=(("sum", f"{sums[column]:g}"),),
                quotes=((one.start, one.end), (two.start, two.end), (a[0].label.start, one.end),
                        (b[0].label.start, two.end)),
            )  # fmt: skip


def _kept(
    row: tuple[Row, Cells], pairs: list[tuple[tuple[Row, Cells], tuple[Row, Cells]]],
    made: list[dict[int, float]], common: tuple[tuple[int, float], ...],
) -> bool:  # fmt: skip
    """Say whether a row makes the common numbers with its other neighbour."""
    return any(row in pair and tuple(sorted(m.items())) == common for pair, m in zip(pairs, made, strict=True))


def _cells(reading: Reading, table: Table, row: Row) -> Cells:
    found = {}
    for column in table.columns[1:]:
        cell = content(reading, table.cell(row.index, column.index))
        if _FRACTION.fullmatch(cell.shape) and not any(n.printed.decimals for n in cell.numbers[:2]):
            found[column.index] = (cell.numbers[0], cell.numbers[1])
    return found


def _judged(reading: Reading, row: Row, whole: Cells, strata: list[Cells]) -> Finding | None:
    if any(whole.keys() != s.keys() for s in strata):
        return None
    if any(sum(s[c][1].value for s in strata) != whole[c][1].value for c in whole):
        return None
    wrong = [c for c in whole if sum(s[c][0].value for s in strata) != whole[c][0].value]
    if len(wrong) != 1:
        return None
    column = wrong[0]
    counts = [s[column][0] for s in strata]
    made, total = sum(int(n.value) for n in counts), whole[column][0]
    return reading.finding(
        "SUBGROUPS", "inconsistent",
        f"{row.label.text}: {total.printed} is inconsistent with the strata, "
        f"{' + '.join(n.printed.text for n in counts)} = {made}, whose denominators are all of its "
        f"{whole[column][1].printed}; the other column adds up", "a digit may be misprinted",
        quotes=((total.start, whole[column][1].end), *((n.start, n.end) for n in counts)),
        computed=(("sum", str(made)),),
    )  # fmt: skip


__all__ = ["CODES", "strata_of_all"]
