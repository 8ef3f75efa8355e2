"""The named statistics of a paper in groups, those of its sentences and those of the rows of its tables alike.

A row under the heads "B, SE, Wald, p, Exp(B)" tells what "b = 0.69, SE 0.25, Wald 7.62, p = 0.006, OR 1.99" tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import number
from evsynth.checks.scanned.facts.statistics_told import Told, role_of, told_together
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

_CELL = Expression(
    r"\s*(?P<bound>[<>≤≥=]\s?)?(?P<v>[-+]?\s?(?:\d+(?:\.\d+)?|\.\d+))\s?(?P<percent>%)?\s?[*†‡§a-e]{0,3}\s*"
)
_DF = Expression(r"\s*[(\[]?(?P<a>\d+(?:\.\d+)?)(?:\s?[,;/]\s?(?P<b>\d+(?:\.\d+)?))?[)\]]?\s*")
_HEAD_DF = Expression(r"[(\[]\s?(?:d\.?f\.?\s?=\s?)?(?P<a>\d+)(?:\s?[,;]\s?(?P<b>\d+))?\s?[)\]]")


class Group(NamedTuple):
    """Statistics of one result by role; offsets of each count from `line.start`; `table` of a row, else None."""

    told: dict[str, Told]
    line: Line
    table: Table | None = None


@lru_cache(maxsize=32)
def groups(reading: Reading) -> tuple[Group, ...]:
    """Give the groups of all sentences of the paper's own text, and of the rows of tables."""
    found = [
        Group(told, line)
        for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend"))
        for told in told_together(line.words)
    ]
    return (*found, *(g for table in reading.document.tables for g in _rows(reading, table)))


def _rows(reading: Reading, table: Table) -> Iterator[Group]:
    heads = {c.index: (role_of(c.label), c.label) for c in table.columns[1:]}
    roles = [role for role, _ in heads.values() if role is not None]
    if len(roles) < 2 or len(set(roles)) < len(roles):
        return
    for row in table.rows:
        told: dict[str, Told] = {}
        for index, cell in enumerate(row.cells):
            role, name = heads.get(index, (None, ""))
            text = reading.document.plain[cell.start : cell.end]
            if role == "df" and (df := _DF.fullmatch(text)) is not None:
                degrees = tuple(float(df[x]) for x in ("a", "b") if df[x])
                told["df"] = Told("df", name, number(df["a"]), degrees, False, "", cell.start, cell.end)
            elif role is not None and (m := _CELL.fullmatch(text)) is not None:
                own = _HEAD_DF.search(name)
                degrees = tuple(float(own[x]) for x in ("a", "b") if own[x]) if own else ()
                bound = (m["bound"] or "").strip().replace("=", "")
                told[role] = Told(role, name, number(m["v"]), degrees, bool(m["percent"]), bound, cell.start, cell.end)
        for role in ("f", "t", "chi2"):
            if role in told and "df" in told and not told[role].df:
                told[role] = told[role]._replace(df=told["df"].df)
        if len(told) > 1:
            yield Group(told, Line("", 0, 0, "results", 0), table)


def caption_of(group: Group) -> str:
    """Give the words around a group: its sentence, or the caption and the heads of its table."""
    if group.table is None:
        return re.sub(r"\s", " ", group.line.words)
    caption = group.table.caption.text if group.table.caption is not None else ""
    return " ".join([caption, *(c.label for c in group.table.columns)])
