"""Rates of events in time at risk, and ratios of observed to expected events, told in one sentence.

"6418 events in 117 204 person-years (54.8 per 1000)"; "611 cancers (252.5 expected; SIR 2.42)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.marked import Marked, Number, marked, spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import Span, span

CODES = ("RATE", "OBSERVED_EXPECTED")

_E = r"⟨[cm](?P<e>\d+)⟩"
_T = r"⟨t(?P<t>\d+)⟩"
_R = r"⟨[dc](?P<r>\d+)⟩(?: [a-z]+){0,5}? ?(?:per|/|for every) ?(?:⟨[ucxm](?P<s>\d+)⟩)?"
_IN = r"[^⟨;.]{0,60}?(?:\b(?:in|during|over|among|for|from|within|and|of|per|on|with)\b|/)[^⟨;.]{0,30}?"
_TIMED = (
    re.compile(rf"{_E}{_IN}{_T}[^⟨;.]{{0,75}}?[(,:=;]? ?[^⟨;.]{{0,45}}?{_R}"),
    re.compile(rf"{_T}[^⟨;.]{{0,60}}?{_E}[^⟨;.]{{0,60}}?[(,:=;][^⟨;.]{{0,45}}?{_R}"),
    re.compile(rf"{_R}[^⟨;.]{{0,45}}[(,:;] ?[^⟨;.]{{0,20}}{_E}{_IN}{_T}"),
)
_EXPECTED = (
    re.compile(
        r"⟨[cm](?P<o>\d+)⟩(?:(?!expected)[^⟨;.]){0,60}?⟨[dcm](?P<e>\d+)⟩(?:(?!observed)[^⟨;.()]){0,25}expected"
        r"[^⟨.]{0,60}?"
        r"(?:SIR|SMR|ratio|O/E|O:E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
    re.compile(
        r"⟨[cm](?P<o>\d+)⟩[^⟨;.]{0,40}?\b(?:observed|occurred|found|seen|diagnosed|recorded|against|versus|"
        r"with)\b[^⟨;.]{0,30}?"
        r"\bexpected[^⟨;.]{0,12}?⟨[dcm](?P<e>\d+)⟩[^⟨.]{0,40}?(?:SIR|SMR|ratio|O/E|O:E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
    re.compile(
        r"⟨[dcm](?P<e>\d+)⟩[^⟨;.]{0,30}? expected[^⟨;.]{0,20}? ⟨[cm](?P<o>\d+)⟩[^⟨;.]{0,30}? (?:observed|occurred|"
        r"found|seen)"
        r"[^⟨.]{0,40}?(?:SIR|SMR|ratio|O/E|O:E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
    re.compile(
        r"(?:SIR|SMR|incidence ratio|mortality ratio|"
        r"O/E)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩[^⟨]{0,6}\(?[^⟨;.]{0,30}⟨[cm](?P<o>\d+)⟩"
        r"[^⟨;.()]{0,30}observed[^⟨;.()]{0,40}⟨[dcm](?P<e>\d+)⟩[^⟨;.()]{0,20}expected"
    ),
)
_MODELLED = re.compile(
    r"adjust|standardi[sz]ed (?:rate|incidence rate)|modelled|weighted|age-standard|least[- ]squares|estimated|"
    r"annuali[sz]ed",
    re.I,
)
_EXCESS = re.compile(r"excess[^⟨.;]{0,60}⟨[dc](?P<r>\d+)⟩(?: [a-z]+){0,4}? ?(?:per|/) ?⟨[ucxm](?P<s>\d+)⟩", re.I)


_QUOTIENT = (
    re.compile(
        r"⟨[dc](?P<a>\d+)⟩[^⟨;.]{0,40}?(?:per|/) ?(?:⟨[ucxm]\d+⟩)?[^⟨;.]{0,80}?⟨[dc](?P<b>\d+)⟩[^⟨]{0,60}?"
        r"(?:(?:per|/) ?⟨[ucxm]\d+⟩[^⟨]{0,60}?)?(?P<name>(?:crude |unadjusted )?(?:incidence )?rate ratio|\bIRR|\bRR)"
        r"[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
    re.compile(
        r"⟨[dc](?P<a>\d+)⟩ (?:v|vs\.?|versus|and|compared with|against) ⟨[dc](?P<b>\d+)⟩[^⟨;.]{0,40}?(?:per|/) "
        r"?(?:⟨[ucxm]\d+⟩)?"
        r"[^⟨]{0,60}?(?P<name>(?:crude |unadjusted )?(?:incidence )?rate ratio|\bIRR|\bRR)[^⟨;.]{0,25}?⟨d(?P<r>\d+)⟩"
    ),
)
_ROOM = re.compile(r"adjust|stratif|regress|poisson|negative binomial|mixed|cluster|multivari|model", re.I)


def person_time(reading: Reading) -> Iterator[Finding]:
    """Check rates against the events and the time told with them, and ratios against observed and expected."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if re.search(r"expected", line.words):
            yield from _ratios(reading, line)
        if not re.search(r"\bper\b|/|for every", line.words):
            continue
        sentence = marked(line.words)
        near = [marked(x.words) for x in every[max(0, index - 2) : index + 2]]
        yield from _rates(reading, line, sentence, near)
        yield from _excess(reading, line, sentence, every)
        yield from _quotients(reading, line, sentence)


def _rates(reading: Reading, line: Line, sentence: Marked, near: list[Marked]) -> Iterator[Finding]:
    if _MODELLED.search(line.words):
        return
    seen: set[int] = set()
    for pattern in _TIMED:
        for match in pattern.finditer(sentence.text):
            events, time, rate = (sentence.numbers[int(match[name])] for name in ("e", "t", "r"))
            scale = float(sentence.numbers[int(match["s"])].printed.value) if match["s"] else 1.0
            if int(match["r"]) in seen or not time.printed.value or events.printed.decimals or not scale:
                continue
            seen.add(int(match["r"]))
            told = [n for m in near for n in m.numbers if n != rate]
            if any(_gives(rate.printed, e, t, scale) for t in _times(told) for e in _events(told)):
                continue
            value = float(events.printed) / float(time.printed) * scale
            yield reading.finding(
                "RATE", "inconsistent",
                f"a rate of {rate.printed} per {scale:g} is inconsistent with {events.printed} events in "
                f"{time.printed}, which give {value:.3g}",
                "the rate may be adjusted, or count first events only; otherwise a digit or the unit is misprinted",
                quotes=(spot(line, events), spot(line, time), spot(line, rate)),
                computed=(("rate", f"{value:.4g}"),),
            )  # fmt: skip


def _times(told: list[Number]) -> list[float]:
    times = [float(n.printed) for n in told if n.kind == "t" and n.printed.value]
    return [*times, sum(times)] if 1 < len(times) < 6 else times


def _events(told: list[Number]) -> list[float]:
    return [float(n.printed) for n in told if n.kind in "cm" and not n.printed.decimals]


def _gives(rate: Printed, events: float, time: float, scale: float) -> bool:
    low, high = span(rate)
    given = [events / time * scale * unit for unit in (1, 12, 1 / 12, 365.25, 1 / 365.25)]
    return any(low * 0.995 <= g <= high * 1.005 for g in given)


def _ratios(reading: Reading, line: Line) -> Iterator[Finding]:
    sentence = marked(line.words)
    seen: set[int] = set()
    for pattern in _EXPECTED:
        for match in pattern.finditer(sentence.text):
            observed, expected, ratio = (sentence.numbers[int(match[name])] for name in ("o", "e", "r"))
            if int(match["r"]) in seen or _MODELLED.search(match[0]) or expected.printed.value <= 0:
                continue
            seen.add(int(match["r"]))
            of = span(expected.printed)
            follows = Span(float(observed.printed) / of.high, float(observed.printed) / max(of.low, 1e-9))
            own = span(ratio.printed)
            if own.low * 0.99 <= follows.high and follows.low <= own.high * 1.01:
                continue
            yield reading.finding(
                "OBSERVED_EXPECTED", "inconsistent",
                f"a ratio of {ratio.printed} is inconsistent with {observed.printed} observed and {expected.printed} "
                f"expected, which give {follows.middle:.3g}",
                "the ratio may be adjusted; otherwise one of the three is misprinted",
                quotes=(spot(line, observed), spot(line, expected), spot(line, ratio)),
                computed=(("observed / expected", f"{follows.middle:.4g}"),),
            )  # fmt: skip


def _excess(reading: Reading, line: Line, sentence: Marked, every: list[Line]) -> Iterator[Finding]:
    """Find an excess rate that only another unit, ten or a hundred times as large or small, would give."""
    for match in _EXCESS.finditer(sentence.text):
        rate, unit = sentence.numbers[int(match["r"])], sentence.numbers[int(match["s"])]
        told = [n for x in every for n in marked(x.words).numbers]
        counted, times = _events(told), [float(n.printed) for n in told if n.kind == "t"]
        expected = [float(n.printed) for n in told if n.kind in "dc"]
        scale, own = float(unit.printed.value), span(rate.printed)
        given = {
            (o - e) / t * scale for o in counted for e in expected for t in times if t > 10 * max(o, 1) and o > e > 0
        } if len(counted) * len(expected) * len(times) < 40_000 else set()  # fmt: skip
        if not given or any(own.low <= g <= own.high for g in given):
            continue
        tens = [ten for ten in (0.01, 0.1, 10.0, 100.0) if any(own.low <= g * ten <= own.high for g in given)]
        if tens:
            yield reading.finding(
                "RATE", "inconsistent",
                f"an excess of {rate.printed} per {unit.printed} is inconsistent with the events and the time told, "
                f"which give it per {scale * tens[0]:g}",
                "the unit may be misprinted", quotes=(spot(line, rate), spot(line, unit)),
                computed=(("unit", f"{scale * tens[0]:g}"),),
            )  # fmt: skip


def _quotients(reading: Reading, line: Line, sentence: Marked) -> Iterator[Finding]:
    """Compare a rate ratio with the two rates told before it, either way."""
    seen: set[int] = set()
    for pattern in _QUOTIENT:
        for match in pattern.finditer(sentence.text):
            one, two, ratio = (sentence.numbers[int(match[name])] for name in ("a", "b", "r"))
            if int(match["r"]) in seen or _MODELLED.search(line.words) or re.search(r"hazard|interval", match[0]):
                continue
            seen.add(int(match["r"]))
            a, b, own = span(one.printed), span(two.printed), span(ratio.printed)
            if min(a.low, b.low) <= 0:
                continue
            crude = "crude" in match["name"] or "unadjusted" in match["name"]
            room = 1.05 if crude or not _ROOM.search(reading.document.prose) else 1.3
            follows = (Span(a.low / b.high, a.high / b.low), Span(b.low / a.high, b.high / a.low))
            if any(own.low <= f.high * room and f.low <= own.high * room for f in follows):
                continue
            yield reading.finding(
                "RATE", "inconsistent",
                f"a rate ratio of {ratio.printed} is inconsistent with the rates {one.printed} and {two.printed}, "
                f"which give "
                f"{follows[0].middle:.3g}",
                "the ratio may be adjusted; otherwise one of the three is misprinted",
                quotes=(spot(line, one), spot(line, two), spot(line, ratio)),
                computed=(("ratio", f"{follows[0].middle:.4g}"),),
            )  # fmt: skip
