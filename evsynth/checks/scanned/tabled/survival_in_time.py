"""Survival at one time after another in a row or column of a table: of one group it can only fall."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("SURVIVAL_CONTRADICTS",)

_FALLS = Expression(
    r"\b(?:overall|disease-?free|progression-?free|event-?free|relapse-?free|recurrence-?free|graft|implant|"
    r"patient|cumulative|actuarial|kaplan[-–]meier|failure-?free|metastasis-?free)?\s?survival\b|\bpatency\b|"
    r"\b(?:OS|PFS|DFS|EFS|RFS)\b|free(?:dom)? (?:from|of)\b", re.I,
)  # fmt: skip
_RISES = Expression(r"\bcumulative (?:incidence|mortality|risk|probability|rate)\b", re.I)
_OTHER = Expression(r"\bconditional|relative survival|median survival|period of diagnosis|mean survival|ratio", re.I)
_TIME = Expression(r"^\W*(?:at\s)?(?P<n>\d{1,3})[- ]?(?P<unit>days?|weeks?|months?|mo|years?|yrs?|y|d|m)\b|"
                   r"^(?P<word>day|week|month|year)s?\s(?P<k>\d{1,3})\b", re.I)  # fmt: skip
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.4, "y": 365.0}


def survival_in_time(reading: Reading) -> Iterator[Finding]:
    """Find survival that rises, and cumulative incidence that falls, with time."""
    for table in reading.document.tables:
        words = words_of(table)
        heads = [(c.index, t) for c in table.columns[1:] if c.heads and (t := _time(c.heads[-1].text)) is not None]
        if _OTHER.search(words):
            continue
        for row in body(table):
            said = f"{table.caption.text if table.caption else ''} {row.label.text}"
            sense = 1 if _RISES.search(said) else -1 if _FALLS.search(said) else 0
            times = [t for _, t in heads]
            if not sense or len(times) < 2 or times != sorted(set(times)):
                continue
            numbers = []
            for index, _ in heads:
                cell = content(reading, table.cell(row.index, index))
                shares = cell.numbers and cell.shape[:1] == "#" and 0 <= cell.numbers[0].value <= 100
                if not shares or cell.shape.startswith("#/"):
                    break
                numbers.append(cell.numbers[1] if cell.shape in ("#(#%)",) else cell.numbers[0])
            if len(numbers) == len(heads):
                yield from _judged(reading, row.label.text, numbers, sense)


def _judged(reading: Reading, name: str, numbers: list[Number], sense: int) -> Iterator[Finding]:
    for one, two in pairwise(numbers):
        a, b = span(one.printed), span(two.printed)
        if (sense < 0 and b.low > a.high) or (sense > 0 and b.high < a.low):
            yield reading.finding(
                "SURVIVAL_CONTRADICTS", "error",
                f"{name}: {two.printed} after {one.printed} is impossible: of one group it can only "
                f"{'fall' if sense < 0 else 'rise'} with time",
                "a digit may be misprinted, or the columns are of different patients",
                quotes=((one.start, two.end),),
            )  # fmt: skip
            return


def _time(words: str) -> float | None:
    match = _TIME.search(words.strip())
    if match is None:
        return None
    unit = (match["unit"] or match["word"])[0].lower()
    return float(match["n"] or match["k"]) * _DAYS[unit]


__all__ = ["CODES", "survival_in_time"]
