"""Evidence that stands before a verdict about "the difference": "With a ratio of 0.97 (0.81 to 1.16), A did not ...".

Made for the pairs of verdicts and evidence.
"""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.evidence import Evidence
from evsynth.checks.scanned.facts.verdicts import Verdict
from evsynth.text.expressions import Expression

_OTHER_THING = Expression(
    r"(?:no|without|lack of|absence of|nor)\b(?: (?:an?|any|the))? (?!(?:(?:such|clear|overall|further|real|true|"
    r"statistical|statistically|significant|evidence|sign|of|an?y?|other) ?)*(?:differences?|effects?|changes?|"
    r"associations?|correlations?|benefits?|improvements?|gains?|reductions?|advantages?)\b)", re.I,
)  # fmt: skip
"""'(P = 0.006), without OS differences': a verdict on another thing than the evidence before it."""
INTRO = Expression(
    r"(?:With|At|Given|Based on|In view of|Because of|Having) (?:an? |the |its )?(?:[^.;()]|"
    r"\.\d){3,60}[(\[][^()]*(?:\([^()]*\)|\[[^\[\]]*\])?[^()]*[)\]],"
    r" (?:(?!but |and |while )[^,;:()\d]){2,60}", re.I,
)  # fmt: skip
"""'With a hazard ratio of 0.97 (0.81 to 1.16), A ...' """
_GENERAL = (
    r"(?:(?:the|this|that|these|those|an?|which|it|its|such|both|so|thus|hence|therefore|indicating|showing|"
    r"meaning|suggesting|"
    r"i\.e\.,?|being|and|but|again|however|consequently|accordingly|observed|absolute|relative|mean|"
    r"between-group|overall|"
    r"statistically|clear|differences?|reductions?|increases?|effects?|comparison|findings?|results?|change|"
    r"gain|benefit|"
    r"association|correlation|improvement|decrease|test|value|gap|advantage|we|found|conclude|there|was|were|is|"
    r"groups|two|"
    r"the two groups|although|though|not|evidence of)[ ,]*)*"
)
_BACK = Expression(rf"[^()\[\]]{{0,12}}[)\]]?[\s,;:(—–-]*{_GENERAL}", re.I)
END = Expression(
    r"(?:[ ,]*(?:differences?|reductions?|increases?|effects?|comparison|findings?|results?|change|gain|benefit|"
    r"association|"
    r"correlation|improvement|decrease|advantage|different|statistically|between the (?:two )?groups|between "
    r"(?:the )?groups|"
    r"at the \d ?% level|either|from each other|from one another|in favou?r of [\w -]{2,30}))*\s?[)\].;,]*$|[ ,]*$",
    re.I,
)


def told_before(words: str, begin: int, stop: int, verdict: Verdict, found: tuple[Evidence, ...]) -> list[Evidence]:
    """Give the one piece of evidence that a verdict about "the difference", told behind it, refers back to."""
    ahead = [e for e in found if begin <= e.start and e.end <= verdict.start]
    if _OTHER_THING.match(verdict.text):
        return []
    if len(ahead) != 1 or verdict.start - ahead[0].end > 140 or any(e.start > verdict.end for e in found):
        return []
    gap, rest = words[ahead[-1].end : verdict.start], words[verdict.end : stop]
    return ahead if _BACK.fullmatch(gap) and END.match(rest) else []
