"""The range of a group against the range of all patients that the same sentence tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.summaries import Summary, summaries
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("OUT_OF_ORDER",)

_COMPARED = Expression(
    r"\b(?:higher|lower|longer|shorter|larger|smaller|greater|older|younger|more|less|earlier|later|similar|differ\w*|"
    r"comparable|[a-z]{3,}er)\b[^.;]{0,25}?\b(?:in|among|for|with|than)\b|^[\s,;:)(]*(?:and |with |of )?(?:median |"
    r"range )*"
    r"[^.;\d]{0,30}\b(?:in|among|for) (?:the )?(?:\w+ ){0,3}(?:survivors?|non-?survivors|women|men|boys|girls|cases|"
    r"controls|"
    r"those|group|arm|patients|children|responders|smokers)", re.I,
)  # fmt: skip
_ANEW = Expression(
    r"\b(?:and|while|whereas|but|with)\s(?:the |a |an |their )?(?:[a-z-]+\s){1,4}(?:was|were|ranged|had|took)\b", re.I
)
_IN_A_GROUP = Expression(
    r"\b(?:in|of|for) (?:the )?(?:groups? [A-Z0-9]\w*|(?!whole|entire|total|study|overall)\w+ group)\b[^;]{0,60}$"
)
_OF_A_GROUP = Expression(
    r"[\s)\]a-z]{0,10}?[)\]]?\s(?:in|for|among|with) (?:the |those )?(?!(?:all|whole|entire|total|study|overall)\b)"
    r"(?:\S+ ){0,3}(?:group|arm|cohort)\b[^.;]{0,20}\b(?:and|vs|versus|compared|than)\b", re.I,
)  # fmt: skip
"""After the first range: it is that of one of two groups."""
_OTHER_TIME = Expression(
    r"\b(?:after|later|at (?:week|month|day|year|\d)|follow-?up|discharge|changed?|controls?|healthy|from baseline|"
    r"previous|"
    r"donors?|reference|normal)\b", re.I,
)  # fmt: skip


def ranges_of_groups(reading: Reading) -> Iterator[Finding]:
    """Find a group whose least or largest value lies beyond that of all, told first in the same sentence.

    Left alone: another time, controls, a second quantity, and where no group lies within the range of all.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        told = sorted((s for s in summaries(line.words) if s.range is not None), key=lambda s: s.start)
        if len(told) < 2:
            continue
        whole, groups = told[0], told[1:]
        if _IN_A_GROUP.search(line.words[: whole.start]) or _OF_A_GROUP.match(
            line.words, whole.range[1].end if whole.range is not None else whole.end
        ):
            continue
        between = line.words[whole.end : groups[0].start]
        if not _COMPARED.search(between) or _ANEW.search(between) or _OTHER_TIME.search(line.words[whole.end :]):
            continue
        units = {u[:1] for s in told for u in s.units if u not in ("in", "at")}
        if len(units) > 1 or not all(_near(whole, s) for s in groups):
            continue
        wrong = next((s for s in groups if _beyond(whole, s)), None)
        if wrong is not None and (len(groups) == 1 or any(not _beyond(whole, s) for s in groups)):
            yield _finding(reading, line, whole, wrong)


def _beyond(whole: Summary, group: Summary) -> bool:
    assert whole.range is not None
    assert group.range is not None
    return group.range[0].high < whole.range[0].low or group.range[1].low > whole.range[1].high


def _near(whole: Summary, group: Summary) -> bool:
    """Say whether two ranges can be of one quantity: they overlap."""
    assert whole.range is not None
    assert group.range is not None
    return group.range[0].low <= whole.range[1].high and group.range[1].high >= whole.range[0].low


def _finding(reading: Reading, line: Line, whole: Summary, group: Summary) -> Finding:
    assert whole.range is not None
    assert group.range is not None
    (least, most), (low, high) = whole.range, group.range
    return reading.finding(
        "OUT_OF_ORDER", "error",
        f"{low.printed} to {high.printed} in a group lies outside {least.printed} to {most.printed}, the range of all",
        "the ranges may be of different patients; otherwise a digit is misprinted",
        quotes=((line.start + group.start, line.start + group.end), (line.start + least.start, line.start + most.end)),
    )  # fmt: skip
