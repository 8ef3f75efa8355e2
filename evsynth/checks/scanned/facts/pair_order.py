"""Whether the order of the groups in a pair "(12% v 19%)" is known, or only supposed from the word before it.

"Fewer had it with A (12% v 19%)" names one group, and its value may stand second where the paper prints all its pairs
in another order. Made for checks that hold a comparing word against such a pair.
"""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.beside import Beside, beside
from evsynth.checks.scanned.facts.comparatives import THAN
from evsynth.checks.scanned.facts.concluding import group_stems
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Severity
from evsynth.text.expressions import Expression

_IN = Expression(r"\b(?:in|with|among|after|under|on|for|by)\s([^,;()\[]{2,60})", re.I)
_PAIR = Expression(r"\d[^.;:]{0,45}?\s(?:vs?\.?|versus|compared (?:with|to))\s[^;:]{0,45}?\d", re.I)


def order_known(reading: Reading, line: Line, lead: str, start: int, end: int) -> Severity:
    """Give how much a pair at `start` to `end` weighs that is against its word: it may stand in the paper's own order.

    `lead`: the words between the comparing word and the pair. The order is known where these name both groups, and
    where another pair that names the same group fits its own word. A concern where the paper has no other pair.
    """
    if THAN.search(lead):
        return "inconsistent"
    told = [x for x in lines(reading, ("abstract", "results", "body")) if re.search(r"\d", x.words)]
    spots = [(x.start + m.start(), x.start + m.end()) for x in told for m in _PAIR.finditer(x.words)]
    if all(a < end and start < b for a, b in spots):
        return "concern"
    fits = 0
    for other in told:
        for found in beside(other):
            if other.start + found.one.start < end and start < other.start + found.two.end:
                continue
            mine, theirs = _group(lead), _group(THAN.split(found.lead, maxsplit=1)[0])
            if mine & theirs or (other.whole == line.whole and not (mine and theirs)):
                fits += 1 if _fits(found) else -1
    return "inconsistent" if fits > 0 else "note"


def _group(lead: str) -> frozenset[str]:
    """Give the words of the group that a lead names: "in the intervention group"."""
    return frozenset[str]().union(*(group_stems(m[1]) for m in _IN.finditer(lead)))


def _fits(found: Beside) -> bool:
    more = found.word.more(found.one.unit or found.two.unit)
    return more is not None and (found.one.number > found.two.number) == more
