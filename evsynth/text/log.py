"""Logs: CSV files to which lines are only ever added, one file per person, so that branches of git merge them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from evsynth.model.finding import Finding, Place, Problems
from evsynth.text.formulas import guarded, unguarded

_MERGE = re.compile(r"^(?:<{7}|={7}|>{7})(?: |$)")


class Entry(NamedTuple):
    """One line of a log: where it stands, and its cells by column."""

    place: Place
    cells: Mapping[str, str]


def read_log(text: str, file: str, columns: Sequence[str]) -> tuple[Entry, ...]:
    """Read a log. Raises Problems LOG for a wrong heading, a line that is cut or has other columns, or a merge mark.

    Cells cannot hold line breaks; lines that stand there twice, as a merge leaves them, are read once.
    """
    lines = text.splitlines()
    if not lines or lines[0].split(",") != list(columns):
        raise _problem(file, 1, f"the first line is not {','.join(columns)}", _back(lines[:1], columns))
    entries: list[Entry] = []
    problems: list[Finding] = []
    seen: set[str] = set()
    for number, line in enumerate(lines[1:], 2):
        if _MERGE.match(line):
            hint = "delete the three lines of marks and keep all the others"
            problems += _problem(file, number, "git left a mark of a merge here", hint).findings
        elif number == len(lines) and not text.endswith("\n"):
            hint = "the program was stopped while it wrote; delete this line and decide again"
            problems += _problem(file, number, "the last line is cut", hint).findings
        elif line.strip() and line not in seen:
            seen.add(line)
            cells = [unguarded(cell) for cell in next(csv.reader([line]))]
            if len(cells) != len(columns):
                message = f"the line has {len(cells)} cells; there are {len(columns)} columns"
                problems += _problem(file, number, message, _back([], columns)).findings
            else:
                entries.append(Entry(Place(file, number), dict(zip(columns, cells, strict=True))))
    if problems:
        raise Problems(tuple(problems))
    return tuple(entries)


def _back(first: Sequence[str], columns: Sequence[str]) -> str:
    """Say how to mend a log; a spreadsheet puts its own sign between cells."""
    for sign, name in ((";", "semicolons"), ("\t", "tabs")):
        if [line.split(sign) for line in first] == [list(columns)]:
            return f"a spreadsheet saved it with {name}: save it with commas, as CSV UTF-8, or bring it back from git"
    return "bring it back from git or from a copy; a log is not edited in a spreadsheet"


def log_line(cells: Sequence[str]) -> str:
    """Write one line of a log; line breaks in cells become spaces, all else stays: an id may hold two blanks.

    A cell that a spreadsheet would take for a formula is guarded by an apostrophe, which reading takes away again.
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(guarded(" ".join(cell.splitlines())) for cell in cells)
    return out.getvalue()


def _problem(file: str, line: int, message: str, hint: str) -> Problems:
    return Problems((Finding("LOG", "error", file, Place(file, line), message, hint),))
