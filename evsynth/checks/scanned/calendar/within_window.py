"""A time after an event beyond the time that the criteria of entry allow: "surgery within 72 hours", "range 5-91"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.counts import WORD, value
from evsynth.checks.scanned.facts.summaries import summaries
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ELIGIBILITY_CONTRADICTS",)

_UNIT = r"(?P<unit>minutes?|min|hours?|h|days?|weeks?|months?|years?)"
_HOURS = {"mi": 1 / 60, "h": 1.0, "d": 24.0, "w": 168.0, "mo": 730.5, "y": 8766.0}
_LIMIT = Expression(
    rf"(?P<what>[a-z]{{4,}})(?:\s(?:on|performed|done|started|given|begun|initiated|undertaken|operated))*\s(?:within|"
    rf"less than|"
    rf"no later than|not later than|up to)\s(?P<n>\d{{1,3}}|{WORD})(?:\s|-){_UNIT}\s(?:of|after|from|following|since)\s"
    rf"(?:the\s|symptom\s|an?\s|hospital\s|first\s)*(?P<event>[a-z]{{4,}})", re.I,
)  # fmt: skip
_ENTRY = Expression(
    r"\b(?:eligib\w+|inclusion|(?:were|was|be) (?:included|enrol+ed|recruited)|we (?:included|enrol+ed|recruited)|"
    r"criteri\w+|"
    r"required|had to|took part|qualif\w+)\b", re.I,
)  # fmt: skip
_NOT_ENTRY = Expression(r"\b(?:exclu\w+|ineligible|outcomes?|end-?points?|secondary|defined as|death|died|not)\b", re.I)


class _Limit(NamedTuple):
    what: str
    event: str
    hours: float
    spot: Spot
    text: str


def within_window(reading: Reading) -> Iterator[Finding]:
    """Hold medians and ends of ranges of the time from an event against the window in which patients could enter.

    The sentence must name the event and what was done after it. Left alone: outcomes, exclusions, quartiles of others.
    """
    for limit in _limits(reading):
        for line in lines(reading, ("abstract", "results", "body")):
            low = line.words.lower()
            if line.start <= limit.spot[0] or limit.event not in low or limit.what not in low:
                continue
            for one in summaries(line.words):
                units = [u for u in one.units if u[:2] in _HOURS or u[:1] in _HOURS]
                if len({u[:2] for u in units}) != 1 or limit.event not in low[max(0, one.start - 70) : one.end + 50]:
                    continue
                factor = _HOURS.get(units[0][:2]) or _HOURS[units[0][:1]]
                for v in one.values:
                    if limit.hours * 1.02 < v.low * factor <= 6 * limit.hours:
                        yield _finding(reading, line, (v.start, v.end), limit)
                        return


def _limits(reading: Reading) -> Iterator[_Limit]:
    for line in lines(reading, ("methods", "abstract", "body")):
        if not _ENTRY.search(line.words) or _NOT_ENTRY.search(line.words):
            continue
        for match in _LIMIT.finditer(line.words):
            number = float(match["n"]) if match["n"][0].isdigit() else float(value(match["n"]))
            unit = match["unit"].lower()
            factor = _HOURS.get(unit[:2]) or _HOURS[unit[:1]]
            yield _Limit(
                match["what"].lower()[:6], match["event"].lower()[:6], number * factor, line.piece(match),
                " ".join(match[0].split()),
            )  # fmt: skip


def _finding(reading: Reading, line: Line, place: tuple[int, int], limit: _Limit) -> Finding:
    start, end = place
    return reading.finding(
        "ELIGIBILITY_CONTRADICTS", "inconsistent",
        f"{line.words[start:end]} is inconsistent with the limit for taking part ('{limit.text}')",
        "the time may be counted from another moment; otherwise a digit is misprinted",
        quotes=((line.start + start, line.start + end), limit.spot),
    )  # fmt: skip
