"""The days between two dates of one course against their number: admitted on 3, discharged on 27 March, 14 days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.calendar.durations import durations, length
from evsynth.checks.scanned.calendar.moments import Moment, moments
from evsynth.checks.scanned.facts.passages import Passage, passages
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DATES",)

_ENDS = Expression(
    r"\b(?:discharge|ended|stopped|died|death|closed|complet|last|finished|removed|until|extubated|left|withdrawn|"
    r"returned|"
    r"went home|sent home|conclud|terminat|deliver)",
    re.I,
)
_BEGAN = Expression(
    r"\b(?:admi(?:tted|ssion)|began|begun|start(?:ed)?|commenced|initiated|opened|enrol+ed|presented|underwent|"
    r"operated|"
    r"hospitali[sz]ed|launched|first|transplanted|randomi[sz]ed|implanted|inserted|placed|fell ill|onset|diagnosed|"
    r"from|"
    r"between|introduced|recruitment)\b[^.;]{0,80}$|\b(?:admission|surgery|operation)\b[^.;]{0,20}$",
    re.I,
)
_ENDED = Expression(
    r"\b(?:discharged?|ended|stopped|died|death|closed|complet\w+|last|finished|removed|until|extubated|left|"
    r"withdrawn|"
    r"terminated|to|and|reached|returned|went home|sent home|concluded|delivered)\b[^.;]{0,45}$",
    re.I,
)
_STAYED = Expression(
    r"(?:\b(?:after|for|stay(?:ed)?(?: of| was| lasted)?|lasting|lasted|total(?:ling)?(?: of)?|spent|within|over|"
    r"during|"
    r"took|duration(?: of| was)?|period of|interval of|thus|therefore|later|i\.e\.,?|lapse of|(?:length|duration) of "
    r"(?:[a-z]+ )?stay(?: was| of|:)?|the|an?|her|his|hospital)\s(?:a |an |total of |altogether |exactly |about |a "
    r"total of "
    r"|another )*|[(,]\s?)$",
    re.I,
)
_COUNTED = Expression(
    r"^[\s-]*(?:in (?:the )?(?:hospital|ICU|intensive|ward|unit|all|total)|(?:hospital |inpatient |ICU )?stay|"
    r"(?:after|following) "
    r"(?:the )?(?:admission|operation|surgery|presentation|being admitted|randomi|diagnos|onset|transplant|insertion)|"
    r"(?:of )?(?:hospitali[sz]ation|admission|treatment|recruitment|therapy)|later|in length|period|altogether|study|"
    r"recruitment|[,.;)]|$)",
    re.I,
)


def stays(reading: Reading) -> Iterator[Finding]:
    """Compare a duration told behind two exact days, of a beginning and an end, with the days between them.

    Left alone: texts with more than two such days near, lengths that any pair of dates gives, and "about".
    """
    for line, near in passages(reading, _ENDS, 2, 0):
        days = [m for m in moments(near.words) if m.first == m.last]
        if len(days) != 2 or not _of_a_course(near, *days):
            continue
        one, two = days
        if not line.start - near.start <= two.start or two.first < one.first:
            continue
        for told in durations(near.words):
            if told.start < one.start or (one.end <= told.start < two.start and near.start + told.start < line.start):
                continue
            before, after = near.words[: told.start], near.words[told.end :]
            if not _STAYED.search(before) or not _COUNTED.match(after):
                continue
            low, high = length(one, two)
            slack = 1.2 if told.text.lower().endswith(("day", "days")) else max(1.0, 0.05 * told.days)
            if told.low - slack <= high and told.high + slack >= low:
                continue
            yield reading.finding(
                "DATES", "inconsistent",
                f"{told.text} is inconsistent with {near.words[one.start : one.end]} and "
                f"{near.words[two.start : two.end]}, {low} days apart",
                "the length may be counted from another day; otherwise a date is misprinted",
                quotes=(near.spot(told.start, told.end), near.spot(two.start, two.end), near.spot(one.start, one.end)),
                computed=(("days", str(low)),),
            )  # fmt: skip
            break


def _of_a_course(near: Passage, one: Moment, two: Moment) -> bool:
    return bool(
        _BEGAN.search(near.words[max(0, one.start - 120) : one.start])
        and _ENDED.search(near.words[one.end : two.start])
    )
