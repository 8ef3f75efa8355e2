"""A vaccine efficacy told with the cases of both groups: "21 of 5112 and 57 of 5098 (vaccine efficacy, 63.3%)".

    efficacy = 100 × (1 - share of the vaccinated / share of the others)

Time at risk, a hazard ratio or an adjustment may leave it further off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects_told import intervals_of
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.reviews import is_review
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("RELATIVE_CHANGE",)

_NAME = r"(?:\bVE\b|\b(?:vaccine |protective |point )?(?:efficacy|effectiveness)\b(?: \(VE\))?)"
_NAMED = Expression(_NAME)
_TOLD = Expression(
    rf"{_NAME}(?: (?:against|of|for|in|with|from|after|among|at|by)(?: (?!was\b|of\b)[A-Za-z0-9-]+){{1,8}}?)?"
    r"(?:,? ?(?:=|:|,|\(|of|was|were|is|being|therefore|thus|hence|amounted to|came to) ?){1,3}⟨p(?P<v>\d+)⟩"
    rf"|{_NAME} ⟨p(?P<w>\d+)⟩|⟨p(?P<x>\d+)⟩ {_NAME}"
)
_SHARE = Expression(r"⟨c(\d+)⟩(?: [a-z-]+){0,4}? ?(?:/|of|out of|in|among) ?(?:the )?⟨c(\d+)⟩")
_MODELLED = Expression(r"hazard|\bcox\b|adjust|logistic|odds|test-negative|regression|mixed|bayes", re.I)
PLAIN, MODELLED = 1.12, 1.35
"""Factors by which the ratio behind an efficacy may be off: plain, and in a paper that models."""


def efficacy_of_shares(reading: Reading) -> Iterator[Finding]:
    """Compare each efficacy with the two shares told before it, or else right behind it."""
    prose = reading.document.prose
    if not any(word in prose for word in ("fficacy", "ffectiveness", "VE")) or is_review(reading):
        return
    room = MODELLED if _MODELLED.search(prose) else PLAIN
    for line in lines(reading, ("abstract", "results", "body")):
        if _NAMED.search(line.words) is None:
            continue
        sentence = marked(line.words)
        limits, last = intervals_of(sentence), 0
        for match in _TOLD.finditer(sentence.text):
            index = int(match["v"] or match["w"] or match["x"])
            value, before, last = sentence.numbers[index], sentence.text[last : match.start()], match.end()
            behind = _NAMED.split(re.split(r"[;.]\s", sentence.text[match.end() :])[0])[0]
            shares = _two(sentence, before) or _two(sentence, behind)
            if not shares or index in limits or value.printed.value <= 0:
                continue
            one, two = sorted(k.whole / n.whole for k, n in shares)
            own = Span(1 - span(value.printed).high / 100, 1 - span(value.printed).low / 100)
            if own.low <= one / two * room and one / two <= own.high * room:
                continue
            given = " and ".join(f"{k.whole} of {n.whole}" for k, n in shares)
            yield reading.finding(
                "RELATIVE_CHANGE", "inconsistent",
                f"an efficacy of {value.printed}% is inconsistent with {given}, which give "
                f"{100 * (1 - one / two):.3g}%",
                "the efficacy may be adjusted, or count time at risk; otherwise a number is misprinted",
                quotes=(spot(line, value), *(spot(line, *s) for s in shares)),
                computed=(("efficacy", f"{100 * (1 - one / two):.4g}"),),
            )  # fmt: skip


def _two(sentence: Marked, text: str) -> list[tuple[Number, Number]]:
    """Give the two shares of a stretch, where it has two and no more."""
    found = [(sentence.numbers[int(m[1])], sentence.numbers[int(m[2])]) for m in _SHARE.finditer(text)]
    found = [s for s in found if 0 < s[0].whole < s[1].whole]
    return found if len(found) == 2 else []
