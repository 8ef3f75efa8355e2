"""Tables of a document: captions, columns, rows under their parents, notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from evsynth.model.printed import Printed
from evsynth.scan.columns import columns, header_rows
from evsynth.scan.grids import CAPTION, Grid, grids
from evsynth.scan.labels import form_of, size_of, stem_of, unit_of
from evsynth.scan.parts import Cell, Column, Figure, Form, Phrase, Row, Section, Table

_NOTE = re.compile(
    r"^\s*(?:[*†‡§#¶]|(?-i:[a-e¹²³]\s?[A-Z])|notes?\b|abbreviations?\b|(?:data|values?|variables?|results|"
    r"continuous|categorical)\b.{0,60}"
    r"(?:are|were|is|expressed|presented|shown|given)|p[- ]?values?\b|statistic|bold|the dependent|n\.?s\.?[,:=]|"
    r"(?-i:[A-Za-z][A-Za-z0-9+/-]{1,11}[,:=] [a-z][a-z -]{3,60}\.?$))",
    re.IGNORECASE,
)
_VALUES = re.compile(
    r"\b(?:values?|data|numbers|results) (?:are|is|in parentheses|in brackets|represent|shown)\b|"
    r"unless (?:otherwise )?(?:stated|indicated|noted)|denotes?\b",
    re.IGNORECASE,
)
_NUMBER_LABEL = re.compile(
    r"(?:grade |class |stage |score |type )?[<>≤≥]?\s?(?:[0-9]{1,4}|[IVX]{1,4})[a-c]?(?:\s?[-+]\s?[0-9]{0,4})?"
    r"(?:[,:]?\s*\(?(?:n|no\.?)?\s?\(?%?\)?)?",
    re.IGNORECASE,
)
"""A label that is only a number or level: it belongs to the last row with a label in words."""
_SIZE_ROW = re.compile(
    r"^(?:n|no\.?|no\.? of (?:patients|subjects|cases)|number of (?:patients|subjects|cases)|(?:patients|"
    r"subjects),? n\.?|total(?: patients)?|sample size)$",
    re.IGNORECASE,
)


def tables(plain: str, sections: Sequence[Section]) -> tuple[Table, ...]:
    """Find the tables of a text without markup."""
    found: list[Table] = []
    for grid in grids(plain):
        if grid.rows and max(map(len, grid.rows)) >= 2:
            section = next((s.index for s in reversed(sections) if s.start <= grid.start), 0)
            found.append(_table(len(found), grid, plain, section))
    return tuple(found)


def _table(index: int, grid: Grid, plain: str, section: int) -> Table:
    rows = grid.rows
    count = header_rows(rows, grid.rule)
    body = rows[count:]
    widths = Counter(len(row) for row in body if sum(1 for c in row if c.text) > 1)
    width = max(max(widths, default=1), len(rows[0]) if count else 1) if len(widths) < 2 else max(widths)
    made = columns(rows, count, width, plain)
    laid = _rows(body, grid.indents[count:] or [0] * len(body), width)
    made = _sizes_from_rows(made, laid)
    notes, end = _notes(plain, grid.end)
    caption = grid.caption
    n = size_of(plain[caption.start : caption.end], caption.start) if caption else None
    if n is None and made and made[0].n is not None:
        n = made[0].n
    header = tuple(tuple(row) for row in rows[:count])
    return Table(index, grid.number, caption, header, made, laid, notes, n, grid.start, end, section)


def _sizes_from_rows(made: tuple[Column, ...], laid: tuple[Row, ...]) -> tuple[Column, ...]:
    for row in laid[:2]:
        if _SIZE_ROW.match(row.label.text.strip(" :,")) and not any(c.n for c in made[1:]):
            return tuple(
                replace(c, n=_whole(row.cells[c.index])) if 0 < c.index < len(row.cells) and c.statistic is None else c
                for c in made
            )
    return made


def _whole(cell: Cell) -> Figure | None:
    match = re.match(r"[0-9][0-9,]*$", cell.text)
    return Figure("count", Printed.parse(match[0]), cell.start, cell.end) if match else None


def _rows(body: list[list[Cell]], indents: list[int], width: int) -> tuple[Row, ...]:
    made: list[Row] = []
    indented = len({i for i, row in zip(indents, body, strict=False) if row and row[0].text}) > 1
    heading: int | None = None
    for i, cells in enumerate(body):
        label = cells[0] if cells else Cell("", 0, 0)
        words = re.sub(r"\s+", " ", label.text)
        own = form_of(words)
        bare = all(not cell.text for cell in cells[1:])
        level = indents[i] if i < len(indents) else 0
        near = [indents[k] if k < len(indents) else 0 for k in (i - 1, i + 1) if 0 <= k < len(body)]
        parent = _parent(made, words, own, bare, level, heading, indented, level in near)
        above: Form | None = made[parent].form if parent is not None else None
        unit = unit_of(words) or (made[parent].unit if parent is not None and made[parent].bare else None)
        phrase = Phrase(words, label.start, label.end)
        row = Row(i, phrase, stem_of(words), own or above, unit, parent, level, tuple(cells[:width]))
        made.append(row)
        if bare:
            heading = i
    return tuple(made)


def _parent(
    made: list[Row],
    words: str,
    own: Form | None,
    bare: bool,
    level: int,
    heading: int | None,
    indented: bool,
    several: bool,
) -> int | None:
    if not made:
        return None
    if _NUMBER_LABEL.fullmatch(words) and not bare:
        for row in reversed(made):
            if not _NUMBER_LABEL.fullmatch(row.label.text):
                return row.index
    if indented and level >= 2:
        for row in reversed(made):
            if row.level <= level - 2:
                return row.index if row.bare or several else None
    if bare or heading is None:
        return None
    if own is not None and made[heading].form is not None:
        return None  # a row with a form of its own is no child of a heading with one
    if made[heading].form is not None and any(r.index > heading and r.parent is None for r in made):
        return None
    return heading


def _notes(plain: str, end: int) -> tuple[tuple[Phrase, ...], int]:
    """Find the notes under a table: the first paragraphs after it that read like notes."""
    found: list[Phrase] = []
    position = end
    for match in re.finditer(r"[^\n]+", plain[end : end + 6000]):
        text = match[0].strip()
        if not text:
            continue
        gap = plain[position : end + match.start()].count("\n")
        if (
            gap > 4
            or CAPTION.match(text)
            or text.startswith("#")
            or "\t" in text
            or not (_NOTE.match(text) or _glossary(text) or _VALUES.search(text[:160]))
        ):
            break
        start = end + match.start() + len(match[0]) - len(match[0].lstrip())
        found.append(Phrase(re.sub(r"\s+", " ", text), start, start + len(text)))
        position = end + match.end()
        if len(found) >= 6:
            break
    return tuple(found), found[-1].end if found else end


def _glossary(text: str) -> bool:
    """Say whether a line is a list of abbreviations: "CI, confidence interval; HR, hazard ratio"."""
    return (
        len(re.findall(r"(?:^|; ?)[A-Za-z0-9.+/ -]{1,24}[,:=] ", text)) >= 2 and text.count(";") * 60 >= len(text) - 60
    )
