"""A legend names the log-rank test for what is no time to an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("LOG_RANK_WITHOUT_TIMES",)

_LOG_RANK = Expression(r"\blog-?\s?rank\b", re.I)
_TIMES = Expression(
    r"\bsurviv\w*|\bkaplan|\btime[- ](?:to|until|from)|\bcumulative|\bincidence|\bhazard|\brelaps\w*|\brecurren\w*|"
    r"\bmortality|\bdeaths?\b|\bevents?\b|\bprobability|\bfree(?:dom)?\b|\brates?\b|\bfailure|\bcurves?\b|"
    r"\bprogression|"
    r"\bremission|\bretention|\bpersistence|\bcox\b|\bOS\b|\bPFS\b|\bDFS\b",
    re.I,
)
_MEASURED = Expression(r"\b(?:scores?|scales?|index|test|levels?|changes?|values?|walking|volume|dose)\b", re.I)


def survival_test(reading: Reading) -> Iterator[Finding]:
    """Find legends that name the log-rank test and speak of scores, levels or changes, and of no event."""
    for legend in reading.document.legends:
        words = reading.document.plain[legend.start : legend.end]
        found = _LOG_RANK.search(words)
        if found and not _TIMES.search(words) and _MEASURED.search(words):
            yield reading.finding(
                "LOG_RANK_WITHOUT_TIMES", "concern",
                f"the legend of Figure {legend.number} names the log-rank test, which compares times to an event, and "
                "names no event",
                "the time until a score improved may be meant, or the name of the test may stand from another legend",
                quotes=((legend.start + found.start(), legend.start + found.end()),),
            )  # fmt: skip
