"""'Those operated on by laparoscopy had more complications' against the percentages of the groups, wherever "
"they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.clauses import clauses
from evsynth.checks.scanned.facts.compared import DOWN, UP, Compared, Side, compared
from evsynth.checks.scanned.facts.concluding import before_conclusion, stems
from evsynth.checks.scanned.facts.measured import measured
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding

CODES = ("DIRECTION_CONTRADICTS",)

_COMPARATIVE = re.compile(
    r"\b(?:(?P<more>more (?:often|frequent(?:ly)?|common(?:ly)?|likely)|more|higher|greater|larger|commoner|"
    r"increased|raised|longer|steeper|faster|older|"
    r"excess(?:ive)?|(?P<lifts>raises?|increases?|prolong(?:s|ed)|lengthen(?:s|ed)))|"
    r"(?P<less>less (?:often|frequent(?:ly)?|common(?:ly)?|likely)|fewer|less|lower|smaller|"
    r"rarer|reduced|shorter|slower|younger|"
    r"(?P<cuts>reduces?|shorten(?:s|ed)|lower(?:s|ed)|decreased?|cuts?|diminish(?:es|ed))))\b",
    re.I,
)
_SIGNIFICANT = re.compile(r"\b[Pp]\s?(?:[<≤]\s?0?\.0[0-5]|=\s?0?\.0[0-4])")
_THAN = re.compile(r"\b(?:than|compared (?:with|to)|versus|vs|relative to|as opposed to|rather than)\b", re.I)
_THOSE = re.compile(r"\s*(?:those|others|the others?)\b", re.I)
_SKIP = re.compile(
    r"\b(?:not|no|nor|neither|never|may|might|could|should|would|whether|if|previous\w*|earlier stud\w*|others|et al|"
    r"studies|trials|literature|dos\w+|subgroups?|adjust\w*|baseline|cost-?effective\w*|once|or more|or less|"
    r"slightly)\b|[0-9]\s*%",
    re.I,
)
_NOUN_END = re.compile(
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


def told_direction(reading: Reading) -> Iterator[Finding]:
    """Compare which group had more of an outcome, as a conclusion or discussion says, with every such pair of results.

    A pair counts when the outcome stands in its clause, and just one of its groups in the claim. All pairs that count
    must say the opposite. Left alone: denials, hedges, other studies, claims with numbers of their own.
    """
    facts: tuple[Compared, ...] | None = None
    known: frozenset[str] = frozenset()
    for line in lines(reading, ("abstract", "discussion", "conclusion", "body", "results")):
        for clause in clauses(line):
            claim = _claim(clause)
            if claim is None:
                continue
            if facts is None:
                facts = tuple(compared(reading))
                known = frozenset[str]().union(*(stems(x.words) for x in before_conclusion(reading)))
            asked = claim._replace(what=claim.what & known or claim.what)  # words that no result has tell no outcome
            pairs = [p for fact in facts if fact.line.start != clause.start for p in _pairs(fact, asked)]
            wrong = [(a, b, u) for a, b, u in pairs if (a.value < b.value if claim.up else a.value > b.value)]
            if wrong and len(wrong) == len(pairs):
                a, b, unit = wrong[0]
                said = clause.start + claim.start, clause.start + claim.end
                yield reading.finding(
                    "DIRECTION_CONTRADICTS", "inconsistent",
                    f"'{' '.join(clause.words.split())}' is inconsistent with {a.value:g}{unit} and {b.value:g}{unit}",
                    "another outcome or time may be meant; otherwise the groups, or more and less, are exchanged",
                    quotes=(said, *(s.spot for one, two, _ in wrong for s in (one, two))),
                )  # fmt: skip


def _claim(clause: Line) -> Claim | None:
    match = _COMPARATIVE.search(clause.words)
    if match is None or _SKIP.search(clause.words) or measured(clause).values:
        return None
    than = _THAN.search(clause.words, match.end())
    before, after = clause.words[: match.start()], clause.words[match.end() : than.start() if than else None]
    noun = after[: found.start()] if (found := _NOUN_END.search(after)) else after
    what = stems(" ".join(noun.split()[:3]))
    verb = bool(match["lifts"] or match["cuts"])
    if verb and not what:
        return None
    if not what:
        what = stems(before)
    told = clause.words if not verb else ""
    told = told[: match.start()] + told[match.end() :] if told else ""
    down, up = ({m.lower()[:5] for m in re.findall(rf"\b{w}\b", told, re.I)} for w in (DOWN, UP))
    if down and up:
        return None
    what -= down | up
    other = stems(clause.words[than.end() :]) if than and not _THOSE.match(clause.words, than.end()) else frozenset()
    end = match.end() + len(" ".join(noun.split()[:3])) + 1 if noun.split() else match.end()
    own = stems(before + " " + after) - down - up
    way = -1 if down else int(bool(up))
    return Claim(bool(match["more"]), what, own, other, match.start(), end, way, verb) if what else None


def _pairs(fact: Compared, claim: Claim) -> Iterator[tuple[Side, Side, str]]:
    """Give the pairs of a fact that the claim is about, the group of the claim first, and their unit."""
    if fact.way != claim.way or (claim.verb and fact.unit != "%" and not _SIGNIFICANT.search(fact.line.words)):
        return
    for one, two in fact.pairs():
        what = claim.what - one.stems - two.stems
        if not what or not what <= fact.stems:
            continue
        for mine, theirs in ((one, two), (two, one)):
            if _names(claim, mine, theirs) and (
                not claim.other or (theirs.stems & claim.other and not mine.stems & claim.other)
            ):
                yield mine, theirs, fact.unit


def _names(claim: Claim, mine: Side, theirs: Side) -> bool:
    """Say whether a claim names one group and not the other; where both share a word with it, by the counted word."""
    if not mine.stems & claim.own:
        return False
    return not theirs.stems & claim.own or bool(mine.head & claim.own and theirs.head and not theirs.head & claim.own)
