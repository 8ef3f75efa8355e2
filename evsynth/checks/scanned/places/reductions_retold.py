"""A relative reduction of a risk in one part of the paper, against the ratio that another part tells.

"Reduced the hazard of death by 23%" in the discussion and "hazard ratio 0.68" in the summary: it is 32%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.facts_told import Fact, facts_told
from evsynth.checks.scanned.facts.relative_changes import changes
from evsynth.checks.scanned.facts.slips import slip_between
from evsynth.checks.scanned.places.told_again import elsewhere, retells
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_CHANGE",)

_RATIO = Expression(
    r"(?:\b(?:hazards?|odds|risk|rate)[ -]ratios?\b|\brelative risks?\b|\b[acs]?(?:HR|OR|RR|IRR)s?\b)[^⟨;.]{0,40}$",
    re.I,
)
_RISK = Expression(r"\b(?:hazards?|odds|risks?|likelihood|chances?|rates?|incidence|mortality|efficacy)\b", re.I)
_ROOM = 1.6


def reductions_retold(reading: Reading) -> Iterator[Finding]:
    """Hold relative reductions against the ratios of other parts.

    Found: no ratio and no pair of shares of the paper gives the reduction, and a slip makes it that of a ratio told
    with the same words.
    """
    told = facts_told(reading)
    by_spot = {f.spot: f for f in told}
    shares = sorted({float(f.digits) for f in told if f.sort in ("percent", "cell") and 0 < float(f.digits) <= 100})
    ratios = [f for f in told if f.sort in ("bare", "cell") and 0 < f.value < 10 and f.decimals > 1]
    named = [f for f in ratios if f.role != "table" and _RATIO.search(f.before)]
    for line in lines(reading, ("title", "front matter", "abstract", "discussion", "conclusion")) if named else ():
        if ("%" not in line.words and "cent" not in line.words) or not _RISK.search(line.words):
            continue
        for change in changes(line):
            one = by_spot.get(change.spot)
            if one is None or elsewhere(one) or one.limit:
                continue
            raw = float(one.digits)
            if any(abs(abs(1 - r.value) * 100 - raw) <= max(_ROOM, change.room) for r in ratios) or _of(shares, raw):
                continue
            for r in named:
                expected = f"{abs(1 - r.value) * 100:.0f}"
                if (
                    (retells(one, r) or retells(r, one))
                    and r.about & one.about
                    and (r.value < 1) == change.less
                    and (slip_between(one.digits, expected) >= 1)
                ):
                    yield _reduction(reading, one, r, expected)
                    return


def _reduction(reading: Reading, one: Fact, ratio: Fact, expected: str) -> Finding:
    return reading.finding(
        "RELATIVE_CHANGE", "inconsistent",
        f"a change of {one.digits}% is inconsistent with the ratio {ratio.digits} told elsewhere: it is {expected}%",
        "it may be of another analysis that is not printed; otherwise two digits are exchanged",
        quotes=(one.spot, ratio.spot), computed=(("per cent", expected),),
    )  # fmt: skip


def _of(shares: list[float], raw: float) -> bool:
    """Say whether two shares of the paper differ by a percentage, relatively or absolutely."""
    return any(
        low
        and min(abs(100 * (high - low) / high - raw), abs(100 * (high - low) / low - raw), abs(high - low - raw))
        < _ROOM
        for low, high in combinations(shares[:80], 2)
    )
