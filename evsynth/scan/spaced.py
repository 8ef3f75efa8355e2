"""Tables whose columns are parted by one space only, as text pasted from a PDF gives them, below a caption.

    Table 1. Site of fracture (N = 250)
    Site n %
    Distal radius 91 36.4

What the rows print shows the number of columns; the words of the head are shared out among them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from evsynth.scan.grids import CAPTION, Line
from evsynth.scan.parts import Cell
from evsynth.text.expressions import Expression

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?"
_RESULT = (
    rf"(?:{_NUMBER}(?:/\d+)?(?:\s?[(\[][^()\[\]]{{1,24}}[)\]]|\s?±\s?\d+(?:\.\d+)?|\s(?:to|-)\s{_NUMBER}|-{_NUMBER})?|"
    rf"[(\[]{_NUMBER}\s?(?:-|to|,|;)\s?{_NUMBER}[)\]]|[<>=≤≥]\s?0?\.\d+|-+|NS|NA|n/a|\.\d+)[*†‡]?"
)
_TAIL = Expression(rf"(?P<tail>(?:(?<=\s){_RESULT}(?=\s|$)\s*)+)$")
_ONE = Expression(rf"(?<!\S){_RESULT}(?=\s|$)")
_PIECE = Expression(
    r"(?:[nN]o\. of |[nN]umber of |95\s?% )?[^\s(\[,]+"
    r"(?:,\s(?:n|%|mean|median|years|no\.|mg|mm|cm|kg|g|days?)(?![\w]))*"
    r"(?:\s?[(\[][^()\[\]]*[)\]])*,?"
)
LEAST = 3
"""Least number of rows with results."""


class SpacedTable(NamedTuple):
    """One table: its lines (without `last`), its rows of cells, and the rows of its head."""

    first: int
    last: int
    rows: list[list[Cell]]
    heads: int


def spaced_tables(lines: list[Line]) -> list[SpacedTable]:
    """Find the tables: a caption, one line of heads, and three rows or more that end in as many results each."""
    found = []
    for i, line in enumerate(lines[:-LEAST]):
        if not CAPTION.match(line.text) or len(line.text) > 300:
            continue
        k = i + 1
        while k < len(lines) and not lines[k].text.strip():
            k += 1
        made = _made(lines, k)
        if made is not None:
            found.append(made)
    return found


def _made(lines: list[Line], first: int) -> SpacedTable | None:
    body: list[tuple[Line, list[re.Match[str]]]] = []
    last = first + 1
    blank = 0
    for k in range(first + 1, len(lines)):
        text = lines[k].text
        if not text.strip():
            blank += 1
            if blank > 1:
                break
            continue
        tail = _results(text)
        if not tail or "\t" in text or "|" in text or "  " in text.strip() or len(text) > 140:
            break
        body.append((lines[k], tail))
        last, blank = k + 1, 0
    if len(body) < LEAST:
        return None
    counts = Counter(len(tail) for _, tail in body)
    width = max(counts, key=lambda n: (counts[n], n))
    if counts[width] < LEAST or counts[width] * 3 < len(body) * 2 or any(len(tail) < width for _, tail in body):
        return None
    heads = _heads(lines[first], width)
    if heads is None:
        return None
    rows = [heads]
    for line, tail in body:
        kept = tail[len(tail) - width :]
        label = line.text[: kept[0].start()].rstrip()
        lead = len(label) - len(label.lstrip())
        if not re.search(r"[A-Za-z]|^\s*[<>≤≥]?\s?\d", label):
            return None
        cells = [Cell(label.strip(), line.start + lead, line.start + len(label))]
        rows.append([*cells, *(Cell(m[0], line.start + m.start(), line.start + m.end()) for m in kept)])
    return SpacedTable(first, last, rows, 1)


def _results(text: str) -> list[re.Match[str]]:
    tail = _TAIL.search(text)
    return list(_ONE.finditer(text, tail.start("tail"))) if tail else []


def _heads(line: Line, width: int) -> list[Cell] | None:
    """Share the words of a head out: the last `width` pieces are columns, what stands before is the head of labels."""
    if _results(line.text) or line.text.rstrip().endswith((".", ";", ":")) or len(line.text) > 160:
        return None
    pieces = list(_PIECE.finditer(line.text))
    if len(pieces) < width or len(pieces) > 3 * width + 6:
        return None
    spans = [[m.start(), m.end()] for m in pieces]
    while len(spans) > width + 1:
        joined = _weakest(line.text, spans, width)
        spans[joined : joined + 2] = [[spans[joined][0], spans[joined + 1][1]]]
    if len(spans) == width:
        spans.insert(0, [0, 0])
    return [Cell(line.text[a:b].strip(), line.start + a, line.start + b) for a, b in spans]


def _weakest(text: str, spans: list[list[int]], width: int) -> int:
    """Give the piece that is joined with the next: one after which a small letter goes on, else the first."""
    for k in range(len(spans) - 1, 0, -1):
        words = text[spans[k][0] : spans[k][1]]
        before = text[spans[k - 1][0] : spans[k - 1][1]]
        if words[:1].islower() and len(words) > 2 and not before.endswith(","):
            return k - 1
    return 0


__all__ = ["SpacedTable", "spaced_tables"]
