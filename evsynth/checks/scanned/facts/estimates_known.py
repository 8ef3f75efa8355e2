"""Every estimate with its interval that a paper prints, in sentences of results and in tables, with the words about it.

Made for checks that hold a sentence on an interval, a threshold or a risk against what is printed elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.concluding import before_conclusion, stems
from evsynth.checks.scanned.facts.effects import effects, ratio_like
from evsynth.checks.scanned.facts.short_names import short_names, with_long_names
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

_OPEN = Expression(r"[(\[][^()\[\]]*$")
"""A bracket that is still open: a semicolon in it ends no clause."""
_RATIOS = frozenset({"hazard_ratio", "odds_ratio", "risk_ratio"})
_DIFFERENCES = frozenset({"mean_difference", "risk_difference"})
_VALUES = (*sorted(_RATIOS), *sorted(_DIFFERENCES), "value")


class Estimate(NamedTuple):
    """An estimate, its limits and P; `ratio` is None where nothing says what it is. `about`: stems of its words.

    `words` are the clause before it, or the label of its row with caption and head.
    """

    value: Printed
    low: Printed
    high: Printed
    ratio: bool | None
    p: Printed | None
    about: frozenset[str]
    words: str
    spot: Spot
    table: int | None = None

    @property
    def null(self) -> float:
        """The value of no effect."""
        return 1.0 if self.ratio else 0.0

    def holds(self, value: float) -> bool:
        """Say whether the interval, ends included, holds a value."""
        return float(self.low) <= value <= float(self.high)


def estimates_known(reading: Reading) -> Iterator[Estimate]:
    """Give the estimates of all sentences before the conclusion, then those of tables.

    Once a ratio has been named, what nothing names and lies in the middle of its limits as ratios do is one, too.
    """
    named, known = False, short_names(reading)
    for line in before_conclusion(reading):
        last = 0
        for e in effects(line):
            start = e.start - line.start
            if e.value is None or e.low.value >= e.high.value or not 0.94 < e.level < 0.96:
                continue
            words = re.split(r";\s|\.\s", _OPEN.sub(lambda m: m[0].replace(";", ","), line.words[last:start]))[-1]
            kind = True if e.kind == "ratio" else False if e.kind == "difference" else None
            if kind is None and named and not e.unit and ratio_like(e.value, e.low, e.high):
                kind = True
            named = named or e.kind == "ratio"
            about = with_long_names(known, stems(words))
            yield Estimate(e.value, e.low, e.high, kind, e.p, about, words, e.spot)
            last = e.end - line.start
    for row in table_lines(reading):
        caption = row.table.caption.text if row.table.caption else ""
        for cell in row.cells:
            value = next((f for name in _VALUES if (f := cell.figure(name)) is not None), None)
            low, high, p = (cell.figure(x) for x in ("lower", "upper", "p"))
            if cell.sort != "estimate" or value is None or low is None or high is None:
                continue
            if low.printed.value >= high.printed.value:
                continue
            head = row.table.columns[cell.spot.column].label if cell.spot.column is not None else ""
            ratio = True if value.statistic in _RATIOS else False if value.statistic in _DIFFERENCES else None
            yield Estimate(
                value.printed, low.printed, high.printed, ratio, p.printed if p else None, stems(row.label),
                f"{row.label} | {head} | {caption}", (value.start, high.end), row.table.index,
            )  # fmt: skip
