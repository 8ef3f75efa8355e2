"""Cut a delimited text into rows, each with its line and its very text; one bad row costs one row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

_DELIMITERS = (",", ";", "\t", "|")
LONGEST = 16 * 2**20
_SIGN = re.compile(r"(\ufeff?\s*)\"?sep=[,;\t|]\"?[,;\t|]*(?=[\r\n])", re.IGNORECASE)
_BREAK = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_BLANKS = re.compile(r'" +(?=[\r\n]|$)')
_ROWS_OF_A_FIELD = 2000


class Row(NamedTuple):
    """One row: its first line (from 1), its cells, its text; `trouble` says why it could not be read."""

    line: int
    cells: list[str]
    raw: str
    trouble: str = ""


def delimiter(first: str) -> str:
    """Return the sign between cells: the one that divides the first line into most cells."""
    counts = {}
    for sign in _DELIMITERS:
        try:
            counts[sign] = len(next(csv.reader([first], delimiter=sign), []))
        except csv.Error:
            counts[sign] = 0
    return max(_DELIMITERS, key=lambda sign: counts[sign])


def without_sign(text: str) -> str:
    """Return a text without the line `sep=;` that tells Excel the sign between cells; all lines keep their numbers."""
    found = _SIGN.match(text)
    return found[1] + text[found.end() :] if found else text


def rows(text: str, sign: str) -> Iterator[Row]:
    """Return the rows of a text. Line breaks may stand inside quotes; a quote that never ends spoils one row.

    A row of empty cells is none: a spreadsheet writes such rows where something was deleted.
    """
    lines = [found[0] for found in _BREAK.finditer(text)]
    csv.field_size_limit(LONGEST)
    at = 0
    while at < len(lines):
        if not lines[at].strip("\r\n \t\ufeff"):
            at += 1
            continue
        read = _row(lines, at, sign)
        if isinstance(read, str):
            after = at + 1
            while after < len(lines) and not _begins(lines[after]):
                after += 1
            yield Row(at + 1, [], "".join(lines[at:after]), read)
            at = after
        else:
            cells, after = read
            if any(cell.strip() for cell in cells):
                yield Row(at + 1, cells, "".join(lines[at:after]).rstrip("\r\n"))
            at = after


def _row(lines: list[str], at: int, sign: str) -> tuple[list[str], int] | str:
    """Read one row from line `at` on; its cells, and the line after it; or why it cannot be read."""
    taken = 0

    def feed(*, trimmed: bool) -> Iterator[str]:
        nonlocal taken
        taken = 0
        for line in lines[at : at + _ROWS_OF_A_FIELD]:
            taken += 1
            yield _BLANKS.sub('"', line) if trimmed else line

    for trimmed in (False, True):  # blanks between the last quote and the end of the line are no part of a cell
        try:
            cells = next(csv.reader(feed(trimmed=trimmed), delimiter=sign, strict=True), [])
        except csv.Error as error:
            if "field limit" in str(error):
                return f"a cell of more than {LONGEST // 2**20} MiB"
        else:
            return cells, at + taken
    return "quotes that do not close, or close inside a cell"


def _begins(line: str) -> bool:
    """Tell whether a line looks like the beginning of a row: a cell, whole, before the first delimiter."""
    return re.match(r'(?:"(?:[^"]|"")*"|[^",;\t|\r\n]+)[,;\t|]', line) is not None
