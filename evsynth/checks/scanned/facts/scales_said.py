"""The range of a scale as sentences tell it: "0 (no pain) to 10", "1 = none, 5 = full", "PHQ-9, 0-27"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.text.expressions import Expression

_GLOSS = r"(?:\s*(?:=|:|,|\()\s*[A-Za-z][^;,()0-9]{0,45}[),]?)?"
_RANGE = Expression(
    rf"(?<![\w.,/%-])(?:(?:grade|score|point)s?\s+)?(?P<low>\d{{1,2}}){_GLOSS}\s*(?:-|to|and|through|;|,)\s*"
    rf"(?:(?:grade|score)s?\s+)?(?P<high>\d{{1,4}})(?!\d|[.,/]\d|\s*(?:%|±|=\s*0|months?\b|years?\b|y\b|weeks?\b|"
    rf"days?\b|hours?\b|"
    r"h\b|min\b|mm\b|cm\b|m\b|mg\b|g\b|ml\b|mL\b|kg\b|U\b|IU\b|pg\b|ng\b|µ|patients\b|participants\b|January|"
    r"February|March|"
    r"April|May\b|June|July|August|September|October|November|December|L\b|mmol|mmHg|beats))"
)
_CUE = Expression(
    r"(?:\b(?:scales?|scored?|scoring|scores|graded|grading|rated|rating|index|questionnaire|inventory|totals?|sum|"
    r"points?|"
    r"possible|theoretical)\b[^.;()\d]{0,40}|\brang(?:e|es|ing|ed)\b[\s:,]*(?:of |from |between )?|"
    r"\b(?:runs?|running|goes|going|extends?|extending|spans?|spanning|var(?:y|ies|ying)) (?:from |between )|"
    r"[A-Z][A-Za-z0-9-]*[A-Z0-9][A-Za-z0-9-]*\s*[(\[]\s*(?:range:?\s*)?|\b(?:score|scale|index|grade|questionnaire|"
    r"scan)s?\s*[(\[][a-z ,:]{0,20}"
    r"|[(\[][A-Z][A-Za-z0-9-]{1,12}[,;:]\s*(?:range:?\s*)?)$",
    re.I,
)
_SCALE = Expression(
    r"\b(?:scales?|scores?|scored|graded?|grading|rated|rating|index|indices|questionnaire|inventory|points?|VAS|NRS|"
    r"Likert|"
    r"instrument|survey|assessment|test)\b", re.I,
)  # fmt: skip
_PART = Expression(
    r"\b(?:each|every|per|items?|questions?|zones?|lobes?|joints?|segments?|statements?|domains?|subscales?|"
    r"components?|"
    r"fields?|regions?|sections?|levels?|quadrants?|sites?)\b", re.I,
)  # fmt: skip
_PARTS_IN_ALL = Expression(r"\b(?:\d+|[a-z]+)[ -]items?\s*[,;:)]\s*(?:range:?\s*)?$", re.I)
"""How many items the scale has: what follows is the range of them all."""
_TOTAL = Expression(r"\b(?:total|sum|overall|global|composite)\b[^.;]{0,30}$", re.I)
_ELSE = Expression(
    r"\b(?:age[ds]?|aged|years|CI|confidence|IQR|interquartile|dose[sd]?|cut-?off|threshold|mild|moderate|severe|"
    r"none|normal|"
    r"between-group|visits?|weeks?|months?|days?|versus|vs|range [0-9.]+|median|mean|SD|ranged|"
    r"quartile)\b[^;)]{0,25}$", re.I,
)  # fmt: skip
_NEXT = Expression(
    r"^\s?(?:,|;|and|, and|whereas|while)\s(?:the |that of (?:the )?)?[A-Z][\w-]*[A-Z0-9][\w-]*\s(?:from |between )?$"
)
"""Between the range of a scale and the next: "NIHSS from 0 to 42 and ASPECTS from 0 to 10"."""
_NAME = Expression(r"(?:(?:[A-Za-z][\w/'-]*)[ ,()]+){0,7}$")
ACRONYM = Expression(r"\b(?=[A-Za-z0-9/-]*[A-Z][A-Za-z0-9/-]*[A-Z])[A-Za-z][A-Za-z0-9/-]{1,14}\b")
_LINKED = Expression(
    r"(?:[\s(,:]|\)(?!\s*(?:,\s*)?(?:and|or)\b)|\b(?:range[sd]?|ranging|from|of|between|scored?|scores|scales?|index|grade[sd]?|"
    r"totals?|possible|points?|questionnaire|on|an?|is|was|were|are|which|runs|goes|\d+|items?|global|overall|rated|"
    r"test|scoring|rating|sum|inventory|theoretical|that|with|the)\b|-)*(?:[a-z]+\s+){0,2}(?:[a-z]+\s*[(\[]?\s*)?"
    r"(?:ranges?:?\s*)?"
)
"""What may stand between the acronym of a scale and its range: words of scoring, and three other small words."""
_APART = Expression(r",\s*(?!range|scored|from|where|with\s+\d|\d)|\b(?:together|along|as well|and the|and an?)\b")
_SUBJECT = Expression(
    r"(?P<name>[A-Za-z][\w\s'-]{2,60}?)\s+(?:was|were|is|are)\s+(?:\w+\s+){0,2}?(?:rated|scored|graded|measured|"
    r"assessed|"
    r"quantified|recorded|expressed|evaluated|reported|given)\b"
)
_FOR_ANOTHER = Expression(r"\s*(?:points?\s*)?(?:for|on|in)\s+(?:the\s+)?[A-Z][A-Za-z0-9-]*[A-Z0-9]")


_FROM_ABOVE = Expression(
    r"(?:\b(?:runs?|ranges?|ranging|extends?|goes|spans?|var(?:y|ies)|lies?|possible|theoretical|obtainable|attainable|"
    r"limits?|minimum(?: and maximum)?)\b[^.;()\d]{0,25}|[A-Z][A-Za-z0-9-]*[A-Z0-9](?: total)?(?: scores?)?[\s,]*"
    r"[(\[,]\s*(?:total\s+)?(?:scores?\s+)?ranges?:?\s*(?:of |from )?)$"
)
_OF_SOME = Expression(
    r"\s*(?:points?\s*)?,?\s*(?:were\b|was\b|is\b|are\b|as\b|for\b|in\b|among\b|indicat\w+|denot\w+|mean\w*|mild\w*|"
    r"moderate\w*|severe\w*|low\b|high\b|correspond\w*|suggest\w*|reflect\w*|represent\w*|defin\w*|at\b|after\b|=)"
)
_OBSERVED = Expression(
    r"\b(?:patients|participants|scoring|had|with (?:an? )?(?:total )?scores?|cut-?offs?|categor\w+|class(?:es)?|"
    r"observed|our|studies|alpha|reliab\w+|between)\b[^.;]{0,30}$",
    re.I,
)
_SCORING = Expression(
    r"\b(?:scor(?:e|es|ed|ing)|scales?|totals?|index|questionnaires?|inventor(?:y|ies)|tests?|assessment|instrument)\b",
    re.I,
)


class Told(NamedTuple):
    """A scale that a sentence states: the words before it, whether of a total, its limits, and where they stand."""

    name: str
    total: bool
    low: int
    high: int
    start: int
    end: int


def told(words: str) -> Iterator[Told]:
    """Give the scales of a sentence; ranges of single items, zones or grades ("each 0-4") are left out."""
    if not re.search(r"\d", words) or (not _SCALE.search(words) and not re.search(r"[A-Z]{2}", words)):
        return
    last = 0
    for match in _RANGE.finditer(words):
        low, high = int(match["low"]), int(match["high"])
        before, after = words[: match.start()], words[match.end() : match.end() + 18]
        if not low < high <= 1000 or high - low < 2:
            continue
        if low > 1 and not _starts_above(before, words[match.end() :], high - low):
            continue
        cue = _CUE.search(before[-70:]) or (_NEXT.search(before[last:]) if last else None)
        if cue is None or (_ELSE.search(before[-40:]) and not _TOTAL.search(before)):
            continue
        if _FOR_ANOTHER.match(words, match.end()):
            continue
        if of_a_part(before, after) and not _TOTAL.search(before[-45:]):
            continue
        last = match.end()
        yield Told(_named(before), bool(_TOTAL.search(before[-45:])), low, high, match.start("low"), match.end("high"))


def _starts_above(before: str, after: str, width: int) -> bool:
    """Say whether a range that starts above 1 is that of a whole scale (3 to 21), not of some scores on it (5 to 9)."""
    if width < 4 or not _FROM_ABOVE.search(before[-70:]) or not _SCORING.search(before[-110:]):
        return False
    return _OF_SOME.match(after) is None and _OBSERVED.search(before[-60:]) is None


def of_a_part(before: str, after: str) -> bool:
    """Say whether the range that stands between two texts is that of an item, a zone or another part."""
    near = _PARTS_IN_ALL.sub("", re.split(r"[;.]|, giving|, and", before[-60:])[-1][-32:])
    return bool(_PART.search(near)) or bool(re.match(r"\s*(?:points?\s*)?(?:for |in |on )?(?:each|per|every)\b", after))


def linked(between: str) -> bool:
    """Say whether words between an acronym and a range only tie the two together."""
    return _LINKED.fullmatch(between) is not None


def _named(before: str) -> str:
    """Give the words that can name the scale: the subject that was rated on it, or those right before the range.

    An acronym with another noun, a comma or "and" between it and the range is that of another scale.
    """
    clause = re.split(r"[;.]", re.sub(r"([(\[]\s*[A-Z][\w-]{1,14});", r"\1,", before))[-1]
    subjects = [m for m in _SUBJECT.finditer(clause) if not _APART.search(clause[m.end() :])]
    close = _NAME.search(clause)
    near = close[0] if close else ""
    for match in reversed(list(ACRONYM.finditer(near))):
        if not linked(near[match.end() :]):
            near = near[match.end() :]
            break
    return f"{subjects[-1]['name'] if subjects else ''} {near}".strip()


__all__ = ["ACRONYM", "Told", "linked", "of_a_part", "told"]
