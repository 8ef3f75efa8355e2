"""Legends of curves with people and events, "(n = 98, 28 deaths)": no more events than people, and all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import mended_by_digit, mended_by_swap
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUP_EXCEEDS", "GROUPS")

_BOTH = Expression(
    r"\((?:[nN] ?= ?)?⟨c(?P<n>\d+)⟩(?: patients)?[,;] ⟨c(?P<k>\d+)⟩ (?P<what>deaths?|events?|relapses?|deceased|died|"
    r"recurrences?|failures?|progressions?|cases|flares?|with events?)\)"
)
_DIED = r"(?:deaths?\b|(?:[a-z]+ ){0,3}?(?:had )?died\b)"


def events_in_legends(reading: Reading) -> Iterator[Finding]:
    """Hold the events of groups against their sizes, and two or more groups together against the events of the text.

    Found: more events than people; a sum that is told nowhere, next to a number told of the same events that one slip
    of a digit mends, or that the text divides by one of the groups.
    """
    for line in lines(reading, ("figure legend", "methods", "results", "body", "abstract")):
        if "(" not in line.words:
            continue
        sentence = marked(line.words)
        found = [
            (sentence.numbers[int(m["n"])], sentence.numbers[int(m["k"])], m["what"])
            for m in _BOTH.finditer(sentence.text)
        ]
        for size, events, what in found:
            if events.whole > size.whole > 3 and what not in ("events", "event", "flares", "flare", "cases"):
                yield reading.finding(
                    "GROUP_EXCEEDS", "error", f"{events.printed} {what} cannot be of {size.printed} people",
                    "the two numbers may be exchanged; otherwise a digit is misprinted",
                    quotes=(spot(line, size, events), spot(line, events)),
                )  # fmt: skip
                return
        if len(found) > 1 and len({w.rstrip("s") for _, _, w in found}) == 1:
            yield from _together(reading, line, [k for _, k, _ in found], found[0][2].rstrip("s"))


def _together(reading: Reading, line: Line, parts: list[Number], what: str) -> Iterator[Finding]:
    named = _DIED if what in ("death", "died", "deceased") else rf"(?:[a-z-]+ ){{0,2}}?{what}s?\b"
    pattern = re.compile(rf"⟨c(\d+)⟩ (?:of (?:the |all )?⟨c\d+⟩ )?{named}", re.I)
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    told = [
        (x, m.numbers[int(f[1])]) for x in every if x.start != line.start
        for m in (marked(x.words),) for f in pattern.finditer(m.text)
    ]  # fmt: skip
    values = [n.whole for n in parts]
    made = sum(values)
    numbers = {n.whole for x in every for n in marked(x.words).numbers if n.kind == "c"}
    if made in {n.whole for _, n in told}:
        return
    for where, total in told:
        over = made - total.whole
        if total.whole <= max(values) or total.whole < 5 or abs(over) > 0.25 * total.whole:
            continue
        slip = mended_by_swap(values, total.whole) or mended_by_digit(values, total.whole)
        if slip or any(v - over in numbers and v > over for v in values if v - over != v):
            yield reading.finding(
                "GROUPS", "inconsistent",
                f"{' + '.join(map(str, values))} = {made} {what}s of the groups are inconsistent with {total.printed}",
                "they may be counted to another time; otherwise a digit is misprinted",
                quotes=(spot(line, *parts), spot(where, total), *(spot(line, n) for n in parts)),
                computed=(("sum", str(made)),),
            )  # fmt: skip
            return
