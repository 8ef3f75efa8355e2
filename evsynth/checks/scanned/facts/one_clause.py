"""Whether two shares of a sentence, and the effects told of them, stand in one clause, or in two of one form."""

from __future__ import annotations

import re

from evsynth.checks.scanned.facts.effects_told import Effect, effects, intervals_of
from evsynth.checks.scanned.facts.marked import marked
from evsynth.checks.scanned.facts.proportions import Proportion
from evsynth.checks.scanned.prose import Line
from evsynth.checks.scanned.reading import Reading
from evsynth.text.expressions import Expression


def one_clause(text: str, told: tuple[Effect, ...], shares: list[Proportion]) -> bool:
    """Say whether effects told before two shares are of them: "an odds ratio of 4.0 for 20 of 60 v 10 of 60"."""
    between = text[told[-1].end : shares[0].start]
    return len(between) < 60 and not re.search(r"[;.] |\band\b|\bwhile\b", between) and shares[0].of is not None


def alike(text: str, one: Proportion, two: Proportion) -> bool:
    """Say whether two fractions stand in clauses of one form: "among cases 40 of 100; among controls 20 of 100"."""
    if one.of is None or two.of is None:
        return False
    begin = max(text.rfind(mark, 0, one.start) for mark in (". ", "; ", ": ")) + 1
    heads = (text[begin : one.start], text[one.end : two.start].rpartition(";")[2])
    ways = [re.match(r"\W*(among|in|of|for|with)\b", x, re.I) for x in heads]
    if all(ways) and len({m[1].lower() for m in ways if m}) == 1:
        return True
    tails = (text[one.end : two.start], text[two.end :])
    behind = [re.match(r"\W*(on|with|in|given|for|after|under|among)\b", x) for x in tails]
    return all(behind) and len({m[1] for m in behind if m}) == 1 and re.match(r"[^⟨]*; ?$", tails[0]) is not None


def parted(between: str) -> bool:
    """Say whether a clause ends in the words between two shares, outside of brackets."""
    depth = 0
    for i, letter in enumerate(between):
        depth += (letter == "(") - (letter == ")")
        if depth <= 0 and (letter == ";" or between[i : i + 2] in (". ", ": ")):
            return True
    return False


_ONE_MORE = Expression(
    r"(?:The|This|That|These|Hence|Thus|Accordingly|It|Relative|Absolute|Odds|Risk|RR|OR|ARR|RRR)\b(?! (?:adjusted|"
    r"mean|median|hazard))"
)


_OF_MORE = Expression(r"^The (?:numbers?|distribution|mean|median|duration)\b|[Pp] ?[=<][^)]*\)[^.]*[Pp] ?[=<]")
"""A sentence about other things, or with several P."""


def with_next(reading: Reading, every: list[Line], index: int) -> Line | None:
    """Give the line of two shares together with the next, where that tells an effect of them and no share."""
    line, after = every[index], every[index + 1] if index + 1 < len(every) else None
    if after is None or after.section != line.section or not _ONE_MORE.match(after.words) or after.start - line.end > 3:
        return None
    sentence = marked(after.words)
    told = {e.number for e in effects(sentence)}
    limits = {sentence.numbers[i] for i in intervals_of(sentence)}
    free = [n for n in sentence.numbers if n not in told and n not in limits and n.kind not in "lmy"]
    if not told or free or _OF_MORE.search(after.words):
        return None
    words = reading.document.prose[line.start : after.start] + after.words
    return Line(words, line.start, after.end, line.role, line.section)
