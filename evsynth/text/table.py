"""A plain table (CSV, semicolons or tabs) with the line of every row, and numbers that say where they are wrong."""

from __future__ import annotations

import csv
import difflib
import io
import math
import re
from typing import NamedTuple

from evsynth.model.finding import Finding, Place, Problems

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
"""A number as tables write it; Python would also read 1_0, and digits of other scripts."""

SPREADSHEET = re.compile(r"sep=(.)\s*")
"""The first line with which spreadsheets name the separator."""

NAMED = 3
"""So many wrong cells of one column are named each; of more, the first, with their number."""


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
            known = {name.casefold(): name for name in self.columns}
            close = difflib.get_close_matches(missing[0].casefold(), known, n=1)
            hint = f"did you mean {known[close[0]]!r}? names are told apart by capitals; " if close else ""
            message = f"the table has no column {', '.join(missing)}"
            raise _problem(self.file, 1, 1, "TABLE_COLUMN", message, f"{hint}columns: {', '.join(self.columns)}")

    def numbers(self, column: str) -> list[float]:
        """Give a column as numbers. Raises Problems TABLE_NUMBER naming line, column and text of every wrong cell."""
        findings = []
        values = []
        for row in self.rows:
            text = row.cells[column].strip()
            value = as_number(text)
            if not math.isfinite(value):
                place = Place(self.file, row.line, self.columns.index(column) + 1)
                message = f"{column} is {text!r}, which is not a number" if text else f"{column} is empty"
                findings.append(Finding("TABLE_NUMBER", "error", self.file, place, message, _hint(text)))
            values.append(value)
        if len(findings) > NAMED:
            first = findings[0]
            more = f"{first.message}; nor are {len(findings) - 1} more cells of this column"
            findings = [first._replace(message=more)]
        if findings:
            raise Problems(tuple(findings))
        return values

    def texts(self, column: str) -> list[str]:
        """Give a column as text."""
        return [row.cells[column] for row in self.rows]


def read_table(text: str, file: str) -> Table:
    """Read a table with a header line. Raises Problems for no rows, a repeated column, or a row of another length."""
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise _problem(file, 1, 1, "TABLE_SHAPE", "the table is empty", "the first line names the columns")
    named = SPREADSHEET.fullmatch(text.splitlines()[0])
    first = text.splitlines()[1] if named and len(text.splitlines()) > 1 else text.splitlines()[0]
    delimiter = named.group(1) if named else max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    try:
        if named:
            next(reader)
        header = tuple(name.strip() for name in next(reader, []))
        width = len(header)
        while header and not header[-1]:
            header = header[:-1]  # spreadsheets write columns that hold nothing
        repeated = next((name for name in header if header.count(name) > 1), None)
        if repeated is not None:
            message = f"two columns are called {repeated!r}"
            raise _problem(file, reader.line_num, 1, "TABLE_SHAPE", message, "rename one of them")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != width:
                message = f"the line has {len(cells)} cells, the header {width}"
                raise _problem(file, reader.line_num, 1, "TABLE_SHAPE", message, "check commas and quotation marks")
            stray = next((i for i in range(len(header), width) if cells[i].strip()), None)
            if stray is not None:
                message = f"{cells[stray].strip()!r} stands in a column without a name"
                raise _problem(file, reader.line_num, stray + 1, "TABLE_SHAPE", message, "name the column, or empty it")
            rows.append(Row(reader.line_num, dict(zip(header, cells, strict=False))))
    except csv.Error as error:
        message = f"not a table: {error}"
        raise _problem(file, reader.line_num, 1, "TABLE_SHAPE", message, "check quotation marks") from None
    if not rows:
        raise _problem(file, 1, 1, "TABLE_SHAPE", "the table has a header, but no rows", "one row a study")
    return Table(file, header, tuple(rows))


def as_number(text: str) -> float:
    """Read a cell as a number; one that is none, or is infinite, gives NaN."""
    value = float(text) if NUMBER.fullmatch(text.strip()) else math.nan
    return value if math.isfinite(value) else math.nan


def _hint(text: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        return "write a thousand as 1000, and a decimal point, not a comma"
    if "," in text:
        return "write a decimal point, not a comma"
    if "%" in text:
        return "write the number without the sign; counts and proportions are no percentages"
    if re.match(r"[\u2010-\u2015\u2212]", text):
        return "write minus as the hyphen of the keyboard"
    return "correct the cell, or leave the row out"


def _problem(file: str, line: int, column: int, code: str, message: str, hint: str) -> Problems:
    return Problems((Finding(code, "error", file, Place(file, line, column), message, hint),))
