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

PATIENCE = 20.0
"""For how many seconds a program waits for another one that writes to the same logs."""


def read_logs(root: Path, folder: str, columns: Sequence[str]) -> dict[str, tuple[Entry, ...]]:
    """Read all logs of a folder by person. Raises Problems with everything that is wrong in any of them."""
    logs: dict[str, tuple[Entry, ...]] = {}
    problems: list[Finding] = []
    for path in sorted((root / folder).glob("*.csv")):
        shown = path.relative_to(root).as_posix()
        try:
            logs[path.stem] = read_log(_whole(path, folder, shown), shown, columns)
        except Problems as error:
            problems += error.findings
    if problems:
        raise Problems(tuple(problems))
    return logs


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
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", by):
        message = f"{by!r} cannot be the name of a log"
        hint = "use lower-case letters, digits and hyphens, such as ab or anna-b"
        raise Problems((Finding("VALUE", "error", by, Place(shown), message, hint),))
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
            hint = "look whether something else of that name is in the way, and whether you may write there"
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
