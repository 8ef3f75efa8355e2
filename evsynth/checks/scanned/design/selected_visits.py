"""Patients were seen at several visits, and differences are told for single ones, another visit for another outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SELECTED_VISITS",)

_VISITS = Expression(
    r"\b(?:visits?|assess\w*|evaluat\w*|measured|followed(?: up)?|examin\w*|recorded)\b[^.;]{0,80}?"
    r"(?:\bbaseline\b[^.;\d]{0,12})?(?P<list>\d{1,2}(?:,\s?(?:and\s)?\d{1,2}){1,5},?\s(?:and|or)\s\d{1,2})\s"
    r"(?P<unit>months?|weeks?|days?|years?)\b",
    re.I,
)
_AT = Expression(
    r"\bat (?:the )?(?:month |week )?(?P<n>\d{1,2})(?:th|st|nd|rd)?[ -]?(?P<unit>months?|weeks?|days?|years?)?\b", re.I
)
_SIGNIFICANT = Expression(r"(?<!no )(?<!not )(?<!non-)\bsignifican\w+", re.I)
_ALL = Expression(
    r"\b(?:all|each|every|any) (?:visits?|time[- ]?points?)\b|\bonly at\b|\bover time\b|\binteraction\b", re.I
)


def selected_visits(reading: Reading) -> Iterator[Finding]:
    """Find a sentence that calls outcomes significant at different single visits of at least three, once for a paper.

    A concern: with several outcomes at several visits some differences are significant by chance. Left alone:
    sentences that speak of all visits, or say 'only at', and studies with fewer visits.
    """
    for planned in lines(reading, ("methods", "body", "abstract")):
        listed = _VISITS.search(planned.words)
        if listed is None:
            continue
        visits = {int(n) for n in re.findall(r"\d+", listed["list"])}
        for line in lines(reading, ("results", "abstract")):
            times = _times(line, listed["unit"])
            if len(times) == 2 and len(visits) > 2 and times <= visits and not _ALL.search(line.words):
                yield reading.finding(
                    "SELECTED_VISITS", "concern",
                    f"differences are told at {' and '.join(str(t) for t in sorted(times))} {listed['unit']}, another "
                    f"visit for another outcome, of {len(visits)} visits",
                    "the other visits may stand in a figure or supplement; with many comparisons some are significant "
                    "by chance",
                    quotes=(line.whole, planned.piece(listed)),
                )  # fmt: skip
                return


def _times(line: Line, unit: str) -> set[int]:
    """Give the times at which a sentence calls something significant, where it names several in one unit."""
    first = _SIGNIFICANT.search(line.words)
    if first is None:
        return set()
    stem = unit.lower().rstrip("s")
    return {
        int(m["n"])
        for m in _AT.finditer(line.words, first.end())
        if (m["unit"] or unit).lower().rstrip("s") == stem
    }  # fmt: skip
