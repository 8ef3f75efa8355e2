"""The level of significance of a paper, and the side of it on which a printed P lies, whatever the rounding."""

from __future__ import annotations

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.printed import Printed
from evsynth.text.expressions import Expression

ALPHA = 0.05

_LEVEL = Expression(
    r"(?:alpha|α|significance|significant)[^.;]{0,60}?(?:0?\.0[0-4][0-9]*|0\.1[0-9]*|1 ?%|10 ?%)|(?:p|P)[- "
    r"]?(?:values?)?\s*(?:<|of|"
    r"below|less than|≤)\s*(?:0?\.(?:0[1-4]|00[0-9]+|1))\b[^.;]{0,60}?\b(?:significan|considered)"
)


def below(p: Printed) -> bool:
    """Say whether every value that prints so is below 0.05."""
    interval = p.interval()
    return (interval.high is not None and float(interval.high) < ALPHA) or (p.bound == "<" and float(p.value) <= ALPHA)


def above(p: Printed) -> bool:
    """Say whether every value that prints so is 0.05 or more; a printed 0.05 may be 0.0496, and "001" is no P."""
    interval = p.interval()
    return interval.low is not None and ALPHA <= float(interval.low) <= 1 and p.bound != "<"


def other_level(reading: Reading) -> bool:
    """Say whether the methods state a level of significance other than 0.05."""
    return any(_LEVEL.search(line.words) and "0.05" not in line.words for line in lines(reading, ("methods",)))
