"""Reads and lengthens logs on disk: one CSV file per person in a folder; a line is written whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from evsynth.model.finding import Finding, Place, Problems
from evsynth.review.files import read_text
from evsynth.text.log import Entry, log_line, read_log


def read_logs(root: Path, folder: str, columns: Sequence[str]) -> dict[str, tuple[Entry, ...]]:
    """Read all logs of a folder by person. Raises Problems with everything that is wrong in any of them."""
    logs: dict[str, tuple[Entry, ...]] = {}
    problems: list[Finding] = []
    for path in sorted((root / folder).glob("*.csv")):
        shown = path.relative_to(root).as_posix()
        try:
            logs[path.stem] = read_log(read_text(path, shown), shown, columns)
        except Problems as error:
            problems += error.findings
    if problems:
        raise Problems(tuple(problems))
    return logs


def add_line(root: Path, folder: str, by: str, columns: Sequence[str], cells: Sequence[str]) -> None:
    """Add one line to a person's log, in one write to the end of the file. Raises Problems WRITE or LOG."""
    shown = f"{folder}/{by}.csv"
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", by):
        message = f"{by!r} cannot be the name of a log"
        hint = "use lower-case letters, digits and hyphens, such as ab or anna-b"
        raise Problems((Finding("VALUE", "error", by, Place(shown), message, hint),))
    path = root / shown
    if path.exists():
        read_log(read_text(path, shown), shown, columns)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            start = "" if os.fstat(file).st_size else log_line(columns)
            os.write(file, (start + log_line(cells)).encode())
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        message = f"{shown} cannot be written: {error.strerror or error}"
        hint = "look whether something else of that name is in the way, and whether you may write there"
        raise Problems((Finding("WRITE", "error", by, Place(shown), message, hint),)) from None
