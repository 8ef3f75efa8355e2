"""Tables written in HTML inside a text: cells with their places, heads that span several columns or rows."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.scan.parts import Cell
from evsynth.text.expressions import Expression

_TABLE = Expression(r"<table\b[^<>]*>(?P<inside>.*?)</table\s*>", re.IGNORECASE | re.DOTALL)
_TAG = Expression(r"<(?P<close>/?)(?P<name>caption|thead|tbody|tfoot|tr|td|th)\b(?P<attributes>[^<>]*)>", re.IGNORECASE)
_SPAN = Expression(r"(?P<which>col|row)span\s*=\s*[\"']?(?P<by>[0-9]{1,2})", re.IGNORECASE)


class HtmlTable(NamedTuple):
    """One table: rows of cells, spaces before each label, the caption if it has one, and how many rows are its head."""

    rows: list[list[Cell]]
    indents: list[int]
    caption: Cell | None
    heads: int | None
    start: int
    end: int


class _Piece(NamedTuple):
    """A cell as it is written: whether it is a <th> or in the head, what it spans, and how many spaces lead it."""

    cell: Cell
    head: bool
    columns: int
    rows: int
    lead: int


def html_tables(text: str, plain: str) -> list[HtmlTable]:
    """Find the tables between <table> and </table>; `plain` is `text` without markup, character for character.

    A cell that spans columns stands in each of them in the head, and in the first of them in the body; below one that
    spans rows the cells are empty. End tags of rows and cells may be left out. Tables inside tables are not read.
    """
    if "<" not in text:
        return []
    return [_table(text, plain, match) for match in _TABLE.finditer(text)]


def without_html_tables(text: str, plain: str) -> str:
    """Give `plain` with what stands between <table> and </table> blanked."""
    out = plain
    for match in _TABLE.finditer(text) if "<" in text else ():
        blank = re.sub(r"[^\n]", " ", out[match.start() : match.end()])
        out = out[: match.start()] + blank + out[match.end() :]
    return out


def _table(text: str, plain: str, match: re.Match[str]) -> HtmlTable:
    written: list[list[_Piece]] = []
    caption: Cell | None = None
    in_head = False
    tags = list(_TAG.finditer(text, match.start("inside"), match.end("inside")))
    for k, tag in enumerate(tags):
        name, stop = tag["name"].lower(), tags[k + 1].start() if k + 1 < len(tags) else match.end("inside")
        if name == "thead":
            in_head = not tag["close"]
        if tag["close"]:
            continue
        if name == "tr":
            written.append([])
        elif name == "caption":
            caption, _ = _cell(plain, tag.end(), stop)
        elif name in ("td", "th"):
            spans = {m["which"].lower(): max(1, int(m["by"])) for m in _SPAN.finditer(tag["attributes"])}
            cell, lead = _cell(plain, tag.end(), stop)
            written = written or [[]]
            written[-1].append(_Piece(cell, in_head or name == "th", spans.get("col", 1), spans.get("row", 1), lead))
    written = [row for row in written if row]
    heads = next((k for k, row in enumerate(written) if not all(piece.head for piece in row)), 0)
    rows = _laid(written)
    for upper, lower in zip(reversed(rows[: heads - 1]), reversed(rows[1:heads]), strict=False):
        for column in range(1, min(len(upper), len(lower))):  # an empty head spans nothing: the one below reaches up
            upper[column] = upper[column] if upper[column].text else lower[column]
    kept = [k for k, row in enumerate(rows) if any(cell.text for cell in row)]
    return HtmlTable(
        [rows[k] for k in kept], [written[k][0].lead for k in kept], caption, sum(k < heads for k in kept) or None,
        match.start(), match.end(),
    )  # fmt: skip


def _laid(written: list[list[_Piece]]) -> list[list[Cell]]:
    """Give every row its columns: a span stands in several, and leaves empty cells in the rows it hangs into."""
    rows: list[list[Cell]] = []
    hanging: dict[int, int] = {}
    for pieces in written:
        row: list[Cell] = []
        hung: dict[int, int] = {}
        for piece in pieces:
            empty = Cell("", piece.cell.start, piece.cell.start)
            while hanging.get(len(row), 0):
                row.append(empty)
            for k in range(piece.columns):
                hung[len(row)] = piece.rows - 1
                row.append(piece.cell if k == 0 or piece.head else empty)
        while hanging.get(len(row), 0):
            row.append(Cell("", row[-1].end, row[-1].end))
        rows.append(row)
        hanging = {column: left - 1 for column, left in hanging.items() if left} | hung
    return rows


def _cell(plain: str, start: int, end: int) -> tuple[Cell, int]:
    """Give what stands between two tags, and how many spaces lead it."""
    inside = plain[start:end]
    words = inside.strip()
    lead = len(inside) - len(inside.lstrip())
    at = start + (lead if words else 0)
    return Cell(words, at, at + len(words)), 0 if "\n" in inside[:lead] else lead
