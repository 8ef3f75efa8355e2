"""Labels as ASReview reads and writes them: a column (1, 0, empty), or a note such as `ASReview_relevant` in RIS."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from evsynth.model.found import Found
from evsynth.model.record import Record
from evsynth.sources.formats.own_table import defused
from evsynth.sources.formats.ris_text import ris_record

COLUMNS = (
    "included", "label", "final_included", "label_included", "included_label", "included_final", "included_flag",
    "include",
)  # fmt: skip
"""Columns that ASReview reads labels from."""
WRITTEN = "asreview_label"
"""The column that ASReview writes, beside the one that it was given."""
_NOTE = re.compile(r"(?i)asreview[_ ](not[_ ]seen|irrelevant|relevant)")
_OWN = re.compile(r"evsynth record: (\S+)")
_ID = "evsynth record: "
HEADINGS = ("record_id", "title", "authors", "abstract", "year", "journal", "doi", "pmid", "keywords", "included")


class Labelled(NamedTuple):
    """A record of a labelled file: kept, excluded, or None for not seen; and our id where the file prints one."""

    record: Record
    relevant: bool | None
    id: str = ""


def columns_of(records: Iterable[Record]) -> tuple[str, ...]:
    """Return where the labels of a file stand: in what ASReview wrote if it did, otherwise where it reads them from."""
    tags = {tagged.tag.strip().lower() for record in records for tagged in record.unknown}
    return (WRITTEN,) if WRITTEN in tags else COLUMNS


def label_of(record: Record, columns: Sequence[str] = COLUMNS) -> Labelled:
    """Read the label and our id off an imported record. Raises ValueError for a label other than 1, 0 and empty."""
    id_ = next((found[1] for note in record.general_notes if (found := _OWN.search(note))), "")
    cells = {tagged.tag.strip().lower(): tagged.value.strip() for tagged in record.unknown}
    id_ = id_ or next((own for own in record.other_ids if ":" in own), "")
    for note in record.general_notes:
        if found := _NOTE.search(note):
            kind = found[1].lower()
            return Labelled(record, None if kind.startswith("not") else kind == "relevant", id_)
    for column in columns:
        if column in cells:
            value = cells[column]
            if value in ("1", "1.0", "0", "0.0"):
                return Labelled(record, value.startswith("1"), id_)
            if value not in ("", "-1", "nan", "NA"):
                raise ValueError(f"the label {value!r} in the column {column!r} is neither 1, 0 nor empty")
            return Labelled(record, None, id_)
    return Labelled(record, None, id_)


def labels_ris(found: Sequence[Found], labels: Sequence[bool | None]) -> str:
    """Write records as RIS with their labels and ids as notes."""
    words = {True: "ASReview_relevant", False: "ASReview_irrelevant", None: "ASReview_not_seen"}
    written = []
    for one, label in zip(found, labels, strict=True):
        notes = (words[label], f"{_ID}{one.id}", *(n for n in one.record.general_notes if not _NOTE.search(n)))
        written.append(ris_record(one.record.model_copy(update={"general_notes": notes})))
    return "".join(written)


def labels_csv(found: Sequence[Found], labels: Sequence[bool | None]) -> str:
    """Write records as a table with their labels; formulas are defused."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(HEADINGS)
    for one, label in zip(found, labels, strict=True):
        r = one.record
        cells = (
            one.id,
            r.title or r.book.title,
            "; ".join(author.name for author in r.authors),
            r.abstract_text,
            next(iter(re.findall(r"\b(?:1[89]|20)\d\d\b", r.dates.published)), ""),
            r.journal.title or r.journal.abbreviation,
            r.doi,
            r.pmid,
            "; ".join(keyword.text for keyword in r.keywords),
            "" if label is None else str(int(label)),
        )
        table.writerow([defused(cell) for cell in cells])
    return out.getvalue()
