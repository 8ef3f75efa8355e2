"""The abstract calls the treatment safe, and leaves out a graver event that the results count in many patients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("HARMS_LEFT_OUT",)

_SAFETY = Expression(
    r"\badverse (?:events?|effects?|reactions?)\b|\bside[- ]effects?\b|\bcomplications?\b|\btoxicit\w+\b|"
    r"\bsafety\b|\bwell[- ]tolerated\b|\btolerab\w+",
    re.I,
)
_NAMED = Expression(r"\b(?:most (?:common|frequent) adverse|main adverse|manageable|acceptable|well[- ]tolerated|"
                    r"favou?rable safety|good safety)", re.I)  # fmt: skip
_GRAVE = Expression(
    r"\b(?P<what>(?:serious |severe |opportunistic |grade 3[- ]?4? )?infections?|sepsis|pneumonias?|malignanc\w+|"
    r"(?:acute )?(?:kidney|renal) (?:failure|injury)|h(?:a)?emorrhages?|strokes?|perforations?|thromboembol\w+|"
    r"serious adverse events?)\b"
    r"[^.;,]{0,40}?\b(?:occurred|developed|(?:were|was) (?:observed|reported|seen|noted|recorded))\b"
    r"[^.;]{0,20}?(?P<n>\d+) (?:patients |participants |cases )?\(\s?(?P<percent>\d+(?:\.\d+)?)\s?%",
    re.I,
)
FREQUENT = 10.0
"""Percent of the patients from which a grave event is called frequent: "very common" in the CIOMS grading is 10 %."""


def harms_left_out(reading: Reading) -> Iterator[Finding]:
    """Find an infection, bleeding or other grave event in 10 % of the patients or more that the abstract leaves out.

    A concern, in full texts whose abstract speaks of safety and calls it good or names another event. Left alone:
    abstracts that name the event, or give the share of patients with any or with serious events.
    """
    if reading.document.kind != "full text":
        return
    abstract = list(lines(reading, ("abstract",)))
    said = [x for x in abstract if _SAFETY.search(x.words) and _NAMED.search(x.words)]
    if not said:
        return
    for line in lines(reading, ("results",)):
        found = _GRAVE.search(line.words)
        if found and float(found["percent"]) >= FREQUENT and not _told(abstract, found["what"]):
            yield reading.finding(
                "HARMS_LEFT_OUT", "concern",
                f"{found['what'].lower()} in {found['percent']}% of the patients, and the abstract, which speaks of "
                    "safety, does not name them",
                "there may have been no room, or they are thought to come from the disease; who reads the abstract "
                "alone learns of milder events only",
                quotes=(line.piece(found), said[0].whole),
            )  # fmt: skip
            return


def _told(abstract: list[Line], what: str) -> bool:
    stem = re.split(r"\s", what.lower())[-1][:7]
    return any(
        stem in x.words.lower() or re.search(r"\b(?:serious|severe|any) adverse[^.;]{0,40}\d", x.words, re.I)
        for x in abstract
    )
