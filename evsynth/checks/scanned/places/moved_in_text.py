"""The two values of a change in a sentence, "went from 61.5% to 66.0% (P = 0.002)", where a row has one and the P."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.told_otherwise import told_otherwise
from evsynth.checks.scanned.identity import Line, key, names, table_lines
from evsynth.checks.scanned.prose import Line as Sentence
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_ROLES: tuple[Role, ...] = ("abstract", "results", "body", "discussion", "conclusion", "figure legend")
DIGITS = 4
"""Least number of significant digits of the value that is the same, with the decimals of the P."""
_NUMBER = r"(?<![\w.,·/-])-?\d+(?:\.\d+)?(?![\d/]|[.,]\d)"
_UNIT = r"(?:\s?%|\s?(?:[a-zA-Zµ]{1,6}/[a-zA-Z]{1,5}|mg|kg|mm|cm|points?|years|days|h|min|mL|g)\b)?"
_ASIDE = r"(?:\s?[(\[][^()\[\]]{1,40}[)\]])?"
_MOVED = Expression(
    rf"\bfrom\s(?P<a>{_NUMBER})(?P<ua>{_UNIT}){_ASIDE}(?:\s[a-z ]{{2,25}})?\sto\s(?P<b>{_NUMBER})(?P<ub>{_UNIT})"
    r"[^.;()]{0,30}[(,;]\s?(?:[a-z ]{2,30}[,;]\s)?[Pp]\s?=\s?(?P<p>0?\.\d+)"
)
_MAIN = ("percent", "mean", "median", "count", "centre", "value")


def moved_in_text(reading: Reading) -> Iterator[Finding]:
    """Compare "from A to B" with rows that the sentence names: one value and the exact P are those of the row.

    Left alone: sentences of which another row prints both values.
    """
    rows = [x for x in table_lines(reading) if len(x.cells) > 1]
    done: set[int] = set()
    for line in lines(reading, _ROLES) if rows else ():
        if " from " not in line.words:
            continue
        for match in _MOVED.finditer(line.words):
            words = key(line.words)
            yield from _moved(reading, line, match, [x for x in rows if key(x.name) & words], done)


def _moved(
    reading: Reading, line: Sentence, match: re.Match[str], near: list[Line], done: set[int]
) -> Iterator[Finding]:
    values = [Printed.parse(match[k]) for k in "ab"]
    p = Printed.parse(match["p"])
    found = []
    for x in near:
        printed = x.p.figure("p") if x.p is not None else None
        printed = printed or next((f for c in x.cells if (f := c.figure("p")) is not None), None)
        mains = [
            f for c in x.cells if (f := next((f for n in _MAIN if (f := c.figure(n)) is not None), None)) is not None
        ]
        for one, two in pairwise(mains):
            fit = [v.agrees(f.printed) for v, f in zip(values, (one, two), strict=True)]
            if all(fit):
                return
            if printed is None or printed.printed.value != p.value or printed.printed.bound or fit.count(True) != 1:
                continue
            at = fit.index(False)
            if (
                values[1 - at].significant_digits > 1
                and values[1 - at].significant_digits + p.decimals > DIGITS
                and _named(x, line)
            ):
                found.append(
                    (
                        (values[at], (line.start + match.start("ab"[at]), line.start + match.end("ab"[at]))),
                        (one, two)[at],
                        x,
                    )
                )
    if len(found) == 1 and found[0][0][1][0] not in done:
        done.add(found[0][0][1][0])
        yield told_otherwise(reading, *found[0], "the other value and P are the same")


def _named(x: Line, line: Sentence) -> bool:
    """Say whether a sentence names a row: in full, or by its first word."""
    first = x.name.split(",")[0].split(" (")[0]
    return names(x.name, line.words) or names(first, line.words)


__all__ = ["CODES", "moved_in_text"]
