"""A percentage that one part of the paper tells for one time, and another part for another, which has its own.

"35.0% dead at 90 days and 48.3% at one year" in the results, "35.0% dead one year after" in the conclusion.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.facts_compared import alike
from evsynth.checks.scanned.facts.facts_told import Fact, facts_told
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("TIMES_DIFFER",)

_AT = Expression(r"\b(?:at|after|by|within)(?: the)?(?: first)?\s$|\b(?:month|week|day|year)s?\s$", re.I)
_AFTER = Expression(
    r"[\s-](?:years?|months?|weeks?|days?|hours?)(?: \w+)? (?:after|post\w*|from|follow\w*|later)\b", re.I
)
_CUT = Expression(r"[;.]\s|⟨p\d+⟩")


class _Timed(NamedTuple):
    percent: Fact
    time: Fact


def times_retold(reading: Reading) -> Iterator[Finding]:
    """Hold percentages with the time behind them against the same percentages in other parts of the paper.

    Found: the other part tells the percentage for another time, and for this time another percentage, in the words of
    this sentence. Left alone: a part that tells the percentage for both times.
    """
    told = list(_timed(reading))
    for one in told:
        same = [x for x in told if x.percent.zone != one.percent.zone and x.percent.digits == one.percent.digits]
        if not same or any(alike(x.time, one.time) for x in same) or len(one.percent.digits.replace(".", "")) < 2:
            continue
        if sum(x.percent.digits == one.percent.digits for x in told if x.percent.zone == one.percent.zone) > 1:
            continue
        for other in same:
            own = [
                x for x in told if x.percent.sentence == other.percent.sentence and alike(x.time, one.time)
                and not alike(x.percent, one.percent)
            ]  # fmt: skip
            if own and one.percent.about & other.percent.about:
                yield reading.finding(
                    "TIMES_DIFFER", "inconsistent",
                    f"{one.percent.digits}% is told here for another time than in another part of the paper, which has "
                    f"{own[0].percent.digits}% for this time",
                    "two groups may have the same percentage at two times",
                    quotes=(one.percent.spot, one.time.spot, other.percent.spot, own[0].percent.spot),
                )  # fmt: skip
                return


def _timed(reading: Reading) -> Iterator[_Timed]:
    """Give the percentages whose time stands behind them, before the next percentage."""
    sentences: dict[int, list[Fact]] = defaultdict(list)
    for f in facts_told(reading):
        if f.role != "table":
            sentences[f.sentence].append(f)
    for found in sentences.values():
        for i, one in enumerate(found):
            if one.sort != "percent":
                continue
            for two in found[i + 1 :]:
                if two.sort == "percent" or two.spot[0] - one.spot[1] > 60:
                    break
                gap = one.after[: len(one.after) - len(two.after)]
                if two.sort == "time" and not _CUT.search(gap) and (_AT.search(two.before) or _AFTER.match(two.after)):
                    yield _Timed(one, two)
                    break
