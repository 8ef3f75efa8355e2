"""A standard deviation and a standard error of one mean: their quotient is the root of a number of people.

"mean 52.4 nmol/L (SD 18.0; standard error 1.8)" is of 100 people.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from evsynth.checks.scanned.facts.people_told import people_told
from evsynth.checks.scanned.facts.statistics_told import told_together
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span

CODES = ("STANDARD_ERROR",)

MISSING = 0.8
"""A mean may lack this share of the people counted."""


def error_of_mean(reading: Reading) -> Iterator[Finding]:
    """Check every pair of SD and SE against the numbers of people that the paper tells."""
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend")):
        if "SD" not in line.words and "tandard dev" not in line.words:
            continue
        for group in told_together(line.words):
            if "sd" not in group or "se" not in group or group["se"].start - group["sd"].end > 25:
                continue
            spread, error = span(group["sd"].value), span(group["se"].value)
            if error.low <= 0 or abs(group["se"].start - group["sd"].start) > 60:
                continue
            made = Span((spread.low / error.high) ** 2, (spread.high / error.low) ** 2)
            told = people_told(reading)
            if made.high >= 1 and (not told or any(MISSING * n <= made.high and made.low <= n for n in told)):
                continue
            most = " and ".join(str(n) for n in sorted(told)[-3:])
            yield reading.finding(
                "STANDARD_ERROR", "inconsistent",
                f"SD {group['sd'].value} and standard error {group['se'].value} are inconsistent: they make "
                f"{math.floor(made.low)} to {math.ceil(made.high)} people, a number that the paper does not tell"
                + (f" ({most})" if told else ""),
                "the standard error may be that of a model; otherwise one of both is misprinted",
                quotes=((line.start + min(group["sd"].start, group["se"].start), line.start + max(group[
                    "sd"].end, group["se"].end)),),
                computed=(("people = (SD / SE)²", f"{made.low:.4g} to {made.high:.4g}"),),
            )  # fmt: skip
