"""Rates of groups as sentences tell them, and the events and times at risk that stand near them in the same order.

Made for the checks of rates against events and person-time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.rates_in_turn import TIME, tokens
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Spot
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

ROOM = 0.01
"""Share by which a rate may be off: time at risk is rounded."""

_PER = Expression(
    r"^(?: [a-z-]+){0,4}? ?(?:per|/|for every) ?(?:⟨[ucxmd](\d+)⟩|(?=(?:person|patient|participant|child|subject|"
    r"wom[ae]n|device|catheter|bed|resident)[ -](?:year|day|month|week)))(?P<unit>[^⟨.;,]{0,24})"
)
_LIST = Expression(
    r"^(?: [a-z-]+){0,2}?[^⟨.;()]{0,40}?(?:,| and| v| vs| versus| to| or| against| compared with|"
    r" compared to| as against|/)"
    r"(?: [a-z-]+){0,6} ?$"
)
MODELLED = Expression(
    r"(?<!exposure-)(?<!exposure )(?<!time-)adjust|standardi[sz]ed|modelled|weighted|age-standard|"
    r"least[- ]squares|estimated|"
    r"annuali[sz]ed|imputed|bootstrap|first (?:event|episode)|at least one", re.I,
)  # fmt: skip
_RATIO_TOLD = Expression(
    r"(?:\b(?:adjusted|estimated|weighted|crude|unadjusted) )?\b(?:(?:incidence )?(?:rate|risk|hazard|odds)[ -]"
    r"ratios?\b|[a-z]?(?:HR|IRR|RR|OR)\b)|\b(?:after|when|with) (?:\w+ )?adjust\w+ for"
)
"""What follows the rates, and may be modelled where they are not."""
_ADJACENT = Expression(
    r"⟨c(?P<e>\d+)⟩(?:(?! and )[^⟨.;()]){0,45}?(?:\b(?:in|over|during|across|within|for|per|from)|/| \(|,|"
    r";)(?: [a-z-]+){0,4} ?⟨[ctd](?P<t>\d+)⟩"
)
ASIDE = Expression(r" ?\([^()]*\)")
_FIRST = Expression(
    r"(?:per|/) ?⟨[ucxmd](?P<s>\d+)⟩(?P<unit>[^⟨.;,]{3,24})[^⟨.;]{0,50}?⟨d(?P<a>\d+)⟩[^⟨.;()]{0,40}?"
    r"\b(?:and|versus|vs|v|against|to)\b[^⟨.;()]{0,30}⟨d(?P<b>\d+)⟩"
)


def modelled(words: str) -> bool:
    """Say whether the rates of a sentence come from a model; a ratio told after them may do so alone.

    >>> modelled("adjusted rates of 1.2 per 100 person-years"), modelled("1.2 per 100 person-years (adjusted HR 2)")
    (True, False)
    """
    per = re.search(r"\bper\b|/", words)
    ratio = _RATIO_TOLD.search(words, per.end()) if per is not None else None
    return MODELLED.search(words[: ratio.start()] if ratio is not None else words) is not None


class Pair(NamedTuple):
    """Events and time at risk of a group, with the place of each."""

    events: Number
    time: Number
    spots: tuple[Spot, Spot]


def told_rates(sentence: Marked) -> tuple[list[Number], float, str]:
    """Give the rates of a sentence in order, base and unit: those with "per", and what is listed with them."""
    text, limits = sentence.text, intervals_of(sentence)
    at = [(m.start(), int(m[1]), m.end()) for m in re.finditer(r"⟨[a-z](\d+)⟩", text)]
    found: set[int] = set()
    scale, unit = 0.0, ""
    for _, i, end in at:
        per = _PER.match(text[end:])
        n = sentence.numbers[i]
        if per is None or i in limits or n.kind not in "dc" or (n.kind == "c" and n.printed.value > 500):
            continue
        base = float(sentence.numbers[int(per[1])].printed.value) if per[1] else 1.0
        if base not in (1, 10, 100, 1000, 10_000, 100_000) or not TIME.search(per["unit"]) or (scale and base != scale):
            continue
        scale, unit = base, per["unit"]
        found.add(i)
    if not found:
        return _base_first(sentence)
    first = min(found)
    decimals = sentence.numbers[first].printed.decimals
    for (_, i, end), (start, j, _) in pairwise(at):
        one = sentence.numbers[i]
        alike = one.printed.decimals == decimals and one.kind in "dc" and decimals and i not in limits
        if i not in found and j in found and alike and _LIST.match(text[end:start]):
            found.add(i)
    for start, j, end in at:
        two = sentence.numbers[j]
        if j in found or j in limits or j < first or two.kind not in "dr" or two.printed.decimals != decimals:
            continue
        lead, rest = text[max(0, start - 60) : start], text[end:]
        aside = re.search(r"⟨c\d+⟩[^⟨.;()]{0,45}\($", lead) and re.match(r"\)|[,;] ?⟨l|,", rest)
        counted = re.search(r"\b(?:and|versus|vs|v|but|against)(?: [a-z-]+)* $", lead) and re.match(r" ?\(⟨c\d+⟩", rest)
        if (aside or counted) and two.kind == "d":
            found.add(j)
    return [sentence.numbers[i] for i in sorted(found)], scale, unit


def _base_first(sentence: Marked) -> tuple[list[Number], float, str]:
    """Give the two rates of "falls per 1000 bed-days numbered 6.8 in the first year and 5.3 in the second"."""
    match = _FIRST.search(ASIDE.sub("", sentence.text))
    if match is None or not TIME.search(match["unit"]):
        return [], 0.0, ""
    rates = [sentence.numbers[int(match[k])] for k in "ab"]
    base = float(sentence.numbers[int(match["s"])].printed.value)
    alike = rates[0].printed.decimals == rates[1].printed.decimals
    return (rates, base, match["unit"]) if alike and base >= 1 else ([], 0.0, "")


def adjacent(line: Line, sentence: Marked) -> list[Pair]:
    found = []
    for m in _ADJACENT.finditer(sentence.text):
        events, time = sentence.numbers[int(m["e"])], sentence.numbers[int(m["t"])]
        if float(time.printed) > 3 * float(events.printed) and float(time.printed) >= 20:
            found.append(Pair(events, time, (spot(line, events), spot(line, time))))
    timed = any(p.time.kind == "t" for p in found) or re.search(
        r"(?:person|patient|catheter|bed|device|ventilator)-?\s?(?:years|days)", line.words
    )
    return found if timed else []


def listed(near: list[Line], rates: list[Number], unit: str) -> Iterator[tuple[Pair, Pair]]:
    """Give the pairs of two times told in a row with any two counts of one sentence, in order."""
    for x in near:
        own = marked(x.words)
        yield from _by_turns(x, own, rates)
        marks = [(m.start(), int(m[1]), m.end()) for m in re.finditer(r"⟨[a-z](\d+)⟩", own.text)]
        times = [t.number for t in tokens(x.words) if t.letter == "T"]
        for (_, i, end), (start, j, _) in pairwise([m for m in marks if own.numbers[m[1]].kind in "tcd"]):
            one, two = own.numbers[i], own.numbers[j]
            if (one not in times and two not in times) or min(float(one.printed), float(two.printed)) < 20:
                continue
            if (
                not re.search(r"\b(?:and|versus|vs|against|to|with)\b|,", own.text[end:start])
                or one in rates
                or two in rates
            ):
                continue
            if one not in times and not re.match(r"(?: ?\([^⟨]*\))?,? (?:and|versus|vs) ", own.text[end:start]):
                continue
            for y in near:
                counts = [n for n in marked(y.words).numbers if n.kind == "c" and not (y is x and n in (one, two))][:12]
                for a, b in combinations(counts, 2):
                    yield (
                        Pair(a, one, (spot(y, a), spot(x, one))), Pair(b, two, (spot(y, b), spot(x, two)))
                    )  # fmt: skip


def fits(rate: Number, pair: Pair, scale: float) -> bool:
    """Say whether a rate is that of events and time."""
    low, high = span(rate.printed)
    made = float(pair.events.printed) / float(pair.time.printed) * scale
    return low * (1 - ROOM) <= made <= high * (1 + ROOM)


def loose(rate: Number) -> bool:
    """Say whether a rate is printed with so few digits that it fits many numbers of events."""
    return rate.printed.significant_digits < 2


def _by_turns(line: Line, sentence: Marked, rates: list[Number]) -> Iterator[tuple[Pair, Pair]]:
    """Give two events each followed by its time: "214 falls, and 31,480 bed-days; then 163 and 30,912"."""
    told = [n for n in sentence.numbers if n.kind in "ctdm" and n not in rates]
    for e, t, f, u in zip(told, told[1:], told[2:], told[3:], strict=False):
        timed = "t" in (t.kind, u.kind) and e.kind == f.kind == "c"
        if timed and min(float(t.printed) - 3 * float(e.printed), float(u.printed) - 3 * float(f.printed)) > 0:
            yield Pair(e, t, (spot(line, e), spot(line, t))), Pair(f, u, (spot(line, f), spot(line, u)))
