"""'Regardless of the dose' against estimates for low and high doses whose intervals do not meet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects import Effect, effects
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("REGARDLESS_CONTRADICTS",)

_WHATEVER = Expression(
    r"\b(?:regardless of|irrespective of|whatever|no matter what|unaffected by|did not (?:depend|vary)"
    r" (?:on|with|by)|does not (?:depend|vary) (?:on|with|by)|the same (?:for|at|across) all)\s(?:the |their |"
    r"its |daily |"
    r"patients?' |baseline )*(?P<what>[a-z]{3,})",
    re.I,
)
_OTHERS = Expression(r"\b(?:previous|earlier|other studies|et al|adjust\w*)\b|\?|\bwhether\b", re.I)


def regardless(reading: Reading) -> Iterator[Finding]:
    """Compare a claim that an effect does not depend on something with the estimates listed by it in one sentence."""
    listed = [
        (line, told)
        for line in lines(reading, ("abstract", "results", "body"))
        if len(told := [e for e in effects(line) if e.kind in ("ratio", "difference") and e.strict]) >= 2
    ]
    for line in lines(reading, ("abstract", "results", "body", "discussion", "conclusion")):
        for match in _WHATEVER.finditer(line.words):
            if _OTHERS.search(line.words):
                continue
            stem = match["what"].lower().rstrip("s")[:6]
            for other, told in listed:
                apart = _apart(told)
                if apart is None or not _by(other, told, stem):
                    continue
                yield reading.finding(
                    "REGARDLESS_CONTRADICTS", "inconsistent",
                    f"'{' '.join(match[0].split())}' is inconsistent with {apart[0].value} ({apart[0].low} to "
                    f"{apart[0].high}) and {apart[1].value} ({apart[1].low} to {apart[1].high})",
                    "another outcome may be meant; otherwise the conclusion overlooks a difference of the results",
                    quotes=(line.piece(match), *(e.spot for e in told)),
                )  # fmt: skip
                return


def _by(line: Line, told: list[Effect], stem: str) -> bool:
    """Say whether the estimates are listed by the thing: it is named once, after the list or right before it."""
    before = line.words[: told[0].start - line.start]
    after = line.words[told[-1].end - line.start :]
    return any(re.search(rf"\b{re.escape(stem)}", part, re.I) for part in (before[-80:], after[:90]))


def _apart(told: list[Effect]) -> tuple[Effect, Effect] | None:
    """Give the least and the greatest of a list of one kind where their intervals do not meet."""
    if len({e.kind for e in told}) != 1 or any(e.value is None for e in told):
        return None
    ordered = sorted(told, key=lambda e: e.low.value)
    one, two = ordered[0], ordered[-1]
    return (one, two) if one.high.value < two.low.value else None
