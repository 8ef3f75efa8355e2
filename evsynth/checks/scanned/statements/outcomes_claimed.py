"""'The drug reduced strokes and deaths' in the conclusion, where the only test of deaths is far from significant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import before_conclusion, concluding, stems
from evsynth.checks.scanned.facts.levels import other_level
from evsynth.checks.scanned.facts.tested import Tested, holds, tested
from evsynth.checks.scanned.identity import table_lines
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_EFFECT = Expression(
    r"\b(?P<verb>reduce[sd]?|lower(?:s|ed)|prevent(?:s|ed)|improve[sd]|shorten(?:s|ed)|prolong(?:s|ed)|increase[sd]|"
    r"decrease[sd])\s(?:the\s)?(?:(?:risks?|rates?|incidence|frequency|number|odds|occurrence)\sof\s)?"
    r"(?P<what>[^.;:()]{3,90}?)"
    r"(?=\s+(?:and (?:reduc|lower|prevent|improv|shorten|prolong|increas|decreas)\w+|"
    r"compared|than|in|among|at|by|without|but|when|versus|after|with|over|for|relative|during|through|as|"
    r"to|from|while|whereas|which|that)\b|\s*[.;:(]|\s*$)",
    re.I,
)
_LIST = Expression(r",\s*(?:and\s+|or\s+)?|\s+and\s+(?:of\s+)?(?:the\s+)?")
_HEDGED = Expression(
    r"\b(?:not|no|nor|neither|without|fail\w*|trend\w*|tend\w*|may|might|could|can|would|should|appear\w*|seem\w*|"
    r"subgroup\w*|adjust\w*|whether|previous\w*|meta-analys\w*|non-?\s?inferior\w*|within|baseline|both groups|over "
    r"time|earlier|others|literature|numerical\w*|slight\w*|suggest\w*|potential\w*|promis\w*|patients (?:who|with)|"
    r"predict\w*|associat\w*|if|significant\w*)\b",
    re.I,
)
_OUT = Expression(
    r"\bgroup (?:\d|[A-D])\b|\b(?:subgroup|interaction|baseline|heterogeneity|trend|post hoc|sensitivity|non-?\s?"
    r"inferior\w*|equivalen\w*)\b",
    re.I,
)
_MODEL = Expression(r"\b(?:rats?|mice|mouse|cells?|in vitro|rabbits?|model)\b", re.I)
_SAYS = Expression(r"(?<!not )(?<!non-)(?<!no )\bsignificant(?:ly)?\b", re.I)
FAR = 0.1
"""Least P that is far from significant: nearer ones are often told as an effect, with reservations."""


def outcomes_claimed(reading: Reading) -> Iterator[Finding]:
    """Compare each outcome that a conclusion says was changed with the only test of it in the results.

    Inconsistent where that test has a P of 0.10 or more, and no sentence or row calls a change of the outcome
    significant. Left alone: hedges, changes in time, subgroups, outcomes with several tests or rows in a table.
    """
    if other_level(reading):
        return
    made: list[Tested] | None = None
    for line in concluding(reading):
        if _HEDGED.search(line.words) or _MODEL.search(line.words):
            continue
        for match in _EFFECT.finditer(line.words):
            made = list(tested(reading)) if made is None else made
            for what in _LIST.split(match["what"]):
                against = _only_test(reading, made, line, what)
                if against is not None:
                    yield _finding(reading, line, match, what, against)
                    return


def _only_test(reading: Reading, made: list[Tested], line: Line, what: str) -> Tested | None:
    wanted = stems(what)
    about = [t for t in made if t.line.start != line.start and wanted and holds(wanted, t.about)]
    if len(about) != 1 or about[0].significant or _OUT.search(about[0].line.words):
        return None
    said = re.search(r"P\s?[=>]?\s?(0?\.\d+|1\.0+)", about[0].printed)
    if said is None or float(said[1]) < FAR:
        return None
    for other in before_conclusion(reading):
        if other.start != about[0].line.start and wanted & stems(other.words) and _SAYS.search(other.words):
            return None
    if any(wanted & stems(row.label) for row in table_lines(reading)):
        return None
    return about[0]


def _finding(reading: Reading, line: Line, match: re.Match[str], what: str, against: Tested) -> Finding:
    return reading.finding(
        "SIGNIFICANCE_CONTRADICTS", "inconsistent",
        f"'{match['verb']} {' '.join(what.split())}' is inconsistent with {against.printed}, the only test of it in "
        "the results",
        "a difference of the averages may be meant, or another test; otherwise the conclusion says more than the "
        "results",
        quotes=(line.piece(match), against.spot), computed=(("alpha", "0.05"),),
    )  # fmt: skip
