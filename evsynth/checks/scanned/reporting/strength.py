"""A correlation is called strong, and no usual convention calls its coefficient so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure
from evsynth.text.expressions import Expression

CODES = ("CORRELATION_CALLED_STRONG",)

STRONG = 0.50
"""The lowest coefficient that any usual convention calls strong: 0.50 by Cohen 1988 (doi 10.4324/9780203771587), 0.70
by Schober et al. 2018 (doi 10.1213/ANE.0000000000002864)."""

_SAID = Expression(
    r"\b(?:strong(?:ly)?|high(?:ly)?|excellent|close(?:ly)?|tight(?:ly)?)\s+(?:(?:and|positive(?:ly)?|negative(?:ly)?|"
    r"inverse(?:ly)?|linear|direct|statistically|significant(?:ly)?)\s+)*(?:correlat\w*|associations?|associated|"
    r"relationships?|concordance)\b|\bcorrelat\w+\s+(?:very\s+)?(?:strongly|highly|closely)\b",
    re.I,
)
_NOT = Expression(r"\b(?:no|not|without|lack\w*|neither|nor|less|more|most|than)\b", re.I)


def strength(reading: Reading) -> Iterator[Finding]:
    """Find correlations that are called strong and of which every coefficient lies below 0.50.

    The coefficients are those of the sentence; where it prints none, those of the next one of its section. Left alone:
    denials, comparisons ("more strongly"), and associations that are no correlations.
    """
    said = list(lines(reading, ("abstract", "results", "body", "discussion", "conclusion")))
    for index, line in enumerate(said):
        match = _SAID.search(line.words)
        if match is None or _NOT.search(line.words[max(0, match.start() - 30) : match.end()]):
            continue
        found = _coefficients(reading, line)
        if not found and index + 1 < len(said) and said[index + 1].section == line.section:
            found = _coefficients(reading, said[index + 1])
        if found and all(_largest(f) < STRONG for f in found):
            most = max(found, key=lambda f: abs(f.printed.value))
            yield reading.finding(
                "CORRELATION_CALLED_STRONG", "concern",
                f"'{' '.join(match[0].split())}' is said where no coefficient exceeds {most.printed}",
                "'strong' may be meant loosely, or for the P value; conventions begin at 0.50 (Cohen) or "
                    "0.70 (Schober)",
                quotes=(line.piece(match), *((f.start, f.end) for f in found)),
                computed=(("largest coefficient", str(most.printed)), ("r squared", f"{most.printed.value**2:.2f}")),
            )  # fmt: skip


def _coefficients(reading: Reading, line: Line) -> list[Figure]:
    return [
        item.figures[0]
        for item in reading.reported
        if item.spot.table is None and item.sort == "correlation" and line.start <= item.start < line.end
    ]


def _largest(figure: Figure) -> float:
    span = figure.printed.interval()
    return max(abs(float(end)) if end is not None else 1.0 for end in (span.low, span.high))
