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
_KINDS = {
    "imaging": Expression(
        r"\b(?:radiograph\w*|radiolog\w*|imaging|HRCT|CT|MRI|GGOs?|ground[- ]glass|consolidation|fibrosis|reticul\w*|"
        r"honeycomb\w*|lesion (?:volume|load))\b",
        re.I,
    ),
    "inflammation": Expression(
        r"\b(?:inflammat\w*|CRP|C-reactive|ESR|sedimentation|ferritin|IL-\d+|interleukins?|procalcitonin|"
        r"calprotectin|cytokines?)\b",
        re.I,
    ),
    "lung function": Expression(
        r"\b(?:lung function|pulmonary function|spirometr\w*|FVC|FEV1?|DLCO|TLCO|vital capacity|diffusing capacity)\b",
        re.I,
    ),
    "symptoms": Expression(r"\b(?:symptoms?|pain|dyspn\w*|m?MRC|fatigue|cough|breathlessness)\b", re.I),
}
"""Kinds of measures, by the words of which a claim names two and a coefficient joins two."""
_JOINED = Expression(r"\b(?:correlat|associat|synchron|relat|connect|link|concord)\w*|\b(?:between|with|and)\b", re.I)
_BETWEEN = Expression(
    r"\s+between (?P<one>[^.;,()]{3,60}?) and (?P<two>[^.;,()]{3,40}?)(?=\s+(?:following|after|"
    r"during|before|in|at|of|over|with|was|were|is|are)\b|\s*[.;,(\[]|$)",
    re.I,
)
FOLLOWING = 4
"""The coefficients of a claim without any stand in so many sentences after it."""
_NOT = Expression(r"\b(?:no|not|without|lack\w*|neither|nor|less|more|most|than)\b", re.I)


def strength(reading: Reading) -> Iterator[Finding]:
    """Find correlations that are called strong and of which every coefficient lies below 0.50.

    The coefficients are those of the sentence; where it prints none, those of the next sentences of its section that
    make no claim of strength themselves. A claim that names two kinds of measures ("between radiographic and
    inflammatory markers") is held against the coefficients that join these kinds, where any does. Left alone: denials,
    comparisons ("more strongly"), and associations that are no correlations.
    """
    said = list(lines(reading, ("abstract", "results", "body", "discussion", "conclusion")))
    for index, line in enumerate(said):
        match = _SAID.search(line.words)
        if match is None or _NOT.search(line.words[max(0, match.start() - 30) : match.end()]):
            continue
        told = _coefficients(reading, line) or _following(reading, line, said[index + 1 : index + 1 + FOLLOWING])
        between = _BETWEEN.match(line.words, match.end())
        kinds = (_kinds(between["one"]), _kinds(between["two"])) if between else None
        joined = [f for f, pair in told if kinds and _joins(pair, kinds)]
        found = joined or [f for f, _ in told]
        among = f" {' '.join(between[0].split())}" if between and joined else ""
        if found and all(_largest(f) < STRONG for f in found):
            most = max(found, key=lambda f: abs(f.printed.value))
            yield reading.finding(
                "CORRELATION_CALLED_STRONG", "concern",
                f"'{' '.join(match[0].split())}' is said, and the largest coefficient printed for it{among} is "
                f"{most.printed}",
                "'strong' may be meant loosely, or for the P value; conventions begin at 0.50 (Cohen) or "
                    "0.70 (Schober)",
                quotes=(line.piece(match), *((f.start, f.end) for f in found)),
                computed=(("largest coefficient", str(most.printed)), ("r squared", f"{most.printed.value**2:.2f}")),
            )  # fmt: skip


Kinds = tuple[frozenset[str], frozenset[str]]
Coefficient = tuple[Figure, Kinds]


def _following(reading: Reading, line: Line, after: list[Line]) -> list[Coefficient]:
    """Give the coefficients of the sentences after a claim, none of which claims a strength of its own."""
    own = [x for x in after if x.section == line.section and not _SAID.search(x.words)]
    return [found for x in own for found in _coefficients(reading, x)]


def _coefficients(reading: Reading, line: Line) -> list[Coefficient]:
    """Give the coefficients of a sentence, each with the kinds of the two measures that it joins."""
    items = [
        item
        for item in reading.reported
        if item.spot.table is None and item.sort == "correlation" and line.start <= item.start < line.end
    ]
    first = _JOINED.search(line.words)
    subject = _kinds(line.words[: first.start()] if first else "")
    found, last = [], first.end() if first else 0
    for item in items:
        found.append((item.figures[0], (subject, _kinds(line.words[last : item.start - line.start]))))
        last = item.end - line.start
    return found


def _kinds(words: str) -> frozenset[str]:
    return frozenset(kind for kind, pattern in _KINDS.items() if pattern.search(words))


def _joins(pair: Kinds, kinds: Kinds) -> bool:
    """Say whether a coefficient joins a measure of one kind with one of the other, in either order."""
    return all(kinds) and any(a & kinds[0] and b & kinds[1] for a, b in (pair, pair[::-1]))


def _largest(figure: Figure) -> float:
    span = figure.printed.interval()
    return max(abs(float(end)) if end is not None else 1.0 for end in (span.low, span.high))
