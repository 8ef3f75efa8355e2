"""Records of many patients were searched and few included, and the paper does not say why the others were not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.counts import value
from evsynth.checks.scanned.numbers.totals import study_size
from evsynth.checks.scanned.prose import lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("FLOW_UNEXPLAINED",)

_SEARCHED = Expression(
    r"\b(?:screened|reviewed|searched|examined|assessed|identified)\b[^.;]{0,60}?\b(?:records?|charts|files|"
    r"notes|patients)\b[^.;]{0,20}?\b(?P<n>\d{1,3}(?:,\d{3})+|\d{2,6})\b[^.;%]{0,20}?\b(?:patients|cases|subjects|adults|"
    r"children|individuals)\b|"
    r"\b(?P<m>\d{1,3}(?:,\d{3})+|\d{2,6})\s(?:[a-z-]+\s){0,3}(?:patients|cases|subjects|adults|children|individuals)\b"
    r"[^.;%]{0,60}?\b(?:were|was)\s(?:initially |retrospectively )?(?:screened|reviewed|assessed for eligibility)",
    re.I,
)
_REASONS = Expression(
    r"\b\d+\b[^.;]{0,60}\b(?:were|was) (?:excluded|ineligible|not eligible|ruled out)|\bexclu\w+ (?:of )?\(?n? ?=? ?\d|"
    r"\b(?:excluded|ineligible|declined|refused|did not meet)\b[^.;]{0,60}\b\d+|\bflow ?(?:chart|diagram)\b|"
    r"\b(?:after|by) exclu\w+|\bexcluding \d|\bexclu\w+[^.;]{0,80}\(\s?n\s?=",
    re.I,
)
_CRITERIA = Expression(
    r"\b(?:inclusion|exclusion|eligibility|enrol\w+) criteri\w+|\b(?:patients|cases|subjects|adults|children|those)\b"
    r"[^.;]{0,20}\b(?:who|that|meeting|fulfilling|with)\b[^.;]{3,200}?\b(?:were|was) (?:included|eligible|enrolled|"
    r"selected|analy[sz]ed)\b|\b(?:included|enrolled|selected) (?:only )?(?:patients|cases|subjects|adults|children|"
    r"those)\b[^.;]{0,20}\b(?:who|that|meeting|with)\b",
    re.I,
)
TIMES = 2
"""So many times as many patients were searched as included."""


def flow_unexplained(reading: Reading) -> Iterator[Finding]:
    """Find a number of patients searched, at least twice that of the study, with no number of any exclusion.

    A concern, in full texts. Left alone: papers with a flow chart, or with the number of any group left out.
    """
    if reading.document.kind != "full text" or says(reading, _REASONS):
        return
    size = study_size(reading)
    if size is None:
        return
    for line in lines(reading, ("methods", "results", "body")):
        match = _SEARCHED.search(line.words.replace("\n", " "))
        many = value(match["n"] or match["m"]) if match is not None else 0
        if match is not None and many >= TIMES * size:
            yield reading.finding(
                "FLOW_UNEXPLAINED", "concern",
                f"{many} patients were searched and {size} are in the study; "
                + (
                    "who was included is told, and how many were left out for which reason is not"
                    if says(reading, _CRITERIA, ("abstract", "methods", "results", "body"))
                    else "why the others are not is told nowhere"
                ),
                "most may have had another disease; the numbers left out, with reasons, may be in a supplement",
                quotes=(line.piece(match),),
                computed=(("not in the study", str(many - size)),),
            )  # fmt: skip
            return
