"""'Those operated on by laparoscopy had more complications' against the values of the groups, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.beside import beside
from evsynth.checks.scanned.facts.claims import THAN, Claim, claimed, same_numbers, segments
from evsynth.checks.scanned.facts.clauses import clauses, subject
from evsynth.checks.scanned.facts.compared import DOWN, UP, Compared, Side, compared
from evsynth.checks.scanned.facts.compared_in_order import in_order, multiples, rates_apart, tabled
from evsynth.checks.scanned.facts.concluding import before_conclusion, group_stems, stems
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_SIGNIFICANT = Expression(r"\b[Pp]\s?(?:[<≤]\s?0?\.0[0-5]|=\s?0?\.0[0-4])")
_COUNTED = Expression(r"(?:more|less|fewer)(?: \w+s)?$", re.I)
_SUBJECT = Expression(
    r"(?:^|[.;,:]\s)(?:(?:and|but|while|whereas|the|in turn|Results|RESULTS)[:,]?\s)*(?P<group>(?!(?:it|"
    r"they|this|there)\b)"
    r"[A-Za-z][\w-]*(?:\s[\w-]+){0,3}?)\s(?:had|were|was|took|spent|stayed|needed|showed|got|left|lost|gained|used|"
    r"received|reported|[a-z]+ed)\b[^.;,()]*$"
)
"""A group that stands before the verb: "independent pharmacies cited insufficient payment more often"."""
_KNOWN = Expression(
    r"\b(?:(?:has|have) been (?:shown|reported|demonstrated|suggested|associated)|(?:is|are) (?:well )?known|can be|"
    r"trend\w* towards?|hypothes\w+|contrary to|(?:used|aim(?:s|ed)?|designed|intended|able|in order) to|"
    r"associated with (?:an? )?(?:greater|higher|lower|increased|reduced|more|less|fewer)\b.*\b(?:among|in|for))\b",
    re.I,
)
"""What is known from other studies."""
_PART = Expression(
    r"\W*(?:among|in|of|for) (?:the )?(?:subgroup|subset|patients|those|women|men|participants|children)\b[^.;()]*,",
    re.I,
)
_IN = Expression(r"\s*(?:in|with|among|after|under|on|for|by) (?:the )?(?P<group>[^.;,:()\d]{2,50})", re.I)
_ADDED = frozenset({"add", "added", "addin", "addit", "combi", "plus"})
_MAJORITY = Expression(r"\b(?:more|less|fewer) than (?:an?|one|two|three|four|half|nearly|about|\d)\b", re.I)


def told_direction(reading: Reading) -> Iterator[Finding]:
    """Compare which group had more of an outcome, as a conclusion or discussion says, with every such pair of results.

    A pair counts when the outcome stands in its clause, and just one of its groups in the claim. All pairs that count
    must say the opposite. Left alone: denials, hedges, other studies, claims with numbers of their own.
    """
    facts: tuple[Compared, ...] | None = None
    known: frozenset[str] = frozenset()
    for line in lines(reading, ("abstract", "discussion", "conclusion", "body", "results")):
        if " than " in line.words and _NUMBERED.search(line.words):
            facts = tuple(f for read in _READERS for f in read(reading)) if facts is None else facts
            yield from _by_number(reading, line, facts)
        for clause in (s for c in clauses(line) for s in segments(c)):
            claim = claimed(clause)
            if claim is not None and (whose := subject(line, clause)) not in clause.words:
                claim = claim._replace(own=claim.own | same_numbers(group_stems(whose)))
            if claim is None or _KNOWN.search(clause.words) or _MAJORITY.search(clause.words):
                continue
            facts = tuple(f for read in _READERS for f in read(reading)) if facts is None else facts
            if not known:
                known = frozenset[str]().union(*(stems(x.words) for x in before_conclusion(reading)))
            asked = claim._replace(what=claim.what & known or claim.what)  # words that no result has tell no outcome
            near = (
                [x for x in (*compared(reading), *_worded(reading)) if 0 < clause.start - x.line.start < 400]
                if claim.it or claim.former is not None
                else ()
            )
            asked_of = near[-1:] if near else facts if claim.former is None and not claim.it else ()
            pairs = [
                p
                for fact in asked_of
                if fact.line.start != clause.start and not _PART.match(fact.line.words)
                for p in _pairs(fact, asked)
            ]
            wrong = [(a, b, u) for a, b, u in pairs if (a.value < b.value if claim.up else a.value > b.value)]
            wrong = [(a, b, u) for a, b, u in wrong if abs(a.value - b.value) >= max(abs(a.value), abs(b.value)) / 100]
            if wrong and len(wrong) == len(pairs):
                a, b, unit = wrong[0]
                said = clause.start + claim.start, clause.start + claim.end
                yield reading.finding(
                    "DIRECTION_CONTRADICTS", "concern",
                    f"'{' '.join(clause.words.split())}' is inconsistent with {a.value:g}{unit} and {b.value:g}{unit}",
                    "another outcome or time may be meant; otherwise the groups, or more and less, are exchanged",
                    quotes=(said, *(s.spot for one, two, _ in wrong for s in (one, two))),
                )  # fmt: skip


_NUMBERED = Expression(
    r"(?<![\d.,])(?P<n>\d+(?:[.·]\d+)?)\s?(?:%|per cent|(?:percentage )?points?|[A-Za-zµ/]{1,8})?\s(?:(?P<up>longer|"
    r"higher|"
    r"more|greater|older|heavier)|shorter|lower|less|fewer|younger|lighter|smaller)(?:\s(?:in|with|among|for|on|after|"
    r"under)\s(?P<own>[^.;,()\d]{2,40}?))?\sthan\b(?P<other>[^.;,()]{2,50})", re.I,
)  # fmt: skip


_MOVED = Expression(rf"\b(?:{DOWN}|{UP}|chang\w*|improv\w*|gain\w*|lost|loss|lower\w*|rais\w*|from|cut)\b", re.I)


def _by_number(reading: Reading, line: Line, facts: tuple[Compared, ...]) -> Iterator[Finding]:
    """Hold "9.3 h longer than controls" against the two values of which 9.3 is the difference."""
    for match in _NUMBERED.finditer(line.words):
        text = match["n"].replace("·", ".")
        room = 1.1 * 10.0 ** -len(text.partition(".")[2])
        cut = max(line.words.rfind(x, 0, match.start()) for x in (";", ". ", ", and "))
        own = group_stems(match["own"] or line.words[cut + 1 : match.start()])
        if _MOVED.search(line.words, cut + 1, match.start()):
            continue  # "lowered it by 5 mmHg more than": of changes
        other = group_stems(match["other"])
        wrong: list[tuple[Side, Side]] = []
        for fact in facts:
            if len(fact.sides) != 2 or fact.line.start == line.start or fact.way:
                continue
            if abs(abs(fact.sides[0].value - fact.sides[1].value) - float(text)) > room or float(text) == 0:
                continue
            if not fact.stems & stems(line.words):
                continue
            one, two = fact.sides
            a, b = one.stems - two.stems - fact.stems, two.stems - one.stems - fact.stems
            first = bool(a & own and not b & own) or bool(b & other and not a & other)
            second = bool(b & own and not a & own) or bool(a & other and not b & other)
            if first == second:
                continue
            mine, theirs = (one, two) if first else (two, one)
            if (mine.value > theirs.value) == bool(match["up"]):
                wrong = []
                break
            wrong.append((mine, theirs))
        if wrong:
            yield reading.finding(
                "DIRECTION_CONTRADICTS", "inconsistent",
                f"'{' '.join(match[0].split())}' is inconsistent with {wrong[0][0].value:g} and {wrong[0][1].value:g}",
                "another outcome or time may be meant; otherwise the groups, or more and less, are exchanged",
                quotes=(line.piece(match), *(s.spot for s in wrong[0])),
            )  # fmt: skip


def _worded(reading: Reading) -> Iterator[Compared]:
    """Give comparisons told by a word and two values in the order of the groups: "longer in A (212 vs. 187 min)"."""
    for line in before_conclusion(reading):
        for found in beside(line):
            than = THAN.split(found.lead, maxsplit=1)
            group = _IN.match(than[0]) or _SUBJECT.search(line.words[: found.word.start])
            if _COUNTED.match(found.word.word):
                continue  # "more attacks with one tablet": no group stands there
            if group is None or found.one.number == found.two.number:
                continue
            one, two = (
                (line.start + found.one.start, line.start + found.one.end),
                (line.start + found.two.start, line.start + found.two.end),
            )
            sides = (
                Side(group_stems(group["group"]), found.one.number, one),
                Side(group_stems(than[1]) if len(than) > 1 else frozenset(), found.two.number, two),
            )
            sides = (sides[0], sides[1]._replace(stems=sides[1].stems or frozenset(("other",))))
            words = line.words[max(0, found.word.start - 80) : found.word.start]
            unit = found.one.unit or found.two.unit
            yield Compared(line, stems(re.split(r"[;.]\s", words)[-1]), sides, f" {unit}".rstrip().replace(" %", "%"))


_READERS = (compared, _worded, in_order, tabled, rates_apart, multiples)


def _alike(side: Side) -> Side:
    return side._replace(stems=same_numbers(side.stems))


def _pairs(fact: Compared, claim: Claim) -> Iterator[tuple[Side, Side, str]]:
    """Give the pairs of a fact that the claim is about, the group of the claim first, and their unit."""
    if fact.way != claim.way or (claim.verb and fact.unit != "%" and not _SIGNIFICANT.search(fact.line.words)):
        return
    if claim.former is not None:
        if len(fact.sides) == 2:
            yield fact.sides[claim.former], fact.sides[-1 - claim.former], fact.unit
        return
    for one, two in ((_alike(a), _alike(b)) for a, b in fact.pairs()):
        what = claim.what - one.stems - two.stems
        if claim.what and not (what and what <= fact.stems):
            continue
        if not claim.what and not claim.it and not (one.stems & claim.other or two.stems & claim.other):
            continue
        for mine, theirs in ((one, two), (two, one)):
            if "alone" in mine.stems and claim.own & _ADDED:
                continue  # "adding B to A" is not A alone
            if _names(claim, mine, theirs) and (
                not claim.other
                or ((theirs.stems & claim.other or theirs.stems == {"other"}) and not mine.stems & claim.other)
            ):
                yield mine, theirs, fact.unit


def _names(claim: Claim, mine: Side, theirs: Side) -> bool:
    """Say whether a claim names one group and not the other; where both share a word with it, by the counted word."""
    if not mine.stems & claim.own:
        alone = not theirs.stems & claim.own and not mine.stems & claim.other
        return (
            bool(theirs.stems & claim.other) and alone and len(claim.own) <= len(claim.what)
        )  # "more deaths than men"
    return not theirs.stems & claim.own or bool(mine.head & claim.own and theirs.head and not theirs.head & claim.own)
