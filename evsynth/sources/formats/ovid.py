"""Read what Ovid exports beside RIS: its tagged layout (`TI  - …`) and its layout of named fields.

A record begins at `<1>` or `<1. >`. Named fields stand in lines of their own, their values indented below. The tags and
names are those of Ovid's database guides and of exports of Embase, MEDLINE, BIOSIS and Journals@Ovid. A tag that means
other things in other databases (`RO`, `ST`) is kept as it is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.formats.decoding import beginning, unfit
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.ovid_fields import LISTS, NAMED, TAGGED, record_of
from evsynth.sources.formats.ris import LINES
from evsynth.sources.reading import Doubt, Failure, shown
from evsynth.sources.tags import one_line

FRAME = re.compile(r"<\d+ ?\.? ?>[ \t]*")
OWN = re.compile(r"VN {1,2}- Ovid Technologies")
"""The first field of every record of the tagged layout."""

_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)", re.S)
_HINT = "Export the records again from Ovid; each begins with a line such as <1>."


class _Field(NamedTuple):
    """A field while its lines are read; all fields of a record are tagged, or none is."""

    name: str
    values: list[str]
    tagged: bool


def read_ovid(text: str) -> Iterator[Record | Failure | Doubt]:
    """Return the records of an export of Ovid, those that cannot be read, and what a person may want to look at."""
    fields: list[_Field] | None = None
    first = start = end = 0
    for number, found in enumerate(LINES.finditer(text), 1):
        line = found[1].lstrip("\ufeff") if number == 1 else found[1]
        frame = FRAME.fullmatch(line.replace("\0", ""))
        if frame or (OWN.match(line) and (fields is None or any(one.name == "VN" for one in fields))):
            if fields is not None:
                yield from _read(fields, text[start:end], first)
            fields, first, start = [], number, found.start()
            if not frame:
                _take(fields, line)
        elif fields is None and line.strip():
            yield Doubt(number, f"{shown(line.strip())} stands outside all records; it was passed over")
        elif fields is not None and line.strip():
            _take(fields, line)
        if line.strip():
            end = found.end(1)
    if fields is not None:
        yield from _read(fields, text[start:end], first)


def _take(fields: list[_Field], line: str) -> None:
    """Add a line to the fields of a record: a tag, a name, or one more line of a value."""
    tagged = _TAG.fullmatch(line)
    if tagged and (not fields or fields[0].tagged):
        fields.append(_Field(TAGGED.get(tagged[1], tagged[1]), [(tagged[2] or "").strip()], True))
    elif fields and (fields[0].tagged or line[0].isspace() or (fields[-1].values and not _is_name(line))):
        fields[-1].values.append(line.strip())
    else:
        name = line.strip()
        fields.append(_Field(NAMED.get(re.sub(r"[^a-z]", "", name.lower()), name), [], False))


def _is_name(line: str) -> bool:
    """Tell the name of a field from a line of running text that is not indented."""
    return re.sub(r"[^a-z]", "", line.lower()) in NAMED or (
        len(line) < 50 and re.fullmatch(r"[A-Z][\w /().'-]*", line.strip()) is not None
    )


def _read(fields: list[_Field], raw: str, line: int) -> Iterator[Record | Failure | Doubt]:
    """Give a record, and say where its fields show that the line before another one was lost."""
    if sum(field.name == "title" for field in fields) > 1:
        yield Doubt(line, "the record prints two titles; perhaps two records have run together")
    yield _record(fields, raw, line)


def _record(fields: list[_Field], raw: str, line: int) -> Record | Failure:
    trouble = unfit(raw)
    if trouble:
        return Failure(line, trouble, "Export the records again, as UTF-8.", beginning(raw))
    pairs: list[tuple[str, str]] = []
    for name, values, _ in fields:
        if name in LISTS:
            pairs += [(name, value if name == "authors" else one_line(value)) for value in values]
        else:
            pairs.append((name, one_line(" ".join(values))))
    if not any(value for name, value in pairs if name in {"title", "authors", "id", "accession", "doi", "source"}):
        return Failure(line, "a record without title, author, source and identifier", _HINT, raw)
    return record_of(Fieldset(pairs), raw)
