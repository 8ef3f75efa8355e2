"""Crude odds and risk ratios against the counts of the same row, of its reference row, or of the same row elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.places.two_columns import group_columns
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Content, Number, adjusted, body, content, crude, is_ratio, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.ratios import Cells, odds_ratio, risk_ratio
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

CODES = ("RATIO_OF_COUNTS",)

_REFERENCE = Expression(r"^(?:1(?:\.0+)?|ref\w*\.?|1(?:\.0+)?\s*[(\[]?ref\w*\.?[)\]]?|[-–—])$", re.I)
_OUT = Expression(r"hazard|\bHR\b|rate ratio|\bIRR\b|matched|conditional|per[- ]\w+ increase|prevalence|\bPR\b", re.I)
FAR = 0.06
"""Share by which a printed ratio must be off beyond its rounding, so that counts with a missing value do not matter."""


class Printed(NamedTuple):
    """A ratio of a row, and what the counts give for it (odds ratio and risk ratio, forwards)."""

    row: Row
    ratio: Number
    expected: tuple[float, ...]
    counts: tuple[tuple[int, int], ...]


def ratios_of_counts(reading: Reading) -> Iterator[Finding]:
    """Check the columns of ratios that are not adjusted, where the counts that they are of can be read.

    One direction, odds or risk, holds for the whole column: that which most rows fit. A row that fits it upside down,
    or not at all, is a finding where two others fit. Left alone: adjusted, matched and survival estimates.
    """
    known: dict[frozenset[str], list[tuple[Table, Row, list[Content]]]] = {}
    for table in reading.document.tables:
        columns = group_columns(table)
        if len(columns) == 2:
            for row in body(table):
                cells = [content(reading, table.cell(row.index, c.index)) for c in columns]
                known.setdefault(key(row.stem or row.label.text), []).append((table, row, cells))
    for table in reading.document.tables:
        for column in table.columns[1:]:
            if not is_ratio(column) or adjusted(column.label) or _OUT.search(column.label):
                continue
            if not crude(column.label) and (adjusted(words_of(table)) or _OUT.search(words_of(table))):
                continue
            yield from _column(reading, table, column, known)


def _column(
    reading: Reading, table: Table, column: Column, known: dict[frozenset[str], list[tuple[Table, Row, list[Content]]]]
) -> Iterator[Finding]:
    sizes = _sizes(table)
    for source in (
        _beside(reading, table, column, sizes),
        _of_levels(reading, table, column),
        _elsewhere(reading, table, column, known),
    ):
        found = list(source)
        if len(found) < 3:
            continue
        ways = range(2 * len(found[0].expected))
        fits = {w: [p for p in found if _fits(p, w, 0.0)] for w in ways}
        best = max(ways, key=lambda w: len(fits[w]))
        if len(fits[best]) < 2 or len(fits[best]) < len(found) * 0.6:
            continue
        for p in found:
            if _fits(p, best, FAR):
                continue
            value = _value(p, best)
            turned = value > 0 and span(p.ratio.printed).low <= 1 / value <= span(p.ratio.printed).high
            said = f"; {p.ratio.printed} is its reciprocal" if turned else ""
            yield reading.finding(
                "RATIO_OF_COUNTS", "inconsistent",
                f"{p.row.stem or p.row.label.text}: a ratio of {p.ratio.printed} is inconsistent with the counts, "
                f"which give "
                f"{value:.3g}{said}; {len(fits[best])} other rows fit",
                "the reference may have been exchanged; otherwise a count or the ratio is misprinted",
                quotes=((p.ratio.start, p.ratio.end), *p.counts), computed=(("ratio", f"{value:.4g}"),),
            )  # fmt: skip
        return


def _value(p: Printed, way: int) -> float:
    expected = p.expected[way // 2]
    return expected if way % 2 == 0 else 1 / expected


def _fits(p: Printed, way: int, slack: float) -> bool:
    value, printed = _value(p, way), span(p.ratio.printed)
    return printed.low * (1 - slack) - 1e-9 <= value <= printed.high * (1 + slack) + 1e-9


def _sizes(table: Table) -> list[int | None]:
    return [int(c.n.printed.value) if c.n is not None else None for c in group_columns(table)]


def _ratio(reading: Reading, table: Table, row: Row, column: Column) -> Number | None:
    cell = content(reading, table.cell(row.index, column.index))
    if (
        not cell.numbers
        or cell.numbers[0].printed.bound
        or _REFERENCE.match(table.cell(row.index, column.index).text.strip())
    ):
        return None
    return cell.numbers[0] if cell.shape.startswith("#") and cell.numbers[0].value > 0 else None


def _count(cell: Content) -> tuple[int, int | None] | None:
    """Give count and denominator, where the cell prints one."""
    n = cell.numbers
    if not n or any(x.printed.decimals for x in n[:1]) or n[0].printed.bound:
        return None
    if cell.shape in ("#/#", "#/#(#)", "#/#(#%)", "#of#(#%)") and not n[1].printed.decimals:
        return int(n[0].value), int(n[1].value)
    return (int(n[0].value), None) if cell.shape in ("#", "#(#)", "#(#%)") else None


def _expected(one: tuple[int, int], two: tuple[int, int]) -> tuple[float, ...] | None:
    (a, n), (b, m) = one, two
    if not (0 < a < n and 0 < b < m):
        return None
    cells = Cells(a, n - a, b, m - b)
    odds, risk = odds_ratio(cells), risk_ratio(cells)
    return (odds, risk) if odds is not None and risk is not None else None


def _beside(reading: Reading, table: Table, column: Column, sizes: list[int | None]) -> Iterator[Printed]:
    """Give ratios with the counts of two groups in the same row."""
    columns = [c for c in group_columns(table) if c.index < column.index]
    if len(columns) != 2 or len(sizes) != 2:
        return
    for row in body(table):
        ratio = _ratio(reading, table, row, column)
        cells = [content(reading, table.cell(row.index, c.index)) for c in columns]
        if ratio is not None and (p := _made(row, ratio, cells, sizes)) is not None:
            yield p


def _made(row: Row, ratio: Number, cells: list[Content], sizes: list[int | None]) -> Printed | None:
    counts = [_count(c) for c in cells]
    if any(c is None for c in counts):
        return None
    pairs = [(c[0], c[1] or s) for c, s in zip(counts, sizes, strict=True) if c is not None]
    if any(n is None for _, n in pairs):
        return None
    expected = _expected((pairs[0][0], pairs[0][1] or 0), (pairs[1][0], pairs[1][1] or 0))
    places = tuple((c.numbers[0].start, c.numbers[0].end) for c in cells)
    return Printed(row, ratio, expected, places) if expected is not None else None


def _of_levels(reading: Reading, table: Table, column: Column) -> Iterator[Printed]:
    """Give ratios of the levels of a factor, with the counts of the level and of its reference ("1")."""
    columns = [c for c in group_columns(table) if c.index < column.index]
    if len(columns) not in (1, 2):
        return
    reference: list[tuple[int, int | None]] | None = None
    under: int | None = None
    for row in table.rows:
        if row.bare:
            reference = None
            continue
        cells = [content(reading, table.cell(row.index, c.index)) for c in columns]
        counts = [_count(c) for c in cells]
        known = [c for c in counts if c is not None]
        if len(known) != len(columns):
            continue
        if _REFERENCE.match(table.cell(row.index, column.index).text.strip()):
            reference, under = known, row.parent
            continue
        ratio = _ratio(reading, table, row, column)
        if ratio is None or reference is None or row.parent != under:
            continue
        if len(columns) == 2 and all(n is None for _, n in (*known, *reference)):
            one, two = ((a[0], a[0] + b[0]) for a, b in (known, reference))
        elif len(columns) == 1 and known[0][1] and reference[0][1]:
            one, two = (known[0][0], known[0][1]), (reference[0][0], reference[0][1])
        else:
            continue
        expected = _expected(one, two)
        if expected is not None:
            places = tuple((c.numbers[0].start, c.numbers[0].end) for c in cells)
            yield Printed(row, ratio, expected, places)


def _elsewhere(
    reading: Reading, table: Table, column: Column, known: dict[frozenset[str], list[tuple[Table, Row, list[Content]]]]
) -> Iterator[Printed]:
    """Give crude ratios with the counts that another table prints for the same label."""
    if not crude(column.label) or len(group_columns(table)) > 1:
        return
    for row in body(table):
        ratio = _ratio(reading, table, row, column)
        same = known.get(key(row.stem or row.label.text), [])
        if ratio is None or len(same) != 1:
            continue
        other, _, cells = same[0]
        sizes = _sizes(other)
        if len(sizes) == 2 and (p := _made(row, ratio, cells, sizes)) is not None:
            yield p


__all__ = ["CODES", "ratios_of_counts"]
