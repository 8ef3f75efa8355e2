"""What short names stand for, by the bracket that introduces them: "anxiety (GAD-7)", "walk distance (6MWD)".

The stems of a short name give the stems of the words before its bracket. Made for checks that hold "anxiety" in a
conclusion against "GAD-7" in the results.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression

_BRACKET = Expression(
    r"(?P<long>[A-Za-z][a-z-]+(?: [A-Za-z][a-z-]+){0,4}) "
    r"\((?P<short>[A-Z0-9][A-Za-z0-9]*[A-Z0-9][A-Za-z0-9-]*)(?=[);,])"
)
_CUT = Expression(r"\b(?:the|an?|of|in|with|by|for|and|or|on|to|using|as|was|were|from|is|are|at)\b", re.I)
_NONE = frozenset("CI CIs HR HRs OR ORs RR RRs SD SE IQR ITT II III IV VI USA UK".split())


@lru_cache(maxsize=16)
def short_names(reading: Reading) -> dict[str, frozenset[str]]:
    """Give the stems of the words that each short name stands for, by the stem of the short name.

    Of words whose first letters are those of the short name, as many as it has; of others the last two before the
    bracket, up to a preposition.
    """
    found: dict[str, frozenset[str]] = {}
    for match in _BRACKET.finditer(reading.document.prose):
        short = match["short"]
        letters = re.sub(r"[^A-Z]", "", short.upper())
        if short in _NONE or not letters:
            continue
        words = match["long"].replace("-", " ").split()
        spelt = words[-len(letters) :]
        if "".join(w[0] for w in spelt).upper() != letters:
            spelt = _CUT.split(match["long"])[-1].split()[-2:]
        meant = stems(" ".join(spelt))
        for name in stems(short):
            if meant and name not in meant:
                found.setdefault(name, meant)
    return found


def with_long_names(known: dict[str, frozenset[str]], about: frozenset[str]) -> frozenset[str]:
    """Give some stems with those of the words that the short names among them stand for."""
    more = [known[name] for name in about if name in known]
    return about.union(*more) if more else about
