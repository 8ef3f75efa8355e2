"""Two groups that one place of a paper gives the numbers which another gives them the other way round, or one of them.

"58 of 386 on insulin and 41 of 701 on diet" in the results, "about 6% on insulin and 15% on diet" in the conclusion;
"17.1% with A and 32.0% with B" in the summary, and 33 and 18 patients where 105 and 103 were treated; "21 and 28" in
the abstract and "21 and 38" of the same in the results. Counts become percentages by the sizes told of the two groups.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from evsynth.checks.scanned.facts.facts_compared import apart
from evsynth.checks.scanned.facts.facts_told import Fact, facts_told
from evsynth.checks.scanned.facts.values_by_group import Pair, Value, overlap, pairs_by_group, turned
from evsynth.checks.scanned.facts.values_of_groups import groups_sized, pairs_of_rows
from evsynth.checks.scanned.places.told_again import elsewhere, retells
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("COLUMNS_EXCHANGED", "PRINTED_DIFFERENTLY")

DIGITS = 5
"""Digits of two numbers together that say by themselves that two places tell of one thing."""
_ABOUT = Expression(
    r"(?:\b(?:about|around|some|roughly|approximately|nearly|almost|close to|just (?:under|over))|[~≈])\s?$"
)
_ODD = Expression(
    r"\b(?:subgroups?|adjusted|per[- ]protocol|sensitivity anal\w+|imput\w+|weighted|matched|instead of|expected|"
    r"assum\w+|planned)\b"
)

_COMMON = frozenset(
    "there their been prima compa respe betwe mean avera media obser recor repor seen found versu done under made "
    "perfo gave given confi judge alloc assig infan decla noted occur devel diagn regis detec happe suffe exper neede "
    "takin reach achie arose follo prese deter estim calcu study trial cohor our were very also about".split()
)
"""Beginnings of words that say nothing of what is told."""
_KIND = Expression(
    r"\b(?:younger|older|aged|severe|serious|major|minor|mild|first|second|third|last|final|baseline|initial|early|"
    r"late|only|alone|bilateral|left|right|any|all-cause|cumulative|per[- ]protocol|new|previous)\b", re.I,
)  # fmt: skip
"""Words that narrow what is told: both places have the same of them where they tell of one thing."""


def groups_told_again(reading: Reading) -> Iterator[Finding]:
    """Hold the pairs of values of all sentences against each other and against the rows of tables."""
    told = [p for p in pairs_by_group(reading) if not _ODD.search(p.words) and not elsewhere(p.facts[0])]
    if not told:
        return
    every = [*told, *pairs_of_rows(reading)]
    sized = list(groups_sized(reading))
    done: set[int] = set()
    beside = defaultdict(list)
    for fact in facts_told(reading):
        beside[fact.sentence].append(fact)
    for at, one in enumerate(told):
        for two in every[at + 1 :]:
            if one.words == two.words or ({one.sort, two.sort} - {"percent", "count"} and one.sort != two.sort):
                continue
            against = _in_order(one, two)
            crossed = against is not None and _crossed(one, against, sized)
            if against is None or not (crossed or _one_differs(one, against, beside)):
                continue
            if not two.facts and _of_two_rows(one, two, every):
                continue
            if _said(one, every) and _said(two, every):
                continue
            spots = [v.spot for p in (one, two) for v in p.values]
            if done & {s[0] for s in spots}:
                continue
            done |= {s[0] for s in spots}
            (first, second), (third, fourth) = one.values, against.values
            if crossed:
                yield reading.finding(
                    "COLUMNS_EXCHANGED", "inconsistent",
                    f"{first.digits} and {second.digits} are given to two groups; {third.digits} and "
                    f"{fourth.digits} told of the same groups elsewhere give them the other way round",
                    "the names, or the numbers, are exchanged in one of the two places", quotes=tuple(spots),
                )  # fmt: skip
            else:
                yield reading.finding(
                    "PRINTED_DIFFERENTLY", "inconsistent",
                    f"{first.digits} and {second.digits} in two groups are inconsistent with {third.digits} and "
                    f"{fourth.digits} told of the same elsewhere",
                    "one of the numbers is misprinted; or the two places are about other times or patients",
                    quotes=tuple(spots),
                )  # fmt: skip


def _in_order(one: Pair, two: Pair) -> Pair | None:
    """Give the second pair with its groups in the order of the first; None where the words do not say it."""
    other = turned(one, two)
    if other is None:
        return None
    a, b = two.values
    return two._replace(values=(b, a), names=(two.names[1], two.names[0])) if other else two


def _one_differs(one: Pair, two: Pair, beside: dict[int, list[Fact]]) -> bool:
    """Say whether two pairs in one order of one topic share one value of two digits or more, and not the other."""
    if one.sort != two.sort or one.unit != two.unit or one.sort == "p":
        return False
    same = [_same(one, a, b) for a, b in zip(one.values, two.values, strict=True)]
    if sum(same) != 1:
        return False
    held = one.values[same.index(True)]
    other = one.values[same.index(False)], two.values[same.index(False)]
    if len(held.digits.replace(".", "").strip("0")) < 2 or len({v.digits.find(".") < 0 for v in other}) > 1:
        return False
    mine, yours = _coverage(one, two), _coverage(two, one)
    told = [x for x in (mine, yours) if x is not None]
    if not told or min(told) < 0.7 or _kinds(one) != _kinds(two):
        return False
    if not two.facts:
        return yours == 1 and overlap(one.names[0], two.names[0]) > 0 < overlap(one.names[1], two.names[1])
    at = same.index(False)
    if not retells(one.facts[0], two.facts[0]) and not retells(two.facts[0], one.facts[0]):
        return False
    return not apart(one.facts[at], _fact(two, other[1]), beside)


def _of_two_rows(one: Pair, two: Pair, every: list[Pair]) -> bool:
    """Say whether the sentence names another row too: its two values may be of two things."""
    words = one.topic | one.names[0] | one.names[1]
    others = {p.topic for p in every if not p.facts and p.words != two.words and p.topic - _COMMON}
    return any(overlap(t - _COMMON, words) == len(t - _COMMON) for t in others - {two.topic})


def _coverage(one: Pair, two: Pair) -> float | None:
    """Give the share of the words of one topic that the other place has as well; None where it has no word."""
    words = one.topic - _COMMON
    return overlap(words, two.topic | two.names[0] | two.names[1]) / len(words) if words else None


def _kinds(pair: Pair) -> frozenset[str]:
    return frozenset(m[0].lower() for m in _KIND.finditer(pair.words))


def _fact(pair: Pair, value: Value) -> Fact:
    return next(f for f in pair.facts if f.spot == value.spot)


def _crossed(one: Pair, two: Pair, sized: list[tuple[Pair, tuple[int, int]]]) -> bool:
    """Say whether two pairs in one order have each other's values."""
    topics = overlap(one.topic, two.topic)
    if one.sort == two.sort and one.unit == two.unit:
        (a, b), (c, d) = one.values, two.values
        digits = sum(len(v.digits.replace(".", "").strip("0")) for v in one.values)
        enough = digits >= DIGITS or (topics and digits >= (3 if one.sort == "percent" else 4))
        return bool(enough) and _same(one, a, d) and _same(one, b, c) and not _same(one, a, c) and not _same(one, b, d)
    if {one.sort, two.sort} != {"percent", "count"} or not topics:
        return False
    counts, shares = (one, two) if one.sort == "count" else (two, one)
    return any(_crossed_shares(counts, shares, n) for n in _sizes(counts, sized))


def _crossed_shares(counts: Pair, shares: Pair, sizes: tuple[int, int]) -> bool:
    (k, m), (n, o) = (v.value for v in counts.values), sizes
    p, q = shares.values
    if not 0 < k <= n or not 0 < m <= o or k == m or abs(p.value - q.value) < 3:
        return False
    room = [max(v.half, 0.06) + (1.0 if _loose(shares, v) else 0.0) for v in (p, q)]

    def fits(one: float, two: float) -> bool:
        return abs(p.value - one) <= room[0] and abs(q.value - two) <= room[1]

    if fits(100 * k / n, 100 * m / o):
        return False
    return fits(100 * m / o, 100 * k / n) or (m <= n and k <= o and fits(100 * m / n, 100 * k / o))


def _sizes(counts: Pair, sized: list[tuple[Pair, tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    for pair, (n, o) in sized:
        other = turned(counts, pair)
        if pair.words != counts.words and other is not None:
            yield (o, n) if other else (n, o)


def _same(one: Pair, a: Value, b: Value) -> bool:
    return abs(a.value - b.value) <= max(a.half, b.half) * 1.01 + (
        1.0 if one.sort == "percent" and _loose(one, a) else 0
    )


def _loose(pair: Pair, value: Value) -> bool:
    return any(f.spot == value.spot and bool(_ABOUT.search(f.before)) for f in pair.facts)


def _said(one: Pair, every: list[Pair]) -> bool:
    """Say whether another place gives the two groups the values that a pair gives them."""
    for two in every:
        if two.words == one.words or (against := _in_order(one, two)) is None:
            continue
        if one.sort == two.sort and all(_same(one, a, b) for a, b in zip(one.values, against.values, strict=True)):
            return True
    return False
