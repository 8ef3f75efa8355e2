"""Reads the records of a file for the commands, and turns what is wrong into findings."""

from __future__ import annotations

import gzip
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import read_bytes

if TYPE_CHECKING:
    from evsynth.model.record import Record
    from evsynth.sources.formats.any_format import Opened
    from evsynth.sources.formats.detection import Format
    from evsynth.sources.reading import ReadError, Reading

_CHUNK = 1 << 18


class Given(NamedTuple):
    """One record, the bytes that are kept of it, and in words what they are and how they came."""

    record: Record
    raw: bytes
    origin: str


def records_of(file: str) -> tuple[Reading, bytes]:
    """Read a record file of any format: what it holds, and its bytes.

    Raises Problems for what cannot be read at all, with line and hint.
    """
    reading, raw, _ = _read(file)
    return reading, raw


def one_record(file: str) -> Given:
    """Read a file of one record; its own text is kept, or the file where that is the record. Raises Problems."""
    reading, raw, form = _read(file)
    if reading.failures:
        notes = [Finding("RECORD", "error", file, Place(file, f.line), f.message, f.hint) for f in reading.failures]
        raise Problems(tuple(notes))
    if len(reading.records) != 1:
        listed = ", ".join(r.pmid or r.title[:40] for r in reading.records[:10]) or "none"
        message = f"{file} holds {len(reading.records)} records ({listed}); one is needed"
        hint = "save the one record in a file of its own"
        raise Problems((Finding("RECORDS", "error", file, Place(file), message, hint),))
    (record,) = reading.records
    name = Path(file).name
    if form in _WHOLE and _is_utf8(raw):
        return Given(record, raw, f"{_NAMES.get(form, form)} record, the file {name} as received")
    if form == "table":  # a row means nothing without its headings
        from evsynth.sources.formats.decoding import decoded

        plain = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
        return Given(record, decoded(plain).text.encode(), f"CSV record, headings and row of {name}, in UTF-8")
    cut = f"{_NAMES.get(form, form)} record, its own text cut out of {name}"
    return Given(record, record.raw.encode(), cut if _is_utf8(raw) else f"{cut}, in UTF-8")


_WHOLE = {"MEDLINE", "table"}
"""Formats of which a file of one record is that record."""

_NAMES = {"table": "CSV"}


def _read(file: str) -> tuple[Reading, bytes, Format]:
    from evsynth.sources.formats.any_format import each, gathered
    from evsynth.sources.reading import ReadError

    raw = read_bytes(Path(file), file)
    try:
        found = each([raw])
        return gathered(found.found), raw, found.format
    except ReadError as error:
        raise unreadable(file, error) from None


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in raw  # UTF-16 without a mark


def opened(file: str) -> Opened:
    """Open a record file of any format, to be gone through once. Raises Problems."""
    from evsynth.sources.formats.any_format import each
    from evsynth.sources.reading import ReadError

    try:
        return each(chunks(file))
    except ReadError as error:
        raise unreadable(file, error) from None


def unreadable(file: str, error: ReadError) -> Problems:
    """Say what is wrong with a file of which nothing can be read."""
    return Problems((Finding("RECORDS", "error", file, Place(file, error.line), error.message, error.hint),))


def chunks(file: str) -> Iterator[bytes]:
    """Read a file in pieces; after a second of reading, say on a terminal how far it is. Raises Problems FILE.

    `-` is the standard input; a file of that name is `./-`.
    """
    if file == "-":
        while chunk := sys.stdin.buffer.read(_CHUNK):
            yield chunk
        return
    path = Path(file)
    if not path.is_file():
        read_bytes(path, file)  # says what is wrong
    size, done, begun = path.stat().st_size, 0, time.monotonic()
    quiet = not sys.stderr.isatty()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
            done += len(chunk)
            if not quiet and time.monotonic() - begun > 1:
                click.echo(f"\r{file}: {done * 100 // max(size, 1)} % read", nl=done >= size, err=True)


@contextmanager
def writing(file: str) -> Iterator[Callable[[str], object]]:
    """Write a text piece by piece, whole or not at all: beside the target first. Raises Problems WRITE.

    What is no file (`/dev/stdout`, a pipe) is written into and never replaced.
    """
    path = Path(file)
    special = path.exists() and not path.is_file() and not path.is_dir()
    path = path if special else path.resolve()
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        if special:
            with path.open("w", encoding="utf-8", newline="") as stream:
                yield stream.write
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("w", encoding="utf-8", newline="") as stream:
                yield stream.write
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        message = f"{path.name} cannot be written: {error.strerror or error}"
        hint = "look whether something else of that name is in the way, and whether you may write there"
        raise Problems((Finding("WRITE", "error", path.name, Place(file), message, hint),)) from None
