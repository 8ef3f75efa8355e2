"""Rates per 10, 100, 1000 ... told before the fraction they come from: "4.6 per 1000 (92 of 2000)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, marked, spot
from evsynth.checks.scanned.facts.rates_read import MODELLED, TIME
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_RATE = Expression(
    r"⟨[dc](?P<r>\d+)⟩(?: [a-z-]+){0,3}? ?(?:per|for every|in every|/) ?⟨[ucxm](?P<s>\d+)⟩(?P<what>(?: [a-z-]+){0,4}) ?"
    r"(?:\(|, (?:that is,? |i\.e\.,? |or )?|: )(?:[nN] ?= ?)?⟨c(?P<k>\d+)⟩(?: [a-z-]+){0,3}? ?(?:/|of|out of|in|"
    r"among) ?(?:the |all )?"
    r"⟨[cy](?P<n>\d+)⟩"
)


def rates_before_fractions(reading: Reading) -> Iterator[Finding]:
    """Check a rate against the only fraction told right behind it.

    Left alone: rates in time at risk, adjusted and modelled rates.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"per |every ", line.words) or MODELLED.search(line.words):
            continue
        sentence = marked(line.words)
        for match in _RATE.finditer(sentence.text):
            yield from _judged(reading, line, sentence, match)


def _judged(reading: Reading, line: Line, sentence: Marked, match: re.Match[str]) -> Iterator[Finding]:
    rate, base, count, of = (sentence.numbers[int(match[x])] for x in "rskn")
    scale = 0 if base.printed.decimals else base.whole
    if scale not in (10, 100, 1000, 10_000, 100_000) or TIME.search(match["what"]) or rate.printed.bound:
        return
    if not 0 < count.whole <= of.whole or of.whole < 10:
        return
    real, printed = scale * count.whole / of.whole, span(rate.printed)
    slack = 0.02 * real
    if printed.low - slack <= real <= printed.high + slack:
        return
    yield reading.finding(
        "RATE", "inconsistent",
        f"{rate.printed} per {scale:,} is inconsistent with {count.printed} of {of.printed}, which are {real:.3g} "
        f"per {scale:,}",
        "the rate may be of another number; otherwise a digit is misprinted",
        quotes=(spot(line, rate), spot(line, count, of)), computed=(("rate", f"{real:.4g}"),),
    )  # fmt: skip
