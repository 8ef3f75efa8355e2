"""A number that another part of the paper tells with two digits exchanged, one changed, or its point moved.

"A weighted kappa of 0.84" in the discussion and "weighted kappa was 0.48" in the results; "23 trials" and "32 trials".
A number that stands nowhere else, among the words of one that an ordinary slip turns it into, is that number.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from evsynth.checks.scanned.elsewhere.aligned import of_others
from evsynth.checks.scanned.facts.facts_compared import alike, apart, follows, nouns_agree
from evsynth.checks.scanned.facts.facts_told import Fact, facts_told
from evsynth.checks.scanned.facts.names_of_numbers import PLANNED, name_of
from evsynth.checks.scanned.facts.one_thing import (
    LEAST_BASE,
    base_of,
    numbers_shared,
    unlike_row,
    unlike_siblings,
    words_shared,
)  # fmt: skip
from evsynth.checks.scanned.facts.slips import slip_between
from evsynth.checks.scanned.reading import Reading, Spot
from evsynth.model.finding import Finding
from evsynth.text.expressions import Expression

CODES = ("PRINTED_DIFFERENTLY",)

ENOUGH = 3.0
"""What slip, shared words and shared numbers must weigh together before two numbers are held to be one."""
WEAK = 4.5
"""The same where one of two digits differs only: chance makes such pairs."""
BASE = 2.0
"""What it weighs that two counts are told as shares of one number."""
_RETELLS = frozenset({"title", "front matter", "discussion", "conclusion", "figure legend"})
_OTHERS = Expression(
    r"\b(?:reported|described|published|resembl\w+|in line with|consistent with|range of|others|regist\w+|"
    r"meta-analys\w+|series of|trials? of \d|cohort of \d|literature|[Ii]n an? (?:\w+ ){0,3}(?:study|trial|"
    r"series|cohort)|(?:similar|compared|close|comparable) (?:to|with) "
    r"(?:the|that|those)|[A-Z][a-z]+ (?:and colleagues|and coworkers))\b|\b(?:19|20)\d\d\b"
)
_KNOWN_OF = Expression(r"^\W*(?:[Aa]vailable|[Mm]easured|[Kk]nown|[Mm]issing|[Dd]ata) (?:in|of|for|from)\b")
"""A note on those of whom a row is known: "Available in 110 patients with low and 186 with high PNI"."""
_PARTS = frozenset({"abstract", "conclusion", "discussion"})


class _Pair(NamedTuple):
    weight: float
    one: Fact
    two: Fact


def told_again(reading: Reading) -> Iterator[Finding]:
    """Hold every number of a part that retells against those of the other parts that a slip turns it into.

    Left alone: numbers printed on both sides, or that follow from numbers of the other side; other studies, plans,
    subgroups, groups, times and statistics.
    """
    done: set[tuple[int, int]] = set()
    for pair in sorted(pairs(reading), reverse=True, key=lambda p: p.weight):
        a, b = pair.one, pair.two
        if len(a.digits) == len(b.digits) == 1 or pair.weight < ENOUGH or a.spot in done or b.spot in done:
            continue
        done |= {a.spot, b.spot}
        yield reading.finding(
            "PRINTED_DIFFERENTLY", "inconsistent",
            f"{a.digits} is inconsistent with {b.digits}, told of the same thing in another part",
            "one of the two has a slip of the pen; or they are of different groups, times or analyses",
            quotes=tuple(sorted((a.spot, b.spot))),
        )  # fmt: skip


def pairs(reading: Reading) -> list[_Pair]:
    """Give the pairs of numbers of two parts that a slip makes one, with what speaks for it."""
    told = [f for f in facts_told(reading) if not f.limit and f.sort != "year"]
    names = {f.spot: name for f in told if (name := name_of(f))}
    own = [f for f in told if f.role == "table" or names.get(f.spot) in PLANNED or not elsewhere(f)]
    by_sort: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for f in own:
        by_sort[f.sort, f.unit].append(f)
    cells = by_sort.pop(("cell", ""), [])
    sentences: dict[int, list[Fact]] = defaultdict(list)
    for f in told:
        sentences[f.sentence].append(f)
    beside: dict[int, list[Fact]] = defaultdict(list)
    for f in facts_told(reading):
        beside[f.sentence].append(f)
    people = frozenset(f.value for f in told if f.sort == "count" and f.value >= LEAST_BASE)
    often: dict[str, int] = defaultdict(int)
    for found in sentences.values():
        for stem in found[0].about:
            often[stem] += 1
    result = []
    for found in by_sort.values():
        many = [*found, *cells]
        room = 0.4 * max(0.0, math.log2(len(many) / 8)) if many else 0.0
        for one in found:
            for two in many:
                if one.zone == two.zone:
                    continue
                if not retells(one, two):
                    if not _sections(one, two, names):
                        continue
                elif retells(two, one) and two.spot < one.spot:
                    continue
                if any(_KNOWN_OF.search(x.words) and x.sort == "count" for x in (one, two)):
                    continue
                named = names.get(one.spot, "")
                if named != names.get(two.spot, "") and named and two.spot in names:
                    continue
                same = named == names.get(two.spot) and _one_of(named, (one, two), names, own)
                slip = slip_between(one.digits, two.digits) or (
                    1.0 if one.digits == two.digits else 0.3 if same else 0.0
                )
                if slip < 0.5 and not retells(one, two):
                    continue
                if not slip or alike(one, two) or apart(one, two, sentences) or not nouns_agree(one, two):
                    continue
                bases = [base_of(x, beside, people) for x in (one, two)]
                if all(bases) and bases[0] != bases[1] and slip < 2:
                    continue
                if 0 < bases[0] < two.value or 0 < bases[1] < one.value:
                    continue
                weight = slip + words_shared(one, two, often, len(sentences)) - room
                weight += numbers_shared(one, two, sentences) + (BASE if bases[0] and bases[0] == bases[1] else 0.0)
                weight += 2.2 if same else 0.0
                weight -= unlike_row(one, two, sentences) or (0.0 if same else unlike_siblings(one, two, sentences))
                if one.sort == "p" and not numbers_shared(one, two, sentences):
                    continue
                if weight >= (ENOUGH if same or slip >= 1 else WEAK) and _lonely(one, two, told, sentences, same):
                    result.append(_Pair(weight, one, two))
    return result


def _one_of(name: str, both: tuple[Fact, Fact], names: dict[Spot, str], told: list[Fact]) -> bool:
    """Say whether the zones of two numbers of one name tell no other number of it."""
    return bool(name) and all(
        alike(x, f) for x in both for f in told if f.zone == x.zone and names.get(f.spot) == name and f.sort == x.sort
    )


def elsewhere(one: Fact) -> bool:
    """Say whether a sentence is about other studies or plans; a discussion speaks of others in more words."""
    return of_others(one.words) or (
        ("discussion" in (one.role, one.part) or one.role in ("background", "conclusion"))
        and bool(_OTHERS.search(one.words))
    )


def retells(one: Fact, two: Fact) -> bool:
    """Say whether a number stands in a part that tells again what the part of the other tells."""
    if one.role == two.role and one.role not in ("abstract", "body"):
        return False
    if one.role in _RETELLS or (one.role == "abstract" and (one.part in _PARTS or two.role != "abstract")):
        return True
    return one.part == two.part and one.zone != two.zone and one.role in ("abstract", "body")


def _sections(one: Fact, two: Fact, names: dict[Spot, str]) -> bool:
    """Say whether two sections of a summary tell a number of one name, or the text an exchanged one of a table."""
    if one.role in ("results", "body") and two.role == "table":
        return sorted(one.digits) == sorted(two.digits) and "." in one.digits
    name = names.get(one.spot)
    return one.role == two.role == "abstract" and one.part != two.part and name == names.get(two.spot) and bool(name)


def _side(one: Fact, two: Fact, told: list[Fact]) -> list[Fact]:
    """Give what the part of a number tells: the whole abstract, where the other stands in the paper."""
    whole = one.role == "abstract" != two.role
    return [f for f in told if f.zone == one.zone or (whole and f.role == "abstract")]


def _lonely(one: Fact, two: Fact, told: list[Fact], sentences: dict[int, list[Fact]], same: bool) -> bool:
    """Say whether neither side tells the number of the other, nor numbers it follows from, and one stands alone."""
    here, there = _side(one, two, told), _side(two, one, told)
    if any(alike(two, f) for f in here) or any(alike(one, f) for f in there):
        return False
    if all(any(alike(x, f) and f.zone != x.zone for f in told) for x in (one, two)):
        return False
    return same or (not follows(one, two, sentences) and not follows(two, one, sentences))
