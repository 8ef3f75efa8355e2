"""PubMed's entries as columns: every field of `model.record.Record` but its raw text, and a few that are searched.

The columns are derived from the model, so there is one list of fields. A field that a record does not print is null.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin

from pydantic import BaseModel

from evsynth.model.record import Record
from evsynth.sources.corpus.searched import abstract_words, headings, names, title_words, year
from evsynth.sources.formats.pubmed_xml import Item, character_doubts
from evsynth.sources.reading import Deletion, Failure

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 2
"""Raised when the columns change their meaning: files of another version are built again."""

FIELDS = tuple(name for name in Record.model_fields if name != "raw")
SEARCHED = ("year", "title_words", "abstract_words", "headings", "names")
#: Columns of few values, of which a file keeps a dictionary; for the others one costs time and saves little.
REPEATED = (
    "entry", "owner", "status", "publishing_model", "publication_status", "copyright", "kind", "database",
    "journal.title", "journal.abbreviation", "journal.nlm_id", "journal.place", "subsets.list.element",
    "languages.list.element", "publication_types.list.element", "mesh.list.element.name",
)  # fmt: skip

#: Columns of which a file keeps the least and the most of each group of rows, so that groups can be left out.
BOUNDED = ("file", "row", "line", "entry", "year", "pmid")

Entry = Item | Deletion | Failure


@cache
def schema() -> pa.Schema:
    """Return the columns: where the entry stands, what it is, what is searched, and the record's fields.

    `entry` is `record`, `deletion` or `failure`; `note` says what failed, or what is doubtful.
    """
    import pyarrow as pa

    standing = [("file", pa.int32()), ("row", pa.int32()), ("line", pa.int32())]
    said = [("entry", pa.string()), ("note", pa.string())]
    searched = [("year", pa.int16()), *((name, pa.string()) for name in SEARCHED[1:])]
    fields = [(name, _type(Record.model_fields[name].annotation)) for name in FIELDS]
    return pa.schema([*standing, *said, *searched, *fields])


def _type(annotation: Any) -> pa.DataType:
    import pyarrow as pa

    if get_origin(annotation) is tuple:
        return pa.list_(_type(get_args(annotation)[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct([(name, _type(field.annotation)) for name, field in annotation.model_fields.items()])
    return {str: pa.string(), bool: pa.bool_()}[annotation]


def batch(entries: Sequence[Entry], file: int, first: int) -> pa.RecordBatch:
    """Return entries of one file as columns; `first` counts those before them."""
    import pyarrow as pa

    shapes = schema()
    rows = [one.fields if type(one) is Item else _bare(one) for one in entries]
    columns: dict[str, Sequence[Any]] = {
        "file": [file] * len(entries),
        "row": range(first, first + len(entries)),
        "line": [one.line for one in entries],
        "entry": ["record" if type(one) is Item else _KINDS[type(one)] for one in entries],
        "note": [_note(one) for one in entries],
        "year": [year(row) for row in rows],
        "title_words": [title_words(row) for row in rows],
        "abstract_words": [abstract_words(row) for row in rows],
        "headings": [headings(row) for row in rows],
        "names": [names(row) for row in rows],
    }
    for name in FIELDS:
        columns[name] = [row.get(name) for row in rows]
    arrays = [pa.array(columns[field.name], field.type) for field in shapes]
    return pa.RecordBatch.from_arrays(arrays, schema=shapes)


_KINDS: dict[type, str] = {Deletion: "deletion", Failure: "failure"}


def _bare(entry: Entry) -> dict[str, Any]:
    return {"pmid": entry.pmid, "version": entry.version} if isinstance(entry, Deletion) else {}


def _note(entry: Entry) -> str | None:
    if isinstance(entry, Item):
        return "; ".join(doubt.message for doubt in character_doubts(entry.line, entry.names)) if entry.names else None
    return f"{entry.message}. {entry.hint}" if isinstance(entry, Failure) else None


def record(row: Mapping[str, Any]) -> Record:
    """Return the record of a row read back from the columns; its raw text stays in PubMed's file."""
    return Record.model_validate({name: _full(row[name]) for name in FIELDS if row.get(name) is not None})


def _full(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _full(one) for name, one in value.items() if one is not None}
    if isinstance(value, list):
        return tuple(map(_full, value))
    return value
