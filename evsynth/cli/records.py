"""Reads the records of a file for the commands, and turns what is wrong into findings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import read_bytes

if TYPE_CHECKING:
    from evsynth.sources.reading import Reading


def records_of(file: str) -> tuple[Reading, bytes]:
    """Read a MEDLINE/NBIB file. Raises Problems for what cannot be read at all, with line and hint."""
    from evsynth.sources.medline import read_medline
    from evsynth.sources.reading import ReadError, decode

    raw = read_bytes(Path(file), file)
    try:
        return read_medline(decode(raw)), raw
    except ReadError as error:
        place = Place(file, error.line)
        raise Problems((Finding("RECORDS", "error", file, place, error.message, error.hint),)) from None
