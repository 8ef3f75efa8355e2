"""A document taken apart: sections with roles, sentences, tables with cells, legends; offsets are those of its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from evsynth.scan.fields import fields, is_record
from evsynth.scan.headings import headings
from evsynth.scan.html_tables import without_html_tables
from evsynth.scan.legends import legends
from evsynth.scan.parts import Field, Kind, Legend, Phrase, Role, Section, Sentence, Table
from evsynth.scan.plain import plain
from evsynth.scan.sections import field_sections, sections
from evsynth.scan.sentences import sentences
from evsynth.scan.tables import tables
from evsynth.text.expressions import Expression

_TITLE = Expression(r"^[A-Z][^\n\t]{30,260}$", re.MULTILINE)
_ADDRESS = Expression(
    r"@|\b(?:University|Hospital|Department|email|registered|account|Copyright|doi|http)\b", re.IGNORECASE
)


class Document(NamedTuple):
    """A document and its parts.

    `plain` is `text` without markup and with look-alike characters folded, character for character; `prose` is `plain`
    with the grids of tables blanked (their captions and notes stay).
    """

    id: str
    text: str
    plain: str
    prose: str
    kind: Kind
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[Table, ...]
    legends: tuple[Legend, ...]
    fields: tuple[Field, ...]

    @property
    def title(self) -> Phrase | None:
        """The title: the heading or field so marked, or the longest line of the front matter that reads like one."""
        for section in self.sections:
            if section.role == "title":
                start = (
                    section.start
                    + len(self.plain[section.start : section.end])
                    - len(self.plain[section.start : section.end].lstrip(" #*\n"))
                )
                return self.phrase(start, section.start + len(self.plain[section.start : section.end].rstrip()))
        front = [s for s in self.sections[:1] if s.role == "front matter"]
        found = [m for s in front for m in _TITLE.finditer(self.plain, s.start, s.end) if not _ADDRESS.search(m[0])]
        best = max(found, key=lambda m: len(m[0]), default=None)
        return self.phrase(best.start(), best.end()) if best else None

    def section_at(self, offset: int) -> Section:
        """Give the section that holds an offset."""
        return self.sections[max(0, bisect_right(self.sections, offset, key=_start) - 1)]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Give the sentence that holds an offset; None in a table or a heading."""
        index = bisect_right(self.sentences, offset, key=_start) - 1
        found = self.sentences[index] if index >= 0 else None
        return found if found is not None and offset < found.end else None

    def table_at(self, offset: int) -> Table | None:
        """Give the table (with caption and notes) that holds an offset."""
        index = bisect_right(self.tables, offset, key=_start) - 1
        return self.tables[index] if index >= 0 and offset < self.tables[index].end else None

    def legend_at(self, offset: int) -> Legend | None:
        """Give the figure legend that holds an offset."""
        index = bisect_right(self.legends, offset, key=_start) - 1
        return self.legends[index] if index >= 0 and offset < self.legends[index].end else None

    def role_at(self, offset: int) -> Role:
        """Give the role of the place: `table`, `figure legend`, or that of the section."""
        if self.table_at(offset):
            return "table"
        return "figure legend" if self.legend_at(offset) else self.section_at(offset).role

    def line(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset, both from 1."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)

    def phrase(self, start: int, end: int) -> Phrase:
        """Give the words between two offsets, white space folded."""
        return Phrase(" ".join(self.plain[start:end].split()), start, end)

    def words(self, part: Sentence | Section | Legend) -> str:
        """Give the text of a part as it stands, markup blanked."""
        return self.plain[part.start : part.end]


def _start(part: Section | Sentence | Table | Legend) -> int:
    return part.start


def read_document(id: str, text: str, kind: Kind | None = None) -> Document:
    """Take a text apart. `kind` is found from the text unless given. Never raises; an empty text has no parts."""
    bare = plain(text)
    record = fields(bare) if is_record(bare) else ()
    outside = without_html_tables(text, bare)
    parts = field_sections(bare, record) if record else sections(outside)
    found = () if record else tables(bare, parts, text)
    prose = _without_grids(bare, found)
    stops = tuple(sorted({h.start for h in headings(outside) if not h.inline} | {table.start for table in found}))
    drawn = () if record else legends(prose, stops)
    named = kind or _kind(parts, bool(record))
    return Document(id, text, bare, prose, named, parts, sentences(prose, parts), found, drawn, record)


def _without_grids(plain: str, found: Sequence[Table]) -> str:
    """Blank the grids of tables: each from its first header or body cell to its last."""
    pieces, position = [], 0
    for table in found:
        cells = [c for row in (*table.header, *(r.cells for r in table.rows)) for c in row if c.text]
        if not cells:
            continue
        start, end = max(position, min(c.start for c in cells)), max(c.end for c in cells)
        pieces += [plain[position:start], re.sub(r"[^\n]", " ", plain[start:end])]
        position = max(position, end)
    return "".join([*pieces, plain[position:]])


def _kind(parts: tuple[Section, ...], record: bool) -> Kind:
    if record:
        return "record"
    roles = {section.role for section in parts}
    if "methods" in roles and "results" in roles:
        return "full text"
    if "abstract" in roles:
        return "abstract"
    return "text"
