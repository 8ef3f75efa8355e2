"""A sentence about one group that prints the number of the other: "relapse in 33.9% of those given A", which is B's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.places.exchanged import NUMBER, ODD, ROLES
from evsynth.checks.scanned.places.two_columns import Side, sides
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COLUMNS_EXCHANGED",)

_COMPARED = Expression(
    r"\b(?:than|versus|vs\.?|compared|against|between|difference|differ\w*|respectively|both|each|other|former|latter|"
    r"without|not|no|alive|surviv\w+|free|instead|from|changed?|increase\w*|decrease\w*|by)\b", re.I,
)  # fmt: skip
_OWN = Expression(r"\b(?:our|this|the present)\b[^.;]{0,20}\b(?:trial|study|cohort|series|patients)\b", re.I)
_REPORTED = Expression(r"\breported\b|\bprevious|\bet al\b|\[\d", re.I)
_SHARE = Expression(r"\s*(?:%|per ?cent)")
_TIME = Expression(r"\s*(?:years?|months?|weeks?|days?|hours?|h|min)\b")
_GENERAL = frozenset("change baseline outcome all any other yes no at in within after by day week month year".split())


def other_group(reading: Reading) -> Iterator[Finding]:
    """Find the number of one group, with a decimal and three digits, in a clause that names only the other group.

    The clause must use every word of the row, and the number stand in no other row. Left alone: comparisons, changes,
    subgroups, other studies.
    """
    rows = [(s, s.words - _GENERAL) for s in sides(reading)]
    rows = [(s, w) for s, w in rows if any(len(x) > 3 and not x.isdigit() for x in w)]
    if not rows:
        return
    printed: dict[str, int] = {}
    for side, _ in rows:
        for cell in side.cells:
            for number in cell.numbers:
                printed[number.printed.text] = printed.get(number.printed.text, 0) + 1
    for line in lines(reading, ROLES):
        if ODD.search(line.words) or not NUMBER.search(line.words):
            continue
        if line.role == "discussion" and (not _OWN.search(line.words) or _REPORTED.search(line.words)):
            continue
        for clause in clauses(line):
            if _COMPARED.search(clause.words):
                continue
            words = key(clause.words)
            for side, own in rows:
                if own <= words:
                    yield from _judged(reading, clause, side, printed)


def _judged(reading: Reading, clause: Line, side: Side, printed: dict[str, int]) -> Iterator[Finding]:
    named = [i for i, p in enumerate(side.patterns) if p.search(clause.words)]
    if len(named) != 1:
        return
    mine, theirs = side.cells[named[0]], side.cells[1 - named[0]]
    texts = [m[0] for m in NUMBER.finditer(clause.words)]
    if any(n.printed.text in texts for n in mine.numbers):
        return
    for match in NUMBER.finditer(clause.words):
        other = next((n for n in theirs.numbers if n.printed.text == match[0] and _telling(n)), None)
        if other is None or printed.get(match[0], 0) != 1:
            continue
        share = _SHARE.match(clause.words, match.end()) is not None
        label = side.row.label.text
        if share != ("%" in label) or (_TIME.match(clause.words, match.end()) and not _TIME.search(label)):
            continue
        yield reading.finding(
            "COLUMNS_EXCHANGED", "inconsistent",
            f"{side.name}: {match[0]} is told of {side.names[named[0]]}, inconsistent with the table, which prints it "
            f"for {side.names[1 - named[0]]}",
            "the groups may be named in another order in one of the two places",
            quotes=(clause.piece(match), (other.start, other.end)),
        )  # fmt: skip
        return


def _telling(number: Number) -> bool:
    return number.printed.decimals > 0 and number.printed.significant_digits >= 3


__all__ = ["CODES", "other_group"]
