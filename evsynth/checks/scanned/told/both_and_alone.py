"""Positive by both tests, and by one of them alone: together all who are positive by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.slips import one_digit, swapped
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.checks.scanned.told.remainders import numbers_told
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS",)

_BOTH = Expression(
    r"\bboth\b(?! groups| arms| sexes)(?P<what>[^⟨.;,()]{0,50})⟨c(\d+)⟩|"
    r"⟨c(\d+)⟩[^⟨.;,()]{0,40}?\b(?:by|in|on|with) both\b",
    re.I,
)
_ONE = Expression(
    r"⟨c(\d+)⟩(?: (?:more|others?|patients|samples))?(?: were| was)?(?: positive| detected| found| seen)? "
    r"(?:on|by|with|in) (?:the )?[A-Za-z][\w -]{1,40}? (?:alone|only)\b"
)


def both_and_alone(reading: Reading) -> Iterator[Finding]:
    """Check "positive in 157 by the skin test; both in 96, 91 by the skin test alone".

    Found: the sum is told nowhere, and a misprint makes it a number of the sentence or of the two before it.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        sentence = marked(line.words)
        ones = [sentence.numbers[int(m[1])] for m in _ONE.finditer(sentence.text)]
        if not ones:
            continue
        around = [x for x in every[max(0, index - 2) : index + 1] if x.section == line.section]
        both = [(x, n) for x in around for n in _both(x)]
        if both:
            yield from _judged(reading, line, ones, both[-1], around)


def _judged(
    reading: Reading, line: Line, ones: list[Number], both: tuple[Line, Number], around: list[Line]
) -> Iterator[Finding]:
    where, joint = both
    for alone in ones:
        made = joint.whole + alone.whole
        if made in numbers_told(reading):
            continue
        hits = [
            (x, n) for x in around for n in marked(x.words).numbers
            if n.kind == "c" and n.whole > joint.whole and n is not alone and abs(made - n.whole) <= 0.3 * n.whole
            and (swapped(alone.whole, n.whole - joint.whole) or one_digit(alone.whole, n.whole - joint.whole)
                 or swapped(made, n.whole))
        ]  # fmt: skip
        if hits:
            yield reading.finding(
                "GROUPS", "inconsistent",
                f"{joint.printed} by both + {alone.printed} by one alone = {made} is inconsistent with "
                f"{hits[-1][1].printed}", "a digit may be misprinted",
                quotes=(spot(line, alone), spot(where, joint), spot(*hits[-1])), computed=(("sum", str(made)),),
            )  # fmt: skip
            return


def _both(line: Line) -> list[Number]:
    sentence = marked(line.words)
    return [
        sentence.numbers[int(m[2] or m[3])] for m in _BOTH.finditer(sentence.text)
        if not re.search(r"\bneg|\bnone|\bno\b|\bnormal", m["what"] or "")
    ]  # fmt: skip
