"""Which variable, which group, how many patients: what must be the same before two numbers are compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.reading import Reading
from evsynth.model.printed import Printed
from evsynth.scan.parts import Column, Figure, Table
from evsynth.scan.parts import Row as TableRow
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

SHORT = Expression(r"\b[A-Z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9]*\b")
"""A short name: FVC, KL-6, mRSS."""
_WORD = Expression(r"[a-z0-9]+(?:[-'][a-z0-9]+)*|[α-ω]+")
_EMPTY = frozenset(
    "a an the of in at on for with without to and or by from as was were is are than per no n % score scores "
    "value values "
    "level levels patient patients group groups median mean sd iqr ratio rate number total years year".split()
) - {"no", "without", "total", "ratio", "rate"}
_TIME = frozenset("h d hour day week month year min wk mo yr yrs hours days weeks months years baseline".split())
_MARK = Expression(r"[*†‡§#¶]|[¹²³](?=\s*$)|(?<=[\s)])[a-e]$|\^")
_OWN_SIZE = Expression(r"[(\[,;]\s*[nN]\s*=\s*[0-9]")
_MISSING = Expression(
    r"\b(?:(?<!\bno )(?<!\bnone )(?<!\bwithout )missing|available|not (?:done|measured|recorded|known|available|"
    r"assessed)|unknown|evaluable|n varies|"
    r"data (?:from|of|on) [0-9]+|denominators?|unless (?:otherwise )?(?:stated|indicated))\b",
    re.I,
)
_SEX = {"women": "female", "woman": "female", "men": "male", "man": "male", "girls": "female", "boys": "male"}
_VISIT = Expression(
    r"^(?:before|after|(?:pre|post)(?:-?(?:op\w*|treatment|test\w*|intervention\w*|therap\w+|surg\w+|train\w+|dos\w+|"
    r"transplant\w*|infusion|exercise|bronchodilator|partum|natal))?|t[0-9]|start|end|entry|inclusion|"
    r"baseline|initial|final|follow\w*|last|first|weeks?|months?|days?|years?|visits?|admission|discharge)\b|"
    r"\b(?:before|after) (?:treatment|therapy|surgery)\b|^(?:pre|post)-", re.I,
)  # fmt: skip
_DASH = Expression(r"\s*[-•·–]\s*\S")
_ALL = Expression(r"\b(?:all|total|overall|whole|entire|combined|cohort)\b", re.I)


class Line(NamedTuple):
    """One row of a table: its results by column, the printed P of the comparison, and the row it belongs under."""

    table: Table
    row: TableRow
    cells: tuple[Reported, ...]
    p: Reported | None

    @property
    def label(self) -> str:
        """The label with that of the row it belongs under."""
        parent = self.table.rows[self.row.parent].label.text if self.row.parent is not None else ""
        return f"{parent} {self.row.label.text}".strip()

    @property
    def name(self) -> str:
        """The label as it is called in a message."""
        return self.row.stem or self.row.label.text or "row"

    @property
    def marked(self) -> bool:
        """Whether the label has a footnote mark or a size of its own: the size of the column need not hold."""
        text = self.row.label.text
        return bool(_MARK.search(text) or _OWN_SIZE.search(text) or _MISSING.search(text))

    @property
    def whole(self) -> tuple[int, int]:
        """The offsets from the label to the last cell."""
        cells = [c for c in self.row.cells if c.text]
        return self.row.label.start, max((c.end for c in cells), default=self.row.label.end)


def table_lines(reading: Reading) -> tuple[Line, ...]:
    """Give the rows of all tables, in order; a row without results has no cells."""
    found: dict[tuple[int, int], list[Reported]] = {}
    for r in reading.reported:
        if r.spot.table is not None and r.spot.row is not None:
            found.setdefault((r.spot.table, r.spot.row), []).append(r)
    lines = []
    for table in reading.document.tables:
        for row in table.rows:
            items = sorted(found.get((table.index, row.index), ()), key=lambda r: (r.spot.column or 0, r.start))
            ps = [r for r in items if r.sort == "p"]
            cells = tuple(r for r in items if r.sort != "p")
            lines.append(Line(table, row, cells, ps[0] if len(ps) == 1 else None))
    return tuple(lines)


def children(lines: tuple[Line, ...], parent: Line) -> list[Line]:
    """Give the rows that belong under a heading row: as the document nests them, or by a dash before their label."""
    own = [x for x in lines if x.table == parent.table and x.row.index > parent.row.index]
    nested = [x for x in own if x.row.parent == parent.row.index]
    if nested or _DASH.match(parent.row.label.text):
        return nested
    dashed = []
    for line in own:
        if not _DASH.match(line.row.label.text):
            break
        dashed.append(line)
    return dashed


def column_of(reading: Reading, reported: Reported) -> Column | None:
    """Give the column of a result in a table."""
    if reported.spot.table is None or reported.spot.column is None:
        return None
    return reading.document.tables[reported.spot.table].columns[reported.spot.column]


class Size(NamedTuple):
    """How many patients a group has, and where that is printed (None where it follows from another table)."""

    patients: int
    figure: Figure | None


def size(reading: Reading, reported: Reported) -> Size | None:
    """Give the size of the group a table cell is about: of its column, of its table, or of the group elsewhere."""
    column = column_of(reading, reported)
    if column is None or reported.spot.table is None:
        return None
    table = reading.document.tables[reported.spot.table]
    if column.n is not None:
        return Size(int(column.n.printed.value), column.n)
    values = [c for c in table.columns[1:] if c.statistic is None]
    if any(c.n is not None for c in values):
        return None
    if table.n is not None and len({c.group.text for c in values if c.group}) <= 1:
        return Size(int(table.n.printed.value), table.n)
    if column.group is not None:
        return group_sizes(reading).get(group_key(column.group.text))
    return None


def group_sizes(reading: Reading) -> dict[str, Size]:
    """Give the size of each group that column heads print, where all tables agree on it."""
    found: dict[str, list[Figure]] = {}
    for table in reading.document.tables:
        for column in table.columns[1:]:
            if column.n is not None and column.group is not None:
                found.setdefault(group_key(column.group.text), []).append(column.n)
    agreed = {k: v for k, v in found.items() if k and len({f.printed.value for f in v}) == 1}
    return {k: Size(int(v[0].printed.value), v[0]) for k, v in agreed.items()}


def heads_of_all(reading: Reading) -> list[Figure] | None:
    """Give the sizes of the groups of the first table that prints several, where every table agrees with it."""
    found = None
    for table in reading.document.tables:
        parts = [
            c.n for c in table.columns[1:] if c.n is not None and c.statistic is None and c.group and not is_whole(c)
        ]
        if len({f.start for f in parts}) < 2 or len({f.start for f in parts}) != len(parts):
            continue
        if found is None:
            found = parts
        elif [f.printed.value for f in found] != [f.printed.value for f in parts]:
            return None
    return found


@lru_cache(maxsize=4096)
def group_key(words: str) -> str:
    """Give the words of a group in one form: "MSAs group" and "MSAs" are the same group."""
    kept = [w for w in _WORD.findall(words.lower()) if w not in {"group", "patients", "the", "arm", "events", "cohort"}]
    return " ".join(kept)


@lru_cache(maxsize=8192)
def key(words: str) -> frozenset[str]:
    """Give the words that carry the meaning of a label, plural and hyphen folded."""
    folded = _WORD.findall(words.lower().replace("-", " ").replace("haem", "hem").replace("oedema", "edema"))
    return frozenset(_singular(w) for w in folded if w not in _EMPTY)


@lru_cache(maxsize=8192)
def ordered(words: str) -> tuple[str, ...]:
    """Give the words that carry the meaning, in order, without numbers and units of time."""
    folded = _WORD.findall(words.lower().replace("-", " ").replace("haem", "hem").replace("oedema", "edema"))
    kept = tuple(_singular(w) for w in folded if w not in _EMPTY and w not in _TIME and not w.isdigit())
    return tuple(w for w in kept if w not in ("sex", "gender")) if {"male", "female"} & set(kept) else kept


def names(label: str, text: str) -> bool:
    """Say whether a sentence uses the words of a label one after the other."""
    wanted = ordered(label)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(ordered(text))} "


def _singular(word: str) -> str:
    word = _SEX.get(word, word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def missing_said(reading: Reading, table: Table) -> bool:
    """Say whether caption, notes or header of a table speak of missing data or of other denominators."""
    heads = [cell.text for row in table.header for cell in row]
    words = [p.text for p in (table.caption, *table.notes) if p is not None] + heads
    return any(_MISSING.search(text) for text in words)


def is_whole(column: Column | None) -> bool:
    """Say whether a column is about all patients together."""
    return column is not None and column.group is not None and bool(_ALL.search(column.group.text))


def own_groups(reading: Reading, line: Line) -> tuple[Reported, ...]:
    """Give the cells of a row that are about separate groups: not those of all patients, of a test, or of a change."""
    kept = []
    for cell in line.cells:
        column = column_of(reading, cell)
        if column is not None and column.statistic is None and not is_whole(column):
            kept.append(cell)
    groups = [c.group.text for c in kept if c.group is not None]
    times = {c.at.text if c.at is not None else "" for x in kept if (c := column_of(reading, x)) is not None}
    if len(set(groups)) != len(kept) or len(times) > 1 or any(_VISIT.search(g) for g in groups):
        return ()
    return tuple(kept)


def whole_number(printed: Printed) -> int | None:
    """Give a printed count as a number; None for bounds and decimals."""
    return int(printed.value) if not printed.bound and printed.value == printed.value.to_integral_value() else None


def spot(*figures: Figure) -> tuple[int, int]:
    """Give the piece of the document from the first to the last of some figures."""
    return min(f.start for f in figures), max(f.end for f in figures)


__all__ = [
    "SHORT",
    "Line", "Size", "children", "column_of", "group_key", "group_sizes", "heads_of_all",
    "is_whole", "key", "missing_said", "names",
    "ordered", "own_groups", "size", "spot", "table_lines", "whole_number",
]  # fmt: skip
