"""Lengths of time that must add up, or fit dates: "the year, April 2017 to October 2018", "4 + 2 + 4 = 12"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.durations import Duration, durations, length
from evsynth.checks.scanned.calendar.moments import periods
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_YEAR = Expression(
    r"\b(?:(?:the|a|one|our|whole|full|calendar|study|(?:pre|post)-?[a-z]+|before|after|baseline|evaluation|"
    r"intervention|control|first|second|third|"
    r"last|observation|reference|comparison|implementation|preceding|following|financial|fiscal|academic|index|survey|"
    r"audit|pilot)\s){1,3}(?P<unit>year|quarter|half-?year)\b(?P<then>[^.;\d]{0,45}?)(?:\(|\b(?:from|between|was|,|ran|"
    r"lasted|of)\b\s?|,\s?)(?:from\s|between\s)?(?:the\s)?$", re.I,
)  # fmt: skip
_DAYS = {"y": (350, 400), "q": (80, 105), "h": (165, 200)}
_TOTAL = Expression(
    r"\b(?:(?P<lead>(?:a |the )?total(?: duration| length| time| study)*(?: of)?|in total|altogether|overall|in all|"
    r"(?:whole|entire|total) (?:study|trial|duration|participation|period|course|treatment)[a-z ]{0,25}(?:lasted"
    r"|was|took|of)|"
    r"(?:in the (?:study|trial)|took part|participat\w+|lasted|was (?:observed|followed|treated|studied))"
    r" for))\s?[,:]?\s"
    r"(?:a total of\s)?$", re.I,
)  # fmt: skip
_TOTAL_AFTER = Expression(r"\s?,?\s?(?:in all|in total|altogether|overall|all told|in sum)\b", re.I)
_PART = Expression(
    r"\b(?:wash-?out|periods?|phases?|run-?in|lead-?in|taper\w*|titration|maintenance|follow-?up|follow\w*|induction|"
    r"treat\w*|consolidation|baseline|observation|arm|intervention|therapy|screening|drug|placebo|continued|extension|"
    r"course|cycles?)\b", re.I,
)  # fmt: skip
_TWICE = Expression(
    r"\b(?:each|either|both|per|every|two|respectively|cross-?over|three|four|\d+ (?:periods|cycles|courses))\b", re.I
)
_LOOSE = Expression(
    r"\b(?:or|at least|up to|median|mean|visits?|every|age[ds]?|after|at|within|during|for up|about|approximately"
    r"|until|"
    r"interval|ago|previous|earlier|before|(?<!followed )(?<!and )by|lasted longer|more than|less than|minimum|maximum|"
    r"first"
    r"|last|per)\s+"
    r"(?:the\s|a\s|an\s)?$", re.I,
)  # fmt: skip


_EITHER = Expression(
    r"\b(?:whichever|range)\b|\bor\s(?:\d|until|longer|more|less|death|for|two|three|four|six|eight|ten|twelve)", re.I
)
_AFTER_A = Expression(r"\b[Aa]fter (?:an?|the) $")
"""What leads to a part that another follows: "after a 2-week run-in"."""


def periods_named(reading: Reading) -> Iterator[Finding]:
    """Compare a year or a quarter with its dates, and the length of a study with the lengths of its parts.

    Of the parts, one that is told of "each" period may count once, twice or three times. Left alone: visits, lengths
    that are about, at least or up to something, and sums that leave out a part with a name of its own.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        yield from _year(reading, line)
        yield from _sum(reading, line)


def _year(reading: Reading, line: Line) -> Iterator[Finding]:
    for period in periods(line.words):
        match = _YEAR.search(line.words[max(0, period.opens.start - 120) : period.opens.start])
        if match is None or not period.opens.exact:
            continue
        ahead = line.words[max(0, period.opens.start - 120) : period.opens.start][: match.start()]
        if re.search(r"\b(?:followed|observed|monitored|treated|seen)\b[^.;,]{0,25}\bfor (?:an? )?$", ahead):
            continue  # each of them, within the dates
        low, high = _DAYS[match["unit"][0].lower()]
        least, most = length(period.opens, period.closes)
        if most >= low and least <= high:
            continue
        shown = " ".join(line.words[period.opens.start : period.closes.end].split())
        start = line.start + max(0, period.opens.start - 120) + match.start()
        yield reading.finding(
            "DATES", "inconsistent",
            f"'{' '.join(match[0].split())[:40]}' is inconsistent with its dates, {shown}, which make "
            f"{most / 30.44:.0f} months",
            "the word may not be meant exactly; otherwise one of the dates is misprinted",
            quotes=((start, line.start + period.closes.end),), computed=(("days", f"{least} to {most}"),),
        )  # fmt: skip


def _sum(reading: Reading, line: Line) -> Iterator[Finding]:
    found = list(durations(line.words))
    if not 3 <= len(found) <= 6:
        return
    totals = [d for d in found if _TOTAL.search(line.words[: d.start]) or _TOTAL_AFTER.match(line.words, d.end)]
    if len(totals) != 1:
        return
    total = totals[0]
    parts = [d for d in found if d is not total]
    if any(_LOOSE.search(_AFTER_A.sub(" ", line.words[: d.start])) or not _named(line.words, d) for d in parts):
        return
    if any(d.days >= total.days for d in parts) or _EITHER.search(line.words):
        return
    sums = [s for k in (1, 2, 3, 4) for s in [sum(_times(line.words, d, k) * d.days for d in parts)]]
    slack = max(2.0, 0.03 * total.days)
    if any(abs(s - total.days) <= slack for s in sums) or not any(0.5 < s / total.days < 2 for s in sums):
        return
    yield reading.finding(
        "DATES", "inconsistent",
        f"{total.text} is inconsistent with its parts, {', '.join(d.text for d in parts)}",
        "a part may not be told, or parts may overlap; otherwise a number is misprinted",
        quotes=((line.start + total.start, line.start + total.end),
                *((line.start + d.start, line.start + d.end) for d in parts)),
    )  # fmt: skip


def _times(words: str, one: Duration, periods_told: int) -> int:
    """Give how often a part counts where there are so many periods: a washout lies between each two of them."""
    before = re.split(r"[,;(]", words[max(0, one.start - 45) : one.start])[-1]
    if re.search(r"wash-?out\b.{0,12}$", before, re.I) or re.match(r"\s?-?wash-?out", words[one.end :], re.I):
        return max(1, periods_told - 1)
    return periods_told if _TWICE.search(before) or re.match(r"\s(?:each|apiece)\b", words[one.end :]) else 1


def _named(words: str, one: Duration) -> bool:
    """Say whether the words beside a length call it a part: "a 2-week washout", "treatment lasted 12 weeks"."""
    before = re.split(r"[,;(]", words[max(0, one.start - 50) : one.start])[-1]
    after = re.split(r"[,;)]", words[one.end : one.end + 45])[0]
    return _PART.search(before) is not None or _PART.search(after) is not None
