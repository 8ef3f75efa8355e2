"""Read Embase's plain text: a line `RECORD 1`, then names of fields in capitals, their values indented below.

The layout is the one shown and read by people who export it; the names are those of Embase's stacked CSV. A program on
the way may lose the indentation: then only names that are known begin a field.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.formats.columns import NUMBERED, meaning
from evsynth.sources.formats.decoding import beginning, unfit
from evsynth.sources.formats.fieldset import Fieldset
from evsynth.sources.formats.ris import LINES
from evsynth.sources.formats.table import record_of
from evsynth.sources.reading import Doubt, Failure, shown
from evsynth.sources.tags import one_line

_OTHERS = set(
    "correspondenceaddress aipipentrydate fullrecordentrydate conferencename conferencelocation conferencedate"
    " conferenceeditors originalabstract emtreedeviceindextermsmajorfocus emtreedeviceindexterms drugtradenames"
    " drugmanufacturer drugmanufacturers devicetradenames devicemanufacturer devicemanufacturers casregistrynumbers"
    " casregistrynumber molecularsequencenumbers embaseclassification embaseclassifications summarylanguage"
    " languageofsummary coden embaseaccessionnumber".split()
)
"""Names of fields that have no place of their own in a record; what they print is kept as it is."""

_NAME = re.compile(r"[A-Z][A-Z0-9 /()&,.'-]{1,60}")
_RUNNING = {"title", "original_title", "vernacular_title", "abstract", "journal", "journal_or_source", "copyright"}
"""Fields whose lines are one running text; the lines of all others are several values."""

_EACH = {"affiliations", "accession", "urls", "notes"}
_LINKED = re.compile(r"(\d+) \(https?://\S*\)")
_CITED = re.compile(r"(.+?) \(((?:19|20)\d\d)\)(?: |$)")
_PLACE = re.compile(
    r"(?:(?P<volume>[\w-]+)(?::(?P<issue>(?:[\w-]+ )?(?i:suppl|supplement|part|pt)\b\.?(?: [\w-]+)?|[\w-]+))? ?)?"
    r"(?:\((?P<pages>[A-Za-z]{0,3}\d[\w-]*(?:, ?[A-Za-z]{0,3}\d[\w-]*)*)\) ?)?"
    r"(?:Article Number: (?P<article_number>\w[\w.-]*?))?"
    r"\.?(?: ?(?:Date of Publication|Conference).*)?"
)
"""What stands after the year: `13:2 (101-109)`, `4 Article Number: 102938`; nothing of another layout is taken."""

_HINT = "Export the records again from Embase, as RIS, CSV or plain text."


class _Open(NamedTuple):
    """A record while its lines are read."""

    line: int
    start: int
    lines: list[str]


def is_embase_text(lines: list[str]) -> bool:
    """Tell the layout by its first lines that are not blank: a mark and a known name, or a title and two more."""
    for at, line in enumerate(lines[:50]):
        if NUMBERED.fullmatch(line.strip()) and any(map(_known, lines[at + 1 : at + 2])):
            return True
    return lines[:1] == ["TITLE"] and sum(map(_known, lines[:200])) >= 3


def read_embase_text(text: str) -> Iterator[Record | Failure | Doubt]:
    """Return the records of a plain text of Embase, those that cannot be read, and doubts."""
    marked = re.search(r"(?m)^\ufeff?[ \t]*RECORD \d{1,9}[ \t]*\r?$", text.replace("\r", "\n")) is not None
    record: _Open | None = None
    number = end = 0
    for at, found in enumerate(LINES.finditer(text), 1):
        line = found[1].removeprefix("\ufeff").rstrip()
        mark = NUMBERED.fullmatch(line.replace("\0", "").strip()) if marked else None
        if mark or (not marked and line == "TITLE"):
            if record is not None:
                yield from _read(record, text[record.start : end])
            if mark and number and int(mark[1]) != number + 1:
                yield Doubt(at, f"after RECORD {number} comes RECORD {mark[1]}; records may be missing")
            number = int(mark[1]) if mark else 0
            record = _Open(at, found.start(), [] if mark else [line])
        elif record is not None:
            record.lines.append(line)
        elif line.strip():
            yield Doubt(at, f"{shown(line.strip())} stands outside all records; it was passed over")
        if line.strip():
            end = found.end(1)
    if record is not None:
        yield from _read(record, text[record.start : end])


def _known(line: str) -> bool:
    """Tell the name of a field that Embase is known to print."""
    line = line.rstrip()
    return (
        (line.upper() == line or line.startswith("AiP/IP ")) and bool(meaning(line) or _bare(line) in _OTHERS)
    ) and not line[:1].isspace()


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _read(record: _Open, raw: str) -> Iterator[Record | Failure | Doubt]:
    """Give a record, and say where its fields show that the line before another one was lost."""
    if record.lines.count("TITLE") > 1:
        yield Doubt(record.line, "the record prints two titles; perhaps two records have run together")
    yield _record(record, raw)


def _record(record: _Open, raw: str) -> Record | Failure:
    trouble = unfit(raw)
    if trouble:
        return Failure(record.line, trouble, "Export the records again, as UTF-8.", beginning(raw))
    fields = _fields([line for line in record.lines if line.strip()])
    pairs = [pair for name, values in fields for pair in _pairs(meaning(name), name, values)]
    meanings = {what for what, _ in pairs}
    if not meanings & {"title", "original_title", "authors", "journal_or_source", "doi", "pmid"}:
        return Failure(record.line, "a record without title, author, source and identifier", _HINT, raw)
    pairs = [more for pair in pairs for more in _cited(*pair, meanings)]
    return record_of(Fieldset(pairs), raw)


def _fields(lines: list[str]) -> list[tuple[str, list[str]]]:
    """Divide the lines of a record: each name, and what stands below it."""
    indented = any(line[0].isspace() for line in lines)
    fields: list[tuple[str, list[str]]] = []
    for line, below in pairwise([*lines, ""]):
        if _known(line) or (indented and below[:1].isspace() and _NAME.fullmatch(line)):
            fields.append((line, []))
        elif fields:
            fields[-1][1].append(line.strip())
        else:
            fields.append(("", [line.strip()]))
    return fields


def _pairs(what: str, name: str, values: list[str]) -> Iterator[tuple[str, str]]:
    """Give what a field means and prints; beside the number of a record its address may stand in brackets."""
    if what in _EACH:
        yield from ((what, one_line(value)) for value in values)
        return
    value = one_line((" " if what in _RUNNING else "; ").join(value.rstrip(";") for value in values))
    if what == "pmid" and (linked := _LINKED.fullmatch(value)):
        value = linked[1]
    if value:
        yield what or name, value


def _cited(what: str, value: str, known: set[str]) -> Iterator[tuple[str, str]]:
    """Take from the source what has no field of its own: journal, year, volume, issue, pages."""
    cited = _CITED.match(value) if what == "journal_or_source" else None
    if cited is None:
        yield what, value
        return
    yield "citation", value
    place = _PLACE.fullmatch(value[cited.end() :])
    found = {"journal": cited[1], "year": cited[2], **(place.groupdict() if place else {})}
    if known & {"first_page", "last_page", "pages", "article_number"}:
        known = known | {"pages", "article_number"}
    elif found.get("pages"):
        known = known | {"article_number"}
    yield from ((name, part) for name, part in found.items() if part and name not in known)
