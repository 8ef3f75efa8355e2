"""Reads the records of a file for the commands, and turns what is wrong into findings."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import read_bytes

if TYPE_CHECKING:
    from evsynth.sources.formats.any_format import Opened
    from evsynth.sources.reading import ReadError, Reading

_CHUNK = 1 << 18


def records_of(file: str) -> tuple[Reading, bytes]:
    """Read a record file of any format: what it holds, and the bytes to keep (of one record, its own text).

    Raises Problems for what cannot be read at all, with line and hint.
    """
    from evsynth.sources.formats.any_format import each, gathered
    from evsynth.sources.reading import ReadError

    raw = read_bytes(Path(file), file)
    try:
        opened = each([raw])
        reading = gathered(opened.found)
    except ReadError as error:
        raise unreadable(file, error) from None
    if opened.format != "MEDLINE" and len(reading.records) == 1:
        raw = reading.records[0].raw.encode()
    return reading, raw


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
    """Read a file in pieces; after a second of reading, say on a terminal how far it is. Raises Problems FILE."""
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
    """Write a text piece by piece, whole or not at all: beside the target first. Raises Problems WRITE."""
    path = Path(file)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
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
