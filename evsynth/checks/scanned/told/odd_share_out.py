"""Shares of one number in one list, of which one is not: "of 5200 patients, 312 (6%) were young and 1040 (30%) old"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evsynth.checks.scanned.facts.denominators import CHANGE, missing, printed_numbers, share_finding
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Marked, Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_APART = Expression(
    r"of (?:whom|which|these|those|them|the)\b|among|\bv\b|\bvs\b|versus|compared|than|group|arm\b|placebo|control|"
    r"treated|"
    r"respectively|tested|assessed|evaluable|available|known|recorded|responding|women|men\b|males?\b|girls|boys|;",
    re.I,
)
_JOIN = Expression(r"^(?:[^⟨.;:()]|⟨[xmy]\d+⟩){0,60}(?:,| and| or)(?:[^⟨.;:()]|⟨[xmy]\d+⟩){0,40}$")


def odd_share_out(reading: Reading) -> Iterator[Finding]:
    """Find the share of a list that is not of the number told before it, while another of the list is.

    Left alone: shares of groups, of parts and of those with data; shares that another number of the text gives, whole
    or less another, or one of its printed percentages.
    """
    every = list(lines(reading, ("abstract", "results", "body")))
    for index, line in enumerate(every):
        if line.words.count("%") + line.words.count("cent") < 2:
            continue
        sentence = marked(line.words)
        shares = [s for s in proportions(sentence) if s.events is not None and s.percent is not None and s.of is None]
        if 2 <= len(shares) <= 8 and not CHANGE.search(line.words):
            yield from _judged(reading, every, index, sentence, shares)


def _judged(
    reading: Reading, every: list[Line], index: int, sentence: Marked, shares: list[Proportion]
) -> Iterator[Finding]:
    line, text = every[index], sentence.text
    if any(not _JOIN.search(text[a.end : b.start].lstrip(")")) or _APART.search(text[a.start : b.end])
           for a, b in pairwise(shares)):  # fmt: skip
        return
    for where, base in _bases(every, index, sentence, shares):
        fitting = [_fits(s, base.whole) for s in shares]
        if (
            fitting.count(False) != 1
            or sum(s.events.whole > 4 for s, f in zip(shares, fitting, strict=True) if f and s.events) < 1
        ):
            continue
        odd = shares[fitting.index(False)]
        if odd.events is None or odd.percent is None or odd.events.whole >= base.whole or odd.percent.printed.bound:
            return
        if missing(odd, base.whole) or _elsewhere(reading, odd, base.whole):
            return
        yield share_finding(
            reading, line, odd.events, odd.percent, base.whole, (spot(line, odd.events, odd.percent), spot(where, base))
        )
        return


def _bases(every: list[Line], index: int, sentence: Marked, shares: list[Proportion]) -> Iterator[tuple[Line, Number]]:
    first = min(n.start for s in shares for n in s.numbers)
    for n in sentence.numbers:
        if n.kind == "c" and n.whole >= 20 and n.start < first:
            yield every[index], n
    if index and every[index - 1].section == every[index].section:
        for n in marked(every[index - 1].words).numbers:
            if n.kind == "c" and n.whole >= 20:
                yield every[index - 1], n


def _fits(share: Proportion, of: int) -> bool:
    return (
        share.events is not None and share.percent is not None and prints(share.events.whole, of, share.percent.printed)
    )


def _elsewhere(reading: Reading, odd: Proportion, base: int) -> bool:
    """Say whether a number told, what two of them leave, or a share told of the number gives the odd percentage."""
    if odd.events is None or odd.percent is None:
        return True
    known = {n for n in printed_numbers(reading) if n <= 10 * base}
    groups = {n for s in sizes_told(reading) for n in s.sizes}
    candidates = known | groups | {base - n for n in known if n < base}
    percents = [
        n for x in lines(reading, ("abstract", "results", "body")) for n in marked(x.words).numbers if n.kind == "p"
    ]
    candidates |= {round(base * float(n.printed) / 100) + d for n in percents for d in (-1, 0, 1)}
    return any(n >= odd.events.whole and prints(odd.events.whole, n, odd.percent.printed) for n in candidates)
