"""Rates per person-time: of the events and of the time at risk that the same text prints for two groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.counts import counts
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.spans import span

CODES = ("RATE",)

_N = r"\d+(?:[.·]\d+)?"
_UNIT = r"(?P<unit>days|years|months|weeks|nights|hours)"
_PAIR = re.compile(
    rf"(?<![\w.,·/<>±-])(?P<a>{_N})\s?(?:versus|vs?\.?|and|compared (?:with|to)|or)\s(?P<b>{_N})"
    rf"(?:\s(?:events|episodes|admissions|cases|deaths|infections|falls|bleeds|exacerbations))?\s?"
    rf"(?:per|/)\s?(?P<scale>1|10|100|1[ ,]?000|10[ ,]?000|100[ ,]?000)?\s?[a-z]+[- ]{_UNIT}\b", re.I,
)  # fmt: skip
_TIME = re.compile(
    r"(?<![\w.,·/-])(?P<a>\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d{3,}(?:\.\d+)?)(?P<between>[^.;\d]{0,60})"
    r"(?:\sand|\sversus|\svs\.?|,)\s(?P<b>\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d{3,}(?:\.\d+)?)(?![\d·%])"
)
_BIG = re.compile(r"(?<![\w.,·/-])(?:\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d{3,}(?:\.\d+)?)(?![\d·%])")
_ADJUSTED = re.compile(
    r"adjusted rates?|standardi[sz]ed rates?|modelled|least[- ]squares|imputed|weighted|annuali[sz]ed", re.I
)


def rates(reading: Reading) -> Iterator[Finding]:
    """Check "0.60 versus 1.94 per 1000 catheter-days" against the events and the days printed."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        for match in _PAIR.finditer(line.words):
            if not _ADJUSTED.search(line.words):
                yield from _pair(reading, every[max(0, index - 3) : index + 1], line, match)


def _pair(reading: Reading, near: list[Line], line: Line, match: re.Match[str]) -> Iterator[Finding]:
    scale = int(re.sub(r"[ ,]", "", match["scale"] or "1"))
    one, two = Printed.parse(match["a"]), Printed.parse(match["b"])
    events = {c.value for x in near for c in counts(x.words)}
    big = [float(re.sub(r"[ ,]", "", m[0])) for x in near for m in _BIG.finditer(x.words)]
    if all(any(_fits(rate, t, scale, events) for t in big if t) for rate in (one, two)):
        return
    for x in near:
        for time in _TIME.finditer(x.words):
            if match["unit"].lower() not in x.words.lower() or time.start() + x.start == match.start() + line.start:
                continue
            at_risk = [float(re.sub(r"[ ,]", "", time[n])) for n in "ab"]
            fits = [_fits(rate, t, scale, events) for rate, t in zip((one, two), at_risk, strict=True)]
            if fits[0] == fits[1] or not all(at_risk):
                continue  # both agree, or the time is not that of these rates
            wrong, t = (one, at_risk[0]) if not fits[0] else (two, at_risk[1])
            expected = float(wrong) * t / scale
            near_by = sorted(events, key=lambda e: abs(e - expected))[:1]
            if not near_by or not 0.5 <= near_by[0] / max(expected, 0.1) <= 2:
                continue
            k = near_by[0]
            yield reading.finding(
                "RATE", "inconsistent",
                f"a rate of {wrong} is inconsistent with the events and {t:g} {match['unit']} at risk: "
                f"{k} events give {k * scale / t:.3g}",
                "the rate may be adjusted, or count first events only", quotes=(line.piece(match),),
                computed=(("events that give it", f"{expected:.1f}"),),
            )  # fmt: skip
            return


def _fits(rate: Printed, at_risk: float, scale: int, events: set[int]) -> bool:
    low, high = span(rate).low * at_risk / scale, span(rate).high * at_risk / scale
    return any(low - 0.01 <= k <= high + 0.01 for k in events)
