"""Bands of one measure (<65, 65 to <80, 80 or more) against the row of all patients of the same table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import missing_said
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.bands import runs
from evsynth.checks.scanned.tabled.cells import Number, body, content, is_difference, is_limits, is_p, is_ratio
from evsynth.model.finding import Finding
from evsynth.scan.parts import Column, Row, Table
from evsynth.text.expressions import Expression

CODES = ("SUBGROUPS",)

_ALL = Expression(
    r"(?:all|total|overall|sum|whole|entire|together)(?:\s+(?:of|the|study|patients|participants|subjects|persons|people|"
    r"population|cohort|cases|sample|groups?|together|combined|children|adults|women|men|bands|categories|strata))*"
    r"(?:\s*[(,].*)?",
    re.I,
)
_AVERAGE = Expression(r"\b(?:mean|median|average|rate|per|score|percent\w*|days|time|ratio|index|duration)\b|%$", re.I)
_SEVERAL = Expression(
    r"\btime-(?:updated|varying|dependent)|\battained\b|\bmore than one (?:row|band|category|group|stratum)|"
    r"\b(?:several|two) (?:bands|categories|rows|strata)\b|"
    r"\bcontribut\w+ (?:person-time |time )?to (?:more|several|each)|"
    r"\bmoved? (?:from|between)\b",
    re.I,
)
WIDE = 0.25
"""Share of the whole by which a sum may differ at most: columns further apart count different things."""


class Sum(NamedTuple):
    """The counts of the bands in one column (`place` of the numbers of a cell), and that of the row of all."""

    parts: tuple[Number, ...]
    whole: Number

    @property
    def found(self) -> int:
        """The sum of the bands."""
        return int(sum(n.value for n in self.parts))


def sums_of_bands(reading: Reading) -> Iterator[Finding]:
    """Add up whole numbers over bands that leave no gap, and compare with the row of all, in counts only.

    A column counts as additive where the row of all is more than any band. One column is held wrong where another adds
    up, or, being the only one, where the bands are more than all. Left alone: tables in which a patient may pass
    through several bands, bands that fall short where data are missing, means, medians and rates.
    """
    for table in reading.document.tables:
        wholes = [r for r in body(table) if _ALL.fullmatch(r.label.text.strip())]
        if len(wholes) != 1 or _SEVERAL.search(reading.document.plain):
            continue
        for run in runs(table):
            rows = [row for row, _ in run]
            sums = [s for c in table.columns[1:] for s in _sums(reading, table, c, rows, wholes[0])]
            wrong = [s for s in sums if s.found != int(s.whole.value)]
            if len(wrong) != 1 or (len(sums) == 1 and wrong[0].found < wrong[0].whole.value):
                continue
            if wrong[0].found < wrong[0].whole.value and missing_said(reading, table):
                continue
            yield _finding(reading, wrong[0], wholes[0])


def _sums(reading: Reading, table: Table, column: Column, rows: list[Row], whole: Row) -> Iterator[Sum]:
    if is_p(column) or is_limits(column) or is_difference(column) or is_ratio(column) or _AVERAGE.search(column.label):
        return
    cells = [content(reading, table.cell(r.index, column.index)) for r in (*rows, whole)]
    if all(re.fullmatch(r"#(?:\(#%?\))?", c.shape) for c in cells):
        places: tuple[int, ...] = (0,)
    elif all(re.fullmatch(r"#/#(?:\(#%?\))?", c.shape) for c in cells):
        places = (0, 1)
    else:
        return
    for place in places:
        numbers = [c.numbers[place] for c in cells]
        if any(n.printed.decimals or n.printed.bound or n.value < 0 for n in numbers):
            continue
        own = Sum(tuple(numbers[:-1]), numbers[-1])
        if (
            own.whole.value > max(n.value for n in own.parts)
            and abs(own.found - own.whole.value) <= WIDE * own.whole.value
        ):
            yield own


def _finding(reading: Reading, wrong: Sum, row: Row) -> Finding:
    said = " + ".join(n.printed.text for n in wrong.parts)
    return reading.finding(
        "SUBGROUPS", "inconsistent",
        f"{row.label.text}: {wrong.whole.printed} is inconsistent with its bands, {said} = {wrong.found}",
        "a patient may be counted in two bands, or a value may be missing; otherwise a digit is misprinted",
        quotes=((wrong.whole.start, wrong.whole.end), *((n.start, n.end) for n in wrong.parts)),
        computed=(("sum of the bands", str(wrong.found)),),
    )  # fmt: skip
