"""The candidates of snowballing as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from evsynth.model.record import Record
from evsynth.sources.citations.candidates import Candidate
from evsynth.text.scaffold import year

COLUMNS = ("rank", "pmid", "doi", "title", "year", "cited_by_included", "cites_included", "reason", "known")


def candidate_table(ranked: Iterable[Candidate], records: Mapping[str, Record]) -> str:
    """Write the candidates in order as CSV; a text that a spreadsheet would run as a formula gets a `'` before it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for rank, candidate in enumerate(ranked, 1):
        record = records[candidate.pmid]
        cells = [
            str(rank),
            candidate.pmid,
            record.doi,
            record.title or record.book.title,
            year(record),
            " ".join(candidate.cited_by),
            " ".join(candidate.cites),
            candidate.reason,
            "yes" if candidate.known else "no",
        ]
        writer.writerow(f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells)
    return text.getvalue()
