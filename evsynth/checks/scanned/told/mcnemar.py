"""McNemar's test told with its two discordant counts: "33 on A only, 9 on B only (P = 0.21)".

The P is compared with the exact test, its mid-P, and chi-square with and without correction (McNemar 1947).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.effects_told import effects
from evsynth.checks.scanned.facts.marked import COUNT_MARK, Marked, Number, marked, spot
from evsynth.checks.scanned.numbers.p_of_counts import distance, least
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.model.printed import Printed
from evsynth.reanalyse.distributions import chi_square_tail
from evsynth.text.expressions import Expression

CODES = ("P_OF_PAIRS",)

NEAR = 0.2
"""Least distance in Z from every variant of the test."""

_PAIRED = Expression(
    r"\bmcnemar|\bpaired|discordant|both (?:tests|methods|readers|raters|techniques)|same (?:patients|children|people)",
    re.I,
)
_ALONE = Expression(r"\b(?:only|alone|solely|exclusively|but not|but negative)\b", re.I)
_ONLY = Expression(
    r"\bonly(?: in| by| on| with)?$|\balone(?: (?:was|were) \w+)?(?: in)?$|"
    r"\bexclusively(?: in| by)?$|\bsolely (?:in|by)$",
    re.I,
)
_DISCORDANT = Expression(
    r"discordant[^⟨.;]{0,40}⟨c(\d+)⟩(?: [a-z ]{0,40}?)? ?(?:v|vs\.?|versus|and|against|to|/|,|:) ?⟨c(\d+)⟩", re.I
)


def mcnemar(reading: Reading) -> Iterator[Finding]:
    """Recompute the P of sentences that tell two counts of one thing without the other, in papers that pair."""
    if not _PAIRED.search(reading.document.prose):
        return
    for line in lines(reading, ("abstract", "results", "body", "figure legend")):
        if re.search(r"\b(?:only|alone|solely|exclusively|but (?:not|negative)|discordant)\b", line.words, re.I):
            sentence = marked(line.words)
            pair = _pair(sentence)
            if pair is not None:
                yield from _judged(reading, line, sentence, *pair)


def _pair(sentence: Marked) -> tuple[Number, Number] | None:
    """Give the two numbers of those with one thing and not the other; None unless there are just two."""
    text = sentence.text
    told = _DISCORDANT.search(text)
    if told is not None:
        return sentence.numbers[int(told[1])], sentence.numbers[int(told[2])]
    found = list(COUNT_MARK.finditer(text))
    alone = []
    stops = [0, *(m.end() for m in found)]
    ends = [*(m.start() for m in found[1:]), len(text)]
    for match, start, end in zip(found, stops, ends, strict=False):
        before, after = text[start : match.start()].rstrip(), text[match.end() : end]
        after = re.split(r"[;(]|,\s(?!but)|\band\b", after)[0]
        own = re.split(r"[;,]|\band\b", before)[-1]
        adverb = re.search(r"\bonly$", before) and not re.search(r"\w \w+ only$|\w only$", own.strip())
        if (_ALONE.search(after) and "⟨" not in after) or (
            _ONLY.search(own.strip()) and not adverb and len(own.split()) > 1
        ):
            alone.append(sentence.numbers[int(match[1])])
    return (alone[0], alone[1]) if len(alone) == 2 else None


def _judged(reading: Reading, line: Line, sentence: Marked, one: Number, two: Number) -> Iterator[Finding]:
    told = [e for e in effects(sentence) if e.name == "P" and e.number.start > two.end]
    if not told or "⟨p" in sentence.text[: told[0].start].rpartition("⟩")[0].rpartition("⟩")[2]:
        return
    p = Printed.parse((told[0].bound if told[0].bound in "<>≤≥" else "") + told[0].number.printed.text)
    b, c = one.whole, two.whole
    if b + c < 4 or not 0 <= float(p) <= 1:
        return
    tried = paired_tests(b, c)
    if distance(p, tried | {f"half {k}": v / 2 for k, v in tried.items()}) < NEAR:
        return
    if least(p) and min(tried.values()) < float(p):
        return
    shown = ", ".join(f"{name} {value:.2g}" for name, value in tried.items())
    yield reading.finding(
        "P_OF_PAIRS", "inconsistent",
        f"P {p} is inconsistent with {b} and {c} discordant pairs: {shown}",
        "the P may be of another comparison of the sentence, or of clusters",
        quotes=(spot(line, one), spot(line, two), spot(line, told[0].number)),
        computed=tuple((name, f"{value:.4g}") for name, value in tried.items()),
    )  # fmt: skip


def paired_tests(b: int, c: int) -> dict[str, float]:
    """Give the P values of the usual tests of discordant pairs.

    >>> round(paired_tests(14, 3)["exact"], 4)
    0.0127
    """
    n, k = b + c, min(b, c)
    halves = [math.comb(n, i) / 2**n for i in range(k + 1)]
    exact = min(1.0, 2 * sum(halves))
    return {
        "exact": exact, "mid-P": min(1.0, exact - halves[-1]),
        "chi-square": chi_square_tail((b - c) ** 2 / n, 1),
        "with correction": chi_square_tail(max(0, abs(b - c) - 1) ** 2 / n, 1),
    }  # fmt: skip
