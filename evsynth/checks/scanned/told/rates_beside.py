"""A rate in the same bracket as its events and their time at risk, or right before that bracket, group by group.

"14 vaccinees (5.76 thousand person-years, 2.43 per 1000)", "10.3 with the drug (1790 during 173.4 patient-years)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.person_time import FEWER, FIRST
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_TIME = r"(?:person|patient|child|participant|wom[ae]n|subject|catheter|bed|device|ventilator|resident|hospital)"
_BASE = r"⟨[ctdm](?P<b>\d+)⟩(?P<large> thousand| million)?(?: (?!per\b)[a-z-]+){0,4}?"
_RATE = r"⟨[dc](?P<r>\d+)⟩(?: [a-z]+){0,2} ?(?:per|/|for every|for each) ?⟨[cuxmd](?P<s>\d+)⟩"
_NAMED = r"(?:(?:an? |the |crude |event |incidence |overall |i\.e\.,? |or |that is,? |=|:|giving |rate |of |IR ){0,5})"
_BESIDE = Expression(
    rf"⟨c(?P<e>\d+)⟩(?: (?!and\b|or\b|with\b)[a-z-]+){{0,5}}? ?(?:/|\b(?:of|in|during|over|out of|across|among)\b)"
    rf"(?: the| a total of| all)* ?{_BASE} ?[(,;:]+ ?{_NAMED}{_RATE}"
)
_INSIDE = Expression(rf"⟨c(?P<e>\d+)⟩(?: (?!and\b|or\b|with\b|of\b)[a-z-]+){{0,5}} \({_BASE}[,;:] ?{_NAMED}{_RATE}")
_BEHIND = Expression(
    r"⟨d(?P<r>\d+)⟩(?:(?: [a-z]+){0,3} ?(?:per|/) ?(?:⟨[cuxmd](?P<s>\d+)⟩ ?)?(?P<unit>[a-z -]{4,40}?))?"
    r"(?: (?:with|in|among|for|on|after|under)(?: [A-Za-z-]+){1,5})? \(⟨c(?P<e>\d+)⟩(?: [a-z-]+){0,3} "
    rf"(?:during|in|over|per|of|/|across|among) ?{_BASE}[);,]"
)
_MODELLED = Expression(
    r"(?<!exposure-)(?<!exposure )(?<!time-)\badjusted|standardi[sz]ed|modelled|weighted|least[- ]squares|estimated|"
    r"annuali[sz]ed|imputed|bootstrap|first (?:event|episode)|predicted|kaplan|cumulative|previous|et al", re.I,
)  # fmt: skip
_RATIO = Expression(r"\b[a-z]*(?:rate|risk|hazards?|odds)? ?ratios?\b|\b[a-z]?(?:HR|IRR|RR|OR)\b")
ROOM = 0.006
"""Share by which a rate may be off beyond the rounding of what is printed."""
SCALES = (1, 10, 100, 1000, 10_000, 100_000, 1_000_000)


class Told(NamedTuple):
    """A rate, its events, what they are divided by (in thousands where it says so), and per how many."""

    rate: Number
    events: Number
    base: Number
    times: float
    scale: float


def rates_beside(reading: Reading) -> Iterator[Finding]:
    """Check every rate that stands beside its events and their base."""
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"\bper\b|/|for e(?:very|ach)", line.words):
            continue
        sentence = marked(line.words)
        seen: set[Number] = set()
        for told in _every(sentence):
            if told.rate in seen:
                continue
            seen.add(told.rate)
            made = _made(told)
            some = made._replace(high=made.high * FEWER) if FIRST.search(line.words) else made
            if not _fits(told, some) and not _other(sentence, told):
                yield reading.finding(
                    "RATE", "inconsistent",
                    f"a rate of {told.rate.printed} per {told.scale:g} is inconsistent with {told.events.printed} in "
                    f"{told.base.printed}{' thousand' if told.times == 1000 else ''}, which give {made.middle:.3g}",
                    "the rate may be adjusted, or count first events only; otherwise a number is misprinted",
                    quotes=tuple(spot(line, n) for n in (told.rate, told.events, told.base)),
                    computed=(("rate", f"{made.middle:.4g}"),),
                )  # fmt: skip


def _every(sentence: Marked) -> Iterator[Told]:
    limits = intervals_of(sentence)
    scales = [
        float(sentence.numbers[int(i)].printed) for i in re.findall(r"(?:per|/|for every) ?⟨[ucx](\d+)⟩", sentence.text)
    ]
    single = "per" in sentence.text and re.search(rf"(?:per|/) ?{_TIME}", sentence.text) is not None
    for pattern in (_BESIDE, _INSIDE, _BEHIND):
        for m in pattern.finditer(sentence.text):
            before = _RATIO.sub("", sentence.text[max(0, m.start() - 90) : m.end()])
            if _MODELLED.search(re.sub(r"(?:adjusted|estimated|modelled|weighted)\s*(?=[,;)]|$)", "", before)):
                continue
            rate, events, base = (sentence.numbers[int(m[k])] for k in ("r", "e", "b"))
            if int(m["r"]) in limits or not rate.printed.decimals or rate.printed.value <= 0 or base.printed.value <= 0:
                continue
            if base.kind != "t" and not m["large"] and _of_time(sentence.text, m):
                continue  # "in 7 patients, 10.3 per 100 patient-years"
            if m["s"]:
                scale = float(sentence.numbers[int(m["s"])].printed)
            elif pattern is _BEHIND and len(set(scales)) == 1 and not single:
                scale = scales[0]
            elif pattern is _BEHIND and not scales and single and base.kind == "t":
                scale = 1.0
            else:
                continue
            times = {" thousand": 1e3, " million": 1e6}.get(m["large"] or "", 1.0)
            if scale in SCALES and (base.kind == "t" or m["large"] or events.printed.value <= base.printed.value):
                yield Told(rate, events, base, times, scale)


def _of_time(text: str, match: re.Match[str]) -> bool:
    """Say whether a rate is per time at risk."""
    end = match.end("s") if match["s"] else match.end("r")
    return (
        re.match(rf"⟩?[^⟨,;.()]{{0,12}}?{_TIME}?[ -]?(?:years?|months?|weeks?|days?|nights?|hours?)\b", text[end:])
        is not None
    )


def _made(told: Told) -> Span:
    base = span(told.base.printed)
    events = float(told.events.printed) * told.scale / told.times
    return Span(events / base.high, events / max(base.low, 1e-9))


def _fits(told: Told, made: Span) -> bool:
    own = span(told.rate.printed)
    units = (1.0, 12.0, 1 / 12, 365.25, 1 / 365.25, 52.18, 1 / 52.18) if told.base.kind == "t" else (1.0,)
    return any(own.low <= made.high * u * (1 + ROOM) and made.low * u * (1 - ROOM) <= own.high for u in units)


def _other(sentence: Marked, told: Told) -> bool:
    """Say whether another count of the sentence, over this base or another, gives the rate."""
    counts = [n for n in sentence.numbers if n.kind in "c" and n not in (told.events, told.base)]
    bases = [n for n in sentence.numbers if n.kind in "ct" and n.printed.value >= 20 and n != told.base]
    tried = [told._replace(events=n) for n in counts if told.rate.printed.value > 1 or n.printed.value > 5]
    tried += [told._replace(base=n) for n in bases if n != told.events and n.kind == "t"]
    return any(_fits(one, _made(one)) for one in tried if float(one.base.printed) > 0)
