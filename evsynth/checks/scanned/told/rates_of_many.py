"""Rates of three or more groups told in a list, against lists of events and of times at risk in the same order.

"88 exacerbations over 74.9 patient-years, 90 over 73.8 and 121 over 73.2, giving 1.17, 1.22 and 1.65 per patient-year".
The events and the times are those lists of the sentences before that give all rates but one, or all but two that give
each other's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.rates_read import ASIDE, Pair, fits, loose, modelled
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RATE",)

BACK = 2
"""So many sentences before the rates are searched for events and times."""
_JOINT = r"[^⟨.;()]{0,30}(?:,|\band|\bversus|\bvs\.?|\bv\.?)[^⟨.;()]{0,30}"
_RUN = Expression(
    rf"(?P<run>⟨d\d+⟩(?:{_JOINT}⟨d\d+⟩){{2,5}})(?:[^⟨.;]{{0,50}}?)(?:per|/|for every) ?(?:⟨[ucxmd](?P<s>\d+)⟩)?"
    r"[^⟨.;]{0,14}?(?P<unit>years?|days?|months?|weeks?|nights?|PY)", re.I,
)  # fmt: skip
_TIMED = Expression(r"year|day|month|week|night|PY", re.I)


def rates_of_many(reading: Reading) -> Iterator[Finding]:
    """Check lists of three to six rates, group by group."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if " per " not in line.words and "/" not in line.words and "every" not in line.words:
            continue
        sentence = marked(line.words)
        near = [x for x in every[max(0, index - BACK) : index + 1] if x.section == line.section]
        if modelled(line.words):
            continue
        near = [x for x in near if not modelled(x.words)]
        text = ASIDE.sub("", sentence.text)
        for match in _RUN.finditer(text):
            scale = float(sentence.numbers[int(match["s"])].printed.value) if match["s"] else 1.0
            run = [sentence.numbers[int(i)] for i in re.findall(r"⟨d(\d+)⟩", match["run"])]
            rates = _alike(run)
            if len(rates) > 2 and scale in (1, 10, 100, 1000, 10_000, 100_000) and not any(loose(r) for r in rates):
                yield from _judged(reading, near, line, rates, scale)


def _judged(reading: Reading, near: list[Line], line: Line, rates: list[Number], scale: float) -> Iterator[Finding]:
    times = [(x, t) for x in near for t in _lists(marked(x.words), len(rates), timed=True)]
    events = [(x, e) for x in near for e in _lists(marked(x.words), len(rates), timed=False)]
    odd: tuple[list[Pair], list[int]] | None = None
    for at, time in times:
        for where, event in events:
            if set(event) & (set(time) | set(rates)) or set(time) & set(rates):
                continue
            pairs = [
                Pair(e, t, (spot(where, e), spot(at, t))) for e, t in zip(event, time, strict=True) if t.printed.value
            ]
            if len(pairs) < len(rates):
                continue
            wrong = [i for i, (r, p) in enumerate(zip(rates, pairs, strict=True)) if not fits(r, p, scale)]
            if not wrong:
                return
            if len(wrong) == 1 or (len(wrong) == 2 and _exchanged(rates, pairs, wrong, scale)):
                odd = odd or (pairs, wrong)
    if odd is None:
        return
    pairs, wrong = odd
    made = [float(p.events.printed) / float(p.time.printed) * scale for p in pairs]
    said = " and ".join(
        f"{rates[i].printed} is inconsistent with {pairs[i].events.printed} events in {pairs[i].time.printed}, which "
        f"give {made[i]:.3g}" for i in wrong
    )  # fmt: skip
    yield reading.finding(
        "RATE", "inconsistent", f"{'exchanged: ' if len(wrong) > 1 else ''}a rate of {said}; the other groups fit",
        "the rate may be adjusted, or count first events only; otherwise a number is misprinted or exchanged",
        quotes=(*(spot(line, rates[i]) for i in wrong), *(s for i in wrong for s in pairs[i].spots)),
        computed=tuple(("rate", f"{made[i]:.4g}") for i in wrong),
    )  # fmt: skip


def _alike(run: list[Number]) -> list[Number]:
    """Give the last numbers of a list that have as many decimals as the last: a time at risk may stand before them."""
    found = run[-1:]
    while len(found) < len(run) and run[-len(found) - 1].printed.decimals == found[0].printed.decimals:
        found.insert(0, run[-len(found) - 1])
    return found


def _exchanged(rates: list[Number], pairs: list[Pair], wrong: list[int], scale: float) -> bool:
    i, j = wrong
    return fits(rates[i], pairs[j], scale) and fits(rates[j], pairs[i], scale)


def _lists(sentence: Marked, size: int, *, timed: bool) -> Iterator[tuple[Number, ...]]:
    """Give the numbers of a sentence that stand at equal steps: events alone, times alone, or one after the other."""
    if timed and not (_TIMED.search(sentence.text) or any(n.kind == "t" for n in sentence.numbers)):
        return
    limits = intervals_of(sentence)
    kinds = "tcdm" if timed else "c"
    told = [n for i, n in enumerate(sentence.numbers) if i not in limits and n.kind in "tcdmp"]
    for step in (1, 2, 3):
        for start in range(len(told) - step * (size - 1)):
            found = tuple(told[start : start + step * size : step])
            if len(found) == size and all(n.kind in kinds for n in found):
                yield found
    counts = [n for n in told if n.kind in kinds]
    if not timed and len(counts) <= 8:
        yield from combinations(counts, size)
