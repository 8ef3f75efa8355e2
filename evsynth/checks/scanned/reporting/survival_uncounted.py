"""Survival that is said to differ, in a paper that gives neither the rates nor the deaths."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SURVIVAL_UNCOUNTED",)

_SAID = Expression(
    r"\b(?:\d+|one|two|three|five)[- ](?:year|month|week|day)s? (?:overall |cumulative )?(?:survival|mortality)"
    r"(?: rates?)?\b[^.;]{0,120}\b(?:improv\w+|better|higher|lower|increas\w+|reduc\w+|differ\w*|superior)\b|"
    r"\b(?:improv\w+|better|higher|lower|increas\w+|reduc\w+|superior)\b[^.;]{0,60}\b(?:\d+|one|two|three|five)"
    r"[- ](?:year|month|week|day)s? (?:overall |cumulative )?(?:survival|mortality)\b",
    re.I,
)
_RATE = Expression(
    r"\b(?:surviv\w+|mortality|deaths?|died|dead|alive|fatal\w*)\b[^.;]{0,80}?\d+(?:\.\d+)? ?%|"
    r"\d+(?:\.\d+)? ?%[^.;]{0,60}\b(?:surviv\w+|mortality|deaths?|died|dead|alive)\b|"
    r"\b\d+(?:/\d+| of \d+)? (?:\([^)]*\) )?(?:\w+ ){0,3}(?:deaths|died|survived|were alive)\b|"
    r"\b(?:deaths?|died|survivors?)\b[^.;]{0,25}\b\d+\b(?! ?(?:months?|years?|weeks?|days?))",
    re.I,
)


def survival_uncounted(reading: Reading) -> Iterator[Finding]:
    """Find survival at some time that is said to differ, where no rate and no number of deaths is printed anywhere.

    A concern, in full texts, at the first such sentence of the results. Left alone: rates or deaths in the text, a
    table or a legend.
    """
    document = reading.document
    if document.kind != "full text":
        return
    said = next(((x, m) for x in lines(reading, ("results",)) if (m := _SAID.search(x.words))), None)
    if said is None:
        return
    if any(
        re.search(r"surviv|death|died|mortality|dead", row.label.text, re.I) for t in document.tables for row in t.rows
    ):
        return
    if any(_RATE.search(x.words) for x in lines(reading, ("abstract", "results", "body", "figure legend"))):
        return
    line, match = said
    yield reading.finding(
        "SURVIVAL_UNCOUNTED", "concern",
        f"'{' '.join(match[0].split())}': neither the rates nor the deaths of the groups are printed",
        "they may be read from a figure or stand in a supplement; without them the difference cannot be checked",
        quotes=(line.whole,),
    )  # fmt: skip
