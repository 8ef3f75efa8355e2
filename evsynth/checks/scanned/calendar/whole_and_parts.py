"""The length of a study told in one sentence against its parts, told in another: "eight weeks each", "the 18 weeks"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.durations import UNIT, Duration, durations, in_days
from evsynth.checks.scanned.facts.counts import WORD
from evsynth.checks.scanned.prose import Line, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_CROSSED = Expression(r"\bcross-?\s?over\b", re.I)
_MORE = Expression(
    r"\b(?:three|four|3|4|five|six)[- ](?:way|period|arm|treatment|sequence|phase)|\b(?:three|four|five|six) "
    r"(?:periods|treatments|phases|drugs|doses|diets|conditions)|\brun-?in|\blead-?in|\bscreening "
    r"(?:period|phase)|"
    r"\bextension|\bfollow-?up", re.I)  # fmt: skip
_EACH = Expression(
    r"\b(?:each|both|either|every|two|the two|per|respectively|apiece|treatments? (?:was|were)|periods?)\b", re.I
)
_WHOLE = Expression(
    rf"(?:\b(?:complet\w+|finish\w+|throughout|during|over|in|after|of|stayed|remained|lasted|took)\b[^.;\d]{{0,25}}?"
    rf"\b(?:the |all |all the |whole |entire |full |total |a total of |altogether )+|\b(?:study|trial|participation) "
    rf"(?:\w+ )?(?:lasted|took|was of|ran (?:for|over)|comprised|spanned) (?:a total of |in all )?|\b(?:in all|"
    rf"altogether|"
    rf"in total),? |\b(?P<named>(?:an?|this|our|the) ))(?P<number>\d{{1,3}}|{WORD})(?:\s|-){UNIT}"
    rf"(?P<after>(?:\s(?:study|trial|protocol|programme|program|experiment|cross-?\s?over)\b)?)", re.I,
)  # fmt: skip


def whole_and_parts(reading: Reading) -> Iterator[Finding]:
    """Hold the whole of a crossover trial of two periods against two periods and the washout between them.

    Left alone: more than two periods, run-in, extension and follow-up, lengths told of a part.
    """
    if not says(reading, _CROSSED, ("front matter", "title", "abstract", "methods", "body")):
        return
    every = list(lines(reading, ("title", "abstract", "methods", "results", "body")))
    if any(_MORE.search(x.words) for x in every):
        return
    washout = [(x, d) for x in every for d in durations(x.words) if _is_washout(x.words, d)]
    periods = [(x, d) for x in every for d in durations(x.words) if _is_period(x.words, d)]
    if len({round(d.days) for _, d in washout}) != 1 or len({round(d.days) for _, d in periods}) != 1:
        return
    gap, period = washout[0], periods[0]
    made = 2 * period[1].days + gap[1].days
    for line in every:
        for match in _WHOLE.finditer(line.words):
            if match["named"] and not match["after"]:
                continue
            days = in_days(match["number"], match["unit"])
            used = (line.start + match.start("number"), line.start + match.end("unit"))
            if any(_spot(x, d)[0] < used[1] and used[0] < _spot(x, d)[1] for x, d in (*washout, *periods)):
                continue
            sums = (made, 2 * period[1].days, period[1].days, period[1].days + gap[1].days)
            if not 0.55 * made < days < 1.8 * made or any(abs(s - days) <= max(2, 0.03 * s) for s in sums):
                continue
            yield reading.finding(
                "DATES", "inconsistent",
                f"{match['number']} {match['unit']} are inconsistent with two periods of {period[1].text} and a "
                f"washout of "
                f"{gap[1].text}",
                "a part may not be told; otherwise a number is misprinted",
                quotes=(used, _spot(*period), _spot(*gap)), computed=(("days", f"{made:.0f}"),),
            )  # fmt: skip
            return


def _spot(line: Line, one: Duration) -> tuple[int, int]:
    return line.start + one.start, line.start + one.end


def _is_washout(words: str, one: Duration) -> bool:
    before = re.split(r"[,;(]", words[max(0, one.start - 40) : one.start])[-1]
    return bool(
        re.search(r"wash-?\s?out\b[^.;\d]{0,25}$", before, re.I)
        or re.match(r"[\s-]*(?:[a-z]+\s)?wash-?\s?out", words[one.end :])
    )


def _is_period(words: str, one: Duration) -> bool:
    """Say whether a length is that of each of the two periods."""
    if _is_washout(words, one):
        return False
    before = re.split(r"[;.]", words[max(0, one.start - 70) : one.start])[-1]
    after = re.split(r"[,;.]", words[one.end : one.end + 45])[0]
    if re.search(
        r"\b(?:separated by|after|apart|interval|before|at|within|last|first|age[ds]?)\s(?:a |an )?$", before, re.I
    ):
        return False
    named = re.search(r"\b(?:each|both|either|apiece|treatment|periods?)\b", f"{before[-60:]} {after}", re.I)
    return bool(named and _EACH.search(f"{before} {after}"))
