"""One P value stands once for the change of a measurement, and once for its level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("CHANGE_TOLD_AS_LEVEL",)

DIGITS = 3
"""Decimals that a P value needs to be told apart from others of the paper."""

_CHANGE = Expression(
    r"\b(?:changes?|change in|differences? (?:in|of) (?:the )?change|reductions?|declines?|improvements?|decreases?|"
    r"increases?|reduced|decreased|increased|declined|improved)\b",
    re.I,
)
_NOUN = Expression(r"\bchanges? (?:of|in|from)\b", re.I)
_LEVEL = Expression(r"\b(?:lower|higher|smaller|larger|greater)\s+(?P<what>(?:[A-Za-z][\w-]*\s?){1,5})", re.I)
_WORD = Expression(r"[A-Za-z][A-Za-z0-9-]{2,}")
_EMPTY = frozenset(
    "the and for with than group groups patients score scores level levels total mean median chest".split()
)


def change_as_level(reading: Reading) -> Iterator[Finding]:
    """Find a P value of three decimals that the abstract gives for lower values and the results for a change.

    Both sentences name the measurement. Left alone: sentences of the abstract that speak of a change as well.
    """
    abstract = [(x, f) for x in lines(reading, ("abstract",)) for f in _figures(reading, x)]
    results = [(x, f) for x in lines(reading, ("results",)) for f in _figures(reading, x)]
    for line, p in abstract:
        clause = _clause(line, p)
        level = _LEVEL.search(clause)
        if level is None or _CHANGE.search(clause):
            continue
        named = {w.lower() for w in _WORD.findall(level["what"])} - _EMPTY
        for there, same in results:
            if same.printed != p.printed or not _NOUN.search(_clause(there, same)):
                continue
            if named and named & {w.lower() for w in _WORD.findall(there.words)}:
                yield reading.finding(
                    "CHANGE_TOLD_AS_LEVEL", "concern",
                    f"P {p.printed} is given for '{' '.join(level[0].split())}' in the abstract, and for a "
                        f"change in the "
                    "results",
                    "the groups may have begun alike; otherwise a larger fall is not a lower value",
                    quotes=((p.start, p.end), (same.start, same.end)),
                )  # fmt: skip
                return


def _figures(reading: Reading, line: Line) -> list[Figure]:
    return [
        f
        for r in reading.reported
        if r.spot.table is None and line.start <= r.start < line.end and r.measure != "threshold"
        for f in [r.figure("p")]
        if f is not None and not f.printed.bound and f.printed.decimals >= DIGITS
    ]


def _clause(line: Line, p: Figure) -> str:
    """Give the words up to a P value, from the P value before it on."""
    before = line.words[: p.start - line.start]
    return re.split(r"[Pp]\s*[=<>]\s*[\d.]+\s*\)?", before)[-1] if before else ""
