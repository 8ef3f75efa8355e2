"""A difference in percentage points of the full text that another document calls relative, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.elsewhere.aligned import of_others
from evsynth.checks.scanned.elsewhere.counterpart import counterpart
from evsynth.checks.scanned.elsewhere.supported import agree, told
from evsynth.checks.scanned.facts.quantities import Quantity
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_FOR_ABSOLUTE",)

_CHANGE = (
    r"(?:risk |rate )?(?:reduc\w+|decreas\w+|declin\w+|fall|drop|differen\w+|benefit|increas\w+|rise|gain|"
    r"terms|improve\w+|excess)"
)
_RELATIVE = Expression(rf"\brelative(?:ly)? {_CHANGE}[^;⟨]{{0,50}}$", re.I)
_RELATIVE_AFTER = Expression(
    r"^[^;⟨.]{0,30}\b(?:in relative terms|relatively|relative (?:risk )?(?:reduction|increase))\b", re.I
)
_ABSOLUTE = Expression(rf"\babsolute(?:ly)? {_CHANGE}[^;⟨]{{0,50}}$", re.I)
_ABSOLUTE_AFTER = Expression(r"^[^;⟨.]{0,24}\b(?:in absolute terms|absolute(?:ly)?)\b", re.I)


def relative_retold(reading: Reading) -> Iterator[Finding]:
    """Compare what is called relative (absolute) with the same number that the full text tells as absolute (relative).

    A ratio of the full text gives the relative difference too. Left alone: numbers told both ways in the full text.
    """
    other = counterpart(reading)
    if other is None:
        return
    theirs = [(q, found) for _, found in told(other) for q in found]
    for line, found in told(reading):
        if of_others(line.words):
            continue
        for one in found:
            kind = _kind(one)
            if one.sort not in ("percent", "points") or not kind:
                continue
            opposite = [q for q, _ in theirs if q.sort in ("percent", "points") and agree(one, q) and _kind(q)]
            ratios = [q for q, _ in theirs if q.sort == "ratio"]
            told_so = any(_kind(q) == kind for q in opposite) or (
                kind == "relative" and any(_follows(one, q) for q in ratios)
            )
            if told_so:
                continue
            against = next((q for q in opposite if _kind(q) != kind), None)
            from_ratio = next((q for q in ratios if kind == "absolute" and _follows(one, q)), None)
            if any(_differ(one, beside) for beside in (found, *(x for _, x in told(other)))):
                from_ratio = None
            said = against or from_ratio
            if said is None:
                continue
            yield reading.finding(
                "RELATIVE_FOR_ABSOLUTE", "inconsistent",
                f"{one.text} is called {kind}, and follows from {said.text} in {other.document.id}, which is "
                f"{'absolute' if kind == 'relative' else 'relative'}",
                "a relative and an absolute difference of one result may be alike by chance",
                quotes=(line.whole,), others=(other.quoted(*said.spot),),
            )  # fmt: skip


def _follows(one: Quantity, ratio: Quantity) -> bool:
    """Say whether a percentage is the relative difference of a ratio."""
    return abs(abs(1 - ratio.value) * 100 - one.value) <= one.half + 100 * ratio.half


def _differ(one: Quantity, beside: tuple[Quantity, ...]) -> bool:
    """Say whether two percentages of a sentence differ by a number."""
    shares = [q for q in beside if q.sort == "percent"]
    return any(
        abs(abs(a.value - b.value) - one.value) <= one.half + a.half + b.half for a, b in combinations(shares, 2)
    )


def _kind(one: Quantity) -> str:
    if _RELATIVE.search(one.before) or _RELATIVE_AFTER.search(one.after):
        return "relative"
    if one.sort == "points" or _ABSOLUTE.search(one.before) or _ABSOLUTE_AFTER.search(one.after):
        return "absolute"
    return ""
