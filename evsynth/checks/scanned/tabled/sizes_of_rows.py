"""Counts with a percentage beside the number of people of the same row: "Yes | 1288 | 361 (23.0)"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import missing_said
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Content, Number, body, content, is_limits, is_p
from evsynth.model.finding import Alternative, Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.counting import counts_that_print, denominators_that_print, last_digit, percent_span
from evsynth.reanalyse.result import meets
from evsynth.scan.parts import Row, Table
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

FIT = 3
"""Least number of rows of which the percentage is of the number of the row, before another row is held against it."""

_SIZE = Expression(r"[(\[,]\s*[nN]\s*=\s*(?P<n>\d{1,3}(?:,\d{3})+|\d+)\s*[)\]]?\s*$")
_PERCENT = Expression(r"(?:^|/ )\(?(?:%|per ?cent(?:age)?)(?: of [a-z ]+)?\)?$")
_MARK = Expression(r"[*†‡§#¶]")
_COUNTED = Expression(r"#[(\[]#%?[)\]]|#,#%|#;#%?")


class Share(NamedTuple):
    """A row: of how many people, how many of them, which percentage."""

    row: Row
    of: Number
    events: Number
    percent: Number

    @property
    def fits(self) -> bool:
        """Whether the percentage is that of the count."""
        return meets(self.percent.printed, percent_span(int(self.events.value), int(self.of.value)))


def sizes_of_rows(reading: Reading) -> Iterator[Finding]:
    """Check percentages against the number that another column, or the label, prints for the row.

    Which column it is, the rows say: three and three quarters of them must be percentages of it. Left alone: rows with
    a footnote mark, tables that speak of missing data, percentages of another number of the row or of the row above.
    """
    for table in reading.document.tables:
        done: set[int] = set()
        for found in _columns(reading, table):
            wrong = [s for s in found if not s.fits]
            fits = len(found) - len(wrong)
            if not wrong or fits < FIT or len(wrong) * 3 > fits or len({s.of.value for s in found}) < FIT:
                continue
            for share in wrong:
                if share.events.start not in done and not _innocent(reading, table, share, found):
                    done.add(share.events.start)
                    yield _finding(reading, share, fits)


def _columns(reading: Reading, table: Table) -> Iterator[list[Share]]:
    """Give the rows with a count and percentage and a number of people, for every two columns that may hold them."""
    cells = {
        (row.index, c.index): content(reading, table.cell(row.index, c.index))
        for row in body(table) for c in table.columns[1:] if not is_p(c) and not is_limits(c)
    }  # fmt: skip
    counted = sorted({c for (_, c), x in cells.items() if _COUNTED.fullmatch(x.shape)})
    counted += [c.index - 1 for c in table.columns[2:] if _PERCENT.search(c.label)]
    whole = sorted({c for (_, c), x in cells.items() if x.shape == "#" and not x.numbers[0].printed.decimals})
    for column in counted:
        for of in [0, *sorted((c for c in whole if c != column), key=lambda c: abs(c - column))]:
            found = []
            for row in body(table):
                two = _share(cells.get((row.index, column)), cells.get((row.index, column + 1)))
                size = _labelled(reading, row) if of == 0 else _only(cells.get((row.index, of)))
                if two is None or size is None:
                    continue
                count, percent = two
                if count.printed.decimals or count.printed.bound or percent.printed.bound or percent.value > 100:
                    continue
                if size.value > 0 and count.value <= size.value:
                    found.append(Share(row, size, count, percent))
            yield found


def _share(cell: Content | None, beside: Content | None) -> tuple[Number, Number] | None:
    """Give count and percentage of one cell, or of a cell and the one on its right."""
    if cell is None:
        return None
    if _COUNTED.fullmatch(cell.shape):
        return cell.numbers[0], cell.numbers[1]
    if cell.shape == "#" and beside is not None and beside.shape in ("#", "#%", "(#)", "(#%)"):
        return cell.numbers[0], beside.numbers[0]
    return None


def _only(cell: Content | None) -> Number | None:
    if cell is None or cell.shape != "#" or cell.numbers[0].printed.decimals or cell.numbers[0].printed.bound:
        return None
    return cell.numbers[0]


def _labelled(reading: Reading, row: Row) -> Number | None:
    match = _SIZE.search(reading.document.plain[row.label.start : row.label.end])
    if match is None:
        return None
    return Number(Printed.parse(match["n"]), row.label.start + match.start("n"), row.label.start + match.end("n"))


def _innocent(reading: Reading, table: Table, share: Share, found: list[Share]) -> bool:
    hidden = set(denominators_that_print(share.percent.printed, int(share.events.value), int(share.of.value)))
    if _MARK.search(share.row.label.text) or missing_said(reading, table):
        return any(n * 2 >= share.of.value for n in hidden)
    own = {int(n.value) for c in share.row.cells[1:] for n in content(reading, c).numbers if not n.printed.decimals}
    above = {int(s.events.value) for s in found if s.row.index < share.row.index and share.row.level > s.row.level}
    return bool(hidden & (own | above))


def _finding(reading: Reading, share: Share, fits: int) -> Finding:
    count, of, percent = int(share.events.value), int(share.of.value), share.percent.printed
    cut, fit = last_digit(percent, count, of), counts_that_print(percent, of)
    return reading.finding(
        "COUNT_PERCENT", "note" if cut else "inconsistent",
        f"{share.row.stem or share.row.label.text}: {percent}% is inconsistent with {count} of {of}, which is "
        f"{100 * count / of:.{percent.decimals}f}%; {fits} other rows are percentages of the number of their row"
        + (f"; {cut}" if cut else ""),
        f"counts that print as {percent}% of {of}: {', '.join(map(str, fit)) or 'no whole number'}",
        quotes=((share.events.start, share.percent.end), (share.of.start, share.of.end)),
        computed=(("percent", f"{100 * count / of:.4f}"),),
        alternatives=tuple(Alternative(str(n), "count that prints so") for n in fit),
    )  # fmt: skip


__all__ = ["CODES", "sizes_of_rows"]
