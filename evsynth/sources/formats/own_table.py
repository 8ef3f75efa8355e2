"""Write records as a table (CSV) and read that table back.

Cells of several values hold them between semicolons; a semicolon inside a value is written `\\;`. A cell that a
spreadsheet would take for a formula, and one that begins with an apostrophe, gets an apostrophe before it, which
reading takes away again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from evsynth.model.record import Book, Dates, Identifier, Journal, Keyword, Record
from evsynth.sources import entries
from evsynth.sources.abstracts import sections
from evsynth.sources.formats.held import plain
from evsynth.sources.formats.names import author, author_text
from evsynth.sources.formats.ris_fields import kind_of
from evsynth.sources.tags import one_line
from evsynth.text.formulas import SIGNS

HEADINGS = (
    "PMID", "PMCID", "DOI", "Title", "Authors", "Published", "Journal", "Volume", "Issue", "Pages", "Abstract",
    "Keywords", "Publication types", "Languages", "Kind", "Database", "Other ids", "Journal abbreviation", "ISSN",
    "Editors", "Book", "ISBN", "Edition", "Publisher", "Place", "URLs", "Notes",
)  # fmt: skip
_GUARDED = (*SIGNS, "'")


def held(record: Record) -> Record:
    """Return what the table can hold of a record."""
    kind = record.kind or kind_of(record).csl
    return plain(
        record,
        kind,
        database=record.database,
        publication_types=record.publication_types,
        other_ids=record.other_ids,
        pmid=record.pmid,
    )


def table_row(values: Iterable[str]) -> str:
    """Return one line of the table; formulas are defused."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([defused(value) for value in values])
    return out.getvalue()


def defused(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_GUARDED) else value


def cells(record: Record) -> list[str]:
    """Return the cells of a record, in the order of `HEADINGS`."""
    r = held(record)
    return [
        r.pmid,
        r.pmcid,
        _joined(r.dois),
        r.title,
        _joined(author_text(one) for one in r.authors),
        r.dates.published,
        r.journal.title,
        r.volume,
        r.issue,
        r.pages,
        r.abstract_text,
        _joined(f"{'*' if one.major else ''}{one.text}" for one in r.keywords),
        _joined(r.publication_types),
        _joined(r.languages),
        r.kind,
        r.database,
        _joined(r.other_ids),
        r.journal.abbreviation,
        _joined(entries.write_issn(one) for one in r.journal.issns),
        _joined(author_text(one) for one in r.editors),
        r.book.title,
        _joined(r.book.isbns),
        r.book.edition,
        r.book.publisher,
        r.journal.place,
        _joined(r.urls),
        _joined(r.general_notes),
    ]


def record_of_own(printed: list[str], raw: str) -> Record:
    """Return the record of a row that `table_row` wrote."""
    cell = {
        heading: one_line(value.removeprefix("'") if value.startswith("'") else value)
        for heading, value in zip(HEADINGS, printed, strict=True)
    }
    words = {heading: _divided(value) for heading, value in cell.items()}
    return Record(
        pmid=cell["PMID"],
        pmcid=cell["PMCID"],
        article_ids=tuple(Identifier(value=one, kind="doi") for one in words["DOI"]),
        title=cell["Title"],
        authors=tuple(map(author, words["Authors"])),
        dates=Dates(published=cell["Published"]),
        journal=Journal(
            title=cell["Journal"],
            abbreviation=cell["Journal abbreviation"],
            place=cell["Place"],
            issns=tuple(map(entries.issn, words["ISSN"])),
        ),
        volume=cell["Volume"],
        issue=cell["Issue"],
        pages=cell["Pages"],
        abstract=sections(cell["Abstract"]),
        keywords=tuple(Keyword(text=w.removeprefix("*"), major=w.startswith("*")) for w in words["Keywords"]),
        publication_types=words["Publication types"],
        languages=words["Languages"],
        kind=cell["Kind"],
        database=cell["Database"],
        other_ids=words["Other ids"],
        editors=tuple(map(author, words["Editors"])),
        book=Book(title=cell["Book"], isbns=words["ISBN"], edition=cell["Edition"], publisher=cell["Publisher"]),
        urls=words["URLs"],
        general_notes=words["Notes"],
        raw=raw,
    )


def _joined(values: Iterable[str]) -> str:
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def _divided(cell: str) -> tuple[str, ...]:
    parts = re.findall(r"((?:\\.|[^;\\])*)(?:;|$)", cell)
    return tuple(re.sub(r"\\(.)", r"\1", part.strip()) for part in parts if part.strip())
