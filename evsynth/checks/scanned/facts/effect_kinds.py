"""What an estimate in running text is, by the words before it: a ratio, difference, share, centre or correlation."""

from __future__ import annotations

import re
from typing import Literal

from evsynth.text.expressions import Expression

EffectKind = Literal["ratio", "difference", "share", "centre", "correlation", "other"]
"""What an estimate is, by the words before it: `share` a proportion or area under a curve; `other` where none says."""

OTHER: EffectKind = "other"

_KINDS: tuple[tuple[EffectKind, Expression], ...] = (
    ("ratio", Expression(
        r"\b(?:(?:[acswu]|sub|adj|m)?(?:HR|OR|RR|IRR|PR|SIR|SMR|RRR|SHR|GMR|MR|POR|DOR)s?\b|ratios?\b|"
        r"relative (?:risks?|hazards?|odds|rates?)\b|times as\b|exp\(B\))")),
    ("difference", Expression(
        r"\b(?:W?MDs?|SMDs?|RDs?|ARD|ARR)\b|\bCohen(?:'s)? d\b|\bHedges(?:'s?)? g\b|\b(?-i:[dg])(?=\s?=\s?$)|"
        r"\beffect size\b|"
        r"\b(?:(?:difference|change)s? (?:in|of|between) (?:the )?(?:adjusted |LS |least[- ]squares? |estimated |"
        r"marginal |group ){0,2}means?|"
        r"differ(?:ences?|ed|ing)?|gap|contrast|chang(?:es?|ed)|gain(?:s|ed)?|"
        r"reduc(?:tions?|ed|ing)|increas(?:es?|ed)|decreas(?:es?|ed)|declin(?:es?|ed)|improv(?:ements?|ed)|"
        r"rose|risen|fell|fallen|dropped|rise|fall|drop|loss|lost|losing|slopes?|excess|advantage|benefit|"
        r"shortfall|saving|lowered|raised|shortened|prolonged|"
        r"coefficients?|beta|delta|effect of|effect was|effect)\b|β|Δ|\bB\s?[=,:]?\s?$", re.I)),
    ("correlation", Expression(r"\b(?:correlat\w+|rho|ICC|kappa|agreement|r[sp]?\s?=)\b|ρ|κ|\br\s?$", re.I)),
    ("share", Expression(
        r"\b(?:sensitivit\w+|specificit\w+|predictive values?|PPV|NPV|AU(?:RO)?C|area under|c-(?:index|statistic)|"
        r"accuracy|prevalence|incidence|proportions?|rates?|probabilit\w+|survival|risks?|percentages?)\b", re.I)),
    ("centre", Expression(r"\b(?:medians?|means?|averag\w+)\b", re.I)),
)  # fmt: skip

_APART = Expression(
    r"\b(?:lower|higher|greater|less|more|fewer|longer|shorter|larger|smaller|better|worse|apart|difference|"
    r"reduction|"
    r"increase|decrease|gain|loss)$", re.I,
)  # fmt: skip


_RATIO_FOR = Expression(r"\bratios?(?: \([^()\d]{1,30}\))? (?:for|of|in) (?:the )?(?:[A-Za-z-]+ ){0,3}$", re.I)
"""Before a share or mean: the number is the ratio of it."""


def kind_of(lead: str, unit: str) -> tuple[EffectKind, bool]:
    """Give the kind by the nearest words before the value in its clause, and whether they stand right before it."""
    if re.match(r"times\b|-?fold\b", unit):
        return "ratio", True
    clause = re.split(r"[;]|\.\s|\bwhereas\b|\bwhile\b", lead)[-1][-110:]
    at, kind = -1, OTHER
    for name, pattern in _KINDS:
        for match in pattern.finditer(clause):
            if name == "difference" and re.match(
                r"(?: slightly| only| further)? to(?: an?)?\s*$", clause[match.end() :]
            ):
                continue  # "the odds ratio fell to 1.72": not by
            if name == "difference" and re.search(r"\bratios?\b[^,;()]{0,15}\bfor (?:the )?$", clause[: match.start()]):
                continue  # "the odds ratio for the effect of the drug on death"
            if name == "difference" and re.match(r" from\s*$", clause[match.end() :]):
                continue  # "declined from 2.79 (2.68 to 3.14)": the first level
            if name in ("share", "centre") and _RATIO_FOR.search(clause[: match.start()]):
                continue  # "the geometric mean ratio (test/reference) for AUC"
            if match.end() > at:
                at, kind = match.end(), name
    if re.search(r"\b(?:percentage|percent) points?\b|\bpp\b", unit) or _APART.search(unit):
        return "difference", True
    if at < 0:
        return "other", False
    gap = clause[at:]
    if unit.startswith("%") and kind == "ratio":
        return "other", False
    return kind, len(gap) <= 25 and not re.search(r"(?<![A-Za-z])\d", gap)
