"""Reads and lengthens logs on disk: one CSV file per person in a folder; a line is written whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import read_text, write
from evsynth.review.lock import alone
from evsynth.text.log import Entry, log_line, read_log

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]*")
_PASSING = (".", "~$")
"""So begin the names of files that a spreadsheet or the system keeps beside an open one."""

PATIENCE = 20.0
"""For how many seconds a program waits for another one that writes to the same logs."""


def read_logs(root: Path, folder: str, columns: Sequence[str]) -> dict[str, tuple[Entry, ...]]:
    """Read all logs of a folder by person. Raises Problems with everything that is wrong in any of them.

    A file whose name no person can have is an error: a copy such as `ab (1).csv` would count as a second person.
    """
    logs: dict[str, tuple[Entry, ...]] = {}
    problems: list[Finding] = []
    for path in sorted((root / folder).glob("*.csv")):
        if path.name.startswith(_PASSING):
            continue
        shown = path.relative_to(root).as_posix()
        if not _NAME.fullmatch(path.stem):
            problems.append(_misnamed(path.stem, shown))
            continue
        try:
            logs[path.stem] = read_log(_whole(path, folder, shown), shown, columns)
        except Problems as error:
            problems += error.findings
    if problems:
        raise Problems(tuple(problems))
    return logs


def _misnamed(stem: str, shown: str) -> Finding:
    message = f"{stem!r} is no name of a person, so it is not known whose log this is"
    hint = (
        "if it is a copy that a program made, bring the lines that the log itself does not have there, and delete it; "
        "names are lower-case letters, digits and hyphens"
    )
    return Finding("LOG", "error", stem, Place(shown), message, hint)


def checked_name(by: str, folder: str) -> None:
    """Raise Problems VALUE for what cannot be the name of a log, before anything is asked or written."""
    if not _NAME.fullmatch(by):
        message = f"{by!r} cannot be the name of a log"
        hint = "use lower-case letters, digits and hyphens, such as ab or anna-b"
        raise Problems((Finding("VALUE", "error", by, Place(f"{folder}/{by}.csv"), message, hint),))


def _whole(path: Path, folder: str, shown: str) -> str:
    """Read a log; one that ends in half a line is read again when nobody writes to it."""
    text = read_text(path, shown)
    if text and not text.endswith("\n"):
        with suppress(Problems), alone(path.parent, folder, seconds=PATIENCE):
            text = read_text(path, shown)
    return text


def add_line(root: Path, folder: str, by: str, columns: Sequence[str], cells: Sequence[str]) -> None:
    """Add one line to a person's log. Raises Problems WRITE or LOG."""
    add_lines(root, folder, by, columns, [cells])


def add_lines(root: Path, folder: str, by: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Add lines to the end of a person's log, all or none, while no other program does.

    The log is read before, so that nothing is added behind a line that is cut. Raises Problems VALUE for a name that
    is none, WRITE, LOG, or BUSY where another program goes on writing.
    """
    shown = f"{folder}/{by}.csv"
    checked_name(by, folder)
    if not rows:
        return
    path = root / shown
    raw = "".join(map(log_line, rows)).encode()
    with alone(path.parent, folder, seconds=PATIENCE):
        if not path.exists():
            write(path, log_line(columns).encode() + raw)
            return
        read_log(read_text(path, shown), shown, columns)
        try:
            _append(path, raw)
        except OSError as error:
            message = f"{shown} cannot be written: {error.strerror or error}"
            hint = "look for room on the disk, for something else of that name, and whether you may write there"
            raise Problems((Finding("WRITE", "error", by, Place(shown), message, hint),)) from None


def _append(path: Path, raw: bytes) -> None:
    """Write everything, or take back what was written: a full disk can cut a write short."""
    with path.open("ab", buffering=0) as file:
        size = file.tell()
        try:
            if file.write(raw) != len(raw):
                raise OSError(None, "only a part of the line could be written")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise
