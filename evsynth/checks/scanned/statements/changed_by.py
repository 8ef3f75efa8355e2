"""'The score increased by 9.98' against the two values in the tables, of which 9.98 is the decrease."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.named_rows import row_key
from evsynth.checks.scanned.identity import Line as TableLine
from evsynth.checks.scanned.identity import column_of, group_key, key, table_lines
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_BY = Expression(
    r"\b(?:(?P<up>increased|rose|grew)|(?P<down>decreased|fell|declined|dropped))\b(?P<between>[^.;0-9]{0,40}?)\bby "
    r"(?:a (?:mean|median) "
    r"of )?(?P<n>[0-9]+(?:\.[0-9]+)?)(?!\s*%)"
)
_MOVED = Expression(
    r"\b(?:significantly |markedly )?(?:(?P<up>increased|rose)|(?P<down>decreased|fell|declined|dropped))\b(?! "
    r"(?:risk|in the|dose))"
    r"(?! by| from| with| to)",
    re.I,
)
_FIRST = Expression(
    r"\bbaseline\b|\bbefore\b|\bpre\b|\bpre-?treatment\b|\badmission\b|\bweek 0\b|\bcharacteristics\b|\binitial\b", re.I
)
_LAST = Expression(
    r"\bafter\b|\bpost\b|\bpost-?treatment\b|\bfollow-?up\b|\b(?:week|month|day|year)s? [1-9]|\b[1-9][0-9]* "
    r"(?:weeks?|months?|"
    r"years?|days?)\b|\bfinal\b|\bend of\b|\blast\b|\bdischarge\b",
    re.I,
)
_SKIP = Expression(r"\b(?:not|no|correlat\w*|associat\w*|predict\w*|risk|if|odds|hazard|whether|dose|more|less|"
    r"first|then|initially|previous|preceding|prior|"
                   r"between|than|survival|adjust\w*|proportion of|number of|among)\b", re.I)  # fmt: skip
_HAD = Expression(r"\bhad (?:been )?(?:increas|ris|grow|decreas|fall|declin|dropp)\w*", re.I)
"""What had happened before the study."""
_CENTRES = ("median", "mean", "centre", "value")


def changed_by(reading: Reading) -> Iterator[Finding]:
    """Compare a verb of change with the values before and after in the row (or rows) of the variable.

    'by N': one group's two values differ by exactly N, the other way. Without a number: a row with one value before and
    one after for a single group, whose centres move the other way. Left alone: rows without a clear before and after,
    percentages, values that print alike, negations, and more than one verb in a clause.
    """
    rows = table_lines(reading)
    if not rows:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        for clause in clauses(line):
            if _SKIP.search(clause.words) or _HAD.search(clause.words):
                continue
            by = _BY.search(clause.words)
            if by is not None:
                yield from _by_number(reading, rows, clause, by)
                continue
            moved = list(_MOVED.finditer(clause.words))
            if len(moved) == 1:
                yield from _without_number(reading, rows, clause, moved[0])


def _by_number(reading: Reading, rows: tuple[TableLine, ...], clause: Line, match: re.Match[str]) -> Iterator[Finding]:
    said = key(clause.words[: match.start()])
    change = Decimal(match["n"])
    step = Decimal(1).scaleb(change.as_tuple().exponent)  # type: ignore[arg-type]
    values = [v for row in rows if (own := row_key(row)) and own <= said for v in _values(reading, row)]
    for group, first, before in values:
        for other, last, after in values:
            if group != other or not (first and not last):
                continue
            moved = after.printed.value - before.printed.value
            if abs(abs(moved) - change) <= step and moved != 0 and (moved > 0) != bool(match["up"]):
                yield _finding(reading, clause, match, before, after)
                return


def _without_number(
    reading: Reading, rows: tuple[TableLine, ...], clause: Line, match: re.Match[str]
) -> Iterator[Finding]:
    subject = clause.words[: match.start()]
    said = key(subject)
    named = [row for row in rows if (own := row_key(row)) and own <= said]
    named = [x for x in named if not any(row_key(x) < row_key(y) for y in named)]
    if len(named) != 1:
        return
    values = _values(reading, named[0])
    before, after = [v for v in values if v[1]], [v for v in values if not v[1]]
    if len(before) != 1 or len(after) != 1 or before[0][0] != after[0][0]:
        return
    a, b = before[0][2], after[0][2]
    if (match["up"] and b.printed.value < a.printed.value) or (match["down"] and b.printed.value > a.printed.value):
        yield _finding(reading, clause, match, a, b)


def _finding(reading: Reading, clause: Line, match: re.Match[str], before: Figure, after: Figure) -> Finding:
    return reading.finding(
        "DIRECTION_CONTRADICTS", "inconsistent",
        f"'{' '.join(match[0].split())}' is inconsistent with the tables, {before.printed} before and "
        f"{after.printed} after",
        "a change for the better may be meant, or the signs of the scale may be turned",
        quotes=((clause.start, clause.start + match.end()), (before.start, before.end), (after.start, after.end)),
    )  # fmt: skip


def _values(reading: Reading, row: TableLine) -> list[tuple[str, bool, Figure]]:
    """Give the centres of a row: the group, whether it is the value before (else after), and the number."""
    found = []
    caption = row.table.caption.text if row.table.caption else ""
    for cell in row.cells:
        column = column_of(reading, cell)
        figure = next((f for name in _CENTRES if (f := cell.figure(name)) is not None), None)
        if column is None or column.statistic is not None or figure is None or cell.figure("percent") is not None:
            continue
        said = (
            column.label
            if _FIRST.search(column.label) or _LAST.search(column.label)
            else f"{caption} {row.table.columns[0].label}"
        )
        first, last = _FIRST.search(said), _LAST.search(said)
        if (first is None) != (last is None):
            found.append((group_key(cell.group.text) if cell.group else "", first is not None, figure))
    return found
