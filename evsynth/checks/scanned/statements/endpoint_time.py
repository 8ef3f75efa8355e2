"""The time at which the primary outcome is taken, in the methods and again in abstract or results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression
from evsynth.text.numerals import NUMBER_WORDS

CODES = ("ENDPOINT_TIME",)

_PRIMARY = Expression(
    r"\b(?:primary|main|principal)\s+(?:efficacy |study |clinical )?(?:outcome|end[- ]?point|variable|"
    r"measure)s?\b(?!\s+(?:analys|data|"
    r"of (?:interest|other)))", re.I,
)  # fmt: skip
_HEADING = Expression(r"\b(?:main|primary) (?:outcomes?|end ?points?)(?: (?:and )?measures?)?[.:]?\s*$", re.I)
_WORDS = "|".join(w for w, n in NUMBER_WORDS.items() if n)
_TIME = Expression(
    rf"(?<![\w.,-])(?P<n>\d+(?:\.\d+)?|{_WORDS})[\s-]+(?P<unit>hours?|h|days?|weeks?|wk|months?|mo|years?|"
    rf"y)\b(?!\s+(?:old|of age|"
    r"before|prior|apart|or (?:older|more)|each))|"
    r"\b(?:day|week|month|year)s?\s+(?:\d+\s?(?:to|through|-|and)\s?)?(?P<after>\d+)\b", re.I,
)  # fmt: skip
_STOP = Expression(
    r"\b(?:secondary|other outcomes?|safety outcomes?|key secondary|sample size|power|assum\w+|if )\b", re.I
)
_BOTH = Expression(
    r"\b(?:co-?primary|baseline to|from baseline|every (?:\w+ )?(?:days?|weeks?|months?|years?)|interim|extension|or "
    r"until|until|up to)\b",
    re.I,
)
_DAYS = {"h": 1 / 24, "d": 1.0, "w": 7.0, "m": 30.4, "y": 365.0}
_GENERAL = frozenset(
    "primary main principal outcome endpoint end point measure variable efficacy study was were defined time day week "
    "month year hour rate proportion patient within after change occurrence occurred any cause".split()
)


class Told(NamedTuple):
    """The one time of a primary outcome, in days, the words of the outcome, and where the time stands."""

    days: float
    text: str
    words: frozenset[str]
    start: int
    end: int


def endpoint_time(reading: Reading) -> Iterator[Finding]:
    """Compare the time in the definition of the primary outcome with that in the abstract and in the results.

    Only where each place tells one time and both share two words of the outcome. Left alone: several times, times from
    baseline, times that are equal in another unit.
    """
    defined = [t for line in lines(reading, ("methods",)) if (t := _told(line, line.words)) is not None]
    if not defined:  # an abstract alone: its first sentence on the primary outcome
        own = (t for line in lines(reading, ("abstract", "body")) if (t := _told(line, line.words)) is not None)
        defined = [t for t in (next(own, None),) if t is not None]
    if len({round(t.days) for t in defined}) != 1:
        return
    for line in lines(reading, ("abstract", "results", "body", "conclusion")):
        words = line.words
        section = reading.document.sections[line.section]
        heading = reading.document.plain[max(section.start, line.start - 40) : line.start]
        told = _told(line, words, bool(_HEADING.search(heading)) or bool(_HEADING.search(section.heading)))
        if told is None or _alike(told.days, defined[0].days):
            continue
        if len(told.words & defined[0].words) < 2:
            continue
        yield reading.finding(
            "ENDPOINT_TIME", "inconsistent",
            f"the primary outcome is at {defined[0].text} where it is defined, inconsistent with {told.text} here",
            "one of the two may be a secondary outcome; or the outcome was changed",
            quotes=((told.start, told.end), (defined[0].start, defined[0].end)),
        )  # fmt: skip
        return


def _told(line: Line, words: str, headed: bool = False) -> Told | None:
    match = _PRIMARY.search(words)
    if match is None and not headed:
        return None
    start = match.end() if match is not None else 0
    stop = _STOP.search(words, start)
    piece = words[start : stop.start() if stop else len(words)]
    sentence = re.search(r"[.;](?=\s)", piece)
    piece = piece[: sentence.start()] if sentence else piece
    if _BOTH.search(piece):
        return None
    found = list(_TIME.finditer(piece))
    days = {round(_days(m), 2) for m in found}
    if len(days) != 1:
        return None
    one = found[0]
    shift = line.start + start
    text = " ".join(one[0].split())
    return Told(days.pop(), text, key(piece) - _GENERAL, shift + one.start(), shift + one.end())


def _days(match: re.Match[str]) -> float:
    if match["after"]:
        return float(match["after"]) * _DAYS[match[0][0].lower()]
    number = match["n"].lower()
    return (float(number) if number[0].isdigit() else NUMBER_WORDS[number]) * _DAYS[match["unit"][0].lower()]


def _alike(one: float, two: float) -> bool:
    return abs(one - two) <= 0.05 * max(one, two)
