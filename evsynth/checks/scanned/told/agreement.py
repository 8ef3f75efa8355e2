"""Agreement of two observers or tests, told as counts, against the percentage and the kappa told with them.

"Seen by both in 58 and by neither in 121; the nurse alone saw it in 27 and the surgeon alone in 14: agreement 81.4%,
kappa 0.60". Where the disagreements are not told one by one, kappa is that of any way in which they can be shared out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import Span, span
from evsynth.text.expressions import Expression

CODES = ("AGREEMENT",)

_BOTH = Expression(
    r"\bboth\b(?! groups| arms| sexes)[^⟨.;,()]{0,50}⟨c(\d+)⟩|"
    r"⟨c(\d+)⟩(?:(?! and )[^⟨.;,()]){0,40}?\b(?:by|in|on|with|of) both\b|"
    r"⟨c(\d+)⟩[^⟨.;,()]{0,30}\b(?:positive|abnormal) (?:by|in|on|with) both", re.I,
)  # fmt: skip
_NEITHER = Expression(
    r"\b(?:neither|both (?:(?:were|tests|readers|gave) )*(?:negative|normal|absent)|"
    r"both (?:saw|found|read|rated|called|judged)[^⟨.;,]{0,15} (?:none|no [a-z]+|negative|normal|absent))\b"
    r"[^⟨.;()]{0,50}⟨c(\d+)⟩|⟨c(\d+)⟩(?:(?! and )[^⟨.;,()]){0,40}?\b(?:by|in|on|with|of) neither\b", re.I,
)  # fmt: skip
_ALONE = Expression(
    r"\b(?:alone|only)\b[^⟨.;()]{0,40}⟨c(\d+)⟩|⟨c(\d+)⟩(?:(?! and )[^⟨.;,()]){0,50}?\b(?:alone|only|but not)\b", re.I
)
_ASIDE = Expression(r" ?\([^()⟨]*\)")
_OF = Expression(r"\bagree\w*\b[^⟨.;]{0,50}⟨c(\d+)⟩ ?(?:of|/|out of) ?(?:the |all )?⟨c(\d+)⟩", re.I)
_SHARE = Expression(r"\bagree\w*\b[^⟨;]{0,60}?⟨p(\d+)⟩", re.I)
_KAPPA = Expression(r"(?:\b[Kk]appa|κ)(?! (?:above|below|over|of at least))[^⟨;]{0,40}?⟨d(\d+)⟩")
_OTHER = Expression(r"weighted|fleiss|intra-?class|intra-?observer|prevalence-adjusted|previous|\bet al", re.I)
ROOM = 0.012
"""By how much kappa may be off, beyond rounding."""


class Counts(NamedTuple):
    """Agreements in both senses, the disagreements where both are told, and where the counts stand."""

    both: Number
    neither: Number
    alone: tuple[int, int] | None
    spots: tuple[Spot, ...]


def agreement(reading: Reading) -> Iterator[Finding]:
    """Compare kappa, and the number and share of agreements, with the four counts told near them."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        counts = _counts(line)
        if counts is None or _OTHER.search(line.words):
            continue
        for later in every[index : index + 3]:
            if later.section == line.section and (later is line or _counts(later) is None):
                yield from _judged(reading, later, counts)


def _counts(line: Line) -> Counts | None:
    if re.search(r"\bboth\b", line.words) is None:
        return None
    sentence = marked(line.words)
    text = _ASIDE.sub("", sentence.text)
    neither = _NEITHER.search(text)
    if neither is None:
        return None
    none = _number(sentence.numbers, neither)
    both = [n for m in _BOTH.finditer(text) if (n := _number(sentence.numbers, m)) != none]
    if len(both) != 1:
        return None
    alone = [n for m in _ALONE.finditer(text) if (n := _number(sentence.numbers, m)) not in (none, both[0])]
    pair = (alone[0].whole, alone[1].whole) if len(alone) == 2 else None
    told = (both[0], none, *(alone if pair else ()))
    return Counts(both[0], none, pair, tuple(spot(line, n) for n in told))


def _number(numbers: tuple[Number, ...], match: re.Match[str]) -> Number:
    return numbers[int(next(g for g in match.groups() if g))]


def _judged(reading: Reading, line: Line, counts: Counts) -> Iterator[Finding]:
    sentence = marked(line.words)
    if _OTHER.search(line.words):
        return
    agreed = counts.both.whole + counts.neither.whole
    of = _OF.search(sentence.text)
    if of is not None:
        told, size = (sentence.numbers[int(of[k])] for k in (1, 2))
        if told.whole != agreed and size.whole >= max(agreed, told.whole):
            sum_of = f"{counts.both.whole} + {counts.neither.whole} = {agreed}"
            message = f"agreement in {told.whole} of {size.whole} is inconsistent with {sum_of}"
            yield _finding(reading, message, (spot(line, told, size), *counts.spots))
            return
    total = agreed + sum(counts.alone) if counts.alone else sentence.numbers[int(of[2])].whole if of else None
    if total is None or total <= agreed:
        return
    share = _SHARE.search(sentence.text)
    if share is not None:
        number = sentence.numbers[int(share[1])]
        own, made = span(number.printed), 100 * agreed / total
        if not own.low - 0.06 <= made <= own.high + 0.06:
            yield _finding(reading, f"agreement of {number.printed}% is inconsistent with {agreed} of {total}, which "
                           f"is {made:.3g}%", (spot(line, number), *counts.spots))  # fmt: skip
    kappa = _KAPPA.search(sentence.text)
    if kappa is not None:
        number = sentence.numbers[int(kappa[1])]
        given = _kappa(counts, total)
        if not span(number.printed).meets(Span(given.low - ROOM, given.high + ROOM)):
            gives = f"{given.low:.2f}" if counts.alone else f"{given.low:.2f} to {given.high:.2f}"
            yield _finding(reading, f"kappa {number.printed} is inconsistent with the counts, which give {gives}",
                           (spot(line, number), *counts.spots))  # fmt: skip


def _kappa(counts: Counts, total: int) -> Span:
    """Give Cohen's kappa (1960, doi 10.1177/001316446002000104) of all ways to share out the disagreements."""
    left = total - counts.both.whole - counts.neither.whole
    splits = [counts.alone] if counts.alone else [(i, left - i) for i in range(left + 1)]
    observed = (counts.both.whole + counts.neither.whole) / total
    found = []
    for one, two in splits:
        first, second = counts.both.whole + one, counts.both.whole + two
        chance = (first * second + (total - first) * (total - second)) / total**2
        found.append((observed - chance) / (1 - chance) if chance < 1 else 1.0)
    return Span(min(found), max(found))


def _finding(reading: Reading, message: str, quotes: tuple[Spot, ...]) -> Finding:
    return reading.finding(
        "AGREEMENT", "inconsistent", message,
        "kappa may be weighted, or some may have been read by one observer only; otherwise a number is misprinted",
        quotes=quotes,
    )  # fmt: skip
