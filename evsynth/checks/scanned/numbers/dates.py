"""Dates that cannot follow one another, and follow-up longer than the time there was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding

CODES = ("DATES",)

_MONTHS = {
    m: i + 1 for i, m in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december")
    )
}  # fmt: skip
_MONTH = "|".join(_MONTHS) + "|" + "|".join(rf"{m[:3]}\.?" for m in _MONTHS)
_DAY = r"(?:st|nd|rd|th)?"
_DATE = (
    rf"(?:(?P<d{{0}}>\d{{{{1,2}}}}){_DAY}\s+(?P<m{{0}}>{_MONTH})|(?P<n{{0}}>{_MONTH})"
    rf"(?:\s+(?P<e{{0}}>\d{{{{1,2}}}}){_DAY},?)?)\s+(?P<y{{0}}>(?:19|20)\d\d)"
)
_ONE = re.compile(_DATE.format(""), re.I)
_WINDOW = re.compile(_DATE.format("1") + r"\s*(?:to|and|until|through|-|till)\s*" + _DATE.format("2"), re.I)
_RECRUITED = re.compile(
    r"\b(?:recruit\w*|enrol\w*|admitted|diagnosed|underwent|started|treated|seen|consecutive|identified|included|had|hospitali[sz]ed|"
    r"presented|reviewed|discussed|patients)\b", re.I,
)  # fmt: skip
_NOT_PATIENTS = re.compile(
    r"\b(?:search\w*|publish\w*|PubMed|Embase|literature|guideline\w*|pandemic|register(?:ed)?|approv\w*)\b", re.I
)
_ENDED = re.compile(
    r"\b(?:follow-? ?up (?:ended|was (?:completed|closed|censored)|until|to|through|closed)|"
    r"followed (?:up )?(?:until|to|through)|last follow-? ?up|"
    r"observation (?:period )?(?:closed|ended)|data (?:lock|cut-? ?off)|censored (?:on|at)|end of follow-? ?up|"
    r"cut-?off date)\b", re.I,
)  # fmt: skip
_MEDIAN = re.compile(
    r"\b(?:median|mean) (?:duration of )?follow-? ?up(?: (?:time|period|duration))?(?: of (?:survivors|all|"
    r"the) ?\w*)?(?: (?:was|of|in \w+ was))?\s*"
    r"(?P<n>\d+(?:[.·]\d+)?)\s*(?P<rest>[(\[][^)\]]*[)\]]|(?:±|\+/-)\s*[\d.]+)?\s*"
    r"(?P<u>months?|years?|weeks?|days?)", re.I,
)  # fmt: skip
_FOLLOWED = re.compile(
    r"\b(?:(?:followed(?:[ -]up)?|observed|follow-? ?up (?:lasted|continued|was)) (?:for|over)? ?an? "
    r"(?:median|mean|average) "
    r"(?:period |time |duration )?of|follow-? ?up,? [(](?:median|mean),?)\s*"
    r"(?P<n>\d+(?:[.·]\d+)?)\s*(?P<rest>[(\[][^)\]]*[)\]]|(?:±|\+/-)\s*[\d.]+)?\s*"
    r"(?P<u>months?|years?|weeks?|days?)", re.I,
)  # fmt: skip
_YEARS = re.compile(
    r"\b(?:between|from|in|during)\s+(?:the (?:years|period)\s+)?(?P<a>(?:19|20)\d\d)\s*(?:-|to|and|until|through)\s*"
    r"(?P<b>(?:19|20)\d\d)\b", re.I,
)  # fmt: skip
_CITED = re.compile(r"\[\d{1,3}(?:[,-]\s?\d{1,3})*\]\s*\.?\s*$|\bet al\b", re.I)


class Dated(NamedTuple):
    """A time in months since the year 0, its first and last possible value, and where it is printed."""

    low: float
    high: float
    start: int
    end: int
    text: str


def dates(reading: Reading) -> Iterator[Finding]:
    """Check windows, the end of follow-up, and the length of follow-up."""
    windows: list[tuple[Dated, Dated]] = []
    ends: list[Dated] = []
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        words = " ".join(line.words.split("\n")) if "\n" in line.words else line.words
        for match in _WINDOW.finditer(words):
            first, last = _dated(match, "1", line), _dated(match, "2", line)
            if first is None or last is None:
                continue
            if last.high < first.low:
                yield _reversed(reading, first, last)
            elif _RECRUITED.search(words) and not _NOT_PATIENTS.search(words):
                windows.append((first, last))
        for match in _YEARS.finditer(words):
            years = int(match["a"]), int(match["b"])
            if years[0] <= years[1] and _RECRUITED.search(words) and not _NOT_PATIENTS.search(words):
                windows.append((_year(line, match, "a", years[0]), _year(line, match, "b", years[1])))
        for match in _ENDED.finditer(words):
            later = _ONE.search(words, match.end())
            if later is not None and later.start() - match.end() < 40:
                found = _dated(later, "", line)
                if found is not None:
                    ends.append(found)
    if len({round(e.high) for e in ends}) == 1 and windows:
        yield from _after(reading, windows, ends[0])
    yield from _length(reading, windows, ends)


def _year(line: Line, match: re.Match[str], name: str, year: int) -> Dated:
    """Give a year as the twelve months it stands for."""
    return Dated(12 * year, 12 * year + 12, line.start + match.start(name), line.start + match.end(name), match[name])


def _reversed(reading: Reading, first: Dated, last: Dated) -> Finding:
    return reading.finding(
        "DATES", "error", f"{last.text} is inconsistent with a period that starts in {first.text}: it is earlier",
        "a year may be misprinted", quotes=((first.start, last.end),),
    )  # fmt: skip


def _after(reading: Reading, windows: list[tuple[Dated, Dated]], end: Dated) -> Iterator[Finding]:
    for _, last in windows:
        if end.high < last.low:
            yield reading.finding(
                "DATES", "error",
                f"follow-up until {end.text} is inconsistent with patients enrolled until {last.text}",
                "the window may be that of another group of patients; otherwise a year is misprinted",
                quotes=((end.start, end.end), (last.start, last.end)),
            )  # fmt: skip
            return


def _length(reading: Reading, windows: list[tuple[Dated, Dated]], ends: list[Dated]) -> Iterator[Finding]:
    if not windows or not ends:
        return
    first, end = min((w[0] for w in windows), key=lambda d: d.low), max(ends, key=lambda d: d.high)
    most = end.high - first.low
    if most <= 0:
        return
    for line in lines(reading, ("abstract", "results", "body")):
        if _CITED.search(line.words):
            continue
        for match in (*_MEDIAN.finditer(line.words), *_FOLLOWED.finditer(line.words)):
            number = float(match["n"].replace("·", "."))
            months = number * {"y": 12, "m": 1, "w": 12 / 52.18, "d": 12 / 365.25}[match["u"][0].lower()]
            if months > most * 1.01 + 0.5:
                yield reading.finding(
                    "DATES", "error",
                    f"a follow-up of {match['n']} {match['u']} is inconsistent with the time from {first.text} to "
                    f"{end.text}, {most:.0f} months",
                    "follow-up may be counted from an earlier event; otherwise a digit is misprinted",
                    quotes=((line.start + match.start("n"), line.start + match.end("n")), (first.start, first.end),
                            (end.start, end.end)), computed=(("months", f"{most:.1f}"),),
                )  # fmt: skip


def _dated(match: re.Match[str], which: str, line: Line) -> Dated | None:
    year, month = int(match[f"y{which}"]), (match[f"m{which}"] or match[f"n{which}"]).lower().rstrip(".")
    day = match[f"d{which}"] or match[f"e{which}"]
    number = next(i for name, i in _MONTHS.items() if name.startswith(month[:3]))
    base = year * 12 + number - 1
    start = min(match.start(g) for g in (f"d{which}", f"m{which}", f"n{which}") if match[g])
    end = match.end(f"y{which}")
    text = " ".join(line.words[start:end].split())
    if day:
        return Dated(base + (int(day) - 1) / 31, base + int(day) / 31, line.start + start, line.start + end, text)
    return Dated(base, base + 1, line.start + start, line.start + end, text)
