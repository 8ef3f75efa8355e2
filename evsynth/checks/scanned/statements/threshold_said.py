"""'Exceeded the 2-point threshold', 'fell short of the MCID', against the difference told with it, or before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import NUMBER, effects
from evsynth.checks.scanned.facts.estimates_known import Estimate, estimates_known
from evsynth.checks.scanned.facts.thresholds import thresholds
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding, Severity
from evsynth.text.expressions import Expression

CODES = ("THRESHOLD_SAID",)

_MORE = (
    r"exceed(?:s|ed|ing)|surpass(?:es|ed|ing)|(?:was|were|is|are|being|lay|lies|well|clearly) (?:\w+ly |well |far "
    r")?(?:above|"
    r"larger than|greater than|more than|beyond|over)"
)
_LESS = (
    r"fell short of|falls short of|(?:did|does|do) not (?:\w+ )?(?:reach|exceed|attain|meet|surpass)|fail(?:s|ed) "
    r"to (?:reach|"
    r"exceed|attain|meet)|(?:was|were|is|are|being|lay|lies|remained|stayed) (?:\w+ly |well |far )?(?:below|under|"
    r"less than|"
    r"smaller than|short of)"
)
_UNIT = r"(?:points?|mm ?Hg|mm|metres|meters|m|kg|letters?|units?|days?|hours?|minutes?|min|percentage points?|%)"
_LIMIT = (
    rf"(?:(?:the|its|their|this|our|a|an) )?(?:[a-z]+ ){{0,3}}?(?:(?P<n1>{NUMBER})[- ]?{_UNIT} (?:[a-z]+ "
    rf"){{0,4}}?(?:threshold|"
    rf"MCID|MID|difference|margin|cut-?off|minim\w+)|(?:[a-z]+ ){{0,3}}?(?:threshold|MCID|MID|(?:clinically "
    rf")?important "
    rf"(?:difference|change)|minimum)(?: \(?(?:MCID|MID)\)?)?(?: for [A-Za-z0-9-]+)? ?(?:of |\()(?P<n2>{NUMBER}) "
    rf"?{_UNIT}|"
    rf"(?P<named>MCID|MID\b|minimal(?:ly)? (?:clinically )?important (?:difference|change)|threshold (?:of|for) "
    rf"(?:clinical )?(?:relevance|importance))|"
    rf"(?P<n3>{NUMBER}) ?{_UNIT} (?:that |which )?(?:is |are |was |were |usually |generally |commonly |"
    rf")*(?:regarded|considered|"
    rf"thought|deemed|taken))"
)
_CLAIM = Expression(rf"\b(?:(?P<less>{_LESS})|(?P<more>{_MORE})) {_LIMIT}(?![\w])", re.I)
_SUBJECT = Expression(
    r"\b(?:effects?|differences?|improvements?|changes?|gains?|reductions?|benefits?|advantages?|decreases?|"
    r"increases?|mean|it|"
    r"which|estimates?)\b", re.I,
)  # fmt: skip
_PEOPLE = Expression(
    r"\b(?:patients|participants|proportion|percentage of|number of|those|who|if|whether|would|should|may|might|"
    r"could|limits?|"
    r"bounds?|intervals?|half of|defined|power|assum\w+|expected|sample size|both groups|each group|within|all|"
    r"none|some|"
    r"previous\w*|et al|trials|studies)\b", re.I,
)  # fmt: skip
_HALF = Expression(r"\b(?:half|third|quarter|twice|double) (?:of )?$", re.I)
_SHORT = Expression(r"\b(?!CI\b|MCID\b|MID\b|SD\b|CrI\b|COPD\b)[A-Z][A-Za-z0-9-]*[A-Z0-9]\b")
MOST = 3
"""Differences, at most, that a claim without a number may be about."""


def threshold_said(reading: Reading) -> Iterator[Finding]:
    """Compare "exceeded", or "fell short of", a threshold with the difference it is about.

    The difference is the one with an interval before the claim in its sentence; else every difference of the results
    whose words hold a short name (CAT, WOMAC) that the claim or the threshold has. All must say the opposite. Left
    alone: shares of patients, limits of intervals, changes within groups, conditions, differences equal to the limit.
    """
    known: list[Estimate] | None = None
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        for match in _CLAIM.finditer(line.words):
            clause = re.split(r"[;:]\s|,\s(?:but|and|while|whereas)\s", line.words[: match.start()])[-1]
            if not _SUBJECT.search(clause) or _PEOPLE.search(clause) or _HALF.search(line.words[: match.end()]):
                continue
            found = _limit(reading, line, match)
            if found is None:
                continue
            size, names = found
            known = list(estimates_known(reading)) if known is None else known
            meant, severity = _meant(line, match, names, known)
            wrong = [e for e in meant if _short(e, size) == (match["less"] is None) and abs(float(e.value)) != size]
            if wrong and len(wrong) == len(meant):
                shown = ", ".join(str(e.value) for e in wrong)
                yield reading.finding(
                    "THRESHOLD_SAID", severity,
                    f"'{' '.join(match[0].split())}' is inconsistent with {shown}, held against {size:g}",
                    "another time or another scale may be meant; otherwise the word or the number is wrong",
                    quotes=(line.piece(match), *(e.spot for e in wrong)), computed=(("threshold", f"{size:g}"),),
                )  # fmt: skip


def _short(e: Estimate, size: float) -> bool:
    return abs(float(e.value)) < size


def _limit(reading: Reading, line: Line, match: re.Match[str]) -> tuple[float, frozenset[str]] | None:
    """Give the threshold of a claim, and the short names of the measure it is for."""
    own = frozenset(_SHORT.findall(line.words))
    said = match["n1"] or match["n2"] or match["n3"]
    if said:
        return float(said.replace(",", "")), own
    told = list(thresholds(reading))
    if own:
        told = [t for t in told if t.measures & own] or [t for t in told if not t.measures]
    if len({t.size for t in told}) != 1:
        return None
    return told[0].size, own or told[0].measures


def _meant(
    line: Line, match: re.Match[str], names: frozenset[str], known: list[Estimate]
) -> tuple[list[Estimate], Severity]:
    here = [e for e in effects(line) if e.end <= line.start + match.start() and e.value is not None]
    if here:
        e = here[-1]
        gap = line.words[e.end - line.start : match.start()]
        if e.kind != "difference" or len(here) > 1 or re.search(r";|\bwhereas\b|\bwhile\b", gap):
            return [], "concern"
        assert e.value is not None
        return [Estimate(e.value, e.low, e.high, False, e.p, frozenset(), "", e.spot)], "inconsistent"
    found = [e for e in known if e.ratio is False and names & set(_SHORT.findall(e.words.split(" | ")[0]))]
    values = {abs(float(e.value)) for e in found}
    return (found if 0 < len(values) <= MOST else []), "concern"
