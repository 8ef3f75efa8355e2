"""Another outcome is called primary in the abstract than in the methods, which call the abstract's one secondary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.identity import key
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("ENDPOINT_DIFFERS",)

_PRIMARY = Expression(
    r"\b(?:primary|main|principal)\s+(?:efficacy |study |clinical )?(?:outcome|end[- ]?point)(?: measure| variable)?\s+"
    r"(?:was|is|of (?:the|this) (?:study|trial) was)\s+(?:defined as\s+)?(?P<what>[^.;]{4,160}?)"
    r"(?=,? (?:and|while|whereas|with) (?:the )?(?:key )?secondary|[.;]|$)", re.I,
)  # fmt: skip
_SECONDARY = Expression(r"\bsecondary\s+(?:efficacy |study |clinical )?(?:outcome|end[- ]?point)", re.I)
_RESULT = Expression(
    r"\b(?:met|reached|achieved|not|similar|higher|lower|\d+(?:\.\d+)?\s*%|observed|seen|occurred|reported|lost|"
    r"available|missing|analy[sz]ed|changed|composite)\b", re.I,
)  # fmt: skip
_GENERAL = frozenset(
    "change difference from baseline at in week month year day hour within after between mean median rate proportion "
    "percentage time score occurrence incidence any of all time first total number patient with who relative absolute "
    "modified index measured assessed defined clinical primary end point outcome follow up treatment group study "
    "during over reduction improvement least more than by on an".split()
)
_SAME = (
    frozenset("survival death died mortality alive".split()),
    frozenset("relapse recurrence flare exacerbation".split()),
    frozenset("admission hospitalisation hospitalization readmission".split()),
    frozenset("pressure hypertension bp systolic diastolic".split()),
    frozenset("fvc vital capacity lung function pulmonary".split()),
    frozenset("weight bmi body".split()),
    frozenset("bleeding haemorrhage hemorrhage".split()),
)


def endpoint_named(reading: Reading) -> Iterator[Finding]:
    """Compare the primary outcome of the abstract with that of the methods.

    The two must have no word in common and none for the same thing, and the methods must name the abstract's among
    the secondary outcomes by two words, or by its abbreviation. Left alone: several primary outcomes, and results.
    """
    told = _first(reading, "abstract")
    defined = _first(reading, "methods")
    if told is None or defined is None or told[0] & defined[0]:
        return
    if any(told[0] & same and defined[0] & same for same in _SAME):
        return
    for line in lines(reading, ("methods",)):
        match = _SECONDARY.search(line.words)
        listed = key(line.words[match.end() :]) & told[0] if match else frozenset()
        if len(listed) >= 2 or any(re.search(rf"\b{w}\b", line.words, re.I) for w in told[2] if listed):
            yield reading.finding(
                "ENDPOINT_DIFFERS", "inconsistent",
                "the primary outcome of the abstract is inconsistent with the methods, which call it a secondary one",
                "the outcome may have been changed after registration; or one of the two is left over from a draft",
                quotes=(told[1], defined[1]),
            )  # fmt: skip
            return


def _first(reading: Reading, role: str) -> tuple[frozenset[str], Spot, tuple[str, ...]] | None:
    """Give the words of the one outcome that is called primary in a section, where it stands, and its abbreviations."""
    found: list[tuple[Line, re.Match[str]]] = []
    for line in lines(reading, ("abstract", "methods")):
        if line.role == role:
            found += [(line, m) for m in _PRIMARY.finditer(line.words) if not _RESULT.search(m["what"])]
    if len({key(m["what"]) for _, m in found}) != 1:
        return None
    line, match = found[0]
    words = frozenset(w for w in key(match["what"]) if w not in _GENERAL and not w.isdigit())
    shorts = tuple(re.findall(r"\b[a-z]?[A-Z][A-Za-z0-9-]*[A-Z0-9]\b", match["what"]))
    return (words, line.piece(match), shorts) if words else None


__all__ = ["CODES", "endpoint_named"]
