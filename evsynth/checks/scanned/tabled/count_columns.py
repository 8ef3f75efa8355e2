"""A column of counts and, beside it, one of percentages: each against the number of patients of the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evsynth.checks.scanned.identity import missing_said
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Alternative, Finding
from evsynth.reanalyse.counting import counts_that_print, denominators_that_print, last_digit, percent_span
from evsynth.reanalyse.result import meets
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_COUNT = Expression(r"^(?:n|no\.?|number|frequency|count|freq\.?|patients|cases)(?:\s*\(?n\)?)?(?: of \w+)?\.?$", re.I)
_PERCENT = Expression(r"^\(?(?:%|per ?cent(?:age)?|proportion,? %|share,? %)\)?$", re.I)
_OWN_SIZE = Expression(r"\bn\s*=\s*([\d,]+)", re.I)
_ROW = Expression(r"\brow (?:%|percent)|percentages? (?:are )?(?:of|by) (?:the )?rows?", re.I)
FIT = 3
"""Least number of rows that fit one denominator before another row is held against it."""


def count_columns(reading: Reading) -> Iterator[Finding]:
    """Compare counts with the percentages in the next column.

    The denominator is one that most rows fit: that of caption or head, the sum, or the size of the study. Left alone:
    rows with a size or footnote of their own, nested rows that fit another total, notes about missing data.
    """
    for table in reading.document.tables:
        for one, two in zip(table.columns[1:], table.columns[2:], strict=False):
            if _head(one, _COUNT) and _head(two, _PERCENT) and not _ROW.search(_said(table)):
                yield from _columns(reading, table, one, two)


def _head(column: Column, pattern: Expression) -> bool:
    return bool(column.heads) and bool(pattern.match(column.heads[-1].text.strip()))


def _said(table: Table) -> str:
    return " ".join(p.text for p in (table.caption, *table.notes) if p is not None)


def _columns(reading: Reading, table: Table, one: Column, two: Column) -> Iterator[Finding]:
    rows: list[tuple[Row, Number, Number]] = []
    for row in body(table):
        a, b = (content(reading, table.cell(row.index, c.index)) for c in (one, two))
        if a.shape == "#" and b.shape in ("#", "#%", "(#)", "(#%)"):
            count, percent = a.numbers[0], b.numbers[0]
            if not count.printed.decimals and not percent.printed.bound and count.value > 0:
                rows.append((row, count, percent))
    if len(rows) < FIT:
        return
    for total, members in _denominators(reading, table, one, rows):
        wrong = [r for r in members if not _prints(r[1], r[2], total)]
        fits = len(members) - len(wrong)
        moved = len(wrong) > 1 and _moved(wrong, total)
        if not wrong or fits < FIT - 1 or (len(wrong) > max(1, fits // 3) and not moved):
            continue
        for row, count, percent in wrong:
            if re.search(r"[*†‡§#¶]|\bn\s*=", row.label.text) or missing_said(reading, table):
                continue
            hidden = denominators_that_print(percent.printed, int(count.value), total)
            if not moved and any(int(c.value) in hidden for _, c, _ in rows):
                continue  # of a row above
            real = 100 * count.value / total
            fit = counts_that_print(percent.printed, total)
            cut = last_digit(percent.printed, int(count.value), total)
            yield reading.finding(
                "COUNT_PERCENT", "note" if cut else "inconsistent",
                f"{row.stem or row.label.text}: {percent.printed}% is inconsistent with {count.printed} of {total}, "
                f"which is {real:.{percent.printed.decimals}f}%; {fits} other rows are percentages of {total}"
                + (f"; {cut}" if cut else ""),
                f"counts that print as {percent.printed}% of {total}: {', '.join(map(str, fit)) or 'no whole number'}",
                quotes=((count.start, count.end), (percent.start, percent.end)),
                computed=(("percent", f"{real:.4f}"),),
                alternatives=tuple(Alternative(str(n), "count that prints so") for n in fit),
            )  # fmt: skip


def _moved(wrong: list[tuple[Row, Number, Number]], total: int) -> bool:
    """Say whether the percentages of some rows are those of each other's counts."""
    left = [percent for _, _, percent in wrong]
    for _, count, _ in wrong:
        own = next((p for p in left if _prints(count, p, total)), None)
        if own is None:
            return False
        left.remove(own)
    return True


def _denominators(
    reading: Reading, table: Table, one: Column, rows: list[tuple[Row, Number, Number]]
) -> Iterator[tuple[int, list[tuple[Row, Number, Number]]]]:
    """Give each denominator with the rows below it: of a heading with a size of its own, or of the table."""
    own: dict[int | None, list[tuple[Row, Number, Number]]] = {}
    for row in rows:
        parent = row[0].parent
        sized = parent if parent is not None and _OWN_SIZE.search(table.rows[parent].label.text) else None
        own.setdefault(sized, []).append(row)
    for parent, members in own.items():
        if parent is not None:
            match = _OWN_SIZE.search(table.rows[parent].label.text)
            if match:
                yield int(match[1].replace(",", "")), members
            continue
        tried: Counter[int] = Counter()
        sizes = [
            int(f.printed.value) for f in (table.n, one.n) if f is not None
        ] + [x for x in (study_size(reading), int(sum(c.value for _, c, _ in members))) if x]  # fmt: skip
        for total in sizes:
            tried[total] = sum(_prints(c, p, total) for _, c, p in members)
        if tried:
            total, fits = tried.most_common(1)[0]
            if fits * 2 > len(members):
                yield total, members


def _prints(count: Number, percent: Number, total: int) -> bool:
    return count.value <= total and meets(percent.printed, percent_span(int(count.value), total))
