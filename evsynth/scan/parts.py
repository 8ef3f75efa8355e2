"""The parts of a document: sections, sentences, tables with cells, figure legends; all with offsets in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from evsynth.model.printed import Printed

Kind = Literal["full text", "abstract", "record", "summary", "text"]
Role = Literal[
    "title", "abstract", "background", "methods", "results", "discussion", "conclusion", "table", "figure legend",
    "references", "front matter", "back matter", "keywords", "registration", "field", "body",
]  # fmt: skip
"""What a section is for. `field` is a field of a record that is none of the others; `body` is text under no heading."""

Form = Literal[
    "count percent", "percent count", "percent", "count", "fraction", "mean sd", "mean se", "median quartiles",
    "median range", "range", "centre spread",
]  # fmt: skip
"""How the numbers of a cell are to be read, as its label or heading says."""


class Phrase(NamedTuple):
    """Words of the document and where they stand; `text` has white space folded and no markup."""

    text: str
    start: int
    end: int


class Figure(NamedTuple):
    """One printed number: what it states (a name from `evsynth.model.values.STATISTICS`), and where it stands."""

    statistic: str
    printed: Printed
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text under one heading. `part` is the role inside an abstract, elsewhere the role itself."""

    index: int
    heading: str
    level: int
    role: Role
    part: Role
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, or the words of a heading or list item."""

    index: int
    start: int
    end: int
    section: int


class Cell(NamedTuple):
    """One cell: its text, stripped, and where it stands; an empty cell has start == end."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heads from top to bottom, and what they say.

    `group` is the group of patients, `n` its printed size, `at` the time, `statistic` what the column prints (`p`, `u`,
    `ci`, `hazard_ratio` …, a name of a statistic or `ci`), `form` how its cells are written. Column 0 holds the labels.
    """

    index: int
    heads: tuple[Phrase, ...]
    group: Phrase | None
    n: Figure | None
    at: Phrase | None
    statistic: str | None
    form: Form | None

    @property
    def label(self) -> str:
        """The heads in one line."""
        return " / ".join(head.text for head in self.heads)


@dataclass(frozen=True, slots=True)
class Row:
    """One body row. `cells` stand by column (cells[0] is the label); `stem` is the label without form and unit.

    `parent` is the index of the row it belongs under ("Diagnosis, n (%)"), `form` and `unit` its own or its parent's.
    """

    index: int
    label: Phrase
    stem: str
    form: Form | None
    unit: str | None
    parent: int | None
    level: int
    cells: tuple[Cell, ...]

    @property
    def bare(self) -> bool:
        """Whether the row holds a label and nothing else."""
        return all(not cell.text for cell in self.cells[1:])


@dataclass(frozen=True, slots=True)
class Table:
    """A table: number as printed ("1", "S2"), caption, columns, rows, notes below it, and the n of its caption."""

    index: int
    number: str
    caption: Phrase | None
    header: tuple[tuple[Cell, ...], ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Phrase, ...]
    n: Figure | None
    start: int
    end: int
    section: int

    def cell(self, row: int, column: int) -> Cell:
        """Give a cell; an empty one where the row is shorter."""
        cells = self.rows[row].cells
        return cells[column] if column < len(cells) else Cell("", self.rows[row].label.end, self.rows[row].label.end)


@dataclass(frozen=True, slots=True)
class Legend:
    """The legend of a figure."""

    index: int
    number: str
    start: int
    end: int


class Field(NamedTuple):
    """One field of a MEDLINE record: its tag, and where its value stands."""

    tag: str
    start: int
    end: int
