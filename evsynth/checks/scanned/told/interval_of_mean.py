"""The interval of one mean against its SD and the number of people told with it: SD/√n is its standard error."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import effects
from evsynth.checks.scanned.facts.people_told import people_told
from evsynth.checks.scanned.facts.statistics_told import told_together
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.distributions import normal_size, t_size
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("INTERVAL_OF_MEANS",)

_OTHER = Expression(
    r"difference|adjusted|model|median|geometric|bootstrap|limits of agreement|reference|cluster|weighted|ratio|"
    r"least|LS",
    re.I,
)
ROOM = 0.06


def interval_of_mean(reading: Reading) -> Iterator[Finding]:
    """Check each mean with SD and interval against every number of people of the text."""
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if not re.search(r"\bSD\b|tandard dev", line.words) or not re.search(r"CI|nterval", line.words):
            continue
        for group in told_together(line.words):
            sd = group.get("sd")
            if sd is None or sd.bound or span(sd.value).low <= 0 or _OTHER.search(line.words):
                continue
            near = [
                e
                for e in effects(line)
                if e.named and 0 <= e.end - (line.start + sd.end) < 75 and e.low.value < e.high.value
            ]
            if len(near) != 1 or near[0].value is None or near[0].start > line.start + sd.start:
                continue
            e = near[0]
            low, high, own = span(e.low), span(e.high), span(sd.value)
            half = Span((high.low - low.high) / 2, (high.high - low.low) / 2)
            if half.low <= 0:
                continue
            z = normal_size(1 - e.level)
            most = (z * own.high * (1 + ROOM) / half.low) ** 2
            least = (z * own.low * (1 - ROOM) / half.high) ** 2
            exact = {int(group["n"].value.value)} if "n" in group else people_told(reading)
            fits = [
                n
                for n in exact
                if n > 1 and (z / t_size(1 - e.level, n - 1)) ** 2 * least * 0.8 <= n <= most / 0.8 * 1.0
            ]
            if not exact or fits or (not math.isfinite(most)):
                continue
            yield reading.finding(
                "INTERVAL_OF_MEANS", "inconsistent",
                f"the interval {e.low} to {e.high} of a mean is inconsistent with SD {sd.value}: it needs "
                f"{least:.0f} to {most:.0f} "
                f"people, and {', '.join(str(n) for n in sorted(exact)[-3:])} are told",
                "the interval may be that of a model or of single values; otherwise a number is misprinted",
                quotes=((min(e.start, line.start + sd.start), max(e.end, line.start + sd.end)),),
            )  # fmt: skip
