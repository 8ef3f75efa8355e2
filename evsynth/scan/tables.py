"""Tables of a document: captions, columns, rows under their parents, notes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from evsynth.model.printed import Printed
from evsynth.scan.aligned import aligned_tables
from evsynth.scan.columns import columns, header_rows
from evsynth.scan.grids import CAPTION, Grid, Line, caption_above, caption_in, grids, lines
from evsynth.scan.html_tables import html_tables
from evsynth.scan.label_columns import marked, second_labels, with_second
from evsynth.scan.labels import caption_size, form_of, stem_of, unit_of
from evsynth.scan.parts import Cell, Column, Figure, Form, Phrase, Row, Section, Table
from evsynth.scan.spaced import spaced_tables
from evsynth.text.expressions import Expression

_NOTE = Expression(
    r"^\s*(?:[*†‡§#¶]|(?-i:[a-e¹²³]\s?[A-Z])|notes?\b|abbreviations?\b|(?:data|values?|variables?|results|"
    r"continuous|categorical)\b.{0,60}"
    r"(?:are|were|is|expressed|presented|shown|given)|p[- ]?values?\b|statistic|bold|the dependent|n\.?s\.?[,:=]|"
    r"(?-i:[A-Za-z][A-Za-z0-9+/-]{1,11}[,:=] [a-z][a-z -]{3,60}\.?$))",
    re.IGNORECASE,
)
_VALUES = Expression(
    r"\b(?:values?|data|numbers|results) (?:are|is|in parentheses|in brackets|represent|shown)\b|"
    r"unless (?:otherwise )?(?:stated|indicated|noted)|denotes?\b",
    re.IGNORECASE,
)
_NUMBER_LABEL = Expression(
    r"(?:grade |class |stage |score |type )?[<>≤≥]?\s?(?:[0-9]{1,4}|[IVX]{1,4})[a-c]?(?:\s?[-+]\s?[0-9]{0,4})?"
    r"(?:[,:]?\s*\(?(?:n|no\.?)?\s?\(?%?\)?)?",
    re.IGNORECASE,
)
"""A label that is only a number or level: it belongs to the last row with a label in words."""
_SIZE_ROW = Expression(
    r"^(?:n|no\.?|no\.? of (?:patients|subjects|cases)|number of (?:patients|subjects|cases)|(?:patients|"
    r"subjects),? n\.?|total(?: patients)?|sample size)$",
    re.IGNORECASE,
)


def tables(plain: str, sections: Sequence[Section], text: str) -> tuple[Table, ...]:
    """Find the tables of a text: HTML, tabs, pipes, aligned by spaces, one space. `plain` has no markup."""
    found = _in_html(text, plain)
    rest = _blanked(plain, found)
    parted = grids(rest)
    rest = _blanked(rest, parted)
    aligned = _aligned(text, rest)
    rest = _blanked(rest, aligned)
    every = sorted([*found, *parted, *aligned, *_spaced(rest)], key=lambda grid: grid.start)
    starts = [section.start for section in sections]
    made: list[Table] = []
    for grid in every:
        if grid.rows and max(map(len, grid.rows)) >= 2 and (not made or made[-1].end <= grid.end):
            section = sections[max(0, bisect_right(starts, grid.start) - 1)].index if sections else 0
            made.append(_table(len(made), grid, plain, section))
    return tuple(made)


def _blanked(plain: str, found: Sequence[Grid]) -> str:
    """Give a text with the grids blanked, captions too."""
    pieces, position = [], 0
    for grid in found:
        pieces += [plain[position : grid.start], re.sub(r"[^\n]", " ", plain[max(position, grid.start) : grid.end])]
        position = max(position, grid.end)
    return "".join([*pieces, plain[position:]])


def _in_html(text: str, plain: str) -> list[Grid]:
    found = []
    all_lines: list[Line] = []
    for table in html_tables(text, plain):
        all_lines = all_lines or lines(plain)
        if table.caption is not None and table.caption.text:
            caption, number = caption_in(table.caption.text, table.caption.start)
        else:
            above = bisect_right([line.start for line in all_lines], table.start) - 1
            found_above, number = caption_above(all_lines, above)
            if found_above is None:
                found.append(Grid(table.rows, table.indents, None, "", table.heads, table.start, table.end))
                continue
            caption = found_above
        start = min(caption.start, table.start)
        found.append(Grid(table.rows, table.indents, caption, number, table.heads, start, table.end))
    return found


def _aligned(text: str, plain: str) -> list[Grid]:
    all_lines = lines(plain)
    found = []
    for table in aligned_tables(text, plain):
        start, last = all_lines[table.first].start, all_lines[table.last - 1]
        caption, number = caption_above(all_lines, table.first)
        heads = table.heads or None
        top = min(caption.start, start) if caption else start
        found.append(Grid(table.rows, table.indents, caption, number, heads, top, last.start + len(last.text)))
    return found


def _spaced(plain: str) -> list[Grid]:
    all_lines = lines(plain)
    found = []
    for table in spaced_tables(all_lines):
        start, last = all_lines[table.first].start, all_lines[table.last - 1]
        caption, number = caption_above(all_lines, table.first)
        top = min(caption.start, start) if caption else start
        end = last.start + len(last.text)
        found.append(Grid(table.rows, [0] * len(table.rows), caption, number, table.heads, top, end))
    return found


def _table(index: int, grid: Grid, plain: str, section: int) -> Table:
    rows = grid.rows
    count = header_rows(rows, grid.rule)
    body = rows[count:]
    widths = Counter(len(row) for row in body if sum(1 for c in row if c.text) > 1)
    width = max(max(widths, default=1), len(rows[0]) if count else 1) if len(widths) < 2 else max(widths)
    made = columns(rows, count, width, plain)
    twice = second_labels(made, body)
    made = marked(made) if twice else made
    laid = _rows(body, grid.indents[count:] or [0] * len(body), width, twice)
    made = _sizes_from_rows(made, laid)
    notes, end = _notes(plain, grid.end)
    caption = grid.caption
    n = caption_size(plain[caption.start : caption.end], caption.start) if caption else None
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


class _Above:
    """What the rows read so far say about the next: its parent is found without going through them again."""

    def __init__(self) -> None:
        self.heading: int | None = None
        self.words: int | None = None
        self.orphan = False
        self._inside, self._level = False, 0
        self._open: list[Row] = []

    def outer(self, level: int) -> Row | None:
        """Give the last row that stands at least two spaces further out."""
        index = bisect_right(self._open, level - 2, key=lambda row: row.level)
        return self._open[index - 1] if index else None

    def take(self, row: Row, *, bare: bool) -> None:
        """Remember a row; those further in, or as far, are no parents any more."""
        while self._open and self._open[-1].level >= row.level:
            self._open.pop()
        self._open.append(row)
        if not _NUMBER_LABEL.fullmatch(row.label.text):
            self.words = row.index
        if bare:
            self.heading, self.orphan, self._inside, self._level = row.index, False, False, row.level
        elif row.parent is None:
            self.orphan = True
        self._inside = self._inside or (self.heading is not None and row.level > self._level + 1)

    def left(self, level: int) -> bool:
        """Say whether a row stands as far out as the last heading, after rows that were set in under it."""
        return self._inside and level <= self._level


def _rows(body: list[list[Cell]], indents: list[int], width: int, twice: bool) -> tuple[Row, ...]:
    """Give the rows under their parents; `twice` says that the second cells are labels too."""
    made: list[Row] = []
    first = ""
    indented = len({i for i, row in zip(indents, body, strict=False) if row and row[0].text}) > 1
    above = _Above()
    for i, line in enumerate(body):
        label, cells = (line[0] if line else Cell("", 0, 0)), line
        if twice:
            label, cells, first = with_second(line, first)
        words = re.sub(r"\s+", " ", label.text)
        own = form_of(words)
        bare = all(not cell.text for cell in cells[1:])
        level = indents[i] if i < len(indents) else 0
        near = [indents[k] if k < len(indents) else 0 for k in (i - 1, i + 1) if 0 <= k < len(body)]
        outer = above.outer(level)
        parent = _parent(made, words, own, bare, level, above, outer if indented else None, level in near)
        over: Form | None = made[parent].form if parent is not None else None
        unit = unit_of(words) or (made[parent].unit if parent is not None and made[parent].bare else None)
        phrase = Phrase(words, label.start, label.end)
        row = Row(i, phrase, stem_of(words), own or over, unit, parent, level, tuple(cells[:width]))
        made.append(row)
        above.take(row, bare=bare)
    return tuple(made)


def _parent(
    made: list[Row],
    words: str,
    own: Form | None,
    bare: bool,
    level: int,
    above: _Above,
    outer: Row | None,
    several: bool,
) -> int | None:
    heading = above.heading
    if not made:
        return None
    if above.words is not None and not bare and _NUMBER_LABEL.fullmatch(words):
        return above.words
    if level >= 2 and outer is not None:
        return outer.index if outer.bare or several else None
    if bare or heading is None or above.left(level):
        return None
    if own is not None and made[heading].form is not None:
        return None  # a row with a form of its own is no child of a heading with one
    if made[heading].form is not None and above.orphan:
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
