"""Rates of events in time at risk, against the events and the time told with them, of one group or of two.

"6418 events in 117 204 person-years (54.8 per 1000)"; "0.60 versus 1.94 per 1000 catheter-days" after "11 infections in
18 460 and 27 in 13 940 catheter-days". The rate of a sentence may be of the events and the time of the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.rates_read import TIME
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_E = r"⟨[cm](?P<e>\d+)⟩"
_T = r"⟨t(?P<t>\d+)⟩"
_R = r"⟨[dc](?P<r>\d+)⟩(?: [a-z]+){0,5}? ?(?:per|/|for every) ?(?:⟨[ucxm](?P<s>\d+)⟩)?"
_IN = (
    r"[^⟨;.]{0,60}?(?:\b(?:in|during|over|among|for|from|within|and|of|per|on|with|through|across)\b|/|, )[^⟨;.]{0,30}?"
)
_TIMED = (
    Expression(rf"{_E}{_IN}{_T}[^⟨;.]{{0,75}}?[(,:=;]? ?[^⟨;.]{{0,45}}?{_R}"),
    Expression(rf"{_T}[^⟨;.]{{0,60}}?{_E}[^⟨;.]{{0,60}}?[(,:=;][^⟨;.]{{0,45}}?{_R}"),
    Expression(rf"{_R}[^⟨;.]{{0,45}}[(,:;] ?[^⟨;.]{{0,20}}{_E}{_IN}{_T}"),
)
_EARLIER = (Expression(rf"{_E}{_IN}{_T}"), Expression(rf"{_T}[^⟨;.]{{0,60}}?{_E}"))
_LATER = Expression(
    rf"^(?:(?:This|That|These)\b[^⟨;.]{{0,40}}|(?:The )?(?:crude |overall |incidence |event )*(?:rate|incidence|"
    rf"frequency) "
    rf"(?:was |is |being |thus |therefore |then )+){_R}",
    re.I,
)
_COUNTED = Expression(
    rf"^(?:There were |A total of |In all,? |We (?:observed|recorded|saw) |During (?:this time|follow-up),? )?{_E} "
    rf"(?!(?:of|in|out)\b)(?:(?!group|arm\b|among|in the|with|who)[a-z -]){{3,40}}"
    rf"(?:(?:in|among) ⟨[cx]\d+⟩ [a-z]+(?: ?\(⟨p\d+⟩\))?)?(?:,|:| ?\() ?"
    rf"(?:or |i\.e\.,? |that is,? |giving |equivalent to |corresponding to |an? |rate |incidence |of )*{_R}",
    re.I,
)
_PAIR = Expression(
    r"⟨[dc](?P<a>\d+)⟩ (?:versus|vs?\.?|and|compared (?:with|to)|or|against) ⟨[dc](?P<b>\d+)⟩(?: [a-z]+)? ?(?:per|/) ?"
    r"(?:⟨[ucxm](?P<s>\d+)⟩)?"
)
_AND = r"[^.;⟨]{0,60}?(?:\band|\bversus|\bvs\.?|,) "
_TIMES = Expression(rf"⟨[ct](?P<a>\d+)⟩{_AND}(?:⟨c\d+⟩ [a-z ]{{0,30}}?(?:in|during|over|within) )?⟨t(?P<b>\d+)⟩")
_TIMES_NAMED = Expression(rf"⟨[ct](?P<a>\d+)⟩{_AND}⟨[ct](?P<b>\d+)⟩")
_MODELLED = Expression(
    r"(?<!exposure-)(?<!exposure )(?<!time-)adjust|standardi[sz]ed (?:rate|incidence rate)|modelled|weighted|"
    r"age-standard|least[- ]squares|estimated|annuali[sz]ed|imputed",
    re.I,
)
_FIRST = Expression(r"\bfirst\b|\bnew\b|\bincident\b|at least one|patients with|\bhad an?\b", re.I)
_NAMED = Expression(r"\b[A-Za-z]+[- ](?=(?:years|days|months|weeks|nights|hours)\b[^⟨.;]{0,30}⟨)")
FEWER = 1.15
"""A rate of first events may be so much above events by time: who has had one is at risk no longer."""


def person_time(reading: Reading) -> Iterator[Finding]:
    """Check rates against the events and the time told with them, singly and in pairs."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if not re.search(r"\bper\b|/|for every", line.words) or _MODELLED.search(line.words):
            continue
        sentence = marked(line.words)
        before = every[index - 1] if index and every[index - 1].section == line.section else None
        found = list(_single(reading, line, sentence, before))
        yield from found
        if not found:
            for match in _PAIR.finditer(sentence.text):
                yield from _pair(reading, every[max(0, index - 3) : index + 1], line, sentence, match)


def _single(reading: Reading, line: Line, sentence: Marked, before: Line | None) -> Iterator[Finding]:
    seen: set[int] = set()
    for pattern in _TIMED:
        for match in pattern.finditer(sentence.text):
            events, time, rate = (sentence.numbers[int(match[name])] for name in ("e", "t", "r"))
            if int(match["r"]) not in seen:
                seen.add(int(match["r"]))
                told = [n for n in sentence.numbers if n != rate]
                alike = _unit(sentence, match.end()) == _unit(sentence, match.end("t"))
                yield from _judged(reading, (line, line), line, match, (events, time, rate), sentence, told, alike)
    if before is None or _MODELLED.search(before.words):
        return
    counted = _COUNTED.search(sentence.text)
    later = counted or _LATER.search(sentence.text)
    if later is None or int(later["r"]) in seen or any(n.kind == "t" for n in sentence.numbers):
        return
    earlier = marked(before.words)
    own = [m for p in _EARLIER for m in p.finditer(earlier.text)]
    times = [i for i, n in enumerate(earlier.numbers) if n.kind == "t"]
    if (len(own) != 1 and counted is None) or len(times) != 1:
        return
    told = [n for n in (*earlier.numbers, *sentence.numbers) if n != sentence.numbers[int(later["r"])]]
    time, rate = earlier.numbers[times[0]], sentence.numbers[int(later["r"])]
    events = sentence.numbers[int(counted["e"])] if counted else earlier.numbers[int(own[0]["e"])]
    alike = _unit(sentence, later.end()) == _unit(earlier, earlier.text.index(f"⟨t{times[0]}⟩") + 4)
    where = (line if counted else before, before)
    yield from _judged(reading, where, line, later, (events, time, rate), sentence, told, alike)


def _judged(
    reading: Reading, where: tuple[Line, Line], line: Line, match: re.Match[str], trio: tuple[Number, Number, Number],
    sentence: Marked, told: list[Number], alike: bool,
) -> Iterator[Finding]:  # fmt: skip
    """Compare a rate with its events and time, told in the sentences `where`, and with every other pair told.

    `alike`: time and rate are of the same unit.
    """
    events, time, rate = trio
    scale = float(sentence.numbers[int(match["s"])].printed.value) if match["s"] else 1.0
    if scale not in (1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6):
        return  # a fraction, "23/301"
    if not time.printed.value or events.printed.decimals or not scale:
        return
    some = FEWER if _FIRST.search(where[0].words) or _FIRST.search(line.words) else 1.0
    if any(_gives(rate.printed, e, t, scale, alike, some) for t in _times(told) for e in _events(told)):
        return
    value = float(events.printed) / float(time.printed) * scale
    yield reading.finding(
        "RATE", "inconsistent",
        f"a rate of {rate.printed} per {scale:g} is inconsistent with {events.printed} events in "
        f"{time.printed}, which give {value:.3g}",
        "the rate may be adjusted, or count first events only; otherwise a digit or the unit is misprinted",
        quotes=(spot(where[0], events), spot(where[1], time), spot(line, rate)),
        computed=(("rate", f"{value:.4g}"),),
    )  # fmt: skip


def _unit(sentence: Marked, end: int) -> str:
    found = TIME.search(sentence.text[max(0, end - 6) : end + 40])
    return "year" if found is None or found[0][0].lower() == "p" else found[0].lower()


def _named(sentence: Marked) -> int:
    """Give where "Catheter-days were 18 460 and 18 112" names the time before its numbers; -1 where it does not."""
    found = _NAMED.search(sentence.text)
    return found.end() if found is not None else -1


def _times(told: list[Number]) -> list[float]:
    times = [float(n.printed) for n in told if n.kind == "t" and n.printed.value]
    return [*times, sum(times)] if 1 < len(times) < 6 else times


def _events(told: list[Number]) -> list[float]:
    return [float(n.printed) for n in told if n.kind in "cm" and not n.printed.decimals]


def _gives(rate: Printed, events: float, time: float, scale: float, alike: bool, some: float) -> bool:
    low, high = span(rate)
    units = (1.0,) if alike else (1, 12, 1 / 12, 365.25, 1 / 365.25)
    given = [events / time * scale * unit for unit in units]
    return any(low * 0.995 <= g * some and g <= high * 1.005 for g in given)


def _pair(reading: Reading, near: list[Line], line: Line, sentence: Marked, match: re.Match[str]) -> Iterator[Finding]:
    """Compare two rates with two times at risk: where one is of a count told and the other of none, it is found."""
    scale = float(sentence.numbers[int(match["s"])].printed.value) if match["s"] else 1.0
    one, two = (sentence.numbers[int(match[name])].printed for name in "ab")
    read = [marked(x.words) for x in near]
    events = {n.whole for m in read for n in m.numbers if n.kind == "c"}
    big = [float(n.printed) for m in read for n in m.numbers if n.kind == "t" or (n.kind == "c" and n.whole >= 100)]
    if not scale or all(any(_fits(rate, t, scale, events) for t in big) for rate in (one, two)):
        return
    for own in read:
        for time in (*_TIMES.finditer(own.text), *(_TIMES_NAMED.finditer(own.text) if _named(own) >= 0 else ())):
            numbers = [own.numbers[int(time[name])] for name in "ab"]
            at = time.end() if any(n.kind == "t" for n in numbers) else _named(own)
            if at < 0 or _unit(own, at) != _unit(sentence, match.end()):
                continue
            at_risk = [float(n.printed) for n in numbers]
            fits = [_fits(rate, t, scale, events) for rate, t in zip((one, two), at_risk, strict=True)]
            if fits[0] == fits[1] or min(at_risk) < 10:
                continue  # both agree, or the time is not that of these rates
            wrong, t = (one, at_risk[0]) if not fits[0] else (two, at_risk[1])
            expected = float(wrong) * t / scale
            nearest = min(events, key=lambda e: abs(e - expected), default=0)
            if 0.5 <= nearest / max(expected, 0.1) <= 2:
                numbers_told = [sentence.numbers[int(match[name])] for name in "ab"]
                yield reading.finding(
                    "RATE", "inconsistent",
                    f"a rate of {wrong} is inconsistent with the events and {t:g} at risk: {nearest} events give "
                    f"{nearest * scale / t:.3g}",
                    "the rate may be adjusted, or count first events only", quotes=(spot(line, *numbers_told),),
                    computed=(("events that give it", f"{expected:.1f}"),),
                )  # fmt: skip
                return


def _fits(rate: Printed, at_risk: float, scale: float, events: set[int]) -> bool:
    low, high = span(rate).low * at_risk / scale, span(rate).high * at_risk / scale
    return any(low - 0.01 <= k <= high + 0.01 for k in events)
