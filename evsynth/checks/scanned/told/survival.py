"""Survival told twice: as a median time and as a percentage at a time, or at several times.

Where the median survival is 18 months, half or more are alive at 12 months and half or fewer at 24. Survival cannot
rise with time; the cumulative incidence cannot fall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.marked import Marked, Number, marked, spot
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span

CODES = ("MEDIAN_AND_RATE", "SURVIVAL_CONTRADICTS")

_KIND = (
    r"(?P<kind>overall|progression[- ]free|disease[- ]free|event[- ]free|relapse[- ]free|recurrence[- ]free|"
    r"metastasis[- ]free|graft|patient|cancer[- ]specific|disease[- ]specific|OS|PFS|DFS|EFS|RFS|failure[- ]free|"
    r"transplant[- ]free)"
)
_SURV = rf"(?:{_KIND} ?(?:survival)?(?: time| duration)?(?: ?\([A-Z]{{2,4}}\))?|survival(?: time)?)"
_MEDIAN = re.compile(
    rf"\bmedian {_SURV}(?:,? ?(?:was|of|is|being|reached|:|=|,|for all patients) ?){{0,2}} "
    rf"?⟨(?P<sort>[mdc])(?P<i>\d+)⟩ ?(?P<unit>months?|years?|weeks?|days?|mo\b)?",
    re.I,
)
_TIME_TO = re.compile(
    r"\bmedian time to (?P<kind>death|progression|relapse|recurrence)(?:,? ?(?:was|of|is|:|=) ?){0,2} "
    r"?⟨(?P<sort>[mdc])(?P<i>\d+)⟩ ?"
    r"(?P<unit>months?|years?|weeks?|days?|mo\b)", re.I,
)  # fmt: skip
_AT = r"⟨[mcx](?P<t>\d+)⟩[- ]?(?P<unit>months?|years?|weeks?|days?|mo)\b"
_SHARE = (
    re.compile(
        rf"{_AT},? {_SURV}(?: rates?| probability| estimate)?(?:,? ?(?:was|of|is|being|:|=|\(|,) ?){{0,2}} "
        rf"?⟨p(?P<p>\d+)⟩",
        re.I,
    ),
    re.compile(
        rf"{_SURV}(?: rates?| probability)?(?: was| of| is)? (?:at|after) {_AT},? (?:was |of |is |\()?⟨p(?P<p>\d+)⟩",
        re.I,
    ),
    re.compile(
        rf"(?:at|after) {_AT},? (?:the )?{_SURV}(?: rates?| probability)? (?:was|of|is|stood at|reached) ⟨p(?P<p>\d+)⟩",
        re.I,
    ),
)
_LIST = re.compile(
    r"(?P<times>(?:⟨[a-z]\d+⟩(?:-| )?(?:months?|years?|mo|yr)?,? ?(?:and )?){2,5})[- ]?(?:month|year|mo|yr)s?,?"
    r"(?P<what>[^⟨.;]{3,70}?)(?:,? ?(?:were|was|of|:|=|\(|being|amounted to) ?){1,2}"
    r"(?P<shares>(?:⟨p\d+⟩(?:,| and|, and|/| ) ?){1,4}⟨p\d+⟩)",
    re.I,
)
_LIST_AT = re.compile(
    r"(?P<what>[^⟨.;]{3,70}?)(?: rates?)? (?:at|after) (?P<times>(?:⟨[a-z]\d+⟩(?:-| )?(?:months?|years?|mo|yr)?(?:,| "
    r"and|, and) ){1,4}"
    r"⟨[a-z]\d+⟩)(?: months?| years?)?(?:,? ?(?:were|was|of|:|=|\(|being) ?){1,2}"
    r"(?P<shares>(?:⟨p\d+⟩(?:,| and|, and|/| ) ?){1,4}⟨p\d+⟩)",
    re.I,
)
_FALLS = re.compile(r"surviv|free(?:dom)?\b|alive|\bOS\b|\bPFS\b|\bDFS\b|\bEFS\b|\bRFS\b|retention|patency", re.I)
_RISES = re.compile(r"cumulative (?:incidence|mortality|recurrence|risk|rates? of)", re.I)
_GROUPS = re.compile(
    r"\b(?:versus|vs\.?|respectively|compared with|conditional|relative survival|groups?|arms?|among|in patients "
    r"(?:with|who)|subgroup|responders)\b",
    re.I,
)
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.44, "y": 365.25}
ROOM = 1.0
"""Percentage points that rounding of the curve may move a share."""


class Told(NamedTuple):
    """A time or share of one kind of survival, the sentence it stands in, and its number."""

    kind: str
    days: float
    number: Number
    line: Line
    place: int


def survival(reading: Reading) -> Iterator[Finding]:
    """Check medians against percentages, and percentages at several times against each other."""
    every = [
        x
        for x in lines(reading, ("abstract", "results", "body"))
        if re.search(r"surviv|alive|free|incidence|OS\b|PFS", x.words, re.I)
    ]
    medians = [m for i, x in enumerate(every) for m in _medians(x, i)]
    shares = [s for i, x in enumerate(every) for s in _shares(x, i)]
    for median in medians:
        alike = [m for m in medians if m.kind == median.kind and m.line.role == median.line.role]
        own = [
            s
            for s in shares
            if s.kind == median.kind and s.line.role == median.line.role and abs(s.place - median.place) <= 1
        ]
        if len(alike) == 1:
            for share in own:
                if not any(_GROUPS.search(x.line.words) for x in (share, median)):
                    yield from _judged(reading, median, share)
    for line in every:
        yield from _falling(reading, line)


def _kind(match: re.Match[str]) -> str:
    said = (match["kind"] or "overall").lower().replace("-", " ")
    return {"os": "overall", "pfs": "progression free", "dfs": "disease free", "efs": "event free",
            "rfs": "relapse free", "patient": "overall", "death": "overall", "progression": "progression free",
            "relapse": "relapse free", "recurrence": "recurrence free"}.get(said, said)  # fmt: skip


def _days(value: float, unit: str | None, words: str) -> float:
    return value * _DAYS[unit[0].lower()] if unit else 0.0


def _medians(line: Line, index: int) -> Iterator[Told]:
    sentence = marked(line.words)
    for match in (*_MEDIAN.finditer(sentence.text), *_TIME_TO.finditer(sentence.text)):
        number = sentence.numbers[int(match["i"])]
        days = _days(float(number.printed), match["unit"], line.words)
        if days:
            yield Told(_kind(match), days, number, line, index)


def _shares(line: Line, index: int) -> Iterator[Told]:
    sentence, seen = marked(line.words), set[int]()
    for pattern in _SHARE:
        for match in pattern.finditer(sentence.text):
            i, time = int(match["p"]), sentence.numbers[int(match["t"])]
            after = sentence.text[match.end() : match.end() + 12]
            if i in seen or re.match(r",? ?(?:and|vs\.?|versus|v|,) ?⟨p", after):
                continue
            seen.add(i)
            yield Told(
                _kind(match), _days(float(time.printed), match["unit"], line.words), sentence.numbers[i], line, index
            )


def _judged(reading: Reading, median: Told, share: Told) -> Iterator[Finding]:
    percent = span(share.number.printed)
    early, late = share.days < 0.95 * median.days, share.days > 1.05 * median.days
    if (early and percent.high < 50 - ROOM) or (late and percent.low > 50 + ROOM):
        side = "half or more" if early else "half or fewer"
        yield reading.finding(
            "MEDIAN_AND_RATE", "inconsistent",
            f"{share.number.printed}% alive or free is inconsistent with a median of {median.number.printed} told of "
            f"the "
            f"same survival: {side} must be so at that time",
            "the two may be of other patients, or counted from another day",
            quotes=(spot(share.line, share.number), spot(median.line, median.number)),
        )  # fmt: skip


def _falling(reading: Reading, line: Line) -> Iterator[Finding]:
    sentence = marked(line.words)
    for match in (*_LIST.finditer(sentence.text), *_LIST_AT.finditer(sentence.text)):
        times = _numbers(sentence, match["times"])
        shares = _numbers(sentence, match["shares"])
        about = sentence.text[max(0, match.start() - 60) : match.start()] + match["what"]
        falls, rises = bool(_FALLS.search(about)), bool(_RISES.search(about))
        if len(times) != len(shares) or falls == rises or re.search(r"conditional|relative", about, re.I):
            continue
        if any(a.printed.value >= b.printed.value for a, b in pairwise(times)):
            continue
        for one, two in pairwise(shares):
            a, b = span(one.printed), span(two.printed)
            if (falls and b.low > a.high) or (rises and b.high < a.low):
                yield reading.finding(
                    "SURVIVAL_CONTRADICTS", "inconsistent",
                    f"{one.printed}% and later {two.printed}%: "
                    f"{'survival cannot rise' if falls else 'a cumulative share cannot fall'}"
                    " with time",
                    "the two may be of other patients; otherwise they may have been exchanged",
                    quotes=(spot(line, one), spot(line, two)),
                )  # fmt: skip


def _numbers(sentence: Marked, text: str) -> list[Number]:
    return [sentence.numbers[int(i)] for i in re.findall(r"⟨[a-z](\d+)⟩", text)]
