"""Values of a sentence with the condition each is told of, in any order.

"8% at 30 days, 12% at 90", "<7% and ≤6.5%: 54% and 31%", "PASI 75 by 162, PASI 90 by 117", "serious in 24% and "
    "21%, fatal in 3% and 2%".

A sentence is read as blocks of conditions and blocks of values that take turns. Which block a value belongs to is said
by the joints of the sentence: the pair has none, or fewer, between its two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from evsynth.checks.scanned.facts.marked import Marked, Number
from evsynth.checks.scanned.facts.ordered_conditions import Condition, conditions
from evsynth.checks.scanned.facts.proportions import proportions
from evsynth.text.expressions import Expression


class Value(NamedTuple):
    """A count or a percentage told, with its denominator; its place in the marks."""

    events: Number | None
    percent: Number | None
    of: Number | None
    start: int
    end: int

    @property
    def numbers(self) -> tuple[Number, ...]:
        return tuple(n for n in (self.events, self.percent) if n is not None)


class Pair(NamedTuple):
    """A condition and its values, one for each group told beside each other."""

    condition: Condition
    values: tuple[Value, ...]
    start: int
    end: int


_ASIDE = Expression(r"\([^()]*\)")
_JOINTS = Expression(r"[,;:―]|\b(?:and|or|but|while|whereas|then|with)\b")
_LIST = Expression(
    r"^ ?(?:\([^()]*\))? ?(?:,|;|/|,? ?and|,? ?or|,? ?versus|,? ?vs\.?|,? ?v)? ?(?:\([^()⟨]*\))? ?(?:in |by |for )?$"
)
_INTERVAL = Expression(
    r"⟨([pcdr])(\d+)⟩ ?(?:to|-|,|;|and) ?⟨[pcdrl](\d+)⟩(?= ?[);])|(?:CI|range|IQR|"
    r"interval)[^()⟨;]{0,12}⟨.(\d+)⟩(?:[^()⟨;]{0,6}⟨.(\d+)⟩)?"
)
_AT = Expression(
    r"(?:\b(?:at|by|within|after|on|until|over|during|for|had|with|achieved|reached|were|was|as)|\() ?(?:the |"
    r"an? |from )?$"
)
_IN = Expression(r"(?:\b(?:in|of|by|was|were|is|being|for|reached|numbered|comprised|included|among|had|at)|[:=(]) ?$")
_RATE = Expression(r" ?(?:±|per\b|/ ?⟨|:⟨|times\b|\(⟨r|\((?:IQR|range|SD|interquartile))|-?(?:fold|item|point)")


def values(sentence: Marked, own: frozenset[int]) -> list[Value]:
    """Give the counts and percentages of a sentence, those of conditions and limits left out."""
    limits = {int(i) for m in _INTERVAL.finditer(sentence.text) for i in m.groups()[1:] if i}
    index = {n.start: i for i, n in enumerate(sentence.numbers)}
    barred = own | limits
    found: list[Value] = []
    used: set[int] = set(barred)
    for share in proportions(sentence):
        ids = {index[n.start] for n in share.numbers}
        if ids & barred:
            continue
        used |= ids
        found.append(Value(share.events, share.percent, share.of, share.start, share.end))
    for match in Expression(r"⟨([cp])(\d+)⟩").finditer(sentence.text):
        i = int(match[2])
        if i in used or _RATE.match(sentence.text, match.end()):
            continue
        number = sentence.numbers[i]
        events, percent = (number, None) if match[1] == "c" else (None, number)
        found.append(Value(events, percent, None, match.start(), match.end()))
    return sorted(found, key=lambda v: v.start)


@lru_cache(maxsize=4096)
def paired(sentence: Marked) -> tuple[tuple[str, tuple[Pair, ...]], ...]:
    """Give the pairs of each ladder of a sentence, in the order they stand."""
    told = conditions(sentence)
    found = []
    for ladder in dict.fromkeys(c.ladder for c in told):
        own = [c for c in told if c.ladder == ladder]
        if len({c.rung for c in own}) < 2:
            continue
        marks = frozenset(i for c in told for i in c.marks)
        told_values = values(sentence, marks)
        if ladder == "survival" and not any(v.percent for v in told_values) and "edian" in sentence.text:
            told_values = [
                Value(n, None, None, m.start(), m.end()) for m in Expression(r"⟨[md](\d+)⟩(?= (?:months|years|"
                    r"weeks|days))").finditer(sentence.text)
                for n in (sentence.numbers[int(m[1])],)
            ]  # fmt: skip
        pairs = tuple(paired_up(sentence.text, own, told_values))
        if len(pairs) > 1:
            found.append((ladder, pairs))
    return tuple(found)


def paired_up(text: str, own: list[Condition], told: list[Value]) -> Iterator[Pair]:
    """Give each condition with the values that belong to it; nothing where the sentence does not say which."""
    told = [v for v in told if not any(c.start < v.end and v.start < c.end for c in own)]
    tokens: list[Condition | Value] = sorted([*own, *told], key=lambda t: t.start)
    blocks = [list(group) for _, group in groupby(tokens, key=lambda t: isinstance(t, Condition))]
    places = [i for i, block in enumerate(blocks) if isinstance(block[0], Condition)]
    lists = [
        i
        for i in places
        if len(blocks[i]) > 1 and all(_LIST.match(text[a.end : b.start]) for a, b in pairwise(blocks[i]))
    ]
    for i in lists:
        yield from _listed(text, blocks, i)
    if lists:
        return
    singles = [i for i in places if len(blocks[i]) == 1]
    if len(singles) < 2 or len(singles) != len(places):
        return
    after = [(_cost(text, blocks[i][0].end, blocks[i + 1][0].start), i, i + 1) for i in singles if i + 1 < len(blocks)]
    before = [(_cost(text, blocks[i - 1][-1].end, blocks[i][0].start), i, i - 1) for i in singles if i]
    nearest = [min((w for w in (*after, *before) if w[1] == i), default=(9, i, i)) for i in singles]
    ways = [w for w in (after, before) if len(w) == len(singles)]
    if (
        all(c == 0 for c, _, _ in nearest)
        and len({v for _, _, v in nearest}) == len(nearest)
        and not any(sum(c for c, _, _ in w) == 0 for w in ways)
    ):
        ways = [nearest]
    if len(ways) == 2:
        sums = [sum(c for c, _, _ in w) for w in ways]
        if sums[0] == sums[1]:
            said = sum(bool(_AT.search(text, 0, blocks[i][0].start)) for i in singles)
            ways = [before] if said == len(singles) else []
        else:
            ways = [ways[sums[1] < sums[0]]]
    if not ways or max(c for c, _, _ in ways[0]) > 2:
        return
    counts = [len(blocks[v]) for _, _, v in ways[0]]
    many = min(counts)
    for _, c, v in ways[0]:
        block = blocks[v]
        chosen = block[:many] if v > c else block[-many:]
        if many > 1 and len(block) != many:
            return
        yield _pair(blocks[c][0], chosen)


def _listed(text: str, blocks: list[list[Condition | Value]], i: int) -> Iterator[Pair]:
    """Give the pairs of a list of conditions and as many values behind it, or before it."""
    own = blocks[i]
    for at in (i + 1, i - 1):
        if 0 <= at < len(blocks):
            block = blocks[at]
            gap = text[own[-1].end : block[0].start] if at > i else text[block[-1].end : own[0].start]
            if len(block) != len(own) or len(gap) >= 90 or re.search(r"[;.] ", gap):
                continue
            if all(_LIST.match(text[a.end : b.start]) for a, b in pairwise(block)):
                for condition, value in zip(own, block, strict=True):
                    yield _pair(condition, [value])
                return


def _pair(condition: Condition | Value, block: list[Condition | Value]) -> Pair:
    assert isinstance(condition, Condition)
    chosen = tuple(v for v in block if isinstance(v, Value))
    return Pair(condition, chosen, min(condition.start, chosen[0].start), max(condition.end, chosen[-1].end))


def _cost(text: str, start: int, end: int) -> int:
    """Count the joints of the sentence in a piece of it; a semicolon or full stop is as good as three."""
    piece = _ASIDE.sub("", text[start:end])
    return len(_JOINTS.findall(piece)) + 2 * len(re.findall(r"; |\. ", piece)) + (len(piece) > 90) * 2
