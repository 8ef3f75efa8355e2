"""Reads and writes what is known of duplicates: links, which records they were looked for in, and what people say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evsynth.model.finding import Finding, Place, Problems
from evsynth.model.found import Found
from evsynth.review.files import read_bytes, read_text, sha256, write
from evsynth.review.logs import add_line, read_logs
from evsynth.sources.duplicates.decisions import COLUMNS, Said, Settled, read_said, settle
from evsynth.sources.duplicates.groups import Groups, group
from evsynth.sources.duplicates.links import Link, read_links, write_links
from evsynth.text.decode import decode

LINKS = "corpora/duplicates/links.csv"
COMPARED = "corpora/duplicates/compared.txt"
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


def keep_links(root: Path, links: Sequence[Link], found: Sequence[Found]) -> None:
    """Write the links that the rules found, and which records were compared; what people said is not touched."""
    write(root / LINKS, write_links(links).encode())
    write(root / COMPARED, _compared(found).encode())


def not_compared(root: Path, found: Sequence[Found]) -> list[Finding]:
    """Return a concern where other records are there than those that were compared: duplicates may be unlinked."""
    known = root / COMPARED
    if known.is_file() and read_text(known, COMPARED) == _compared(found):
        return []
    message = "there are other records than when duplicates were looked for, so duplicates may count as reports"
    hint = "run `evsynth duplicates find` again; what people said about pairs stays"
    return [Finding("LINKS_OLD", "concern", "", Place(COMPARED), message, hint)]


def _compared(found: Sequence[Found]) -> str:
    ids = "".join(one.id + "\n" for one in found)
    return f"{len(found)} records, sha256 of their ids: {sha256(ids.encode())}\n"


def open_settled(root: Path) -> Settled:
    """Read what people said about pairs. Raises Problems LOG."""
    logs = read_logs(root, FOLDER, COLUMNS)
    return settle([said for by, entries in logs.items() for said in read_said(entries, by)])


def say(root: Path, said: Said) -> None:
    """Add what somebody says about a pair to that person's log. Raises Problems WRITE, BUSY or LOG.

    Where the clock was put back since that person said something, the time of that is entered: a later line counts.
    """
    before = max((entry.cells["at"] for entry in read_logs(root, FOLDER, COLUMNS).get(said.by, ())), default="")
    cells = (max(said.at, before), said.one, said.other, said.answer, said.because)
    add_line(root, FOLDER, said.by, COLUMNS, cells)


def open_groups(root: Path, found: Sequence[Found]) -> Groups:
    """Group the records by links and by what people said. Raises Problems NO_LINKS or LOG."""
    return group(found, open_links(root), open_settled(root))
