"""Which of two groups is said to have more: a comparing word, what it compares, and the groups on both sides.

"Patients repaired by laparoscopy had more complications than others", "the former were heavier", "twice as often as".
Made for checks that hold a claim without numbers against values told elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.compared import DOWN, UP
from evsynth.checks.scanned.facts.concluding import group_stems, stems
from evsynth.checks.scanned.facts.told_values import told_values
from evsynth.checks.scanned.prose import Line
from evsynth.text.expressions import Expression

_COMPARATIVE = Expression(
    r"\b(?:(?P<many>(?:twice|thrice|[a-z]+ times|[a-z]+fold|\d+ times) as \w+)|(?P<half>half as \w+)|"
    r"(?P<more>more (?:often|frequent(?:ly)?|common(?:ly)?|likely)|more(?! than (?:twice|half|\w+ times))|"
    r"higher|greater|"
    r"larger|commoner|increased|raised|longer|steeper|older|heavier|taller|bigger|stronger|wider|thicker|likelier|"
    r"excess(?:ive)?|(?P<lifts>raises?|increases?|prolong(?:s|ed)|lengthen(?:s|ed)))|"
    r"(?P<less>less (?:often|frequent(?:ly)?|common(?:ly)?|likely)|fewer|less(?! than (?:twice|half|\w+ times))|lower|"
    r"smaller|rarer|reduced|shorter|younger|lighter|weaker|thinner|narrower|"
    r"(?P<cuts>reduces?|shorten(?:s|ed)|lower(?:s|ed)|decreased?|cuts?|diminish(?:es|ed))))\b",
    re.I,
)
THAN = Expression(r"\b(?:than|compared (?:with|to)|versus|vs|relative to|as opposed to|rather than)\b", re.I)
_AS = Expression(r"\bas\b", re.I)
_SEGMENT = Expression(
    r",\s+(?:and|so that|so|thus|hence|therefore|i\.e\.,?|that is(?: to say)?,?|which means that|meaning that)\s|"
    r",\s+(?=[^,;]{0,40}\b(?:points?|\d [a-zA-Z%/]+) (?:higher|lower|more|less|longer|shorter)\b)"
)
_TAIL = Expression(r",\s(?:and\s)?|\sand\s")
_TAIL_END = Expression(r"(?:,\s(?:and\s)?|\sand\s)$")
"""What joins one comparison to the next."""
_VERB = Expression(
    r"\s(?:had|has|have|were|was|are|is|took|spent|stayed|needed|showed|got|left|lost|gained|used|went|[a-z]{3,}ed)\s"
)
_DID = Expression(r"\b(?:stayed|lived|survived|slept|waited|walked|recovered|bled|relapsed|fasted|worked)\b", re.I)
"""Verbs that name what is longer or shorter."""
_RATE_OF = Expression(
    r"^\s*(?:incidences?|rates?|risks?|frequency|prevalence|numbers?|proportion|share|likelihood|levels?) of (?:the )?",
    re.I,
)
_OF_WHAT = Expression(r"\s*(?:in|on|at|of|under) (?:the )?(?P<noun>[a-z][a-z-]{3,})")
_NUMBERS = {
    "twice": "two",
    "once-": "one",
    "doubl": "two",
    "once": "one",
    "singl": "one",
    "three": "three",
    "thric": "three",
}
_FORMER = Expression(r"\bthe (?P<which>former|latter)\b", re.I)
_IT = Expression(r"\W*(?:so |thus |hence |and |therefore )*(?:it|they|this|these|both)\b", re.I)
_POINTS = Expression(
    r"\b\d[\d.,]* ?[\w/%]*\s*$|\b(?:\w+ )?(?:percentage |per cent |percent )?points?\s*$|"
    r"\b(?:\w+ly|thus|hence|therefore|also|again|even|still|much|rather|far|average)\b", re.I,
)  # fmt: skip
"""Words before a comparative that name no outcome: its size, and adverbs."""

_INTRO = Expression(
    r"^\W*(?:(?:subject|due|owing|thanks) to|with|given|despite|overall|taken together|on "
    r"balance)\b[^,]{0,50},\s",
    re.I,
)
"""An opening that names no outcome: "Subject to these provisos,"."""

_THOSE = Expression(r"\s*(?:those|others|the others?)\b", re.I)
_SETTING = Expression(r"(?<=\w)\s(?:for|at|during)\s", re.I)
_SKIP = Expression(
    r"\b(?:not|no|nor|neither|never|may|might|could|should|would|whether|if|previous\w*|earlier stud\w*|others|et al|"
    r"studies|trials|literature|subgroups?|adjust\w*|baseline|cost-?effective\w*|once|or more|or less|"
    r"slightly)\b",
    re.I,
)
_NOUN_END = Expression(
    r"\b(?:than|in|with|among|after|for|on|under|and|but|compared|versus|when|at|to)\b|[.,;:()]", re.I
)


class Claim(NamedTuple):
    """A comparative: which way, the stems of what is compared, of the words before 'than', and of those behind."""

    up: bool
    what: frozenset[str]
    own: frozenset[str]
    other: frozenset[str]
    start: int
    end: int
    way: int = 0
    verb: bool = False
    former: int | None = None
    """0 where "the former" is said to have it, -1 for "the latter"."""
    it: bool = False
    """Whether the clause goes on about what was told just before: "it was", "10 points higher"."""


def segments(clause: Line) -> Iterator[Line]:
    """Cut a clause at ", and", ", so that" and the like: the last piece may compare what the first has told."""
    start = 0
    for match in _SEGMENT.finditer(clause.words):
        yield clause._replace(words=clause.words[start : match.start()], start=clause.start + start)
        start = match.end()
    rest = clause._replace(words=clause.words[start:], start=clause.start + start)
    yield from _each(rest)


def _each(clause: Line) -> Iterator[Line]:
    """Give a clause once for each of its comparing words, the others blanked: they have one subject and one "than"."""
    found = list(_COMPARATIVE.finditer(clause.words))
    than = THAN.search(clause.words, found[-1].end()) if found else None
    end = than.start() if than else len(clause.words)
    starts = [m.start() for m in found]
    gaps = [clause.words[a.end() : b.start()] for a, b in pairwise(found)]
    if len(found) < 2 or any(not re.search(r",|\band\b", g) or THAN.search(g) for g in gaps):
        yield clause
        return
    verb = next(reversed(list(_VERB.finditer(clause.words, 0, starts[0]))), None)
    subject = clause.words[: verb.start() if verb else starts[0]]
    cuts = [0, *(max((m.end() for m in _TAIL.finditer(clause.words, a, b)), default=b) for a, b in pairwise(starts))]
    for cut, stop in zip(cuts, [*(c for c in cuts[1:]), end], strict=True):
        own = _TAIL_END.sub(lambda m: " " * len(m[0]), clause.words[cut:stop])
        lead = subject + " " * (cut - len(subject)) if cut else ""
        yield clause._replace(words=lead + own + " " * (end - stop) + clause.words[end:])


def claimed(clause: Line) -> Claim | None:
    """Read the first comparing word of a clause; None where it is denied, hedged, or has values of its own."""
    match = _COMPARATIVE.search(clause.words)
    if match is None or _SKIP.search(clause.words) or told_values(clause).values:
        return None
    than = (_AS if match["many"] or match["half"] else THAN).search(clause.words, match.end())
    before, after = clause.words[: match.start()], clause.words[match.end() : than.start() if than else None]
    noun = after[: found.start()] if (found := _NOUN_END.search(after)) else after
    what = stems(" ".join(_RATE_OF.sub("", noun).split()[:3]))
    if (
        not what
        and re.search(r"\b(?:days?|weeks?|nights?|hours?|months?|time)\s*$", noun)
        and (of := _OF_WHAT.match(after, len(noun))) is not None
    ):
        what = stems(of["noun"])  # "fewer days in hospital"
    verb = bool(match["lifts"] or match["cuts"])
    if verb and not what:
        return None
    former = _FORMER.search(before)
    it = _IT.match(before) is not None or bool(before.strip() and not _POINTS.sub("", before).strip())
    if not what and not it:
        what = stems(_POINTS.sub("", verbs[-1] if (verbs := _DID.findall(before)) else _INTRO.sub("", before)))
    told = "" if verb else f"{before.rsplit(',', 1)[-1]} {after.split(',', 1)[0]}"
    down, up = ({m.lower()[:5] for m in re.findall(rf"\b{w}\b", told, re.I)} for w in (DOWN, UP))
    if down and up:
        return None
    what -= down | up
    other = _other(clause.words[than.end() :]) if than and not _THOSE.match(clause.words, than.end()) else frozenset()
    end = match.end() + len(" ".join(noun.split()[:3])) + 1 if noun.split() else match.end()
    own = same_numbers(group_stems(before + " " + after) - down - up)
    way = -1 if down else int(bool(up))
    if not what and not other and not it and former is None:
        return None
    which = None if former is None else 0 if former["which"].lower() == "former" else -1
    more = bool(match["more"] or match["many"])
    return Claim(more, what, own, same_numbers(other), match.start(), end, way, verb, which, it)


def _other(behind: str) -> frozenset[str]:
    """Give the words of the group behind "than", without those of the setting: "than the film in children"."""
    return next((found for part in _SETTING.split(behind, maxsplit=1) if (found := group_stems(part))), frozenset())


def same_numbers(words: frozenset[str]) -> frozenset[str]:
    """Give words with "twice" and "two", "once" and "one" as the same."""
    return frozenset(_NUMBERS.get(w, w) for w in words)
