"""Lengths of follow-up that are longer than the time from the first patient to the end of the study."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.durations import UNIT, in_days, ordinal
from evsynth.checks.scanned.calendar.study_dates import Study
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

_ABOUT_TIME = Expression(r"\bfollow\w*(?:[- ]?up)?\b|person-? ?years|patient-? ?years|\bobserv(?:ed|ation)\b", re.I)
_SINCE = Expression(r"\b(?:time|years|interval|elapsed|passed) since\b", re.I)
"""Where those treated in a period are asked once: "the median time since the operation"."""
_RANGE = Expression(
    rf"\b(?:range[d,:]?|IQR|interquartile range|quartiles)[,:]?\s?(?:was |of |from |"
    rf"between )?(?P<low>\d+(?:\.\d+)?)\s?(?:{UNIT.replace('unit', 'unit0')})?\s?(?:-|to|and)\s?"
    rf"(?P<high>\d+(?:\.\d+)?)\s?(?:{UNIT})?", re.I,
)  # fmt: skip
_MOST = Expression(
    rf"\b(?:maximum|longest|max\.?)\s?[,:]?\s?(?:was |of |being )?(?P<high>\d+(?:\.\d+)?)(?![\d%])\s?(?:{UNIT})?", re.I
)
_CENTRE = Expression(
    rf"\b(?:median|mean|average|maximum|longest)\b[^.;()\d]{{0,70}}?(?P<number>\d+(?:\.\d+)?)\s?"
    rf"(?P<rest>[(\[][^)\]]*[)\]]|(?:±|\+/-)\s*[\d.]+)?\s*(?:{UNIT})", re.I,
)  # fmt: skip
_UP_TO = Expression(
    rf"\b(?:followed|observed|monitored)(?: up)? for (?:up to|as long as|at most) (?P<number>\d+(?:\.\d+)?)"
    rf"(?P<rest>)\s?{UNIT}",
    re.I,
)
_REVERSED = Expression(
    rf"(?P<number>\d+(?:\.\d+)?)\s?{UNIT}\s(?:in|on|as)\s(?:the\s|a\s)?(?:median|mean|average)(?P<rest>)", re.I
)
_NOT_TIME = Expression(
    r"\b(?:age[ds]?|old|stay|dose|score|symptoms?|disease duration|duration of (?:disease|symptoms|treatment|therapy)|"
    r"treatment|survival|interval|previous|before)\b", re.I,
)  # fmt: skip
_CITED = Expression(r"\[\d{1,3}(?:[,-]\s?\d{1,3})*\]\s*\.?\s*$|\bet al\b|\bother stud(?:y|ies)\b", re.I)
FAR = 100
"""How far before a length, in characters, the words "follow-up" may stand."""


def too_long(reading: Reading, study: Study) -> Iterator[Finding]:
    """Find a follow-up, or the end of its range, that is longer than there was time for."""
    ends = study.ends or study.asked
    if not study.windows or not ends:
        return
    about = _ABOUT_TIME if study.ends else _SINCE
    first = min(study.windows, key=lambda w: w[0].opens.first)
    end = max(ends, key=lambda e: e.moment.last)
    most = ordinal(end.moment.last) - ordinal(first[0].opens.first) + 1
    if most <= 0:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        if not about.search(line.words) or _CITED.search(line.words):
            continue
        for days, text, spot in _lengths(line, about):
            if days > most * 1.01 + 16:
                yield reading.finding(
                    "DATES", "error",
                    f"a follow-up of {text} is inconsistent with the time from {' '.join(first[2].split())[:40]} to "
                    f"{' '.join(end.text.split())}, {most / 30.44:.0f} months",
                    "follow-up may be counted from an earlier event; otherwise a digit is misprinted",
                    quotes=(spot, first[1], end.spot), computed=(("months", f"{most / 30.44:.1f}"),),
                )  # fmt: skip
                return


def _lengths(line: Line, about: Expression) -> Iterator[tuple[float, str, Spot]]:
    """Give the lengths of follow-up of a sentence, centres and ends of ranges, in days."""
    unit = None
    for match in (*_CENTRE.finditer(line.words), *_REVERSED.finditer(line.words), *_UP_TO.finditer(line.words)):
        if _NOT_TIME.search(match[0]) or not about.search(line.words[max(0, match.start() - FAR) : match.end() + 40]):
            continue
        unit = match["unit"]
        spot = line.start + match.start("number"), line.start + match.end("number")
        yield in_days(match["number"], unit), f"{match['number']} {unit}", spot
        most = _MOST.search(line.words, match.end("number"))
        if most is not None and most.start() - match.end("number") < 90:
            spot = line.start + most.start("high"), line.start + most.end("high")
            yield in_days(most["high"], most["unit"] or unit), f"{most['high']} {most['unit'] or unit}", spot
        for rest in _RANGE.finditer(line.words, match.end("number"), match.end("number") + 110):
            own = rest["unit"] or rest["unit0"] or unit
            spot = line.start + rest.start("high"), line.start + rest.end("high")
            yield in_days(rest["high"], own), f"{rest['high']} {own}", spot
