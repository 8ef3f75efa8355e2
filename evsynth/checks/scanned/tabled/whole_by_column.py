"""Rows that part the patients, as one column shows: there the counts make the size of the column, elsewhere they must.

"I 24, II 61, III 30, IV 3" under "General (N = 118)" make 118; so the counts beside them under "Spinal (N = 120)" make
120, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from evsynth.checks.scanned.identity import missing_said
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, words_of
from evsynth.model.finding import Finding
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("PARTS_EXCEED", "PARTS_FALL_SHORT")

_ROMAN = Expression(r"(?:(?:ASA|NYHA|grade|stage|class|type|degree)\s)?(?:I{1,3}V?|IV|VI{0,3}|V)[ab]?", re.I)
_LEVEL = Expression(r"(?:grade|stage|class|score|type|level)?\s?(?:\d|[<>≤≥]\s?\d).*|mild|moderate|severe|none", re.I)
_TOTAL = Expression(r"^(?:total|all|overall|sum)\b", re.I)
_SEVERAL = Expression(r"several|multiple|more than one|not (?:mutually )?exclusive|overlap|may exceed|events\b", re.I)


def whole_by_column(reading: Reading) -> Iterator[Finding]:
    """Find the column whose counts do not make its size, where another column, or levels as labels, show they must."""
    for table in reading.document.tables:
        if _SEVERAL.search(words_of(table)) or missing_said(reading, table):
            continue
        sizes = {c.index: c.n for c in table.columns[1:] if c.n is not None}
        if table.n is not None and len(table.columns) == 2:
            sizes = {1: table.n}
        for block in _blocks(table):
            sums: dict[int, tuple[float, list[Number]]] = {}
            for index in sizes:
                cells = [content(reading, table.cell(row.index, index)) for row in block]
                counts = [c.numbers[0] for c in cells if c.shape in ("#", "#(#)", "#(#%)", "#[#]", "#[#%]")]
                if len(counts) == len(block) and not any(n.printed.decimals or n.printed.bound for n in counts):
                    sums[index] = sum(n.value for n in counts), counts
            fits = [i for i in sums if sums[i][0] == float(sizes[i].printed)]
            wrong = [i for i in sums if i not in fits]
            levels = all(_ROMAN.fullmatch(r.label.text.strip()) or _LEVEL.fullmatch(r.stem.strip()) for r in block)
            if len(wrong) != 1 or not (fits and (levels or len(block) > 2)):
                continue
            total, counts = sums[wrong[0]]
            size = sizes[wrong[0]]
            over = total > float(size.printed)
            if not over and not levels:
                continue
            yield reading.finding(
                "PARTS_EXCEED" if over else "PARTS_FALL_SHORT", "inconsistent",
                f"{' + '.join(str(n.printed) for n in counts)} = {total:g} is inconsistent with the {size.printed} of "
                f"'{table.columns[wrong[0]].label}'; the same rows make the size of the other group",
                "a count or the size may be misprinted",
                quotes=(*((n.start, n.end) for n in counts), (size.start, size.end)),
                computed=(("sum", f"{total:g}"),),
            )  # fmt: skip


def _blocks(table: Table) -> Iterator[list[Row]]:
    """Give the rows that stand under one heading, or, without headings, all rows; totals left out."""
    rows = [r for r in body(table) if not _TOTAL.match(r.label.text.strip())]
    for _, members in groupby(rows, key=lambda r: (r.parent, r.level)):
        block = list(members)
        if len(block) >= 3:
            yield block


__all__ = ["CODES", "whole_by_column"]
