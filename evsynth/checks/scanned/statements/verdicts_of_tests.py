"""'Hosmer-Lemeshow gave no evidence of lack of fit (P < 0.001)', 'normally distributed (Shapiro-Wilk P = 0.002)'.

A small P of these tests speaks against what a model or method supposes: fit, normality, equal variances, proportional
hazards, a symmetrical funnel, one effect in all studies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import with_own_subjects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("SIGNIFICANCE_CONTRADICTS",)

_NO = (
    r"(?:\b(?:no|without|nor|little|lack of|absence of)\s(?:(?:clear|significant|statistical|apparent|visual|strong|"
    r"any|an?|evidence|sign|signs|indication|suggestion|hint) ?(?:of|for|that)? ?)*|"
    r"\b(?:not|never|hardly|failed to)\s(?:(?:be|been|to|significantly|clearly|suggest\w*|indicat\w*|show\w*|reveal\w*|"
    r"point|detect\w*|any|an?|the|evidence|signs?|of|seriously) ?)*)"
)


class _Kind(NamedTuple):
    """A kind of test: its names, what a large P is called, what a small one is called, what both are about."""

    name: Expression
    kept: Expression
    broken: Expression


def _kind(name: str, kept: str, broken: str) -> _Kind:
    kept = rf"{_NO}(?:{broken})\b|(?<!not )(?<!non-)(?<!non)(?<!poor )\b(?:{kept})\b"
    broken = rf"\b(?:{broken})\b"
    return _Kind(Expression(name, re.I), Expression(kept, re.I), Expression(broken, re.I))


_KINDS = (
    _kind(
        r"\bhosmer\b|\bgoodness[- ]of[- ]fit\b",
        r"(?:good|adequate|acceptable|satisfactory|excellent) (?:model )?(?:fit|calibration|agreement)|"
        r"well[- ]calibrated|"
        r"(?:fitted|fit) (?:the data )?(?:well|adequately)|calibrated well|"
        r"(?:fit|calibration) (?:was|were) (?:good|adequate|acceptable|satisfactory|excellent)",
        r"lack of fit|poor (?:fit|calibration)|miscalibrat\w*|ill[- ]fitting|(?:fit|fitted|calibrated) (?:the data )?"
        r"poorly|(?:not|n't) fit(?: the data)?(?: well)?|(?:fit|calibration) (?:was|were) (?:poor|inadequate)",
    ),
    _kind(
        r"\bshapiro\b|\bkolmogorov\b|\bd'agostino\b|\banderson[- ]darling\b|\blilliefors\b",
        r"(?:approximately |roughly )?normally distributed|a normal distribution|normality (?:was|could be) "
        r"(?:confirmed|assumed|accepted)|(?:followed|consistent with|compatible with) (?:a |the )?normal\w*",
        r"not (?:\w+ )?normally distributed|non-?\s?normal\w*|skewed|(?:depart\w*|deviat\w*) from (?:a |the "
        r")?normal\w*|"
        r"normality (?:was|had to be) rejected|not follow(?:ing)? (?:a |the )?normal\w*",
    ),
    _kind(
        r"\begger\b|\begger's\b|\bbegg\b|\bbegg's\b|\bpeters' test\b",
        r"(?:funnel (?:plot )?)?(?:was |looked )?symmetric\w*|publication bias (?:was |is )?(?:unlikely|absent|not "
        r"\w+)",
        r"publication bias|small[- ]study (?:effects?|bias)|(?:funnel[- ]plot )?asymmetr\w+",
    ),
    _kind(
        r"\blevene\b|\blevene's\b|\bbartlett\b|\bbartlett's\b|\bbrown[- ]forsythe\b",
        r"(?:equal|homogeneous|similar|comparable) (?:variances?|spreads?)|variances? (?:were|was|are) (?:equal|"
        r"homogeneous|similar)|homogeneity of variances? (?:was|could be) (?:confirmed|assumed|met)",
        r"unequal variances?|variances? (?:were |was )?(?:differed|unequal|heterogeneous)|heteroscedastic\w*",
    ),
    _kind(
        r"\bschoenfeld\b|\bproportional[- ]hazards? (?:test|assumption)|\btest of proportionality\b",
        r"(?:assumption|proportionality|hazards) (?:was |were |could be )?(?:held|met|satisfied|fulfilled|justified|"
        r"tenable|confirmed)|hazards were proportional",
        r"violat\w*|non-?\s?proportional\w*|(?:assumption|proportionality) (?:did not hold|failed|was rejected)",
    ),
)  # fmt: skip
_P = Expression(r"(?<![A-Za-z])[Pp](?:[- ]?values?)?\s?(?P<bound>[=<>≤≥]|of|was|:)\s?(?P<p>0?\.\d+|1\.0+)(?!\d)")
_SEEN = Expression(r"\b(?:although|though|despite|but|however|visual\w*|looked|appeared|slight\w*|some)\b", re.I)
"""Words of what the eye saw, whatever the test gave."""
_SKIP = Expression(
    r"\b(?:if|whether|when|would|should|considered|used to|tested (?:by|with|for)|assessed (?:by|with))\b", re.I
)


def verdicts_of_tests(reading: Reading) -> Iterator[Finding]:
    """Compare what is said of fit, normality, variances, hazards or asymmetry with the P of the test of it beside it.

    One test and one P in the clause. Left alone: what tests are for, P between 0.05 and 0.10 called either way.
    """
    for line in lines(reading, ("abstract", "methods", "results", "body", "figure legend")):
        if not any(kind.name.search(line.words) for kind in _KINDS):
            continue
        for clause in with_own_subjects(line):
            if _SKIP.search(clause.words):
                continue
            found = _judged(clause)
            if found is not None:
                said, match = found
                yield reading.finding(
                    "SIGNIFICANCE_CONTRADICTS", "inconsistent",
                    f"'{' '.join(said[0].split())}' is inconsistent with {' '.join(match[0].split())} of its test",
                    "a small P of this test speaks against the assumption; the word or the number may be wrong",
                    quotes=(clause.piece(said), clause.piece(match)),
                )  # fmt: skip


def _judged(clause: Line) -> tuple[re.Match[str], re.Match[str]] | None:
    """Give the words and the P of a clause that contradict each other."""
    kinds = [k for k in _KINDS if k.name.search(clause.words)]
    values = list(_P.finditer(clause.words))
    if len(kinds) != 1 or len(values) != 1:
        return None
    kept, broken = kinds[0].kept.search(clause.words), kinds[0].broken.search(clause.words)
    said = kept or (None if _SEEN.search(clause.words) else broken)
    p, bound = float(values[0]["p"]), values[0]["bound"]
    small = p < 0.05 and bound not in ">≥"
    large = p >= 0.10 and bound not in "<≤"
    wrong = (small if kept else large) if said else False
    return (said, values[0]) if said and wrong else None
