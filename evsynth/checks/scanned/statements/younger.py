"""'Patients with X were younger' against the ages of the two groups in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import key, own_groups, table_lines
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_OTHER = Expression(r"\b(?:without|no|non|not|never|other|untreated|neither|both)\b", re.I)
_SAID = Expression(
    r"\b(?:(?:patients|those|women|men|children|infants|participants|subjects|cases|adults|people|individuals)\s+"
    r"(?:(?:who (?:were|had|received|developed|took|underwent)|with|in|on|given|receiving|treated with|assigned to|of|"
    r"without|from)\s+)|the\s+)(?:the )?(?P<group>[^.;,()]{2,50}?)(?:\s+(?:group|arm))?\s+(?:were|was)\s+"
    r"(?:significantly |slightly |on average |somewhat |also |generally )*"
    r"(?:(?P<less>younger|lighter)|(?P<more>older|heavier|taller))\b"
    r"(?!\s+than\s+[0-9]|\s+(?:at|when|patients|people|adults|in)\b)",
    re.I,
)
_ROW = {"younger": {"age"}, "older": {"age"}, "lighter": {"weight"}, "heavier": {"weight"}, "taller": {"height"}}
_NOT_NOW = Expression(
    r"\b(?:onset|diagnosis|birth|gestational|maternal|first|loss|gain|[<>≥≤]|per|group|or)\b|[<>≥≤]", re.I
)
_TURNED = Expression(r"\b(?:not|no|neither|nor|if|whether|adjusted|other stud\w+)\b", re.I)


def younger(reading: Reading) -> Iterator[Finding]:
    """Compare a word for age, weight or height with the row of the table for the two groups.

    Left alone: other groups than the two of the table, ages at onset or diagnosis, and means that print alike.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        for match in _SAID.finditer(line.words):
            if _TURNED.search(line.words[: match.start()][-30:]):
                continue
            word = (match["less"] or match["more"]).lower()
            rows = [
                r for r in table_lines(reading) if _ROW[word] <= key(r.label) and not _NOT_NOW.search(r.row.label.text)
            ]
            pairs = [
                (r, p) for r in rows if (p := _pair(reading, r, match["group"], line.words[: match.end()])) is not None
            ]
            wrong = [(r, p) for r, p in pairs if _contradicts(p, less=bool(match["less"]))]
            if wrong and len(wrong) == len(pairs):
                row, (mine, theirs) = wrong[0]
                yield reading.finding(
                    "DIRECTION_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with Table {row.table.number}: {row.name} "
                    f"{mine.printed} and {theirs.printed}",
                    "the columns of the table may be exchanged",
                    quotes=(line.piece(match), (min(mine.start, theirs.start), max(mine.end, theirs.end))),
                )  # fmt: skip


def _contradicts(pair: tuple[Figure, Figure], *, less: bool) -> bool:
    mine, theirs = pair[0].printed.interval(), pair[1].printed.interval()
    if mine.low is None or mine.high is None or theirs.low is None or theirs.high is None:
        return False
    return mine.low > theirs.high if less else mine.high < theirs.low


def _pair(reading: Reading, row: TableLine, words: str, said: str) -> tuple[Figure, Figure] | None:
    """Give the centres of the named group and of the other one."""
    cells = [c for c in own_groups(reading, row) if c.group is not None]
    if len(cells) != 2:
        return None
    names = [key(c.group.text) for c in cells if c.group]
    fits = [i for i, name in enumerate(names) if name and name <= key(words)]
    if len(fits) == 2:
        fits = [i for i in fits if names[i] > names[1 - i]]
    if len(fits) != 1 or len(key(words) - names[fits[0]]) > 1:
        return None
    mine = fits[0]
    if _OTHER.search(said) and names[1 - mine] > names[mine]:
        mine = 1 - mine
    group = cells[mine].group
    if group is None or bool(_OTHER.search(said)) != bool(_OTHER.search(group.text)):
        return None
    for name in ("mean", "median", "centre"):
        one, two = cells[mine].figure(name), cells[1 - mine].figure(name)
        if one is not None and two is not None:
            return one, two
    return None
