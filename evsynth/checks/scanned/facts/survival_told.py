"""Survival as told in running text: medians, percentages at a time, and percentages at several times of one curve."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Marked, Number, marked
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_KIND = (
    r"(?P<kind>overall|progression[- ]free|disease[- ]free|event[- ]free|relapse[- ]free|recurrence[- ]free|"
    r"metastasis[- ]free|graft|patient|cancer[- ]specific|disease[- ]specific|OS|PFS|DFS|EFS|RFS|failure[- ]free|"
    r"transplant[- ]free)"
)
_SURV = rf"(?:{_KIND} ?(?:survival)?(?: time| duration)?(?: ?\([A-Z]{{2,4}}\))?|survival(?: time)?)"
_MEDIAN = Expression(
    rf"\bmedian {_SURV}(?:,? ?(?:was|of|is|being|reached|:|=|,|for all patients) ?){{0,2}} "
    rf"?⟨(?P<sort>[mdc])(?P<i>\d+)⟩ ?(?P<unit>months?|years?|weeks?|days?|mo\b)?",
    re.I,
)
_TIME_TO = Expression(
    r"\bmedian time to (?P<kind>death|progression|relapse|recurrence)(?:,? ?(?:was|of|is|:|=) ?){0,2} "
    r"?⟨(?P<sort>[mdc])(?P<i>\d+)⟩ ?"
    r"(?P<unit>months?|years?|weeks?|days?|mo\b)", re.I,
)  # fmt: skip
_HAD = Expression(
    rf"{_SURV} (?:had|showed|with|reached) a median of ⟨(?P<sort>[mdc])(?P<i>\d+)⟩ ?(?P<unit>months?|years?|"
    rf"weeks?|days?|mo\b)",
    re.I,
)
_AT = r"⟨[mcx](?P<t>\d+)⟩[- ]?(?P<unit>months?|years?|weeks?|days?|mo)\b"
_STATE = (
    r"(?:(?:alive and )?(?P<kind>progression|relapse|disease|event|recurrence)[- ]free|alive(?! (?:without|and free))|"
    r"surviving|alive without (?:disease )?(?P<without>progression|relapse|events?|recurrence)|"
    r"free (?:of|from) (?:the )?(?:disease )?(?P<of>progression|relapse|disease|events?|recurrence))"
)
_SHARE: tuple[Expression, ...] = (
    Expression(
        rf"{_AT},? {_SURV}(?: rates?| probability| estimate)?(?:,? ?(?:was|of|is|being|:|=|\(|,) ?){{0,2}} "
        rf"?⟨p(?P<p>\d+)⟩",
        re.I,
    ),
    Expression(
        rf"{_SURV}(?: rates?| probability)?(?: was| of| is)? (?:at|after) {_AT},? (?:was |of |is |\()?⟨p(?P<p>\d+)⟩",
        re.I,
    ),
    Expression(
        rf"(?:at|after) {_AT},? (?:the )?{_SURV}(?: rates?| probability)? (?:was|of|is|stood at|reached) ⟨p(?P<p>\d+)⟩",
        re.I,
    ),
    Expression(
        rf"{_SURV}(?: rates?| probability| estimate)?(?:,? ?(?:was|of|is|being|:|=|\() ?){{1,2}}⟨p(?P<p>\d+)⟩ "
        rf"(?:at|after) {_AT}",
        re.I,
    ),
    Expression(
        rf"⟨p(?P<p>\d+)⟩ (?:of (?:the |all )?(?:patients|them) )?(?:were |was |are |remained )?(?:still "
        rf")?{_STATE} (?:at|after) {_AT}",
        re.I,
    ),
    Expression(
        rf"(?:at|after) {_AT},? ⟨p(?P<p>\d+)⟩ (?:of (?:the |all )?(?:patients|them) )?(?:were |was |are |"
        rf"remained )?(?:still )?{_STATE}",
        re.I,
    ),
)
_SHARE += (
    Expression(
        rf"{_AT} (?:after|from|following) (?:[a-z-]+ ){{0,3}}[a-z-]+,? ⟨p(?P<p>\d+)⟩ (?:of (?:the |all )?(?:patients|"
        rf"them) )?"
        rf"(?:were |was |are |remained )(?:still )?{_STATE}", re.I,
    ),
    Expression(
        rf"(?:at|after) {_AT},? ⟨p\d+⟩[^⟨.;]{{0,60}}(?:\((?:⟨[a-z]\d+⟩|[^()⟨])*\))?[^⟨.;()]{{0,30}}\band ⟨p(?P<p>\d+)⟩ "
        rf"(?:of (?:them|the patients) )?(?:were |was |are |remained )(?:still )?{_STATE}", re.I,
    ),
)  # fmt: skip
_RUN = Expression(
    r"(?P<what>[^⟨.;]{3,90}?)(?:,? ?(?:were|was|of|is|:|=|\(|being|amounted to|reached) ?){1,2}"
    r"(?P<run>⟨p\d+⟩ (?:at|after) ⟨[a-z]\d+⟩ ?(?:months?|years?|mo|yr)?(?:(?:,| and|, and|,? but) "
    r"⟨p\d+⟩ (?:at|after) ⟨[a-z]\d+⟩ ?(?:months?|years?|mo|yr)?){1,4})",
    re.I,
)
_ALONE = Expression(rf"{_SURV}(?: rates?| probabilit\w+| estimates?)?\s*$", re.I)
_NEXT = Expression(r"[,;]? ?(?:and|but|while|whereas)? ?(?:the |a )?")
_LIST = Expression(
    r"(?P<times>(?:⟨[a-z]\d+⟩(?:-| )?(?:months?|years?|mo|yr)?,? ?(?:and )?){2,5})[- ]?(?:month|year|mo|yr)s?,?"
    r"(?P<what>[^⟨.;]{3,70}?)(?:,? ?(?:were|was|of|:|=|\(|being|amounted to) ?){1,2}"
    r"(?P<shares>(?:⟨p\d+⟩(?:,| and|, and|/| ) ?){1,4}⟨p\d+⟩)",
    re.I,
)
_LIST_AT = Expression(
    r"(?P<what>[^⟨.;]{3,70}?)(?: rates?)? (?:at|after) (?P<times>(?:⟨[a-z]\d+⟩(?:-| )?(?:months?|years?|mo|yr)?(?:,| "
    r"and|, and) ){1,4}"
    r"⟨[a-z]\d+⟩)(?: months?| years?)?(?:,? ?(?:were|was|of|:|=|\(|being) ?){1,2}"
    r"(?P<shares>(?:⟨p\d+⟩(?:,| and|, and|/| ) ?){1,4}⟨p\d+⟩)",
    re.I,
)
_DAYS = {"d": 1.0, "w": 7.0, "m": 30.44, "y": 365.25}


class Told(NamedTuple):
    """A time or share of one kind of survival, the sentence it stands in, and its number."""

    kind: str
    days: float
    number: Number
    line: Line
    place: int


class Series(NamedTuple):
    """The shares of one curve at several times, and the words before them."""

    about: str
    times: list[Number]
    shares: list[Number]
    unit: str = ""


_FREE = {"progression": "pf", "disease": "df", "event": "ef", "relapse": "rf", "recurrence": "recurrence"}
_KINDS = dict.fromkeys(("os", "o", "patient", "death"), "overall") | {
    short: f"{name} free" for name, letters in _FREE.items() for short in (name, f"{letters}s", letters, f"{name} free")
}  # fmt: skip


def _kind(match: re.Match[str]) -> str:
    parts = match.groupdict()
    said = (match["kind"] or parts.get("of") or parts.get("without") or "overall").lower()
    said = said.replace("-", " ").rstrip("s")
    return _KINDS.get(said, said)


def _days(value: float, unit: str | None, words: str) -> float:
    return value * _DAYS[unit[0].lower()] if unit else 0.0


def medians(line: Line, index: int) -> Iterator[Told]:
    sentence = marked(line.words)
    for match in (*_MEDIAN.finditer(sentence.text), *_TIME_TO.finditer(sentence.text), *_HAD.finditer(sentence.text)):
        number = sentence.numbers[int(match["i"])]
        days = _days(float(number.printed), match["unit"], line.words)
        if days:
            yield Told(_kind(match), days, number, line, index)


def shares(line: Line, index: int) -> Iterator[Told]:
    sentence, seen = marked(line.words), set[int]()
    for pattern in _SHARE:
        for match in pattern.finditer(sentence.text):
            i, time = int(match["p"]), sentence.numbers[int(match["t"])]
            after = sentence.text[match.end() : match.end() + 24]
            if i in seen or re.match(r",? ?(?:and|vs\.?|versus|v|,) ?⟨p(?!\d+⟩ (?:were|was|are|remained) )", after):
                continue
            seen.add(i)
            yield Told(
                _kind(match), _days(float(time.printed), match["unit"], line.words), sentence.numbers[i], line, index
            )


def series(line: Line) -> list[Series]:
    """Give what a sentence tells of one curve: lists, "71% at 1 year and 78% at 3", or one time after the other."""
    sentence = marked(line.words)
    found: list[Series] = []
    for match in (*_LIST.finditer(sentence.text), *_LIST_AT.finditer(sentence.text)):
        times, percents = (_numbers(sentence, match[name]) for name in ("times", "shares"))
        unit = re.search(r"month|year|mo\b|yr", match[0], re.I)
        found.append(Series(_about(sentence, match), times, percents, unit[0] if unit else ""))
    for match in _RUN.finditer(sentence.text):
        numbers = _numbers(sentence, match["run"])
        found.append(Series(_about(sentence, match), numbers[1::2], numbers[::2]))
    one_by_one = sorted(
        (m for p in _SHARE for m in p.finditer(sentence.text)), key=lambda m: m.start()
    )  # fmt: skip
    for a, b in pairwise(one_by_one):
        if (
            _kind(a) == _kind(b)
            and _NEXT.fullmatch(sentence.text[a.end() : b.start()])
            and a["unit"][0] == b["unit"][0]
        ):
            times, percents = ([sentence.numbers[int(m[name])] for m in (a, b)] for name in "tp")
            found.append(Series("survival", times, percents))
    return found


def listed(line: Line, index: int) -> Iterator[Told]:
    """Give each share of a list of times: "survival at 1 and 2 years was 78% and 41%"."""
    for one in series(line):
        if one.unit and len(one.times) == len(one.shares) and (match := _ALONE.search(one.about)):
            for time, share in zip(one.times, one.shares, strict=True):
                yield Told(_kind(match), _days(float(time.printed), one.unit, line.words), share, line, index)


def _about(sentence: Marked, match: re.Match[str]) -> str:
    return sentence.text[max(0, match.start() - 60) : match.start()] + str(match["what"])


def _numbers(sentence: Marked, text: str) -> list[Number]:
    return [sentence.numbers[int(i)] for i in re.findall(r"⟨[a-z](\d+)⟩", text)]
