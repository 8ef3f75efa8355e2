"""Small groups that nobody randomised are called alike because no difference was significant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.groups_with_sizes import SizedGroups, groups_with_sizes
from evsynth.checks.scanned.prose import Line, is_randomised, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("BALANCE_BY_SIGNIFICANCE",)

_ALIKE = Expression(
    r"\bno (?:statistically )?significant (?:intergroup |between-group )?differences?\b[^.;]{0,120}?"
    r"\b(?:baseline|demographic|characteristics|comorbidit\w+)|"
    r"\b(?:baseline|demographic)\b[^.;]{0,120}?\b(?:did not (?:significantly )?differ|(?:were|was) (?:not "
    r"(?:statistically )?(?:significantly )?different|well balanced|comparable|similar))",
    re.I,
)
_MATCHED = Expression(r"\b(?:after|following) (?:matching|weighting|adjust\w+)|\bpropensity\b|\bmatched\b", re.I)
SMALL = 30
"""With fewer patients in a group a difference of half a standard deviation is found in less than half of the studies
(two-sided 5 %, groups of equal size: power 0.48 with 30 each)."""


def balance_by_significance(reading: Reading) -> Iterator[Finding]:
    """Find 'no significant differences at baseline' of groups of fewer than 30 patients without randomisation.

    A concern, once. Left alone: randomised and matched groups.
    """
    told = groups_with_sizes(reading)
    if not told or is_randomised(reading):
        return
    for line in lines(reading, ("results",)):
        found = _ALIKE.search(line.words)
        groups = _nearest(reading, told, line) if found else ()
        if found and groups and min(groups[0].sizes) < SMALL and not _MATCHED.search(line.words):
            yield reading.finding(
                "BALANCE_BY_SIGNIFICANCE", "concern",
                f"groups of {' and '.join(map(str, groups[0].sizes))} are called alike because no difference is "
                    "significant",
                "this is how it is usually written; in small groups a difference that matters is seldom significant, "
                "so look at its size (standardised difference)",
                quotes=(line.piece(found), *groups[0].spots),
            )  # fmt: skip
            return


def _nearest(reading: Reading, told: tuple[SizedGroups, ...], line: Line) -> tuple[SizedGroups, ...]:
    """Give the groups told last before a sentence in its section; else those of a paper with one pair."""
    section = reading.document.sections[line.section]
    own = [g for g in told if section.start <= g.spots[0][0] < line.start]
    if own:
        return (own[-1],)
    return told[:1] if len({tuple(sorted(g.sizes)) for g in told}) == 1 else ()
