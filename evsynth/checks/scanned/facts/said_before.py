"""The word of significance that a number belongs to: "did not differ", "significantly lower", before a P value."""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.significance_words import ALIKE, NEGATIVE, POSITIVE
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_ELSE = Expression(
    r"\b(?:within-group|weaken\w*|attenuat\w*|disappear\w*|similar\w*|comparable|reveal\w*|longer|shorter|higher|"
    r"lower|greater|"
    r"better|worse|fewer|more|less|reduced|increased|decreased|improved|not|no)\b",
    re.I,
)
_ALTHOUGH = Expression(r"\W*(?:[A-Z]+:\s)?(?:(?:even )?though|although|while|whereas)\b", re.I)
_ROBUST = Expression(
    r"\b(?:results?(?!:)|findings?(?!:)|estimates?|associations?|effects?|adjust\w*|exclu\w*|left out|omit\w*|"
    r"restrict\w*|sensitivity|partial\w*|superiority)\b", re.I,
)  # fmt: skip
"""What is said not to be affected by something, and then is still there."""

_MAIN = Expression(
    r"\b(?:results?(?!:)|findings?|estimates?|conclusions?|exclu\w*|left out|leaving out|omit\w*|restrict\w*|"
    r"sensitivity analys\w*|main analysis|when)\b", re.I,
)  # fmt: skip
"""What is said not to change with another way of analysis, and then is printed again."""

_NEAR = 140
"""Characters between the word and its P, at most."""


def said_before(clause: Line, at: int, *, negative: bool) -> re.Match[str] | None:
    """Give the word of significance that the number at an offset belongs to, of one kind; None if unsure."""
    no = NEGATIVE.search(clause.words) or ALIKE.search(clause.words)
    yes = [
        m for m in POSITIVE.finditer(clause.words[:at]) if (no is None or not no.start() <= m.start() < no.end())
        and not re.search(r"\b(?:no|not|non|nor|without|neither)[ -]+(?:\w+ +){0,6}$", clause.words[: m.start()], re.I)
    ]  # fmt: skip
    if negative:
        if no is None or yes or _bracketed(clause.words, no):
            return None
        found = no
    else:
        if no is not None or not yes:
            return None
        found = yes[-1]
    gap = clause.words[found.end() : at]
    if found.end() > at or len(gap) > _NEAR:
        return None
    if negative and _ALTHOUGH.match(clause.words) and re.search(r",\s(?:\w+\s){3}", gap):
        return None  # "although A did not change, B fell (P < 0.01)"
    if negative and (_ELSE.search(gap) or ("ffect" in found[0] and _ROBUST.search(clause.words[: found.start()]))):
        return None
    if negative and re.search("chang|differ|alter|influenc", found[0]) and _MAIN.search(clause.words[:at]):
        return None
    if not negative and re.search(
        r"\b(?:weaken|attenuat|disappear|similar|comparable|not|no|trend|,? and (?:\w+ ){0,5}(?:was|were|did))\w*\b",
        gap,
    ):
        return None
    return found


def _bracketed(words: str, match: re.Match[str]) -> bool:
    """Say whether a match stands in brackets that close before any P: it then tells of what stands before them."""
    before, after = words[: match.start()], words[match.end() :]
    return before.count("(") > before.count(")") and bool(re.match(r"[^(]{0,20}[)\]]", after))
