"""Thresholds that a paper names for an effect to matter: "the MCID of the WOMAC was set at 10 points"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.effects import NUMBER
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.text.expressions import Expression

_UNIT = (
    r"(?P<unit{}>points?|mm ?Hg|mm|metres|meters|m|kg|letters?|units?|days?|hours?|minutes?|min|(?:percentage |"
    r"per cent )?points?|%)"
)
_NAME = (
    r"(?:MCID|MID\b|minimal(?:ly)?,? (?:clinical(?:ly)?[ -])?(?:important|relevant|significant|detectable) "
    r"(?:difference|change|"
    r"improvement|effect)|(?:clinically|patient)[ -](?:important|relevant|meaningful)[ -](?:difference|change|"
    r"improvement|effect)|"
    r"(?:difference|change|improvement|effect) (?:that (?:is|was) )?(?:usually |generally )?(?:considered|regarded as|"
    r"thought|deemed) (?:to be )?(?:clinically )?(?:important|relevant|meaningful))"
)
_SET = Expression(
    rf"\b{_NAME}\b[^.;\d]{{0,70}}?(?<![\d.,-])(?P<n1>{NUMBER})[ -]?{_UNIT.format(1)}(?![\w-])|"
    rf"(?<![\d.,-])(?P<n2>{NUMBER})[ -]?{_UNIT.format(2)}\s[^.;\d]{{0,25}}?\b(?:as|being|is|was|were|the) (?:an? |"
    rf"the )?{_NAME}\b",
    re.I,
)
_SHORT = Expression(r"\b(?!CI\b|MCID\b|MID\b|SD\b)[A-Z][A-Za-z0-9-]*[A-Z0-9]\b")


class Threshold(NamedTuple):
    """The size of the least effect that matters, its unit, the short names of its measure, and where it is told."""

    size: float
    unit: str
    measures: frozenset[str]
    spot: Spot


def thresholds(reading: Reading) -> Iterator[Threshold]:
    """Give the thresholds for effects that the paper itself names."""
    for line in lines(reading, ("abstract", "methods", "results", "body", "discussion", "conclusion")):
        if not re.search(r"MCID|MID\b|minimal|important|relevant|meaningful", line.words):
            continue
        for match in _SET.finditer(line.words):
            size = match["n1"] or match["n2"]
            names = frozenset(_SHORT.findall(line.words))
            unit = (match["unit1"] or match["unit2"]).lower().rstrip("s")
            yield Threshold(float(size.replace(",", "")), unit, names, line.piece(match))
