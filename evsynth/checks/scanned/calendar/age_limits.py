"""The ages that may take part, as a paper tells them: inclusion and exclusion, the widest where several are told."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot

NUMBER = r"[0-9]{1,3}(?:\.[0-9])?"
UNIT = r"(?:\s*-?\s*(?:completed\s)?(?P<{0}>years?|yrs?|y\b|months?|mo\b|weeks?|days?))"
MONTHS = {"y": 12.0, "m": 1.0, "w": 12 / 52.18, "d": 12 / 365.25}
_MORE = r"(?:or|and)\s(?:older|over|above|more|upwards?|elder)"
_AGED = r"\b(?:aged?|ages)\s(?:of\s|from\s|between\s|was\s|range\s)?"
_RANGE = re.compile(
    rf"(?:{_AGED}|\b(?:between|from)\s|[(])?(?P<low>{NUMBER}){UNIT.format('u1')}?\s?(?:-|to|and|through)\s?"
    rf"(?P<high>{NUMBER}){UNIT.format('u2')}?(?P<after>\s?(?:of age|old)?)", re.I,
)  # fmt: skip
_LEAST = re.compile(
    rf"(?:{_AGED}|\bage\s)?(?:(?P<word>≥|>=|at least|not (?:younger|less) than|older than|over(?: the age of)?|"
    rf"above(?: the age of)?|>)\s?"
    rf"(?P<n1>{NUMBER}){UNIT.format('u1')}?(?P<after1>\s?(?:of age|old)?)|"
    rf"(?P<n2>{NUMBER}){UNIT.format('u2')}?\s?(?:of age\s|old\s)?{_MORE}\b)", re.I,
)  # fmt: skip
_MOST = re.compile(
    rf"(?:{_AGED}|\bage\s)?(?:(?P<word>≤|<=|<|at most|not older than|younger than|under(?: the age of)?|"
    rf"below(?: the age of)?|up to|"
    rf"less than)\s?(?P<n1>{NUMBER}){UNIT.format('u1')}?(?P<after1>\s?(?:of age|old)?)|"
    rf"(?P<n2>{NUMBER}){UNIT.format('u2')}?\s?(?:of age\s|old\s)?(?:or|and)\s(?:younger|under|below|less)\b)", re.I,
)  # fmt: skip
_WHO = re.compile(
    r"\b(?:patients|participants|adults|children|infants|adolescents|women|men|boys|girls|persons|people|subjects|"
    r"volunteers|residents|students|individuals|eligib\w+|inclusion criteri\w+|included|enrol\w+|recruited|"
    r"randomi[sz]ed|"
    r"invited|excluded|neonates|toddlers|athletes|workers|nurses|adult|cases)\b",
    re.I,
)
_OUT = re.compile(r"\b(?:exclu\w+|ineligible|not (?:eligible|included|enrol+ed|invited)|omitted|left out)\b", re.I)
_NOT_LIMITS = re.compile(
    r"\b(?:stratif\w*|grouped|divided|classified|subgroups?|categor\w*|mothers?|fathers?|parents?|caregivers?|"
    r"experience|diagnos(?:ed|is) (?:at|before|after)|onset|duration|smok\w*|census|population of|survival|surviv\w*|"
    r"median|mean|"
    r"previous\w*|prevalence|age group|groups?|those|each|earlier (?:trial|study)|dialys\w+|had(?! to)|pack|follow\w*|"
    r"interaction|sensitivity|prior|compared|controls?|score|scale|body|BMI|weight|range \d)\b|%|\bP\s?[=<>]|\bn\s?=",
    re.I,
)
_RESULTS = re.compile(r"\s*(?:main |key )?(?:results?|findings)\b\s*[.:\n—-]", re.I)


class Limits(NamedTuple):
    """The ages that may take part, in months: the least, and the age that is too much; and where they are told."""

    least: float | None
    beyond: float | None
    spot: Spot
    text: str


def age_limits(reading: Reading) -> Limits | None:
    """Give the limits of age of a study, the widest of those told; None where it tells none.

    Read are title, abstract and methods (a text without headings up to its results). Left out are ages of subgroups,
    strata and relatives, and those in a clause with results.
    """
    found: list[Limits] = []
    begun = False
    for line in lines(reading, ("front matter", "title", "abstract", "methods", "body")):
        part = reading.document.sections[line.section].part if line.role == "abstract" else None
        if part in ("results", "conclusion", "background", "discussion"):
            continue
        begun = begun or (line.role == "body" and _RESULTS.match(line.words) is not None)
        if not begun and re.search(r"\d", line.words):
            own = _in_line(line)
            if len({(x.least, x.beyond) for x in own if x.least is not None and x.beyond is not None}) > 1:
                return None  # limits of several groups
            found += own
    least = [x for x in found if x.least is not None]
    beyond = [x for x in found if x.beyond is not None]
    if not found:
        return None
    low = min(least, key=lambda x: x.least or 0.0) if least else None
    high = max(beyond, key=lambda x: x.beyond or 0.0) if beyond else None
    shown = low or high
    if shown is None:
        return None
    return Limits(low.least if low else None, high.beyond if high else None, shown.spot, shown.text)


def _in_line(line: Line) -> list[Limits]:
    found: list[Limits] = []
    taken: list[tuple[int, int]] = []
    for pattern in (_RANGE, _LEAST, _MOST):
        for match in pattern.finditer(line.words):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            told = _limit(line, match, pattern)
            if told is not None:
                taken.append(match.span())
                found.append(told)
    return found


def _limit(line: Line, match: re.Match[str], pattern: re.Pattern[str]) -> Limits | None:
    clause = _clause(line.words, match.start(), match.end())
    before, after = line.words[max(0, match.start() - 60) : match.start()], line.words[match.end() : match.end() + 25]
    if not _WHO.search(clause) or _NOT_LIMITS.search(_near(before, match[0], after)):
        return None
    groups = match.groupdict()
    unit = groups.get("u2") or groups.get("u1")
    named = re.match(r"(?:aged?|ages)\b", match[0], re.I) or (
        unit is not None
        and re.search(r"\b(?:of age|old)\b", match[0] + line.words[match.end() : match.end() + 8], re.I)
    )
    if not named and not (unit and unit[0].lower() == "y" and _people_before(line.words[: match.start()])):
        return None
    factor = MONTHS[unit[0].lower()] if unit else 12.0
    out = _OUT.search(clause) is not None
    if pattern is _RANGE:
        low, high = float(match["low"]), float(match["high"])
        own = MONTHS[groups["u1"][0].lower()] if groups["u1"] else factor
        if out or low * own >= high * factor or (unit is None and high < 18):
            return None
        return Limits(low * own, (high + 1) * factor, line.piece(match), _shown(match))
    number = float(groups["n1"] or groups["n2"])
    strict = (groups["word"] or "").lower().split(" ")[0] in ("older", "over", "above", ">")
    if unit is None and number < 12:
        return None
    if pattern is _LEAST:
        if out:  # those older are left out
            return Limits(None, (number + 1) * factor, line.piece(match), _shown(match))
        return Limits(number * factor, None, line.piece(match), _shown(match))
    if out:  # those younger are left out
        return Limits(number * factor, None, line.piece(match), _shown(match))
    under = (groups["word"] or "").lower().split(" ")[0] in ("younger", "under", "below", "<", "less")
    return Limits(
        None, number * factor if under and not strict else (number + 1) * factor, line.piece(match), _shown(match)
    )


def _near(before: str, text: str, after: str) -> str:
    """Give the words near a limit, to the next bracket, colon, comma or full stop."""
    return (
        re.split(r"[;:]|\.\s|\bwho\b|,\s(?!aged)", before)[-1]
        + text
        + re.split(r"[(:;,]|\.\s|\bwho\b|\bwith\b", after)[0]
    )


def _people_before(before: str) -> bool:
    return re.search(
        r"\b(?:patients|adults|children|women|men|people|persons|individuals|participants|eligible|excluded|included|"
        r"were|boys|girls)\s*"
        r"[(,]?\s*$", before, re.I,
    ) is not None  # fmt: skip


def _clause(words: str, start: int, end: int) -> str:
    """Give the clause round a place: to the next semicolon or full stop on either side."""
    first = max((m.end() for m in re.finditer(r";|\.\s", words[:start])), default=0)
    last = re.search(r";|\.\s", words[end:])
    return words[first : end + last.start()] if last else words[first:]


def _shown(match: re.Match[str]) -> str:
    return " ".join(match[0].strip(" (").split())
