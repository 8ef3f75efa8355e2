"""The ranges of scores, however told: "possible scores 0-54", "runs from 0 to 100", "maximum 20 points", "0-54 points".

A scale is known by its short names and by the words of its sentence; where several are told under one name, a value is
held against the widest. Made for checks that ask whether a score is possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.scales_of_items import scales_of_items
from evsynth.checks.scanned.facts.scales_said import of_a_part, told
from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

_GLOSS = r"(?:\s*(?:=|:|,|\()\s*[A-Za-z][^;,()0-9]{0,45}[),]?)?"
_TWO = rf"(?P<low>\d{{1,2}}){_GLOSS}\s*(?:-|to|and|through)\s*(?P<high>\d{{1,3}})(?![\d%]|[.,/]\d|\s*(?:%|±))"
_NO_UNIT = (
    r"(?!\s*(?:months?|years?|y|weeks?|days?|h|hours?|min|mm|cm|mg|g|kg|ml|mL|l|L|patients|participants|children|women|"
    r"men|times|sessions|visits|items|questions|[A-Z][a-z]+\s\d{4})\b)"
)
_RANGED = Expression(
    rf"(?:(?:(?:possible|theoretical|obtainable|attainable|potential)\s(?:total\s)?(?:scores?|range|values|points|"
    rf"total)"
    rf"|(?:scores?|totals?|scale|index|it|which|points|that|sum|and|subscale|questionnaire|[A-Z][\w-]*[A-Z0-9])\s"
    rf"(?:can\s|may\s|could\s|which\s|that\s)?(?:runs?|ran|goes|extends?|spans?|ranges?|varies|vary|ranging|scored|"
    rf"ranged)"
    rf"|\beach(?:\s(?:part|subscale|half|one|scored|rated|running|ranging|with a range|graded))?"
    rf"|(?:scale|score|rated|graded|scored|scoring|VAS|NRS|questionnaire|index|subscale|inventory)(?:\s[a-z]+)?"
    rf"|[;,(\[]\s*(?:total\s)?(?:score\s)?range[ds]?)"
    rf"[\s:,=(]{{1,3}}(?:of |from |between )?{_TWO}|"
    rf"[(\[,;:]\s*{_TWO.replace('low>', 'low2>').replace('high>', 'high2>')}"
    rf"\s*points?\b)" + _NO_UNIT
)
_SHORT_RANGE = Expression(
    rf"\b(?P<short>[A-Z][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9/-]*)\)?[,;:]?\s*[(\[,;]\s*(?:[a-z][a-z -]{{2,20}}[;,:]\s*)?"
    rf"(?:range[ds]?:?\s*(?:from\s|of\s)?)?{_TWO}(?:\s*points?)?\s*(?=[)\],;])" + _NO_UNIT
)
_NOUN_RANGE = Expression(
    rf"\b(?:scores?|scale|index|questionnaire|inventory|test|grade|subscale|assessment)s?\b[^.;()\d]{{0,20}}[(\[]\s*"
    rf"(?:range[ds]?:?\s*(?:from\s|of\s)?)?{_TWO}(?:\s*points?)?\s*(?=[)\],;])" + _NO_UNIT
)
_MOST = Expression(
    r"(?:\b(?:maximum|max\.?|highest|maximal|best)\s(?:possible\s|attainable\s|total\s)*(?:scores?\s|points?\s|total\s|"
    r"mark\s)?(?:of\s|was\s|is\s|being\s|=\s?|:\s?)?|\bout of (?:a (?:possible|maximum|total)(?: of)? )?|"
    r"\b(?:test|exam\w*|quiz|scale|score|questionnaire) of (?=\d+ (?:marks|points)))"
    r"(?P<high>\d{1,3})(?![\d%]|[.,]\d)(?:\s?(?P<points>(?:points?|marks)\b))?(?![\s-]*[a-zA-Zµ%])"
)
_SCORING = Expression(
    r"\b(?:scor(?:e|es|ed|ing)|scales?|points?|index|questionnaires?|inventor(?:y|ies)|tests?|tested|rated|rating|"
    r"graded|"
    r"grade|marks?|totals?|assessment|VAS|NRS|subscales?|questions|quiz)\b", re.I,
)  # fmt: skip
_OBSERVED = Expression(
    r"\b(?:observed|IQR|interquartile|quartiles?|median|mean|SD|CI|aged?|ages|years|between-group|fell|rose|"
    r"increased|decreased|improved|mild|moderate|severe|defined|cut-?off|had|patients with)\b[^;)]{0,30}$", re.I,
)  # fmt: skip
_IN_BRACKETS_OF_VALUE = Expression(r"(?:\b(?:was|were|of|averaged|had|scored)|=)\s\d+(?:\.\d+)?\s*[(\[][^()\[\]]*$")
"""What is told in brackets after a value is the range seen, not that of the scale."""
_BEFORE_BRACKET = Expression(r"((?:[A-Za-z][\w-]*\s){1,4})[(\[][^()\[\]]*$")
"""What is scored, before the bracket with its range: "the B-line score (14 sites, total 0-70)"."""
SHORT = Expression(r"(?<![\w-])(?=[A-Za-z0-9/-]*[A-Z][A-Za-z0-9/-]*[A-Z0-9])[a-z]?[A-Z][A-Za-z0-9/-]{1,14}(?![\w-])")
_COMMON = frozenset(
    "CI SD IQR OR HR RR CT MRI HRCT BMI ICU SE US UK HIV II III IV COPD ILD SSC RA COVID-19 ED GP PR VAS NRS"
    " WHO".split()
)
GENERAL = frozenset(
    "scale score scored scoring range total possible rated rating measured assessed graded grade questionnaire index "
    "inventory subscale item point test visual analogue analog numerical numeric self report secondary primary outcome "
    "used using validated version mean median each from which with were was where lower higher better worse best worst "
    "maximum minimum means indicate indicating greater baseline week month their they patient participant severity "
    "quality life health status assessment assess measure and domain value high low who had have adult aged year "
    "score completed complete administered end study trial group treatment after before during day time intervention "
    "follow obtained calculated determined evaluated given number questions question survey instrument tool".split()
)


_ALL_ITEMS = Expression(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty)[- ](?:[a-z]+[- ])?"
    r"(?:items?|questions?|statements?|domains?)\b|\bsubscales?\b", re.I,
)  # fmt: skip
"""How many items there are: what follows is the range of them all."""
_SUBSCALES = Expression(
    r"\b(?P<short>[A-Z][A-Za-z]*[A-Z])\)?[\s,;(]{1,3}each (?:of (?:its|the) )?(?:\w+ "
    r")?subscales?\b[^.;()\d]{0,20}$"
)
FURTHEST = 2.3
"""A number more than so many times the end of a scale is of another quantity."""


class Scale(NamedTuple):
    """What a score is called, its least and largest value, whether of a part, and where its range stands."""

    words: frozenset[str]
    shorts: frozenset[str]
    low: int
    high: int
    part: bool
    line: int
    spot: Spot


def scale_ranges(reading: Reading) -> tuple[Scale, ...]:
    """Give the scales of abstract, methods and results, in order; `line` is the offset of the sentence."""
    found: dict[Spot, Scale] = {}
    for line in lines(reading, ("abstract", "methods", "body", "results")):
        if _SCORING.search(line.words) or (re.search(r"\d", line.words) and SHORT.search(line.words)):
            for scale in (*_in_line(line), *_of_items(line)):
                first = found.setdefault(scale.spot, scale)
                found[scale.spot] = first._replace(
                    words=first.words | scale.words, shorts=first.shorts | scale.shorts, part=first.part or scale.part
                )
    return tuple(found.values())


def _before_verb(words: str, low: int, before: str, end: int) -> bool:
    """Say whether a range stands between the name of a mean and its verb: "the mean MoCA score (0-30) was"."""
    after = re.match(r"\s*(?:points?)?\s*[)\]],?\s+(?:was|were|of|in|at|rose|fell|improved|decreased|increased|"
                     r"declined|after|for)\b",
                     words[end:])  # fmt: skip
    return low == 0 and after is not None and not _OBSERVED.search(re.sub(r"\b(?:mean|median)\b", " ", before[-45:]))


def _of_items(line: Line) -> Iterator[Scale]:
    for one in scales_of_items(line.words):
        name = re.split(r";\s|\.\s|,\s", one.name.rstrip(" (["))[-1]
        shorts = {s.lower() for s in SHORT.findall(name[-90:]) if s.upper() not in _COMMON}
        spot = line.start + one.start, line.start + one.end
        yield Scale(name_words(name), frozenset(shorts), 0, one.most, False, line.start, spot)


def _in_line(line: Line) -> Iterator[Scale]:
    for one in told(line.words):
        if _IN_BRACKETS_OF_VALUE.search(line.words[: one.start][-70:]):
            continue
        shorts = {s.lower() for s in SHORT.findall(one.name) if s.upper() not in _COMMON}
        if one.total and not shorts:  # "the mRSS (17 areas, each 0-3, total 0-51)"
            shorts = {s.lower() for s in SHORT.findall(line.words[: one.start])[:1] if s.upper() not in _COMMON}
        name = one.name
        if one.total and (led := _BEFORE_BRACKET.search(line.words[: one.start])):
            name = f"{name} {led[1]}"
        yield Scale(
            name_words(name), frozenset(shorts), one.low, one.high, False, line.start,
            (line.start + one.start, line.start + one.end),
        )  # fmt: skip
    for pattern in (_SHORT_RANGE, _RANGED, _NOUN_RANGE, _MOST):
        for match in pattern.finditer(line.words):
            groups = match.groupdict()
            which = "2" if groups.get("high2") else ""
            name = f"high{which}"
            low, high = int(groups.get(f"low{which}") or 0), int(groups[name] or 0)
            first = match.start(f"low{which}") if groups.get(f"low{which}") else match.start("high")
            before, after = line.words[:first], line.words[match.end() :]
            if _IN_BRACKETS_OF_VALUE.search(before[-70:]):
                continue
            if (
                (low > 10 and not (pattern is _SHORT_RANGE and "point" in match[0]))
                or high - low < 3
                or (low > 1 and pattern is not _RANGED and "point" not in match[0])
                or (_OBSERVED.search(before[-45:]) and not _before_verb(line.words, low, before, match.end(name)))
            ):
                continue
            near = line.words[max(0, first - 140) : match.end() + 30]
            if pattern is not _SHORT_RANGE and not _SCORING.search(near) and not SHORT.search(before[-40:]):
                continue
            part = of_a_part(_ALL_ITEMS.sub(" ", before), after)
            outside, bracket, inside = (
                before.rpartition("(") if before.rfind("(") > before.rfind(")") else (before, "", "")
            )
            clause = re.split(r";\s|\.\s", outside)[-1] + bracket + inside
            if part and (of := _SUBSCALES.search(before)) is not None:
                part_of = f"{of['short'].lower()}-"  # as parts are named: "HADS-depression"
                spot = line.start + of.start("short"), line.start + match.end(f"high{which}")
                yield Scale(frozenset(), frozenset({part_of}), low, high, False, line.start, spot)
            own = groups.get("short")
            shorts = (
                {own.lower()} if own else {s.lower() for s in SHORT.findall(clause[-90:]) if s.upper() not in _COMMON}
            )
            yield Scale(
                name_words(clause[-160:]), frozenset(shorts), low, high, part, line.start,
                (line.start + first, line.start + match.end(f"high{which}")),
            )  # fmt: skip


def name_words(name: str) -> frozenset[str]:
    """Give the words of a name that can tell one scale from another."""
    return frozenset(w for w in key(name) if len(w) > 3 and w.isalpha() and w not in GENERAL)


def beyond(printed: Printed, scales: list[Scale]) -> Scale | None:
    """Give the widest of some scales where a number lies outside it, but not so far that it is of another quantity."""
    if not scales:
        return None
    widest = max(scales, key=lambda s: s.high)
    low = float(printed.interval().low or printed.value)
    limit = FURTHEST * widest.high if widest.high > 12 else 1.7 * widest.high
    least = min(scales, key=lambda s: s.low)
    if printed.value >= 0 and float(printed.interval().high or printed.value) < least.low:
        return least
    return widest if widest.high < low <= limit else None
