"""Rates told in a row for several groups, against the events and the time at risk told in the same order.

"64 over 9870 catheter-days and 24 over 10 310; the incidence went from 4.66 to 2.33 per 1000"; "3.28 per 1000 (34 in
10,363) with it and 2.15 (28 in 22,467) without"; "374.4 patient-years and 257.0 ... 19 (5.1 per 100) and 19 (9.4)".

One rate that fits its group shows what events and time are meant; then the other must fit as well. Rates that fit only
the other way round are exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.rates_in_turn import plainly
from evsynth.checks.scanned.facts.rates_read import MODELLED, Pair, adjacent, fits, listed, loose, modelled, told_rates
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed

CODES = ("RATE",)

BACK, BEHIND = 3, 60
"""Sentences before the rates that are searched for events and times; letters behind them searched for adjustment."""


def rates_of_groups(reading: Reading) -> Iterator[Finding]:
    """Check rates told in a row, group by group."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if not re.search(r"\bper\b|/|for every", line.words):
            continue
        rates, scale, unit = told_rates(plainly(line.words))
        if len(rates) < 2 or scale <= 0 or modelled(_up_to(line, rates[-1].end)):
            continue
        near = [x for x in every[max(0, index - BACK) : index + 1] if x.section == line.section]
        near = [x for x in near if x == line or not MODELLED.search(x.words)]
        yield from _row(reading, near, line, rates, scale, unit)


def _up_to(line: Line, end: int) -> str:
    """Give the words of a sentence up to some rates and what is said of them behind."""
    behind = re.split(r"[;.]|, (?:and|giving|after|with|whereas|so)\b", line.words[end:])[0]
    return line.words[:end] + behind[:BEHIND]


def _row(
    reading: Reading, near: list[Line], line: Line, rates: list[Number], scale: float, unit: str
) -> Iterator[Finding]:
    if len(rates) != 2:
        return
    pairs = [adjacent(x, marked(x.words)) for x in near]
    candidates = [tuple(p) for p in pairs if len(p) == 2]
    sure = len(candidates) == 1
    if not candidates:
        candidates = list(listed(near, rates, unit))
    judged = [[fits(r, p, scale) for r, p in zip(rates, two, strict=True)] for two in candidates]
    if not candidates or any(all(j) for j in judged):
        return
    events = {n.whole for x in near for n in marked(x.words).numbers if n.kind in "cm" and not n.printed.decimals}
    for two in candidates:
        crossed = [fits(r, p, scale) for r, p in zip(rates, two[::-1], strict=True)]
        if all(crossed):
            yield _finding(reading, line, rates, two, scale, "exchanged: ", (0, 1))
            return
    for two, own in zip(candidates, judged, strict=True):
        if own[0] == own[1] or loose(rates[own.index(True)]):
            continue
        wrong = own.index(False)
        others = [two[wrong]._replace(events=two[wrong].events._replace(printed=Printed.parse(str(k)))) for k in events]
        if not sure and any(fits(rates[wrong], p, scale) for p in others):
            continue
        yield _finding(reading, line, rates, two, scale, "", (wrong,))
        return


def _finding(
    reading: Reading,
    line: Line,
    rates: list[Number],
    pairs: tuple[Pair, ...],
    scale: float,
    how: str,
    at: tuple[int, ...],
) -> Finding:
    made = [float(p.events.printed) / float(p.time.printed) * scale for p in pairs]
    said = "; ".join(
        f"{rates[i].printed} per {scale:g} is inconsistent with {pairs[i].events.printed} events in "
        f"{pairs[i].time.printed}, which give {made[i]:.3g}" for i in at
    )  # fmt: skip
    fits = "" if len(at) > 1 else f" (the other group fits: {made[1 - at[0]]:.3g})"
    return reading.finding(
        "RATE", "inconsistent", f"{how}a rate of {said}{fits}",
        "the rate may be adjusted, or count first events only; otherwise a number is misprinted or exchanged",
        quotes=(*(spot(line, rates[i]) for i in at), *(s for i in at for s in pairs[i].spots)),
        computed=tuple(("rate", f"{made[i]:.4g}") for i in at),
    )  # fmt: skip
