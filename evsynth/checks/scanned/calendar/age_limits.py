"""The ages that may take part, as a paper tells them: inclusion and exclusion, the widest where several are told."""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.calendar.ages_by_word import ages_by_word
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

NUMBER = r"[0-9]{1,3}(?:\.[0-9])?"
UNIT = r"(?:\s*-?\s*(?:completed\s)?(?P<{0}>years?|yrs?|y\b|months?|mo\b|weeks?|days?))"
MONTHS = {"y": 12.0, "m": 1.0, "w": 12 / 52.18, "d": 12 / 365.25}
_MORE = r"(?:or|and)\s(?:older|over|above|more|upwards?|elder)"
_AGED = r"\b(?:aged?|ages)\s(?:of\s|from\s|between\s|was\s|range\s)?"
_RANGE = Expression(
    rf"(?:{_AGED}|\b(?:between|from)\s|[(])?(?P<low>{NUMBER}){UNIT.format('u1')}?\s?(?:-|to|and|through)\s?"
    rf"(?P<high>{NUMBER}){UNIT.format('u2')}?(?P<after>\s?(?:of age|old)?)", re.I,
)  # fmt: skip
_LEAST = Expression(
    rf"(?:{_AGED}|\bage\s)?(?:(?P<word>≥|>=|at least|not (?:younger|less) than|older than|over(?: the age of)?|"
    rf"above(?: the age of)?|>)\s?"
    rf"(?P<n1>{NUMBER}){UNIT.format('u1')}?(?P<after1>\s?(?:of age|old)?)|"
    rf"(?P<n2>{NUMBER}){UNIT.format('u2')}?\s?(?:of age\s|old\s)?{_MORE}\b)", re.I,
)  # fmt: skip
_MOST = Expression(
    rf"(?:{_AGED}|\bage\s)?(?:(?P<word>≤|<=|<|at most|not older than|younger than|under(?: the age of)?|"
    rf"below(?: the age of)?|up to|"
    rf"less than)\s?(?P<n1>{NUMBER}){UNIT.format('u1')}?(?P<after1>\s?(?:of age|old)?)|"
    rf"(?P<n2>{NUMBER}){UNIT.format('u2')}?\s?(?:of age\s|old\s)?(?:or|and)\s(?:younger|under|below|less)\b)", re.I,
)  # fmt: skip
_WHO = Expression(
    r"\b(?:patients|participants|adults|children|infants|adolescents|women|men|boys|girls|persons|people|subjects|"
    r"volunteers|residents|students|individuals|eligib\w+|inclusion(?= criteri|:)|included|enrol\w+|recruited|"
    r"randomi[sz]ed|"
    r"required|entry criteri\w+|(?:take|took|taking) part|(?:could|can|may) (?:join|enter)\w*|recruitment|had to be"
    r"|admitted to the (?:study|trial)|"
    r"we (?:took|studied|selected|chose)|invited|excluded|neonates|toddlers|athletes|workers|nurses|adult|cases)\b",
    re.I,
)
_OUT = Expression(r"\b(?:exclu\w+|ineligible|not (?:eligible|included|enrol+ed|invited)|omitted|left out)\b", re.I)
_NOT_LIMITS = Expression(
    r"\b(?:stratif\w*|(?:senior |their )teachers|tutors|supervisors|lecturers|seniors|grouped|divided|"
    r"classified|subgroups?|categor\w*|mothers?|fathers?|parents?|caregivers?|"
    r"experience|(?:more|less|most) (?:often|frequent\w*|common\w*)|special evaluation|diagnos(?:ed|is) (?:at|"
    r"before|after)|onset|duration|smok\w*|census|population of|survival|surviv\w*|"
    r"median|mean|"
    r"previous\w*|prevalence|age group|groups?|(?<!only )(?<!for )(?<!took )(?<!studied )(?<!included )(?<!were )those|"
    r"each|earlier (?:trial|study)|dialys\w+|had"
    r"(?! to)|pack|follow\w*|"
    r"interaction|sensitivity|prior|compared|controls?|score|scale|body|BMI|weight|range \d)\b|%|\bP\s?[=<>]|\bn\s?=",
    re.I,
)
_RESULT = Expression(
    r"\bCI\b|\bconfidence interval|\b[Pp]\s?[=<>]\s?0?\.\d|\b(?:HR|OR|RR)\s\d|\bconfined to\b|\bsubgroup\b"
)
"""A sentence of results: what it says of ages is of a part of the patients."""
_OF_SOME = Expression(r"(?:^|[.;,:]\s*)(?:in|among|for|within)\s(?:the\s|our\s|these\s|those\s)?(?:\w+\s){0,2}$", re.I)
_DONE_BY_US = Expression(
    r"\b(?:we|trial|study|randomi[sz]\w*|compar\w+|eligib\w+|enrol\w+|recruit\w+|cohort|survey)\b", re.I
)
"""What a sentence says that begins with the patients of a study, and not with a part of them."""
_BANDS = Expression(
    r"\d\s?(?:-|to)\s?\d+(?:\s?(?:years?|y|yrs)(?:\sold)?)?(?:,\s|,?\s(?:and|or|to|vs\.?|versus)\s)(?:those\s|"
    r"aged\s)*$",
    re.I,
)
"""Before the last of several bands of age: "of 40-44, 45-49, and over 50 years"."""
_NAMED_GROUP = Expression(
    r"\s*(?:years?\s)?(?:old|of age)?\s*[(\[](?:the\s|our\s)?(?:\w+\s)?(?:groups?|reference|controls?)\b"
)
_RESULTS = Expression(r"\s*(?:main |key )?(?:results?|findings)\b\s*[.:\n—-]", re.I)


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
        if _RESULT.search(line.words):
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
        word = ages_by_word(reading)
        return Limits(word.least, word.beyond, word.spot, word.text) if word is not None else None
    low = min(least, key=lambda x: x.least or 0.0) if least else None
    high = max(beyond, key=lambda x: x.beyond or 0.0) if beyond else None
    shown = low or high
    if shown is None or (low and _split(reading, low.least)) or (high and _split(reading, high.beyond)):
        return None
    return Limits(low.least if low else None, high.beyond if high else None, shown.spot, shown.text)


def _split(reading: Reading, months: float | None) -> bool:
    """Say whether a limit parts two groups that both took part: "80 years or older" and "<80 years"."""
    if months is None or months % 12:
        return False
    years = f"{months / 12:g}"
    said: set[bool] = set()
    for match in _EITHER_SIDE.finditer(reading.document.prose):
        sentence = reading.document.sentence_at(match.start())
        around = reading.document.prose[sentence.start : sentence.end] if sentence else ""
        if match["n"] == years and not _OUT.search(around):
            said.add(match["word"].lower().split(" ")[0] in _UNDER)
    return len(said) == 2


_UNDER = ("<", "under", "below", "younger")
_EITHER_SIDE = Expression(
    r"(?P<word>[<>≥]|\b(?:under|below|younger than|older than|over|above|at least)\b)\s?(?P<n>\d{2})"
    r"\s?-?(?:years?|yrs?|y)\b",
    re.I,
)


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


def _limit(line: Line, match: re.Match[str], pattern: Expression) -> Limits | None:
    clause = _clause(line.words, match.start(), match.end())
    before, after = line.words[max(0, match.start() - 60) : match.start()], line.words[match.end() : match.end() + 25]
    if not _WHO.search(clause) or _NOT_LIMITS.search(_near(before, match[0], after)):
        return None
    if _OF_SOME.search(line.words[: match.start()]) and (
        not _DONE_BY_US.search(line.words) or re.search(r"\brecommend|\bconclu", line.words)
    ):
        return None
    if _BANDS.search(before) or _NAMED_GROUP.match(line.words[match.end() : match.end() + 40]):
        return None
    groups = match.groupdict()
    unit = groups.get("u2") or groups.get("u1")
    named = re.match(r"(?:aged?|ages)\b", match[0], re.I) or (
        unit is not None
        and re.search(r"\b(?:of age|old)\b", match[0] + line.words[match.end() : match.end() + 8], re.I)
    )
    people = _people_before(line.words[: match.start()])
    older = unit is None and pattern is _LEAST and groups["n2"] and people
    young = unit is not None and _YOUNG.search(line.words[: match.start()]) is not None
    if not named and not older and not young and not (unit and unit[0].lower() == "y" and people):
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


_YOUNG = Expression(r"\b(?:infants|babies|newborns|neonates|toddlers)\s*[(,]?\s*$", re.I)
"""People whose age is meant by "younger than 12 months" without a word of age."""


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
        r"were|be|boys|girls|those|inclusion:|criteria:|criteria were)\s*"
        r"(?:[(,]|of|from)?\s*$", before, re.I,
    ) is not None  # fmt: skip


def _clause(words: str, start: int, end: int) -> str:
    """Give the clause round a place: to the next semicolon or full stop on either side."""
    first = max((m.end() for m in re.finditer(r";|\.\s", words[:start])), default=0)
    last = re.search(r";|\.\s", words[end:])
    return words[first : end + last.start()] if last else words[first:]


def _shown(match: re.Match[str]) -> str:
    return " ".join(match[0].strip(" (").split())
