"""'X was higher in group A' against the row of X in a table of two groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.named_rows import named
from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import key, own_groups
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.scan.statistics import Reported
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_MORE = r"higher|greater|larger|longer|older|more (?:frequent|common|often|frequently|commonly)"
_LESS = r"lower|smaller|shorter|younger|fewer|less (?:frequent|common|often|frequently|commonly)|rarer"
_IN = Expression(
    rf"\b(?P<verb>was|were|is|are|occurred|remained|became|found|observed)\s+(?:also |significantly |slightly |"
    rf"markedly |"
    rf"much |numerically |somewhat )*(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s+(?:in|with|among|for|under|after)\s+"
    r"(?P<group>[^.;,()]{1,70}?)(?=\s+than\b|\s+compared\b|\s+as well\b|\s+and\b|[.;,(]|\s*$)",
    re.I,
)
_GROUP = Expression(r"[^.;,()]{2,60}$")
_HAD = Expression(
    r"\s(?:had|showed|experienced|exhibited)\s+(?:an? |significantly |slightly )*"
    r"(?:(?P<more>higher|greater|larger|longer|more)|(?P<less>lower|smaller|shorter|fewer|"
    r"less))\s+(?P<what>[^.;()]{3,80}?)"
    r"\s+(?:than|compared)\b",
    re.I,
)
_SKIP = Expression(
    r"\b(?:not|no|neither|nor|never|adjust\w*|subgroup|among|weight(?:ed|ing)|per|correlat\w*|associat\w*|"
    r"predict\w*|risk|odds|"
    r"hazard|ratio|improv\w*|loss|reduction|decline|decrease|increase|change[sd]?|difference|gain|improvement|"
    r"worsening|"
    r"percentile|z-?score|survivors|responders|men|women|boys|girls)\b",
    re.I,
)
OTHER = Expression(r"\b(?:without|no|non|not|never|other|untreated|neither|both)\b", re.I)
_CENTRES = ("median", "mean", "percent", "centre", "value", "count")


def rows_compared(reading: Reading) -> Iterator[Finding]:
    """Compare a comparative and its group with the two values of the row that the clause names.

    Every row that is named must contradict. Left alone: changes, adjusted values, subgroups, negations, rows with more
    than two groups or with several times, groups that cannot be told apart, and values that print alike.
    """
    for line in lines(reading, ("abstract", "results", "discussion", "body")):
        if line.role == "discussion" and not re.search(
            r"\b(?:our|this|present) (?:study|cohort|trial|series)", line.words
        ):
            continue
        for clause in clauses(line):
            for match in _IN.finditer(clause.words):
                yield from _judged(reading, line, clause, match, clause.words[: match.start()], match["group"])
            had = _HAD.search(clause.words)
            before = _GROUP.search(clause.words[max(0, had.start() - 60) : had.start()]) if had else None
            if had and before:
                yield from _judged(reading, line, clause, had, had["what"], before[0])


def _judged(
    reading: Reading, line: Line, clause: Line, match: re.Match[str], what: str, group: str
) -> Iterator[Finding]:
    if _SKIP.search(what) or _SKIP.search(match[0]) or _SKIP.search(group):
        return
    subject = re.split(r"[;:]|\(", what)[-1] if ")" not in what else what
    wrong = []
    for row in named(reading, subject, line.words):
        pair = _pair(reading, row, group)
        if pair is None:
            return
        mine, theirs = pair
        a, b = mine[1].printed.interval(), theirs[1].printed.interval()
        if None in (a.low, a.high, b.low, b.high):
            return
        above, below = a.low > b.high, a.high < b.low  # type: ignore[operator]
        if (match["more"] and not below) or (match["less"] and not above):
            return
        wrong.append((row, mine[1], theirs[1]))
    if not wrong:
        return
    shown = "; ".join(f"{row.name}: {one.printed} and {two.printed}" for row, one, two in wrong)
    said = match["more"] or match["less"]
    yield reading.finding(
        "DIRECTION_CONTRADICTS", "inconsistent",
        f"'{said}' ('{' '.join(group.split())}') is inconsistent with Table {wrong[0][0].table.number}: "
        f"{shown}",
        "another time, a change, or an adjusted value may be meant, or the columns of the table may be exchanged",
        quotes=(
            (clause.start, clause.start + match.end()),
            *((min(one.start, two.start), max(one.end, two.end)) for _, one, two in wrong),
        ),
    )  # fmt: skip


def _pair(
    reading: Reading, row: TableLine, words: str
) -> tuple[tuple[Reported, Figure], tuple[Reported, Figure]] | None:
    """Give the value of the group that some words name, and that of the other group."""
    cells = [c for c in own_groups(reading, row) if c.group is not None]
    if len(cells) != 2 or cells[0].sort != cells[1].sort:
        return None
    names = [key(c.group.text) for c in cells if c.group]
    said = key(words)
    fits = [i for i, name in enumerate(names) if name and name <= said]
    if len(fits) == 2:
        fits = [i for i in fits if names[i] > names[1 - i]]
    if len(fits) != 1:
        return None
    mine = fits[0]
    if OTHER.search(words) and not OTHER.search(cells[mine].group.text):  # type: ignore[union-attr]
        return None
    if (
        len(
            said
            - names[mine]
            - {"treated", "treatment", "assigned", "receiving", "received", "children", "who", "those"}
        )
        > 1
    ):
        return None
    figures = [next((f for name in _CENTRES if (f := c.figure(name)) is not None), None) for c in cells]
    if figures[0] is None or figures[1] is None or figures[0].statistic != figures[1].statistic:
        return None
    if figures[0].statistic == "count" and cells[0].figure("percent") is None:
        return None
    return (cells[mine], figures[mine]), (cells[1 - mine], figures[1 - mine])  # type: ignore[return-value]
