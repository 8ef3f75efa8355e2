"""Rates whose head or label says so, beside one column or row of time at risk and the events before it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_TIME = Expression(
    r"\b(?:person|patient|catheter|device|ventilator|line|bed|subject|participant|child|woman|hospital|total|follow-up)"
    r"[- ]?(?:years?|months?|days?|time)\b|\bPYs?\b|\bpyrs?\b", re.I,
)  # fmt: skip
_RATE = Expression(r"\brates?\b|\bincidence\b|\bper\s(?:1|person|patient|\w+[- ](?:year|month|day))|/\s?1,?000", re.I)
_OUT = Expression(
    r"ratio|adjusted|standardi[sz]ed|\bmean\b|median|%|difference|weighted|\(95|annuali[sz]ed|model", re.I
)
_EVENTS = Expression(r"\b(?:patients?|subjects|participants|n|persons|size|without)\b", re.I)


def rates_named(reading: Reading) -> Iterator[Finding]:
    """Find rates that are not the events by the time, whatever power of ten they are told for."""
    for table in reading.document.tables:
        heads = {c.index: c.heads[-1].text if c.heads else "" for c in table.columns[1:]}
        for row in body(table):
            named = [(heads[i], i) for i in heads]
            cells = [(h, _number(reading, table, row.index, i)) for h, i in named]
            yield from _judged(reading, row.stem or row.label.text, cells)
        rows = list(body(table))
        for column in table.columns[1:]:
            cells = [(r.label.text, _number(reading, table, r.index, column.index)) for r in rows]
            yield from _judged(reading, column.label, cells)


def _judged(reading: Reading, name: str, cells: list[tuple[str, Number | None]]) -> Iterator[Finding]:
    times = [i for i, (h, n) in enumerate(cells) if _TIME.search(h) and not _RATE.search(h)]
    rates = [i for i, (h, n) in enumerate(cells) if _RATE.search(h) and not _OUT.search(h)]
    if len(times) != 1 or len(rates) != 1 or rates[0] < times[0]:
        return
    before = [i for i in range(times[0]) if not _EVENTS.search(cells[i][0])]
    if not before or before[-1] < times[0] - 2:
        return
    events, time, rate = cells[before[-1]][1], cells[times[0]][1], cells[rates[0]][1]
    if events is None or time is None or rate is None or events.printed.decimals or time.value <= 0:
        return
    if events.value < 1 or rate.value <= 0 or time.value < 5:
        return
    spans = span(time.printed)
    gives = Span(events.value / spans.high, events.value / max(spans.low, 1e-9))
    told = span(rate.printed)
    if told.low <= 0:
        return
    power = 10.0 ** round(math.log10(rate.value / gives.middle))
    for scale in (power / 10, power, power * 10):
        if told.low * 0.97 <= gives.high * scale and gives.low * scale <= told.high * 1.03:
            return
    yield reading.finding(
        "RATE", "inconsistent",
        f"{name}: a rate of {rate.printed} is inconsistent with {events.printed} events in {time.printed}, which make "
        f"{gives.middle * power:.3g}",
        "a rate of first events, or of a model, may be meant; otherwise one of the numbers is misprinted",
        quotes=((rate.start, rate.end), (events.start, events.end), (time.start, time.end)),
        computed=(("rate", f"{gives.middle * power:.4g}"),),
    )  # fmt: skip


def _number(reading: Reading, table: Table, row: int, column: int) -> Number | None:
    cell = content(reading, table.cell(row, column))
    good = cell.numbers and cell.shape[:1] == "#" and cell.shape[1:2] not in ("/", "-", "±")
    return cell.numbers[0] if good and not cell.numbers[0].printed.bound else None


__all__ = ["CODES", "rates_named"]
