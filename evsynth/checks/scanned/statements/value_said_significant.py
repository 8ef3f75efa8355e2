"""'The difference of 1.9 points was significant', 'A (OR 2.28) was associated', against that value's row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, effects
from evsynth.checks.scanned.facts.estimates_known import Estimate, estimates_known
from evsynth.checks.scanned.facts.levels import above, below, other_level
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_DIFFERENCE = Expression(
    rf"\b(?:differences?|change|effect|gap|reduction|increase|improvement|gain|benefit) (?:in [^.;,()\d]{{2,40}} "
    rf")?(?:of|was|by) "
    rf"(?:only |about )?(?P<v>[-−]?{NUMBER})(?![\d.])(?: ?[a-zA-Z%/]+){{0,3}}? (?P<said>(?:was|were|is|being|did|"
    rf"reached|failed)[^.;,()]{{0,40}}?"
    r"\bsignifican(?:t|ce)\b(?!ly))", re.I,
)  # fmt: skip
_RATIO = Expression(
    rf"[(\[]\s?(?:adjusted )?(?:a?OR|a?HR|a?RR|odds ratio|hazard ratio|risk ratio|relative "
    rf"risk)s?\s?[=:,]?\s?(?P<v>{NUMBER})\s?[)\]]"
    r"(?P<between>[^.;]{0,110}?)\b(?P<said>(?:was|were|remained|are|is) (?:not )?(?:significantly |independently |"
    r"significant and "
    r"independent |(?:an? )?(?:significant |independent )+)(?:associated|related|predict\w*|linked|risk|factors?|"
    r"determinants?))", re.I,
)  # fmt: skip
_NOT = Expression(r"\bnot\b|\bfailed\b|\bnon-?|\bno longer\b", re.I)
_SKIP = Expression(
    r"\b(?:univaria\w*|crude|unadjusted|interaction|non-?inferior\w*|clinically|subgroups?|et al|previous\w*|"
    r"trials?|would|if|"
    r"sensitivity analys\w*|per[- ]protocol|within[- ]group|from baseline)\b", re.I,
)  # fmt: skip


def value_said_significant(reading: Reading) -> Iterator[Finding]:
    """Compare a word of significance about a value, told without P or interval, with the interval printed for it.

    Every estimate of the paper with that value (whatever its sign) must say the opposite. Left alone: crude results,
    subgroups, other studies, values that the sentence gives an interval or a P.
    """
    if other_level(reading):
        return
    known: list[Estimate] | None = None
    for line in lines(reading, ("abstract", "results", "discussion", "conclusion", "body")):
        if not re.search(r"significan|independent", line.words) or _SKIP.search(line.words):
            continue
        if re.search(r"\b[Pp]\s?[=<>]", line.words) or effects(line):
            continue
        for pattern, ratio in ((_DIFFERENCE, False), (_RATIO, True)):
            for match in pattern.finditer(line.words):
                known = list(estimates_known(reading)) if known is None else known
                value = abs(float(match["v"].replace(",", "").replace("−", "-")))
                decimals = len(match["v"].partition(".")[2])
                if not decimals:
                    continue
                own = [
                    e
                    for e in known
                    if e.ratio is ratio and abs(float(e.value)) == value and e.value.decimals == decimals
                ]
                sides = [_significant(e) for e in own]
                said = _NOT.search(match["said"]) is None
                if ratio and re.search(r"\b(?:but|although|though|whereas|while|yet|however)\b", match["between"]):
                    continue  # the verdict is of the next clause
                if own and all(side is not None and side != said for side in sides):
                    yield reading.finding(
                        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
                        f"'{match['v']} {' '.join(match['said'].split())}' is inconsistent with "
                        f"{own[0].low} to {own[0].high}, printed for that value",
                        "another estimate with that value may be meant; otherwise the word or the interval is wrong",
                        quotes=(line.piece(match), *(e.spot for e in own)), computed=(("alpha", "0.05"),),
                    )  # fmt: skip


def _significant(e: Estimate) -> bool | None:
    """Say whether an estimate is significant by its interval, and by its P if it has one; None where they disagree."""
    low, high, null = float(e.low), float(e.high), e.null
    if null in (low, high):
        return None
    side = not low < null < high
    if e.p is not None and (below(e.p) if not side else above(e.p)):
        return None
    return side
