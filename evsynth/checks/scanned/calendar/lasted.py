"""How long a period is said to have lasted, against its dates: "began in June 2016, ended in May 2018, 24 months"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.durations import DURATION, Duration, duration, durations, length
from evsynth.checks.scanned.calendar.moments import Period, moments, periods
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_SORT = (
    r"(?:[\s-](?:long|study|period|interval|recruitment|enrol(?:l)?ment|inclusion|accrual|window|survey|season|span|"
    r"observation|data|collection|time|duration|trial|campaign|phase))*"
)
_BEFORE = Expression(
    rf"\b(?P<lead>the|an?|over|during|in|within|of|for|lasted|last(?:ing)?|throughout|ran)\s(?:the\s|an?\s|these\s|"
    rf"those\s|first\s|"
    rf"period of\s|total of\s|about\s)*{DURATION.pattern}{_SORT}\s?[,(:]?\s?"
    r"(?:(?:running|beginning|starting|extending|lasting|spanning|ranging)\s)?(?:from|between|"
    r"i\.e\.,?)?\s?(?:the\s)?[(]?$", re.I,
)  # fmt: skip
_AFTER = Expression(
    rf"\s?[,(;:–-]?\s?(?:i\.e\.,?|that is,?|thus|hence|after|over|lasting|within|in|=|in all|for|during|which (?:is|"
    rf"was|lasted|took)|"
    rf"and (?:lasted|took)|covering|spanning|corresponding to)?\s?(?:an?\s|the\s)?(?:(?:total\s)?(?:period|duration|"
    rf"length|"
    rf"time|span|interval|total)\s(?:of\s)?)?(?:exactly\s|precisely\s|just\s|"
    rf"altogether\s)?{DURATION.pattern}{_SORT}(?:\s(?:in all|in total|altogether|overall|"
    rf"later|in length))?"
    r"\s?(?=[).,;:]|$)", re.I,
)  # fmt: skip
_ELSE = Expression(
    r"\b(?:follow\w*|treat\w*|aged?|at least|median|mean|every|each|after|previous|prior|preceding|up to|more than|"
    r"less than|"
    r"minimum|maximum|therapy|survival|stay|old|per|another|further|additional|last|next|half|about|approximately|"
    r"nearly|almost|over)\b[^.;,]{0,25}$", re.I,
)  # fmt: skip
_RAN = Expression(
    r"\b(?:ran|run|lasted|open|recruit\w*|continued|conducted|extended|collected|carried out|period|enrol\w*|"
    r"performed|done)\s*$",
    re.I,
)
_BEGAN = Expression(r"\b(?:began|begun|started?|commenced|opened|initiated|from|since|launched)\b", re.I)
_ENDED = Expression(
    r"\b(?:completed?|ended|closed|finished|stopped|concluded|until|terminated|reached|end(?:ing)?)\b", re.I
)
_PHASES = Expression(
    r"\b(?P<total>(?:\d+|[a-z-]+)[\s-](?:years?|months?|weeks?|days?))\b[^.;:]{0,30}(?::|,\s(?:with|consisting of|"
    r"comprising|"
    r"made up of|divided into)|\(|\s(?:consisting of|comprising|made up of|divided into|"
    r"with))\s?(?P<list>[^.;:()]{10,220})", re.I,
)  # fmt: skip
_TIMES = Expression(
    r"\b(?P<k>two|three|four|2|3|4)\s(?:[a-z-]+\s){0,4}?(?:periods?|phases?|cycles?|blocks?|courses?|stages?)\b", re.I
)
_PHASE = Expression(
    r"\b(?:wash-?out|periods?|phases?|run-?in|lead-?in|taper\w*|baseline|titration|maintenance|follow-?up)\b", re.I
)


def lasted(reading: Reading) -> Iterator[Finding]:
    """Compare the printed length of a period with its dates, and the length of a study with that of its phases.

    Found: a length that no days within the printed dates give. Left alone: lengths of treatment and follow-up, lengths
    that are rounded ("about", "nearly"), and years of which the months are not told, within a year.
    """
    for line in lines(reading, ("title", "abstract", "methods", "results", "body")):
        yield from _dated(reading, line)
        yield from _phases(reading, line)


def _dated(reading: Reading, line: Line) -> Iterator[Finding]:
    for period in _periods(line.words):
        told = _told(line.words, period)
        if told is None:
            continue
        low, high = length(period.opens, period.closes)
        slack = max(1.0, 0.04 * told.days) + (0 if period.opens.exact else 31)
        if told.high + slack >= low and told.low - slack <= high:
            continue
        months = f"{low / 30.44:.0f} to {high / 30.44:.0f} months" if high > 92 else f"{low} to {high} days"
        shown = " ".join(line.words[period.opens.start : period.closes.end].split())
        yield reading.finding(
            "DATES", "inconsistent", f"{told.text} is inconsistent with the dates, {shown}, which make {months}",
            "one of the dates may be misprinted, or the length be that of another period",
            quotes=((line.start + told.start, line.start + told.end),
                    (line.start + period.opens.start, line.start + period.closes.end)),
            computed=(("days", f"{low} to {high}"),),
        )  # fmt: skip
        return


def _periods(words: str) -> Iterator[Period]:
    """Give the periods of a sentence: two dates that are joined, or one of a beginning and one of an end."""
    found = list(periods(words))
    yield from found
    if found:
        return
    for one, two in itertools.pairwise(moments(words)):
        between = words[one.end : two.start]
        if (
            one.exact
            and two.exact
            and len(between) < 90
            and two.first > one.last
            and _BEGAN.search(words[max(0, one.start - 40) : one.start])
            and _ENDED.search(between)
        ):
            yield Period(one, two)


def _told(words: str, period: Period) -> Duration | None:
    before, after = words[: period.opens.start], words[period.closes.end :]
    match = _AFTER.match(after)
    if match is not None and not _ELSE.search(
        re.sub(r"\b(?:after|over)\b", "", after[: match.start("number")], flags=re.I).strip(" (,")
    ):
        found = duration(match)
        at = period.closes.end + match.start("number")
        return found._replace(
            start=at, end=period.closes.end + match.end("unit"), text=_text(words, match, period.closes.end)
        )
    match = _BEFORE.search(before[-120:])
    if match is not None:
        offset = max(0, len(before) - 120)
        named = re.search(r"period|interval|span|window", match[0], re.I)
        if match["lead"].lower() == "within" and not named:
            return None  # "repeated within 12 months between 2014 and 2017"
        if match["lead"].lower() in ("for", "of") and not named and not _RAN.search(before[: offset + match.start()]):
            return None
        if _ELSE.search(before[: offset + match.start()]) or _ELSE.search(
            re.sub(
                r"^(?:over|during|in)\b",
                "",
                before[offset + match.start() : offset + match.start("number")],
                flags=re.I,
            )
        ):
            return None
        at = offset + match.start("number")
        return duration(match)._replace(start=at, end=offset + match.end("unit"), text=_text(words, match, offset))
    return None


def _text(words: str, match: re.Match[str], offset: int) -> str:
    return " ".join(words[offset + match.start("number") : offset + match.end("unit")].split())


def _phases(reading: Reading, line: Line) -> Iterator[Finding]:
    """Check "18 weeks: two treatment periods of 6 weeks and a washout of 3 weeks"."""
    for match in _PHASES.finditer(line.words):
        whole = next(durations(match["total"]), None)
        parts = list(durations(match["list"]))
        if whole is None or not 2 <= len(parts) <= 4 or len(_PHASE.findall(match["list"])) < len(parts):
            continue
        if re.search(r"\b(?:or|each|every|at least|up to|median|mean|then at|after)\b", match["list"], re.I):
            continue
        total, begin = 0.0, 0
        for part in parts:
            times = _TIMES.search(match["list"][begin : part.end + 30])
            k = {"two": 2, "three": 3, "four": 4}.get(times["k"].lower(), 0) or int(times["k"]) if times else 1
            total += k * part.days
            begin = part.end
        if abs(total - whole.days) <= max(1.0, 0.03 * whole.days) or not 0.4 < total / whole.days < 2.5:
            continue
        start = line.start + match.start("list")
        yield reading.finding(
            "DATES", "inconsistent",
            f"{whole.text} is inconsistent with its parts, which make {total / 7:g} weeks" if total % 7 == 0 else
            f"{whole.text} is inconsistent with its parts, which make {total:g} days",
            "a part may not be told, or parts may overlap",
            quotes=((line.start + match.start("total"), line.start + match.end("total")),
                    *((start + p.start, start + p.end) for p in parts)),
        )  # fmt: skip


__all__ = ["CODES", "lasted"]
