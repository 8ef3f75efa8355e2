"""A column of all patients beside its groups: a mean, median or percentage of all lies between theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import is_whole
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER",)

_COUNTS = Expression(r"\bn\b|\bno\.|number|total|count|events", re.I)
_OWN = Expression(r"[*†‡§#¶]|adjusted|weighted|standardi[sz]ed|change|range|min|max|longest|largest", re.I)


def whole_between(reading: Reading) -> Iterator[Finding]:
    """Find the one row whose value of all lies outside those of the groups which together are all."""
    for table in reading.document.tables:
        columns = [c for c in table.columns[1:] if c.statistic is None and c.group is not None and c.n is not None]
        whole = [c for c in columns if is_whole(c)]
        parts = [c for c in columns if not is_whole(c)]
        if len(whole) != 1 or len(parts) < 2 or _OWN.search(words_of(table)):
            continue
        size = sum(int(c.n.printed.value) for c in parts if c.n is not None)
        if whole[0].n is None or size != int(whole[0].n.printed.value):
            continue
        kept, wrong = 0, []
        for row in body(table):
            numbers = [_value(reading, table, row, c.index) for c in (whole[0], *parts)]
            if any(n is None for n in numbers) or _COUNTS.search(row.label.text):
                continue
            own, *others = [n for n in numbers if n is not None]
            spans = [span(n.printed) for n in others]
            hull = Span(min(s.low for s in spans), max(s.high for s in spans))
            if hull.meets(span(own.printed)):
                kept += 1
            else:
                wrong.append((row, own, others))
        if len(wrong) == 1 and kept >= 1:
            row, own, others = wrong[0]
            yield reading.finding(
                "OUT_OF_ORDER", "error",
                f"{row.label.text}: {own.printed} of all does not lie between "
                f"{' and '.join(str(n.printed) for n in others)} of the groups",
                "the groups are all patients together; a digit may be misprinted",
                quotes=((min(n.start for n in (own, *others)), max(n.end for n in (own, *others))),),
            )  # fmt: skip


def _value(reading: Reading, table: Table, row: Row, index: int) -> Number | None:
    """Give the mean or median of a cell, or the percentage beside a count; None where it may be a count."""
    cell = content(reading, table.cell(row.index, index))
    if not cell.numbers or cell.numbers[0].printed.bound:
        return None
    first = cell.numbers[0]
    if first.printed.decimals and (cell.shape[:2] in ("#", "#(", "#±", "#[", "#%")):
        return first
    return cell.numbers[1] if cell.shape == "#(#%)" and cell.numbers[1].printed.decimals else None


__all__ = ["CODES", "whole_between"]
