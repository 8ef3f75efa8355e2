"""'The risk of hypoglycaemia decreases', concluded, where the ratio printed for hypoglycaemia is 1.41 (1.2 to 1.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.concluding import concluding, stems
from evsynth.checks.scanned.facts.estimates_known import Estimate, estimates_known
from evsynth.checks.scanned.facts.frequency_words import frequency_words
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("RATIO_DIRECTION",)

_RISK = r"(?:risks?|rates?|incidence|odds|hazards?|frequency|likelihood|occurrence|probability)"
_OF = r"(?P<{}>[a-z][a-z-]+(?:\s(?!(?:is|was|are|were|by|in|with|and|or|but|to|when|after|than)\b)[a-z-]+){{0,3}})"
_UP = (
    r"increas(?:es|ed)|ris(?:es|en)|rose|(?:is|was|are|were) (?:\w+ly )?(?:increased|higher|raised|elevated|"
    r"doubled|greater)"
)
_DOWN = (
    r"decreas(?:es|ed)|falls?|fell|declin(?:es|ed)|drop(?:s|ped)|(?:is|was|are|were) (?:\w+ly )?(?:decreased|"
    r"reduced|lower|lowered|"
    r"halved|diminished)"
)
_CLAIM = Expression(
    rf"\b(?:the )?{_RISK} of {_OF.format('a')}\s(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b|"
    rf"\b(?:(?P<up2>increases?d?|raises?d?|doubles?d?|higher|increased|greater|elevated)|(?P<down2>reduces?d?|"
    rf"decreases?d?|lowers?|lowered|"
    rf"lower|reduced|halves?d?|smaller|cuts?))\s(?:the |a |an )?{_RISK} of {_OF.format('b')}", re.I,
)  # fmt: skip
_SKIP = Expression(
    r"\b(?:not|no|nor|neither|may|might|could|would|should|to|than|compared|versus|whether|if|subgroups?|except|per|"
    r"dose|each|previous\w*|associated|"
    r"survival|alive|remission|recover\w*|respon\w*|success\w*|cure|cured|free)\b", re.I,
)  # fmt: skip
_GENERIC = stems("event events outcome outcomes adverse serious any overall severe clinical disease effective "
                 "likely than "
                 "frequent common often primary secondary subsequent future new major patient time cost")  # fmt: skip
_APART = Expression(
    r"\b(?:not|no|without|absence|lack|never|non-\w+|than|versus|vs|lower|low|untreated|unexposed|reference)\b", re.I
)
"""Words of a result that may have the groups the other way round."""
MOST = 3


def risk_of_outcome(reading: Reading) -> Iterator[Finding]:
    """Compare whether an outcome is concluded to be more or less frequent with all ratios whose words name it.

    All words of the outcome must stand in those before the ratio, with a word of its direction; every such ratio (at
    most three) must lie wholly on the other side of 1. Left alone: hedges, denials, good outcomes, comparisons that
    name two groups, sentences with numbers of their own.
    """
    known: list[Estimate] | None = None
    for line in concluding(reading):
        for clause in clauses(line):
            if _SKIP.search(clause.words) or re.search(r"\d[.·]\d", clause.words):
                continue
            for match in _CLAIM.finditer(clause.words):
                known = [e for e in estimates_known(reading) if e.ratio] if known is None else known
                if (found := _against(known, clause, match)) is not None:
                    yield _finding(reading, clause, match, found)
                    return


def _against(known: list[Estimate], clause: Line, match: re.Match[str]) -> list[Estimate] | None:
    what = match["a"] or match["b"]
    wanted = stems(what) - _GENERIC
    up = bool(match["up"] or match["up2"])
    about = [e for e in known if wanted and wanted <= e.about and e.spot[0] < clause.start]
    if not 0 < len(about) <= MOST:
        return None
    wrong = [e for e in about if (float(e.high) < 1 if up else float(e.low) > 1) and float(e.low) > 0]
    said = [f for e in about for f in frequency_words(e.words)]
    if not said or any(f.up == up for f in said) or any(_APART.search(e.words) for e in about):
        return None
    return wrong if len(wrong) == len(about) else None


def _finding(reading: Reading, clause: Line, match: re.Match[str], wrong: list[Estimate]) -> Finding:
    shown = ", ".join(f"{e.value} ({e.low} to {e.high})" for e in wrong)
    return reading.finding(
        "RATIO_DIRECTION", "concern",
        f"'{' '.join(match[0].split())}' is inconsistent with {shown}, printed for it",
        "the ratio may be printed for the other group as reference; otherwise more and less are exchanged",
        quotes=(clause.piece(match), *(e.spot for e in wrong)),
    )  # fmt: skip
