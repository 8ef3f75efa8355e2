"""Blocks of lines that are tables, tab-separated or Markdown, cut into cells with offsets; and captions above any."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.scan.columns import is_data
from evsynth.scan.parts import Cell, Phrase
from evsynth.text.expressions import Expression

NUMBER_OF_TABLE = (
    r"(?P<extra>(?:supplement(?:ary|al)?|suppl?\.?|appendix|extended data|additional|"
    r"online)[ ]+)?tab(?:le|\.)?[ ]*(?:no\.?[ ]*)?"
)
CAPTION = Expression(
    rf"[ \t>#*_]{{0,8}}{NUMBER_OF_TABLE}(?P<number>[A-Z]?[ -]?[0-9]{{1,2}}[A-Za-z]?|[IVX]{{1,4}})(?![0-9A-Za-z])"
    r"[ ]*(?P<after>[.:|*)_–—-]*)", re.IGNORECASE
)  # fmt: skip
_RULE = Expression(r"^[\s|:+=-]*-{2,}[\s|:+=-]*$")


class Line(NamedTuple):
    """One line: its text without the break, and where it starts."""

    text: str
    start: int


class Grid(NamedTuple):
    """A block of rows of cells; `caption` stands in it or above it; `rule` counts the rows above |---|."""

    rows: list[list[Cell]]
    indents: list[int]
    caption: Phrase | None
    number: str
    rule: int | None
    start: int
    end: int


def lines(plain: str) -> list[Line]:
    """Cut a text into lines with offsets."""
    result, position = [], 0
    for text in plain.split("\n"):
        result.append(Line(text, position))
        position += len(text) + 1
    return result


def grids(plain: str) -> list[Grid]:
    """Find all tables of a text, in order."""
    all_lines = lines(plain)
    found: list[Grid] = []
    i = 0
    while i < len(all_lines):
        kind = _kind(all_lines, i)
        if kind is None:
            i += 1
            continue
        j = _block_end(all_lines, i, kind)
        block = all_lines[i:j]
        ruled = [line for line in block if _RULE.match(line.text)]
        filled = [line for line in block if line.text.strip() and line not in ruled]
        bars = [line.text.count("|") for line in filled if "|" in line.text]
        alike = all(line.text.strip().startswith("|") for line in filled) or len(set(bars)) == 1
        if len(filled) >= 2 and (kind == "\t" or ruled or alike):
            found.append(_grid(all_lines, i, block, kind))
        i = max(j, i + 1)
    return found


def _kind(all_lines: list[Line], i: int) -> str | None:
    text = all_lines[i].text
    if "\t" in text.strip("\t \n") or (text.startswith("\t") and text.strip()):
        return "\t"
    if "|" not in text.strip():
        return None
    below = all_lines[min(i + 1, len(all_lines) - 1)].text
    if text.count("|") >= 2 and (text.strip().startswith("|") or _RULE.match(below)):
        return "|"
    if _RULE.match(below) and "|" in below:
        return "|"
    return "|" if _bare_pipes(all_lines, i) else None


def _bare_pipes(all_lines: list[Line], i: int) -> bool:
    """Say whether a line begins a table whose cells are parted by pipes only: three lines alike, two with results."""
    width = all_lines[i].text.count("|")
    block: list[str] = []
    for line in all_lines[i : i + 6]:
        if line.text.count("|") != width or CAPTION.match(line.text):
            break
        block.append(line.text)
    results = [any(is_data(cell) for cell in text.split("|")[1:]) for text in block]
    return len(block) >= 3 and sum(results) >= 2


def _block_end(all_lines: list[Line], i: int, kind: str) -> int:
    j = i + 1
    while j < len(all_lines):
        text = all_lines[j].text
        if kind in text and text.strip():
            if CAPTION.match(text.split(kind)[0]) and kind == "\t" and text.split(kind)[0].strip():
                break
            j += 1
            continue
        near = range(j, min(j + 3, len(all_lines)))
        ahead = next((k for k in near if kind in all_lines[k].text and all_lines[k].text.strip()), None)
        between = [line.text for line in all_lines[j:ahead]] if ahead is not None else []
        if ahead is None or CAPTION.match(all_lines[ahead].text) or not all(_inside(text, kind) for text in between):
            break
        if any(not text.strip() for text in between) and not _same_width(
            all_lines[j - 1].text, all_lines[ahead].text, kind
        ):
            break
        j = ahead
    return j


def _inside(text: str, kind: str) -> bool:
    """Say whether a line without separators can stand inside a table: blank, a sub-heading, or a wrapped cell."""
    words = text.strip()
    return not words or (
        len(words) <= 120 and not words.endswith((".", ";")) and not CAPTION.match(text) and words[0] != "#"
    )


def _same_width(one: str, other: str, kind: str) -> bool:
    return abs(one.count(kind) - other.count(kind)) <= 1 and one.count(kind) > 0


def _grid(all_lines: list[Line], i: int, block: list[Line], kind: str) -> Grid:
    rows: list[list[Cell]] = []
    indents: list[int] = []
    rule = None
    for line in block:
        if _RULE.match(line.text):
            rule = len(rows) if rule is None and rows else rule
            continue
        if not line.text.strip():
            continue
        cells, indent = _cells(line, kind)
        if rows and _goes_on(rows[-1], cells, line.text, kind):
            rows[-1] = _joined(rows[-1], cells)
            continue
        if rows and _label_goes_on(rows[-1], cells):
            label = next(cell for cell in rows[-1] if cell.text)
            rows[-1] = [Cell(f"{label.text} {cells[0].text}", label.start, cells[0].end), *cells[1:]]
            continue
        rows.append(cells)
        indents.append(indent)
    caption, number = None, ""
    match = CAPTION.match(rows[0][0].text) if rows[0] else None
    if match:
        first = rows[0][0]
        caption, number = Phrase(_folded(first.text), first.start, first.end), _number(match)
        rest = [cell for cell in rows[0][1:] if cell.text]
        if rest:
            body = [row for row in rows[1:] if row]
            led = sum(not row[0].text for row in body)
            shifted = len(body) > 0 and led * 2 > len(body)
            width = max((sum(1 for c in row if c.text) for row in body), default=0)
            short = not shifted and len(rows[0]) - 1 < width  # the label column has no head of its own
            rows[0] = [Cell("", first.end, first.end), *rows[0][1:]] if short else rows[0][1:]
            rows[1:] = [row[1:] if shifted and row and not row[0].text else row for row in rows[1:]]
        else:
            del rows[0], indents[0]
    elif rows and all(not row[0].text for row in rows if row):
        rows = [row[1:] for row in rows]
    if caption is None:
        caption, number = caption_above(all_lines, i)
    if caption is not None and len(rows) < len(indents):
        indents = indents[-len(rows) :]
    _drop_empty_tail(rows)
    last = block[-1]
    start = caption.start if caption else block[0].start
    return Grid(rows, indents, caption, number, rule, min(start, block[0].start), last.start + len(last.text))


def _cells(line: Line, kind: str) -> tuple[list[Cell], int]:
    text, offset = line.text, line.start
    if kind == "|":
        inner = text.rstrip()
        lead = len(inner) - len(inner.lstrip())
        if inner[lead : lead + 1] == "|":
            lead += 1
        if inner.endswith("|"):
            inner = inner[:-1]
        text, offset = inner[lead:], offset + lead
    cells, position = [], 0
    for part in text.split(kind):
        stripped = part.strip()
        start = offset + position + (len(part) - len(part.lstrip()) if stripped else 0)
        cells.append(Cell(stripped, start, start + len(stripped)))
        position += len(part) + 1
    label = next((part for part in text.split(kind) if part.strip()), "")
    return cells, len(label) - len(label.lstrip(" "))


def _goes_on(before: list[Cell], cells: list[Cell], text: str, kind: str) -> bool:
    """Say whether a line without separators is the rest of the cell before it: an open bracket, or lower-case words."""
    if kind in text.strip(" "):
        last = next((c for c in reversed(before) if c.text), None)
        return False if last is None else kind not in text.strip() and last.text.count("(") > last.text.count(")")
    last = next((c for c in reversed(before) if c.text), None)
    if last is None:
        return False
    opened = last.text.count("(") > last.text.count(")")
    return opened or (text.strip()[:1].islower() and len([c for c in before if c.text]) == 1)


def _label_goes_on(before: list[Cell], cells: list[Cell]) -> bool:
    """Say whether a line holds only the first half of the label of the row that follows it."""
    alone = [cell.text for cell in before if cell.text]
    if len(alone) != 1 or not cells or not cells[0].text[:1].islower() or not any(cell.text for cell in cells[1:]):
        return False
    return bool(re.search(r"(?:[/,-]|\b(?:and|or|of|with|the|in|to|for|by|on|from|at|non|than))$", alone[0]))


def _joined(before: list[Cell], cells: list[Cell]) -> list[Cell]:
    index = max(i for i, cell in enumerate(before) if cell.text)
    first, rest = before[index], next(cell for cell in cells if cell.text)
    return [*before[:index], Cell(f"{first.text} {rest.text}", first.start, rest.end), *before[index + 1 :]]


def caption_in(words: str, start: int) -> tuple[Phrase, str]:
    """Give a caption that stands at `start`, and the number of its table ("" where it has none)."""
    match = CAPTION.match(words)
    return Phrase(_folded(words), start, start + len(words)), _number(match) if match else ""


def caption_above(all_lines: list[Line], i: int) -> tuple[Phrase | None, str]:
    """Find the caption in the three filled lines above a block; the lines from it to the block are the caption."""
    filled = 0
    for k in range(i - 1, max(-1, i - 8), -1):
        text = all_lines[k].text
        if not text.strip():
            continue
        match = CAPTION.match(text)
        if match and (
            match["after"]
            or not re.match(r"\s+(?:and|shows?|lists?|presents?|summari[sz]es|gives)\b", text[match.end() :])
        ):
            said = [line for line in all_lines[k:i] if line.text.strip() and not _RULE.match(line.text)]
            end = said[-1].start + len(said[-1].text.rstrip())
            start = all_lines[k].start + len(text) - len(text.lstrip())
            words = " ".join(line.text for line in said)
            return Phrase(_folded(words), start, end), _number(match)
        filled += 1
        if filled >= 3 or "\t" in text or len(text) > 400:
            break
    return None, ""


def _drop_empty_tail(rows: list[list[Cell]]) -> None:
    while (width := max(map(len, rows), default=0)) > 1:
        if any(len(row) == width and row[-1].text for row in rows):
            break
        for row in rows:
            if len(row) == width:
                row.pop()


def _number(match: re.Match[str]) -> str:
    number = match["number"].strip(" -")
    return f"S{number}" if match["extra"] and number[0] not in "Ss" else number


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" #*_")
