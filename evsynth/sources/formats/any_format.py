"""Read records of any format: `each` gives them one by one, `read` all together.

Bytes come in chunks, as a file gives them; gzip is inflated on the way. Nothing here opens files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from evsynth.model.record import Record
from evsynth.sources.blocks import blocks
from evsynth.sources.formats.bibtex import read_bibtex
from evsynth.sources.formats.csl import read_csl
from evsynth.sources.formats.decoding import (
    LARGEST_RECORD,
    Inflated,
    as_utf8,
    beginning,
    damage,
    decoded,
    is_wide,
    unfit,
)
from evsynth.sources.formats.detection import Format, detect
from evsynth.sources.formats.embase_text import read_embase_text
from evsynth.sources.formats.endnote_xml import read_endnote_xml
from evsynth.sources.formats.jats import read_jats
from evsynth.sources.formats.ovid import read_ovid
from evsynth.sources.formats.own_json import read_own_json
from evsynth.sources.formats.pubmed_xml import each_pubmed
from evsynth.sources.formats.ris import read_ris
from evsynth.sources.formats.table import read_table
from evsynth.sources.formats.web_of_science import read_web_of_science
from evsynth.sources.medline import read_medline
from evsynth.sources.reading import Deletion, Doubt, Failure, ReadError, Reading

Found = Record | Failure | Doubt | Deletion
LARGEST_TEXT = 2**30
_ENOUGH = 1 << 16

_STREAMS: dict[Format, Callable[[Iterable[bytes]], Iterator[Found]]] = {
    "PubMed XML": each_pubmed,
    "EndNote XML": read_endnote_xml,
    "JATS": read_jats,
}
_TEXTS: dict[Format, Callable[[str], Iterator[Found]]] = {
    "RIS": read_ris,
    "Web of Science": read_web_of_science,
    "Ovid": read_ovid,
    "Embase": read_embase_text,
    "table": read_table,
    "BibTeX": read_bibtex,
    "CSL-JSON": read_csl,
    "JSON": read_own_json,
}


class Opened(NamedTuple):
    """The format of some bytes, and what they hold, to be gone through once."""

    format: Format
    found: Iterator[Found]


def each(chunks: Iterable[bytes]) -> Opened:
    """Return the format of some bytes, and one by one their records, failures, doubts and deletions.

    XML is read as a stream, in the memory of one record; other texts are held whole. Raises `ReadError` for bytes
    that are in no format that is read, also while going through them.
    """
    source = iter(chunks)
    head = _first(source)
    inflated: Inflated | None = None
    if head.startswith(b"\x1f\x8b"):
        inflated = Inflated(chain([head], source))
        source = iter(inflated)
        head = _first(source)
        if not head and inflated.trouble:
            raise ReadError(1, inflated.trouble, "Fetch the file again.")
    form = detect(head)
    return Opened(form, _through(form, chain([head], source), inflated))


def read(data: bytes | Iterable[bytes]) -> Reading:
    """Return all that some bytes hold. Raises `ReadError` where there is nothing to read."""
    return gathered(each([data] if isinstance(data, bytes) else data).found)


def gathered(found: Iterable[Found]) -> Reading:
    """Return what was found, sorted into records, failures, doubts and deletions."""
    records: list[Record] = []
    failures: list[Failure] = []
    doubts: list[Doubt] = []
    deletions: list[Deletion] = []
    for one in found:
        if isinstance(one, Record):
            records.append(one)
        elif isinstance(one, Failure):
            failures.append(one)
        elif isinstance(one, Doubt):
            doubts.append(one)
        else:
            deletions.append(one)
    return Reading(tuple(records), tuple(failures), tuple(doubts), tuple(deletions))


def _first(source: Iterator[bytes]) -> bytes:
    head = b""
    for chunk in source:
        head += chunk
        if len(head) >= _ENOUGH:
            break
    return head


def _through(form: Format, chunks: Iterable[bytes], inflated: Inflated | None) -> Iterator[Found]:
    source = iter(chunks)
    if form in _STREAMS:
        yield from _STREAMS[form](as_utf8(next(source, b""), source))
    elif form == "PDF":
        raise ReadError(1, "a PDF holds text, not records", "Read its text: `evsynth read FILE --text`.")
    else:
        yield from _texts(form, source)
    if inflated is not None and inflated.trouble:
        yield Failure(1, inflated.trouble, "Fetch the file again; the records before the cut were read.")


def _texts(form: Format, source: Iterator[bytes]) -> Iterator[Found]:
    held: list[bytes] = []
    size = 0
    for chunk in source:
        held.append(chunk)
        size += len(chunk)
        if size > LARGEST_TEXT:
            message = f"the text has more than {LARGEST_TEXT // 2**20} MiB"
            raise ReadError(1, message, "Export the records in several files, or as PubMed XML.")
    data = b"".join(held)
    text, doubts = decoded(data)
    if form == "MEDLINE" and not is_wide(data):
        yield from _medline(text if not doubts else data.decode("utf-8", "surrogateescape"))
        return
    yield from doubts
    if form == "MEDLINE":
        yield from _medline(text)
        return
    yield from _TEXTS[form](text)


def _medline(text: str) -> Iterator[Found]:
    """Read MEDLINE text; a record with a damaged byte, or a very long one, is set aside, and leaves its lines empty.

    PubMed writes UTF-8 only, so no other encoding of single bytes is tried.
    """
    if damage(text) or len(text) > LARGEST_RECORD:
        found = text.replace("\0", "\ufffd")
        whole: list[str] = []
        at = 0
        for block in blocks(found):
            start = found.index(block.text, at)
            raw = text[start : start + len(block.text)]
            trouble = unfit(raw)
            if trouble:
                yield Failure(block.line, trouble, "Export the record again from PubMed.", beginning(raw))
            whole += [text[at:start], "\n" * (len(block.lines) - 1) if trouble else raw]
            at = start + len(raw)
        text = "".join(whole)
        if not text.strip():
            return
    reading = read_medline(text)
    yield from reading.records
    yield from reading.failures
    yield from reading.doubts
