"""'A was the most used drug, followed by B and C', where another row of the table stands before C."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import group_key, key, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COMMONEST_CONTRADICTS",)

_SAID = Expression(
    r"(?P<first>[^.;:,]{2,70}?)\s+(?:was|were|being)\s+(?:the\s+)?(?:most|commonest)[\s-]?(?:common(?:ly)?|"
    r"frequent(?:ly)?|"
    r"prevalent|often)?\b[^.;:()0-9]{0,60}?,?\s+followed by\s+(?P<rest>[^.;:]{2,120})",
    re.I,
)
_FOLLOWED = Expression(r"\b(?:most|commonest)\b[^.;:()0-9]{0,80}?\bfollowed\s+by\b", re.I)
_AND = Expression(r",\s*(?:and\s+(?:by\s+)?)?|\s+and\s+(?:by\s+)?|\s+then\s+(?:by\s+)?")
_GROUP = Expression(r"\bin (?:the |both )?(?P<group>[^.,;]{2,50}?)\s+(?:group|arm)\b", re.I)
_OTHER = Expression(r"\b(?:any|all|total|other|others|none|unknown|missing|combination)\b", re.I)


def followed_by(reading: Reading) -> Iterator[Finding]:
    """Find a row with more than the last of the named ones, under the same heading, that is not named itself.

    All names must be rows under one heading, with counts, in the column of the group that the sentence names or in the
    sum of all. Left alone: rows for others, several or none; names that are not rows.
    """
    rows = table_lines(reading)
    for line in lines(reading, ("abstract", "results", "body")):
        match = _SAID.search(line.words) if _FOLLOWED.search(line.words) else None
        if match is None:
            continue
        names = [match["first"], *(n for n in _AND.split(match["rest"].strip()) if n.strip())]
        named = [_row(rows, n) for n in names]
        if len(named) < 2 or any(r is None for r in named):
            continue
        known = [r for r in named if r is not None]
        if len({(r.table.index, r.row.parent) for r in known}) != 1 or known[0].row.parent is None:
            continue
        found = _before_the_last(reading, rows, line, match, known)
        if found is not None:
            yield found


def _row(rows: tuple[TableLine, ...], name: str) -> TableLine | None:
    short = re.search(r"\((?P<s>[A-Z][A-Za-z0-9-]+)\)", name)
    wanted = [key(re.sub(r"\([^()]*\)", "", name).split(" group,")[-1])] + ([key(short["s"])] if short else [])
    own = [r for r in rows if key(r.row.stem or r.row.label.text) in wanted]
    return own[0] if len(own) == 1 else None


def _before_the_last(
    reading: Reading, rows: tuple[TableLine, ...], line: Line, match: re.Match[str], named: list[TableLine]
) -> Finding | None:
    group = _GROUP.search(line.words[: match.end()])
    wanted = group_key(group["group"]) if group else None
    counted = [
        (r, _count(r, wanted)) for r in rows if r.table == named[0].table and r.row.parent == named[0].row.parent
    ]
    last = next((n for r, n in counted if r.row.index == named[-1].row.index), None)
    mine = {r.row.index for r in named}
    more = [
        (r, n) for r, n in counted
        if last is not None and n is not None and n > last and r.row.index not in mine and not _OTHER.search(r.name)
    ]  # fmt: skip
    if last is None or not more:
        return None
    other, n = max(more, key=lambda pair: pair[1])
    return reading.finding(
        "COMMONEST_CONTRADICTS", "inconsistent",
        f"{named[-1].name} ({last}) is named as following, and {other.name} ({n}) stands before it in Table "
        f"{other.table.number}",
        "the sentence may speak of one kind of the rows only",
        quotes=(line.piece(match), named[-1].whole, other.whole),
    )  # fmt: skip


def _count(row: TableLine, wanted: str | None) -> int | None:
    cells = [c for c in row.cells if wanted is None or (c.group is not None and group_key(c.group.text) == wanted)]
    figures = [f for c in cells if (f := c.figure("count")) is not None]
    return sum(int(f.printed.value) for f in figures) if figures else None
