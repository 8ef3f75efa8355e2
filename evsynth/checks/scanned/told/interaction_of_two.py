"""The P for interaction of two subgroups against their two estimates, whose difference gives it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.effects_and_p import distance
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import normal_size, normal_two_sided
from evsynth.reanalyse.spans import Span
from evsynth.text.expressions import Expression

CODES = ("RATIO_P", "DIFFERENCE_P")

_P = Expression(
    r"(?:(?<![A-Za-z])[Pp](?:[- ]?values?)?[\s_-]?(?:for |of )?(?:the |subgroup |an )?(?:interaction|"
    r"heterogeneity|effect modification)|"
    r"\binteraction(?: test)?,? [Pp](?:[- ]?values?)?)\)?\s?(?:was|of|:)?\s?(?P<p>[=<>≤≥]?\s?(?:0?\.\d+|1\.0+))(?!\d)"
)
_OTHER = Expression(
    r"continuous|trend|three|four|all subgroups|any of|other|likelihood ratio|permutation|unadjusted", re.I
)
_OWN_PAIR = Expression(r"\(\d+\.\d+%? (?:and|vs\.?|versus|v) \d+\.\d+%?[;,]\s*$")
"""Before a P: the two bare estimates that it is of."""
FAR = 1.1
"""Least distance in Z: the test may be adjusted, or one of likelihood."""


def interaction_of_two(reading: Reading) -> Iterator[Finding]:
    """Check the one P for interaction of a sentence that tells exactly two estimates with intervals before it."""
    for line in lines(reading, ("abstract", "results", "body")):
        if "interaction" not in line.words and "heterogen" not in line.words:
            continue
        found = list(_P.finditer(line.words))
        told = [e for e in effects(line) if e.value is not None and e.low.value < e.value.value < e.high.value]
        if (
            len(found) != 1
            or len(told) != 2
            or _OTHER.search(line.words)
            or _OWN_PAIR.search(line.words[: found[0].start()])
            or told[1].end > line.start + found[0].start()
        ):
            continue
        one, two = told
        if re.search(r"\d\.\d", line.words[two.end - line.start : found[0].start()]):
            continue  # of other estimates, told in between
        if (
            (one.kind != two.kind and "other" not in (one.kind, two.kind))
            or one.unit != two.unit
            or one.level != two.level
        ):
            continue
        kind = one.kind if one.kind != "other" else two.kind
        if kind not in ("ratio", "difference") or (kind == "ratio" and min(float(e.low) for e in told) <= 0):
            continue
        values = _follows(one, two, log=kind == "ratio")
        text = re.sub(r"[\s=]", "", found[0]["p"])
        p = Printed.parse(text)
        if values is None or distance(p, values) <= FAR:
            continue
        yield reading.finding(
            "RATIO_P" if kind == "ratio" else "DIFFERENCE_P", "inconsistent",
            f"P for interaction {p} is inconsistent with {one.value} ({one.low} to {one.high}) and {two.value} "
            f"({two.low} to "
            f"{two.high}), which differ with a P of {values.middle:.2g}",
            "the test may be adjusted, or about more than these two groups; otherwise a number is misprinted",
            quotes=((line.start + found[0].start(), line.start + found[0].end()), one.spot, two.spot),
        )  # fmt: skip


def _follows(one: Effect, two: Effect, *, log: bool) -> Span | None:
    """Give the P of the difference of two estimates, the rounding of their digits allowed for."""
    assert one.value is not None
    assert two.value is not None
    ends = []
    for e in (one, two):
        v, low, high = (float(x) for x in (e.value or e.low, e.low, e.high))
        v, low, high = (math.log(x) for x in (v, low, high)) if log else (v, low, high)
        ends.append((v, (high - low) / (2 * normal_size(1 - e.level))))
    (a, s), (b, t) = ends
    if s <= 0 or t <= 0:
        return None
    z = abs(a - b) / math.hypot(s, t)
    return Span(normal_two_sided(z * 1.07 + 0.05), normal_two_sided(max(0.0, z * 0.93 - 0.05)))
