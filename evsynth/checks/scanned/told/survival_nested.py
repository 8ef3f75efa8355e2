"""Survival of which one kind holds the other: who is free of progression lives, so no median of it may be longer.

Also the median of a named group against the shares alive in that group: with 42% alive at 5 years it was passed before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, spot
from evsynth.checks.scanned.facts.survival_of_groups import OfGroup, of_groups
from evsynth.checks.scanned.facts.survival_told import Told, medians, shares
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("MEDIAN_AND_RATE", "SURVIVAL_CONTRADICTS")

ROOM = 1.0
"""Percentage points that rounding of a curve may move a share."""
_LESS = frozenset({"pf free", "df free", "ef free", "rf free", "recurrence free", "progression free", "disease free",
                   "event free", "relapse free", "pf", "df", "ef", "rf", "recurrence"})  # fmt: skip
_OTHER = Expression(
    r"\b(?:versus|vs\.?|respectively|compared with|from (?:relapse|progression|recurrence|diagnosis|surgery|start|"
    r"second)|"
    r"second|after (?:relapse|progression|recurrence)|responders|subgroup|time to|censored|arms?|groups?|previous|"
    r"historical|PFS-?2)\b|[<>≥≤]",
    re.I,
)


def survival_nested(reading: Reading) -> Iterator[Finding]:
    """Check medians and shares of survival free of an event against those of survival, and medians of groups.

    Left alone: groups side by side, other starting points, and several medians of one kind.
    """
    every = [
        x for x in lines(reading, ("abstract", "results", "body")) if re.search(r"surviv|alive|OS\b|PFS", x.words, re.I)
    ]
    yield from _nested(reading, [m for i, x in enumerate(every) for m in medians(x, i)], "a median of")
    alike = [s for i, x in enumerate(every) for s in shares(x, i)]
    for one in alike:
        same = [s for s in alike if s.days == one.days and s.line == one.line]
        if one is same[0] and len(same) == 2:
            yield from _nested(reading, same, "a share of")
    told = [g for x in every for g in of_groups(x)]
    for median in (g for g in told if not g.share):
        yield from _of_group(reading, median, [g for g in told if g.share])


def _nested(reading: Reading, told: list[Told], what: str) -> Iterator[Finding]:
    free = [t for t in told if t.kind in _LESS]
    whole = [t for t in told if t.kind == "overall"]
    if len(free) != 1 or len(whole) != 1:
        return
    f, w = free[0], whole[0]
    if f.line.role != w.line.role or abs(f.place - w.place) > 1 or any(_OTHER.search(x.line.words) for x in (f, w)):
        return
    percent = what.startswith("a share")
    less, more = (span(f.number.printed).low, span(w.number.printed).high) if percent else (f.days, w.days)
    if less > more + (ROOM if percent else 0.02 * more):
        yield _finding(
            reading, "SURVIVAL_CONTRADICTS", f.line, f.number, w.line, w.number,
            f"{what} {w.number.printed} for survival is inconsistent with {f.number.printed} for survival free of an "
            f"event:"
            " who is free of it is alive",
        )  # fmt: skip


def _of_group(reading: Reading, median: OfGroup, told: list[OfGroup]) -> Iterator[Finding]:
    for share in told:
        if (share.kind, share.group, share.line.role) != (median.kind, median.group, median.line.role):
            continue
        percent = span(share.number.printed)
        early, late = share.days < 0.98 * median.days, share.days > 1.02 * median.days
        if (early and percent.high < 50 - ROOM) or (late and percent.low > 50 + ROOM):
            yield _finding(
                reading, "MEDIAN_AND_RATE", share.line, share.number, median.line, median.number,
                f"{share.number.printed}% in the {share.group} group is inconsistent with its median of "
                f"{median.number.printed}: {'half or more' if early else 'half or fewer'} must be alive or free at "
                f"that time",
            )  # fmt: skip
            return


def _finding(reading: Reading, code: str, line: Line, number: Number, at: Line, other: Number, message: str) -> Finding:
    return reading.finding(
        code, "inconsistent", message, "the two may be of other patients, or counted from another day",
        quotes=(spot(at, other), spot(line, number)),
    )  # fmt: skip
