"""Tables whose columns are parted by two or more spaces, as a PDF gives them."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from evsynth.scan.columns import is_data
from evsynth.scan.grids import CAPTION
from evsynth.scan.labels import statistic_of
from evsynth.scan.parts import Cell
from evsynth.text.expressions import Expression

_PIECE = Expression(r"[^ \n]+(?: [^ \n]+)*")
_STRONG = Expression(r"[(±%]|\[")
_RULE = Expression(r"[\s=_+-]*[=_-]{3,}[\s=_+-]*")
_BROKEN = Expression(r"(?:[/,-]|\b(?:and|or|of|with|the|in|to|for|by|on|from|at|non|than))$")
_LONGEST_CELL, _LONGEST_LABEL = 45, 100
_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " ")
)


class AlignedTable(NamedTuple):
    """One table: its lines (without `last`), its rows of cells, spaces before each label, and rows of its head."""

    first: int
    last: int
    rows: list[list[Cell]]
    indents: list[int]
    heads: int


class _Line(NamedTuple):
    """One line: its pieces as cells, where it starts, and how many spaces lead it."""

    pieces: list[Cell]
    start: int
    indent: int


def aligned_tables(text: str, plain: str) -> list[AlignedTable]:
    """Find the tables. Gaps are looked for in `text`, as markup leaves gaps in `plain`; cells hold what `plain` has.

    Two lines at least must print results in columns, and half of what stands in their columns must be results. One
    column of results is a table only if most of them are more than a bare number (a list of contents has page numbers).
    """
    lines = _lines(text, plain)
    found: list[AlignedTable] = []
    i = 0
    while i < len(lines):
        if len(lines[i].pieces) < 2:
            i += 1
            continue
        j = _end(lines, i)
        made = _made(lines, i, j)
        if made is not None:
            found.append(made)
        i = max(j, i + 1)
    return found


def _lines(text: str, plain: str) -> list[_Line]:
    result, position = [], 0
    for line in text.translate(_SPACES).split("\n"):
        shown = plain[position : position + len(line)]
        pieces = []
        if (
            "  " in line.strip()
            and not CAPTION.match(shown)
            and "\t" not in shown
            and "|" not in shown
            and shown.strip()
        ):
            for match in _PIECE.finditer(line):
                words = shown[match.start() : match.end()]
                bare = words.strip()
                if bare:
                    at = position + match.start() + len(words) - len(words.lstrip())
                    pieces.append(Cell(bare, at, at + len(bare)))
        elif shown.strip():
            at = position + len(shown) - len(shown.lstrip())
            pieces = [Cell(shown.strip(), at, at + len(shown.strip()))]
        result.append(_Line(pieces, position, len(line) - len(line.lstrip(" "))))
        position += len(line) + 1
    return result


def _end(lines: list[_Line], i: int) -> int:
    """Find the line after the last that has columns; at most two lines without columns stand between two that have."""
    j = i + 1
    while j < len(lines):
        ahead = next((k for k in range(j, min(j + 3, len(lines))) if len(lines[k].pieces) > 1), None)
        if ahead is None:
            return j
        between = [line.pieces[0].text for line in lines[j:ahead] if line.pieces]
        if any(
            CAPTION.match(words) or len(words) > 60 or words.endswith((".", ";")) for words in between
        ) or ahead - j > 1 + len(between):
            return j
        j = ahead + 1
    return j


def _made(lines: list[_Line], first: int, last: int) -> AlignedTable | None:
    block = [
        line for line in lines[first:last] if line.pieces and not _RULE.fullmatch(" ".join(c.text for c in line.pieces))
    ]
    printed = [k for k, line in enumerate(block) if any(is_data(c.text) for c in line.pieces[1:])]
    results = [c.text for k in printed for c in block[k].pieces[1:]]
    if len(printed) < 2 or sum(map(is_data, results)) * 2 < len(results) or max(map(len, results)) > _LONGEST_CELL:
        return None
    if max(len(block[k].pieces[0].text) for k in printed) > _LONGEST_LABEL:
        return None
    counts = Counter(len(block[k].pieces) for k in printed)
    width = max(counts, key=lambda n: (counts[n], n))
    if width == 2 and sum(bool(_STRONG.search(words)) for words in results) * 2 < len(results):
        return None
    bands = _bands([block[k] for k in printed if len(block[k].pieces) == width], width)
    if any(one[1] > other[0] for one, other in pairwise(bands[1:])) and len(counts) > 1:
        return None
    heads = printed[0]
    while heads > 0 and len(block[heads - 1].pieces) == 1:
        heads -= 1
    rows: list[list[Cell]] = []
    indents: list[int] = []
    full = False
    for k, line in enumerate(block):
        if k < heads and not full and len(line.pieces) < width - 1:
            cells = _spread(line, block[k + 1], bands, width)
        else:
            cells = _laid(line, bands, width)
            full = full or k < heads
        if rows and len(rows) > heads and _goes_on(rows[-1], cells, indents[-1], line.indent):
            label = rows[-1][0]
            rows[-1][0] = Cell(f"{label.text} {cells[0].text}", label.start, cells[0].end)
            continue
        if rows and len(rows) > heads and not any(c.text for c in rows[-1][1:]) and _BROKEN.search(rows[-1][0].text):
            label = rows[-1][0]
            rows[-1] = [Cell(f"{label.text} {cells[0].text}", label.start, cells[0].end), *cells[1:]]
            continue
        rows.append(cells)
        indents.append(line.indent)
    return AlignedTable(first, last, rows, indents, heads)


def _bands(lines: list[_Line], width: int) -> list[tuple[int, int]]:
    """Give from where to where in a line each column reaches."""
    return [
        (min(x.pieces[k].start - x.start for x in lines), max(x.pieces[k].end - x.start for x in lines))
        for k in range(width)
    ]  # fmt: skip


def _laid(line: _Line, bands: list[tuple[int, int]], width: int) -> list[Cell]:
    """Lay the pieces of a line into the columns: in order if there is one for each, else each where it stands."""
    if len(line.pieces) == width:
        return list(line.pieces)
    end = line.pieces[-1].end
    cells = [Cell("", end, end)] * width
    taken = -1
    for piece in line.pieces:
        start, stop = piece.start - line.start, piece.end - line.start
        if taken < 0 and start < bands[1][0] and (start <= bands[0][1] or stop < bands[1][0]):
            nearest = 0
        else:
            nearest = min(range(1, width), key=lambda k: (_apart(start, stop, bands[k]), k))
        nearest = max(nearest, taken + 1)
        if nearest >= width:
            last = cells[width - 1]
            cells[width - 1] = Cell(
                f"{last.text} {piece.text}".strip(), last.start if last.text else piece.start, piece.end
            )
            continue
        cells[nearest] = piece
        taken = nearest
    return cells


def _spread(line: _Line, below: _Line, bands: list[tuple[int, int]], width: int) -> list[Cell]:
    """Lay heads over the columns they span: equal shares of those under them, if each head stands over its own.

    A column under none of them has its own head here too, so that it is not taken for a part of the head on its left.
    """
    inner = [
        cell
        for cell in line.pieces
        if cell.start - line.start >= bands[1][0] or cell.end - line.start > bands[0][1] + 2
    ]
    under = _laid(below, bands, width)
    names = [cell.text for cell in under]
    columns = [k for k in range(1, width) if statistic_of(names[k]) is None or names.count(names[k]) > 1]
    share, rest = divmod(len(columns), len(inner)) if inner else (0, 1)
    if share < 2 or rest:
        return _laid(line, bands, width)
    outer = [cell for cell in line.pieces if cell not in inner]
    end = line.pieces[-1].end
    cells = [outer[0] if outer else Cell("", end, end), *under[1:]]
    for k, cell in enumerate(inner):
        mine = columns[k * share : (k + 1) * share]
        middle = (cell.start + cell.end) / 2 - line.start
        if not bands[mine[0]][0] - 4 <= middle <= bands[mine[-1]][1] + 4:
            return _laid(line, bands, width)
        for column in mine:
            cells[column] = cell
    return cells


def _apart(start: int, stop: int, band: tuple[int, int]) -> float:
    """Give how far the middle of a piece lies from the middle of a column."""
    return abs((start + stop) / 2 - (band[0] + band[1]) / 2)


def _goes_on(before: list[Cell], cells: list[Cell], indent: int, own: int) -> bool:
    """Say whether a line holds only the rest of the label above it: lower-case words set further in."""
    return bool(
        not any(c.text for c in cells[1:])
        and cells[0].text[:1].islower()
        and own > indent
        and any(c.text for c in before[1:])
    )
