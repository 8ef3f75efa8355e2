"""Rates told with a fraction: "1212 of 7102 sessions (15.8 per 100)", "4.6 per 1000 (92 of 20 000)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.rates_in_turn import TIME
from evsynth.checks.scanned.facts.rates_read import MODELLED
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.reanalyse.spans import span
from evsynth.text.expressions import Expression

CODES = ("RATE",)

_OF = r"(?: ?/ ?| (?:[a-z-]+ ){0,4}?(?:out of|of|in|over|among|during|across|from|per)(?: [a-z]+){0,3} )"
_WHAT = r"(?:,? (?!(?:and|versus|vs|or|compared|while|whereas|with)\b)[A-Za-z][\w'/-]*){0,6}?"
_TO = (
    r",? ?(?:\(|[,;:=] ?|[-–—] ?|\bi\.e\.,? )(?:(?:an? |the )?(?:[a-z]+ ){0,3}?(?:rate|incidence|prevalence|ratio|"
    r"frequency|density|risk)(?: of|,|:| =)? ?|or |i\.e\.,? |that is,? |giving |= ?)*"
)
_RATE = Expression(
    rf"⟨c(?P<k>\d+)⟩{_OF}⟨c(?P<n>\d+)⟩{_WHAT}{_TO}⟨[dc](?P<r>\d+)⟩(?: [a-z-]+){{0,4}}? ?(?:per|for every|in every) "
    r"?⟨[ucxm](?P<s>\d+)⟩"
)
_AHEAD = Expression(
    r"⟨[dc](?P<r>\d+)⟩(?: [a-z-]+){0,3}? ?(?:per|for every|in every|/) ?⟨[ucxm](?P<s>\d+)⟩(?P<what>(?: [a-z-]+){0,4}) ?"
    r"(?:\(|, (?:that is,? |i\.e\.,? |or )?|: )(?:[nN] ?= ?)?⟨c(?P<k>\d+)⟩(?: [a-z-]+){0,3}? ?(?:/|of|out of|in|"
    r"among) ?(?:the |all )?"
    r"⟨[cy](?P<n>\d+)⟩"
)
"""A rate told before its fraction."""
SLACK = 0.001
"""Share by which a rate may be off: the base of a rate of many is sometimes rounded."""


def rates_of_fractions(reading: Reading) -> Iterator[Finding]:
    """Check rates per 10, 100, 1000 ... told right behind or before the fraction they come from.

    Left alone: adjusted and modelled rates, bounds, and rates that another fraction of the sentence gives.
    """
    for line in lines(reading, ("abstract", "results", "body")):
        if not re.search(r"per |every ", line.words):
            continue
        sentence = marked(line.words)
        told, ahead = list(_RATE.finditer(sentence.text)), list(_AHEAD.finditer(sentence.text))
        if not (told or ahead) or MODELLED.search(line.words):
            continue
        fractions = [tuple(sentence.numbers[int(m[x])] for x in "kn") for m in told]
        for match in told:
            yield from _judged(reading, line, sentence, match, fractions)
        for match in ahead:
            yield from _before(reading, line, sentence, match)


def _judged(
    reading: Reading, line: Line, sentence: Marked, match: re.Match[str], fractions: list[tuple[Number, ...]]
) -> Iterator[Finding]:
    if TIME.search(sentence.text[match.end() : match.end() + 24]):
        return  # a rate in time at risk
    count, of, rate, base = (sentence.numbers[int(match[x])] for x in "knrs")
    scale = base.whole if not base.printed.decimals else 0
    if scale not in (10, 100, 1000, 10_000, 100_000) or not 0 < count.whole <= of.whole or rate.printed.bound:
        return
    if of.whole < 10 or count.whole < 1 or (rate.kind == "c" and of.whole < scale and rate.whole == count.whole):
        return
    if "match" in line.words[count.start : rate.end + 40]:
        return  # "a 9/10 or 10/10 matched donor"
    low, high = span(rate.printed)
    if any(low * (1 - SLACK) <= k.whole / n.whole * scale <= high * (1 + SLACK) for k, n in fractions if n.whole):
        return
    made = count.whole / of.whole * scale
    yield reading.finding(
        "RATE", "inconsistent",
        f"{rate.printed} per {scale} is inconsistent with {count.printed} of {of.printed}, which is {made:.3g} per "
        f"{scale}",
        "the rate may be adjusted, or of another number; otherwise a digit is misprinted",
        quotes=(spot(line, rate), spot(line, count, of)), computed=(("rate", f"{made:.4g}"),),
    )  # fmt: skip


def _before(reading: Reading, line: Line, sentence: Marked, match: re.Match[str]) -> Iterator[Finding]:
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
