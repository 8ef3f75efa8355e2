"""The scales that rows of tables are scored on: a range in their label, or a sentence that tells it under their name.

Made for checks of the scores that tables print.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from evsynth.checks.scanned.facts.scales_said import linked, of_a_part, told
from evsynth.checks.scanned.identity import Line, key
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression

_LABEL = Expression(r"[(\[](?:range,?:?\s*|scored?\s*)?(?P<low>\d+)\s*(?:-|to)\s*(?P<high>\d+)(?:\s*points?)?[)\]]")
_NAMED = Expression(
    r"(?P<name>[A-Za-z][A-Za-z0-9/'-]*(?: "
    r"[A-Za-z0-9/'-]+){0,5}?),?\s*[(\[]\s*(?P<short>[A-Z][A-Za-z0-9-]*,\s*)?(?:[a-z]+ items?,\s*)?"
    r"(?:range:?\s*)?(?P<low>\d+)\s*(?:-|to)\s*(?P<high>\d+)(?:\s*points?)?\s*[)\]]"
)
_TOTAL = Expression(r"\btotal (?:score )?(?:of |from |ranging from )(?P<low>\d+)\s*(?:-|to)\s*(?P<high>\d+)\b")
_VERB = Expression(
    r"\b(?:of|is|are|was|were|and|with|by|a|an|the|into|has|have|using|than|for|in|on|or|rated|completed)\b", re.I
)
_ACRONYM = Expression(r"\b(?=[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z0-9])[A-Za-z][A-Za-z0-9-]{1,11}\b")
_GRADED = Expression(
    r"\b(?:from|between|range[sd]?(?: from)?|of|scored|graded)\s+(?P<low>\d+)\s*(?:-|to|and)\s*(?P<high>\d+)\b"
)
_SCORED = Expression(
    r"score|scale|index|grade|questionnaire|inventory|points|\bVAS\b|\bNRS\b|pain|satisfaction|severity|quality|"
    r"symptom|function|"
    r"dyspn|fatigue|rating|total", re.I,
)  # fmt: skip
_VAGUE = frozenset(
    "scale total score range item change death cause most other both their which added add up were was".split()
)
_IN_CAPTION = Expression(
    r"[(\[](?:[A-Za-z -]{0,40}\b)?(?:scale|scored?|scores|VAS|NRS|range|rated|points),?\s?(?:from |of )?"
    r"(?P<low>[01])\s?(?:-|to)\s?(?P<high>\d{1,3})(?: points)?\s?[)\]]", re.I
)  # fmt: skip
_DIGITS = Expression(r"\d\D{0,50}\d")
CHANGE = Expression(
    r"\b(?:changes?|changed|differences?|delta|reductions?|improvements?|decreases?|increases?|declines?|gains?|"
    r"loss)\b|[Δ∆]",
    re.I,
)  # fmt: skip
"""What is no value of a score."""


class Scale(NamedTuple):
    """The range of a score, the words it is called by, and where it is stated."""

    words: frozenset[str]
    low: int
    high: int
    start: int
    end: int


def stated(reading: Reading) -> tuple[Scale, ...]:
    """Give the scales that sentences of abstract and methods name: "PHQ-9 (0-27)", "mMRC scale from 0 to 4"."""
    document, found = reading.document, []
    for sentence in document.sentences:
        if document.sections[sentence.section].role not in ("abstract", "methods", "body"):
            continue
        words = document.prose[sentence.start : sentence.end]
        if not _DIGITS.search(words):
            continue
        for match in _NAMED.finditer(words):
            low, high = int(match["low"]), int(match["high"])
            if of_a_part(words[: match.start("low")], words[match.end() :]):
                continue
            if high > low and high <= 1000 and low in (0, 1, 5, 6, 7, 10, 14, 18, 20):
                name = f"{_VERB.split(match['name'])[-1]} {match['short'] or ''}"
                found.append(
                    Scale(key(name), low, high, sentence.start + match.start("low"), sentence.start + match.end("high"))
                )
        for match in _TOTAL.finditer(words):
            first = _ACRONYM.search(words)
            name = (
                f"total {first[0]}"
                if first
                else f"total {words[: match.start()].rpartition(' score')[0].rpartition(' ')[2]}"
            )
            found.append(Scale(key(name) | {"total"}, int(match["low"]), int(match["high"]),
                               sentence.start + match.start("low"), sentence.start + match.end("high")))  # fmt: skip
        for match in re.finditer(r"\b(?:scale|score|grade|graded|index|assessment|questionnaire|test)\b", words):
            ranged = _GRADED.search(words, match.end())
            names = list(_ACRONYM.finditer(words[: match.end() + 12]))
            between = words[match.end() : ranged.start()] if ranged else ""
            if ranged and of_a_part(words[: ranged.start("low")], words[ranged.end() :]):
                continue
            tied = ranged and names and linked(words[names[-1].end() : ranged.start("low")])
            if ranged and tied and len(between) < 40 and int(ranged["high"]) > int(ranged["low"]):
                spotted = (sentence.start + ranged.start("low"), sentence.start + ranged.end("high"))
                found.append(Scale(key(names[-1][0]), int(ranged["low"]), int(ranged["high"]), *spotted))
        for scale in told(words):
            first = _ACRONYM.search(words)
            name = first[0] if scale.total and first is not None else scale.name
            words_ = frozenset(w for w in key(name) if w not in _VAGUE)
            shorts = frozenset(w for short in _ACRONYM.findall(name) for w in key(short))
            place = (scale.low, scale.high, sentence.start + scale.start, sentence.start + scale.end)
            if words_:
                found.append(Scale(words_ | ({"total"} if scale.total else frozenset()), *place))
            if shorts and shorts != words_:
                found.append(Scale(shorts, *place))
    return tuple(found)


def scale_of(line: Line, known: tuple[Scale, ...]) -> Scale | None:
    """Give the scale of a row: in brackets in its label, or by the one name in it that a sentence explains."""
    text, label = line.row.label.text, line.row.label
    match = _LABEL.search(text)
    words = key(line.name)
    bounds = (int(match["low"]), int(match["high"])) if match else (0, 0)
    scored = line.row.unit is None and (
        _SCORED.search(text) or any((s.low, s.high) == bounds for s in known)
        or re.search(r"possible|range|scale", line.table.columns[0].label, re.I)
        or _scored_beside(line, *bounds)
    )  # fmt: skip
    if match and bounds[1] > bounds[0] and bounds[0] in (0, 1) and scored:
        return Scale(key(line.name), int(match["low"]), int(match["high"]), label.start, label.end)
    fits = [s for s in known if s.words and (words <= s.words or _named(words, s))]
    fits = (
        [s for s in fits if "total" in s.words]
        if "total" in words
        else [s for s in fits if "total" not in s.words] or fits
    )
    ranges = {(s.low, s.high) for s in fits}
    return fits[0] if len(ranges) == 1 else _of_caption(line, words) if not fits else None


def _of_caption(line: Line, words: frozenset[str]) -> Scale | None:
    """Give the one scale of a caption that begins with the name of the row: "Satisfaction (numeric scale 0 to 10)"."""
    caption = line.table.caption
    if caption is None or not re.search(r"\d\s?(?:-|to)\s?\d", caption.text):
        return None
    found = list(_IN_CAPTION.finditer(caption.text))
    if len(found) != 1 or not words or not words <= key(caption.text[: found[0].start()]) - _VAGUE:
        return None
    return Scale(words, int(found[0]["low"]), int(found[0]["high"]), caption.start, caption.end)


def _scored_beside(line: Line, low: int, high: int) -> bool:
    """Say whether means or medians of a row with a range in its label keep to it, all but one: then it is a scale."""
    cells = [c for c in line.cells if c.sort in ("mean sd", "median quartiles", "median range", "mean se")]
    centres = [float(f.printed.value) for c in cells for f in c.figures[:1]]
    inside = sum(low <= x <= high for x in centres)
    return len(centres) > 1 and inside >= len(centres) - 1 and high > low


def _named(words: frozenset[str], scale: Scale) -> bool:
    """Say whether a label shares an acronym-like word (with a digit, or short) and nothing speaks for another scale."""
    shared = words & scale.words
    odd = {w for w in shared if any(c.isdigit() for c in w) or (len(w) <= 5 and w.isalpha() and not _vowelled(w))}
    return bool(odd) and words <= scale.words | {
        "baseline",
        "week",
        "month",
        "grade",
        "total",
        "dyspnea",
        "dyspnoea",
        "range",
        "both",
    }


def _vowelled(word: str) -> bool:
    return len(re.findall(r"[aeiou]", word)) >= 2


def of_changes(line: Line) -> bool:
    """Say whether caption, or the head of the labels, says that the table prints changes: these may be negative."""
    caption = line.table.caption.text if line.table.caption is not None else ""
    return bool(CHANGE.search(caption) or CHANGE.search(line.table.columns[0].label))
