"""Groups were weighted or matched by a propensity score, and the paper does not show that this balanced them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.prose import Line, lines, says
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("BALANCE_NOT_SHOWN",)

_WEIGHTED = Expression(
    r"\b(?:inverse[- ]probability(?:[- ]of)?(?:[- ]treatment)?[- ]weight\w*|inverse (?:of the )?(?:probability|"
    r"propensity)|"
    r"IPTW|IPW|propensity[- ](?:score[s]?(?:[- ](?:match|weight|stratif)\w*)?|(?:match|weight|adjust)\w*)|overlap "
    r"weight\w*)",
    re.I,
)
_WEIGHTS = Expression(
    r"\bweights\b|\bthe weight (?:for|of|was)\b|"
    r"\bweighted (?:sample|cohort|model|population)|\bmatched (?:pairs|cohort|1:)",
    re.I,
)
_BALANCE = Expression(
    r"\b(?:standardi[sz]ed (?:mean )?differences?|SMDs?\b|love plot|covariate (?:im)?balance|effective sample size|"
    r"variance ratios?|balance (?:was|were|diagnostic\w*|assess\w*|check\w*|statistics|of (?:the )?(?:covariates|"
    r"confounders|baseline)|after|before|in the (?:weighted|matched))|"
    r"(?:well[- ])?balanced? [^.;]{0,60}\b(?:after|matched|weight)\w*|"
    r"after (?:\w+ ){0,3}(?:weighting|matching|IPTW)[^.;]{0,80}\b(?:balanced?|similar|comparable|did not differ|"
    r"no (?:significant )?differences?)|imbalance (?:after|in (?:covariates|the weighted)))",
    re.I,
)
_AFTER = Expression(r"\b(?:after|following) (?:\w+ ){0,3}(?:weighting|matching|IPTW)|\b(?:weighted|matched) "
    r"(?:cohort|sample|"
                    r"population|groups|patients)", re.I)  # fmt: skip
_TRIAL = Expression(r"\bcovariate[- ]adjusted randomi[sz]ation", re.I)


def weighting(reading: Reading) -> Iterator[Finding]:
    """Find propensity methods without balance, standardised differences or effective sample size anywhere in the paper.

    Needs a full text: an abstract has no room for balance. Left alone: papers with a table of the weighted or matched
    groups, and propensity scores that only the discussion speaks of.
    """
    if reading.document.kind != "full text" or says(reading, _BALANCE) or says(reading, _TRIAL):
        return
    captions = [t.caption.text for t in reading.document.tables if t.caption is not None]
    legends = [reading.document.plain[x.start : x.end] for x in reading.document.legends]
    if any(_AFTER.search(text) and not re.search(r"\bendpoint|outcome|hazard|surviv", text, re.I) for text in captions):
        return
    if any(re.search(r"\bbalance", text, re.I) for text in legends):
        return
    told = list(lines(reading, ("methods", "results", "body")))
    found = next(((line, m) for line in told if (m := _WEIGHTED.search(line.words))), None)
    if found is None:
        return
    first, match = found
    others = [x for x in told if x.start > first.start and _WEIGHTS.search(x.words)]
    yield reading.finding(
        "BALANCE_NOT_SHOWN", "concern",
        f"groups are compared by '{' '.join(match[0].split())}', but balance after it (standardised differences, "
        "effective sample size) is not shown",
        "it may stand in a supplement; without it nobody can see whether the groups became comparable, or whether a "
        "few patients carry large weights",
        quotes=(first.whole, *(x.whole for x in _few(others))),
    )  # fmt: skip


def _few(told: list[Line]) -> list[Line]:
    """Give the first sentence on the weights in the methods and the first in the results."""
    return [x for role in ("methods", "results", "body") if (x := next((y for y in told if y.role == role), None))]
