"""Scores in sentences outside the scale whose range is told anywhere in the paper, however it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.measured import measured
from evsynth.checks.scanned.facts.scale_ranges import GENERAL, SHORT, Scale, beyond, scale_ranges
from evsynth.checks.scanned.facts.summaries import summaries
from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.numbers.scores_in_rows import NO_SCORE, outside
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.granularity import largest_sd
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("OUTSIDE_INSTRUMENT", "SD_IMPOSSIBLE")

_LEAD = Expression(
    r"\b(?:means?|medians?|average[ds]?|averaging|scor(?:e|es|ed)(?: of| was| were| seen| at [a-z]+)?|amounted|rated|"
    r"highest|lowest|maximum|marks?)\b[^.;\d]{0,45}(?:\d[\d.]*[^.;\d]{1,45})?$", re.I,
)  # fmt: skip
_AFTER = Expression(
    r"\s*(?:%|points? (?:lower|higher|more|less|better|worse|improve\w+|greater)|to \d|-\d|(?:patients|participants|of|"
    r"months?|weeks?|days?|years?|m|items?|questions?|sessions?|times|fold|per)\b)"
)
_TIMES = Expression(
    r"(?:\s?(?:,|and|or|, and)\s?\d+(?:\.\d+)?)+\s?(?:h|hrs?|hours?|min\w*|days?|weeks?|months?|years?)\b", re.I
)
"""After the first of several times: "scores at 12 and 24 h"."""
_OF_PEOPLE = Expression(r"\s(?!points?\b|scores?\b|marks?\b|items?\b)[a-z]{3,}(?:s|men|ren|ple)\b")
"""After "in 52": those in whom it was measured."""
_SCORED = Expression(
    r"\b(?:scor(?:e|es|ed|ing)|scales?|points?|index|ratings?|rated|graded?|marks?|questionnaires?|inventory|tests?)\b",
    re.I,
)
_OBSERVED = Expression(
    r"\b(?:observed|actual|recorded|obtained|individual|measured) (?:scores?|values?|ratings?|range|totals?)\b"
    r"[\s:,]*(?:ranged |were |was |of |from |between )*(?P<low>\d+(?:\.\d+)?)\s?(?:-|to|and)\s?(?P<high>\d+(?:\.\d+)?)"
    r"(?![\d%]|\.\d)", re.I,
)  # fmt: skip
_CUT = Expression(r";\s(?![^()]*\))|\.\s|,\s(?:and|but|whereas|while)\s(?!\d)")
_AVERAGED = Expression(
    r"\b(?:mean|median|average) (?P<what>[a-z][a-z '-]{2,40}?)(?: \([^()]*\))?,? (?:was|were|of|averaged)\s"
    r"(?:[^;]*[\d)][^;]*)?$", re.I,
)  # fmt: skip
_WHEN = Expression(
    r"\b(?:at|after|by|on|from|in|over|within|before) (?:the )?(?:end of (?:the )?)?(?:\d+|[a-z]+)[ -]"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?)\b|\b(?:day|week|month|year|hour) \d+\b", re.I,
)  # fmt: skip


_NEAR = 8
"""How many sentences after the one scale of a paper its name may be left out."""


class _Number(NamedTuple):
    printed: Printed
    start: int
    end: int
    sd: Printed | None = None
    lead: int | None = None
    """Where the summary starts that it is the end of."""
    centre: Printed | None = None
    """The centre of that summary."""


def scores_told(reading: Reading) -> Iterator[Finding]:
    """Find means, medians and ends of ranges outside the scale that is named in their clause.

    A scale is named by its short name, by one of its words beside a word of scoring, or is the only one of the paper
    and told within a few sentences. Left alone: changes, differences, shares, times, scales of items, and numbers that
    another range told under the same name allows.
    """
    known = scale_ranges(reading)
    whole = tuple(s for s in known if not s.part)
    single = len({(s.low, s.high) for s in known}) == 1
    every = list(lines(reading, ("abstract", "methods", "results", "body", "conclusion")))
    places = {line.start: i for i, line in enumerate(every)}
    for index, line in enumerate(every if whole else ()):
        if not re.search(r"\d", line.words):
            continue
        done: set[Spot] = set()
        for number in _numbers(line):
            clause = _clause(line.words, number)
            fits = [s for s in _named(whole, clause, line, number) if s.spot not in done]
            if (
                not fits
                and single
                and whole
                and 0 <= index - places.get(whole[0].line, index + 9) <= _NEAR
                and not done
            ):
                fits = _only(whole, clause, line, number)
            scale = beyond(number.printed, fits) or _end_beyond(number, fits)
            spot = line.start + number.start, line.start + number.end
            found = outside(reading, number.printed.text, spot, scale) if scale is not None else None
            if found is None and fits and number.sd is not None:
                found = _too_wide(reading, line, number, fits)
            if found is not None:
                done |= {s.spot for s in fits}
                yield found


def _numbers(line: Line) -> Iterator[_Number]:
    """Give the numbers that may be scores: means with a spread or a leading word, medians, ends of ranges."""
    for one in measured(line).values:
        if one.unit not in ("", "point", "points") or _AFTER.match(line.words, one.end):
            continue
        people = re.search(r"\b(?:in|of|from|among|for)\s$", line.words[: one.start]) is not None
        if people and not one.unit and not one.value.decimals and _OF_PEOPLE.match(line.words, one.end):
            continue
        if _TIMES.match(line.words, one.end) and re.search(r"\b(?:at|after)\s$", line.words[: one.start]):
            continue
        printed = one.value
        end = one.start + len(printed.text)
        if (one.spread is not None and (one.value.decimals or one.spread_kind == "sd")) or _LEAD.search(
            line.words[max(0, one.start - 110) : one.start]
        ):
            wide = one.spread_kind == "sd" or re.match(r"\s?(?:±|\+/-)", line.words[end:])
            yield _Number(printed, one.start, end, one.spread if wide else None)
    for summary in summaries(line.words):
        if not [u for u in summary.units if u not in ("point", "points")]:
            for v in summary.values:
                centre = summary.centre.printed if summary.centre is not None else None
                yield _Number(v.printed, v.start, v.end, lead=summary.start, centre=centre)
    for match in _OBSERVED.finditer(line.words):
        yield _Number(Printed.parse(match["high"]), *match.span("high"))


def _end_beyond(number: _Number, scales: list[Scale]) -> Scale | None:
    """Give the widest scale where the centre of a summary lies on it and its end does not, however far."""
    if not scales or number.centre is None or number.centre.decimals < number.printed.decimals:
        return None
    widest = max(scales, key=lambda s: s.high)
    return widest if widest.low < number.centre.value < widest.high < number.printed.value < 10 * widest.high else None


def _clause(words: str, number: _Number) -> str:
    stop = number.start if number.lead is None else number.lead
    begin = max((m.end() for m in _CUT.finditer(words) if m.end() <= stop), default=0)
    return _WHEN.sub(" ", words[begin:stop])


def _named(scales: tuple[Scale, ...], clause: str, line: Line, number: _Number) -> list[Scale]:
    """Give the scales that the clause before a number names; none where it speaks of a change or another quantity."""
    tied = [s for s in scales if s.line == line.start and 0 < line.start + number.start - s.spot[1] < 60]
    near = [
        s
        for s in tied
        if re.fullmatch(r"[\s,;:)(\]]*(?:points?)?[\s,;:)(\]]*", line.words[s.spot[1] - line.start : number.start])
    ]
    if near:
        return near
    own = clause
    for s in tied:  # the range between name and number is no word of the clause
        own = _without(own, line.words[s.spot[0] - line.start : s.spot[1] - line.start])
    if NO_SCORE.search(re.sub(r"\([^()]*\)", " ", own)[-130:]):
        return []
    shorts = {s.lower() for s in SHORT.findall(own)}
    shorts |= {f"{m[1].lower()}-" for m in _PART_OF.finditer(own)}
    by_short = [s for s in scales if s.shorts & shorts]
    if by_short:
        return by_short
    words = key(own) - GENERAL
    around = own + line.words[number.end : number.end + 12] + line.words[max(0, number.start - 130) : number.start]
    if not _SCORED.search(around):
        averaged = _AVERAGED.search(own)
        called = (
            key(re.split(r" (?:for|in|of|with|on|at|after|among)\b", averaged["what"])[0]) - GENERAL
            if averaged
            else frozenset()
        )
        return [s for s in scales if called and called <= s.words]
    return [s for s in scales if s.words & words]


_PART_OF = Expression(r"\b([A-Z][A-Za-z]*[A-Z])[- ](?:[AD]\b|depression|anxiety|[a-z]{4,12} subscale)")
"""A part of a scale by name: "HADS-depression"."""


def _without(clause: str, text: str) -> str:
    """Give a clause without the range of a scale and the word that leads to it: "QoR-15, maximum 150"."""
    at = clause.rfind(text)
    if at < 0:
        return clause
    return clause[: max(clause.rfind(c, 0, at) for c in "(,;[") + 1] + clause[at + len(text) :]


def _only(scales: tuple[Scale, ...], clause: str, line: Line, number: _Number) -> list[Scale]:
    """Give the one scale of the paper where the clause speaks of scores and of no other instrument."""
    around = clause[-110:] + line.words[number.end : number.end + 12]
    points = re.search(r"\b(?:scored?|scores|points?|marks?)\b", around) or (
        number.sd is not None and re.search(r"\d(?:\.\d+)? points\b", line.words)
    )
    later = line.words[number.end : number.end + 40]
    if not points or NO_SCORE.search(clause[-130:]) or SHORT.search(clause) or re.search(r"\bout of\b|/", later[:12]):
        return []
    return [s for s in scales if number.printed.value <= 1.5 * s.high]


def _too_wide(reading: Reading, line: Line, number: _Number, scales: list[Scale]) -> Finding | None:
    """Give the finding of an SD that no scores on the widest scale can have with this mean."""
    scale = max(scales, key=lambda s: s.high)
    mean, sd = number.printed, number.sd
    if sd is None or not scale.low < float(mean) < scale.high:
        return None
    most = max(largest_sd(m, scale.low, scale.high, 5, 4) for m in (*span(mean), float(mean)))
    if span(sd).low <= most + 1e-9:
        return None
    return reading.finding(
        "SD_IMPOSSIBLE", "error",
        f"SD {sd} is inconsistent with a mean of {mean} on a scale from {scale.low} to {scale.high}; at most"
        f" {most:.3g} "
        f"is possible",
        "the scale may be another one; otherwise a digit is misprinted",
        quotes=((line.start + number.start, line.start + number.end), scale.spot),
        computed=(("largest SD", f"{most:.4g}"),),
    )  # fmt: skip
