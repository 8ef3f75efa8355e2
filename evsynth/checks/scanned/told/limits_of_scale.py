"""A score outside the limits that its own sentence, or the one before, gives to the scale, glosses and all.

"rated between 10 (least) and 50 (most) ... the lowest single rating was 4"; "visual analogue pain (0-100 mm) averaged
112 mm"; "on a scale of 0 to 5 the mean was 3.1 (SD 6.2)". Left alone: changes, shares, sums, converted scores, and
sentences that tell another range.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.told_measures import told_measures
from evsynth.checks.scanned.facts.told_numbers import Told, told_numbers
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.granularity import largest_sd
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("OUTSIDE_INSTRUMENT", "SD_IMPOSSIBLE")

_GLOSS = r"(?:\s?(?:mm|cm|points?)\b)?(?:\s?[(\[=,:]\s?[a-z][a-z ,'-]{1,40}[)\],]?)?"
_SCALE = Expression(
    r"\b(?:rat(?:ed|ing|ings)|scor(?:ed|es|ing|e)|grad(?:ed|ing)|scale|index|questionnaire|inventory|"
    r"test|analogue|VAS|NRS|Likert|marked|marks|interview|instrument|checklist)\b"
    rf"(?:(?!\b(?:age|aged|median|mean|group|range was|range of|dose|week|month|from week|IQR|quartile|"
    rf"observed|CI|cut-?off|points lower|or more)\b)[^.;\d]){{0,50}}?"
    rf"(?:\b(?:from|between|of)\s|[(\[,:]\s?(?:range[d:]?\s|possible range\s|"
    rf"scale\s|total\s)?(?:from\s)?)(?P<low>\d{{1,2}}){_GLOSS}\s?(?:-|to|and)\s?(?P<high>\d{{1,3}})(?![\d%]|\.\d|"
    rf"-\d|/)"
    r"(?!\s?(?:years?|months?|weeks?|days?|h\b|hours?|min|kg|mg|%|patients|participants|items?|questions?))", re.I,
)  # fmt: skip
_CUE = Expression(
    r"\b(?:means?|medians?|averag\w+|highest|lowest|single|ratings?|scores?|scored|rated|maximum|"
    r"minimum)\b(?:[^.;\d]|[(]\w{1,5}[)]){0,60}"
    r"(?:\d+(?:\.\d+)?(?!\d|\s?%)[^.;\d]{1,45}\b(?:and|versus|vs\.?|v)\s)?$",
    re.I,
)
_NOT = Expression(
    r"\b(?:chang\w*|differ\w*|increas\w*|decreas\w*|reduc\w*|improv\w*|fell|rose|by|sum|sums|summed|"
    r"total of|convert\w*|percent\w*|"
    r"standardi[sz]ed|transformed|z-?scores?|T-?scores?|age[ds]?|years?|(?<!\d )(?<!-)(?<!point )items?|dose|sessions?|"
    r"correlat\w*|coefficients?|alpha|subscales?|each of|"
    r"scales? of the|out of|cut-?off|rescaled|raw|times|number of|multiplied|sum score)\b|[±]", re.I,
)  # fmt: skip
_UNITS = frozenset({"", "mm", "cm", "points", "point", "marks"})
_RANGE = Expression(r"\b\d+\s?(?:-|to)\s?\d+\b")


def limits_of_scale(reading: Reading) -> Iterator[Finding]:
    """Hold the means, medians and extremes of a sentence against the one scale that it, or the one before, states."""
    last: tuple[Line, re.Match[str]] | None = None
    for line in lines(reading, ("abstract", "methods", "results", "body")):
        found = list(_SCALE.finditer(line.words)) if re.search(r"\d", line.words) else []
        scales = [m for m in found if int(m["high"]) - int(m["low"]) >= 3]
        own = (line, scales[0]) if len(scales) == 1 else None
        base = own or last
        if base is not None and not _NOT.search(line.words) and len(found) <= 1:
            yield from _judged(reading, line, base, same=own is not None)
        last = own if own and not re.search(r"\band the\b|\bsubscale|\bitems?\b|\beach\b", line.words) else None


def _judged(reading: Reading, line: Line, base: tuple[Line, re.Match[str]], *, same: bool) -> Iterator[Finding]:
    where, scale = base
    low, high = int(scale["low"]), int(scale["high"])
    start = scale.end() if same else 0
    if not same and (_RANGE.search(line.words) or re.search(r"\b[A-Z][A-Za-z-]*[A-Z0-9]\b", line.words)):
        return
    for m in told_measures(line.words):
        t = m.value
        if (
            t.start < start
            or t.unit not in _UNITS
            or not _CUE.search(line.words[max(start if same else 0, t.start - 90) : t.start])
        ) and not (
            same
            and t.start >= start
            and t.unit in _UNITS
            and re.match(r"[)\]]?\s(?:was|averaged|scored|of)\s$", line.words[start : t.start])
        ):
            continue
        if _out(t, low, high):
            yield _finding(reading, line, t, where, scale)
        elif m.sd is not None and low <= t.printed.value <= high:
            most = max(
                largest_sd(min(max(x, low), high), low, high, 5, 4) for x in (*span(t.printed), float(t.printed))
            )
            if span(m.sd.printed).low > most + 1e-9:
                yield reading.finding(
                    "SD_IMPOSSIBLE", "error",
                    f"SD {m.sd.printed} is inconsistent with a mean of {t.printed} on a scale from "
                    f"{low} to {high}; at most {most:.3g} is possible",
                    "it may be of another scale; otherwise a digit is misprinted",
                    quotes=((line.start + t.start, line.start + m.sd.end), where.piece(scale)),
                )  # fmt: skip
    for t in told_numbers(line.words) if same or _CUE.search(line.words) else ():
        lead = re.split(r"[;.]\s", line.words[max(start if same else 0, t.start - 50) : t.start])[-1]
        if (
            t.part == "count"
            and re.search(r"\b(?:mean|median|highest|lowest|average)\b[^,;\d]{0,40}\b(?:was|of|being|is)\s$", lead)
            and t.start > start
            and _out(t, low, high)
        ):
            yield _finding(reading, line, t, where, scale)


def _out(t: Told, low: int, high: int) -> bool:
    values = span(t.printed)
    return values.high < low or values.low > high


def _finding(reading: Reading, line: Line, t: Told, where: Line, scale: re.Match[str]) -> Finding:
    return reading.finding(
        "OUTSIDE_INSTRUMENT", "error", f"{t.printed} lies outside the scale, {scale['low']} to {scale['high']}",
        "it may be a change, a sum or a percentage; otherwise a sign or digit is misprinted",
        quotes=((line.start + t.start, line.start + t.end),
                (where.start + scale.start("low"), where.start + scale.end("high"))),
    )  # fmt: skip
