"""Read RIS, the format of reference managers, record by record.

Records begin at `TY` and end at `ER`. A line without tag continues the field before it, and is a keyword of its own
after `KW`. What Cochrane and others print between records (`Record #1 of 2`) is passed over, and its count is held
against what was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.formats.decoding import beginning, unfit
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.ris_fields import record_of
from evsynth.sources.reading import Doubt, Failure, shown
from evsynth.sources.tags import one_line

LINES = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")
_TAG = re.compile(r"([A-Z][A-Z0-9])(?:  -(?: |$)|  - ?)(.*)", re.S)
_LOOSE = re.compile(r"(TY|ER|AU|A1|TI|T1|AB|N2|PY|Y1|JO|JF|DO|UR|KW|SP|EP|VL|IS|SN) ?-(?: (.*)|$)", re.S)
_FRAME = re.compile(r"Record #?\d+ of (\d+)|Provider: .*|Content: .*|Database: .*|\d+\.|<\d+>|[-=_*]{3,}")
_LINK = re.compile(r"Link to the (?:Ovid Full Text or citation|External Link Resolver):?\s*(.*)")
"""A line that Ovid puts among the fields of RIS, without a tag."""

_HINT = "Export the records again as RIS; a record begins with `TY  - ` and ends with `ER  - `."

NOTHING = ("TI", "")
"""Stands in a record that has nothing for RIS; one of other empty fields is taken for damaged."""


class _Open(NamedTuple):
    """A record while its lines are read."""

    line: int
    start: int
    fields: list[tuple[str, list[str]]]


def read_ris(text: str) -> Iterator[Record | Failure | Doubt]:
    """Return the records of a RIS text, those that cannot be read, and what a person may want to look at."""
    record: _Open | None = None
    outside: tuple[int, str] | None = None
    said = count = 0
    end = 0
    for number, found in enumerate(LINES.finditer(text), 1):
        line = found[1]
        tagged = _tagged(line.lstrip("\ufeff \t") if record is None else line)
        if tagged is not None and tagged[0] == "TY":
            if record is not None:
                yield Doubt(record.line, "the record has no ER; it ends where the next one begins")
                yield _record(record, text[record.start : end])
            count += 1
            outside = None
            record = _Open(number, found.start(), [("TY", [tagged[1]])])
        elif record is not None and tagged is not None and tagged[0] == "ER":
            yield _record(record, text[record.start : found.end(1)])
            record = None
        elif record is not None and tagged is not None:
            record.fields.append((tagged[0], [tagged[1]]))
        elif record is not None and (link := _LINK.fullmatch(line.strip())):
            record.fields.append(("UR", [link[1]]))
        elif record is not None and line.strip():
            record.fields[-1][1].append(line.strip())
        elif record is None and line.strip():
            frame = _FRAME.fullmatch(line.strip())
            said = max(said, int(frame[1])) if frame and frame[1] else said
            if frame is None and tagged is not None and tagged[0] != "ER":
                if outside is None:
                    count += 1
                    yield Failure(
                        number, f"fields outside a record: {shown(line.strip())} stands before any TY", _HINT, line
                    )
                outside = outside or (number, line)
            elif frame is None and tagged is None:
                yield Doubt(number, f"{shown(line.strip())} stands outside all records; it was passed over")
        if line.strip():
            end = found.end(1)
    if record is not None:
        yield Doubt(record.line, "the last record has no ER; the file may be cut")
        yield _record(record, text[record.start : end])
    if said and said != count:
        yield Doubt(1, f"the file says that it holds {said} records, and {count} were found")


def _tagged(line: str) -> tuple[str, str] | None:
    found = _TAG.fullmatch(line) or _LOOSE.fullmatch(line)
    return (found[1], (found[2] or "").strip()) if found else None


def _record(record: _Open, raw: str) -> Record | Failure:
    trouble = unfit(raw)
    if trouble:
        return Failure(record.line, trouble, "Export the records again, as UTF-8.", beginning(raw))
    pairs: list[tuple[str, str]] = []
    for tag, values in record.fields:
        if tag == "KW":
            pairs += [(tag, one_line(value)) for value in values]
        else:
            pairs.append((tag, one_line(" ".join(values))))
    if not any(value for tag, value in pairs if tag != "TY") and pairs[1:] != [NOTHING]:
        return Failure(record.line, "a record that prints nothing but its type", _HINT, raw)
    return record_of(Fieldset(pairs), raw)
