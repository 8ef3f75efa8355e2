"""The words of heads and row labels that say what their numbers are: mean, SD, limits, observed, cumulative percent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evsynth.text.expressions import Expression

_LEVEL = r"(?:9[059](?:\.\d)?\s?%[\s-]*)?"
_ROLES = {
    "agreement": rf"{_LEVEL}(?:limits of agreement|LoA\b)",
    "limits": rf"[\[(]?{_LEVEL}(?:(?-i:C\.?I\.?|CrI)\b|confidence (?:interval|limit)s?|credible intervals?)"
              r"(?:\s?\(?9[059]\s?%\)?)?(?:\s(?:of|for) (?:the )?(?:mean|difference|ratio|estimate)s?)?",
    "quartiles": r"(?-i:IQR|Q1\s?[-–;,/]\s?Q3|P25\s?[-–;,/]\s?P75)|inter-?quartile ranges?|quartiles|"
                 r"25(?:th)?\s?%?\s?[-–;,/]\s?75(?:th)?\s?%?(?: percentiles?| centiles?)?",
    "range": r"range\b|min(?:imum)?\.?\s?[-–;,/]\s?max(?:imum)?\.?",
    "rank_sum": r"sum of ranks|rank sums?",
    "mean_rank": r"mean ranks?",
    "difference": r"(?:mean |risk |absolute |(?:between|inter)-?\s?group |treatment |adjusted |crude |weighted )*"
                  r"differences?(?: in (?:means?|change|proportions?))?\b|(?-i:\b(?:[SW]?MD|RD|ARR)\b)",
    "icer": r"(?-i:\bICER\b)|incremental cost[- ]effectiveness ratio",
    "more_cost": r"(?:incremental|additional|Δ) ?costs?",
    "more_effect": r"(?:incremental|additional|Δ) ?(?:QALYs?|LYs?|effects?)",
    "heterogeneity": r"(?-i:\bI²|\bI2\b|\bI\^2)", "q": r"(?-i:^Q$)|cochran'?s? q",
    "ratio": r"(?-i:\b[Ee]xp\s?\([BbΒβ]\)|\b[Ee]\^[BbΒβ])|"
             r"(?:adjusted |crude |unadjusted |geometric )*(?:odds|risk|hazard|rate|prevalence|incidence) ratios?|"
             r"relative risks?|(?-i:\b[acu]?(?:OR|RR|HR|IRR|PR)\b)",
    "smr": r"(?-i:\b(?:SMR|SIR|O/E|O:E)\b)|standardi[sz]ed (?:mortality|incidence) ratios?|observed\s?/\s?expected",
    "observed": r"\bobs(?:erved)?\b\.?|(?-i:^O$)",
    "expected": r"\bexp(?:ected)?\b\.?|(?-i:^E$)",
    "sd": r"(?-i:\bS\.?D\.?\b)|standard deviations?|std\.? ?dev(?:iation)?\.?",
    "se": r"(?-i:\bS\.?E\.?(?:M\.?)?\b)|standard errors?(?: of the mean)?|std\.? ?err(?:or)?\.?",
    "cumulative": r"\bcum(?:ulative|\.)? ?(?:%|per ?cent(?:age)?s?)|\bcumulative\b",
    "nnt": r"(?-i:\bNN[TH]\b)|numbers? needed to (?:treat|harm)",
    "median": r"\bmedians?\b|(?-i:\bMdn\b)",
    "bias": r"\b(?:mean )?bias\b",
    "mean": r"\bmeans?\b|\baverages?\b|(?-i:\bM\b)",
    "q1": r"(?-i:\bQ1\b)|\b(?:lower|first) quartile|25th(?: per)?centile|\bP25\b",
    "q3": r"(?-i:\bQ3\b)|\b(?:upper|third) quartile|75th(?: per)?centile|\bP75\b",
    "minimum": r"\bmin(?:imum)?\b\.?|\blowest\b",
    "maximum": r"\bmax(?:imum)?\b\.?|\bhighest\b",
    "lower": rf"{_LEVEL}(?:(?-i:CI) )?\blower(?: (?:limit|bound|CL|CI|95 ?% CI))?\b|(?-i:\b(?:LCL|LL)\b)",
    "upper": rf"{_LEVEL}(?:(?-i:CI) )?\bupper(?: (?:limit|bound|CL|CI|95 ?% CI))?\b|(?-i:\b(?:UCL|UL)\b)",
    "cohen": r"(?-i:^d$)|\b(?:cohen'?s?|hedges'?) (?-i:[dg])\b|effect sizes?(?: \(?(?-i:d)\)?)?",
    "p": r"(?-i:\b[Pp])(?:[- ]?val(?:ue|\.)s?)?(?=\s*(?:[†‡*§]|$|\)))",
    "t": r"(?-i:^t$)|(?-i:\bt)[- ](?:value|statistic|ratio)s?",
    "z": r"(?-i:^[zZ]$)|(?-i:\b[zZ])[- ](?:value|statistic)s?",
    "wald": r"\bwald(?: (?:χ²|χ2|chi-?squared?|statistic))?",
    "f": r"(?-i:^F$)|(?-i:\bF)[- ](?:value|statistic|ratio)s?",
    "df": r"(?-i:^d\.?f\.?$)|degrees of freedom",
    "ss": r"(?-i:^SS$)|sums? of squares", "ms": r"(?-i:^MS$)|mean squares?",
    "b": r"(?-i:^[Bb]$|^β$)|\bcoef(?:ficient|f?\.)?s?\b|\bestimates?\b|\bslope\b",
    "percent": r"%|\bper ?cent(?:age)?s?\b",
    "count": r"(?-i:\b[nN]\b)|(?-i:\b[Nn]o\b\.?)|\bnumbers?\b|\bfrequenc(?:y|ies)\b|\bcounts?\b|\bfreq\.?",
}  # fmt: skip
_ANY = Expression("|".join(f"(?P<{name}>{pattern})" for name, pattern in _ROLES.items()), re.I)
PAIRS = frozenset({"agreement", "limits", "quartiles", "range"})
"""Roles that two numbers have together."""
_REST = Expression(
    r"\b(?:adjusted|crude|unadjusted|multivariable|univariable|values?|scores?|of|for|the|patients?|subjects|"
    r"participants|cases|differences?|in|statistics?|mean|model|standardi[sz]ed|unstandardi[sz]ed|two-sided|pp|percentage|points?)\b|"
    r"[\[(][^\])]{0,14}[\])]|[^A-Za-zµμ]+", re.I,
)  # fmt: skip
_OF = Expression(r"\bof (?:the |all |individual )?$", re.I)
_SIZE = Expression(r"[\[(,;]?\s?\b[nN]\s?[=:]\s?[\d, ]+[\])]?")


class Said(NamedTuple):
    """The roles that words name, in order; `whole` says that they name nothing else; `rest` are the other words."""

    roles: tuple[str, ...]
    whole: bool
    rest: str


@lru_cache(maxsize=4096)
def roles(words: str) -> Said:
    """Give the roles that a head or label names.

    >>> roles("Mean (SD)").roles, roles("95% limits of agreement").roles, roles("Control (n = 58) M (SD)").rest
    (('mean', 'sd'), ('agreement',), 'Control')
    """
    bare = _SIZE.sub(" ", words).strip()
    found = [
        (m.lastgroup or "", m.start(), m.end())
        for m in _ANY.finditer(bare)
        if not _OF.search(bare[: m.start()]) or m.start() == 0
    ]
    left = bare
    for _, start, end in reversed(found):
        left = f"{left[:start]} {left[end:]}"
    rest = _REST.sub(" ", left).strip()
    named = tuple(name for name, _, _ in found)
    return Said(named, bool(named) and len(rest) < 2, " ".join(left.strip(" ,;:()[]/±+-").split()))
