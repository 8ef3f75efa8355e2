"""The name of a number that a paper has one of: its kappa, its power, its cut-off, its follow-up, its response rate.

Made for checks that hold two parts of a paper against each other: two numbers of one such name are one number.
"""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.facts_told import Fact
from evsynth.checks.scanned.facts.subjects import subjects
from evsynth.text.expressions import Expression

_LINK = r"[^⟨;.]{0,34}$"
_BEFORE = (
    ("kappa", "bare", rf"\b(?:kappa|κ)\b{_LINK}"),
    ("icc", "bare", rf"\b(?:ICC|intra-?class correlation)\b{_LINK}"),
    ("alpha coefficient", "bare", rf"\bCronbach\S* (?:alpha|α)\b{_LINK}"),
    ("I2", "percent", rf"\bI\s?(?:²|2|\^2){_LINK}"),
    ("power", "percent", rf"\b(?:statistical )?power of {_LINK}"),
    ("area", "bare", rf"\b(?:AUC|AUROC|area under|c-?statistic)\b{_LINK}"),
    ("cut-off", "",
     r"(?<!data )(?<!data-)\b(?:cut-?(?:off|point)|threshold)s?\b(?: (?:value|level|point|score)s?)?[^⟨;.]{0,24}$"),
    ("efficacy", "percent", rf"\b(?:vaccine )?(?:efficacy|effectiveness)\b{_LINK}"),
    ("response rate", "percent", rf"\b(?:response|participation|return) rate\b{_LINK}"),
    ("margin", "", rf"\b(?:non-?inferiority|equivalence) margin\b{_LINK}"),
    ("sensitivity", "percent", r"\bsensitivity\b(?: \([^()]*\))?(?: (?:of|was|were|is|for)\b)?[ ,:=(]{0,3}$"),
    ("specificity", "percent", r"\bspecificity\b(?: \([^()]*\))?(?: (?:of|was|were|is|for)\b)?[ ,:=(]{0,3}$"),
    ("needed", "count", rf"\b(?:numbers? needed to treat|NNT)\b{_LINK}"),
    ("icer", "money", rf"\b(?:ICER|incremental cost-effectiveness ratio)\b{_LINK}"),
    ("follow-up", "time",
     r"\b(?:(?:median|mean)(?: duration| length| time| period)?(?: of)? (?:follow-?up|observation)|"
     r"(?:follow(?:ed|-?up)|observ(?:ed|ation))\b[^⟨;.]{0,24}\b(?:median|mean|average))\b[^⟨;.]{0,30}$"),
)  # fmt: skip
_AFTER = (
    ("power", "percent", r"\s(?:statistical )?power\b"),
    ("efficacy", "percent", r"\s(?:vaccine )?efficacy\b"),
    ("response rate", "percent", r"\s(?:response|participation) rate\b"),
    ("sensitivity", "percent", r"\s(?:sensitivity|sensitive)\b"),
    ("specificity", "percent", r"\s(?:specificity|specific)\b"),
    ("icer", "money", r"\s(?:per|for every|for each) (?:QALY|quality-adjusted)"),
    (
        "centres",
        "count",
        r"[\s-](?:(?!(?:patients?|of|in|at|from|and|to|people|women|children|adults|were|had|or)\b)[a-z-]+ ){0,2}?"
        r"(?:cent(?:er|re)s?|hospitals?|clinics|practices|wards|departments|"
        r"(?:care|participating|stroke|dialysis) units|(?:nursing |care )homes|schools|laboratories)\b",
    ),
    ("countries", "count", r"[\s-]countr(?:y|ies)\b"),
)
_LEADS = tuple((name, sort, Expression(pattern, re.I)) for name, sort, pattern in _BEFORE)
_TAILS = tuple((name, sort, Expression(pattern, re.I)) for name, sort, pattern in _AFTER)
_ALLOTTED = Expression(
    r"\b(?:allocated|assigned|randomi[sz]ed|each|intervention|control|of (?:these|which|them))\b", re.I
)
PLANNED = frozenset({"power", "margin"})
"""Names of numbers that belong to the plan of a study, wherever they are told."""


def name_of(one: Fact) -> str:
    """Give the name of a number, or nothing."""
    if one.sort not in ("bare", "percent", "count", "money", "time", "measure") or one.role == "table":
        return ""
    if one.sort == "measure" and one.unit in ("g", "U"):
        return _dose(one)
    for name, sort, pattern in _LEADS:
        if sort in ("", one.sort) and pattern.search(one.before[-90:]):
            return name
    for name, sort, pattern in _TAILS:
        if sort in ("", one.sort) and pattern.match(one.after):
            return "" if name == "centres" and _ALLOTTED.search(one.words) else name
    return ""


def _dose(one: Fact) -> str:
    """Give the drug that a mass or number of units is a dose of: "azithromycin 500 mg", "500 mg of azithromycin"."""
    if re.search(
        r"\b(?:from|to|total|cumulative|maximum|up to|or|median|mean|increas\w+|reduc\w+) (?:\w+ )?$", one.before
    ):
        return ""
    found = _OF_DRUG.match(one.after) or _DRUG.search(one.before)
    return f"dose of {found[1].lower()}" if found and subjects(found[1]) else ""


_NO_DOSE = Expression(
    r"\b(?:from|to|total|cumulative|maximum|up to|or|median|mean|increas\w+|reduc\w+) (?:\w+ )?$", re.I
)
_OF_DRUG = Expression(
    r"\s?(?:k?g|mg|mcg|µg|m?IU|units?|U)(?: (?:once|twice|oral|intravenous|daily|weekly|a day|i\.v\.))*(?: of)?"
    r" ([a-z]{5,})\b"
)
_DRUG = Expression(r"\b([A-Za-z][a-z]{4,})(?: \([^()]*\))?[ ,:(]{1,2}$")

__all__ = ["PLANNED", "name_of"]
