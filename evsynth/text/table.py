"""A plain table (CSV, semicolons or tabs) with the line of every row, and numbers that say where they are wrong."""

from __future__ import annotations

import csv
import difflib
import io
import math
from typing import NamedTuple

from evsynth.model.finding import Finding, Place, Problems


class Row(NamedTuple):
    """One row: its line in the file and its cells by column."""

    line: int
    cells: dict[str, str]


class Table(NamedTuple):
    """A table: its file, its columns, and its rows in order."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def needs(self, *columns: str) -> None:
        """Raise Problems TABLE_COLUMN unless the table has these columns."""
        missing = [name for name in columns if name not in self.columns]
        if missing:
            close = difflib.get_close_matches(missing[0], self.columns, n=1)
            hint = f"did you mean {close[0]!r}? " if close else ""
            message = f"the table has no column {', '.join(missing)}"
            raise _problem(self.file, 1, 1, "TABLE_COLUMN", message, f"{hint}columns: {', '.join(self.columns)}")

    def numbers(self, column: str) -> list[float]:
        """Give a column as numbers. Raises Problems TABLE_NUMBER naming line, column and text of every wrong cell."""
        findings = []
        values = []
        for row in self.rows:
            text = row.cells[column].strip()
            try:
                value = float(text)
            except ValueError:
                value = math.nan
            if not math.isfinite(value):
                place = Place(self.file, row.line, self.columns.index(column) + 1)
                message = f"{column} is {text!r}, which is not a number" if text else f"{column} is empty"
                hint = "write a decimal point, not a comma" if "," in text else "correct the cell, or leave the row out"
                findings.append(Finding("TABLE_NUMBER", "error", self.file, place, message, hint))
            values.append(value)
        if findings:
            raise Problems(tuple(findings))
        return values

    def texts(self, column: str) -> list[str]:
        """Give a column as text."""
        return [row.cells[column] for row in self.rows]


def read_table(text: str, file: str) -> Table:
    """Read a table with a header line. Raises Problems for no rows, a repeated column, or a row of another length."""
    if not text.strip():
        raise _problem(file, 1, 1, "TABLE_SHAPE", "the table is empty", "the first line names the columns")
    first = text.lstrip("\ufeff").splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        header = tuple(name.strip() for name in next(reader))
        repeated = next((name for name in header if header.count(name) > 1), None)
        if repeated is not None:
            raise _problem(file, 1, 1, "TABLE_SHAPE", f"two columns are called {repeated!r}", "rename one of them")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                message = f"the line has {len(cells)} cells, the header {len(header)}"
                raise _problem(file, reader.line_num, 1, "TABLE_SHAPE", message, "check commas and quotation marks")
            rows.append(Row(reader.line_num, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        message = f"not a table: {error}"
        raise _problem(file, reader.line_num, 1, "TABLE_SHAPE", message, "check quotation marks") from None
    if not rows:
        raise _problem(file, 1, 1, "TABLE_SHAPE", "the table has a header, but no rows", "one row a study")
    return Table(file, header, tuple(rows))


def _problem(file: str, line: int, column: int, code: str, message: str, hint: str) -> Problems:
    return Problems((Finding(code, "error", file, Place(file, line, column), message, hint),))
