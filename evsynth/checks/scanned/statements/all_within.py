"""'All within 6 months', 'none after week 12', against the last of the same, "the last on day 232", and their range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.calendar.durations import DAYS, in_days
from evsynth.checks.scanned.facts.counts import WORD
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ALL_OF_THEM_CONTRADICTS",)

_N = rf"(?:\d{{1,4}}(?:\.\d+)?|{WORD})"
_U = r"(?:years?|months?|weeks?|days?|hours?)"
_UNITS = "day|week|month|year|hour"


def _time(name: str) -> str:
    """Give the pattern of a time, "6 months", "month 6" or "the 6th month", with groups of this name."""
    return (
        rf"(?:(?P<{name}a>{_N})[\s-]?(?P<{name}u>{_U})|(?P<{name}v>{_UNITS})\s(?P<{name}b>{_N})|"
        rf"the\s(?P<{name}c>\d+)(?:st|nd|rd|th)\s(?P<{name}w>{_UNITS}))\b"
    )


_EVENT = (
    r"(?:deaths?|relapses?|recurrences?|flares?|infections?|episodes?|events?|cases?|failures?|losses|bleeds?|"
    r"complications?|exacerbations?|fractures?|strokes?|discontinuations?|withdrawals?|rejections?|reactions?|"
    r"patients?|"
    r"responses?|readmissions?|ones?|of (?:them|these|which|those))"
)
_ALL = Expression(
    rf"\b(?:all|each|every one)\b(?:\s(?:of|the|them|these|those|which|whom|{_N}|{_EVENT}))*"
    rf"(?:\s(?:occurred|were|had|developed|took place|happened|arose|appeared|died|relapsed|recurred|responded|came|"
    rf"seen|observed|noted|[a-z]+ly))*\s(?:within|during|in|before|by)\s(?:the\s)?(?:first\s)?{_time('t')}"
    r"(?!\s(?:before|prior|preceding|of (?:admission|enrol|diagnosis of the next)))", re.I,
)  # fmt: skip
_NONE = Expression(
    rf"\b(?:no|none|nobody)\b(?:\s(?:further|other|more|additional|later|new|patients?|of them|{_EVENT}))*"
    rf"(?:\s(?:was|were|occurred|seen|observed|noted|recorded|died|relapsed|happened|came|took place|developed|"
    rf"there))*\s(?:after|beyond|later than|between)\s(?:the\s(?:first\s)?)?{_time('t')}", re.I,
)  # fmt: skip
_LAST = Expression(
    rf"\b(?:the\s)?(?P<word>last|latest|final)(?:\s{_EVENT})?(?:\s(?:was|were|occurred|came|happened|being|dated|had|"
    rf"seen|arose|died|relapsed|took place|observed|diagnosed|reported|noted|recorded|detected|only|"
    rf"no earlier than))*\s(?:on|at|in|after)?\s?(?:the\s)?"
    rf"{_time('l')}", re.I,
)  # fmt: skip
_RANGE = Expression(
    rf"\s?[(,;]\s?(?:(?:median|mean)\s?(?:time\s)?[:,=]?\s?(?:of\s)?[\d.]+\s?{_U}?[,;]?\s?)?(?:range|ranging|"
    rf"min-max)[:,]?"
    rf"\s?(?:from\s)?(?P<low>[\d.]+)\s?(?:{_U})?\s?(?:-|–|to)\s?(?P<high>\d+(?:\.\d+)?)(?:\s(?P<unit>{_U}))?", re.I,
)  # fmt: skip
_KIND = Expression(
    r"\b(?:death|die|relaps|recur|flare|infect|bleed|complicat|exacerbat|fractur|strok|discontinu|withdr|reject|"
    r"reaction|respon|readmi|surviv|follow|dose|visit|treat|enrol|recruit|discharg)", re.I,
)  # fmt: skip
_SAME = {"die": "death"}
_EXCEPT = Expression(r"\b(?:except|but (?:one|two)|all but|apart from|other than|nearly|almost|not all)\b", re.I)


class _Claim(NamedTuple):
    line: Line
    match: re.Match[str]
    days: float


def all_within(reading: Reading) -> Iterator[Finding]:
    """Compare the time within which all are said to have happened with the time of the last, or the end of the range.

    The last is looked for in the sentence and in those beside it, of the same event where both name one. Left alone: a
    tenth more than the time, exceptions, and what happened in another group.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        for pattern in (_ALL, _NONE):
            for match in pattern.finditer(line.words):
                days = _days(match, "t")
                if days is None or _EXCEPT.search(line.words):
                    continue
                yield from _held(reading, every, index, _Claim(line, match, days), pattern is _ALL)


def _held(reading: Reading, every: list[Line], index: int, claim: _Claim, ranged: bool) -> Iterator[Finding]:
    line, match = claim.line, claim.match
    if ranged and (spread := _RANGE.match(line.words, match.end())) is not None:
        unit = spread["unit"] or match["tu"] or match["tv"] or match["tw"]
        last = float(spread["high"]) * _unit(unit)
        if _unit(unit) <= _unit(match["tu"] or match["tv"] or match["tw"]) and last > _most(claim.days):
            yield _finding(reading, claim, (line.start + spread.start("low"), line.start + spread.end()))
            return
    for at in range(max(0, index - 1), min(len(every), index + 2)):
        other = every[at]
        if other.section != line.section:
            continue
        for told in _LAST.finditer(other.words):
            days = _days(told, "l")
            if days is None or days <= _most(claim.days) or _EXCEPT.search(other.words):
                continue
            mine, its = _kinds(line.words[: match.end()]), _kinds(told[0]) or (set() if at >= index else {"?"})
            if (at == index or at == index + 1 or its & mine) and (not its or its & mine):
                yield _finding(reading, claim, other.piece(told))
                return


def _finding(reading: Reading, claim: _Claim, spot: tuple[int, int]) -> Finding:
    said = " ".join(claim.match[0].split())
    told = " ".join(reading.document.plain[spot[0] : spot[1]].split())
    return reading.finding(
        "ALL_OF_THEM_CONTRADICTS", "inconsistent", f"'{said}' is inconsistent with '{told}'",
        "times may be counted from different days, or one of the numbers is misprinted",
        quotes=(claim.line.piece(claim.match), spot),
    )  # fmt: skip


def _most(days: float) -> float:
    return days * 1.1 + 1


def _unit(text: str) -> float:
    return 1 / 24 if text.lower().startswith("h") else DAYS[text[0].lower()]


def _days(match: re.Match[str], name: str) -> float | None:
    for number, unit in (("a", "u"), ("b", "v"), ("c", "w")):
        if match[name + number]:
            text = match[name + unit]
            return in_days(match[name + number], "d") * _unit(text)
    return None


def _kinds(words: str) -> set[str]:
    found = {m[0].lower() for m in _KIND.finditer(words)}
    return {_SAME.get(k, k) for k in found}
