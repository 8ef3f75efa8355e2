"""A ratio is called higher or lower than it is: 'a lower risk (HR 1.4)'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RATIO_DIRECTION",)

_EVENT = (
    r"(?:risk|hazard|odds|mortality|death|rate of (?:death|relapse|infection)|likelihood|probability|incidence|"
    r"relapse(?: rate)?s?|events?)"
)
_GAP = r"(?:(?!\b(?:was|were|is|are|associat\w*|predict\w*|had)\b)[^.;()]){0,30}?"
"""No verb: "lower albumin was associated with death" says that more die."""

_HIGHER = Expression(
    rf"\b(?:higher|increased?|greater|elevated|raised|more likely)\b{_GAP}\b{_EVENT}\b|\brisk factor\b|"
    r"\b(?:positively|directly) (?:and \w+ )?(?:associated|related|correlated|linked)\b|"
    rf"\b{_EVENT}\b[^.;()]{{0,25}}?\b(?:rose|increased|climbed|grew) (?:with|as|for|in|among|after|by)\b|"
    rf"\b{_EVENT}\s+(?:was|were)\s+(?:\w+ly\s+)?(?:higher|increased|greater)\b|"
    r"\bsurvival\b[^.;()]{0,30}?\b(?:worse|shorter|poorer|lower)\b|\b(?:worse|shorter|poorer|lower) (?:overall "
    r")?survival\b",
    re.I,
)
_LOWER = Expression(
    rf"\b(?:lower|reduced?|decreased?|less likely|diminished)\b{_GAP}\b{_EVENT}\b|\bprotective\b|"
    r"\b(?:inversely|negatively) (?:and \w+ )?(?:associated|related|correlated|linked)\b|"
    rf"\b{_EVENT}\b[^.;()]{{0,25}}?\b(?:fell|decreased|declined|dropped) (?:with|as|for|in|among|after|by)\b|"
    rf"\b{_EVENT}\s+(?:was|were)\s+(?:\w+ly\s+)?(?:lower|reduced|decreased)\b|"
    r"\bsurvival\b[^.;()]{0,30}?\b(?:better|longer|higher|improved)\b|\b(?:better|longer|higher|improved) "
    r"(?:overall )?survival\b",
    re.I,
)
_TURNED = Expression(
    r"\bper\b|\blower (?:level|score|value|dose|baseline)|\breduced (?:dose|function)|\blow\b|\bversus\b|"
    r"\bcompared (?:with|to)\b|\breference\b|\bthan\b",
    re.I,
)


def ratio_direction(reading: Reading) -> Iterator[Finding]:
    """Compare words of direction with a hazard, odds or risk ratio and its interval in one clause.

    Judged only where estimate and interval lie wholly on the other side of 1. Left alone: clauses with words of both
    directions, comparisons that name two groups (either may be the reference), several ratios, and discussions.
    """
    ratios = [
        r
        for r in reading.reported
        if r.measure in ("hazard_ratio", "odds_ratio", "risk_ratio") and r.spot.table is None
    ]
    for line in lines(reading, ("abstract", "results", "body")):
        for clause in clauses(line):
            items = [r for r in ratios if clause.start <= r.start < clause.end]
            if len(items) != 1 or _TURNED.search(clause.words):
                continue
            item = items[0]
            higher, lower = _HIGHER.search(clause.words), _LOWER.search(clause.words)
            limits = [item.figure(name) for name in ("lower", "upper")]
            if bool(higher) == bool(lower) or any(f is None for f in limits):
                continue
            values = [float(f.printed.value) for f in limits if f is not None]
            said = higher or lower
            if said is not None and "ersely" in said[0] and clause.start + said.start() > item.start:
                continue  # "with A (OR 1.48) and inversely associated with B"
            if said is not None and ((higher and max(values) < 1) or (lower and min(values) > 1)):
                yield reading.finding(
                    "RATIO_DIRECTION", "concern" if said[0].lower() == "protective" else "inconsistent",
                    f"'{' '.join(said[0].split())}' is inconsistent with the direction of "
                        f"{' '.join(item.text.split())}",
                    "the ratio may be printed for the other group as reference, or for survival rather than death",
                    quotes=((min(clause.piece(said)[0], item.start), max(clause.piece(said)[1], item.end)),),
                )  # fmt: skip
