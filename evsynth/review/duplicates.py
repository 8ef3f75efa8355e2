"""Reads and writes what is known of duplicates: corpora/duplicates/links.csv, and what each person says beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.found import Found
from evsynth.review.files import read_bytes, write
from evsynth.review.logs import add_line, read_logs
from evsynth.sources.duplicates.decisions import COLUMNS, Said, Settled, read_said, settle
from evsynth.sources.duplicates.groups import Groups, group
from evsynth.sources.duplicates.links import Link, read_links, write_links
from evsynth.text.read import decode

LINKS = "corpora/duplicates/links.csv"
FOLDER = "corpora/duplicates/decisions"


def open_links(root: Path) -> tuple[Link, ...]:
    """Read the links. Raises Problems NO_LINKS where they were never looked for, LOG for a file that is broken."""
    if not (root / LINKS).is_file():
        message = "nobody has looked for duplicates yet"
        raise Problems((Finding("NO_LINKS", "error", "", Place(LINKS), message, "run `evsynth duplicates find`"),))
    try:
        return read_links(decode(read_bytes(root / LINKS, LINKS), LINKS))
    except ValueError as error:
        if isinstance(error, Problems):
            raise
        hint = "write it again with `evsynth duplicates find`"
        raise Problems((Finding("LOG", "error", "", Place(LINKS), str(error), hint),)) from None


def keep_links(root: Path, links: Sequence[Link]) -> None:
    """Write the links that the rules found; what people said stands elsewhere and is not touched."""
    write(root / LINKS, write_links(links).encode())


def open_settled(root: Path) -> Settled:
    """Read what people said about pairs. Raises Problems LOG."""
    logs = read_logs(root, FOLDER, COLUMNS)
    return settle([said for by, entries in logs.items() for said in read_said(entries, by)])


def say(root: Path, said: Said) -> None:
    """Add what somebody says about a pair to that person's log. Raises Problems WRITE or LOG."""
    add_line(root, FOLDER, said.by, COLUMNS, (said.at, said.one, said.other, said.answer, said.because))


def open_groups(root: Path, found: Sequence[Found]) -> Groups:
    """Group the records by links and by what people said. Raises Problems NO_LINKS or LOG."""
    return group(found, open_links(root), open_settled(root))
