"""An estimate with its standard error, or an area with its interval, against "significantly different"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.statistics_told import told_together
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_ZERO = Expression(
    r"\b(?P<not>(?:did|was|were|is) not )?(?P<said>significantly different from (?:zero|0)\b|differ(?:ed|s)?(?: "
    r"significantly)? from (?:zero|0)(?![\d.]))",
    re.I,
)
_CHANCE = Expression(
    r"\b(?P<not>(?:did not|was not|were not|no|not)\s(?:[a-z]+\s){0,2}?)?(?P<said>(?:better|greater|higher|"
    r"different) (?:than|from) chance|exceed(?:ed)? chance|above chance)",
    re.I,
)
_LARGE, _SMALL = 2.6, 1.6
"""Quotients of an estimate and its standard error beyond which a difference from 0 is plain, or plainly none."""


def estimate_said_significant(reading: Reading) -> Iterator[Finding]:
    """Check what is said of one estimate against its standard error, and of one area against 0.5."""
    for line in lines(reading, ("abstract", "results", "body")):
        if (match := _ZERO.search(line.words)) is not None:
            yield from _over_error(reading, line, match)
        if (match := _CHANCE.search(line.words)) is not None:
            yield from _area(reading, line, match)


def _over_error(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    found = [g for g in told_together(line.words) if "se" in g]
    if len(found) != 1 or effects(line):
        return
    error = span(found[0]["se"].value)
    before = re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", line.words[: found[0]["se"].start])
    if not before or error.low <= 0:
        return
    size = abs(float(before[-1]))
    held = size / error.high > _LARGE or (False if size / error.low < _SMALL else None)
    if held is None or held == (match["not"] is None):
        return
    yield _finding(
        reading, line, match, f"{before[-1]} and its standard error {found[0]['se'].value}", found[0]["se"].end
    )


def _area(reading: Reading, line: Line, match: re.Match[str]) -> Iterator[Finding]:
    found = [e for e in effects(line) if e.value is not None and 0 < e.low.value < e.high.value <= 100]
    if len(found) != 1 or not re.search(r"AU(?:RO)?C|area|[cC]-?(?:index|statistic)|iscriminat|accuracy", line.words):
        return
    e = found[0]
    half = 50.0 if float(e.low) > 1 else 0.5
    if any(abs(float(x) - half) < 10.0**-x.decimals for x in (e.low, e.high)):
        return
    held = not float(e.low) < half < float(e.high)
    if held != (match["not"] is None):
        yield _finding(
            reading,
            line,
            match,
            f"the interval {e.low} to {e.high}, which {'excludes' if held else 'holds'} {half:g}",
            e.end - line.start,
        )


def _finding(reading: Reading, line: Line, match: re.Match[str], shown: str, end: int) -> Finding:
    return reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{' '.join(match[0].split())}' is inconsistent with {shown}",
        "another comparison may be meant; otherwise the word or a number is misprinted",
        quotes=((line.start + min(match.start(), end - 1), line.start + max(match.end(), end)), line.piece(match)),
    )  # fmt: skip
