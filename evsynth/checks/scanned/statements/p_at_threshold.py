"""A result is called significant or an association, and its P is the threshold: 0.050 where P < 0.05 is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.correlation import correlation_p
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_THRESHOLD = Expression(
    r"\b[Pp](?:[- ]?values?)?\s?(?:of\s)?(?:<|less than|below|smaller than)\s?0?\.05\b[^.;]{0,60}\bsignifican\w+|"
    r"\bsignifican\w+\b[^.;]{0,60}\b[Pp](?:[- ]?values?)?\s?(?:<|less than|below|smaller than)\s?0?\.05\b",
    re.I,
)
_AT = Expression(
    r"\((?:[^()]*?(?:ρ|rho|\br)\s?=\s?(?P<r>[-−]?0?\.\d+)[^()]*?)?\b[Pp]\s?=\s?(?P<p>0?\.050?)(?![\d])[^()]*\)"
)
_CLAIM = Expression(
    r"\b(?:significant(?:ly)?|associated|correlated|predict(?:ed|s|or)|improved|reduced|increased|decreased|"
    r"differed)\b",
    re.I,
)
_DENIED = Expression(
    r"\b(?:no|not|nor|neither|non-?|without|failed|borderline|trend|tend\w*|marginal\w*|almost|close)\b", re.I
)


def p_at_threshold(reading: Reading) -> Iterator[Finding]:
    """Find claims whose P is printed as 0.05 or 0.050 in a paper that calls P < 0.05 significant.

    Inconsistent where the coefficient printed with it gives a P above 0.05 whatever it was before rounding; else a
    note. Left alone: 'borderline', 'trend', and denials.
    """
    if not any(_THRESHOLD.search(x.words) for x in lines(reading, ("methods", "body"))):
        return
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        for match in _AT.finditer(line.words):
            before = line.words[: match.start()]
            claim = _CLAIM.search(before)
            if claim is not None and not _DENIED.search(before):
                yield _finding(reading, line, match)


def _finding(reading: Reading, line: Line, match: re.Match[str]) -> Finding:
    total = study_size(reading)
    computed: tuple[tuple[str, str], ...] = ()
    above = False
    if match["r"] is not None and total is not None:
        values = correlation_p(span(Printed.parse(match["r"])), total)
        above = values.low > 0.05
        computed = ((f"P of the coefficient, n = {total}", f"{values.low:.4f} to {values.high:.4f}"),)
    return reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent" if above else "note",
        f"P {match['p']} is told as an association or a significant result, and P < 0.05 is asked for",
        "the P value may have been just below before rounding" if not above else
        "values from ties or fewer patients may differ; by the printed coefficient P is above 0.05",
        quotes=((line.start + match.start("p"), line.start + match.end("p")), line.piece(match)),
        computed=computed,
    )  # fmt: skip
