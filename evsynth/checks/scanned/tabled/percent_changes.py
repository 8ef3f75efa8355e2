"""A column of changes in percent beside the values before and after: 100 (after - before) / before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, over, span
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_CHANGE",)

_CHANGE = Expression(r"(?:%|\bper ?cent(?:age)?)\W{0,2}\s?(?:of )?(?:change|reduction|decrease|increase|difference|Δ)|"
                     r"(?:change|reduction|decrease|increase|difference|Δ)s?"
                     r"[^/]{0,30}(?:%|\bper ?cent)", re.I)  # fmt: skip
_OTHER = Expression(r"median|points|\bpp\b|adjusted|geometric|\bLS\b|least[- ]squares|model", re.I)
NEAR = 0.04
"""Share by which a change may be off beyond its rounding."""


def percent_changes(reading: Reading) -> Iterator[Finding]:
    """Find the rows whose change is not that of their two values, where twice as many others fit."""
    for table in reading.document.tables:
        heads = [c for c in table.columns[1:] if c.heads and _CHANGE.search(c.heads[-1].text)]
        if len(heads) != 1 or _OTHER.search(words_of(table)):
            continue
        others = [c.index for c in table.columns[1:] if c.index != heads[0].index and c.index < heads[0].index]
        best: tuple[int, list[tuple[str, tuple[Number, ...], Span]]] = (0, [])
        for before, after in permutations(others, 2):
            fits, wrong = _compared(reading, table, before, after, heads[0].index)
            if fits > best[0]:
                best = fits, wrong
        fits, wrong = best
        if not wrong or fits < 2 * len(wrong):
            continue
        for name, numbers, gives in wrong:
            yield reading.finding(
                "RELATIVE_CHANGE", "inconsistent",
                f"{name}: a change of {numbers[2].printed}% is inconsistent with {numbers[0].printed} and "
                f"{numbers[1].printed}, which make {gives.middle:.3g}%; {fits} other rows fit",
                "a mean of single changes may be meant; otherwise one of the numbers is misprinted",
                quotes=tuple((n.start, n.end) for n in numbers), computed=(("change", f"{gives.middle:.4g}"),),
            )  # fmt: skip


def _compared(
    reading: Reading, table: Table, before: int, after: int, change: int
) -> tuple[int, list[tuple[str, tuple[Number, ...], Span]]]:
    fits, wrong = 0, []
    for row in body(table):
        cells = [content(reading, table.cell(row.index, i)) for i in (before, after, change)]
        if any(not c.numbers or c.numbers[0].printed.bound or c.shape[1:2] in ("-", "/") for c in cells):
            continue
        numbers = tuple(c.numbers[0] for c in cells)
        one, two = span(numbers[0].printed), span(numbers[1].printed)
        if one.low <= 0:
            continue
        gives = over(lambda a, b: 100 * (b - a) / a, one, two)
        told, slack = span(numbers[2].printed), NEAR * abs(gives.middle)
        turned = Span(-gives.high, -gives.low) if numbers[2].value * gives.middle < 0 else gives
        if told.low - slack <= turned.high and turned.low <= told.high + slack:
            fits += 1
        else:
            wrong.append((row.stem or row.label.text, numbers, gives))
    return fits, wrong


__all__ = ["CODES", "percent_changes"]
