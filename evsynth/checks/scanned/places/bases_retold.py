"""A count told again of another number of people, or of those who are left where it is taken from all.

"137 of our 212 respondents" in the discussion, "137 respondents (62.0%)" of 221 in the results; "below 1 in 42 (61.8%)"
in the summary, "fell below 1 in 26; the other 42 had residual disease" in the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from evsynth.checks.scanned.facts.concluding import group_stems
from evsynth.checks.scanned.facts.facts_told import Fact, facts_told
from evsynth.checks.scanned.facts.one_thing import LEAST_BASE, Sentences, base_of
from evsynth.checks.scanned.facts.slips import slip_between
from evsynth.checks.scanned.facts.values_by_group import overlap
from evsynth.checks.scanned.places.told_again import elsewhere
from evsynth.checks.scanned.reading import Reading
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

_BEHIND = Expression(r"(?: ?/ ?| (?:[a-z-]+ ){0,3}?(?:out )?of (?:the |these |all |our |its ){0,3})⟨c\d+⟩")
_CUT = Expression(r";|,? (?:and|but|while|whereas)\b|,? the (?:other|remaining)\b|: ")
_OTHERS = Expression(r"\b(?:others?|remaining|remainder|rest)\b")
_MARK = Expression(r"⟨\w\d+⟩")
_NOT = Expression(
    r"\b(?:no|not|without|never|none|nor|free|lack\w*|missing|exclu\w+|few|fewer|unavailable|fail\w*|lost|un\w+|only)\b"
)


def bases_retold(reading: Reading) -> Iterator[Finding]:
    """Hold the counts that the paper tells twice, as shares of a number, against that number."""
    told = [f for f in facts_told(reading) if f.sort in ("count", "percent") and f.role != "table"]
    sentences: Sentences = defaultdict(list)
    for fact in told:
        sentences[fact.sentence].append(fact)
    told = [f for f in told if not elsewhere(f)]
    counts = [f for f in told if f.sort == "count" and not f.limit]
    by_value = defaultdict(list)
    for fact in counts:
        by_value[fact.value].append(fact)
    people = frozenset(v for v in by_value if v >= LEAST_BASE)
    for one in counts:
        if one.value < 10:
            continue
        yield from _other_base(reading, one, by_value, sentences, people)
        yield from _those_left(reading, one, by_value, sentences, people)


def _other_base(
    reading: Reading, one: Fact, by_value: dict[float, list[Fact]], sentences: Sentences, people: frozenset[float]
) -> Iterator[Finding]:
    """Find the printed base of a count that is a slip of the base which the percentage of the same count fits."""
    if not _BEHIND.match(one.after):
        return
    base = next((f for f in sentences[one.sentence] if f.sort == "count" and f.spot[0] > one.spot[1]), None)
    if base is None or base.value <= one.value or len(by_value[base.value]) > 1:
        return
    for two in by_value[one.value]:
        if two.sentence == one.sentence or _BEHIND.match(two.after) or two.digits == base.digits:
            continue
        other = base_of(two, sentences, people - {base.value})
        if other and slip_between(base.digits, f"{other:.0f}") >= 2 and not any(
            f.sort == "percent" and f.spot[1] - f.spot[0] < 8 and abs(100 * one.value / base.value - f.value) <= f.half
            for f in sentences[one.sentence]
        ):  # fmt: skip
            yield reading.finding(
                "PRINTED_DIFFERENTLY", "inconsistent",
                f"{one.digits} of {base.digits} is inconsistent with {two.digits} of {other:.0f} told elsewhere",
                "one of the two numbers of people has a slip of the pen; or they are of different analyses",
                quotes=(base.spot, by_value[other][0].spot, two.spot),
            )  # fmt: skip
            return


def _those_left(
    reading: Reading, one: Fact, by_value: dict[float, list[Fact]], sentences: Sentences, people: frozenset[float]
) -> Iterator[Finding]:
    """Find the count that another sentence gives to the others, with the count of those whom the words are about."""
    base = base_of(one, sentences, people)
    if not base or base == 2 * one.value:
        return
    mine = _clause(one.before, one.after)
    for two in by_value.get(base - one.value, ()):
        same = [f for f in by_value[one.value] if f.sentence == two.sentence != one.sentence]
        if len(same) != 1:
            continue
        low, high = sorted((two, same[0]), key=lambda f: f.spot)
        between = low.after[: max(0, len(high.before) - len(low.before) - 4)]
        cuts = list(_CUT.finditer(between))
        if not cuts or not _OTHERS.search(between) or any(_BEHIND.match(f.after) for f in (two, same[0])):
            continue
        at = len(high.before) - len(between) + cuts[-1].start()
        whole = high.before + " " + high.after
        first, second = _words(whole[:at]), _words(re.split(r"[;.] |\.$", whole[at + 1 :])[0])
        left, those = (first, second) if low is two else (second, first)
        if (
            2 * overlap(mine, left - those) >= max(1, len(mine))
            and not overlap(mine, those - left)
            and not _NOT.search(one.words)
        ):
            yield reading.finding(
                "PRINTED_DIFFERENTLY", "inconsistent",
                f"{one.digits} is inconsistent with {two.digits}, told of the same thing elsewhere: {one.digits} are "
                f"the others of {base:.0f}",
                "one of the two places has the number of those who are left; or they are about different things",
                quotes=(one.spot, two.spot),
            )  # fmt: skip
            return


def _clause(before: str, after: str) -> frozenset[str]:
    return _words(re.split(r"[;:] ", before)[-1] + " " + re.split(r"[;.] |\.$|⟨c", after)[0])


def _words(text: str) -> frozenset[str]:
    return group_stems(_MARK.sub(" ", text))
