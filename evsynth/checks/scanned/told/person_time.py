"""Rates of events in time at risk, or of many, against the events and the time told with them.

"6418 events in 117 204 person-years (54.8 per 1000)"; "167 over 4015 person-years with AF and 245 over 5615 without,
i.e. 41.6 and 43.6 per 1000"; "92 deaths among 6571 births; mortality was 14.0 per thousand". The time may be told in a
sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.rates_in_turn import TIME, Row, Token, plainly, rows, tokens
from evsynth.checks.scanned.facts.rates_read import modelled
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

BACK = 3
"""Sentences before the rate that are searched for its time."""
FIRST = Expression(r"\bfirst\b|\bnew\b|\bincident\b|at least one|patients with|\bhad an?\b", re.I)
_OF_SOME = Expression(
    r"\b(?:in|among|for|of) (?:those|women|men|boys|girls|patients|children|infants|people|participants|persons|"
    r"subjects)\b|"
    r"\bsubgroup|\bexcluding\b|\bwithout the\b|\bexpected\b|\bpreviously\b", re.I,
)  # fmt: skip
"""Between events and time and a rate: it is of some of them."""
_THIS = Expression(
    r"^\W*(?:(?:This|That|These)\b|(?:The |An? )?(?:crude |overall |incidence |event |resulting |corresponding )*"
    r"(?:rate|incidence|frequency|density)(?: rate| density)? (?:was|is|being|thus|therefore|then|amounted|came)\b)",
    re.I,
)  # fmt: skip
"""How a sentence begins that tells the rate of the events just told."""
FEWER = 1.15
"""A rate of first events may be so much above events by time: who has had one is at risk no longer."""


def person_time(reading: Reading) -> Iterator[Finding]:
    """Check rates against the events and the time told with them.

    Left alone: modelled rates, bounds, and rates that other events and times of these sentences give, or their sums.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if not re.search(r"\bper\b|/|\b(?:for|in) (?:every|each)", line.words) or modelled(line.words):
            continue
        near = [x for x in every[max(0, index - BACK) : index + 1] if x.section == line.section]
        for row in rows(line.words):
            yield from _judged(reading, near, line, row)


def _judged(reading: Reading, near: list[Line], line: Line, row: Row) -> Iterator[Finding]:
    at_events = at_time = line
    events, time = row.events, row.time
    if time is None:
        before = _before(near, row)
        if before is None:
            return
        at_time, first, time = before
        if events is None:
            at_events, events = first
    if events is None or row.rate.number.printed.bound or not time.number.printed.value:
        return
    between = (
        plainly(line.words).text[max(events.end, time.end) : row.rate.start] if at_events is at_time is line else ""
    )
    if _OF_SOME.search(between):
        return
    told = [n for x in near for n in marked(x.words).numbers if x != line or n != row.rate.number]
    alike = _unit(row.rate.unit) == _unit(time.unit)
    some = FEWER if FIRST.search(at_events.words) or FIRST.search(line.words) else 1.0
    scale, rate = row.rate.scale, row.rate.number.printed
    times = [*_times(told, time.number), *_unnamed(line, events, row)]
    if any(_gives(rate, e, t, scale, alike, some) for t in times for e in _events(told)):
        return
    value = float(events.number.printed) / float(time.number.printed) * scale
    yield reading.finding(
        "RATE", "inconsistent",
        f"a rate of {rate} per {scale:g} is inconsistent with {events.number.printed} events in "
        f"{time.number.printed}, which give {value:.3g}",
        "the rate may be adjusted, or count first events only; otherwise a digit or the unit is misprinted",
        quotes=(spot(line, row.rate.number), spot(at_events, events.number), spot(at_time, time.number)),
        computed=(("rate", f"{value:.4g}"),),
    )  # fmt: skip


def _before(near: list[Line], row: Row) -> tuple[Line, tuple[Line, Token], Token] | None:
    """Give the only time of the sentences before, its sentence and, for a rate alone, its only events."""
    earlier = [(x, t) for x in near[:-1] for t in tokens(x.words)]
    times = [(x, t) for x, t in earlier if t.letter == "T"]
    if len(times) != 1 or times[0][1].number.kind != "t" or any(t.letter == "R" for _, t in earlier):
        return None
    line, time = times[0]
    events = [(x, t) for x, t in earlier if t.letter == "E" and x == near[-2]]
    if row.events is None and (len(events) != 1 or line not in near[-3:-1] or not _THIS.search(near[-1].words)):
        return None
    if modelled(line.words) or not TIME.search(row.rate.unit):
        return None
    return line, (events or [(line, time)])[0], time


def _unit(after: str) -> str:
    found = TIME.search(after)
    return "year" if found is None or found[0][0].lower() == "p" else found[0].lower()


def _times(told: list[Number], own: Number) -> list[float]:
    """Give the times told, and their sum."""
    times = [float(n.printed) for n in told if (n.kind == "t" or n == own) and n.printed.value]
    return [*times, sum(times)] if 1 < len(times) < 6 else times


def _unnamed(line: Line, events: Token, row: Row) -> list[float]:
    """Give the numbers between events and rate, of which one may be the time without its unit: "231 in 498.7"."""
    between = (n for n in marked(line.words).numbers if events.number.end <= n.start < row.rate.number.start)
    return [float(n.printed) for n in between if n.printed.value]


def _events(told: list[Number]) -> list[float]:
    return [float(n.printed) for n in told if n.kind in "cmx" and not n.printed.decimals]


def _gives(rate: Printed, events: float, time: float, scale: float, alike: bool, some: float) -> bool:
    low, high = span(rate)
    units = (1.0,) if alike else (1, 12, 1 / 12, 365.25, 1 / 365.25)
    given = [events / time * scale * unit for unit in units]
    return any(low * 0.995 <= g * some and g <= high * 1.005 for g in given)
