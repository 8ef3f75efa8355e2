"""An "absolute reduction" that is the relative one of two shares of the paper: "12% against 18%; absolute, 33%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evsynth.checks.scanned.facts.facts_told import facts_told
from evsynth.checks.scanned.places.told_again import elsewhere
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_FOR_ABSOLUTE",)

_ABSOLUTE = Expression(
    r"\babsolute (?:risk |rate )?(?:reduction|decrease|difference|increase|benefit)s?(?: \([A-Z]+\))?[^⟨;.]{0,24}$",
    re.I,
)


def called_absolute(reading: Reading) -> Iterator[Finding]:
    """Hold what is called an absolute reduction against the pairs of shares of the paper.

    Found: it is the difference of no two shares, and the relative one of two of one sentence.
    """
    told = facts_told(reading)
    shares = sorted({float(f.digits) for f in told if f.sort in ("percent", "cell") and 0 < float(f.digits) <= 100})
    for one in told:
        if one.sort != "percent" or not _ABSOLUTE.search(one.before) or elsewhere(one) or len(shares) > 40:
            continue
        raw = float(one.digits)
        others = [s for s in shares if s != raw]
        if raw < 5 or any(abs(b - a - raw) <= 1.1 for a, b in combinations(others, 2)):
            continue
        pairs = [(a, b) for a, b in combinations(others, 2) if abs(100 * (b - a) / b - raw) <= max(one.half * 1.2, 0.6)]
        beside = [
            (x, y) for x, y in combinations([f for f in told if f.sort == "percent"], 2)
            if x.sentence == y.sentence and tuple(sorted((float(x.digits), float(y.digits)))) in pairs
        ]  # fmt: skip
        if beside:
            x, y = beside[0]
            yield reading.finding(
                "RELATIVE_FOR_ABSOLUTE", "inconsistent",
                f"{one.digits}% is called an absolute change, and is the relative one of {x.digits}% and {y.digits}%",
                "the two percentages may be of another outcome",
                quotes=(one.spot, x.spot, y.spot),
            )  # fmt: skip
            return
