"""'A difference in favour of A', 'better in A', where the two values of the sentence are better in B."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.better import better_when_higher
from evsynth.checks.scanned.facts.compared import Compared, Side, compared
from evsynth.checks.scanned.facts.concluding import stems
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("DIRECTION_CONTRADICTS",)

_FAVOUR = Expression(
    r"\b(?:(?P<good>in favou?r of|favou?r(?:ing|ed)|(?:was|were) (?:\w+ )?better (?:in|with|on|after|for|under))|"
    r"(?P<bad>to the disadvantage of|(?:was|were) (?:\w+ )?(?:worse|poorer) (?:in|with|on|after|for|under)))\s"
    r"(?:the )?(?P<group>[^.;,:()]{2,60})|"
    r"(?P<subject>[^.;,:()]{4,60}?) (?:fared|did) (?:\w+ly )?(?:(?P<fine>better)|worse)\b", re.I,
)  # fmt: skip
_THAN = Expression(r"\b(?:than|compared|versus|vs|but|and|although|while)\b", re.I)
_SKIP = Expression(r"\b(?:not|no|nor|neither|without|difference between|respectively)\b", re.I)
_REACH = 260
"""Characters between the values and the claim, at most."""


def in_favour(reading: Reading) -> Iterator[Finding]:
    """Compare which group is favoured with the two values told just before, of a measure with one good direction.

    Left alone: measures not known, falls and rises of which it is not clear whether they are good, denials.
    """
    facts: tuple[Compared, ...] | None = None
    for line in lines(reading, ("abstract", "results", "body")):
        for match in _FAVOUR.finditer(line.words):
            facts = tuple(compared(reading)) if facts is None else facts
            at = line.start + match.start()
            near = [
                f
                for f in facts
                if line.start <= f.line.start and f.sides[-1].spot[1] <= at <= f.sides[-1].spot[1] + _REACH
            ]
            if not near or len(near[-1].sides) != 2 or _SKIP.search(match[0]):
                continue
            found = _wrong(line, match, near[-1])
            if found is not None:
                mine, theirs = found
                yield reading.finding(
                    "DIRECTION_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with {mine.value:g} for it and {theirs.value:g}",
                    "the groups, or better and worse, may be exchanged in the sentence",
                    quotes=(line.piece(match), *sorted((mine.spot, theirs.spot))),
                )  # fmt: skip


def _wrong(line: Line, match: re.Match[str], fact: Compared) -> tuple[Side, Side] | None:
    higher = better_when_higher(f"{fact.line.words} {line.words[: match.start()]}")
    wanted = stems(_THAN.split(match["group"] or match["subject"])[-1 if match["subject"] else 0])
    higher = True if fact.way == 2 else higher
    if higher is None:
        return None
    if fact.way < 0:
        higher = not higher
    for one, two in fact.pairs():
        for mine, theirs in ((one, two), (two, one)):
            if mine.stems & wanted and not theirs.stems & wanted and mine.value != theirs.value:
                good = (mine.value > theirs.value) == higher
                return None if good == bool(match["good"] or match["fine"]) else (mine, theirs)
    return None
