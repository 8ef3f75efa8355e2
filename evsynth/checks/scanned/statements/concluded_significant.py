"""'X significantly lowered mortality' in a conclusion, where the only P of mortality is not below 0.05."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.statements.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.statements.levels import above, below, other_level
from evsynth.model.finding import Finding
from evsynth.scan.parts import Figure

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_VERB = (
    r"(?:lower(?:s|ed)?|reduc(?:es?|ed)|decreas(?:es?|ed)|increas(?:es?|ed)|improv(?:es?|ed)|shorten(?:s|ed)?|"
    r"prolong(?:s|ed)?|rais(?:es?|ed)|affect(?:s|ed)?|prevent(?:s|ed)?)"
)
_OBJECT = re.compile(
    rf"\b(?:significantly {_VERB}|{_VERB} significantly|(?:a|led to a|had a) significant (?:reduction|increase|"
    rf"decrease|"
    rf"improvement|effect|benefit) (?:in|of|on|for))\s+(?:the )?(?P<what>[^.;,:()]{{3,70}}?)"
    r"(?=\s+(?:compared|than|in|among|at|by|without|but|and|when|versus|after|with|over|for|relative)\b|\s*[.;,:(]|"
    r"\s*$)",
    re.I,
)
_SUBJECT = re.compile(
    r"(?:^|[.;,:]|\bthat\b|\band\b)\s*(?:the )?(?P<what>[^.;,:()]{3,60}?)\s+(?:was|were)\s+significantly "
    r"(?:lower|higher|shorter|longer|improved|reduced|increased|better|less|more|fewer|decreased|prolonged)\b",
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:not|no|nor|neither|without|fail\w*|clinically|trend|may|might|could|subgroup|adjust\w*|among those|whether|"
    r"previous\w*|meta-analys\w*|noninferior\w*|non-inferior\w*|within|from baseline|both groups|over time)\b",
    re.I,
)
_INTERVAL_OUT = re.compile(
    r"\b(?:subgroup|interaction|baseline|heterogeneity|adjust\w*|trend|post hoc|sensitivity)\b", re.I
)


def concluded_significant(reading: Reading) -> Iterator[Finding]:
    """Compare a significant effect in the conclusion with every P value that the results print for that outcome.

    The outcome's words must all stand in a sentence of results before its P values; none of them may be below 0.05,
    in text or tables. Left alone: hedges, changes in time, subgroups, and another level of significance.
    """
    if other_level(reading):
        return
    for line in concluding(reading):
        if _HEDGED.search(line.words):
            continue
        for match in (*_OBJECT.finditer(line.words), *_SUBJECT.finditer(line.words)):
            figures = _ps(reading, match["what"])
            if figures:
                shown = ", ".join(f"P {f.printed}" for f in figures)
                yield reading.finding(
                    "SIGNIFICANCE_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with {shown}, printed for it in the results",
                    "an adjusted or a later comparison may be meant; otherwise the conclusion says more than the "
                    "results",
                    quotes=(line.piece(match), *((f.start, f.end) for f in figures)), computed=(("alpha", "0.05"),),
                )  # fmt: skip
                return


def _ps(reading: Reading, what: str) -> list[Figure]:
    """Give all P values of an outcome, if there are any and none is below 0.05."""
    wanted, numbers = stems(what), set(re.findall(r"[0-9]+", what))
    if not wanted:
        return []
    found: list[Figure] = []
    for line in before_conclusion(reading):
        if not wanted <= stems(line.words) or not numbers <= set(re.findall(r"[0-9]+", line.words)):
            continue
        own = list(_figures(reading, line))
        if any(below(f.printed) for f in own) or (own and _INTERVAL_OUT.search(line.words)):
            return []
        first = [f for f in own if above(f.printed)]
        if len(own) > 1 or len(first) != len(own):
            return []
        if first and wanted <= stems(line.words[: first[0].start - line.start]):
            found += first
    for row in table_lines(reading):
        if wanted & stems(row.label) and row.p is not None:
            p = row.p.figure("p")
            if p is None or below(p.printed):
                return []
    return found if len(found) == 1 else []


def _figures(reading: Reading, line: Line) -> Iterator[Figure]:
    for item in reading.reported:
        if item.spot.table is None and line.start <= item.start < line.end:
            figure = item.figure("p")
            if figure is not None and item.measure != "threshold":
                yield figure
