"""A row that counts any of some things ("Any local reaction"), and the rows of single ones below it: one is more.

Patients with any of some events are at least as many as those with one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import Line, own_groups, table_lines, whole_number
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("COUNT_EXCEEDS",)

_ANY = Expression(
    r"^(?:any|at least one|one or more|≥ ?1)\b(?! (?:other|of the|grade|cause))|^[\w -]{2,30}[(,] ?any\b", re.I
)
_ALL = Expression(r"^(?:all|total|overall|patients with any)\b", re.I)
_NO_PART = Expression(
    r"^(?:no|none|without|not|never|free|number of|completed|withdr\w+|discontinu\w+|patients\b|participants\b|"
    r"total|all|any|overall|at least|one or more|≥|death|died|mortality|follow|alive)\b", re.I,
)  # fmt: skip
_PLACE = Expression(r"\b(?:local|systemic|injection[- ]site|regional)\b", re.I)
_GENERAL = Expression(
    r"^(?:any|at least one|one or more|≥ ?1)(?: \(?(?:\d+ or more)\)?)?(?: (?:treatment-emergent|solicited|adverse|"
    r"unsolicited|postoperative|early|late|side))*"
    r"(?: (?:events?|AEs?|TEAEs?|complications?|reactions?|symptoms?|effects?|toxicity))?"
    r"[\s*†,;:]*(?:n|no\.?)?[\s(]*%?\)?$", re.I,
)  # fmt: skip
"""A row of any event at all; those below it, of whatever kind, are parts."""
_EVENTS = Expression(
    r"\bevents, n\b(?! ?\(?%)|number of (?:events|episodes)|no\. of (?:events|episodes)|episodes", re.I
)


class _Block(NamedTuple):
    """A row of any and the rows that count one each."""

    whole: Line
    parts: list[Line]


def parts_of_any(reading: Reading) -> Iterator[Finding]:
    """Find a part that is more than its whole in one group, where the whole is at least each part everywhere else.

    The parts of "Any local" are the rows down to the next such row. Left alone: events rather than patients, rows with
    a footnote mark, blocks in which a second part is more (then they are no parts).
    """
    for block in _blocks(table_lines(reading)):
        wrong: list[tuple[Line, Reported, Reported]] = []
        held = 0
        for part in block.parts:
            for whole, cell in _cells(reading, block.whole, part):
                one, two = (_count(c) for c in (whole, cell))
                if one is None or two is None:
                    continue
                held += two <= one
                if two > one:
                    wrong.append((part, whole, cell))
        if not wrong or held < (3 if len(wrong) == 1 else 2) or not _one_cell(reading, block, wrong):
            continue
        part, whole, cell = wrong[0]
        yield reading.finding(
            "COUNT_EXCEEDS", "inconsistent",
            f"{part.name}: {_count(cell)} are more than {block.whole.name}, {_count(whole)}, of which they are a part",
            "the row may count something else, or events; otherwise a digit is misprinted",
            quotes=((cell.start, cell.end), (whole.start, whole.end)),
        )  # fmt: skip


def _one_cell(reading: Reading, block: _Block, wrong: list[tuple[Line, Reported, Reported]]) -> bool:
    """Say whether the parts that are more are all more than one cell, and less than the whole in another group."""
    if len({whole.start for _, whole, _ in wrong}) != 1:
        return False
    for part, whole, _ in wrong if len(wrong) > 1 else ():
        others = [(a, b) for a, b in _cells(reading, block.whole, part) if a.start != whole.start]
        if not any((_count(b) or 0) < (_count(a) or 0) for a, b in others):
            return False
    return True


def _blocks(lines: tuple[Line, ...]) -> Iterator[_Block]:
    tables: dict[int, list[Line]] = {}
    for line in lines:
        tables.setdefault(line.table.index, []).append(line)
    for rows in tables.values():
        said = " ".join(p.text for p in (rows[0].table.caption, *rows[0].table.notes) if p is not None)
        if _EVENTS.search(said) or any(_EVENTS.search(c.label) for c in rows[0].table.columns):
            continue
        starts = [i for i, x in enumerate(rows) if _ANY.search(x.row.label.text) and x.cells]
        places = {m[0].lower() for i in starts for m in _PLACE.finditer(rows[i].row.label.text)}
        for at in starts:
            parts, level = [], rows[at].row.level
            for x in rows[at + 1 :]:
                words = x.row.label.text
                if not x.cells or x.row.level < level or _ANY.search(words) or _ALL.search(words):
                    break
                if x.row.level == level and x.row.parent != rows[at].row.parent:
                    break
                if x.row.level == level and not _of_all(rows[at].row.label.text, places):
                    continue
                if not _NO_PART.search(words) and not x.marked and not _EVENTS.search(words):
                    parts.append(x)
            if len(parts) > 1:
                yield _Block(rows[at], parts)


def _of_all(label: str, places: set[str]) -> bool:
    """Say whether rows that are not set in can be parts: of any event, or of local ones where systemic ones follow."""
    return bool(_GENERAL.search(label)) or (bool(_PLACE.search(label)) and len(places) > 1)


def _cells(reading: Reading, one: Line, two: Line) -> Iterator[tuple[Reported, Reported]]:
    """Give the cells of two rows that stand in one column."""
    below = {c.spot.column: c for c in own_groups(reading, two) or two.cells}
    for cell in own_groups(reading, one) or one.cells:
        other = below.get(cell.spot.column)
        if other is not None:
            yield cell, other


def _count(cell: Reported) -> int | None:
    count = cell.figure("count")
    if count is None or cell.sort not in ("count percent", "fraction", "count"):
        return None
    return whole_number(count.printed)


__all__ = ["CODES", "parts_of_any"]
