"""Sums and means of two groups told in pairs: they hold for one group and miss for the other.

"Outpatient care cost €1,412 and €688, inpatient care €2,583 and €4,210, drugs €935 and €902; in total €4,390 and
€5,800": the second column adds up. "Bed-days were 568 and 981, a mean of 8.0 and 10.9 per admission", of 71 and 109.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evsynth.checks.scanned.facts.group_sizes import sizes_told
from evsynth.checks.scanned.facts.pairs_in_turn import Pair, Value, pairs_in_turn
from evsynth.checks.scanned.prose import lines
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("GROUPS", "RATE")

_TOTAL = Expression(r"\b(?:totals?|altogether|in all|overall|sums?|combined|together|all told|grand)\b", re.I)
_MEAN = Expression(r"\b(?:means?|averag\w+|each|per|apiece)\b", re.I)
_PER = Expression(r"\b(?:per|each|for every)\s([a-z]{4,})", re.I)
_PERSON = Expression(
    r"patients?|participants?|wom[ae]n|m[ae]n|person|people|child\w*|subjects?|infants?|recipients?", re.I
)
BACK = 3
"""Sentences before a total in which its parts may stand."""


def totals_by_group(reading: Reading) -> Iterator[Finding]:
    """Find the group whose parts miss its total, or whose total and number miss its mean, where the other group's fit.

    Left alone: totals of fewer than three digits that fit by chance; means whose "per" names nothing told in a pair.
    """
    every = list(lines(reading, ("abstract", "methods", "results", "body")))
    for index, line in enumerate(every):
        own = pairs_in_turn(line)
        if not own:
            continue
        near = [
            p for x in every[max(0, index - BACK) : index] if x.section == line.section for p in pairs_in_turn(x)
        ]  # fmt: skip
        for place, pair in enumerate(own):
            before = [*near, *own[:place]]
            if _TOTAL.search(pair.before[-90:]) or _TOTAL.search(re.split(r"[.;,]", pair.after)[0]):
                yield from _sum(reading, pair, before)
            if place and "median" not in pair.before[-60:] and _MEAN.search(f"{pair.before[-60:]} {pair.after[:40]}"):
                yield from _mean(reading, pair, own[place - 1], near)


def _sum(reading: Reading, total: Pair, before: list[Pair]) -> Iterator[Finding]:
    for size in range(2, min(6, len(before)) + 1):
        parts = before[-size:]
        made = [sum(p.sides[k].value for p in parts) for k in (0, 1)]
        slack = [
            0.5001 * (sum(_unit(p.sides[k]) for p in parts) + _unit(total.sides[k])) for k in (0, 1)
        ]  # fmt: skip
        fits = [abs(made[k] - total.sides[k].value) <= slack[k] for k in (0, 1)]
        if sum(fits) != 1:
            continue
        right = fits.index(True)
        wrong = 1 - right
        told, other = total.sides[wrong], total.sides[right]
        digits = len(re.sub(r"\D", "", other.printed.text).strip("0"))
        if digits < (2 if size > 2 else 3) or max(p.sides[right].value for p in parts) >= other.value:
            continue
        if (
            abs(made[wrong] - told.value) <= 3 * slack[wrong]
            or made[wrong] > 3 * told.value
            or told.value > 3 * made[wrong]
        ):
            continue
        shown = " + ".join(p.sides[wrong].printed.text for p in parts)
        yield reading.finding(
            "GROUPS", "inconsistent",
            f"for one group {shown} = {made[wrong]:g} is inconsistent with {told.printed} told of it, while the other "
            f"group fits", "a part may not be told; otherwise a digit is misprinted",
            quotes=((told.start, told.end), *((p.sides[wrong].start, p.sides[wrong].end) for p in parts),
                    (total.one.start, total.two.end)),
            computed=(("sum", f"{made[wrong]:g}"),),
        )  # fmt: skip
        return


def _unit(value: Value) -> float:
    """Give the unit of the last digit; whole numbers below a thousand are taken as counts."""
    return 10.0**-value.printed.decimals if value.printed.decimals or value.value >= 1000 else 0.0


def _mean(reading: Reading, mean: Pair, total: Pair, near: list[Pair]) -> Iterator[Finding]:
    per = _PER.search(f"{re.split(r'[.;]', mean.after)[0][:60]}") or _PER.search(mean.before[-60:])
    if per is None:
        return
    noun = per[1].lower().rstrip("s")[:7]
    numbers = [(p.one.value, p.two.value) for p in near if noun in f"{p.before} {p.after}".lower()]
    if _PERSON.fullmatch(per[1]):
        numbers += [
            (float(s.sizes[0]), float(s.sizes[1])) for s in sizes_told(reading) if s.groups and len(s.sizes) == 2
        ]
    for number in numbers:
        if min(number) < 5:
            continue
        made = [total.sides[k].value / number[k] for k in (0, 1)]
        half = [
            0.5001 * 10.0 ** -mean.sides[k].printed.decimals + 0.5 * _unit(total.sides[k]) / number[k] for k in (0, 1)
        ]
        fits = [abs(made[k] - mean.sides[k].value) <= half[k] for k in (0, 1)]
        if sum(fits) != 1:
            continue
        wrong = fits.index(False)
        told = mean.sides[wrong]
        if (
            abs(made[wrong] - told.value) < max(3 * half[wrong], 0.03 * told.value)
            or not 0.2 < made[wrong] / (told.value or 1) < 5
        ):
            continue
        yield reading.finding(
            "RATE", "inconsistent",
            f"{total.sides[wrong].printed} of {number[wrong]:g} are {made[wrong]:.3g} each, not {told.printed}; the "
            f"other group fits", "the mean may be of others; otherwise a digit is misprinted",
            quotes=((told.start, told.end), (total.sides[wrong].start, total.sides[wrong].end),
                    (total.one.start, mean.two.end)),
            computed=(("mean", f"{made[wrong]:.4g}"),),
        )  # fmt: skip
        return
