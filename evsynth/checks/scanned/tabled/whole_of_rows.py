"""A last row of all, "All", "Pooled", "Total": a mean or an estimate of all lies among those of the rows above it.

Weights make 100, and where the row is their sum in one column it is so in the others that print the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, words_of
from evsynth.checks.scanned.tabled.roles import roles
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER", "TOTAL_DIFFERS")

_ALL = Expression(
    r"^(?:all|total|overall|pooled|combined|summary|whole|mean of all|random[- ]effects?|fixed[- ]effects?|"
    r"meta-analysis)\b(?!.*\b(?:other|over)\b)", re.I,
)  # fmt: skip
_TOTAL = Expression(r"^total\b|\bsum\b|\btotal(?: score| scale)?$", re.I)
_WEIGHT = Expression(r"\bweight(?:s|ing)?\b", re.I)
_OUT = Expression(r"\b(?:adjusted|standardi[sz]ed|change|rate|per)\b", re.I)
_SEVERAL = Expression(r"several|multiple|more than one|overlap|not exclusive|events|may exceed", re.I)
_BODY = Expression(r"\b(?:kg|body|birth|g\b|gain|loss|lb|BMI|height|weighted)", re.I)


def whole_of_rows(reading: Reading) -> Iterator[Finding]:
    """Check the last row of tables whose other rows are its parts, and columns of weights."""
    for table in reading.document.tables:
        rows = list(body(table))
        for column in table.columns[1:]:
            if _WEIGHT.search(column.label) and not _BODY.search(f"{column.label} {words_of(table)}"):
                yield from _weights(reading, table, column, rows)
        if len(rows) < 3 or not _ALL.match(rows[-1].label.text.strip()):
            continue
        parts = [r for r in rows[:-1] if r.parent == rows[-1].parent or rows[-1].parent is None]
        if len(parts) == len(rows) - 1 and not any(_ALL.match(r.label.text.strip()) for r in parts):
            yield from _between(reading, table, parts, rows[-1])
            if not _SEVERAL.search(words_of(table)):
                yield from _counts(reading, table, parts, rows[-1])


def _weights(reading: Reading, table: Table, column: Column, rows: list[Row]) -> Iterator[Finding]:
    parts = [r for r in rows if not _ALL.match(r.label.text.strip())]
    cells = [content(reading, table.cell(r.index, column.index)) for r in parts]
    numbers = [c.numbers[0] for c in cells if c.shape in ("#", "#%")]
    if len(numbers) != len(parts) or len(numbers) < 3 or any(n.printed.bound or n.value < 0 for n in numbers):
        return
    total = sum(n.value for n in numbers)
    slack = 0.5 * sum(10.0**-n.printed.decimals for n in numbers) + 0.2
    if abs(total - 100) > slack and 70 < total < 140:
        yield reading.finding(
            "TOTAL_DIFFERS", "inconsistent",
            f"the weights {' + '.join(str(n.printed) for n in numbers)} = {total:.4g} are inconsistent with 100%",
            "one weight may be misprinted, or a study left out",
            quotes=tuple((n.start, n.end) for n in numbers), computed=(("sum", f"{total:.4g}"),),
        )  # fmt: skip


def _counts(reading: Reading, table: Table, parts: list[Row], whole: Row) -> Iterator[Finding]:
    """Check columns of counts whose total is the number of patients of the caption; a dash counts as none."""
    for column in table.columns[1:]:
        cells = [content(reading, table.cell(r.index, column.index)) for r in (*parts, whole)]
        if any(c.shape not in ("#", "#(#)", "#(#%)", "-", "") for c in cells) or not cells[-1].numbers:
            continue
        numbers = [c.numbers[0] for c in cells if c.numbers]
        own = numbers[-1]
        if any(n.printed.decimals or n.printed.bound for n in numbers) or len(numbers) < 4 or table.n is None:
            continue
        total = sum(n.value for n in numbers[:-1])
        if own.value == float(table.n.printed) < total <= 2 * own.value:
            yield reading.finding(
                "TOTAL_DIFFERS", "inconsistent",
                f"{whole.label.text}: {' + '.join(str(n.printed) for n in numbers[:-1])} = {total:g} is inconsistent "
                f"with {own.printed}, the number of the caption",
                "a count may be misprinted, or the rows overlap",
                quotes=(*((n.start, n.end) for n in numbers), (table.n.start, table.n.end)),
                computed=(("sum", f"{total:g}"),),
            )  # fmt: skip


def _between(reading: Reading, table: Table, parts: list[Row], whole: Row) -> Iterator[Finding]:
    sums, found = 0, []
    for column in table.columns[1:]:
        said = roles(column.heads[-1].text if column.heads else "")
        if _WEIGHT.search(column.label) or said.roles[:1] in (
            ("p",),
            ("count",),
            ("df",),
            ("q",),
            ("heterogeneity",),
            ("limits",),
        ):
            continue
        own = _value(reading, table, whole, column.index)
        others = [_value(reading, table, r, column.index) for r in parts]
        kept = [n for n in others if n is not None]
        if own is None or len(kept) != len(parts):
            continue
        spans = [span(n.printed) for n in kept]
        added = Span(sum(s.low for s in spans), sum(s.high for s in spans))
        if added.meets(span(own.printed)):
            sums += 1
            continue
        named = said.roles[:1] and said.roles[0] in ("mean", "median", "ratio", "difference", "b")
        hull = Span(min(s.low for s in spans), max(s.high for s in spans))
        if not hull.meets(span(own.printed)):
            found.append((column, own, kept, added, bool(named)))
    for column, own, kept, added, named in found:
        total = sums > 0 and bool(_TOTAL.search(whole.label.text))
        if not total and not (named and not _OUT.search(column.label)):
            continue
        if total and abs(own.value - added.middle) > 0.25 * abs(added.middle):
            continue
        said_ = f"the sum of the rows, {added.middle:.4g}" if total else "the rows it is made of"
        yield reading.finding(
            "TOTAL_DIFFERS" if total else "OUT_OF_ORDER", "inconsistent",
            f"{whole.label.text}: {own.printed} is inconsistent with {said_}: "
            f"{', '.join(str(n.printed) for n in kept)}",
            "a mean or pooled estimate of all lies between those of its parts; a digit may be misprinted"
            if not total else "in another column the row is the sum of those above; a digit may be misprinted",
            quotes=((own.start, own.end), *((n.start, n.end) for n in kept)),
        )  # fmt: skip


def _value(reading: Reading, table: Table, row: Row, index: int) -> Number | None:
    cell = content(reading, table.cell(row.index, index))
    return cell.numbers[0] if cell.numbers and not cell.numbers[0].printed.bound and cell.shape[:1] == "#" else None


__all__ = ["CODES", "whole_of_rows"]
