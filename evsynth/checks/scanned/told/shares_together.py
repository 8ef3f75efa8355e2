"""Shares told beside each other: three that make 100% together, or those of groups of known size.

All but one are of one number, or each of its own group; the odd one is of no number that the text tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.comparisons import Comparison, comparisons
from evsynth.checks.scanned.facts.denominators import CHANGE, fits, missing, printed_numbers, share_finding
from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.marked import Number, marked, spot
from evsynth.checks.scanned.facts.proportions import Proportion, prints, proportions
from evsynth.checks.scanned.numbers.totals import sizes_said
from evsynth.checks.scanned.prose import Line, lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COUNT_PERCENT",)

_THEM = Expression(r"\bof (?:them|these|those),? respectively", re.I)
_TWO = Expression(r"⟨c(\d+)⟩(?: [A-Za-z-]+){0,4} and ⟨c(\d+)⟩")


def shares_together(reading: Reading) -> Iterator[Finding]:
    """Check shares of one sentence against each other, and those of groups against the sizes of the groups."""
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        told = [s for s in proportions(marked(line.words)) if s.events is not None and s.percent is not None]
        yield from _together(reading, line, told, every, index)
    yield from _beside(reading)


def _together(reading: Reading, line: Line, told: list[Proportion], every: list[Line], index: int) -> Iterator[Finding]:
    """Check three or more shares of one sentence of which all but one are of one number.

    The odd one must be of it too where all make 100% or the whole together, or where it needs more than there are.
    """
    own = [s for s in told if s.percent is not None and not s.percent.printed.bound]
    bases = {s.of.whole for s in own if s.of is not None}
    if len(bases) != 1 or len(own) < 3 or own[-1].of is None:
        own, bases = [s for s in own if s.of is None], set()
    if not 2 <= len(own) <= 8:
        return
    percents = [float(s.percent.printed.value) for s in own if s.percent is not None]
    counted = [s.events.whole for s in own if s.events is not None]
    decimals = max(s.percent.printed.decimals for s in own if s.percent is not None)
    near = {n.whole for x in every[max(0, index - 2) : index + 1] for n in marked(x.words).numbers if n.kind == "c"}
    near = bases or near | set(sizes_said(reading)) | {sum(counted)}
    best = max(near, key=lambda n: (sum(fits(s, n) for s in own), n == sum(counted)), default=0)
    odd = [s for s in own if not fits(s, best)]
    if len(odd) != 1 or best < 8 or odd[0].of is not None:
        return
    share = odd[0]
    if share.events is None or share.percent is None or share.events.whole == best:
        return  # those whom the other shares are of
    hundred = abs(sum(percents) - 100) <= 0.11 + 0.5 * len(own) * 10.0**-decimals
    whole = (
        sum(counted) == best
        and len(near & {best})
        and any(n.whole == best for x in every[: index + 1] for n in marked(x.words).numbers if n.kind == "c")
    )
    low = 100 * share.events.whole / (float(share.percent.printed.value) + 0.5 * 10.0**-share.percent.printed.decimals)
    more = low > 1.02 * best and not any(fits(share, n) for n in printed_numbers(reading) if n >= share.events.whole)
    if (
        more
        and re.search(
            r"\b(?:two|three|other|both|the) (?:\w+ ){0,2}(?:control "
            r")?groups\b",
            line.words,
        )
        and not hundred
    ):
        return  # of a group whose size is not told
    elsewhere = any(fits(share, n) for n in printed_numbers(reading) if n >= share.events.whole)
    summed = sum(counted) == best and not elsewhere
    if (whole and not elsewhere) if len(own) == 2 else (hundred or whole or more or summed):
        yield share_finding(reading, line, share.events, share.percent, best, (spot(line, *share.numbers),))


def _beside(reading: Reading) -> Iterator[Finding]:
    """Check the shares of groups of known size, of which all but one fit their group and that one no number told."""
    every = list(lines(reading, ("abstract", "results", "body")))
    for told in comparisons(reading):
        if any(s.of is not None or s.events is None or s.percent is None for s in told.shares):
            continue
        before = _of_them(every, told)
        pairs = [before] if before else [
            order for s in sizes_told(reading) if s.groups and len(s.sizes) == len(told.shares)
            for order in {s.sizes, s.sizes[::-1]}
        ]  # fmt: skip
        fitting = [tuple(fits(s, n) for s, n in zip(told.shares, order, strict=True)) for order in pairs]
        if any(all(f) for f in fitting) or CHANGE.search(told.words):
            continue
        for order, fit in zip(pairs, fitting, strict=True):
            if not any(fit) and (crossed := _crossed(told.shares, order)) is not None:
                yield share_finding(
                    reading, told.line, *crossed, order[0],
                    (spot(told.line, *told.shares[0].numbers), spot(told.line, *told.shares[1].numbers)),
                )  # fmt: skip
                break
            if sum(fit) != len(fit) - 1:
                continue
            bad = fit.index(False)
            share, of = told.shares[bad], order[bad]
            if share.events is None or share.percent is None or share.events.whole >= of:
                continue
            if re.search(r"\d|\b(?:compared|versus|vs)\b", told.line.words[share.events.end : share.percent.start]):
                continue  # "two steps compared to 16 (89.5%": of the other count
            if not before and missing(share, of):
                continue
            if any(
                prints(share.events.whole, n, share.percent.printed)
                for n in printed_numbers(reading)
                if n >= share.events.whole
            ):
                continue
            yield share_finding(reading, told.line, share.events, share.percent, of, (spot(told.line, *share.numbers),))
            break


def _crossed(shares: tuple[Proportion, ...], sizes: tuple[int, ...]) -> tuple[Number, Number] | None:
    """Give count and percentage of the first of two shares that fit their groups only with the counts exchanged."""
    if len(shares) != 2 or sizes[0] == sizes[1]:
        return None
    (a, p), (b, q) = ((s.events, s.percent) for s in shares)
    if a is None or b is None or p is None or q is None or min(p.printed.decimals, q.printed.decimals) < 1:
        return None
    fit = prints(b.whole, sizes[0], p.printed) and prints(a.whole, sizes[1], q.printed)
    return (a, p) if fit and max(a.whole, b.whole) < min(sizes) else None


def _of_them(every: list[Line], told: Comparison) -> tuple[int, ...] | None:
    """Give the two numbers of the sentence before "62 (12.0%) and 94 (18.0%) of them, respectively"."""
    if told.place == 0 or len(told.shares) != 2 or not _THEM.search(told.sentence.text[told.two.start :]):
        return None
    before = marked(every[told.place - 1].words)
    found = [(before.numbers[int(m[1])].whole, before.numbers[int(m[2])].whole) for m in _TWO.finditer(before.text)]
    return found[0] if len(found) == 1 else None
