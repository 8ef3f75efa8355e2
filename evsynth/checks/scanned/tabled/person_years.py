"""Rates in tables against the events and the time at risk that the table prints for the same group."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.tabled.cells import Number, body, content, words_of
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.scan.parts import Table
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_YEARS = r"(?:person|patient|child|woman|women|participant|follow-?up|observation)[- ]?years?|PYs?|PYRS?|PYAR"
_PER = Expression(rf"(?:per|/)\s*(?P<s>1|10|100|1[,\s]?000|10[,\s]?000|100[,\s]?000)\s*(?:{_YEARS})\b", re.I)
_TIME = Expression(
    rf"^(?:(?:total|number of|no\. of|time at risk,?|sum of)\s+)?\(?(?:{_YEARS})\b|^(?:time at risk|exposure)\b", re.I
)
_EVENTS = Expression(
    r"^(?:(?:no\.?|number|n) (?:of )?)?(?:\w+\s)?(?:events?|cases|deaths|episodes|infections|relapses|failures|"
    r"exacerbations|flares)\b(?!.*(?:per|/|rate|%))", re.I,
)  # fmt: skip
_MODELLED = Expression(r"adjust|standardi[sz]ed|modelled|weighted|least|estimated|annuali[sz]ed|smoothed", re.I)


def person_years(reading: Reading) -> Iterator[Finding]:
    """Check events / time × scale in tables with columns, or rows, for all three.

    Left alone: adjusted and standardised rates, and tables in which no rate fits (other events are then counted).
    """
    for table in reading.document.tables:
        caption = " ".join(p.text for p in (table.caption, *table.notes) if p is not None)
        if _MODELLED.search(caption) or not _PER.search(words_of(table) + " ".join(_labels(table))):
            continue
        found = [*_columns(reading, table), *_rows(reading, table)]
        wrong = [x for x in found if not _fits(*x)]
        if len(wrong) == 1 and len(found) > 1:
            events, time, rate, scale = wrong[0]
            value = events.value * scale / time.value
            yield reading.finding(
                "RATE", "inconsistent",
                f"a rate of {rate.printed} is inconsistent with {events.printed} events in {time.printed}, which give "
                f"{value:.4g} per {scale:g}; {len(found) - 1} other rate{'s' * (len(found) > 2)} of the table fit",
                "the rate may be adjusted, or count first events only; otherwise a digit is misprinted",
                quotes=((rate.start, rate.end), (events.start, events.end), (time.start, time.end)),
                computed=(("rate", f"{value:.5g}"),),
            )  # fmt: skip


def _labels(table: Table) -> list[str]:
    return [row.label.text for row in body(table)]


def _scale(label: str) -> float | None:
    match = _PER.search(label)
    return float(re.sub(r"\D", "", match["s"])) if match else None


def _columns(reading: Reading, table: Table) -> Iterator[tuple[Number, Number, Number, float]]:
    heads = [(c.index, " ".join(h.text for h in c.heads[-1:]).strip()) for c in table.columns[1:]]
    events = [i for i, h in heads if _EVENTS.match(h)]
    times = [i for i, h in heads if _TIME.match(h) and _scale(h) is None]
    rates = [(i, s) for i, h in heads if (s := _scale(h)) is not None and not _MODELLED.search(h)]
    if not rates and table.caption is not None and (scale := _scale(table.caption.text)) is not None:
        rates = [(i, scale) for i, h in heads if re.match(r"(?:crude |incidence |event )*rates?\b", h, re.I)]
    if len(events) != 1 or len(times) != 1 or len(rates) != 1:
        return
    for row in body(table):
        cells = [_first(reading, table, row.index, i) for i in (events[0], times[0], rates[0][0])]
        if (three := _three(cells)) is not None:
            yield (*three, rates[0][1])


def _rows(reading: Reading, table: Table) -> Iterator[tuple[Number, Number, Number, float]]:
    labels = [(r.index, r.label.text.strip()) for r in body(table)]
    events = [i for i, h in labels if _EVENTS.match(h) and _scale(h) is None]
    times = [i for i, h in labels if _TIME.match(h) and _scale(h) is None]
    rates = [(i, s) for i, h in labels if (s := _scale(h)) is not None and not _MODELLED.search(h)]
    if len(events) != 1 or len(times) != 1 or len(rates) != 1:
        return
    for column in table.columns[1:]:
        cells = [_first(reading, table, i, column.index) for i in (events[0], times[0], rates[0][0])]
        if (three := _three(cells)) is not None:
            yield (*three, rates[0][1])


def _first(reading: Reading, table: Table, row: int, column: int) -> Number | None:
    cell = content(reading, table.cell(row, column))
    return cell.numbers[0] if cell.shape.startswith("#") and not cell.shape.startswith(("#/", "#-")) else None


def _three(cells: list[Number | None]) -> tuple[Number, Number, Number] | None:
    events, time, rate = cells
    if events is None or time is None or rate is None or events.printed.decimals or rate.printed.bound:
        return None
    return (events, time, rate) if time.value > 0 and events.value > 0 else None


def _fits(events: Number, time: Number, rate: Number, scale: float) -> bool:
    years, printed = span(time.printed), span(rate.printed)
    low, high = events.value * scale / years.high, events.value * scale / max(years.low, 1e-9)
    slack = 0.01 * printed.high  # time at risk is often rounded
    return low - slack <= printed.high and printed.low <= high + slack


__all__ = ["CODES", "person_years"]
