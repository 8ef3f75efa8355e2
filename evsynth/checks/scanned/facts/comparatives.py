"""Words that compare, and which way: "higher", "more often", "rarer"; and what stands on both sides of "than".

Denied words ("no more", "not higher") and bounds ("more than 12", "or less") compare nothing. Made for every check of
a direction in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from evsynth.checks.scanned.facts.better import better_when_higher
from evsynth.text.expressions import Expression

_UP = (
    "higher|greater|larger|longer|older(?! (?:adult|patient|people|person|individual|wom[ae]n|m[ae]n\\b|child|subject|"
    "participant|group|cohort))|heavier|taller|bigger|stronger|steeper|deeper|wider|thicker|commoner|broader|"
    "likelier|later|slower|costlier|dearer|pricier"
)
_DOWN = (
    "lower(?! (?:uterine |oesophageal |esophageal )?(?:segment|extremit|lobe|back\\b|jaw|lip|urinary|respiratory|body|"
    "abdom|gastro|third|eyelid))|smaller|shorter|younger(?! (?:adult|patient|people|person|individual|wom[ae]n|"
    "m[ae]n\\b|child|subject|participant|group|cohort))|lighter|fewer|rarer|thinner|narrower|shallower|weaker|flatter|lesser|scarcer|"
    "earlier|sooner|faster|quicker|cheaper"
)
_PACE = frozenset({"later", "slower", "earlier", "sooner", "faster", "quicker"})
_NOT = (
    r"(?<!\bno )(?<!\bnot )(?<!\bor )(?<!\bnever )(?<!\bonce )(?<!\bany )(?<!\bneither )(?<!\bequal or )(?<!\bnot any )"
)
_WORD = Expression(
    rf"{_NOT}\b(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?:was|were) (?:\w+ly )?"
    r"(?:(?P<raised>increased|raised|elevated|prolonged)|(?P<cut>reduced|lowered|decreased|shortened|"
    r"diminished))(?= (?:in|"
    r"with|after|among|on|under|for)\b| by [a-z])|(?P<more>more|less)(?! or (?:less|more)\b)(?! than\b)(?! and more\b)"
    r"(?: [a-z][a-z-]+)?)\b(?! (?:bound|limit|end|quartile|tertile|limb|leg|half|third|part|edge|age group)s?\b)",
    re.I,
)
_GOOD = Expression(rf"{_NOT}\b(?:(?P<better>better)|worse|poorer)\b", re.I)
_CUT = Expression(r";\s|,\s(?:but|and|while|whereas|although)\s")
_TIMES_AS = Expression(r"\b(?:twice|thrice|[a-z]+ times|\d+ times|(?P<half>half)) as [a-z]+(?!\w* as \d)", re.I)
_TURNED = Expression(r"\b(?:negative|free|than)\b", re.I)
THAN = Expression(
    r"\b(?:than|compared (?:with|to)|versus|vs\b\.?|relative to|as opposed to|as against|against)", re.I
)  # fmt: skip
_TIME = Expression(r"(?:h|hours?|min|minutes?|days?|weeks?|months?|years?|s|seconds?)$", re.I)


class Comparative(NamedTuple):
    """A comparing word: whether it means more, and where it stands in the words of its sentence."""

    up: bool
    word: str
    start: int
    end: int

    def more(self, unit: str) -> bool | None:
        """Say whether the larger number fits; of a word for pace only where the values are times, else None."""
        if self.word.split()[0].lower() not in _PACE:
            return self.up
        return self.up if _TIME.search(unit) and "/" not in unit else None


@lru_cache(maxsize=8192)
def comparatives(words: str) -> tuple[Comparative, ...]:
    """Give the comparing words of a sentence, in order."""
    found = list(_plain(words))
    for match in _GOOD.finditer(words):
        higher = better_when_higher(words[max((m.end() for m in _CUT.finditer(words, 0, match.start())), default=0) :])
        if higher is not None:
            found.append(Comparative(higher == bool(match["better"]), match[0], match.start(), match.end()))
    for match in _TIMES_AS.finditer(words):
        found.append(Comparative(match["half"] is None, match[0], match.start(), match.end()))
    return tuple(sorted(found, key=lambda c: c.start))


def _plain(words: str) -> Iterator[Comparative]:
    for match in _WORD.finditer(words):
        if _TURNED.search(match[0]):
            continue
        up = bool(match["up"] or match["raised"]) or (match["more"] or "").lower() == "more"
        yield Comparative(up, match[0], match.start(), match.end())
