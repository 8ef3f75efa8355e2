"""Write records one by one in any format that is written, and count what the format cannot hold of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple, get_args

from evsynth.model.record import Record
from evsynth.sources import nbib
from evsynth.sources.formats import bibtex, csl, own_table, ris_text
from evsynth.sources.formats.held import lost

Target = Literal["nbib", "ris", "bibtex", "csl", "csv", "json"]
TARGETS: tuple[Target, ...] = get_args(Target)


class _Layout(NamedTuple):
    """What stands before the first record, one record (with its number from 1), and what stands after the last."""

    before: str
    one: Callable[[Record, int], str]
    after: str
    held: Callable[[Record], Record]


def written(records: Iterable[Record], to: Target, losses: Counter[str] | None = None) -> Iterator[str]:
    """Give the text of records in pieces, record by record; `losses` counts by field what the format leaves out."""
    layout = _layout(to)
    yield layout.before
    for number, record in enumerate(records, 1):
        if losses is not None:
            losses.update(lost(record, layout.held(record)))
        yield layout.one(record, number)
    yield layout.after


def _layout(to: Target) -> _Layout:
    if to == "nbib":
        return _Layout("", lambda r, n: ("\n" if n > 1 else "") + nbib.write_record(r), "", nbib.held)
    if to == "ris":
        return _Layout("", lambda r, _: ris_text.ris_record(r), "", ris_text.held)
    if to == "bibtex":
        keys: set[str] = set()
        return _Layout("", lambda r, n: ("\n" if n > 1 else "") + bibtex.bibtex_entry(r, keys), "", bibtex.held)
    if to == "csv":
        heading = "\ufeff" + own_table.table_row(own_table.HEADINGS)
        return _Layout(heading, lambda r, _: own_table.table_row(own_table.cells(r)), "", own_table.held)
    if to == "csl":
        return _Layout("[", lambda r, n: ("\n" if n == 1 else ",\n") + csl.csl_item(r, n), "\n]\n", csl.held)
    return _Layout("[", lambda r, n: ("\n" if n == 1 else ",\n") + _json(r), "\n]\n", lambda r: r)


def _json(record: Record) -> str:
    return json.dumps(record.model_dump(exclude={"raw"}), indent=2, ensure_ascii=False)
