"""The sizes that two groups can have whose means are told: those beside the means, else those told anywhere."""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.counts import counts
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.measured import Measured
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.scan.parts import Role
from evsynth.text.expressions import Expression

_CELLS = Expression(r"\b(?:in vitro|cell lines?|cultured|donors|mice|rats|ex vivo|[A-Z]{1,3}ECs?)\b")
"""Words of experiments, which are repeated three or four times."""


def sizes_of(reading: Reading, one: Measured, two: Measured) -> tuple[list[tuple[int, int]], bool]:
    """Give the sizes that the two groups can have, and whether they are told; none where the text tells no number."""
    if one.n is not None and two.n is not None:
        return [(one.n, two.n)], True
    told = [
        (s.sizes[0], s.sizes[1]) for s in sizes_told(reading) if len(s.sizes) == 2 and s.groups and min(s.sizes) > 2
    ]
    if len(told) == 1:
        return [told[0], told[0][::-1]], True
    if told:
        every = sorted({n for pair in told for n in pair})
        return [(a, b) for a in every for b in every][:100], False
    own: tuple[Role, ...] = ("title", "abstract", "methods", "results", "body")
    counted = {c.value for line in lines(reading, own) for c in counts(line.words)}
    counted |= {int(n) for n in re.findall(r"\bn\s?=\s?(\d+)", reading.document.prose, re.I)}
    people = sorted(n for n in counted if 5 <= n <= 20_000)
    some = people[:: 1 + len(people) // 40] + people[-1:]
    if _CELLS.search(reading.document.prose):
        some = [3, 4, *some]
    return ([(n, n) for n in some], False) if len(people) >= 2 else ([], False)
